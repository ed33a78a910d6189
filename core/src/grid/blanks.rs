//! One cell a line and a blank line for a blank cell, as word processors write tables into text files. Whether blank lines are cells is not seen
//! in the lines: the reading holds if every row has all of its cells with them, which whoever binds it finds out.

use gongkai_grammar::{
    lines,
    model::{Dialect, Span},
};

use super::{Source, Token, TokenKind, Tokens, blocks::has_blank_lines, spaces::words_in, trimmed};

/// Reads a region line by line; `None` if it has no blank lines to spare.
///
/// Where all cells have blank lines between them, those are no cells: of three lines between two cells one is a cell.
pub fn blank_lines(source: &Source<'_>) -> Option<Tokens> {
    if !has_blank_lines(source) {
        return None;
    }
    let region = source.region.span;
    let all: Vec<Span> = lines(source.slice()).map(|line| Span::new(region.start + line.start, region.start + line.end)).collect();
    let is_blank = |line: &Span| trimmed(source.text, *line).of(source.text).is_empty();
    let runs = || all.chunk_by(|a, b| is_blank(a) == is_blank(b)).filter(|run| run.first().is_some_and(is_blank));
    let filled = all.iter().filter(|line| !is_blank(line)).count();
    // The blank lines that stand between any two cells.
    let between = if runs().count() + 1 >= filled { runs().map(<[Span]>::len).min().unwrap_or(0) } else { 0 };
    let mut list = Vec::new();
    let mut run: Vec<Span> = Vec::new();
    // The last cells of the region may be blank.
    for line in all.into_iter().chain(lines_behind(source)) {
        if is_blank(&line) {
            run.push(line);
            continue;
        }
        cells_of(&run, between, &mut list);
        run.clear();
        let before = list.len();
        words_in(source, line, &mut list);
        // More than one cell a line is another dialect.
        let new = list.get(before..).unwrap_or_default();
        let labelled = new.iter().any(|token| matches!(token.kind, TokenKind::Label(_)));
        if new.iter().filter(|token| token.kind == TokenKind::Value).count() > usize::from(!labelled) {
            return None;
        }
    }
    cells_of(&run, between, &mut list);
    list.iter().any(|token| token.kind == TokenKind::Blank).then_some(Tokens { dialect: Dialect::BlankLines, list })
}

/// The blank cells among so many blank lines.
fn cells_of(run: &[Span], between: usize, list: &mut Vec<Token>) {
    let cells = run.iter().skip(between).step_by(between + 1);
    list.extend(cells.map(|line| Token { kind: TokenKind::Blank, span: Span::new(line.start, line.start) }));
}

/// The blank lines behind the region's last line.
fn lines_behind(source: &Source<'_>) -> impl Iterator<Item = Span> {
    let end = source.region.span.end;
    let rest = source.text.get(end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    // The rest of the last line is no line, and what stands before words is theirs.
    let ended = source.slice().ends_with('\n');
    let from = if ended { 0 } else { rest.find('\n').map_or(blank, |at| at + 1).min(blank) };
    let all: Vec<Span> =
        lines(rest.get(from..blank).unwrap_or_default()).map(|line| Span::new(end + from + line.start, end + from + line.end)).collect();
    let whole = all.len().saturating_sub(usize::from(!rest.get(..blank).is_some_and(|lead| lead.ends_with('\n'))));
    all.into_iter().take(whole)
}
