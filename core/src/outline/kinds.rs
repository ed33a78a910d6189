//! What the words of a heading tell: the kind of its part, how surely, and whether it is a row of a table after all.
//!
//! All words come from the form files. They are looked for in one pass over a title, since every numbered line asks.

use std::{borrow::Cow, sync::LazyLock};

use gongkai_grammar::{RowKind, fold, fold_char, forms};

use super::{
    cut::ends_as_title,
    scan::{capped, is_letter},
};

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
/// Bytes of a unit behind a label, at most.
const UNIT: usize = 6;
/// Bytes of a label, at least, if the rest of the title is to be no matter.
const LABEL: usize = 12;

/// The words of all kinds of section.
struct Words {
    /// The words by the last eight bits of their first character, each with its bit. Empty if there are more words than bits: the grammar
    /// decides.
    by_first: Vec<Vec<(&'static str, u128)>>,
    /// Bytes of the longest word.
    longest: usize,
    /// The kinds in the order in which they are asked.
    kinds: Vec<Kind>,
}

/// What tells a kind of section.
struct Kind {
    id: &'static str,
    /// The words that tell it alone, as bits.
    alone: u128,
    /// Words that must all stand there, as bits.
    together: Vec<u128>,
    /// All its words and the neutral ones.
    explained: u128,
}

fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let mut patterns: Vec<&'static str> = NEUTRAL.to_vec();
        let neutral = (1u128 << NEUTRAL.len()) - 1;
        let mut kinds = Vec::new();
        for kind in &forms().sections {
            let mut of_kind = Kind { id: kind.id.as_str(), alone: 0, together: Vec::new(), explained: neutral };
            for all in &kind.words {
                let mut bits = 0u128;
                for word in all {
                    let index = patterns.iter().position(|p| p == word).unwrap_or_else(|| {
                        patterns.push(word);
                        patterns.len() - 1
                    });
                    bits |= 1u128.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0);
                }
                if bits.count_ones() == 1 {
                    of_kind.alone |= bits;
                } else {
                    of_kind.together.push(bits);
                }
                of_kind.explained |= bits;
            }
            kinds.push(of_kind);
        }
        let longest = patterns.iter().map(|p| p.len()).max().unwrap_or(0);
        let mut by_first = Vec::new();
        if patterns.len() <= 128 && patterns.iter().all(|p| !p.is_empty()) {
            by_first.resize(256, Vec::new());
            for (index, word) in patterns.into_iter().enumerate() {
                if let Some(list) = word.chars().next().and_then(|c| by_first.get_mut(u32::from(c) as usize % 256)) {
                    list.push((word, 1 << index));
                }
            }
        }
        Words { by_first, longest, kinds }
    });
    &WORDS
}

impl Words {
    /// The words that start somewhere in `folded` from `from` on.
    fn each(&self, folded: &str, from: usize, mut each: impl FnMut(usize, &'static str, u128)) {
        let Some(rest) = folded.get(from..) else { return };
        for (at, c) in rest.char_indices() {
            let Some(list) = self.by_first.get(u32::from(c) as usize % 256).filter(|list| !list.is_empty()) else { continue };
            let here = rest.get(at..).unwrap_or_default();
            for &(word, bit) in list {
                if here.starts_with(word) {
                    each(from + at, word, bit);
                }
            }
        }
    }

    fn kind(&self, found: u128) -> Option<&'static str> {
        self.kinds.iter().find(|k| k.alone & found != 0 || k.together.iter().any(|all| all & found == *all)).map(|k| k.id)
    }
}

/// The kind of part that a title announces. Equal to `Forms::section_kind`.
pub fn kind_of(title: &str) -> Option<&'static str> {
    Beginnings::new(title).kind(title.len())
}

/// The kinds that the beginnings of a title tell, asked for from short to long.
pub struct Beginnings<'a> {
    title: &'a str,
    /// What was asked for last, folded.
    folded: String,
    /// Bytes of the title that are folded.
    read: usize,
    /// The words found in it.
    found: u128,
    kind: Option<&'static str>,
}

impl<'a> Beginnings<'a> {
    pub fn new(title: &'a str) -> Self {
        Self { title, folded: String::new(), read: 0, found: 0, kind: None }
    }

    /// The kind that the first `end` bytes tell, as `kind_of` does.
    pub fn kind(&mut self, end: usize) -> Option<&'static str> {
        let words = words();
        if end < self.read {
            *self = Self::new(self.title);
        }
        let more = self.title.get(self.read..end)?;
        if words.by_first.is_empty() {
            return forms().section_kind(self.title.get(..end)?);
        }
        // Words that were cut off at the last end start at most this far in front of it.
        let mut from = self.folded.len().saturating_sub(words.longest);
        while !self.folded.is_char_boundary(from) {
            from += 1;
        }
        if self.read == 0 {
            self.folded = fold(more);
        } else {
            self.folded.extend(more.chars().filter_map(fold_char));
        }
        self.read = end;
        let mut found = self.found;
        words.each(&self.folded, from, |_, _, bit| found |= bit);
        if found != self.found {
            self.found = found;
            self.kind = words.kind(found);
        }
        self.kind
    }
}

/// Whether the words of a title leave no doubt: hardly more than those that tell its kind.
pub fn telling(title: &str) -> bool {
    let Some(kind) = kind_of(title) else { return false };
    let words = words();
    let known = words.kinds.iter().find(|k| k.id == kind).map_or(0, |k| k.explained);
    let folded = fold(title);
    // Behind the last known word so far.
    let (mut end, mut unexplained) = (0, 0);
    let letters = |from: usize, to: usize| folded.get(from..to).map_or(0, |gap| gap.chars().filter(|&c| is_letter(c)).count());
    words.each(&folded, 0, |at, word, bit| {
        if known & bit != 0 {
            unexplained += letters(end, at.max(end));
            end = end.max(at + word.len());
        }
    });
    unexplained + letters(end, folded.len()) <= UNEXPLAINED
}

/// Whether a title is the label of a row, which is numbered like a heading. Groups are labels too where tables are near.
pub fn is_row(words: &str, full: &str, groups: bool) -> bool {
    /// Sorted.
    static LABELS: LazyLock<[Vec<String>; 2]> = LazyLock::new(|| {
        let mut lists = [Vec::new(), Vec::new()];
        for row in forms().editions.iter().flat_map(|f| &f.tables).flat_map(|t| &t.rows) {
            let [rows, groups] = &mut lists;
            let list = if row.kind == RowKind::Group { groups } else { rows };
            for label in row.labels.iter().map(|l| fold(l)) {
                list.push(label.split('(').next().unwrap_or_default().to_owned());
                list.push(label);
            }
        }
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        lists
    });
    let [rows, group_labels] = &*LABELS;
    let holds = |labels: &[String], words: &str| labels.binary_search_by(|l| l.as_str().cmp(words)).is_ok();
    let folded = fold(words);
    // The unit may follow a label at once: 行政复议数量件. A label that the words start with is sorted before them, among those that
    // start with the same letters.
    let least = folded.len().saturating_sub(UNIT).max(LABEL);
    let lead = if folded.len() < LABEL { None } else { Some(capped(&folded, least)) };
    let labelled = |lead: &str| {
        let before = rows.get(..rows.partition_point(|l| *l <= folded)).unwrap_or_default();
        before.iter().rev().take_while(|l| l.starts_with(lead)).any(|l| l.len() >= least && folded.starts_with(l.as_str()))
    };
    // 不予公开情况 is no label with a unit.
    if !ends_as_title(&folded) && lead.is_some_and(labelled) {
        return true;
    }
    let full = fold(full);
    if holds(rows, &full) {
        return true;
    }
    if !groups {
        return false;
    }
    let core = words.find(|c: char| matches!(c, ',' | '，' | '—' | '-' | '\t') || c.is_ascii_digit()).and_then(|i| words.get(..i)).unwrap_or(words);
    let core = core.find("  ").and_then(|i| core.get(..i)).unwrap_or(core);
    let core = if core.len() < words.len() { Cow::Owned(fold(core)) } else { Cow::Borrowed(folded.as_str()) };
    [folded.as_str(), &core, &full].iter().any(|w| holds(group_labels, w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_tells_the_kind_that_the_grammar_tells() {
        assert!(!words().by_first.is_empty());
        let pieces: Vec<&str> =
            forms().sections.iter().flat_map(|k| &k.words).flatten().map(String::as_str).chain(NEUTRAL.iter().copied()).chain(["甲", " "]).collect();
        for a in &pieces {
            for b in &pieces {
                let title = format!("{a}{b}");
                assert_eq!(kind_of(&title), forms().section_kind(&title), "{title}");
                let mut beginnings = Beginnings::new(&title);
                for (end, _) in title.char_indices() {
                    assert_eq!(beginnings.kind(end), forms().section_kind(title.get(..end).unwrap()), "{title}");
                }
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
