//! Two reports side by side.

use serde::{Deserialize, Serialize};

use super::{Missing, Name, Passage, Span, Status, Value};

/// The version of the format of [`Comparison`].
pub const COMPARISON_SCHEMA: &str = "gongkai-comparison/1";

/// What differs between two reports: two years of an agency, or two drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// Version of this format: `gongkai-comparison/1`.
    pub schema: Name,
    /// The first report.
    pub a: Side,
    /// The second report.
    pub b: Side,
    /// Whether both name the same agency; `None` if one names none.
    pub same_agency: Option<bool>,
    /// Figures that are equal in both.
    pub equal: usize,
    /// The others, in the order of the form.
    pub cells: Vec<CellChange>,
    /// The parts of both, in the order of the first.
    pub sections: Vec<SectionChange>,
}

/// One of the two reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// Its title.
    pub title: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its year.
    pub year: Option<i32>,
    /// The edition of its tables.
    pub edition: Option<Name>,
}

/// A figure that is not the same in both reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellChange {
    /// Its path.
    pub path: Name,
    /// The label of its row.
    pub label: Name,
    /// How the two differ.
    pub kind: ChangeKind,
    /// The first report's figure, if it has one.
    pub a: Option<CellValue>,
    /// The second report's.
    pub b: Option<CellValue>,
    /// The second value less the first, if both are numbers.
    pub change: Option<Value>,
}

/// How a figure or a sentence differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ChangeKind {
    /// Both have it, and it is another.
    Changed,
    /// A figure with more than one reading: it cannot be told.
    Uncertain,
    /// Only the first report has it.
    Removed,
    /// Only the second report has it.
    Added,
}

/// A figure of one of two reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellValue {
    /// The number.
    pub value: Option<Value>,
    /// Why there is none.
    pub missing: Option<Missing>,
    /// What stands in the cell.
    pub raw: String,
    /// How sure the reading is.
    pub status: Status,
    /// Its place.
    pub span: Option<Span>,
}

/// A part of the reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SectionChange {
    /// Its heading, the second report's where it has one.
    pub heading: Option<String>,
    /// What it is about.
    pub kind: Option<Name>,
    /// Its place in the first report.
    pub a: Option<Span>,
    /// Its place in the second report.
    pub b: Option<Span>,
    /// How much of the words, tables left out, both share, in percent.
    pub similarity: u8,
    /// Sentences that both have.
    pub equal: usize,
    /// The sentences that differ.
    pub changes: Vec<TextChange>,
}

/// A sentence that is not the same in both reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TextChange {
    /// How they differ.
    pub kind: ChangeKind,
    /// The sentence of the first report.
    pub a: Option<Passage>,
    /// The sentence of the second report.
    pub b: Option<Passage>,
}
