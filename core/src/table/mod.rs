//! Binding: which figures belong to which row of the form.
//!
//! By label first, by position second. A row's label owns the figures behind it up to the next label. Rows that stand without a label, or with
//! one that is misspelt, are given to the rows of the form that are missing between their neighbours, if there are exactly as many of both;
//! such cells are `aligned`, never `printed`.

mod across;
mod header;
mod loose;
mod rows;

use std::{cell::RefCell, rc::Rc};

use gongkai_grammar::{
    FormTable, RowKind, cell, cell as cell_of, fold, lines,
    model::{Dialect, Span},
};

use crate::{
    document::Grid,
    grid::{self, Source, Token, TokenKind, Tokens},
    labels::{FoldedRow, Hit, Lexicon, Role},
    region::Region,
    solve,
};

/// A row of the form and the cells found for it.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundRow {
    /// Index in the form's rows; `None` for a row that the form does not know.
    pub row: Option<usize>,
    /// The printed label.
    pub label: Option<Span>,
    /// Its cells: value cells and blank ones, without units.
    pub cells: Vec<Token>,
    /// Place of the first cell among the region's tokens.
    pub at: usize,
    /// Cells behind those the form has, if any of them holds something.
    pub excess: usize,
    /// A unit printed in a cell of its own.
    pub unit: Option<Span>,
    /// How the row is known.
    pub how: How,
}

/// How a row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By its label.
    Label,
    /// By a label that differs a little from the form's.
    SimilarLabel,
    /// By its place among the others.
    Order,
}

/// What was found of a table in one region.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The dialect that explains the rows best.
    pub dialect: Dialect,
    /// Rows in the order of the text.
    pub rows: Vec<BoundRow>,
    /// Figures that belong to no row.
    pub loose: Vec<Span>,
    /// Header cells that are none of the form's.
    pub unknown_columns: Vec<Span>,
    /// Columns of the form that the header names, in order.
    pub named_columns: Vec<usize>,
    /// Units of money that the header prints for a column of amounts.
    pub column_units: Vec<(usize, Span)>,
    /// Cells a row, if the region obeys the pipe law.
    pub pipes_per_row: Option<usize>,
    /// The last row whose label stands without figures.
    open_row: Option<usize>,
    score: i64,
}

impl Bound {
    /// How much the binding explains; comparable between editions and dialects of one region.
    pub fn score(&self) -> i64 {
        self.score
    }

    /// Adds what another region found of the same table.
    pub fn merge(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.loose.extend(other.loose);
        self.unknown_columns.extend(other.unknown_columns);
        self.named_columns.extend(other.named_columns);
        self.named_columns.sort_unstable();
        self.named_columns.dedup();
        self.column_units.extend(other.column_units);
        self.pipes_per_row = self.pipes_per_row.or(other.pipes_per_row);
        self.score += other.score;
        self.open_row = other.open_row;
    }

    /// Whether the label of a row behind the last one with figures stands without any.
    pub fn open_label(&self, last_row: Option<usize>) -> bool {
        self.open_row.is_some_and(|row| last_row.is_none_or(|last| row > last))
    }
}

/// Binds a region to its table in each of the editions, in the dialect that explains most.
pub fn bind(text: &str, hits: &[Hit], lexicon: &Lexicon, region: &Region, grids: &[Grid], editions: &[usize]) -> Vec<Option<Bound>> {
    let stands_for = |hit: usize, what: fn(&Role) -> bool| {
        let label = hits.get(hit).and_then(|h| lexicon.label(h));
        label.is_some_and(|l| editions.iter().flat_map(|&edition| l.roles(edition, region.kind)).any(what))
    };
    let is_row = |hit: usize| stands_for(hit, |role| matches!(role, Role::Row(_)));
    let is_column = |hit: usize| stands_for(hit, |role| matches!(role, Role::Column(_))) && !is_row(hit);
    let grids = grids.get(region.grids.clone()).unwrap_or_default();
    let source = Source { text, hits, region, grids, is_row: &is_row, is_column: &is_column };
    let mut best: Vec<Option<Bound>> = vec![None; editions.len()];
    let mut done = vec![false; editions.len()];
    for reading in grid::readings(&source) {
        if done.iter().all(|&d| d) {
            break;
        }
        let Some(tokens) = reading(&source) else { continue };
        for ((&edition, best), done) in editions.iter().zip(&mut best).zip(&mut done).filter(|(_, done)| !**done) {
            let Some(form) = lexicon.table(edition, region.kind) else { continue };
            let behind = RefCell::new(vec![None; tokens.list.len()]);
            let folded = lexicon.rows(edition, region.kind);
            let binder = Binder { text, hits, lexicon, region, edition, form, folded, tokens: &tokens, behind };
            let bound = binder.bind();
            if tokens.dialect == Dialect::BlankLines && !binder.is_whole(&bound) {
                continue;
            }
            *done = binder.explains_all(&bound);
            if *done || best.as_ref().is_none_or(|b| bound.score > b.score) {
                *best = Some(bound);
            }
        }
    }
    best
}

struct Binder<'a> {
    text: &'a str,
    hits: &'a [Hit],
    lexicon: &'a Lexicon,
    region: &'a Region,
    edition: usize,
    form: &'static FormTable,
    folded: &'a [FoldedRow],
    tokens: &'a Tokens,
    /// What stands behind each label, once looked for: (columns expected, what was found).
    behind: RefCell<Vec<Option<Behind>>>,
}

impl Binder<'_> {
    fn bind(&self) -> Bound {
        let mut bound = Bound {
            dialect: self.tokens.dialect,
            rows: Vec::new(),
            loose: Vec::new(),
            unknown_columns: Vec::new(),
            named_columns: self.named_columns(),
            column_units: self.column_units(),
            pipes_per_row: None,
            open_row: None,
            score: 0,
        };
        if self.form.across {
            self.bind_across(&mut bound);
        } else {
            self.bind_rows(&mut bound);
        }
        if self.tokens.dialect == Dialect::ColumnBlocks {
            bound.rows.iter_mut().for_each(|row| row.how = How::Order);
        }
        if self.tokens.dialect == Dialect::PipeLaw {
            bound.pipes_per_row = self.pipes_per_row(&bound);
        }
        bound.score = self.score(&bound);
        bound
    }

    /// What the binding explains: cells under their own label count most, figures left over against it.
    fn score(&self, bound: &Bound) -> i64 {
        let mut score = -3 * count(bound.loose.len());
        for row in &bound.rows {
            let expected = row.row.map_or(0, |r| self.columns(r));
            let filled = count(row.cells.iter().filter(|c| c.kind == TokenKind::Value).count());
            score += match row.how {
                _ if row.row.is_none() => -filled,
                _ if row.cells.len() != expected || row.excess > 0 => filled + 1,
                How::Label => 4 * count(expected) + filled,
                How::SimilarLabel => 3 * count(expected) + filled,
                How::Order => 2 * count(expected) + filled,
            };
        }
        score
    }

    /// Whether every row that was found has just its cells. The blank lines behind the last one may have been cut off.
    fn is_whole(&self, bound: &Bound) -> bool {
        let last = bound.rows.iter().filter(|row| row.label.is_some()).map(|row| row.at).max();
        let cut = |row: &BoundRow| Some(row.at) == last && row.cells.iter().all(is_blank);
        let whole = |row: &BoundRow| row.excess == 0 && row.row.is_some_and(|r| row.cells.len() == self.columns(r));
        // One row has its cells by chance; its totals must be right too.
        let proven = !self.form.across || bound.rows.iter().all(|row| self.obeys_totals(&row.cells));
        bound.loose.is_empty() && bound.rows.iter().all(|row| whole(row) || cut(row)) && proven
    }

    /// Whether every row of the form has its label and its cells, and nothing is left over: no other dialect can do better.
    fn explains_all(&self, bound: &Bound) -> bool {
        let whole = |row: &BoundRow| row.how == How::Label && row.excess == 0 && row.row.is_some_and(|r| row.cells.len() == self.columns(r));
        let rows = bound.rows.iter().filter(|b| b.row.and_then(|r| self.form.rows.get(r)).is_some_and(|r| r.kind == RowKind::Value)).count();
        let wanted = if self.form.across { 1 } else { self.form.rows.iter().filter(|r| r.kind == RowKind::Value).count() };
        rows == wanted && bound.loose.is_empty() && bound.unknown_columns.is_empty() && bound.rows.iter().all(whole)
    }

    /// What a label of the hits stands for in this table.
    fn roles(&self, hit: usize) -> &[Role] {
        self.hits.get(hit).and_then(|h| self.lexicon.label(h)).map(|l| l.roles(self.edition, self.region.kind)).unwrap_or_default()
    }

    fn columns(&self, row: usize) -> usize {
        if self.form.across { self.form.rows.iter().map(|r| r.columns.len()).sum() } else { self.form.rows.get(row).map_or(0, |r| r.columns.len()) }
    }

    fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.list.get(index)
    }

    /// Whether cells and rows are delimited in this dialect.
    fn by_lines(&self) -> bool {
        matches!(self.tokens.dialect, Dialect::PipeRows | Dialect::Tabs | Dialect::Grid)
    }

    fn by_cells(&self) -> bool {
        self.by_lines() || self.tokens.dialect == Dialect::PipeLaw
    }
}

/// The number of columns asked for, and the cells found for them.
type Behind = (usize, Rc<CellsFound>);

#[derive(Clone, Debug, Default)]
struct CellsFound {
    cells: Vec<Token>,
    tokens: Vec<usize>,
    unit: Option<Span>,
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX / 8)
}

const fn is_blank(cell: &Token) -> bool {
    matches!(cell.kind, TokenKind::Blank | TokenKind::MaybePad | TokenKind::Pad)
}

/// A label without its number and the word 其中.
pub fn label_words(label: &str) -> String {
    let label = fold(label);
    let mut rest = label.trim_start_matches("其中:");
    if let Some(inner) = rest.strip_prefix('(')
        && let Some((number, behind)) = inner.split_once(')')
        && number.chars().count() <= 3
        && gongkai_grammar::small_number(number).is_some()
    {
        rest = behind;
    } else if let Some((number, behind)) = rest.split_once(['、', '.'])
        && number.chars().count() <= 3
        && gongkai_grammar::small_number(number).is_some()
    {
        rest = behind;
    }
    rest.to_owned()
}
