//! Blocks of lines, one a column: some PDF readers print a table column by column, a run of lines for each, with a blank line between.

use gongkai_grammar::{
    lines,
    model::{Dialect, Span},
};

use super::{Source, Token, TokenKind, Tokens, spaces::is_figure, trimmed};

/// Columns a table must at least have for its blocks to be turned.
const MIN_COLUMNS: usize = 3;

/// Reads a region as blocks of figures, turned so that the figures of a row follow one another; `None` if it has no such blocks.
///
/// Only figures come out: labels are printed elsewhere and say nothing about the rows, so the rows are told by their order.
pub fn columns(source: &Source<'_>) -> Option<Tokens> {
    if !has_blank_lines(source) {
        return None;
    }
    let region = source.region.span;
    let mut blocks: Vec<Vec<Span>> = vec![Vec::new()];
    let mut breaks: Vec<usize> = Vec::new();
    for line in lines(source.slice()) {
        let span = trimmed(source.text, Span::new(region.start + line.start, region.start + line.end));
        if span.start == span.end {
            blocks.push(Vec::new());
        } else if is_figure(span.of(source.text)) {
            if let Some(block) = blocks.last_mut() {
                block.push(span);
            }
        } else {
            // Words end a run of blocks.
            blocks.push(Vec::new());
            breaks.push(blocks.len() - 1);
        }
    }
    let mut list = Vec::new();
    let mut tall = false;
    let mut run: Vec<Vec<Span>> = Vec::new();
    for (i, block) in blocks.into_iter().enumerate() {
        let ended = breaks.binary_search(&i).is_ok();
        if ended || (!block.is_empty() && run.first().is_some_and(|first| first.len() != block.len())) {
            tall |= turn(&mut run, &mut list);
        }
        if !block.is_empty() {
            run.push(block);
        }
    }
    tall |= turn(&mut run, &mut list);
    tall.then_some(Tokens { dialect: Dialect::ColumnBlocks, list })
}

/// Blocks have blank lines between them.
pub fn has_blank_lines(source: &Source<'_>) -> bool {
    let bytes = source.slice().as_bytes();
    memchr::memmem::find(bytes, b"\n\n").or_else(|| memchr::memmem::find(bytes, b"\n\r\n")).or_else(|| memchr::memmem::find(bytes, b"\r\r")).is_some()
}

/// Header lines that may stand above the figures of a block.
const MAX_HEAD: usize = 2;

/// Reads a region as a block of labels followed by blocks of as many figures, one a column; `None` if it has no such blocks.
pub fn stacks(source: &Source<'_>) -> Option<Tokens> {
    if !has_blank_lines(source) {
        return None;
    }
    let region = source.region.span;
    let mut blocks: Vec<Vec<Span>> = vec![Vec::new()];
    for line in lines(source.slice()) {
        let span = trimmed(source.text, Span::new(region.start + line.start, region.start + line.end));
        if span.start == span.end {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push(span);
        }
    }
    let mut list = Vec::new();
    let mut labels: Vec<(usize, Span)> = Vec::new();
    let mut columns: Vec<Vec<Span>> = Vec::new();
    let mut tall = false;
    for block in blocks.iter().filter(|b| !b.is_empty()) {
        let whole = Span::new(block.first().map_or(0, |s| s.start), block.last().map_or(0, |s| s.end));
        let rows: Vec<(usize, Span)> = source.labels_in(whole).filter(|(hit, _)| (source.is_row)(*hit)).collect();
        let head = block.iter().take(MAX_HEAD).take_while(|s| !is_figure(s.of(source.text))).count();
        let figures = block.get(head..).unwrap_or_default();
        if !rows.is_empty() {
            tall |= stack(&labels, &columns, &mut list);
            (labels, columns) = (rows, Vec::new());
        } else if figures.len() == labels.len() && figures.iter().all(|s| is_figure(s.of(source.text))) {
            columns.push(figures.to_vec());
        }
    }
    tall |= stack(&labels, &columns, &mut list);
    tall.then_some(Tokens { dialect: Dialect::ColumnBlocks, list })
}

/// Writes each label with its figures.
fn stack(labels: &[(usize, Span)], columns: &[Vec<Span>], list: &mut Vec<Token>) -> bool {
    for (i, &(hit, span)) in labels.iter().enumerate() {
        list.push(Token { kind: TokenKind::Label(hit), span });
        list.extend(columns.iter().filter_map(|c| c.get(i)).map(|&span| Token { kind: TokenKind::Value, span }));
    }
    labels.len() > 1 && !columns.is_empty()
}

/// Writes blocks of equal height row by row. Says whether they were columns of more than one line.
fn turn(run: &mut Vec<Vec<Span>>, list: &mut Vec<Token>) -> bool {
    let height = run.first().map_or(0, Vec::len);
    let tall = height > 1 && run.len() >= MIN_COLUMNS;
    for row in 0..height {
        for block in run.iter() {
            if let Some(&span) = block.get(row) {
                list.push(Token { kind: TokenKind::Value, span });
            }
        }
        if height > 1 {
            list.push(Token { kind: TokenKind::RowEnd, span: Span::default() });
        }
    }
    run.clear();
    tall
}
