//! Cells: `value.pest` as typed values.

use std::ops::Range;

use pest::Parser;

use crate::{line::capped, model::Decimal};

#[allow(missing_docs, clippy::all, clippy::pedantic)]
mod rules {
    /// The rules of `value.pest`. They never leave this crate.
    #[derive(pest_derive::Parser)]
    #[grammar = "pest/value.pest"]
    pub struct Grammar;
}
use rules::{Grammar, Rule};

/// Longer cells are words.
pub const CELL_CAP: usize = 240;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// 无
    None,
    /// — - /
    Dash,
    /// 是
    Yes,
    /// 否
    No,
    /// A number, perhaps with its unit.
    Number(Number),
    /// A number and another in brackets: 3项(41笔).
    Composite(Number),
    /// Anything else.
    Text,
}

/// A number as printed in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// Whether a sign is printed.
    pub signed: bool,
    /// Whether a letter O stands for a zero.
    pub damaged: bool,
    /// Its unit, as a range of the cell.
    pub unit: Option<Range<usize>>,
}

/// Reads one cell.
#[must_use]
pub fn cell(text: &str) -> Cell {
    if let Some(cell) = plain_digits(text).or_else(|| plain_marks(text)) {
        return cell;
    }
    if text.len() > CELL_CAP {
        return if capped(text, CELL_CAP).trim().is_empty() && text.trim().is_empty() { Cell::Blank } else { Cell::Text };
    }
    by_the_grammar(text)
}

/// Most cells are a few ASCII digits; a test proves this equal to the grammar.
fn plain_digits(text: &str) -> Option<Cell> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let mut value = 0i64;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(Cell::Number(Number { value: Decimal::from(value), signed: false, damaged: false, unit: None }))
}

/// The units of the grammar.
const UNITS: [&str; 25] = [
    "万元", "亿元", "千元", "元", "人次", "人", "件次", "件", "条", "次", "篇", "个", "项", "份", "起", "宗", "笔", "场", "期", "批", "家", "处",
    "名", "册", "部",
];
/// First characters of them.
const UNIT_STARTS: &str = "万亿千元人件条次篇个项份起宗笔场期批家处名册部";

/// The commonest cells that are no digits, and words, told by how they begin; a test proves this equal to the grammar.
fn plain_marks(text: &str) -> Option<Cell> {
    match text {
        "" => return Some(Cell::Blank),
        "无" => return Some(Cell::None),
        "—" | "-" | "/" | "——" => return Some(Cell::Dash),
        _ => {}
    }
    let first = text.chars().next()?;
    if ('\u{4E00}'..='\u{9FFF}').contains(&first) && !matches!(first, '无' | '没' | '是' | '否' | '一' | '零' | '增' | '减') {
        return Some(Cell::Text);
    }
    if text.bytes().all(|byte| byte == b'-') {
        return Some(Cell::Dash);
    }
    if matches!(first, '是' | '否') {
        return match text.chars().nth(1) {
            None => Some(if first == '是' { Cell::Yes } else { Cell::No }),
            Some('/' | '／' | '\u{4E00}'..='\u{9FFF}') => Some(Cell::Text),
            Some(_) => None,
        };
    }
    if first.is_ascii_digit() || matches!(first, '+' | '-') {
        return plain_number(text);
    }
    let may_be_more = first.is_whitespace()
        || matches!(first, '０'..='９' | '+' | '＋' | '﹢' | '-' | '－' | '−' | '﹣' | 'O' | 'o' | 'Ｏ' | '〇' | '○')
        || matches!(first, '增' | '减' | '↑' | '↓' | '&')
        || matches!(first, '无' | '没' | '是' | '否' | '零' | 'N' | 'n' | '—' | '–' | '―' | '─' | '/' | '／' | '\\' | '一')
        || matches!(first, '\u{A0}' | '\u{3000}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}');
    (!may_be_more).then_some(Cell::Text)
}

/// +37, 312.46, 48236.75万元, and words that begin with a number: 1.属于…, 2019年…; `None` where only the grammar tells.
fn plain_number(text: &str) -> Option<Cell> {
    let is_digit = |c: char| c.is_ascii_digit();
    let signed = text.starts_with(['+', '-']);
    let digits = text.get(usize::from(signed)..)?;
    let whole = digits.trim_start_matches(is_digit);
    if whole.len() == digits.len() {
        return None;
    }
    let rest = whole.strip_prefix('.').filter(|fraction| fraction.starts_with(is_digit)).map_or(whole, |f| f.trim_start_matches(is_digit));
    let end = text.len() - rest.len();
    if rest.is_empty() || UNITS.contains(&rest) {
        let Some(value) = text.get(..end).and_then(|number| number.parse().ok()) else { return Some(Cell::Text) };
        return Some(Cell::Number(Number { value, signed, damaged: false, unit: (!rest.is_empty()).then_some(end..text.len()) }));
    }
    let mut behind = rest.chars();
    let words = match behind.next() {
        Some('.') => behind.next().is_some_and(|c| !is_digit(c) && !('０'..='９').contains(&c)),
        Some('、' | '_' | ':' | '-' | '%') => true,
        Some(c) => ('\u{4E00}'..='\u{9FFF}').contains(&c) && !UNIT_STARTS.contains(c),
        None => false,
    };
    words.then_some(Cell::Text)
}

fn by_the_grammar(text: &str) -> Cell {
    let Ok(mut pairs) = Grammar::parse(Rule::cell, text) else { return Cell::Text };
    let Some(kind) = pairs.next().and_then(|cell| cell.into_inner().next()) else { return Cell::Text };
    match kind.as_rule() {
        Rule::blank => Cell::Blank,
        Rule::none => Cell::None,
        Rule::dash => Cell::Dash,
        Rule::yes => Cell::Yes,
        Rule::no => Cell::No,
        Rule::composite => number(kind).map_or(Cell::Text, Cell::Composite),
        Rule::amount => number(kind).map_or(Cell::Text, Cell::Number),
        _ => Cell::Text,
    }
}

fn number(pair: pest::iterators::Pair<'_, Rule>) -> Option<Number> {
    let mut digits = String::new();
    let (mut signed, mut damaged, mut unit) = (false, false, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::unit => unit = Some(part.as_span().start()..part.as_span().end()),
            Rule::number => {
                for piece in part.into_inner() {
                    match piece.as_rule() {
                        Rule::sign => {
                            signed = true;
                            if piece.into_inner().next().is_some_and(|s| s.as_rule() == Rule::minus) {
                                digits.insert(0, '-');
                            }
                        }
                        Rule::fraction => {
                            digits.push('.');
                            push_digits(&mut digits, piece.as_str(), &mut damaged);
                        }
                        _ => push_digits(&mut digits, piece.as_str(), &mut damaged),
                    }
                }
            }
            _ => {}
        }
    }
    Some(Number { value: digits.parse().ok()?, signed, damaged, unit })
}

fn push_digits(digits: &mut String, printed: &str, damaged: &mut bool) {
    for c in printed.chars() {
        if let Some(value) = crate::number::digit_value(c).and_then(|v| char::from_digit(v, 10)) {
            *damaged |= c != '零' && !c.is_ascii_digit() && !('０'..='９').contains(&c);
            digits.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> String {
        match cell(text) {
            Cell::Number(n) | Cell::Composite(n) => n.value.to_string(),
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn numbers_in_every_writing() {
        for (text, want) in [
            ("0", "0"),
            (" 1,234 ", "1234"),
            ("１２，３４５", "12345"),
            ("1 340", "1340"),
            ("+19", "19"),
            ("－35", "-35"),
            ("-2", "-2"),
            ("增2", "2"),
            ("减少 3", "-3"),
            ("↓4", "-4"),
            ("&nbsp;5", "5"),
            ("7984.47", "7984.47"),
            ("251000元", "251000"),
            ("60 件", "60"),
            ("1O", "10"),
            ("O", "0"),
            ("零", "0"),
            ("零件", "0"),
            ("3项(41笔)", "3"),
            ("12（其中重大3）", "12"),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
        let Cell::Number(n) = cell("251000 元") else { panic!() };
        assert_eq!(n.unit, Some(7..10));
        assert!(matches!(cell("1O"), Cell::Number(n) if n.damaged));
    }

    #[test]
    fn what_is_no_number_stays_what_it_is() {
        assert_eq!(cell(""), Cell::Blank);
        assert_eq!(cell(" \u{3000}\u{200B}"), Cell::Blank);
        for blank in ["NaN", "nan", "None", " null ", "&nbsp;"] {
            assert_eq!(cell(blank), Cell::Blank, "{blank}");
        }
        assert_eq!(cell("无"), Cell::None);
        for dash in ["—", "——", "-", "/", "／", "N/A", " – "] {
            assert_eq!(cell(dash), Cell::Dash, "{dash}");
        }
        assert_eq!(cell("是"), Cell::Yes);
        assert_eq!(cell("否 "), Cell::No);
        for text in ["增减", "Nonsense", "详见附件", "零星", "零报告", "1.2.3", "2019年", "约30", "12,34", "1,2345", "12345678901234567890"]
        {
            assert_eq!(cell(text), Cell::Text, "{text}");
        }
    }

    #[test]
    fn every_unit_of_the_grammar_is_known() {
        for unit in UNITS {
            assert_eq!(by_the_grammar(&format!("12{unit}")), cell(&format!("12{unit}")), "{unit}");
            assert!(UNIT_STARTS.contains(unit.chars().next().unwrap()), "{unit}");
        }
        let grammar = include_str!("../pest/value.pest");
        let list = grammar.lines().find_map(|line| line.strip_prefix("unit = @{ ")).unwrap().trim_end_matches(" }");
        assert_eq!(list.split(" | ").map(|unit| unit.trim_matches('"')).collect::<Vec<_>>(), UNITS);
    }

    proptest! {
        #[test]
        fn plain_digits_equal_the_grammar(text in "[0-9]{1,9}") {
            prop_assert_eq!(plain_digits(&text), Some(by_the_grammar(&text)));
        }

        #[test]
        fn shortcuts_equal_the_grammar(text in "[0-9０１无没有是否一零增减↑↓—–/+\\-.,，O〇元件( )（）a。\u{200B}\u{3000}]{0,6}") {
            prop_assert_eq!(cell(&text), by_the_grammar(&text));
        }

        #[test]
        fn plain_numbers_equal_the_grammar(text in "[+-]?[0-9]{1,10}(\\.[0-9]{1,10})?[万亿千元人件次条篇个项份起宗笔场期批家处名册部年_:%、.,O0-]{0,3}") {
            prop_assert_eq!(cell(&text), by_the_grammar(&text));
        }

        #[test]
        fn any_cell_equals_the_grammar(text in "\\PC{0,40}") {
            prop_assert_eq!(cell(&text), by_the_grammar(&text));
        }
    }
}
