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

/// The columns that the words of a table's rows make.
pub struct Columns(Vec<Alignment>);

/// Just as many columns as the form has, made by one anchor of the words.
struct Alignment {
    /// What a Han character counts as.
    han: usize,
    anchor: Anchor,
    /// The first and the last place of each column.
    columns: Vec<(usize, usize)>,
    /// How wide they are together.
    spread: usize,
}

impl Columns {
    /// `rows` are the words of all rows of `width` columns.
    pub fn new<'a>(text: &str, rows: impl Iterator<Item = &'a Vec<Span>>, width: usize) -> Option<Self> {
        let rows: Vec<&Vec<Span>> = rows.filter(|r| !r.is_empty() && r.len() <= width && on_one_line(text, r)).take(MAX_ROWS).collect();
        // Where no row is whole, figures of different lengths look like columns.
        if rows.len() < MIN_ROWS || !rows.iter().any(|r| r.len() == width) {
            return None;
        }
        let anchors: [Anchor; 3] = [|e| e.0, |e| usize::midpoint(e.0, e.1), |e| e.1];
        let mut alignments = Vec::new();
        for han in [2, 1] {
            let extents: Vec<(usize, usize)> = rows.iter().map(|row| extents(text, row, han)).collect::<Option<Vec<_>>>()?.concat();
            for anchor in anchors {
                let columns = columns(&extents, anchor);
                if columns.len() == width {
                    let spread = columns.iter().map(|(first, last)| last - first).sum();
                    alignments.push(Alignment { han, anchor, columns, spread });
                }
            }
        }
        Some(Self(alignments))
    }

    /// The column of every word of a short row, or `None` if its place leaves a doubt.
    pub fn places(&self, text: &str, row: &[Span]) -> Option<Vec<usize>> {
        if row.is_empty() || !on_one_line(text, row) {
            return None;
        }
        let mut best: Option<(usize, Vec<usize>)> = None;
        for alignment in &self.0 {
            if best.as_ref().is_some_and(|(least, _)| alignment.spread >= *least) {
                continue;
            }
            let words = extents(text, row, alignment.han)?;
            if let Some(places) = alignment.places(&words) {
                best = Some((alignment.spread, places));
            }
        }
        best.map(|(_, places)| places)
    }
}

impl Alignment {
    fn places(&self, words: &[(usize, usize)]) -> Option<Vec<usize>> {
        let column = |word: &(usize, usize)| self.columns.iter().position(|(first, last)| (*first..=*last).contains(&(self.anchor)(*word)));
        let places: Option<Vec<usize>> = words.iter().map(column).collect();
        places.filter(|p| p.is_sorted_by(|a, b| a < b))
    }
}

/// The edge, or the middle, by which the words of a column are aligned.
type Anchor = fn((usize, usize)) -> usize;

fn on_one_line(text: &str, row: &[Span]) -> bool {
    match (row.first(), row.last()) {
        (Some(first), Some(last)) => !text.get(first.start..last.end).unwrap_or("\n").contains(['\n', '\r']),
        _ => false,
    }
}

/// Columns from the start of the line to both ends of each word of a row, in half characters. The words stand in order on one line.
fn extents(text: &str, row: &[Span], han: usize) -> Option<Vec<(usize, usize)>> {
    let first = row.first()?.start;
    let mut floor = first.saturating_sub(MAX_LINE);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let line = match text.get(floor..first)?.rfind(['\n', '\r']) {
        Some(i) => floor + i + 1,
        None if floor == 0 => 0,
        None => return None,
    };
    let width = |c: char| match c {
        ' '..='~' => 1,
        '\u{4E00}'..='\u{9FFF}' => han,
        c if c.width().unwrap_or(0) > 1 => han,
        c => c.width().unwrap_or(0),
    };
    let (mut at, mut place) = (line, 0);
    let mut to = |end: usize| {
        place += text.get(at..end)?.chars().map(width).sum::<usize>();
        at = end;
        Some(2 * place)
    };
    row.iter().map(|word| Some((to(word.start)?, to(word.end)?))).collect()
}

/// The columns that the anchors of all words make.
fn columns(words: &[(usize, usize)], anchor: Anchor) -> Vec<(usize, usize)> {
    let mut at: Vec<usize> = words.iter().map(|&e| anchor(e)).collect();
    at.sort_unstable();
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for place in at {
        match columns.last_mut() {
            Some((_, last)) if place - *last <= NEAR => *last = place,
            _ => columns.push((place, place)),
        }
    }
    columns
}
