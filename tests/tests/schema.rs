//! The committed JSON Schema is the one of the types, and every report obeys it.
//!
//! `GONGKAI_BLESS=1 cargo test -p gongkai-tests --test schema` writes `docs/report.schema.json`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // A test may stop.

use std::{fs, path::Path};

use gongkai::{Offsets, Options};
use serde_json::Value;

#[test]
fn the_committed_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/report.schema.json");
    let now = gongkai::schema();
    if std::env::var_os("GONGKAI_BLESS").is_some_and(|v| v == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
    }
    let committed: Value = fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    assert!(committed == now, "docs/report.schema.json is not gongkai::schema(); GONGKAI_BLESS=1 writes it");
}

#[test]
fn every_report_obeys_the_schema() {
    let validator = jsonschema::validator_for(&gongkai::schema()).unwrap();
    let check = |name: &str, report: &gongkai::Report| {
        let json = serde_json::to_value(report).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{name}:\n{}", errors.join("\n"));
    };
    check("the empty report", &gongkai::Report::default());
    let mut reports = 0;
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        let input = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).find(|p| p.file_stem().is_some_and(|s| s == "input")).unwrap();
        let bytes = fs::read(input).unwrap();
        for offsets in [Offsets::Utf8, Offsets::CodePoint, Offsets::Utf16] {
            check(&folder.display().to_string(), &gongkai::read(&bytes, &Options::with_offsets(offsets)).unwrap());
        }
        reports += 1;
    }
    assert!(reports > 200, "only {reports} vectors");
}

/// A schema that takes everything would prove nothing.
#[test]
fn the_schema_refuses_what_is_no_report() {
    let validator = jsonschema::validator_for(&gongkai::schema()).unwrap();
    let report = serde_json::to_value(gongkai::parse("一、概述\n规章 | 1 | 2 | 3 |\n", &Options::default())).unwrap();
    assert!(validator.is_valid(&report));
    for (field, wrong) in [("offsets", "bytes"), ("year", "2023"), ("figures", "none"), ("issued", "20 January")] {
        let mut broken = report.clone();
        broken[field] = Value::from(wrong);
        assert!(!validator.is_valid(&broken), "{field}");
    }
}
