//! The report's own title: on lines of its own, in the metadata, in a breadcrumb, or in 《》 where the report names itself.

use gongkai_grammar::{
    fold, fold_char,
    model::{Source, Span},
};
use memchr::memmem;

use crate::outline::{
    Outline, is_office,
    scan::{after, capped, compact, filled_lines, is_decoration, is_space},
    year_start,
};

/// A title as found.
#[derive(Clone, Debug)]
pub struct Title {
    /// Without the spaces and line breaks that wrapping put into it.
    pub text: String,
    /// Where it stands, all its lines.
    pub span: Span,
    /// How it is known.
    pub source: Source,
}

/// Bytes of a document in which a title is looked for.
const HEAD: usize = 9000;
/// Lines, or words of one long line, that are looked at.
const UNITS: usize = 160;
/// Bytes of a line that is read as one piece; longer ones are read word by word.
const LINE: usize = 300;
/// Bytes of a line that is never more than one piece.
const SHORT: usize = 90;
/// Bytes of a title.
const TITLE: usize = 240;
/// Words of documents that are about reports and are none.
const OTHERS: &[&str] = &["通知", "解读", "图解", "指南", "格式", "制度", "办法", "规定", "目录", "一图读懂"];

/// What titles end with, folded.
const TITLE_ENDS: &[&str] = &["报告", "年报", "(全文)"];

/// Every title found, the one to use first.
pub fn titles(text: &str, outline: &Outline) -> Vec<Title> {
    let first_part = outline.sections.iter().find(|s| s.level == 1).map_or(text.len(), |s| s.span.start);
    let end = first_part.min(after(text, 0, HEAD).len());
    let head = text.get(..end).unwrap_or_default();
    let mut found = Vec::new();
    let mut units: Vec<Span> = Vec::new();
    let mut named = None;
    for line in filled_lines(head).into_iter().take(UNITS) {
        let words = line.of(head);
        if let Some(title) = keyed(words, line.start) {
            named = named.or(Some(title));
            units.push(Span::new(line.start, line.start));
        } else if words.len() <= LINE && (words.len() <= SHORT || ends_as_title(words.trim_end_matches(is_decoration))) {
            units.push(line);
        } else {
            units.extend(pieces(words, line.start));
        }
        if units.len() > UNITS {
            break;
        }
    }
    found.extend(named);
    found.extend(standing(head, &units));
    if let Some(preamble) = outline.sections.iter().rev().find(|s| s.kind.as_deref() == Some("preamble")) {
        found.extend(own_name(preamble.span.of(head), preamble.span.start.min(end)));
    }
    found
}

/// Splits a long line into its words; those of a sentence are no title.
fn pieces(line: &str, at: usize) -> impl Iterator<Item = Span> + '_ {
    let base = line.as_ptr() as usize;
    line.split(|c| is_space(c) || c == '|').filter(|word| !word.is_empty()).take(UNITS).map(move |word| {
        let start = at + (word.as_ptr() as usize - base);
        Span::new(start, start + word.len())
    })
}

/// `标题: …`
fn keyed(line: &str, at: usize) -> Option<Title> {
    let colon = line.find([':', '：']).filter(|&i| i <= 40)?;
    let key = fold(line.get(..colon)?);
    if !matches!(key.as_str(), "标题" | "题目" | "名称" | "信息名称" | "文件名称" | "题名") {
        return None;
    }
    let value = line.get(colon..)?.trim_start_matches(|c| is_space(c) || matches!(c, ':' | '：'));
    let value = value.split(['|', '\t']).next()?.trim_end_matches(is_space);
    let start = at + line.find(value)?;
    is_title(value).then(|| Title { text: compact(value), span: Span::new(start, start + value.len()), source: Source::Metadata })
}

/// The first title that stands by itself, joined from up to three lines.
fn standing(head: &str, units: &[Span]) -> Option<Title> {
    for (at, unit) in units.iter().enumerate() {
        let words = unit.of(head);
        let bare = words.trim_end_matches(is_decoration);
        let bare = if bare.len() > TITLE || !ends_as_title(bare) {
            match run_on(bare) {
                Some(length) => capped(bare, length),
                None => continue,
            }
        } else {
            bare
        };
        let mut start = at;
        // What is missing may stand on the lines above: the subject, the year, the agency.
        while start > 0 && at - start < 4 {
            let whole = compact(units.get(start).map_or("", |first| Span::new(first.start, unit.start + bare.len()).of(head))).replace('|', "");
            let above = units.get(start - 1).map_or("", |u| u.of(head));
            let plain = (1..=120).contains(&above.len()) && !above.contains(['。', '，', ',', '：', ':', '|', '>', '/']) && !ends_as_title(above);
            let agency_missing = agency(&whole).is_none_or(|a| a.is_empty());
            let wanted = if !fold(&whole).contains("公开") {
                true
            } else if year_in(&whole).is_none() {
                let above = compact(above);
                year_in(&above).is_some()
                    || matches!(above.as_str(), "年" | "年度")
                    || (whole.starts_with('年') && above.ends_with(|c: char| c.is_ascii_digit()))
            } else {
                agency_missing && is_office(&compact(above))
            };
            if !(plain && wanted) {
                break;
            }
            start -= 1;
        }
        let Some(first) = units.get(start) else { continue };
        let raw = Span::new(first.start, unit.start + bare.len());
        let lead = raw.of(head).len() - raw.of(head).trim_start_matches(is_decoration).len();
        // The last word of a breadcrumb may be glued to it.
        let lead = lead + raw.of(head).get(lead..).filter(|rest| rest.starts_with("正文")).map_or(0, |_| "正文".len());
        let span = Span::new(raw.start + lead, raw.end);
        if is_title(span.of(head)) {
            return Some(Title { text: compact(span.of(head)), span, source: Source::Title });
        }
    }
    None
}

/// A title at the start of a line whose text follows at once: where it ends.
fn run_on(line: &str) -> Option<usize> {
    let window = capped(line, TITLE);
    let length = window.find("报告")? + "报告".len();
    let title = window.get(..length)?;
    let rest = line.get(length..)?.trim_start_matches(is_space);
    let agency = agency(&compact(title)).unwrap_or_default();
    let begins =
        ["本报告", "根据", "按照", "依据", "依照", "为", "现", "来源", "发布时间", "发布日期", "时间", "日期"].iter().any(|w| rest.starts_with(w));
    (is_title(title) && !agency.is_empty() && (begins || rest.starts_with(&agency)) && !agency.contains("网站")).then_some(length)
}

/// 《示例市2019年政府信息公开年度报告》 in the first paragraph.
fn own_name(preamble: &str, at: usize) -> Option<Title> {
    for open in memmem::find_iter(preamble.as_bytes(), "《") {
        let inner = after(preamble, open + '《'.len_utf8(), TITLE);
        let Some(name) = inner.find(['》', '《']).and_then(|end| inner.get(..end)) else { continue };
        if is_title(name) && year_in(&compact(name)).is_some() && !name.contains("关于") {
            let start = at + open + '《'.len_utf8();
            return Some(Title { text: compact(name), span: Span::new(start, start + name.len()), source: Source::OwnName });
        }
    }
    None
}

/// Whether words are the title of such a report.
pub fn is_title(words: &str) -> bool {
    if words.len() > TITLE || words.contains(['《', '》', '>', '<', '"', '=']) {
        return false;
    }
    // Traditional characters and full-width digits count as the others.
    let words = fold(words);
    if !TITLE_ENDS.iter().any(|e| words.ends_with(e)) || !words.contains("公开") {
        return false;
    }
    let punctuated = words.contains(['。', '，', ',', '；', ';', '：', ':', '!', '?', '！', '？', '|']);
    if punctuated || OTHERS.iter().any(|o| words.contains(o)) {
        return false;
    }
    if year_in(&words).is_some() {
        return true;
    }
    let agency = agency(&words).unwrap_or_default();
    words.ends_with("报告") && is_office(&agency) && !agency.starts_with("首页")
}

/// Whether words end as titles do, spaces aside. Only their last characters are looked at.
fn ends_as_title(words: &str) -> bool {
    let mut last = words.chars().rev().filter(|&c| !is_space(c)).filter_map(fold_char);
    let mut ends = [None; 4];
    ends.fill_with(|| last.next());
    matches!(ends, [Some('告'), Some('报'), ..] | [Some('报'), Some('年'), ..] | [Some(')'), Some('文'), Some('全'), Some('(')])
}

/// The first year of a text without spaces: its place and length with 年.
fn year_in(words: &str) -> Option<Span> {
    memmem::find_iter(words.as_bytes(), "年").find_map(|at| year_start(words, at).map(|start| Span::new(start, at + '年'.len_utf8())))
}

/// The year a title names.
pub fn year(title: &str) -> Option<i32> {
    let span = year_in(title)?;
    gongkai_grammar::year_number(span.of(title).trim_end_matches('年'))
}

/// What reports are about.
const SUBJECTS: &[&str] = &["政府信息公开", "政府信息公開", "政务信息公开", "政務信息公開", "政务公开", "政務公開", "信息公开", "信息公開"];

/// The agency a title names: what stands before the year, or between the year and its subject. Empty if it names none.
pub fn agency(title: &str) -> Option<String> {
    // 某镇人民政府信息公开: the two words share one 政府.
    let whole = |lead: &str| if lead.ends_with("人民") { format!("{lead}政府") } else { lead.to_owned() };
    let subject = |words: &str| {
        let at = words.char_indices().filter(|(_, c)| matches!(c, '政' | '信')).map(|(at, _)| at).find(|&at| {
            let rest = words.get(at..).unwrap_or_default();
            SUBJECTS.iter().any(|s| rest.starts_with(s))
        })?;
        words.get(..at).map(whole)
    };
    let (before, behind) = match year_in(title) {
        Some(span) => (title.get(..span.start)?.to_owned(), title.get(span.end..)?),
        None => (String::new(), title),
    };
    let behind = behind.strip_prefix('度').unwrap_or(behind);
    let name = if before.is_empty() {
        subject(behind)?
    } else {
        // 某县人民政府信息公开2009年年度报告
        let named = before.strip_suffix("工作").unwrap_or(&before);
        SUBJECTS.iter().find_map(|s| named.strip_suffix(s)).map(whole).unwrap_or(before)
    };
    Some(name.trim_start_matches("关于").trim_end_matches("关于").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn first(text: &str) -> Option<(String, Source)> {
        titles(text, &outline(text, Span::new(0, text.len()), &[], &[])).into_iter().next().map(|t| (t.text, t.source))
    }

    #[test]
    fn on_one_line_or_three() {
        for text in [
            "示例县某某局2020年政府信息公开工作年度报告\n正文。",
            "示例县某某局\n 2020年\n政府信息公开工作年度报告\n正文。",
            "示例县某某局2020年政府信息公开工作\n年度报告\n根据规定。",
        ] {
            assert_eq!(first(text), Some(("示例县某某局2020年政府信息公开工作年度报告".into(), Source::Title)), "{text}");
        }
    }

    #[test]
    fn in_metadata_breadcrumbs_and_title_marks() {
        let name = "示例市2019年政府信息公开年度报告";
        assert_eq!(first(&format!("标题: {name}\n来源: 甲\n正文。")), Some((name.into(), Source::Metadata)));
        let long = format!("当前位置： 首页政府信息公开年报 {name} 来源：甲 时间：2020-01-02 --> {}。一、总体情况 好。", "根据规定编制".repeat(30));
        assert_eq!(first(&long), Some((name.into(), Source::Title)));
        assert_eq!(first(&format!("现将《{name}》公布。\n一、总体情况")), Some((name.into(), Source::OwnName)));
        for text in [
            "关于2019年政府信息公开年度报告的通知\n甲。",
            "根据规定，现公布示例市2019年度政府信息公开工作年度报告如下。",
            "附件《2019年政府信息公开报告格式》。",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn the_agency_in_a_title() {
        for (title, name) in [
            ("示例市2019年政府信息公开年度报告", "示例市"),
            ("2024年示例市科委政府信息公开工作年度报告", "示例市科委"),
            ("2024年样本镇人民政府信息公开工作年度报告", "样本镇人民政府"),
            ("2021年政府信息公开工作年度报告", ""),
            ("样本县水务局二〇一三年度政府信息公开工作报告", "样本县水务局"),
            ("样本县人民政府信息公开2009年年度报告", "样本县人民政府"),
            ("示例市政府信息公开工作2010年度报告", "示例市"),
            ("示例市政务公开办公室2010年政府信息公开年度报告", "示例市政务公开办公室"),
            ("样本市国土局政府信息公开2009年度报告", "样本市国土局"),
            ("样本镇人民政府信息公开工作2012年度报告", "样本镇人民政府"),
            ("政府信息公开2009年度报告", ""),
        ] {
            assert_eq!(agency(title).as_deref(), Some(name), "{title}");
        }
        assert_eq!(year("样本县水务局二〇一三年度政府信息公开工作报告"), Some(2013));
    }
}
