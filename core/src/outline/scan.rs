//! Small looks at a text: lines, spaces, spans.

use gongkai_grammar::{heading_mark, model::Span};
use memchr::memchr2_iter;

/// White space of every kind, with the marks that have no width.
#[inline]
pub fn is_space(c: char) -> bool {
    !('\u{3001}'..='\u{FEFE}').contains(&c) && (c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
}

/// A letter as reports have them; `char::is_alphabetic` is slow on Han characters.
pub fn is_letter(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
        || c.is_ascii_alphabetic()
        || (c > '\u{FF}' && !('\u{2000}'..='\u{33FF}').contains(&c) && c.is_alphabetic())
}

/// The character of three bytes, the first of which is E4 to E9.
#[inline]
pub fn han(lead: u8, second: u8, third: u8) -> u32 {
    u32::from(lead & 0x0F) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F)
}

/// One of the numerals that number a Chinese heading.
pub fn is_han_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿')
}

/// Marks behind which a sentence or a clause of a list is over.
pub fn is_stop(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '!' | '？' | '?')
}

/// `span` without the spaces at its ends.
pub fn trim(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    if is_trimmed(piece.as_bytes()) {
        return Span::new(span.start, span.start + piece.len());
    }
    let start = span.start + (piece.len() - piece.trim_start_matches(is_space).len());
    Span::new(start, start.max(span.start + piece.trim_end_matches(is_space).len()))
}

/// Whether a piece begins and ends with a Han character or a printed ASCII character, as most do. Others may be trimmed too.
pub fn is_trimmed(piece: &[u8]) -> bool {
    matches!(piece.first(), Some(0x21..=0x7E | 0xE4..=0xE9))
        && matches!(piece, [.., 0x21..=0x7E] | [.., 0xE4..=0xE9, 0x80..=0xBF, 0x80..=0xBF] | [.., 0xE3, 0x80, 0x82])
}

/// The lines that hold more than white space, without the spaces at their ends.
pub fn filled_lines(text: &str) -> Vec<Span> {
    let mut found = Vec::with_capacity((text.len() / 64).min(1024));
    let mut start = 0;
    for end in memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        let line = Span::new(start, end);
        let line = if text.as_bytes().get(start..end).is_some_and(is_trimmed) { line } else { trim(text, line) };
        if line.start < line.end {
            found.push(line);
        }
        start = end + 1;
    }
    found
}

/// The longest start of a text of at most `cap` bytes.
pub fn capped(text: &str, cap: usize) -> &str {
    let mut end = cap.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The longest end of `text[..at]` of at most `cap` bytes.
pub fn before(text: &str, at: usize, cap: usize) -> &str {
    let mut start = at.saturating_sub(cap);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..at).unwrap_or_default()
}

/// The text from `at` on, at most `cap` bytes.
pub fn after(text: &str, at: usize, cap: usize) -> &str {
    capped(text.get(at..).unwrap_or_default(), cap)
}

/// The span of a sorted list that holds `at`.
pub fn holding(spans: &[Span], at: usize) -> Option<Span> {
    let index = spans.partition_point(|s| s.start <= at);
    // Tables may touch and, rarely, overlap; two steps back are enough.
    spans.get(index.saturating_sub(2)..index).unwrap_or_default().iter().rev().copied().find(|s| at < s.end)
}

/// A text without any white space.
pub fn compact(text: &str) -> String {
    let mut compacted = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    let mut run = 0;
    loop {
        match *rest {
            [0x21..=0x7E, ref tail @ ..] | [0xE4..=0xE9, _, _, ref tail @ ..] => rest = tail,
            [] => break,
            _ => {
                let at = text.len() - rest.len();
                let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                if is_space(c) {
                    compacted.push_str(text.get(run..at).unwrap_or_default());
                    run = at + c.len_utf8();
                }
            }
        }
    }
    compacted.push_str(text.get(run..).unwrap_or_default());
    compacted
}

/// The parts of `range` outside a sorted list of spans.
pub fn outside(range: Span, spans: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = range.start;
    for span in spans {
        if span.start > from && from < range.end {
            found.push(Span::new(from, span.start.min(range.end)));
        }
        from = from.max(span.end);
    }
    if from < range.end {
        found.push(Span::new(from, range.end));
    }
    found
}

/// What a line break ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// A line that was wrapped, and nothing else.
    Line,
    /// A heading on a line of its own.
    Heading,
    /// A paragraph.
    Paragraph,
}

/// What the line break at `at` ends: a paragraph, where a blank line follows, the line before it is a whole one or an item that says its
/// number, or the next line is numbered or an item of a list.
pub fn line_break(text: &str, at: usize, end: usize) -> Break {
    let next = capped(text.get(at + 1..end).unwrap_or_default(), 120);
    let line = next.trim_start_matches([' ', '\t', '\r', '\u{3000}', '\u{A0}']);
    if line.starts_with('\n') || line.is_empty() {
        return Break::Paragraph;
    }
    let before = text.get(..at).unwrap_or_default().trim_end_matches(is_space);
    if before.ends_with(['。', '；', '：', ':', ';', '！', '？']) || (ends_with_quantity(before) && !line.starts_with(is_mark)) {
        return Break::Paragraph;
    }
    if may_start_a_mark(line) && heading_mark(line).is_some_and(|mark| mark.level() == 5) {
        return Break::Paragraph;
    }
    let mut first =
        line.chars().skip_while(|c| matches!(c, '(' | '（' | '第')).skip_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c));
    let bracket = line.starts_with(['(', '（', '第']);
    let numbered =
        first.next().is_some_and(|c| if bracket { matches!(c, ')' | '）' | ',' | '，' | '、') } else { matches!(c, '、' | '.' | '．' | '是') });
    if numbered && line.starts_with(|c: char| bracket || c.is_ascii_digit() || "一二三四五六七八九十".contains(c)) {
        return Break::Paragraph;
    }
    if is_short_heading(before, line) { Break::Heading } else { Break::Line }
}

/// Whether the line break at `at` ends a paragraph or a heading.
pub fn breaks(text: &str, at: usize, end: usize) -> bool {
    line_break(text, at, end) != Break::Line
}

/// Punctuation with which a line goes on.
fn is_mark(c: char) -> bool {
    is_stop(c) || matches!(c, '，' | ',' | '、' | '）' | ')' | '（' | '(' | '”' | '%' | '％')
}

/// Whether a line begins as those with a mark of a list may.
fn may_start_a_mark(line: &str) -> bool {
    line.starts_with(|c: char| !is_letter(c) && !c.is_ascii_digit() && !matches!(c, '（' | '(' | '“' | '”' | '《' | '》' | '，' | '、' | '。'))
}

/// Whether a text ends with a line that is an item of a list: what is counted, its number and its unit, without marks between them.
fn ends_with_quantity(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    // Most lines end otherwise.
    let letters = text.chars().rev().take(UNIT + 1).take_while(|&c| is_letter(c));
    let (count, length) = letters.fold((0, 0), |(count, length), c| (count + 1, length + c.len_utf8()));
    let (counted, unit) = text.split_at(text.len() - length);
    let counted = counted.trim_end_matches([' ', '\u{3000}']);
    if !(1..=UNIT).contains(&count) || !counted.ends_with(digit) || unit.starts_with(['年', '月', '日', '时', '号']) {
        return false;
    }
    let tail = before(counted, counted.len(), HEADING);
    let line = match tail.rsplit_once('\n') {
        Some((_, line)) => line,
        None if tail.len() == counted.len() => tail,
        None => return false,
    };
    let what = line.trim_end_matches(|c| digit(c) || matches!(c, '.' | ','));
    what.contains(is_letter) && !what.contains(['，', '。', '；', '、', ';', ','])
}

/// Letters of a unit.
const UNIT: usize = 3;
/// Bytes of a heading that stands on a line of its own.
const HEADING: usize = 90;

/// Whether a text ends with a line that is a numbered heading: without marks, and shorter than a wrapped line, for so the next one is longer.
fn is_short_heading(text: &str, next: &str) -> bool {
    let tail = before(text, text.len(), HEADING);
    let Some((_, line)) = tail.rsplit_once('\n') else { return false };
    // Most lines begin with a letter.
    let numbered = |c: char| !is_space(c) && (c.is_ascii_digit() || is_han_digit(c) || !is_letter(c) || c == '第');
    let length = |line: &str| line.chars().take_while(|c| *c != '\n').count();
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '，' | ',' | '。' | '；' | '：');
    line.trim_start_matches(is_space).starts_with(numbered)
        && 3 * length(line) < 2 * length(next)
        && heading_mark(line)
            .filter(|mark| mark.level() < 5)
            .and_then(|mark| line.get(mark.end..))
            .is_some_and(|words| words.contains(is_letter) && !words.contains(mark))
}

/// Marks that converters put around headings and titles: `## …`, `**…**`, `== … ==`, `| … |`.
pub fn is_decoration(c: char) -> bool {
    is_space(c) || matches!(c, '#' | '*' | '>' | '=' | '|' | '│' | '\'')
}

/// A piece of a text without its line breaks and the spaces behind them, with the way back.
pub struct Unwrapped {
    /// The joined piece.
    pub text: String,
    /// Where the piece starts in the source.
    base: usize,
    /// Where bytes were taken out of the joined piece, and how many.
    breaks: Vec<(usize, usize)>,
}

impl Unwrapped {
    /// Joins the lines of `piece`, which starts at `base`.
    pub fn new(piece: &str, base: usize) -> Self {
        let mut text = String::with_capacity(piece.len());
        let mut breaks = Vec::new();
        let mut rest = piece;
        while let Some(at) = rest.find(['\n', '\r']) {
            let tail = rest.get(at..).unwrap_or_default();
            let next = tail.trim_start_matches(is_space);
            text.push_str(rest.get(..at).unwrap_or_default());
            breaks.push((text.len(), tail.len() - next.len()));
            rest = next;
        }
        text.push_str(rest);
        Self { text, base, breaks }
    }

    /// The place in the source of a piece of the joined text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let taken = |at: usize, closed: bool| {
            self.breaks.iter().filter(|(place, _)| *place < at || (closed && *place == at)).map(|(_, bytes)| bytes).sum::<usize>()
        };
        Span::new(self.base + start + taken(start, true), self.base + end + taken(end, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        let text = "\u{FEFF}甲 \r\n\u{3000}\n\n  乙丙\t";
        let lines: Vec<&str> = filled_lines(text).into_iter().map(|l| l.of(text)).collect();
        assert_eq!(lines, ["甲", "乙丙"]);
        assert!(filled_lines(" \n ").is_empty());
    }

    #[test]
    fn compact_texts_are_those_without_spaces() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}甲{c}a{c}{c}");
            let without: String = text.chars().filter(|&c| !is_space(c)).collect();
            assert_eq!((compact(&text), is_space(c)), (without, c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')));
            let trimmed = trim(&text, Span::new(0, text.len())).of(&text);
            assert_eq!(trimmed, text.trim_matches(is_space));
        }
    }

    #[test]
    fn joined_lines_lead_back() {
        let text = "甲〔20\n  21〕\r\n乙";
        let joined = Unwrapped::new(text, 0);
        assert_eq!(joined.text, "甲〔2021〕乙");
        assert_eq!(joined.span(3, 10).of(text), "〔20\n  21");
        assert_eq!(joined.span(13, 16).of(text), "乙");
    }

    #[test]
    fn pieces_around_a_place_keep_whole_characters() {
        let text = "甲乙丙丁";
        assert_eq!((before(text, 6, 4), after(text, 6, 4)), ("乙", "丙"));
        assert_eq!(outside(Span::new(2, 20), &[Span::new(0, 3), Span::new(5, 8)]), [Span::new(3, 5), Span::new(8, 20)]);
        assert_eq!(holding(&[Span::new(0, 3), Span::new(5, 8)], 6), Some(Span::new(5, 8)));
        assert_eq!(holding(&[Span::new(0, 3), Span::new(5, 8)], 4), None);
    }
}
