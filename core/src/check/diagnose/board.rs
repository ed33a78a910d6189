//! The figures of a table and the rules that could be evaluated over them, made for trying changes.

use gongkai_grammar::{
    ColumnKind, FormTable, Relation, Term,
    model::{Check, Decimal, Figure, Missing, Severity, Status, Value, Verdict},
};

use super::super::arithmetic::{self, Index};

/// Amounts are compared in units of 10^-6.
const SCALE: u8 = 6;
/// One, in those units.
pub const ONE: i128 = 1_000_000;

/// A rule evaluated for one column or row.
pub struct Law<'a> {
    /// The check it was.
    pub check: &'a Check,
    pub relation: Relation,
    /// Whether a repair has to mind it; the others are evidence only.
    pub hard: bool,
    pub broken: bool,
    /// Its cells: those of the left side with 1, those of the right with -1.
    pub cells: Vec<(usize, i128)>,
    left: i128,
    right: i128,
}

/// A cell: its row times the number of columns, plus its column.
pub type Place = usize;

/// The figures of a table and its rules.
pub struct Board<'a> {
    pub form: &'static FormTable,
    pub columns: usize,
    figures: Vec<Option<&'a Figure>>,
    values: Vec<i128>,
    pub laws: Vec<Law<'a>>,
    /// The rules that speak of each cell.
    of_cell: Vec<Vec<usize>>,
    /// The broken rules that a repair has to mind; at least one, at most [`MAX_BROKEN`].
    pub broken: Vec<usize>,
    /// Those that speak of each cell, as bits by their place in `broken`.
    touches: Vec<u128>,
}

/// More broken rules than this are no matter of one slip or two.
const MAX_BROKEN: usize = 128;

/// What becomes of the rules if some cells change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Broken rules that then hold.
    pub closes: usize,
    /// Rules of severity note that then are broken, less those that then hold.
    pub doubts: i32,
}

impl<'a> Board<'a> {
    /// `None` if a figure is too long to be added up, or nothing or too much is broken.
    pub fn new(form: &'static FormTable, index: &Index<'a>, laws: &[arithmetic::Law], checks: &'a [Check]) -> Option<Self> {
        let broken = checks.iter().zip(laws).filter(|(c, (rule, _))| c.verdict == Verdict::Broken && rule.severity != Severity::Note).count();
        if broken == 0 || broken > MAX_BROKEN {
            return None;
        }
        let columns = form.columns.len();
        let mut figures = vec![None; columns * form.rows.len()];
        let mut values = vec![0; figures.len()];
        for (row, r) in form.rows.iter().enumerate() {
            for column in r.columns.clone() {
                let Some(figure) = index.get((row, column)).filter(|f| f.status != Status::Ambiguous && f.missing != Some(Missing::Text)) else {
                    continue;
                };
                let at = row * columns + column;
                *values.get_mut(at)? = figure.value.map_or(Some(0), |v| v.decimal().scaled(SCALE))?;
                *figures.get_mut(at)? = Some(figure);
            }
        }
        let cells = figures.len();
        let mut board = Self {
            form,
            columns,
            figures,
            values,
            laws: Vec::new(),
            of_cell: vec![Vec::new(); cells],
            broken: Vec::with_capacity(broken),
            touches: vec![0; cells],
        };
        for (check, (rule, term)) in checks.iter().zip(laws).filter(|(c, _)| c.verdict != Verdict::NotEvaluable) {
            board.law(check, rule.relation, rule.severity != Severity::Note, term);
        }
        Some(board)
    }

    fn law(&mut self, check: &'a Check, relation: Relation, hard: bool, term: &Term) {
        let columns = self.columns;
        let place = |&(row, column): &(usize, usize)| row * columns + column;
        let cells: Vec<(Place, i128)> = term.left.iter().map(|c| (place(c), 1)).chain(term.right.iter().map(|c| (place(c), -1))).collect();
        let side = |of: i128| cells.iter().filter(|(_, sign)| *sign == of).map(|(cell, _)| self.value(*cell)).sum();
        let (left, right) = (side(1), side(-1));
        let broken = check.verdict == Verdict::Broken;
        let at = self.laws.len();
        for (cell, _) in &cells {
            if let Some(of) = self.of_cell.get_mut(*cell) {
                of.push(at);
            }
        }
        if broken && hard {
            let bit = 1u128.checked_shl(u32::try_from(self.broken.len()).unwrap_or(u32::MAX)).unwrap_or(0);
            for (cell, _) in &cells {
                self.touches.get_mut(*cell).into_iter().for_each(|bits| *bits |= bit);
            }
            self.broken.push(at);
        }
        self.laws.push(Law { check, relation, hard, broken, cells, left, right });
    }

    /// What stands in a cell, blanks as zero.
    pub fn value(&self, cell: Place) -> i128 {
        self.values.get(cell).copied().unwrap_or(0)
    }

    /// The figure of a cell that can be read.
    pub fn figure(&self, cell: Place) -> Option<&'a Figure> {
        self.figures.get(cell).copied().flatten()
    }

    /// Row and column of a cell.
    pub const fn place(&self, cell: Place) -> (usize, usize) {
        (cell / self.columns, cell % self.columns)
    }

    pub fn kind(&self, cell: Place) -> ColumnKind {
        let (row, column) = self.place(cell);
        self.form.kind_of(row, column)
    }

    /// The cells of a row, if all can be read.
    pub fn row(&self, row: usize) -> Option<Vec<Place>> {
        let cells: Vec<Place> = self.form.rows.get(row)?.columns.clone().map(|c| row * self.columns + c).collect();
        cells.iter().all(|&c| self.figure(c).is_some()).then_some(cells)
    }

    /// How many broken rules speak of some of the cells.
    pub fn touched(&self, cells: impl Iterator<Item = Place>) -> usize {
        cells.filter_map(|c| self.touches.get(c)).fold(0, |all, bits| all | bits).count_ones() as usize
    }

    /// Whether a number may stand in a cell.
    pub fn possible(&self, cell: Place, value: i128) -> bool {
        let kind = self.kind(cell);
        self.figure(cell).is_some() && (value >= 0 || kind == ColumnKind::Signed) && (value % ONE == 0 || kind == ColumnKind::Amount)
    }

    /// What the rules become with the changes made; `None` if one that holds would be broken.
    pub fn outcome(&self, changes: &[(Place, i128)]) -> Option<Outcome> {
        let mut outcome = Outcome { closes: 0, doubts: 0 };
        let mut seen = vec![false; self.laws.len()];
        for (cell, _) in changes {
            for &at in self.laws_of(*cell) {
                let law = self.laws.get(at)?;
                if std::mem::replace(seen.get_mut(at)?, true) {
                    continue;
                }
                match (law.broken, self.holds(law, changes)) {
                    (true, true) if law.hard => outcome.closes += 1,
                    (false, false) if law.hard => return None,
                    (true, true) => outcome.doubts -= 1,
                    (false, false) => outcome.doubts += 1,
                    _ => {}
                }
            }
        }
        Some(outcome)
    }

    /// Both sides of a rule with the changes made.
    fn sides(&self, law: &Law<'_>, changes: &[(Place, i128)]) -> (i128, i128) {
        let (mut left, mut right) = (law.left, law.right);
        for (cell, value) in changes {
            for (_, sign) in law.cells.iter().filter(|(c, _)| c == cell) {
                let side = if *sign > 0 { &mut left } else { &mut right };
                *side += value - self.value(*cell);
            }
        }
        (left, right)
    }

    fn holds(&self, law: &Law<'_>, changes: &[(Place, i128)]) -> bool {
        let (left, right) = self.sides(law, changes);
        match law.relation {
            Relation::Equal => left == right,
            Relation::AtMost => left <= right,
            Relation::AtLeast => left >= right,
            Relation::Covers => left != 0 || right == 0,
        }
    }

    /// The broken rules that are left with the changes made.
    pub fn left(&self, changes: &[(Place, i128)]) -> impl Iterator<Item = usize> {
        self.laws.iter().enumerate().filter(|(_, l)| l.hard && !self.holds(l, changes)).map(|(i, _)| i)
    }

    /// The numbers that rules fix for a cell, with the changes made: one for every equation among `laws` that does not hold.
    pub fn fixed(&self, cell: Place, laws: &[usize], changes: &[(Place, i128)]) -> Vec<i128> {
        let mut values = Vec::new();
        for law in laws.iter().filter_map(|&l| self.laws.get(l)).filter(|l| l.relation == Relation::Equal) {
            let Some((_, sign)) = law.cells.iter().find(|(c, _)| *c == cell) else { continue };
            let (left, right) = self.sides(law, changes);
            let now = changes.iter().find(|(c, _)| *c == cell).map_or_else(|| self.value(cell), |(_, v)| *v);
            let value = now - sign * (left - right);
            if value != now && self.possible(cell, value) && !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// The rules that speak of a cell.
    pub fn laws_of(&self, cell: Place) -> &[usize] {
        self.of_cell.get(cell).map(Vec::as_slice).unwrap_or_default()
    }

    /// A number of the board as a value of the report. An empty cell stays one.
    pub fn written(&self, cell: Place, value: i128) -> Option<Value> {
        if let Some(figure) = self.figure(cell).filter(|_| value == self.value(cell)) {
            return figure.value;
        }
        if value % ONE == 0 && self.kind(cell) != ColumnKind::Amount {
            return i64::try_from(value / ONE).ok().map(Value::Count);
        }
        let (mut mantissa, mut scale) = (value, SCALE);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        i64::try_from(mantissa).ok().map(|m| Value::Amount(Decimal::new(m, scale)))
    }
}
