//! Cells between pipes or box lines.
//!
//! [`law`]: the pipe law of a well-known text extractor. A pipe follows every cell, and behind the last cell of a row come as many unspaced
//! pipes as the row is short of the widest one; line breaks mean nothing. So the cells of a row are found by counting pipes and labels, and
//! a run of unspaced pipes is padding.
//!
//! [`rows`]: one row a line, as Markdown and text tables have it, padded or not, with or without outer pipes and rules between the rows. A row
//! wrapped over several lines is put together again when rules separate the rows.

use gongkai_grammar::{
    lines,
    model::{Dialect, Span},
};

use super::{Pipes, Source, Token, TokenKind, Tokens, is_pipe, spaces, trimmed};

/// Reads a region by the pipe law.
pub fn law(source: &Source<'_>) -> Tokens {
    let region = source.region.span;
    let mut list: Vec<Token> = Vec::with_capacity(source.slice().len() / 4);
    let all = Pipes::of(source.slice());
    let mut pipes = all.each(source.slice()).map(|pipe| Span::new(region.start + pipe.start, region.start + pipe.end)).peekable();
    let mut from = region.start;
    while let Some(pipe) = pipes.next() {
        let cell = Span::new(from, pipe.start);
        from = pipe.end;
        let inner = trimmed(source.text, cell);
        if inner.start < inner.end {
            cell_tokens(source, cell, &mut list);
        } else {
            // An unspaced run is padding as a whole; a lone pipe on the line of its row may be one pad or a blank cell.
            let kind = match () {
                () if pipes.peek().is_some_and(|next| next.start == pipe.end) => TokenKind::Pad,
                () if cell.of(source.text).contains(['\n', '\r']) || cell.of(source.text).chars().count() > 1 => TokenKind::Blank,
                () => TokenKind::MaybePad,
            };
            list.push(Token { kind, span: Span::new(cell.end, cell.end) });
            let mut end = pipe.end;
            while let Some(next) = pipes.next_if(|next| next.start == end) {
                list.push(Token { kind: TokenKind::Pad, span: Span::new(next.start, next.start) });
                end = next.end;
            }
            from = end;
        }
        list.push(Token { kind: TokenKind::CellEnd, span: Span::new(from, from) });
    }
    // Behind the last pipe only the line it stands on can be part of the row.
    let rest = Span::new(from, region.end);
    let inner = trimmed(source.text, rest);
    let line = inner.of(source.text).find(['\n', '\r']).map_or(inner.end, |i| inner.start + i);
    cell_tokens(source, Span::new(rest.start, line), &mut list);
    // Where blank cells stand on lines of their own, a pipe on the line of its row is a pad.
    let on_own_line = |t: &Token| t.kind == TokenKind::Blank && source.text.get(..t.span.end).unwrap_or_default().ends_with(['\n', '\r', ' ']);
    if list.iter().any(on_own_line) {
        for token in list.iter_mut().filter(|t| t.kind == TokenKind::MaybePad) {
            token.kind = TokenKind::Pad;
        }
    }
    Tokens { dialect: Dialect::PipeLaw, list }
}

/// The tokens of one cell.
pub fn cell_tokens(source: &Source<'_>, cell: Span, list: &mut Vec<Token>) {
    let cell = trimmed(source.text, cell);
    if cell.start == cell.end {
        return;
    }
    let first_line = cell.of(source.text).find(['\n', '\r']).map(|i| Span::new(cell.start, cell.start + i));
    if source.labels_in(cell).next().is_some() {
        spaces::words_in(source, cell, list);
    } else if let Some(line) = first_line.map(|l| trimmed(source.text, l)).filter(|l| spaces::is_figure(l.of(source.text))) {
        // A row that ends without a pipe: the next line is another row's.
        list.push(Token { kind: TokenKind::Value, span: line });
        spaces::words_in(source, Span::new(line.end, cell.end), list);
    } else {
        list.push(Token { kind: spaces::kind_of(cell.of(source.text)), span: cell });
    }
}

/// Reads a region one row a line.
pub fn rows(source: &Source<'_>) -> Tokens {
    let region = source.region.span;
    let mut list = Vec::with_capacity(source.slice().len() / 4);
    let mut wrapped: Vec<Vec<Span>> = Vec::new();
    let pipes = Pipes::of(source.slice());
    let all: Vec<Looked> = lines(source.slice())
        .map(|line| {
            let text = line.of(source.slice());
            Looked { line: Span::new(region.start + line.start, region.start + line.end), piped: pipes.any(text), rule: is_rule(text) }
        })
        .collect();
    let piped = all.iter().filter(|l| l.piped).count();
    // Without pipes at the ends of lines the last cell of a row may be a blank one.
    let open = all.iter().filter(|l| l.piped && l.line.of(source.text).trim_end().ends_with(is_pipe)).count() * 2 < piped;
    let ruled = all.iter().filter(|l| l.rule).count() * 3 >= piped;
    let ruled = ruled && !source.slice().contains("|-") || source.slice().contains(['┼', '├']) || source.slice().contains("+-");
    let last_row = source.slice().rfind(is_pipe).map_or(region.end, |i| region.start + i);
    let last_label = source.labels_in(region).last().map_or(region.start, |(_, l)| l.start);
    for Looked { line, piped, rule } in all {
        // What follows the last row and the last label is text again.
        if line.start > last_row && line.start > last_label {
            break;
        }
        if rule {
            flush(source, &mut wrapped, &mut list);
            continue;
        }
        if !piped {
            flush(source, &mut wrapped, &mut list);
            spaces::words_in(source, line, &mut list);
            list.push(Token { kind: TokenKind::RowEnd, span: Span::new(line.end, line.end) });
            continue;
        }
        wrapped.push(cells(source, line, open, &pipes));
        if !ruled {
            flush(source, &mut wrapped, &mut list);
        }
    }
    flush(source, &mut wrapped, &mut list);
    Tokens { dialect: Dialect::PipeRows, list }
}

/// A line of the region, and what is asked of it more than once.
struct Looked {
    line: Span,
    piped: bool,
    rule: bool,
}

/// Whether a line rules off rows: `|---|---|`, `├──┼──┤`, also with a label in front of the rule.
fn is_rule(line: &str) -> bool {
    let rule = |c: char| matches!(c, '-' | '─' | '━' | '═' | '=' | '┄' | '—');
    let tail = line.trim_end().trim_end_matches(|c: char| is_pipe(c) || matches!(c, '+' | ':' | '┤' | '┐' | '┘' | '╣' | '┫' | '╗' | '╝')).trim_end();
    let dashes = tail
        .chars()
        .rev()
        .take_while(|&c| rule(c) || matches!(c, '┼' | '┬' | '┴' | '+' | '|' | ':' | ' ' | '╬' | '╩' | '╦'))
        .filter(|&c| rule(c))
        .count();
    dashes >= 3
}

/// The cells of a line; if lines are `open`, also the blank one behind its last pipe.
fn cells(source: &Source<'_>, line: Span, open: bool, pipes: &Pipes) -> Vec<Span> {
    let text = line.of(source.text);
    let bare = text.trim_start();
    let mut start = line.start + (text.len() - bare.len()) + bare.chars().next().filter(|&c| is_pipe(c)).map_or(0, char::len_utf8);
    let mut cells = Vec::new();
    for pipe in pipes.each(text).map(|pipe| Span::new(line.start + pipe.start, line.start + pipe.end)) {
        if pipe.start >= start {
            cells.push(Span::new(start, pipe.start));
            start = pipe.end;
        }
    }
    if open || (start < line.end && !Span::new(start, line.end).of(source.text).trim().is_empty()) {
        cells.push(Span::new(start, line.end));
    }
    cells
}

/// Cells before a run of unspaced pipes at the end of a line. The white space before the run is no cell of its own.
fn before_pads(text: &str, cells: &[Span]) -> usize {
    let run = cells.iter().rev().take_while(|c| c.start == c.end).count();
    let lead = usize::from(run > 0 && run < cells.len() && cells.get(cells.len() - run - 1).is_some_and(|c| c.of(text).trim().is_empty()));
    cells.len() - run - lead
}

/// Writes the row put together from `wrapped` lines: cell by cell, the lines of a cell in order.
fn flush(source: &Source<'_>, wrapped: &mut Vec<Vec<Span>>, list: &mut Vec<Token>) {
    // Where a column has a figure in more than one of the lines, each line is a row.
    let figure = |cell: &Span| spaces::is_figure(trimmed(source.text, *cell).of(source.text));
    let columns = if wrapped.len() > 1 { wrapped.iter().map(Vec::len).max().unwrap_or(0) } else { 0 };
    if (1..columns).any(|c| wrapped.iter().filter(|cells| cells.get(c).is_some_and(figure)).count() > 1) {
        for line in std::mem::take(wrapped) {
            flush(source, &mut vec![line], list);
        }
        return;
    }
    let width = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let before = list.len();
    // An unspaced run of pipes behind spaced cells is padding.
    let spaced = wrapped.iter().flatten().any(|c| c.of(source.text).ends_with(' '));
    let framed = wrapped.iter().filter_map(|cells| cells.first()).all(|c| source.text.get(..c.start).unwrap_or_default().ends_with(is_pipe));
    let padding = wrapped.iter().map(|cells| before_pads(source.text, cells)).max().filter(|_| spaced).unwrap_or(width);
    for column in 0..width {
        let filled = |cells: &&Vec<Span>| cells.get(column).is_some_and(|c| trimmed(source.text, *c).start < trimmed(source.text, *c).end);
        let count = wrapped.iter().filter(filled).count();
        let place = wrapped.first().and_then(|cells| cells.get(column)).map_or(0, |c| c.end);
        if count == 0 {
            let wide = wrapped.iter().filter_map(|cells| cells.get(column)).any(|c| c.end - c.start > 1);
            let kind = match () {
                () if column >= padding => TokenKind::Pad,
                () if framed || wide || column + 1 < width => TokenKind::Blank,
                () => TokenKind::MaybePad,
            };
            list.push(Token { kind, span: Span::new(place, place) });
        }
        for cells in wrapped.iter().filter(filled) {
            if let Some(cell) = cells.get(column) {
                cell_tokens(source, *cell, list);
            }
        }
        list.push(Token { kind: TokenKind::CellEnd, span: Span::new(place, place) });
    }
    if list.len() > before {
        let end = list.last().map_or(0, |t| t.span.end);
        list.push(Token { kind: TokenKind::RowEnd, span: Span::new(end, end) });
    }
    wrapped.clear();
}
