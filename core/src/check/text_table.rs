//! The text against the tables: GK301 to GK304, and GK603 where just the multiplier is between them.
//!
//! What a sentence counts is told by its indicator; the same indicator has its figures in the tables. A sentence about another body, about a
//! part, or about another time has no indicator, or is one of several that have it: then the scope differs, and nothing is broken.

use gongkai_grammar::{
    check_lexicon,
    model::{Approximation, Cause, Decimal, Fact, FactStatus, Figure, Indicator, Name, Operand, Origin, Quality, Status, Value, Verdict},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Results, Subject, sums::is_power_of_ten};
use crate::{
    findings::Details,
    indicators::{by_path, is_doubtful, some_indicators},
};

/// What a sentence may give for an indicator, beyond the indicator itself: 收到 may include what was carried over.
const ALSO: &[(&str, &[&[&str]])] = &[
    ("requests_received", &[&["requests_received", "requests_carried_over"], &["requests_concluded"]]),
    ("requests_concluded", &[&["requests_received"], &["requests_received", "requests_carried_over"]]),
];

/// The figure of what is carried forward, which no indicator has.
const CARRIED_FORWARD: &str = "requests/carried_forward/total";

/// Evaluates every sentence that counts what a table counts.
pub fn text_table(subject: &Subject<'_>, results: &mut Results) {
    let facts = &subject.report.facts;
    let figures = by_path(subject.report);
    let of_requests = ALSO.iter().flat_map(|(_, sums)| sums.iter().copied().flatten().copied());
    let spoken_of: FxHashSet<&str> = facts.iter().filter_map(|f| f.indicator.as_deref()).chain(of_requests).collect();
    let without = subject.report.tables.is_empty() || facts.is_empty();
    let tables = if without { Vec::new() } else { some_indicators(subject.report, &figures, |name| spoken_of.contains(name)) };
    let tables: FxHashMap<&str, &Indicator> = tables.iter().filter(|i| i.origin == Some(Origin::Table)).map(|i| (i.indicator.as_ref(), i)).collect();
    let mut said: Vec<(&str, Vec<(usize, &Fact)>)> = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        let Some(indicator) = fact.indicator.as_deref().filter(|i| tables.contains_key(i)) else { continue };
        match said.iter_mut().find(|(name, _)| *name == indicator) {
            Some((_, list)) => list.push((index, fact)),
            None => said.push((indicator, vec![(index, fact)])),
        }
    }
    let before = results.checks.len();
    for (name, list) in &said {
        compare(name, list, &tables, &figures, results);
    }
    carried_forward(subject, &figures, results);
    others(subject, &tables, results);
    if results.checks.len() == before {
        results.check("GK301", "text = table", "facts", Verdict::NotEvaluable, Vec::new());
    }
}

fn code(indicator: &str) -> &'static str {
    match indicator {
        i if i.starts_with("requests_") || i.starts_with("received_") => "GK301",
        i if i.starts_with("reconsideration") || i.starts_with("litigation") => "GK303",
        "granted" | "partially_granted" | "denied" | "not_held" | "unavailable" | "not_processed" => "GK302",
        _ => "GK304",
    }
}

/// A number of a table that a sentence may give.
struct Printed {
    value: Decimal,
    /// In ids, as `requests_received + requests_carried_over`.
    words: String,
}

/// The numbers that an indicator's sentence may give.
fn readings(name: &str, tables: &FxHashMap<&str, &Indicator>) -> Vec<Printed> {
    let number = |name: &str| tables.get(name).and_then(|i| i.value).map(Value::decimal);
    let own = number(name).map(|value| Printed { value, words: name.to_owned() });
    let also = ALSO.iter().filter(|(of, _)| *of == name).flat_map(|(_, sums)| sums.iter());
    let sums = also.filter_map(|sum| {
        let value = sum.iter().try_fold(Decimal::from(0), |all, name| all.checked_add(number(name)?))?;
        Some(Printed { value, words: sum.join(" + ") })
    });
    own.into_iter().chain(sums).collect()
}

/// The number a sentence gives, in the unit of the table.
fn in_unit(fact: &Fact, unit: Option<&Name>) -> Option<Decimal> {
    let value = fact.value?.decimal();
    let tenthousands = unit.is_some_and(|u| u.starts_with('万')) && !fact.unit.as_deref().is_some_and(|u| u.starts_with('万'));
    if !tenthousands {
        return Some(value);
    }
    i64::try_from(value.scaled(4)?).ok().map(|v| Decimal::new(v, 8))
}

fn compare(name: &str, list: &[(usize, &Fact)], tables: &FxHashMap<&str, &Indicator>, figures: &FxHashMap<&str, &Figure>, results: &mut Results) {
    let Some(indicator) = tables.get(name) else { return };
    let readings = readings(name, tables);
    let fits = |fact: &Fact| {
        let value = in_unit(fact, indicator.unit.as_ref())?;
        readings.iter().find(|p| match fact.approximation {
            Some(Approximation::Over) => p.value >= value && p.value.checked_sub(value).is_some_and(|d| d.shifted(1).is_some_and(|d| d <= value)),
            _ => p.value == value,
        })
    };
    // 撤销4件,确认违法3件: the table may have them in one.
    let together = |total: usize| {
        let parts: Vec<&Fact> = list.iter().map(|(_, fact)| *fact).filter(|f| f.of == Some(total)).collect();
        let sum = parts.iter().try_fold(Decimal::from(0), |sum, f| sum.checked_add(in_unit(f, indicator.unit.as_ref())?));
        parts.len() > 1 && sum.is_some_and(|sum| readings.iter().any(|p| p.value == sum))
    };
    let known = list.iter().any(|(_, fact)| fits(fact).is_some() || fact.of.is_some_and(together));
    let mut contradictions: Vec<(usize, &Fact)> = Vec::new();
    for &(index, fact) in list {
        let fit = fits(fact);
        let open = indicator.value.is_none()
            || fact.approximation.is_some()
            || is_doubtful(name, fact)
            || indicator.why.is_some() && indicator.quality == Quality::Approximate && !blanks_only(indicator, figures);
        // What another sentence gives as the table does, this one counts of something else.
        let (verdict, rule) = match fit {
            Some(p) => (if blank(indicator, figures) { Verdict::HoldsIfBlankIsZero } else { Verdict::Holds }, format!("text = {}", p.words)),
            None if known => (Verdict::NotEvaluable, format!("text = {name} (scope differs)")),
            None if open => (Verdict::NotEvaluable, format!("text = {name}")),
            None => (Verdict::Broken, format!("text = {name}")),
        };
        if verdict == Verdict::Broken {
            contradictions.push((index, fact));
        }
        let right = fit.map_or(indicator.value, |p| p.value.as_integer().map(Value::Count).or(Some(Value::Amount(p.value))));
        results.compare(code(name), rule, format!("facts/{index}"), verdict, operands(index, fact, indicator, figures), [fact.value, right]);
    }
    if let Some((_, fact)) = contradictions.first() {
        contradiction(name, fact, &contradictions, indicator, &readings, figures, results);
    }
}

fn operands(index: usize, fact: &Fact, indicator: &Indicator, figures: &FxHashMap<&str, &Figure>) -> Vec<Operand> {
    let mut operands = vec![Operand { path: format!("facts/{index}").into(), value: fact.value, span: Some(fact.span) }];
    operands.extend(indicator.paths.iter().map(|path| Operand {
        path: path.clone(),
        value: figures.get(path.as_ref()).and_then(|f| f.value),
        span: None,
    }));
    operands
}

/// Whether a figure of the indicator is not printed.
fn blank(indicator: &Indicator, figures: &FxHashMap<&str, &Figure>) -> bool {
    indicator.paths.iter().any(|path| figures.get(path.as_ref()).is_some_and(|f| f.value.is_none()))
}

/// Whether the only doubt about the number of a table is that cells of its sum are blank.
fn blanks_only(indicator: &Indicator, figures: &FxHashMap<&str, &Figure>) -> bool {
    indicator.paths.len() > 1 && blank(indicator, figures)
}

fn contradiction(
    name: &str,
    fact: &Fact,
    all: &[(usize, &Fact)],
    indicator: &Indicator,
    readings: &[Printed],
    figures: &FxHashMap<&str, &Figure>,
    results: &mut Results,
) {
    let certain = indicator.paths.iter().all(|path| figures.get(path.as_ref()).is_some_and(|f| f.status == Status::Printed && f.value.is_some()));
    let value = in_unit(fact, indicator.unit.as_ref());
    let slip = value.is_some_and(|v| v >= Decimal::from(10) && readings.iter().any(|p| is_power_of_ten(p.value, v) && ratio_is_unit(p.value, v)));
    let code = if slip { "GK603" } else { code(name) };
    let first = figures.get(indicator.paths.first().map_or("", |p| p.as_ref()));
    let label = first.map_or(name, |f| f.label.as_ref());
    let table = indicator.value.map_or_else(String::new, |v| v.to_string());
    let raw: String = fact.raw.split_whitespace().collect();
    let raw = if fact.status == FactStatus::Worded { format!("{raw}（0）") } else { raw };
    let unit = indicator.unit.as_deref().unwrap_or_default();
    let mut related: Vec<_> = all.iter().skip(1).map(|(_, f)| super::related(f.span, "另一处", "another place")).collect();
    related.extend(first.and_then(|f| f.span).map(|span| super::related(span, "表中数据", "the figure of the table")));
    results.say(
        code,
        format!("正文 {raw}，表中“{label}” {table}{unit}"),
        format!("the text has {raw}, the table {table} ({name})"),
        Details {
            span: Some(fact.span),
            paths: indicator.paths.clone(),
            cause: Some(if certain { Cause::Report } else { Cause::Unknown }),
            related,
            ..Details::default()
        },
    );
}

/// Whether a number is another with 万 or 亿 behind it.
fn ratio_is_unit(a: Decimal, b: Decimal) -> bool {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    [4, 8].iter().any(|&power| low.shifted(power) == Some(high))
}

/// Requests that are said of another body than the one that reports: 区政府办受理政府信息公开申请17件.
fn others(subject: &Subject<'_>, tables: &FxHashMap<&str, &Indicator>, results: &mut Results) {
    let Some(received) = tables.get("requests_received").filter(|i| i.value.is_some()) else { return };
    let units: Vec<&str> = check_lexicon().words("units of requests").collect();
    for (index, fact) in subject.report.facts.iter().enumerate() {
        let counted = fact.of.is_none() && fact.indicator.is_none() && fact.unit.as_deref().is_some_and(|unit| units.contains(&unit));
        let object = fact.object.as_deref().unwrap_or_default();
        if counted && fact.subject.is_some() && fact.value.is_some() && check_lexicon().words("requests").any(|word| object.ends_with(word)) {
            let operand = Operand { path: format!("facts/{index}").into(), value: fact.value, span: Some(fact.span) };
            let rule = "text = requests_received (scope differs)";
            results.compare("GK301", rule, format!("facts/{index}"), Verdict::NotEvaluable, vec![operand], [fact.value, received.value]);
        }
    }
}

/// What the text says is carried forward.
fn carried_forward(subject: &Subject<'_>, figures: &FxHashMap<&str, &Figure>, results: &mut Results) {
    let Some(figure) = figures.get(CARRIED_FORWARD) else { return };
    let words: Vec<&str> = check_lexicon().words("carried forward").collect();
    let said = |fact: &Fact| {
        let object = fact.object.as_deref().unwrap_or_default();
        fact.indicator.is_none() && fact.approximation.is_none() && words.iter().any(|word| object.contains(word))
    };
    let Some((index, fact)) = subject.report.facts.iter().enumerate().find(|(_, f)| f.value.is_some() && f.unit.as_deref() != Some("%") && said(f))
    else {
        return;
    };
    let verdict = match figure.value {
        Some(value) => super::verdict(fact.value.is_some_and(|v| v.decimal() == value.decimal())),
        None => Verdict::NotEvaluable,
    };
    let operands = vec![
        Operand { path: format!("facts/{index}").into(), value: fact.value, span: Some(fact.span) },
        Operand { path: figure.path.clone(), value: figure.value, span: None },
    ];
    results.compare("GK301", "text = requests carried forward", format!("facts/{index}"), verdict, operands, [fact.value, figure.value]);
    if verdict == Verdict::Broken {
        let raw: String = fact.raw.split_whitespace().collect();
        let table = figure.value.map_or_else(String::new, |v| v.to_string());
        let cause = if figure.status == Status::Printed { Cause::Report } else { Cause::Unknown };
        results.say(
            "GK301",
            format!("正文 {raw}，表中“{}” {table}", figure.label),
            format!("the text has {raw}, the table {table} (carried forward)"),
            Details { span: Some(fact.span), paths: vec![figure.path.clone()], cause: Some(cause), ..Details::default() },
        );
    }
}
