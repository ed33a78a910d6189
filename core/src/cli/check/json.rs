//! Findings as JSON: an array with one object a file.

use std::io::Write;

use gongkai::{Check, Finding, Message, Series, SeriesFinding};
use serde::Serialize;

use super::{Chain, Checked, Failed};

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Message>,
    title: Option<&'a str>,
    issuer: Option<&'a str>,
    year: Option<i32>,
    findings: Vec<&'a Finding>,
    waived: Vec<Waived<'a, Finding>>,
    checks: &'a [Check],
    /// The years of the agency, with the file of the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Years<'a>>,
}

#[derive(Serialize)]
struct Waived<'a, T> {
    reason: &'a str,
    #[serde(flatten)]
    finding: &'a T,
}

/// A series whose findings are those that are left.
#[derive(Serialize)]
struct Years<'a> {
    #[serde(flatten)]
    series: Series,
    waived: Vec<Waived<'a, SeriesFinding>>,
}

pub fn write(files: &[Checked], chains: &[Chain], failed: &[Failed], out: &mut dyn Write) -> std::io::Result<()> {
    let years = |index: usize| {
        let latest = |c: &&Chain| c.series.reports.iter().max_by_key(|r| (r.year, r.report)).is_some_and(|r| r.report == index);
        chains.iter().find(latest).map(|chain| Years {
            series: Series { findings: chain.findings().cloned().collect(), ..chain.series.clone() },
            waived: chain.waived().map(|(finding, reason)| Waived { reason, finding }).collect(),
        })
    };
    let read = files.iter().enumerate().map(|(index, f)| Entry {
        file: &f.file,
        error: None,
        title: f.report.title.as_deref(),
        issuer: f.report.issuer.as_deref(),
        year: f.report.year,
        findings: f.findings().collect(),
        waived: f.waived().map(|(finding, reason)| Waived { reason, finding }).collect(),
        checks: &f.report.checks,
        series: years(index),
    });
    let unread = failed.iter().map(|f| Entry {
        file: &f.file,
        error: Some(Message { zh: f.zh.clone().into(), en: f.en.clone().into() }),
        title: None,
        issuer: None,
        year: None,
        findings: Vec::new(),
        waived: Vec::new(),
        checks: &[],
        series: None,
    });
    serde_json::to_writer_pretty(&mut *out, &read.chain(unread).collect::<Vec<_>>())?;
    writeln!(out)
}
