//! The words of a sentence that say who does what, by which channel and when.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use gongkai_grammar::prose_lexicon;

/// What a word may be; one word may be several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(u32);

macro_rules! classes {
    ($($name:ident $list:literal $bit:literal)*) => {
        impl Class {
            $(pub const $name: Self = Self(1 << $bit);)*
            const LISTS: &'static [(&'static str, Self)] = &[$(($list, Self::$name)),*];
        }
    };
}

classes! {
    VERB "verbs" 0
    VERBAL_NOUN "verbal nouns" 1
    NOUN "nouns" 2
    CHANNEL "channels" 3
    BY "by" 4
    CHANNEL_END "channel ends" 5
    PERIOD "periods" 6
    ADVERB "adverbs" 7
    PARTS "parts" 8
    PART_WORD "part words" 9
    SHARE "shares" 10
    SHARED "shared" 11
    CUMULATIVE "cumulative" 12
    LAST_YEAR "last year" 13
    CHANGE "changes" 14
    NONE "none" 15
    NONE_OF "none of" 16
    ADDS_UP "adds up" 17
    EACH "each" 18
    PLAN "plans" 19
    CONCLUDED "concluded" 20
    OF_PROCEEDINGS "of proceedings" 21
}

impl Class {
    /// Whether it is one of these too.
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Either of them.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A word of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// In the sentence as read.
    pub place: Range<usize>,
    pub class: Class,
}

/// The words of a sentence, in order; of words that overlap the first and longest.
pub fn tokens(text: &str) -> Vec<Token> {
    static WORDS: LazyLock<(Option<AhoCorasick>, Vec<Class>)> = LazyLock::new(|| {
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        for (list, class) in Class::LISTS {
            for word in prose_lexicon().words(list) {
                *words.entry(word).or_default() |= class.0;
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA)).build(words.keys()).ok();
        (automaton, words.values().map(|&bits| Class(bits)).collect())
    });
    let (automaton, classes) = &*WORDS;
    let found = automaton.iter().flat_map(|a| a.find_iter(text));
    found.filter_map(|m| Some(Token { place: m.range(), class: *classes.get(m.pattern().as_usize())? })).collect()
}
