//! Faults put into filled forms on purpose, and what can be known of them without reading anything.
//!
//! A fault is one slip of the pen. A figure misquoted by the prose is one of [`told`](crate::told).

use std::collections::{BTreeMap, BTreeSet};

use gongkai_grammar::{ColumnKind, Form, FormTable, Relation, RowKind, Rule, Scope, Term, model::Severity};

use crate::{
    generate::{Filled, FilledCell},
    rng::Rng,
};

/// How figures go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// One digit of a figure is another, too many, or lost.
    Digit,
    /// Two neighbouring digits of a figure changed places.
    Transposed,
    /// A figure stands in another cell of its row or column, which was zero.
    Moved,
    /// All figures of a row stand one column beside theirs; the outermost is lost.
    Shifted,
    /// Two columns changed places.
    Swapped,
    /// A row is missing.
    Dropped,
}

/// All of them.
pub const SLIPS: [Slip; 6] = [Slip::Digit, Slip::Transposed, Slip::Moved, Slip::Shifted, Slip::Swapped, Slip::Dropped];

/// A fault as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What was done.
    pub slip: Slip,
    /// The table.
    pub table: String,
    /// The paths whose value is another now.
    pub paths: BTreeSet<String>,
}

/// A cell: row, column.
type Place = (usize, usize);

/// A rule as it applies to one column or row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Broken {
    /// `GK201`
    pub code: String,
    /// `requests/*/total`
    pub scope: String,
    /// The rule as written.
    pub formula: String,
    /// Whether it is of severity note.
    pub note: bool,
}

/// The figures of a table in hundredths.
struct Sheet<'a> {
    table: &'a FormTable,
    values: BTreeMap<Place, i64>,
    /// The cells that say something: a number or 无.
    stated: BTreeSet<Place>,
}

fn path(table: &FormTable, (row, column): Place) -> Option<&str> {
    let row = table.rows.get(row)?;
    row.paths.get(column.checked_sub(row.columns.start)?).map(String::as_str)
}

impl<'a> Sheet<'a> {
    /// Cells that hold words have no value.
    fn new(table: &'a FormTable, filled: &Filled) -> Self {
        let places = table.rows.iter().enumerate().flat_map(|(r, row)| row.columns.clone().map(move |c| (r, c)));
        let cell = |place: Place| filled.cells.get(path(table, place)?).filter(|c| !matches!(c, FilledCell::Yes | FilledCell::No));
        let values: BTreeMap<Place, i64> = places.filter_map(|place| Some((place, cell(place)?.hundredths()))).collect();
        let says = |place: &Place| matches!(cell(*place), Some(FilledCell::Number(_) | FilledCell::None));
        let stated = values.keys().copied().filter(says).collect();
        Self { table, values, stated }
    }

    fn sum(&self, cells: &[Place]) -> i64 {
        cells.iter().map(|cell| self.values.get(cell).copied().unwrap_or(0)).sum()
    }

    fn holds(&self, relation: Relation, term: &Term) -> bool {
        let (left, right) = (self.sum(&term.left), self.sum(&term.right));
        match relation {
            Relation::Equal => left == right,
            Relation::AtMost => left <= right,
            Relation::AtLeast => left >= right,
            Relation::Covers => left != 0 || right == 0,
        }
    }

    /// A row of the rule is not printed, though the form has it.
    fn lacks_a_row(&self, term: &Term) -> bool {
        let lacking = |cell: &Place| !self.values.contains_key(cell) && self.table.rows[cell.0].kind == RowKind::Value;
        term.left.iter().chain(&term.right).any(lacking)
    }

    /// Nothing is said of what has to be the sum or the bound, or of what would make it up.
    fn says_nothing(&self, rule: &Rule, term: &Term) -> bool {
        let silent = |cells: &[Place]| !cells.is_empty() && !cells.iter().any(|c| self.stated.contains(c));
        match rule.relation {
            Relation::Equal => rule.scope == Scope::Row && (silent(&term.left) || silent(&term.right)),
            Relation::AtMost => silent(&term.right),
            Relation::AtLeast => silent(&term.left),
            Relation::Covers => false,
        }
    }

    /// The rules that do not hold.
    fn broken(&self) -> Vec<(Severity, Relation, &'a Term, Broken)> {
        let mut broken = Vec::new();
        for rule in &self.table.rules {
            for term in rule.terms.iter().filter(|t| !self.holds(rule.relation, t) && !self.lacks_a_row(t) && !self.says_nothing(rule, t)) {
                let note = rule.severity == Severity::Note;
                broken.push((
                    rule.severity,
                    rule.relation,
                    term,
                    Broken { code: rule.code.clone(), scope: term.scope.clone(), formula: rule.formula.clone(), note },
                ));
            }
        }
        broken
    }

    fn settled(&self) -> bool {
        self.broken().iter().all(|b| b.0 == Severity::Note)
    }

    /// Every change of one cell alone after which all rules hold.
    fn single_changes(&self) -> Vec<Place> {
        let broken = self.broken();
        let hard: Vec<_> = broken.iter().filter(|b| b.0 != Severity::Note).collect();
        let Some(first) = hard.iter().find(|b| b.1 == Relation::Equal) else { return Vec::new() };
        let lack = self.sum(&first.2.left) - self.sum(&first.2.right);
        let sides = first.2.left.iter().map(|&c| (c, -lack)).chain(first.2.right.iter().map(|&c| (c, lack)));
        sides
            .filter(|&(cell, change)| self.settles_with(&[(cell, self.values.get(&cell).copied().unwrap_or(0) + change)]))
            .map(|(cell, _)| cell)
            .collect()
    }

    /// Every move of a figure within its row or column after which all rules hold: from, to.
    fn moves(&self) -> Vec<(Place, Place)> {
        let broken = self.broken();
        let hard: Vec<_> = broken.iter().filter(|b| b.0 != Severity::Note).collect();
        let Some(first) = hard.first() else { return Vec::new() };
        let of_rule: BTreeSet<Place> = first.2.left.iter().chain(&first.2.right).copied().collect();
        let mut moves = Vec::new();
        for (&from, &value) in self.values.iter().filter(|(_, v)| **v != 0) {
            for (&to, _) in self.values.iter().filter(|(to, v)| **v == 0 && (to.0 == from.0) != (to.1 == from.1)) {
                if (of_rule.contains(&from) || of_rule.contains(&to)) && self.settles_with(&[(from, 0), (to, value)]) {
                    moves.push((from, to));
                }
            }
        }
        moves
    }

    fn settles_with(&self, changes: &[(Place, i64)]) -> bool {
        let fits = |&(cell, value): &(Place, i64)| {
            self.values.contains_key(&cell) && (value >= 0 || self.table.kind_of(cell.0, cell.1) == ColumnKind::Signed)
        };
        let mut changed = Self { table: self.table, values: self.values.clone(), stated: self.stated.clone() };
        changed.values.extend(changes.iter().copied());
        changed.stated.extend(changes.iter().map(|c| c.0));
        changes.iter().all(fits) && changed.settled()
    }
}

/// The rules that the figures break, those of severity note among them. Rules that cannot be evaluated are not: a row of theirs is missing, or
/// all of one side is left blank.
#[must_use]
pub fn broken(form: &Form, filled: &Filled) -> BTreeSet<Broken> {
    form.tables.iter().flat_map(|t| Sheet::new(t, filled).broken()).map(|b| b.3).collect()
}

/// Whether a lone fault can be told from any other of its kind by the figures: no other single cell, if it is one of a single cell, nor else
/// any other move, sets everything right.
#[must_use]
pub fn determined(form: &Form, filled: &Filled, fault: &Fault) -> bool {
    let table = form.tables.iter().find(|t| t.id == fault.table).unwrap();
    let sheet = Sheet::new(table, filled);
    let single = sheet.single_changes();
    match fault.slip {
        Slip::Digit | Slip::Transposed => single.len() == 1,
        Slip::Moved => single.is_empty() && sheet.moves().len() == 1,
        Slip::Shifted | Slip::Swapped => single.is_empty() && sheet.moves().is_empty(),
        Slip::Dropped => false,
    }
}

/// Puts a fault into a table. `None` if the figures have no place for it.
pub fn inject(form: &Form, filled: &mut Filled, slip: Slip, rng: &mut Rng) -> Option<Fault> {
    let table = &form.tables[pick(form.tables.len(), rng)?];
    let before = filled.clone();
    match slip {
        Slip::Digit | Slip::Transposed => {
            let numbers: Vec<(&String, &String)> = table.rows.iter().flat_map(|r| &r.paths).filter_map(|p| Some((p, number(filled, p)?))).collect();
            let (path, text) = *numbers.get(pick(numbers.len(), rng)?)?;
            let text = if slip == Slip::Digit { other_digit(text, rng)? } else { transposed(text, rng)? };
            let path = path.clone();
            filled.cells.insert(path, FilledCell::Number(text));
        }
        Slip::Moved => {
            let sheet = Sheet::new(table, filled);
            let full: Vec<Place> = sheet.values.iter().filter(|(_, v)| **v != 0).map(|(p, _)| *p).collect();
            let from = *full.get(pick(full.len(), rng)?)?;
            let in_line = |to: &Place| (to.0 == from.0) != (to.1 == from.1) && table.kind_of(to.0, to.1) == table.kind_of(from.0, from.1);
            let empty: Vec<Place> = sheet.values.iter().filter(|(p, v)| **v == 0 && in_line(p)).map(|(p, _)| *p).collect();
            let to = *empty.get(pick(empty.len(), rng)?)?;
            exchange(table, filled, from, to);
        }
        Slip::Shifted => {
            let wide: Vec<usize> =
                (0..table.rows.len()).filter(|&r| table.rows[r].columns.len() > 2 && filled.cells.contains_key(&table.rows[r].paths[0])).collect();
            let paths = &table.rows[*wide.get(pick(wide.len(), rng)?)?].paths;
            let mut cells: Vec<FilledCell> = paths.iter().map(|p| filled.cells[p].clone()).collect();
            let zero = FilledCell::Number("0".to_owned());
            if rng.chance(50) {
                cells.pop();
                cells.insert(0, zero);
            } else {
                cells.remove(0);
                cells.push(zero);
            }
            filled.cells.extend(paths.iter().cloned().zip(cells));
        }
        Slip::Swapped => {
            let one = pick(table.columns.len(), rng)?;
            let two = pick(table.columns.len(), rng)?;
            for row in 0..table.rows.len() {
                let same = table.kind_of(row, one) == table.kind_of(row, two);
                if same && [one, two].iter().all(|&c| path(table, (row, c)).is_some_and(|p| filled.cells.contains_key(p))) {
                    exchange(table, filled, (row, one), (row, two));
                }
            }
        }
        Slip::Dropped => {
            let rows: Vec<usize> = (0..table.rows.len()).filter(|&r| table.rows[r].kind == RowKind::Value && !table.across).collect();
            let paths = &table.rows[*rows.get(pick(rows.len(), rng)?)?].paths;
            let dropped: BTreeSet<String> = paths.iter().filter(|p| filled.cells.remove(*p).is_some()).cloned().collect();
            return (!dropped.is_empty()).then(|| Fault { slip, table: table.id.clone(), paths: dropped });
        }
    }
    let value = |filled: &Filled, path: &str| filled.cells.get(path).map(FilledCell::hundredths);
    let paths: BTreeSet<String> = before.cells.keys().filter(|p| value(&before, p) != value(filled, p)).cloned().collect();
    (!paths.is_empty()).then(|| Fault { slip, table: table.id.clone(), paths })
}

fn pick(count: usize, rng: &mut Rng) -> Option<usize> {
    let last = i64::try_from(count.checked_sub(1)?).unwrap();
    usize::try_from(rng.within(0..=last)).ok()
}

fn number<'a>(filled: &'a Filled, path: &str) -> Option<&'a String> {
    match filled.cells.get(path)? {
        FilledCell::Number(text) => Some(text),
        _ => None,
    }
}

fn exchange(table: &FormTable, filled: &mut Filled, one: Place, two: Place) {
    let (Some(a), Some(b)) = (path(table, one), path(table, two)) else { return };
    if let (Some(x), Some(y)) = (filled.cells.get(a).cloned(), filled.cells.get(b).cloned()) {
        filled.cells.insert(a.to_owned(), y);
        filled.cells.insert(b.to_owned(), x);
    }
}

/// The places of the digits of the whole number in a text.
fn digits(text: &str) -> Vec<usize> {
    text.char_indices().take_while(|(_, c)| *c != '.').filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect()
}

/// A number with one digit another, too many, or lost.
pub fn other_digit(text: &str, rng: &mut Rng) -> Option<String> {
    let digits = digits(text);
    let at = *digits.get(pick(digits.len(), rng)?)?;
    let mut text = text.to_owned();
    let digit = char::from(b'1' + u8::try_from(rng.within(0..=8)).unwrap());
    match rng.within(0..=2) {
        0 => text.replace_range(at..=at, &digit.to_string()),
        1 => text.insert(at, digit),
        _ if digits.len() > 1 => drop(text.remove(at)),
        _ => return None,
    }
    well_formed(text)
}

fn transposed(text: &str, rng: &mut Rng) -> Option<String> {
    let digits = digits(text);
    let at = pick(digits.len().checked_sub(1)?, rng)?;
    let (one, two) = (digits[at], digits[at + 1]);
    let mut bytes = text.as_bytes().to_vec();
    bytes.swap(one, two);
    well_formed(String::from_utf8(bytes).unwrap())
}

/// No number but 0 begins with a zero.
fn well_formed(text: String) -> Option<String> {
    let whole = text.trim_start_matches(['+', '-']);
    let zero = whole.starts_with('0') && whole.len() > 1 && !whole.starts_with("0.");
    (!zero).then_some(text)
}
