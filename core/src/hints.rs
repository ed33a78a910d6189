//! What is known of a report's figures from outside it.

use gongkai_grammar::model::{Decimal, Message};

/// What a caller knows of some figures, as from the reports of the agency's other years: this year's requests carried over are what last year
/// carried forward; the accumulated figure less the year's is last year's accumulated one.
///
/// A hint never changes a figure that is printed for certain. It decides between readings that the rules of the form leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hint {
    /// The figure, `requests/carried_over/total`.
    pub path: String,
    /// Figures that are to be added to it.
    pub plus: Vec<String>,
    /// Figures that are to be taken from it.
    pub minus: Vec<String>,
    /// What comes out.
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
