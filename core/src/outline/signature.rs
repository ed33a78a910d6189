//! The date and the name under the text.

use gongkai_grammar::{
    date, fold_char,
    model::{Date, Span},
};
use memchr::memmem;

use super::scan::{before, capped, holding, is_han_digit, is_letter, is_space, is_stop};

/// The signature under a report.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// Name and date.
    pub span: Span,
    /// The name, if one stands there.
    pub issuer: Option<Span>,
    /// The date, if one stands there.
    pub date: Option<(Date, Span)>,
}

/// Bytes of a line that is a signature.
const LINE: usize = 120;
/// Bytes of a name.
const NAME: usize = 96;

/// The last signature between `from` and `to`, looked for in lines of their own and at places inside long lines.
///
/// A table may come behind it, so every line is looked at, but only its ends.
pub fn signature(text: &str, lines: &[Span], tables: &[Span], from: usize, to: usize) -> Option<Signature> {
    let first = lines.partition_point(|l| l.end <= from);
    let zone: &[Span] = lines.get(first..).unwrap_or_default();
    let zone = zone.get(..zone.partition_point(|l| l.start < to)).unwrap_or_default();
    let mut found = None;
    let mut last_text = None;
    for (at, line) in zone.iter().enumerate() {
        let line = Span::new(line.start.max(from), line.end.min(to));
        let words = line.of(text);
        if words.len() > LINE {
            found = inside(text, line, tables).or(found);
        } else if let Some((date, span)) = dated_line(words, line.start) {
            let mut start = span.start;
            let same_line = name_before(text, line.start, span.start).filter(|n| date.day.is_some() && is_office(n.of(text)));
            let mut issuer = same_line;
            if issuer.is_none() {
                // The name stands on the line above, at times on two.
                let above = zone.get(at.saturating_sub(2)..at).unwrap_or_default();
                for line in above.iter().rev().take_while(|l| l.start >= from && is_name(l.of(text))) {
                    issuer = Some(issuer.map_or(*line, |i: Span| Span::new(line.start, i.end)));
                }
            }
            if let Some(name) = issuer {
                start = name.start;
            }
            if date.day.is_none() && issuer.is_none() {
                continue;
            }
            if same_line.is_some()
                || text.get(line.start..span.start).is_some_and(|lead| lead.trim_matches(|c| is_space(c) || matches!(c, '(' | '（')).is_empty())
            {
                found = Some(Signature { span: Span::new(start, line.end), issuer, date: Some((date, span)) });
            }
        }
        if holding(tables, line.start).is_none() && words.chars().any(is_letter) {
            last_text = Some(line);
        }
    }
    // A name alone at the very end.
    found.or_else(|| {
        let line = last_text?;
        (is_name(line.of(text)) && is_office(line.of(text))).then_some(Signature { span: line, issuer: Some(line), date: None })
    })
}

/// Words that names of offices end with.
const OFFICES: &[&str] = &[
    "政府",
    "会",
    "局",
    "厅",
    "委",
    "办公室",
    "办公厅",
    "办事处",
    "部",
    "署",
    "院",
    "中心",
    "公司",
    "大学",
    "学校",
    "所",
    "站",
    "队",
    "处",
    "室",
    "镇",
    "乡",
    "街道",
    "区",
    "市",
    "县",
    "省",
    "旗",
    "社",
    "集团",
    "馆",
    "行",
    "组",
    "关",
    "办",
    "台",
];

/// Whether a name ends as those of offices and places do, in simplified or traditional characters.
pub fn is_office(name: &str) -> bool {
    let ends = |end: &str| {
        let mut last = name.chars().rev().filter_map(fold_char);
        end.chars().rev().all(|c| last.next() == Some(c))
    };
    name.chars().count() >= 3 && OFFICES.iter().any(|end| ends(end))
}

/// A date that ends a line: its place.
fn dated_line(words: &str, at: usize) -> Option<(Date, Span)> {
    let bare = words.trim_end_matches(|c: char| is_space(c) || matches!(c, ')' | '）' | '。' | '*'));
    if !bare.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '日' | '号' | '月' | '０'..='９')) {
        return None;
    }
    let start = match bare.rfind('年') {
        Some(year) => year_start(bare, year)?,
        None => bare.find(|c: char| c.is_ascii_digit())?,
    };
    let (date, length) = date(bare.get(start..)?)?;
    (start + length == bare.len() && date.month.is_some()).then(|| (date, Span::new(at + start, at + bare.len())))
}

/// Where the year before 年 at `at` begins.
pub fn year_start(text: &str, at: usize) -> Option<usize> {
    let lead = before(text, at, 24).trim_end_matches(is_space);
    let end = at - (before(text, at, 24).len() - lead.len());
    let mut start = end;
    let mut count = 0;
    for (i, c) in lead.char_indices().rev() {
        if !(c.is_ascii_digit() || matches!(c, '０'..='９' | '〇' | '○' | '零' | 'O' | 'o' | 'Ｏ') || is_han_digit(c) && c != '十' && c != '廿')
        {
            break;
        }
        start = end - (lead.len() - i);
        count += 1;
        if count == 4 {
            break;
        }
    }
    (count == 4).then_some(start)
}

/// The last date inside a long line that stands by itself between spaces.
fn inside(text: &str, line: Span, tables: &[Span]) -> Option<Signature> {
    let mut found = None;
    for year in memmem::find_iter(line.of(text).as_bytes(), "年").map(|i| line.start + i) {
        let Some(start) = year_start(text, year).filter(|&s| s >= line.start) else { continue };
        let lead = before(text, start, 8).chars().next_back();
        if !lead.is_none_or(|c| is_space(c) || matches!(c, '。' | '|')) {
            continue;
        }
        let Some((date, length)) = date(capped(text.get(start..line.end).unwrap_or_default(), 80)) else { continue };
        let behind = text.get(start + length..line.end).and_then(|rest| rest.chars().next());
        if date.day.is_none()
            || !behind.is_none_or(|c| is_space(c) || c == '|')
            || (holding(tables, start).is_some_and(|t| start > t.start + LINE) && behind.is_some())
        {
            continue;
        }
        let span = Span::new(start, start + length);
        let issuer = name_before(text, line.start, start);
        found = Some(Signature { span: Span::new(issuer.map_or(start, |i| i.start), span.end), issuer, date: Some((date, span)) });
    }
    found
}

/// The name right before `at`, behind a space or a full stop.
fn name_before(text: &str, floor: usize, at: usize) -> Option<Span> {
    let lead = if at.saturating_sub(floor) < NAME { text.get(floor..at)? } else { before(text, at, NAME) };
    let bare = lead.trim_end_matches(|c| is_space(c) || c == '|');
    let start = bare
        .rfind(|c| is_space(c) || is_stop(c) || c == '|')
        .map_or(0, |i| i + bare.get(i..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
    let name = bare.get(start..)?;
    let end = at - (lead.len() - bare.len());
    is_name(name).then(|| Span::new(end - name.len(), end))
}

/// Whether words may be the name of an office: Han characters only and no title of a table or report.
fn is_name(words: &str) -> bool {
    (6..=NAME).contains(&words.len())
        && words.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) || is_space(c) || matches!(c, '(' | ')' | '（' | '）' | '·' | '“' | '”'))
        && !["表", "报告", "情况", "事项", "措施", "无", "问题"].iter().any(|e| words.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::scan::filled_lines;

    fn found(text: &str) -> Option<(Option<&str>, Option<String>)> {
        let signature = signature(text, &filled_lines(text), &[], 0, text.len())?;
        Some((signature.issuer.map(|s| s.of(text)), signature.date.map(|(d, _)| d.to_string())))
    }

    #[test]
    fn on_lines_of_their_own() {
        assert_eq!(found("无。\n　　样本县某某局\n　　二○一三年一月二十日"), Some((Some("样本县某某局"), Some("2013-01-20".into()))));
        assert_eq!(found("无。\n示例市某某局  2014年1月16日"), Some((Some("示例市某某局"), Some("2014-01-16".into()))));
        assert_eq!(found("很多工作。\n2020-01-10"), Some((None, Some("2020-01-10".into()))));
        assert_eq!(found("很多工作。\n示例市人民政府"), Some((Some("示例市人民政府"), None)));
        assert_eq!(found("很多工作截止2015年底。\n甲 乙"), None);
    }

    #[test]
    fn at_the_end_of_one_line() {
        let text = format!("一、概述 {}。 二○一二年二月二十日 附件1：样本县情况统计表 指标 1", "全年2011年3月4日公开甲".repeat(9));
        assert_eq!(found(&text), Some((None, Some("2012-02-20".into()))));
        let text = format!("{}。 示例市某某局 2014年1月16日", "将每月提醒".repeat(20));
        assert_eq!(found(&text), Some((Some("示例市某某局"), Some("2014-01-16".into()))));
    }
}
