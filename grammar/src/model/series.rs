//! The reports of one agency, year after year.

use serde::{Deserialize, Serialize};

use super::{Finding, Name, Span, Value, Verdict};

/// The version of the format of [`Series`].
pub const SERIES_SCHEMA: &str = "gongkai-series/1";

/// The reports of one agency in the order of their years, and what must hold between them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Series {
    /// Version of this format: `gongkai-series/1`.
    pub schema: Name,
    /// The agency as its last report names it; `None` if the report names none.
    pub agency: Option<String>,
    /// How it is known that the reports are of one agency.
    pub identity: Identity,
    /// Other agencies among the reports whose names differ little: perhaps the same one, never joined unasked.
    pub similar: Vec<String>,
    /// The reports by year; those without a year stand last.
    pub reports: Vec<SeriesReport>,
    /// Years between the first and the last that have no report.
    pub missing: Vec<i32>,
    /// Each two years that follow one another and both have a report.
    pub steps: Vec<Step>,
    /// Every rule across years that was evaluated, with its verdict.
    pub checks: Vec<SeriesCheck>,
    /// What is wrong or odd between the years.
    pub findings: Vec<SeriesFinding>,
}

/// How it is known that reports are of one agency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Identity {
    /// All of them name it alike.
    Named,
    /// The caller says so; their names differ.
    Told,
    /// The report names no agency and stands alone.
    #[default]
    Unknown,
}

/// A report of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesReport {
    /// Its number among the reports given, from 0.
    pub report: usize,
    /// What the caller calls it: the name of its file.
    pub name: String,
    /// The agency as it names it.
    pub agency: Option<String>,
    /// Its year.
    pub year: Option<i32>,
    /// The edition of its tables.
    pub edition: Option<Name>,
    /// Its part in the series.
    pub standing: Standing,
}

/// The part of a report in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Standing {
    /// It stands for its year.
    Used,
    /// Another report of the year is used; the figures are the same.
    Copy,
    /// Another report of the year is used; figures differ.
    Revision,
    /// Its year is not known.
    Undated,
}

/// From one year to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The two years.
    pub years: [i32; 2],
    /// The editions of their tables.
    pub editions: [Option<Name>; 2],
    /// Figures that both forms have.
    pub comparable: usize,
    /// Paths that only the form of the first year has.
    pub only_before: Vec<Name>,
    /// Paths that only the form of the second year has.
    pub only_after: Vec<Name>,
    /// Codes of the rules of the second year's form that the first year's cannot answer.
    pub not_comparable: Vec<Name>,
}

/// A rule across years, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesCheck {
    /// `GK401`
    pub code: Name,
    /// The formula, in ids of rows or columns.
    pub rule: Name,
    /// The table and the column or row it was evaluated for: `requests/*/total`.
    pub scope: Name,
    /// The two years.
    pub years: [i32; 2],
    /// The outcome.
    pub verdict: Verdict,
    /// What it rests on, left side first.
    pub operands: Vec<SeriesOperand>,
    /// The left side, blanks counted as zero.
    pub left: Option<Value>,
    /// The right side.
    pub right: Option<Value>,
}

/// A figure of one of the years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesOperand {
    /// The year of the report.
    pub year: i32,
    /// The report, see [`SeriesReport::report`].
    pub report: usize,
    /// The figure's path, or `sentences`.
    pub path: Name,
    /// Its value; `None` if it has none.
    pub value: Option<Value>,
    /// Its place in that report.
    pub span: Option<Span>,
}

/// A finding about two or more years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeriesFinding {
    /// The report that its places are in, the later one.
    pub report: usize,
    /// The years it concerns.
    pub years: Vec<i32>,
    /// The figures of all years.
    pub operands: Vec<SeriesOperand>,
    /// What is the matter.
    #[serde(flatten)]
    pub finding: Finding,
}
