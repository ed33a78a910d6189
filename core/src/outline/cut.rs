//! Where a title ends: at the end of its line, or where the text of its part runs on behind it.

use memchr::memchr_iter;

use super::kinds::{Beginnings, kind_of};
use super::scan::{capped, is_decoration, is_letter, is_space, is_stop};

/// Bytes of a line in which a title must end.
pub const TITLE: usize = 180;
/// Characters of a title that has its line to itself.
const OWN_LINE: usize = 45;
/// Words that titles of parts end with.
const TITLE_ENDS: &[&str] = &["情况", "事项", "措施", "概述", "概况", "引言", "问题", "打算", "方向", "计划", "附表", "统计表", "说明", "方面"];

/// The end of the word of `TITLE_ENDS` that a text starts with.
fn title_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // One of the first characters of the words.
    match (bytes.first()?, bytes.get(1)?, bytes.get(2)?) {
        (0xE6, 0x83, 0x85) // 情
        | (0xE4, 0xBA, 0x8B) // 事
        | (0xE6, 0x8E, 0xAA) // 措
        | (0xE6, 0xA6, 0x82) // 概
        | (0xE5, 0xBC, 0x95) // 引
        | (0xE9, 0x97, 0xAE) // 问
        | (0xE6, 0x89, 0x93) // 打
        | (0xE6, 0x96, 0xB9) // 方
        | (0xE8, 0xAE, 0xA1) // 计
        | (0xE9, 0x99, 0x84) // 附
        | (0xE7, 0xBB, 0x9F) // 统
        | (0xE8, 0xAF, 0xB4) => TITLE_ENDS.iter().find(|e| text.starts_with(**e)).map(|e| e.len()), // 说
        _ => None,
    }
}

/// Whether a text ends with a word of `TITLE_ENDS`.
pub fn ends_as_title(text: &str) -> bool {
    matches!(text.chars().next_back(), Some('况' | '项' | '施' | '述' | '言' | '题' | '算' | '向' | '划' | '表' | '明' | '面'))
        && TITLE_ENDS.iter().any(|e| text.ends_with(e))
}

/// Behind the first word of `TITLE_ENDS` in a text.
fn first_title_end(text: &str) -> Option<usize> {
    text.char_indices().filter(|&(_, c)| c > '\u{FF}').find_map(|(at, _)| title_end(text.get(at..)?).map(|end| at + end))
}

/// Where a title ends, and what it tells.
pub struct Cut {
    /// Bytes of the title.
    pub len: usize,
    /// Its kind, if its words tell one.
    pub kind: Option<&'static str>,
    /// A comma follows: it is one of a list of titles, no heading.
    pub enumerated: bool,
}

/// The title at the start of what follows a number. `whole` if it goes to the end of its line.
pub fn title_of(behind: &str, level: u8, whole: bool) -> Option<Cut> {
    let short = behind.len() <= TITLE && behind.chars().count() <= OWN_LINE + 15 * usize::from(level - 1);
    let line = if whole && short { behind.trim_end_matches(|c| is_stop(c) || is_decoration(c)) } else { "" };
    if whole && short && !line.contains(|c| is_stop(c) || matches!(c, '<' | '*')) {
        let end = run_on(line).unwrap_or(line.len());
        return Some(Cut { len: end, kind: kind_of(line.get(..end)?), enumerated: false });
    }
    let window = capped(behind, TITLE);
    let stop = window.char_indices().find(|&(i, c)| {
        is_stop(c) || matches!(c, '|' | '\n' | '\r' | '<') || (i > 0 && c.is_ascii_digit() && is_item(window.get(i..).unwrap_or_default()))
    });
    let sentence = stop.map_or(window, |(i, _)| window.get(..i).unwrap_or_default());
    if let Some((end, kind)) = telling_end(sentence) {
        let next = behind.get(end..).and_then(|rest| rest.chars().find(|&c| !is_space(c)));
        return Some(Cut { len: end, kind: Some(kind), enumerated: matches!(next, Some('，' | ',' | '；' | ';' | '、')) });
    }
    // Nothing known: a title that its own full stop ends, or for the second level whatever looks like an end.
    let count = sentence.chars().count();
    if stop.is_some() && count > 0 && count <= if level == 1 { 25 } else { 40 } {
        return Some(Cut { len: sentence.trim_end_matches(is_space).len(), kind: kind_of(sentence), enumerated: false });
    }
    if level == 1 {
        // Inside a paragraph a space or a year behind one of the usual last words is an end too.
        let end = Some(()).filter(|()| !whole).and_then(|()| first_title_end(sentence))?;
        let bounded = sentence.get(end..)?.starts_with(|c| is_space(c) || c.is_ascii_digit());
        return (bounded && sentence.get(..end)?.chars().count() <= 25).then_some(Cut { len: end, kind: None, enumerated: false });
    }
    // The comma of 1,420条 ends nothing.
    let in_number = |at: usize| sentence.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
    let mut ends = sentence.char_indices().filter(|&(at, c)| is_space(c) || c == '，' || c == ',' && !in_number(at)).map(|(at, _)| at);
    let end = first_title_end(sentence).into_iter().chain(ends.next()).min()?;
    let title = sentence.get(..end)?;
    (title.chars().count() <= 40 && end > 0).then(|| Cut { len: end, kind: kind_of(title), enumerated: false })
}

/// `1、`, `2.`: an item of the text behind a title.
fn is_item(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['、', '.', '．'])
}

/// Where the words of a known kind end: before a space or a bracket, or behind one of the words that titles end with.
fn telling_end(sentence: &str) -> Option<(usize, &'static str)> {
    let mut tries = 0;
    let mut beginnings = Beginnings::new(sentence);
    for (at, c) in sentence.char_indices() {
        let rest = sentence.get(at..)?;
        let end = if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            title_end(rest).map(|end| at + end)
        } else if is_space(c) || matches!(c, '（' | '(' | '，' | ',') {
            Some(at)
        } else if is_letter(c) || at == 0 {
            title_end(rest).map(|end| at + end)
        } else {
            c.is_ascii_digit().then_some(at)
        };
        let Some(end) = end.filter(|&end| end > 0) else { continue };
        let Some(kind) = beginnings.kind(end) else {
            tries += 1;
            if tries > 8 {
                return None;
            }
            continue;
        };
        // 问题及改进情况, 情况统计表: the title goes on.
        let end = extended(sentence, end);
        return Some((sentence.get(..end)?.trim_end_matches(is_space).len(), beginnings.kind(end).unwrap_or(kind)));
    }
    beginnings.kind(sentence.len()).filter(|_| sentence.chars().count() <= 30).map(|kind| (sentence.trim_end_matches(is_space).len(), kind))
}

/// Carries the end of a title over what joins on to it.
fn extended(sentence: &str, end: usize) -> usize {
    let rest = sentence.get(end..).unwrap_or_default();
    let joined = ["统计", "及", "和", "与", "、", "的", "以及", "附表"].iter().any(|j| rest.starts_with(j));
    if !joined {
        return end;
    }
    let window = capped(rest, 60);
    let window =
        window.find(|c| is_space(c) || matches!(c, '，' | ',' | '（' | '(') || c.is_ascii_digit()).and_then(|i| window.get(..i)).unwrap_or(window);
    first_title_end(window).map_or(end, |more| extended(sentence, end + more))
}

/// Where a short line goes on behind its title with the year that its text begins with.
fn run_on(line: &str) -> Option<usize> {
    let year = memchr_iter(b'2', line.as_bytes())
        .find(|&i| line.as_bytes().get(i..).is_some_and(|r| matches!(r, [_, b'0', c, d, _, ..] if c.is_ascii_digit() && d.is_ascii_digit())))?;
    let title = line.get(..year)?.trim_end_matches(is_space);
    (title.len() >= 6 && kind_of(title).is_some() && (title.len() < year || ends_as_title(title))).then_some(title.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(behind: &str, level: u8, whole: bool) -> Option<&str> {
        title_of(behind, level, whole).and_then(|cut| behind.get(..cut.len))
    }

    #[test]
    fn words_that_titles_end_with_are_known_by_their_first_and_last_characters() {
        for word in TITLE_ENDS {
            assert_eq!((title_end(word), first_title_end(&format!("甲{word}")), ends_as_title(word)), (Some(word.len()), Some(3 + word.len()), true));
        }
        assert_eq!((title_end("情形"), first_title_end("甲a"), ends_as_title("近况")), (None, None, false));
    }

    #[test]
    fn on_a_line_of_its_own() {
        for (line, want) in [
            ("概 述", "概 述"),
            ("总体情况。", "总体情况"),
            ("总体情况2020年，很好", "总体情况"),
            ("加强领导，健全机制", "加强领导，健全机制"),
            ("概述**", "概述"),
        ] {
            assert_eq!(title(line, 1, true), Some(want), "{line}");
        }
    }

    #[test]
    fn before_its_text() {
        for (line, level, want) in [
            ("总体情况2020年，某某局做了很多", 1, Some("总体情况")),
            ("存在的主要问题及改进情况（一）甲", 1, Some("存在的主要问题及改进情况")),
            ("示例市情况统计表 指标", 1, Some("示例市情况统计表")),
            ("队伍建设方面某某市通过培训、讲座等形式，加强了队伍建设工作，收到了比较好的效果，大家都很满意", 2, Some("队伍建设方面")),
            ("主要做法1.加强领导", 2, Some("主要做法")),
            (
                "某某发布公众号推送信息365期1,420条，某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某",
                2,
                Some("某某发布公众号推送信息365期1,420条"),
            ),
            ("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙", 1, None),
        ] {
            assert_eq!(title(line, level, false), want, "{line}");
        }
        assert!(title_of("概述，二、主动公开情况", 1, false).is_some_and(|cut| cut.enumerated));
    }
}
