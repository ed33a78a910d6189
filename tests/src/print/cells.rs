//! One cell a line. Blank cells vanish, or leave a blank line.

use gongkai::write::{CellKind, Sheet, SheetCell};
use gongkai_grammar::Form;

use super::document::Document;
use crate::generate::Filled;

/// Letters of a label on one line.
const LABEL: usize = 14;

/// No blank lines.
#[must_use]
pub fn lines(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n", |sheet| texts(sheet, |cell| vec![cell.text.clone()]).join("\n"))
}

/// A blank line after every cell.
#[must_use]
pub fn paragraphs(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n\n", |sheet| texts(sheet, |cell| vec![cell.text.clone()]).join("\n\n"))
}

/// A blank line for a blank cell.
#[must_use]
pub fn with_blanks(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n", |sheet| all(sheet).join("\n"))
}

/// A blank line after every cell, and one more for a blank one.
#[must_use]
pub fn paragraphs_with_blanks(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n\n", |sheet| all(sheet).join("\n\n"))
}

/// As [`paragraphs`], with spaces before the figures.
#[must_use]
pub fn indented(form: &Form, filled: &Filled) -> String {
    let indent = |cell: &SheetCell| vec![if cell.kind == CellKind::Figure { format!("       {}", cell.text) } else { cell.text.clone() }];
    Document::new(form, filled).text("\n\n", |sheet| texts(sheet, indent).join("\n\n"))
}

/// As [`paragraphs`], with labels and headers broken into several.
#[must_use]
pub fn broken_labels(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n\n", |sheet| texts(sheet, broken).join("\n\n"))
}

/// Every cell, those below merged labels aside: these come once.
fn all(sheet: &Sheet) -> Vec<String> {
    sheet.cells().filter(|cell| cell.kind == CellKind::Figure || !cell.text.is_empty()).map(|cell| cell.text.clone()).collect()
}

fn texts(sheet: &Sheet, lines: impl Fn(&SheetCell) -> Vec<String>) -> Vec<String> {
    sheet.cells().filter(|cell| !cell.text.is_empty()).flat_map(lines).collect()
}

/// Headers of four letters or more are broken in the middle, labels after so many letters.
fn broken(cell: &SheetCell) -> Vec<String> {
    let letters: Vec<char> = cell.text.chars().collect();
    let size = match cell.kind {
        CellKind::Header if letters.len() >= 4 => letters.len().div_ceil(2),
        CellKind::Label => LABEL,
        _ => letters.len(),
    };
    letters.chunks(size).map(|piece| piece.iter().collect()).collect()
}
