//! How readers write documents.

use gongkai_grammar::model::Span;

use super::ReadError;
use crate::{
    Options,
    document::{Document, Format, Grid, GridCell},
};

/// A number that is raised behind a figure, as the mark of a note that it is: 12[1]. `None` for any other words.
pub fn note_mark(before: &str, raised: &str) -> Option<String> {
    let is_number = |words: &str| !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
    (before.ends_with(|c: char| c.is_ascii_digit()) && is_number(raised.trim())).then(|| format!("[{}]", raised.trim()))
}

/// Writes a [`Document`] from what a reader finds, in reading order.
#[derive(Debug, Default)]
pub struct Writer {
    document: Document,
    cells: usize,
    max_cells: usize,
}

/// A cell for [`Writer::grid`]: its words, and the rows and columns it covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Words; line breaks and tabs in them become spaces.
    pub text: String,
    /// Its first column, from 0.
    pub column: usize,
    /// Rows it covers, at least 1.
    pub row_span: usize,
    /// Columns it covers, at least 1.
    pub column_span: usize,
}

impl Writer {
    /// An empty document of a format.
    pub fn new(format: Format, options: &Options) -> Self {
        Self { document: Document { format, ..Document::default() }, cells: 0, max_cells: options.max_cells }
    }

    /// Bytes written so far: where the next line will begin.
    pub fn at(&self) -> usize {
        self.document.text.len()
    }

    /// Adds a paragraph as one line and returns its place; a paragraph without words adds nothing. Line breaks in it become spaces.
    pub fn line(&mut self, words: &str) -> Option<Span> {
        let span = self.words(words);
        if span.start == span.end {
            return None;
        }
        self.document.text.push('\n');
        Some(span)
    }

    /// Adds a table, its rows of cells from top to bottom; returns the index of its grid. A table without words adds nothing.
    ///
    /// # Errors
    /// [`ReadError::Limit`] if the document has more cells than [`Options::max_cells`].
    pub fn grid(&mut self, rows: &[Vec<Cell>], sheet: Option<&str>) -> Result<Option<usize>, ReadError> {
        self.count(rows.iter().map(Vec::len).sum())?;
        if rows.iter().flatten().all(|c| c.text.trim().is_empty()) {
            return Ok(None);
        }
        let start = self.at();
        let mut grid = Grid { rows: rows.len(), sheet: sheet.map(str::to_owned), ..Grid::default() };
        for (row, cells) in rows.iter().enumerate() {
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    self.document.text.push('\t');
                }
                let span = self.words(&cell.text);
                // A file may merge cells beyond the last row that it has.
                let (row_span, column_span) = (cell.row_span.clamp(1, rows.len() - row), cell.column_span.max(1));
                grid.columns = grid.columns.max(cell.column.saturating_add(column_span));
                grid.cells.push(GridCell { row, column: cell.column, row_span, column_span, span });
            }
            self.document.text.push('\n');
        }
        grid.span = Span::new(start, self.at());
        self.document.grids.push(grid);
        Ok(Some(self.document.grids.len() - 1))
    }

    /// Adds a line as it stands, a blank one too.
    pub fn verbatim(&mut self, line: &str) {
        self.document.text.push_str(line);
        self.document.text.push('\n');
    }

    /// Adds the text and the tables of another document.
    ///
    /// # Errors
    /// As [`Writer::grid`].
    pub fn append(&mut self, other: Document) -> Result<(), ReadError> {
        let from = self.at();
        let shift = |span: Span| Span::new(from + span.start, from + span.end);
        self.document.text.push_str(&other.text);
        for mut grid in other.grids {
            self.count(grid.cells.len())?;
            grid.span = shift(grid.span);
            grid.cells.iter_mut().for_each(|cell| cell.span = shift(cell.span));
            self.document.grids.push(grid);
        }
        Ok(())
    }

    /// Counts cells against the limit.
    fn count(&mut self, cells: usize) -> Result<(), ReadError> {
        self.cells += cells;
        if self.cells > self.max_cells {
            return Err(ReadError::Limit { limit: "max_cells", value: self.cells, max: self.max_cells });
        }
        Ok(())
    }

    /// The line that begins at a place.
    pub fn line_at(&self, start: usize) -> &str {
        self.document.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    /// The cells of a grid just written, to note their places.
    pub fn cells_of(&self, grid: usize) -> &[GridCell] {
        self.document.grids.get(grid).map_or(&[], |g| &g.cells)
    }

    /// The document proper begins here.
    pub fn begin_body(&mut self) {
        self.document.body.start = self.at();
    }

    /// The document proper ends here; without this call it ends with the text.
    pub fn end_body(&mut self) {
        self.document.body.end = self.at();
    }

    /// What else the reader knows.
    pub fn document(&mut self) -> &mut Document {
        &mut self.document
    }

    /// The document.
    pub fn finish(mut self) -> Document {
        if self.document.body.end == 0 {
            self.document.body.end = self.at();
        }
        self.document
    }

    /// Appends words without the white space at their ends and without the marks of no width that break words and numbers, line breaks and tabs
    /// in them as spaces.
    fn words(&mut self, words: &str) -> Span {
        let start = self.at();
        let mut broken = false;
        for c in words.trim_matches(is_blank).chars() {
            if matches!(c, '\n' | '\r' | '\t') {
                broken = true;
                continue;
            }
            if has_no_width(c) {
                continue;
            }
            if std::mem::take(&mut broken) {
                self.document.text.push(' ');
            }
            self.document.text.push(c);
        }
        Span::new(start, self.at())
    }
}

/// White space, and marks that have no width.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || has_no_width(c)
}

/// Joiners, byte order marks and the soft hyphen.
fn has_no_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
