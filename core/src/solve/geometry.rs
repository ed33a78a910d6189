//! The columns of a short row by where its words stand on the line.
//!
//! The words of all rows make columns by their left edges, their middles or their right ones. Text tools align them by counting a Han
//! character as one or as two. The way that gives just as many columns as the form has, and the narrowest ones, is taken.

use gongkai_grammar::model::Span;
use unicode_width::UnicodeWidthChar;

/// Rows that must agree before a short one is placed by them.
const MIN_ROWS: usize = 3;
/// Rows that are looked at.
const MAX_ROWS: usize = 80;
/// Half characters that neighbours in a column may be apart.
const NEAR: usize = 3;
/// Bytes of a line that are looked at; longer lines have no columns.
const MAX_LINE: usize = 2000;

/// The column of every word of a short row, or `None` if its place leaves a doubt. `rows` are the words of all rows of `width` columns.
pub fn columns(text: &str, rows: &[Vec<Span>], width: usize, row: &[Span]) -> Option<Vec<usize>> {
    let rows: Vec<&Vec<Span>> = rows.iter().filter(|r| !r.is_empty() && r.len() <= width && on_one_line(text, r)).take(MAX_ROWS).collect();
    if rows.len() < MIN_ROWS || row.is_empty() || !on_one_line(text, row) {
        return None;
    }
    let anchors: [Anchor; 3] = [|e| e.0, |e| usize::midpoint(e.0, e.1), |e| e.1];
    let mut best: Option<(usize, Vec<usize>)> = None;
    for han in [2, 1] {
        let extents: Vec<Vec<(usize, usize)>> = rows.iter().map(|r| r.iter().map(|s| extent(text, *s, han)).collect()).collect::<Option<_>>()?;
        let word: Vec<(usize, usize)> = row.iter().map(|s| extent(text, *s, han)).collect::<Option<_>>()?;
        for anchor in anchors {
            let found = place(&extents, &word, width, anchor);
            if let Some((spread, places)) = found
                && best.as_ref().is_none_or(|(least, _)| spread < *least)
            {
                best = Some((spread, places));
            }
        }
    }
    best.map(|(_, places)| places)
}

/// The edge, or the middle, by which the words of a column are aligned.
type Anchor = fn((usize, usize)) -> usize;

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

/// Places the words of a row in the columns that the anchors of all rows make, if they make just as many as the form has.
fn place(rows: &[Vec<(usize, usize)>], row: &[(usize, usize)], width: usize, anchor: Anchor) -> Option<(usize, Vec<usize>)> {
    let mut at: Vec<usize> = rows.iter().flatten().map(|&e| anchor(e)).collect();
    at.sort_unstable();
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for place in at {
        match columns.last_mut() {
            Some((_, last)) if place - *last <= NEAR => *last = place,
            _ => columns.push((place, place)),
        }
    }
    if columns.len() != width {
        return None;
    }
    let spread = columns.iter().map(|(first, last)| last - first).sum();
    let places: Option<Vec<usize>> = row.iter().map(|&e| columns.iter().position(|(first, last)| (*first..=*last).contains(&anchor(e)))).collect();
    places.filter(|p| p.is_sorted_by(|a, b| a < b)).map(|p| (spread, p))
}
