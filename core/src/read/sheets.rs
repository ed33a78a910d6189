//! Spreadsheets: xlsx, xlsb, xls and ods. The rows of a sheet are grids; a row that holds nothing but a heading or a sentence is a line of text
//! between them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Range, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};

use super::{
    ReadError,
    writer::{Cell, Writer},
    xml::{self, Tag, Visit},
    zip::Parts,
};
use crate::{Document, Format, Options};

/// Reads a spreadsheet.
///
/// # Errors
/// [`ReadError::Damaged`] if it cannot be read, [`ReadError::Limit`] over [`Options`].
pub fn read(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    let spanned = if bytes.starts_with(b"PK") { look(bytes, options)? } else { Vec::new() };
    // The library that reads these formats has stopped at damaged files before; such a file is damaged, and no more.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, &spanned, options)))
        .unwrap_or_else(|_| Err(ReadError::damaged(Format::Spreadsheet, "cannot be read")))
}

fn sheets(bytes: &[u8], spanned: &[(String, Merged)], options: &Options) -> Result<Document, ReadError> {
    let damaged = |error: &dyn std::fmt::Display| ReadError::damaged(Format::Spreadsheet, error);
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let mut writer = Writer::new(Format::Spreadsheet, options);
    let mut first_error = None;
    for sheet in book.sheets_metadata().to_vec() {
        let range = match book.worksheet_range(&sheet.name) {
            Ok(range) => range,
            Err(error) => {
                first_error = first_error.or(Some(damaged(&error)));
                continue;
            }
        };
        let merged = merged(&mut book, &sheet.name, spanned);
        write(rows(&range, &merged), &sheet.name, &mut writer)?;
        if sheet.visible != SheetVisible::Visible {
            writer.document().metadata.push(("hidden sheet".to_owned(), sheet.name));
        }
    }
    let document = writer.finish();
    match first_error {
        Some(error) if document.text.is_empty() => Err(error),
        _ => Ok(document),
    }
}

/// Characters of a cell that is a sentence, alone in its row.
const SENTENCE: usize = 30;

/// Writes the rows of a sheet.
fn write(rows: Vec<Vec<Cell>>, sheet: &str, writer: &mut Writer) -> Result<(), ReadError> {
    let mut block: Vec<Vec<Cell>> = Vec::new();
    for row in rows {
        if row.iter().all(|c| c.text.trim().is_empty()) && block.is_empty() {
            continue;
        }
        if is_line(&row) {
            flush(&mut block, sheet, writer)?;
            row.iter().flat_map(|c| c.text.lines()).for_each(|line| {
                writer.line(line);
            });
        } else {
            block.push(row);
        }
    }
    flush(&mut block, sheet, writer)
}

/// Whether a row holds a heading or a sentence and nothing else.
fn is_line(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|c| !c.text.trim().is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    let words = only.text.trim();
    let first = row.first().is_some_and(|c| c.column == only.column);
    let heading = gongkai_grammar::heading_mark(words).is_some();
    words.chars().count() > SENTENCE || words.ends_with('。') || (first && heading)
}

/// Writes a table without the columns behind its last filled or merged cell.
fn flush(block: &mut Vec<Vec<Cell>>, sheet: &str, writer: &mut Writer) -> Result<(), ReadError> {
    while block.last().is_some_and(|row| row.iter().all(|c| c.text.trim().is_empty())) {
        block.pop();
    }
    let used = |c: &&Cell| !c.text.trim().is_empty() || c.column_span > 1;
    let width = block.iter().flatten().filter(used).map(|c| c.column + 1).max().unwrap_or(0);
    block.iter_mut().for_each(|row| row.retain(|c| c.column < width));
    writer.grid(block, Some(sheet))?;
    block.clear();
    Ok(())
}

/// A merged cell: first row and column, last row and column.
type Merged = ((u32, u32), (u32, u32));

fn merged(book: &mut Sheets<Cursor<&[u8]>>, name: &str, spanned: &[(String, Merged)]) -> Vec<Merged> {
    let regions = match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        _ => return spanned.iter().filter(|(sheet, _)| sheet == name).map(|(_, region)| *region).collect(),
    };
    regions.into_iter().map(|d| (d.start, d.end)).collect()
}

/// The rows of a sheet, cells under merged ones left out.
fn rows(range: &Range<Data>, merged: &[Merged]) -> Vec<Vec<Cell>> {
    let Some((top, left)) = range.start() else { return Vec::new() };
    let mut merged = merged.to_vec();
    merged.sort_unstable();
    // Merged cells that begin at or above the row and reach it.
    let mut reaching: Vec<Merged> = Vec::new();
    let mut behind = merged.into_iter().peekable();
    let mut rows = Vec::new();
    for (at, cells) in (top..).zip(range.rows()) {
        reaching.retain(|(_, end)| end.0 >= at);
        while let Some(next) = behind.next_if(|(start, _)| start.0 <= at) {
            reaching.push(next);
        }
        let mut row = Vec::new();
        for (column, cell) in (left..).zip(cells) {
            let over = reaching.iter().find(|(start, end)| start.1 <= column && column <= end.1 && end.0 >= at);
            let (mut row_span, mut column_span) = (1, 1);
            if let Some(&(start, end)) = over {
                if start != (at, column) {
                    continue;
                }
                (row_span, column_span) = (size(start.0, end.0), size(start.1, end.1));
            }
            row.push(Cell { text: words(cell), column: size(left, column) - 1, row_span, column_span });
        }
        rows.push(row);
    }
    rows
}

fn size(first: u32, last: u32) -> usize {
    usize::try_from(last.saturating_sub(first)).unwrap_or(0) + 1
}

/// A cell as the user sees it.
fn words(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) if !time.is_duration() => {
            let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
            if (hour, minute) == (0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        Data::DateTimeIso(time) => time.trim_end_matches("T00:00:00").to_owned(),
        // Numbers are kept in binary: 0.1 + 0.2 is shown as 0.3.
        Data::Float(number) if number.fract() != 0.0 => format!("{number:.9}").trim_end_matches('0').to_owned(),
        other => other.to_string(),
    }
}

/// Looks at the sheets of a zipped workbook before they are read: how far their cells reach is how much memory they take. Gives the merged
/// cells of an ods file, which its reader does not tell.
fn look(bytes: &[u8], options: &Options) -> Result<Vec<(String, Merged)>, ReadError> {
    let mut spanned = Vec::new();
    let mut parts = Parts::open(bytes, Format::Spreadsheet, options)?;
    for name in parts.names() {
        let is_sheet = name == "content.xml" || (name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
        let Some(part) = parts.read(&name)?.filter(|_| is_sheet) else { continue };
        let mut extent = Extent::default();
        xml::walk(&part, Format::Spreadsheet, options, &mut extent)?;
        let value = extent.rows.saturating_mul(extent.columns);
        if value > options.max_cells {
            return Err(ReadError::Limit { limit: "max_cells", value, max: options.max_cells });
        }
        spanned.append(&mut extent.merged);
    }
    Ok(spanned)
}

/// How far the filled cells of a sheet reach.
#[derive(Default)]
struct Extent {
    rows: usize,
    columns: usize,
    /// Of an xlsx sheet: the cell that is open.
    cell: Option<(usize, usize)>,
    // Of an ods sheet: the row and column that are open, how often each is repeated, and whether the cell holds something.
    row: usize,
    column: usize,
    repeated: usize,
    filled: bool,
    sheet: String,
    merged: Vec<(String, Merged)>,
}

impl Visit for Extent {
    fn start(&mut self, tag: &Tag<'_>) {
        let repeated = |name: &str| tag.attribute(name).and_then(|v| v.parse().ok()).unwrap_or(1);
        match tag.name() {
            "c" => {
                self.cell = tag.attribute("r").as_deref().and_then(reference);
                self.filled = false;
            }
            "table" => (self.row, self.sheet) = (0, tag.attribute("name").unwrap_or_default()),
            "table-row" => {
                self.row = self.row.saturating_add(repeated("number-rows-repeated"));
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.repeated = repeated("number-columns-repeated");
                self.filled = tag.attribute("value").is_some();
                let (rows, columns): (usize, usize) = (repeated("number-rows-spanned"), repeated("number-columns-spanned"));
                if rows > 1 || columns > 1 {
                    let place = |row: usize, column: usize| Some((u32::try_from(row).ok()?, u32::try_from(column).ok()?));
                    let row = self.row.saturating_sub(1);
                    let region = place(row, self.column).zip(place(row.saturating_add(rows - 1), self.column.saturating_add(columns - 1)));
                    self.merged.extend(region.map(|region| (self.sheet.clone(), region)));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((row, column)) = self.cell.filter(|_| name == "c" && self.filled) {
            (self.rows, self.columns) = (self.rows.max(row), self.columns.max(column));
        }
        if matches!(name, "table-cell" | "covered-table-cell") {
            self.column = self.column.saturating_add(self.repeated);
            if self.filled {
                (self.rows, self.columns) = (self.rows.max(self.row), self.columns.max(self.column));
            }
            self.filled = false;
        }
    }

    fn text(&mut self, words: &str) {
        self.filled |= !words.trim().is_empty();
    }
}

/// Row and column, from 1, of `BC12`.
fn reference(cell: &str) -> Option<(usize, usize)> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase).count();
    let column = cell.bytes().take(letters.min(4)).fold(0usize, |n, b| n * 26 + usize::from(b - b'A') + 1);
    Some((cell.get(letters..)?.parse().ok()?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_numbers() {
        assert_eq!(reference("XFD1048576"), Some((1_048_576, 16_384)));
        assert_eq!((reference("A1"), reference("1")), (Some((1, 1)), Some((1, 0))));
        for (number, text) in [(12.0, "12"), (0.1 + 0.2, "0.3"), (-3.0, "-3"), (7984.47, "7984.47"), (1_340_000.0, "1340000")] {
            assert_eq!(words(&Data::Float(number)), text);
        }
    }
}
