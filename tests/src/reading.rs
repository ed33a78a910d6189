//! What was read of a printed form, beside what was filled in.

use std::collections::BTreeMap;

use gongkai::{Figure, Missing, Options, Status};

use crate::{Filled, FilledCell};

/// How a text was read.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Cells read as filled.
    pub right: usize,
    /// Cells read otherwise or not at all, with a finding beside them.
    pub flagged: usize,
    /// Cells read otherwise, and nothing is said of it.
    pub silent: Vec<String>,
}

/// Compares what is read in a text with what was filled in.
///
/// # Panics
/// If a number was filled in that is none.
#[must_use]
pub fn compare(filled: &Filled, text: &str) -> Outcome {
    let report = gongkai::parse(text, &Options::default());
    let read: BTreeMap<&str, &Figure> = report.figures.iter().map(|f| (f.path.as_ref(), f)).collect();
    let mut outcome = Outcome { right: 0, flagged: 0, silent: Vec::new() };
    for (path, cell) in &filled.cells {
        let figure = read.get(path.as_str());
        let right = figure.is_some_and(|f| f.status != Status::Ambiguous && equal(cell, f));
        // A cell that is not there is flagged by what is said of its table.
        let table = path.split('/').next();
        let flagged = figure.map_or_else(|| read.values().any(|f| f.path.split('/').next() == table && !f.flags.is_empty()), |f| !f.flags.is_empty());
        if right {
            outcome.right += 1;
        } else if flagged {
            outcome.flagged += 1;
        } else {
            outcome.silent.push(format!("{path}: printed {cell:?}, read {:?} {:?}", figure.map(|f| f.value), figure.map(|f| f.missing)));
        }
    }
    for (path, figure) in read {
        if !filled.cells.contains_key(path) && figure.value.is_some() && figure.flags.is_empty() {
            outcome.silent.push(format!("{path}: not printed, read {:?}", figure.value));
        }
    }
    outcome
}

/// Whether a figure says what was filled in.
fn equal(cell: &FilledCell, figure: &Figure) -> bool {
    match cell {
        FilledCell::Number(printed) => figure.value.is_some_and(|v| v.decimal() == printed.replace(',', "").parse().unwrap()),
        FilledCell::Blank => figure.value.is_none() && matches!(figure.missing, Some(Missing::Blank) | None),
        FilledCell::None => figure.missing == Some(Missing::None),
        FilledCell::Dash => figure.missing == Some(Missing::Dash),
        FilledCell::Yes | FilledCell::No => figure.missing == Some(Missing::Text),
    }
}
