//! One row a line, cells between tabs: what browsers and spreadsheets put on the clipboard.

use gongkai_grammar::{lines, model::{Dialect, Span}};

use super::{Source, Token, TokenKind, Tokens, pipes::cell_tokens, trimmed};

/// Reads a region as rows of cells between tabs. A line without a tab continues the cell of the line before or stands alone.
pub fn rows(source: &Source<'_>) -> Tokens {
    let region = source.region.span;
    let mut list = Vec::new();
    let last_row = source.slice().rfind('\t').map_or(region.end, |i| region.start + i);
    let last_label = source.labels_in(region).last().map_or(region.start, |(_, l)| l.start);
    for line in lines(source.slice()) {
        let line = Span::new(region.start + line.start, region.start + line.end);
        // What follows the last row and the last label is text again.
        if line.start > last_row && line.start > last_label {
            break;
        }
        let mut start = line.start;
        for (i, _) in line.of(source.text).match_indices('\t') {
            cell(source, Span::new(start, line.start + i), &mut list);
            start = line.start + i + 1;
        }
        cell(source, Span::new(start, line.end), &mut list);
        list.push(Token { kind: TokenKind::RowEnd, span: Span::new(line.end, line.end) });
    }
    Tokens { dialect: Dialect::Tabs, list }
}

fn cell(source: &Source<'_>, cell: Span, list: &mut Vec<Token>) {
    let inner = trimmed(source.text, cell);
    if inner.start == inner.end {
        list.push(Token { kind: TokenKind::MaybePad, span: Span::new(cell.end, cell.end) });
    } else {
        cell_tokens(source, cell, list);
    }
    list.push(Token { kind: TokenKind::CellEnd, span: Span::new(cell.end, cell.end) });
}
