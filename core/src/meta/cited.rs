//! Documents that the text cites: by number and by title.

use gongkai_grammar::{
    DocumentNumber, document_numbers,
    model::{Citation, Span},
};
use memchr::memmem;
use std::collections::BTreeMap;

use crate::outline::scan::{Unwrapped, after, before, capped, compact};

/// A document named in 《》.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedTitle {
    /// Without the spaces that wrapping put into it.
    pub title: String,
    /// Every place it stands at, without its marks.
    pub spans: Vec<Span>,
    /// The citation whose number stands behind it, an index.
    pub number: Option<usize>,
}

/// Bytes of a title.
const TITLE: usize = 400;
/// Words of a sentence that the code of a document number is not.
const LEADS: &[&str] = &[
    "根据", "按照", "依据", "依照", "落实", "贯彻", "执行", "转发", "印发", "参照", "以及", "按", "和", "及", "与", "以", "的", "据", "见", "即",
    "指",
];

/// The document numbers of the text, equal ones together.
pub fn numbers(text: &str, prose: &[Span]) -> Vec<Citation> {
    let mut found: Vec<Citation> = Vec::new();
    let mut index: BTreeMap<(String, Option<i32>, Option<String>), usize> = BTreeMap::new();
    for piece in prose {
        for found_at in in_piece(text, *piece) {
            let Numbered { span, number, code } = found_at;
            let key = (code.clone(), number.year, number.serial.as_deref().map(compact));
            match index.get(&key).and_then(|&i| found.get_mut(i)) {
                Some(known) => {
                    known.spans.push(span);
                    if known.damaged && !number.damaged {
                        known.damaged = false;
                        known.number = Some(span.of(text).to_owned());
                    }
                }
                None => {
                    index.insert(key, found.len());
                    found.push(Citation {
                        number: Some(span.of(text).to_owned()),
                        code: Some(code),
                        year: number.year,
                        serial: number.serial,
                        damaged: number.damaged,
                        spans: vec![span],
                        ..Citation::default()
                    });
                }
            }
        }
    }
    found
}

/// A number, its place in the text, and its code without the words of the sentence.
struct Numbered {
    span: Span,
    number: DocumentNumber,
    code: String,
}

/// The numbers of a piece of text. Those that a line break cuts are read again with the lines joined.
fn in_piece(text: &str, piece: Span) -> Vec<Numbered> {
    let mut found: Vec<Numbered> = document_numbers(piece.of(text))
        .into_iter()
        // A year in a bracket that others use too, with nothing behind it, is a link or a note.
        .filter(|number| !number.damaged || number.serial.is_some() || number.span.of(piece.of(text)).contains('〔'))
        .map(|number| {
            let (span, code) = stripped(&number, piece.start);
            Numbered { span, number, code }
        })
        .collect();
    let mut joined = Vec::new();
    for at in memmem::find_iter(piece.of(text).as_bytes(), "〔").map(|i| piece.start + i) {
        let lead = before(text, at, 60.min(at - piece.start));
        let window = Span::new(at - lead.len(), at + after(text, at, 60.min(piece.end - at)).len());
        if !window.of(text).contains('\n') {
            continue;
        }
        let whole = Unwrapped::new(window.of(text), window.start);
        for number in document_numbers(&whole.text) {
            let (inner, code) = stripped(&number, 0);
            let span = whole.span(inner.start, inner.end);
            // Only a bracket in front tells that the code goes on over the break, and does not begin behind it.
            let broken = span.of(text).contains('\n');
            let bracketed = before(&whole.text, inner.start, 4).ends_with(['(', '（']);
            let whole_code = text.get(span.start..at).is_some_and(|code| !code.contains('\n'));
            if broken && !number.damaged && (bracketed || whole_code) && span.start <= at && at < span.end {
                joined.push(Numbered { span, number, code });
            }
        }
    }
    if !joined.is_empty() {
        found.retain(|f| !joined.iter().any(|j| f.span.start < j.span.end && j.span.start < f.span.end));
        found.extend(joined);
        found.sort_by_key(|f| f.span);
    }
    found
}

/// A number without the words of its sentence: 按照示办发〔2021〕3号.
fn stripped(number: &DocumentNumber, at: usize) -> (Span, String) {
    let span = Span::new(at + number.span.start, at + number.span.end);
    let mut cut = 0;
    // The last standing of each, from behind.
    let mut seen = 0u32;
    for (i, c) in number.code.char_indices().rev() {
        let rest = number.code.get(i..).unwrap_or_default();
        for (bit, lead) in LEADS.iter().enumerate().filter(|(_, lead)| lead.starts_with(c) && rest.starts_with(**lead)) {
            let end = i + lead.len();
            // A code has at least two characters.
            if seen & (1 << bit) == 0 && number.code.get(end..).is_some_and(|rest| rest.chars().count() >= 2) {
                cut = cut.max(end);
            }
            seen |= 1 << bit;
        }
    }
    if number.year.is_none() {
        cut = 0;
    }
    (Span::new(span.start + cut, span.end), number.code.get(cut..).unwrap_or_default().to_owned())
}

/// The documents named in 《》, equal titles together.
pub fn titles(text: &str, prose: &[Span], numbers: &[Citation]) -> Vec<CitedTitle> {
    let mut starts: Vec<(usize, usize)> = numbers.iter().enumerate().flat_map(|(i, c)| c.spans.iter().map(move |s| (s.start, i))).collect();
    starts.sort_unstable();
    let mut found: Vec<CitedTitle> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let marks = memmem::Finder::new("《");
    for piece in prose {
        let mut floor = 0;
        for open in marks.find_iter(piece.of(text).as_bytes()).map(|i| piece.start + i) {
            if open < floor {
                continue;
            }
            let start = open + '《'.len_utf8();
            let Some(length) = closing(capped(text.get(start..piece.end).unwrap_or_default(), TITLE)) else { continue };
            let span = Span::new(start, start + length);
            floor = span.end;
            let title = compact(span.of(text));
            if title.is_empty() {
                continue;
            }
            // （国办发〔2021〕3号） right behind it.
            let behind = span.end + '》'.len_utf8();
            let near = starts
                .get(starts.partition_point(|(s, _)| *s < behind))
                .filter(|(s, _)| s - behind <= 9 && after(text, behind, s - behind).chars().all(|c| !c.is_alphanumeric()));
            match index.get(&title).and_then(|&i| found.get_mut(i)) {
                Some(known) => {
                    known.spans.push(span);
                    known.number = known.number.or(near.map(|(_, i)| *i));
                }
                None => {
                    index.insert(title.clone(), found.len());
                    found.push(CitedTitle { title, spans: vec![span], number: near.map(|(_, i)| *i) });
                }
            }
        }
    }
    found
}

/// Where a title ends, titles inside it counted.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '《' => depth += 1,
            '》' if depth == 0 => return Some(at),
            '》' => depth -= 1,
            '。' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_are_one_citation() {
        let text = "按照示办发〔2021〕3号和《示例办法》（示政办〔2020〕12号）要求，示办发〔2021〕3 号规定，《示例办法》。";
        let prose = [Span::new(0, text.len())];
        let numbers = numbers(text, &prose);
        assert_eq!(
            numbers.iter().map(|c| (c.number.as_deref().unwrap(), c.spans.len())).collect::<Vec<_>>(),
            [("示办发〔2021〕3号", 2), ("示政办〔2020〕12号", 1)]
        );
        let titles = titles(text, &prose, &numbers);
        assert_eq!((titles.len(), titles[0].title.as_str(), titles[0].spans.len(), titles[0].number), (1, "示例办法", 2, Some(1)));
    }

    #[test]
    fn numbers_over_a_line_break() {
        let text = "通知（示办\n  公开函〔2021〕30\n号）和\n示政办〔20\n20〕1号";
        let found = numbers(text, &[Span::new(0, text.len())]);
        assert_eq!(
            found.iter().map(|c| (c.code.as_deref().unwrap(), c.serial.as_deref(), c.damaged)).collect::<Vec<_>>(),
            [("示办公开函", Some("30"), false), ("示政办", Some("1"), false)]
        );
        assert_eq!(found[0].spans[0].of(text), "示办\n  公开函〔2021〕30\n号");
    }

    #[test]
    fn nested_and_open_titles() {
        let text = "《关于印发《甲办法》的通知》和《没有结尾。《乙规定》";
        let titles = titles(text, &[Span::new(0, text.len())], &[]);
        assert_eq!(titles.iter().map(|t| t.title.as_str()).collect::<Vec<_>>(), ["关于印发《甲办法》的通知", "乙规定"]);
    }
}
