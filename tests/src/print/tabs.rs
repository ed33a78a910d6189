//! One row a line, tabs between the cells.

use gongkai::write::Sheet;
use gongkai_grammar::Form;

use super::document::Document;
use crate::generate::Filled;

/// Every cell in its column, as a spreadsheet copies it: what a span covers is empty.
#[must_use]
pub fn grid(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n", |sheet| in_columns(sheet).iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n"))
}

/// The cells of a row one after the other.
#[must_use]
pub fn packed(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n", |sheet| {
        let rows = sheet.rows.iter().map(|cells| cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\t"));
        rows.collect::<Vec<_>>().join("\n")
    })
}

/// The texts of the rows, each in the first column of its cell.
pub(super) fn in_columns(sheet: &Sheet) -> Vec<Vec<&str>> {
    let mut rows = Vec::new();
    for cells in &sheet.rows {
        let mut texts = vec![""; sheet.width];
        for cell in cells {
            texts[cell.column] = cell.text.as_str();
        }
        rows.push(texts);
    }
    rows
}
