//! Markdown: headings with hashes, tables with a line of dashes.

use gongkai::write::Sheet;
use gongkai_grammar::Form;

use super::{
    document::{Document, Part},
    rows::filled_up,
    tabs::in_columns,
};
use crate::generate::Filled;

/// Short rows are filled up at their end; the dashes stand below the whole head.
#[must_use]
pub fn packed(form: &Form, filled: &Filled) -> String {
    text(form, filled, |sheet| {
        let rows = sheet.rows.iter().map(|cells| filled_up(cells.iter().map(|cell| cell.text.as_str()).collect(), sheet.width)).collect();
        table(rows, sheet.head)
    })
}

/// Every cell in its column; the dashes stand below the first row.
#[must_use]
pub fn grid(form: &Form, filled: &Filled) -> String {
    text(form, filled, |sheet| table(in_columns(sheet), 1))
}

fn text(form: &Form, filled: &Filled, table: impl Fn(&Sheet) -> String) -> String {
    let mut document = Document::new(form, filled);
    for part in &mut document.0 {
        match part {
            Part::Title(text) => text.insert_str(0, "# "),
            Part::Heading(text) => text.insert_str(0, "## "),
            _ => {}
        }
    }
    document.text("\n\n", table)
}

fn table(rows: Vec<Vec<&str>>, head: usize) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines: Vec<String> = rows.iter().map(|texts| format!("| {} |", texts.join(" | "))).collect();
    lines.insert(head, format!("|{}", "---|".repeat(width)));
    lines.join("\n")
}
