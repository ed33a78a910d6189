//! Columns held apart by spaces alone; a blank cell is nothing but room.

use gongkai::write::{CellKind, Sheet, SheetCell};
use gongkai_grammar::Form;

use super::{
    document::Document,
    measure::{Align, column_widths, room, wrapped},
};
use crate::generate::Filled;

/// Spaces between columns.
const GAP: usize = 2;

/// How a table is laid out.
#[derive(Clone, Copy)]
struct Layout {
    /// Where figures and the names of their columns stand.
    figures: Align,
    /// The widest labels and headers, if they are broken.
    wrap: Option<(usize, usize)>,
}

/// Figures at the right edge of their columns.
#[must_use]
pub fn right(form: &Form, filled: &Filled) -> String {
    text(form, filled, Layout { figures: Align::Right, wrap: None })
}

/// Figures in the middle of their columns.
#[must_use]
pub fn centred(form: &Form, filled: &Filled) -> String {
    text(form, filled, Layout { figures: Align::Centre, wrap: None })
}

/// Figures at the left edge of their columns.
#[must_use]
pub fn left(form: &Form, filled: &Filled) -> String {
    text(form, filled, Layout { figures: Align::Left, wrap: None })
}

/// As the text of a page of PDF: figures in the middle, labels and headers over several lines, figures beside their middle line.
#[must_use]
pub fn page(form: &Form, filled: &Filled) -> String {
    text(form, filled, Layout { figures: Align::Centre, wrap: Some((28, 8)) })
}

fn text(form: &Form, filled: &Filled, layout: Layout) -> String {
    Document::new(form, filled).text("\n\n", |sheet| layout.table(sheet))
}

impl Layout {
    fn table(self, sheet: &Sheet) -> String {
        let widths = column_widths(sheet, GAP, |cell| self.lines(cell));
        sheet.rows.iter().flat_map(|cells| self.row(cells, &widths)).collect::<Vec<_>>().join("\n")
    }

    fn lines(self, cell: &SheetCell) -> Vec<String> {
        match (self.wrap, cell.kind) {
            (Some((label, _)), CellKind::Label) => wrapped(&cell.text, label),
            (Some((_, header)), CellKind::Header) => wrapped(&cell.text, header * cell.width),
            _ => vec![cell.text.clone()],
        }
    }

    /// The lines of a row, each cell in their middle.
    fn row(self, cells: &[SheetCell], widths: &[usize]) -> Vec<String> {
        let texts: Vec<Vec<String>> = cells.iter().map(|cell| self.lines(cell)).collect();
        let height = texts.iter().map(Vec::len).max().unwrap_or(1);
        let line = |at: usize| {
            let mut line = String::new();
            for (cell, lines) in cells.iter().zip(&texts) {
                let start = if cell.column == 0 { 0 } else { room(widths, 0, cell.column, GAP) + GAP };
                let first = (height - lines.len()) / 2;
                let text = at.checked_sub(first).and_then(|index| lines.get(index)).map_or("", String::as_str);
                line = Align::Left.place(&line, start) + &self.align(cell).place(text, room(widths, cell.column, cell.width, GAP));
            }
            line.trim_end().to_owned()
        };
        (0..height).map(line).collect()
    }

    fn align(self, cell: &SheetCell) -> Align {
        match cell.kind {
            CellKind::Label => Align::Left,
            CellKind::Banner => Align::Centre,
            CellKind::Unit | CellKind::Header | CellKind::Figure => self.figures,
        }
    }
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::forms;
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::{Rng, Style, fill};

    #[test]
    fn figures_stand_under_the_names_of_their_columns() {
        let form = forms().edition("2021").unwrap();
        let filled = fill(form, &mut Rng::new(8), Style { min_digits: 3, max_digits: 3, zeros: 0, ..Style::default() });
        let text = right(form, &filled);
        let ends = |start: &str| {
            let line = text.lines().find(|line| line.starts_with(start)).unwrap();
            let tokens = line.split(' ').scan(0, |at, token| {
                *at += token.width() + 1;
                Some((*at, token))
            });
            tokens.filter(|(_, token)| !token.is_empty()).map(|(end, _)| end).collect::<Vec<usize>>()
        };
        assert_eq!(ends("信息内容")[1..], ends("规章")[1..]);
        assert_eq!(ends("一、本年新收")[1..], ends("四、结转下")[1..]);
    }

    #[test]
    fn long_labels_are_broken_on_a_page() {
        let form = forms().edition("2021").unwrap();
        let filled = fill(form, &mut Rng::new(8), Style::default());
        assert!(centred(form, &filled).contains("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"));
        assert!(!page(form, &filled).contains("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"));
    }
}
