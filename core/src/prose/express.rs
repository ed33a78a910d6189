//! Which indicator a fact expresses, by the patterns of `lexicon/indicators.txt`.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use gongkai_grammar::{Condition, Field, indicator_definitions, model::Name};
use rustc_hash::FxHashMap;

use super::clause::Said;

/// What a fact says, as the patterns ask.
pub struct Asked<'a> {
    /// The sentence as read.
    pub text: &'a str,
    pub said: &'a Said,
    /// The pieces of the sentence that belong to the fact.
    pub pieces: &'a [Range<usize>],
    /// `None` for a zero in words.
    pub unit: Option<Option<&'a str>>,
    /// Whether it is said of the whole body that reports; asked last.
    pub whole: &'a dyn Fn() -> bool,
    /// The indicator of the fact it is a part of.
    pub of: Option<&'a str>,
    /// Whether the heading tells of requests.
    pub on_requests: bool,
    /// Whether the year before the report's is named in front of it.
    pub last_year: bool,
}

/// The words of all patterns and where they are asked for.
struct Patterns {
    automaton: Option<AhoCorasick>,
    #[cfg(test)]
    words: usize,
    all: Vec<Compiled>,
    /// The indicators that others are parts of.
    with_parts: Vec<&'static str>,
    /// The patterns that a unit fits.
    by_unit: FxHashMap<&'static str, Bits>,
    /// For every word the patterns whose first condition on words names it.
    by_word: Vec<Bits>,
    /// The patterns that have no such condition.
    wordless: Bits,
}

struct Compiled {
    indicator: &'static str,
    /// Whether it is said of the year before.
    last_year: bool,
    /// Each with the words it names, those that are dear to ask last.
    conditions: Vec<(&'static Condition, Bits)>,
}

/// A set of words or of patterns, as bits.
#[derive(Clone, Copy, Debug, Default)]
struct Bits([u64; BITS / 64]);

/// More words or patterns than these cannot be told apart.
const BITS: usize = 512;

impl Bits {
    fn add(&mut self, at: usize) {
        if let Some(bits) = self.0.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    /// The members, from the least on.
    fn iter(self) -> impl Iterator<Item = usize> {
        let members = |mut bits: u64| {
            std::iter::from_fn(move || {
                let at = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(at)
            })
        };
        self.0.into_iter().enumerate().flat_map(move |(i, bits)| members(bits).map(move |at| 64 * i + at))
    }
}

/// Whether a condition asks that one of its words was found.
const fn finds(field: Field) -> bool {
    matches!(field, Field::Subject | Field::Verb | Field::Object | Field::Channel | Field::Any)
}

fn patterns() -> &'static Patterns {
    static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
        let mut words: BTreeMap<&'static str, usize> = BTreeMap::new();
        let asked = |field| {
            !matches!(
                field,
                Field::Unit | Field::Of | Field::NotOf | Field::Nor | Field::Whole | Field::NoChannel | Field::OnRequests | Field::LastYear
            )
        };
        let conditions = || indicator_definitions().iter().flat_map(|i| &i.patterns).flat_map(|p| &p.conditions);
        for word in conditions().filter(|c| asked(c.field)).flat_map(|c| &c.words) {
            let next = words.len();
            words.entry(word).or_insert(next);
        }
        let mut list = vec![""; words.len()];
        words.iter().for_each(|(word, &at)| list.get_mut(at).into_iter().for_each(|place| *place = word));
        let mut all = Vec::new();
        let mut by_unit: FxHashMap<&'static str, Bits> = FxHashMap::default();
        let mut by_word = vec![Bits::default(); words.len()];
        let mut wordless = Bits::default();
        let ids = |condition: &Condition| condition.words.iter().filter_map(|w| words.get(w)).copied().collect::<Vec<_>>();
        for (indicator, pattern) in indicator_definitions().iter().flat_map(|i| i.patterns.iter().map(move |p| (i.name, p))) {
            let at = all.len();
            for unit in pattern.conditions.iter().filter(|c| c.field == Field::Unit).flat_map(|c| &c.words) {
                by_unit.entry(unit).or_default().add(at);
            }
            match pattern.conditions.iter().find(|c| finds(c.field)) {
                Some(first) => ids(first).into_iter().for_each(|word| by_word.get_mut(word).into_iter().for_each(|patterns| patterns.add(at))),
                None => wordless.add(at),
            }
            let mut conditions: Vec<(&Condition, Bits)> = Vec::new();
            for condition in pattern.conditions.iter().filter(|c| c.field != Field::Unit) {
                let mut mask = Bits::default();
                ids(condition).into_iter().for_each(|word| mask.add(word));
                conditions.push((condition, mask));
            }
            conditions.sort_by_key(|(c, _)| (c.field == Field::Whole, matches!(c.field, Field::Only | Field::Nor)));
            let last_year = conditions.iter().any(|(c, _)| c.field == Field::LastYear);
            all.push(Compiled { indicator, last_year, conditions });
        }
        let named = conditions().filter(|c| c.field == Field::Of).flat_map(|c| c.words.iter().copied());
        let mut with_parts: Vec<&str> = named.chain(indicator_definitions().iter().filter(|i| i.has_parts).map(|i| i.name)).collect();
        with_parts.sort_unstable();
        with_parts.dedup();
        Patterns {
            automaton: AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&list).ok(),
            #[cfg(test)]
            words: list.len(),
            all,
            with_parts,
            by_unit,
            by_word,
            wordless,
        }
    });
    &PATTERNS
}

/// Whether others are parts of an indicator.
pub fn has_parts(indicator: &str) -> bool {
    patterns().with_parts.binary_search(&indicator).is_ok()
}

/// Whether an indicator is a part of another, though paragraphs may stand between them.
pub fn is_part_of(indicator: &str, whole: &str) -> bool {
    indicator_definitions().iter().any(|i| i.name == indicator && i.part_of == Some(whole))
}

/// The words found in each field.
#[derive(Default)]
struct Found {
    subject: Bits,
    verb: Bits,
    object: Bits,
    channel: Bits,
    any: Bits,
}

/// The indicator a fact expresses.
pub fn express(asked: &Asked<'_>) -> Option<Name> {
    let patterns = patterns();
    let of_unit = match asked.unit {
        Some(unit) => Some(patterns.by_unit.get(unit?)?),
        None => None,
    };
    let mut candidates = patterns.wordless;
    let mut found = Found::default();
    for piece in asked.pieces {
        let Some(words) = asked.text.get(piece.clone()) else { continue };
        for hit in patterns.automaton.iter().flat_map(|a| a.find_overlapping_iter(words)) {
            let place = piece.start + hit.start()..piece.start + hit.end();
            let word = hit.pattern().as_usize();
            let lies = |field: &Range<usize>| field.start <= place.start && place.end <= field.end;
            found.any.add(word);
            patterns.by_word.get(word).into_iter().for_each(|of_word| candidates.join(of_word));
            for (field, set) in [
                (&asked.said.subject, &mut found.subject),
                (&asked.said.verb, &mut found.verb),
                (&asked.said.object, &mut found.object),
                (&asked.said.channel, &mut found.channel),
            ] {
                if lies(field) {
                    set.add(word);
                }
            }
        }
    }
    of_unit.into_iter().for_each(|of_unit| candidates.keep(of_unit));
    let fits =
        |compiled: &&Compiled| compiled.last_year == asked.last_year && compiled.conditions.iter().all(|(c, mask)| holds(asked, &found, c, mask));
    let fit = candidates.iter().filter_map(|i| patterns.all.get(i)).find(fits)?;
    Some(Name::Borrowed(fit.indicator))
}

fn holds(asked: &Asked<'_>, found: &Found, condition: &Condition, mask: &Bits) -> bool {
    match condition.field {
        // The candidates are chosen by these.
        Field::Unit | Field::LastYear => true,
        Field::Subject => found.subject.meets(mask),
        Field::Verb => found.verb.meets(mask),
        Field::Object => found.object.meets(mask),
        Field::Channel => found.channel.meets(mask),
        Field::Any => found.any.meets(mask),
        Field::Not => !found.any.meets(mask),
        Field::Nor => !condition.words.iter().any(|word| asked.text.contains(word)),
        // 政府公报公开12条: what is counted need not be said behind a verb.
        Field::Only if asked.said.object.is_empty() => !asked.said.verb.is_empty() && asked.unit.is_some(),
        Field::Only => only(asked.text.get(asked.said.object.clone()).unwrap_or_default(), &condition.words),
        Field::Of => asked.of.is_some_and(|of| condition.words.contains(&of)),
        Field::NotOf => !asked.of.is_some_and(|of| condition.words.contains(&of)),
        Field::Whole => (asked.whole)(),
        Field::OnRequests => asked.on_requests && asked.said.object.is_empty(),
        Field::NoChannel => asked.said.channel.is_empty() || asked.said.channels,
    }
}

/// Whether a text is made of the words alone, the longest first.
fn only(text: &str, words: &[&str]) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let Some(word) = words.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) else { return false };
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_pattern_has_its_bit() {
        assert!(patterns().words <= BITS && patterns().all.len() <= BITS, "{} {}", patterns().words, patterns().all.len());
        assert!(patterns().automaton.is_some());
    }

    #[test]
    fn texts_of_given_words_alone() {
        assert!(only("各类信息", &["各", "各类", "信息"]));
        assert!(!only("各类重点信息", &["各类", "信息"]));
        assert!(!only("", &["各类"]));
    }
}
