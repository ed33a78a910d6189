//! Binding: which figures belong to which row of the form.
//!
//! By label first, by position second. A row's label owns the figures behind it up to the next label. Rows that stand without a label, or with
//! one that is misspelt, are given to the rows of the form that are missing between their neighbours, if there are exactly as many of both;
//! such cells are `aligned`, never `printed`.

use std::{cell::RefCell, rc::Rc};

use gongkai_grammar::{FormTable, RowKind, cell, cell as cell_of, fold, lines, model::{Dialect, Span}};

use crate::{
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
        self.pipes_per_row = self.pipes_per_row.or(other.pipes_per_row);
        self.score += other.score;
        self.open_row = other.open_row;
    }

    /// Whether the label of a row behind the last one with figures stands without any.
    pub fn open_label(&self, last_row: Option<usize>) -> bool {
        self.open_row.is_some_and(|row| last_row.is_none_or(|last| row > last))
    }
}

/// Tokens that the brackets of a label may take.
const MAX_BRACKET: usize = 6;
/// Columns a table must have for figures behind a full row to be rows that lost their labels.
const MIN_UNLABELLED: usize = 5;

/// Binds a region to a table of an edition, in the dialect that explains most.
pub fn bind(text: &str, hits: &[Hit], lexicon: &Lexicon, region: &Region, edition: usize) -> Option<Bound> {
    let form = lexicon.table(edition, region.kind)?;
    let is_row = |hit: usize| {
        let label = hits.get(hit).and_then(|h| lexicon.label(h));
        label.is_some_and(|l| l.uses.iter().any(|u| u.edition == edition && u.kind == region.kind && matches!(u.role, Role::Row(_))))
    };
    let source = Source { text, hits, region, is_row: &is_row };
    let mut best: Option<Bound> = None;
    for reading in grid::readings(&source) {
        let Some(tokens) = reading(&source) else { continue };
        let behind = RefCell::new(vec![None; tokens.list.len()]);
        let folded = lexicon.rows(edition, region.kind);
        let binder = Binder { text, hits, lexicon, region, edition, form, folded, tokens: &tokens, behind };
        let bound = binder.bind();
        if binder.explains_all(&bound) {
            return Some(bound);
        }
        if best.as_ref().is_none_or(|b| bound.score > b.score) {
            best = Some(bound);
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
    behind: RefCell<Vec<Option<(usize, Rc<CellsFound>)>>>,
}

/// Figures without a label of their own.
#[derive(Clone, Debug)]
struct Loose {
    /// Words in front of them.
    label: Option<Span>,
    cells: Vec<Token>,
    /// Index of the first of their tokens.
    at: usize,
}

/// The longest chain of rows in the order of the form ends here.
#[derive(Clone, Copy)]
struct Link {
    token: usize,
    row: usize,
    weight: i64,
    previous: Option<usize>,
}

impl Binder<'_> {
    fn bind(&self) -> Bound {
        let mut bound = Bound {
            dialect: self.tokens.dialect,
            rows: Vec::new(),
            loose: Vec::new(),
            unknown_columns: Vec::new(),
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

    /// Whether every row of the form has its label and its cells, and nothing is left over: no other dialect can do better.
    fn explains_all(&self, bound: &Bound) -> bool {
        let whole = |row: &BoundRow| row.how == How::Label && row.excess == 0 && row.row.is_some_and(|r| row.cells.len() == self.columns(r));
        let rows = bound.rows.iter().filter(|b| b.row.and_then(|r| self.form.rows.get(r)).is_some_and(|r| r.kind == RowKind::Value)).count();
        let wanted = if self.form.across { 1 } else { self.form.rows.iter().filter(|r| r.kind == RowKind::Value).count() };
        rows == wanted && bound.loose.is_empty() && bound.unknown_columns.is_empty() && bound.rows.iter().all(whole)
    }

    fn columns(&self, row: usize) -> usize {
        if self.form.across { self.form.rows.iter().map(|r| r.columns.len()).sum() } else { self.form.rows.get(row).map_or(0, |r| r.columns.len()) }
    }

    fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.list.get(index)
    }

    /// Whether cells and rows are delimited in this dialect.
    fn by_lines(&self) -> bool {
        matches!(self.tokens.dialect, Dialect::PipeRows | Dialect::Tabs)
    }

    fn by_cells(&self) -> bool {
        self.by_lines() || self.tokens.dialect == Dialect::PipeLaw
    }

    // ----------------------------------------------------------------------------------------------------------------
    // Tables with a label in front of every row.

    fn bind_rows(&self, bound: &mut Bound) {
        let serial = self.has_serial_column();
        let extra = self.unknown_columns(bound);
        let mut used = vec![false; self.tokens.list.len()];
        let chain = self.chain();
        let drops = self.drops_cells(&chain);
        let lead = self.leading_blanks(&chain);
        for (token, row) in chain {
            let Some(found) = self.cells_behind(token, self.columns(row)) else { continue };
            let mut found = CellsFound::clone(&found);
            for &index in &found.tokens {
                if let Some(u) = used.get_mut(index) {
                    *u = true;
                }
            }
            let expected = self.columns(row);
            self.join_spanned(&mut found.cells, token, row);
            if !extra.is_empty() {
                remove_columns(&mut found.cells, &extra, expected, &self.form.rows.get(row).map_or(0..0, |r| r.columns.clone()));
            }
            trim_blanks(&mut found.cells, expected, lead);
            if serial && found.cells.len() == expected + 1 {
                found.cells.truncate(expected);
            }
            while found.cells.len() <= expected && found.cells.last().is_some_and(|c| c.kind == TokenKind::Pad || (drops && c.kind == TokenKind::MaybePad)) {
                found.cells.pop();
            }
            let mut excess = 0;
            if found.cells.len() > expected {
                // Whole rows behind the first one have lost their labels; anything else is too much for this row.
                let more = found.cells.len() - expected;
                if expected >= MIN_UNLABELLED && more.is_multiple_of(expected) {
                    found.cells.truncate(expected);
                    for &i in found.tokens.iter().rev().take(more) {
                        if let Some(u) = used.get_mut(i) {
                            *u = false;
                        }
                    }
                } else {
                    excess = more;
                    found.cells.truncate(expected);
                }
            }
            let label = self.token(token).map(|t| t.span);
            let at = found.tokens.first().copied().unwrap_or(token);
            bound.rows.push(BoundRow { row: Some(row), label, cells: found.cells, at, excess, unit: found.unit, how: How::Label });
        }
        self.stacked(bound, &mut used);
        self.out_of_order(bound, &mut used);
        if matches!(self.tokens.dialect, Dialect::PipeLaw | Dialect::PipeRows) && !self.framed() {
            settle_last_blanks(bound);
        }
        bound.open_row = bound.rows.iter().filter(|r| r.cells.is_empty()).filter_map(|r| r.row).max();
        self.place_loose(bound, &used);
        if serial {
            // Running numbers in front of groups.
            bound.loose.clear();
        }
        // A cell of words behind the last row is the text that follows.
        if self.tokens.dialect == Dialect::PipeLaw
            && let Some(last) = bound.rows.iter_mut().filter(|r| !r.cells.is_empty()).max_by_key(|r| r.at)
        {
            while last.cells.last().is_some_and(|c| c.kind == TokenKind::Text) {
                last.cells.pop();
            }
        }
    }

    /// Some tools print a cell once for every column it spans. Where the header repeats its labels in the same way, equal neighbours are one cell.
    fn join_spanned(&self, cells: &mut Vec<Token>, token: usize, row: usize) {
        let columns = self.form.rows.get(row).map_or(0..0, |r| r.columns.clone());
        if !self.by_lines() || cells.len() <= columns.len() {
            return;
        }
        let before = self.tokens.list.get(..token).unwrap_or_default();
        // The nearest header row above that names just the columns of this row.
        let header = before.rsplit(|t| t.kind == TokenKind::RowEnd).find_map(|line| {
            let mut named: Vec<usize> = Vec::new();
            for t in line {
                // A blank cell behind a header cell belongs to the column that spans it.
                let column = if is_blank(t) { named.last().copied() } else { self.column_of(t, &columns) };
                named.extend(column);
            }
            (named.len() == cells.len() && columns.clone().all(|c| named.contains(&c)) && named.is_sorted()).then_some(named)
        });
        let Some(header) = header else { return };
        let mut joined: Vec<Token> = Vec::new();
        let mut last = None;
        for (cell, column) in cells.iter().zip(header) {
            if last == Some(column) {
                if !is_blank(cell) && joined.last().is_none_or(|j| j.span.of(self.text) != cell.span.of(self.text)) {
                    return;
                }
            } else {
                joined.push(*cell);
            }
            last = Some(column);
        }
        *cells = joined;
    }

    /// The column among `columns` that a label names.
    fn column_of(&self, token: &Token, columns: &std::ops::Range<usize>) -> Option<usize> {
        let TokenKind::Label(hit) = token.kind else { return None };
        let label = self.hits.get(hit).and_then(|h| self.lexicon.label(h))?;
        label.uses.iter().filter(|u| u.edition == self.edition && u.kind == self.region.kind).find_map(|u| match u.role {
            Role::Column(column) if columns.contains(&column) => Some(column),
            _ => None,
        })
    }

    /// Blank cells between a label that spans columns and its figures, where the rows that end with a figure agree on their number.
    fn leading_blanks(&self, chain: &[(usize, usize)]) -> Option<usize> {
        let mut lead = None;
        for &(token, row) in chain {
            let Some(found) = self.cells_behind(token, self.columns(row)) else { continue };
            let more = found.cells.len().saturating_sub(self.columns(row));
            let blanks = found.cells.iter().take_while(|c| is_blank(c)).count();
            if more > 0 && found.cells.last().is_some_and(|c| !is_blank(c)) && blanks >= more {
                lead = lead.max(Some(more));
            }
        }
        lead
    }

    /// Whether every row stands between pipes and none is padded, as in Markdown: then every cell is one.
    fn framed(&self) -> bool {
        let region = self.region.span.of(self.text);
        !region.contains("||") && lines(region).map(|l| l.of(region).trim_start()).filter(|l| l.contains(grid::is_pipe)).all(|l| l.starts_with(grid::is_pipe))
    }

    /// Whether the flattening has dropped empty cells: some row has padding where the form has cells.
    fn drops_cells(&self, chain: &[(usize, usize)]) -> bool {
        chain.iter().any(|&(token, row)| {
            let expected = self.columns(row);
            self.cells_behind(token, expected).is_some_and(|found| {
                let kept = found.cells.iter().take_while(|c| c.kind != TokenKind::Pad).count();
                kept > 0 && kept < expected && kept < found.cells.len()
            })
        })
    }

    /// Labels stacked without anything between them, then figures: some text tools print the cells of a page column by column. As many figures
    /// as labels are theirs in order; any other number belongs to none of them for certain.
    fn stacked(&self, bound: &mut Bound, used: &mut [bool]) {
        if self.by_cells() {
            return;
        }
        let label_at = |row: &BoundRow| row.label.and_then(|l| self.tokens.list.iter().position(|t| t.span == l && matches!(t.kind, TokenKind::Label(_))));
        let mut stack: Vec<usize> = Vec::new();
        let mut previous: Option<usize> = None;
        for index in 0..bound.rows.len() {
            let Some(row) = bound.rows.get(index) else { return };
            let at = label_at(row);
            // Only labels without figures of their own stand between the labels of a stack.
            let together = previous.zip(at).is_some_and(|(p, at)| {
                self.tokens.list.get(p + 1..at).is_some_and(|between| between.iter().all(|t| matches!(t.kind, TokenKind::Label(_))))
            });
            if !together {
                stack.clear();
            }
            previous = at;
            stack.push(index);
            if row.cells.is_empty() || stack.len() < 2 {
                continue;
            }
            if row.row.is_none_or(|r| self.columns(r) != 1) {
                // Rows of blank cells look the same when these vanish: the row is read, but its label is no proof.
                if let Some(row) = bound.rows.get_mut(index) {
                    row.how = How::Order;
                }
                stack.clear();
                continue;
            }
            let run: Vec<usize> = (row.at..self.tokens.list.len())
                .take_while(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Value || (t.kind == TokenKind::Text && self.lexicon.is_unit(t.span.of(self.text)))))
                .filter(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Value))
                .collect();
            let fits = run.len() == stack.len();
            for (place, &member) in stack.iter().enumerate() {
                let Some(row) = bound.rows.get_mut(member) else { continue };
                row.cells.clear();
                row.excess = 0;
                if let Some(&i) = run.get(place).filter(|_| fits)
                    && let (Some(token), Some(u)) = (self.tokens.list.get(i), used.get_mut(i))
                {
                    row.cells.push(*token);
                    row.at = i;
                    row.how = How::Order;
                    *u = true;
                } else if let Some(u) = run.first().and_then(|&i| used.get_mut(i)) {
                    *u = false;
                }
            }
            stack.clear();
        }
    }

    /// Rows that stand out of the form's order, where label and figures share a line and only one row has that label.
    fn out_of_order(&self, bound: &mut Bound, used: &mut [bool]) {
        for (token, t) in self.tokens.list.iter().enumerate() {
            let TokenKind::Label(hit) = t.kind else { continue };
            let rows = self.rows_of(hit);
            let [row] = rows.as_slice() else { continue };
            if bound.rows.iter().any(|b| b.row == Some(*row) && !b.cells.is_empty()) {
                continue;
            }
            let Some(found) = self.cells_behind(token, self.columns(*row)) else { continue };
            let (Some(first), Some(last)) = (found.cells.first(), found.cells.last()) else { continue };
            let one_line = !self.text.get(t.span.end..last.span.end).unwrap_or("\n").contains(['\n', '\r']);
            let free = found.tokens.iter().all(|&i| used.get(i).is_some_and(|u| !u));
            // Rows that offices add stand now here, now there, so their place proves nothing against them.
            let local = self.form.rows.get(*row).is_some_and(|r| r.kind == RowKind::Local) && found.cells.len() <= self.columns(*row);
            if (found.cells.len() == self.columns(*row) || local) && one_line && free && first.span.start >= t.span.end && found.cells.iter().any(|c| c.kind == TokenKind::Value) {
                for &i in &found.tokens {
                    if let Some(u) = used.get_mut(i) {
                        *u = true;
                    }
                }
                bound.rows.retain(|b| b.row != Some(*row));
                let at = found.tokens.first().copied().unwrap_or(token);
                bound.rows.push(BoundRow { row: Some(*row), label: Some(t.span), cells: found.cells.clone(), at, excess: 0, unit: found.unit, how: How::Label });
            }
        }
    }

    /// Whether a label of the hits stands for no row of figures.
    fn is_group(&self, hit: usize) -> bool {
        let label = self.hits.get(hit).and_then(|h| self.lexicon.label(h));
        label.is_some_and(|l| l.uses.iter().any(|u| u.edition == self.edition && u.kind == self.region.kind && matches!(u.role, Role::Group | Role::Header | Role::Block(_))))
    }

    /// The rows that a label of the hits may stand for.
    fn rows_of(&self, hit: usize) -> Vec<usize> {
        let Some(label) = self.hits.get(hit).and_then(|h| self.lexicon.label(h)) else { return Vec::new() };
        label
            .uses
            .iter()
            .filter(|u| u.edition == self.edition && u.kind == self.region.kind)
            .filter_map(|u| match u.role {
                Role::Row(row) => Some(row),
                _ => None,
            })
            .collect()
    }

    /// The labels that stand for rows, in the order of the form: the chain with the greatest weight.
    fn chain(&self) -> Vec<(usize, usize)> {
        let mut links: Vec<Link> = Vec::new();
        // The best link that ends at each row of the form.
        let mut best: Vec<Option<usize>> = vec![None; self.form.rows.len()];
        for (token, t) in self.tokens.list.iter().enumerate() {
            let TokenKind::Label(hit) = t.kind else { continue };
            let Some((label, hit)) = self.hits.get(hit).and_then(|h| Some((self.lexicon.label(h)?, h))) else { continue };
            let mut new: Vec<Link> = Vec::new();
            for used in label.uses.iter().filter(|u| u.edition == self.edition && u.kind == self.region.kind) {
                let Role::Row(row) = used.role else { continue };
                let previous = best.get(..row).into_iter().flatten().flatten().max_by_key(|&&l| links.get(l).map_or(0, |l| l.weight)).copied();
                let before = previous.and_then(|l| links.get(l)).map_or(0, |l| l.weight);
                let weight = before + self.weight(token, row, hit, label.partial);
                new.push(Link { token, row, weight, previous });
            }
            for link in new {
                let better = best.get(link.row).copied().flatten().and_then(|l| links.get(l)).is_none_or(|l| link.weight > l.weight);
                if better && let Some(slot) = best.get_mut(link.row) {
                    *slot = Some(links.len());
                    links.push(link);
                }
            }
        }
        let mut chain = Vec::new();
        let mut at = best.into_iter().flatten().max_by_key(|&l| links.get(l).map_or(0, |l| l.weight));
        while let Some(link) = at.and_then(|l| links.get(l)) {
            chain.push((link.token, link.row));
            at = link.previous;
        }
        chain.reverse();
        chain
    }

    /// How much a label speaks for a row: its number, its figures and their count.
    fn weight(&self, token: usize, row: usize, hit: &Hit, partial: bool) -> i64 {
        let mut weight = if partial { 1 } else { 2 };
        if self.folded.get(row).is_some_and(|r| !r.number.is_empty() && self.number_before(hit, &r.number)) {
            weight += 3;
        }
        let expected = self.columns(row);
        if let Some(found) = self.cells_behind(token, expected) {
            let filled = found.cells.iter().any(|c| c.kind == TokenKind::Value);
            weight += if found.cells.len() >= expected { 4 } else { i64::from(!found.cells.is_empty()) } + i64::from(filled);
        }
        weight
    }

    /// Whether the number of a row stands in front of a label.
    fn number_before(&self, hit: &Hit, number: &str) -> bool {
        let before = self.text.get(..hit.span.start).unwrap_or_default();
        let tail: String = {
            let chars: Vec<char> = before.chars().rev().take(12).collect();
            chars.into_iter().rev().collect()
        };
        let tail = fold(&tail);
        tail.trim_end_matches(['、', '.']).ends_with(number)
    }

    /// The cells behind a label, up to the next label or the end of the row.
    fn cells_behind(&self, token: usize, expected: usize) -> Option<Rc<CellsFound>> {
        if let Some(Some((columns, found))) = self.behind.borrow().get(token)
            && *columns == expected
        {
            return Some(Rc::clone(found));
        }
        let found = Rc::new(self.look_behind(token, expected));
        if let Some(slot) = self.behind.borrow_mut().get_mut(token) {
            *slot = Some((expected, Rc::clone(&found)));
        }
        Some(found)
    }

    fn look_behind(&self, token: usize, expected: usize) -> CellsFound {
        let mut found = CellsFound::default();
        let mut in_label_cell = true;
        let mut depth = 0usize;
        for (index, t) in self.tokens.list.iter().enumerate().skip(token + 1) {
            match t.kind {
                // Short words of other labels inside the brackets of this one.
                TokenKind::Label(_) if found.cells.is_empty() && depth > 0 && index <= token + MAX_BRACKET => {}
                TokenKind::Label(_) => break,
                TokenKind::RowEnd if self.by_lines() => break,
                TokenKind::RowEnd => {}
                TokenKind::CellEnd => in_label_cell = false,
                TokenKind::Value => {
                    found.cells.push(*t);
                    found.tokens.push(index);
                }
                TokenKind::Blank | TokenKind::MaybePad | TokenKind::Pad => {
                    // A blank cell for the unit of a row that has none.
                    found.cells.push(*t);
                    found.tokens.push(index);
                }
                TokenKind::Text => {
                    let words = t.span.of(self.text);
                    let closes = words.chars().filter(|c| matches!(c, ')' | '）')).count();
                    let opens = words.chars().filter(|c| matches!(c, '(' | '（')).count();
                    depth = (depth + opens).saturating_sub(closes);
                    if found.cells.is_empty() && found.unit.is_none() && self.lexicon.is_unit(words) {
                        found.unit = Some(t.span);
                        in_label_cell = true;
                    } else if in_label_cell && found.cells.is_empty() && words.contains([':', '：']) && !self.by_cells() {
                        // 单位负责人：… is no rest of a label.
                        break;
                    } else if in_label_cell && found.cells.is_empty() {
                        // The rest of the label.
                    } else if self.by_cells() && found.cells.len() < expected {
                        found.cells.push(*t);
                        found.tokens.push(index);
                    } else {
                        break;
                    }
                }
            }
        }
        // — in the unit column of a row whose figure follows.
        if found.unit.is_none() && self.form.rows.iter().any(|r| r.unit.is_some()) && found.cells.len() > expected
            && found.cells.first().is_some_and(|c| matches!(cell(c.span.of(self.text)), gongkai_grammar::Cell::Dash | gongkai_grammar::Cell::Blank))
        {
            let first = found.cells.remove(0);
            found.unit = Some(first.span);
        }
        found
    }

    /// Gives figures without a label to the rows that are missing between their neighbours.
    fn place_loose(&self, bound: &mut Bound, used: &[bool]) {
        let loose = self.loose(used, bound);
        if loose.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut bound.rows);
        let full: Vec<&BoundRow> = rows.iter().filter(|r| !r.cells.is_empty()).collect();
        let mut borders: Vec<(usize, Option<usize>)> = vec![(0, None)];
        let mut in_order: Vec<(usize, Option<usize>)> = full.iter().map(|r| (r.at, r.row)).collect();
        in_order.sort_unstable();
        for (at, row) in in_order {
            if borders.last().is_some_and(|(_, above)| *above < row) {
                borders.push((at, row));
            }
        }
        borders.push((usize::MAX, Some(self.form.rows.len())));
        let mut placed: Vec<BoundRow> = Vec::new();
        for pair in borders.windows(2) {
            let [(from, above), (to, below)] = pair else { continue };
            let here: Vec<&Loose> = loose.iter().filter(|l| l.at >= *from && l.at < *to).collect();
            if here.is_empty() {
                continue;
            }
            let first = above.map_or(0, |row| row + 1);
            let missing: Vec<usize> = (first..below.unwrap_or(first))
                .filter(|&r| self.form.rows.get(r).is_some_and(|row| row.kind == RowKind::Value))
                .filter(|&r| !full.iter().any(|b| b.row == Some(r)))
                .collect();
            self.place_between(&here, &missing, &mut placed, bound);
        }
        bound.rows = rows;
        // A label that stood apart from its figures gives way to them.
        bound.rows.retain(|r| !r.cells.is_empty() || !placed.iter().any(|p| p.row == r.row));
        bound.rows.append(&mut placed);
        self.fill_blocks(bound);
        bound.rows.sort_by_key(|row| row.at);
    }

    /// In a block whose rows all stand apart from their figures, as many figures as cells are the block's, in order.
    fn fill_blocks(&self, bound: &mut Bound) {
        let titles: Vec<(usize, usize)> = self
            .tokens
            .list
            .iter()
            .filter_map(|t| {
                let TokenKind::Label(hit) = t.kind else { return None };
                let label = self.hits.get(hit).and_then(|h| self.lexicon.label(h))?;
                label.uses.iter().filter(|u| u.edition == self.edition && u.kind == self.region.kind).find_map(|u| match u.role {
                    Role::Block(block) => Some((t.span.start, block)),
                    _ => None,
                })
            })
            .collect();
        for (i, &(from, block)) in titles.iter().enumerate() {
            let to = titles.get(i + 1).map_or(usize::MAX, |t| t.0);
            let Some(rows) = self.form.blocks.get(block).map(|b| b.rows.clone()) else { continue };
            if rows.clone().any(|r| bound.rows.iter().any(|b| b.row == Some(r) && !b.cells.is_empty())) {
                continue;
            }
            let inside = |s: &Span| s.start >= from && s.start < to;
            let figures: Vec<Span> = bound.loose.iter().copied().filter(inside).collect();
            if figures.is_empty() || figures.len() != rows.clone().map(|r| self.columns(r)).sum::<usize>() {
                continue;
            }
            bound.loose.retain(|s| !inside(s));
            let mut figures = figures.into_iter();
            bound.rows.retain(|b| b.row.is_none_or(|r| !rows.contains(&r)));
            for row in rows {
                let cells: Vec<Token> = figures.by_ref().take(self.columns(row)).map(|span| Token { kind: TokenKind::Value, span }).collect();
                let at = self.tokens.list.iter().position(|t| Some(t.span) == cells.first().map(|c| c.span)).unwrap_or(0);
                bound.rows.push(BoundRow { row: Some(row), label: None, cells, at, excess: 0, unit: None, how: How::Order });
            }
        }
    }

    fn place_between(&self, here: &[&Loose], missing: &[usize], placed: &mut Vec<BoundRow>, bound: &mut Bound) {
        let mut left: Vec<usize> = missing.to_vec();
        let mut unlabelled: Vec<&Loose> = Vec::new();
        for loose in here {
            let Some(label) = loose.label else {
                unlabelled.push(loose);
                continue;
            };
            let words = label_words(label.of(self.text));
            // A piece of a label that was broken by its figures says where they belong, but is no label.
            let piece = left.iter().copied().find(|&r| {
                words.chars().count() >= 5 && self.folded.get(r).is_some_and(|row| row.labels.iter().any(|l| *l != words && l.contains(&words)))
            });
            if let Some(row) = piece.filter(|&r| loose.cells.len() == self.columns(r)) {
                left.retain(|&r| r != row);
                placed.push(BoundRow { row: Some(row), label: Some(label), cells: loose.cells.clone(), at: loose.at, excess: 0, unit: None, how: How::Order });
                continue;
            }
            let similar = left.iter().copied().map(|r| (self.folded.get(r).map_or(0, |row| similarity(&words, row)), r)).max_by_key(|&(s, _)| s).filter(|&(s, _)| s >= 60);
            if let Some((_, row)) = similar {
                left.retain(|&r| r != row);
                let mut cells = loose.cells.clone();
                let expected = self.columns(row);
                let excess = cells.len().saturating_sub(expected);
                cells.truncate(expected);
                placed.push(BoundRow { row: Some(row), label: Some(label), cells, at: loose.at, excess, unit: None, how: How::SimilarLabel });
            } else if words.chars().count() >= 2 && !self.is_total_of_words(&words) {
                placed.push(BoundRow { row: None, label: Some(label), cells: loose.cells.clone(), at: loose.at, excess: 0, unit: None, how: How::Label });
            } else {
                unlabelled.push(loose);
            }
        }
        let fits = |l: &&Loose, r: &usize| l.cells.len() == self.columns(*r) && l.cells.len() > 1;
        // A stray figure is no row.
        let widest = left.iter().map(|&r| self.columns(r)).max().unwrap_or(0);
        let (unlabelled, stray): (Vec<&Loose>, Vec<&Loose>) = unlabelled.into_iter().partition(|l| widest < 2 || l.cells.len() == widest);
        bound.loose.extend(stray.iter().flat_map(|l| &l.cells).filter(|c| c.kind == TokenKind::Value).map(|c| c.span));
        if !unlabelled.is_empty() && unlabelled.len() == left.len() && unlabelled.iter().zip(&left).all(|(l, r)| fits(l, r)) {
            for (loose, &row) in unlabelled.iter().zip(&left) {
                placed.push(BoundRow { row: Some(row), label: None, cells: loose.cells.clone(), at: loose.at, excess: 0, unit: None, how: How::Order });
            }
        } else {
            bound.loose.extend(unlabelled.iter().flat_map(|l| &l.cells).filter(|c| c.kind == TokenKind::Value).map(|c| c.span));
        }
    }

    /// Words that are only a piece of a group's label, broken off by the flattening.
    fn is_total_of_words(&self, words: &str) -> bool {
        self.folded.iter().any(|r| r.labels.iter().any(|l| l.contains(words)))
    }

    /// Runs of figures that no label owns, cut into rows.
    fn loose(&self, used: &[bool], bound: &Bound) -> Vec<Loose> {
        let mut list: Vec<Loose> = Vec::new();
        let mut label: Option<Span> = None;
        let mut run: Option<Loose> = None;
        // Before the first row with figures stands the header, whose digits (2011年度) are no figures; rows by order alone have no header.
        let first_row = bound.rows.iter().filter(|r| !r.cells.is_empty()).filter_map(|r| r.label).map(|l| l.start).min();
        for (index, t) in self.tokens.list.iter().enumerate() {
            let taken = used.get(index).copied().unwrap_or(false);
            match t.kind {
                TokenKind::Value | TokenKind::Blank | TokenKind::MaybePad if !taken => {
                    if let Some(run) = &mut run {
                        run.cells.push(*t);
                    } else {
                        run = Some(Loose { label, cells: vec![*t], at: index });
                    }
                    continue;
                }
                TokenKind::CellEnd => continue,
                TokenKind::Text if !taken => {
                    if run.is_none() && self.lexicon.is_unit(t.span.of(self.text)) {
                        continue;
                    }
                    let joined = label.filter(|_| run.is_none()).map_or(t.span, |l| Span::new(l.start, t.span.end));
                    list.extend(run.take());
                    label = Some(joined);
                    continue;
                }
                TokenKind::Pad => {}
                TokenKind::Label(hit) => {
                    list.extend(run.take());
                    // A row's label that could not be bound is a word of an unknown row.
                    label = Some(t.span).filter(|_| !self.is_group(hit));
                    continue;
                }
                _ => {
                    list.extend(run.take());
                    label = None;
                    continue;
                }
            }
            list.extend(run.take());
        }
        list.extend(run.take());
        let expected = self.form.rows.iter().map(|r| r.columns.len()).max().unwrap_or(1);
        let mut rows = Vec::new();
        for mut loose in list {
            // Dashes and blanks alone are the unit cells of group rows.
            let number = |c: &Token| matches!(cell(c.span.of(self.text)), gongkai_grammar::Cell::Number(_) | gongkai_grammar::Cell::Composite(_) | gongkai_grammar::Cell::None);
            if !loose.cells.iter().any(|c| c.kind == TokenKind::Value && number(c)) {
                continue;
            }
            while loose.cells.last().is_some_and(|c| c.kind != TokenKind::Value) {
                loose.cells.pop();
            }
            // Blanks in front of figures may be cells of a label column.
            let blanks = loose.cells.iter().take_while(|c| c.kind != TokenKind::Value).count();
            loose.cells.drain(..blanks.min(loose.cells.len().saturating_sub(expected)));
            let in_header = first_row.is_some_and(|first| loose.cells.first().is_some_and(|c| c.span.start < first));
            if loose.cells.is_empty() || (in_header && loose.cells.len() != expected) || (in_header && expected < 3) {
                continue;
            }
            if expected > 1 && loose.cells.len() > expected && loose.cells.len().is_multiple_of(expected) {
                for (i, cells) in loose.cells.chunks(expected).enumerate() {
                    rows.push(Loose { label: loose.label.filter(|_| i == 0), cells: cells.to_vec(), at: loose.at + i });
                }
            } else {
                rows.push(loose);
            }
        }
        rows
    }

    /// Whether the table has a column of running numbers in front of its labels.
    fn has_serial_column(&self) -> bool {
        self.lexicon.serial.is_some_and(|serial| self.hits.get(self.region.hits.clone()).unwrap_or_default().iter().any(|h| h.label == serial))
    }

    /// Header cells that are none of the form's, by their index among the header's columns of figures.
    fn unknown_columns(&self, bound: &mut Bound) -> Vec<(usize, usize)> {
        let mut unknown = Vec::new();
        if !self.by_cells() {
            return unknown;
        }
        let (mut place, mut block_first): (Option<usize>, usize) = (None, 0);
        for (index, t) in self.tokens.list.iter().enumerate() {
            match t.kind {
                TokenKind::Label(hit) => {
                    let role = self.hits.get(hit).and_then(|h| self.lexicon.label(h)).and_then(|l| {
                        l.uses.iter().find(|u| u.edition == self.edition && u.kind == self.region.kind).map(|u| u.role)
                    });
                    match role {
                        Some(Role::Column(column)) => {
                            if place.is_none() {
                                block_first = column;
                            }
                            place = Some(place.map_or(0, |p| p + 1));
                        }
                        Some(Role::Row(_) | Role::Block(_)) => place = None,
                        _ => {}
                    }
                }
                TokenKind::Text => {
                    // A whole cell of the header's row.
                    let cell = |i: Option<usize>| i.and_then(|i| self.token(i)).is_some_and(|t| t.kind == TokenKind::CellEnd);
                    let words = fold(t.span.of(self.text));
                    if let Some(p) = &mut place
                        && cell(index.checked_sub(1))
                        && cell(Some(index + 1))
                        && !words.starts_with('(')
                        && !self.form.columns.iter().any(|c| c.labels.iter().any(|l| fold(l).contains(&words)))
                        && words.chars().filter(|c| c.is_alphabetic()).count() >= 2
                    {
                        *p += 1;
                        unknown.push((block_first, *p));
                        bound.unknown_columns.push(t.span);
                    }
                }
                TokenKind::RowEnd => place = None,
                TokenKind::Value => place = None,
                _ => {}
            }
        }
        unknown
    }

    /// The commonest number of pipes from one row to the next.
    fn pipes_per_row(&self, bound: &Bound) -> Option<usize> {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        let starts: Vec<usize> = bound.rows.iter().filter_map(|r| r.label.map(|l| l.start)).collect();
        for pair in starts.windows(2) {
            let [from, to] = pair else { continue };
            let pipes = self.text.get(*from..*to).unwrap_or_default().chars().filter(|&c| grid::is_pipe(c)).count();
            *counts.entry(pipes).or_default() += 1;
        }
        counts.into_iter().max_by_key(|&(pipes, times)| (times, std::cmp::Reverse(pipes))).map(|(pipes, _)| pipes)
    }

    // ----------------------------------------------------------------------------------------------------------------
    // Tables whose rows stand side by side in one line.

    fn bind_across(&self, bound: &mut Bound) {
        let expected: usize = self.form.rows.iter().map(|r| r.columns.len()).sum();
        let behind = self.tokens.list.iter().rposition(|t| matches!(t.kind, TokenKind::Label(_))).map_or(0, |i| i + 1);
        let is_cell = |t: &&Token| matches!(t.kind, TokenKind::Value | TokenKind::Blank | TokenKind::MaybePad);
        let tail = self.tokens.list.get(behind..).unwrap_or_default();
        let mut rows: Vec<Vec<Token>> = tail.split(|t| t.kind == TokenKind::RowEnd).map(|row| row.iter().filter(is_cell).copied().collect()).collect();
        if !self.by_lines() {
            // Words behind the figures end them.
            let start = tail.iter().position(|t| is_cell(&t)).unwrap_or(tail.len());
            let run = tail.get(start..).unwrap_or_default();
            rows = vec![run.iter().take_while(|t| t.kind != TokenKind::Text).filter(is_cell).copied().collect()];
        }
        let filled = |row: &Vec<Token>| row.iter().filter(|t| t.kind == TokenKind::Value).count();
        let mut cells = rows.into_iter().max_by_key(filled).unwrap_or_default();
        while cells.len() > expected && cells.last().is_some_and(|t| t.kind != TokenKind::Value) {
            cells.pop();
        }
        let blanks = cells.iter().take_while(|t| t.kind != TokenKind::Value).count();
        cells.drain(..blanks.min(cells.len().saturating_sub(expected)));
        let mut how = How::Label;
        if cells.len() != expected {
            // Figures among the words of a header that was torn apart: in order, if they obey the totals.
            let all: Vec<Token> = self.tokens.list.iter().filter(|t| t.kind == TokenKind::Value).take(expected).copied().collect();
            if all.len() == expected && self.obeys_totals(&all) {
                cells = all;
                how = How::Order;
            }
        }
        // Where rows begin with a pipe of their own, a blank first cell may be that.
        let opened = self.tokens.list.windows(3).any(|w| matches!(w, [a, b, c] if is_blank(a) && a.kind != TokenKind::Pad && b.kind == TokenKind::CellEnd && matches!(c.kind, TokenKind::Label(_))));
        if opened && self.tokens.dialect == Dialect::PipeLaw && let Some(first) = cells.first_mut().filter(|c| is_blank(c)) {
            first.kind = TokenKind::MaybePad;
        }
        let excess = cells.len().saturating_sub(expected);
        cells.truncate(expected);
        if cells.is_empty() || !cells.iter().any(|c| c.kind == TokenKind::Value) && cells.len() < expected {
            return;
        }
        bound.rows.push(BoundRow { row: Some(0), label: None, cells, at: behind, excess, unit: None, how });
    }
}

impl Binder<'_> {
    /// Whether numbers for all cells of a table obey its rules, some of them with something to add up.
    fn obeys_totals(&self, cells: &[Token]) -> bool {
        let places: Vec<(usize, usize)> = self.form.rows.iter().enumerate().flat_map(|(r, row)| row.columns.clone().map(move |c| (r, c))).collect();
        let value = |cell: (usize, usize)| {
            let token = places.iter().position(|&p| p == cell).and_then(|i| cells.get(i))?;
            match cell_of(token.span.of(self.text)) {
                gongkai_grammar::Cell::Number(n) => Some(n.value),
                _ => None,
            }
        };
        solve::obeys_all(self.form, value)
    }
}

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

/// Whether the blank cell at the end of a row is one: yes, if a blank cell stands before a figure in another row, for then the flattening keeps
/// them. Otherwise it may be padding for an empty cell that was dropped.
fn settle_last_blanks(bound: &mut Bound) {
    let inner = |row: &BoundRow| row.cells.iter().rposition(|c| !is_blank(c)).is_some_and(|last| row.cells.iter().take(last).any(is_blank));
    let keeps = bound.rows.iter().any(inner);
    for row in &mut bound.rows {
        for cell in row.cells.iter_mut().rev().take_while(|c| is_blank(c)) {
            cell.kind = if keeps { TokenKind::Blank } else { TokenKind::MaybePad };
        }
    }
}

/// Takes blank cells away that are none of the row's: those of a label that spans columns in front, padding behind.
fn trim_blanks(cells: &mut Vec<Token>, expected: usize, lead: Option<usize>) {
    let ends_filled = |cells: &Vec<Token>| cells.last().is_some_and(|c| !is_blank(c));
    let mut lead = if ends_filled(cells) { cells.len() } else { lead.unwrap_or(0) };
    lead = lead.min(cells.iter().take_while(|c| is_blank(c)).count()).min(cells.len().saturating_sub(expected));
    cells.drain(..lead);
    while cells.len() > expected && cells.last().is_some_and(is_blank) {
        cells.pop();
    }
}

/// Takes the values of unknown columns out of a row. `extra` are pairs of a block's first column and a place among its columns.
fn remove_columns(cells: &mut Vec<Token>, extra: &[(usize, usize)], expected: usize, columns: &std::ops::Range<usize>) {
    let mut places: Vec<usize> = extra.iter().filter(|(first, _)| columns.contains(first)).map(|&(_, place)| place).collect();
    places.sort_unstable();
    let filled = cells.iter().rposition(|c| !is_blank(c)).map_or(0, |last| last + 1);
    if filled != expected + places.len() {
        return;
    }
    for place in places.into_iter().rev() {
        if place < cells.len() {
            cells.remove(place);
        }
    }
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

/// How alike a label (without its number) and a row of the form are, in percent: the common subsequence of the longer one.
fn similarity(words: &str, row: &FoldedRow) -> i64 {
    let a: Vec<char> = words.chars().take(60).collect();
    row.labels
        .iter()
        .map(|label| {
            let b: Vec<char> = label.chars().take(60).collect();
            let longer = a.len().max(b.len()).max(1);
            count(100 * common(&a, &b) / longer)
        })
        .max()
        .unwrap_or(0)
}

/// Length of the longest common subsequence.
fn common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (i, y) in b.iter().enumerate() {
            let above = row.get(i + 1).copied().unwrap_or(0);
            let left = row.get(i).copied().unwrap_or(0);
            if let Some(slot) = row.get_mut(i + 1) {
                *slot = if x == y { diagonal + 1 } else { above.max(left) };
            }
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}
