//! The verb `facts`: the quantities of the running prose.

use std::io::Write;

use gongkai::{Fact, Report};
use serde::Serialize;

use super::{
    cells::CellFormat,
    inputs::{Inputs, each},
    print::{columns, csv_head, csv_row, safe, word},
};

/// A fact with the file it is from.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    fact: &'a Fact,
}

const HEADER: [&str; 15] = [
    "file",
    "raw",
    "value",
    "unit",
    "approximation",
    "status",
    "subject",
    "object",
    "channel",
    "period",
    "of",
    "indicator",
    "start",
    "end",
    "sentence",
];

/// Prints the facts of every input.
pub fn facts(inputs: &Inputs, format: CellFormat, excel: bool, out: &mut dyn Write) -> std::io::Result<bool> {
    match format {
        CellFormat::Ndjson => each(inputs, out, |file, report, out| {
            for fact in &report.facts {
                serde_json::to_writer(&mut *out, &Line { file, fact })?;
                writeln!(out)?;
            }
            Ok(())
        }),
        CellFormat::Csv => {
            csv_head(out, excel, &HEADER)?;
            each(inputs, out, |file, report, out| report.facts.iter().try_for_each(|fact| csv_row(out, &row(file, fact))))
        }
        CellFormat::Table => each(inputs, out, table),
    }
}

fn row(file: &str, fact: &Fact) -> [String; 15] {
    let text = |field: &Option<String>| safe(field.as_deref().unwrap_or_default());
    [
        safe(file),
        safe(&fact.raw),
        fact.value.map_or_else(String::new, |v| v.to_string()),
        fact.unit.as_deref().unwrap_or_default().to_owned(),
        fact.approximation.map_or_else(String::new, |a| word(&a)),
        word(&fact.status),
        text(&fact.subject),
        text(&fact.object),
        text(&fact.channel),
        text(&fact.period),
        fact.of.map_or_else(String::new, |of| of.to_string()),
        fact.indicator.as_deref().unwrap_or_default().to_owned(),
        fact.span.start.to_string(),
        fact.span.end.to_string(),
        format!("{} {}", fact.sentence.start, fact.sentence.end),
    ]
}

fn table(file: &str, report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", report.title.as_deref().unwrap_or(file))?;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let rows = report.facts.iter().map(|fact| {
        vec![
            fact.value.map_or_else(|| "?".to_owned(), |v| v.to_string()),
            fact.unit.as_deref().unwrap_or_default().to_owned(),
            fact.approximation.map_or_else(String::new, |a| word(&a)),
            text(&fact.subject),
            text(&fact.object),
            fact.indicator.as_deref().unwrap_or_default().to_owned(),
            fact.raw.split_whitespace().collect(),
        ]
    });
    columns(&rows.collect::<Vec<_>>(), out)?;
    writeln!(out)
}
