//! A table laid out as its form prints it: every cell with its place and span.

use std::borrow::Cow;

use gongkai_grammar::{Block, FormTable, Row, RowKind, model::Name};
use serde::Serialize;

/// A table as its form prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// `requests`
    pub table: Name,
    /// Columns of the grid.
    pub width: usize,
    /// Rows of the head.
    pub head: usize,
    /// The cells that begin in each row, from left to right. A cell that spans rows stands in its first one only.
    pub rows: Vec<Vec<SheetCell>>,
}

/// A cell of a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetCell {
    /// What stands in it.
    pub text: String,
    /// What it is.
    pub kind: CellKind,
    /// The path of the figure it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Name>,
    /// Its first column.
    pub column: usize,
    /// Columns it spans.
    pub width: usize,
    /// Rows it spans.
    pub height: usize,
}

/// What a cell of a [`Sheet`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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

/// A row that the form does not have.
#[derive(Clone, Debug, Default)]
pub struct LocalRow {
    /// Its printed label.
    pub label: String,
    /// The unit of its figures.
    pub unit: Option<String>,
    /// Path and text of its figures.
    pub cells: Vec<(Name, String)>,
}

impl SheetCell {
    fn new(kind: CellKind, text: impl Into<String>, column: usize, width: usize) -> Self {
        Self { text: text.into(), kind, path: None, column, width, height: 1 }
    }

    fn high(self, height: usize) -> Self {
        Self { height, ..self }
    }
}

impl Sheet {
    /// Lays a table out. `text` gives what stands in the cell of a path; rows without any are left out. `year` is the one that a header names.
    pub fn new<'a>(table: &'a FormTable, year: Option<i32>, text: &'a dyn Fn(&str) -> Option<Cow<'a, str>>, local: &'a [LocalRow]) -> Self {
        let plan = Plan { table, text, year, local, printed: printed_rows(table, text) };
        let (head, rows) = if table.across {
            plan.across()
        } else if !table.blocks.is_empty() {
            plan.blocks()
        } else if table.unit_header.is_some() {
            plan.list()
        } else {
            plan.matrix()
        };
        let width = rows.iter().flatten().map(|cell| cell.column + cell.width).max().unwrap_or(0);
        Self { table: Name::Owned(table.id.clone()), width, head, rows }
    }

    /// All cells as they are read.
    pub fn cells(&self) -> impl Iterator<Item = &SheetCell> {
        self.rows.iter().flatten()
    }
}

type Text<'a> = &'a dyn Fn(&str) -> Option<Cow<'a, str>>;

/// The rows that are printed: those with figures, and groups that still have some.
fn printed_rows<'a>(table: &'a FormTable, text: Text<'_>) -> Vec<&'a Row> {
    let has_figures = |row: &Row| row.paths.iter().any(|path| text(path).is_some());
    let is_printed = |(at, row): &(usize, &Row)| match row.kind {
        RowKind::Group => table.rows.iter().skip(at + 1).take_while(|below| belongs(below, row)).any(has_figures),
        _ => has_figures(row),
    };
    table.rows.iter().enumerate().filter(is_printed).map(|(_, row)| row).collect()
}

/// How deep a row stands: 一、 0, （一） 1, 1. 2; `None` for what has no number, as 其中.
fn depth(row: &Row) -> Option<usize> {
    match row.number.as_deref()?.chars().next()? {
        '（' => Some(1),
        first if first.is_ascii_digit() => Some(2),
        first if "一二三四五六七八九十".contains(first) => Some(0),
        _ => None,
    }
}

/// Whether a row behind a group is part of it, if all between them are.
fn belongs(row: &Row, group: &Row) -> bool {
    depth(row).is_none_or(|own| Some(own) > depth(group))
}

fn label(row: &Row) -> String {
    format!("{}{}", row.number.as_deref().unwrap_or_default(), first(&row.labels))
}

fn first(labels: &[String]) -> &str {
    labels.first().map_or("", String::as_str)
}

/// Spans that share out a width, the wider ones in the middle.
fn spans(width: usize, columns: usize) -> Vec<usize> {
    let (each, more) = (width / columns.max(1), width % columns.max(1));
    let first_wider = (columns - more).div_ceil(2);
    (0..columns).map(|index| each + usize::from((first_wider..first_wider + more).contains(&index))).collect()
}

/// Rows of cells, and how many of them are the head.
type Laid = (usize, Vec<Vec<SheetCell>>);

struct Plan<'a> {
    table: &'a FormTable,
    text: Text<'a>,
    year: Option<i32>,
    local: &'a [LocalRow],
    printed: Vec<&'a Row>,
}

impl Plan<'_> {
    fn header(&self, index: usize, column: usize, width: usize) -> SheetCell {
        let name = self.table.columns.get(index).map(|header| {
            let year = self.year.filter(|_| header.dated).map(|year| year.to_string()).unwrap_or_default();
            year + first(&header.labels)
        });
        SheetCell::new(CellKind::Header, name.unwrap_or_default(), column, width)
    }

    /// What the labels are called.
    fn corner(&self) -> SheetCell {
        SheetCell::new(CellKind::Label, first(&self.table.headers), 0, 1)
    }

    fn figures(&self, row: &Row, start: usize, spans: &[usize]) -> Vec<SheetCell> {
        let mut column = start;
        let mut cells = Vec::new();
        for (path, &span) in row.paths.iter().zip(spans) {
            let text = (self.text)(path).unwrap_or_default();
            cells.push(SheetCell { path: Some(Name::Owned(path.clone())), ..SheetCell::new(CellKind::Figure, text, column, span) });
            column += span;
        }
        cells
    }

    /// The rows that the form does not have, with figures from column `start` on; the last one spans what is left.
    fn local_rows(&self, start: usize, width: usize) -> impl Iterator<Item = Vec<SheetCell>> {
        self.local.iter().map(move |row| {
            let with_unit = self.table.unit_header.is_some();
            let mut cells = vec![SheetCell::new(CellKind::Label, row.label.as_str(), 0, start - usize::from(with_unit))];
            if with_unit {
                cells.push(SheetCell::new(CellKind::Unit, row.unit.as_deref().unwrap_or_default(), start - 1, 1));
            }
            for (at, (path, text)) in row.cells.iter().enumerate() {
                let rest = width.saturating_sub(start + at).max(1);
                let span = if at + 1 == row.cells.len() { rest } else { 1 };
                cells.push(SheetCell { path: Some(path.clone()), ..SheetCell::new(CellKind::Figure, text.as_str(), start + at, span) });
            }
            cells
        })
    }

    /// Section two: blocks under one another, each with a title and a head of its own.
    fn blocks(&self) -> Laid {
        let blocks = self.table.blocks.iter().flat_map(|block| self.block(block));
        (2, blocks.chain(self.local_rows(1, self.table.width)).collect())
    }

    fn block(&self, block: &Block) -> Vec<Vec<SheetCell>> {
        let spans = spans(self.table.width.saturating_sub(1), block.columns.len());
        let mut head = vec![self.corner()];
        let mut column = 1;
        for (index, &span) in block.columns.clone().zip(&spans) {
            head.push(self.header(index, column, span));
            column += span;
        }
        let mut rows = vec![vec![SheetCell::new(CellKind::Label, first(&block.titles), 0, self.table.width)], head];
        let is_there = |row: &&Row| row.paths.iter().any(|path| (self.text)(path).is_some());
        for row in self.table.rows.get(block.rows.clone()).unwrap_or_default().iter().filter(is_there) {
            let mut cells = vec![SheetCell::new(CellKind::Label, label(row), 0, 1)];
            cells.extend(self.figures(row, 1, &spans));
            rows.push(cells);
        }
        // A block whose rows were dropped is dropped with them.
        if rows.len() > 2 { rows } else { Vec::new() }
    }

    /// Section three: columns of labels, a head of three rows.
    fn matrix(&self) -> Laid {
        let columns = self.table.columns.len();
        let labels = self.table.width.saturating_sub(columns).max(1);
        let mut rows = self.matrix_head(labels, columns);
        let mut groups: Vec<SheetCell> = Vec::new();
        for (at, row) in self.printed.iter().enumerate() {
            let column = depth(row).unwrap_or(0).min(labels - 1);
            if row.kind == RowKind::Group {
                let below = self.printed.iter().skip(at + 1).take_while(|below| belongs(below, row));
                let height = below.filter(|below| below.kind != RowKind::Group).count();
                groups.push(SheetCell::new(CellKind::Label, label(row), column, 1).high(height));
                continue;
            }
            let mut cells = std::mem::take(&mut groups);
            cells.push(SheetCell::new(CellKind::Label, label(row), column, labels - column));
            cells.extend(self.figures(row, labels, &vec![1; columns]));
            rows.push(cells);
        }
        rows.extend(self.local_rows(labels, labels + columns));
        (3, rows)
    }

    fn matrix_head(&self, labels: usize, columns: usize) -> Vec<Vec<SheetCell>> {
        let banner =
            |index: usize, column, width| SheetCell::new(CellKind::Banner, self.table.headers.get(index).map_or("", String::as_str), column, width);
        let header = |index: usize| self.header(index, labels + index, 1);
        let note = self.table.notes.first().map(|note| format!("（{note}）")).unwrap_or_default();
        let last = columns.saturating_sub(1);
        vec![
            vec![SheetCell::new(CellKind::Label, note, 0, labels).high(3), banner(0, labels, columns)],
            vec![header(0).high(2), banner(1, labels + 1, last.saturating_sub(1)), header(last).high(2)],
            (1..last).map(header).collect(),
        ]
    }

    /// The statistics sheets: label, unit, figures.
    fn list(&self) -> Laid {
        let columns = self.table.columns.len();
        let mut head = vec![self.corner(), SheetCell::new(CellKind::Unit, self.table.unit_header.as_deref().unwrap_or_default(), 1, 1)];
        head.extend((0..columns).map(|index| self.header(index, 2 + index, 1)));
        let mut rows = vec![head];
        for row in &self.printed {
            let is_group = row.kind == RowKind::Group;
            let unit = if is_group { "—" } else { row.unit.as_deref().unwrap_or_default() };
            let mut cells = vec![SheetCell::new(CellKind::Label, label(row), 0, 1), SheetCell::new(CellKind::Unit, unit, 1, 1)];
            if is_group {
                cells.extend((0..columns).map(|index| SheetCell::new(CellKind::Figure, "", 2 + index, 1)));
            } else {
                cells.extend(self.figures(row, 2, &vec![1; columns]));
            }
            rows.push(cells);
        }
        rows.extend(self.local_rows(2, 2 + columns));
        (1, rows)
    }

    /// Section four: all rows side by side, those of one basis under its name.
    fn across(&self) -> Laid {
        let count = self.table.columns.len();
        let (mut top, mut middle, mut low, mut figures): (Vec<SheetCell>, Vec<SheetCell>, Vec<SheetCell>, Vec<SheetCell>) = Default::default();
        for (index, row) in self.printed.iter().enumerate() {
            let start = index * count;
            let over = row.basis.as_ref().filter(|basis| self.table.headers.contains(basis));
            let name = over.map_or_else(|| first(&row.labels), String::as_str);
            match top.last_mut() {
                Some(last) if over.is_some() && last.text == name => last.width += count,
                _ => top.push(SheetCell::new(CellKind::Banner, name, start, count)),
            }
            let headers = (0..count).map(|column| self.header(column, start + column, 1));
            if over.is_some() {
                middle.push(SheetCell::new(CellKind::Banner, first(&row.labels), start, count));
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

    fn sheets(edition: &str, local_rows: bool) -> Vec<Sheet> {
        let form = forms().edition(edition).unwrap();
        let text = |path: &str| (local_rows || !path.contains("local:")).then_some(Cow::Borrowed("7"));
        form.tables.iter().map(|table| Sheet::new(table, Some(2000), &text, &[])).collect()
    }

    /// Cells of a row as (text, column, width, height), figures left out.
    fn names(sheet: &Sheet, row: usize) -> Vec<(&str, usize, usize, usize)> {
        let cells = sheet.rows[row].iter().filter(|cell| cell.kind != CellKind::Figure);
        cells.map(|cell| (cell.text.as_str(), cell.column, cell.width, cell.height)).collect()
    }

    fn assert_covered_once(sheet: &Sheet, what: &str) {
        let mut covered = vec![vec![0; sheet.width]; sheet.rows.len()];
        for (row, cell) in sheet.rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell))) {
            assert!(cell.width > 0 && cell.height > 0, "{what} {cell:?}");
            for line in &mut covered[row..row + cell.height] {
                line[cell.column..cell.column + cell.width].iter_mut().for_each(|count| *count += 1);
            }
        }
        assert!(covered.iter().flatten().all(|count| *count == 1), "{what} {}", sheet.table);
    }

    #[test]
    fn every_place_of_every_grid_is_covered_once() {
        for form in &forms().editions {
            for sheet in [true, false].into_iter().flat_map(|local| sheets(&form.id, local)) {
                assert_covered_once(&sheet, &form.id);
            }
        }
    }

    /// Also where the document lacks any run of rows: those of a group, or those in front of one.
    #[test]
    fn every_place_is_covered_once_without_some_rows() {
        for table in forms().editions.iter().flat_map(|form| &form.tables).filter(|table| table.rows.iter().any(|row| row.kind == RowKind::Group)) {
            for (first, last) in (0..table.rows.len()).flat_map(|first| (first + 1..table.rows.len()).map(move |last| (first, last))) {
                let dropped: Vec<&String> = table.rows[first..last].iter().flat_map(|row| &row.paths).collect();
                let text = |path: &str| (!dropped.iter().any(|d| *d == path)).then_some(Cow::Borrowed("7"));
                let sheet = Sheet::new(table, None, &text, &[]);
                assert_covered_once(&sheet, &dropped.iter().map(|path| path.as_str()).collect::<Vec<_>>().join(" "));
            }
        }
    }

    #[test]
    fn the_grids_have_the_widths_of_the_forms() {
        let widths = |edition| sheets(edition, true).iter().map(|sheet| sheet.width).collect::<Vec<_>>();
        assert_eq!(widths("2021"), [4, 10, 15]);
        let mut widths_2019 = widths("2019");
        widths_2019.sort_unstable();
        assert_eq!(widths_2019, [5, 10, 15]);
        assert_eq!(widths("2014"), [3]);
        assert_eq!(widths("2008-fujian"), [4]);
    }

    #[test]
    fn requests_have_spanning_labels() {
        let sheet = &sheets("2021", true)[1];
        assert_eq!(names(sheet, 1), [("自然人", 3, 1, 2), ("法人或其他组织", 4, 5, 1), ("总计", 9, 1, 2)]);
        assert_eq!(names(sheet, 3), [("一、本年新收政府信息公开申请数量", 0, 3, 1)]);
        assert_eq!(names(sheet, 5), [("三、本年度办理结果", 0, 1, 22), ("（一）予以公开", 1, 2, 1)]);
        assert_eq!(names(sheet, 7), [("（三）不予公开", 1, 1, 8), ("1.属于国家秘密", 2, 1, 1)]);
        assert_eq!(names(sheet, 27), [("四、结转下年度继续办理", 0, 3, 1)]);
    }

    #[test]
    fn proceedings_stand_side_by_side() {
        let sheet = &sheets("2021", true)[2];
        assert_eq!(names(sheet, 0), [("行政复议", 0, 5, 1), ("行政诉讼", 5, 10, 1)]);
        assert_eq!(names(sheet, 1)[4..], [("总计", 4, 1, 2), ("未经复议直接起诉", 5, 5, 1), ("复议后起诉", 10, 5, 1)]);
        assert_eq!(sheet.rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 7, 10, 15]);
    }

    #[test]
    fn statistics_have_units_and_years() {
        let sheet = &sheets("2008-fujian", true)[0];
        assert_eq!(names(sheet, 0).iter().map(|n| n.0).collect::<Vec<_>>(), ["指标名称", "计量单位", "2000年度", "历年累计"]);
        let sheet = &sheets("2014", true)[0];
        assert_eq!(names(sheet, 1).iter().map(|n| n.0).collect::<Vec<_>>(), ["一、主动公开情况", "—"]);
        assert_eq!(names(sheet, 0).iter().map(|n| n.0).collect::<Vec<_>>(), ["统计指标", "单位", "统计数"]);
    }

    #[test]
    fn groups_without_printed_rows_are_left_out() {
        assert_eq!(sheets("2014-inner-mongolia", false)[0].rows.len(), sheets("2014", false)[0].rows.len());
        assert!(sheets("2014-inner-mongolia", true)[0].rows.len() > sheets("2014", true)[0].rows.len());
    }

    #[test]
    fn widths_are_shared_out_with_the_wider_in_the_middle() {
        assert_eq!([spans(3, 1), spans(3, 3), spans(4, 3), spans(4, 2)], [vec![3], vec![1, 1, 1], vec![1, 2, 1], vec![2, 2]]);
    }

    #[test]
    fn rows_that_the_form_does_not_have_stand_below() {
        let table = &forms().edition("2014").unwrap().tables[0];
        let local =
            [LocalRow { label: "某项数".into(), unit: Some("件".into()), cells: vec![("statistics/local:某项数/value".into(), "3".into())] }];
        let sheet = Sheet::new(table, None, &|_| Some(Cow::Borrowed("0")), &local);
        let last = sheet.rows.last().unwrap();
        assert_eq!(
            last.iter().map(|cell| (cell.text.as_str(), cell.column, cell.width)).collect::<Vec<_>>(),
            [("某项数", 0, 1), ("件", 1, 1), ("3", 2, 1)]
        );
    }
}
