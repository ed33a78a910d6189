//! What is measured: made-up documents by dialect, optionally a folder of real ones, and two limits that no reader of text can beat.
//!
//! `cargo run --release -p gongkai-benches` prints a table in under half a minute; `cargo bench -p gongkai-benches` takes its time.

// A panic in a benchmark is a failed benchmark.
#![allow(clippy::unwrap_used, clippy::panic)]

extern crate alloc; // pest without its `std` feature spells its types through it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use gongkai::{Options, Report};

/// Bytes a group is repeated to, document by document.
pub const GROUP: usize = 1 << 20;

/// Documents that are measured together, each parsed by itself.
#[derive(Clone, Debug)]
pub struct Group {
    /// The dialect, or what the documents have in common.
    pub name: String,
    /// The documents, repeated in turn up to [`GROUP`] bytes.
    pub documents: Vec<String>,
    /// How many of them differ.
    pub distinct: usize,
}

impl Group {
    /// Repeats documents in turn until there are [`GROUP`] bytes.
    #[must_use]
    pub fn new(name: impl Into<String>, distinct: &[String]) -> Self {
        let mut documents = Vec::new();
        let mut bytes = 0;
        for document in distinct.iter().filter(|d| !d.is_empty()).cycle() {
            if bytes >= GROUP && documents.len() >= distinct.len() {
                break;
            }
            bytes += document.len();
            documents.push(document.clone());
        }
        Self { name: name.into(), documents, distinct: distinct.len() }
    }

    /// Bytes of all its documents.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.documents.iter().map(String::len).sum()
    }

    /// Parses every document; the number of figures, so that nothing is optimised away.
    #[must_use]
    pub fn parse(&self) -> usize {
        self.documents.iter().map(|d| gongkai::parse(d, &Options::default()).figures.len()).sum()
    }

    /// Parses every different document once.
    #[must_use]
    pub fn parse_distinct(&self) -> usize {
        self.documents.iter().take(self.distinct).map(|d| gongkai::parse(d, &Options::default()).figures.len()).sum()
    }

    /// The reports of its documents.
    #[must_use]
    pub fn reports(&self) -> Vec<Report> {
        self.documents.iter().map(|d| gongkai::parse(d, &Options::default())).collect()
    }

    /// Decodes every document; the bytes of their texts.
    #[must_use]
    pub fn decode(&self) -> usize {
        self.documents.iter().map(|d| gongkai::decode(d.as_bytes(), &Options::default()).unwrap().text.len()).sum()
    }

    /// Folds every document; the bytes of the folded texts.
    #[must_use]
    pub fn fold(&self) -> usize {
        self.documents.iter().map(|d| gongkai_grammar::Folded::new(d).text().len()).sum()
    }

    /// The first limit: newlines by memchr.
    #[must_use]
    pub fn newlines(&self) -> usize {
        self.documents.iter().map(|d| memchr::memchr_iter(b'\n', d.as_bytes()).count()).sum()
    }

    /// The second limit: lines by pest.
    #[must_use]
    pub fn pest_lines(&self) -> usize {
        self.documents.iter().map(|d| pest_lines(d)).sum()
    }
}

/// JSON of reports; its bytes.
#[must_use]
pub fn json(reports: &[Report]) -> usize {
    reports.iter().map(|r| serde_json::to_vec(r).unwrap().len()).sum()
}

#[allow(missing_docs)]
mod lines {
    /// The smallest grammar of lines, in the one idiom that pest turns into a search.
    #[derive(pest_derive::Parser)]
    #[grammar_inline = r#"
        document = _{ SOI ~ line* ~ last? ~ EOI }
        line = @{ (!"\n" ~ ANY)* ~ "\n" }
        last = @{ ANY+ }
    "#]
    pub struct Lines;
}

/// The lines of a text by pest.
#[must_use]
pub fn pest_lines(text: &str) -> usize {
    use pest::Parser;
    lines::Lines::parse(lines::Rule::document, text).unwrap().filter(|p| p.as_rule() != lines::Rule::EOI).count()
}

/// The made-up documents, by the dialect that their reports say, then all together, then the pages and the optional corpus.
#[must_use]
pub fn groups() -> Vec<Group> {
    let root = workspace();
    let mut by_dialect: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut all = Vec::new();
    for folder in sorted(&root.join("tests/vectors")) {
        for input in sorted(&folder).iter().filter(|f| f.file_stem().is_some_and(|s| s == "input")) {
            if let Some(text) = text(input) {
                by_dialect.entry(dialect(&text)).or_default().push(text.clone());
                all.push(text);
            }
        }
    }
    assert!(!all.is_empty(), "no made-up documents in {}", root.join("tests/vectors").display());
    let mut groups: Vec<Group> = by_dialect.iter().map(|(name, documents)| Group::new(name, documents)).collect();
    groups.push(Group::new(ALL, &all));
    let pages: Vec<String> =
        sorted(&root.join("tests/pages")).iter().filter(|f| f.extension().is_some_and(|e| e == "html")).filter_map(|f| text(f)).collect();
    if !pages.is_empty() {
        groups.push(Group::new("HTML pages, as text", &pages));
    }
    let real = corpus();
    if !real.is_empty() {
        groups.push(Group::new(REAL, &real));
    }
    groups
}

/// Name of the group of all made-up documents.
pub const ALL: &str = "all made-up documents";
/// Name of the group of real reports.
pub const REAL: &str = "real reports";

/// The texts of the optional folder of real reports: `GONGKAI_CORPUS`, else `../shared/corpus` beside the workspace.
fn corpus() -> Vec<String> {
    let folder = std::env::var_os("GONGKAI_CORPUS").map_or_else(|| workspace().join("../shared/corpus"), PathBuf::from);
    let mut files = Vec::new();
    walk(&folder, &mut files);
    files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt" || e == "md")).filter_map(|f| text(f)).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in sorted(folder) {
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The dialect that most rows of a document are in.
fn dialect(text: &str) -> String {
    let report = gongkai::parse(text, &Options::default());
    let name = report.tables.iter().max_by_key(|t| t.rows).and_then(|t| serde_json::to_value(t.dialect).ok());
    name.as_ref().and_then(|n| n.as_str()).unwrap_or("no table").to_owned()
}

fn text(file: &Path) -> Option<String> {
    let bytes = std::fs::read(file).ok()?;
    Some(gongkai::decode(&bytes, &Options::default()).ok()?.text.into_owned())
}

/// The entries of a folder by name; none if it is not there.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).map(|entries| entries.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    entries.sort();
    entries
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pest_counts_lines_as_memchr_does() {
        for text in ["", "一\n二\n", "一\n\n二", "\n"] {
            assert_eq!(pest_lines(text), text.lines().count(), "{text:?}");
        }
    }

    #[test]
    fn a_group_holds_every_document_and_enough_bytes() {
        let group = Group::new("x", &["规章".to_owned(), "总计\n".to_owned()]);
        assert!(group.bytes() >= GROUP && group.bytes() < GROUP + 8);
        assert_eq!((group.distinct, group.documents[1].as_str()), (2, "总计\n"));
    }
}
