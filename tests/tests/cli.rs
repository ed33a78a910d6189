//! The command line, run as a program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use serde_json::Value;

/// The program, built once: another crate's, so cargo does not hand it to this test.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["build", "--locked", "--quiet", "--package", "gongkai", "--features", "cli", "--bin", "gongkai", "--message-format", "json"];
    let built = Command::new(cargo).args(args).current_dir(workspace()).stderr(Stdio::inherit()).output().unwrap();
    assert!(built.status.success(), "the command line does not build");
    let messages = String::from_utf8(built.stdout).unwrap();
    let program = messages.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()?["executable"].as_str().map(PathBuf::from)).next_back();
    program.expect("cargo names no program")
});

/// A report that is read without a doubt.
const SAMPLE: &str = "tests/vectors/pipe-law-plain/input.txt";
const CELLS: usize = 200;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.args(args).current_dir(workspace()).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "en_GB.UTF-8");
    command
}

fn run(args: &[&str]) -> Output {
    command(args).stdin(Stdio::null()).output().unwrap()
}

/// What a run prints that must succeed and say nothing else.
fn printed(args: &[&str]) -> String {
    let Output { status, stdout, stderr } = run(args);
    assert!(status.success() && stderr.is_empty(), "{args:?}: {status} {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A folder of its own for each test, gone when the test has passed.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gongkai-cli-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn sample() -> Vec<u8> {
    fs::read(workspace().join(SAMPLE)).unwrap()
}

#[test]
fn cells_as_ndjson() {
    // Not on a terminal, this is the default.
    let out = printed(&["cells", SAMPLE]);
    assert_eq!(out, printed(&["cells", "--format", "ndjson", SAMPLE]));
    let cells: Vec<Value> = out.lines().map(json).collect();
    assert_eq!(cells.len(), CELLS);
    let report = gongkai::read(&sample(), &gongkai::Options::default()).unwrap();
    for (cell, figure) in cells.iter().zip(&report.figures) {
        assert_eq!(cell["file"], SAMPLE);
        for (name, value) in serde_json::to_value(figure).unwrap().as_object().unwrap() {
            assert_eq!(cell[name], *value, "{}", figure.path);
        }
    }
}

#[test]
fn cells_as_csv() {
    let out = printed(&["cells", "--format", "csv", SAMPLE]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "file,path,label,value,missing,unit,raw,start,end,status,flags");
    assert_eq!(lines.len(), CELLS + 1);
    assert!(lines[1..].iter().all(|l| l.starts_with(&format!("{SAMPLE},"))));
    let excel = printed(&["cells", "--format", "csv", "--excel", SAMPLE]);
    assert_eq!(excel.strip_prefix('\u{FEFF}'), Some(out.as_str()));
}

/// A label of a report must not become a formula of a spreadsheet.
#[test]
fn csv_has_no_formulas() {
    let folder = Folder::new("formula");
    let text = String::from_utf8(sample()).unwrap().replace("规章 |", "规章 | =HYPERLINK(1) |");
    let file = folder.file("=1+1.txt", text.as_bytes());
    let out = printed(&["cells", "--format", "csv", &file]);
    let cells = || out.lines().skip(1).flat_map(|l| l.split(',')).map(|c| c.trim_matches('"'));
    assert!(cells().all(|c| !c.starts_with(['=', '@'])), "{out}");
    let named = command(&["cells", "--format", "csv", "=1+1.txt"]).current_dir(&folder.0).output().unwrap();
    assert!(String::from_utf8(named.stdout).unwrap().lines().skip(1).all(|l| l.starts_with("'=1+1.txt,")));
}

#[test]
fn cells_as_table() {
    let out = printed(&["cells", "--format", "table", SAMPLE]);
    let report = gongkai::read(&sample(), &gongkai::Options::default()).unwrap();
    assert!(out.starts_with(&format!("{}  [2021]\n", report.title.unwrap())), "{out}");
    for figure in &report.figures {
        assert!(out.lines().any(|l| l.split_whitespace().next() == Some(&figure.path)), "{}", figure.path);
    }
    assert!(!out.contains('\u{1B}'), "no colours where there is no terminal");
}

#[test]
fn parse_prints_the_report() {
    let report = serde_json::to_value(gongkai::read(&sample(), &gongkai::Options::default()).unwrap()).unwrap();
    assert_eq!(json(&printed(&["parse", SAMPLE])), report);
    let compact = printed(&["parse", "--compact", SAMPLE, SAMPLE]);
    let lines: Vec<Value> = compact.lines().map(json).collect();
    assert_eq!(lines, [report.clone(), report]);
}

#[test]
fn outline_as_json_and_text() {
    let report = serde_json::to_value(gongkai::read(&sample(), &gongkai::Options::default()).unwrap()).unwrap();
    let outline = json(&printed(&["outline", SAMPLE]));
    assert_eq!(outline, json(&printed(&["outline", "--format", "json", SAMPLE])));
    for field in ["title", "issuer", "year", "period", "issued", "published", "edition", "sections", "citations", "tables"] {
        assert_eq!(outline[field], report[field], "{field}");
    }
    let text = printed(&["outline", "--format", "text", SAMPLE]);
    assert!(text.starts_with(report["title"].as_str().unwrap()));
    assert!(text.contains("  year: 2022\n") && text.contains("[requests]"), "{text}");
    let chinese = command(&["outline", "--format", "text", SAMPLE]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(String::from_utf8(chinese.stdout).unwrap().contains("  年度: 2022\n"));
}

#[test]
fn forms_are_listed() {
    let editions: Vec<&str> = gongkai::forms().editions.iter().map(|f| f.id.as_str()).collect();
    let listed = json(&printed(&["forms", "--format", "json"]));
    assert_eq!(listed.as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap()).collect::<Vec<_>>(), editions);
    let text = printed(&["forms"]);
    assert_eq!(text.lines().map(|l| l.split_whitespace().next().unwrap()).collect::<Vec<_>>(), editions);
    assert!(printed(&["forms", "2021"]).contains("\n  requests/granted/total\n"));
    let unknown = run(&["forms", "1999"]);
    assert_eq!((unknown.status.code(), String::from_utf8(unknown.stderr).unwrap()), (Some(2), "gongkai: there is no edition 1999\n".to_owned()));
}

#[test]
fn schema_is_that_of_the_library() {
    assert_eq!(json(&printed(&["schema"])), gongkai::schema());
}

#[test]
fn folders_and_globs_are_read_in_order() {
    let folder = Folder::new("folder");
    for name in ["b.txt", "a.md", "below/c.text", "left.doc", "left.json"] {
        folder.file(name, &sample());
    }
    let of = |out: &str| -> Vec<String> {
        let mut files: Vec<String> = out.lines().map(|l| json(l)["file"].as_str().unwrap().rsplit(['/', '\\']).next().unwrap().to_owned()).collect();
        assert_eq!(files.len() % CELLS, 0);
        files.dedup();
        files
    };
    let path = folder.0.to_str().unwrap();
    assert_eq!(of(&printed(&["cells", path])), ["a.md", "b.txt", "c.text"]);
    assert_eq!(of(&printed(&["cells", &format!("{path}/*.txt")])), ["b.txt"]);
    let none = run(&["cells", &format!("{path}/*.odt")]);
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8(none.stderr).unwrap().ends_with("no file matches\n"));
}

#[test]
fn standard_input_is_read() {
    let mut child = command(&["cells", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&sample()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), CELLS);
}

/// A file that is not there, one that is no text, one that is too large: each is named, the others are read.
#[test]
fn what_cannot_be_read_is_named_and_the_others_go_on() {
    let folder = Folder::new("missing");
    let pdf = folder.file("scan.txt", b"\x89PNG\r\n");
    let gone = folder.0.join("gone.txt").to_str().unwrap().to_owned();
    for (lang, mark) in [("zh_CN.UTF-8", "："), ("en_GB.UTF-8", ": "), ("C", ": ")] {
        let out = command(&["cells", &gone, &pdf, SAMPLE]).env("LANG", lang).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{lang}");
        assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), CELLS, "{lang}");
        let said = String::from_utf8(out.stderr).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "{said}");
        assert!(lines[0].starts_with(&format!("gongkai: {gone}{mark}")) && lines[1].starts_with(&format!("gongkai: {pdf}{mark}")), "{lang}: {said}");
        let zh = lang.starts_with("zh");
        assert!(lines[1].contains(if zh { "PNG 图片" } else { "PNG image" }), "{lang}: {said}");
        // The words are the user's, not the system's.
        let chinese = lines[0].chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        assert_eq!(chinese, zh, "{lang}: {said}");
    }
    let small = run(&["cells", "--max-bytes", "10", SAMPLE]);
    assert_eq!((small.status.code(), small.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(small.stderr).unwrap().contains("max_bytes"));
}

#[test]
fn wrong_usage_is_status_2() {
    for args in [&["cells"][..], &["read", SAMPLE], &[], &["cells", "--format", "xml", SAMPLE]] {
        let out = run(args);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{args:?}");
        assert!(!out.stderr.is_empty());
    }
    assert!(printed(&["--help"]).contains("cells"));
    assert!(printed(&["--version"]).starts_with("gongkai "));
}

/// `gongkai … | head -1` ends without a complaint.
#[cfg(unix)]
#[test]
fn a_reader_may_stop_early() {
    let many = [SAMPLE; 40];
    for verb in [&["cells"][..], &["cells", "--format", "csv"], &["cells", "--format", "table"], &["parse"], &["outline"]] {
        let args: Vec<&str> = verb.iter().chain(&many).copied().collect();
        let mut child = command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut byte = [0];
        child.stdout.take().unwrap().read_exact(&mut byte).unwrap();
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success() && out.stderr.is_empty(), "{verb:?}: {} {}", out.status, String::from_utf8_lossy(&out.stderr));
    }
}
