//! The same invented reports in every format (`tests/formats`, made by `make.sh`): figures, parts and findings are those of the page
//! as text, and the figures those that were read by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use gongkai::{Decimal, Missing, Options, Report, Value};

/// The editions, each with the vector that is its page as text without a loss: rows on lines, blank cells between their marks.
const EDITIONS: &[(&str, &str)] = &[("2008-fujian", "bs4-rows-tab"), ("2014", "w3m"), ("2019", "bs4-rows-tab"), ("2021", "turndown-gfm")];

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

fn text(edition: &str, flattened: &str) -> Report {
    let folder = tests().join("vectors").join(format!("{edition}-{flattened}"));
    read(&fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).find(|p| p.file_stem().is_some_and(|s| s == "input")).unwrap())
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

fn lines<T: std::fmt::Debug>(list: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    list.into_iter().map(|item| format!("{item:?}")).collect()
}

#[test]
fn every_format_gives_the_figures_that_stand_in_the_page() {
    let mut wrong = Vec::new();
    for (edition, _) in EDITIONS {
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
    for (edition, flattened) in EDITIONS {
        let text = text(edition, flattened);
        for file in files(edition) {
            let report = read(&file);
            let name = format!("{edition}/{}", file.file_name().unwrap().to_string_lossy());
            let mut differ = |what: &str, text: BTreeSet<String>, file: BTreeSet<String>| {
                wrong.extend(text.difference(&file).map(|line| format!("{name}: {what} lacks {line}")));
                wrong.extend(file.difference(&text).map(|line| format!("{name}: {what} has {line}")));
            };
            differ("figures", lines(figures(&text)), lines(figures(&report)));
            differ("parts", lines(parts(&text)), lines(parts(&report)));
            differ("findings", lines(findings(&text)), lines(findings(&report)));
            let about = |r: &Report| {
                [format!("title {:?}", r.title), format!("issuer {:?}", r.issuer), format!("year {:?} {:?}", r.year, r.edition)]
                    .into_iter()
                    .chain([format!("period {:?}", r.period), format!("issued {:?}", r.issued)])
            };
            differ("about", about(&text).collect(), about(&report).collect());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
