//! Who signed the statistics sheet of 2014: the line under the table.

use gongkai_grammar::{
    date,
    model::{Signatories, Span},
};
use memchr::memmem;

use crate::outline::scan::{after, before, compact, is_space};

/// The words of the line, in printed order.
const KEYS: &[&str] = &["单位负责人", "负责人", "审核人", "填报人", "联系电话", "填报日期"];
/// Bytes before and behind 填报人 in which the other words stand.
const WINDOW: usize = 360;

/// Where the line begins in a piece of text, by its first word that a colon follows.
pub fn begins(text: &str) -> Option<usize> {
    let follows = |at: usize, key: &str| text.get(at + key.len()..).is_some_and(|rest| rest.trim_start_matches(is_space).starts_with(['：', ':']));
    KEYS.iter().filter_map(|key| text.find(key).filter(|&at| follows(at, key))).min()
}

/// The signatories, if at least two of the words of the line are filled in.
pub fn signatories(text: &str, body: Span) -> Option<Signatories> {
    ["填报人", "填报日期"]
        .iter()
        .find_map(|key| memmem::find_iter(body.of(text).as_bytes(), key).take(20).find_map(|at| around(text, body.start + at)))
}

fn around(text: &str, at: usize) -> Option<Signatories> {
    let lead = before(text, at, WINDOW);
    let window = text.get(at - lead.len()..)?;
    let window = after(window, 0, lead.len() + WINDOW);
    let mut read = Signatories::default();
    let mut filled = 0;
    for key in KEYS {
        let Some(value) = value(window, key, lead.len()) else { continue };
        filled += 1;
        match *key {
            "单位负责人" | "负责人" => read.responsible = read.responsible.or(Some(value)),
            "审核人" => read.reviewer = Some(value),
            "填报人" => read.preparer = Some(value),
            "联系电话" => read.phone = Some(value),
            _ => read.date = date(&value).map(|(date, _)| date),
        }
    }
    (filled >= 2).then_some(read)
}

/// What stands behind the occurrence of `key` that is nearest to the middle of the window.
fn value(window: &str, key: &str, middle: usize) -> Option<String> {
    let at = memmem::find_iter(window.as_bytes(), key).min_by_key(|i| i.abs_diff(middle))?;
    let rest = window.get(at + key.len()..)?.trim_start_matches(|c| is_space(c) && c != '\n');
    let rest = rest.strip_prefix(['：', ':'])?;
    let rest = rest.trim_start_matches(|c| is_space(c) && c != '\n');
    let end = KEYS.iter().filter_map(|k| rest.find(k)).chain(rest.find(['|', '\n', '\r', '，', '。', '；'])).min().unwrap_or(rest.len());
    let value = compact(rest.get(..end)?);
    // Two spaces or more end a name: 张三   (盖章).
    (!value.is_empty() && value.chars().count() <= 24).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_one_line_or_several() {
        for text in [
            "单位负责人：甲某　审核人：乙 某　填报人：丙某\n联系电话：000-123 填报日期：2016年1月2日",
            "负责人:甲某 审核人:乙某 填报人:丙某 | ||||\n联系电话:000-123 填报日期:2016年1月2日 |",
        ] {
            let read = signatories(text, Span::new(0, text.len())).unwrap();
            assert_eq!((read.responsible.as_deref(), read.reviewer.as_deref(), read.preparer.as_deref()), (Some("甲某"), Some("乙某"), Some("丙某")));
            assert_eq!((read.phone.as_deref(), read.date.map(|d| d.to_string()).as_deref()), (Some("000-123"), Some("2016-01-02")));
        }
        let text = "各填报人应当按时，填报日期由上级定。";
        assert_eq!(begins(text), None);
        assert_eq!(begins("个152单位负责人：甲某某　审核人：乙某某"), Some("个152".len()));
        assert_eq!(signatories(text, Span::new(0, text.len())), None);
    }
}
