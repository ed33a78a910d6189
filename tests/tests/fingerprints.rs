//! Fingerprints of findings: each has one of its own, in every unit of spans, and an edit elsewhere does not change it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{collections::BTreeSet, fs, path::Path};

use gongkai::{Offsets, Options, Report, parse};

/// The texts of the vectors that are UTF-8, by name.
fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .filter_map(|folder| {
            let input = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).find(|p| p.file_stem().is_some_and(|s| s == "input"))?;
            Some((folder.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(input).ok()?))
        })
        .collect();
    texts.sort();
    assert!(texts.len() > 200, "vectors are missing");
    texts
}

fn fingerprints(report: &Report) -> Vec<(String, String)> {
    report.findings.iter().map(|f| (f.code.to_string(), f.fingerprint.to_string())).collect()
}

#[test]
fn every_finding_has_its_own_in_every_language() {
    let mut seen = 0;
    for (name, text) in texts() {
        let report = parse(&text, &Options::default());
        let own = fingerprints(&report);
        let different: BTreeSet<&str> = own.iter().map(|(_, f)| f.as_str()).collect();
        assert_eq!(different.len(), own.len(), "{name}: {own:?}");
        assert!(own.iter().all(|(_, f)| f.len() >= 16 && f.split('-').next().unwrap().chars().all(|c| c.is_ascii_hexdigit())), "{name}: {own:?}");
        for offsets in [Offsets::CodePoint, Offsets::Utf16] {
            assert_eq!(fingerprints(&parse(&text, &Options::with_offsets(offsets))), own, "{name}");
        }
        seen += own.len();
    }
    assert!(seen > 300, "{seen}");
}

/// A paragraph behind the first line moves every place and changes no finding that is still there.
#[test]
fn a_paragraph_elsewhere_changes_none() {
    let mut seen = 0;
    for (name, text) in texts() {
        let Some((first, rest)) = text.split_once('\n') else { continue };
        let edited = format!("{first}\n补充说明这一段与表格无关。\n{rest}");
        let (before, after) = (parse(&text, &Options::default()), parse(&edited, &Options::default()));
        let (before, after) = (fingerprints(&before), fingerprints(&after));
        let codes = |list: &[(String, String)]| list.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
        if codes(&before) == codes(&after) {
            assert_eq!(before, after, "{name}");
            seen += before.len();
        }
    }
    assert!(seen > 200, "{seen}");
}

/// The value is part of what was decided on.
#[test]
fn another_value_is_another_finding() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/report-2023.txt")).unwrap();
    let of = |text: &str| fingerprints(&parse(text, &Options::default())).into_iter().find(|(code, _)| code == "GK201").unwrap();
    let before = of(&text);
    assert_ne!(of(&text.replacen("申请数量 | 14 |", "申请数量 | 19 |", 1)), before);
    assert_eq!(of(&text.replacen("行政许可 |\n1204 |", "行政许可 |\n1205 |", 1)), before);
}
