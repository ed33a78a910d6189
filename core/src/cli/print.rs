//! What the verbs share in printing.

use std::io::Write;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// A spreadsheet must not take text of a report for a formula; numbers with a sign stay as they are.
pub fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '@', '\t', '\r']) || (text.starts_with(['+', '-']) && text.parse::<f64>().is_err());
    if formula { format!("'{text}") } else { text.to_owned() }
}

pub fn csv_row(out: &mut dyn Write, row: &[String]) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(row)?;
    writer.flush()
}

/// The first line of a table in CSV, for Excel behind a byte order mark.
pub fn csv_head(out: &mut dyn Write, excel: bool, names: &[&str]) -> std::io::Result<()> {
    if excel {
        out.write_all("\u{FEFF}".as_bytes())?;
    }
    csv_row(out, &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
}

/// The word that JSON has for a value of a closed set.
pub fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

pub fn pad(text: &str, width: Option<&usize>) -> String {
    " ".repeat(width.copied().unwrap_or(0).saturating_sub(text.width()))
}

/// Rows with their cells below one another.
pub fn columns(rows: &[Vec<String>], out: &mut dyn Write) -> std::io::Result<()> {
    let width = |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows.iter().map(Vec::len).max().unwrap_or(0)).map(width).collect();
    for row in rows {
        let line: String = row.iter().enumerate().map(|(i, cell)| format!("  {cell}{}", pad(cell, widths.get(i)))).collect();
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
