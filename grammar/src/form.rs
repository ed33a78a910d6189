//! Forms: the files of `forms/` as typed values, checked and resolved when they are loaded.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use pest::{Parser, iterators::Pair};

use crate::{fold::fold, model::Severity};

#[allow(missing_docs, clippy::all, clippy::pedantic)]
mod rules {
    /// The rules of `form.pest`. They never leave this crate.
    #[derive(pest_derive::Parser)]
    #[grammar = "pest/form.pest"]
    pub struct Grammar;
}
use rules::{Grammar, Rule as Syntax};

mod years;
pub use years::{YearCell, YearRule, YearTerm};

/// The files of `forms/`, by name.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// A form file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// The text does not follow the language of form files.
    #[error("{file}: line {line}, column {column}: not in the language of form files")]
    Syntax {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A form, table, row or column is named that no one defines.
    #[error("{file}: unknown name `{name}`")]
    UnknownName {
        /// Name of the file.
        file: String,
        /// What is not defined.
        name: String,
    },
    /// A form that extends another may only add titles and rows to its tables.
    #[error("{file}: `{name}` extends a table by more than titles and rows")]
    OnlyRows {
        /// Name of the file.
        file: String,
        /// The table.
        name: String,
    },
    /// A row has no columns, or a table no rows.
    #[error("{file}: `{name}` is empty")]
    Empty {
        /// Name of the file.
        file: String,
        /// The row or table.
        name: String,
    },
}

/// All editions and the kinds of section.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// The editions, in the order of their files' names.
    pub editions: Vec<Form>,
    /// The kinds of section, the first that fits wins.
    pub sections: Vec<SectionKind>,
    /// Folded texts that say nothing, by the kind of section they may stand in.
    pub perfunctory: Vec<Wording>,
    /// The laws that reports are published under.
    pub laws: Vec<Law>,
}

/// Words that belong to a kind of section or another id.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// `overview`
    pub id: String,
    /// As the form prints it, or its name.
    pub printed: String,
    /// All alternatives, folded, the printed one first.
    pub words: Vec<String>,
}

/// A law and its days.
#[derive(Clone, Debug, Default)]
pub struct Law {
    /// Its title.
    pub title: String,
    /// First report year it rules.
    pub first_year: Option<i32>,
    /// Last report year; `None` while in force.
    pub last_year: Option<i32>,
    /// The day it came into force, as year, month, day.
    pub since: Option<(i32, u8, u8)>,
    /// By when reports are published; the first whose ending fits the issuer.
    pub deadlines: Vec<Deadline>,
}

/// By when the reports of some bodies are published.
#[derive(Clone, Debug, Default)]
pub struct Deadline {
    /// Month and day of the year after the report's; `None` if the law names no day.
    pub day: Option<(u8, u8)>,
    /// Folded ends of the names of these bodies; none for all bodies.
    pub endings: Vec<String>,
    /// The clause.
    pub basis: Option<String>,
}

/// A kind of section and the words that tell it.
#[derive(Clone, Debug)]
pub struct SectionKind {
    /// `requests`
    pub id: String,
    /// Alternatives of words that must all stand in the folded heading.
    pub words: Vec<Vec<String>>,
}

/// One edition of the form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// `2021`
    pub id: String,
    /// The edition it adds local rows to.
    pub extends: Option<String>,
    /// Its printed title.
    pub title: String,
    /// First report year it was prescribed for.
    pub first_year: Option<i32>,
    /// Last report year; `None` while in force.
    pub last_year: Option<i32>,
    /// The notices that prescribe it.
    pub notices: Vec<String>,
    /// Kinds of section it asks for, in order.
    pub requires: Vec<String>,
    /// The headings of sections as it words them.
    pub headings: Vec<Wording>,
    /// What a section must cover.
    pub topics: Vec<Wording>,
    /// What must be said somewhere in the text.
    pub mentions: Vec<Wording>,
    /// Its tables.
    pub tables: Vec<FormTable>,
}

/// A table of an edition.
#[derive(Clone, Debug, Default)]
pub struct FormTable {
    /// `requests`
    pub id: String,
    /// Its printed titles.
    pub titles: Vec<String>,
    /// Cells a row, columns and spans counted.
    pub width: usize,
    /// The unit of every figure that has no other.
    pub unit: Option<String>,
    /// Whether all rows are printed side by side in one line without labels.
    pub across: bool,
    /// Header cells that are no columns of figures.
    pub headers: Vec<String>,
    /// The header of the column that holds the unit of each row, if the table has one.
    pub unit_header: Option<String>,
    /// Cells of explanation.
    pub notes: Vec<String>,
    /// Columns of figures; those of a block belong to it alone.
    pub columns: Vec<Column>,
    /// Stacked blocks with headers of their own.
    pub blocks: Vec<Block>,
    /// Rows in printed order, groups among them.
    pub rows: Vec<Row>,
    /// What must hold among the figures.
    pub rules: Vec<Rule>,
    /// What must hold between the figures and those of the year before.
    pub year_rules: Vec<YearRule>,
}

/// A block of a table.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its printed titles.
    pub titles: Vec<String>,
    /// The clause it answers.
    pub basis: Option<String>,
    /// Its columns, as a range of [`FormTable::columns`].
    pub columns: Range<usize>,
    /// Its rows, as a range of [`FormTable::rows`].
    pub rows: Range<usize>,
}

/// A column of figures.
#[derive(Clone, Debug)]
pub struct Column {
    /// `natural_person`
    pub id: String,
    /// Printed label first, then aliases.
    pub labels: Vec<String>,
    /// What kind of number it holds.
    pub kind: ColumnKind,
    /// Whether the year of the report is printed before the label: 2017年度.
    pub dated: bool,
    /// Its unit, if it differs from the row's and the table's.
    pub unit: Option<String>,
}

/// What kind of number a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// A whole number, not below zero.
    Count,
    /// A whole number with or without a sign.
    Signed,
    /// An exact amount of money.
    Amount,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// `denied.state_secrets`, `local:嘎查村`, or empty for a group.
    pub id: String,
    /// The printed number in front: `（一）`, `1.`, `其中：`.
    pub number: Option<String>,
    /// Printed label first, then aliases.
    pub labels: Vec<String>,
    /// What it is.
    pub kind: RowKind,
    /// Its unit, if it differs from the table's.
    pub unit: Option<String>,
    /// Whether its figures are amounts of money.
    pub amount: bool,
    /// The clause it rests on.
    pub basis: Option<String>,
    /// Its columns, as a range of [`FormTable::columns`].
    pub columns: Range<usize>,
    /// The path of each of its figures, `requests/granted/total`.
    pub paths: Vec<String>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// Figures with an id of the vocabulary.
    Value,
    /// Figures without one.
    Local,
    /// A label without figures.
    Group,
}

/// A rule of a table, resolved to cells.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `GK201`
    pub code: String,
    /// How much a violation matters; a [`Severity::Note`] never decides a reading.
    pub severity: Severity,
    /// Whether the form prints it.
    pub printed: bool,
    /// Whether it speaks of rows or of columns.
    pub scope: Scope,
    /// How the sides compare.
    pub relation: Relation,
    /// The formula as written.
    pub formula: String,
    /// The clause or note it rests on.
    pub basis: Option<String>,
    /// One for every column (or row) it applies to.
    pub terms: Vec<Term>,
}

/// Whether a rule is evaluated for each column or for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Adds up rows within a column.
    Column,
    /// Adds up columns within a row.
    Row,
}

/// How the two sides of a rule compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Equal.
    Equal,
    /// The left side is at most the right one.
    AtMost,
    /// The left side is at least the right one.
    AtLeast,
    /// If the left side is zero, so is the right one.
    Covers,
}

/// A rule applied to one column or row.
#[derive(Clone, Debug)]
pub struct Term {
    /// `requests/*/natural_person` or `requests/granted/*`
    pub scope: String,
    /// Cells (row, column) of the left side.
    pub left: Vec<(usize, usize)>,
    /// Cells of the right side.
    pub right: Vec<(usize, usize)>,
}

impl Form {
    /// Whether it was prescribed for the reports of a year.
    #[must_use]
    pub fn is_in_force(&self, year: i32) -> bool {
        holds_year(self.first_year, self.last_year, year)
    }
}

fn holds_year(first: Option<i32>, last: Option<i32>, year: i32) -> bool {
    first.is_some_and(|first| first <= year) && last.is_none_or(|last| year <= last)
}

impl FormTable {
    /// The kind of number in a cell.
    #[must_use]
    pub fn kind_of(&self, row: usize, column: usize) -> ColumnKind {
        if self.rows.get(row).is_some_and(|r| r.amount) {
            return ColumnKind::Amount;
        }
        self.columns.get(column).map_or(ColumnKind::Count, |c| c.kind)
    }

    /// The unit of a cell by the form.
    #[must_use]
    pub fn unit_of(&self, row: usize, column: usize) -> Option<&str> {
        let of_column = self.columns.get(column).and_then(|c| c.unit.as_deref());
        let of_row = self.rows.get(row).and_then(|r| r.unit.as_deref());
        of_column.or(of_row).or(self.unit.as_deref())
    }
}

impl Forms {
    /// Reads form files; `files` are pairs of name and content.
    ///
    /// # Errors
    /// [`FormError`] if a file does not follow the language or names what is not defined.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, FormError> {
        let mut loaded = Self::default();
        let mut reuses: Vec<(usize, String, String, String)> = Vec::new();
        for (file, text) in files {
            let pairs = Grammar::parse(Syntax::file, text).map_err(|error| {
                let (line, column) = match error.line_col {
                    pest::error::LineColLocation::Pos(at) | pest::error::LineColLocation::Span(at, _) => at,
                };
                FormError::Syntax { file: (*file).to_owned(), line, column }
            })?;
            for part in pairs.flat_map(Pair::into_inner) {
                match part.as_rule() {
                    Syntax::section_list => {
                        for entry in part.into_inner() {
                            match entry.as_rule() {
                                Syntax::perfunctory => loaded.perfunctory.push(wording(entry)),
                                _ => loaded.sections.push(section(entry)),
                            }
                        }
                    }
                    Syntax::law => loaded.laws.push(law(part)),
                    Syntax::form => {
                        let index = loaded.editions.len();
                        let (form, reused) = Reader { file }.form(part)?;
                        loaded.editions.push(form);
                        reuses.extend(reused.into_iter().map(|(table, from)| (index, table, from, (*file).to_owned())));
                    }
                    _ => {}
                }
            }
        }
        for (index, table, from, file) in reuses {
            let found = loaded.editions.iter().find(|f| f.id == from).and_then(|f| f.tables.iter().find(|t| t.id == table)).cloned();
            let found = found.ok_or(FormError::UnknownName { file, name: table })?;
            if let Some(form) = loaded.editions.get_mut(index) {
                form.tables.push(found);
            }
        }
        loaded.extend_bases()?;
        Ok(loaded)
    }

    /// An edition by its id.
    #[must_use]
    pub fn edition(&self, id: &str) -> Option<&Form> {
        self.editions.iter().find(|form| form.id == id)
    }

    /// The editions in force for the reports of a year, without those that extend another.
    pub fn in_force(&self, year: i32) -> impl Iterator<Item = &Form> {
        self.editions.iter().filter(move |form| form.extends.is_none() && form.is_in_force(year))
    }

    /// The law that the report of a year is published under.
    #[must_use]
    pub fn law(&self, year: i32) -> Option<&Law> {
        self.laws.iter().find(|law| holds_year(law.first_year, law.last_year, year))
    }

    /// The kind of section that a heading announces.
    #[must_use]
    pub fn section_kind(&self, heading: &str) -> Option<&str> {
        let heading = fold(heading);
        self.sections.iter().find(|kind| kind.words.iter().any(|all| all.iter().all(|w| heading.contains(w.as_str())))).map(|kind| kind.id.as_str())
    }

    /// Gives every form that extends another the rows and rules of its base, before its own.
    fn extend_bases(&mut self) -> Result<(), FormError> {
        let bases: BTreeMap<String, Form> = self.editions.iter().filter(|f| f.extends.is_none()).map(|f| (f.id.clone(), f.clone())).collect();
        for form in &mut self.editions {
            let Some(base_id) = &form.extends else { continue };
            let base = bases.get(base_id).ok_or_else(|| FormError::UnknownName { file: form.id.clone(), name: base_id.clone() })?;
            let own = std::mem::take(&mut form.tables);
            form.tables = base.tables.clone();
            form.notices.splice(0..0, base.notices.iter().cloned());
            for table in own {
                let Some(target) = form.tables.iter_mut().find(|t| t.id == table.id) else {
                    return Err(FormError::UnknownName { file: form.id.clone(), name: table.id });
                };
                target.titles.extend(table.titles);
                let columns = 0..target.columns.len();
                for mut row in table.rows {
                    row.columns = if row.kind == RowKind::Group { 0..0 } else { columns.clone() };
                    row.paths = paths(&target.id, &row, &target.columns);
                    target.rows.push(row);
                }
            }
        }
        Ok(())
    }
}

/// The forms that come with this crate.
///
/// The files are part of the program and a test loads them, so this cannot fail; should it, no form is known and every table is reported
/// as unknown.
#[must_use]
pub fn forms() -> &'static Forms {
    static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::load(FILES).unwrap_or_default());
    &FORMS
}

/// First and last year of `years 2019..2020`.
fn years(pair: Pair<'_, Syntax>) -> (Option<i32>, Option<i32>) {
    let (mut first, mut last) = (None, None);
    for year in pair.into_inner() {
        let number = year.as_str().parse().ok();
        match year.as_rule() {
            Syntax::year => first = number,
            _ => last = number,
        }
    }
    (first, last)
}

fn wording(pair: Pair<'_, Syntax>) -> Wording {
    let mut parts = pair.into_inner();
    let id = parts.next().map(|p| p.as_str().to_owned()).unwrap_or_default();
    let words = parts.next().map(labels).unwrap_or_default();
    Wording { id, printed: words.first().cloned().unwrap_or_default(), words: words.iter().map(|w| fold(w)).collect() }
}

fn law(pair: Pair<'_, Syntax>) -> Law {
    let mut law = Law::default();
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::string => law.title = string(part),
            Syntax::years => (law.first_year, law.last_year) = years(part),
            Syntax::since => {
                let mut numbers = part.as_str().trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end().splitn(3, '-');
                let year = numbers.next().and_then(|n| n.parse().ok());
                let mut small = || numbers.next().and_then(|n| n.parse().ok());
                law.since = year.zip(small().zip(small())).map(|(year, (month, day))| (year, month, day));
            }
            Syntax::deadline => law.deadlines.push(deadline(part)),
            _ => {}
        }
    }
    law
}

fn deadline(pair: Pair<'_, Syntax>) -> Deadline {
    let mut deadline = Deadline::default();
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::date => deadline.day = part.as_str().split_once('-').and_then(|(month, day)| month.parse().ok().zip(day.parse().ok())),
            Syntax::labels => deadline.endings = labels(part).iter().map(|w| fold(w)).collect(),
            Syntax::basis => deadline.basis = Some(inner_string(part)),
            _ => {}
        }
    }
    deadline
}

fn section(pair: Pair<'_, Syntax>) -> SectionKind {
    let mut parts = pair.into_inner();
    let id = parts.next().map(|p| p.as_str().to_owned()).unwrap_or_default();
    let words = parts.next().map(labels).unwrap_or_default();
    SectionKind { id, words: words.iter().map(|all| all.split('&').map(fold).collect()).collect() }
}

fn paths(table: &str, row: &Row, columns: &[Column]) -> Vec<String> {
    columns.get(row.columns.clone()).unwrap_or_default().iter().map(|c| format!("{table}/{}/{}", row.id, c.id)).collect()
}

fn string(pair: Pair<'_, Syntax>) -> String {
    pair.into_inner().next().map(|inner| inner.as_str().to_owned()).unwrap_or_default()
}

fn labels(pair: Pair<'_, Syntax>) -> Vec<String> {
    pair.into_inner().map(string).collect()
}

/// The string inside `unit "…"`, `basis "…"`, `notice "…"`, `under`.
fn inner_string(pair: Pair<'_, Syntax>) -> String {
    pair.into_inner().next().map(string).unwrap_or_default()
}

struct Reader<'a> {
    file: &'a str,
}

/// A rule before its names are resolved.
struct RawRule {
    code: String,
    severity: Severity,
    printed: bool,
    scope: Scope,
    relation: Relation,
    formula: String,
    basis: Option<String>,
    left: Vec<String>,
    right: Vec<String>,
}

impl Reader<'_> {
    fn form(&self, pair: Pair<'_, Syntax>) -> Result<(Form, Vec<(String, String)>), FormError> {
        let mut form = Form::default();
        let mut reused = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Syntax::id => form.id = part.as_str().to_owned(),
                Syntax::base => form.extends = Some(part.as_str().trim().to_owned()),
                Syntax::string => form.title = string(part),
                Syntax::years => (form.first_year, form.last_year) = years(part),
                Syntax::heading => form.headings.push(wording(part)),
                Syntax::topic => form.topics.push(wording(part)),
                Syntax::mention => form.mentions.push(wording(part)),
                Syntax::notice => form.notices.push(inner_string(part)),
                Syntax::requires => form.requires = part.into_inner().map(|id| id.as_str().to_owned()).collect(),
                Syntax::reuse => {
                    let names: Vec<String> = part.into_inner().map(|p| p.as_str().trim().to_owned()).collect();
                    if let [table, from] = names.as_slice() {
                        reused.push((table.clone(), from.clone()));
                    }
                }
                Syntax::table => form.tables.push(self.table(part, form.extends.is_some())?),
                _ => {}
            }
        }
        Ok((form, reused))
    }

    fn table(&self, pair: Pair<'_, Syntax>, extension: bool) -> Result<FormTable, FormError> {
        let mut table = FormTable::default();
        let (mut rules, mut year_rules) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Syntax::id => table.id = part.as_str().to_owned(),
                Syntax::title => table.titles = part.into_inner().next().map(labels).unwrap_or_default(),
                Syntax::width => table.width = part.into_inner().next().and_then(|n| n.as_str().parse().ok()).unwrap_or_default(),
                Syntax::unit => table.unit = Some(inner_string(part)),
                Syntax::units => table.unit_header = Some(inner_string(part)),
                Syntax::across => table.across = true,
                Syntax::header => table.headers.extend(part.into_inner().map(string)),
                Syntax::note => table.notes.extend(part.into_inner().flat_map(labels)),
                Syntax::column => table.columns.push(column(part)),
                Syntax::row | Syntax::local | Syntax::group => table.rows.push(row(part)),
                Syntax::block => block(part, &mut table),
                Syntax::rule => rules.push(raw_rule(part)),
                Syntax::year_rule => year_rules.push(years::year_rule(part)),
                _ => {}
            }
        }
        let more = !table.columns.is_empty() || !table.headers.is_empty() || !table.notes.is_empty() || !table.blocks.is_empty();
        let more = more || !rules.is_empty() || !year_rules.is_empty();
        if extension && more {
            return Err(FormError::OnlyRows { file: self.file.to_owned(), name: table.id });
        }
        if table.rows.is_empty() || (table.columns.is_empty() && !extension) {
            return Err(FormError::Empty { file: self.file.to_owned(), name: table.id });
        }
        let outside_blocks = table.blocks.iter().map(|b| b.columns.end).max().unwrap_or(0)..table.columns.len();
        for index in 0..table.rows.len() {
            let block = table.blocks.iter().find(|b| b.rows.contains(&index)).map(|b| b.columns.clone());
            if let Some(row) = table.rows.get_mut(index).filter(|row| row.kind != RowKind::Group) {
                row.columns = block.unwrap_or_else(|| outside_blocks.clone());
                row.paths = paths(&table.id, row, &table.columns);
                if row.columns.is_empty() && !extension {
                    return Err(FormError::Empty { file: self.file.to_owned(), name: row.id.clone() });
                }
            }
        }
        for raw in rules {
            let rule = self.resolve(raw, &table)?;
            table.rules.push(rule);
        }
        for raw in year_rules {
            let rule = self.resolve_years(raw, &table)?;
            table.year_rules.push(rule);
        }
        Ok(table)
    }

    fn resolve(&self, raw: RawRule, table: &FormTable) -> Result<Rule, FormError> {
        let mut terms = Vec::new();
        match raw.scope {
            Scope::Column => {
                let left = self.rows_of(&raw.left, table)?;
                let right = self.rows_of(&raw.right, table)?;
                for (column, c) in table.columns.iter().enumerate() {
                    let at = |rows: &[usize]| rows.iter().map(|&r| (r, column)).collect();
                    terms.push(Term { scope: format!("{}/*/{}", table.id, c.id), left: at(&left), right: at(&right) });
                }
            }
            Scope::Row => {
                for (index, row) in table.rows.iter().enumerate() {
                    let at = |ids: &[String]| -> Option<Vec<(usize, usize)>> {
                        ids.iter()
                            .map(|id| row.columns.clone().find(|&c| table.columns.get(c).is_some_and(|c| c.id == *id)).map(|c| (index, c)))
                            .collect()
                    };
                    if let (Some(left), Some(right)) = (at(&raw.left), at(&raw.right))
                        && row.kind != RowKind::Group
                    {
                        terms.push(Term { scope: format!("{}/{}/*", table.id, row.id), left, right });
                    }
                }
            }
        }
        if terms.is_empty() {
            return Err(FormError::UnknownName { file: self.file.to_owned(), name: raw.formula });
        }
        let RawRule { code, severity, printed, scope, relation, formula, basis, .. } = raw;
        Ok(Rule { code, severity, printed, scope, relation, formula, basis, terms })
    }

    /// The rows that the terms of a rule name; `denied.*` names every row directly below `denied`.
    fn rows_of(&self, names: &[String], table: &FormTable) -> Result<Vec<usize>, FormError> {
        let mut rows = Vec::new();
        for name in names {
            let before = rows.len();
            let matches = |row: &&Row| match name.strip_suffix('*') {
                Some(prefix) => row.id.strip_prefix(prefix).is_some_and(|rest| !rest.contains('.')),
                None => row.id == *name,
            };
            rows.extend(table.rows.iter().enumerate().filter(|(_, row)| matches(row)).map(|(i, _)| i));
            if rows.len() == before {
                return Err(FormError::UnknownName { file: self.file.to_owned(), name: name.clone() });
            }
        }
        Ok(rows)
    }
}

fn column(pair: Pair<'_, Syntax>) -> Column {
    let mut column = Column { id: String::new(), labels: Vec::new(), kind: ColumnKind::Count, dated: false, unit: None };
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::id => column.id = part.as_str().to_owned(),
            Syntax::labels => column.labels = labels(part),
            Syntax::signed => column.kind = ColumnKind::Signed,
            Syntax::amount => column.kind = ColumnKind::Amount,
            Syntax::dated => column.dated = true,
            Syntax::unit => column.unit = Some(inner_string(part)),
            _ => {}
        }
    }
    column
}

fn row(pair: Pair<'_, Syntax>) -> Row {
    let kind = match pair.as_rule() {
        Syntax::row => RowKind::Value,
        Syntax::local => RowKind::Local,
        _ => RowKind::Group,
    };
    let mut row =
        Row { id: String::new(), number: None, labels: Vec::new(), kind, unit: None, amount: false, basis: None, columns: 0..0, paths: Vec::new() };
    let mut under = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::path => row.id = part.as_str().to_owned(),
            Syntax::number => row.number = Some(part.as_str().to_owned()),
            Syntax::labels => row.labels = labels(part),
            Syntax::under => under = Some(inner_string(part)),
            Syntax::amount => row.amount = true,
            Syntax::unit => row.unit = Some(inner_string(part)),
            Syntax::basis => row.basis = Some(inner_string(part)),
            _ => {}
        }
    }
    if kind == RowKind::Local {
        let label = row.labels.first().cloned().unwrap_or_default();
        row.id = under.map_or_else(|| format!("local:{label}"), |under| format!("local:{under}.{label}"));
    }
    row
}

fn block(pair: Pair<'_, Syntax>, table: &mut FormTable) {
    let mut titles = Vec::new();
    let mut clause = None;
    let (columns, rows) = (table.columns.len(), table.rows.len());
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::labels => titles = labels(part),
            Syntax::basis => clause = Some(inner_string(part)),
            Syntax::column => table.columns.push(column(part)),
            Syntax::row => table.rows.push(row(part)),
            _ => {}
        }
    }
    for row in table.rows.iter_mut().skip(rows) {
        row.basis = row.basis.take().or_else(|| clause.clone());
    }
    table.blocks.push(Block { titles, basis: clause, columns: columns..table.columns.len(), rows: rows..table.rows.len() });
}

/// A term of a sum: an id, or `local:label`.
fn term(pair: Pair<'_, Syntax>) -> String {
    let printed = pair.as_str().trim().to_owned();
    match pair.into_inner().next() {
        Some(label) if label.as_rule() == Syntax::string => format!("local:{}", string(label)),
        _ => printed,
    }
}

fn severity(word: &str) -> Severity {
    match word {
        "error" => Severity::Error,
        "note" => Severity::Note,
        _ => Severity::Warning,
    }
}

fn relation(sign: &str) -> Relation {
    match sign {
        "<=" => Relation::AtMost,
        ">=" => Relation::AtLeast,
        "covers" => Relation::Covers,
        _ => Relation::Equal,
    }
}

fn raw_rule(pair: Pair<'_, Syntax>) -> RawRule {
    let mut rule = RawRule {
        code: String::new(),
        severity: Severity::Warning,
        printed: false,
        scope: Scope::Column,
        relation: Relation::Equal,
        formula: String::new(),
        basis: None,
        left: Vec::new(),
        right: Vec::new(),
    };
    let mut sides = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::code => rule.code = part.as_str().to_owned(),
            Syntax::severity => rule.severity = severity(part.as_str()),
            Syntax::printed => rule.printed = true,
            Syntax::scope if part.as_str() == "row" => rule.scope = Scope::Row,
            Syntax::relation => {
                rule.relation = relation(part.as_str());
                rule.formula.push_str(&format!(" {} ", part.as_str()));
            }
            Syntax::sum => {
                let terms: Vec<String> = part.into_inner().map(term).collect();
                rule.formula.push_str(&terms.join(" + "));
                sides.push(terms.into_iter().filter(|t| t != "0").collect::<Vec<_>>());
            }
            Syntax::basis => rule.basis = Some(inner_string(part)),
            _ => {}
        }
    }
    let mut sides = sides.into_iter();
    rule.left = sides.next().unwrap_or_default();
    rule.right = sides.next().unwrap_or_default();
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_crate_load() {
        let forms = Forms::load(FILES).unwrap();
        let ids: Vec<&str> = forms.editions.iter().map(|f| f.id.as_str()).collect();
        assert_eq!(ids, ["2008-fujian", "2008-shanghai-cumulative", "2008-shanghai", "2014-inner-mongolia", "2014", "2019", "2021"]);
    }

    fn values(form: &str, table: &str) -> usize {
        let form = forms().edition(form).unwrap();
        let table = form.tables.iter().find(|t| t.id == table).unwrap();
        table.rows.iter().filter(|r| r.kind == RowKind::Value).map(|r| r.columns.len()).sum()
    }

    /// The numbers of value cells of forms 2014, 2019 and 2021.
    #[test]
    fn tables_have_as_many_value_cells_as_the_printed_forms() {
        assert_eq!(values("2014", "statistics"), 58);
        assert_eq!(["proactive_disclosure", "requests", "review_litigation"].map(|t| values("2019", t)), [22, 161, 15]);
        assert_eq!(["proactive_disclosure", "requests", "review_litigation"].map(|t| values("2021", t)), [10, 175, 15]);
        assert_eq!(values("2008-fujian", "statistics"), 34);
        assert_eq!(values("2014-inner-mongolia", "statistics"), 58);
    }

    #[test]
    fn rules_are_resolved_to_cells() {
        let form = forms().edition("2021").unwrap();
        let requests = form.tables.iter().find(|t| t.id == "requests").unwrap();
        let balance = requests.rules.iter().find(|r| r.code == "GK201").unwrap();
        assert!(balance.printed);
        assert_eq!(balance.terms.len(), 7);
        assert_eq!(balance.terms[0].scope, "requests/*/natural_person");
        let outcome = requests.rules.iter().find(|r| r.code == "GK202").unwrap();
        assert_eq!(outcome.terms[6].right.len(), 21);
        let form = forms().edition("2014").unwrap();
        let replied = form.tables[0].rules.iter().find(|r| r.formula.starts_with("requests.replied = ")).unwrap();
        assert_eq!(replied.terms[0].right.len(), 8, "only rows directly below");
    }

    #[test]
    fn paths_are_unique_within_an_edition() {
        for form in &forms().editions {
            let mut paths: Vec<&String> = form.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.paths).collect();
            let count = paths.len();
            paths.sort();
            paths.dedup();
            assert_eq!(paths.len(), count, "{}", form.id);
        }
    }

    #[test]
    fn sections_are_told_by_words() {
        for (heading, kind) in [
            ("一、总体情况", Some("overview")),
            ("二、行政机关主动公开政府信息情况", Some("proactive_disclosure")),
            ("三、收到和处理政府信息公开申请的情况", Some("requests")),
            ("四、因政府信息公开申请行政复议和提起行政诉讼的情况", Some("review_litigation")),
            ("五、存在的主要问题及改进措施", Some("problems")),
            ("六、其他需要报告的事项", Some("other")),
            ("七、附表", Some("statistics")),
            ("四、回应社会关切情况", None),
        ] {
            assert_eq!(forms().section_kind(heading), kind, "{heading}");
        }
    }

    #[test]
    fn bad_form_files_are_errors() {
        let load = |text: &str| Forms::load(&[("x.form", text)]).unwrap_err();
        assert_eq!(load("form 1 {"), FormError::Syntax { file: "x.form".into(), line: 1, column: 8 });
        let unknown = r#"form 1 "t" { table a { column v "数" row r "甲" rule GK205 warning, each column: r = s } }"#;
        assert_eq!(load(unknown), FormError::UnknownName { file: "x.form".into(), name: "s".into() });
        let extension = r#"form 1 "t" { table a { column v "数" row r "甲" } } form 2 extends 1 "u" { table a { local "乙" header "丙" } }"#;
        assert_eq!(load(extension), FormError::OnlyRows { file: "x.form".into(), name: "a".into() });
        let empty = r#"form 1 "t" { table a { column v "数" } }"#;
        assert_eq!(load(empty), FormError::Empty { file: "x.form".into(), name: "a".into() });
    }
}
