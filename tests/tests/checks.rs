//! Checks of a whole report, over made-up reports that are consistent: nothing is said of them but notes; and with one thing changed, it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::collections::BTreeSet;

use gongkai::{Options, Report, Severity, Verdict};
use gongkai_tests::{Filled, FilledCell, Rng, Style, fill, print::DIALECTS};

const FAMILIES: [&str; 3] = ["GK3", "GK5", "GK6"];

fn number(filled: &Filled, path: &str) -> Option<i64> {
    match filled.cells.get(path)? {
        FilledCell::Number(printed) => printed.replace(',', "").parse().ok(),
        _ => None,
    }
}

/// What an office might write about its figures, in several ways, all of it true.
fn told(filled: &Filled, seed: u64) -> Option<String> {
    let of = |row: &str| number(filled, &format!("requests/{row}/total"));
    let (received, over, concluded, forward, granted) =
        (of("received")?, of("carried_over")?, of("concluded")?, of("carried_forward")?, of("granted")?);
    let person = number(filled, "requests/received/natural_person")?;
    let reviews = number(filled, "review_litigation/reconsideration/total")?;
    let others = received - person;
    let share = |part: i64, whole: i64| format!("{:.1}", part as f64 * 100.0 / whole as f64);
    let mut text = match seed % 4 {
        0 => format!("本年度共收到政府信息公开申请{received}件，办结{concluded}件，结转下年度继续办理{forward}件。予以公开{granted}件。"),
        1 => format!("全年收到政府信息公开申请{}件（含上年结转{over}件）。", received + over),
        2 => format!("今年以来，全县共收到信息公开申请{received}件，其中自然人申请{person}件、其他申请人{others}件。"),
        _ => format!("上年结转政府信息公开申请{over}件，本年新收政府信息公开申请{received}件。"),
    };
    // A share behind what includes the carried over would be a share of another total.
    if received > 0 && seed % 4 > 1 {
        text += &format!("其中，自然人申请{person}件，占{}%。", share(person, received));
    }
    text += &format!("全年发生政府信息公开行政复议{reviews}件。某某局收到政府信息公开申请{}件，去年收到{}件。", received + 1, received + 2);
    Some(text + "全年主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作都按计划完成，没有收取信息处理费。")
}

/// The findings of these checks that are more than notes.
fn said(report: &Report) -> Vec<String> {
    let ours = report.findings.iter().filter(|f| FAMILIES.iter().any(|family| f.code.starts_with(family)) && f.severity != Severity::Note);
    ours.map(|f| format!("{}: {}", f.code, f.message.zh)).collect()
}

/// Reports of every edition in every dialect, and of many seeds in one of them, told in a paragraph of the overview.
fn reports(seeds: u64, mut each: impl FnMut(&str, &str, &str)) {
    for form in &gongkai::forms().editions {
        for (at, (dialect, print, _)) in DIALECTS.iter().enumerate() {
            let more = if *dialect == "markdown" { seeds } else { 1 };
            for seed in (at as u64..).take(more as usize) {
                let filled = fill(form, &mut Rng::new(seed), Style::default());
                let text = print(form, &filled);
                let text = told(&filled, seed).map_or_else(|| text.clone(), |told| text.replace(LINE, &format!("{LINE}{told}")));
                each(&form.id, dialect, &text);
            }
        }
    }
}

/// The line of the overview that the generator writes.
const LINE: &str = "这一年，全县各单位按月核对公开栏目，发现错漏当天改正。";

#[test]
fn consistent_reports_are_not_accused() {
    let (mut bad, mut all) = (Vec::new(), 0);
    reports(16, |edition, dialect, text| {
        all += 1;
        bad.extend(said(&gongkai::parse(text, &Options::default())).into_iter().map(|f| format!("{edition} {dialect}: {f}")));
    });
    assert!(all > 150, "only {all} reports");
    assert!(bad.is_empty(), "{} of {all}:\n{}", bad.len(), bad.join("\n"));
}

/// No finding never means not checked.
#[test]
fn every_check_is_listed() {
    reports(1, |edition, dialect, text| {
        let report = gongkai::parse(text, &Options::default());
        let listed: BTreeSet<&str> = report.checks.iter().map(|c| c.code.as_ref()).collect();
        for code in ["GK501", "GK502", "GK504", "GK505", "GK507", "GK508", "GK509", "GK510", "GK511", "GK512", "GK513", "GK601", "GK602"] {
            assert!(listed.contains(code), "{edition} {dialect}: {code} is not listed; listed: {listed:?}");
        }
        assert!(FAMILIES.iter().all(|family| listed.iter().any(|code| code.starts_with(family))), "{edition} {dialect}: {listed:?}");
        let broken = |code: &str| report.checks.iter().any(|c| c.code == code && c.verdict == Verdict::Broken);
        for finding in report.findings.iter().filter(|f| FAMILIES.iter().any(|family| f.code.starts_with(family))) {
            assert!(broken(&finding.code), "{edition} {dialect}: {} without a broken check", finding.code);
        }
    });
}

/// One number of the text changed: it is found in every dialect that keeps the figures.
#[test]
fn a_changed_number_of_the_text_is_found() {
    let form = gongkai::forms().edition("2021").unwrap();
    let (mut found, mut all) = (0, 0);
    for seed in 0..20 {
        let filled = fill(form, &mut Rng::new(seed), Style::default());
        let Some(received) = number(&filled, "requests/received/total").filter(|n| *n > 20) else { continue };
        let (_, print, _) = DIALECTS.iter().find(|(name, _, _)| *name == "markdown").unwrap();
        let wrong = format!("{LINE}全年共收到政府信息公开申请{}件。", received * 3 + 7);
        let report = gongkai::parse(&print(form, &filled).replace(LINE, &wrong), &Options::default());
        all += 1;
        found += usize::from(report.findings.iter().any(|f| f.code == "GK301"));
    }
    assert!(all > 5, "only {all}");
    assert_eq!(found, all);
}
