//! What the words of a heading tell: the kind of its part, how surely, and whether it is a row of a table after all.
//!
//! All words come from the form files. They are looked for in one pass over a title, since every numbered line asks.

use std::{collections::HashSet, sync::LazyLock};

use aho_corasick::AhoCorasick;
use gongkai_grammar::{RowKind, fold, forms};

use super::scan::is_letter;

/// Words that tell nothing about the kind of a part.
const NEUTRAL: &[&str] = &[
    "政府信息公开",
    "政府信息",
    "政务公开",
    "信息公开",
    "工作",
    "行政机关",
    "情况",
    "申请",
    "存在",
    "主要",
    "公开",
    "问题",
    "事项",
    "改进",
    "措施",
    "的",
    "和",
    "及",
    "与",
    "其",
    "他",
    "因",
];
/// Letters of a title that no known word explains, at most, if the title is to be sure.
const UNEXPLAINED: usize = 3;

/// The words of all kinds of section.
struct Words {
    automaton: Option<AhoCorasick>,
    /// The alternatives in the order in which they are asked: kind, and the words that must all stand there as bits.
    alternatives: Vec<(&'static str, u128)>,
    /// The words of a kind as bits, with the neutral ones.
    explained: Vec<(&'static str, u128)>,
}

fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let mut patterns: Vec<&str> = NEUTRAL.to_vec();
        let neutral = (1u128 << NEUTRAL.len()) - 1;
        let (mut alternatives, mut explained) = (Vec::new(), Vec::new());
        for kind in &forms().sections {
            let mut of_kind = neutral;
            for all in &kind.words {
                let mut bits = 0;
                for word in all {
                    let index = patterns.iter().position(|p| p == word).unwrap_or_else(|| {
                        patterns.push(word);
                        patterns.len() - 1
                    });
                    bits |= 1u128.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0);
                }
                alternatives.push((kind.id.as_str(), bits));
                of_kind |= bits;
            }
            explained.push((kind.id.as_str(), of_kind));
        }
        // More words than bits: the grammar decides.
        let automaton = if patterns.len() <= 128 { AhoCorasick::new(&patterns).ok() } else { None };
        Words { automaton, alternatives, explained }
    });
    &WORDS
}

/// The kind of part that a title announces. Equal to `Forms::section_kind`.
pub fn kind_of(title: &str) -> Option<&'static str> {
    let words = words();
    let Some(automaton) = &words.automaton else { return forms().section_kind(title) };
    let found = automaton.find_overlapping_iter(&fold(title)).fold(0u128, |bits, m| bits | 1 << m.pattern().as_u32());
    words.alternatives.iter().find(|(_, bits)| bits & found == *bits).map(|(kind, _)| *kind)
}

/// Whether the words of a title leave no doubt: hardly more than those that tell its kind.
pub fn telling(title: &str) -> bool {
    let Some(kind) = kind_of(title) else { return false };
    let words = words();
    let known = words.explained.iter().find(|(k, _)| *k == kind).map_or(0, |(_, bits)| *bits);
    let folded = fold(title);
    let mut letters: Vec<(usize, bool)> = folded.char_indices().filter(|&(_, c)| is_letter(c)).map(|(at, _)| (at, false)).collect();
    for found in words.automaton.iter().flat_map(|a| a.find_overlapping_iter(&folded)).filter(|m| known & (1 << m.pattern().as_u32()) != 0) {
        for (at, explained) in &mut letters {
            *explained |= found.range().contains(at);
        }
    }
    letters.iter().filter(|(_, explained)| !explained).count() <= UNEXPLAINED
}

/// Whether a title is the label of a row, which is numbered like a heading. Groups are labels too where tables are near.
pub fn is_row(words: &str, full: &str, groups: bool) -> bool {
    static LABELS: LazyLock<[HashSet<String>; 2]> = LazyLock::new(|| {
        let mut sets = [HashSet::new(), HashSet::new()];
        for row in forms().editions.iter().flat_map(|f| &f.tables).flat_map(|t| &t.rows) {
            let [rows, groups] = &mut sets;
            let set = if row.kind == RowKind::Group { groups } else { rows };
            for label in row.labels.iter().map(|l| fold(l)) {
                set.insert(label.split('(').next().unwrap_or_default().to_owned());
                set.insert(label);
            }
        }
        sets
    });
    let [rows, group_labels] = &*LABELS;
    let core = words.find(|c: char| matches!(c, ',' | '，' | '—' | '-' | '\t') || c.is_ascii_digit()).and_then(|i| words.get(..i)).unwrap_or(words);
    let core = core.find("  ").and_then(|i| core.get(..i)).unwrap_or(core);
    let (words, core, full) = (fold(words), fold(core), fold(full));
    // The unit may follow a label at once: 行政复议数量件.
    let labelled = (0..=6).any(|unit| {
        words.len().checked_sub(unit).filter(|end| *end >= 12).and_then(|end| words.get(..end)).is_some_and(|label| rows.contains(label))
    });
    labelled || rows.contains(&full) || (groups && [&words, &core, &full].iter().any(|w| group_labels.contains(*w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_tells_the_kind_that_the_grammar_tells() {
        assert!(words().automaton.is_some());
        let pieces: Vec<&str> =
            forms().sections.iter().flat_map(|k| &k.words).flatten().map(String::as_str).chain(NEUTRAL.iter().copied()).chain(["甲", " "]).collect();
        for a in &pieces {
            for b in &pieces {
                let title = format!("{a}{b}");
                assert_eq!(kind_of(&title), forms().section_kind(&title), "{title}");
            }
        }
    }

    #[test]
    fn sure_titles_and_rows() {
        for title in ["主动公开政府信息情况", "政府信息公开行政复议、行政诉讼情况", "收到和处理政府信息公开申请情况", "其他需要报告的事项"]
        {
            assert!(telling(title), "{title}");
        }
        for title in ["甲乙丙丁主动公开情况", "总体", "甲"] {
            assert!(!telling(title), "{title}");
        }
        assert!(is_row("本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量", false));
        assert!(is_row("行政复议数量件", "四、行政复议数量件", false));
        assert!(is_row("主动公开情况   —", "一、主动公开情况   —", true));
        assert!(!is_row("主动公开情况", "一、主动公开情况", false));
    }
}
