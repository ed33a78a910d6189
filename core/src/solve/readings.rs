//! The candidate readings of a row.

use gongkai_grammar::{Cell, ColumnKind, FormTable, Relation, Term, cell, model::{Dialect, Missing, Span}};

use super::{Doubt, LOST, Line, Part, geometry, hard_rules, kind, obeys, sum};
use crate::grid::{Token, TokenKind};

/// Digits that one number may have when digits are split.
const MAX_DIGITS: usize = 9;
/// Candidates kept for a row; more than these are as good as none.
const MAX_CANDIDATES: usize = 600;

/// Reads every line of a table.
pub fn read(text: &str, form: &'static FormTable, lines: &mut [Line], dialect: Dialect, steps: &mut usize) {
    let glued = is_glued(lines, dialect);
    let full: Vec<Vec<Span>> = lines.iter().filter(|l| l.bound.cells.len() == l.cells.len() && l.cells.len() > 1).map(|l| spans(&l.bound.cells)).collect();
    for line in lines.iter_mut() {
        let parts: Vec<Part> = line.bound.cells.iter().map(|token| part(text, token)).collect();
        if parts.is_empty() {
            line.doubt = Doubt::Empty;
            line.candidates = vec![vec![LOST; line.cells.len()]];
            continue;
        }
        if parts.len() == line.cells.len() && line.bound.excess == 0 {
            line.candidates = vec![parts];
            dropped_pad(form, line);
            continue;
        }
        if line.bound.excess > 0 {
            line.doubt = Doubt::Excess;
            line.candidates = vec![parts];
            continue;
        }
        if dialect_of_words(dialect)
            && !glued
            && let Some(places) = geometry::columns(text, &full, &spans(&line.bound.cells))
        {
            let mut reading = vec![LOST; line.cells.len()];
            for (place, part) in places.into_iter().zip(&parts) {
                if let Some(slot) = reading.get_mut(place) {
                    *slot = *part;
                }
            }
            // A place on the line with nothing in it is a blank cell.
            for slot in reading.iter_mut().filter(|p| p.span.is_none()) {
                slot.missing = Some(Missing::Blank);
            }
            line.doubt = Doubt::Position;
            line.candidates = vec![reading];
            continue;
        }
        let rules = row_rules(form, &line.cells);
        let split = if glued { splits(text, form, line, &rules, steps) } else { Vec::new() };
        if split.is_empty() {
            line.doubt = Doubt::Short;
            line.candidates = placements(&parts, &line.cells, &rules, steps);
        } else {
            line.doubt = Doubt::Glued;
            line.candidates = split;
        }
        if line.candidates.len() == 1 {
            line.solved_by = rules.iter().map(|r| r.0).collect();
        }
        if !rules.is_empty() && line.candidates.len() > 1 {
            line.solved_by = rules.iter().map(|r| r.0).collect();
        }
    }
}

/// A rule within one row: code, relation, cells.
type RowRule = (&'static str, Relation, &'static Term);

/// The rules whose cells all stand in this line.
fn row_rules(form: &'static FormTable, cells: &[(usize, usize)]) -> Vec<RowRule> {
    let mut rules: Vec<RowRule> = hard_rules(form).filter(|(_, _, t)| t.left.iter().chain(&t.right).all(|c| cells.contains(c))).collect();
    rules.dedup_by(|a, b| std::ptr::eq(a.2, b.2));
    rules
}

fn spans(cells: &[Token]) -> Vec<Span> {
    cells.iter().map(|c| c.span).collect()
}

const fn dialect_of_words(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Aligned | Dialect::CellLines | Dialect::Spaced | Dialect::Glued)
}

/// Whether digits of neighbouring cells run together in this table: most rows of more than one cell have fewer words than cells.
fn is_glued(lines: &[Line], dialect: Dialect) -> bool {
    if !dialect_of_words(dialect) {
        return false;
    }
    let wide = lines.iter().filter(|l| l.cells.len() > 1 && !l.bound.cells.is_empty());
    let (mut short, mut full) = (0usize, 0usize);
    for line in wide {
        if line.bound.cells.len() < line.cells.len() { short += 1 } else { full += 1 }
    }
    short > full
}

/// One token as a cell.
fn part(text: &str, token: &Token) -> Part {
    if token.kind != TokenKind::Value && token.kind != TokenKind::Text {
        return Part { missing: Some(Missing::Blank), span: Some(token.span), ..LOST };
    }
    read_cell(text, token.span)
}

/// What stands at a place.
fn read_cell(text: &str, span: Span) -> Part {
    let base = Part { span: Some(span), ..LOST };
    match cell(span.of(text)) {
        Cell::Blank => Part { missing: Some(Missing::Blank), ..base },
        Cell::None => Part { missing: Some(Missing::None), ..base },
        Cell::Dash => Part { missing: Some(Missing::Dash), ..base },
        Cell::Yes | Cell::No | Cell::Text => Part { missing: Some(Missing::Text), ..base },
        Cell::Number(n) => {
            let unit = n.unit.map(|u| Span::new(span.start + u.start, span.start + u.end));
            Part { value: Some(n.value), unit, damaged: n.damaged, ..base }
        }
        Cell::Composite(n) => {
            let unit = n.unit.map(|u| Span::new(span.start + u.start, span.start + u.end));
            Part { value: Some(n.value), unit, damaged: n.damaged, composite: true, ..base }
        }
    }
}

/// A row that is full only because a pad was taken for its last, blank cell breaks the rules that it obeys without it.
fn dropped_pad(form: &'static FormTable, line: &mut Line) {
    let Some(reading) = line.candidates.first() else { return };
    if line.bound.cells.last().is_none_or(|c| c.kind == TokenKind::Value || c.kind == TokenKind::Text) || reading.len() < 3 {
        return;
    }
    let rules = row_rules(form, &line.cells);
    if rules.is_empty() || holds(&rules, &line.cells, reading) {
        return;
    }
    let mut shorter = reading.clone();
    shorter.pop();
    let mut shifted = placements(&shorter, &line.cells, &rules, &mut 10_000);
    shifted.retain(|reading| holds(&rules, &line.cells, reading));
    if !shifted.is_empty() {
        line.candidates = shifted;
        line.doubt = Doubt::Short;
        line.bound.cells.pop();
        line.solved_by = rules.iter().map(|r| r.0).collect();
    }
}

/// Whether a reading obeys the rules of its row, cells without a number counted as zero.
fn holds(rules: &[RowRule], cells: &[(usize, usize)], reading: &[Part]) -> bool {
    let value = |cell: (usize, usize)| cells.iter().position(|&c| c == cell).and_then(|at| reading.get(at)).and_then(|p| p.value);
    rules.iter().all(|(_, relation, term)| matches!((sum(&term.left, value), sum(&term.right, value)), (Some(l), Some(r)) if obeys(*relation, l, r)))
}

/// Every way to leave out cells so that the parts fill the row in order, and the rules hold; all ways if they never hold.
fn placements(parts: &[Part], cells: &[(usize, usize)], rules: &[RowRule], steps: &mut usize) -> Vec<Vec<Part>> {
    let mut all: Vec<Vec<Part>> = Vec::new();
    let mut reading: Vec<Part> = Vec::new();
    place(parts, cells.len(), &mut reading, &mut all, steps);
    let good: Vec<Vec<Part>> = all.iter().filter(|r| holds(rules, cells, r)).cloned().collect();
    if good.is_empty() { all } else { good }
}

fn place(parts: &[Part], columns: usize, reading: &mut Vec<Part>, all: &mut Vec<Vec<Part>>, steps: &mut usize) {
    if *steps == 0 || all.len() >= MAX_CANDIDATES {
        return;
    }
    *steps -= 1;
    let left = columns - reading.len();
    if left == 0 {
        all.push(reading.clone());
        return;
    }
    if let Some((first, rest)) = parts.split_first() {
        reading.push(*first);
        place(rest, columns, reading, all, steps);
        reading.pop();
    }
    if left > parts.len() {
        reading.push(LOST);
        place(parts, columns, reading, all, steps);
        reading.pop();
    }
}

// --------------------------------------------------------------------------------------------------------------------
// Digits that run together.

struct Splitter<'a> {
    text: &'a str,
    form: &'static FormTable,
    cells: &'a [(usize, usize)],
    tokens: &'a [Token],
    rules: &'a [RowRule],
    steps: &'a mut usize,
    reading: Vec<Part>,
    found: Vec<Vec<Part>>,
}

/// Every way to split the digits of a row into its columns: no number but 0 starts with a zero, and the rules of the row hold. White space stays
/// a border between numbers. Empty if the digits are too few, or the ways too many.
fn splits(text: &str, form: &'static FormTable, line: &Line, rules: &[RowRule], steps: &mut usize) -> Vec<Vec<Part>> {
    let mut splitter = Splitter { text, form, cells: &line.cells, tokens: &line.bound.cells, rules, steps, reading: Vec::new(), found: Vec::new() };
    let complete = splitter.token(0);
    if splitter.found.is_empty() && complete && !rules.is_empty() {
        // The report itself breaks its rules: every split stays possible.
        splitter.rules = &[];
        splitter.token(0);
    }
    let found = splitter.found;
    if complete && found.len() < MAX_CANDIDATES { found } else { Vec::new() }
}

impl Splitter<'_> {
    /// Reads token `index` and those behind it into the columns that are left; `false` if a bound was hit.
    fn token(&mut self, index: usize) -> bool {
        let left = self.cells.len() - self.reading.len();
        let Some(token) = self.tokens.get(index) else {
            if left == 0 && holds(self.rules, self.cells, &self.reading) {
                self.found.push(self.reading.clone());
            }
            return true;
        };
        let tokens_left = self.tokens.len() - index;
        if tokens_left > left {
            return true;
        }
        let digits = token.span.of(self.text).bytes().take_while(u8::is_ascii_digit).count();
        if token.kind != TokenKind::Value || digits < 2 {
            return self.with(part(self.text, token), index + 1, None);
        }
        self.digits(token.span, digits, index, left - (tokens_left - 1))
    }

    /// Splits a run of digits (and what follows the last of them) into at most `most` numbers.
    fn digits(&mut self, run: Span, digits: usize, index: usize, most: usize) -> bool {
        let Some(left) = self.steps.checked_sub(1) else { return false };
        *self.steps = left;
        if self.found.len() >= MAX_CANDIDATES {
            return false;
        }
        let last_token = index + 1 == self.tokens.len();
        let zero = run.of(self.text).starts_with('0');
        let longest = if zero { 1 } else { digits.min(MAX_DIGITS) };
        for length in 1..=longest {
            let whole = length == digits;
            if (!whole && most < 2) || (whole && last_token && most > 1) {
                continue;
            }
            // Too many digits for the columns that are left.
            if !whole && (digits - length).div_ceil(MAX_DIGITS) > most - 1 {
                continue;
            }
            // The last number of a run takes its decimals and its unit along.
            let span = Span::new(run.start, if whole { run.end } else { run.start + length });
            let part = read_cell(self.text, span);
            if part.value.is_none() {
                continue;
            }
            // Only an amount has decimals.
            if part.value.is_some_and(|v| v.as_integer().is_none()) && kind(self.form, self.cells, self.reading.len()) != ColumnKind::Amount {
                continue;
            }
            let rest = (!whole).then(|| (Span::new(run.start + length, run.end), digits - length, most - 1));
            let complete = match rest {
                Some((span, digits, most)) => self.with(part, index, Some((span, digits, most))),
                None => self.with(part, index + 1, None),
            };
            if !complete {
                return false;
            }
        }
        true
    }

    /// Goes on behind a part, unless it breaks a rule whose cells are all read by now.
    fn with(&mut self, part: Part, next: usize, rest: Option<(Span, usize, usize)>) -> bool {
        self.reading.push(part);
        let complete = if self.breaks_a_rule() {
            true
        } else {
            match rest {
                Some((span, digits, most)) => self.digits(span, digits, next, most),
                None => self.token(next),
            }
        };
        self.reading.pop();
        complete
    }

    /// Whether the part just read completes a rule and breaks it.
    fn breaks_a_rule(&self) -> bool {
        let at = self.reading.len() - 1;
        let place = |cell: &(usize, usize)| self.cells.iter().position(|c| c == cell).unwrap_or(usize::MAX);
        let value = |cell: (usize, usize)| self.reading.get(place(&cell)).and_then(|p| p.value);
        self.rules.iter().any(|(_, relation, term)| {
            let mut last = 0;
            for cell in term.left.iter().chain(&term.right) {
                last = last.max(place(cell));
            }
            last == at && !matches!((sum(&term.left, value), sum(&term.right, value)), (Some(l), Some(r)) if obeys(*relation, l, r))
        })
    }
}
