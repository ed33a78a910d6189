//! From a sentence to its facts: each number with what is said of it.

use std::ops::Range;

use gongkai_grammar::{
    fold_char,
    model::{Approximation, Decimal, Fact, FactStatus, Name, Span, Value},
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
    /// The requests received, told in this paragraph or in one before.
    requests: Option<usize>,
    /// The list of parts that goes on in the lines behind 其中: and 12件申请中:
    list: Option<Parts>,
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
    /// The list that goes on behind a semicolon, where an item of it has parts of its own.
    outer: Option<Parts>,
    /// The number of the item between semicolons, while it is the only one but for its share.
    item: Option<usize>,
    /// How many numbers it has.
    items: usize,
    /// The last number that is no share.
    number: Option<usize>,
    brackets: Vec<Bracket>,
    /// The end of the last number.
    behind: usize,
    /// The last subject of the sentence.
    subject: Range<usize>,
    /// The end of what the last number counts, if it stands behind that number.
    taken: usize,
    /// The last fact's fields.
    last: Option<(usize, Said)>,
    /// The fields of the last that adds up over years, with the pieces its words are in.
    stock: Option<(usize, Said, [Range<usize>; 3])>,
}

/// Reads the facts of a sentence.
pub fn read(text: &str, sentence: Sentence, speaker: Speaker<'_>, paragraph: &mut Paragraph, facts: &mut Vec<Fact>) {
    let list = paragraph.list.take();
    if sentence.opens && list.is_none() {
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
    if normal.quotes {
        accounts(&normal.text, &mut tokens);
    }
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
        parts: list,
        outer: None,
        item: None,
        items: 0,
        number: None,
        brackets: Vec::new(),
        behind: 0,
        subject: 0..0,
        taken: 0,
        last: None,
        stock: None,
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
    paragraph.list = reading.list(paragraph);
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
        // 5个单位公开信息3条: who does it was counted just before.
        if let Some((_, last)) = self.last.as_ref().filter(|(_, last)| last.behind && last.object.end == lead && !said.verb.is_empty())
            && said.subject.is_empty()
            && words().is_body(normal.get(last.object.clone()).unwrap_or_default())
        {
            said.subject = last.object.clone();
        }
        let counted = std::mem::replace(&mut self.taken, if said.behind { said.object.end } else { 0 });
        let clause = lead;
        let text_unit = self.text_unit(amount);
        let of_the_text = text_unit.is_some();
        if let Some(unit) = text_unit {
            self.parts_of_the_text(&mut said, lead..amount.place.start, unit);
        }
        // 其中,网站3条: the word stands in a clause of its own.
        // 省政府(含办公厅)3件: what stands in brackets is no clause of its own.
        let names = self.bracket_before(clause).filter(|open| *open >= floor).map_or(clause, |open| clause_start(normal, floor, open));
        said.part |= names > floor && self.closes_with_parts(floor, names);
        if clause > floor && (said.object.is_empty() || said.channel.is_empty()) && !said.share && !of_the_text {
            // 专项经费(不包括建设维护的经费)2万元: what stands in brackets is said of the words in front of them.
            let before = match self.bracket_before(clause) {
                Some(open) => self.clause_before(if open < floor { 0 } else { floor.max(counted).min(open) }, open),
                None => self.clause_before(floor.max(counted).min(clause), clause),
            };
            if said.object.is_empty() {
                said.object = before.object.clone();
            }
            // 乡镇(街道)公开信息3条
            let bracket = normal.get(..clause).is_some_and(|head| head.ends_with(')'));
            let body = bracket && before.verb.is_empty() && words().is_body(normal.get(before.object.clone()).unwrap_or_default());
            if body && said.subject.is_empty() && !said.verb.is_empty() {
                said.subject = before.object.clone();
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

    /// The list of parts that the next line goes on with.
    fn list(&self, paragraph: &Paragraph) -> Option<Parts> {
        let text = self.normal.text.trim_end();
        match text.strip_suffix(':') {
            Some(head) if head.ends_with('中') => paragraph.totals.last().map(|&total| Parts { total, sum: Some(Decimal::new(0, 0)) }),
            Some(_) => None,
            None => self.outer.or(self.parts).filter(|_| text.ends_with([';', ',', '、'])),
        }
    }

    /// Where the bracket opens that closes right in front of `at`.
    fn bracket_before(&self, at: usize) -> Option<usize> {
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

    /// The words for parts of the text that a number counts, where they stand: 7部分, 7个部分.
    fn text_unit(&self, amount: &Amount) -> Option<Range<usize>> {
        let units = &words().text_units;
        let behind = || self.normal.text.get(amount.place.end..).and_then(|rest| units.at(rest));
        match amount.unit {
            Some(unit) if units.at(unit).is_some() => Some(amount.place.end..amount.place.end),
            _ => behind().map(|word| amount.place.end..amount.place.end + word.len()),
        }
    }

    /// 本报告由概述、主动公开情况等7个部分组成: in front of the number stands the list of them.
    fn parts_of_the_text(&self, said: &mut Said, lead: Range<usize>, unit: Range<usize>) {
        let head = self.normal.text.get(lead.clone()).unwrap_or_default();
        let of = head.find(['由', '包', '分', '含', '共']).filter(|&at| !head.get(..at).is_some_and(|subject| subject.contains('、')));
        let subject = of.map_or(lead.start..lead.start, |at| lead.start..lead.start + at);
        *said = Said { subject, object: unit, period: said.period.clone(), ..Said::default() };
    }

    /// Whether the clause before ends with a word that introduces parts, or says what they are told apart by: 从申请方式看, 按类别分.
    fn closes_with_parts(&self, floor: usize, clause: usize) -> bool {
        let before = self.normal.text.get(floor..clause).unwrap_or_default().trim_end_matches(MARKS);
        let end = floor + before.len();
        let own = before.get(behind_last_mark(before)..).unwrap_or_default();
        if own.starts_with(['从', '按', '就', '以']) && own.ends_with(['看', '分', '计']) {
            return true;
        }
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
        if between.contains(';') {
            self.parts = self.outer.take().or(self.parts);
            self.items = 0;
        }
        self.behind = amount.place.end;
    }

    fn push(&mut self, amount: &Amount, mut said: Said, clause: usize, paragraph: &mut Paragraph, facts: &mut Vec<Fact>) {
        let index = facts.len();
        self.brackets(amount);
        if self.parts.is_some() && self.is_a_total(amount, &said, clause) {
            self.parts = None;
        }
        let stock = self.stock.clone().filter(|(stock, ..)| {
            // 累计公开12条,2010年新增3条: what was added is what adds up.
            said.object.is_empty()
                && self.is_of_the_year(&said)
                && facts.get(*stock).is_some_and(|f| f.unit.as_deref() == amount.unit)
                && self.adds(&said)
        });
        let added = stock.is_some();
        let of = self.part_of(amount, &said, clause, paragraph, facts).or(stock.as_ref().map(|(stock, ..)| *stock));
        if let Some((_, stock, _)) = &stock {
            said.object = stock.object.clone();
        }
        if (said.share || amount.unit == Some("%") && self.brackets.last().is_some_and(|b| b.owner.is_some())) && said.object.is_empty() {
            // 占34%, (34%) says its share of what was counted last.
            if let Some((_, last)) = &self.last {
                said.object = last.object.clone();
            }
        }
        self.body_as_subject(&mut said, amount, facts);
        let subject = self.subject(&said);
        let pieces = stock.map_or_else(|| pieces(amount, &said, clause), |(_, _, pieces)| pieces);
        let own = self.is_of_the_year(&said) && !said.change && !said.share && !self.tells_which(amount);
        // A part of what has added up over years may be all of this one.
        let in_years = of.is_some_and(|of| paragraph.years.contains(&of));
        let whole = || (in_years || (of.is_none() && !said.part)) && self.is_whole(&subject, &said);
        let stocks = !own && said.adds_up && of.is_none();
        if stocks {
            if paragraph.years.len() >= 2 * TOTALS {
                paragraph.years.drain(..TOTALS);
            }
            paragraph.years.push(index);
        }
        // 办结 may be more than what was received in the year, and no part of it.
        let of_kind = || paragraph.totals.iter().rev().find(|t| facts.get(**t).and_then(|f| f.indicator.as_deref()).is_some_and(has_parts)).copied();
        let parent = of.or_else(|| of_kind().filter(|_| said.part_word)).and_then(|i| facts.get(i));
        // 复议43件,审结39件,其中维持26件: what the total of the total is.
        let parent = parent.and_then(|total| total.indicator.clone().or_else(|| facts.get(total.of?)?.indicator.clone()));
        let asked = Asked { text: &self.normal.text, said: &said, pieces: &pieces, unit: Some(amount.unit), whole: &whole, of: parent.as_deref() };
        let indicator = (own && amount.value.is_some()).then(|| express(&asked)).flatten();
        let span = self.normal.span(self.text, amount.place.start, amount.place.end);
        let of = of.or_else(|| {
            let total = paragraph.requests.filter(|_| own && self.is_of_requests(&said, indicator.as_deref()))?;
            let fact = facts.get(total).filter(|f| f.unit.as_deref() == amount.unit && span.start - f.span.start <= FAR)?;
            let value = amount.value.map(Value::decimal);
            if value.zip(room(fact)).is_none_or(|(part, room)| part > room) {
                return None;
            }
            self.parts = Some(Parts { total, sum: value });
            Some(total)
        });
        facts.push(Fact {
            raw: span.of(self.text).to_owned(),
            value: amount.value,
            unit: amount.unit.map(Name::Borrowed),
            approximation: amount.approximation.or(said.about.then_some(Approximation::About)),
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
        // What is called a part is no total, unless its own parts are told behind it: 审结39件,其中维持26件.
        if stocks {
            self.stock = Some((index, said.clone(), pieces));
        }
        if of.is_none() && indicator_of(facts, index) == Some("requests_received") {
            paragraph.requests = Some(index);
        }
        let total = match of {
            Some(_) => {
                added
                    || self
                        .tokens
                        .iter()
                        .any(|t| t.class.is(Class::CONCLUDED) && said.object.start <= t.place.start && t.place.end <= said.object.end)
            }
            None if self.is_of_requests(&said, indicator_of(facts, index)) => false,
            None => !(said.part || said.part_word) || indicator_of(facts, index).is_some_and(has_parts),
        };
        if total && self.brackets.is_empty() && !said.share && !said.change && amount.value.is_some() && amount.unit != Some("%") {
            if paragraph.totals.len() >= 2 * TOTALS {
                paragraph.totals.drain(..TOTALS);
            }
            paragraph.totals.push(index);
        }
        if !said.share && amount.unit != Some("%") {
            self.items += 1;
            self.number = Some(index);
            self.item = (self.items == 1).then_some(index);
        }
        if said.share
            && let Some((_, last)) = &self.last
        {
            (said.verb, said.channel) = (last.verb.clone(), last.channel.clone());
        }
        self.last = Some((index, said));
    }

    /// Whether a number says how requests came or were answered.
    fn is_of_requests(&self, said: &Said, indicator: Option<&str>) -> bool {
        let told = indicator.is_some_and(|name| name.starts_with("received_by_channel") || OUTCOMES.contains(&name));
        told || said.part_word && indicator.is_none() && !self.clause_has(said, Class::OF_PROCEEDINGS) && self.clause_has(said, Class::PART_WORD)
    }

    /// 公开信息不足10条的部门: whether the number only tells which ones are spoken of.
    fn tells_which(&self, amount: &Amount) -> bool {
        let behind = self.normal.text.get(amount.place.end..).and_then(|rest| rest.strip_prefix('的'));
        let words_of = behind.and_then(|rest| rest.split(|c| MARKS.contains(&c) || matches!(c, '有' | '共' | '占' | '、')).next());
        words_of.is_some_and(|which| words().is_body(which))
    }

    /// 新增3条: whether nothing but that is said of a number.
    fn adds(&self, said: &Said) -> bool {
        self.normal.text.get(said.verb.clone()).is_some_and(|verb| words().adding.contains(&verb))
    }

    /// 市公安局12件: what stands in front of the number is who has them; what was counted was said before.
    fn body_as_subject(&self, said: &mut Said, amount: &Amount, facts: &[Fact]) {
        let named = !said.behind && said.verb.is_empty() && said.subject.is_empty() && !said.share;
        let object = self.normal.text.get(said.object.clone()).unwrap_or_default();
        if !named || !words().is_body(object) {
            return;
        }
        // 居前的单位是市国土局12件
        let named = object.rfind('是').map_or(0, |at| at + '是'.len_utf8());
        said.subject = said.object.start + named..said.object.end;
        // Of 其中,区级1个,部门2个 the first says another part.
        let last = self.last.as_ref().filter(|(i, last)| {
            facts.get(*i).is_some_and(|f| f.unit.as_deref() == amount.unit && (f.of.is_none() || !last.subject.is_empty() || !last.verb.is_empty()))
        });
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
        // 县政府办公开信息3条,各部门公开信息5条: the bodies of a list are parts, whatever they did.
        let body =
            !said.subject.is_empty() && self.last.as_ref().is_some_and(|(_, last)| !last.subject.is_empty() && self.same(&last.verb, &said.verb));
        !body && !said.part && !said.part_word && !said.share && !said.change && express(&asked).as_deref().is_some_and(has_parts)
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
            fact.unit.as_deref() == amount.unit && value.zip(room(fact)).is_none_or(|(part, room)| part <= room)
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
            let total = item.or(listed).or(by_kind).or_else(|| totals.next().copied())?;
            let sum = match self.parts.filter(|p| p.total == total && !said.part) {
                Some(parts) => parts.sum.zip(value).and_then(|(a, b)| a.checked_add(b)),
                None => value,
            };
            self.parts = Some(Parts { total, sum });
            return Some(total);
        }
        // The list goes on behind 、 or ;, or with a clause that brings no verb of its own, as long as it does not exceed the total.
        let parts = self.parts?;
        let text = |place: Range<usize>| self.normal.text.get(place).unwrap_or_default();
        let goes_on = self.last.as_ref().is_none_or(|(_, last)| {
            let listed = text(clause.saturating_sub(3)..clause).ends_with('、') || text(clause..clause + 3).starts_with('、');
            let by_channel = !said.channel.is_empty() && !last.channel.is_empty();
            listed || said.verb.is_empty() || self.same(&said.verb, &last.verb) || by_channel
        });
        let sum = parts.sum.zip(value).and_then(|(a, b)| a.checked_add(b));
        let total = facts.get(parts.total)?;
        let within = sum.zip(room(total)).is_none_or(|(sum, room)| sum <= room);
        if goes_on && within && total.unit.as_deref() == amount.unit {
            self.parts = Some(Parts { sum, ..parts });
            return Some(parts.total);
        }
        self.parts = None;
        None
    }

    /// Whether two places hold the same words.
    fn same(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        self.normal.text.get(a.clone()) == self.normal.text.get(b.clone())
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
        let other = last_year || said.plan || said.cumulative && year.is_none();
        same && !other
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
        // An account: “示例发布”微信公众号, 微博“示例发布”.
        let mut channels = self.tokens.iter().filter(|t| t.class.is(Class::CHANNEL)).filter_map(|t| self.normal.text.get(t.place.clone()));
        let account = channels.find_map(|word| named.strip_prefix(word)).unwrap_or(named);
        // The marks at the ends of a subject are none of it.
        if account.starts_with(['“', '"']) || account.ends_with(['”', '"']) {
            return true;
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
        // 微博“示例发布
        let inside = text.get(place.clone()).unwrap_or_default();
        let left_open = match inside.matches(['“', '”', '"']).collect::<Vec<_>>().as_slice() {
            ["“"] => "”",
            ["\""] if quoted.is_none() => "\"",
            _ => "\0",
        };
        let closed = text.get(place.end..).is_some_and(|rest| rest.starts_with(left_open));
        let place = &(place.start - quoted.map_or(0, char::len_utf8)..place.end + if closed { left_open.len() } else { 0 });
        let span = if place.is_empty() { Span::default() } else { self.normal.span(self.text, place.start, place.end) };
        (span.start < span.end).then(|| compact(span.of(self.text)))
    }
}

/// What parts of a total may add up to; of 3.2万余条 it is more than the number.
fn room(total: &Fact) -> Option<Decimal> {
    let value = total.value.map(Value::decimal)?;
    match total.approximation {
        Some(Approximation::Over | Approximation::About) => {
            let tenth = Decimal::new(value.scaled(value.scale())?.try_into().ok()?, value.scale() + 1);
            value.checked_add(tenth)
        }
        _ => Some(value),
    }
}

/// The outcomes of requests.
const OUTCOMES: &[&str] = &["granted", "partially_granted", "denied", "not_held", "unavailable", "not_processed"];
/// Bytes between requests received and how they were answered.
const FAR: usize = 4000;

fn indicator_of(facts: &[Fact], index: usize) -> Option<&str> {
    facts.get(index).and_then(|f| f.indicator.as_deref())
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

/// Takes out the words within the quoted name of a channel, in front of it or behind: “示例发布”微信公众号.
fn accounts(text: &str, tokens: &mut Vec<Token>) {
    let mut open = None;
    let mut names: Vec<Range<usize>> = Vec::new();
    for (at, mark) in text.match_indices(['“', '”', '"']) {
        match (open, mark) {
            (None, _) | (_, "“") => open = Some(at + mark.len()),
            (Some(start), _) => {
                let channel = |t: &Token| t.class.is(Class::CHANNEL) && (t.place.start == at + mark.len() || t.place.end + mark.len() == start);
                if at - start <= ACCOUNT && tokens.iter().any(channel) {
                    names.push(start..at);
                }
                open = None;
            }
        }
    }
    tokens.retain(|t| !names.iter().any(|name| name.start <= t.place.start && t.place.end <= name.end));
}

/// Bytes of the name of an account.
const ACCOUNT: usize = 36;

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
