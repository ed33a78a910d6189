//! From glyphs and rulings to lines of text and tables.

use super::content::{Glyph, Marks, Ruling};

/// How far apart two things may be that touch, in points.
const TOUCH: f32 = 3.0;
/// Rulings of one direction that are looked at; drawings have more.
const MAX_RULINGS: usize = 3_000;
/// Places of the lattice of one table.
const MAX_PLACES: usize = 250_000;

/// Left, top, right, bottom.
pub type Area = [f32; 4];

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub text: String,
    pub area: Area,
}

/// A table with rulings.
#[derive(Clone, Debug)]
pub struct Table {
    pub area: Area,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    pub text: String,
    pub column: usize,
    pub row_span: usize,
    pub column_span: usize,
    pub area: Area,
}

/// The tables of a page, and its lines outside them, each from top to bottom.
pub fn layout(marks: Marks) -> (Vec<Table>, Vec<Line>) {
    let Marks { mut glyphs, rulings, .. } = marks;
    let mut tables = Vec::new();
    for lattice in lattices(&rulings) {
        tables.extend(lattice.table(&mut glyphs));
    }
    tables.sort_by(|a, b| a.area.get(1).partial_cmp(&b.area.get(1)).unwrap_or(std::cmp::Ordering::Equal));
    (tables, lines(glyphs))
}

// --------------------------------------------------------------------------------------------------------------------
// Lines.

/// The glyphs as lines, from top to bottom.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    let middle = |g: &Glyph| (g.top + g.bottom) / 2.0;
    glyphs.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut rows: Vec<(f32, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        let (at, height) = (middle(&glyph), glyph.bottom - glyph.top);
        match rows.last_mut() {
            Some((row, list)) if at - *row < height * 0.45 => list.push(glyph),
            _ => rows.push((at, vec![glyph])),
        }
    }
    rows.into_iter().filter_map(|(_, list)| line(list)).collect()
}

fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut text = String::new();
    let mut area: Option<Area> = None;
    let mut before: Option<Glyph> = None;
    for glyph in glyphs {
        let size = glyph.bottom - glyph.top;
        if let Some(before) = &before {
            // Bold is often the same glyph drawn twice.
            if before.text == glyph.text && glyph.left - before.left < size * 0.3 {
                continue;
            }
            text.extend(std::iter::repeat_n(' ', spaces(before, &glyph, size)));
        }
        text.push_str(&glyph.text);
        let own = [glyph.left, glyph.top, glyph.right, glyph.bottom];
        area = Some(area.map_or(own, |area| around(area, own)));
        before = Some(glyph);
    }
    Some(Line { text, area: area? })
}

/// The spaces that a gap between two glyphs stands for: none between characters set wide, at least two between columns.
fn spaces(before: &Glyph, glyph: &Glyph, size: f32) -> usize {
    let gap = (glyph.left - before.right) / size.max(1.0);
    let han = |text: &str| text.chars().any(|c| c >= '\u{2E80}');
    match gap {
        gap if gap > 1.2 => ((gap * 2.0).min(80.0) as usize).max(2),
        gap if gap > 0.6 || (gap > 0.28 && !(han(&before.text) && han(&glyph.text))) => 1,
        _ => 0,
    }
}

fn around(a: Area, b: Area) -> Area {
    let ([l, t, r, d], [left, top, right, bottom]) = (a, b);
    [l.min(left), t.min(top), r.max(right), d.max(bottom)]
}

/// Puts wrapped lines together: Chinese goes on without a space, so do digits; other words take one.
pub fn join(lines: impl IntoIterator<Item = String>) -> String {
    let mut whole = String::new();
    for line in lines {
        let apart = whole.ends_with(|c: char| c.is_ascii_alphabetic()) && line.starts_with(|c: char| c.is_ascii_alphabetic());
        if apart {
            whole.push(' ');
        }
        whole.push_str(&line);
    }
    whole
}

// --------------------------------------------------------------------------------------------------------------------
// Tables.

/// Rulings that cross one another.
struct Lattice {
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For every row and every x: whether a ruling runs there. For every y and every column likewise.
    upright: Vec<bool>,
    level: Vec<bool>,
}

/// Rulings that are pieces of one are joined.
fn joined(rulings: &[Ruling], horizontal: bool) -> Vec<Ruling> {
    let mut own: Vec<Ruling> = rulings.iter().copied().filter(|r| r.horizontal == horizontal).collect();
    own.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut groups: Vec<Vec<Ruling>> = Vec::new();
    for ruling in own {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| ruling.at - last.at < TOUCH / 2.0) => group.push(ruling),
            _ => groups.push(vec![ruling]),
        }
    }
    let mut whole: Vec<Ruling> = Vec::new();
    for mut group in groups {
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = whole.len();
        for ruling in group {
            match whole.get_mut(first..).and_then(<[Ruling]>::last_mut) {
                Some(last) if ruling.from <= last.to + TOUCH => last.to = last.to.max(ruling.to),
                _ => whole.push(ruling),
            }
        }
    }
    whole
}

/// The lattices of a page.
fn lattices(rulings: &[Ruling]) -> Vec<Lattice> {
    let (level, upright) = (joined(rulings, true), joined(rulings, false));
    if level.len() > MAX_RULINGS || upright.len() > MAX_RULINGS {
        return Vec::new();
    }
    let crosses = |h: &Ruling, v: &Ruling| h.from - TOUCH <= v.at && v.at <= h.to + TOUCH && v.from - TOUCH <= h.at && h.at <= v.to + TOUCH;
    let mut sets = Sets::new(level.len() + upright.len());
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate().filter(|(_, v)| crosses(h, v)) {
            let _ = v;
            sets.join(i, level.len() + j);
        }
    }
    let mut roots: Vec<usize> = (0..level.len()).map(|i| sets.root(i)).collect();
    roots.sort_unstable();
    roots.dedup();
    let mut found = Vec::new();
    for root in roots {
        let own_level: Vec<Ruling> = level.iter().enumerate().filter(|(i, _)| sets.root(*i) == root).map(|(_, r)| *r).collect();
        let own_upright: Vec<Ruling> = upright.iter().enumerate().filter(|(j, _)| sets.root(level.len() + j) == root).map(|(_, r)| *r).collect();
        found.extend(Lattice::new(&own_level, &own_upright));
    }
    found
}

/// Sets that are joined two and two.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(&up) = self.0.get(at).filter(|&&up| up != at) {
            // Halve the way for the next time.
            let next = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = next;
            }
            at = next;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

/// Different places on an axis.
fn places(rulings: &[Ruling]) -> Vec<f32> {
    let mut places: Vec<f32> = rulings.iter().map(|r| r.at).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < TOUCH);
    places
}

fn nearest(places: &[f32], at: f32) -> usize {
    let behind = places.partition_point(|&p| p < at - TOUCH);
    behind.min(places.len().saturating_sub(1))
}

impl Lattice {
    fn new(level: &[Ruling], upright: &[Ruling]) -> Option<Self> {
        let (xs, ys) = (places(upright), places(level));
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || (columns + 1).saturating_mul(rows + 1) > MAX_PLACES {
            return None;
        }
        let mut lattice = Self { upright: vec![false; rows * xs.len()], level: vec![false; ys.len() * columns], xs, ys };
        for ruling in upright {
            let x = nearest(&lattice.xs, ruling.at);
            for row in 0..rows {
                if covers(ruling, &lattice.ys, row) {
                    lattice.upright.get_mut(row * (columns + 1) + x).into_iter().for_each(|wall| *wall = true);
                }
            }
        }
        for ruling in level {
            let y = nearest(&lattice.ys, ruling.at);
            for column in 0..columns {
                if covers(ruling, &lattice.xs, column) {
                    lattice.level.get_mut(y * columns + column).into_iter().for_each(|wall| *wall = true);
                }
            }
        }
        Some(lattice)
    }

    /// The table, with the glyphs that stand in it taken out of those of the page; `None` if fewer than two cells have words.
    fn table(&self, glyphs: &mut Vec<Glyph>) -> Option<Table> {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut sets = Sets::new(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let place = row * columns + column;
                if column + 1 < columns && !self.upright.get(row * (columns + 1) + column + 1).copied().unwrap_or(false) {
                    sets.join(place, place + 1);
                }
                if row + 1 < rows && !self.level.get((row + 1) * columns + column).copied().unwrap_or(false) {
                    sets.join(place, place + columns);
                }
            }
        }
        // Every cell by its first place, with its last row and column.
        let mut extents: Vec<Option<(usize, usize, usize, usize)>> = vec![None; columns * rows];
        for row in 0..rows {
            for column in 0..columns {
                if let Some(extent) = extents.get_mut(sets.root(row * columns + column)) {
                    let (top, left, bottom, right) = extent.unwrap_or((row, column, row, column));
                    *extent = Some((top.min(row), left.min(column), bottom.max(row), right.max(column)));
                }
            }
        }
        let place_of = |glyph: &Glyph| -> Option<usize> {
            let (x, y) = ((glyph.left + glyph.right) / 2.0, (glyph.top + glyph.bottom) / 2.0);
            let column = self.xs.partition_point(|&p| p <= x).checked_sub(1).filter(|&c| c < columns)?;
            let row = self.ys.partition_point(|&p| p <= y).checked_sub(1).filter(|&r| r < rows)?;
            Some(row * columns + column)
        };
        let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); columns * rows];
        let mut outside = Vec::new();
        for glyph in glyphs.drain(..) {
            match place_of(&glyph).and_then(|place| inside.get_mut(sets.root(place))) {
                Some(cell) => cell.push(glyph),
                None => outside.push(glyph),
            }
        }
        *glyphs = outside;
        if inside.iter().filter(|cell| !cell.is_empty()).count() < 2 {
            glyphs.extend(inside.into_iter().flatten());
            return None;
        }
        let mut table: Vec<Vec<Cell>> = vec![Vec::new(); rows];
        for (extent, cell) in extents.into_iter().zip(inside) {
            let Some((top, left, bottom, right)) = extent else { continue };
            let at = |places: &[f32], i: usize| places.get(i).copied().unwrap_or(0.0);
            let area = [at(&self.xs, left), at(&self.ys, top), at(&self.xs, right + 1), at(&self.ys, bottom + 1)];
            let text = join(lines(cell).into_iter().map(|line| line.text));
            if let Some(row) = table.get_mut(top) {
                row.push(Cell { text, column: left, row_span: bottom + 1 - top, column_span: right + 1 - left, area });
            }
        }
        table.iter_mut().for_each(|row| row.sort_by_key(|cell| cell.column));
        let at = |places: &[f32]| (places.first().copied().unwrap_or(0.0), places.last().copied().unwrap_or(0.0));
        let ((left, right), (top, bottom)) = (at(&self.xs), at(&self.ys));
        Some(Table { area: [left, top, right, bottom], rows: table })
    }
}

/// Whether a ruling runs along the piece between two places.
fn covers(ruling: &Ruling, places: &[f32], piece: usize) -> bool {
    match places.get(piece..piece + 2) {
        Some(&[a, b]) => {
            let middle = (a + b) / 2.0;
            ruling.from <= middle && middle <= ruling.to
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, x: f32, y: f32) -> Glyph {
        Glyph { text: text.into(), left: x, right: x + 10.0, top: y, bottom: y + 10.0 }
    }

    fn words(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        text.chars().enumerate().map(|(i, c)| glyph(&c.to_string(), x + 10.0 * f32::from(u16::try_from(i).unwrap()), y)).collect()
    }

    #[test]
    fn lines_with_columns_and_bold() {
        let mut glyphs = words("收到", 10.0, 20.0);
        glyphs.extend(words("12", 100.0, 21.0));
        glyphs.push(glyph("收", 10.5, 20.0));
        glyphs.extend(words("第二行", 10.0, 40.0));
        let texts: Vec<String> = lines(glyphs).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, [format!("收到{}12", " ".repeat(14)), "第二行".to_owned()]);
        assert_eq!(join(["不予".to_owned(), "公开".to_owned()]), "不予公开");
        assert_eq!(join(["see".to_owned(), "note".to_owned()]), "see note");
    }

    #[test]
    fn rulings_make_cells_and_merged_cells() {
        let h = |at, from, to| Ruling { horizontal: true, at, from, to };
        let v = |at, from, to| Ruling { horizontal: false, at, from, to };
        // Two columns; the left cell reaches over both rows.
        let rulings =
            [h(0.0, 0.0, 200.0), h(50.0, 100.0, 200.0), h(100.0, 0.0, 200.0), v(0.0, 0.0, 100.0), v(100.0, 0.0, 100.0), v(200.0, 0.0, 100.0)];
        let mut glyphs = words("总", 40.0, 30.0);
        glyphs.extend(words("计", 40.0, 55.0));
        glyphs.extend(words("7", 150.0, 20.0));
        glyphs.extend(words("外", 150.0, 150.0));
        let (tables, lines) = layout(Marks { glyphs, rulings: rulings.to_vec(), ..Marks::default() });
        let cells: Vec<(String, usize, usize)> = tables[0].rows.iter().flatten().map(|c| (c.text.clone(), c.column, c.row_span)).collect();
        assert_eq!(cells, [("总计".to_owned(), 0, 2), ("7".to_owned(), 1, 1), (String::new(), 1, 1)]);
        assert_eq!(lines.len(), 1);
    }
}
