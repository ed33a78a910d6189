//! One row a line, cells between tabs or commas: what browsers and spreadsheets put on the clipboard or into a file.

use gongkai_grammar::{
    lines,
    model::{Dialect, Span},
};

use super::{Source, Token, TokenKind, Tokens, pipes::cell_tokens, trimmed};

/// Reads a region as rows of cells between `separator`s, a tab or a comma. Commas in quotes or brackets are part of their cell.
pub fn rows(source: &Source<'_>, separator: char) -> Tokens {
    let region = source.region.span;
    let mut list = Vec::new();
    let last_row = source.slice().rfind(separator).map_or(region.end, |i| region.start + i);
    let last_label = source.labels_in(region).last().map_or(region.start, |(_, l)| l.start);
    for line in lines(source.slice()) {
        let line = Span::new(region.start + line.start, region.start + line.end);
        // What follows the last row and the last label is text again.
        if line.start > last_row && line.start > last_label {
            break;
        }
        let mut start = line.start;
        let (mut quoted, mut depth) = (false, 0usize);
        for (i, c) in line.of(source.text).char_indices() {
            match c {
                '"' => quoted = !quoted,
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                c if c == separator && (separator == '\t' || (!quoted && depth == 0)) => {
                    cell(source, Span::new(start, line.start + i), &mut list);
                    start = line.start + i + 1;
                }
                _ => {}
            }
        }
        cell(source, Span::new(start, line.end), &mut list);
        list.push(Token { kind: TokenKind::RowEnd, span: Span::new(line.end, line.end) });
    }
    Tokens { dialect: Dialect::Tabs, list }
}

fn cell(source: &Source<'_>, cell: Span, list: &mut Vec<Token>) {
    let cell = unquoted(source.text, cell);
    let inner = trimmed(source.text, cell);
    if inner.start == inner.end {
        list.push(Token { kind: TokenKind::Blank, span: Span::new(cell.end, cell.end) });
    } else {
        cell_tokens(source, cell, list);
    }
    list.push(Token { kind: TokenKind::CellEnd, span: Span::new(cell.end, cell.end) });
}

/// A cell without the quotation marks around it.
fn unquoted(text: &str, cell: Span) -> Span {
    let inner = trimmed(text, cell);
    match inner.of(text).strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(rest) => Span::new(inner.start + 1, inner.start + 1 + rest.len()),
        None => cell,
    }
}
