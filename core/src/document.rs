//! What every reader gives: the words of a document in reading order, and what its format knows beyond the words.

use gongkai_grammar::model::{Location, Span};

/// A document as its reader gives it. Every span of a [`Report`](crate::Report) counts in its `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The format it was read from.
    pub format: Format,
    /// Name of the encoding of a text or a web page.
    pub encoding: Option<&'static str>,
    /// The words in reading order. A paragraph is a line; so is a row of a table, its cells between tabs.
    pub text: String,
    /// The document proper; what stands before and behind it is furniture: menus and footers of a page, running heads of a file.
    pub body: Span,
    /// The tables, in the order of the text, none inside another. Empty for texts, whose tables are found by their words.
    pub grids: Vec<Grid>,
    /// What the file says of itself: `PubDate`, `ArticleTitle` … as named there, in the order of the file.
    pub metadata: Vec<(String, String)>,
    /// Where pieces of the text stand in a file that has pages, in the order of the text.
    pub places: Vec<Place>,
    /// What the reader could not read.
    pub notes: Vec<Note>,
}

/// The format of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Text in any encoding; Markdown.
    #[default]
    Text,
    /// A web page or a piece of one.
    Html,
    /// Word's .docx.
    Docx,
    /// PDF.
    Pdf,
    /// xlsx, xls, xlsb, ods.
    Spreadsheet,
}

impl Format {
    /// `text`, `html`, `docx`, `pdf`, `spreadsheet`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Spreadsheet => "spreadsheet",
        }
    }
}

/// A table of real cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// All its rows in the text.
    pub span: Span,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns of the widest row, merged cells counted by what they cover.
    pub columns: usize,
    /// The cells by row, then by column; a merged cell stands once, at its first row and column.
    pub cells: Vec<GridCell>,
    /// The sheet of a spreadsheet.
    pub sheet: Option<String>,
}

/// A cell of a [`Grid`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridCell {
    /// Its first row, from 0.
    pub row: usize,
    /// Its first column, from 0.
    pub column: usize,
    /// Rows it covers, at least 1.
    pub row_span: usize,
    /// Columns it covers, at least 1.
    pub column_span: usize,
    /// Its words in the text; empty for a blank cell.
    pub span: Span,
}

/// Where a piece of the text stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The piece.
    pub span: Span,
    /// The page, from 1.
    pub page: u32,
    /// Left, top, right, bottom in points (1/72 inch), from the page's upper left corner.
    pub area: [i32; 4],
}

/// Something a reader could not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// So many characters could not be decoded and stand as U+FFFD.
    Undecoded(usize),
    /// Pages that hold pictures and no text, from 1: a scan.
    NoText(Vec<u32>),
    /// Pages some of whose glyphs have no known characters, from 1.
    Unreadable(Vec<u32>),
    /// Pages whose content is damaged or too much, so that some of it was not read, from 1.
    Damaged(Vec<u32>),
}

impl Document {
    /// A document that is text.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { body: Span::new(0, text.len()), text, ..Self::default() }
    }

    /// Where a piece of the text, in bytes, stands in the file: page and area, sheet, table, row and column, as far as the format has them.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location> {
        let mut location = Location::default();
        let at = self.grids.partition_point(|g| g.span.end < span.start);
        if let Some(grid) = self.grids.get(at).filter(|g| g.span.start <= span.start && span.end <= g.span.end) {
            let first = grid.cells.partition_point(|c| c.span.end < span.start);
            let cell = grid.cells.get(first..).unwrap_or_default().iter().take_while(|c| c.span.start <= span.start);
            // A blank cell and its neighbour touch; the piece's own cell begins and ends with it.
            let cell = cell.filter(|c| span.end <= c.span.end).max_by_key(|c| (c.span == span, c.span.end > c.span.start));
            if let Some(cell) = cell {
                (location.table, location.row, location.column) = (Some(at + 1), Some(cell.row + 1), Some(cell.column + 1));
                location.sheet.clone_from(&grid.sheet);
            }
        }
        let first = self.places.partition_point(|p| p.span.end <= span.start && p.span.end < span.end.max(span.start + 1));
        let touching = self.places.get(first..).unwrap_or_default().iter().take_while(|p| p.span.start < span.end.max(span.start + 1));
        for place in touching {
            match (location.page, &mut location.area) {
                (None, _) => (location.page, location.area) = (Some(place.page), Some(place.area)),
                (Some(page), Some([left, top, right, bottom])) if page == place.page => {
                    let [l, t, r, b] = place.area;
                    (*left, *top, *right, *bottom) = ((*left).min(l), (*top).min(t), (*right).max(r), (*bottom).max(b));
                }
                _ => {}
            }
        }
        (location != Location::default()).then_some(location)
    }
}

/// Whether a piece that begins in a cell of a grid does not end in it.
pub fn crosses(grids: &[Grid], span: Span) -> bool {
    let at = grids.partition_point(|g| g.span.end <= span.start);
    let Some(grid) = grids.get(at).filter(|g| g.span.start < span.end) else { return false };
    let cell = grid.cells.get(grid.cells.partition_point(|c| c.span.end <= span.start));
    cell.is_none_or(|c| span.start < c.span.start || c.span.end < span.end)
}
