//! The candidate readings of a row.

use gongkai_grammar::{
    Cell, ColumnKind, FormTable, Relation, cell,
    model::{Decimal, Dialect, Missing, Span},
};

use rustc_hash::FxHashMap;

use super::{Doubt, LOST, Line, Part, geometry::Columns, hard_rules, kind, obeys};
use crate::{
    grid::{Token, TokenKind},
    table::{Bound, How},
};

/// Digits that one number may have when digits are split.
const MAX_DIGITS: usize = 9;
/// Candidates kept for a row; more than these are as good as none.
const MAX_CANDIDATES: usize = 600;

/// Reads every line of a table.
pub fn read(text: &str, form: &'static FormTable, lines: &mut [Line], bound: &Bound, steps: &mut usize) {
    let dialect = bound.dialect;
    let glued = is_glued(lines, dialect);
    // The words of all rows, by the number of columns these have, and the columns that they make, once asked for.
    let by_place = dialect_of_words(dialect) && !glued;
    let rows: Vec<(usize, Vec<Span>)> =
        lines.iter().filter(|l| by_place && l.bound.excess == 0).map(|l| (l.cells.len(), spans(&l.bound.cells))).collect();
    let mut columns: FxHashMap<usize, Option<Columns>> = FxHashMap::default();
    let mut places = |width: usize, row: &[Token]| {
        let of_width = || rows.iter().filter(|(w, _)| *w == width).map(|(_, r)| r);
        columns.entry(width).or_insert_with(|| Columns::new(text, of_width(), width)).as_ref()?.places(text, &spans(row))
    };
    let any_whole = lines.iter().any(|l| l.bound.cells.len() >= l.cells.len());
    for line in lines.iter_mut() {
        let parts: Vec<Part> = line.bound.cells.iter().map(|token| part(text, token)).collect();
        if parts.is_empty() {
            line.doubt = Doubt::Empty;
            line.candidates = vec![vec![LOST; line.cells.len()]];
            continue;
        }
        if parts.len() == line.cells.len() && line.bound.excess == 0 {
            line.candidates = vec![parts];
            dropped_pad(text, form, line, dialect, steps);
            maybe_pad(form, line, steps);
            continue;
        }
        if line.bound.excess > 0 {
            line.doubt = Doubt::Excess;
            line.candidates = vec![parts];
            continue;
        }
        let by_header = || if any_whole || glued { None } else { named_places(line, bound) };
        if let Some(places) = by_place.then(|| places(line.cells.len(), &line.bound.cells)).flatten().or_else(by_header) {
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
        let mut rules = row_rules(form, &line.cells);
        // A column that is nowhere filled may not be there at all, and a limit that is not there tells nothing.
        rules.retain(|rule| any_whole || glued || matches!(rule.relation, Relation::Equal | Relation::Covers));
        let split = if glued { splits(text, form, line, &rules, steps) } else { Vec::new() };
        let (doubt, candidates) = split_or_short(&parts, split, line.cells.len(), &rules, steps);
        line.doubt = doubt;
        line.candidates = candidates;
        if line.candidates.len() == 1 {
            line.solved_by = rules.iter().map(|r| r.code).collect();
        }
        if !rules.is_empty() && line.candidates.len() > 1 {
            line.solved_by = rules.iter().map(|r| r.code).collect();
        }
    }
}

/// The places in a row of the columns that the header names, if the row has a label and just as many figures.
fn named_places(line: &Line, bound: &Bound) -> Option<Vec<usize>> {
    if line.bound.how == How::Order {
        return None;
    }
    let named = line.cells.iter().enumerate().filter(|(_, (_, column))| bound.named_columns.contains(column)).map(|(place, _)| place);
    Some(named.collect::<Vec<usize>>()).filter(|named| named.len() == line.bound.cells.len())
}

/// Digits that run together have their splits, a row with lost cells its placements. Where no split of several words obeys the rules, the words may
/// be whole after all and blank cells lost among them.
fn split_or_short(parts: &[Part], splits: Vec<Vec<Part>>, columns: usize, rules: &[RowRule], steps: &mut usize) -> (Doubt, Vec<Vec<Part>>) {
    let doubtful = parts.len() > 1 && !rules.is_empty() && !splits.iter().any(|r| holds(rules, r));
    if !splits.is_empty() && !doubtful {
        return (Doubt::Glued, splits);
    }
    let mut placed = placements(parts, columns, rules, steps);
    if splits.is_empty() || placed.iter().any(|r| holds(rules, r)) {
        return (Doubt::Short, placed);
    }
    placed.extend(splits);
    (Doubt::Glued, placed)
}

/// A rule within one row, with the places of its cells in the line.
struct RowRule {
    code: &'static str,
    relation: Relation,
    left: Vec<usize>,
    right: Vec<usize>,
    /// The last of its places.
    last: usize,
}

impl RowRule {
    /// Whether the parts read obey it, cells without a number counted as zero.
    fn holds(&self, reading: &[Part]) -> bool {
        let side = |places: &[usize]| {
            places.iter().try_fold(Decimal::from(0), |sum, &at| reading.get(at).and_then(|p| p.value).map_or(Some(sum), |v| sum.checked_add(v)))
        };
        matches!((side(&self.left), side(&self.right)), (Some(l), Some(r)) if obeys(self.relation, l, r))
    }
}

/// The rules whose cells all stand in this line, whose cells are in order.
fn row_rules(form: &'static FormTable, cells: &[(usize, usize)]) -> Vec<RowRule> {
    let places = |side: &[(usize, usize)]| side.iter().map(|cell| cells.binary_search(cell).ok()).collect::<Option<Vec<usize>>>();
    let stands = |side: &[(usize, usize)]| side.iter().all(|cell| cells.binary_search(cell).is_ok());
    hard_rules(form)
        .filter(|(_, _, term)| stands(&term.left) && stands(&term.right))
        .filter_map(|(code, relation, term)| {
            let (left, right) = (places(&term.left)?, places(&term.right)?);
            let last = left.iter().chain(&right).max().copied()?;
            Some(RowRule { code, relation, left, right, last })
        })
        .collect()
}

fn spans(cells: &[Token]) -> Vec<Span> {
    cells.iter().map(|c| c.span).collect()
}

const fn dialect_of_words(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Aligned | Dialect::CellLines | Dialect::Spaced | Dialect::Glued)
}

/// Whether digits of neighbouring cells run together in this table: most rows of more than one cell have fewer words than cells.
fn is_glued(lines: &[Line], dialect: Dialect) -> bool {
    // Columns aligned by spaces and cells on lines of their own have their separators.
    if !matches!(dialect, Dialect::Spaced | Dialect::Glued) {
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
fn dropped_pad(text: &str, form: &'static FormTable, line: &mut Line, dialect: Dialect, steps: &mut usize) {
    let Some(reading) = line.candidates.first() else { return };
    // Of two cells one may be blank for good; only where rows end in pads is it in doubt which.
    let narrow = reading.len() < 3;
    // A pad is no wider than the space behind a pipe.
    let wide = line.bound.cells.last().is_some_and(|c| text.get(..c.span.start).unwrap_or_default().ends_with("  "));
    if line.bound.cells.last().is_none_or(|c| c.kind == TokenKind::Value || c.kind == TokenKind::Text)
        || reading.len() < 2
        || (narrow && (wide || !matches!(dialect, Dialect::PipeLaw | Dialect::PipeRows)))
    {
        return;
    }
    let rules = row_rules(form, &line.cells);
    if rules.is_empty() || holds(&rules, reading) {
        return;
    }
    let mut shorter = reading.clone();
    shorter.pop();
    let mut shifted = placements(&shorter, line.cells.len(), &rules, steps);
    shifted.retain(|reading| holds(&rules, reading));
    if !shifted.is_empty() {
        if narrow {
            line.candidates.extend(shifted);
        } else {
            line.candidates = shifted;
            line.bound.cells.pop();
        }
        line.doubt = Doubt::Short;
        line.solved_by = rules.iter().map(|r| r.code).collect();
    }
}

/// A lone pipe at the end of a row that is just full with it may be a blank cell, or padding where an empty cell before it was dropped.
fn maybe_pad(form: &'static FormTable, line: &mut Line, steps: &mut usize) {
    let is_pad = |c: &&Token| c.kind == TokenKind::MaybePad;
    let behind = line.bound.cells.iter().rev().take_while(is_pad).count();
    let before = usize::from(line.bound.cells.first().as_ref().is_some_and(is_pad));
    if behind + before == 0 || behind == line.bound.cells.len() || line.doubt != Doubt::None {
        return;
    }
    let Some(reading) = line.candidates.first().cloned() else { return };
    let rules = row_rules(form, &line.cells);
    let shorter: Vec<Part> = reading.get(before..reading.len() - behind).unwrap_or_default().to_vec();
    let whole = holds(&rules, &reading);
    let mut all = vec![reading];
    for other in placements(&shorter, line.cells.len(), &rules, steps) {
        let same = all
            .iter()
            .any(|r| r.iter().zip(&other).all(|(a, b)| a.value == b.value && (a.missing == b.missing || (a.value.is_none() && b.span.is_none()))));
        if !same {
            all.push(other);
        }
    }
    if !whole && all.iter().skip(1).any(|r| holds(&rules, r)) {
        all.remove(0);
    }
    if all.len() > 1 {
        line.candidates = all;
        line.doubt = Doubt::Short;
        line.solved_by = rules.iter().map(|r| r.code).collect();
    }
}

/// Whether a reading obeys the rules of its row, cells without a number counted as zero.
fn holds(rules: &[RowRule], reading: &[Part]) -> bool {
    rules.iter().all(|rule| rule.holds(reading))
}

/// Every way to leave out cells so that the parts fill the row in order, and the rules hold; all ways if they never hold.
fn placements(parts: &[Part], columns: usize, rules: &[RowRule], steps: &mut usize) -> Vec<Vec<Part>> {
    let mut all: Vec<Vec<Part>> = Vec::new();
    let mut reading: Vec<Part> = Vec::new();
    place(parts, columns, &mut reading, &mut all, steps);
    let good: Vec<Vec<Part>> = all.iter().filter(|r| holds(rules, r)).cloned().collect();
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
            if left == 0 && holds(self.rules, &self.reading) {
                self.found.push(self.reading.clone());
            }
            return true;
        };
        let tokens_left = self.tokens.len() - index;
        if tokens_left > left {
            return true;
        }
        let most = left - (tokens_left - 1);
        let printed = token.span.of(self.text);
        let sign = printed.chars().next().filter(|c| matches!(c, '+' | '＋' | '-' | '－')).map_or(0, char::len_utf8);
        let digits = printed.bytes().skip(sign).take_while(u8::is_ascii_digit).count();
        if token.kind != TokenKind::Value || digits + sign < 2 || digits == 0 {
            return self.with(part(self.text, token), index + 1, None);
        }
        if sign == 0 {
            return self.digits(token.span, digits, index, most);
        }
        // A sign belongs to the number behind it in a column of changes; elsewhere a dash is a cell of its own.
        let mut complete = true;
        if kind(self.form, self.cells, self.reading.len()) == ColumnKind::Signed {
            complete &= self.signed(token.span, sign, digits, index, most);
        }
        if printed.starts_with(['-', '－']) && most > 1 {
            let dash = read_cell(self.text, Span::new(token.span.start, token.span.start + sign));
            complete &= self.with(dash, index, Some((Span::new(token.span.start + sign, token.span.end), digits, most - 1)));
        }
        complete
    }

    /// Splits a signed number off the front of a run.
    fn signed(&mut self, run: Span, sign: usize, digits: usize, index: usize, most: usize) -> bool {
        for length in 1..=digits.min(MAX_DIGITS) {
            let whole = length == digits;
            let span = Span::new(run.start, if whole { run.end } else { run.start + sign + length });
            let part = read_cell(self.text, span);
            let leading_zero = length > 1 && span.of(self.text).get(sign..).is_some_and(|d| d.starts_with('0'));
            if part.value.is_none() || leading_zero || (!whole && most < 2) {
                continue;
            }
            let rest = (!whole).then(|| (Span::new(span.end, run.end), digits - length, most - 1));
            if !self.with(part, if whole { index + 1 } else { index }, rest) {
                return false;
            }
        }
        true
    }

    /// Splits a run of digits (and what follows the last of them) into at most `most` numbers.
    fn digits(&mut self, run: Span, digits: usize, index: usize, most: usize) -> bool {
        let Some(left) = self.steps.checked_sub(1) else { return false };
        *self.steps = left;
        if self.found.len() >= MAX_CANDIDATES {
            return false;
        }
        let last_token = index + 1 == self.tokens.len();
        let printed = run.of(self.text).as_bytes();
        let longest = if printed.first() == Some(&b'0') { 1 } else { digits.min(MAX_DIGITS) };
        let mut number = 0;
        for (length, digit) in (1..=longest).zip(printed) {
            number = number * 10 + i64::from(digit - b'0');
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
            let plain = span.end == run.start + length;
            let part = if plain { Part { value: Some(number.into()), span: Some(span), ..LOST } } else { read_cell(self.text, span) };
            if part.value.is_none() {
                continue;
            }
            // Only an amount has decimals.
            if part.value.is_some_and(|v| v.as_integer().is_none()) && kind(self.form, self.cells, self.reading.len()) != ColumnKind::Amount {
                continue;
            }
            // A longer number only makes the sum greater and leaves fewer digits for its total.
            if last_token && self.outgrows_its_total(part.value, digits - length) {
                break;
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

    /// Whether the numbers read so far, with `next`, already add up to more than the digits that are left can be the total of.
    fn outgrows_its_total(&self, next: Option<Decimal>, digits: usize) -> bool {
        let at = self.reading.len();
        self.rules.iter().any(|rule| {
            let total = rule.relation == Relation::Equal
                && rule.left.as_slice() == [rule.last]
                && rule.last > at
                && rule.right.first().is_some_and(|&first| first <= at);
            if !total {
                return false;
            }
            // Every column between takes a digit at least.
            let Some(room) = digits.checked_sub(rule.last - at - 1).filter(|&room| room < MAX_DIGITS) else { return false };
            let read = rule.right.iter().filter_map(|&place| self.reading.get(place)).filter_map(|p| p.value);
            let sum = read.chain(next).try_fold(Decimal::from(0), Decimal::checked_add);
            sum.is_some_and(|sum| sum >= Decimal::from(10i64.pow(u32::try_from(room).unwrap_or(0))))
        })
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
        self.rules.iter().any(|rule| rule.last == at && !rule.holds(&self.reading))
    }
}
