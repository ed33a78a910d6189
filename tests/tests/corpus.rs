//! Real reports with hand-checked gold, where they are at hand: `../shared/corpus` beside the workspace, or `GONGKAI_CORPUS`.
//!
//! The corpus is no part of the repository. Cells are compared as its own `tools/score.py cells` does: a wrong cell without a flag is silent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, panic,
    path::{Path, PathBuf},
};

use gongkai::{Decimal, Figure, Missing, Options, Report, Span};
use serde_json::Value;

/// Cells of the whole corpus that must be right. May only grow.
const RIGHT: usize = 1737;
/// Documents shorter than this are cut at every seventh character, all of them behind every line.
const SHORT: usize = 9 << 10;

fn corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let path = std::env::var_os("GONGKAI_CORPUS").map_or_else(beside, PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: no corpus at {}", path.display());
    None
}

struct Document {
    path: PathBuf,
    text: String,
    report: Report,
    gold: BTreeMap<String, Value>,
}

impl Document {
    fn is_seed(&self) -> bool {
        self.path.parent().is_some_and(|p| p.ends_with("seeds"))
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Every text with gold: `X.txt` and `X.md`, also `X.raw.txt`, beside `X.gold.json`.
fn documents(corpus: &Path) -> Vec<Document> {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let mut all = Vec::new();
    files(corpus, &mut all);
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut documents = Vec::new();
    for gold in all.iter().filter(|p| name(p).ends_with("gold.json")) {
        let stem = name(gold).trim_end_matches("gold.json").to_owned();
        let cells: Value = serde_json::from_slice(&fs::read(gold).unwrap()).unwrap();
        let beside =
            |p: &&PathBuf| p.parent() == gold.parent() && name(p).starts_with(&stem) && p.extension().is_some_and(|e| e == "txt" || e == "md");
        for path in all.iter().filter(beside) {
            let bytes = fs::read(path).unwrap();
            let options = Options::default();
            documents.push(Document {
                text: gongkai::decode(&bytes, &options).unwrap().text.into_owned(),
                report: gongkai::read(&bytes, &options).unwrap(),
                gold: cells["cells"].as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
                path: path.clone(),
            });
        }
    }
    assert!(!documents.is_empty(), "no document with gold in {}", corpus.display());
    documents
}

#[derive(Default)]
struct Score {
    right: usize,
    flagged: Vec<String>,
    silent: Vec<String>,
}

fn score(document: &Document) -> Score {
    let table = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let figures: BTreeMap<&str, &Figure> = document.report.figures.iter().map(|f| (f.path.as_ref(), f)).collect();
    let flagged_tables: BTreeSet<String> = figures.values().filter(|f| !f.flags.is_empty()).map(|f| table(&f.path)).collect();
    let mut score = Score::default();
    for (path, want) in &document.gold {
        let figure = figures.get(path.as_str()).copied();
        let right = match want {
            Value::Null => figure.is_some_and(|f| f.value.is_none()),
            Value::String(_) => figure.is_some_and(|f| f.value.is_none() && f.missing == Some(Missing::None)),
            number => figure.and_then(|f| f.value).is_some_and(|v| v.decimal() == number.to_string().parse::<Decimal>().unwrap()),
        };
        let line = || format!("{}: {path}: want {want}, read {:?}", document.name(), figure.map(|f| (f.value, &f.raw, f.status)));
        if right {
            score.right += 1;
        } else if figure.map_or_else(|| flagged_tables.contains(&table(path)), |f| !f.flags.is_empty()) {
            score.flagged.push(line());
        } else {
            score.silent.push(line());
        }
    }
    let tables: BTreeSet<String> = document.gold.keys().map(|p| table(p)).collect();
    let extra =
        |f: &&&Figure| tables.contains(&table(&f.path)) && !document.gold.contains_key(f.path.as_ref()) && f.value.is_some() && f.flags.is_empty();
    score.silent.extend(figures.values().filter(extra).map(|f| format!("{}: {}: not in the gold, read {:?}", document.name(), f.path, f.value)));
    score
}

#[test]
fn real_reports_are_read_right() {
    let Some(corpus) = corpus() else { return };
    let (mut right, mut all, mut silent, mut seeds) = (0, 0, Vec::new(), Vec::new());
    for document in documents(&corpus) {
        let score = score(&document);
        right += score.right;
        all += document.gold.len();
        println!(
            "{:60} {:3} of {:3} right, {} flagged, {} silent",
            document.name(),
            score.right,
            document.gold.len(),
            score.flagged.len(),
            score.silent.len()
        );
        silent.extend(score.silent);
        if document.is_seed() {
            seeds.extend(score.flagged);
        }
    }
    println!("{right} of {all} right");
    assert!(silent.is_empty(), "{} silently wrong:\n{}", silent.len(), silent.join("\n"));
    assert!(seeds.is_empty(), "seeds not read right:\n{}", seeds.join("\n"));
    // Another corpus has another number of cells.
    assert!(right >= RIGHT || std::env::var_os("GONGKAI_CORPUS").is_some(), "only {right} of {all} cells right, before {RIGHT}");
}

/// A span that does not fit the text, or does not lead to what was read.
fn misplaced(text: &str, report: &Report) -> Option<String> {
    let figures = report.figures.iter().filter_map(|f| Some((f.span?, Some(f.raw.as_str()))));
    let headings = report.sections.iter().filter_map(|s| Some((s.heading_span?, s.heading.as_deref())));
    let others =
        report.sections.iter().map(|s| s.span).chain(report.tables.iter().map(|t| t.span)).chain(report.findings.iter().filter_map(|f| f.span));
    let others = others.chain(report.citations.iter().flat_map(|c| c.spans.iter().copied())).map(|s| (s, None));
    figures.chain(headings).chain(others).find_map(|(Span { start, end }, said)| match text.get(start..end) {
        None => Some(format!("{start}..{end} is no span of the text")),
        Some(there) => said.filter(|said| *said != there).map(|said| format!("read {said:?}, at {start}..{end} stands {there:?}")),
    })
}

#[test]
fn beginnings_of_real_reports_are_read() {
    let Some(corpus) = corpus() else { return };
    for document in documents(&corpus) {
        let text = &document.text;
        let cut = |(i, (at, c)): (usize, (usize, char))| (c == '\n' || (text.len() < SHORT && i % 7 == 0)).then_some(at);
        for at in text.char_indices().enumerate().filter_map(cut).chain([text.len()]) {
            let part = &text[..at];
            let Ok(report) = panic::catch_unwind(|| gongkai::parse(part, &Options::default())) else {
                panic!("{} to {at}: parse panicked", document.name())
            };
            if let Some(why) = misplaced(part, &report) {
                panic!("{} to {at}: {why}", document.name());
            }
        }
    }
}
