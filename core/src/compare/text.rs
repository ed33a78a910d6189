//! The prose of two reports: its parts matched, their likeness, and the sentences that differ.

use std::hash::{Hash, Hasher};

use gongkai_grammar::{
    fold, heading_mark,
    model::{ChangeKind, Name, Passage, Report, SectionChange, Span, TextChange},
};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use similar::{Algorithm, DiffOp};

use crate::sentences::{self, Sentence};

/// Sentences of a part that are laid side by side; of longer parts the order is not looked at.
const SENTENCES: usize = 1500;
/// Two sentences are one that was changed if they share so much of their words, in percent.
const SAME: u8 = 50;
/// Sentences among which the changed one is looked for.
const NEAR: usize = 8;

/// A part of a report: a heading of the first level with all that stands below it.
struct Part {
    heading: Option<String>,
    kind: Option<Name>,
    span: Span,
    sentences: Vec<Sentence>,
}

/// The parts of both reports, those of the first in its order, then those that only the second has.
pub fn sections(a: (&str, &Report), b: (&str, &Report)) -> Vec<SectionChange> {
    let (old, new) = (parts(a.0, a.1), parts(b.0, b.1));
    let matches = matched(&old, &new);
    let taken: FxHashSet<usize> = matches.iter().flatten().copied().collect();
    let mut changes: Vec<SectionChange> =
        old.iter().zip(&matches).map(|(one, other)| section(a.0, b.0, Some(one), other.and_then(|i| new.get(i)))).collect();
    changes.extend(new.iter().enumerate().filter(|(i, _)| !taken.contains(i)).map(|(_, one)| section(a.0, b.0, None, Some(one))));
    changes
}

fn parts(text: &str, report: &Report) -> Vec<Part> {
    let tables = sentences::tables(report);
    let mut parts: Vec<Part> = Vec::new();
    for section in report.sections.iter().filter(|s| sentences::is_prose(s)) {
        if section.level <= 1 || parts.is_empty() {
            parts.push(Part { heading: section.heading.clone(), kind: section.kind.clone(), span: section.span, sentences: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.span.end = section.span.end;
            sentences::of_section(text, section, &tables, &mut part.sentences);
        }
    }
    parts
}

/// For each part of the first report the part of the second that it is: of the same kind, else of the same heading.
fn matched(old: &[Part], new: &[Part]) -> Vec<Option<usize>> {
    let heading = |part: &Part| part.heading.as_deref().map(|h| fold(h.get(heading_mark(h).map_or(0, |m| m.end)..).unwrap_or(h)));
    let mut free: FxHashMap<(bool, String), Vec<usize>> = FxHashMap::default();
    for (i, part) in new.iter().enumerate().rev() {
        part.kind.as_ref().into_iter().for_each(|kind| free.entry((true, kind.to_string())).or_default().push(i));
        heading(part).into_iter().for_each(|words| free.entry((false, words)).or_default().push(i));
    }
    let mut taken = vec![false; new.len()];
    let mut take = |key: (bool, String)| {
        let list = free.get_mut(&key)?;
        while let Some(i) = list.pop() {
            if let Some(taken) = taken.get_mut(i).filter(|t| !**t) {
                *taken = true;
                return Some(i);
            }
        }
        None
    };
    let mut found: Vec<Option<usize>> = old.iter().map(|part| take((false, heading(part)?))).collect();
    for (part, found) in old.iter().zip(&mut found) {
        *found = found.or_else(|| take((true, part.kind.as_ref()?.to_string())));
    }
    found
}

fn section(text_a: &str, text_b: &str, a: Option<&Part>, b: Option<&Part>) -> SectionChange {
    let (old, new): (Vec<&Sentence>, Vec<&Sentence>) =
        (a.into_iter().flat_map(|p| &p.sentences).collect(), b.into_iter().flat_map(|p| &p.sentences).collect());
    let words = |list: &[&Sentence]| list.iter().map(|s| s.words.as_str()).collect::<String>();
    let (equal, changes) = differences(text_a, text_b, &old, &new);
    SectionChange {
        heading: b.and_then(|p| p.heading.clone()).or_else(|| a.and_then(|p| p.heading.clone())),
        kind: b.and_then(|p| p.kind.clone()).or_else(|| a.and_then(|p| p.kind.clone())),
        a: a.map(|p| p.span),
        b: b.map(|p| p.span),
        similarity: if a.is_some() && b.is_some() { likeness(&words(&old), &words(&new)) } else { 0 },
        equal,
        changes,
    }
}

/// The number of sentences both have, and those that differ, in their order.
fn differences(text_a: &str, text_b: &str, old: &[&Sentence], new: &[&Sentence]) -> (usize, Vec<TextChange>) {
    let hash = |s: &&Sentence| {
        let mut hasher = FxHasher::default();
        s.words.hash(&mut hasher);
        hasher.finish()
    };
    let (hashes_a, hashes_b): (Vec<u64>, Vec<u64>) = (old.iter().map(hash).collect(), new.iter().map(hash).collect());
    let passage = |text: &str, s: &Sentence| Passage { text: s.span.of(text).chars().filter(|c| !matches!(c, '\n' | '\r')).collect(), span: s.span };
    let change = |a: Option<&&Sentence>, b: Option<&&Sentence>| TextChange {
        kind: match (a, b) {
            (Some(_), Some(_)) => ChangeKind::Changed,
            (Some(_), None) => ChangeKind::Removed,
            _ => ChangeKind::Added,
        },
        a: a.map(|s| passage(text_a, s)),
        b: b.map(|s| passage(text_b, s)),
    };
    let mut changes = Vec::new();
    if old.len().max(new.len()) > SENTENCES {
        let (in_a, in_b): (FxHashSet<u64>, FxHashSet<u64>) = (hashes_a.iter().copied().collect(), hashes_b.iter().copied().collect());
        changes.extend(old.iter().zip(&hashes_a).filter(|(_, h)| !in_b.contains(h)).map(|(s, _)| change(Some(s), None)));
        let equal = old.len() - changes.len();
        changes.extend(new.iter().zip(&hashes_b).filter(|(_, h)| !in_a.contains(h)).map(|(s, _)| change(None, Some(s))));
        return (equal, changes);
    }
    let mut equal = 0;
    for operation in similar::capture_diff_slices(Algorithm::Myers, &hashes_a, &hashes_b) {
        if let DiffOp::Equal { len, .. } = operation {
            equal += len;
            continue;
        }
        let gone = old.get(operation.old_range()).unwrap_or_default();
        let mut come = new.get(operation.new_range()).unwrap_or_default();
        for one in gone {
            let near = come.iter().take(NEAR).position(|other| likeness(&one.words, &other.words) >= SAME);
            let Some(at) = near else {
                changes.push(change(Some(one), None));
                continue;
            };
            changes.extend(come.iter().take(at).map(|other| change(None, Some(other))));
            changes.push(change(Some(one), come.get(at)));
            come = come.get(at + 1..).unwrap_or_default();
        }
        changes.extend(come.iter().map(|other| change(None, Some(other))));
    }
    (equal, changes)
}

/// How many of their pairs of neighbouring characters two texts share, in percent (Dice's coefficient).
fn likeness(a: &str, b: &str) -> u8 {
    if a == b {
        return 100;
    }
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let (pairs_a, pairs_b) = (pairs(a), pairs(b));
    let mut counts: FxHashMap<(char, char), usize> = FxHashMap::default();
    pairs_a.iter().for_each(|&p| *counts.entry(p).or_default() += 1);
    let shared = pairs_b.iter().filter(|p| counts.get_mut(p).is_some_and(|n| n.checked_sub(1).map(|less| *n = less).is_some())).count();
    let percent = (shared * 200).checked_div(pairs_a.len() + pairs_b.len()).unwrap_or(0);
    // What is not the same is never a hundred.
    u8::try_from(percent.min(99)).unwrap_or(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Sentence> {
        let section = gongkai_grammar::model::Section { heading: None, kind: None, level: 0, heading_span: None, span: Span::new(0, text.len()) };
        let mut found = Vec::new();
        sentences::of_section(text, &section, &[], &mut found);
        found
    }

    fn told(a: &str, b: &str) -> (usize, Vec<String>) {
        let (old, new) = (of(a), of(b));
        let (equal, changes) = differences(a, b, &old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>());
        let words = |p: Option<Passage>| p.map_or_else(String::new, |p| p.text);
        (equal, changes.into_iter().map(|c| format!("{} → {}", words(c.a), words(c.b))).collect())
    }

    #[test]
    fn sentences_are_laid_side_by_side() {
        let (equal, changes) = told("栏目按月核对。全年举办培训三期。没有投诉。", "栏目按月\n核对。新设专区一个。全年举办培训五期。");
        assert_eq!(equal, 1);
        assert_eq!(changes, [" → 新设专区一个。", "全年举办培训三期。 → 全年举办培训五期。", "没有投诉。 → "]);
    }

    #[test]
    fn very_long_parts_are_compared_without_their_order() {
        let long: String = (0..SENTENCES + 2).map(|i| format!("第{i}项工作完成。")).collect();
        let (equal, changes) = told(&long, &format!("全新的一句。{long}"));
        assert_eq!((equal, changes), (SENTENCES + 2, vec![" → 全新的一句。".to_owned()]));
    }

    #[test]
    fn likeness_is_a_share_of_pairs() {
        assert_eq!(likeness("甲乙丙", "甲乙丙"), 100);
        assert_eq!(likeness("甲乙丙", "甲乙丁"), 50);
        assert_eq!(likeness("甲乙甲乙", "甲乙"), 50);
        assert_eq!((likeness("甲", "乙"), likeness("", "")), (0, 100));
    }
}
