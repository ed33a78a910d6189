//! What explains the broken rules of a table: GK211.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use gongkai::{Cause, Finding, Options, RepairKind, Report, Value};

fn vector(name: &str) -> Report {
    let path = format!("{}/vectors/{name}/input.md", env!("CARGO_MANIFEST_DIR"));
    gongkai::parse(&std::fs::read_to_string(path).unwrap(), &Options::default())
}

fn diagnosis(report: &Report) -> &Finding {
    report.findings.iter().find(|f| f.code == "GK211").unwrap()
}

fn changes(finding: &Finding, repair: usize) -> Vec<(&str, Option<Value>, Option<Value>)> {
    finding.repairs[repair].changes.iter().map(|c| (c.path.as_ref(), c.from, c.to)).collect()
}

const fn count(n: i64) -> Option<Value> {
    Some(Value::Count(n))
}

#[test]
fn a_figure_in_the_wrong_column_is_moved_back() {
    let report = vector("misplaced-value-moved");
    let finding = diagnosis(&report);
    assert_eq!(finding.repairs[0].kind, RepairKind::Moved);
    assert_eq!(
        changes(finding, 0),
        [("requests/granted/research_institution", count(7), count(0)), ("requests/granted/commercial_enterprise", count(0), count(7))]
    );
    assert_eq!(finding.repairs[0].message.en, "moving 7 from research_institution to commercial_enterprise in granted closes 3 of 3");
    assert_eq!(finding.cause, Cause::Report);
    // It is offered: the figures stay as printed.
    assert!(report.figures.iter().any(|f| f.path == "requests/granted/research_institution" && f.value == count(7)));
    let explained: Vec<&str> = finding.related.iter().map(|r| &*r.message.en).collect();
    assert_eq!(explained.len(), 3, "{explained:?}");
}

#[test]
fn two_figures_change_if_one_does_not_explain_all() {
    let report = vector("misplaced-value");
    let repair = &diagnosis(&report).repairs[0];
    assert_eq!((repair.closes, repair.of), (3, 3));
    assert_eq!(
        changes(diagnosis(&report), 0),
        [("requests/received/natural_person", count(14), count(7)), ("requests/received/commercial_enterprise", count(0), count(7))]
    );
}

#[test]
fn a_row_is_shifted_back_and_its_lost_figure_is_what_the_rules_make_of_it() {
    let report = vector("shifted-row");
    let finding = diagnosis(&report);
    assert_eq!(finding.repairs[0].kind, RepairKind::Shifted);
    let to: Vec<Option<Value>> = finding.repairs[0].changes.iter().map(|c| c.to).collect();
    assert_eq!(to, [count(5), count(7), count(0), count(12)]);
    assert_eq!(finding.repairs[0].message.en, "moving all figures of granted by one column closes 6 of 6");
}

#[test]
fn a_report_that_obeys_its_rules_has_no_diagnosis() {
    assert!(vector("markdown-tables").findings.iter().all(|f| f.code != "GK211"));
}
