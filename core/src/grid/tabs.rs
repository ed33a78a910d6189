//! One row a line, cells between tabs, commas or slashes: what browsers and spreadsheets put on the clipboard or into a file.

use gongkai_grammar::{
    lines,
    model::{Dialect, Span},
};

use super::{Source, Token, TokenKind, Tokens, pipes::cell_tokens, trimmed};

/// Reads a region as rows of cells between `separator`s, a tab, a comma or a slash. But for tabs, what stands in quotes or brackets is
/// part of its cell, and square brackets are the rows of a list, as programs write it.
pub fn rows(source: &Source<'_>, separator: char) -> Tokens {
    let region = source.region.span;
    let mut list = Vec::new();
    let last_row = source.slice().rfind(separator).map_or(region.end, |i| region.start + i);
    let last_label = source.labels_in(region).last().map_or(region.start, |(_, l)| l.start);
    let opening = if separator == '\t' { region.start } else { source.opening() };
    for line in lines(Span::new(opening, region.end).of(source.text)) {
        let line = Span::new(opening + line.start, opening + line.end);
        // What follows the last row and the last label is text again.
        if line.start > last_row && line.start > last_label {
            break;
        }
        // ['新收', '8', ''], as programs write a row.
        let listed = separator == ',' && line.of(source.text).trim_start().starts_with('[');
        let mut start = (!listed).then_some(line.start);
        let (mut quote, mut depth) = (None, 0usize);
        // A quotation mark without its pair quotes nothing.
        let paired = |mark: char| line.of(source.text).matches(mark).count().is_multiple_of(2);
        let (double, single) = (paired('"'), listed && paired('\''));
        let row_ends = |start: Option<usize>, end: usize, list: &mut Vec<Token>| {
            let Some(start) = start else { return };
            cell(source, Span::new(start, end), list);
            list.push(Token { kind: TokenKind::RowEnd, span: Span::new(end, end) });
        };
        for (i, c) in line.of(source.text).char_indices() {
            let at = line.start + i;
            match c {
                '"' | '\'' if (if c == '"' { double } else { single }) && quote.is_none_or(|open| open == c) => {
                    quote = if quote.is_some() { None } else { Some(c) }
                }
                '[' if listed && quote.is_none() => (start, depth) = (Some(at + 1), 0),
                ']' if listed && quote.is_none() => row_ends(start.take(), at, &mut list),
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                c if c == separator && (separator == '\t' || (quote.is_none() && depth == 0)) => {
                    if let Some(start) = &mut start {
                        cell(source, Span::new(*start, at), &mut list);
                        *start = at + 1;
                    }
                }
                _ => {}
            }
        }
        row_ends(start, line.end, &mut list);
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
    let inside = |quote| inner.of(text).strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    match inside('"').or_else(|| inside('\'')) {
        Some(rest) => Span::new(inner.start + 1, inner.start + 1 + rest.len()),
        None => cell,
    }
}
