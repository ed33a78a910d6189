//! The arithmetic of the tables: GK201 to GK210. The formulas are the form files'.

use gongkai_grammar::{
    ColumnKind, FormTable, Relation, RowKind, Rule, Scope, Term,
    model::{Cause, Check, Decimal, Figure, Finding, Missing, Name, Operand, Severity, Status, Value, Verdict},
};

use crate::{
    figures::Read,
    findings::{Details, explain, finding},
    solve::obeys,
};

/// A rule with the column or row it is evaluated for.
pub type Law = (&'static Rule, &'static Term);

/// Evaluates every rule of a table: what each of the checks evaluates.
pub fn arithmetic(form: &'static FormTable, index: &Index<'_>, checks: &mut Vec<Check>, findings: &mut Vec<Finding>) -> Vec<Law> {
    let most = form.rules.iter().map(|rule| rule.terms.len()).sum();
    let mut laws = Vec::with_capacity(most);
    checks.reserve(most);
    for rule in &form.rules {
        for term in &rule.terms {
            if let Some(check) = evaluate(form, rule, term, index) {
                if check.verdict == Verdict::Broken {
                    findings.push(broken(form, rule, term, &check, index));
                }
                checks.push(check);
                laws.push((rule, term));
            }
        }
    }
    impossible(form, index, findings);
    laws
}

/// The figures by the form's rows and columns.
pub struct Index<'a> {
    columns: usize,
    figures: Vec<Option<&'a Figure>>,
}

impl<'a> Index<'a> {
    pub fn new(form: &FormTable, read: &'a Read) -> Self {
        let columns = form.columns.len();
        let mut figures = vec![None; columns * form.rows.len()];
        for (cell, figure) in read.cells.iter().zip(&read.figures) {
            // A row that is not printed has no figures to add up.
            let printed = figure.span.is_some()
                || figure.status != Status::Ambiguous
                || !figure.candidates.is_empty()
                || cell.is_some_and(|c| read.empty.contains(&c.0));
            if let Some((row, column)) = cell.filter(|_| printed)
                && let Some(slot) = figures.get_mut(row * columns + column)
            {
                *slot = Some(figure);
            }
        }
        Self { columns, figures }
    }

    pub fn get(&self, (row, column): (usize, usize)) -> Option<&'a Figure> {
        self.figures.get(row * self.columns + column).copied().flatten()
    }
}

fn path(form: &'static FormTable, (row, column): (usize, usize)) -> Option<&'static str> {
    let row = form.rows.get(row)?;
    row.paths.get(column.checked_sub(row.columns.start)?).map(String::as_str)
}

fn evaluate(form: &'static FormTable, rule: &'static Rule, term: &'static Term, index: &Index<'_>) -> Option<Check> {
    let mut operands = Vec::with_capacity(term.left.len() + term.right.len());
    let (mut absent, mut blank, mut unreadable, mut recovered, mut present) = (false, false, false, false, 0usize);
    let mut sums = [Some(Decimal::from(0)); 2];
    let mut numbers = [0usize; 2];
    for (side, cells) in [&term.left, &term.right].into_iter().enumerate() {
        for &cell in cells {
            let path = path(form, cell)?;
            let Some(figure) = index.get(cell) else {
                // A local row that is not printed is no gap.
                absent |= form.rows.get(cell.0).is_some_and(|r| r.kind == RowKind::Value);
                continue;
            };
            present += 1;
            recovered |= figure.status == Status::Solved;
            operands.push(Operand { path: Name::Borrowed(path), value: figure.value, span: None });
            match figure.value {
                Some(value) => {
                    if let (Some(sum), Some(n)) = (sums.get_mut(side), numbers.get_mut(side)) {
                        *sum = sum.and_then(|s| s.checked_add(value.decimal()));
                        *n += 1;
                    }
                }
                None if figure.status == Status::Ambiguous || figure.missing == Some(Missing::Text) => unreadable = true,
                None => {
                    blank = true;
                    // 无 says that there is nothing; a blank or a dash says nothing.
                    if let Some(n) = numbers.get_mut(side).filter(|_| figure.missing == Some(Missing::None)) {
                        *n += 1;
                    }
                }
            }
        }
    }
    if present == 0 {
        return None;
    }
    let [left, right] = sums;
    let (left, right) = (left?, right?);
    let holds = obeys(rule.relation, left, right);
    // Only the total of a row is filled in: there is nothing to add up.
    let only_one_side = rule.scope == Scope::Row && rule.relation == Relation::Equal && numbers.contains(&0) && !term.right.is_empty();
    // A bound that is not filled in bounds nothing.
    let [of_left, of_right] = numbers;
    let no_bound = match rule.relation {
        Relation::AtMost => of_right == 0 && !term.right.is_empty(),
        Relation::AtLeast => of_left == 0 && !term.left.is_empty(),
        Relation::Equal | Relation::Covers => false,
    };
    // A reading that the rules led to accuses nobody of breaking one.
    let no_proof = only_one_side || no_bound || recovered;
    let verdict = if unreadable || (absent && !(holds && rule.relation == Relation::Equal)) || (no_proof && !holds) {
        Verdict::NotEvaluable
    } else if !holds {
        Verdict::Broken
    } else if blank {
        Verdict::HoldsIfBlankIsZero
    } else {
        Verdict::Holds
    };
    let value = |sum: Decimal| sum.as_integer().map_or(Value::Amount(sum), Value::Count);
    Some(Check {
        code: Name::Borrowed(&rule.code),
        rule: Name::Borrowed(&rule.formula),
        scope: Name::Borrowed(&term.scope),
        verdict,
        operands,
        left: Some(value(left)),
        right: Some(value(right)),
    })
}

fn broken(form: &'static FormTable, rule: &Rule, term: &Term, check: &Check, index: &Index<'_>) -> Finding {
    let figures: Vec<&Figure> = term.left.iter().chain(&term.right).filter_map(|&cell| index.get(cell)).collect();
    let certain = figures.iter().all(|f| f.status == Status::Printed);
    let (left, right) = (side(form, rule, &term.left, index), side(form, rule, &term.right, index));
    let mark = match rule.relation {
        Relation::Equal => "≠",
        Relation::AtMost => ">",
        Relation::AtLeast => "<",
        Relation::Covers => "→",
    };
    let place = place(form, rule, term);
    let said = format!("{place}：{left} {mark} {right}");
    let said_en = format!(
        "{}: {} {mark} {}",
        term.scope,
        check.left.map_or_else(String::new, |v| v.to_string()),
        check.right.map_or_else(String::new, |v| v.to_string())
    );
    let span = figures.iter().find(|f| f.value.is_some()).and_then(|f| f.span);
    let details = Details {
        said: (said, said_en),
        span,
        paths: check.operands.iter().map(|o| o.path.clone()).collect(),
        severity: Some(rule.severity),
        cause: Some(if certain { Cause::Report } else { Cause::Unknown }),
        basis: Some(rule.basis.clone().map_or_else(|| Name::Borrowed(if rule.printed { "表内勾稽关系" } else { "表样隐含关系" }), Name::Owned)),
        ..Details::default()
    };
    finding(explain(&rule.code).map_or("GK201", |k| k.code), details)
}

/// The column or row a rule speaks of, by its label.
fn place(form: &FormTable, rule: &Rule, term: &Term) -> String {
    let Some(&(row, column)) = term.left.first().or_else(|| term.right.first()) else { return String::new() };
    let label = match rule.scope {
        Scope::Column => form.columns.get(column).and_then(|c| c.labels.first()),
        Scope::Row => form.rows.get(row).and_then(|r| r.labels.first()),
    };
    label.cloned().unwrap_or_default()
}

/// One side as a sum of labelled numbers; zeros and blanks are left out of long ones.
fn side(form: &FormTable, rule: &Rule, cells: &[(usize, usize)], index: &Index<'_>) -> String {
    let terms: Vec<String> = cells
        .iter()
        .filter_map(|&(row, column)| {
            let figure = index.get((row, column))?;
            let value = figure.value.map_or_else(|| "空".to_owned(), |v| v.to_string());
            if cells.len() > 4 && (figure.value.is_none() || value == "0") {
                return None;
            }
            let label = match rule.scope {
                Scope::Column => form.rows.get(row)?.labels.first(),
                Scope::Row => form.columns.get(column)?.labels.first(),
            };
            Some(format!("{} {value}", label?))
        })
        .collect();
    if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") }
}

/// GK207: counts are whole numbers, and only changes may be negative.
fn impossible(form: &'static FormTable, index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (row, r) in form.rows.iter().enumerate() {
        for (path, column) in r.paths.iter().zip(r.columns.clone()) {
            let Some((figure, value)) = index.get((row, column)).and_then(|f| Some((f, f.value?.decimal()))) else { continue };
            let kind = form.kind_of(row, column);
            let bad = (value.is_negative() && kind != ColumnKind::Signed) || (value.as_integer().is_none() && kind != ColumnKind::Amount);
            if bad {
                let label = r.labels.first().cloned().unwrap_or_default();
                findings.push(finding(
                    "GK207",
                    Details {
                        said: (format!("{label} {value}"), format!("{path} = {value}")),
                        span: figure.span,
                        paths: vec![figure.path.clone()],
                        severity: Some(Severity::Error),
                        cause: Some(if figure.status == Status::Printed { Cause::Report } else { Cause::Unknown }),
                        ..Details::default()
                    },
                ));
            }
        }
    }
}
