//! Real cells, as the tables of web pages, Word files and spreadsheets have them: nothing is to be told apart, only to be put in order.

use gongkai_grammar::model::{Dialect, Span};

use super::{Source, Token, TokenKind, Tokens, pipes::cell_tokens};
use crate::document::{Grid, GridCell};

/// Reads the grids of a region, row by row. A cell that a merged cell of figures covers from above may be blank or none at all.
pub fn rows(source: &Source<'_>) -> Tokens {
    let mut list = Vec::new();
    for grid in source.grids {
        one_grid(source, grid, &mut list);
    }
    Tokens { dialect: Dialect::Grid, list }
}

/// A merged cell that reaches into the rows below.
struct Merged {
    column: usize,
    /// The last row it covers.
    last: usize,
    /// Whether it holds no words: a figure or nothing.
    figure: bool,
}

/// Where the columns of figures stand, by the header above them.
#[derive(Clone, Copy)]
struct Header {
    /// The first column that it names.
    first: usize,
    /// How many of its cells name one.
    named: usize,
    /// The column behind its last cell.
    end: usize,
    /// Its last row.
    row: usize,
}

impl Header {
    /// The header that a row belongs to, if it is one.
    fn of(source: &Source<'_>, cells: &[GridCell], above: Option<Header>) -> Option<Header> {
        let names = |cell: &&GridCell| source.labels_in(cell.span).any(|(hit, _)| (source.is_column)(hit));
        let first = cells.iter().find(names)?;
        let own = Header { first: first.column, named: cells.iter().filter(names).count(), end: end_of(cells), row: first.row };
        // A header of several rows.
        let Some(above) = above.filter(|above| above.row + 1 == own.row) else { return Some(own) };
        Some(Header { first: above.first.min(own.first), named: above.named + own.named, end: above.end.max(own.end), row: own.row })
    }

    /// Where the figures of a row begin for certain. A row that ends elsewhere than the header is shifted against it, and before a single column
    /// of figures stand units.
    fn figures_of(self, cells: &[GridCell]) -> Option<usize> {
        (self.named > 1 && self.end == end_of(cells)).then_some(self.first)
    }
}

/// The column behind the last cell of a row.
fn end_of(cells: &[GridCell]) -> usize {
    cells.iter().map(|cell| cell.column.saturating_add(cell.column_span)).max().unwrap_or(0)
}

fn one_grid(source: &Source<'_>, grid: &Grid, list: &mut Vec<Token>) {
    let mut merged: Vec<Merged> = Vec::new();
    let mut header: Option<Header> = None;
    for cells in grid.cells.chunk_by(|a, b| a.row == b.row) {
        let Some(row) = cells.first().map(|c| c.row) else { continue };
        let own_header = Header::of(source, cells, header);
        header = own_header.or(header);
        // Blank cells between a label and the first column of figures belong to the label, which was not merged with them.
        let figures = header.filter(|_| own_header.is_none()).and_then(|header| header.figures_of(cells)).unwrap_or(0);
        let mut labelled = false;
        merged.retain(|m| m.last >= row);
        merged.sort_unstable_by_key(|m| m.column);
        let mut covered = merged.iter().filter(|m| m.figure).map(|m| m.column).peekable();
        let before = list.len();
        let mut below = Vec::new();
        for cell in cells {
            while covered.next_if(|&column| column < cell.column).is_some() {
                list.push(Token { kind: TokenKind::MaybePad, span: Span::new(cell.span.start, cell.span.start) });
            }
            if labelled && cell.span.start == cell.span.end && cell.column.saturating_add(cell.column_span) <= figures {
                continue;
            }
            labelled |= source.labels_in(cell.span).any(|(hit, _)| (source.is_row)(hit));
            let figure = one_cell(source, cell, list);
            if cell.row_span > 1 {
                below.push(Merged { column: cell.column, last: row.saturating_add(cell.row_span - 1), figure });
            }
        }
        let end = cells.last().map_or(0, |c| c.span.end);
        list.extend(covered.map(|_| Token { kind: TokenKind::MaybePad, span: Span::new(end, end) }));
        merged.extend(below);
        if list.len() > before {
            list.push(Token { kind: TokenKind::RowEnd, span: Span::new(end, end) });
        }
    }
}

/// The tokens of a cell, if it is in the region; whether it is a figure or blank.
fn one_cell(source: &Source<'_>, cell: &GridCell, list: &mut Vec<Token>) -> bool {
    let region = source.region.span;
    if cell.span.start < region.start || cell.span.end > region.end {
        return false;
    }
    let before = list.len();
    if cell.span.start == cell.span.end {
        list.push(Token { kind: TokenKind::Blank, span: cell.span });
    } else {
        cell_tokens(source, cell.span, list);
    }
    let figure = list.get(before..).is_some_and(|new| new.iter().all(|t| matches!(t.kind, TokenKind::Blank | TokenKind::Value)));
    list.push(Token { kind: TokenKind::CellEnd, span: Span::new(cell.span.end, cell.span.end) });
    figure
}
