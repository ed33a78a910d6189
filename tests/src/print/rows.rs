//! One row a line, pipes between the cells.

use gongkai::write::Sheet;
use gongkai_grammar::Form;

use super::document::Document;
use crate::generate::Filled;

/// As many cells as the row has.
#[must_use]
pub fn bare(form: &Form, filled: &Filled) -> String {
    text(form, filled, |_, texts| texts)
}

/// Short rows are filled up with empty cells at their end.
#[must_use]
pub fn padded(form: &Form, filled: &Filled) -> String {
    text(form, filled, |sheet, texts| filled_up(texts, sheet.width))
}

/// The cells of a row and as many empty ones as it takes.
pub(super) fn filled_up(mut texts: Vec<&str>, width: usize) -> Vec<&str> {
    texts.resize(width.max(texts.len()), "");
    texts
}

fn text(form: &Form, filled: &Filled, arrange: impl for<'a> Fn(&Sheet, Vec<&'a str>) -> Vec<&'a str>) -> String {
    Document::new(form, filled).text("\n", |sheet| {
        let rows = sheet.rows.iter().map(|cells| arrange(sheet, cells.iter().map(|cell| cell.text.as_str()).collect()));
        rows.map(|texts| texts.join(" | ").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    })
}
