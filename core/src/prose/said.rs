//! From a sentence to its facts: each number with what is said of it.

use std::ops::Range;

use gongkai_grammar::model::{Approximation, Fact, FactStatus, Name, Span, Value};

use super::{
    Speaker,
    amounts::{Amount, alike, amounts},
    clause::{MARKS, Said, behind_last_mark, said},
    context::years,
    express::{Asked, express, has_parts},
    lexicon::words,
    names::{accounts, titles},
    normal::Normal,
    parts::{Bracket, Parts, room},
    sentences::{Sentence, may_deny},
    tokens::{Class, Token, tokens},
    zeros::{Zero, things, zeros},
};
use crate::outline::scan::compact;

/// What the sentences of a paragraph carry on.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// The numbers that may have parts, the last one last: indices of facts.
    pub totals: Vec<usize>,
    /// Those that add up over years.
    pub years: Vec<usize>,
    /// The requests received, told in this paragraph or in one before.
    pub requests: Option<usize>,
    /// The list of parts that goes on in the lines behind 其中: and 12件申请中:
    pub list: Option<Parts>,
}

/// So many totals are looked back at.
pub const TOTALS: usize = 4;
/// Bytes of a subject; what is longer is a sentence.
pub const SUBJECT: usize = 120;

/// A sentence while it is read.
pub struct Reading<'a> {
    pub text: &'a str,
    pub sentence: Sentence,
    pub normal: &'a Normal,
    pub tokens: Vec<Token>,
    pub speaker: Speaker<'a>,
    /// Where a year or a date opens a clause, with the year.
    pub years: Vec<(Range<usize>, i32)>,
    pub parts: Option<Parts>,
    /// The list that goes on behind a semicolon, where an item of it has parts of its own.
    pub outer: Option<Parts>,
    /// The number of the item between semicolons, while it is the only one but for its share.
    pub item: Option<usize>,
    /// How many numbers it has.
    pub items: usize,
    /// The last number that is no share.
    pub number: Option<usize>,
    pub brackets: Vec<Bracket>,
    /// The end of the number that is read, or was read last.
    pub behind: usize,
    /// The end of the one before.
    pub before: usize,
    /// The total whose list of parts was announced with a colon.
    pub announced: Option<usize>,
    /// The last subject of the sentence.
    pub subject: Range<usize>,
    /// The end of what the last number counts, if it stands behind that number.
    pub taken: usize,
    /// The last fact's fields.
    pub last: Option<(usize, Said)>,
    /// The pieces its words are in.
    pub pieces: Pieces,
    /// The fields of the last that adds up over years, with the pieces its words are in.
    pub stock: Option<(usize, Said, Pieces)>,
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
        before: 0,
        announced: None,
        subject: 0..0,
        taken: 0,
        last: None,
        pieces: Pieces::default(),
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

/// Places of a sentence; an empty one is none.
pub type Pieces = [Range<usize>; 4];

/// The pieces of a sentence whose words tell an indicator: what stands in front of the number in its clause, and what is counted, the channel and
/// what is done if they stand elsewhere.
pub fn pieces(amount: &Amount, said: &Said, clause: usize) -> Pieces {
    let own_lead = clause.min(amount.place.start)..amount.place.start;
    let apart = said.object.start >= amount.place.end || said.object.end <= clause;
    match clause {
        usize::MAX => [said.verb.clone(), said.object.clone(), 0..0, 0..0],
        _ => {
            let channel = if said.channel.end <= clause { said.channel.clone() } else { 0..0 };
            [own_lead, if apart { said.object.clone() } else { 0..0 }, channel, said.carried.clone()]
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
        // 3名副局长为副组长、12名科长: words in front of the mark are those of the item before.
        let listed = clause == floor && floor > 0 && normal.get(lead..amount.place.start).is_some_and(|words| words.ends_with('、'));
        let lead = if listed { amount.place.start } else { lead };
        let mut said = said(normal, &self.tokens, lead..amount.place.start, amount.place.end..ceiling);
        // 5个县局公开3条
        if said.verb.is_empty() && self.is_deed(&said.object) && self.last.as_ref().is_some_and(|(_, last)| last.behind && last.object.end == lead) {
            said.verb = std::mem::replace(&mut said.object, lead..lead);
        }
        // 5个单位公开信息3条: who does it was counted just before.
        if let Some((_, last)) = self.last.as_ref().filter(|(_, last)| last.behind && last.object.end == lead && !said.verb.is_empty() && !listed)
            && said.subject.is_empty()
            && words().is_body(normal.get(last.object.clone()).unwrap_or_default())
        {
            said.subject = last.object.clone();
        }
        // 减免25人次费用共180元, 培训3次200人: what is done is said in front of the first number of a clause.
        if let Some((_, last)) = self.last.as_ref().filter(|_| said.verb.is_empty() && clause == floor && self.goes_on(floor)) {
            let deed = [&last.verb, &last.carried, &last.object]
                .into_iter()
                .find(|place| self.tokens.iter().any(|t| t.place == **place && t.class.is(Class::VERB)));
            said.carried = deed.cloned().unwrap_or_default();
        }
        let counted = std::mem::replace(&mut self.taken, if said.behind { said.object.end } else { 0 });
        let clause = lead;
        let text_unit = self.text_unit(amount);
        let of_the_text = text_unit.is_some();
        if let Some(unit) = text_unit {
            self.parts_of_the_text(&mut said, lead..amount.place.start, unit);
        }
        // 自《条例》实施以来,我县公开信息90条
        said.cumulative |= clause > floor && self.closes_with_since(floor, clause);
        // 收取处理费2件、共计90元
        if said.object.is_empty()
            && said.verb.is_empty()
            && clause == floor
            && self.sums_up(lead..amount.place.start)
            && let Some((_, last)) = self.last.as_ref().filter(|(_, last)| !last.behind)
        {
            said.object = last.object.clone();
        }
        // 公开信息97条:网站60条、公示栏37条
        said.part |= at == 1 && amounts.len() > 2 && normal.get(floor..).is_some_and(|rest| rest.starts_with(':'));
        // 其中,网站3条: the word stands in a clause of its own.
        // 省政府(含办公厅)3件: what stands in brackets is no clause of its own.
        let names = self.bracket_before(clause).filter(|open| *open >= floor).map_or(clause, |open| clause_start(normal, floor, open));
        said.part |= names > floor && self.closes_with_parts(floor, names);
        if clause > floor && (said.object.is_empty() || said.channel.is_empty()) && !said.share && !of_the_text {
            // 专项经费(不包括建设维护的经费)2万元: what stands in brackets is said of the words in front of them.
            // 市局受理2件(均为网上申请),县局受理1件: nor is it said of what follows.
            let told = normal.get(..clause).and_then(|head| head.strip_suffix(',')).and_then(|head| self.bracket_before(head.len()));
            let before = match self.bracket_before(clause).or(told.filter(|open| *open >= floor)) {
                Some(open) => self.clause_before(if open < floor { 0 } else { floor.max(counted).min(open) }, open),
                None => self.clause_before(floor.max(counted).min(clause), clause),
            };
            // 12条信息中,县政府公开3条
            if said.object.is_empty() && normal.get(before.object.clone()) != Some("中") {
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

    /// Whether what stands at a place is what bodies do: 公开.
    pub fn is_deed(&self, place: &Range<usize>) -> bool {
        self.normal.text.get(place.clone()).is_some_and(|word| words().deeds_of_bodies.at(word) == Some(word))
    }

    /// Whether nothing but a word for a sum stands at a place.
    fn sums_up(&self, place: Range<usize>) -> bool {
        let said = self.normal.text.get(place).unwrap_or_default().trim_matches(['、', ',']);
        words().sums.contains(&said)
    }

    /// Whether the clause before tells since when something is counted: 自《条例》实施以来.
    fn closes_with_since(&self, floor: usize, clause: usize) -> bool {
        let end = floor + self.normal.text.get(floor..clause).unwrap_or_default().trim_end_matches(MARKS).len();
        let last = self.tokens.partition_point(|t| t.place.end <= end).checked_sub(1).and_then(|i| self.tokens.get(i));
        last.is_some_and(|t| t.class.is(Class::CUMULATIVE) && t.place.end == end && t.place.start >= floor)
    }

    /// Whether a clause goes on behind the number that ends at `at`.
    fn goes_on(&self, at: usize) -> bool {
        at > 0 && self.normal.text.get(at..).is_some_and(|rest| !rest.starts_with(['、', '和', '及']))
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

    fn push(&mut self, amount: &Amount, mut said: Said, clause: usize, paragraph: &mut Paragraph, facts: &mut Vec<Fact>) {
        let index = facts.len();
        self.brackets(amount, facts);
        if self.parts.is_some() && self.is_a_total(amount, &said, clause) {
            self.parts = None;
        }
        if self.stock.is_none() && self.adds(&said) && said.object.is_empty() && self.is_of_the_year(&said) {
            self.last_adds_up(paragraph, facts);
        }
        let stock = self.stock.clone().filter(|(stock, ..)| {
            // 累计公开12条,2010年新增3条: what was added is what adds up.
            said.object.is_empty()
                && self.is_of_the_year(&said)
                && facts.get(*stock).is_some_and(|f| alike(f.unit.as_deref(), amount.unit))
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
        self.pieces = stock.map_or_else(|| pieces(amount, &said, clause), |(_, _, pieces)| pieces);
        let counts = !said.change && !said.share && !said.again && !self.tells_which(amount);
        let own = counts && self.is_of_the_year(&said);
        let last_year = counts && !own && self.is_of_last_year(&said);
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
        let asked = Asked {
            text: &self.normal.text,
            said: &said,
            pieces: &self.pieces,
            unit: Some(amount.unit),
            whole: &whole,
            of: parent.as_deref(),
            last_year,
            on_requests: self.speaker.on_requests,
        };
        let indicator = ((own || last_year) && amount.value.is_some()).then(|| express(&asked)).flatten();
        let span = self.normal.span(self.text, amount.place.start, amount.place.end);
        let of = of.or_else(|| {
            let total = paragraph.requests.filter(|_| own && self.is_of_requests(&said, indicator.as_deref()))?;
            let fact = facts.get(total).filter(|f| alike(f.unit.as_deref(), amount.unit) && span.start - f.span.start <= FAR)?;
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
            self.stock = Some((index, said.clone(), self.pieces.clone()));
        }
        if of.is_none() && indicator_of(facts, index) == Some(REQUESTS) {
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

    /// 截至2010年底，共公开信息90条，其中2010年新增12条: what was added in the year tells that the number in front adds up over years.
    fn last_adds_up(&mut self, paragraph: &mut Paragraph, facts: &mut [Fact]) {
        let Some((index, said)) = self.last.clone().filter(|_| self.normal.text.trim_start().starts_with('截')) else { return };
        let Some(fact) = facts.get_mut(index).filter(|fact| fact.of.is_none()) else { return };
        fact.indicator = None;
        paragraph.requests = paragraph.requests.filter(|&requests| requests != index);
        paragraph.years.push(index);
        self.stock = Some((index, said, self.pieces.clone()));
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
            facts
                .get(*i)
                .is_some_and(|f| alike(f.unit.as_deref(), amount.unit) && (f.of.is_none() || !last.subject.is_empty() || !last.verb.is_empty()))
        });
        said.object = last.map_or(said.object.end..said.object.end, |(_, last)| last.object.clone());
    }

    fn zero(&mut self, zero: &Zero, facts: &mut Vec<Fact>) {
        let said = &zero.said;
        let subject = self.subject(said);
        let pieces = [said.verb.clone(), said.object.clone()];
        let own = self.is_of_the_year(said) && !said.change;
        let whole = || self.is_whole(&subject, said);
        let asked = Asked {
            text: &self.normal.text,
            said,
            pieces: &pieces,
            unit: None,
            whole: &whole,
            of: None,
            last_year: false,
            on_requests: self.speaker.on_requests,
        };
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

/// The indicator of the requests received: how they came and were answered may be told far behind it.
pub const REQUESTS: &str = "requests_received";
/// Bytes between requests received and how they were answered.
const FAR: usize = 4000;

pub fn indicator_of(facts: &[Fact], index: usize) -> Option<&str> {
    facts.get(index).and_then(|f| f.indicator.as_deref())
}

/// Where the clause of the number at `at` begins.
fn clause_start(text: &str, floor: usize, at: usize) -> usize {
    floor + behind_last_mark(text.get(floor..at).unwrap_or_default())
}
