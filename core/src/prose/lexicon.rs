//! The words of running text, made ready for matching.

use std::sync::LazyLock;

use gongkai_grammar::{Entry, fold_char, prose_lexicon};
use memchr::memmem;
use rustc_hash::FxHashMap;

/// Words found by their first character, the longest first.
#[derive(Debug, Default)]
pub struct Starts(FxHashMap<char, Vec<Entry>>);

impl Starts {
    fn new(list: &str) -> Self {
        let mut starts: FxHashMap<char, Vec<Entry>> = FxHashMap::default();
        for entry in prose_lexicon().entries(list) {
            if let Some(first) = entry.word.chars().next() {
                starts.entry(first).or_default().push(*entry);
            }
        }
        for entries in starts.values_mut() {
            entries.sort_by_key(|e| std::cmp::Reverse(e.word.len()));
        }
        Self(starts)
    }

    /// The longest word at the start of a text.
    pub fn at(&self, text: &str) -> Option<&'static str> {
        let entries = self.0.get(&text.chars().next()?)?;
        entries.iter().find(|e| text.strip_prefix(e.word).is_some_and(|rest| !rest.starts_with(|c| e.not_before.contains(c)))).map(|e| e.word)
    }
}

/// Words found by their last character, the longest first.
#[derive(Debug, Default)]
pub struct Ends(FxHashMap<char, Vec<&'static str>>);

impl Ends {
    fn new(list: &str) -> Self {
        let mut ends: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for word in prose_lexicon().words(list) {
            if let Some(last) = word.chars().next_back() {
                ends.entry(last).or_default().push(word);
            }
        }
        for words in ends.values_mut() {
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        Self(ends)
    }

    /// The longest word at the end of a text.
    pub fn at(&self, text: &str) -> Option<&'static str> {
        self.0.get(&text.chars().next_back()?)?.iter().find(|word| text.ends_with(**word)).copied()
    }
}

/// A set of characters from U+4E00 to U+9FFF, as bits.
pub struct Characters([u64; 512]);

impl Characters {
    /// Every character that reads as one of `chars`.
    fn new(chars: impl Iterator<Item = char>) -> Self {
        let chars: std::collections::BTreeSet<char> = chars.collect();
        let mut bits = [0u64; 512];
        for c in '\u{4E00}'..='\u{9FFF}' {
            if fold_char(c).is_some_and(|c| chars.contains(&c))
                && let Some(word) = bits.get_mut(c as usize / 64 % 512)
            {
                *word |= 1 << (c as usize % 64);
            }
        }
        Self(bits)
    }

    /// Whether the character is in the set; of characters outside the range the answer means nothing.
    #[inline]
    pub fn holds(&self, c: u32) -> bool {
        self.0.get(c as usize / 64 % 512).is_some_and(|word| word & (1 << (c % 64)) != 0)
    }
}

/// All of them.
pub struct Words {
    pub units: Starts,
    /// What parts of a text are called.
    pub text_units: Starts,
    pub phrases: Starts,
    pub over_after: Starts,
    pub about_after: Starts,
    pub under_after: Starts,
    pub over_before: Ends,
    pub about_before: Ends,
    pub under_before: Ends,
    pub not_before: Ends,
    pub order_before: Ends,
    pub numeral_before: Ends,
    pub number_words: Ends,
    pub number_links: Ends,
    /// What a subject does not begin with.
    pub no_subject: Starts,
    body_ends: Ends,
    no_bodies: Ends,
    /// What a body does, while what is counted was said before.
    pub deeds_of_bodies: Starts,
    /// What is counted, in front of the verb.
    pub things_in_front: Ends,
    pub none_verbs: Starts,
    pub none_not_before: Ends,
    pub zero_things: Starts,
    pub weak_zero_things: Starts,
    pub shared: Vec<memmem::Finder<'static>>,
    /// Who is the whole of the body that reports.
    pub whole: Vec<&'static str>,
    /// What adds to what there was: 新增.
    pub adding: Vec<&'static str>,
    /// What says nothing of what a number counts: 所属5个单位.
    pub leads: Vec<&'static str>,
    /// What says that a number sums up the one before.
    pub sums: Vec<&'static str>,
    /// What says why, and counts nothing by itself.
    pub whys: Vec<&'static str>,
    /// What says as little, and that it was counted before: 上述3份申请.
    pub again: Vec<&'static str>,
    pub units_of_one: Vec<&'static str>,
    pub whole_units: Vec<&'static str>,
    /// Units that count the same without 次.
    pub alike: Vec<&'static str>,
    pub no_counts: Vec<&'static str>,
    /// Chinese numerals.
    pub numerals: Characters,
    /// What may follow one in a quantity.
    pub behind_numeral: Characters,
    /// First characters of words for none.
    pub negations: Characters,
    /// What may follow one.
    pub behind_negation: Characters,
    /// First characters of words for none of what is named behind them.
    pub none_of: Characters,
}

impl Words {
    /// Whether a text ends like the name of a body: 县财政局, 乡镇〔街道〕; 不属于本机关 is none.
    pub fn is_body(&self, text: &str) -> bool {
        let text = text.trim_end_matches(INNER_BRACKETS);
        !text.starts_with(['不', '非', '未', '无']) && self.body_ends.at(text).is_some() && self.no_bodies.at(text).is_none()
    }
}

/// What the brackets within a name are read as: 县(市、区).
pub const INNER_BRACKETS: [char; 2] = ['〔', '〕'];

/// The numerals a quantity may begin with.
pub const NUMERALS: &str = "一二三四五六七八九十百千万亿两零";

/// The words of running text.
pub fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let lexicon = prose_lexicon();
        let list = |name: &str| lexicon.words(name).collect::<Vec<_>>();
        let firsts = |name: &str| lexicon.words(name).filter_map(|w| w.chars().next()).collect::<Vec<_>>();
        Words {
            units: Starts::new("units"),
            text_units: Starts::new("text units"),
            phrases: Starts::new("phrases"),
            over_after: Starts::new("over after"),
            about_after: Starts::new("about after"),
            under_after: Starts::new("under after"),
            over_before: Ends::new("over before"),
            about_before: Ends::new("about before"),
            under_before: Ends::new("under before"),
            not_before: Ends::new("not before"),
            order_before: Ends::new("order before"),
            numeral_before: Ends::new("order before numerals"),
            number_words: Ends::new("number words"),
            number_links: Ends::new("number links"),
            no_subject: Starts::new("no subject"),
            body_ends: Ends::new("body ends"),
            no_bodies: Ends::new("no bodies"),
            deeds_of_bodies: Starts::new("deeds of bodies"),
            things_in_front: Ends::new("things in front"),
            none_verbs: Starts::new("none verbs"),
            none_not_before: Ends::new("none not before"),
            zero_things: Starts::new("zero things"),
            weak_zero_things: Starts::new("weak zero things"),
            shared: lexicon.words("shared").map(memmem::Finder::new).collect(),
            whole: list("whole"),
            adding: list("adding"),
            leads: list("leads"),
            sums: list("sums"),
            whys: list("whys"),
            again: list("again"),
            units_of_one: list("units of one"),
            whole_units: list("whole units"),
            alike: list("alike"),
            no_counts: list("no counts"),
            numerals: Characters::new(NUMERALS.chars()),
            behind_numeral: Characters::new(NUMERALS.chars().chain("余多分几".chars()).chain(firsts("units")).chain(firsts("none things"))),
            negations: Characters::new(firsts("none").into_iter()),
            none_of: Characters::new(firsts("none of").into_iter()),
            behind_negation: Characters::new(
                ["none verbs", "none things", "none links"]
                    .into_iter()
                    .flat_map(&firsts)
                    .chain(lexicon.words("none").filter_map(|w| w.chars().nth(1))),
            ),
        }
    });
    &WORDS
}
