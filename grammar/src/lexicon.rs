//! Lists of words: the files of `lexicon/`.

use std::{collections::BTreeMap, sync::LazyLock};

/// The lists of one file.
#[derive(Debug, Default)]
pub struct Lexicon {
    lists: BTreeMap<&'static str, Vec<Entry>>,
}

/// A word of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word, in simplified characters.
    pub word: &'static str,
    /// Characters that must not follow it.
    pub not_before: &'static str,
}

impl Lexicon {
    fn parse(source: &'static str) -> Self {
        let mut lexicon = Self::default();
        let mut list = "";
        for line in source.lines() {
            let line = line.split_once('#').map_or(line, |(words, _)| words).trim();
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                list = name;
                continue;
            }
            for word in line.split_whitespace() {
                let entries = lexicon.lists.entry(list).or_default();
                match (word.strip_prefix('!'), entries.last_mut()) {
                    (Some(characters), Some(last)) => last.not_before = characters,
                    _ => entries.push(Entry { word, not_before: "" }),
                }
            }
        }
        lexicon
    }

    /// The entries of a list, none if there is no such list.
    #[must_use]
    pub fn entries(&self, list: &str) -> &[Entry] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// The words of a list.
    pub fn words(&self, list: &str) -> impl Iterator<Item = &'static str> + '_ {
        self.entries(list).iter().map(|entry| entry.word)
    }
}

/// The words of running text.
#[must_use]
pub fn prose_lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/prose.txt")));
    &LEXICON
}

/// The words of contacts, names of documents, problems and measures.
#[must_use]
pub fn outline_lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/outline.txt")));
    &LEXICON
}

/// The words that checks of running text go by.
#[must_use]
pub fn check_lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/checks.txt")));
    &LEXICON
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    #[test]
    fn lists_words_and_what_must_not_follow() {
        let lexicon = Lexicon::parse("# words\n[units]\n件 部 !门委 # both\n条\n[none]\n未");
        assert_eq!(lexicon.words("units").collect::<Vec<_>>(), ["件", "部", "条"]);
        assert_eq!(lexicon.entries("units")[1], Entry { word: "部", not_before: "门委" });
        assert_eq!(lexicon.words("none").collect::<Vec<_>>(), ["未"]);
        assert!(lexicon.entries("other").is_empty());
    }

    #[test]
    fn words_are_written_as_texts_are_folded() {
        for (list, entries) in prose_lexicon().lists.iter().chain(&outline_lexicon().lists).chain(&check_lexicon().lists) {
            for entry in entries {
                assert_eq!(fold(entry.word), entry.word, "[{list}]");
                assert_eq!(fold(entry.not_before), entry.not_before, "[{list}]");
            }
        }
    }
}
