//! Forms filled with random figures that obey every rule of severity error or warning.
//!
//! A rule with one cell on its left side defines that cell: it is computed, never drawn. All other cells are drawn and then repaired rule by
//! rule until everything holds: a balance shares out what its other side says, a bound lowers the smaller side or raises the greater one.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_grammar::{ColumnKind, Form, FormTable, Relation, RowKind, forms, model::Severity};

use crate::rng::Rng;

/// Rounds of repair before the figures are drawn anew.
const ROUNDS: usize = 60;
/// Draws before a form is given up as impossible to fill.
const DRAWS: usize = 200;

/// A filled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Id of the edition.
    pub edition: &'static str,
    /// What stands in each cell, by its path `table/row/column`. Rows that are not printed have no cells.
    pub cells: BTreeMap<String, FilledCell>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilledCell {
    /// A number as printed.
    Number(String),
    /// Nothing.
    Blank,
    /// 无
    None,
    /// —
    Dash,
    /// 是, only in rows whose unit is 是/否.
    Yes,
    /// 否, only in rows whose unit is 是/否.
    No,
}

/// How a form is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Fewest digits of a drawn figure that is not zero. Sums have as many as they need.
    pub min_digits: u32,
    /// Most digits of a drawn figure, at most 12.
    pub max_digits: u32,
    /// How many of a hundred drawn figures are zero.
    pub zeros: u8,
    /// How many of a hundred zeros are left blank.
    pub blanks: u8,
    /// How many of a hundred zeros are printed 无.
    pub nones: u8,
    /// How many of a hundred zeros are printed —.
    pub dashes: u8,
    /// Whether the rows without an id of the vocabulary are printed and filled.
    pub local_rows: bool,
    /// Whether a change that is not negative is printed with a plus sign.
    pub plus_signs: bool,
    /// Whether thousands are set apart by commas.
    pub thousands: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { min_digits: 1, max_digits: 4, zeros: 40, blanks: 0, nones: 0, dashes: 0, local_rows: true, plus_signs: true, thousands: false }
    }
}

impl Style {
    /// Any style at all.
    #[must_use]
    pub fn any(rng: &mut Rng) -> Self {
        let max_digits = u32::try_from(rng.within(1..=7)).unwrap();
        Self {
            min_digits: u32::try_from(rng.within(1..=i64::from(max_digits))).unwrap(),
            max_digits,
            zeros: percent(rng, 100),
            blanks: percent(rng, 40),
            nones: percent(rng, 30),
            dashes: percent(rng, 30),
            local_rows: rng.chance(50),
            plus_signs: rng.chance(50),
            thousands: rng.chance(20),
        }
    }

    /// The same style without blank cells, for dialects that lose them.
    #[must_use]
    pub fn without_blanks(self) -> Self {
        Self { blanks: 0, ..self }
    }
}

fn percent(rng: &mut Rng, most: i64) -> u8 {
    u8::try_from(rng.within(0..=most)).unwrap()
}

impl FilledCell {
    /// The cell as printed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Number(text) => text,
            Self::Blank => "",
            Self::None => "无",
            Self::Dash => "—",
            Self::Yes => "是",
            Self::No => "否",
        }
    }

    /// Its value in hundredths; what is no number counts as zero.
    ///
    /// # Panics
    /// If the number is not one that [`fill`] prints.
    #[must_use]
    pub fn hundredths(&self) -> i64 {
        let Self::Number(text) = self else { return 0 };
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | '+')).collect();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        format!("{whole}{fraction:0<2}").parse().unwrap()
    }
}

/// Fills every table of an edition.
///
/// # Panics
/// If the rules of the form contradict each other.
#[must_use]
pub fn fill(edition: &Form, rng: &mut Rng, style: Style) -> Filled {
    let mut cells = BTreeMap::new();
    for table in &edition.tables {
        let values = Figures::solve(table, rng, style);
        for (&(row, column), &value) in &values {
            let path = table.rows[row].paths[column - table.rows[row].columns.start].clone();
            cells.insert(path, dress(table, (row, column), value, rng, style));
        }
    }
    Filled { edition: static_id(edition), cells }
}

/// The rules of severity error or warning that do not hold, as `code scope: formula`.
#[must_use]
pub fn violations(form: &Form, filled: &Filled) -> Vec<String> {
    let mut broken = Vec::new();
    for table in &form.tables {
        let value = |&(row, column): &Place| {
            let row = &table.rows[row];
            let path = column.checked_sub(row.columns.start).and_then(|index| row.paths.get(index));
            path.and_then(|path| filled.cells.get(path)).map_or(0, FilledCell::hundredths)
        };
        for rule in table.rules.iter().filter(|rule| rule.severity != Severity::Note) {
            for term in &rule.terms {
                let (left, right) = (term.left.iter().map(value).sum(), term.right.iter().map(value).sum());
                if !holds(rule.relation, left, right) {
                    broken.push(format!("{} {}: {}", rule.code, term.scope, rule.formula));
                }
            }
        }
    }
    broken
}

fn holds(relation: Relation, left: i64, right: i64) -> bool {
    match relation {
        Relation::Equal => left == right,
        Relation::AtMost => left <= right,
        Relation::AtLeast => left >= right,
        Relation::Covers => left != 0 || right == 0,
    }
}

/// The id of an edition for as long as the program runs; an edition that does not come with the crate leaks its few bytes.
fn static_id(edition: &Form) -> &'static str {
    match forms().edition(&edition.id) {
        Some(known) => &known.id,
        None => edition.id.clone().leak(),
    }
}

/// A cell as printed.
fn dress(table: &FormTable, place: Place, value: i64, rng: &mut Rng, style: Style) -> FilledCell {
    let (row, column) = place;
    match table.unit_of(row, column) {
        Some(unit) if unit.contains("是/否") => return if rng.chance(50) { FilledCell::Yes } else { FilledCell::No },
        // A local row without a unit asks for words.
        None if table.rows[row].kind == RowKind::Local => return FilledCell::None,
        _ => {}
    }
    if value == 0 {
        let draw = rng.within(0..=99);
        let limits = [style.blanks, style.nones, style.dashes].map(i64::from);
        if draw < limits[0] {
            return FilledCell::Blank;
        } else if draw < limits[0] + limits[1] {
            return FilledCell::None;
        } else if draw < limits.iter().sum() {
            return FilledCell::Dash;
        }
    }
    FilledCell::Number(printed(table.kind_of(row, column), value, style))
}

fn printed(kind: ColumnKind, value: i64, style: Style) -> String {
    let sign = match kind {
        _ if value < 0 => "-",
        ColumnKind::Signed if style.plus_signs && value > 0 => "+",
        _ => "",
    };
    let value = value.unsigned_abs();
    let (whole, fraction) = if kind == ColumnKind::Amount { (value / 100, format!(".{:02}", value % 100)) } else { (value, String::new()) };
    let whole = if style.thousands { grouped(whole) } else { whole.to_string() };
    format!("{sign}{whole}{}", fraction.trim_end_matches('0').trim_end_matches('.'))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A cell: row, column.
type Place = (usize, usize);

/// A rule that has to hold, without the cells that do not exist.
struct Demand {
    relation: Relation,
    left: Vec<Place>,
    right: Vec<Place>,
}

/// The figures of a table while they are looked for; amounts of money in hundredths.
struct Figures<'a> {
    table: &'a FormTable,
    style: Style,
    values: BTreeMap<Place, i64>,
    demands: Vec<Demand>,
    /// The cells that a rule defines as a sum, with its parts.
    sums: BTreeMap<Place, Vec<Place>>,
}

impl<'a> Figures<'a> {
    fn solve(table: &'a FormTable, rng: &mut Rng, style: Style) -> BTreeMap<Place, i64> {
        let mut figures = Self::new(table, style);
        for _ in 0..DRAWS {
            figures.draw(rng);
            if (0..ROUNDS).any(|_| figures.settle(rng)) {
                return figures.values;
            }
        }
        panic!("the rules of {} cannot be satisfied", table.id)
    }

    fn new(table: &'a FormTable, style: Style) -> Self {
        let rows = table.rows.iter().enumerate().filter(|(_, row)| style.local_rows || row.kind != RowKind::Local);
        let values: BTreeMap<Place, i64> = rows.flat_map(|(index, row)| row.columns.clone().map(move |c| ((index, c), 0))).collect();
        let exists = |cells: &[Place]| cells.iter().copied().filter(|cell| values.contains_key(cell)).collect::<Vec<_>>();
        let rules = table.rules.iter().filter(|rule| rule.severity != Severity::Note);
        let mut demands: Vec<Demand> = rules
            .flat_map(|rule| rule.terms.iter().map(|term| Demand { relation: rule.relation, left: exists(&term.left), right: exists(&term.right) }))
            .filter(|demand| !demand.left.is_empty())
            .collect();
        let mut sums = BTreeMap::new();
        for demand in demands.iter().filter(|demand| demand.relation == Relation::Equal) {
            match (demand.left.as_slice(), demand.right.as_slice()) {
                ([sum], parts) | (parts, [sum]) => drop(sums.entry(*sum).or_insert_with(|| parts.to_vec())),
                _ => {}
            }
        }
        // Drawn cells are repaired before the sums they make up.
        demands.sort_by_key(|demand| demand.left.iter().any(|cell| sums.contains_key(cell)));
        Self { table, style, values, demands, sums }
    }

    /// Draws every cell that is no sum.
    fn draw(&mut self, rng: &mut Rng) {
        let places: Vec<Place> = self.values.keys().copied().collect();
        for place in places {
            let value = self.drawn(self.table.kind_of(place.0, place.1), rng);
            self.values.insert(place, value);
        }
        self.add_up();
    }

    fn drawn(&self, kind: ColumnKind, rng: &mut Rng) -> i64 {
        if rng.chance(self.style.zeros) {
            return 0;
        }
        let digits = u32::try_from(rng.within(self.style.min_digits.into()..=self.style.max_digits.into())).unwrap();
        let value = rng.within(10i64.pow(digits - 1)..=10i64.pow(digits) - 1);
        match kind {
            ColumnKind::Count => value,
            ColumnKind::Signed if rng.chance(50) => -value,
            ColumnKind::Signed => value,
            ColumnKind::Amount => value * 100 + [0, rng.within(0..=9) * 10, rng.within(0..=99)][usize::try_from(rng.within(0..=2)).unwrap()],
        }
    }

    fn total(&self, cells: &[Place]) -> i64 {
        cells.iter().map(|cell| self.values[cell]).sum()
    }

    fn free(&self, cells: &[Place]) -> Vec<Place> {
        cells.iter().copied().filter(|cell| !self.sums.contains_key(cell)).collect()
    }

    /// Computes the sums, those of sums last.
    fn add_up(&mut self) {
        for _ in 0..self.sums.len() {
            let mut changed = false;
            for (sum, parts) in &self.sums {
                let value = parts.iter().map(|cell| self.values[cell]).sum();
                changed |= self.values.insert(*sum, value) != Some(value);
            }
            if !changed {
                break;
            }
        }
    }

    /// Repairs what does not hold; true if everything did.
    fn settle(&mut self, rng: &mut Rng) -> bool {
        let mut settled = true;
        for index in 0..self.demands.len() {
            let Demand { relation, left, right } = &self.demands[index];
            let (relation, left, right) = (*relation, left.clone(), right.clone());
            if holds(relation, self.total(&left), self.total(&right)) {
                continue;
            }
            settled = false;
            match relation {
                Relation::Equal => self.balance(&left, &right, rng),
                Relation::AtMost => self.bound(&left, &right, rng),
                Relation::AtLeast => self.bound(&right, &left, rng),
                Relation::Covers => self.raise(left[0], self.total(&right), &mut BTreeSet::new()),
            }
            self.add_up();
        }
        settled
    }

    /// Shares the total of one side out among the drawn cells of the other. The side that holds a sum says the total.
    fn balance(&mut self, left: &[Place], right: &[Place], rng: &mut Rng) {
        let (free_left, free_right) = (self.free(left), self.free(right));
        let left_is_open = !free_left.is_empty() && (free_right.is_empty() || free_left.len() == left.len());
        let (open, given, open_free, given_free) =
            if left_is_open { (left, right, free_left, free_right) } else { (right, left, free_right, free_left) };
        let Some((last, others)) = open_free.split_last() else { return };
        let fixed = self.total(open) - self.total(&open_free);
        let mut rest = self.total(given) - fixed;
        if rest < 0 {
            if let Some(&cell) = given_free.first() {
                self.raise(cell, -rest, &mut BTreeSet::new());
            }
            rest = 0;
        }
        for &cell in others {
            let share = if rng.chance(self.style.zeros) { 0 } else { rng.within(0..=rest) };
            self.values.insert(cell, share);
            rest -= share;
        }
        self.values.insert(*last, rest);
    }

    /// Makes the smaller side small enough, or else the greater side great enough.
    fn bound(&mut self, small: &[Place], great: &[Place], rng: &mut Rng) {
        let (least, most) = (self.total(small), self.total(great));
        if let [cell] = self.free(small).as_slice()
            && small.len() == 1
            && most >= 0
        {
            let value = rng.within(0..=most);
            self.values.insert(*cell, value);
        } else if let Some(&cell) = self.free(great).last().or(great.last()) {
            let lack = least - most;
            self.raise(cell, lack + rng.within(0..=lack), &mut BTreeSet::new());
        }
    }

    /// Adds to a cell, through its first drawn part if it is a sum.
    fn raise(&mut self, cell: Place, amount: i64, seen: &mut BTreeSet<Place>) {
        match self.sums.get(&cell) {
            None => *self.values.get_mut(&cell).unwrap() += amount,
            Some(parts) => {
                if let Some(&part) = parts.iter().find(|part| !seen.contains(part)) {
                    seen.insert(cell);
                    self.raise(part, amount, seen);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::Forms;

    use super::*;
    use crate::print::DIALECTS;

    #[test]
    fn figures_obey_every_rule() {
        for form in &forms().editions {
            for seed in 0..200 {
                let mut rng = Rng::new(seed);
                let style = if seed % 2 == 0 { Style::default() } else { Style::any(&mut rng) };
                let filled = fill(form, &mut rng, style);
                assert_eq!(violations(form, &filled), Vec::<String>::new(), "{} {seed}", form.id);
            }
        }
    }

    #[test]
    fn every_cell_is_filled_and_only_changes_are_negative() {
        for form in &forms().editions {
            let filled = fill(form, &mut Rng::new(1), Style::default());
            let paths: BTreeSet<&String> = form.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.paths).collect();
            assert_eq!(filled.cells.keys().collect::<BTreeSet<_>>(), paths, "{}", form.id);
            assert!(filled.cells.iter().all(|(path, cell)| cell.hundredths() >= 0 || path.ends_with("change")), "{}", form.id);
        }
    }

    #[test]
    fn figures_are_not_all_alike() {
        let form = forms().edition("2021").unwrap();
        let filled = fill(form, &mut Rng::new(5), Style::default());
        let numbers: BTreeSet<&str> = filled.cells.values().map(FilledCell::text).collect();
        assert!(numbers.len() > 40, "{}", numbers.len());
        assert_ne!(filled, fill(form, &mut Rng::new(6), Style::default()));
        assert_eq!(filled, fill(form, &mut Rng::new(5), Style::default()));
        assert!(filled.cells.iter().any(|(path, cell)| path.contains("carried_over") && cell.hundredths() > 0));
    }

    #[test]
    fn a_style_decides_what_stands_for_zero_and_which_rows_are_there() {
        let form = forms().edition("2014-inner-mongolia").unwrap();
        let style = Style { zeros: 60, blanks: 30, nones: 30, dashes: 30, ..Style::default() };
        let filled = fill(form, &mut Rng::new(2), style);
        for cell in [FilledCell::Blank, FilledCell::None, FilledCell::Dash, FilledCell::Number("0".to_owned())] {
            assert!(filled.cells.values().any(|c| *c == cell), "{cell:?}");
        }
        assert!(matches!(filled.cells["statistics/local:网站是否具备网上办事功能/value"], FilledCell::Yes | FilledCell::No));
        let bare = fill(form, &mut Rng::new(2), Style { local_rows: false, ..style });
        assert!(bare.cells.keys().all(|path| !path.contains("local:")));
    }

    #[test]
    fn numbers_are_printed_as_offices_print_them() {
        let style = Style { thousands: true, ..Style::default() };
        assert_eq!(printed(ColumnKind::Count, 1_234_567, style), "1,234,567");
        assert_eq!(printed(ColumnKind::Signed, 19, style), "+19");
        assert_eq!(printed(ColumnKind::Signed, -1900, style), "-1,900");
        assert_eq!([31_246, 15_860, 7_200, 5, 0].map(|v| printed(ColumnKind::Amount, v, style)), ["312.46", "158.6", "72", "0.05", "0"]);
        assert_eq!(FilledCell::Number("-1,900.5".to_owned()).hundredths(), -190_050);
    }

    /// Every figure of the tables of requests and proceedings is bound by a rule.
    #[test]
    fn a_wrong_figure_breaks_a_rule() {
        let form = forms().edition("2021").unwrap();
        let filled = fill(form, &mut Rng::new(3), Style::default());
        for path in filled.cells.keys().filter(|path| !path.starts_with("proactive")) {
            let mut wrong = filled.clone();
            let value = filled.cells[path].hundredths() / 100 + 1;
            wrong.cells.insert(path.clone(), FilledCell::Number(value.to_string()));
            assert!(!violations(form, &wrong).is_empty(), "{path}");
        }
    }

    /// An edition that no one knows yet is filled and printed without new code.
    #[test]
    fn a_new_edition_is_filled() {
        let text = r#"form 2030 "t" { table a { column x "甲" column y "乙" column z "丙"
            row in "入" row held "存" row all "总" row all.a "一" row all.b "二" row left "余" row few "少"
            rule GK201 error, each column: in + held = all + left
            rule GK202 warning, each column: all = all.*
            rule GK203 warning, each row: z = x + y
            rule GK206 warning, each column: few <= all
            rule GK208 error, each column: in + held covers all.* } }"#;
        let forms = Forms::load(&[("2030.form", text)]).unwrap();
        let form = &forms.editions[0];
        for seed in 0..200 {
            let filled = fill(form, &mut Rng::new(seed), Style { zeros: 70, ..Style::default() });
            assert_eq!(violations(form, &filled), Vec::<String>::new(), "{seed}");
            assert_eq!(filled.edition, "2030");
        }
        let filled = fill(form, &mut Rng::new(0), Style::default());
        for (name, print, _) in DIALECTS {
            assert!(print(form, &filled).contains(filled.cells["a/all/z"].text()), "{name}");
        }
    }
}
