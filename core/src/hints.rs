//! What is known of a report's figures from outside it.

use gongkai_grammar::model::{Decimal, Message, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a caller knows of some figures, as from the reports of the agency's other years: this year's requests carried over are what last year
/// carried forward; the accumulated figure less the year's is last year's accumulated one.
///
/// A hint never changes a figure that is printed for certain. It decides between readings that the rules of the form leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Hint {
    /// The figure, `requests/carried_over/total`.
    pub path: String,
    /// Figures that are to be added to it.
    #[serde(default)]
    pub plus: Vec<String>,
    /// Figures that are to be taken from it.
    #[serde(default)]
    pub minus: Vec<String>,
    /// What comes out. In JSON it is as a figure's value: a whole number, or a decimal string.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub value: Decimal,
    /// How that is known, for the finding that says so.
    pub reason: Message,
}

impl Hint {
    /// A figure is known.
    #[must_use]
    pub fn new(path: impl Into<String>, value: Decimal, reason: Message) -> Self {
        Self { path: path.into(), plus: Vec::new(), minus: Vec::new(), value, reason }
    }

    /// A figure and others add up to what is known.
    #[must_use]
    pub fn plus(mut self, path: impl Into<String>) -> Self {
        self.plus.push(path.into());
        self
    }

    /// A figure less others is known.
    #[must_use]
    pub fn minus(mut self, path: impl Into<String>) -> Self {
        self.minus.push(path.into());
        self
    }
}

fn write<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_integer().map_or(Value::Amount(*value), Value::Count).serialize(serializer)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    Value::deserialize(deserializer).map(Value::decimal)
}
