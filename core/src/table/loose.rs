//! Figures that no label owns.

use super::*;

/// Figures without a label of their own.
#[derive(Clone, Debug)]
struct Loose {
    /// Words in front of them.
    label: Option<Span>,
    cells: Vec<Token>,
    /// Index of the first of their tokens.
    at: usize,
}

/// Rows that do not all add up wrongly unless they are misread.
const MANY: usize = 3;

impl Binder<'_> {
    /// Gives figures without a label to the rows that are missing between their neighbours.
    pub(super) fn place_loose(&self, bound: &mut Bound, used: &[bool]) {
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
                placed.push(BoundRow {
                    row: Some(row),
                    label: Some(label),
                    cells: loose.cells.clone(),
                    at: loose.at,
                    excess: 0,
                    unit: None,
                    how: How::Order,
                });
                continue;
            }
            let similar = left
                .iter()
                .copied()
                .map(|r| (self.folded.get(r).map_or(0, |row| similarity(&words, row)), r))
                .max_by_key(|&(s, _)| s)
                .filter(|&(s, _)| s >= 60);
            if let Some((_, row)) = similar {
                left.retain(|&r| r != row);
                let mut cells = loose.cells.clone();
                let expected = self.columns(row);
                let excess = cells.len().saturating_sub(expected);
                cells.truncate(expected);
                placed.push(BoundRow { row: Some(row), label: Some(label), cells, at: loose.at, excess, unit: None, how: How::SimilarLabel });
            } else if words.chars().count() >= 2 && !self.is_total_of_words(&words) {
                placed.push(BoundRow {
                    row: None,
                    label: Some(label),
                    cells: loose.cells.clone(),
                    at: loose.at,
                    excess: 0,
                    unit: None,
                    how: How::Label,
                });
            } else {
                unlabelled.push(loose);
            }
        }
        let fits = |l: &&Loose, r: &usize| l.cells.len() == self.columns(*r) && l.cells.len() > 1;
        // A stray figure is no row.
        let widest = left.iter().map(|&r| self.columns(r)).max().unwrap_or(0);
        let (unlabelled, stray): (Vec<&Loose>, Vec<&Loose>) = unlabelled.into_iter().partition(|l| widest < 2 || l.cells.len() == widest);
        bound.loose.extend(stray.iter().flat_map(|l| &l.cells).filter(|c| c.kind == TokenKind::Value).map(|c| c.span));
        let fit = !unlabelled.is_empty() && unlabelled.len() == left.len() && unlabelled.iter().zip(&left).all(|(l, r)| fits(l, r));
        if fit && !self.no_row_adds_up(&unlabelled, &left) {
            for (loose, &row) in unlabelled.iter().zip(&left) {
                placed.push(BoundRow {
                    row: Some(row),
                    label: None,
                    cells: loose.cells.clone(),
                    at: loose.at,
                    excess: 0,
                    unit: None,
                    how: How::Order,
                });
            }
        } else {
            bound.loose.extend(unlabelled.iter().flat_map(|l| &l.cells).filter(|c| c.kind == TokenKind::Value).map(|c| c.span));
        }
    }

    /// Whether several rows, as they would be read, all break the rules of a row: then they are cut at the wrong places, as a heap of columns is.
    fn no_row_adds_up(&self, loose: &[&Loose], rows: &[usize]) -> bool {
        let breaks = |(loose, &row): (&&Loose, &usize)| {
            let from = self.form.rows.get(row).map_or(0, |r| r.columns.start);
            let value = |(_, column): (usize, usize)| {
                let token = loose.cells.get(column.checked_sub(from)?)?;
                match cell_of(token.span.of(self.text)) {
                    gongkai_grammar::Cell::Number(n) => Some(n.value),
                    _ => None,
                }
            };
            solve::breaks_row(self.form, row, value)
        };
        loose.len() >= MANY && loose.iter().zip(rows).all(breaks)
    }

    /// In a block whose rows all stand apart from their figures, as many figures as cells are the block's, in order.
    fn fill_blocks(&self, bound: &mut Bound) {
        let titles: Vec<(usize, usize)> = self
            .tokens
            .list
            .iter()
            .filter_map(|t| {
                let TokenKind::Label(hit) = t.kind else { return None };
                self.roles(hit).iter().find_map(|role| match role {
                    Role::Block(block) => Some((t.span.start, *block)),
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
            let number = |c: &Token| {
                matches!(
                    cell(c.span.of(self.text)),
                    gongkai_grammar::Cell::Number(_) | gongkai_grammar::Cell::Composite(_) | gongkai_grammar::Cell::None
                )
            };
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
