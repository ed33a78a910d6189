//! Zeros in words: 未收到政府信息公开申请, 行政复议、行政诉讼均未发生, 投诉为零.

use std::ops::Range;

use super::{
    clause::{MARKS, Said, behind_last_mark, said},
    lexicon::words,
    tokens::{Class, Token},
};

use crate::outline::scan::{after, before};

/// A zero in words, of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zero {
    /// The words for none, with their verb.
    pub place: Range<usize>,
    /// What the clause says besides; the object is the thing.
    pub said: Said,
}

/// The zeros in words of a sentence, in order. `numbers` are the places of its quantities, sorted.
pub fn zeros(text: &str, tokens: &[Token], numbers: &[Range<usize>]) -> Vec<Zero> {
    let words = words();
    let mut found = Vec::new();
    let mut free = 0;
    for token in tokens.iter().filter(|t| t.class.is(Class::NONE.or(Class::NONE_OF))) {
        let head = before(text, token.place.start, CLAUSE);
        if token.place.start < free || words.none_not_before.at(head).is_some() {
            continue;
        }
        let start = token.place.start - head.len() + behind_last_mark(head);
        let rest = after(text, token.place.end, CLAUSE);
        let end = token.place.end + rest.find(MARKS).unwrap_or(rest.len());
        // 没有收费: what is done may be the thing itself.
        let whole = verb(text, token.place.end, end, true);
        // Without a verb the thing must stand right behind: 无行政复议, 没有投诉, 零投诉.
        let end = if whole.0.is_empty() { whole.1 + after(text, whole.1, NEAR.min(end - whole.1)).len() } else { end };
        let (verb, from) = if things(text, whole.1..end).is_empty() { verb(text, token.place.end, end, false) } else { whole };
        let place = token.place.start..if verb.is_empty() { token.place.end } else { verb.end };
        // Where a number is printed nothing is said in words.
        if numbers.get(numbers.partition_point(|n| n.end <= place.start)).is_some_and(|n| n.start < end) {
            continue;
        }
        let zone = if from < end { from..end } else { start..token.place.start };
        let bare = token.class.is(Class::NONE_OF);
        let named = !verb.is_empty() || (bare && from == end);
        let things = things(text, zone);
        let close = things.first().is_some_and(|(_, thing)| thing.start <= from + if bare { 0 } else { LINK });
        if !(named || close) || things.is_empty() {
            continue;
        }
        let context = said(text, tokens, start..token.place.start, place.end..place.end);
        let subject = if from < end { whole_lead(text, &context, start, token.place.start) } else { 0..0 };
        for (item, _) in things {
            let said = Said { subject: subject.clone(), verb: verb.clone(), object: item, ..context.clone() };
            found.push(Zero { place: place.clone(), said });
        }
        free = end;
    }
    found
}

/// Bytes of a clause on either side of the words for none.
const CLAUSE: usize = 300;
/// Bytes behind a word for none without a verb.
const NEAR: usize = 120;
/// So many bytes may stand between 无 and what there is none of.
const LINK: usize = 60;

/// The verb behind a word for none, and where what is counted may begin. With `things_too` a verb may be a word for a thing as well.
fn verb(text: &str, at: usize, end: usize, things_too: bool) -> (Range<usize>, usize) {
    let words = words();
    let (mut verb, mut at) = (at..at, at);
    while let Some(rest) = text.get(at..end).filter(|rest| !rest.is_empty()) {
        match words.none_verbs.at(rest) {
            Some(word) if things_too || words.zero_things.at(word).is_none_or(|thing| thing != word) => {
                at += word.len();
                verb.end = at;
            }
            _ => break,
        }
    }
    (verb, at)
}

/// What stands in front of the words for none is who is spoken of.
fn whole_lead(text: &str, context: &Said, start: usize, end: usize) -> Range<usize> {
    if context.subject.is_empty()
        && context.verb.is_empty()
        && !context.object.is_empty()
        && context.object.end <= end
        && context.object.start >= start
    {
        let lead = text.get(context.object.clone()).unwrap_or_default();
        if lead.len() <= 60 {
            return context.object.clone();
        }
    }
    context.subject.clone()
}

/// The items of a list that name something of which there may be none, each with the thing; the last of them alone stands for all of it.
pub fn things(text: &str, zone: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut items = 0;
    let mut from = zone.start;
    while from < zone.end {
        let rest = text.get(from..zone.end).unwrap_or_default();
        let cut = rest.char_indices().find(|(_, c)| matches!(c, '、' | '和' | '及' | '与' | '或'));
        let to = cut.map_or(zone.end, |(at, _)| from + at);
        items += 1;
        if let Some(thing) = thing(text, from..to) {
            // 行政诉讼为零
            let item = text.get(from..to).unwrap_or_default().trim_end_matches(['为', '是', '均', '都']);
            found.push((from..(from + item.len()).max(thing.end), thing));
        }
        from = to + cut.map_or(0, |(_, c)| c.len_utf8());
    }
    // 检索、复制等费用
    if let ([(item, _)], true) = (found.as_mut_slice(), items > 1)
        && item.end == zone.end
    {
        item.start = zone.start;
    }
    found
}

/// The last strong word for a thing in a piece, else the last weak one.
fn thing(text: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let words = words();
    let (mut strong, mut weak) = (None, None);
    let mut at = piece.start;
    while let Some(rest) = text.get(at..piece.end).filter(|rest| !rest.is_empty()) {
        let mut length = rest.chars().next().map_or(1, char::len_utf8);
        if let Some(word) = words.zero_things.at(rest) {
            length = word.len();
            strong = Some(at..at + length);
        } else if let Some(word) = words.weak_zero_things.at(rest) {
            length = word.len();
            weak = Some(at..at + length);
        }
        at += length;
    }
    strong.or(weak)
}
