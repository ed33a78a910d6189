//! Where the tables are: runs of labels with little but figures between them.

use gongkai_grammar::{lines, model::Span};

use crate::{
    grid::{is_figure, is_pipe},
    labels::{Hit, Lexicon, Role},
};

/// A stretch of the text that holds a table, or a part of one.
#[derive(Clone, Debug)]
pub struct Region {
    /// Index of the kind of table in [`Lexicon::kinds`].
    pub kind: usize,
    /// Its labels, a range of the hits.
    pub hits: std::ops::Range<usize>,
    /// From its first label to the first label or sentence behind it, in the source.
    pub span: Span,
}

/// Letters that may stand between two labels of a table: an unknown row's label, a heading.
const MAX_LETTERS: usize = 45;
/// Bytes of figures that may follow the last label of a table.
const MAX_TAIL: usize = 4096;
/// Labels one region may have; a document of nothing but labels is cut into pieces.
const MAX_HITS: usize = 600;

/// Finds the tables. Linear in the text and the hits.
pub fn regions(lexicon: &Lexicon, hits: &[Hit], source: &str) -> Vec<Region> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=hits.len() {
        let linked = match (hits.get(at - 1), hits.get(at)) {
            (Some(a), Some(b)) => at - start < MAX_HITS && joins(source.get(a.span.end..b.span.start).unwrap_or_default()),
            _ => false,
        };
        if !linked {
            if at > start {
                cluster(lexicon, hits, start..at, &mut found);
            }
            start = at;
        }
    }
    let next_hit = |region: &Region| hits.get(region.hits.end).map_or(source.len(), |h| h.span.start);
    for region in &mut found {
        let Some(last) = region.hits.end.checked_sub(1).and_then(|i| hits.get(i)) else { continue };
        let limit = next_hit(region).min(last.span.end.saturating_add(MAX_TAIL));
        let across = lexicon.across(region.kind);
        region.span = Span::new(region.span.start, tail_end(source, last.span.end, limit, across));
    }
    found
}

/// Whether a gap is no more than figures, marks and a few words. The tags of a table that was left as HTML do not count.
fn joins(gap: &str) -> bool {
    let (mut letters, mut tag) = (0, false);
    let mut chars = gap.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' if chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/') => tag = true,
            '>' => tag = false,
            _ if tag => {}
            '。' | ';' | '；' | '!' | '！' | '?' | '？' => return false,
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
        if letters > MAX_LETTERS {
            return false;
        }
    }
    true
}

/// Cuts a run of linked labels where the kind of table changes, and keeps the pieces that are tables.
fn cluster(lexicon: &Lexicon, hits: &[Hit], range: std::ops::Range<usize>, found: &mut Vec<Region>) {
    let has = |at: usize, kind: usize| hits.get(at).and_then(|h| lexicon.label(h)).is_some_and(|l| l.uses.iter().any(|u| u.kind == kind));
    let mut start = range.start;
    while start < range.end {
        // The kind of this piece: of the first strong label, or of the first label at all.
        let strong = (start..range.end).find(|&i| hits.get(i).and_then(|h| lexicon.label(h)).is_some_and(|l| l.strong));
        let leader = strong.unwrap_or(start);
        let kinds: Vec<usize> = hits.get(leader).and_then(|h| lexicon.label(h)).map(|l| l.uses.iter().map(|u| u.kind).collect()).unwrap_or_default();
        let Some(&kind) = kinds.iter().max_by_key(|&&kind| (leader..range.end).take_while(|&i| has(i, kind)).count()) else { return };
        // Short labels of other tables are words here; a long one begins the next table.
        let (mut last, mut end) = (start, range.end);
        for at in start..range.end {
            if has(at, kind) {
                last = at;
            } else if at > leader && hits.get(at).and_then(|h| lexicon.label(h)).is_some_and(|l| l.strong) {
                end = last + 1;
                break;
            }
        }
        keep(lexicon, hits, start..end, kind, found);
        start = end;
    }
}

/// Keeps a piece if its labels are those of a table and not words of a sentence.
fn keep(lexicon: &Lexicon, hits: &[Hit], range: std::ops::Range<usize>, kind: usize, found: &mut Vec<Region>) {
    let (mut labels, mut strong, mut header): (Vec<usize>, usize, bool) = (Vec::new(), 0, false);
    for hit in hits.get(range.clone()).unwrap_or_default() {
        let Some(label) = lexicon.label(hit) else { continue };
        let Some(used) = label.uses.iter().find(|u| u.kind == kind) else { continue };
        // The beginning of a label may be that of a sentence.
        if !label.partial && !labels.contains(&hit.label) {
            labels.push(hit.label);
            strong += usize::from(label.strong);
            header |= matches!(used.role, Role::Header | Role::Column(_) | Role::Block(_));
        }
    }
    if labels.len() >= 3 && strong >= 1 && (header || labels.len() >= 5) {
        let start = hits.get(range.start).map_or(0, |h| h.span.start);
        found.push(Region { kind, hits: range, span: Span::new(start, start) });
    }
}

/// Where the figures behind the last label end: at the first line that is neither figures nor a row of its own. In a table whose figures all
/// follow its header, words of a torn header may come before them.
fn tail_end(source: &str, from: usize, limit: usize, across: bool) -> usize {
    let mut limit = limit.min(source.len());
    while limit > from && !source.is_char_boundary(limit) {
        limit -= 1;
    }
    let tail = source.get(from..limit).unwrap_or_default();
    let mut letters = 0;
    let mut end = from;
    for (index, line) in lines(tail).enumerate() {
        let words = line.of(tail);
        let stop = words.find(['。', '；', ';']);
        let own = words.get(..stop.unwrap_or(words.len())).unwrap_or_default();
        letters += own.chars().filter(|c| c.is_alphabetic()).count();
        let row = own.split_whitespace().next_back().is_some_and(is_figure) || own.contains(is_pipe) || own.contains('\t');
        let short = own.chars().filter(|c| c.is_alphabetic()).count() <= 4 && letters <= MAX_LETTERS;
        let ok = letters == 0 || index == 0 || short || (row && letters <= MAX_LETTERS) || (across && letters <= MAX_LETTERS);
        if !ok {
            return end;
        }
        if stop.is_some() || letters > MAX_LETTERS {
            return from + line.start + cut(own);
        }
        if row {
            letters = 0;
        }
        end = from + line.end;
    }
    end
}

/// Bytes of a line up to where its words are too many for a table.
fn cut(line: &str) -> usize {
    line.char_indices().filter(|(_, c)| c.is_alphabetic()).nth(MAX_LETTERS).map_or(line.len(), |(at, _)| at)
}
