//! From a sentence to its facts: each number with what is said of it.

use std::ops::Range;

use gongkai_grammar::{
    fold_char,
    model::{Decimal, Fact, FactStatus, Name, Span, Value},
};

use memchr::memchr2_iter;

use super::{
    Speaker,
    amounts::{Amount, amounts},
    clause::{MARKS, Said, behind_last_mark, date, said},
    express::{Asked, express, has_parts},
    lexicon::words,
    normal::Normal,
    sentences::{Sentence, may_deny},
    tokens::{Class, Token, tokens},
    zeros::{Zero, things, zeros},
};
use crate::outline::scan::compact;

/// What the sentences of a paragraph carry on.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// The numbers that may have parts, the last one last: indices of facts.
    totals: Vec<usize>,
    /// Those that add up over years.
    years: Vec<usize>,
}

/// So many totals are looked back at.
const TOTALS: usize = 4;
/// Bytes of a subject; what is longer is a sentence.
const SUBJECT: usize = 120;

/// The list of parts that a sentence is telling.
#[derive(Clone, Copy, Debug)]
struct Parts {
    total: usize,
    sum: Option<Decimal>,
}

/// A bracket that is open.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    /// The number it stands right behind; what it counts may be a part of that: 收到申请12件(含上年结转2件).
    owner: Option<usize>,
    /// The list of parts that goes on behind it.
    parts: Option<Parts>,
}

/// Brackets open at once; more are damage.
const BRACKETS: usize = 8;

/// A sentence while it is read.
struct Reading<'a> {
    text: &'a str,
    sentence: Sentence,
    normal: &'a Normal,
    tokens: Vec<Token>,
    speaker: Speaker<'a>,
    /// Where a year or a date opens a clause, with the year.
    years: Vec<(Range<usize>, i32)>,
    parts: Option<Parts>,
    brackets: Vec<Bracket>,
    /// The end of the last number.
    behind: usize,
    /// The last subject of the sentence.
    subject: Range<usize>,
    /// The end of what the last number counts, if it stands behind that number.
    taken: usize,
    /// The last fact's fields.
    last: Option<(usize, Said)>,
}

/// Reads the facts of a sentence.
pub fn read(text: &str, sentence: Sentence, speaker: Speaker<'_>, paragraph: &mut Paragraph, facts: &mut Vec<Fact>) {
    if sentence.opens {
        paragraph.totals.clear();
        paragraph.years.clear();
    }
    let normal = Normal::new(text, sentence.span, sentence.heading);
    let amounts = amounts(&normal.text, normal.quotes);
    if amounts.is_empty() && !may_deny(&normal.text) {
        return;
    }
    let mut tokens = tokens(&normal.text);
    let titles = if normal.quotes { titles(&normal.text) } else { Vec::new() };
    tokens.retain(|t| titles.get(titles.partition_point(|title| title.end <= t.place.start)).is_none_or(|title| t.place.end <= title.start));
    if amounts.is_empty() && !tokens.iter().any(|t| t.class.is(Class::NONE.or(Class::NONE_OF))) {
        return;
    }
    let places: Vec<Range<usize>> = amounts.iter().map(|a| a.place.clone()).collect();
    let zeros = zeros(&normal.text, &tokens, &places);
    let years = years(&normal.text);
    let mut reading = Reading {
        text,
        sentence,
        normal: &normal,
        tokens,
        speaker,
        years,
        parts: None,
        brackets: Vec::new(),
        behind: 0,
        subject: 0..0,
        taken: 0,
        last: None,
    };
    let mut zeros = zeros.into_iter().peekable();
    let mut at = 0;
    while let Some(amount) = amounts.get(at) {
        while let Some(zero) = zeros.next_if(|z| z.place.start < amount.place.start) {
            reading.zero(&zero, facts);
        }
        at += reading.amounts(&amounts, at, paragraph, facts);
    }
    zeros.for_each(|zero| reading.zero(&zero, facts));
}

/// The pieces of a sentence whose words tell an indicator: what stands in front of the number in its clause, and what is counted and the channel
/// if they stand elsewhere.
fn pieces(amount: &Amount, said: &Said, clause: usize) -> [Range<usize>; 3] {
    let own_lead = clause.min(amount.place.start)..amount.place.start;
    let apart = said.object.start >= amount.place.end || said.object.end <= clause;
    match clause {
        usize::MAX => [said.verb.clone(), said.object.clone(), 0..0],
        _ => {
            let channel = if said.channel.end <= clause { said.channel.clone() } else { 0..0 };
            [own_lead, if apart { said.object.clone() } else { 0..0 }, channel]
        }
    }
}

impl Reading<'_> {
    /// Reads the number `at`, with those that share its clause (分别为3件、4件); how many those are.
    fn amounts(&mut self, amounts: &[Amount], at: usize, paragraph: &mut Paragraph, facts: &mut Vec<Fact>) -> usize {
        let normal = self.normal.text.as_str();
        let Some(amount) = amounts.get(at) else { return 1 };
        let floor = at.checked_sub(1).and_then(|i| amounts.get(i)).map_or(0, |a| a.place.end);
        let ceiling = amounts.get(at + 1).map_or(normal.len(), |a| a.place.start);
        let clause = clause_start(normal, floor, amount.place.start);
        // 3名专职人员和2名兼职人员: what the number before counts is no lead of this one.
        let lead = clause.max(self.taken).min(amount.place.start);
        let mut said = said(normal, &self.tokens, lead..amount.place.start, amount.place.end..ceiling);
        let counted = std::mem::replace(&mut self.taken, if said.behind { said.object.end } else { 0 });
        let clause = lead;
        // 其中,网站3条: the word stands in a clause of its own.
        said.part |= clause > floor && self.closes_with_parts(floor, clause);
        if clause > floor && (said.object.is_empty() || said.channel.is_empty()) && !said.share {
            // 专项经费(不包括建设维护的经费)2万元: what stands in brackets is said of the words in front of them.
            let before = match self.opening(clause) {
                Some(open) => self.clause_before(if open < floor { 0 } else { floor.max(counted).min(open) }, open),
                None => self.clause_before(floor.max(counted).min(clause), clause),
            };
            if said.object.is_empty() {
                said.object = before.object.clone();
            }
            // 利用政务微博,发布信息3条
            if said.channel.is_empty() && said.subject.is_empty() {
                said.channel = before.channel;
                said.channels = before.channels;
            }
        }
        let items = if said.shared { self.shared(amounts, at, &said) } else { Vec::new() };
        if let Some((first, others)) = items.is_empty().then(|| self.each(amount, &said, lead)).flatten() {
            said.object = first;
            self.push(amount, said.clone(), usize::MAX, paragraph, facts);
            for object in others {
                self.zero(&Zero { place: amount.place.clone(), said: Said { object, ..said.clone() } }, facts);
            }
            return 1;
        }
        if items.is_empty() {
            self.push(amount, said, clause, paragraph, facts);
            return 1;
        }
        let count = items.len();
        for (amount, item) in amounts.iter().skip(at).zip(items) {
            let said = Said { object: item, part: false, ..said.clone() };
            self.push(amount, said, usize::MAX, paragraph, facts);
        }
        count
    }

    /// Where the bracket opens that closes right in front of `at`.
    fn opening(&self, at: usize) -> Option<usize> {
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

    /// Whether the clause before ends with a word that introduces parts.
    fn closes_with_parts(&self, floor: usize, clause: usize) -> bool {
        let before = self.normal.text.get(floor..clause).unwrap_or_default().trim_end_matches(MARKS);
        let end = floor + before.len();
        let last = self.tokens.get(..self.tokens.partition_point(|t| t.place.end <= end)).and_then(<[Token]>::last);
        last.is_some_and(|t| t.place.end == end && t.class.is(Class::PARTS))
    }

    /// What the clause before says; it may be what the number's own leaves out: 对收到的申请,办结3件.
    fn clause_before(&self, floor: usize, clause: usize) -> Said {
        let normal = self.normal.text.as_str();
        let end = floor + normal.get(floor..clause).unwrap_or_default().trim_end_matches(MARKS).len();
        let start = clause_start(normal, floor, end);
        if start >= end || end - start > SUBJECT {
            return Said::default();
        }
        said(normal, &self.tokens, start..end, end..end)
    }

    /// 行政复议、行政诉讼均为0: the number is that of the first, for the others it says zero in words.
    fn each(&self, amount: &Amount, said: &Said, lead: usize) -> Option<(Range<usize>, Vec<Range<usize>>)> {
        let each = self.tokens.iter().any(|t| t.class.is(Class::EACH) && lead <= t.place.start && t.place.end <= amount.place.start);
        if !each || amount.value != Some(Value::Count(0)) {
            return None;
        }
        let names = if said.object.is_empty() { said.subject.clone() } else { said.object.clone() };
        let mut things = things(&self.normal.text, names).into_iter().map(|(item, _)| item);
        Some((things.next()?, things.collect()))
    }

    /// The names that 分别为 gives numbers to, if there are as many.
    fn shared(&self, amounts: &[Amount], at: usize, said: &Said) -> Vec<Range<usize>> {
        let normal = self.normal.text.as_str();
        let Some(first) = amounts.get(at) else { return Vec::new() };
        let lead = self.tokens.iter().rfind(|t| t.class.is(Class::SHARED) && t.place.end <= first.place.start);
        let Some(shared) = lead else { return Vec::new() };
        let names = if said.object.end <= shared.place.start && !said.object.is_empty() { said.object.clone() } else { said.subject.clone() };
        let mut items = Vec::new();
        let mut from = names.start;
        for (i, c) in normal.get(names.clone()).unwrap_or_default().char_indices() {
            if matches!(c, '、' | '和' | '及' | '与' | '/') {
                items.push(from..names.start + i);
                from = names.start + i + c.len_utf8();
            }
        }
        items.push(from..names.end);
        items.retain(|item| !item.is_empty());
        let run = amounts.windows(2).skip(at).take_while(|pair| match pair {
            [a, b] => matches!(normal.get(a.place.end..b.place.start), Some("、" | "," | "和" | "及" | "与" | "")),
            _ => false,
        });
        if items.len() > 1 && run.count() + 1 == items.len() { items } else { Vec::new() }
    }

    /// Opens and closes the brackets between the last number and this one.
    fn brackets(&mut self, amount: &Amount) {
        let between = self.normal.text.get(self.behind..amount.place.start).unwrap_or_default();
        for at in memchr2_iter(b'(', b')', between.as_bytes()) {
            if between.as_bytes().get(at) == Some(&b')') {
                if let Some(closed) = self.brackets.pop() {
                    self.parts = closed.parts;
                }
            } else if self.brackets.len() < BRACKETS {
                let owner = self.last.as_ref().map(|(last, _)| *last).filter(|_| at == 0 && self.behind > 0);
                self.brackets.push(Bracket { owner, parts: self.parts.take() });
            }
        }
        self.behind = amount.place.end;
    }

    fn push(&mut self, amount: &Amount, mut said: Said, clause: usize, paragraph: &mut Paragraph, facts: &mut Vec<Fact>) {
        let index = facts.len();
        self.brackets(amount);
        if self.parts.is_some() && self.is_a_total(amount, &said, clause) {
            self.parts = None;
        }
        let of = self.part_of(amount, &said, clause, paragraph, facts);
        if said.share && said.object.is_empty() {
            // 占34% says its share of what was counted last.
            if let Some((_, last)) = &self.last {
                said.object = last.object.clone();
            }
        }
        self.body_as_subject(&mut said, amount, facts);
        let subject = self.subject(&said);
        let pieces = pieces(amount, &said, clause);
        let own = self.is_of_the_year(&said) && !said.change && !said.share;
        // A part of what has added up over years may be all of this one.
        let in_years = of.is_some_and(|of| paragraph.years.contains(&of));
        let whole = || (in_years || (of.is_none() && !said.part)) && self.is_whole(&subject, &said);
        if !own && said.adds_up && of.is_none() {
            if paragraph.years.len() >= 2 * TOTALS {
                paragraph.years.drain(..TOTALS);
            }
            paragraph.years.push(index);
        }
        // 办结 may be more than what was received in the year, and no part of it.
        let of_kind = || paragraph.totals.iter().rev().find(|t| facts.get(**t).and_then(|f| f.indicator.as_deref()).is_some_and(has_parts)).copied();
        let parent = of.or_else(|| of_kind().filter(|_| said.part_word)).and_then(|i| facts.get(i)).and_then(|f| f.indicator.clone());
        let asked = Asked { text: &self.normal.text, said: &said, pieces: &pieces, unit: Some(amount.unit), whole: &whole, of: parent.as_deref() };
        let indicator = (own && amount.value.is_some()).then(|| express(&asked)).flatten();
        let span = self.normal.span(self.text, amount.place.start, amount.place.end);
        facts.push(Fact {
            raw: span.of(self.text).to_owned(),
            value: amount.value,
            unit: amount.unit.map(Name::Borrowed),
            approximation: amount.approximation,
            status: FactStatus::Printed,
            subject: self.words(&subject),
            object: self.words(&said.object),
            channel: self.words(&said.channel),
            period: self.words(&said.period).or_else(|| self.year(&said, amount.place.start).and_then(|(place, _)| self.words(&place))),
            of,
            indicator,
            span,
            sentence: self.sentence.span,
            location: None,
        });
        if of.is_none() && self.brackets.is_empty() && !said.share && !said.change && amount.value.is_some() && amount.unit != Some("%") {
            if paragraph.totals.len() >= 2 * TOTALS {
                paragraph.totals.drain(..TOTALS);
            }
            paragraph.totals.push(index);
        }
        self.last = Some((index, said));
    }

    /// 市公安局12件: what stands in front of the number is who has them; what was counted was said before.
    fn body_as_subject(&self, said: &mut Said, amount: &Amount, facts: &[Fact]) {
        let named = !said.behind && said.verb.is_empty() && said.subject.is_empty() && !said.share;
        let object = self.normal.text.get(said.object.clone()).unwrap_or_default();
        if !named || words().body_ends.at(object).is_none() {
            return;
        }
        said.subject = said.object.clone();
        let last = self.last.as_ref().filter(|(i, _)| facts.get(*i).is_some_and(|f| f.unit.as_deref() == amount.unit));
        said.object = last.map_or(said.object.end..said.object.end, |(_, last)| last.object.clone());
    }

    fn zero(&mut self, zero: &Zero, facts: &mut Vec<Fact>) {
        let said = &zero.said;
        let subject = self.subject(said);
        let pieces = [said.verb.clone(), said.object.clone()];
        let own = self.is_of_the_year(said) && !said.change;
        let whole = || self.is_whole(&subject, said);
        let asked = Asked { text: &self.normal.text, said, pieces: &pieces, unit: None, whole: &whole, of: None };
        let indicator = own.then(|| express(&asked)).flatten();
        let span = self.normal.span(self.text, zero.place.start, zero.place.end);
        facts.push(Fact {
            raw: span.of(self.text).to_owned(),
            value: Some(Value::Count(0)),
            unit: None,
            approximation: None,
            status: FactStatus::Worded,
            subject: self.words(&subject),
            object: self.words(&said.object),
            channel: self.words(&said.channel),
            period: self.words(&said.period).or_else(|| self.year(said, zero.place.start).and_then(|(place, _)| self.words(&place))),
            of: None,
            indicator,
            span,
            sentence: self.sentence.span,
            location: None,
        });
    }

    /// Whether what is counted has parts of its own, whoever it is said of, and nothing says that it is a part: 行政诉讼1件 behind 行政复议2件，维持2件.
    fn is_a_total(&self, amount: &Amount, said: &Said, clause: usize) -> bool {
        let pieces = pieces(amount, said, clause);
        let asked = Asked { text: &self.normal.text, said, pieces: &pieces, unit: Some(amount.unit), whole: &|| true, of: None };
        !said.part && !said.part_word && !said.share && !said.change && express(&asked).as_deref().is_some_and(has_parts)
    }

    /// The total a number is a part of.
    fn part_of(&mut self, amount: &Amount, said: &Said, clause: usize, paragraph: &Paragraph, facts: &[Fact]) -> Option<usize> {
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
            fact.unit.as_deref() == amount.unit && value.zip(fact.value).is_none_or(|(part, total)| part <= total.decimal())
        };
        let owner = self.brackets.last().and_then(|b| b.owner).filter(|owner| fits(&owner) && self.is_of_the_year(said));
        if let Some(total) = owner {
            let sum = self.parts.map_or(Some(Decimal::new(0, 0)), |p| p.sum).zip(value).and_then(|(a, b)| a.checked_add(b));
            let whole = facts.get(total).and_then(|f| f.value).map(Value::decimal);
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
            let total = listed.or(by_kind).or_else(|| totals.next().copied())?;
            let sum = match self.parts.filter(|p| p.total == total && !said.part) {
                Some(parts) => parts.sum.zip(value).and_then(|(a, b)| a.checked_add(b)),
                None => value,
            };
            self.parts = Some(Parts { total, sum });
            return Some(total);
        }
        // The list goes on behind 、 or ;, or with a clause that brings no verb of its own, as long as it does not exceed the total.
        let parts = self.parts?;
        let goes_on = {
            let (_, last) = self.last.as_ref()?;
            let text = |place: &Range<usize>| self.normal.text.get(place.clone()).unwrap_or_default();
            let listed = text(&(clause.saturating_sub(3)..clause)).ends_with('、') || text(&(clause..clause + 3)).starts_with('、');
            listed || said.verb.is_empty() || text(&said.verb) == text(&last.verb)
        };
        let sum = parts.sum.zip(value).and_then(|(a, b)| a.checked_add(b));
        let total = facts.get(parts.total)?;
        let within = sum.zip(total.value).is_none_or(|(sum, total)| sum <= total.decimal());
        if goes_on && within && total.unit.as_deref() == amount.unit {
            self.parts = Some(Parts { sum, ..parts });
            return Some(parts.total);
        }
        self.parts = None;
        None
    }

    /// The clause's subject, else that of the clause before.
    fn subject(&mut self, said: &Said) -> Range<usize> {
        let letters = self.normal.text.get(said.subject.clone()).map_or(0, |words| words.chars().take(2).count());
        if letters > 1 && said.subject.len() <= SUBJECT {
            // (全年12期,每期1.5万册): what is said in brackets is not said behind them.
            let head = self.normal.text.get(..said.subject.start).unwrap_or_default();
            if head.rfind('(') > head.rfind(')') {
                return said.subject.clone();
            }
            self.subject = said.subject.clone();
        } else if !said.channel.is_empty() && self.tokens.iter().any(|t| t.class.is(Class::CHANNEL) && t.place.end == self.subject.end) {
            // 微信公众号发布3条,政务微博发布5条: one channel is not the subject of another.
            self.subject = said.channel.start..said.channel.start;
        }
        self.subject.clone()
    }

    /// The year or date that opens the clause of `at` or one before.
    fn year(&self, said: &Said, at: usize) -> Option<(Range<usize>, i32)> {
        let named = self.normal.text.get(said.period.clone()).filter(|p| date(p) > 0).and_then(|p| p.get(..4)?.parse().ok());
        if let Some(year) = named {
            return Some((said.period.clone(), year));
        }
        let at = if said.period.is_empty() { at } else { said.period.end };
        self.years.get(..self.years.partition_point(|(place, _)| place.start < at)).and_then(<[_]>::last).cloned()
    }

    /// Whether it counts what happened in the report's year.
    fn is_of_the_year(&self, said: &Said) -> bool {
        let at = [said.object.start, said.verb.start, said.subject.start].into_iter().max().unwrap_or(0).max(said.period.end);
        let dated = self.year(said, at);
        // 截至2017年底累计
        let up_to = |place: &Range<usize>| self.normal.text.get(..place.start).is_some_and(|head| head.ends_with(['至', '止']));
        if said.adds_up && dated.as_ref().is_some_and(|(place, _)| up_to(place)) {
            return false;
        }
        let year = dated.map(|(_, year)| year);
        let same = year.zip(self.speaker.year).is_none_or(|(a, b)| a == b);
        let named =
            self.tokens.iter().any(|t| t.class.is(Class::LAST_YEAR) && said.period.start <= t.place.start && t.place.end <= said.period.end.max(at));
        let last_year = named && self.clause_has(said, Class::LAST_YEAR);
        same && !last_year && !(said.cumulative && year.is_none())
    }

    fn clause_has(&self, said: &Said, class: Class) -> bool {
        let places = [&said.period, &said.subject, &said.object, &said.verb];
        self.tokens.iter().any(|t| t.class.is(class) && places.iter().any(|p| p.start <= t.place.start && t.place.end <= p.end))
    }

    /// Whether the subject is the body that reports: none is named, it is called all of it, or its name or a short form of it.
    fn is_whole(&self, subject: &Range<usize>, said: &Said) -> bool {
        let inherited = said.subject != *subject;
        let subject = self.normal.text.get(subject.clone()).unwrap_or_default();
        if subject.is_empty() || words().whole.iter().any(|word| subject.contains(word)) {
            return true;
        }
        // A site of the body's: 示例市政府门户网站.
        let named = self
            .tokens
            .iter()
            .filter(|t| t.class.is(Class::CHANNEL))
            .fold(subject, |rest, token| self.normal.text.get(token.place.clone()).and_then(|word| rest.strip_suffix(word)).unwrap_or(rest));
        if named.is_empty() {
            return !inherited;
        }
        let Some(issuer) = self.speaker.issuer else { return false };
        let mut letters = issuer.chars().filter_map(fold_char);
        named.chars().filter(|c| !matches!(c, '“' | '”' | '"')).all(|c| letters.any(|l| l == c))
    }

    /// Words as printed, without spaces; a quotation mark whose pair stands among them is one of them.
    fn words(&self, place: &Range<usize>) -> Option<String> {
        let text = &self.normal.text;
        let opened = text.get(..place.start).and_then(|head| head.chars().next_back()).filter(|c| matches!(c, '“' | '"'));
        let quoted = opened.filter(|open| {
            let next = text.get(place.clone()).and_then(|words| words.chars().find(|c| matches!(c, '“' | '”' | '"')));
            next == Some(if *open == '“' { '”' } else { '"' })
        });
        let place = &(place.start - quoted.map_or(0, char::len_utf8)..place.end);
        let span = if place.is_empty() { Span::default() } else { self.normal.span(self.text, place.start, place.end) };
        (span.start < span.end).then(|| compact(span.of(self.text)))
    }
}

/// Where the clause of the number at `at` begins.
fn clause_start(text: &str, floor: usize, at: usize) -> usize {
    floor + behind_last_mark(text.get(floor..at).unwrap_or_default())
}

/// The titles in 《》, sorted: what is done in them is not said.
fn titles(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.match_indices(['《', '》']) {
        if c == "《" {
            start = if depth == 0 { at } else { start };
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            if depth == 0 {
                found.push(start..at);
            }
        }
    }
    found
}

/// The years and dates at the head of a clause.
fn years(text: &str) -> Vec<(Range<usize>, i32)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('年') {
        let Some(start) = at.checked_sub(4) else { continue };
        let length = text.get(start..).map_or(0, date);
        let head = text.get(..start).unwrap_or_default();
        let opens = head.is_empty() || head.ends_with(MARKS) || head.ends_with(['止', '至', '、', '是', '截', '在', '自', '从']);
        if let Some(year) = text.get(start..at).and_then(|y| y.parse().ok()).filter(|_| length > 0 && opens) {
            found.push((start..start + length, year));
        }
    }
    found
}
