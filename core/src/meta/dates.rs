//! Years, the period of the statistics, the day of publication, and dates that lost a part.

use gongkai_grammar::{
    damaged_period, date,
    model::{Date, Source, Span},
    period, year_number,
};
use memchr::memmem;

use super::Found;
use crate::outline::{
    Outline,
    scan::{Unwrapped, after, before, is_han_digit, is_space, is_stop, outside},
    year_start,
};

/// Bytes in front of a unit in which its digits stand.
const DATE: usize = 12;
/// Bytes of a period.
const PERIOD: usize = 200;
/// Words near a period that say it is the one of the statistics.
const STATISTICS: &[&str] = &["统计", "期限", "时限", "数据", "周期", "报告期"];

/// The period of the statistics: in the first paragraphs, or elsewhere where the words beside it say so.
pub fn stated_period(text: &str, preamble: Span, prose: &[Span]) -> Option<Found<(Date, Date)>> {
    if let Some(found) = periods(text, preamble).next() {
        return Some(found);
    }
    prose.iter().find_map(|piece| {
        periods(text, *piece).find(|found| {
            let lead = before(text, found.span.map_or(0, |s| s.start), 72);
            STATISTICS.iter().any(|w| lead.contains(w))
        })
    })
}

/// The periods of a piece of text.
fn periods(text: &str, range: Span) -> impl Iterator<Item = Found<(Date, Date)>> + '_ {
    memmem::find_iter(range.of(text).as_bytes(), "年").filter_map(move |i| {
        let at = range.start + i;
        let behind = after(text, at + '年'.len_utf8(), PERIOD);
        // A month follows, and not far from it the word or sign that leads to the end of the period.
        behind
            .trim_start_matches(is_space)
            .starts_with(|c: char| matches!(c, '0'..='9' | '０'..='９' | '十') || (is_han_digit(c) && c != '廿'))
            .then_some(())?;
        after(behind, 0, 60).contains(['至', '到', '-', '—', '－', '–', '～', '~']).then_some(())?;
        let year = year_start(text, at).filter(|&y| y >= range.start)?;
        let lead = before(text, year, 12);
        let bare = lead.trim_end_matches(is_space);
        let start = if bare.ends_with(['自', '从']) { year - (lead.len() - bare.len()) - '自'.len_utf8() } else { year };
        let joined = Unwrapped::new(after(text, start, PERIOD), start);
        let (value, length) = period(&joined.text)?;
        let span = joined.span(0, length);
        Some(Found { value, text: span.of(text).to_owned(), span: Some(span), source: Source::Period })
    })
}

/// The day of publication that the page names.
pub fn published(text: &str, outline: &Outline) -> Option<Found<Date>> {
    let mut best: Option<(u8, Found<Date>)> = None;
    for section in outline
        .sections
        .iter()
        .filter(|s| s.kind.as_deref() == Some("furniture") && s.span.start <= outline.body.start.max(s.span.start.min(outline.body.start + 2000)))
    {
        let piece = after(text, section.span.start, (section.span.end - section.span.start).min(4000));
        for word in ["时间", "日期"] {
            for at in memmem::find_iter(piece.as_bytes(), word).take(40) {
                let key = before(piece, at, 12);
                let rank = match () {
                    () if ["发布", "发表", "公布", "公开"].iter().any(|k| key.ends_with(k)) => 0,
                    () if ["成文", "生成", "有效", "生效", "失效", "截止"].iter().any(|k| key.ends_with(k)) => continue,
                    () if ["更新", "上传", "录入"].iter().any(|k| key.ends_with(k)) => 2,
                    () => 1,
                };
                let behind = after(piece, at + word.len(), 80).trim_start_matches(is_space);
                let Some(value) = behind.strip_prefix([':', '：', '|']) else { continue };
                let value = value.trim_start_matches(is_space);
                let start = section.span.start + (value.as_ptr() as usize - piece.as_ptr() as usize);
                keep(text, &mut best, rank, start);
            }
        }
        // A day without a word: 2015-01-02 来源：…
        for at in memmem::find_iter(piece.as_bytes(), "20").take(40) {
            if !before(piece, at, 1).ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/') {
                keep(text, &mut best, 3, section.span.start + at);
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Keeps a full date at `start` if it is surer than the one before.
fn keep(text: &str, best: &mut Option<(u8, Found<Date>)>, rank: u8, start: usize) {
    if best.as_ref().is_some_and(|(r, _)| *r <= rank) {
        return;
    }
    let Some((value, length)) = date(after(text, start, 60)) else { return };
    if value.day.is_some() {
        let span = Span::new(start, start + length);
        *best = Some((rank, Found { value, text: span.of(text).to_owned(), span: Some(span), source: Source::Metadata }));
    }
}

/// The year that the first paragraphs name with the report, and the one that the text of the first part begins with.
pub fn years_in_text(text: &str, preamble: Span, outline: &Outline) -> Vec<Found<i32>> {
    let mut found = Vec::new();
    let named = memmem::find_iter(preamble.of(text).as_bytes(), "年").map(|i| preamble.start + i).find_map(|at| {
        let start = year_start(text, at)?;
        // A document that is cited names the year of its own subject.
        let marks = before(text, start, 200);
        if marks.rfind('《') > marks.rfind('》') {
            return None;
        }
        let behind = after(text, at, 48);
        let subject = behind.find("信息公开").or_else(|| behind.find("政务公开"))?;
        (!behind.get(..subject)?.contains(|c| is_stop(c) || matches!(c, '《' | '，' | ','))).then_some((start, at))
    });
    found.extend(named.and_then(|(start, at)| year_at(text, start, at)));
    if let Some(part) = outline.sections.iter().find(|s| s.level == 1) {
        let from = part.heading_span.map_or(part.span.start, |h| h.end);
        let piece = after(text, from, 120.min(part.span.end.saturating_sub(from)));
        let lead = piece.find('年').map(|i| from + i);
        let first = lead
            .and_then(|at| year_start(text, at).map(|start| (start, at)))
            .filter(|(start, _)| text.get(from..*start).is_some_and(|gap| gap.chars().all(is_space)));
        // 2008年5月1日… begins a history, 2020年，我市… a report.
        let plain = |at: usize| after(text, at + '年'.len_utf8(), 8).chars().find(|&c| !is_space(c)).is_some_and(|c| !c.is_ascii_digit());
        found.extend(first.filter(|(_, at)| plain(*at)).and_then(|(start, at)| year_at(text, start, at)));
    }
    found
}

/// 2017年度…统计表, and …统计表（2017年度）, also on the next line: the year in the caption of the statistics sheet.
pub fn year_of_caption(text: &str, body: Span) -> Option<Found<i32>> {
    const SHEET: &str = "统计表";
    memmem::find_iter(body.of(text).as_bytes(), SHEET).take(20).find_map(|i| {
        let at = body.start + i;
        let caption = before(text, at, 120);
        let caption = caption.rsplit(|c| is_stop(c) || matches!(c, '\n' | '，' | ',' | '《')).next()?;
        let ahead = caption.find('年').map(|year| at - caption.len() + year);
        let behind = || {
            let at = at + SHEET.len();
            let rest = after(text, at, 60);
            let words = rest.trim_start();
            let remark = words.strip_prefix(['(', '（', '〔']).and_then(|inner| inner.split([')', '）', '〕', '\n']).next())?;
            let year = remark.find('年').filter(|&year| matches!(remark.get(year..).map(str::trim_end), Some("年" | "年度")))?;
            let open = words.chars().next().map_or(0, char::len_utf8);
            Some(at + (rest.len() - words.len()) + open + year)
        };
        let year = ahead.or_else(behind)?;
        year_at(text, year_start(text, year)?, year).map(|f| Found { source: Source::Table, ..f })
    })
}

fn year_at(text: &str, start: usize, at: usize) -> Option<Found<i32>> {
    let digits: String = text.get(start..at)?.chars().filter(|&c| !is_space(c)).collect();
    let span = Span::new(start, at + '年'.len_utf8());
    Some(Found { value: year_number(&digits)?, text: span.of(text).to_owned(), span: Some(span), source: Source::Text })
}

/// Dates and periods that lost a part, and characters that are no text any more.
pub fn damaged(text: &str, prose: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let (centuries, year) = ([memmem::Finder::new("20"), memmem::Finder::new("19")], memmem::Finder::new("年"));
    for piece in prose {
        // All but one kind begin with a year, which may stand in front of the piece.
        let from = piece.start.saturating_sub(DATE);
        let words = text.as_bytes().get(from..piece.end).unwrap_or_default();
        for century in &centuries {
            for at in century.find_iter(words).map(|i| from + i) {
                found.extend(long_year(text, *piece, at));
                let lead = at.wrapping_sub('自'.len_utf8());
                if century.needle() == b"20" && lead >= piece.start && text.get(lead..at).is_some_and(|c| c == "自" || c == "从") {
                    found.extend(damaged_period(after(text, lead, PERIOD)).map(|length| Span::new(lead, lead + length)));
                }
            }
        }
        found.extend(year.find_iter(words).filter_map(|i| without_month(text, *piece, from + i)));
    }
    found.extend(lost_characters(text));
    found.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in found {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// 20078月, 202020年, 20161231日: digits from `at` on that no date has before this unit, which stands in the piece.
fn long_year(text: &str, piece: Span, at: usize) -> Option<Span> {
    let digits = digits_at(text, at);
    let end = at + digits;
    let most = match text.get(end..end + '年'.len_utf8())? {
        "年" | "日" => 8,
        "月" => 6,
        _ => return None,
    };
    let bounded = !at.checked_sub(1).and_then(|i| text.as_bytes().get(i)).is_some_and(u8::is_ascii_digit);
    let span = Span::new(at, end + '年'.len_utf8());
    ((5..=most).contains(&digits) && bounded && end >= piece.start && span.end <= piece.end).then_some(span)
}

/// 2007年45日: a day right behind 年 at `at`.
fn without_month(text: &str, piece: Span, at: usize) -> Option<Span> {
    let start = at + '年'.len_utf8();
    let digits = digits_at(text, start);
    let end = start + digits;
    if digits == 0 || start + digits > at + DATE || !text.get(end..)?.starts_with('日') {
        return None;
    }
    let span = Span::new(year_start(text, at)?, end + '日'.len_utf8());
    // 2007年20161231日: the digits are a date without 年 themselves.
    let year = text.get(start..end).is_some_and(|run| run.starts_with("20") || run.starts_with("19")) && (5..=8).contains(&digits);
    (!year && end >= piece.start && span.end <= piece.end).then_some(span)
}

/// How many digits stand at a place, up to one more than any date has.
fn digits_at(text: &str, at: usize) -> usize {
    text.as_bytes().get(at..).unwrap_or_default().iter().take(DATE).take_while(|b| b.is_ascii_digit()).count()
}

/// Runs of replacement characters, and of the phonetic letters that Chinese text in the wrong encoding is full of.
fn lost_characters(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = memmem::find_iter(text.as_bytes(), "\u{FFFD}").map(|at| Span::new(at, at + '\u{FFFD}'.len_utf8())).collect();
    for at in memmem::find_iter(text.as_bytes(), b"\xE3\x84") {
        let letter = text.get(at..).and_then(|rest| rest.chars().next());
        if letter.is_some_and(|c| ('\u{3105}'..='\u{3129}').contains(&c)) {
            let lead = before(text, at, 6);
            let broken = lead.len() - lead.trim_end_matches(['?', '。']).len();
            found.push(Span::new(at - broken, at + 3));
        }
    }
    found
}

/// The parts of `body` that are no table.
pub fn prose(body: Span, tables: &[Span]) -> Vec<Span> {
    outside(body, tables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    #[test]
    fn the_year_in_the_caption_of_a_sheet() {
        for (text, year) in [
            ("附：示例市2016年度政府信息公开情况统计表", Some(2016)),
            ("政府信息公开情况统计表（2016年度）\n统计指标", Some(2016)),
            ("政府信息公开情况统计表\n（ 2016 年度 ）\n填报单位：某某局", Some(2016)),
            ("政府信息公开情况统计表\n填报日期：（2017年1月5日）", None),
            ("政府信息公开情况统计表（2017年1月填报）", None),
        ] {
            assert_eq!(year_of_caption(text, Span::new(0, text.len())).map(|y| y.value), year, "{text}");
        }
    }

    fn all(text: &str) -> Span {
        Span::new(0, text.len())
    }

    #[test]
    fn periods_with_and_without_wrapping() {
        for text in [
            "数据统计期限自2021年1月1日起至2021年12月31日止。",
            "统计期限自 2021 年 1 月 1 日\n  起至 2021 年 12 月\n31 日止。",
            "时间自2021年1月1日起，至2021年12月31日止",
        ] {
            let found = stated_period(text, all(text), &[]).unwrap();
            assert_eq!((found.value.0.to_string(), found.value.1.to_string()), ("2021-01-01".into(), "2021-12-31".into()));
            assert!(found.text.starts_with('自') && found.text.ends_with('止'), "{text}");
        }
        let text = "项目于2021年1月1日至2021年3月2日进行。所列数据统计时间为2021年1月1日-12月31日。";
        assert_eq!(stated_period(text, Span::new(0, 0), &[all(text)]).unwrap().value.1.to_string(), "2021-12-31");
    }

    #[test]
    fn the_day_of_publication() {
        let day = |text: &str| published(text, &outline(text, Span::new(0, text.len()), &[], &[])).map(|f| f.value.to_string());
        assert_eq!(day("生成日期：2020-01-02\n发布日期：2020-01-05\n时间：2020-01-06\n正文。").as_deref(), Some("2020-01-05"));
        assert_eq!(day("甲网站 时间:2015-01-02 08:30 来源:乙\n正文。").as_deref(), Some("2015-01-02"));
        assert_eq!(day("正文2015-01-02。"), None);
    }

    #[test]
    fn years_in_the_text() {
        let text = "根据2018年公布的规定，现公布示例市2019年政府信息公开工作年度报告。\n一、总体情况\n2020年，我市做了很多。";
        let outline = outline(text, Span::new(0, text.len()), &[], &[]);
        let years: Vec<i32> = years_in_text(text, Span::new(0, outline.sections[1].span.start), &outline).into_iter().map(|f| f.value).collect();
        assert_eq!(years, [2019, 2020]);
        let text = "附表：2017年度示例区情况统计表";
        assert_eq!(year_of_caption(text, all(text)).unwrap().value, 2017);
    }

    #[test]
    fn damage() {
        let text = "自201611日起至20161231日止，20078月，2007年45日，202020年12月31日，截至2019年12月5日共123456日元，坏\u{FFFD}\u{FFFD}字，?。ㄒ唬";
        let found: Vec<&str> = damaged(text, &[all(text)]).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["自201611日起至20161231日止", "20078月", "2007年45日", "202020年", "\u{FFFD}\u{FFFD}", "?。ㄒ"]);
    }
}
