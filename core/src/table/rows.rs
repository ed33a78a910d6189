//! Rows under their labels.

use gongkai_grammar::fold_char;

use super::{
    header::{remove_columns, settle_last_blanks, trim_blanks},
    *,
};
use crate::outline::scan::before;

/// Tokens that the brackets of a label may take.
const MAX_BRACKET: usize = 6;
/// Bytes in front of a label in which the number of its row stands.
const MAX_NUMBER: usize = 24;
/// Columns a table must have for figures behind a full row to be rows that lost their labels.
const MIN_UNLABELLED: usize = 5;

/// Whether words are no more than the colon between a label and its figure.
fn is_colon(words: &str) -> bool {
    matches!(words.trim(), ":" | "：")
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
    pub(super) fn bind_rows(&self, bound: &mut Bound) {
        let serial = self.has_serial_column();
        let extra = self.unknown_columns(bound);
        let mut used = vec![false; self.tokens.list.len()];
        let chain = self.chain();
        let drops = self.drops_cells(&chain);
        let lead = self.leading_blanks(&chain);
        let orders = self.column_orders(&chain);
        let coded = self.coded(&chain);
        let mut codes: Vec<u64> = Vec::new();
        for (token, row) in chain {
            let Some(found) = self.cells_behind(token, self.columns(row)) else { continue };
            let mut found = CellsFound::clone(&found);
            for &index in &found.tokens {
                if let Some(u) = used.get_mut(index) {
                    *u = true;
                }
            }
            if coded.binary_search(&token).is_ok() {
                let code = found.cells.remove(0);
                if codes.is_empty() {
                    bound.unknown_columns.push(code.span);
                }
                codes.extend(code.span.of(self.text).parse::<u64>());
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
            while found.cells.len() <= expected
                && found.cells.last().is_some_and(|c| c.kind == TokenKind::Pad || (drops && c.kind == TokenKind::MaybePad))
            {
                found.cells.pop();
            }
            let mut excess = 0;
            if found.cells.len() > expected {
                // Whole rows behind the first one have lost their labels; anything else, and all on one line, is too much for this row.
                let more = found.cells.len() - expected;
                if expected >= MIN_UNLABELLED && more.is_multiple_of(expected) && !self.by_lines() {
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
            let no_unit = |unit: Span| matches!(cell(unit.of(self.text)), gongkai_grammar::Cell::Dash | gongkai_grammar::Cell::Blank);
            if found.unit.is_none_or(no_unit) && self.form.rows.get(row).is_some_and(|r| r.amount) {
                found.unit = label.and_then(|label| grid::unit_beside(self.text, label)).or(found.unit);
            }
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
        self.reorder(bound, &orders);
        if let Some(&last) = codes.last() {
            // Behind headings stand their codes, and marks in place of a unit and a figure.
            let code = |words: &str| words.parse().is_ok_and(|code| code < last && codes.binary_search(&code).is_err());
            bound.loose.retain(|span| !code(span.of(self.text)) && cell(span.of(self.text)) != gongkai_grammar::Cell::Dash);
        }
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

    /// The labels that stand for rows, in the order of the form: the chain with the greatest weight.
    fn chain(&self) -> Vec<(usize, usize)> {
        let mut links: Vec<Link> = Vec::new();
        // The best link that ends at each row of the form.
        let mut best: Vec<Option<usize>> = vec![None; self.form.rows.len()];
        for (token, t) in self.tokens.list.iter().enumerate() {
            let TokenKind::Label(index) = t.kind else { continue };
            let Some((label, hit)) = self.hits.get(index).and_then(|h| Some((self.lexicon.label(h)?, h))) else { continue };
            let mut new: Vec<Link> = Vec::new();
            for role in self.roles(index) {
                let Role::Row(row) = *role else { continue };
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

    /// The row that a label of the hits stands for, if it is only one.
    fn row_of(&self, hit: usize) -> Option<usize> {
        let mut rows = self.roles(hit).iter().filter_map(|role| match role {
            Role::Row(row) => Some(*row),
            _ => None,
        });
        rows.next().filter(|_| rows.next().is_none())
    }

    /// Whether a label of the hits stands for no row of figures.
    pub(super) fn is_group(&self, hit: usize) -> bool {
        self.roles(hit).iter().any(|role| matches!(role, Role::Group | Role::Header | Role::Block(_)))
    }

    /// How much a label speaks for a row: its number, its figures and their count.
    fn weight(&self, token: usize, row: usize, hit: &Hit, partial: bool) -> i64 {
        let mut weight = if partial { 1 } else { 2 };
        if self.folded.get(row).is_some_and(|r| !r.number.is_empty() && self.follows(hit, &r.number)) {
            weight += 3;
        }
        let expected = self.columns(row);
        if let Some(found) = self.cells_behind(token, expected) {
            let filled = found.cells.iter().any(|c| c.kind == TokenKind::Value);
            weight += if found.cells.len() >= expected { 4 } else { i64::from(!found.cells.is_empty()) } + i64::from(filled);
        }
        weight
    }

    /// Whether a label stands behind a number, the mark between them aside.
    fn follows(&self, hit: &Hit, number: &str) -> bool {
        let lead = before(self.text, hit.span.start, MAX_NUMBER);
        let mut folded = lead.chars().rev().filter_map(fold_char).skip_while(|c| matches!(c, '、' | '.'));
        number.chars().rev().all(|c| folded.next() == Some(c))
    }

    /// The cells behind a label, up to the next label or the end of the row.
    pub(super) fn cells_behind(&self, token: usize, expected: usize) -> Option<Rc<CellsFound>> {
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
                    } else if in_label_cell && found.cells.is_empty() && words.contains([':', '：']) && !self.by_cells() && !is_colon(words) {
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
        if found.unit.is_none()
            && found.cells.len() > expected
            && self.form.rows.iter().any(|r| r.unit.is_some())
            && found.cells.first().is_some_and(|c| matches!(cell(c.span.of(self.text)), gongkai_grammar::Cell::Dash | gongkai_grammar::Cell::Blank))
        {
            let first = found.cells.remove(0);
            found.unit = Some(first.span);
        }
        found
    }

    /// Rows that stand out of the form's order, where label and figures share a line and only one row has that label.
    fn out_of_order(&self, bound: &mut Bound, used: &mut [bool]) {
        for (token, t) in self.tokens.list.iter().enumerate() {
            let TokenKind::Label(hit) = t.kind else { continue };
            let Some(row) = self.row_of(hit) else { continue };
            if bound.rows.iter().any(|b| b.row == Some(row) && !b.cells.is_empty()) {
                continue;
            }
            let Some(found) = self.cells_behind(token, self.columns(row)) else { continue };
            let (Some(first), Some(last)) = (found.cells.first(), found.cells.last()) else { continue };
            let one_line = !self.text.get(t.span.end..last.span.end).unwrap_or("\n").contains(['\n', '\r']);
            let free = found.tokens.iter().all(|&i| used.get(i).is_some_and(|u| !u));
            // Rows that offices add stand now here, now there, so their place proves nothing against them.
            let local = self.form.rows.get(row).is_some_and(|r| r.kind == RowKind::Local) && found.cells.len() <= self.columns(row);
            if (found.cells.len() == self.columns(row) || local)
                && one_line
                && free
                && first.span.start >= t.span.end
                && found.cells.iter().any(|c| c.kind == TokenKind::Value)
            {
                for &i in &found.tokens {
                    if let Some(u) = used.get_mut(i) {
                        *u = true;
                    }
                }
                bound.rows.retain(|b| b.row != Some(row));
                let at = found.tokens.first().copied().unwrap_or(token);
                bound.rows.push(BoundRow {
                    row: Some(row),
                    label: Some(t.span),
                    cells: found.cells.clone(),
                    at,
                    excess: 0,
                    unit: found.unit,
                    how: How::Label,
                });
            }
        }
    }

    /// Labels stacked without anything between them, then figures: some text tools print the cells of a page column by column. As many figures
    /// as labels are theirs in order; any other number belongs to none of them for certain.
    fn stacked(&self, bound: &mut Bound, used: &mut [bool]) {
        if self.by_cells() {
            return;
        }
        let label_at =
            |row: &BoundRow| row.label.and_then(|l| self.tokens.list.iter().position(|t| t.span == l && matches!(t.kind, TokenKind::Label(_))));
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
                .take_while(|&i| {
                    self.token(i)
                        .is_some_and(|t| t.kind == TokenKind::Value || (t.kind == TokenKind::Text && self.lexicon.is_unit(t.span.of(self.text))))
                })
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

    /// The commonest number of pipes from one row to the next.
    pub(super) fn pipes_per_row(&self, bound: &Bound) -> Option<usize> {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        // From a row to the next one of the form: between others a header or a group may stand.
        let starts: Vec<(usize, usize)> = bound.rows.iter().filter_map(|r| Some((r.row?, r.label?.start))).collect();
        let pipes = grid::Pipes::of(self.region.span.of(self.text));
        for pair in starts.windows(2) {
            let [(row, from), (next, to)] = pair else { continue };
            let columns = |r: &usize| self.form.rows.get(*r).map(|row| row.columns.clone());
            if row + 1 == *next && columns(row) == columns(next) {
                let count = pipes.each(self.text.get(*from..*to).unwrap_or_default()).count();
                *counts.entry(count).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|&(pipes, times)| (times, std::cmp::Reverse(pipes))).map(|(pipes, _)| pipes)
    }
}
