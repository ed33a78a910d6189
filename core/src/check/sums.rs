//! Totals of the text against their parts: GK601, and GK603 where just a power of ten is between them.

use gongkai_grammar::{
    check_lexicon,
    model::{Decimal, Fact, Operand, Severity, Span, Value, Verdict},
};
use rustc_hash::FxHashMap;

use super::{Results, Subject};
use crate::{findings::Details, outline::scan::before, prose::alike};

/// Bytes between two parts of one list.
const GAP: usize = 120;
/// So many parts look like a whole list, if they come near their total or each says its share.
const MANY: usize = 5;
/// A sum of less may be a tenth of a total by chance.
const CHANCE: i64 = 100;

/// Evaluates every total that has parts.
pub fn sums(subject: &Subject<'_>, results: &mut Results) {
    let facts = &subject.report.facts;
    let mut lists: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut totals: Vec<usize> = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        let Some(total) = fact.of else { continue };
        if facts.get(total).is_some_and(|t| alike(t.unit.as_deref(), fact.unit.as_deref()) && t.value.is_some()) && fact.value.is_some() {
            let head = before(subject.text, fact.span.start, GAP);
            let besides = |inside: &str| check_lexicon().words("besides").any(|word| inside.starts_with(word));
            if head.rsplit_once(['(', '（']).is_some_and(|(_, inside)| besides(inside) && !inside.contains([')', '）'])) {
                continue;
            }
            let list = lists.entry(total).or_default();
            if list.is_empty() {
                totals.push(total);
            }
            list.push(index);
        }
    }
    if totals.is_empty() {
        results.check("GK601", "total = Σ parts", "facts", Verdict::NotEvaluable, Vec::new());
    }
    for total in totals {
        let parts = lists.remove(&total).unwrap_or_default();
        for list in by_sentence(facts, &parts) {
            evaluate(subject, total, extended(subject, total, list), results);
        }
    }
}

/// Lists of one sentence belong together; one that runs on into the next begins a list of its own.
fn by_sentence(facts: &[Fact], parts: &[usize]) -> Vec<Vec<usize>> {
    let sentence = |index: &usize| facts.get(*index).map(|f| f.sentence.start);
    parts.chunk_by(|a, b| sentence(a) == sentence(b)).map(<[usize]>::to_vec).collect()
}

/// The list with what goes on behind it: a part by which the sum exceeds the total is not known as one.
fn extended(subject: &Subject<'_>, total: usize, mut list: Vec<usize>) -> Vec<usize> {
    let facts = &subject.report.facts;
    let fact = |index: usize| facts.get(index);
    let share_of = |index: usize| {
        fact(index + 1).filter(|f| f.unit.as_deref() == Some("%")).zip(fact(index)).is_some_and(|(share, part)| near(part.span, share.span, 40))
    };
    while let Some(&last) = list.last() {
        let shared = share_of(last);
        let next = last + if shared { 2 } else { 1 };
        let (Some(part), Some(candidate), Some(whole)) = (fact(last), fact(next), fact(total)) else { break };
        let end = if shared { fact(last + 1).map_or(part.span.end, |s| s.span.end) } else { part.span.end };
        let gap = Span::new(end, candidate.span.start).of(subject.text);
        // What is called the rest is a part, whatever else it says.
        let rest = check_lexicon().words("rest").any(|word| gap.contains(word));
        let fits = candidate.of.is_none()
            && alike(candidate.unit.as_deref(), whole.unit.as_deref())
            && (rest || !candidate.indicator.as_deref().is_some_and(is_total))
            && candidate.value.zip(whole.value).is_some_and(|(a, b)| a.decimal() <= b.decimal());
        let close = end <= candidate.span.start && gap.len() <= GAP && !gap.contains(['）', ')', '\n']);
        let same = part.sentence == candidate.sentence;
        let listed = same && (gap.trim_start().starts_with('、') || rest) || shared && share_of(next);
        if !(fits && close && listed) {
            break;
        }
        list.push(next);
    }
    list
}

fn near(a: Span, b: Span, gap: usize) -> bool {
    a.end <= b.start && b.start - a.end <= gap
}

/// Indicators that are no part of another: 申请办结 behind a list is a new total.
fn is_total(indicator: &str) -> bool {
    indicator.starts_with("requests_") || indicator.ends_with("_cases") || indicator.ends_with("_total")
}

fn evaluate(subject: &Subject<'_>, total: usize, list: Vec<usize>, results: &mut Results) {
    let facts = &subject.report.facts;
    let Some(whole) = facts.get(total) else { return };
    let parts: Vec<(usize, &Fact)> = list.iter().filter_map(|&i| Some((i, facts.get(i)?))).collect();
    let operand = |(index, fact): (usize, &Fact)| Operand { path: format!("facts/{index}").into(), value: fact.value, span: Some(fact.span) };
    let operands: Vec<Operand> = std::iter::once((total, whole)).chain(parts.iter().copied()).map(operand).collect();
    let scope = format!("facts/{total}");
    let exact = whole.approximation.is_none() && parts.iter().all(|(_, f)| f.approximation.is_none());
    let values: Option<Vec<Decimal>> = parts.iter().map(|(_, f)| f.value.map(Value::decimal)).collect();
    let sum = values.as_ref().and_then(|v| v.iter().try_fold(Decimal::from(0), |sum, v| sum.checked_add(*v)));
    let (Some(want), Some(values), Some(sum), true) = (whole.value.map(Value::decimal), values, sum, exact) else {
        results.compare("GK601", "total = Σ parts", scope, Verdict::NotEvaluable, operands, [whole.value, None]);
        return;
    };
    let value = |d: Decimal| Some(d.as_integer().map_or(Value::Amount(d), Value::Count));
    let sides = [whole.value, value(sum)];
    let judged = judge(subject, whole, want, &parts, &values, sum);
    // Small numbers are ten times one another by chance.
    let slip = !matches!(judged, Judged::Equal) && parts.len() > 1 && is_power_of_ten(want, sum) && sum >= Decimal::from(CHANCE);
    results.compare("GK603", "total / Σ parts is no power of ten", scope.clone(), super::verdict(!slip), operands.clone(), sides);
    let verdict = match judged {
        Judged::Equal => Verdict::Holds,
        Judged::Open => Verdict::NotEvaluable,
        Judged::Short(_) | Judged::Over => Verdict::Broken,
    };
    results.compare("GK601", "total = Σ parts", scope, if slip { Verdict::NotEvaluable } else { verdict }, operands, sides);
    let severity = match judged {
        Judged::Short(severity) if !slip => Some(severity),
        Judged::Short(_) | Judged::Over => None,
        Judged::Open if slip => None,
        Judged::Equal | Judged::Open => return,
    };
    let listed: Vec<String> = parts.iter().filter_map(|(_, f)| f.value).map(|v| v.to_string()).collect();
    let said = format!("{} = {sum} ≠ {want}", listed.join(" + "));
    let code = if slip { "GK603" } else { "GK601" };
    results.say(
        code,
        said.clone(),
        said,
        Details {
            span: Some(whole.span),
            severity,
            related: parts.iter().map(|(_, f)| super::related(f.span, "分项", "a part")).collect(),
            ..Details::default()
        },
    );
}

enum Judged {
    /// The parts add up, in one list or in several.
    Equal,
    /// They need not: the list may be incomplete, or counts something else.
    Open,
    /// They add up to less.
    Short(Severity),
    /// They add up to more.
    Over,
}

fn judge(subject: &Subject<'_>, whole: &Fact, want: Decimal, parts: &[(usize, &Fact)], values: &[Decimal], sum: Decimal) -> Judged {
    // A sentence may tell one total by several lists, one behind the other.
    let mut run = Decimal::from(0);
    let mut lists = 0;
    for value in values {
        run = run.checked_add(*value).unwrap_or(run);
        if run == want {
            (lists, run) = (lists + 1, Decimal::from(0));
        }
    }
    if sum == want || (lists > 0 && run <= want) {
        return Judged::Equal;
    }
    let received = whole.indicator.as_deref() == Some("requests_received");
    let holds = |list: &str| parts.iter().filter_map(|(_, f)| f.indicator.as_deref()).any(|i| check_lexicon().words(list).any(|word| word == i));
    if received && holds("outcome indicators") {
        // What was carried over was handled too, and what is carried forward was not.
        let over = subject.stated("requests_carried_over");
        return match over.and_then(|over| want.checked_add(over)) {
            Some(most) if sum > most => Judged::Over,
            _ => Judged::Open,
        };
    }
    if sum > want && holds("overlapping indicators") {
        return Judged::Open;
    }
    if sum > want {
        return if parts.len() > 1 && lists == 0 { Judged::Over } else { Judged::Open };
    }
    let facts = &subject.report.facts;
    let shares = parts.iter().filter(|(i, f)| facts.get(i + 1).is_some_and(|s| s.unit.as_deref() == Some("%") && near(f.span, s.span, 40))).count();
    let last = parts.last().map_or("", |(_, f)| before(subject.text, f.span.start, 60));
    let last = last.rsplit(['、', '，', ',', '；', ';', '。']).next().unwrap_or_default();
    let complete = parts.len() > 1 && check_lexicon().words("rest").any(|word| last.contains(word));
    let near_whole = sum.shifted(1).zip(want.scaled(0).and_then(|w| i64::try_from(w * 9).ok())).is_some_and(|(s, w)| s >= Decimal::from(w));
    if complete || (parts.len() >= MANY && near_whole) {
        Judged::Short(Severity::Warning)
    } else if parts.len() >= MANY && shares == parts.len() {
        Judged::Short(Severity::Note)
    } else {
        Judged::Open
    }
}

/// Whether one of two numbers is the other with zeros behind it.
pub fn is_power_of_ten(a: Decimal, b: Decimal) -> bool {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    low > Decimal::from(0) && (1..=8).any(|power| low.shifted(power) == Some(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten() {
        let d = Decimal::from;
        assert!(is_power_of_ten(d(1_737_690_000), d(173_769)) && is_power_of_ten(d(12), d(120)));
        assert!(!is_power_of_ten(d(12), d(12)) && !is_power_of_ten(d(0), d(10)) && !is_power_of_ten(d(12), d(124)));
    }
}
