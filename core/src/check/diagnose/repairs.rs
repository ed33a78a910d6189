//! The changes that would make every broken rule of a table hold: one slip, or two.
//!
//! Everything is tried from the first broken rule on, since a repair has to touch it: each of its cells alone, with the other cells of its row
//! and column, with its whole row or column, and with one other cell.

use std::collections::BTreeSet;

use gongkai_grammar::{Relation, model::RepairKind};

use super::{
    board::{Board, Outcome, Place},
    digits::{slip, transpositions},
};

/// Columns that a row needs before it can be shifted.
const MIN_SHIFTED: usize = 3;
/// Changes of two cells that are tried; a table that would take more is offered none.
const MAX_PAIRS: usize = 20_000;

/// A repair that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: RepairKind,
    /// How many slips it takes.
    pub slips: usize,
    /// The cells and what would stand in them.
    pub changes: Vec<(Place, i128)>,
    pub outcome: Outcome,
}

/// All repairs of the fewest slips, the likeliest first. Without one that closes everything, those that close at least two of the broken rules.
pub fn repairs(board: &Board<'_>) -> Vec<Found> {
    let mut search = Search { board, all: Vec::new() };
    search.cells();
    search.moves();
    search.shifts();
    search.swaps();
    let whole = |found: &Found| found.outcome.closes == board.broken.len();
    if !search.all.iter().any(whole) {
        search.pairs();
    }
    let mut all = search.all;
    if all.iter().any(whole) {
        all.retain(whole);
    } else {
        all.retain(|found| found.outcome.closes > 1);
    }
    // The search goes in the order of the form, and the sort keeps it.
    all.sort_by_key(|found| (std::cmp::Reverse(found.outcome.closes), found.slips, rank(found.kind), found.outcome.doubts));
    all
}

/// Kinds from the likeliest on: the more a repair explains by how numbers go wrong, the less it can be chance.
const fn rank(kind: RepairKind) -> u8 {
    match kind {
        RepairKind::Transposed => 0,
        RepairKind::Digit => 1,
        RepairKind::Moved => 2,
        RepairKind::Shifted => 3,
        RepairKind::Swapped => 4,
        RepairKind::Value => 5,
    }
}

struct Search<'b, 'a> {
    board: &'b Board<'a>,
    all: Vec<Found>,
}

impl Search<'_, '_> {
    /// Keeps a repair if it closes a rule and breaks none.
    fn try_out(&mut self, kind: RepairKind, slips: usize, mut changes: Vec<(Place, i128)>) {
        changes.retain(|&(cell, value)| value != self.board.value(cell));
        if let Some(outcome) = self.board.outcome(&changes).filter(|o| o.closes > 0)
            && !self.all.iter().any(|found| found.changes == changes)
        {
            self.all.push(Found { kind, slips, changes, outcome });
        }
    }

    /// Whether a change of the cells can close all broken rules, or two of them.
    fn worth_it(&self, cells: &[Place]) -> bool {
        self.board.touched(cells.iter().copied()) >= self.board.broken.len().min(2)
    }

    /// The cells of the broken rules, in the order of the form.
    fn suspects(&self) -> BTreeSet<Place> {
        let laws = self.board.broken.iter().filter_map(|&l| self.board.laws.get(l));
        laws.flat_map(|l| l.cells.iter().map(|c| c.0)).filter(|&c| self.board.figure(c).is_some()).collect()
    }

    fn kind(&self, cell: Place, value: i128) -> RepairKind {
        slip(self.board.written(cell, self.board.value(cell)), self.board.written(cell, value))
    }

    /// One cell is another number.
    fn cells(&mut self) {
        for cell in self.suspects() {
            let broken: Vec<usize> = self.board.laws_of(cell).iter().copied().filter(|l| self.board.broken.contains(l)).collect();
            let equation = |l: &usize| self.board.laws.get(*l).is_some_and(|l| l.relation == Relation::Equal);
            if broken.iter().any(equation) {
                for value in self.board.fixed(cell, &broken, &[]) {
                    self.try_out(self.kind(cell, value), 1, vec![(cell, value)]);
                }
                continue;
            }
            // A bound fixes no number, but it may tell a transposed one.
            let printed = self.board.figure(cell).and_then(|f| f.value).and_then(|v| v.decimal().as_integer());
            for number in printed.map(transpositions).unwrap_or_default() {
                self.try_out(RepairKind::Transposed, 1, vec![(cell, i128::from(number) * super::board::ONE)]);
            }
        }
    }

    /// A figure stands in another cell of its row or column, its own is empty or zero.
    fn moves(&mut self) {
        for cell in self.suspects() {
            let (row, column) = self.board.place(cell);
            let columns = self.board.columns;
            let beside = (0..columns).map(|c| row * columns + c);
            let below = (0..self.board.form.rows.len()).map(|r| r * columns + column);
            for other in beside.chain(below) {
                let (one, two) = (self.board.value(cell), self.board.value(other));
                if other == cell || self.board.figure(other).is_none() || (one == 0) == (two == 0) || !self.worth_it(&[cell, other]) {
                    continue;
                }
                if self.board.possible(cell, two) && self.board.possible(other, one) {
                    let (from, to) = if one == 0 { (other, cell) } else { (cell, other) };
                    self.try_out(RepairKind::Moved, 1, vec![(from, 0), (to, self.board.value(from))]);
                }
            }
        }
    }

    /// The figures of a row stand one column beside theirs.
    fn shifts(&mut self) {
        let columns = self.board.columns;
        let rows: BTreeSet<usize> = self.suspects().into_iter().map(|c| c / columns).collect();
        for row in rows {
            let Some(cells) = self.board.row(row).filter(|c| c.len() >= MIN_SHIFTED && self.worth_it(c)) else { continue };
            let printed: Vec<i128> = cells.iter().map(|&c| self.board.value(c)).collect();
            for left in [true, false] {
                let mut meant = printed.clone();
                if left {
                    meant.rotate_left(1)
                } else {
                    meant.rotate_right(1)
                }
                let hole = if left { meant.len() - 1 } else { 0 };
                let changes: Vec<(Place, i128)> = cells.iter().copied().zip(meant.iter().copied()).collect();
                self.shifted(&changes, hole);
            }
        }
    }

    /// A shifted row whose outermost cell was lost: what stood there is what a rule makes of it.
    fn shifted(&mut self, changes: &[(Place, i128)], hole: usize) {
        if changes.iter().any(|&(cell, value)| !self.board.possible(cell, value)) {
            return;
        }
        self.try_out(RepairKind::Shifted, 1, changes.to_vec());
        let Some(&(cell, 0)) = changes.get(hole) else { return };
        for value in self.board.fixed(cell, self.board.laws_of(cell), changes) {
            let filled = changes.iter().map(|&(c, v)| if c == cell { (c, value) } else { (c, v) }).collect();
            self.try_out(RepairKind::Shifted, 1, filled);
        }
    }

    /// Two rows, or two columns, changed places.
    fn swaps(&mut self) {
        let rows: Vec<Vec<Place>> = (0..self.board.form.rows.len()).filter_map(|r| self.board.row(r)).filter(|r| !r.is_empty()).collect();
        for (at, one) in rows.iter().enumerate() {
            for two in rows.iter().skip(at + 1) {
                self.swap(one, two);
            }
        }
        for one in 0..self.board.columns {
            for two in one + 1..self.board.columns {
                let read = |row: usize| [one, two].into_iter().any(|c| self.board.figure(row * self.board.columns + c).is_some());
                let column = |c: usize| -> Vec<Place> {
                    let both = self.board.form.rows.iter().enumerate().filter(|(_, r)| r.columns.contains(&one) && r.columns.contains(&two));
                    // Rows that the document does not have are in neither column.
                    both.filter(|(row, _)| read(*row)).map(|(row, _)| row * self.board.columns + c).collect()
                };
                let (one, two) = (column(one), column(two));
                self.swap(&one, &two);
            }
        }
    }

    fn swap(&mut self, one: &[Place], two: &[Place]) {
        let alike = one.len() == two.len() && one.iter().zip(two).all(|(a, b)| self.board.kind(*a) == self.board.kind(*b));
        let readable = one.iter().chain(two).all(|&c| self.board.figure(c).is_some());
        let touched = self.board.touched(one.iter().chain(two).copied());
        if touched < self.board.broken.len() || !alike || !readable {
            return;
        }
        let there = one.iter().zip(two).map(|(&a, &b)| (a, self.board.value(b)));
        let back = one.iter().zip(two).map(|(&a, &b)| (b, self.board.value(a)));
        // Two single figures that changed places are a slip of their own only if neither is empty.
        if let ([a], [b]) = (one, two)
            && (self.board.value(*a) == 0 || self.board.value(*b) == 0)
        {
            return;
        }
        self.try_out(RepairKind::Swapped, 1, there.chain(back).collect());
    }

    /// Two cells are other numbers: the first as a broken rule fixes it, the second as what is then left fixes it.
    fn pairs(&mut self) {
        let Some(first) = self.board.broken.first().and_then(|&l| self.board.laws.get(l)) else { return };
        let mut tried = 0usize;
        let found = self.all.len();
        for &(one, _) in &first.cells {
            for value in self.board.fixed(one, &self.board.broken, &[]) {
                let change = (one, value);
                let left: Vec<usize> = self.board.left(&[change]).collect();
                let Some(next) = left.first().and_then(|&l| self.board.laws.get(l)) else { continue };
                for &(two, _) in next.cells.iter().filter(|(c, _)| *c != one) {
                    for other in self.board.fixed(two, &left, &[change]) {
                        tried += 1;
                        if tried > MAX_PAIRS {
                            self.all.truncate(found);
                            return;
                        }
                        let kinds = [self.kind(one, value), self.kind(two, other)];
                        let kind = if rank(kinds[0]) > rank(kinds[1]) { kinds[0] } else { kinds[1] };
                        let mut changes = vec![change, (two, other)];
                        changes.sort_unstable();
                        self.pair(kind, changes);
                    }
                }
            }
        }
    }

    /// Two changes are worth telling only if nothing is left to explain.
    fn pair(&mut self, kind: RepairKind, changes: Vec<(Place, i128)>) {
        if self.board.outcome(&changes).is_some_and(|o| o.closes == self.board.broken.len()) {
            self.try_out(kind, 2, changes);
        }
    }
}
