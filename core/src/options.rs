//! What a caller may set.

use std::collections::BTreeMap;

use gongkai_grammar::model::Offsets;

use crate::Hint;

/// Options of [`parse`](crate::parse()) and [`read`](crate::read()). The defaults are safe for untrusted input: a document over a limit is an
/// error that names the limit, never a part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What the spans of the report count.
    pub offsets: Offsets,
    /// What is known of a file from outside it, as a server says it: `text/html; charset=gbk`. What the file's own bytes say goes before it.
    pub content_type: Option<String>,
    /// Bytes a document may have.
    pub max_bytes: usize,
    /// Bytes that the parts of a zip file (docx, xlsx, ods) may unpack to, together; that the words of a spreadsheet may take, each cell's counted;
    /// that the pages of a PDF may draw, what is drawn again counted again.
    pub max_unpacked: usize,
    /// How many times larger than the file its unpacked parts may be, once they are over one megabyte.
    pub max_ratio: usize,
    /// Elements inside one another in a web page or an XML part.
    pub max_depth: usize,
    /// Cells of all tables of a document.
    pub max_cells: usize,
    /// Pages of a PDF.
    pub max_pages: usize,
    /// Steps the search for the one reading that obeys a table's rules may take, for each table; beyond it the cells stay ambiguous.
    pub max_steps: usize,
    /// What is known of the figures from outside the document.
    pub hints: Vec<Hint>,
    /// What a reader puts in place of cells, by path: `requests/granted/total` → `12`. Such a figure keeps what is printed as its `raw`, has
    /// the status `corrected`, and the rules are evaluated with it.
    pub corrections: BTreeMap<String, String>,
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
        Self {
            offsets: Offsets::Utf8,
            content_type: None,
            max_bytes: 64 << 20,
            max_unpacked: 64 << 20,
            max_ratio: 200,
            max_depth: 512,
            max_cells: 200_000,
            max_pages: 2_000,
            max_steps: 12_000,
            hints: Vec::new(),
            corrections: BTreeMap::new(),
        }
    }
}
