//! The catalogue of findings is whole: every kind has its words, a vector triggers it, and what is written from it is up to date.
//!
//! `GONGKAI_BLESS=1 cargo test -p gongkai-tests --test catalogue` writes `docs/checks.md`, the codes in `wasm/index.d.ts` and
//! `python/gongkai/codes.py`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use gongkai::{CATALOGUE, Cause, Kind, Options, Report, Severity, explain};

/// Kinds that no vector can show alone, and why.
const NO_VECTOR: &[(&str, &str)] = &[
    ("GK401", "needs the reports of two years"),
    ("GK402", "needs the reports of two years"),
    ("GK403", "needs the reports of two years"),
    ("GK404", "needs the reports of two years"),
    ("GK405", "needs the reports of two years"),
    ("GK406", "needs the reports of two years"),
    ("GK407", "needs the reports of two years"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The report of every vector, by name.
fn vectors() -> Vec<(String, Report)> {
    let mut list: Vec<(String, Report)> = fs::read_dir(root().join("tests/vectors"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .map(|folder| {
            let input = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).find(|p| p.file_stem().is_some_and(|s| s == "input")).unwrap();
            let report = gongkai::read(&fs::read(input).unwrap(), &Options::default()).unwrap();
            (folder.file_name().unwrap().to_string_lossy().into_owned(), report)
        })
        .collect();
    list.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(list.len() > 200, "vectors are missing");
    list
}

/// The vectors in which each code was found on purpose: their truth names it.
fn shown_by() -> BTreeMap<String, Vec<String>> {
    let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, report) in vectors() {
        let truth: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(root().join("tests/vectors").join(&name).join("truth.json")).unwrap()).unwrap();
        let codes: BTreeSet<&str> = report.findings.iter().map(|f| f.code.as_ref()).collect();
        for code in truth["findings"].as_array().into_iter().flatten().filter_map(|c| c.as_str()).filter(|c| codes.contains(c)) {
            shown.entry(code.to_owned()).or_default().push(name.clone());
        }
    }
    shown
}

#[test]
fn every_kind_has_all_its_words() {
    let han = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let mut names = BTreeSet::new();
    for kind in CATALOGUE {
        for (zh, en) in [kind.title, kind.help, kind.basis, kind.why] {
            assert!(han(zh) && !en.is_empty() && !han(en), "{}: {zh} / {en}", kind.code);
        }
        assert!(!kind.example.is_empty() && names.insert(kind.name), "{}", kind.code);
        assert_eq!(explain(kind.code), Some(kind));
    }
    assert!(CATALOGUE.is_sorted_by(|a, b| a.code < b.code), "codes are in order, each once");
    assert_eq!(explain("GK999"), None);
}

/// The families and numbers that the product promises.
#[test]
fn no_code_is_lost() {
    let all = |family: usize, last: usize| (1..=last).map(move |n| format!("GK{family}{n:02}"));
    let want: Vec<String> = [(1, 16), (2, 11), (3, 4), (4, 7), (5, 13), (6, 3)].into_iter().flat_map(|(family, last)| all(family, last)).collect();
    assert_eq!(CATALOGUE.iter().map(|k| k.code).collect::<Vec<_>>(), want);
}

#[test]
fn every_code_is_triggered_by_a_vector() {
    let shown = shown_by();
    let missing: Vec<&str> = CATALOGUE.iter().map(|k| k.code).filter(|code| !shown.contains_key(*code)).collect();
    let excused: Vec<&str> = NO_VECTOR.iter().map(|(code, _)| *code).collect();
    assert_eq!(missing, excused, "codes without a vector whose truth names them, and those that are excused");
}

#[test]
fn no_vector_triggers_a_code_outside_the_catalogue() {
    for (name, report) in vectors() {
        for finding in &report.findings {
            let kind = explain(&finding.code).unwrap_or_else(|| panic!("{name}: {}", finding.code));
            assert_eq!(finding.name, kind.name, "{name}");
            assert!(finding.message.zh.starts_with(kind.title.0) && finding.message.en.starts_with(kind.title.1), "{name}: {}", finding.code);
            assert!(finding.basis.as_deref().is_some_and(|b| !b.is_empty()), "{name}: {}", finding.code);
        }
        for check in &report.checks {
            assert!(explain(&check.code).is_some(), "{name}: {}", check.code);
        }
    }
}

/// The cause is the reading's only where a cell is in doubt.
#[test]
fn a_finding_about_the_arithmetic_names_the_report_only_if_its_cells_are_printed() {
    let mut seen = 0;
    for (name, report) in vectors() {
        for finding in report.findings.iter().filter(|f| f.code.starts_with("GK20") && f.cause == Cause::Report) {
            let doubt = report.figures.iter().find(|f| finding.paths.contains(&f.path) && f.status != gongkai::Status::Printed && f.span.is_some());
            assert!(doubt.is_none(), "{name}: {} {:?}", finding.code, doubt.map(|f| &f.path));
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen}");
}

// --------------------------------------------------------------------------------------------------------------------
// What is written from the catalogue.

fn committed_or_blessed(path: &str, now: &str) {
    let file = root().join(path);
    if std::env::var_os("GONGKAI_BLESS").is_some_and(|v| v == "1") {
        fs::write(&file, now).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == now, "{path} is not what the catalogue says; GONGKAI_BLESS=1 writes it");
}

fn severity(kind: &Kind) -> &'static str {
    match kind.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[test]
fn the_documentation_is_that_of_the_catalogue() {
    let shown = shown_by();
    let families = [
        ("GK1", "Reading"),
        ("GK2", "Arithmetic of the tables"),
        ("GK3", "Text against table"),
        ("GK4", "Across the years of one agency"),
        ("GK5", "Completeness and form"),
        ("GK6", "Arithmetic in the text"),
    ];
    let mut out = String::from(
        "# Checks\n\nWritten from `core/src/findings/catalogue.rs` by `GONGKAI_BLESS=1 cargo test -p gongkai-tests --test catalogue`; do not edit.\n\n\
         A severity is that of the kind; a form file, or the case itself, may say otherwise. What decides it, and what decides the cause, is in\n\
         `ARCHITECTURE.md`. The vectors named under a code are folders of `tests/vectors`: documents that show it.\n",
    );
    for (family, title) in families {
        write!(out, "\n## {family}xx {title}\n\n| code | name | severity | 内容 | what |\n| --- | --- | --- | --- | --- |\n").unwrap();
        let kinds: Vec<&Kind> = CATALOGUE.iter().filter(|k| k.code.starts_with(family)).collect();
        for kind in &kinds {
            let (code, name) = (kind.code, kind.name);
            let anchor = format!("{}-{name}", code.to_lowercase());
            writeln!(out, "| [{code}](#{anchor}) | {name} | {} | {} | {} |", severity(kind), kind.title.0, kind.title.1).unwrap();
        }
        for kind in kinds {
            let (code, name) = (kind.code, kind.name);
            write!(out, "\n### {code} {name}\n\n**{}** {}\n{}.\n\n", severity(kind), kind.title.0, sentence(kind.title.1)).unwrap();
            writeln!(out, "- 处理：{} {}", kind.help.0, kind.help.1).unwrap();
            writeln!(out, "- 依据：{}。{}.", kind.basis.0, sentence(kind.basis.1)).unwrap();
            writeln!(out, "- 级别：{} {}", kind.why.0, kind.why.1).unwrap();
            writeln!(out, "- 例：`{}`", kind.example).unwrap();
            if let Some(names) = shown.get(code) {
                writeln!(out, "- `{}`", names.join("`, `")).unwrap();
            }
        }
    }
    committed_or_blessed("docs/checks.md", &out);
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[test]
fn the_types_of_the_bindings_are_those_of_the_catalogue() {
    let codes: Vec<&str> = CATALOGUE.iter().map(|k| k.code).collect();
    let lines = |quote: char, sep: &str| -> Vec<String> {
        codes.chunks(8).map(|line| line.iter().map(|c| format!("{quote}{c}{quote}")).collect::<Vec<_>>().join(sep)).collect()
    };
    let python = format!(
        "\"\"\"The codes of findings and checks. Written from the catalogue of the core by a test; do not edit.\"\"\"\n\n\
         from typing import Literal, TypeAlias\n\n__all__ = [\"Code\"]\n\nCode: TypeAlias = Literal[\n    {},\n]\n\"\"\"`docs/checks.md` says what each is about.\"\"\"\n",
        lines('"', ", ").join(",\n    ")
    );
    committed_or_blessed("python/gongkai/codes.py", &python);
    let (begin, end) = ("// Written from the catalogue of the core by a test; do not edit.\n", "// End of what is written.\n");
    let types = fs::read_to_string(root().join("wasm/index.d.ts")).unwrap().replace("\r\n", "\n");
    let (before, rest) = types.split_once(begin).expect("wasm/index.d.ts has lost its mark");
    let (_, after) = rest.split_once(end).expect("wasm/index.d.ts has lost its mark");
    let union = format!(
        "/** The codes of findings and checks; `docs/checks.md` says what each is about. */\nexport type Code =\n  | {};\n",
        lines('\'', " | ").join("\n  | ")
    );
    committed_or_blessed("wasm/index.d.ts", &format!("{before}{begin}{union}{end}{after}"));
}
