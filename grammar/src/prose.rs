//! Dates, periods and document numbers: `prose.pest` as typed values.

use pest::{Parser, iterators::Pair};

use crate::{
    line::capped,
    model::{Date, Span},
    number::{digit_value, small_number, year_number},
};

#[allow(missing_docs, clippy::all, clippy::pedantic)]
pub(crate) mod rules {
    /// The rules of `prose.pest`. They never leave this crate.
    #[derive(pest_derive::Parser)]
    #[grammar = "pest/prose.pest"]
    pub struct Grammar;
}
use rules::{Grammar, Rule};

/// No date, period or document number is longer than this many bytes.
const PIECE_CAP: usize = 160;

/// A date at the start of `text` and the bytes it takes.
#[must_use]
pub fn date(text: &str) -> Option<(Date, usize)> {
    // Most places where one is looked for hold another number.
    if text.chars().take(4).filter(|&c| digit_value(c).is_some()).count() < 4 {
        return None;
    }
    date_by_the_grammar(text)
}

fn date_by_the_grammar(text: &str) -> Option<(Date, usize)> {
    let pair = Grammar::parse(Rule::date, capped(text, PIECE_CAP)).ok()?.next()?;
    let length = pair.as_str().len();
    Some((to_date(pair.into_inner().next()?, None)?, length))
}

/// A period at the start of `text` and the bytes it takes: 自2019年1月1日起至2019年12月31日止.
#[must_use]
pub fn period(text: &str) -> Option<((Date, Date), usize)> {
    let pair = Grammar::parse(Rule::period, capped(text, PIECE_CAP)).ok()?.next()?;
    let length = pair.as_str().len();
    let mut parts = pair.into_inner();
    let first = to_date(parts.next()?, None)?;
    let last = to_date(parts.next()?, Some(first.year))?;
    (first.month.is_some() && last.month.is_some() && first <= last).then_some(((first, last), length))
}

/// A period that has lost part of a date, at the start of `text`: 自201611日起至20161231日止. Gives its length only.
#[must_use]
pub fn damaged_period(text: &str) -> Option<usize> {
    if period(text).is_some() {
        return None;
    }
    let pair = Grammar::parse(Rule::damaged_period, capped(text, PIECE_CAP)).ok()?.next()?;
    Some(pair.as_str().len())
}

/// A document number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumber {
    /// Its place, relative to the text it was looked for in.
    pub span: Span,
    /// The issuer's code: 国办公开办函.
    pub code: String,
    /// The year of issue.
    pub year: Option<i32>,
    /// The serial number as printed.
    pub serial: Option<String>,
    /// Whether a bracket, the serial or 号 is lost.
    pub damaged: bool,
}

/// Every document number of a text, in order.
///
/// Linear: an attempt is made at every opening bracket behind a code and at every 令, and reads a bounded piece.
#[must_use]
pub fn document_numbers(text: &str) -> Vec<DocumentNumber> {
    let mut found: Vec<DocumentNumber> = Vec::new();
    let bytes = text.as_bytes();
    let mut next = 0;
    while let Some(&lead) = bytes.get(next) {
        let skip = usize::from(SKIP.get(usize::from(lead)).copied().unwrap_or(1));
        if skip > 0 {
            next += skip;
            continue;
        }
        let (width, decree) = match bytes.get(next..) {
            Some([b'[' | b'(', ..]) => (1, false),
            Some([0xE4, 0xBB, 0xA4, ..]) => (3, true), // 令
            // 〔【 ［（ ﹝
            Some([0xE3, 0x80, 0x94 | 0x90, ..] | [0xEF, 0xBC, 0xBB | 0x88, ..] | [0xEF, 0xB9, 0x9D, ..]) => (3, false),
            _ => {
                next += 3;
                continue;
            }
        };
        let at = next;
        next += width;
        // A year follows every bracket of a document number: most brackets are ruled out here.
        if !decree && !starts_with_year(text.get(at + width..).unwrap_or_default()) {
            continue;
        }
        let code_end = if decree { Some(at) } else { text.get(..at).map(|lead| lead.trim_end().len()) };
        let floor = found.last().map_or(0, |n| n.span.end);
        let Some(start) = code_end.and_then(|end| code_start(text, end, floor, decree)) else { continue };
        let Some(piece) = text.get(start..) else { continue };
        if let Some(number) = document_number(piece, start) {
            found.push(number);
        }
    }
    found
}

/// For every first byte of a character its width, 0 for those of brackets and 令.
static SKIP: [u8; 256] = widths();

#[allow(clippy::indexing_slicing)] // At compile time.
const fn widths() -> [u8; 256] {
    let mut widths = [1; 256];
    let mut lead = 0xE0;
    while lead < 0xF0 {
        widths[lead] = 3;
        lead += 1;
    }
    widths[b'[' as usize] = 0;
    widths[b'(' as usize] = 0;
    widths[0xE3] = 0;
    widths[0xE4] = 0;
    widths[0xEF] = 0;
    widths
}

/// Whether a text starts with four digits, spaces aside.
fn starts_with_year(text: &str) -> bool {
    let mut rest = text.chars().skip_while(|c| matches!(c, ' ' | '\u{3000}' | '\u{A0}'));
    (0..4).all(|_| rest.next().is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)))
}

/// Where the code of a document number starts: the Han characters before its bracket, at most fourteen, without the words that
/// sentences put in front of it.
fn code_start(text: &str, end: usize, floor: usize, decree: bool) -> Option<usize> {
    let before = text.get(floor..end)?;
    let of_code = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) || (decree && (c.is_ascii_digit() || c == '号' || c == ' '));
    let (mut count, mut first) = (0, before.len());
    for (at, _) in before.char_indices().rev().take(14).take_while(|&(_, c)| of_code(c)) {
        (count, first) = (count + 1, at);
    }
    if decree {
        let names = ["国务院", "省政府", "市政府", "人民政府", "国"];
        let piece = before.get(first..).filter(|piece| !piece.is_empty())?;
        return names.iter().filter_map(|name| piece.rfind(name)).min().map(|i| floor + first + i);
    }
    (count >= 2).then_some(floor + first)
}

fn document_number(piece: &str, start: usize) -> Option<DocumentNumber> {
    let pair = Grammar::parse(Rule::document_number, capped(piece, PIECE_CAP)).ok()?.next()?;
    let printed = pair.as_str().to_owned();
    let (mut code, mut year, mut serial, mut whole) = (String::new(), None, None, true);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::code => code = part.as_str().to_owned(),
            Rule::decree => {
                for inner in part.into_inner() {
                    match inner.as_rule() {
                        Rule::issuer => code = format!("{}令", inner.as_str()),
                        _ => serial = Some(inner.as_str().to_owned()),
                    }
                }
            }
            shape => {
                whole = shape == Rule::bracketed && printed.ends_with('号');
                for inner in part.into_inner() {
                    match inner.as_rule() {
                        Rule::number_year => year = year_number(inner.as_str()),
                        Rule::serial => serial = Some(inner.as_str().to_owned()),
                        _ => {}
                    }
                }
            }
        }
    }
    // Without 号 only a bracket kind that nothing else uses tells a document number from a date in brackets.
    let bracket = printed.contains(['〔', '［', '[', '【', '﹝']);
    (whole || (year.is_some() && bracket)).then(|| DocumentNumber {
        span: Span::new(start, start + printed.len()),
        code,
        year,
        serial,
        damaged: !whole,
    })
}

fn to_date(pair: Pair<'_, Rule>, year_before: Option<i32>) -> Option<Date> {
    let (mut year, mut month, mut day) = (year_before, None, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::year => year = Some(year_number(part.as_str())?),
            Rule::month | Rule::month_digits => month = Some(small(part.as_str(), 12)?),
            Rule::day | Rule::day_digits => day = Some(small(part.as_str(), 31)?),
            _ => {}
        }
    }
    Some(Date { year: year?, month, day })
}

fn small(text: &str, most: u8) -> Option<u8> {
    small_number(text).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=most).contains(n))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_told_to_be_no_date_is_none(text in "[12０〇○零Oo二两年 -]{0,5}[年\\-./]?[1-9]{0,2}[月\\-]?[1-9]{0,2}日?") {
            prop_assert_eq!(date(&text), date_by_the_grammar(&text));
        }
    }

    fn iso(text: &str) -> Option<String> {
        date(text).map(|(d, _)| d.to_string())
    }

    #[test]
    fn dates_in_every_writing() {
        for (text, want) in [
            ("2018年1月20日", "2018-01-20"),
            ("2018-01-20", "2018-01-20"),
            ("2018.1.20", "2018-01-20"),
            ("2018/1/20", "2018-01-20"),
            ("2022-01-29 18:46:07", "2022-01-29"),
            ("二○○九年五月十二日", "2009-05-12"),
            ("二00八年九月七日", "2008-09-07"),
            ("二O一一年5月16日", "2011-05-16"),
            ("二〇一三年一月二十日", "2013-01-20"),
            ("2017- 02- 20 14: 37", "2017-02-20"),
            ("2023年1月", "2023-01"),
            ("二〇二三年", "2023"),
            ("２０１９年１月３１号", "2019-01-31"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(want), "{text}");
        }
        for text in ["2019-13-01", "20191231", "1234年", "一月", "2018年13月1日"] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn periods_in_every_writing() {
        for text in [
            "自2022年1月1日起至2022年12月31日止",
            "从2022年1月1日起至2022年12月31日止",
            "2022年1月1日至12月31日",
            "2022年1月1日-2022年12月31日",
            "2022 年 1 月 1 日—2022 年 12 月 31 日",
            "2022年1月1日～12月31日",
            "自2022年1月1日起,至2022年12月31日止",
        ] {
            let ((from, to), length) = period(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((from.to_string(), to.to_string(), length), ("2022-01-01".into(), "2022-12-31".into(), text.len()), "{text}");
        }
        for text in ["2022年至2023年", "2022年12月31日至1月1日", "自2022年1月1日起施行"] {
            assert_eq!(period(text), None, "{text}");
        }
        for text in ["自201611日起至20161231日止", "自20131月1日起至201312月31日止"] {
            assert_eq!(damaged_period(text), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn document_numbers_with_their_damage() {
        for (text, code, year, serial, damaged) in [
            ("国办公开办函〔2021〕30号", "国办公开办函", Some(2021), Some("30"), false),
            ("国办公开办函〔2021〕30 号", "国办公开办函", Some(2021), Some("30"), false),
            ("皖政办秘[2014]180号", "皖政办秘", Some(2014), Some("180"), false),
            ("湘政发【2012】33号", "湘政发", Some(2012), Some("33"), false),
            ("示办发（2018）第12、13号", "示办发", Some(2018), Some("12、13"), false),
            ("国办公开办函〔202130", "国办公开办函", Some(2021), Some("30"), true),
            ("国务院令第711号", "国务院令", None, Some("711"), false),
            ("国务院492号令", "国务院令", None, Some("492"), false),
        ] {
            let sentence = format!("（{text}）要求");
            let found = document_numbers(&sentence);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let n = &found[0];
            assert_eq!((n.code.as_str(), n.year, n.serial.as_deref(), n.damaged), (code, year, serial, damaged), "{text}");
            assert_eq!(n.span.of(&sentence), text, "{text}");
        }
        for text in ["全年公开信息（2019年）共", "受理（3）件", "共计〔〕号", "命令"] {
            assert_eq!(document_numbers(text), [], "{text}");
        }
    }
}
