//! Lines: `document.pest` as typed values.

use pest::Parser;

use crate::model::Span;

#[allow(missing_docs, clippy::all, clippy::pedantic)]
mod rules {
    /// The rules of `document.pest`. They never leave this crate.
    #[derive(pest_derive::Parser)]
    #[grammar = "pest/document.pest"]
    pub struct Grammar;
}
use rules::{Grammar, Rule};

/// Headings are short: no more than this many bytes of a line are looked at for a number and a title.
pub const HEADING_CAP: usize = 600;

/// What a line is, by its look alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// A rule of a table or of the page: `|---|---|`.
    Separator,
    /// With pipes or box lines.
    Piped,
    /// With tabs.
    Tabbed,
    /// With words set apart by two or more spaces.
    Spaced,
    /// Anything else.
    Text,
}

/// How a heading is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberStyle {
    /// 第一章
    Chapter,
    /// 一、 and its variants
    HanComma,
    /// （一）, ㈠, 一)
    HanBracket,
    /// 1. 1、 1.1
    Digit,
    /// （1） ① ⑴
    DigitBracket,
    /// ● --
    Bullet,
}

/// The number in front of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingMark {
    /// Its style.
    pub style: NumberStyle,
    /// Its value, if it has one up to 99.
    pub number: Option<u32>,
    /// Bytes from the line's start to the mark.
    pub start: usize,
    /// Bytes from the line's start to what follows the mark and the space behind it.
    pub end: usize,
}

impl HeadingMark {
    /// 1 for 一、 and 第一章, 2 for （一）, 3 for 1., 4 for （1） and ①, 5 for list marks (GB/T 9704).
    #[must_use]
    pub const fn level(&self) -> u8 {
        match self.style {
            NumberStyle::Chapter | NumberStyle::HanComma => 1,
            NumberStyle::HanBracket => 2,
            NumberStyle::Digit => 3,
            NumberStyle::DigitBracket => 4,
            NumberStyle::Bullet => 5,
        }
    }
}

/// The lines of a text without their ends, in order. Together with their ends they are the text.
///
/// Hand-written; equal to the rule `document` of the grammar.
pub fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.iter().position(|&b| b == b'\n' || b == b'\r').map_or(bytes.len(), |i| start + i);
        let line = Span::new(start, end);
        start = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'\r'), Some(b'\n')) => end + 2,
            (Some(_), _) => end + 1,
            (None, _) => end,
        };
        Some(line)
    })
}

/// What a line is. Hand-written; equal to the rule `kind` of the grammar.
#[must_use]
pub fn line_kind(line: &str) -> LineKind {
    // Most rows begin with a word.
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, 0xE5..=0xE9);
    if line.as_bytes().first().is_some_and(word) && line.as_bytes().contains(&b'|') {
        return LineKind::Piped;
    }
    let (mut blank, mut rules, mut tab, mut gap, mut piped) = (true, 0usize, false, false, false);
    let (mut all_rules, mut seen_word, mut spaces) = (true, false, 0usize);
    for c in line.chars() {
        // Most characters are words.
        if c.is_ascii_alphanumeric() || ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            if piped {
                return LineKind::Piped;
            }
            gap |= seen_word && spaces > 1;
            (blank, all_rules, seen_word, spaces) = (false, false, true, 0);
            continue;
        }
        piped |= is_pipe(c);
        // Pipes and nothing but marks may still be a rule.
        if piped && !all_rules {
            return LineKind::Piped;
        }
        if is_space(c) {
            spaces += 1;
            tab |= c == '\t';
            if c == ' ' {
                rules += 1;
            } else {
                all_rules = false;
            }
            continue;
        }
        blank = false;
        gap |= seen_word && spaces > 1;
        seen_word = true;
        spaces = 0;
        if is_rule_mark(c) {
            rules += 1;
        } else {
            all_rules = false;
        }
    }
    if blank {
        LineKind::Blank
    } else if all_rules && rules >= 3 {
        LineKind::Separator
    } else if piped {
        LineKind::Piped
    } else if tab {
        LineKind::Tabbed
    } else if gap {
        LineKind::Spaced
    } else {
        LineKind::Text
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}' | '\u{200B}' | '\u{FEFF}')
}

fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃' | '║')
}

fn is_rule_mark(c: char) -> bool {
    matches!(c, '-' | '=' | '_' | '+' | '|' | ':' | '*' | ' ' | '\u{2500}' | '\u{2501}' | '═' | '┄' | '—' | '＝')
        || matches!(
            c,
            '┌' | '┐'
                | '└'
                | '┘'
                | '├'
                | '┤'
                | '┬'
                | '┴'
                | '┼'
                | '╔'
                | '╗'
                | '╚'
                | '╝'
                | '╠'
                | '╣'
                | '╦'
                | '╩'
                | '╬'
                | '│'
                | '┃'
                | '║'
        )
}

/// The number a line starts with, if it could be a heading.
#[must_use]
pub fn heading_mark(line: &str) -> Option<HeadingMark> {
    let first = line.chars().find(|&c| !is_space(c))?;
    if !may_start_a_mark(first) {
        return None;
    }
    plain_mark(line).unwrap_or_else(|| mark_by_the_grammar(line))
}

/// Most numbered lines begin with 一、 or （一）, and most of the others with a year or with words; `None` where only the grammar tells. A test
/// proves this equal to the grammar.
fn plain_mark(line: &str) -> Option<Option<HeadingMark>> {
    let is_han_digit = |c: char| "一二三四五六七八九十廿".contains(c);
    let is_word = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) && !is_han_digit(c);
    let open = line.starts_with(['（', '(']);
    let inner = if open { line.get(line.chars().next()?.len_utf8()..)? } else { line };
    let rest = inner.trim_start_matches(is_han_digit);
    let number = inner.get(..inner.len() - rest.len())?;
    if number.is_empty() {
        // 2024年…
        let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
        return (!open && behind.len() < line.len() && behind.starts_with(is_word)).then_some(None);
    }
    let close = rest.chars().next()?;
    let behind = rest.get(close.len_utf8()..)?;
    let style = match close {
        '、' if !open => NumberStyle::HanComma,
        '）' | ')' if open => NumberStyle::HanBracket,
        c if !open && is_word(c) => return Some(None),
        _ => return None,
    };
    if number.len() > MAX_HAN_NUMBER || !behind.starts_with(is_word) {
        return None;
    }
    Some(Some(HeadingMark { style, number: crate::number::small_number(number), start: 0, end: line.len() - behind.len() }))
}

/// Bytes of four Chinese numerals, the most that a number has.
const MAX_HAN_NUMBER: usize = 12;

fn mark_by_the_grammar(line: &str) -> Option<HeadingMark> {
    let pairs = Grammar::parse(Rule::heading, capped(line, HEADING_CAP)).ok()?;
    let heading = pairs.into_iter().next()?;
    let (mut mark, mut end) = (None, None);
    for part in heading.into_inner() {
        match part.as_rule() {
            Rule::mark => mark = part.into_inner().next(),
            Rule::rest => end = Some(part.as_span().start()),
            _ => {}
        }
    }
    let mark = mark?;
    let style = match mark.as_rule() {
        Rule::chapter => NumberStyle::Chapter,
        Rule::han_comma | Rule::han_space => NumberStyle::HanComma,
        Rule::han_bracket | Rule::han_close | Rule::enclosed => NumberStyle::HanBracket,
        Rule::digit_mark | Rule::section_digits => NumberStyle::Digit,
        Rule::digit_bracket | Rule::circled => NumberStyle::DigitBracket,
        _ => NumberStyle::Bullet,
    };
    let start = mark.as_span().start();
    let number = match mark.as_rule() {
        Rule::enclosed => mark.as_str().chars().next().map(|c| u32::from(c) - u32::from('㈠') + 1),
        Rule::circled => mark.as_str().chars().next().map(circled_number),
        _ => mark.into_inner().next().and_then(|n| crate::number::small_number(n.as_str())),
    };
    Some(HeadingMark { style, number, start, end: end? })
}

fn circled_number(c: char) -> u32 {
    let c = u32::from(c);
    if c >= u32::from('⑴') { c - u32::from('⑴') + 1 } else { c - u32::from('①') + 1 }
}

fn may_start_a_mark(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿' | '第')
        || matches!(c, '(' | '（' | '﹙' | '[' | '【' | '〔' | '㈠'..='㈩' | '①'..='⑳' | '⑴'..='⒇' | '●' | '■' | '◆' | '★' | '•' | '·' | '-' | '—')
}

/// The longest start of a text of at most `cap` bytes.
pub(crate) fn capped(text: &str, cap: usize) -> &str {
    let mut end = cap.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines_by_the_grammar(text: &str) -> Vec<String> {
        let document = Grammar::parse(Rule::document, text).unwrap().next().unwrap();
        document.into_inner().filter(|p| p.as_rule() == Rule::line).map(|p| p.as_str().to_owned()).collect()
    }

    fn kind_by_the_grammar(line: &str) -> LineKind {
        let kind = Grammar::parse(Rule::kind, line).unwrap().next().unwrap().into_inner().next().unwrap();
        match kind.as_rule() {
            Rule::blank => LineKind::Blank,
            Rule::separator => LineKind::Separator,
            Rule::piped => LineKind::Piped,
            Rule::tabbed => LineKind::Tabbed,
            Rule::spaced => LineKind::Spaced,
            _ => LineKind::Text,
        }
    }

    const ALPHABET: &str = "[a一1 \\t\u{3000}|│\\-=:—┼\\n\\r。]{0,24}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_hand_written_splitter_equals_the_grammar(text in ALPHABET) {
            let whole = lines_by_the_grammar(&text);
            prop_assert_eq!(whole.concat(), text.clone(), "the lines of a text, concatenated, are the text");
            let bodies: Vec<&str> = whole.iter().map(|l| l.trim_end_matches(['\n', '\r'])).collect();
            let ours: Vec<&str> = lines(&text).map(|s| s.of(&text)).collect();
            prop_assert_eq!(ours, bodies);
        }

        #[test]
        fn the_hand_written_line_kind_equals_the_grammar(line in "[a一甲1 \\t\u{3000}|│\\-=:—┼。]{0,16}") {
            prop_assert_eq!(line_kind(&line), kind_by_the_grammar(&line), "{:?}", line);
        }

        #[test]
        fn plain_marks_equal_the_grammar(line in "[（(]?[一二十廿2第年甲]{0,6}[、）)章.年甲 ]{0,2}[一甲 、(]{0,2}") {
            prop_assert_eq!(heading_mark(&line), mark_by_the_grammar(&line), "{:?}", line);
        }

        #[test]
        fn any_line_has_a_kind(line in "[^\\n\\r]{0,40}") {
            prop_assert_eq!(line_kind(&line), kind_by_the_grammar(&line), "{:?}", line);
        }
    }

    #[test]
    fn heading_numbers_in_every_style() {
        let cases = [
            ("一、总体情况", 1, 1),
            ("二 、概 述", 1, 2),
            ("十二．其他", 1, 12),
            ("三 概述", 1, 3),
            ("第四章 附则", 1, 4),
            ("（五）监督保障", 2, 5),
            ("(一) 提升", 2, 1),
            ("㈡主动公开", 2, 2),
            ("二)主动公开", 2, 2),
            ("1．加强", 3, 1),
            ("２、完善", 3, 2),
            ("1.1 目标", 3, 1),
            ("（3）推进", 4, 3),
            ("④政府", 4, 4),
            ("⑵政府", 4, 2),
        ];
        for (line, level, number) in cases {
            let mark = heading_mark(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((mark.level(), mark.number), (level, Some(number)), "{line}");
        }
        assert_eq!(heading_mark("● 要点").map(|m| m.level()), Some(5));
        for line in ["2019年，我市", "一是加强", "总体情况", "", "12345热线", "3.5万条"] {
            assert!(heading_mark(line).is_none_or(|m| line == "3.5万条" && m.number == Some(3)), "{line}");
        }
    }
}
