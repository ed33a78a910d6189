//! Diagnosis: the smallest slip that would explain every broken rule of a table. GK211; offered, never applied.
//!
//! A repair has to close the broken rules without breaking another. Rules of severity `note` may be broken by a correct report: they only
//! decide between repairs that are otherwise alike.

mod board;
mod digits;
mod repairs;
mod words;

use gongkai_grammar::{
    FormTable,
    model::{Cause, Change, Check, Finding, Message, Name, Related, Repair, Severity, Status},
};

use super::arithmetic::{Index, Law};
use crate::findings::{Details, finding};
use board::Board;
use repairs::{Found, repairs};

/// Repairs that are listed; the others are no likelier than the last of them.
const MAX_REPAIRS: usize = 5;

/// Looks for what explains the broken rules of a table. `checks` and `findings` are those of the table, `laws` what the checks evaluate.
pub fn diagnose(form: &'static FormTable, index: &Index<'_>, laws: &[Law], checks: &[Check], findings: &mut [Finding]) -> Option<Finding> {
    let board = Board::new(form, index, laws, checks)?;
    let found = repairs(&board);
    let first = found.first()?;
    let certain = |cell: &usize| board.figure(*cell).is_none_or(|f| f.status == Status::Printed);
    let reading = !first.changes.iter().all(|(cell, _)| certain(cell));
    let broken = || board.broken.iter().filter_map(|&l| board.laws.get(l));
    let involved = || broken().flat_map(|l| &l.cells).map(|(cell, _)| cell).chain(first.changes.iter().map(|(cell, _)| cell));
    let cause = if reading {
        Cause::Reading
    } else if involved().all(certain) {
        Cause::Report
    } else {
        Cause::Unknown
    };
    let explained: Vec<&Check> = explained(&board, first);
    let mut related = Vec::new();
    for other in findings.iter_mut().filter(|f| explained.iter().any(|c| speaks_of(c, f))) {
        if reading {
            other.cause = Cause::Reading;
        }
        related.extend(other.span.map(|span| Related {
            message: Message { zh: format!("解释 {}", other.code).into(), en: format!("explains {}", other.code).into() },
            span,
        }));
    }
    let words = words::message(&board, first);
    let details = Details {
        said: (words.zh.into_owned(), words.en.into_owned()),
        span: first.changes.iter().filter_map(|(cell, _)| board.figure(*cell)?.span).min(),
        paths: paths(&board, &found),
        severity: Some(Severity::Note),
        cause: Some(cause),
        related,
        ..Details::default()
    };
    let mut diagnosis = finding("GK211", details);
    diagnosis.repairs = found.iter().take(MAX_REPAIRS).map(|f| repair(&board, f)).collect();
    Some(diagnosis)
}

/// The broken checks that a repair closes.
fn explained<'a>(board: &Board<'a>, found: &Found) -> Vec<&'a Check> {
    let left: Vec<usize> = board.left(&found.changes).collect();
    board.broken.iter().filter(|l| !left.contains(l)).filter_map(|&l| board.laws.get(l)).map(|l| l.check).collect()
}

/// Whether a finding is about a check: it has its code and its cells.
fn speaks_of(check: &Check, finding: &Finding) -> bool {
    finding.code == check.code && finding.paths.len() == check.operands.len() && finding.paths.iter().zip(&check.operands).all(|(a, b)| *a == b.path)
}

/// The figures that a listed repair would change.
fn paths(board: &Board<'_>, found: &[Found]) -> Vec<Name> {
    let mut cells: Vec<usize> = found.iter().take(MAX_REPAIRS).flat_map(|f| &f.changes).map(|(cell, _)| *cell).collect();
    cells.sort_unstable();
    cells.dedup();
    cells.into_iter().filter_map(|cell| board.figure(cell)).map(|f| f.path.clone()).collect()
}

fn repair(board: &Board<'_>, found: &Found) -> Repair {
    let changes = found.changes.iter().filter_map(|&(cell, value)| {
        let figure = board.figure(cell)?;
        // What a moved figure leaves behind is what stood where it goes.
        let emptied = found.changes.iter().find(|(other, v)| *other != cell && value == 0 && board.value(*other) == 0 && *v != 0);
        let to = emptied.map_or_else(|| board.written(cell, value), |(other, _)| board.figure(*other).and_then(|f| f.value));
        Some(Change { path: figure.path.clone(), from: figure.value, to })
    });
    Repair {
        kind: found.kind,
        changes: changes.collect(),
        closes: found.outcome.closes,
        of: board.broken.len(),
        message: words::message(board, found),
    }
}
