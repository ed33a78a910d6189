//! Tables drawn with lines, as a text browser draws them: spanning cells have no line through them.

use gongkai::write::Sheet;
use gongkai_grammar::Form;

use super::{
    document::Document,
    measure::{Align, column_widths, room},
};
use crate::generate::Filled;

/// Width of a line with the space on its two sides.
const GAP: usize = 3;
/// The joints of lines by their arms: up 1, down 2, left 4, right 8.
const JOINTS: [char; 16] = [' ', '│', '│', '│', '─', '┘', '┐', '┤', '─', '└', '┌', '├', '─', '┴', '┬', '┼'];

type Owners = Vec<Vec<Option<(usize, usize)>>>;

/// For each place of the grid the cell that covers it, as (row, index in the row).
fn owners(sheet: &Sheet) -> Owners {
    let mut owners = vec![vec![None; sheet.width]; sheet.rows.len()];
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (index, cell) in cells.iter().enumerate() {
            for line in owners.iter_mut().skip(row).take(cell.height) {
                line[cell.column..cell.column + cell.width].fill(Some((row, index)));
            }
        }
    }
    owners
}

/// A line between all rows.
#[must_use]
pub fn boxed(form: &Form, filled: &Filled) -> String {
    Document::new(form, filled).text("\n\n", table)
}

fn table(sheet: &Sheet) -> String {
    let widths = column_widths(sheet, GAP, |cell| vec![cell.text.clone()]);
    let owners = owners(sheet);
    let mut lines = vec![rule(&owners, 0, &widths)];
    for row in 0..sheet.rows.len() {
        lines.push(line(sheet, &owners[row], row, &widths));
        lines.push(rule(&owners, row + 1, &widths));
    }
    lines.join("\n")
}

/// A row of cells; a cell that began in a row above is empty here.
fn line(sheet: &Sheet, owners: &[Option<(usize, usize)>], row: usize, widths: &[usize]) -> String {
    let mut text = String::from("│");
    let mut column = 0;
    while let Some(owner) = owners.get(column) {
        let span = owners[column..].iter().take_while(|other| *other == owner).count();
        let cell = owner.filter(|(first, _)| *first == row).map_or("", |(first, index)| sheet.rows[first][index].text.as_str());
        text.push_str(&format!(" {} │", Align::Left.place(cell, room(widths, column, span, GAP))));
        column += span;
    }
    text
}

/// The line above a row, or below the last one.
fn rule(owners: &Owners, row: usize, widths: &[usize]) -> String {
    let owner = |row: Option<usize>, column: usize| row.and_then(|row| owners.get(row)).map(|columns| columns[column]);
    let (above, below) = (row.checked_sub(1), Some(row));
    // Whether a line runs between the two rows at a column, and between two columns in a row.
    let drawn = |column: usize| owner(above, column) != owner(below, column);
    let parted = |row: Option<usize>, edge: usize| {
        let exists = row.is_some_and(|row| row < owners.len());
        exists && (edge == 0 || edge == widths.len() || owner(row, edge - 1) != owner(row, edge))
    };
    let mut text = String::new();
    for edge in 0..=widths.len() {
        let (left, right) = (edge > 0 && drawn(edge - 1), edge < widths.len() && drawn(edge));
        let arms = [parted(above, edge), parted(below, edge), left, right];
        let joint = arms.iter().enumerate().map(|(bit, &arm)| usize::from(arm) << bit).sum::<usize>();
        text.push(JOINTS[joint]);
        if let Some(width) = widths.get(edge) {
            text.push_str(&(if right { "─" } else { " " }).repeat(width + GAP - 1));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::forms;
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::{Rng, Style, fill, print::document::Part};

    #[test]
    fn lines_of_a_table_are_equally_wide_and_leave_spans_open() {
        let form = forms().edition("2021").unwrap();
        let document = Document::new(form, &fill(form, &mut Rng::new(3), Style { max_digits: 2, ..Style::default() }));
        let tables: Vec<String> = document.0.iter().filter_map(|p| if let Part::Table(sheet) = p { Some(table(sheet)) } else { None }).collect();
        for table in &tables {
            let widths: Vec<usize> = table.lines().map(UnicodeWidthStr::width).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
        }
        let head: Vec<&str> = tables[0].lines().take(4).collect();
        assert_eq!(head[0].matches('┬').count(), 0, "{}", tables[0]);
        assert_eq!(head[2].matches('┬').count(), 3, "{}", tables[0]);
        assert!(tables[1].lines().any(|line| line.starts_with("│ ") && line.contains('├') && line.ends_with('┤')), "{}", tables[1]);
    }
}
