//! What else tells a reading, where the rules of the form leave several: the figures of the running prose, and hints of the caller.
//!
//! It decides between readings and makes none. What fits no reading of a row is left aside, and so is everything said of a row if it does not fit
//! together.

use std::collections::BTreeSet;

use gongkai_grammar::{
    FormTable, fold,
    model::{Decimal, Fact, FactStatus, Message, Span},
};

use super::{Doubt, Line, Solved, across_rows};
use crate::{Hint, findings::quote};

/// Characters of a sentence that are looked at before its number.
const BEFORE: usize = 40;
/// Characters that may stand between the words of a row and its number.
const BETWEEN: usize = 8;
/// Characters of a row's label that have to stand in the sentence, at least, and how many of four of them all.
const WORDS: usize = 4;
const OF_FOUR: usize = 3;
/// A number of one digit fits nearly every row whose digits run together.
const LEAST: i64 = 10;

/// What is known besides the table.
pub struct Known<'a> {
    pub text: &'a str,
    /// The quantities of the running prose.
    pub facts: &'a [Fact],
    /// The year of the report.
    pub year: Option<i32>,
    pub hints: &'a [Hint],
}

impl Known<'_> {
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.hints.is_empty()
    }
}

impl Solved {
    /// Whether a row has more than one reading.
    pub fn is_open(&self) -> bool {
        self.lines.iter().any(is_open)
    }
}

fn is_open(line: &Line) -> bool {
    line.candidates.len() > 1 && matches!(line.doubt, Doubt::Glued | Doubt::Short)
}

/// Prunes the readings of open rows by what else is known, then by the rules once more. Whether anything was pruned.
pub fn decide(form: &'static FormTable, solved: &mut Solved, known: &Known<'_>, max_steps: usize) -> bool {
    let mut any = false;
    let open: Vec<usize> = (0..solved.lines.len()).filter(|&i| solved.lines.get(i).is_some_and(is_open)).collect();
    for index in open {
        let Some(line) = solved.lines.get(index) else { continue };
        let mut said: Vec<Statement> = known.hints.iter().filter_map(|hint| hinted(form, &solved.lines, index, hint)).collect();
        said.extend(known.facts.iter().filter_map(|fact| stated(form, line, known, fact)));
        any |= solved.lines.get_mut(index).is_some_and(|line| prune(line, &said));
    }
    if any {
        let mut steps = max_steps;
        across_rows(form, &mut solved.lines, &mut steps);
    }
    any
}

/// A statement about the cells of a line: the sum of some of them, each with its sign.
struct Statement {
    cells: Vec<(usize, i64)>,
    value: Decimal,
    reason: Message,
}

impl Statement {
    /// Whether it is true in a reading; a cell without a number counts as zero.
    fn fits(&self, line: &Line, candidate: usize) -> bool {
        let Some(reading) = line.candidates.get(candidate) else { return false };
        let number = |at: usize| reading.get(at).and_then(|p| p.value).unwrap_or_default().scaled(6);
        let sum = self.cells.iter().try_fold(0i128, |sum, &(at, sign)| Some(sum + i128::from(sign) * number(at)?));
        sum.is_some() && sum == self.value.scaled(6)
    }
}

/// Keeps the readings in which everything said is true, if there are any.
fn prune(line: &mut Line, said: &[Statement]) -> bool {
    let fitting = |s: &Statement| -> BTreeSet<usize> { (0..line.candidates.len()).filter(|&c| s.fits(line, c)).collect() };
    // What fits no reading speaks of something else, or the report contradicts itself: either way it decides nothing, nor does what else the
    // same source says of the row.
    let mut sets: Vec<(BTreeSet<usize>, &Statement)> = said.iter().map(|s| (fitting(s), s)).collect();
    let unfit: Vec<&Message> = sets.iter().filter(|(set, _)| set.is_empty()).map(|(_, s)| &s.reason).collect();
    sets.retain(|(_, s)| !unfit.contains(&&s.reason));
    let keep: Vec<usize> = (0..line.candidates.len()).filter(|c| sets.iter().all(|(set, _)| set.contains(c))).collect();
    if keep.is_empty() || keep.len() == line.candidates.len() {
        return false;
    }
    for (_, statement) in sets.iter().filter(|(set, _)| set.len() < line.candidates.len()) {
        if !line.told_by.contains(&statement.reason) {
            line.told_by.push(statement.reason.clone());
        }
    }
    line.candidates = keep.iter().filter_map(|&c| line.candidates.get(c).cloned()).collect();
    true
}

/// A hint as it speaks of a line: the figures of other rows have to be known.
fn hinted(form: &FormTable, lines: &[Line], index: usize, hint: &Hint) -> Option<Statement> {
    let line = lines.get(index)?;
    let terms = [(&hint.path, 1i64)].into_iter().chain(hint.plus.iter().map(|p| (p, 1))).chain(hint.minus.iter().map(|p| (p, -1)));
    let (mut cells, mut value) = (Vec::new(), hint.value);
    for (path, sign) in terms {
        let cell = cell_of(form, path)?;
        if let Some(at) = line.cells.iter().position(|&c| c == cell) {
            cells.push((at, sign));
            continue;
        }
        let other = lines.iter().find(|l| l.cells.contains(&cell) && l.candidates.len() == 1 && l.doubt != Doubt::Empty)?;
        let at = other.cells.iter().position(|&c| c == cell)?;
        let number = other.candidates.first()?.get(at)?.value.unwrap_or_default();
        value = value.checked_add(if sign > 0 { number.negated() } else { number })?;
    }
    (!cells.is_empty()).then(|| Statement { cells, value, reason: hint.reason.clone() })
}

/// Row and column of a path.
fn cell_of(form: &FormTable, path: &str) -> Option<(usize, usize)> {
    form.rows.iter().enumerate().find_map(|(row, r)| Some((row, r.columns.start + r.paths.iter().position(|p| p == path)?)))
}

/// A quantity of the prose as it speaks of a line: its sentence has the words of the row right before the number, the unit is the form's, and
/// only one of the row's cells can be this number.
fn stated(form: &FormTable, line: &Line, known: &Known<'_>, fact: &Fact) -> Option<Statement> {
    let value = fact.value?.decimal();
    if fact.status != FactStatus::Printed || fact.approximation.is_some() || value < Decimal::from(LEAST) {
        return None;
    }
    let can_be = |at: usize| line.candidates.iter().any(|c| c.get(at).is_some_and(|p| p.value == Some(value)));
    let mut cells = (0..line.cells.len()).filter(|&at| can_be(at));
    let (at, None) = (cells.next()?, cells.next()) else { return None };
    let &(row, column) = line.cells.get(at)?;
    let of_this_year = |period: &str| known.year.is_none_or(|year| period.contains(&year.to_string()));
    if fact.unit.as_deref() != form.unit_of(row, column) || !fact.period.as_deref().is_none_or(of_this_year) {
        return None;
    }
    let before = Span::new(fact.sentence.start, fact.span.start).of(known.text);
    let near: String = before.chars().rev().take(BEFORE).collect::<Vec<_>>().into_iter().rev().collect();
    let near: Vec<char> = fold(&near).chars().collect();
    let labels = &form.rows.get(row)?.labels;
    if !labels.iter().any(|label| has_words(&near, label)) {
        return None;
    }
    let sentence = quote(fact.sentence.of(known.text));
    let reason = Message { zh: format!("正文“{sentence}”").into(), en: format!("the prose “{sentence}”").into() };
    Some(Statement { cells: vec![(at, 1)], value, reason })
}

/// Whether most of a label stands in one piece close to the end of the words.
fn has_words(words: &[char], label: &str) -> bool {
    let label: Vec<char> = fold(label).chars().collect();
    // The longest piece of the label that ends at each character of the words.
    let mut ends = vec![0usize; label.len() + 1];
    let mut longest = 0;
    for (at, word) in words.iter().enumerate() {
        let mut next = vec![0usize; label.len() + 1];
        for ((slot, before), letter) in next.iter_mut().skip(1).zip(&ends).zip(&label) {
            *slot = if letter == word { before + 1 } else { 0 };
        }
        ends = next;
        if at + 1 + BETWEEN >= words.len() {
            longest = longest.max(ends.iter().copied().max().unwrap_or(0));
        }
    }
    longest >= WORDS && 4 * longest >= OF_FOUR * label.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_row_stand_before_its_number() {
        let has = |words: &str, label: &str| has_words(&fold(words).chars().collect::<Vec<_>>(), label);
        assert!(has("本区全年主动公开政府信息", "主动公开政府信息数"));
        assert!(has("制发行政规范性文件", "行政规范性文件"));
        assert!(has("主动公开政府信息共计", "主动公开政府信息数"));
        assert!(!has("主动公开", "主动公开政府信息数"));
        assert!(!has("行政规范性文件已经全部清理完毕，其中废止", "行政规范性文件"));
        assert!(!has("举办培训班", "行政规范性文件"));
    }
}
