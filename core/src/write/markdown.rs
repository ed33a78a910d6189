//! The official form as Markdown.

use std::fmt::Write;

use gongkai_grammar::model::Report;

use super::{Sheet, sheets};

/// The tables of a report as Markdown. A cell that spans others stands in the first of its places, the rest are empty; of the rows of a head
/// only the first can be marked as such.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    if let Some(title) = &report.title {
        let _ = writeln!(out, "# {}\n", one_line(title));
    }
    for titled in sheets(report) {
        let _ = writeln!(out, "## {}\n", one_line(&titled.heading));
        table(&titled.sheet, &mut out);
        out.push('\n');
    }
    out
}

fn table(sheet: &Sheet, out: &mut String) {
    for (at, cells) in sheet.rows.iter().enumerate() {
        let mut texts = vec![String::new(); sheet.width];
        for cell in cells {
            if let Some(text) = texts.get_mut(cell.column) {
                *text = one_line(&cell.text);
            }
        }
        let _ = writeln!(out, "| {} |", texts.join(" | "));
        if at == 0 {
            let _ = writeln!(out, "|{}", " --- |".repeat(sheet.width));
        }
    }
}

/// Words that can neither end their cell nor their line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
