//! What a caller may set.

use gongkai_grammar::model::Offsets;

/// Options of [`parse`](crate::parse()) and [`read`](crate::read()). The defaults are safe for untrusted input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What the spans of the report count.
    pub offsets: Offsets,
    /// Bytes a document may have.
    pub max_bytes: usize,
    /// Steps the search for the one reading that obeys a table's rules may take, for each table; beyond it the cells stay ambiguous.
    pub max_steps: usize,
}

impl Options {
    /// The defaults with spans counted in `offsets`.
    #[must_use]
    pub fn with_offsets(offsets: Offsets) -> Self {
        Self { offsets, ..Self::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { offsets: Offsets::Utf8, max_bytes: 64 << 20, max_steps: 12_000 }
    }
}
