//! The verb `outline`: what a report says about itself, and its parts.

use std::io::Write;

use clap::ValueEnum;
use gongkai::Report;
use serde::Serialize;

use crate::words::chinese;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutlineFormat {
    Json,
    Text,
}

/// What the `outline` verb prints of a report.
#[derive(Serialize)]
pub struct Outline<'a> {
    title: &'a Option<String>,
    issuer: &'a Option<String>,
    year: Option<i32>,
    period: Option<(String, String)>,
    issued: Option<String>,
    published: Option<String>,
    edition: Option<&'a str>,
    evidence: &'a [gongkai::Evidence],
    signatories: &'a Option<gongkai::Signatories>,
    citations: &'a [gongkai::Citation],
    sections: &'a [gongkai::Section],
    tables: &'a [gongkai::Table],
}

impl<'a> Outline<'a> {
    pub fn new(report: &'a Report) -> Self {
        Self {
            title: &report.title,
            issuer: &report.issuer,
            year: report.year,
            period: report.period.map(|(a, b)| (a.to_string(), b.to_string())),
            issued: report.issued.map(|d| d.to_string()),
            published: report.published.map(|d| d.to_string()),
            edition: report.edition.as_deref(),
            evidence: &report.evidence,
            signatories: &report.signatories,
            citations: &report.citations,
            sections: &report.sections,
            tables: &report.tables,
        }
    }
}

pub fn outline_text(file: &str, report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    let o = Outline::new(report);
    writeln!(out, "{}", o.title.as_deref().unwrap_or(file))?;
    let line = |name: (&str, &str), value: Option<String>| value.map(|v| format!("  {}: {v}", if chinese() { name.0 } else { name.1 }));
    let lines = [
        line(("发布机关", "issuer"), o.issuer.clone()),
        line(("年度", "year"), o.year.map(|y| y.to_string())),
        line(("统计期限", "period"), o.period.map(|(a, b)| format!("{a} – {b}"))),
        line(("落款日期", "issued"), o.issued),
        line(("发布日期", "published"), o.published),
        line(("表样版本", "edition"), o.edition.map(str::to_owned)),
    ];
    for text in lines.into_iter().flatten() {
        writeln!(out, "{text}")?;
    }
    for section in o.sections {
        let heading = section.heading.as_deref().unwrap_or("—");
        writeln!(out, "  {}{heading}  [{}]", "  ".repeat(usize::from(section.level)), section.kind.as_deref().unwrap_or("?"))?;
    }
    writeln!(out)
}
