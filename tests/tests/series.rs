//! Every folder of `tests/series` against the truth that was read from it by hand: which reports are one chain, and what holds between its years.
//!
//! A case is the reports of some years (`*.txt`, given in the order of their names), `truth.json` and `NOTES.md`. The truth lists the chains, and
//! of each the agency, its years, every finding with its years and scope, and how many checks of each code have which verdict.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use gongkai::{Decimal, Document, Hint, Member, Message, Options, Report, Series, SeriesOptions, Standing, Verdict, series};
use serde_json::{Value, json};

struct Case {
    name: String,
    files: Vec<(String, String, Report)>,
    truth: Value,
}

impl Case {
    fn chains(&self, options: &SeriesOptions) -> Vec<Series> {
        let members: Vec<Member<'_>> = self.files.iter().map(|(name, text, report)| Member { name, text, report }).collect();
        series(&members, options)
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("series");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 9, "cases are missing");
    let case = |folder: PathBuf| {
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
        files.sort();
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).unwrap();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), text.clone(), gongkai::parse(&text, &Options::default()))
        };
        Case {
            name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
            files: files.into_iter().map(read).collect(),
            truth: serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap(),
        }
    };
    folders.into_iter().map(case).collect()
}

/// What the truth speaks of, as it was read.
fn read(series: &Series, truth: &Value) -> Value {
    let used = || series.reports.iter().filter(|r| r.standing == Standing::Used);
    let scope = |code: &str, years: &[i32], path: &str| {
        let check = series.checks.iter().filter(|c| c.code == code && c.years[..] == *years && c.verdict == Verdict::Broken);
        check.filter(|c| path.is_empty() || c.operands.iter().any(|o| o.path == path)).map(|c| c.scope.to_string()).next().unwrap_or_default()
    };
    let findings = series.findings.iter().map(|f| {
        let path = f.finding.paths.first().map_or("", |p| p.as_ref());
        json!([f.finding.code, f.years, scope(&f.finding.code, &f.years, path)])
    });
    let mut verdicts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for check in series.checks.iter().filter(|c| c.verdict != Verdict::NotEvaluable) {
        let verdict = json!(check.verdict).as_str().unwrap().to_owned();
        *verdicts.entry(check.code.to_string()).or_default().entry(verdict).or_default() += 1;
    }
    let mut all = json!({
        "agency": series.agency,
        "identity": series.identity,
        "years": used().map(|r| r.year).collect::<Vec<_>>(),
        "missing": series.missing,
        "findings": findings.collect::<Vec<_>>(),
        "verdicts": verdicts,
        "similar": series.similar,
        "not_comparable": series.steps.iter().map(|s| &s.not_comparable).collect::<Vec<_>>(),
        "standing": series.reports.iter().map(|r| (r.name.clone(), json!(r.standing))).collect::<BTreeMap<_, _>>(),
    });
    // Lists that the truth leaves out are empty; standings it leaves out do not matter.
    for (name, empty) in [("similar", json!([])), ("not_comparable", json!(vec![Vec::<String>::new(); series.steps.len()]))] {
        if truth[name].is_null() && all[name] == empty {
            all.as_object_mut().unwrap().remove(name);
        }
    }
    match truth["standing"].as_object() {
        Some(told) => all["standing"].as_object_mut().unwrap().retain(|name, _| told.contains_key(name)),
        None => drop(all.as_object_mut().unwrap().remove("standing")),
    }
    all
}

#[test]
fn chains_are_what_was_read_by_hand() {
    for case in cases() {
        let chains = case.chains(&SeriesOptions::default());
        let truths = case.truth["chains"].as_array().unwrap();
        assert_eq!(chains.len(), truths.len(), "{}", case.name);
        for (series, truth) in chains.iter().zip(truths) {
            assert_eq!(read(series, truth), *truth, "{}", case.name);
        }
    }
}

#[test]
fn every_code_of_the_years_is_triggered() {
    let found: BTreeSet<String> = cases()
        .iter()
        .flat_map(|c| c.chains(&SeriesOptions::default()))
        .flat_map(|s| s.findings)
        .map(|f| {
            let kind = gongkai::explain(&f.finding.code).expect("a declared code");
            assert!(f.finding.message.zh.len() > kind.title.0.len() && f.finding.message.en.len() > kind.title.1.len(), "{}", f.finding.code);
            f.finding.code.to_string()
        })
        .collect();
    let declared: BTreeSet<String> = gongkai::CATALOGUE.iter().map(|k| k.code.to_owned()).filter(|c| c.starts_with("GK4")).collect();
    assert_eq!(found, declared);
}

/// The figures of every operand, at the place it names, in the report of the year it names.
#[test]
fn operands_lead_to_their_figures() {
    let mut seen = 0;
    for case in cases() {
        for series in case.chains(&SeriesOptions::default()) {
            let findings = series.findings.iter().map(|f| &f.operands);
            for operand in series.checks.iter().map(|c| &c.operands).chain(findings).flatten().filter(|o| !o.path.starts_with("sentences")) {
                let (_, text, report) = &case.files[operand.report];
                let figure = report.figures.iter().find(|f| f.path == operand.path);
                assert_eq!((report.year, figure.and_then(|f| f.value)), (Some(operand.year), operand.value), "{} {}", case.name, operand.path);
                if let (Some(span), Some(value)) = (operand.span, operand.value) {
                    assert_eq!(span.of(text), value.to_string(), "{} {}", case.name, operand.path);
                    seen += 1;
                }
            }
            for finding in &series.findings {
                let text = &case.files[finding.report].1;
                assert!(finding.finding.span.is_none_or(|s| !s.of(text).is_empty()), "{} {}", case.name, finding.finding.code);
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn fingerprints_of_the_years_are_unique_and_do_not_depend_on_the_order_of_the_files() {
    for mut case in cases() {
        let fingerprints = |case: &Case| -> Vec<String> {
            let mut all: Vec<String> =
                case.chains(&SeriesOptions::default()).into_iter().flat_map(|s| s.findings).map(|f| f.finding.fingerprint.into_owned()).collect();
            all.sort();
            all
        };
        let before = fingerprints(&case);
        assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len(), "{}", case.name);
        if case.name != "missing-year" {
            // Of two reports of a year with the same date the last one is used.
            case.files.reverse();
            assert_eq!(fingerprints(&case), before, "{}", case.name);
        }
    }
}

/// What one year leaves open and the other tells: then nothing is open, and every check of the pair can be made.
#[test]
fn years_beside_decide_what_is_open() {
    let case = cases().into_iter().find(|c| c.name == "year-before-decides").unwrap();
    let documents: Vec<Document> = case.files.iter().map(|f| Document::from_text(f.1.clone())).collect();
    let documents: Vec<(&str, &Document)> = documents.iter().map(|document| ("", document)).collect();
    let mut reports: Vec<Report> = case.files.iter().map(|f| f.2.clone()).collect();
    assert_eq!(gongkai::reread(&documents, &mut reports, &Options::default(), &SeriesOptions::default()), [1]);
    assert!(reports[1].figures.iter().all(|f| f.candidates.is_empty()));
    let members: Vec<Member<'_>> = case.files.iter().zip(&reports).map(|((name, text, _), report)| Member { name, text, report }).collect();
    let carried = series(&members, &SeriesOptions::default()).remove(0).checks;
    assert_eq!(carried.iter().filter(|c| c.code == "GK401" && c.verdict == Verdict::Holds).count(), 7);
}

/// Hints are given and taken as JSON.
#[test]
fn hints_are_the_same_when_they_were_json() {
    for case in cases() {
        let members: Vec<Member<'_>> = case.files.iter().map(|(name, text, report)| Member { name, text, report }).collect();
        let hints = gongkai::hints(&members, &SeriesOptions::default());
        assert_eq!(serde_json::from_value::<Vec<Vec<Hint>>>(json!(hints)).unwrap(), hints, "{}", case.name);
    }
    let short = json!({ "path": "a", "value": "1.50", "reason": { "zh": "甲", "en": "b" } });
    assert_eq!(serde_json::from_value::<Hint>(short).unwrap(), Hint::new("a", Decimal::new(15, 1), Message { zh: "甲".into(), en: "b".into() }));
}

/// Told that all reports are of one agency, names make no difference, and the chain says so.
#[test]
fn names_are_joined_only_if_told() {
    let case = cases().into_iter().find(|c| c.name == "several-agencies").unwrap();
    let chains = case.chains(&SeriesOptions::of_one_agency(true));
    assert_eq!((chains.len(), json!(chains[0].identity)), (1, json!("told")));
    assert_eq!(chains[0].reports.len(), case.files.len());
}

/// Without a year a report is in no step; without an agency it stands alone.
#[test]
fn what_is_not_known_is_not_guessed() {
    let case = cases().into_iter().find(|c| c.name == "carried-over").unwrap();
    let mut reports: Vec<Report> = case.files.iter().map(|f| f.2.clone()).collect();
    reports[1].year = None;
    reports[2].issuer = None;
    let members: Vec<Member<'_>> = case.files.iter().zip(&reports).map(|((name, text, _), report)| Member { name, text, report }).collect();
    let chains = series(&members, &SeriesOptions::default());
    let standings: Vec<Vec<Standing>> = chains.iter().map(|s| s.reports.iter().map(|r| r.standing).collect()).collect();
    assert_eq!(standings, [vec![Standing::Used, Standing::Undated], vec![Standing::Used]]);
    assert!(chains.iter().all(|s| s.checks.is_empty() && s.findings.is_empty()));
    assert_eq!(json!(chains[1].identity), json!("unknown"));
}
