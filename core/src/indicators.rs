//! One row a report: every indicator from the tables of its edition, else from its prose.

use gongkai_grammar::{
    Condition, Field, IndicatorDefinition, TableSource, forms, indicator_definitions,
    model::{Approximation, Decimal, Fact, Figure, Indicator, Message, Missing, Name, Origin, Quality, Report, Status, Value},
};
use rustc_hash::FxHashMap;

/// Every indicator of a report, in the order they are listed in. A table is believed before the prose; what neither gives is absent, and
/// why is said.
#[must_use]
pub fn indicators(report: &Report) -> Vec<Indicator> {
    let figures = by_path(report);
    indicator_definitions().iter().map(|definition| indicator(definition, report, &figures)).collect()
}

/// The indicators of a report that are `wanted` by name.
pub fn some_indicators(report: &Report, figures: &FxHashMap<&str, &Figure>, wanted: impl Fn(&str) -> bool) -> Vec<Indicator> {
    indicator_definitions().iter().filter(|definition| wanted(definition.name)).map(|definition| indicator(definition, report, figures)).collect()
}

/// The figures of a report by their paths.
pub fn by_path(report: &Report) -> FxHashMap<&str, &Figure> {
    report.figures.iter().map(|f| (f.path.as_ref(), f)).collect()
}

fn indicator(definition: &IndicatorDefinition, report: &Report, figures: &FxHashMap<&str, &Figure>) -> Indicator {
    let source = definition.tables.iter().find(|source| source.editions.iter().any(|edition| has_table(report, source, edition)));
    let table = source.and_then(|source| from_table(definition, source, report, figures));
    match table {
        Some(indicator) if indicator.value.is_some() => indicator,
        table => from_prose(definition, report).or(table).unwrap_or_else(|| absent(definition, no_row(report, source.is_some()))),
    }
}

/// Whether the report has the table of a source in an edition, or in one that extends it.
fn has_table(report: &Report, source: &TableSource, edition: &str) -> bool {
    let kind = source.paths.first().and_then(|p| p.split('/').next()).unwrap_or_default();
    let is = |id: &str| id == edition || forms().edition(id).and_then(|f| f.extends.as_deref()).is_some_and(|base| base == edition);
    report.tables.iter().any(|t| t.table == kind && is(&t.edition))
}

fn message((zh, en): (impl Into<Name>, impl Into<Name>)) -> Message {
    Message { zh: zh.into(), en: en.into() }
}

fn blank(definition: &IndicatorDefinition) -> Indicator {
    Indicator {
        indicator: Name::Borrowed(definition.name),
        value: None,
        unit: None,
        quality: Quality::Absent,
        why: None,
        origin: None,
        paths: Vec::new(),
        fact: None,
        raw: String::new(),
        span: None,
        flags: Vec::new(),
    }
}

fn absent(definition: &IndicatorDefinition, why: Message) -> Indicator {
    Indicator { why: Some(why), ..blank(definition) }
}

/// Why there is no number at all.
fn no_row(report: &Report, in_form: bool) -> Message {
    if report.tables.is_empty() {
        message(("没有表格，正文也未提及", "there is no table, and the text does not say"))
    } else if in_form {
        message(("表中没有这一行，正文也未提及", "the table lacks the row, and the text does not say"))
    } else {
        message(("该版表样没有这一行，正文也未提及", "the form of this edition has no such row, and the text does not say"))
    }
}

/// The sum of the figures of a source; without a value if one of them has none that can be counted.
fn from_table(definition: &IndicatorDefinition, source: &TableSource, report: &Report, figures: &FxHashMap<&str, &Figure>) -> Option<Indicator> {
    let found: Vec<&Figure> = source.paths.iter().flat_map(|path| rows(path, report, figures)).collect();
    let first = found.first()?;
    let mut flags: Vec<Name> = found.iter().flat_map(|f| f.flags.iter().cloned()).collect();
    flags.sort();
    flags.dedup();
    let mut indicator = Indicator {
        unit: first.unit.clone(),
        origin: Some(Origin::Table),
        paths: found.iter().map(|f| f.path.clone()).collect(),
        raw: found.iter().map(|f| f.raw.split_whitespace().collect::<String>()).collect::<Vec<_>>().join(" + "),
        span: first.span.filter(|_| found.len() == 1),
        flags,
        ..blank(definition)
    };
    if found.iter().all(|f| f.value.is_none() && f.status != Status::Ambiguous) {
        indicator.why = Some(nothing(first));
        return Some(indicator);
    }
    if found.iter().any(|f| f.status == Status::Ambiguous || (f.value.is_none() && f.missing == Some(Missing::Text))) {
        indicator.why = Some(message(("表中数据有多种读法或无法读取", "a cell has more than one reading, or none")));
        return Some(indicator);
    }
    let sum = found.iter().filter_map(|f| f.value).try_fold(Decimal::from(0), |sum, v| sum.checked_add(v.decimal()))?;
    indicator.value = Some(match first.value {
        Some(amount @ Value::Amount(_)) if found.len() == 1 => amount,
        _ => sum.as_integer().map_or(Value::Amount(sum), Value::Count),
    });
    let unprinted = found.iter().any(|f| f.value.is_none());
    indicator.quality = if unprinted || source.why.is_some() { Quality::Approximate } else { Quality::Exact };
    let blanks = ("合计中未填数字的格按零计", "cells of the sum without a number count as zero");
    indicator.why = match (source.why, unprinted) {
        (Some((zh, en)), true) => Some(message((format!("{zh}；{}", blanks.0), format!("{en}; {}", blanks.1)))),
        (Some(why), false) => Some(message(why)),
        (None, true) => Some(message(blanks)),
        (None, false) => None,
    };
    Some(indicator)
}

/// Why a cell gives no number.
fn nothing(figure: &Figure) -> Message {
    message(match figure.missing {
        Some(Missing::None) => ("表中填“无”", "the cell says 无"),
        Some(Missing::Dash) => ("表中填短横", "the cell has a dash"),
        Some(Missing::Text) => ("表中填的不是数字", "the cell holds words"),
        Some(Missing::Blank) => ("表中为空", "the cell is blank"),
        None => ("表中没有这一格", "the cell is not there"),
    })
}

/// The figures of a path; `requests/denied.*/total` are those of every row directly below `denied`.
fn rows<'a>(path: &str, report: &'a Report, figures: &FxHashMap<&str, &'a Figure>) -> Vec<&'a Figure> {
    let Some((head, tail)) = path.split_once(".*/") else { return figures.get(path).copied().into_iter().collect() };
    let below = |f: &&Figure| {
        let row = f.path.strip_prefix(head).and_then(|rest| rest.strip_prefix('.'));
        row.and_then(|rest| rest.split_once('/')).is_some_and(|(row, column)| !row.contains('.') && column == tail)
    };
    report.figures.iter().filter(below).collect()
}

/// The first fact that gives an indicator, one of an exact number before the others.
fn from_prose(definition: &IndicatorDefinition, report: &Report) -> Option<Indicator> {
    let all = || report.facts.iter().enumerate().filter(|(_, f)| f.indicator.as_deref() == Some(definition.name) && f.value.is_some());
    let (index, fact) = all().find(|(_, f)| f.approximation.is_none()).or_else(|| all().next())?;
    let mut why: Vec<(String, String)> = Vec::new();
    if let Some(doubt) = definition.doubts.iter().find(|d| d.conditions.iter().all(|c| holds(fact, c))) {
        why.push((doubt.why.0.to_owned(), doubt.why.1.to_owned()));
    }
    why.extend(fact.approximation.map(|a| {
        let (zh, en) = match a {
            Approximation::Over => ("原文为约数（不少于）", "the text says at least"),
            Approximation::About => ("原文为约数", "the text says about"),
            Approximation::Under => ("原文为约数（不超过）", "the text says at most"),
        };
        (zh.to_owned(), en.to_owned())
    }));
    let mut others: Vec<String> = all().filter(|(_, f)| f.value != fact.value).map(|(_, f)| f.raw.split_whitespace().collect()).collect();
    others.dedup();
    others.truncate(OTHERS);
    if !others.is_empty() {
        why.push((format!("正文另有：{}", others.join("、")), format!("the text also says {}", others.join(", "))));
    }
    let (zh, en): (Vec<String>, Vec<String>) = why.into_iter().unzip();
    Some(Indicator {
        value: fact.value,
        unit: fact.unit.clone(),
        quality: if zh.is_empty() { Quality::Exact } else { Quality::Approximate },
        why: (!zh.is_empty()).then(|| message((zh.join("；"), en.join("; ")))),
        origin: Some(Origin::Prose),
        fact: Some(index),
        raw: fact.raw.clone(),
        span: Some(fact.span),
        ..blank(definition)
    })
}

/// Whether a fact expresses an indicator only about.
pub fn is_doubtful(indicator: &str, fact: &Fact) -> bool {
    let definition = indicator_definitions().iter().find(|d| d.name == indicator);
    definition.is_some_and(|d| d.doubts.iter().any(|doubt| doubt.conditions.iter().all(|c| holds(fact, c))))
}

/// So many other values of the text are named.
const OTHERS: usize = 3;

/// Whether the words of a fact are those of a doubt.
fn holds(fact: &Fact, condition: &Condition) -> bool {
    let has = |field: &Option<String>| field.as_deref().is_some_and(|text| condition.words.iter().any(|word| text.contains(word)));
    match condition.field {
        Field::Subject => has(&fact.subject),
        Field::Object => has(&fact.object),
        Field::Channel => has(&fact.channel),
        Field::Not => !(has(&fact.subject) || has(&fact.object) || has(&fact.channel)),
        _ => has(&fact.subject) || has(&fact.object) || has(&fact.channel),
    }
}
