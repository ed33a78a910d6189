//! The indicators that are followed over all editions, as data: `lexicon/indicators.txt`.

use std::{collections::BTreeMap, sync::LazyLock};

/// A measure with one name in every edition.
#[derive(Debug, Default)]
pub struct IndicatorDefinition {
    /// `requests_received`
    pub name: &'static str,
    /// The tables that give it.
    pub tables: Vec<TableSource>,
    /// The sentences that give it: one of them is enough.
    pub patterns: Vec<Pattern>,
    /// What makes a fact only about the same.
    pub doubts: Vec<Doubt>,
    /// Whether its parts may be told behind it, though no indicator is one of them.
    pub has_parts: bool,
    /// The indicator it is a part of, though paragraphs may stand between them.
    pub part_of: Option<&'static str>,
}

/// How the table of some editions gives an indicator.
#[derive(Debug, Default)]
pub struct TableSource {
    /// Ids of editions.
    pub editions: Vec<&'static str>,
    /// The figures whose sum it is: paths, where `denied.*` stands for every row directly below `denied`.
    pub paths: Vec<&'static str>,
    /// Why it is only about the same, in Chinese and English.
    pub why: Option<(&'static str, &'static str)>,
}

/// What a sentence must say to give an indicator.
#[derive(Debug, Default)]
pub struct Pattern {
    /// All of them.
    pub conditions: Vec<Condition>,
}

/// A fact whose words fit gives an indicator only about.
#[derive(Debug)]
pub struct Doubt {
    /// All of them.
    pub conditions: Vec<Condition>,
    /// Why, in Chinese and English.
    pub why: (&'static str, &'static str),
}

/// One condition of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Of what.
    pub field: Field,
    /// One of them is enough.
    pub words: Vec<&'static str>,
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The unit is one of the words; a zero in words has none and always fits.
    Unit,
    /// Who or what the sentence is about holds one of the words.
    Subject,
    /// What is done holds one of the words.
    Verb,
    /// What is counted holds one of the words.
    Object,
    /// The channel holds one of the words.
    Channel,
    /// One of the fields above holds one of the words.
    Any,
    /// None of them does.
    Not,
    /// The sentence holds none of the words.
    Nor,
    /// What is counted is made of the words alone.
    Only,
    /// The fact is a part of one that gives one of the indicators.
    Of,
    /// It is a part of none that gives one of the indicators.
    NotOf,
    /// It is said of the whole body that reports, for its year, and of no part.
    Whole,
    /// No channel is named, or several.
    NoChannel,
    /// Nothing says what is counted, but for the heading, which tells of requests.
    OnRequests,
    /// A year is named, and it is the one before the report's.
    LastYear,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "unit" => Self::Unit,
            "subject" => Self::Subject,
            "verb" => Self::Verb,
            "object" => Self::Object,
            "channel" => Self::Channel,
            "any" => Self::Any,
            "not" => Self::Not,
            "nor" => Self::Nor,
            "only" => Self::Only,
            "of" => Self::Of,
            "not-of" => Self::NotOf,
            "whole" => Self::Whole,
            "no-channel" => Self::NoChannel,
            "on-requests" => Self::OnRequests,
            "last-year" => Self::LastYear,
            _ => return None,
        })
    }
}

/// The lines of the file. What is not understood is an error of the file, and a test of this crate finds it.
fn parse(source: &'static str) -> (Vec<IndicatorDefinition>, Vec<&'static str>) {
    let mut found: Vec<IndicatorDefinition> = Vec::new();
    let mut lists: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    let mut bad = Vec::new();
    for line in source.lines() {
        let line = line.split_once('#').map_or(line, |(before, _)| before).trim();
        let (text, why) = line.split_once('~').map_or((line, None), |(text, why)| (text, reason(why)));
        let mut words = text.split_whitespace();
        let understood = match words.next() {
            None => true,
            Some("indicator") => words.next().map(|name| found.push(IndicatorDefinition { name, ..IndicatorDefinition::default() })).is_some(),
            Some("words") => words.next().map(|name| lists.insert(name, words.collect())).is_some(),
            Some("table") => {
                let (paths, editions): (Vec<_>, Vec<_>) = words.partition(|word| word.contains('/'));
                let whole = !paths.is_empty() && !editions.is_empty() && why.is_some() == line.contains('~');
                whole && found.last_mut().map(|i| i.tables.push(TableSource { editions, paths, why })).is_some()
            }
            Some("prose") => {
                let conditions = conditions(words, &lists);
                let conditions = conditions.filter(|c| !c.is_empty() && why.is_none()).unwrap_or_default();
                !conditions.is_empty() && found.last_mut().map(|i| i.patterns.push(Pattern { conditions })).is_some()
            }
            Some("parts") => words.next().is_none() && found.last_mut().map(|i| i.has_parts = true).is_some(),
            Some("part-of") => match (words.next(), words.next(), found.last_mut()) {
                (Some(whole), None, Some(last)) => last.part_of.replace(whole).is_none(),
                _ => false,
            },
            Some("about") => match (conditions(words, &lists), why, found.last_mut()) {
                (Some(conditions), Some(why), Some(last)) => {
                    last.doubts.push(Doubt { conditions, why });
                    true
                }
                _ => false,
            },
            Some(_) => false,
        };
        if !understood {
            bad.push(line);
        }
    }
    (found, bad)
}

/// `"zh" "en"`
fn reason(text: &'static str) -> Option<(&'static str, &'static str)> {
    let mut quoted = text.split('"').skip(1).step_by(2);
    Some((quoted.next()?, quoted.next()?))
}

/// `unit: 件 份 verb: 收到 @received`; `None` if a field or a list is not known.
fn conditions(words: impl Iterator<Item = &'static str>, lists: &BTreeMap<&str, Vec<&'static str>>) -> Option<Vec<Condition>> {
    let mut conditions: Vec<Condition> = Vec::new();
    for word in words {
        if let Some(field) = word.strip_suffix(':') {
            conditions.push(Condition { field: Field::named(field)?, words: Vec::new() });
        } else {
            let last = conditions.last_mut()?;
            match word.strip_prefix('@') {
                Some(list) => last.words.extend(lists.get(list)?),
                None => last.words.push(word),
            }
        }
    }
    Some(conditions)
}

/// All indicators, in the order they are listed in.
#[must_use]
pub fn indicator_definitions() -> &'static [IndicatorDefinition] {
    static INDICATORS: LazyLock<Vec<IndicatorDefinition>> = LazyLock::new(|| parse(include_str!("../lexicon/indicators.txt")).0);
    &INDICATORS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fold, forms};

    #[test]
    fn the_language_of_the_file() {
        let (found, bad) = parse(
            "words cases 件 起\nindicator received # all of them\npart-of all\ntable 2014 2019 a/b/c d/e\nprose unit: @cases verb: 收到 whole:\nabout not: 件 ~ \"约\" \"about\"\ntable x\nprose speed: 1\n",
        );
        assert_eq!(bad, ["table x", "prose speed: 1"]);
        assert_eq!((found.len(), found[0].name, found[0].patterns.len()), (1, "received", 1));
        assert_eq!(found[0].part_of, Some("all"));
        assert_eq!(found[0].tables[0].editions, ["2014", "2019"]);
        assert_eq!(found[0].tables[0].paths, ["a/b/c", "d/e"]);
        assert_eq!(found[0].patterns[0].conditions[0], Condition { field: Field::Unit, words: vec!["件", "起"] });
        assert_eq!(found[0].patterns[0].conditions[2], Condition { field: Field::Whole, words: vec![] });
        assert_eq!(found[0].doubts[0].why, ("约", "about"));
    }

    #[test]
    fn every_line_is_understood_and_every_path_is_a_figure_of_its_edition() {
        let (found, bad) = parse(include_str!("../lexicon/indicators.txt"));
        assert!(bad.is_empty(), "{bad:#?}");
        let named = found.iter().map(|i| i.name).collect::<Vec<_>>();
        for indicator in &found {
            assert!(indicator.part_of.is_none_or(|whole| named.contains(&whole)), "{}: {:?}", indicator.name, indicator.part_of);
            for source in &indicator.tables {
                for (edition, path) in source.editions.iter().flat_map(|e| source.paths.iter().map(move |p| (e, p))) {
                    let form = forms().edition(edition).unwrap_or_else(|| panic!("{}: no edition {edition}", indicator.name));
                    let paths: Vec<&String> = form.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.paths).collect();
                    let known = match path.split_once(".*/") {
                        None => paths.iter().any(|p| p == path),
                        Some((head, tail)) => paths
                            .iter()
                            .any(|p| p.strip_prefix(head).is_some_and(|rest| rest.starts_with('.') && rest.ends_with(&format!("/{tail}")))),
                    };
                    assert!(known, "{}: {edition} has no {path}", indicator.name);
                }
            }
            for condition in indicator.patterns.iter().map(|p| &p.conditions).chain(indicator.doubts.iter().map(|d| &d.conditions)).flatten() {
                for word in &condition.words {
                    match condition.field {
                        Field::Of | Field::NotOf => assert!(named.contains(word), "{}: no indicator {word}", indicator.name),
                        _ => assert_eq!(fold(word), *word, "{}", indicator.name),
                    }
                }
            }
        }
        let mut names: Vec<&str> = found.iter().map(|i| i.name).collect();
        let listed = names.len();
        names.sort_unstable();
        names.dedup();
        assert!(names.len() == listed && listed > 30, "{names:?}");
    }
}
