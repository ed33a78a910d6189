//! A sentence as it is read: spaces out, widths and traditional characters equal, quotation and title marks kept; with the way back.

use gongkai_grammar::{counts_as_itself, fold_char, model::Span};

use crate::outline::scan::is_space;

/// A piece of the source as it is read.
#[derive(Debug, Default)]
pub struct Normal {
    /// ASCII digits and punctuation, simplified characters, no spaces but ` ` and line breaks between two digits.
    pub text: String,
    /// (offset in `text`, offset in the source) wherever the distance between the two changes.
    marks: Vec<(usize, usize)>,
    /// Whether quotation or title marks stand in it.
    pub quotes: bool,
}

impl Normal {
    /// Reads a piece of the source, whose heading ends with the line break at `heading`, if that is not its start.
    pub fn new(source: &str, span: Span, heading: usize) -> Self {
        let mut normal = Self { text: String::with_capacity(span.end - span.start), marks: Vec::new(), quotes: false };
        if heading > span.start {
            normal.read(source, Span::new(span.start, heading));
            normal.mark(heading);
            normal.text.push(':');
        }
        normal.read(source, Span::new(heading.max(span.start), span.end));
        normal
    }

    /// Reads a piece of the source, in runs of characters that are kept as they are.
    fn read(&mut self, source: &str, span: Span) {
        let piece = span.of(source);
        let normal = self;
        let mut gap = None;
        let mut rest = piece.as_bytes();
        let mut run = 0;
        loop {
            // Nearly all characters end here.
            match *rest {
                [lead @ 0xE4..=0xE9, second, third, ref tail @ ..] if gap.is_none() && counts_as_itself(lead, second, third) => {
                    rest = tail;
                    continue;
                }
                [0xE3, 0x80, 0x81 | 0x82, ref tail @ ..] | [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', ref tail @ ..] if gap.is_none() => {
                    rest = tail;
                    continue;
                }
                _ => {}
            }
            let at = piece.len() - rest.len();
            if run < at {
                normal.mark(span.start + run);
                normal.text.push_str(piece.get(run..at).unwrap_or_default());
            }
            let Some(c) = piece.get(at..).and_then(|rest| rest.chars().next()) else { return };
            run = at + c.len_utf8();
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            if c <= ' ' || (!('\u{3001}'..='\u{FEFE}').contains(&c) && is_space(c)) {
                gap = Some(if matches!(c, '\n' | '\r') || gap == Some('\n') { '\n' } else { ' ' });
                continue;
            }
            let Some(kept) = kept(c) else { continue };
            let inner = (kept == '(').then(|| inner_bracket(&normal.text, piece.get(run..).unwrap_or_default())).flatten();
            if let Some(length) = inner {
                normal.name(span.start + at, piece.get(at..run + length).unwrap_or_default());
                gap = None;
                run += length;
                let Some(close) = piece.get(run..).and_then(|rest| rest.chars().next()) else { return };
                normal.mark(span.start + run);
                normal.text.push('〕');
                run += close.len_utf8();
                rest = piece.as_bytes().get(run..).unwrap_or_default();
                continue;
            }
            if let Some(gap) = gap.take()
                && kept.is_ascii_digit()
                && normal.text.ends_with(|c: char| c.is_ascii_digit())
            {
                normal.text.push(gap);
            }
            normal.quotes |= is_quote(kept);
            normal.mark(span.start + at);
            normal.text.push(kept);
        }
    }

    /// Reads the brackets within a name up to where they close; the names in it are no list: 县(市、区).
    fn name(&mut self, from: usize, words: &str) {
        for (at, c) in words.char_indices() {
            self.mark(from + at);
            self.text.push(match c {
                '(' | '（' => '〔',
                '、' => '·',
                _ => c,
            });
        }
    }

    /// Remembers where what is written next comes from.
    fn mark(&mut self, from: usize) {
        let place = self.text.len();
        if self.marks.last().is_none_or(|&(last, last_from)| last_from - last != from - place) {
            self.marks.push((place, from));
        }
    }

    /// Where a character of `text` starts in the source.
    fn source_offset(&self, at: usize) -> usize {
        let index = self.marks.partition_point(|&(place, _)| place <= at);
        index.checked_sub(1).and_then(|i| self.marks.get(i)).map_or(at, |&(place, from)| from + (at - place))
    }

    /// The piece of the source that `start..end` of `text` came from.
    pub fn span(&self, source: &str, start: usize, end: usize) -> Span {
        let from = self.source_offset(start);
        let Some((last, _)) = self.text.get(start..end).and_then(|t| t.char_indices().next_back()) else { return Span::new(from, from) };
        let last = self.source_offset(start + last);
        Span::new(from, last + source.get(last..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8))
    }
}

/// How far behind an opening bracket the one closes that is a part of a name: 乡镇(街道), 县(市、区), 专(兼)职.
fn inner_bracket(head: &str, rest: &str) -> Option<usize> {
    if head.ends_with('专') && ["兼)", "兼）"].iter().any(|inside| rest.starts_with(inside)) {
        return Some('兼'.len_utf8());
    }
    const LEVELS: &str = "省市区县州盟旗镇乡街道办社村场团园局委部门单位、";
    let level = |c: char| LEVELS.contains(c) || fold_char(c).is_some_and(|c| LEVELS.contains(c));
    let length = rest.char_indices().find(|(_, c)| !level(*c)).filter(|(_, c)| matches!(c, ')' | '）'))?.0;
    let name = head.ends_with(|c| c != '、' && LEVELS.contains(c));
    (name && (1..=LEVEL).contains(&length)).then_some(length)
}

/// Bytes in the brackets of a name.
const LEVEL: usize = 24;

/// A quotation or title mark, as it is read.
const fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '《' | '》')
}

/// What a character is read as.
fn kept(c: char) -> Option<char> {
    match c {
        '“' | '「' | '『' | '‘' => Some('“'),
        '”' | '」' | '』' | '’' => Some('”'),
        '"' | '＂' => Some('"'),
        '《' | '〈' => Some('《'),
        '》' | '〉' => Some('》'),
        '％' => Some('%'),
        _ => fold_char(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Character by character.
    fn plainly(source: &str, span: Span) -> Normal {
        let mut normal = Normal::default();
        let mut gap = None;
        for (at, c) in span.of(source).char_indices() {
            if c <= ' ' || is_space(c) {
                gap = Some(if matches!(c, '\n' | '\r') || gap == Some('\n') { '\n' } else { ' ' });
                continue;
            }
            let Some(kept) = kept(c) else { continue };
            let digits = kept.is_ascii_digit() && normal.text.ends_with(|c: char| c.is_ascii_digit());
            normal.text.extend(gap.take().filter(|_| digits));
            normal.quotes |= is_quote(kept);
            normal.mark(span.start + at);
            normal.text.push(kept);
        }
        normal
    }

    #[test]
    fn runs_are_read_as_their_characters() {
        let pieces = ["a", "1", "１", "一", "總", "。", "、", "（", "(", "《", "“", "\"", "[", "<", "\u{3000}", "\u{200B}", " ", "\n", "12"];
        let mut seed = 1usize;
        for _ in 0..4000 {
            let mut source = String::new();
            for _ in 0..24 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                source.push_str(pieces[(seed >> 33) % pieces.len()]);
            }
            let all = Span::new(0, source.len());
            let (runs, plain) = (Normal::new(&source, all, 0), plainly(&source, all));
            assert_eq!((runs.text, runs.marks, runs.quotes), (plain.text, plain.marks, plain.quotes), "{source:?}");
        }
    }

    #[test]
    fn reads_equal_and_leads_back() {
        let source = "共收到 申請１２ ３４件，占\n 5 \n6％";
        let normal = Normal::new(source, Span::new(0, source.len()), 0);
        assert_eq!(normal.text, "共收到申请12 34件,占5\n6%");
        let at = normal.text.find("申请").unwrap();
        assert_eq!(normal.span(source, at, at + 6).of(source), "申請");
        let at = normal.text.find("34件").unwrap();
        assert_eq!(normal.span(source, at - 3, at + 5).of(source), "１２ ３４件");
    }
}
