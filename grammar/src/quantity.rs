//! Quantities of running text: `prose.pest` as typed values.

use pest::{Parser, iterators::Pair};

use crate::{
    line::capped,
    model::Decimal,
    number::digit_value,
    prose::rules::{Grammar, Rule},
};

/// No quantity is longer than this many bytes.
const QUANTITY_CAP: usize = 96;

/// A number of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Bytes it takes.
    pub length: usize,
    /// Its value, 万 and 亿 multiplied out; `None` if it has more than eighteen digits or is no well-formed numeral.
    pub value: Option<Decimal>,
    /// Whether more than the number is meant: 余, 多.
    pub more: bool,
    /// Whether it is printed as 百分之….
    pub percent: bool,
    /// Whether it is printed in Chinese numerals alone.
    pub han: bool,
}

/// The quantity at the start of a folded text, as ASCII digits and simplified characters. Its unit is not part of it.
#[must_use]
pub fn quantity(text: &str) -> Option<Quantity> {
    plain_digits(text).or_else(|| plain_numeral(text)).or_else(|| by_the_grammar(text))
}

/// Most quantities are a few digits, or a percentage with a fraction; a test proves this equal to the grammar.
fn plain_digits(text: &str) -> Option<Quantity> {
    let bytes = text.as_bytes();
    let count = |from: usize| bytes.get(from..).unwrap_or_default().iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let whole = count(0);
    let fraction = if bytes.get(whole) == Some(&b'.') { count(whole + 1) } else { 0 };
    let length = whole + if fraction > 0 { 1 + fraction } else { 0 };
    // Long numbers, 1,234, 1 234, 12余, 12万: the grammar tells.
    let number = |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_digit() || !byte.is_ascii());
    let goes_on = match bytes.get(length..)? {
        [b',' | b' ', a, b, c, ..] => whole <= 3 && fraction == 0 && number(&[*a, *b, *c]),
        [b'.', digit, ..] => fraction == 0 && !digit.is_ascii(),
        rest => {
            rest.first().is_some_and(|byte| !byte.is_ascii())
                && text.get(length..)?.starts_with(|c| "余多几万亿千百十０１２３４５６７８９".contains(c))
        }
    };
    if whole == 0 || whole > 9 || fraction > 8 || goes_on {
        return None;
    }
    Some(Quantity { length, value: text.get(..length)?.parse().ok(), more: false, percent: false, han: false })
}

/// One Chinese numeral that no other follows; a test proves this equal to the grammar.
fn plain_numeral(text: &str) -> Option<Quantity> {
    let mut chars = text.chars();
    let numeral = chars.next().filter(|c| NUMERALS.contains(*c))?;
    let goes_on = |c| NUMERALS.contains(c) || "余多几".contains(c) || (numeral == '百' && c == '分');
    let length = numeral.len_utf8();
    (!chars.next().is_some_and(goes_on)).then(|| Quantity {
        length,
        value: text.get(..length).and_then(han_value).map(Decimal::from),
        more: false,
        percent: false,
        han: true,
    })
}

/// The numerals of the grammar.
const NUMERALS: &str = "一二三四五六七八九十百千万亿两零〇";

fn by_the_grammar(text: &str) -> Option<Quantity> {
    let pair = Grammar::parse(Rule::quantity, capped(text, QUANTITY_CAP)).ok()?.next()?;
    let length = pair.as_str().len();
    let mut shape = pair.into_inner().next()?;
    let percent = shape.as_rule() == Rule::percent_han;
    if percent {
        shape = shape.into_inner().next()?;
    }
    let han = shape.as_rule() == Rule::in_han;
    let mut sum = Sum::default();
    sum.add(shape);
    Some(Quantity { length, value: sum.value(), more: sum.more, percent, han })
}

/// The terms of a number: 1亿2000万.
#[derive(Default)]
struct Sum {
    total: Option<Decimal>,
    term: Option<Decimal>,
    more: bool,
    bad: bool,
}

impl Sum {
    fn add(&mut self, pair: Pair<'_, Rule>) {
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::term => {
                    self.add(part);
                    self.close();
                }
                Rule::amount => {
                    let digits: String = part.as_str().chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
                    self.term = digits.parse().ok();
                    self.bad |= self.term.is_none();
                }
                Rule::han_numeral => {
                    self.term = han_value(part.as_str()).map(Decimal::from);
                    self.bad |= self.term.is_none();
                }
                Rule::more => self.more = true,
                Rule::scale => {
                    let power = part.as_str().chars().map(|c| power(c).unwrap_or(0)).sum();
                    self.term = self.term.and_then(|t| t.shifted(power));
                    self.bad |= self.term.is_none();
                }
                _ => {}
            }
        }
    }

    fn close(&mut self) {
        if let Some(term) = self.term.take() {
            self.total = match self.total {
                Some(total) => total.checked_add(term),
                None => Some(term),
            };
            self.bad |= self.total.is_none();
        }
    }

    fn value(&mut self) -> Option<Decimal> {
        self.close();
        self.total.filter(|_| !self.bad)
    }
}

/// The power of ten of 十, 百, 千, 万, 亿.
const fn power(c: char) -> Option<u8> {
    match c {
        '十' => Some(1),
        '百' => Some(2),
        '千' => Some(3),
        '万' => Some(4),
        '亿' => Some(8),
        _ => None,
    }
}

/// The value of 三百二十, 两千零五, 十二万, 百; `None` for digits in a row (一二三), which name and do not count.
fn han_value(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0i64, 0i64, None);
    let mut last_power = 0;
    for c in text.chars() {
        let Some(power) = power(c) else {
            let value = if c == '两' { 2 } else { i64::from(digit_value(c)?) };
            if value == 0 && digit.is_none() {
                last_power = 0;
                continue;
            }
            if digit.replace(value).is_some() {
                return None;
            }
            continue;
        };
        let factor = 10i64.checked_pow(u32::from(power))?;
        if power >= 4 {
            let part = section + digit.take().unwrap_or(0);
            // 万 counts its own section, 亿 all before it.
            let (before, counted) = if power == 8 { (0, total + part) } else { (total, part) };
            total = counted.max(i64::from(total == 0)).checked_mul(factor)?.checked_add(before)?;
            section = 0;
        } else {
            section += digit.take().unwrap_or(1) * factor;
        }
        last_power = power;
    }
    // 一百二 is 120.
    let rest = digit.map_or(0, |d| if last_power >= 2 { d * 10i64.pow(u32::from(last_power) - 1) } else { d });
    let zero = text.chars().all(|c| digit_value(c) == Some(0));
    (zero || total + section + rest > 0).then_some(total + section + rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quantities_in_every_writing() {
        for (text, value, more) in [
            ("12", "12", false),
            ("1,234,567", "1234567", false),
            ("1 340", "1340", false),
            ("454.8万", "4548000", false),
            ("6389余", "6389", true),
            ("10余万", "100000", true),
            ("1.2万余", "12000", true),
            ("3千多", "3000", true),
            ("1亿2000万", "120000000", false),
            ("三", "3", false),
            ("十五", "15", false),
            ("二十", "20", false),
            ("两百零五", "205", false),
            ("一百二", "120", false),
            ("三千余", "3000", true),
            ("百余", "100", true),
            ("三百余万", "3000000", true),
            ("一亿二千万", "120000000", false),
            ("零", "0", false),
        ] {
            let read = quantity(&format!("{text}件")).unwrap();
            assert_eq!((read.value.map(|v| v.to_string()).as_deref(), read.more, read.length), (Some(value), more, text.len()), "{text}");
        }
        let percent = quantity("百分之九十五以上").unwrap();
        assert_eq!((percent.value, percent.percent, percent.length), (Some(Decimal::from(95)), true, 18));
        assert_eq!(quantity("一二三四五件").unwrap().value, None);
        assert_eq!(quantity("12345678901234567890件").unwrap().value, None);
        assert_eq!(quantity("件"), None);
    }

    proptest! {
        #[test]
        fn fractions_equal_the_grammar(text in "[0-9]{1,10}\\.[0-9]{1,10}[件余万%,. 一１]{0,2}[0-9]{0,3}") {
            prop_assert_eq!(quantity(&text), by_the_grammar(&text));
        }

        #[test]
        fn plain_digits_equal_the_grammar(text in "[0-9]{1,10}[件余万,. 一１]{0,2}[0-9１]{0,4}[件,. 万]?") {
            prop_assert_eq!(quantity(&text), by_the_grammar(&text));
        }

        #[test]
        fn plain_numerals_equal_the_grammar(text in "[一二九十百千万亿两零〇1]{0,2}[余多几分之件一1 ]{0,3}") {
            prop_assert_eq!(quantity(&text), by_the_grammar(&text));
        }
    }
}
