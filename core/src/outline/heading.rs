//! Headings: on a line of their own, with their text running on behind them, and inside a paragraph.
//!
//! The words of a heading tell its kind; its number is a hint. Which words these are is written in the form files.

use std::sync::LazyLock;

use gongkai_grammar::{model::Span, small_number};
use memchr::{memchr_iter, memchr3_iter, memmem};

use super::contents::contents;
use super::cut::{TITLE, ends_as_title, title_of};
use super::kinds::{is_row, kind_of, telling};
use super::scan::{after, before, capped, holding, is_decoration, is_han_digit, is_letter, is_space, is_stop};

/// A heading that was found.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Number and title.
    pub span: Span,
    /// 1 for parts, 2 for what stands under them.
    pub level: u8,
    /// Its number, if one is printed.
    pub number: Option<u32>,
    /// Its kind, if its words tell one.
    pub kind: Option<&'static str>,
}

/// Lines of more bytes may hold headings behind their start.
const PARAGRAPH: usize = 120;
/// Lines of more bytes may hold headings of the second level behind their start.
const DOCUMENT: usize = 2000;
/// Bytes of a line in which its number must end.
const MARK: usize = 48;
/// Bytes between two tables that are part of neither and still no place for headings of the second level.
const GAP: usize = 300;

/// Parts numbered 1、 2、 3、 that a report has at least.
const ARABIC: usize = 3;

/// Where headings are looked for.
pub struct Field<'a> {
    /// The text.
    pub text: &'a str,
    /// Its filled lines.
    pub lines: &'a [Span],
    /// The tables, sorted: their rows are numbered like headings.
    pub tables: &'a [Span],
    /// Furniture, sorted.
    pub furniture: &'a [Span],
    /// The part of the text that is searched.
    pub range: Span,
}

/// The headings of a text in order.
pub fn headings(field: &Field<'_>) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut bare: Vec<Heading> = Vec::new();
    // Where the last part begins: a table from before it has ended there. Behind the heading of the annex all is table.
    let (mut part, mut annex) = (0, false);
    let mut contents = contents(field.text, field.lines).into_iter().peekable();
    for line in field.lines {
        if contents.next_if_eq(line).is_some() || line.end <= field.range.start || line.start >= field.range.end {
            continue;
        }
        let mut line = *line;
        if let Some(chrome) = holding(field.furniture, line.start) {
            if chrome.end >= line.end {
                continue;
            }
            line.start = chrome.end;
        }
        let piece = line.of(field.text);
        let first_new = found.len();
        match own_line(field, piece, line.start, part, annex) {
            Some((heading, true)) => found.push(heading),
            Some((heading, false)) => bare.push(heading),
            None => {}
        }
        if piece.len() >= PARAGRAPH {
            let from = found.get(first_new).map_or(line.start, |h| h.span.end);
            within(field, Span::new(from, line.end), (part, annex), &mut found);
        }
        if let Some(new) = found.get(first_new..).unwrap_or_default().iter().rev().find(|h| h.level == 1) {
            (part, annex) = (new.span.start, new.kind == Some("statistics"));
        }
    }
    let mut kept = chained(found);
    // Parts numbered 1、 2、 3、 stand where no others are; elsewhere such are items of a part.
    let arabic = bare.iter().filter(|h| h.number.is_some()).count();
    if arabic < ARABIC || kept.iter().any(|h| h.level == 1) {
        bare.retain(|h| h.number.is_none());
    }
    // Words without a number are believed if they are a part that is missing among the numbered ones.
    // There are few kinds.
    let mut seen: Vec<&str> = Vec::new();
    for kind in kept.iter().filter(|h| h.level == 1).filter_map(|h| h.kind) {
        if !seen.contains(&kind) {
            seen.push(kind);
        }
    }
    bare.retain(|h| {
        h.kind.is_some_and(|k| {
            let missing = !seen.contains(&k);
            if missing {
                seen.push(k);
            }
            missing
        })
    });
    kept.extend(bare);
    kept.sort_by_key(|h| h.span);
    kept
}

/// A heading at the start of a line, and whether it is numbered.
fn own_line(field: &Field<'_>, piece: &str, at: usize, part: usize, annex: bool) -> Option<(Heading, bool)> {
    let bare = undecorated(piece);
    let at = at + (piece.len() - bare.len());
    let line = bare.trim_end_matches(is_decoration);
    let first = line.chars().next()?;
    let numbered = match first {
        '(' | '（' | '〔' | '【' | '㈠'..='㈩' | '第' => true,
        c if is_han_digit(c) => {
            let rest = line.trim_start_matches(is_han_digit);
            rest.starts_with(|c| is_space(c) || matches!(c, '、' | '．' | '.' | '，' | ',' | ')' | '）'))
        }
        c if c.is_ascii_digit() || ('０'..='９').contains(&c) => return arabic_title(field, line, at).map(|h| (h, false)),
        _ => return bare_title(field, line, at).map(|h| (h, false)),
    };
    if !numbered {
        return None;
    }
    let (level, number, mark) = mark(capped(line, MARK))?;
    if has_rule(after(line, 0, 240)) {
        return None;
    }
    let marked = line.get(..mark)?;
    let title = line.get(mark..)?;
    let table = annex || holding(field.tables, at).is_some();
    let open = matches!(first, '(' | '（' | '〔' | '【' | '㈠'..='㈩');
    let cut = title_of(title, level, true)?;
    let sure = level == 2 || marked.contains(['、', '．', '.', '章', '部']);
    if (!sure && cut.kind.is_none()) || cut.enumerated {
        return None;
    }
    let words = title.get(..cut.len)?;
    let full = line.get(..mark + cut.len)?.trim_end_matches(is_space);
    if is_row(words, full, table)
        || (table && level == 1 && (cut.kind.is_none() || !telling(words)))
        // The part on problems stands behind the last table, which may seem to reach up to it.
        || (level == 2 && cut.kind != Some("problems") && (annex || near_tables(field.tables, at, part)))
    {
        return None;
    }
    // A part whose opening bracket was never there: 二)主动公开情况.
    let level = if level == 2 && !open && cut.kind.is_some() { 0 } else { level };
    Some((Heading { span: Span::new(at, at + full.len()), level, number, kind: cut.kind }, true))
}

/// The number that a line starts with: its level, its value, and the bytes of it and the space behind it.
///
/// Hand-written; equal to `heading_mark` for the styles of the first two levels.
fn mark(line: &str) -> Option<(u8, Option<u32>, usize)> {
    let gap = |c| matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}' | '\u{200B}' | '\u{FEFF}');
    let digits =
        |text: &str, most: usize, digit: fn(char) -> bool| text.chars().take(most).take_while(|&c| digit(c)).map(char::len_utf8).sum::<usize>();
    let han = |text| digits(text, 4, is_han_digit);
    let close = [')', '）', '﹚', ']', '】', '〕'];
    let first = line.chars().next()?;
    let behind = line.get(first.len_utf8()..)?;
    let (level, number, rest) = match first {
        '第' => {
            let behind = behind.trim_start_matches(gap);
            let length = match han(behind) {
                0 => digits(behind, 3, |c| matches!(c, '0'..='9' | '０'..='９')),
                length => length,
            };
            let rest = behind.get(length..)?.trim_start_matches(gap);
            let rest = rest.strip_prefix('章').or_else(|| rest.strip_prefix("部分"))?;
            (1, behind.get(..length).filter(|n| !n.is_empty())?, rest)
        }
        '㈠'..='㈩' => return Some((2, Some(u32::from(first) - u32::from('㈠') + 1), line.len() - behind.trim_start_matches(gap).len())),
        c if is_han_digit(c) => {
            let (number, tail) = line.split_at_checked(han(line))?;
            let rest = tail.trim_start_matches(gap);
            match rest.chars().next() {
                Some(c) if close.contains(&c) => (2, number, rest.get(c.len_utf8()..)?),
                Some(c @ ('、' | '．' | '.' | '，' | ',')) => (1, number, rest.get(c.len_utf8()..)?),
                _ if rest.len() < tail.len() => (1, number, rest),
                _ => return None,
            }
        }
        '(' | '（' | '﹙' | '[' | '【' | '〔' => {
            let behind = behind.trim_start_matches(gap);
            let (number, rest) = behind.split_at_checked(han(behind)).filter(|(number, _)| !number.is_empty())?;
            (2, number, rest.trim_start_matches(gap).strip_prefix(close)?)
        }
        _ => return None,
    };
    Some((level, small_number(number), line.len() - rest.trim_start_matches(gap).len()))
}

/// Whether a piece of a line has pipes, box lines or tabs.
fn has_rule(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    memchr3_iter(b'|', b'\t', 0xE2, bytes).any(
        |at| !matches!(bytes.get(at..), Some([0xE2, second, third, ..]) if (*second, *third) != (0x94, 0x82) && (*second, *third) != (0x94, 0x83)),
    )
}

/// A line without the marks and tags that a converter put in front.
fn undecorated(piece: &str) -> &str {
    let mut line = piece.trim_start_matches(is_decoration);
    for _ in 0..4 {
        if !line.starts_with('<') {
            break;
        }
        let Some(end) = capped(line, TITLE).find('>') else { break };
        line = line.get(end + 1..).unwrap_or_default().trim_start_matches(is_decoration);
    }
    line
}

/// A title of a part that has its line to itself and no number.
fn bare_title(field: &Field<'_>, line: &str, at: usize) -> Option<Heading> {
    if !(6..=90).contains(&line.len()) || !ends_as_title(line) || holding(field.tables, at).is_some() {
        return None;
    }
    if line.chars().any(|c| is_stop(c) || c.is_ascii_digit() || matches!(c, '，' | ',' | '|' | '《' | '“'))
        || !telling(line)
        || is_row(line, line, true)
    {
        return None;
    }
    let kind = kind_of(line)?;
    Some(Heading { span: Span::new(at, at + line.len()), level: 1, number: None, kind: Some(kind) })
}

/// A title of a part behind an Arabic number: 1、总体情况.
fn arabic_title(field: &Field<'_>, line: &str, at: usize) -> Option<Heading> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let number: u32 = line.get(..line.len() - rest.len()).filter(|digits| digits.chars().count() <= 2).and_then(small_number)?;
    let title = rest.strip_prefix(['、', '．', '.'])?.trim_start_matches(is_space);
    let heading = bare_title(field, title, at + line.len() - title.len())?;
    Some(Heading { span: Span::new(at, heading.span.end), number: Some(number), ..heading })
}

/// Headings behind the start of a paragraph.
fn within(field: &Field<'_>, range: Span, (part, annex): (usize, bool), found: &mut Vec<Heading>) {
    let text = field.text;
    let piece = range.of(text);
    let mut any = range.end - range.start >= DOCUMENT;
    let first_new = found.len();
    let (mut floor, mut part, mut annex) = (range.start, part, annex);
    static COMMA: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("、"));
    static OPEN: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("（"));
    for comma in COMMA.find_iter(piece.as_bytes()).map(|i| range.start + i) {
        // Most of them stand between words.
        if !text.get(..comma).and_then(|t| t.chars().next_back()).is_some_and(|c| is_han_digit(c) || is_space(c)) {
            continue;
        }
        let lead = before(text, comma, 16);
        let bare = lead.trim_end_matches(is_space);
        let rest = bare.trim_end_matches(is_han_digit);
        let digits = bare.get(rest.len()..).unwrap_or_default();
        let start = comma - (lead.len() - rest.len());
        if digits.is_empty() || start < floor {
            continue;
        }
        let behind = after(text, comma + '、'.len_utf8(), TITLE);
        let gap = behind.len() - behind.trim_start_matches(is_space).len();
        let behind = behind.get(gap..).unwrap_or_default();
        if is_number(behind) {
            continue;
        }
        let Some(cut) = title_of(behind, 1, false).filter(|cut| !cut.enumerated) else { continue };
        let words = capped(behind, cut.len);
        let end = comma + '、'.len_utf8() + gap + words.len();
        let bounded = rest.chars().next_back().is_none_or(|c| !is_letter(c)) || holding(field.tables, start).is_some();
        // Of words that tell no kind the neighbours decide, see `chained`.
        let unknown = cut.kind.is_none() && !(digits.len() == '一'.len_utf8() && ends_as_title(words));
        if rest.ends_with('第') || !(bounded || telling(words)) || end > range.end || unknown {
            continue;
        }
        let full = text.get(start..end).unwrap_or_default();
        let table = annex || holding(field.tables, start).is_some();
        let near = annex || near_tables(field.tables, start, part);
        if is_row(words, full, near) || (table && !telling(words)) {
            continue;
        }
        floor = end;
        any |= cut.kind.is_some();
        if cut.kind.is_some() {
            (part, annex) = (start, cut.kind == Some("statistics"));
        }
        found.push(Heading { span: Span::new(start, end), level: 1, number: small_number(digits), kind: cut.kind });
    }
    if !any {
        return;
    }
    let parts: Vec<Heading> = found.get(first_new..).unwrap_or_default().to_vec();
    for at in OPEN.find_iter(piece.as_bytes()).map(|i| range.start + i) {
        second_level(field, at, ("（", "）"), range.end, &parts, found);
    }
    for at in memchr_iter(b'(', piece.as_bytes()).map(|i| range.start + i) {
        second_level(field, at, ("(", ")"), range.end, &parts, found);
    }
    if let Some(new) = found.get_mut(first_new..) {
        new.sort_by_key(|h| h.span);
    }
}

/// A heading of the second level at a bracket inside a paragraph.
fn second_level(field: &Field<'_>, at: usize, (open, close): (&str, &str), limit: usize, parts: &[Heading], found: &mut Vec<Heading>) {
    let text = field.text;
    let inner = after(text, at + open.len(), 16);
    let rest = inner.trim_start_matches(is_han_digit);
    let digits = inner.get(..inner.len() - rest.len()).unwrap_or_default();
    if digits.is_empty() || !rest.starts_with(close) {
        return;
    }
    let none = Heading { span: Span::default(), level: 1, number: None, kind: None };
    let part = parts.get(..parts.partition_point(|p| p.span.start < at)).and_then(<[Heading]>::last).unwrap_or(&none);
    if near_tables(field.tables, at, part.span.start) || part.kind == Some("statistics") {
        return;
    }
    let bounded = part.span.end == at
        || before(text, at, 4).chars().next_back().is_none_or(|c| is_space(c) || is_stop(c) || c.is_ascii_digit() || matches!(c, '”' | '）' | ')'));
    let start = at + open.len() + digits.len() + close.len();
    let behind = after(text, start, TITLE);
    if !bounded || behind.starts_with('项') || is_number(behind) {
        return;
    }
    let Some(cut) = title_of(behind, 2, false) else { return };
    if cut.len > 0 && start + cut.len <= limit {
        found.push(Heading { span: Span::new(at, start + cut.len), level: 2, number: small_number(digits), kind: cut.kind });
    }
}

/// Whether another number follows a number at once: no title does.
fn is_number(behind: &str) -> bool {
    behind.starts_with(['（', '('])
        || behind.trim_start_matches(is_han_digit).strip_prefix('、').is_some_and(|rest| rest.len() + '、'.len_utf8() < behind.len())
}

/// Whether a place is inside a table or in a short gap between two. Tables that begin before `part` have ended.
fn near_tables(tables: &[Span], at: usize, part: usize) -> bool {
    let index = tables.partition_point(|t| t.start <= at);
    let last = index.checked_sub(1).and_then(|i| tables.get(i)).filter(|t| t.start >= part);
    let next = tables.get(index);
    last.is_some_and(|t| at < t.end || (at - t.end < GAP && next.is_some_and(|n| n.start - at < GAP)))
}

/// Decides which parts are parts: known words always, unknown ones if their numbers lead from one known part to the next.
fn chained(mut found: Vec<Heading>) -> Vec<Heading> {
    let mut last: u32 = 0;
    let mut current = None;
    // The number of the next part of a known kind, looked up from behind.
    let mut ahead: Vec<Option<u32>> = vec![None; found.len()];
    let mut next = None;
    for (slot, heading) in ahead.iter_mut().zip(&found).rev() {
        *slot = next;
        if heading.level == 1 && heading.kind.is_some() {
            next = heading.number.or(next);
        }
    }
    for (heading, next) in found.iter_mut().zip(ahead) {
        let number = heading.number.unwrap_or(0);
        match (heading.level, heading.kind) {
            // 二)主动公开情况 behind 一、: the opening bracket was never there.
            (0, _) => heading.level = if last > 0 && number == last + 1 { 1 } else { 2 },
            (1, Some(kind)) if current == Some(kind) && number <= last => heading.level = 2,
            (1, None) if number == 0 || !(number == last + 1 || number == last + 2) || next.is_some_and(|n| n > last && number >= n) => {
                heading.level = 9
            }
            _ => {}
        }
        if heading.level == 1 {
            last = heading.number.unwrap_or(last + 1);
            current = heading.kind;
        }
    }
    found.retain(|h| h.level <= 2);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::scan::filled_lines;

    fn found(text: &str) -> Vec<(String, u8, Option<&'static str>)> {
        let lines = filled_lines(text);
        let field = Field { text, lines: &lines, tables: &[], furniture: &[], range: Span::new(0, text.len()) };
        headings(&field).into_iter().map(|h| (h.span.of(text).to_owned(), h.level, h.kind)).collect()
    }

    fn names(text: &str) -> Vec<String> {
        found(text).into_iter().filter(|h| h.1 == 1).map(|h| h.0).collect()
    }

    #[test]
    fn numbers_are_read_as_the_grammar_reads_them() {
        use gongkai_grammar::{NumberStyle, heading_mark};
        let pieces = [
            "第", "一", "十", "廿", "1", "２", "章", "条", "部分", "部", "节", "（", "(", "〔", "【", "）", ")", "〕", "】", "﹚", "、", "．", ".",
            "，", ",", " ", "\u{3000}", "\u{200B}", "\u{2003}", "㈠", "㈩", "甲",
        ];
        let by_the_grammar = |line: &str| {
            let mark = heading_mark(line)?;
            let level = match mark.style {
                NumberStyle::Chapter if line.get(mark.start..mark.end)?.contains(['章', '部']) => 1,
                NumberStyle::HanComma => 1,
                NumberStyle::HanBracket => 2,
                _ => return None,
            };
            Some((level, mark.number, mark.end))
        };
        let check = |line: &str| {
            if !line.starts_with(['0', '1', '２', ' ', '\u{3000}', '\u{200B}']) {
                assert_eq!(mark(line), by_the_grammar(line), "{line}");
            }
        };
        for a in ["第", "一", "十", "（", "(", "〔", "【", "㈠", "甲", ""] {
            for b in pieces {
                for c in pieces {
                    for d in ["", "一", "、", "）", "章", " 甲", "１甲"] {
                        check(&format!("{a}{b}{c}{d}"));
                    }
                }
            }
        }
        let mut seed = 1usize;
        for _ in 0..20_000 {
            let mut line = String::new();
            for _ in 0..8 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                line.push_str(pieces[(seed >> 33) % pieces.len()]);
                check(&line);
            }
        }
    }

    #[test]
    fn on_a_line_of_their_own() {
        let text = "一 、概 述\n文。\n㈠ 组织\n二)主动公开情况\n1、网站\n三．依申请公开情况\n## 四、存在问题和改进措施\n";
        let want = [("一 、概 述", 1), ("㈠ 组织", 2), ("二)主动公开情况", 1), ("三．依申请公开情况", 1), ("四、存在问题和改进措施", 1)];
        assert_eq!(found(text).iter().map(|h| (h.0.as_str(), h.1)).collect::<Vec<_>>(), want);
    }

    #[test]
    fn with_text_running_on() {
        let text = "一、总体情况 2021年，示例局做了很多工作，比较满意，也比较顺利，群众都很高兴，全年没有发生大的事情，值得庆贺。\n（一）主动公开。全年公开了许多。\n五、其他需要报告的事项：无。";
        assert_eq!(found(text).iter().map(|h| h.0.as_str()).collect::<Vec<_>>(), ["一、总体情况", "（一）主动公开", "五、其他需要报告的事项"]);
    }

    #[test]
    fn inside_one_line() {
        let filler = "甲乙丙丁".repeat(20);
        let text = format!(
            "本报告由概述、主动公开组成，{filler}。一、 概述 {filler}第二、主动。二、政府信息公开的收费及减免情况2016年{filler}。三、存在的主要问题及改进情况（一）{filler}。四、示例市情况统计表 指标"
        );
        assert_eq!(names(&text), ["一、 概述", "二、政府信息公开的收费及减免情况", "三、存在的主要问题及改进情况", "四、示例市情况统计表"]);
        assert!(names(&format!("报告包括一、概述，二、主动公开情况，三、问题和措施；{filler}")).is_empty());
    }

    #[test]
    fn unknown_parts_continue_the_numbers() {
        assert_eq!(
            names("一、总体情况\n二、工作机制\n三、主动公开情况\n四、某某管理"),
            ["一、总体情况", "二、工作机制", "三、主动公开情况", "四、某某管理"]
        );
        // 一、 and 二、 inside the first part are no parts.
        assert_eq!(names("一、总体情况\n一、加强组织\n二、加强培训\n二、主动公开情况"), ["一、总体情况", "二、主动公开情况"]);
        assert_eq!(names("五、存在问题及改进措施\n一、存在问题\n二、改进措施\n六、其他事项"), ["五、存在问题及改进措施", "六、其他事项"]);
    }

    #[test]
    fn without_a_number() {
        assert_eq!(
            names("总体情况\n文。\n主动公开政府信息情况\n文。\n存在的主要问题及改进情况"),
            ["总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况"]
        );
        assert_eq!(names("一、总体情况\n主动公开情况\n二、主动公开情况"), ["一、总体情况", "二、主动公开情况"]);
    }

    #[test]
    fn rows_of_tables_are_none() {
        assert!(names("一、本年新收政府信息公开申请数量\n60\n四、结转下年度继续办理\n三、本年度办理结果").is_empty());
    }
}
