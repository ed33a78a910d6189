//! What the reports of the years beside tell of a report's figures: the rules across years, solved for the figures of one of the two.

use gongkai_grammar::{
    Relation, YearCell, YearRule, YearTerm,
    model::{Decimal, Message, Severity, Status},
};

use super::{Used, years::tables};
use crate::Hint;

/// What two years tell of each other: hints for the earlier report, and for the later one.
pub fn told(before: &Used<'_>, after: &Used<'_>) -> [Vec<Hint>; 2] {
    let mut hints = [Vec::new(), Vec::new()];
    // A rule that correct reports break now and then decides nothing.
    let decides = |rule: &&YearRule| rule.relation == Relation::Equal && rule.severity != Severity::Note;
    let rules = tables(after).flat_map(|form| &form.year_rules).filter(decides);
    for (rule, term) in rules.flat_map(|rule| rule.terms.iter().map(move |term| (rule, term))) {
        let [earlier, later] = &mut hints;
        earlier.extend(hint(rule, term, after, true));
        later.extend(hint(rule, term, before, false));
    }
    hints
}

/// What `known` tells of the figures of the other year: all of its own were read for certain. `previous` says which side of the years is asked for.
fn hint(rule: &YearRule, term: &YearTerm, known: &Used<'_>, previous: bool) -> Option<Hint> {
    // Both sides as one sum that is zero.
    let cells = || term.left.iter().map(|cell| (cell, !cell.minus)).chain(term.right.iter().map(|cell| (cell, cell.minus)));
    let mut sum = Decimal::from(0);
    for (cell, plus) in cells().filter(|(cell, _)| cell.previous != previous) {
        let value = certain(known, cell)?;
        sum = if plus { sum.checked_add(value)? } else { sum.checked_sub(value)? };
    }
    let asked: Vec<(&YearCell, bool)> = cells().filter(|(cell, _)| cell.previous == previous).collect();
    let &(first, sign) = asked.iter().find(|(_, plus)| *plus).or(asked.first())?;
    let value = if sign { sum.negated() } else { sum };
    let year = known.year;
    let reason = Message { zh: format!("{year} 年报告与 {}", rule.code).into(), en: format!("the report for {year} and {}", rule.code).into() };
    let others = asked.iter().filter(|(cell, _)| !std::ptr::eq(*cell, first));
    Some(
        others.fold(
            Hint::new(&first.path, value, reason),
            |hint, (cell, plus)| if *plus == sign { hint.plus(&cell.path) } else { hint.minus(&cell.path) },
        ),
    )
}

/// The value of a figure that is printed as it is read.
fn certain(known: &Used<'_>, cell: &YearCell) -> Option<Decimal> {
    let figure = known.figures.get(cell.path.as_str()).filter(|f| f.status == Status::Printed)?;
    Some(figure.value?.decimal())
}
