//! The whole report in one line. Blank cells vanish.

use gongkai_grammar::Form;

use super::document::{Document, Part};
use crate::generate::Filled;

/// Single spaces between all pieces.
#[must_use]
pub fn spaced(form: &Form, filled: &Filled) -> String {
    joined(form, filled, " ")
}

/// A pipe between all pieces.
#[must_use]
pub fn piped(form: &Form, filled: &Filled) -> String {
    joined(form, filled, "|")
}

/// Nothing between the pieces.
#[must_use]
pub fn glued(form: &Form, filled: &Filled) -> String {
    joined(form, filled, "")
}

fn joined(form: &Form, filled: &Filled, between: &str) -> String {
    let mut pieces = Vec::new();
    for part in Document::new(form, filled).0 {
        match part {
            Part::Title(text) | Part::Heading(text) | Part::Line(text) => pieces.push(text),
            Part::Table(sheet) => pieces.extend(sheet.rows.into_iter().flatten().map(|cell| cell.text).filter(|text| !text.is_empty())),
        }
    }
    pieces.join(between) + "\n"
}
