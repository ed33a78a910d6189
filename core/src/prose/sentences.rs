//! Cutting prose into sentences, and passing over those that hold no quantity.

use gongkai_grammar::model::Span;

use super::lexicon::{NUMERALS, Words, words};
use crate::outline::scan::{Break, han, line_break};

/// A sentence is not longer than this; a longer one is cut.
const SENTENCE: usize = 4000;

/// A sentence that may hold a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its place, with the mark it ends with.
    pub span: Span,
    /// Where the heading that stands above it on a line of its own ends; where it starts itself if there is none.
    pub heading: usize,
    /// Whether it begins a paragraph.
    pub opens: bool,
    /// Whether it is bounded by the borders of cells.
    pub cell: bool,
}

/// The sentences of a piece of text that hold a digit, a numeral that may count, or a word for none. One pass.
pub fn sentences(text: &str, piece: Span, mut found: impl FnMut(Sentence)) {
    let words = words();
    let bytes = text.as_bytes().get(..piece.end).unwrap_or_default();
    let (mut start, mut at) = (piece.start, piece.start);
    let (mut wanted, mut opens, mut cell) = (false, true, false);
    let mut heading = piece.start;
    let mut cut = |start: &mut usize, end: usize, wanted: &mut bool, heading: usize, opens: bool, cell: bool| {
        if *wanted {
            found(Sentence { span: Span::new(*start, end), heading: heading.max(*start), opens, cell });
        }
        (*start, *wanted) = (end, false);
    };
    while let Some(&lead) = bytes.get(at) {
        let (width, end) = match lead {
            0xE4..=0xE9 => {
                wanted = wanted || is_candidate(words, bytes, at);
                (3, End::No)
            }
            b'0'..=b'9' => {
                wanted = true;
                (1, End::No)
            }
            b'\n' => match line_break(text, at, piece.end) {
                Break::Line => (1, End::No),
                Break::Heading => {
                    heading = at;
                    (1, End::No)
                }
                Break::Paragraph => (1, End::Paragraph),
            },
            b'|' | b'\t' => (1, End::Cell),
            b'!' | b'?' => (1, End::Sentence),
            0xE3 => (3, if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x82])) { End::Sentence } else { End::No }),
            0xEF => match bytes.get(at + 1..at + 3) {
                Some([0xBC, 0x81 | 0x9F]) => (3, End::Sentence),
                Some([0xBC, 0x90..=0x99]) => {
                    wanted = true;
                    (3, End::No)
                }
                _ => (3, End::No),
            },
            0x00..=0x7F => (1, End::No),
            0xC0..=0xDF => (2, End::No),
            0xF0..=0xFF => (4, End::No),
            _ => (3, End::No),
        };
        at += width;
        let end = if end == End::No && at - start > SENTENCE { End::Sentence } else { end };
        if end != End::No {
            cell |= end == End::Cell;
            cut(&mut start, at.min(piece.end), &mut wanted, heading, opens, cell);
            opens = end != End::Sentence;
            cell = end == End::Cell;
        }
    }
    cut(&mut start, piece.end, &mut wanted, heading, opens, cell);
}

/// Whether a text begins with a number.
pub fn is_number(text: &str) -> bool {
    text.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || NUMERALS.contains(c))
}

#[derive(PartialEq, Eq)]
enum End {
    No,
    Sentence,
    Paragraph,
    Cell,
}

/// Whether a text may hold a word for none.
pub fn may_deny(text: &str) -> bool {
    let words = words();
    let mut rest = text.as_bytes();
    loop {
        rest = match *rest {
            [lead @ 0xE4..=0xE9, second, third, ref tail @ ..] => {
                let follows = || character(tail, 0).is_none_or(|next| words.behind_negation.holds(next));
                let here = han(lead, second, third);
                if words.none_of.holds(here) || words.negations.holds(here) && follows() {
                    return true;
                }
                tail
            }
            [_, ref tail @ ..] => tail,
            [] => return false,
        };
    }
}

/// Whether the character at `at` is a numeral or a word for none, by what follows it.
#[inline]
fn is_candidate(words: &Words, bytes: &[u8], at: usize) -> bool {
    let Some(here) = character(bytes, at) else { return false };
    let set = match () {
        () if words.numerals.holds(here) => &words.behind_numeral,
        () if words.negations.holds(here) => &words.behind_negation,
        () => return false,
    };
    // Behind a line break or a space anything may follow.
    character(bytes, at + 3).is_none_or(|next| set.holds(next))
}

/// The character of three bytes at `at`, if it is from U+4000 to U+9FFF.
#[inline]
fn character(bytes: &[u8], at: usize) -> Option<u32> {
    match bytes.get(at..at + 3) {
        Some(&[lead @ 0xE4..=0xE9, second, third]) => Some(han(lead, second, third)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        sentences(text, Span::new(0, text.len()), |s| found.push((s.span.of(text), s.opens)));
        found
    }

    #[test]
    fn sentences_that_may_hold_a_quantity() {
        let text = "进一步统一思想。全年公开12条，其中\n网站3条。收到申请五件！未收到投诉。未来可期。\n一是好\n二是公开三\n件";
        let want = [("全年公开12条，其中\n网站3条。", false), ("收到申请五件！", false), ("未收到投诉。", false), ("二是公开三\n件", true)];
        assert_eq!(cut(text), want);
    }

    #[test]
    fn cells_are_no_sentences() {
        let text = "甲 | 12件 | 乙";
        let mut found = Vec::new();
        sentences(text, Span::new(0, text.len()), |s| found.push((s.span.of(text), s.cell)));
        assert_eq!(found, [(" 12件 |", true)]);
    }
}
