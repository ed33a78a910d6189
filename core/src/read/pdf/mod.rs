//! PDF files that hold text: lines and ruled tables by the places of glyphs and rulings.

mod content;
mod font;
mod layout;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::LoadOptions;

use super::{
    ReadError,
    writer::{self, Writer},
};
use crate::{
    Document, Format, Options,
    document::{Note, Place},
};
use content::Turn;
use gongkai_grammar::model::Span;
use layout::{Area, Line, Table, join};

/// Glyphs without characters that make a page unreadable in parts; fewer are bullets and ornaments.
const UNREADABLE: usize = 10;

/// Reads a PDF file.
///
/// # Errors
/// [`ReadError::Damaged`] if it cannot be read, [`ReadError::Unsupported`] if it needs a password, [`ReadError::Limit`] over
/// [`Options::max_pages`] or [`Options::max_cells`].
pub fn read(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    // The library that reads the file's objects may stop at a damaged one; such a file is damaged, and no more.
    catch_unwind(AssertUnwindSafe(|| pages(bytes, options))).unwrap_or_else(|_| Err(ReadError::damaged(Format::Pdf, "cannot be read")))
}

/// What stands on a page, in reading order.
enum Item {
    Line(Line),
    Table(Table),
}

impl Item {
    fn top(&self) -> f32 {
        let (Self::Line(Line { area, .. }) | Self::Table(Table { area, .. })) = self;
        area.get(1).copied().unwrap_or(0.0)
    }
}

fn pages(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    let load = LoadOptions { max_decompressed_size: Some(options.max_unpacked), ..LoadOptions::default() };
    let mut doc = lopdf::Document::load_mem_with_options(bytes, load).map_err(|error| ReadError::damaged(Format::Pdf, error))?;
    if doc.is_encrypted() && doc.decrypt("").is_err() {
        return Err(super::sniff::locked_pdf());
    }
    let list: Vec<lopdf::ObjectId> = doc.page_iter().take(options.max_pages.saturating_add(1)).collect();
    if list.len() > options.max_pages {
        return Err(ReadError::Limit { limit: "max_pages", value: list.len(), max: options.max_pages });
    }
    let mut reader = content::Reader::new(&doc, options.max_unpacked);
    let mut writer = Writer::new(Format::Pdf, options);
    let mut text = Text::default();
    let (mut empty, mut unreadable, mut damaged) = (Vec::new(), Vec::new(), Vec::new());
    for (number, id) in (1u32..).zip(list) {
        let marks = reader.page(id)?;
        if marks.glyphs.is_empty() && marks.unknown == 0 && marks.images > 0 {
            empty.push(number);
        }
        if marks.unknown >= UNREADABLE {
            unreadable.push(number);
        }
        if marks.damaged {
            damaged.push(number);
        }
        let turn = marks.turn;
        let (tables, lines) = layout::layout(marks);
        let mut items: Vec<Item> = tables.into_iter().map(Item::Table).chain(lines.into_iter().map(Item::Line)).collect();
        items.sort_by(|a, b| a.top().total_cmp(&b.top()));
        text.page(Page { number, turn }, items, &mut writer)?;
    }
    text.end_paragraph(&mut writer);
    let document = writer.document();
    document.places.sort_by_key(|place| place.span);
    let notes = [(Note::NoText as fn(Vec<u32>) -> Note, empty), (Note::Unreadable, unreadable), (Note::Damaged, damaged)];
    document.notes.extend(notes.into_iter().filter(|(_, pages)| !pages.is_empty()).map(|(note, pages)| note(pages)));
    Ok(writer.finish())
}

/// A page, and how its text stands on it.
#[derive(Clone, Copy)]
struct Page {
    number: u32,
    turn: Turn,
}

impl Page {
    /// Where a piece of the text stands on the page.
    fn place(self, span: Span, area: Area) -> Place {
        let area = self.turn.back(area).map(|n| n.clamp(-100_000.0, 100_000.0).round() as i32);
        Place { span, page: self.number, area }
    }
}

/// The text as it is put together from the lines of the pages.
#[derive(Default)]
struct Text {
    /// The lines of the paragraph that is open, each with its page.
    paragraph: Vec<(Page, Line)>,
    /// Whether the paragraph goes on if the next line is not indented.
    open: bool,
    /// The first rows of the table that ended the page before: they may stand again where it goes on.
    heads: Vec<Vec<(usize, String)>>,
}

/// Rows that may be the head of a table.
const HEADS: usize = 6;

impl Text {
    fn page(&mut self, page: Page, mut items: Vec<Item>, writer: &mut Writer) -> Result<(), ReadError> {
        let is_foot = |item: &Item| matches!(item, Item::Line(line) if is_page_number(&line.text));
        if items.last().is_some_and(is_foot) {
            items.pop();
        }
        if items.first().is_some_and(is_foot) {
            items.remove(0);
        }
        let areas = || items.iter().filter_map(|item| if let Item::Line(line) = item { Some(line.area) } else { None });
        let left = areas().map(|[left, ..]| left).fold(f32::INFINITY, f32::min);
        let right = areas().map(|[_, _, right, _]| right).fold(f32::NEG_INFINITY, f32::max);
        for (at, item) in items.into_iter().enumerate() {
            match item {
                Item::Line(line) => {
                    self.heads.clear();
                    self.line(page, line, (left, right), writer);
                }
                Item::Table(mut table) => {
                    self.end_paragraph(writer);
                    self.continued(&mut table, at == 0);
                    write_table(page, &table, writer)?;
                }
            }
        }
        Ok(())
    }

    /// Takes the rows of its head out of a table that goes on from the page before, and notes the head of any other.
    fn continued(&mut self, table: &mut Table, first: bool) {
        let words = |row: &Vec<layout::Cell>| row.iter().map(|c| (c.column, c.text.clone())).collect::<Vec<_>>();
        let same = table.rows.iter().zip(&self.heads).take_while(|(row, head)| words(row) == **head).count();
        if first && same > 0 && same < table.rows.len() {
            table.rows.drain(..same);
        } else {
            self.heads = table.rows.iter().take(HEADS).map(words).collect();
        }
    }

    /// Adds a line: to the paragraph that is open, if it goes on, else to a new one.
    fn line(&mut self, page: Page, line: Line, (left, right): (f32, f32), writer: &mut Writer) {
        let [start, top, end, bottom] = line.area;
        let size = bottom - top;
        let same_size = self.paragraph.last().is_some_and(|(_, before)| {
            let [_, top, _, bottom] = before.area;
            ((bottom - top) / size.max(1.0) - 1.0).abs() < 0.2
        });
        let goes_on = self.open && same_size && start < left + size && gongkai_grammar::heading_mark(&line.text).is_none();
        if !goes_on {
            self.end_paragraph(writer);
        }
        // A line of columns is no part of a paragraph; one that ends before the margin is its last; one set to the right stands alone.
        self.open = !line.text.contains("  ") && end > right - 1.6 * size && start < left + 4.0 * size;
        self.paragraph.push((page, line));
    }

    fn end_paragraph(&mut self, writer: &mut Writer) {
        let lines = std::mem::take(&mut self.paragraph);
        self.open = false;
        let whole = join(lines.iter().map(|(_, line)| line.text.clone()));
        let Some(span) = writer.line(&whole) else { return };
        let mut at = span.start;
        for (page, line) in lines {
            // A space may stand in front of a line of letters.
            let end = (at + line.text.len()).min(span.end);
            writer.document().places.push(page.place(Span::new(at, end), line.area));
            at = end;
        }
    }
}

fn write_table(page: Page, table: &Table, writer: &mut Writer) -> Result<(), ReadError> {
    let rows: Vec<Vec<writer::Cell>> = table
        .rows
        .iter()
        .map(|row| {
            row.iter().map(|c| writer::Cell { text: c.text.clone(), column: c.column, row_span: c.row_span, column_span: c.column_span }).collect()
        })
        .collect();
    if let Some(grid) = writer.grid(&rows, None)? {
        let spans: Vec<Span> = writer.cells_of(grid).iter().map(|c| c.span).collect();
        let places = spans.into_iter().zip(table.rows.iter().flatten()).map(|(span, cell)| page.place(span, cell.area));
        writer.document().places.extend(places);
    }
    Ok(())
}

/// The number of a page: 3, — 3 —, 第3页, 3/7.
fn is_page_number(line: &str) -> bool {
    let bare = line.trim().trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '–' | '－' | '─' | '·' | '~'));
    let bare = bare.trim_start_matches(['第', '共']).trim_end_matches('页').trim();
    let mut parts = bare.split(['/', '页', '共', ' ', '，', ',']).filter(|part| !part.is_empty());
    let small = |part: &str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    parts.clone().count() <= 2 && parts.clone().next().is_some() && parts.all(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for text in ["3", " - 12 - ", "— 3 —", "第 3 页", "第3页 共7页", "3/7"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2023年", "一、总体情况", "12345", "第三页", "", "—"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_pdf_is_damaged() {
        for bytes in [b"%PDF-1.7".as_slice(), b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>"] {
            let read = read(bytes, &Options::default());
            assert!(matches!(&read, Err(ReadError::Damaged { format: "pdf", .. })) || read.is_ok_and(|d| d.text.is_empty()));
        }
    }
}
