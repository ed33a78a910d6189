//! GK401 to GK405: the rules across years of the form files, evaluated.

use gongkai_grammar::{
    FormTable, Relation, Scope, YearCell, YearRule, YearTerm, forms,
    model::{Cause, Decimal, Missing, Name, Series, SeriesCheck, SeriesFinding, Status, Step, Value, Verdict},
};

use super::{Used, operand};
use crate::{
    findings::{Details, finding},
    solve::obeys,
};

/// Evaluates the rules of the later year's tables against the year before. What a form does not have cannot be compared; the step says so.
pub fn step(before: &Used<'_>, after: &Used<'_>, series: &mut Series) {
    let mut not_comparable: Vec<Name> = Vec::new();
    let mut leave_out = |code: &'static str| {
        if !not_comparable.iter().any(|c| c == code) {
            not_comparable.push(Name::Borrowed(code));
        }
    };
    for form in tables(after) {
        for rule in &form.year_rules {
            for term in &rule.terms {
                if !before.paths.is_empty() && previous(term).any(|c| !before.paths.contains(c.path.as_str())) {
                    leave_out(&rule.code);
                } else if let Some((check, certain)) = evaluate(rule, term, before, after) {
                    if check.verdict == Verdict::Broken {
                        series.findings.push(broken(form, rule, term, &check, certain, after));
                    }
                    series.checks.push(check);
                }
            }
        }
    }
    // What the earlier form could answer and the later one does not ask.
    for rule in tables(before).flat_map(|form| &form.year_rules) {
        if !after.paths.is_empty() && rule.terms.iter().all(|term| previous(term).any(|c| !after.paths.contains(c.path.as_str()))) {
            leave_out(&rule.code);
        }
    }
    not_comparable.sort_unstable();
    let only = |one: &Used<'_>, other: &Used<'_>| {
        let mut only: Vec<Name> = one.paths.difference(&other.paths).map(|&p| Name::Borrowed(p)).collect();
        only.sort_unstable();
        only
    };
    series.steps.push(Step {
        years: [before.year, after.year],
        editions: [before.member.report.edition.clone(), after.member.report.edition.clone()],
        comparable: before.paths.intersection(&after.paths).count(),
        only_before: only(before, after),
        only_after: only(after, before),
        not_comparable,
    });
}

fn previous(term: &YearTerm) -> impl Iterator<Item = &YearCell> {
    term.left.iter().chain(&term.right).filter(|c| c.previous)
}

/// The forms of a report's tables.
pub fn tables<'a>(used: &'a Used<'_>) -> impl Iterator<Item = &'static FormTable> + 'a {
    used.member.report.tables.iter().filter_map(|t| forms().edition(&t.edition)?.tables.iter().find(|form| form.id == t.table))
}

/// The check, and whether every figure it rests on was read for certain. `None` if neither report has a figure of it.
fn evaluate(rule: &'static YearRule, term: &'static YearTerm, before: &Used<'_>, after: &Used<'_>) -> Option<(SeriesCheck, bool)> {
    let (mut unknown, mut blank, mut certain) = (false, false, true);
    let mut present = [false; 2];
    let mut sums = [Some(Decimal::from(0)); 2];
    let mut operands = Vec::with_capacity(term.left.len() + term.right.len());
    for (sum, cells) in sums.iter_mut().zip([&term.left, &term.right]) {
        for cell in cells {
            let used = if cell.previous { before } else { after };
            let operand = operand(used, Name::Borrowed(&cell.path));
            let figure = used.figures.get(cell.path.as_str());
            match (figure, operand.value) {
                (Some(figure), Some(value)) => {
                    certain &= figure.status == Status::Printed;
                    let value = value.decimal();
                    *sum = sum.and_then(|s| if cell.minus { s.checked_sub(value) } else { s.checked_add(value) });
                }
                (Some(figure), None) if figure.status != Status::Ambiguous && figure.missing.is_some_and(|m| m != Missing::Text) => blank = true,
                _ => unknown = true,
            }
            if let Some(present) = present.get_mut(usize::from(cell.previous)) {
                *present |= figure.is_some();
            }
            operands.push(operand);
        }
    }
    if present == [false, false] {
        return None;
    }
    let [left, right] = sums;
    let (left, right) = (left?, right?);
    let verdict = match (unknown, obeys(rule.relation, left, right), blank) {
        (true, _, _) => Verdict::NotEvaluable,
        (_, false, _) => Verdict::Broken,
        (_, true, true) => Verdict::HoldsIfBlankIsZero,
        (_, true, false) => Verdict::Holds,
    };
    let value = |sum: Decimal| sum.as_integer().map_or(Value::Amount(sum), Value::Count);
    let known = verdict != Verdict::NotEvaluable;
    let check = SeriesCheck {
        code: Name::Borrowed(&rule.code),
        rule: Name::Borrowed(&rule.formula),
        scope: Name::Borrowed(&term.scope),
        years: [before.year, after.year],
        verdict,
        operands,
        left: known.then(|| value(left)),
        right: known.then(|| value(right)),
    };
    Some((check, certain))
}

fn broken(
    form: &'static FormTable,
    rule: &'static YearRule,
    term: &'static YearTerm,
    check: &SeriesCheck,
    certain: bool,
    after: &Used<'_>,
) -> SeriesFinding {
    let (zh, en) = match rule.relation {
        Relation::Equal => ("≠", "≠"),
        Relation::AtMost => (">", ">"),
        Relation::AtLeast => ("<", "<"),
        Relation::Covers => ("→", "→"),
    };
    let (mut left, mut right) = (String::new(), String::new());
    let mut operands = check.operands.iter();
    for (side, cells) in [(&mut left, &term.left), (&mut right, &term.right)] {
        for (cell, operand) in cells.iter().zip(&mut operands) {
            let sign = match (side.is_empty(), cell.minus) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            let value = operand.value.map_or_else(|| "空".to_owned(), |v| v.to_string());
            side.push_str(&format!("{sign}{}年{} {value}", operand.year, label(form, rule.scope, &cell.path)));
        }
    }
    let said = format!("{}：{left} {zh} {right}", place(form, rule.scope, term));
    let number = |value: Option<Value>| value.map_or_else(String::new, |v| v.to_string());
    let [first, second] = check.years;
    let said_en = format!("{}, {first} to {second}: {} {en} {}", term.scope, number(check.left), number(check.right));
    let own = check.operands.iter().filter(|o| o.report == after.index);
    let details = Details {
        said: (said, said_en),
        span: own.clone().find_map(|o| o.span),
        paths: own.map(|o| o.path.clone()).collect(),
        severity: Some(rule.severity),
        cause: Some(if certain { Cause::Report } else { Cause::Unknown }),
        basis: rule.basis.as_deref().map(Name::Borrowed),
        ..Details::default()
    };
    let finding = finding(&rule.code, details);
    SeriesFinding { report: after.index, years: check.years.to_vec(), operands: check.operands.clone(), finding }
}

/// What a figure is called within its column or row.
fn label(form: &'static FormTable, scope: Scope, path: &str) -> &'static str {
    let found = form.rows.iter().find_map(|row| {
        let at = row.paths.iter().position(|p| p == path)?;
        match scope {
            Scope::Column => row.labels.first(),
            Scope::Row => form.columns.get(row.columns.start + at)?.labels.first(),
        }
    });
    found.map_or("", String::as_str)
}

/// What the column or row is called that a rule was evaluated for.
fn place(form: &'static FormTable, scope: Scope, term: &YearTerm) -> &'static str {
    let other = match scope {
        Scope::Column => Scope::Row,
        Scope::Row => Scope::Column,
    };
    term.left.iter().chain(&term.right).next().map_or("", |cell| label(form, other, &cell.path))
}
