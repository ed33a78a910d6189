//! A sentence as it is read: spaces out, widths and traditional characters equal, quotation and title marks kept; with the way back.

use gongkai_grammar::{fold_char, model::Span};

use crate::outline::scan::is_space;

/// A piece of the source as it is read.
#[derive(Debug, Default)]
pub struct Normal {
    /// ASCII digits and punctuation, simplified characters, no spaces but ` ` and line breaks between two digits.
    pub text: String,
    /// (offset in `text`, offset in the source) wherever the distance between the two changes.
    marks: Vec<(usize, usize)>,
}

impl Normal {
    /// Reads a piece of the source.
    pub fn new(source: &str, span: Span) -> Self {
        let piece = span.of(source);
        let mut normal = Self { text: String::with_capacity(piece.len()), marks: Vec::new() };
        let mut distance = usize::MAX;
        let mut gap = None;
        for (at, c) in piece.char_indices() {
            if c <= ' ' || (!('\u{3001}'..='\u{FEFE}').contains(&c) && is_space(c)) {
                gap = Some(if matches!(c, '\n' | '\r') || gap == Some('\n') { '\n' } else { ' ' });
                continue;
            }
            let Some(kept) = kept(c) else { continue };
            if let Some(gap) = gap.take()
                && kept.is_ascii_digit()
                && normal.text.ends_with(|c: char| c.is_ascii_digit())
            {
                normal.text.push(gap);
            }
            let from = span.start + at;
            if from.wrapping_sub(normal.text.len()) != distance {
                distance = from.wrapping_sub(normal.text.len());
                normal.marks.push((normal.text.len(), from));
            }
            normal.text.push(kept);
        }
        normal
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

    #[test]
    fn reads_equal_and_leads_back() {
        let source = "共收到 申請１２ ３４件，占\n 5 \n6％";
        let normal = Normal::new(source, Span::new(0, source.len()));
        assert_eq!(normal.text, "共收到申请12 34件,占5\n6%");
        let at = normal.text.find("申请").unwrap();
        assert_eq!(normal.span(source, at, at + 6).of(source), "申請");
        let at = normal.text.find("34件").unwrap();
        assert_eq!(normal.span(source, at - 3, at + 5).of(source), "１２ ３４件");
    }
}
