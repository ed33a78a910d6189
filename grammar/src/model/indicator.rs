//! A report as a row of a panel: every indicator with its value and where it comes from.

use serde::{Deserialize, Serialize};

use super::{Message, Name, Span, Value};

/// A measure with one name in every edition, as one report gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Indicator {
    /// `requests_received`
    pub indicator: Name,
    /// The number; `None` if the report gives none.
    pub value: Option<Value>,
    /// Its unit.
    pub unit: Option<Name>,
    /// Whether the number is what the name says.
    pub quality: Quality,
    /// Why it is only about the same, or why there is none.
    pub why: Option<Message>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// The figures it is, or is the sum of.
    pub paths: Vec<Name>,
    /// The fact it is, an index into [`super::Report::facts`].
    pub fact: Option<usize>,
    /// What is printed; of a sum the parts.
    pub raw: String,
    /// The place of `raw`, if it is one.
    pub span: Option<Span>,
    /// Codes of the findings that concern its figures.
    pub flags: Vec<Name>,
}

/// Whether a number is what its indicator's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Quality {
    /// It is.
    Exact,
    /// It is about the same; `why` says what is different.
    Approximate,
    /// There is no number.
    Absent,
}

/// Where an indicator comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Origin {
    /// Cells of a statutory table.
    Table,
    /// A sentence.
    Prose,
}
