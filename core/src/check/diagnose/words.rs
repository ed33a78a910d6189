//! A repair in words.

use gongkai_grammar::model::{Message, RepairKind};

use super::{
    board::{Board, Place},
    repairs::Found,
};

/// What a repair would change, and how many of the broken rules it closes.
pub fn message(board: &Board<'_>, found: &Found) -> Message {
    let (zh, en) = change(board, found);
    let (closes, of) = (found.outcome.closes, board.broken.len());
    Message { zh: format!("{zh}，{of} 项不符可消除 {closes} 项").into(), en: format!("{en} closes {closes} of {of}").into() }
}

fn change(board: &Board<'_>, found: &Found) -> (String, String) {
    let (cells, value) = (&found.changes, |cell: Place| text(board, cell, board.value(cell)));
    match (found.kind, found.slips, cells.as_slice()) {
        (RepairKind::Moved, _, [(one, _), (two, _)]) => {
            let (from, to) = if board.value(*one) == 0 { (*two, *one) } else { (*one, *two) };
            let ((from_row, from_column), (to_row, to_column)) = (names(board, from), names(board, to));
            let same_row = board.place(from).0 == board.place(to).0;
            let (line, a, b) = if same_row { (from_row, from_column, to_column) } else { (from_column, from_row, to_row) };
            let value = value(from);
            (format!("“{}”的 {value} 由“{}”移到“{}”", line.0, a.0, b.0), format!("moving {value} from {} to {} in {}", a.1, b.1, line.1))
        }
        (RepairKind::Shifted, ..) => {
            let Some(&(cell, _)) = cells.first() else { return Default::default() };
            let (row, _) = names(board, cell);
            (format!("“{}”各数整体移一列", row.0), format!("moving all figures of {} by one column", row.1))
        }
        (RepairKind::Swapped, ..) => {
            let half = cells.len() / 2;
            let (Some(&(one, _)), Some(&(two, _))) = (cells.first(), cells.get(half)) else { return Default::default() };
            let rows = board.place(one).0 != board.place(two).0;
            let pick = |cell| if rows { names(board, cell).0 } else { names(board, cell).1 };
            let (one, two) = (pick(one), pick(two));
            (format!("“{}”与“{}”的数互换", one.0, two.0), format!("exchanging {} and {}", one.1, two.1))
        }
        _ => {
            let parts: Vec<(String, String)> = cells
                .iter()
                .map(|&(cell, to)| {
                    let (row, column) = names(board, cell);
                    let (from, to) = (value(cell), text(board, cell, to));
                    (format!("“{}”的“{}”由 {from} 改为 {to}", row.0, column.0), format!("{to} for {from} in {}/{}", row.1, column.1))
                })
                .collect();
            let join = |sep: &str, pick: fn(&(String, String)) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join(sep);
            (join("、", |p| &p.0), join(" and ", |p| &p.1))
        }
    }
}

fn text(board: &Board<'_>, cell: Place, value: i128) -> String {
    board.written(cell, value).map_or_else(|| "空".to_owned(), |v| v.to_string())
}

/// A row or a column: its printed label, and its id.
type Named = (String, String);

/// The row and the column of a cell.
fn names(board: &Board<'_>, cell: Place) -> (Named, Named) {
    let (row, column) = board.place(cell);
    let row = board.form.rows.get(row).map(|r| (r.labels.first().cloned().unwrap_or_default(), r.id.clone()));
    let column = board.form.columns.get(column).map(|c| (c.labels.first().cloned().unwrap_or_default(), c.id.clone()));
    (row.unwrap_or_default(), column.unwrap_or_default())
}
