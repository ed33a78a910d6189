//! The columns of a short row by where its words stand on the line.
//!
//! Text tools align columns by counting a Han character as one or as two; the model under which the full rows agree better is taken.

use gongkai_grammar::model::Span;
use unicode_width::UnicodeWidthChar;

/// Full rows that must agree before a short one is placed by them.
const MIN_ROWS: usize = 2;
/// Bytes of a line that are looked at; longer lines have no columns.
const MAX_LINE: usize = 2000;

/// The column of every word of a short row, or `None` if its place leaves a doubt.
pub fn columns(text: &str, full: &[Vec<Span>], row: &[Span]) -> Option<Vec<usize>> {
    let width = full.first()?.len();
    let full: Vec<&Vec<Span>> = full.iter().filter(|r| r.len() == width && on_one_line(text, r)).collect();
    if full.len() < MIN_ROWS || row.is_empty() || !on_one_line(text, row) {
        return None;
    }
    [2, 1].into_iter().filter_map(|han| place(text, &full, row, width, han)).min_by_key(|(spread, _)| *spread).map(|(_, columns)| columns)
}

fn on_one_line(text: &str, row: &[Span]) -> bool {
    match (row.first(), row.last()) {
        (Some(first), Some(last)) => !text.get(first.start..last.end).unwrap_or("\n").contains(['\n', '\r']),
        _ => false,
    }
}

/// Columns from the start of the line to both ends of a word, in half characters.
fn extent(text: &str, span: Span, han: usize) -> Option<(usize, usize)> {
    let mut floor = span.start.saturating_sub(MAX_LINE);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let before = text.get(floor..span.start)?;
    let line = match before.rfind(['\n', '\r']) {
        Some(i) => i + 1,
        None if floor == 0 => 0,
        None => return None,
    };
    let cells = |piece: &str| piece.chars().map(|c| if c.width().unwrap_or(0) > 1 { han } else { c.width().unwrap_or(0) }).sum::<usize>();
    let start = cells(before.get(line..).unwrap_or_default());
    Some((2 * start, 2 * (start + cells(span.of(text)))))
}

fn place(text: &str, full: &[&Vec<Span>], row: &[Span], width: usize, han: usize) -> Option<(usize, Vec<usize>)> {
    // Every column may be aligned at its left, its middle or its right: the tightest of the three over the full rows counts.
    let extents: Vec<Vec<(usize, usize)>> = full.iter().map(|r| r.iter().map(|s| extent(text, *s, han)).collect()).collect::<Option<_>>()?;
    let anchors: [fn((usize, usize)) -> usize; 3] = [|e| e.0, |e| usize::midpoint(e.0, e.1), |e| e.1];
    let mut columns: Vec<(fn((usize, usize)) -> usize, usize, usize)> = Vec::new();
    let mut spread = 0;
    for column in 0..width {
        let best = anchors.iter().map(|&anchor| {
            let at: Vec<usize> = extents.iter().filter_map(|r| r.get(column)).map(|&e| anchor(e)).collect();
            let (low, high) = (at.iter().min().copied().unwrap_or(0), at.iter().max().copied().unwrap_or(0));
            (high - low, anchor, usize::midpoint(low, high))
        });
        let (distance, anchor, middle) = best.min_by_key(|&(distance, _, _)| distance)?;
        spread += distance;
        columns.push((anchor, middle, distance));
    }
    let mut places = Vec::new();
    let mut from = 0;
    for &span in row {
        let word = extent(text, span, han)?;
        let distance = |column: usize| columns.get(column).map_or(usize::MAX, |(anchor, middle, _)| anchor(word).abs_diff(*middle));
        let column = (from..width).min_by_key(|&c| distance(c))?;
        // Nearer to its column than a third of the way to the next one, or it stands in doubt.
        let gap = (0..width).filter(|&c| c != column).map(distance).min().unwrap_or(usize::MAX);
        if distance(column) > 6 || distance(column).saturating_mul(2) >= gap {
            return None;
        }
        places.push(column);
        from = column + 1;
    }
    Some((spread, places))
}
