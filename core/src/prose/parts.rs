//! Totals and their parts: which number is a part of which.

use std::ops::Range;

use gongkai_grammar::model::{Approximation, Decimal, Fact, Value};
use memchr::memchr2_iter;

use super::{
    amounts::{Amount, alike},
    clause::{MARKS, Said, behind_last_mark},
    express::{Asked, express, has_parts, is_part_of},
    said::{Paragraph, REQUESTS, Reading, TOTALS, pieces},
    tokens::{Class, Token},
};

/// The list of parts that a sentence is telling.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub total: usize,
    pub sum: Option<Decimal>,
}

/// A bracket that is open.
#[derive(Clone, Debug)]
pub struct Bracket {
    /// The number it stands right behind; what it counts may be a part of that: 收到申请12件(含上年结转2件).
    pub owner: Option<usize>,
    /// The list of parts that goes on behind it.
    pub parts: Option<Parts>,
    /// The last number in front of it, of which a share is told behind it: 不同意公开7件(商业秘密4件),占5%.
    pub last: Option<(usize, Said)>,
}

/// Brackets open at once; more are damage.
const BRACKETS: usize = 8;

impl Reading<'_> {
    /// The list of parts that the next line goes on with.
    pub fn list(&self, paragraph: &Paragraph) -> Option<Parts> {
        let text = self.normal.text.trim_end();
        match text.strip_suffix(':') {
            Some(head) if head.ends_with('中') => paragraph.totals.last().map(|&total| Parts { total, sum: Some(Decimal::new(0, 0)) }),
            Some(_) => None,
            None => self.outer.or(self.parts).filter(|_| text.ends_with([';', ',', '、'])),
        }
    }

    /// Whether the clause before ends with a word that introduces parts, or says what they are told apart by: 从申请方式看, 按类别分.
    pub fn closes_with_parts(&self, floor: usize, clause: usize) -> bool {
        let before = self.normal.text.get(floor..clause).unwrap_or_default().trim_end_matches(MARKS);
        let end = floor + before.len();
        let own = before.get(behind_last_mark(before)..).unwrap_or_default();
        // 2.从类别看
        let own = own.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、'));
        if own.starts_with(['从', '按', '就', '以']) && own.ends_with(['看', '分', '计']) {
            return true;
        }
        let last = self.tokens.get(..self.tokens.partition_point(|t| t.place.end <= end)).and_then(<[Token]>::last);
        last.is_some_and(|t| t.place.end == end && t.class.is(Class::PARTS))
    }

    /// Opens and closes the brackets between the last number and this one.
    pub fn brackets(&mut self, amount: &Amount, facts: &[Fact]) {
        let between = self.normal.text.get(self.behind..amount.place.start).unwrap_or_default();
        for at in memchr2_iter(b'(', b')', between.as_bytes()) {
            if between.as_bytes().get(at) == Some(&b')') {
                if let Some(closed) = self.brackets.pop() {
                    self.parts = closed.parts;
                    self.last = closed.last.or(self.last.take());
                }
            } else if self.brackets.len() < BRACKETS {
                let owner = self.last.as_ref().map(|(last, _)| *last).filter(|_| at == 0 && self.behind > 0);
                self.brackets.push(Bracket { owner, parts: self.parts.take(), last: self.last.clone() });
            }
        }
        if between.contains(';') {
            // 158条,包括:机构类4条;规划类12条: behind a colon a list goes on until its parts add up.
            let open = |parts: Parts| self.announced == Some(parts.total) && parts.sum < facts.get(parts.total).and_then(room);
            if !self.parts.is_some_and(open) {
                self.parts = self.outer.take().or(self.parts);
            }
            self.items = 0;
        }
        self.before = std::mem::replace(&mut self.behind, amount.place.end);
    }

    /// Where the bracket opens that closes right in front of `at`.
    pub fn bracket_before(&self, at: usize) -> Option<usize> {
        let head = self.normal.text.get(..at)?.strip_suffix(')')?;
        let mut depth = 0usize;
        for (at, bracket) in head.rmatch_indices(['(', ')']) {
            match (bracket, depth) {
                (")", _) => depth += 1,
                (_, 0) => return Some(at),
                _ => depth -= 1,
            }
        }
        None
    }

    /// Whether a number says how requests came or were answered.
    pub fn is_of_requests(&self, said: &Said, indicator: Option<&str>) -> bool {
        let told = indicator.is_some_and(|name| is_part_of(name, REQUESTS));
        told || said.part_word && indicator.is_none() && !self.clause_has(said, Class::OF_PROCEEDINGS) && self.clause_has(said, Class::PART_WORD)
    }

    /// Whether what is counted has parts of its own, whoever it is said of, and nothing says that it is a part: 行政诉讼1件 behind 行政复议2件，维持2件.
    pub fn is_a_total(&self, amount: &Amount, said: &Said, clause: usize) -> bool {
        let pieces = pieces(amount, said, clause);
        let asked = Asked {
            text: &self.normal.text,
            said,
            pieces: &pieces,
            unit: Some(amount.unit),
            whole: &|| true,
            of: None,
            last_year: false,
            on_requests: self.speaker.on_requests,
        };
        !self.is_of_next_body(said)
            && !said.part
            && !said.part_word
            && !said.share
            && !said.change
            && express(&asked).as_deref().is_some_and(has_parts)
    }

    /// 县政府办公开信息3条,5个镇公开信息5条: whether a clause tells of the next of several bodies. They are parts, whatever they did.
    fn is_of_next_body(&self, said: &Said) -> bool {
        let Some((_, last)) = self.last.as_ref().filter(|_| !said.subject.is_empty()) else { return false };
        let counted = last.behind && last.object == said.subject && self.is_deed(&said.verb);
        counted || !last.subject.is_empty() && self.same(&last.verb, &said.verb)
    }

    /// The total a number is a part of.
    pub fn part_of(&mut self, amount: &Amount, said: &Said, clause: usize, paragraph: &Paragraph, facts: &[Fact]) -> Option<usize> {
        if said.change {
            return None;
        }
        if said.share || (amount.unit == Some("%") && said.object.is_empty()) {
            let (last, _) = self.last.as_ref()?;
            return facts.get(*last).and_then(|f| f.of).or_else(|| self.parts.map(|p| p.total));
        }
        let value = amount.value.map(Value::decimal);
        let fits = |total: &&usize| {
            let Some(fact) = facts.get(**total) else { return false };
            alike(fact.unit.as_deref(), amount.unit) && value.zip(room(fact)).is_none_or(|(part, room)| part <= room)
        };
        let owner = self.brackets.last().and_then(|b| b.owner).filter(|owner| fits(&owner) && self.is_of_the_year(said));
        if let Some(total) = owner {
            let sum = self.parts.map_or(Some(Decimal::new(0, 0)), |p| p.sum).zip(value).and_then(|(a, b)| a.checked_add(b));
            let whole = facts.get(total).and_then(room);
            if sum.zip(whole).is_none_or(|(sum, whole)| sum <= whole) {
                self.parts = Some(Parts { total, sum });
                return Some(total);
            }
        }
        if said.part || said.part_word {
            let mut totals = paragraph.totals.iter().rev().take(TOTALS).filter(|t| fits(t));
            // The words of outcomes are said of what has outcomes.
            let of_its_kind = |total: &&usize| facts.get(**total).and_then(|f| f.indicator.as_deref()).is_some_and(has_parts);
            let listed = self.parts.map(|p| p.total).filter(|total| !said.part && fits(&total));
            let by_kind = (!said.part).then(|| totals.clone().find(of_its_kind).copied()).flatten();
            // 收到20件,加上结转的3件,共办理23件,办结19件: what was told since may hold more.
            let value_of = |total: usize| facts.get(total).and_then(|f| f.value).map(Value::decimal);
            let by_kind =
                by_kind.map(|kind| totals.clone().copied().find(|&total| total >= kind && value_of(total) >= value_of(kind)).unwrap_or(kind));
            // 不予公开23件,占6%,其中涉及国家秘密2件;…: an item of a list has parts of its own.
            let last = |total| self.number.filter(|&number| !said.part_word && facts.get(number).is_some_and(|f| f.of == Some(total)));
            let item = self.parts.filter(|_| said.part).and_then(|parts| self.item.or_else(|| last(parts.total))).filter(|item| fits(&item));
            if item.is_some() {
                self.outer = self.outer.or(self.parts);
            }
            // 自然人申请5件、企业申请1件,予以公开3件: what has no outcomes has none of these.
            let kind_of = |total: &&usize| facts.get(**total).and_then(|f| f.indicator.as_deref()).is_none_or(has_parts);
            let total = item.or(listed).or(by_kind).or_else(|| totals.find(|total| said.part || kind_of(total)).copied())?;
            let sum = match self.parts.filter(|p| p.total == total && !said.part) {
                Some(parts) => parts.sum.zip(value).and_then(|(a, b)| a.checked_add(b)),
                None => value,
            };
            self.parts = Some(Parts { total, sum });
            if said.part {
                let between = self.normal.text.get(self.before..amount.place.start).unwrap_or_default();
                self.announced = between.contains(':').then_some(total);
            }
            return Some(total);
        }
        // The list goes on behind 、 or ;, or with a clause that brings no verb of its own, as long as it does not exceed the total.
        let parts = self.parts?;
        let text = |place: Range<usize>| self.normal.text.get(place).unwrap_or_default();
        let goes_on = self.last.as_ref().is_none_or(|(_, last)| {
            let listed = text(clause.saturating_sub(3)..clause).ends_with('、') || text(clause..clause + 3).starts_with('、');
            let by_channel = !said.channel.is_empty() && !last.channel.is_empty();
            // 其中继续有效11件,废止3件,修改1件: nothing but what was done.
            let bare = said.subject.is_empty() && said.object.is_empty() && said.channel.is_empty() && said.period.is_empty();
            listed || bare || said.verb.is_empty() || self.same(&said.verb, &last.verb) || by_channel || self.is_of_next_body(said)
        });
        let sum = parts.sum.zip(value).and_then(|(a, b)| a.checked_add(b));
        let total = facts.get(parts.total)?;
        if said.verb.is_empty() && !alike(total.unit.as_deref(), amount.unit) {
            // How many bodies there are that are told of: 5个镇公开信息5条.
            return None;
        }
        let within = sum.zip(room(total)).is_none_or(|(sum, room)| sum <= room);
        if goes_on && within && alike(total.unit.as_deref(), amount.unit) {
            self.parts = Some(Parts { sum, ..parts });
            return Some(parts.total);
        }
        self.parts = None;
        None
    }
}

/// What parts of a total may add up to; of 3.2万余条 it is more than the number.
pub fn room(total: &Fact) -> Option<Decimal> {
    let value = total.value.map(Value::decimal)?;
    match total.approximation {
        Some(Approximation::Over | Approximation::About) => {
            let tenth = Decimal::new(value.scaled(value.scale())?.try_into().ok()?, value.scale() + 1);
            value.checked_add(tenth)
        }
        _ => Some(value),
    }
}
