//! The verb `cells`: the figures of the tables.

use std::io::Write;

use clap::ValueEnum;
use gongkai::{Figure, Report, Status};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{
    inputs::{Inputs, each},
    print::{csv_head, csv_row, pad, safe, word},
    words::chinese,
};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CellFormat {
    Ndjson,
    Csv,
    Table,
}

/// A figure with the file it is from.
#[derive(Serialize)]
struct Cell<'a> {
    file: &'a str,
    #[serde(flatten)]
    figure: &'a Figure,
}

pub fn cells(inputs: &Inputs, format: CellFormat, excel: bool, out: &mut dyn Write) -> std::io::Result<bool> {
    match format {
        CellFormat::Ndjson => each(inputs, out, |file, report, out| {
            for figure in &report.figures {
                serde_json::to_writer(&mut *out, &Cell { file, figure })?;
                writeln!(out)?;
            }
            Ok(())
        }),
        CellFormat::Csv => {
            csv_head(out, excel, &["file", "path", "label", "value", "missing", "unit", "raw", "start", "end", "status", "flags"])?;
            each(inputs, out, |file, report, out| {
                for f in &report.figures {
                    let place = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
                    let row = [
                        safe(file),
                        f.path.to_string(),
                        safe(&f.label),
                        f.value.map_or_else(String::new, |v| v.to_string()),
                        f.missing.map_or_else(String::new, |m| word(&m)),
                        f.unit.as_deref().unwrap_or_default().to_owned(),
                        safe(&f.raw),
                        place(f.span.map(|s| s.start)),
                        place(f.span.map(|s| s.end)),
                        word(&f.status),
                        f.flags.join(" "),
                    ];
                    csv_row(out, &row)?;
                }
                Ok(())
            })
        }
        CellFormat::Table => each(inputs, out, table),
    }
}

/// The figures as a table for reading, with the findings below.
fn table(file: &str, report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    let zh = chinese();
    let title = report.title.clone().or_else(|| report.issuer.clone()).unwrap_or_else(|| file.to_owned());
    writeln!(out, "{title}  [{}]", report.edition.as_deref().unwrap_or("?"))?;
    let rows: Vec<[String; 5]> = report
        .figures
        .iter()
        .map(|f| {
            let value = match (&f.value, f.status, f.missing) {
                (Some(v), _, _) => v.to_string(),
                (None, Status::Ambiguous, _) => "?".to_owned(),
                (None, _, Some(gongkai::Missing::Blank)) | (None, _, None) => String::new(),
                (None, _, Some(_)) => f.raw.clone(),
            };
            let status = if f.status == Status::Printed { String::new() } else { word(&f.status) };
            [f.path.to_string(), value, f.unit.as_deref().unwrap_or_default().to_owned(), status, f.flags.join(" ")]
        })
        .collect();
    let width = |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    for [path, value, unit, status, flags] in &rows {
        let line = format!(
            "  {path}{}  {}{value}  {unit}{}  {status}{}  {flags}",
            pad(path, widths.first()),
            pad(value, widths.get(1)),
            pad(unit, widths.get(2)),
            pad(status, widths.get(3))
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    for f in &report.findings {
        writeln!(out, "{} {}", f.code, if zh { &f.message.zh } else { &f.message.en })?;
    }
    writeln!(out)
}
