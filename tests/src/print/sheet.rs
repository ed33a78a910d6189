//! A table as it is printed: every cell with its place and span, whatever the dialect.

use gongkai_grammar::{Block, FormTable, Row, RowKind};

use crate::generate::Filled;

/// A printed table.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Columns of the grid.
    pub width: usize,
    /// Rows of the head.
    pub head: usize,
    /// The cells that begin in each row, from left to right. A cell that spans rows stands in its first one only.
    pub rows: Vec<Vec<Cell>>,
}

/// A printed cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// What it is.
    pub kind: CellKind,
    /// Its first column.
    pub column: usize,
    /// Columns it spans.
    pub width: usize,
    /// Rows it spans.
    pub height: usize,
}

/// What a printed cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Names a row, a group, a block, or what the labels are.
    Label,
    /// Names several columns of figures.
    Banner,
    /// Names one column of figures.
    Header,
    /// The unit of a row.
    Unit,
    /// A figure.
    Figure,
}

impl Cell {
    fn new(kind: CellKind, text: impl Into<String>, column: usize, width: usize) -> Self {
        Self { text: text.into(), kind, column, width, height: 1 }
    }

    fn high(self, height: usize) -> Self {
        Self { height, ..self }
    }
}

impl Sheet {
    /// Lays a filled table out as the form prints it.
    #[must_use]
    pub fn new(table: &FormTable, filled: &Filled, year: i32) -> Self {
        let plan = Plan { table, filled, year, printed: printed_rows(table, filled) };
        let (head, rows) = if table.across {
            plan.across()
        } else if !table.blocks.is_empty() {
            plan.blocks()
        } else if table.unit.is_some() && table.columns.len() > 2 {
            plan.matrix()
        } else {
            plan.list()
        };
        let width = rows.iter().flatten().map(|cell| cell.column + cell.width).max().unwrap_or(0);
        Self { width, head, rows }
    }

    /// All cells as they are read.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flatten()
    }

    /// For each place of the grid the cell that covers it, as (row, index in the row).
    #[must_use]
    pub fn owners(&self) -> Vec<Vec<Option<(usize, usize)>>> {
        let mut owners = vec![vec![None; self.width]; self.rows.len()];
        for (row, cells) in self.rows.iter().enumerate() {
            for (index, cell) in cells.iter().enumerate() {
                for line in owners.iter_mut().skip(row).take(cell.height) {
                    line[cell.column..cell.column + cell.width].fill(Some((row, index)));
                }
            }
        }
        owners
    }
}

/// The rows that are printed: those with figures, and groups that still have some.
fn printed_rows(table: &FormTable, filled: &Filled) -> Vec<usize> {
    let mut printed = Vec::new();
    let mut below = false;
    for (index, row) in table.rows.iter().enumerate().rev() {
        let is_group = row.kind == RowKind::Group;
        let keep = if is_group { below } else { row.paths.iter().any(|path| filled.cells.contains_key(path)) };
        // What a group needs: a printed row or group right below, up to the next group.
        below = if is_group { keep } else { keep || (below && !next_is_group(table, index)) };
        if keep {
            printed.push(index);
        }
    }
    printed.reverse();
    printed
}

fn next_is_group(table: &FormTable, index: usize) -> bool {
    table.rows.get(index + 1).is_none_or(|row| row.kind == RowKind::Group)
}

/// How deep a row stands: 一、 0, （一） 1, 1. 2.
fn depth(row: &Row) -> usize {
    match row.number.as_deref().and_then(|number| number.chars().next()) {
        Some('（') => 1,
        Some(first) if first.is_ascii_digit() => 2,
        _ => 0,
    }
}

fn label(row: &Row) -> String {
    format!("{}{}", row.number.as_deref().unwrap_or_default(), row.labels[0])
}

/// Spans that share out a width, the wider ones in the middle.
fn spans(width: usize, columns: usize) -> Vec<usize> {
    let (each, more) = (width / columns, width % columns);
    let first_wider = (columns - more).div_ceil(2);
    (0..columns).map(|index| each + usize::from((first_wider..first_wider + more).contains(&index))).collect()
}

/// Rows of cells, and how many of them are the head.
type Laid = (usize, Vec<Vec<Cell>>);

struct Plan<'a> {
    table: &'a FormTable,
    filled: &'a Filled,
    year: i32,
    printed: Vec<usize>,
}

impl Plan<'_> {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.printed.iter().map(|&index| &self.table.rows[index])
    }

    /// The printed label of a column; 年度 carries the year.
    fn header(&self, column: usize) -> String {
        match self.table.columns[column].labels[0].as_str() {
            "年度" => format!("{}年度", self.year),
            label => label.to_owned(),
        }
    }

    /// What the labels are called.
    fn corner(&self) -> &str {
        self.table.headers.first().map_or("项目", String::as_str)
    }

    fn figures(&self, row: &Row, start: usize, spans: &[usize]) -> Vec<Cell> {
        let mut column = start;
        let mut cells = Vec::new();
        for (path, &span) in row.paths.iter().zip(spans) {
            let text = self.filled.cells.get(path).map_or("", |cell| cell.text());
            cells.push(Cell::new(CellKind::Figure, text, column, span));
            column += span;
        }
        cells
    }

    /// Section two: blocks under one another, each with a title and a head of its own.
    fn blocks(&self) -> Laid {
        let rows = self.table.blocks.iter().flat_map(|block| self.block(block)).collect();
        (2, rows)
    }

    fn block(&self, block: &Block) -> Vec<Vec<Cell>> {
        let spans = spans(self.table.width - 1, block.columns.len());
        let mut head = vec![Cell::new(CellKind::Label, self.corner(), 0, 1)];
        let mut column = 1;
        for (index, &span) in block.columns.clone().zip(&spans) {
            head.push(Cell::new(CellKind::Header, self.header(index), column, span));
            column += span;
        }
        let mut rows = vec![vec![Cell::new(CellKind::Label, block.titles[0].clone(), 0, self.table.width)], head];
        let is_there = |row: &&Row| row.paths.iter().any(|path| self.filled.cells.contains_key(path));
        for row in self.table.rows[block.rows.clone()].iter().filter(is_there) {
            let mut cells = vec![Cell::new(CellKind::Label, label(row), 0, 1)];
            cells.extend(self.figures(row, 1, &spans));
            rows.push(cells);
        }
        // A block whose rows were dropped is dropped with them.
        if rows.len() > 2 { rows } else { Vec::new() }
    }

    /// Section three: three columns of labels, a head of three rows.
    fn matrix(&self) -> Laid {
        let columns = self.table.columns.len();
        let labels = self.table.width.saturating_sub(columns).max(1);
        let mut rows = self.matrix_head(labels, columns);
        let mut groups: Vec<Cell> = Vec::new();
        for (at, row) in self.rows().enumerate() {
            let column = depth(row).min(labels - 1);
            if row.kind == RowKind::Group {
                let below = self.rows().skip(at + 1).take_while(|below| depth(below) > depth(row));
                let height = below.filter(|below| below.kind != RowKind::Group).count();
                groups.push(Cell::new(CellKind::Label, label(row), column, 1).high(height));
                continue;
            }
            let mut cells = std::mem::take(&mut groups);
            cells.push(Cell::new(CellKind::Label, label(row), column, labels - column));
            cells.extend(self.figures(row, labels, &vec![1; columns]));
            rows.push(cells);
        }
        (3, rows)
    }

    fn matrix_head(&self, labels: usize, columns: usize) -> Vec<Vec<Cell>> {
        let header = |index: usize| Cell::new(CellKind::Header, self.header(index), labels + index, 1);
        let banner =
            |index: usize, column, width| Cell::new(CellKind::Banner, self.table.headers.get(index).map_or("", String::as_str), column, width);
        let note = self.table.notes.first().map(|note| format!("（{note}）")).unwrap_or_default();
        vec![
            vec![Cell::new(CellKind::Label, note, 0, labels).high(3), banner(0, labels, columns)],
            vec![header(0).high(2), banner(1, labels + 1, columns - 2), header(columns - 1).high(2)],
            (1..columns - 1).map(header).collect(),
        ]
    }

    /// The statistics sheets: label, unit, figures.
    fn list(&self) -> Laid {
        let unit = self.table.headers.iter().find(|header| header.contains("单位")).map_or("单位", String::as_str);
        let columns = self.table.columns.len();
        let mut head = vec![Cell::new(CellKind::Label, self.corner(), 0, 1), Cell::new(CellKind::Unit, unit, 1, 1)];
        head.extend((0..columns).map(|index| Cell::new(CellKind::Header, self.header(index), 2 + index, 1)));
        let mut rows = vec![head];
        for row in self.rows() {
            let is_group = row.kind == RowKind::Group;
            let unit = if is_group { "—" } else { row.unit.as_deref().unwrap_or_default() };
            let mut cells = vec![Cell::new(CellKind::Label, label(row), 0, 1), Cell::new(CellKind::Unit, unit, 1, 1)];
            if is_group {
                cells.extend((0..columns).map(|index| Cell::new(CellKind::Figure, "", 2 + index, 1)));
            } else {
                cells.extend(self.figures(row, 2, &vec![1; columns]));
            }
            rows.push(cells);
        }
        (1, rows)
    }

    /// Section four: all rows side by side, those of one basis under its name.
    fn across(&self) -> Laid {
        let count = self.table.columns.len();
        let (mut top, mut middle, mut low, mut figures): (Vec<Cell>, Vec<Cell>, Vec<Cell>, Vec<Cell>) = Default::default();
        for (index, row) in self.rows().enumerate() {
            let start = index * count;
            let over = row.basis.as_ref().filter(|basis| self.table.headers.contains(basis));
            let name = over.unwrap_or(&row.labels[0]);
            match top.last_mut() {
                Some(last) if over.is_some() && last.text == *name => last.width += count,
                _ => top.push(Cell::new(CellKind::Banner, name.clone(), start, count)),
            }
            let headers = (0..count).map(|column| Cell::new(CellKind::Header, self.header(column), start + column, 1));
            if over.is_some() {
                middle.push(Cell::new(CellKind::Banner, row.labels[0].clone(), start, count));
                low.extend(headers);
            } else {
                middle.extend(headers.map(|header| header.high(2)));
            }
            figures.extend(self.figures(row, start, &vec![1; count]));
        }
        (3, vec![top, middle, low, figures])
    }
}

#[cfg(test)]
mod tests {
    use gongkai_grammar::forms;

    use super::*;
    use crate::{Rng, Style, fill};

    fn sheets(edition: &str, style: Style) -> Vec<Sheet> {
        let form = forms().edition(edition).unwrap();
        let filled = fill(form, &mut Rng::new(9), style);
        form.tables.iter().map(|table| Sheet::new(table, &filled, 2000)).collect()
    }

    /// Cells of each row as (text, column, width, height), figures left out.
    fn names(sheet: &Sheet, row: usize) -> Vec<(&str, usize, usize, usize)> {
        let cells = sheet.rows[row].iter().filter(|cell| cell.kind != CellKind::Figure);
        cells.map(|cell| (cell.text.as_str(), cell.column, cell.width, cell.height)).collect()
    }

    #[test]
    fn every_place_of_every_grid_is_covered_once() {
        for form in &forms().editions {
            for style in [Style::default(), Style { local_rows: false, ..Style::default() }] {
                for sheet in sheets(&form.id, style) {
                    let places = sheet.width * sheet.rows.len();
                    assert_eq!(sheet.cells().map(|cell| cell.width * cell.height).sum::<usize>(), places, "{}", form.id);
                    assert!(sheet.owners().iter().flatten().all(Option::is_some), "{}", form.id);
                }
            }
        }
    }

    #[test]
    fn the_grids_have_the_widths_of_the_forms() {
        let widths = |edition| sheets(edition, Style::default()).iter().map(|sheet| sheet.width).collect::<Vec<_>>();
        assert_eq!(widths("2021"), [4, 10, 15]);
        let mut widths_2019 = widths("2019");
        widths_2019.sort_unstable();
        assert_eq!(widths_2019, [5, 10, 15]);
        assert_eq!(widths("2014"), [3]);
        assert_eq!(widths("2008-fujian"), [4]);
    }

    #[test]
    fn requests_have_spanning_labels() {
        let sheet = &sheets("2021", Style::default())[1];
        assert_eq!(names(sheet, 1), [("自然人", 3, 1, 2), ("法人或其他组织", 4, 5, 1), ("总计", 9, 1, 2)]);
        assert_eq!(names(sheet, 3), [("一、本年新收政府信息公开申请数量", 0, 3, 1)]);
        assert_eq!(names(sheet, 5), [("三、本年度办理结果", 0, 1, 22), ("（一）予以公开", 1, 2, 1)]);
        assert_eq!(names(sheet, 7), [("（三）不予公开", 1, 1, 8), ("1.属于国家秘密", 2, 1, 1)]);
        assert_eq!(names(sheet, 27), [("四、结转下年度继续办理", 0, 3, 1)]);
    }

    #[test]
    fn proceedings_stand_side_by_side() {
        let sheet = &sheets("2021", Style::default())[2];
        assert_eq!(names(sheet, 0), [("行政复议", 0, 5, 1), ("行政诉讼", 5, 10, 1)]);
        assert_eq!(names(sheet, 1)[4..], [("总计", 4, 1, 2), ("未经复议直接起诉", 5, 5, 1), ("复议后起诉", 10, 5, 1)]);
        assert_eq!(sheet.rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 7, 10, 15]);
    }

    #[test]
    fn statistics_have_units_and_years() {
        let sheet = &sheets("2008-fujian", Style::default())[0];
        assert_eq!(names(sheet, 0).iter().map(|n| n.0).collect::<Vec<_>>(), ["指标名称", "计量单位", "2000年度", "历年累计"]);
        let sheet = &sheets("2014", Style::default())[0];
        assert_eq!(names(sheet, 1).iter().map(|n| n.0).collect::<Vec<_>>(), ["一、主动公开情况", "—"]);
        assert_eq!(sheet.rows[0][2].text, "统计数");
    }

    #[test]
    fn groups_without_printed_rows_are_left_out() {
        let style = Style { local_rows: false, ..Style::default() };
        assert_eq!(sheets("2014-inner-mongolia", style)[0].rows.len(), sheets("2014", style)[0].rows.len());
    }

    #[test]
    fn widths_are_shared_out_with_the_wider_in_the_middle() {
        assert_eq!([spans(3, 1), spans(3, 3), spans(4, 3), spans(4, 2)], [vec![3], vec![1, 1, 1], vec![1, 2, 1], vec![2, 2]]);
    }
}
