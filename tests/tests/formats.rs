//! The same invented reports in every format (`tests/formats`, made by `make.sh`): figures, parts and findings are those of the text that a browser
//! gives of the page, and the figures those that were read by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use gongkai::{Decimal, Missing, Options, Report, Value};

const EDITIONS: &[&str] = &["2008-fujian", "2014", "2019", "2021"];

fn tests() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> Report {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    gongkai::read(&bytes, &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The page itself and every file made of it.
fn files(edition: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(tests().join("formats").join(edition)).unwrap().map(|e| e.unwrap().path()).collect();
    files.push(tests().join("pages").join(format!("{edition}.html")));
    files.sort();
    assert!(files.len() >= 9, "{edition}: files are missing");
    files
}

fn text(edition: &str) -> Report {
    read(&tests().join("vectors").join(format!("{edition}-chromium-innertext")).join("input.txt"))
}

type Cell = (Option<Value>, Option<Missing>, Option<String>);

fn figures(report: &Report) -> BTreeMap<String, Cell> {
    report.figures.iter().map(|f| (f.path.to_string(), (f.value, f.missing, f.unit.as_ref().map(ToString::to_string)))).collect()
}

/// Headings without the spaces that a format may lose, and what they are about.
fn parts(report: &Report) -> Vec<(String, Option<String>)> {
    let heading = |s: &gongkai::Section| s.heading.as_ref().map(|h| h.split_whitespace().collect::<String>());
    report.sections.iter().filter_map(|s| Some((heading(s)?, s.kind.as_ref().map(ToString::to_string)))).collect()
}

fn findings(report: &Report) -> Vec<(String, Vec<String>)> {
    let mut list: Vec<_> = report.findings.iter().map(|f| (f.code.to_string(), f.paths.iter().map(ToString::to_string).collect())).collect();
    list.sort();
    list
}

#[test]
fn every_format_gives_the_figures_that_stand_in_the_page() {
    let mut wrong = Vec::new();
    for edition in EDITIONS {
        let truth: serde_json::Value =
            serde_json::from_slice(&fs::read(tests().join("pages").join(format!("{edition}.truth.json"))).unwrap()).unwrap();
        for file in files(edition) {
            let report = read(&file);
            let figures = figures(&report);
            for (path, want) in truth["cells"].as_object().unwrap() {
                let read = figures.get(path).and_then(|(value, ..)| *value).map(Value::decimal);
                let want = if want.is_number() { Some(want.to_string().parse::<Decimal>().unwrap()) } else { None };
                if read != want {
                    wrong.push(format!("{}/{}: {path}: want {want:?}, read {read:?}", edition, file.file_name().unwrap().to_string_lossy()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_format_gives_what_the_text_gives() {
    let mut wrong = Vec::new();
    for edition in EDITIONS {
        let text = text(edition);
        for file in files(edition) {
            let report = read(&file);
            let name = format!("{edition}/{}", file.file_name().unwrap().to_string_lossy());
            let mut differ = |what: &str, a: String, b: String| {
                if a != b {
                    wrong.push(format!("{name}: {what}\n    text: {a}\n    file: {b}"));
                }
            };
            differ("figures", format!("{:?}", figures(&text)), format!("{:?}", figures(&report)));
            differ("parts", format!("{:?}", parts(&text)), format!("{:?}", parts(&report)));
            differ("findings", format!("{:?}", findings(&text)), format!("{:?}", findings(&report)));
            differ("title", format!("{:?}", text.title), format!("{:?}", report.title));
            differ("issuer", format!("{:?}", text.issuer), format!("{:?}", report.issuer));
            differ("year", format!("{:?} {:?}", text.year, text.edition), format!("{:?} {:?}", report.year, report.edition));
            differ("dates", format!("{:?} {:?}", text.period, text.issued), format!("{:?} {:?}", report.period, report.issued));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
