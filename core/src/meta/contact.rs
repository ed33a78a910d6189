//! How to reach the issuer: telephone, fax, postcode, address, e-mail, web sites.
//!
//! What stands in the preamble counts most, then what stands behind the last part, then the body; of the page around the report
//! only what nothing else says.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Match, MatchKind};
use gongkai_grammar::{
    model::{Contact, Passage, Span},
    outline_lexicon,
};

use crate::outline::scan::{capped, compact, is_space};

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Phone,
    Fax,
    Postcode,
    Address,
    Email,
    Url,
}

const LISTS: [(&str, Kind); 6] = [
    ("phone labels", Kind::Phone),
    ("fax labels", Kind::Fax),
    ("postcode labels", Kind::Postcode),
    ("address labels", Kind::Address),
    ("email labels", Kind::Email),
    ("url labels", Kind::Url),
];

/// Bytes of an address.
const ADDRESS: usize = 240;
/// Bytes of any other value.
const VALUE: usize = 120;
/// Telephones that are listed.
const PHONES: usize = 8;

struct Labels {
    automaton: Option<AhoCorasick>,
    kinds: Vec<Kind>,
}

fn labels() -> &'static Labels {
    static LABELS: LazyLock<Labels> = LazyLock::new(|| {
        let words: Vec<(&str, Kind)> = LISTS.iter().flat_map(|(list, kind)| outline_lexicon().words(list).map(|w| (w, *kind))).collect();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words.iter().map(|(w, _)| *w)).ok();
        Labels { automaton, kinds: words.into_iter().map(|(_, k)| k).collect() }
    });
    &LABELS
}

/// The contact of a report. `areas` are the places to look in, the best first.
pub fn contact(text: &str, areas: &[Vec<Span>]) -> Contact {
    let mut contact = Contact::default();
    let found = hits(text, areas);
    let inside = |piece: &Span| {
        let hits = found.get(found.partition_point(|hit| hit.span.start < piece.start)..).unwrap_or_default();
        hits.get(..hits.partition_point(|hit| hit.span.end <= piece.end)).unwrap_or_default()
    };
    for (rank, area) in areas.iter().enumerate() {
        let mut found = Contact::default();
        for piece in area {
            labelled(text, *piece, inside(piece), &mut found);
            if rank == 0 {
                bare_urls(text, *piece, &mut found.urls);
            }
        }
        if contact.phones.is_empty() {
            contact.phones = found.phones;
        }
        if contact.urls.is_empty() && rank < 2 {
            contact.urls = found.urls;
        }
        contact.fax = contact.fax.or(found.fax);
        contact.postcode = contact.postcode.or(found.postcode);
        contact.address = contact.address.or(found.address);
        contact.email = contact.email.or(found.email);
    }
    contact
}

/// A label in the text.
struct Hit {
    kind: Kind,
    span: Span,
}

/// Every label of the areas, in order. The areas overlap, so they are searched as one.
fn hits(text: &str, areas: &[Vec<Span>]) -> Vec<Hit> {
    let all = || areas.iter().flatten();
    let (Some(start), Some(end)) = (all().map(|s| s.start).min(), all().map(|s| s.end).max()) else { return Vec::new() };
    let labels = labels();
    let found = labels.automaton.iter().flat_map(|a| a.find_iter(Span::new(start, end).of(text)));
    let hit = |m: Match| Some(Hit { kind: *labels.kinds.get(m.pattern().as_usize())?, span: Span::new(start + m.start(), start + m.end()) });
    found.filter_map(hit).collect()
}

/// The values behind the labels of a piece of text.
fn labelled(text: &str, piece: Span, hits: &[Hit], contact: &mut Contact) {
    let words = piece.of(text);
    let mut floor = piece.start;
    for hit in hits {
        if hit.span.start < floor {
            continue;
        }
        let mut kinds = vec![hit.kind];
        let mut at = hit.span.end - piece.start;
        // 电话/传真：
        while let Some((kind, end)) = joined(words, at).filter(|_| kinds.len() < 3) {
            kinds.push(kind);
            at = end;
        }
        let Some(from) = separated(words, at, &kinds) else { continue };
        for kind in kinds {
            let value = |end: Option<usize>| end.map(|end| passage(text, piece.start + from, piece.start + end));
            let rest = words.get(from..).unwrap_or_default();
            match kind {
                Kind::Phone => phones(text, words, piece.start, from, &mut contact.phones),
                Kind::Fax => contact.fax = contact.fax.take().or_else(|| value(phone(rest).map(|n| from + n))),
                Kind::Postcode => contact.postcode = contact.postcode.take().or_else(|| value(postcode(rest).map(|n| from + n))),
                Kind::Address => contact.address = contact.address.take().or_else(|| value(address(words, from).map(|n| from + n))),
                Kind::Email => contact.email = contact.email.take().or_else(|| value(email(rest).map(|n| from + n))),
                Kind::Url => {
                    if let Some(found) = value(url(rest).map(|n| from + n)) {
                        add(&mut contact.urls, found);
                    }
                }
            }
        }
        floor = piece.start + from;
    }
}

fn passage(text: &str, start: usize, end: usize) -> Passage {
    let span = Span::new(start, end);
    Passage { text: compact(span.of(text)), span }
}

fn add(list: &mut Vec<Passage>, found: Passage) {
    if list.len() < PHONES && list.iter().all(|p| p.text != found.text) {
        list.push(found);
    }
}

/// Another label behind / or 及.
fn joined(words: &str, at: usize) -> Option<(Kind, usize)> {
    let rest = words.get(at..)?;
    let behind = rest.trim_start_matches(is_space).strip_prefix(['/', '／', '、', '及', '和', '(', '（'])?.trim_start_matches(is_space);
    let labels = labels();
    let start = words.len() - behind.len();
    let hit = labels.automaton.as_ref()?.find(capped(behind, 24)).filter(|hit| hit.start() == 0)?;
    let end = start + hit.end();
    let close = words.get(end..).and_then(|t| t.chars().next()).filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
    Some((*labels.kinds.get(hit.pattern().as_usize())?, end + close))
}

/// Where the value behind a label begins: behind a colon or 为, or at once if it can be nothing else.
fn separated(words: &str, at: usize, kinds: &[Kind]) -> Option<usize> {
    let rest = words.get(at..)?;
    let spaces = rest.trim_start_matches(is_space);
    let marked = spaces.strip_prefix([':', '：', '为', '是']).map(|t| t.trim_start_matches(is_space));
    let open = spaces.strip_prefix(['(', '（']).filter(|t| kinds == [Kind::Url] && url(t).is_some());
    let bare = kinds.iter().all(|k| matches!(k, Kind::Phone | Kind::Fax | Kind::Postcode)) && spaces.starts_with(|c: char| c.is_ascii_digit());
    let start = marked.or(open).or_else(|| bare.then_some(spaces))?;
    Some(words.len() - start.len())
}

/// Digits of any width.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The length of a telephone number at the start of a text: (0123)4567890, 0123-4567890, 4567890.
fn phone(text: &str) -> Option<usize> {
    let (mut end, mut digits) = (0, 0);
    let mut hyphens = 0;
    for (at, c) in capped(text, VALUE).char_indices() {
        match c {
            _ if is_digit(c) => {
                digits += 1;
                end = at + c.len_utf8();
            }
            '-' | '－' | '—' | '–' | '―' | '﹣' if hyphens < 3 => hyphens += 1,
            '(' | '（' | '+' if digits == 0 => {}
            ')' | '）' if digits > 0 && digits < 6 => {}
            ' ' if digits > 0 && digits < 6 => {}
            _ => break,
        }
        if digits > 16 {
            return None;
        }
    }
    (digits >= 7).then_some(end)
}

/// The telephone numbers from `at` on, separated by 、 or /.
fn phones(text: &str, words: &str, base: usize, at: usize, found: &mut Vec<Passage>) {
    let mut at = at;
    for _ in 0..PHONES {
        let rest = words.get(at..).unwrap_or_default();
        let Some(length) = phone(rest) else { return };
        add(found, passage(text, base + at, base + at + length));
        let behind = rest.get(length..).unwrap_or_default().trim_start_matches(is_space);
        let Some(next) = behind.strip_prefix(['、', '/', '／', ',', '，', '或', ';', '；']) else { return };
        at = words.len() - next.trim_start_matches(is_space).len();
    }
}

fn postcode(text: &str) -> Option<usize> {
    let end = text.char_indices().take_while(|(_, c)| is_digit(*c)).take(7).last().map(|(at, c)| at + c.len_utf8())?;
    let digits = text.get(..end)?.chars().count();
    (digits == 6).then_some(end)
}

fn ascii_run(text: &str) -> &str {
    let text = capped(text, VALUE);
    let end = text.find(|c: char| !c.is_ascii_graphic() || matches!(c, '(' | ')' | '"' | '<' | '>' | ',' | ';' | '|')).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn email(text: &str) -> Option<usize> {
    let run = ascii_run(text).trim_end_matches(['.', ':', '/']);
    let (name, host) = run.split_once('@')?;
    (!name.is_empty() && host.contains('.')).then_some(run.len())
}

fn url(text: &str) -> Option<usize> {
    let run = ascii_run(text).trim_end_matches(['.', ':', ']']);
    let is = run.starts_with("http://") || run.starts_with("https://") || run.starts_with("www.") || run.contains(".gov.cn");
    (is && run.len() > 8).then_some(run.len())
}

/// The length of an address: up to a mark, another label or the end of the line. A line that was wrapped goes on if a mark follows soon.
fn address(words: &str, from: usize) -> Option<usize> {
    let rest = capped(words.get(from..)?, ADDRESS);
    let label = labels().automaton.as_ref().and_then(|a| a.find(rest)).map_or(rest.len(), |hit| hit.start());
    let is_mark = |c: char| matches!(c, ',' | '，' | ';' | '；' | '。' | '|' | ')' | '）');
    let mut depth = 0usize;
    let mark = rest.char_indices().find(|&(_, c)| {
        // 1号（东门）
        depth += usize::from(matches!(c, '(' | '（'));
        let closes = matches!(c, ')' | '）') && depth > 0;
        depth -= usize::from(closes);
        is_mark(c) && !closes
    });
    let mut end = mark.map_or(rest.len(), |(at, _)| at).min(label);
    if let Some(line) = rest.find('\n').filter(|&line| line < end) {
        let wrapped = rest.get(line..end).unwrap_or_default();
        let soon = mark.is_some_and(|(at, _)| at == end)
            && wrapped.chars().filter(|c| !is_space(*c)).count() <= 24
            && !wrapped.trim_start_matches('\n').starts_with('\n');
        if !soon {
            end = line;
        }
    }
    let value = rest.get(..end)?.trim_end_matches(|c: char| is_space(c) || matches!(c, '、' | '(' | '（' | ':' | '：'));
    let han = value.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
    (han >= 3).then_some(value.len())
}

/// Addresses of web sites that need no label.
fn bare_urls(text: &str, piece: Span, found: &mut Vec<Passage>) {
    let words = piece.of(text);
    let mut places: Vec<usize> = words.match_indices("http").chain(words.match_indices("www.")).map(|(at, _)| at).collect();
    places.sort_unstable();
    let mut floor = 0;
    for at in places {
        let length = url(words.get(at..).unwrap_or_default()).unwrap_or(0);
        if at >= floor && length > 0 {
            add(found, passage(text, piece.start + at, piece.start + at + length));
            floor = at + length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Contact {
        contact(text, &[vec![Span::new(0, text.len())]])
    }

    fn texts(list: &[Passage]) -> Vec<&str> {
        list.iter().map(|p| p.text.as_str()).collect()
    }

    #[test]
    fn everything_in_one_bracket() {
        let text = "电子版可在示例县政府网（www.shili.example.gov.cn）下载。如有疑问，请与示例县政府办公室联系（地址：示例县\n样本路 9 号（东门）；邮编：123456；电话：(0999)8765432、8765433；传真：0999-8765434；电子邮箱：gk@shili.example）。";
        let found = read(text);
        assert_eq!(texts(&found.urls), ["www.shili.example.gov.cn"]);
        assert_eq!(found.address.as_ref().map(|p| p.text.as_str()), Some("示例县样本路9号（东门）"));
        assert_eq!(found.postcode.as_ref().map(|p| p.text.as_str()), Some("123456"));
        assert_eq!(texts(&found.phones), ["(0999)8765432", "8765433"]);
        assert_eq!(found.fax.as_ref().map(|p| p.text.as_str()), Some("0999-8765434"));
        assert_eq!(found.email.as_ref().map(|p| p.text.as_str()), Some("gk@shili.example"));
        for passage in found.phones.iter().chain(found.fax.iter()).chain(found.address.iter()) {
            assert_eq!(compact(passage.span.of(text)), passage.text);
        }
    }

    #[test]
    fn one_number_for_two_and_one_label_a_line() {
        let found = read("电话/传真：0999-1234567\n地址：样本镇示范街1号\n样本镇人民政府\n邮编 654321");
        assert_eq!((texts(&found.phones), found.fax.unwrap().text), (vec!["0999-1234567"], "0999-1234567".to_owned()));
        assert_eq!((found.address.unwrap().text, found.postcode.unwrap().text), ("样本镇示范街1号".to_owned(), "654321".to_owned()));
    }

    #[test]
    fn words_that_announce_nothing() {
        assert_eq!(read("认真接听热线电话，公开传真和地址等信息，电话：12345，邮编：12。"), Contact::default());
    }
}
