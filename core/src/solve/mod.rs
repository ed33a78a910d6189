//! Recovery: lost, shifted and glued cells, fixed by the rules of the form where these leave exactly one reading.
//!
//! A row that has a cell for every column is fixed; it is never touched again. Any other row has candidate readings (`readings.rs`). The rules
//! within a row prune its candidates; then one exact search over all such rows of the table prunes them by the rules across rows. What is left
//! is one reading, or a list. Rules of severity `note` never prune. The search is bounded; at the bound every candidate stays.

mod evidence;
mod geometry;
mod readings;

use gongkai_grammar::{
    ColumnKind, FormTable, Relation, RowKind, Term,
    model::{Decimal, Message, Missing, Severity, Span},
};

use rustc_hash::FxHashMap;

pub use evidence::{Known, decide};

use crate::{
    grid::TokenKind,
    table::{Bound, BoundRow, How},
};

/// One cell as read: a number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number.
    pub value: Option<Decimal>,
    /// Why there is no number; `None` for a cell that has a number or is lost.
    pub missing: Option<Missing>,
    /// Where it stands; `None` for a cell that is lost.
    pub span: Option<Span>,
    /// A unit printed in the cell.
    pub unit: Option<Span>,
    /// A second number stands in the cell: 3项(41笔).
    pub composite: bool,
    /// Letters stand for digits.
    pub damaged: bool,
}

/// Why a row has more than one candidate, or one that is not simply printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Every cell stands for itself.
    None,
    /// Digits run together.
    Glued,
    /// Fewer cells than columns.
    Short,
    /// More figures than columns.
    Excess,
    /// Placed by the position of its words on the line.
    Position,
    /// Fewer cells than columns in many rows alike: a column is missing, the last ones are aligned.
    ColumnLost,
    /// The label stands without figures.
    Empty,
}

/// A printed row with its candidate readings.
#[derive(Clone, Debug)]
pub struct Line {
    /// The cells of the form it fills: (row, column).
    pub cells: Vec<(usize, usize)>,
    /// What it was read from.
    pub bound: BoundRow,
    /// The readings; each has a part for every cell.
    pub candidates: Vec<Vec<Part>>,
    /// What was doubtful.
    pub doubt: Doubt,
    /// Codes of the rules that ruled out a candidate.
    pub solved_by: Vec<&'static str>,
    /// What else did: words of the prose, hints.
    pub told_by: Vec<Message>,
}

/// A table with its lines solved as far as the rules allow.
pub struct Solved {
    /// The lines that belong to rows of the form.
    pub lines: Vec<Line>,
}

/// Reads and solves the rows of one table. `bound` tells what else is known of it.
pub fn solve(text: &str, form: &'static FormTable, rows: Vec<BoundRow>, bound: &Bound, max_steps: usize) -> Solved {
    let mut steps = max_steps;
    let mut lines: Vec<Line> = rows
        .into_iter()
        .filter_map(|bound| {
            let row = bound.row?;
            let cells = if form.across {
                form.rows.iter().enumerate().flat_map(|(r, f)| f.columns.clone().map(move |c| (r, c))).collect()
            } else {
                form.rows.get(row)?.columns.clone().map(|c| (row, c)).collect()
            };
            Some(Line { cells, bound, candidates: Vec::new(), doubt: Doubt::None, solved_by: Vec::new(), told_by: Vec::new() })
        })
        .collect();
    readings::read(text, form, &mut lines, bound, &mut steps);
    lost_column(form, &mut lines, &mut steps);
    across_rows(form, &mut lines, &mut steps);
    Solved { lines }
}

/// Whether two sides obey a relation.
pub fn obeys(relation: Relation, left: Decimal, right: Decimal) -> bool {
    match relation {
        Relation::Equal => left == right,
        Relation::AtMost => left <= right,
        Relation::AtLeast => left >= right,
        Relation::Covers => left != Decimal::from(0) || right == Decimal::from(0),
    }
}

/// The rules that may decide a reading, with their code.
fn hard_rules(form: &'static FormTable) -> impl Iterator<Item = (&'static str, Relation, &'static Term)> {
    form.rules.iter().filter(|r| r.severity != Severity::Note).flat_map(|r| r.terms.iter().map(move |t| (r.code.as_str(), r.relation, t)))
}

/// Whether all rules that may decide a reading hold.
pub fn obeys_all(form: &'static FormTable, value: impl Fn((usize, usize)) -> Option<Decimal>) -> bool {
    hard_rules(form)
        .all(|(_, relation, term)| matches!((sum(&term.left, &value), sum(&term.right, &value)), (Some(l), Some(r)) if obeys(relation, l, r)))
}

/// Whether a rule among the cells of one row alone, of those that may decide a reading, does not hold.
pub fn breaks_row(form: &'static FormTable, row: usize, value: impl Fn((usize, usize)) -> Option<Decimal>) -> bool {
    hard_rules(form)
        .filter(|(_, _, term)| term.left.iter().chain(&term.right).all(|cell| cell.0 == row))
        .any(|(_, relation, term)| matches!((sum(&term.left, &value), sum(&term.right, &value)), (Some(l), Some(r)) if !obeys(relation, l, r)))
}

/// Sums the cells of one side; a cell without a number counts as zero.
fn sum(cells: &[(usize, usize)], value: impl Fn((usize, usize)) -> Option<Decimal>) -> Option<Decimal> {
    cells.iter().try_fold(Decimal::from(0), |sum, &cell| match value(cell) {
        Some(v) => sum.checked_add(v),
        None => Some(sum),
    })
}

/// Rows that are all short by one cell have lost a column, not single cells. It is one of the columns without which the rules of the table hold;
/// if there is none, the cells are aligned to the right, where the form has its totals.
fn lost_column(form: &'static FormTable, lines: &mut [Line], steps: &mut usize) {
    let width = |line: &Line| line.cells.len();
    let explicit = |line: &Line| line.bound.cells.iter().any(|c| c.kind == TokenKind::Blank) || line.bound.cells.len() > 2;
    let short: Vec<usize> = (0..lines.len())
        .filter(|&i| {
            lines.get(i).is_some_and(|l| {
                l.doubt == Doubt::Short && l.bound.how == How::Label && width(l) > 2 && l.bound.cells.len() + 1 == width(l) && explicit(l)
            })
        })
        .collect();
    if short.len() < 3 || form.across {
        return;
    }
    let Some(columns) = lines.get(short.first().copied().unwrap_or(0)).map(width) else { return };
    let places = Places::new(form, lines);
    let broken_without = |lost: usize| -> usize {
        let value = |cell: (usize, usize)| -> Option<Decimal> {
            let (index, at) = places.of(cell)?;
            let line = lines.get(index)?;
            if short.binary_search(&index).is_ok() {
                let at = match at.cmp(&lost) {
                    std::cmp::Ordering::Less => at,
                    std::cmp::Ordering::Equal => return None,
                    std::cmp::Ordering::Greater => at - 1,
                };
                return line.candidates.first().and_then(|c| c.iter().filter(|p| p.span.is_some()).nth(at)).and_then(|p| p.value);
            }
            line.candidates.first().and_then(|c| c.get(at)).and_then(|p| p.value)
        };
        hard_rules(form)
            .filter(|(_, relation, term)| !matches!((sum(&term.left, value), sum(&term.right, value)), (Some(l), Some(r)) if obeys(*relation, l, r)))
            .count()
    };
    let holding: Vec<usize> = (0..columns).filter(|&lost| broken_without(lost) == 0).collect();
    let proven = !holding.is_empty();
    if !proven {
        // As many cells may be lost one by one: only if the rules speak against it, it is a column.
        let mut placed = lines.to_vec();
        let obeyed = across_rows(form, &mut placed, steps);
        if obeyed == Some(true) {
            lines.clone_from_slice(&placed);
        }
        if obeyed != Some(false) {
            return;
        }
    }
    let lost = if proven { holding } else { vec![0] };
    for &index in &short {
        let Some(line) = lines.get_mut(index) else { continue };
        let parts: Vec<Part> = line.candidates.first().map(|c| c.iter().filter(|p| p.span.is_some()).copied().collect()).unwrap_or_default();
        line.candidates = lost
            .iter()
            .map(|&at| {
                let mut reading = parts.clone();
                reading.insert(at.min(reading.len()), LOST);
                reading
            })
            .collect();
        if proven {
            line.solved_by = hard_rules(form).map(|(code, _, _)| code).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        } else {
            line.doubt = Doubt::ColumnLost;
        }
    }
}

/// The line of every cell of the form, and its place in it.
struct Places {
    columns: usize,
    list: Vec<Option<(usize, usize)>>,
}

impl Places {
    fn new(form: &FormTable, lines: &[Line]) -> Self {
        let columns = form.columns.len();
        let mut list = vec![None; form.rows.len() * columns];
        // Of two lines with the same cells the first one counts.
        for (index, line) in lines.iter().enumerate().rev() {
            for (at, &(row, column)) in line.cells.iter().enumerate() {
                if let Some(slot) = list.get_mut(row * columns + column) {
                    *slot = Some((index, at));
                }
            }
        }
        Self { columns, list }
    }

    fn of(&self, (row, column): (usize, usize)) -> Option<(usize, usize)> {
        self.list.get(row * self.columns + column).copied().flatten()
    }
}

/// A cell that does not stand in the text.
pub const LOST: Part = Part { value: None, missing: None, span: None, unit: None, composite: false, damaged: false };

// --------------------------------------------------------------------------------------------------------------------
// The search.

/// A rule over rows as the search sees it.
struct Constraint {
    code: &'static str,
    relation: Relation,
    /// What the fixed lines add to the left side less the right side.
    fixed: i128,
    /// For each open line, for each of its distinct candidates: what it adds.
    open: Vec<Vec<i128>>,
}

/// Amounts are compared in units of 10^-6.
fn scaled(value: Decimal) -> Option<i128> {
    value.scaled(6)
}

/// Prunes the candidates of all open lines by the rules that join rows. Lines that no rule joins are searched apart. Whether there are candidates
/// that obey the rules; `None` if the bound on steps was hit.
fn across_rows(form: &'static FormTable, lines: &mut [Line], steps: &mut usize) -> Option<bool> {
    let open: Vec<usize> = (0..lines.len()).filter(|&i| lines.get(i).is_some_and(|l| l.candidates.len() > 1)).collect();
    let mut obeyed = Some(true);
    if open.is_empty() {
        return obeyed;
    }
    // Candidates that differ only in where a zero or a blank stands are one to the rules.
    let groups: Vec<Vec<Vec<usize>>> = open.iter().map(|&i| lines.get(i).map(|l| distinct(&l.candidates)).unwrap_or_default()).collect();
    let places = Places::new(form, lines);
    let all: Vec<Constraint> = hard_rules(form).filter_map(|rule| constraint(form, rule, lines, &places, &open, &groups)).collect();
    for members in joined(open.len(), &all) {
        let groups: Vec<Vec<Vec<usize>>> = members.iter().filter_map(|&m| groups.get(m).cloned()).collect();
        let constraints: Vec<Constraint> = all.iter().filter(|c| members.iter().any(|&m| c.touches(m))).map(|c| c.of(&members)).collect();
        if constraints.is_empty() {
            continue;
        }
        let bounds = constraints.iter().map(Bounds::new).collect();
        let sums: Vec<i128> = constraints.iter().map(|c| c.fixed).collect();
        let alive = groups.iter().map(|g| vec![false; g.len()]).collect();
        let mut search = Search { constraints: &constraints, bounds, groups: &groups, alive, steps, chosen: Vec::new(), sums };
        let complete = search.run(0);
        let alive = search.alive;
        if !complete || alive.iter().any(|a| !a.contains(&true)) {
            obeyed = if complete { obeyed.and(Some(false)) } else { None };
            continue;
        }
        for (at, ((&member, group), alive)) in members.iter().zip(&groups).zip(&alive).enumerate() {
            let Some(line) = open.get(member).and_then(|&index| lines.get_mut(index)) else { continue };
            let keep: Vec<usize> = group.iter().zip(alive).filter(|(_, a)| **a).flat_map(|(g, _)| g.iter().copied()).collect();
            if keep.len() < line.candidates.len() {
                line.candidates = keep.iter().filter_map(|&i| line.candidates.get(i).cloned()).collect();
                line.solved_by.extend(constraints.iter().filter(|c| c.touches(at)).map(|c| c.code));
            }
        }
    }
    obeyed
}

/// The open lines in sets that share rules.
fn joined(count: usize, constraints: &[Constraint]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
    for constraint in constraints {
        let (touched, rest): (Vec<Vec<usize>>, Vec<Vec<usize>>) = sets.into_iter().partition(|set| set.iter().any(|&m| constraint.touches(m)));
        sets = rest;
        sets.push(touched.concat());
    }
    // The fewest candidates first cut the search short.
    sets.retain(|set| !set.is_empty());
    sets
}

impl Constraint {
    fn touches(&self, member: usize) -> bool {
        self.open.get(member).is_some_and(|o| o.iter().any(|&n| n != 0))
    }

    /// The rule as it speaks of some of the open lines.
    fn of(&self, members: &[usize]) -> Self {
        Self {
            code: self.code,
            relation: self.relation,
            fixed: self.fixed,
            open: members.iter().filter_map(|&m| self.open.get(m).cloned()).collect(),
        }
    }
}

/// Candidates by their numbers, blanks as zero.
fn distinct(candidates: &[Vec<Part>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<Decimal>, Vec<usize>)> = Vec::new();
    let mut index = FxHashMap::<Vec<Decimal>, usize>::default();
    for (i, candidate) in candidates.iter().enumerate() {
        let key: Vec<Decimal> = candidate.iter().map(|p| p.value.unwrap_or_default()).collect();
        let at = *index.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, members)) = groups.get_mut(at) {
            members.push(i);
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// A rule as a constraint, if it speaks of an open line and of no row that is not there.
fn constraint(
    form: &FormTable,
    (code, relation, term): (&'static str, Relation, &'static Term),
    lines: &[Line],
    places: &Places,
    open: &[usize],
    groups: &[Vec<Vec<usize>>],
) -> Option<Constraint> {
    let mut fixed = 0i128;
    let mut terms: Vec<Vec<i128>> = groups.iter().map(|g| vec![0; g.len()]).collect();
    let mut touches = false;
    let sides = term.left.iter().map(|c| (c, 1)).chain(term.right.iter().map(|c| (c, -1)));
    // Rules within a row were applied when its candidates were made.
    let first = term.left.first().or(term.right.first())?;
    let line_of = |cell: &(usize, usize)| places.of(*cell).map(|(line, _)| line);
    let within_a_row = || line_of(first).is_some_and(|line| term.left.iter().chain(&term.right).all(|c| line_of(c) == Some(line)));
    if relation == Relation::Covers || within_a_row() {
        return None;
    }
    for (&cell, sign) in sides {
        let Some((index, at)) = places.of(cell) else {
            if form.rows.get(cell.0).is_some_and(|r| r.kind == RowKind::Local) {
                continue;
            }
            return None;
        };
        let line = lines.get(index)?;
        if line.doubt == Doubt::Empty {
            return None;
        }
        if let Some(slot) = open.iter().position(|&i| i == index) {
            touches = true;
            for (group, sum) in groups.get(slot)?.iter().zip(terms.get_mut(slot)?) {
                let part = line.candidates.get(*group.first()?)?.get(at)?;
                *sum += sign * part.value.map_or(Some(0), scaled)?;
            }
        } else {
            let part = line.candidates.first()?.get(at)?;
            if part.missing == Some(Missing::Text) {
                return None;
            }
            fixed += sign * part.value.map_or(Some(0), scaled)?;
        }
    }
    touches.then_some(Constraint { code, relation, fixed, open: terms })
}

/// For each open line, the least and the most that it and the lines behind it can add to a rule.
struct Bounds {
    low: Vec<i128>,
    high: Vec<i128>,
}

impl Bounds {
    fn new(constraint: &Constraint) -> Self {
        let (mut low, mut high) = (vec![0i128], vec![0i128]);
        let (mut least, mut most) = (0i128, 0i128);
        for open in constraint.open.iter().rev() {
            least += open.iter().min().copied().unwrap_or(0);
            most += open.iter().max().copied().unwrap_or(0);
            low.push(least);
            high.push(most);
        }
        low.reverse();
        high.reverse();
        Self { low, high }
    }

    /// Whether the lines from `at` on can still make the rule hold.
    fn feasible(&self, relation: Relation, at: usize, sum: i128) -> bool {
        let low = sum + self.low.get(at).copied().unwrap_or(0);
        let high = sum + self.high.get(at).copied().unwrap_or(0);
        match relation {
            Relation::Equal => low <= 0 && high >= 0,
            Relation::AtMost => low <= 0,
            Relation::AtLeast => high >= 0,
            Relation::Covers => true,
        }
    }
}

struct Search<'a> {
    constraints: &'a [Constraint],
    bounds: Vec<Bounds>,
    groups: &'a [Vec<Vec<usize>>],
    /// Which groups of which open line stand in a solution.
    alive: Vec<Vec<bool>>,
    steps: &'a mut usize,
    chosen: Vec<usize>,
    /// For each rule, the left side less the right side of what is chosen.
    sums: Vec<i128>,
}

impl Search<'_> {
    /// Tries every group of line `at`; `false` if the bound on steps was hit.
    fn run(&mut self, at: usize) -> bool {
        let Some(count) = self.groups.get(at).map(Vec::len) else {
            for (alive, &group) in self.alive.iter_mut().zip(&self.chosen) {
                if let Some(alive) = alive.get_mut(group) {
                    *alive = true;
                }
            }
            return true;
        };
        for group in 0..count {
            let Some(left) = self.steps.checked_sub(1) else { return false };
            *self.steps = left;
            self.add(at, group, 1);
            let mut rules = self.constraints.iter().zip(&self.bounds).zip(&self.sums);
            let mut complete = true;
            if rules.all(|((c, bounds), &sum)| bounds.feasible(c.relation, at + 1, sum)) {
                self.chosen.push(group);
                complete = self.run(at + 1);
                self.chosen.pop();
            }
            self.add(at, group, -1);
            if !complete {
                return false;
            }
        }
        true
    }

    /// Adds a group of a line to the sums, or takes it back.
    fn add(&mut self, at: usize, group: usize, sign: i128) {
        for (constraint, sum) in self.constraints.iter().zip(&mut self.sums) {
            *sum += sign * constraint.open.get(at).and_then(|o| o.get(group)).copied().unwrap_or(0);
        }
    }
}

/// The kind of number of the cell at a place of a line.
fn kind(form: &FormTable, cells: &[(usize, usize)], at: usize) -> ColumnKind {
    cells.get(at).map_or(ColumnKind::Count, |&(row, column)| form.kind_of(row, column))
}
