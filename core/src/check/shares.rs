//! Shares of the text against the numbers beside them: GK602, at the precision that is printed.

use gongkai_grammar::{
    model::{Fact, Operand, Severity, Span, Value, Verdict},
    prose_lexicon,
};

use super::{Results, Subject};
use crate::findings::Details;

/// Bytes between a number and its share.
const GAP: usize = 40;
/// Bytes between a sentence and one that may name its total.
const NEAR: usize = 300;
/// Facts that are looked at for the whole.
const NEIGHBOURS: usize = 40;

/// Evaluates every share that stands beside its number.
pub fn shares(subject: &Subject<'_>, results: &mut Results) {
    let facts = &subject.report.facts;
    let mut any = false;
    for (index, share) in facts.iter().enumerate().filter(|(_, f)| f.unit.as_deref() == Some("%")) {
        let Some((part_index, part)) = index.checked_sub(1).and_then(|i| Some((i, facts.get(i)?))) else { continue };
        let gap = Span::new(part.span.end, share.span.start).of(subject.text);
        let beside = part.span.end <= share.span.start && gap.len() <= GAP && part.unit.as_deref() != Some("%") && is_share(gap);
        let Some(whole) = share.of.filter(|_| beside) else { continue };
        any = true;
        evaluate(subject, Parts { share: index, part: part_index, whole }, share, part, results);
    }
    if !any {
        results.check("GK602", "share = part / total", "facts", Verdict::NotEvaluable, Vec::new());
    }
}

/// Whether the words between a number and a percentage make it its share: ，占34% or （34%.
fn is_share(gap: &str) -> bool {
    let words = gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '(' | '（' | '、' | '约'));
    words.is_empty() || prose_lexicon().words("shares").any(|word| words.starts_with(word))
}

struct Parts {
    share: usize,
    part: usize,
    whole: usize,
}

fn evaluate(subject: &Subject<'_>, at: Parts, share: &Fact, part: &Fact, results: &mut Results) {
    let facts = &subject.report.facts;
    let whole = facts.get(at.whole);
    let operand = |index: usize, fact: &Fact| Operand { path: format!("facts/{index}").into(), value: fact.value, span: Some(fact.span) };
    let mut operands = vec![operand(at.share, share), operand(at.part, part)];
    operands.extend(whole.map(|fact| operand(at.whole, fact)));
    let scope = format!("facts/{}", at.share);
    let exact = |fact: &Fact| fact.approximation.is_none().then_some(fact.value).flatten();
    let printed = exact(share).zip(exact(part)).zip(whole.and_then(exact)).and_then(|((s, p), w)| Printed::new(&share.raw, s, p, w));
    let Some(printed) = printed else {
        results.compare("GK602", "share = part / total", scope, Verdict::NotEvaluable, operands, [share.value, None]);
        return;
    };
    // It may be the share of another total of the same sentence or one close before it.
    let from = at.part.saturating_sub(NEIGHBOURS);
    let others = facts.iter().enumerate().skip(from).take(2 * NEIGHBOURS);
    let other = others
        .filter(|(i, f)| {
            *i != at.whole && f.sentence.end + NEAR >= share.sentence.start && f.sentence.start <= share.sentence.start && f.unit == part.unit
        })
        .filter_map(|(_, f)| Printed::new(&share.raw, share.value?, part.value?, exact(f)?))
        .any(|p| p.fit == Fit::Rounded);
    let fit = if other { Fit::Rounded } else { printed.fit };
    let verdict = if fit == Fit::Rounded { Verdict::Holds } else { Verdict::Broken };
    let quotient = Value::Amount(gongkai_grammar::model::Decimal::new(printed.rounded, printed.scale));
    results.compare("GK602", "share = part / total", scope, verdict, operands, [share.value, Some(quotient)]);
    if fit == Fit::Rounded {
        return;
    }
    let value = |fact: Option<&Fact>| fact.and_then(|f| f.value).map_or_else(String::new, |v| v.to_string());
    let (p, w, s) = (value(Some(part)), value(whole), value(Some(share)));
    let (zh, en) = match fit {
        Fit::Cut => {
            (format!("{p} / {w} = {quotient}%，原文 {s}% 是截尾，不是四舍五入"), format!("{p} / {w} = {quotient}%; {s}% is cut off, not rounded"))
        }
        _ => (format!("{p} / {w} = {quotient}%，原文 {s}%"), format!("{p} / {w} = {quotient}%, printed is {s}%")),
    };
    results.say(
        "GK602",
        zh,
        en,
        Details {
            span: Some(share.span),
            severity: (fit == Fit::Cut).then_some(Severity::Note),
            related: std::iter::once(part).chain(whole).map(|f| super::related(f.span, "据此计算", "it is computed from this")).collect(),
            ..Details::default()
        },
    );
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// It is the quotient, rounded either way at a tie.
    Rounded,
    /// It is the quotient with its further digits cut off.
    Cut,
    No,
}

/// A share at the precision it is printed with.
struct Printed {
    scale: u8,
    /// The rounded quotient in units of the last digit.
    rounded: i64,
    fit: Fit,
}

impl Printed {
    fn new(raw: &str, share: Value, part: Value, whole: Value) -> Option<Self> {
        let digits = raw.split_once(['.', '．']).map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
        let scale = u8::try_from(digits).ok().filter(|s| *s <= 6)?;
        let share = share.decimal().scaled(scale)?;
        let (part, whole) = (part.decimal().scaled(4)?, whole.decimal().scaled(4)?);
        if part < 0 || whole <= 0 || part > whole {
            return None;
        }
        let unit = 10i128.checked_pow(u32::from(scale) + 2)?;
        let product = part.checked_mul(unit)?;
        let (floor, twice) = (product / whole, (product % whole).checked_mul(2)?);
        let rounded = floor + i128::from(twice >= whole);
        let fit = match () {
            () if share == rounded || (twice == whole && share == floor) => Fit::Rounded,
            () if share == floor => Fit::Cut,
            () => Fit::No,
        };
        Some(Self { scale, rounded: i64::try_from(rounded).ok()?, fit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_at_the_precision_printed() {
        let fit = |raw: &str, part: i64, whole: i64| {
            let share = Value::Amount(raw.trim_end_matches('%').parse().unwrap());
            Printed::new(raw, share, Value::Count(part), Value::Count(whole)).map(|p| p.fit)
        };
        for (raw, part, whole, want) in [
            ("34%", 103, 301, Fit::Rounded),
            ("80%", 239, 301, Fit::No),
            ("79.4%", 239, 301, Fit::Rounded),
            ("27%", 534, 1913, Fit::Cut),
            ("12%", 1, 8, Fit::Rounded),
            ("13%", 1, 8, Fit::Rounded),
            ("8.05%", 145, 1913, Fit::No),
            ("100%", 7, 7, Fit::Rounded),
        ] {
            assert_eq!(fit(raw, part, whole), Some(want), "{raw} {part}/{whole}");
        }
        assert_eq!(fit("50%", 5, 0), None);
        assert_eq!(fit("150%", 3, 2), None);
    }
}
