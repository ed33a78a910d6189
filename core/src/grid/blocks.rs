//! Blocks of lines, one a column: some PDF readers print a table column by column, a run of lines for each, with a blank line between.

use gongkai_grammar::{lines, model::{Dialect, Span}};

use super::{Source, Token, TokenKind, Tokens, spaces::is_figure, trimmed};

/// Columns a table must at least have for its blocks to be turned.
const MIN_COLUMNS: usize = 3;

/// Reads a region as blocks of figures, turned so that the figures of a row follow one another; `None` if it has no such blocks.
///
/// Only figures come out: labels are printed elsewhere and say nothing about the rows, so the rows are told by their order.
pub fn columns(source: &Source<'_>) -> Option<Tokens> {
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
