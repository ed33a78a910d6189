//! The quantities of a sentence: number, unit, and what makes it approximate.

use std::ops::Range;

use gongkai_grammar::{
    model::{Approximation, Value},
    quantity,
};

use super::{
    lexicon::{NUMERALS, Words, words},
    names::names,
};
use crate::outline::scan::han;

/// A quantity of a sentence. Places count bytes of the sentence as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// With its unit and the word that makes it approximate.
    pub place: Range<usize>,
    /// The number; `None` if it has too many digits, is a range, or may be cut by a line break.
    pub value: Option<Value>,
    pub unit: Option<&'static str>,
    pub approximation: Option<Approximation>,
}

/// The quantities of a sentence, in order. `quotes` says whether it has quotation or title marks.
pub fn amounts(text: &str, quotes: bool) -> Vec<Amount> {
    let words = words();
    let names = if quotes { names(text) } else { Vec::new() };
    let mut found: Vec<Amount> = Vec::new();
    let mut next = 0;
    let mut names = names.into_iter().peekable();
    while let Some(at) = first_number(words, text, next) {
        while names.peek().is_some_and(|name| name.end <= at) {
            names.next();
        }
        if let Some(name) = names.peek().filter(|name| name.start <= at) {
            next = name.end;
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        if let Some(phrase) = (!digits).then(|| words.phrases.at(rest)).flatten() {
            next = at + phrase.len();
            continue;
        }
        match amount(words, text, at, found.last().map_or(0, |a| a.place.end)) {
            Ok(amount) => {
                next = amount.place.end;
                found.push(amount);
            }
            Err(end) => next = end.max(at + 1),
        }
        while !text.is_char_boundary(next) {
            next += 1;
        }
    }
    if found.iter().all(|a| a.unit.is_some()) {
        return found;
    }
    let shared = behind_sharing(words, text);
    let is_shared = |a: &Amount| shared.is_some_and(|end| end <= a.place.start);
    share_units(text, &mut found, is_shared);
    found.retain(|a| a.unit.is_some() || !is_shared(a) && stands_alone(words, text, a));
    found
}

/// Whether two units count the same: 件 and 件次.
pub fn alike(a: Option<&str>, b: Option<&str>) -> bool {
    let base = |unit: &'_ str| if words().alike.contains(&unit) { unit.len() - '次'.len_utf8() } else { unit.len() };
    a == b || a.zip(b).is_some_and(|(a, b)| a.get(..base(a)) == b.get(..base(b)))
}

/// Where the next number begins, at `from` or behind it.
fn first_number(words: &Words, text: &str, from: usize) -> Option<usize> {
    let mut rest = text.as_bytes().get(from..)?;
    loop {
        match *rest {
            [b'0'..=b'9', ..] => return Some(text.len() - rest.len()),
            [lead @ 0xE4..=0xE9, second, third, ref tail @ ..] => {
                if words.numerals.holds(han(lead, second, third)) {
                    return Some(text.len() - rest.len());
                }
                rest = tail;
            }
            // Numerals begin with none of the other bytes, so that these may be passed one by one.
            [_, ref tail @ ..] => rest = tail,
            [] => return None,
        }
    }
}

/// The quantity at `at`, or where to look on. `floor` is the end of the quantity before.
fn amount(words: &Words, text: &str, at: usize, floor: usize) -> Result<Amount, usize> {
    let rest = text.get(at..).unwrap_or_default();
    let Some(mut read) = quantity(rest) else { return Err(at + 1) };
    let (mut start, mut end) = (at, at + read.length);
    let lead = text.get(floor..at).unwrap_or_default();
    let mut uncertain = false;
    // 12⏎34件: one number that was wrapped, or two.
    if lead.ends_with('\n') || rest.get(read.length..).is_some_and(|r| r.starts_with('\n')) {
        uncertain = lead.ends_with('\n');
        if !uncertain {
            return Err(end);
        }
    }
    if is_order(words, lead, read.han) || is_order_again(lead, rest.get(read.length..).unwrap_or_default()) {
        return range(words, text, at, end, floor).ok_or(end);
    }
    // 1.2次培训 at the head of a paragraph: a number of a list, then a quantity.
    let unit_at = |end: usize| text.get(end..).and_then(|rest| words.units.at(rest));
    let mut unit = if read.percent { Some("%") } else { unit_at(end) };
    if let (Some(word), Some((_, fraction))) = (unit, rest.get(..read.length).and_then(|r| r.split_once('.')))
        && floor == 0
        && lead.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && words.whole_units.contains(&word)
        && let Some(second) = quantity(rest.get(read.length - fraction.len()..).unwrap_or_default())
    {
        start = end - fraction.len();
        read = second;
    }
    if unit.is_some_and(|unit| words.no_counts.contains(&unit)) || (read.han && !counts(words, text, at, end, unit)) {
        return Err(end);
    }
    if !read.percent {
        end += unit.map_or(0, str::len);
    }
    if rest.get(read.length..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return Err(end);
    }
    if let Some(range) = range_behind(words, text, start, end) {
        return Ok(range);
    }
    let mut approximation = read.more.then_some(Approximation::Over);
    let lead = text.get(floor..start).unwrap_or_default();
    if words.not_before.at(lead).is_none() {
        let before = [
            (words.under_before.at(lead), Approximation::Under),
            (words.over_before.at(lead), Approximation::Over),
            (words.about_before.at(lead), Approximation::About),
        ];
        if let Some((word, kind)) = before.into_iter().filter_map(|(word, kind)| Some((word?, kind))).max_by_key(|(word, _)| word.len()) {
            start -= word.len();
            approximation = approximation.or(Some(kind));
        }
    }
    let behind = text.get(end..).unwrap_or_default();
    let after = [
        (words.over_after.at(behind), Approximation::Over),
        (words.about_after.at(behind), Approximation::About),
        (words.under_after.at(behind), Approximation::Under),
    ];
    if let Some((word, kind)) = after.into_iter().find_map(|(word, kind)| Some((word?, kind))) {
        end += word.len();
        approximation = approximation.or(Some(kind));
    }
    if unit.is_none() && read.han {
        return Err(end);
    }
    unit = unit.map(|unit| if unit == "个份" { "份" } else { unit });
    let value = read.value.filter(|_| !uncertain).map(|v| match v.as_integer() {
        Some(whole) if v.scale() == 0 => Value::Count(whole),
        _ => Value::Amount(v),
    });
    Ok(Amount { place: start..end, value, unit, approximation })
}

/// Whether what stands before a number makes it an order, a name or a part of another number.
fn is_order(words: &Words, lead: &str, han: bool) -> bool {
    if han {
        return words.numeral_before.at(lead).is_some() || lead.ends_with(|c: char| c.is_ascii_digit());
    }
    // 第2、3次
    let run = lead.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '、' | '和' | '至'));
    // 12:30 is a time, 新收申请:42件 a number behind its name.
    let name = lead.trim_end_matches(':');
    let is_part = |word: &str| word != ":" || name.is_empty() || name.ends_with(|c: char| c.is_ascii_digit());
    lead.ends_with(|c: char| c.is_ascii_alphanumeric())
        || words.order_before.at(lead).is_some_and(is_part)
        || (run.len() < lead.len() && run.ends_with('第'))
}

/// Whether an order goes on with the number between `lead` and `behind`: 第三十一条、三十二条和三十三条.
fn is_order_again(lead: &str, behind: &str) -> bool {
    let Some(unit) = behind.chars().next().filter(|c| matches!(c, '条' | '款' | '项' | '章' | '节')) else { return false };
    let mut rest = lead;
    while let Some(before) = rest.strip_suffix(['、', '和', '及', '与', '或', '至', '-']) {
        let number = before.strip_suffix(unit).unwrap_or(before);
        rest = number.trim_end_matches(|c: char| c.is_ascii_digit() || NUMERALS.contains(c));
        if rest.len() == number.len() {
            return false;
        }
        if rest.ends_with('第') {
            return true;
        }
    }
    false
}

/// Whether a Chinese numeral counts: with a unit, and if it is 一 with a unit of which one is counted.
fn counts(words: &Words, text: &str, at: usize, end: usize, unit: Option<&str>) -> bool {
    let numeral = text.get(at..end).unwrap_or_default();
    match unit {
        Some(unit) if numeral == "一" => {
            let behind = text.get(end + unit.len()..).unwrap_or_default();
            // 一次、一件 alone are adverbs and parts of set phrases; counted things are named, or end the clause behind a verb.
            words.units_of_one.contains(&unit) && !behind.starts_with(|c: char| "性就办告申审次件条事".contains(c))
        }
        Some(_) => true,
        None => text.get(at..end).is_some_and(|t| t.starts_with("百分之")),
    }
}

/// 3-5件, where the first number has been passed over: a range has no single value.
fn range(words: &Words, text: &str, at: usize, end: usize, floor: usize) -> Option<Amount> {
    let lead = text.get(floor..at)?;
    let before = lead.strip_suffix(['-', '~'])?;
    let first = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let unit = words.units.at(text.get(end..)?)?;
    let start = floor + before.len() - first;
    let bound = text.get(..start)?.chars().next_back();
    ((1..=3).contains(&first) && !bound.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '~' | '第' | '.' | '/'))).then(|| Amount {
        place: start..end + unit.len(),
        value: None,
        unit: Some(unit),
        approximation: None,
    })
}

/// 3件至5件, 3至5件, 5%-10%: from the first number on.
fn range_behind(words: &Words, text: &str, start: usize, end: usize) -> Option<Amount> {
    let behind = text.get(end..)?.strip_prefix(['-', '~', '至', '到'])?;
    let from = text.len() - behind.len();
    let second = quantity(behind)?;
    let unit_at = from + second.length;
    let unit = words.units.at(text.get(unit_at..)?)?;
    Some(Amount { place: start..unit_at + unit.len(), value: None, unit: Some(unit), approximation: None })
}

/// Gives the numbers of 分别为12、34、56件 the unit of the last.
fn share_units(text: &str, found: &mut [Amount], is_shared: impl Fn(&Amount) -> bool) {
    for i in (1..found.len()).rev() {
        let Some([first, second]) = found.get_mut(i - 1..=i) else { continue };
        let between = text.get(first.place.end..second.place.start).unwrap_or_default();
        if first.unit.is_none() && second.unit.is_some() && matches!(between, "、" | "," | "和" | "及" | "与") && is_shared(first) {
            first.unit = second.unit;
        }
    }
}

/// Behind the first word for sharing in a sentence: numbers from there on share their unit.
fn behind_sharing(words: &Words, text: &str) -> Option<usize> {
    words.shared.iter().filter_map(|word| word.find(text.as_bytes()).map(|at| at + word.needle().len())).min()
}

/// Whether a number without a unit counts: 粉丝数54373.
fn stands_alone(words: &Words, text: &str, amount: &Amount) -> bool {
    let behind = text.get(amount.place.end..).unwrap_or_default();
    let ends = behind.chars().next().is_none_or(|c| matches!(c, ',' | '。' | ';' | ')' | '!' | '、') || c == '(');
    let mut lead = text.get(..amount.place.start).unwrap_or_default();
    let zero = amount.value == Some(Value::Count(0)) && lead.ends_with('为');
    for _ in 0..2 {
        lead = words.number_links.at(lead).map_or(lead, |link| lead.strip_suffix(link).unwrap_or(lead));
    }
    ends && (zero || words.number_words.at(lead).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Raw text, value and unit of every quantity.
    fn read(text: &str) -> Vec<String> {
        let word = |a: &Amount| match a.approximation {
            None => "",
            Some(Approximation::Over) => ">",
            Some(Approximation::About) => "~",
            Some(Approximation::Under) => "<",
        };
        let value = |a: &Amount| a.value.map_or_else(|| "?".to_owned(), |v| v.to_string());
        amounts(text, true).iter().map(|a| format!("{} {}{} {}", &text[a.place.clone()], word(a), value(a), a.unit.unwrap_or("-"))).collect()
    }

    #[test]
    fn quantities_with_their_units() {
        for (text, want) in [
            ("公开6389余条", vec!["6389余条 >6389 条"]),
            ("阅读量约119440人次;推送量454.8万次", vec!["约119440人次 ~119440 人次", "454.8万次 4548000 次"]),
            ("占比90%以上,近千人参加", vec!["90%以上 >90 %", "近千人 ~1000 人"]),
            ("收费12.50万元,不足百分之五", vec!["12.50万元 125000 元", "不足百分之五 <5 %"]),
            ("粉丝数54373。编号54373", vec!["54373 54373 -"]),
            ("收到申请一件,召开两次会议,共十五项", vec!["一件 1 件", "两次 2 次", "十五项 15 项"]),
            ("分别为12、34和56件", vec!["12 12 件", "34 34 件", "56件 56 件"]),
            ("办理3-5件,5%-10%", vec!["3-5件 ? 件", "5%-10% ? %"]),
            ("由11天压缩到1天", vec!["11天 11 天", "1天 1 天"]),
            ("1.2次培训", vec!["2次 2 次"]),
            ("共12\n34件", vec!["34件 ? 件"]),
            ("收到行政复议,均为0。", vec!["0 0 -"]),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn units_that_count_the_same() {
        for (a, b, same) in [("件", "件次", true), ("件次", "件次", true), ("人", "人次", false), ("条", "件", false)] {
            assert_eq!((alike(Some(a), Some(b)), alike(Some(b), Some(a))), (same, same), "{a} {b}");
        }
        assert!(alike(None, None) && !alike(None, Some("件")));
    }

    #[test]
    fn numbers_that_count_nothing() {
        for text in [
            "2017年12月31日至2018年1月3日",
            "第12次会议、第3、4期,第二十条第(五)项",
            "依据第三十一条、三十二条和三十三条,第36条、37条,第五项至七项",
            "国办发(2017)24号,电话0475-7969004,传真3255077",
            "“12345”热线,12345市民热线,“五公开”“25个试点领域”",
            "三公经费、一窗通办、两个维护,进一步统一思想,一件事",
            "《消除大班额专项规划(2016~2020年)三项》",
            "三楼2楼305室,A4纸,4G网络,2016-2017年,十九大,市县乡三级",
            "一个窗口,一种方式,一批信息,每一件,同一条",
            "www.example12.gov.cn,12部门,3市",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }
}
