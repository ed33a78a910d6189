//! Documents that the text cites: by number, by title, or by both, each once with all its mentions.

use gongkai_grammar::{
    DocumentNumber, document_numbers,
    model::{Article, Citation, Span},
    outline_lexicon, quantity,
};
use memchr::memmem;
use std::collections::BTreeMap;

use crate::outline::scan::{Unwrapped, after, before, capped, compact, is_space};

/// A document named in 《》.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CitedTitle {
    /// Without the spaces that wrapping put into it.
    title: String,
    /// Every place it stands at, without its marks.
    spans: Vec<Span>,
    /// The citation whose number stands behind it, an index.
    number: Option<usize>,
    /// The name the text uses from then on.
    short: Option<String>,
}

/// Bytes of a title.
const TITLE: usize = 400;
/// Words of a sentence that the code of a document number is not.
const LEADS: &[&str] = &[
    "根据", "按照", "依据", "依照", "落实", "贯彻", "执行", "转发", "印发", "参照", "以及", "按", "和", "及", "与", "以", "的", "据", "见", "即",
    "指",
];

/// The documents that the text cites, in the order of their first mention. `numbers` are those of [`numbers`], `own` is the title of the
/// report, which it does not cite.
pub fn citations(text: &str, prose: &[Span], mut numbers: Vec<Citation>, own: Option<&str>) -> Vec<Citation> {
    let titles = titles(text, prose, &numbers);
    let whole = one_document(&titles);
    let mut found: Vec<Citation> = Vec::new();
    // The citation of each title that stands for itself.
    let mut places: Vec<Option<usize>> = vec![None; titles.len()];
    let own = own.map(compact);
    let is_own = |title: &CitedTitle| own.as_deref().is_some_and(|own| own.ends_with(title.title.as_str()));
    for (at, title) in titles.iter().enumerate().filter(|(at, t)| whole.get(*at) == Some(at) && !is_own(t)) {
        let number = title.number.and_then(|n| numbers.get_mut(n)).filter(|n| n.title.is_none());
        let mut citation = number.map(|n| {
            n.title = Some(title.title.clone());
            n.clone()
        });
        let citation = citation.get_or_insert_with(Citation::default);
        citation.title = Some(title.title.clone());
        citation.short_title.clone_from(&title.short);
        citation.spans.extend(&title.spans);
        if let Some(place) = places.get_mut(at) {
            *place = Some(found.len());
        }
        found.push(citation.clone());
    }
    for (at, title) in titles.iter().enumerate() {
        let stands_for = whole.get(at).copied().filter(|w| *w != at).and_then(|w| places.get(w).copied().flatten());
        if let Some(citation) = stands_for.and_then(|place| found.get_mut(place)) {
            citation.spans.extend(&title.spans);
        }
    }
    found.extend(numbers.into_iter().filter(|n| n.title.is_none()));
    found.iter_mut().for_each(|c| c.spans.sort_unstable());
    found.sort_by_key(|c| c.spans.first().copied());
    found
}

/// Of every title the one it is a short form of, else itself: the text says so, or one other title ends with it.
fn one_document(titles: &[CitedTitle]) -> Vec<usize> {
    let lexicon = outline_lexicon();
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, title) in titles.iter().enumerate() {
        by_name.entry(title.title.as_str()).or_insert(at);
    }
    // Titles by their last characters, so that the ones that end alike stand together.
    let bare = |title: &str| {
        title.rsplit_once(['(', '（']).filter(|(_, rest)| rest.chars().count() <= 4).map_or(title.to_owned(), |(bare, _)| bare.to_owned())
    };
    let reversed = |title: &str| bare(title).chars().rev().collect::<String>();
    let mut ends: Vec<(String, usize)> = titles.iter().enumerate().map(|(at, t)| (reversed(&t.title), at)).collect();
    ends.sort_unstable();
    let mut whole: Vec<usize> = (0..titles.len()).collect();
    for (at, title) in titles.iter().enumerate() {
        if let Some(known) = title.short.as_deref().and_then(|short| by_name.get(short)).filter(|known| **known != at)
            && let Some(place) = whole.get_mut(*known)
        {
            *place = at;
        }
    }
    for (at, title) in titles.iter().enumerate() {
        let known = whole.get(at) != Some(&at) || title.number.is_some() || title.short.is_some();
        if known || lexicon.words("whole titles").any(|w| title.title.starts_with(w)) {
            continue;
        }
        let end = reversed(&title.title);
        let from = ends.partition_point(|(e, _)| *e <= end);
        // The nearest of a few before its first mention, else the first behind it.
        let first = title.spans.first().copied();
        let longer = ends.get(from..).unwrap_or_default().iter().take_while(|(e, _)| e.starts_with(&end)).take(SHORT_OF).map(|(_, other)| *other);
        let mentions: Vec<(Option<Span>, usize)> = longer.filter_map(|other| Some((titles.get(other)?.spans.first().copied(), other))).collect();
        let before = mentions.iter().filter(|(span, _)| *span < first).max();
        let chosen = before.or_else(|| mentions.iter().min());
        if let (Some((_, other)), Some(place)) = (chosen, whole.get_mut(at)) {
            *place = *other;
        }
    }
    // A short form of a short form.
    (0..whole.len()).map(|at| whole.get(whole.get(at).copied().unwrap_or(at)).copied().unwrap_or(at)).collect()
}

/// Longer titles that are looked at for a short one.
const SHORT_OF: usize = 16;

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
fn titles(text: &str, prose: &[Span], numbers: &[Citation]) -> Vec<CitedTitle> {
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
                    known.short = known.short.take().or_else(|| short_name(text, behind, piece.end));
                }
                None => {
                    let short = short_name(text, behind, piece.end);
                    index.insert(title.clone(), found.len());
                    found.push(CitedTitle { title, spans: vec![span], number: near.map(|(_, i)| *i), short });
                }
            }
        }
    }
    found
}

/// The name in a bracket behind a title: （以下简称《条例》）, （国务院令第1号，以下简称“条例”）.
fn short_name(text: &str, behind: usize, end: usize) -> Option<String> {
    let window = after(text, behind, SHORT.min(end.saturating_sub(behind)));
    // The next title is another document, unless it is this one's short name.
    let (at, word) = outline_lexicon().words("short names").filter_map(|w| Some((window.find(w)?, w))).min()?;
    let lead = window.get(..at)?;
    let name = window.get(at + word.len()..)?;
    let open = name.find(['《', '“', '"']).filter(|open| *open <= 12)?;
    let name = name.get(open..)?.chars().skip(1).take_while(|c| !matches!(c, '》' | '”' | '"')).collect::<String>();
    let name = compact(&name);
    (!lead.contains(['《', '。']) && lead.contains(['(', '（']) && !name.is_empty() && name.chars().count() <= 20).then_some(name)
}

/// Bytes behind a title in which its short name begins.
const SHORT: usize = 150;

/// The articles of laws that the text names, in the order of their first mention.
pub fn articles(text: &str, prose: &[Span]) -> Vec<Article> {
    let mut found: Vec<Article> = Vec::new();
    let mut index: BTreeMap<ArticleKey, usize> = BTreeMap::new();
    for piece in prose {
        let mut floor = 0;
        for at in memmem::find_iter(piece.of(text).as_bytes(), "第").map(|i| piece.start + i).collect::<Vec<_>>() {
            let rest = after(text, at, ARTICLE.min(piece.end - at));
            let Some((article, mut end)) = part(rest, "条").filter(|_| at >= floor) else { continue };
            let mut next = |mark| {
                let (value, length) = part(rest.get(end..)?, mark)?;
                end += length;
                Some(value)
            };
            let (paragraph, item) = (next("款"), next("项"));
            floor = at + end;
            let law = law(text, *piece, at);
            let span = Span::new(law.map_or(at, |l| l.start), at + end);
            let law = law.map(|l| compact(l.of(text)).trim_matches(['《', '》']).to_owned());
            match index.get(&(law.clone(), article, paragraph, item)).and_then(|&i| found.get_mut(i)) {
                Some(known) => known.spans.push(span),
                None => {
                    index.insert((law.clone(), article, paragraph, item), found.len());
                    found.push(Article { law, article, paragraph, item, spans: vec![span] });
                }
            }
        }
    }
    found
}

/// Law, article, paragraph, item.
type ArticleKey = (Option<String>, u32, Option<u32>, Option<u32>);

/// Bytes of an article with its paragraph and item.
const ARTICLE: usize = 90;

/// 第二十条, 第（五）项 at the start of a text: its number and its length.
fn part(text: &str, mark: &str) -> Option<(u32, usize)> {
    let rest = text.trim_start_matches(is_space).strip_prefix('第')?.trim_start_matches(is_space);
    let rest = rest.trim_start_matches(['(', '（']).trim_start_matches(is_space);
    let digits = rest.find(|c: char| !(c.is_ascii_digit() || "一二三四五六七八九十百".contains(c)))?;
    let read = quantity(rest.get(..digits)?).filter(|q| q.length == digits)?;
    let value = u32::try_from(read.value?.as_integer()?).ok().filter(|n| (1..1000).contains(n))?;
    let rest = rest.get(digits..)?.trim_start_matches(|c| is_space(c) || matches!(c, ')' | '）'));
    let rest = rest.strip_prefix(mark)?;
    Some((value, text.len() - rest.len()))
}

/// The law in front of an article: in 《》, or by one of the words for laws.
fn law(text: &str, piece: Span, at: usize) -> Option<Span> {
    let lead = before(text, at, TITLE.min(at - piece.start));
    let trimmed = lead.trim_end_matches(is_space);
    let end = at - (lead.len() - trimmed.len());
    if let Some(inner) = trimmed.strip_suffix('》') {
        return inner.rfind('《').map(|open| Span::new(at - lead.len() + open, end));
    }
    outline_lexicon().words("laws").filter(|w| trimmed.ends_with(w)).max_by_key(|w| w.len()).map(|w| Span::new(end - w.len(), end))
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
    fn each_document_once() {
        let text = "根据《中华人民共和国示例条例》（国务院令第1号，以下简称《条例》）、《示例省公开规定（试行）》和示办发〔2021〕3号，按《条例》第二十条第（一）项、条例第五十条，《公开规定》要求，出台《关于明确分工的通知》。《示例县2020年年度报告》。";
        let prose = [Span::new(0, text.len())];
        let found = citations(text, &prose, numbers(text, &prose), Some("示例县2020年年度报告"));
        let named: Vec<_> = found.iter().map(|c| (c.title.as_deref(), c.number.as_deref(), c.short_title.as_deref(), c.spans.len())).collect();
        assert_eq!(
            named,
            [
                (Some("中华人民共和国示例条例"), Some("国务院令第1号"), Some("条例"), 4),
                (Some("示例省公开规定（试行）"), None, None, 2),
                (None, Some("示办发〔2021〕3号"), None, 1),
                (Some("关于明确分工的通知"), None, None, 1),
            ]
        );
        let articles = articles(text, &[Span::new(0, text.len())]);
        let named: Vec<_> = articles.iter().map(|a| (a.law.as_deref(), a.article, a.paragraph, a.item, a.spans[0].of(text))).collect();
        assert_eq!(named, [(Some("条例"), 20, None, Some(1), "《条例》第二十条第（一）项"), (Some("条例"), 50, None, None, "条例第五十条")]);
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
