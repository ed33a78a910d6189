//! The problems a report admits and the measures it promises, item by item.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};
use gongkai_grammar::{
    fold, heading_mark,
    model::{Passage, Section, Span},
    outline_lexicon, small_number, year_number,
};

use super::scan::{breaks, capped, compact, is_space, trim};

/// The problems and the measures of the section on both. `year` is that of the report: what begins with the next is promised.
pub fn issues(text: &str, sections: &[Section], year: Option<i32>) -> (Vec<Passage>, Vec<Passage>) {
    let Some(region) = region(text, sections) else { return Default::default() };
    let marks = starts(text, region);
    let turn = turn(text, region, &marks, year);
    let problems = Span::new(region.start, turn.unwrap_or(region.end));
    let measures = Span::new(turn.unwrap_or(region.end), region.end);
    let listed = |part: Span, own: fn(&str, Span) -> Vec<Span>| {
        let items = series(&marks, part);
        let items = if items.is_empty() { own(text, part) } else { items };
        items
            .into_iter()
            .map(|span| trim(text, span))
            .filter(|s| s.start < s.end)
            .map(|span| Passage { text: compact(span.of(text)), span })
            .collect()
    };
    (listed(problems, unnumbered_problems), listed(measures, sentences))
}

/// From the first heading about problems to the next part.
fn region(text: &str, sections: &[Section]) -> Option<Span> {
    let first = sections.iter().position(|s| s.kind.as_deref() == Some("problems"))?;
    let head = sections.get(first)?;
    let start = head.heading_span.map_or(head.span.start, |h| h.end);
    let inside = |s: &&Section| s.kind.as_deref() == Some("problems") || (s.level > head.level && s.level > 0);
    let end = sections.iter().skip(first).take_while(inside).last()?.span.end;
    let region = trim(text, Span::new(start.min(end), end));
    (region.start < region.end).then_some(region)
}

/// How an item is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// 一是
    Is,
    /// 第一，
    Ordinal,
    /// （一）, 1. and the like, by their level.
    Mark(u8),
}

/// Where a sentence, a clause or a line begins.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: usize,
    /// Behind the number.
    words: usize,
    number: Option<(Style, u32)>,
    /// Whether it begins a sentence or a line.
    sentence: bool,
}

/// The beginnings of a region, in order.
fn starts(text: &str, region: Span) -> Vec<Start> {
    let mut found = Vec::new();
    let mut begin = true;
    let mut sentence = true;
    for (i, c) in region.of(text).char_indices() {
        let at = region.start + i;
        if begin && !is_space(c) {
            let rest = text.get(at..region.end).unwrap_or_default();
            let (number, length) = number(rest);
            found.push(Start { at, words: at + length, number, sentence });
            (begin, sentence) = (false, false);
        }
        match c {
            '。' | '！' | '？' | '!' | '?' | '；' | ';' | '：' | ':' => (begin, sentence) = (true, true),
            '\n' => (begin, sentence) = (true, sentence || breaks(text, at, region.end)),
            '，' | ',' | ' ' | '\u{3000}' => begin = true,
            _ => {}
        }
    }
    found
}

/// The number at the head of an item, and its length.
fn number(rest: &str) -> (Option<(Style, u32)>, usize) {
    let head = capped(rest, 40);
    let digits = |text: &str| text.char_indices().find(|(_, c)| !"一二三四五六七八九十".contains(*c)).map_or(text.len(), |(at, _)| at);
    let ordinal = head.strip_prefix('第').unwrap_or(head);
    let length = digits(ordinal);
    let value = ordinal.get(..length).and_then(small_number);
    let behind = ordinal.get(length..).unwrap_or_default();
    if let Some(value) = value {
        let at = head.len() - behind.len();
        if ordinal.len() < head.len() && behind.starts_with([',', '，', '、']) {
            return (Some((Style::Ordinal, value)), at + behind.chars().next().map_or(0, char::len_utf8));
        }
        if ordinal.len() == head.len() && behind.starts_with(['是', '要']) {
            return (Some((Style::Is, value)), at + '是'.len_utf8());
        }
    }
    match heading_mark(head).filter(|mark| mark.start == 0 && mark.level() < 5) {
        Some(mark) => (mark.number.map(|n| (Style::Mark(mark.level()), n)), if mark.number.is_some() { mark.end.min(rest.len()) } else { 0 }),
        None => (None, 0),
    }
}

/// The items of the first series 1, 2 … in a part, each up to the next one.
fn series(starts: &[Start], part: Span) -> Vec<Span> {
    let inside = || starts.iter().filter(|s| part.start <= s.at && s.at < part.end);
    let mut tried: Vec<Style> = Vec::new();
    for (style, number) in inside().filter_map(|s| s.number) {
        if number != 1 || tried.contains(&style) {
            continue;
        }
        tried.push(style);
        let mut places: Vec<usize> = Vec::new();
        for start in inside() {
            let Some((_, number)) = start.number.filter(|(s, _)| *s == style) else { continue };
            let next = u32::try_from(places.len()).unwrap_or(u32::MAX) + 1;
            if number == next {
                places.push(start.at);
            } else if number == 1 && next == 2 {
                // A heading with the same number: （一）…（一）…（二）…
                places.clear();
                places.push(start.at);
            }
        }
        if places.len() > 1 {
            let ends = places.iter().skip(1).copied().chain([part.end]);
            return places.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect();
        }
    }
    Vec::new()
}

/// The lists of the lexicon that are looked for anywhere.
struct Lists {
    turns_within: Option<AhoCorasick>,
    lacks: Option<AhoCorasick>,
}

fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        let build = |list| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(outline_lexicon().words(list)).ok();
        Lists { turns_within: build("turns within"), lacks: build("lacks") }
    });
    &LISTS
}

fn has(list: &Option<AhoCorasick>, text: &str) -> bool {
    list.as_ref().is_some_and(|a| a.is_match(text))
}

/// Where the region turns from problems to measures: the first sentence that says so behind one that names a problem.
fn turn(text: &str, region: Span, starts: &[Start], year: Option<i32>) -> Option<usize> {
    let sentences: Vec<&Start> = starts.iter().filter(|s| s.sentence || s.number.is_some()).collect();
    let mut first = None;
    let mut lacking = false;
    for (i, start) in sentences.iter().enumerate() {
        let end = sentences.get(i + 1).map_or(region.end, |next| next.at);
        let words = fold(text.get(start.words.min(end)..end).unwrap_or_default());
        let promised = promises(&words, year);
        if promised && (lacking || (i == 0 && start.at == region.start)) {
            return Some(start.at);
        }
        if promised && first.is_none() {
            first = Some(start.at);
        }
        lacking |= has(&lists().lacks, &words);
    }
    first
}

/// Whether a sentence speaks of what will be done.
fn promises(words: &str, year: Option<i32>) -> bool {
    let words = words.trim_start_matches([',', '、', '.']);
    let next_year = words.get(..4).and_then(year_number).is_some_and(|y| year.is_some_and(|year| y == year + 1));
    next_year || outline_lexicon().words("turns").any(|turn| words.starts_with(turn)) || has(&lists().turns_within, words)
}

/// The sentences of a part; a heading on a line of its own is none.
fn sentences(text: &str, part: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = part.start;
    for (i, c) in part.of(text).char_indices().chain([(part.end - part.start, '。')]) {
        let at = part.start + i;
        let line = c == '\n' && breaks(text, at, part.end);
        if !(line || matches!(c, '。' | '！')) {
            continue;
        }
        let sentence = trim(text, Span::new(from, at));
        let heading = line && number(sentence.of(text)).0.is_some() && sentence.of(text).chars().count() < HEADING;
        if !heading && sentence.of(text).chars().count() > 6 {
            found.push(sentence);
        }
        from = at + if at < part.end { c.len_utf8() } else { 0 };
    }
    found
}

/// Characters of a heading.
const HEADING: usize = 24;

/// Problems without numbers: what a colon announces, the clauses of a sentence that each name one, 在甲、乙等方面, or the sentence.
fn unnumbered_problems(text: &str, part: Span) -> Vec<Span> {
    let at = |base: usize, ranges: Vec<Range<usize>>| ranges.into_iter().map(|r| Span::new(base + r.start, base + r.end)).collect::<Vec<_>>();
    let named = |s: &Span| has(&lists().lacks, &fold(s.of(text)));
    let mut found = Vec::new();
    for sentence in sentences(text, part).into_iter().filter(named) {
        let words = sentence.of(text);
        let list = words.char_indices().find(|(_, c)| matches!(c, '：' | ':')).map(|(i, c)| sentence.start + i + c.len_utf8());
        let body = Span::new(list.unwrap_or(sentence.start), sentence.end);
        let mut items = at(body.start, split(body.of(text), &['；', ';']));
        if items.len() < 2 && list.is_some() {
            items = joined(at(body.start, split(body.of(text), &['，', ','])), &named);
        }
        if items.len() < 2 {
            items = aspects(text, body);
        }
        if items.len() < 2 {
            items = vec![body];
        }
        found.extend(items);
    }
    // A sentence that only announces the list behind it is none of its items.
    if found.len() > 1 {
        found.retain(|s| !(s.of(text).chars().count() < 12 && outline_lexicon().words("list leads").any(|lead| fold(s.of(text)).contains(lead))));
    }
    found
}

/// Clauses put together so that each names a problem.
fn joined(clauses: Vec<Span>, named: &impl Fn(&Span) -> bool) -> Vec<Span> {
    let mut items: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    for clause in clauses {
        let whole = open.take().map_or(clause, |from| Span::new(from.start, clause.end));
        if named(&clause) { items.push(whole) } else { open = Some(whole) }
    }
    if let (Some(rest), Some(last)) = (open, items.last_mut()) {
        last.end = rest.end;
    }
    items
}

/// 在甲、乙、丙等方面存在不足
fn aspects(text: &str, sentence: Span) -> Vec<Span> {
    let words = sentence.of(text);
    let Some(end) = words.find("方面") else { return Vec::new() };
    let lead = words.get(..end).unwrap_or_default();
    let clause = lead.rfind(['，', ',', '。']).unwrap_or(0);
    let Some(start) = lead.get(clause..).and_then(|c| c.find('在')).map(|i| clause + i + '在'.len_utf8()) else { return Vec::new() };
    let list = lead.get(start..).unwrap_or_default().trim_end_matches('等');
    split(list, &['、']).into_iter().map(|r| Span::new(sentence.start + start + r.start, sentence.start + start + r.end)).collect()
}

/// The pieces between marks that hold a word.
fn split(text: &str, marks: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in text.match_indices(marks).map(|(at, m)| (at, m.len())).chain([(text.len(), 0)]) {
        if text.get(from..at).is_some_and(|piece| piece.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))) {
            found.push(from..at);
        }
        from = at + mark;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let sections = outline(text, Span::new(0, text.len()), &[], &[]).sections;
        let (problems, measures) = issues(text, &sections, Some(2021));
        let texts = |list: Vec<Passage>| list.into_iter().map(|p| p.text).collect();
        (texts(problems), texts(measures))
    }

    #[test]
    fn numbered_problems_and_measures() {
        let (problems, measures) = read(
            "一、总体情况\n好。\n五、存在的主要问题及改进情况\n2021年仍有不足：一是栏目更新不及\n时；二是解读不够。\n下一步，一是更新。二是培训。目前正在进行。三是考核。\n六、其他需要报告的事项\n无。\n",
        );
        assert_eq!(problems, ["一是栏目更新不及时；", "二是解读不够。"]);
        assert_eq!(measures, ["一是更新。", "二是培训。目前正在进行。", "三是考核。"]);
    }

    #[test]
    fn headings_within_the_section() {
        let (problems, measures) = read(
            "一、总体情况\n好。\n五、存在问题及改进措施\n（一）存在问题\n解读形式单一；人员不足，流动性大；渠道不畅。\n（二）改进措施\n1.加强解读。\n2.充实人员。\n六、其他需要报告的事项\n无。\n",
        );
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert_eq!(measures, ["1.加强解读。", "2.充实人员。"]);
    }

    #[test]
    fn problems_without_numbers() {
        let (problems, measures) = read(
            "一、总体情况\n好。\n五、存在的主要问题及改进情况\n我局在主动公开、政策解读、人员培训等方面还存在不足。\n2022年，我局将加强培训。同时完善制度建设。\n",
        );
        assert_eq!(problems, ["主动公开", "政策解读", "人员培训"]);
        assert_eq!(measures, ["2022年，我局将加强培训", "同时完善制度建设"]);
    }

    #[test]
    fn a_report_without_the_section_has_none() {
        assert_eq!(read("一、总体情况\n存在问题：一是甲。二是乙。"), (vec![], vec![]));
    }
}
