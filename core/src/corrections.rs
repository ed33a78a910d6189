//! What a reader of the report puts in place of cells.

use std::collections::BTreeMap;

use gongkai_grammar::{ColumnKind, FormTable, model::Status};

use crate::figures::{Read, number, to_value};

/// Puts the corrections of a table in place. What was to be said of these cells is not said of them any more: they are settled.
pub fn apply(form: &'static FormTable, read: &mut Read, corrections: &BTreeMap<String, String>) {
    if corrections.is_empty() {
        return;
    }
    for (figure, place) in read.figures.iter_mut().zip(&read.cells) {
        let Some(text) = corrections.get(figure.path.as_ref()) else { continue };
        let kind = place.map_or(ColumnKind::Count, |(row, column)| form.kind_of(row, column));
        let number = number(text);
        figure.value = number.as_ref().ok().map(|number| to_value(number.value, kind));
        figure.missing = number.err();
        figure.status = Status::Corrected;
        figure.candidates.clear();
        figure.correction = Some(text.as_str().into());
    }
    read.findings.retain_mut(|finding| {
        let spoke_of = finding.paths.len();
        finding.paths.retain(|path| !corrections.contains_key(path.as_ref()));
        spoke_of == 0 || !finding.paths.is_empty()
    });
}
