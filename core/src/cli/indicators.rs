//! The verb `indicators`: one tidy table over all editions.

use std::io::Write;

use gongkai::{Indicator, Quality, Report};
use serde::Serialize;

use super::{
    cells::CellFormat,
    inputs::{Inputs, Print, decided, each},
    print::{columns, csv_head, csv_row, safe, word},
    words::chinese,
};

/// An indicator with the report it is from.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    issuer: Option<&'a str>,
    year: Option<i32>,
    #[serde(flatten)]
    indicator: Indicator,
}

const HEADER: [&str; 13] =
    ["file", "issuer", "year", "indicator", "value", "unit", "quality", "why_zh", "why_en", "origin", "source", "raw", "flags"];

/// Prints the indicators of every input; with `years` the years beside decide what a report alone leaves open, for which all are read first.
pub fn indicators(inputs: &Inputs, format: CellFormat, excel: bool, years: bool, out: &mut dyn Write) -> std::io::Result<bool> {
    match format {
        CellFormat::Ndjson => read(inputs, years, out, &mut |file, report, out| {
            for indicator in gongkai::indicators(report) {
                serde_json::to_writer(&mut *out, &Line { file, issuer: report.issuer.as_deref(), year: report.year, indicator })?;
                writeln!(out)?;
            }
            Ok(())
        }),
        CellFormat::Csv => {
            csv_head(out, excel, &HEADER)?;
            read(inputs, years, out, &mut |file, report, out| {
                gongkai::indicators(report).iter().try_for_each(|indicator| csv_row(out, &row(file, report, indicator)))
            })
        }
        CellFormat::Table => {
            let mut panel: Vec<(String, Vec<Indicator>)> = Vec::new();
            let complete = read(inputs, years, out, &mut |file, report, _| {
                panel.push((report.year.map_or_else(|| file.to_owned(), |y| y.to_string()), gongkai::indicators(report)));
                Ok(())
            })?;
            table(&panel, out)?;
            Ok(complete)
        }
    }
}

fn read(inputs: &Inputs, years: bool, out: &mut dyn Write, print: &mut Print<'_>) -> std::io::Result<bool> {
    if years { decided(inputs, out, print) } else { each(inputs, out, print) }
}

fn row(file: &str, report: &Report, indicator: &Indicator) -> [String; 13] {
    let why = indicator.why.clone().unwrap_or_default();
    [
        safe(file),
        safe(report.issuer.as_deref().unwrap_or_default()),
        report.year.map_or_else(String::new, |y| y.to_string()),
        indicator.indicator.to_string(),
        indicator.value.map_or_else(String::new, |v| v.to_string()),
        indicator.unit.as_deref().unwrap_or_default().to_owned(),
        word(&indicator.quality),
        safe(&why.zh),
        safe(&why.en),
        indicator.origin.map_or_else(String::new, |o| word(&o)),
        source(indicator),
        safe(&indicator.raw),
        indicator.flags.join(" "),
    ]
}

/// The cells or the place in the text.
fn source(indicator: &Indicator) -> String {
    match indicator.fact {
        Some(fact) => format!("facts/{fact} {}", indicator.span.map_or_else(String::new, |s| format!("{}-{}", s.start, s.end))),
        None => indicator.paths.join(" + "),
    }
}

/// A column a report, a row an indicator: `~` marks what is only about the same, `*` what the prose gives.
fn table(panel: &[(String, Vec<Indicator>)], out: &mut dyn Write) -> std::io::Result<()> {
    let Some((_, first)) = panel.first() else { return Ok(()) };
    let head = if chinese() { "指标" } else { "indicator" };
    let mut rows = vec![std::iter::once(head.to_owned()).chain(panel.iter().map(|(name, _)| name.clone())).collect::<Vec<_>>()];
    for (at, indicator) in first.iter().enumerate() {
        let cells = panel.iter().map(|(_, all)| all.get(at).map_or_else(String::new, cell));
        rows.push(std::iter::once(indicator.indicator.to_string()).chain(cells).collect());
    }
    columns(&rows, out)?;
    let note = if chinese() { "~ 口径相近  * 取自正文  · 无" } else { "~ about the same  * from the prose  · none" };
    writeln!(out, "  {note}")
}

fn cell(indicator: &Indicator) -> String {
    let Some(value) = indicator.value else { return "·".to_owned() };
    let about = if indicator.quality == Quality::Approximate { "~" } else { "" };
    let prose = if indicator.fact.is_some() { "*" } else { "" };
    format!("{about}{value}{prose}")
}
