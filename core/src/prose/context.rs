//! Whose number it is, and of which year.

use std::ops::Range;

use gongkai_grammar::fold_char;

use super::{
    clause::{MARKS, Said, date},
    lexicon::words,
    said::{Reading, SUBJECT},
    tokens::Class,
};

impl Reading<'_> {
    /// The clause's subject, else that of the clause before.
    pub fn subject(&mut self, said: &Said) -> Range<usize> {
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
    pub fn year(&self, said: &Said, at: usize) -> Option<(Range<usize>, i32)> {
        if let Some(named) = self.named_year(said) {
            return Some(named);
        }
        let at = if said.period.is_empty() { at } else { said.period.end };
        self.years.get(..self.years.partition_point(|(place, _)| place.start < at)).and_then(<[_]>::last).cloned()
    }

    /// Whether the year before the report's opens the clause of a number.
    pub fn is_of_last_year(&self, said: &Said) -> bool {
        let named = self.named_year(said).map(|(_, year)| year);
        named.zip(self.speaker.year).is_some_and(|(named, own)| named + 1 == own)
    }

    /// The year or date that opens the clause of a number.
    fn named_year(&self, said: &Said) -> Option<(Range<usize>, i32)> {
        let named = self.normal.text.get(said.period.clone()).filter(|p| date(p) > 0).and_then(|p| p.get(..4)?.parse().ok())?;
        Some((said.period.clone(), named))
    }

    /// Whether it counts what happened in the report's year.
    pub fn is_of_the_year(&self, said: &Said) -> bool {
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

    pub fn clause_has(&self, said: &Said, class: Class) -> bool {
        let places = [&said.period, &said.subject, &said.object, &said.verb];
        self.tokens.iter().any(|t| t.class.is(class) && places.iter().any(|p| p.start <= t.place.start && t.place.end <= p.end))
    }

    /// Whether the subject is the body that reports: none is named, it is called all of it, or its name or a short form of it.
    pub fn is_whole(&self, subject: &Range<usize>, said: &Said) -> bool {
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

    /// Whether two places hold the same words.
    pub fn same(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        self.normal.text.get(a.clone()) == self.normal.text.get(b.clone())
    }
}

/// The years and dates at the head of a clause.
pub fn years(text: &str) -> Vec<(Range<usize>, i32)> {
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
