//! Tables whose rows stand side by side in one line.

use super::*;

impl Binder<'_> {
    pub(super) fn bind_across(&self, bound: &mut Bound) {
        let expected: usize = self.form.rows.iter().map(|r| r.columns.len()).sum();
        let behind = self.tokens.list.iter().rposition(|t| matches!(t.kind, TokenKind::Label(_))).map_or(0, |i| i + 1);
        let is_cell = |t: &&Token| matches!(t.kind, TokenKind::Value | TokenKind::Blank | TokenKind::MaybePad);
        let tail = self.tokens.list.get(behind..).unwrap_or_default();
        let mut rows: Vec<Vec<Token>> = tail
            .split(|t| t.kind == TokenKind::RowEnd)
            .map(|row| {
                // Words among the figures of a row stand in cells of theirs, if it has all its cells with them: 待核, =SUM(A6:D6).
                let all: Vec<Token> = row.iter().filter(|t| is_cell(t) || t.kind == TokenKind::Text).copied().collect();
                let figures = all.iter().filter(|t| t.kind == TokenKind::Value).count();
                if all.len() == expected && figures * 2 > expected { all } else { all.into_iter().filter(|t| is_cell(&t)).collect() }
            })
            .collect();
        if !self.by_lines() {
            // Words behind the figures end them.
            let start = tail.iter().position(|t| is_cell(&t)).unwrap_or(tail.len());
            let run = tail.get(start..).unwrap_or_default();
            rows = vec![run.iter().take_while(|t| t.kind != TokenKind::Text).filter(is_cell).copied().collect()];
        }
        // The row that tells most; of rows without a single figure the one with most cells.
        let told = |row: &Vec<Token>| (row.iter().filter(|t| t.kind == TokenKind::Value).count(), row.len());
        let mut cells = rows.into_iter().max_by_key(told).unwrap_or_default();
        let more = cells.len() > expected;
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
        if opened
            && self.tokens.dialect == Dialect::PipeLaw
            && let Some(first) = cells.first_mut().filter(|c| is_blank(c))
        {
            first.kind = TokenKind::MaybePad;
        }
        // Where zeros are blank, a blank cell too many may stand anywhere; that it was the last one is believed if the totals are right so.
        let open = more && cells.len() == expected && cells.last().is_some_and(|t| t.kind != TokenKind::Value);
        let doubtful = open && !self.obeys_totals(&cells);
        let excess = if doubtful { 1 } else { cells.len().saturating_sub(expected) };
        cells.truncate(expected);
        if cells.is_empty() || !cells.iter().any(|c| c.kind == TokenKind::Value) && cells.len() < expected {
            return;
        }
        bound.rows.push(BoundRow { row: Some(0), label: None, cells, at: behind, excess, unit: None, how });
    }
}

impl Binder<'_> {
    /// Whether numbers for all cells of a table obey its rules, some of them with something to add up. Blank cells count as zero.
    pub(super) fn obeys_totals(&self, cells: &[Token]) -> bool {
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
