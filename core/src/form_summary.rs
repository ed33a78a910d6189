//! The editions of the form in short, for those who choose one or list what there is.

use gongkai_grammar::forms;
use serde::Serialize;

/// An edition of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormSummary {
    /// `2021`
    pub id: &'static str,
    /// Its printed title.
    pub title: &'static str,
    /// The edition it adds local rows to.
    pub extends: Option<&'static str>,
    /// The first and the last year of reports it is for.
    pub years: (Option<i32>, Option<i32>),
    /// The notices that made it.
    pub notices: &'static [String],
    /// The paths of its figures, in order.
    pub paths: Vec<&'static str>,
}

/// Every edition, from the oldest.
#[must_use]
pub fn form_summaries() -> Vec<FormSummary> {
    let summary = |form: &'static gongkai_grammar::Form| FormSummary {
        id: &form.id,
        title: &form.title,
        extends: form.extends.as_deref(),
        years: (form.first_year, form.last_year),
        notices: &form.notices,
        paths: form.tables.iter().flat_map(|table| &table.rows).flat_map(|row| row.paths.iter().map(String::as_str)).collect(),
    };
    forms().editions.iter().map(summary).collect()
}
