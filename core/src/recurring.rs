//! What is said again: the problems and measures of one year that stand in the report of another.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use aho_corasick::{AhoCorasick, MatchKind};
use gongkai_grammar::{fold, model::Passage, outline_lexicon};

/// An item of a later year that says what one of an earlier year said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The earlier item, an index.
    pub earlier: usize,
    /// The later item, an index.
    pub later: usize,
    /// Pairs of characters they share, in percent of those of the shorter one.
    pub shared: u32,
}

/// Two items are alike from this share on. A measure and a problem seldom share whole sentences, but what they are about: a third is much.
pub const ALIKE: u32 = 34;
/// Items with fewer pairs of characters say too little to be compared.
const PAIRS: usize = 4;

/// For every later item the earlier one that it shares most with, if they are alike.
///
/// Items are compared by their pairs of neighbouring characters, after folding and without the words that every item of such a section has
/// (政府信息公开, 进一步, 加强): the number of shared pairs over that of the shorter item. With the measures of one year as `earlier` and the
/// problems of the next as `later` it tells which promises came to nothing.
#[must_use]
pub fn recurring(earlier: &[Passage], later: &[Passage]) -> Vec<Recurrence> {
    let before: Vec<BTreeSet<[char; 2]>> = earlier.iter().map(|p| pairs(&p.text)).collect();
    // Where each pair stands: only items that share one are compared.
    let mut holders: BTreeMap<[char; 2], Vec<usize>> = BTreeMap::new();
    for (at, set) in before.iter().enumerate() {
        for pair in set {
            holders.entry(*pair).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (at, item) in later.iter().enumerate() {
        let set = pairs(&item.text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for holder in set.iter().filter_map(|pair| holders.get(pair)).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let percent = |(earlier, count): (&usize, &usize)| {
            let shorter = before.get(*earlier).map_or(0, BTreeSet::len).min(set.len());
            let share = u32::try_from(100 * count / shorter.max(1)).unwrap_or(0);
            (shorter >= PAIRS && share >= ALIKE).then_some((share, std::cmp::Reverse(*earlier)))
        };
        if let Some((share, std::cmp::Reverse(earlier))) = shared.iter().filter_map(percent).max() {
            found.push(Recurrence { earlier, later: at, shared: share });
        }
    }
    found
}

/// The pairs of neighbouring characters of an item, without the words that all items have.
fn pairs(text: &str) -> BTreeSet<[char; 2]> {
    static COMMON: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(outline_lexicon().words("common words")).ok());
    let folded = fold(text);
    let mut own = String::with_capacity(folded.len());
    let mut from = 0;
    for hit in COMMON.iter().flat_map(|a| a.find_iter(&folded)) {
        own.push_str(folded.get(from..hit.start()).unwrap_or_default());
        own.push(' ');
        from = hit.end();
    }
    own.push_str(folded.get(from..).unwrap_or_default());
    let letter = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
    own.chars().zip(own.chars().skip(1)).filter(|(a, b)| letter(a) && letter(b)).map(|(a, b)| [a, b]).collect()
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::model::Span;

    use super::*;

    fn items(texts: &[&str]) -> Vec<Passage> {
        texts.iter().map(|t| Passage { text: (*t).to_owned(), span: Span::default() }).collect()
    }

    #[test]
    fn a_promise_that_came_to_nothing() {
        let measures = items(&["一是加强基层人员业务培训，充实力量。", "二是丰富政策解读形式，多用图解和视频。", "三是规范栏目更新。"]);
        let problems = items(&["一是政策解读的形式不够丰富，图解和视频偏少；", "二是档案移交不及时；", "三是基层人员力量不足，业务培训不够。"]);
        let found: Vec<_> = recurring(&measures, &problems).into_iter().map(|r| (r.earlier, r.later)).collect();
        assert_eq!(found, [(1, 0), (0, 2)]);
    }

    #[test]
    fn words_that_all_items_have_make_nothing_alike() {
        let measures = items(&["进一步加强政府信息公开工作，不断提高主动公开工作水平。"]);
        let problems = items(&["政府信息公开工作有待进一步加强，主动公开工作需要提高。"]);
        assert_eq!(recurring(&measures, &problems), []);
    }
}
