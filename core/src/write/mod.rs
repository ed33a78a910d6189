//! The official form, written from a report's figures: HTML, Markdown, docx.
//!
//! What is written is what was read: a value, or why there is none. A cell that cannot be told is written [`UNKNOWN`], never left blank and
//! never guessed. A row that the document does not have is not written either.

#[cfg(feature = "arrow")]
pub mod arrow;
#[cfg(feature = "docx")]
mod docx;
mod html;
mod markdown;
mod sheet;

use std::borrow::Cow;

use gongkai_grammar::{
    Form, FormTable, forms,
    model::{Dialect, Figure, Missing, Name, Report, SCHEMA, Span, Status, Table},
};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::compare::is_there;

#[cfg(feature = "docx")]
pub use docx::docx;
pub use html::{Escaped, HtmlOptions, html};
pub use markdown::markdown;
pub use sheet::{CellKind, LocalRow, Sheet, SheetCell};

/// What is written for a cell with more than one reading.
pub const UNKNOWN: &str = "？";

/// A table of a report, under its heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Titled {
    /// The heading of its section, numbered as the edition numbers it: 二、主动公开政府信息情况; of an annexed sheet its title.
    pub heading: String,
    /// The table.
    pub sheet: Sheet,
}

/// The tables of a report as the forms of their editions print them, in the order of the editions.
#[must_use]
pub fn sheets(report: &Report) -> Vec<Titled> {
    let figures: FxHashMap<&str, &Figure> = report.figures.iter().map(|figure| (figure.path.as_ref(), figure)).collect();
    let mut sheets: Vec<(usize, Titled)> = Vec::new();
    for found in &report.tables {
        let Some(form) = forms().edition(&found.edition) else { continue };
        let Some((at, table)) = form.tables.iter().enumerate().find(|(_, table)| table.id == found.table) else { continue };
        let text = |path: &str| figures.get(path).filter(|figure| is_there(figure)).map(|figure| printed(figure));
        let local = local_rows(table, report);
        sheets.push((at, Titled { heading: heading(form, table), sheet: Sheet::new(table, report.year, &text, &local) }));
    }
    sheets.sort_by_key(|(at, _)| *at);
    sheets.into_iter().map(|(_, titled)| titled).collect()
}

/// A report of an edition with every cell blank, to be filled in. `None` if the edition is not known.
///
/// Its title is the form's; `year` is the one that headers name.
#[must_use]
pub fn blank(edition: &str, year: Option<i32>) -> Option<Report> {
    let form = forms().edition(edition)?;
    let mut report = Report { schema: Name::Borrowed(SCHEMA), title: Some(form.title.clone()), year, ..Report::default() };
    report.edition = Some(Name::Borrowed(&form.id));
    for table in &form.tables {
        report.tables.push(Table {
            table: Name::Borrowed(&table.id),
            edition: Name::Borrowed(&form.id),
            evidence: Vec::new(),
            dialect: Dialect::Grid,
            pipes_per_row: None,
            rows: table.rows.iter().filter(|row| !row.paths.is_empty()).count(),
            copies: 1,
            span: Span::default(),
        });
        for (index, row) in table.rows.iter().enumerate() {
            for (path, column) in row.paths.iter().zip(row.columns.clone()) {
                report.figures.push(Figure {
                    path: Name::Borrowed(path),
                    label: row.labels.first().map(|label| Name::Borrowed(label.as_str())).unwrap_or_default(),
                    value: None,
                    missing: Some(Missing::Blank),
                    raw: String::new(),
                    unit: table.unit_of(index, column).map(Name::Borrowed),
                    span: None,
                    location: None,
                    status: Status::Printed,
                    flags: Vec::new(),
                    candidates: Vec::new(),
                    correction: None,
                });
            }
        }
    }
    Some(report)
}

/// What is written for a figure.
fn printed(figure: &Figure) -> Cow<'_, str> {
    if let Some(correction) = &figure.correction {
        return Cow::Borrowed(correction.trim());
    }
    match (figure.value, figure.missing) {
        // The digits as printed, where they are the figure's own.
        (Some(_), _) if figure.status == Status::Printed => Cow::Borrowed(figure.raw.trim()),
        (Some(value), _) => Cow::Owned(value.to_string()),
        (None, Some(Missing::Blank)) => Cow::Borrowed(""),
        (None, Some(_)) => Cow::Borrowed(figure.raw.trim()),
        (None, None) => Cow::Borrowed(UNKNOWN),
    }
}

/// The rows of a table that its form does not have.
fn local_rows(table: &FormTable, report: &Report) -> Vec<LocalRow> {
    let mut rows: Vec<(&str, LocalRow)> = Vec::new();
    for figure in &report.figures {
        let Some((row, _)) = figure.path.rsplit_once('/') else { continue };
        let Some(id) = row.strip_prefix(table.id.as_str()).and_then(|row| row.strip_prefix('/')) else { continue };
        if table.rows.iter().any(|known| known.id == id) {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, LocalRow { label: figure.label.to_string(), unit: figure.unit.as_ref().map(Name::to_string), cells: Vec::new() }));
        }
        if let Some((_, local)) = rows.last_mut() {
            local.cells.push((figure.path.clone(), printed(figure).into_owned()));
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The numbers of sections.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

fn heading(form: &Form, table: &FormTable) -> String {
    let title = table.titles.first().map_or("", String::as_str);
    let number = form.requires.iter().position(|kind| *kind == table.id).and_then(|at| NUMERALS.get(at));
    number.map_or_else(|| title.to_owned(), |number| format!("{number}、{title}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_form_has_every_cell_and_no_value() {
        for form in &forms().editions {
            let report = blank(&form.id, None).unwrap();
            let cells: usize = form.tables.iter().flat_map(|table| &table.rows).map(|row| row.paths.len()).sum();
            let sheets = sheets(&report);
            assert_eq!(report.figures.len(), cells, "{}", form.id);
            assert_eq!(sheets.iter().flat_map(|t| t.sheet.cells()).filter(|c| c.path.is_some()).count(), cells, "{}", form.id);
            assert!(sheets.iter().flat_map(|t| t.sheet.cells()).all(|c| c.path.is_none() || c.text.is_empty()), "{}", form.id);
        }
        assert_eq!(blank("1999", None), None);
    }

    #[test]
    fn tables_stand_under_the_headings_of_their_edition() {
        let headings = |edition: &str| -> Vec<String> { sheets(&blank(edition, None).unwrap()).into_iter().map(|t| t.heading).collect() };
        let titles = |edition: &str, table: usize| forms().edition(edition).unwrap().tables[table].titles[0].clone();
        assert_eq!(headings("2021"), ["二", "三", "四"].iter().enumerate().map(|(at, n)| format!("{n}、{}", titles("2021", at))).collect::<Vec<_>>());
        assert_eq!(headings("2014"), [titles("2014", 0)]);
    }

    #[test]
    fn what_cannot_be_told_is_not_left_blank() {
        let mut report = blank("2021", None).unwrap();
        let figure = &mut report.figures[0];
        (figure.missing, figure.status, figure.candidates) = (None, Status::Ambiguous, vec![None]);
        let sheets = sheets(&report);
        let texts: Vec<&str> = sheets.iter().flat_map(|t| t.sheet.cells()).filter(|c| c.path.is_some()).map(|c| c.text.as_str()).collect();
        assert_eq!(texts.iter().filter(|text| **text == UNKNOWN).count(), 1);
    }
}
