//! What the header and the look of the rows say about the cells: columns the form does not have, cells that span columns, blank cells and padding.

use gongkai_grammar::ColumnKind;

use super::*;
use crate::outline::scan::is_letter;

/// Letters that the header of a column has at most.
const MAX_HEADER: usize = 24;
/// Rows with a code, for it to be one.
const MIN_CODES: usize = 8;
/// What codes grow by at most from one row of figures to the next; headings have codes too.
const MAX_STEP: u64 = 4;

impl Binder<'_> {
    /// Whether the table has a column of running numbers in front of its labels.
    pub(super) fn has_serial_column(&self) -> bool {
        self.lexicon.serial.is_some_and(|serial| self.hits.get(self.region.hits.clone()).unwrap_or_default().iter().any(|h| h.label == serial))
    }

    /// The labels, among those of the chain, behind which the code of the row stands in front of its figures: 01, 02, 03. Codes ascend from row to
    /// row, and with them most rows have a cell too many.
    pub(super) fn coded(&self, chain: &[(usize, usize)]) -> Vec<usize> {
        let (mut coded, mut rows, mut longer, mut last) = (Vec::new(), 0usize, 0usize, 0u64);
        for &(token, row) in chain {
            let Some(found) = self.cells_behind(token, self.columns(row)) else { continue };
            let Some(first) = found.cells.first().map(|cell| cell.span.of(self.text)) else { continue };
            rows += 1;
            longer += usize::from(found.cells.len() == self.columns(row) + 1);
            if let Some(code) = first.parse().ok().filter(|code| (last + 1..=last + MAX_STEP).contains(code)) {
                last = code;
                coded.push(token);
            }
        }
        if coded.len() >= MIN_CODES && coded.len() * 10 >= rows * 9 && longer * 2 > rows { coded } else { Vec::new() }
    }

    /// The columns of the form that the header names, in order. A label among other words (工作年度报告) names none, nor, for certain, one that
    /// is that of a row too (总计).
    pub(super) fn named_columns(&self) -> Vec<usize> {
        let alone = |span: Span| {
            let before = self.text.get(..span.start).and_then(|text| text.chars().next_back());
            let behind = self.text.get(span.end..).and_then(|text| text.chars().next());
            ![before, behind].into_iter().flatten().any(is_letter)
        };
        let headers = self.region.hits.clone().filter(|&hit| self.hits.get(hit).is_some_and(|hit| alone(hit.span)));
        let roles = headers.map(|hit| self.roles(hit)).filter(|roles| !roles.iter().any(|role| matches!(role, Role::Row(_))));
        let columns = roles.flatten().filter_map(|role| match role {
            Role::Column(column) => Some(*column),
            _ => None,
        });
        let named: std::collections::BTreeSet<usize> = columns.collect();
        named.into_iter().collect()
    }

    /// The units of money that stand in the header beside the label of a column of amounts: 采购总金额（元）, 本年收费金额（单位：元）.
    pub(super) fn column_units(&self) -> Vec<(usize, Span)> {
        let amounts: Vec<usize> =
            (0..self.form.columns.len()).filter(|&c| self.form.columns.get(c).is_some_and(|c| c.kind == ColumnKind::Amount)).collect();
        let mut units = Vec::new();
        for index in self.region.hits.clone().filter(|_| !amounts.is_empty()) {
            let Some(hit) = self.hits.get(index) else { continue };
            let columns = self.roles(index).iter().filter_map(|role| match role {
                Role::Column(column) if amounts.contains(column) => Some(*column),
                _ => None,
            });
            let unit = grid::unit_beside(self.text, hit.span);
            units.extend(columns.filter_map(|column| Some((column, unit?))));
        }
        units
    }

    /// Header cells that are none of the form's, by their index among the header's columns of figures.
    pub(super) fn unknown_columns(&self, bound: &mut Bound) -> Vec<(usize, usize)> {
        let mut unknown = Vec::new();
        if !self.by_cells() {
            return unknown;
        }
        let (mut place, mut block_first): (Option<usize>, usize) = (None, 0);
        for (index, t) in self.tokens.list.iter().enumerate() {
            match t.kind {
                TokenKind::Label(hit) => match self.roles(hit).first() {
                    Some(&Role::Column(column)) => {
                        if place.is_none() {
                            block_first = column;
                        }
                        place = Some(place.map_or(0, |p| p + 1));
                    }
                    Some(Role::Row(_) | Role::Block(_)) => place = None,
                    _ => {}
                },
                TokenKind::Text => {
                    // A whole cell of the header's row.
                    let cell = |i: Option<usize>| i.and_then(|i| self.token(i)).is_some_and(|t| t.kind == TokenKind::CellEnd);
                    let words = fold(t.span.of(self.text));
                    if let Some(p) = &mut place
                        && cell(index.checked_sub(1))
                        && cell(Some(index + 1))
                        && !words.starts_with('(')
                        && !self.form.columns.iter().any(|c| c.labels.iter().any(|l| fold(l).contains(&words)))
                        && (2..=MAX_HEADER).contains(&words.chars().filter(|c| c.is_alphabetic()).count())
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

    /// The orders in which a header names the columns of rows, where it is another than the form's; with the columns' start. The place of each
    /// column of the header among those of the form.
    pub(super) fn column_orders(&self, chain: &[(usize, usize)]) -> Vec<(usize, Vec<usize>)> {
        let mut seen: Vec<usize> = Vec::new();
        let mut orders = Vec::new();
        for &(token, row) in chain.iter().filter(|_| self.tokens.dialect != Dialect::ColumnBlocks) {
            let Some(columns) = self.form.rows.get(row).map(|r| r.columns.clone()).filter(|c| c.len() > 1 && !seen.contains(&c.start)) else {
                continue;
            };
            seen.push(columns.start);
            let order = if self.tokens.dialect == Dialect::Grid { self.column_order(token, &columns) } else { self.printed_order(token, &columns) };
            let whole = |order: &Vec<usize>| order.len() == columns.len() && (0..columns.len()).all(|place| order.contains(&place));
            orders.extend(order.filter(|order| whole(order) && !order.is_sorted()).map(|order| (columns.start, order)));
        }
        orders
    }

    /// The order in which a header of text names the columns, one behind the other with nothing but marks between them. (A heading of several
    /// columns among them stands in a line of its own as a rule; then the order of the words tells nothing.)
    fn printed_order(&self, token: usize, columns: &std::ops::Range<usize>) -> Option<Vec<usize>> {
        let labels = self.tokens.list.get(..token)?.iter().rev().filter(|t| matches!(t.kind, TokenKind::Label(_)));
        let mut order: Vec<usize> = Vec::new();
        let mut below: Option<Span> = None;
        for label in labels {
            match self.column_of(label, columns) {
                Some(column) => {
                    let gap = below.map_or("", |below| self.text.get(label.span.end..below.start).unwrap_or_default());
                    if gap.chars().any(is_letter) {
                        return None;
                    }
                    order.push(column - columns.start);
                    below = Some(label.span);
                    if order.len() == columns.len() {
                        order.reverse();
                        return Some(order);
                    }
                }
                None if order.is_empty() => {}
                None => return None,
            }
        }
        None
    }

    /// The order in the lines of cells above a row. A cell of an upper line that heads others stands for the columns of the line below it.
    fn column_order(&self, token: usize, columns: &std::ops::Range<usize>) -> Option<Vec<usize>> {
        let before = self.tokens.list.get(..token)?;
        let end = before.iter().rposition(|t| t.kind == TokenKind::RowEnd)?;
        let names = |line: &&[Token]| line.iter().any(|t| self.column_of(t, columns).is_some());
        let mut order: Vec<usize> = Vec::new();
        for line in before.get(..end)?.rsplit(|t| t.kind == TokenKind::RowEnd).skip_while(|line| !names(line)).take_while(names) {
            let mut below = Some(std::mem::take(&mut order)).filter(|below| !below.is_empty());
            // Which of several cells heads the line below cannot be told.
            if below.is_some() && line.iter().filter(|t| self.is_heading(t)).count() != 1 {
                return None;
            }
            for t in line {
                match self.column_of(t, columns) {
                    Some(column) => order.push(column - columns.start),
                    None if self.is_heading(t) => order.extend(below.take().into_iter().flatten()),
                    None => {}
                }
            }
        }
        Some(order)
    }

    /// Whether a label is a cell of the header that names no column.
    fn is_heading(&self, token: &Token) -> bool {
        let TokenKind::Label(hit) = token.kind else { return false };
        let label = self.hits.get(hit).and_then(|hit| self.lexicon.label(hit));
        self.roles(hit).contains(&Role::Header) && label.is_some_and(|label| self.form.headers.iter().any(|header| fold(header) == label.text))
    }

    /// Puts the cells of rows into the form's order where the header names the columns in another, unless that breaks rules which hold as it stands.
    pub(super) fn reorder(&self, bound: &mut Bound, orders: &[(usize, Vec<usize>)]) {
        for (start, order) in orders {
            let of_header = |row: &BoundRow| row.row.and_then(|r| self.form.rows.get(r)).is_some_and(|r| r.columns.start == *start);
            let ordered = |cells: &[Token]| -> Vec<Token> {
                let place = |column: usize| order.iter().position(|&c| c == column).and_then(|printed| cells.get(printed)).copied();
                (0..order.len()).filter_map(place).collect()
            };
            let broken = |cells: &dyn Fn(&[Token]) -> Vec<Token>| {
                let rows = bound.rows.iter().filter(|row| of_header(row) && row.cells.len() == order.len());
                rows.filter(|row| self.breaks_row(row.row, *start, &cells(&row.cells))).count()
            };
            if broken(&ordered) > broken(&|cells: &[Token]| cells.to_vec()) {
                continue;
            }
            for row in bound.rows.iter_mut().filter(|row| of_header(row)) {
                // Which cells a row of another width has cannot be told.
                row.cells = if row.cells.len() == order.len() && row.excess == 0 { ordered(&row.cells) } else { Vec::new() };
            }
        }
    }

    fn breaks_row(&self, row: Option<usize>, start: usize, cells: &[Token]) -> bool {
        let value = |(_, column): (usize, usize)| {
            let token = column.checked_sub(start).and_then(|place| cells.get(place))?;
            match cell(token.span.of(self.text)) {
                gongkai_grammar::Cell::Number(n) => Some(n.value),
                _ => None,
            }
        };
        row.is_some_and(|row| solve::breaks_row(self.form, row, value))
    }

    /// The column among `columns` that a label names.
    fn column_of(&self, token: &Token, columns: &std::ops::Range<usize>) -> Option<usize> {
        let TokenKind::Label(hit) = token.kind else { return None };
        self.roles(hit).iter().find_map(|role| match role {
            Role::Column(column) if columns.contains(column) => Some(*column),
            _ => None,
        })
    }

    /// Some tools print a cell once for every column it spans. Where the header repeats its labels in the same way, equal neighbours are one cell.
    pub(super) fn join_spanned(&self, cells: &mut Vec<Token>, token: usize, row: usize) {
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

    /// Blank cells between a label that spans columns and its figures, where the rows that end with a figure agree on their number.
    pub(super) fn leading_blanks(&self, chain: &[(usize, usize)]) -> Option<usize> {
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

    /// Whether every row stands between pipes and none is padded, as in Markdown: then every cell is one. The region begins inside its first line.
    pub(super) fn framed(&self) -> bool {
        let region = self.region.span.of(self.text);
        let pipes = grid::Pipes::of(region);
        !region.contains("||")
            && lines(region).skip(1).map(|l| l.of(region).trim_start()).filter(|l| pipes.any(l)).all(|l| l.starts_with(grid::is_pipe))
    }

    /// Whether the flattening has dropped empty cells: some row has padding where the form has cells.
    pub(super) fn drops_cells(&self, chain: &[(usize, usize)]) -> bool {
        chain.iter().any(|&(token, row)| {
            let expected = self.columns(row);
            self.cells_behind(token, expected).is_some_and(|found| {
                let kept = found.cells.iter().take_while(|c| c.kind != TokenKind::Pad).count();
                kept > 0 && kept < expected && kept < found.cells.len()
            })
        })
    }
}

/// Whether the blank cell at the end of a row is one: yes, if a blank cell stands before a figure in another row, for then the flattening keeps
/// them. Otherwise it may be padding for an empty cell that was dropped.
pub(super) fn settle_last_blanks(bound: &mut Bound) {
    let inner = |row: &BoundRow| row.cells.iter().rposition(|c| !is_blank(c)).is_some_and(|last| row.cells.iter().take(last).any(is_blank));
    let keeps = bound.rows.iter().any(inner);
    for row in &mut bound.rows {
        for cell in row.cells.iter_mut().rev().take_while(|c| is_blank(c)) {
            cell.kind = if keeps { TokenKind::Blank } else { TokenKind::MaybePad };
        }
    }
}

/// Takes blank cells away that are none of the row's: those of a label that spans columns in front, padding behind.
pub(super) fn trim_blanks(cells: &mut Vec<Token>, expected: usize, lead: Option<usize>) {
    let ends_filled = |cells: &Vec<Token>| cells.last().is_some_and(|c| !is_blank(c));
    let mut lead = if ends_filled(cells) { cells.len() } else { lead.unwrap_or(0) };
    lead = lead.min(cells.iter().take_while(|c| is_blank(c)).count()).min(cells.len().saturating_sub(expected));
    cells.drain(..lead);
    while cells.len() > expected && cells.last().is_some_and(is_blank) {
        cells.pop();
    }
}

/// Takes the values of unknown columns out of a row. `extra` are pairs of a block's first column and a place among its columns.
pub(super) fn remove_columns(cells: &mut Vec<Token>, extra: &[(usize, usize)], expected: usize, columns: &std::ops::Range<usize>) {
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
