//! Spreadsheets: xlsx, xlsb, xls and ods. The rows of a sheet are grids; a row that holds nothing but a heading or a sentence is a line of text
//! between them.

mod extent;
mod legacy;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Range, Reader, SheetVisible, Sheets, XlsxFormulaMetadata, open_workbook_auto_from_rs};
use rustc_hash::FxHashMap;

use super::{
    ReadError,
    writer::{Cell, Writer},
};
use crate::{Document, Format, Options, labels::lexicon};

/// Reads a spreadsheet.
///
/// # Errors
/// [`ReadError::Damaged`] if it cannot be read, [`ReadError::Limit`] over [`Options`].
pub fn read(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    let spanned = extent::look(bytes, options)?;
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
        let formulas = formulas(&mut book, &sheet.name);
        write(rows(&range, &formulas, &merged), &sheet.name, &mut writer)?;
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

/// Whether a row holds a heading or a sentence and nothing else. A row of a table whose figures are all blank is none.
fn is_line(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|c| !c.text.trim().is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    let words = only.text.trim();
    let first = row.first().is_some_and(|c| c.column == only.column);
    let heading = gongkai_grammar::heading_mark(words).is_some() && !lexicon().is_row(words);
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

/// The cells of a sheet whose formula has no value, as programs write them, with the formula. It is left out where one that is shared stands for it,
/// and what cannot be read is too.
fn formulas(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> FxHashMap<(u32, u32), String> {
    let mut found = FxHashMap::default();
    match book {
        Sheets::Xlsx(book) => {
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return found };
            while let Ok(Some(cell)) = cells.next_cell_with_formula_metadata() {
                let formula = match cell.formula {
                    Some(XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. }) => formula,
                    Some(_) => String::new(),
                    None => continue,
                };
                if cell.value == DataRef::Empty {
                    found.insert(cell.pos, formula);
                }
            }
        }
        Sheets::Ods(book) => {
            let Ok(range) = book.worksheet_formula(name) else { return found };
            let (top, left) = range.start().unwrap_or_default();
            let cells = range.used_cells().filter(|(.., formula)| !formula.is_empty());
            let place = |row: usize, column: usize| Some((top + u32::try_from(row).ok()?, left + u32::try_from(column).ok()?));
            found.extend(cells.filter_map(|(row, column, formula)| Some((place(row, column)?, formula.clone()))));
        }
        _ => {}
    }
    found
}

/// The rows of a sheet, cells under merged ones left out. A cell whose formula has no value shows the formula: what it counts is not known.
fn rows(range: &Range<Data>, formulas: &FxHashMap<(u32, u32), String>, merged: &[Merged]) -> Vec<Vec<Cell>> {
    let corners = || [range.start(), range.end()].into_iter().flatten().chain(formulas.keys().copied());
    let (Some(top), Some(bottom)) = (corners().map(|c| c.0).min(), corners().map(|c| c.0).max()) else { return Vec::new() };
    let (Some(left), Some(right)) = (corners().map(|c| c.1).min(), corners().map(|c| c.1).max()) else { return Vec::new() };
    let mut merged = merged.to_vec();
    merged.sort_unstable();
    // Merged cells that begin at or above the row and reach it.
    let mut reaching: Vec<Merged> = Vec::new();
    let mut behind = merged.into_iter().peekable();
    let mut rows = Vec::new();
    for at in top..=bottom {
        reaching.retain(|(_, end)| end.0 >= at);
        while let Some(next) = behind.next_if(|(start, _)| start.0 <= at) {
            reaching.push(next);
        }
        let mut row = Vec::new();
        for column in left..=right {
            let over = reaching.iter().find(|(start, end)| start.1 <= column && column <= end.1 && end.0 >= at);
            let (mut row_span, mut column_span) = (1, 1);
            if let Some(&(start, end)) = over {
                if start != (at, column) {
                    continue;
                }
                (row_span, column_span) = (size(start.0, end.0), size(start.1, end.1));
            }
            let value = range.get_value((at, column)).map(words).unwrap_or_default();
            let formula = || formulas.get(&(at, column)).map(|f| format!("={}", f.trim_start_matches(['=', ':'])));
            let text = if value.is_empty() { formula().unwrap_or(value) } else { value };
            row.push(Cell { text, column: size(left, column) - 1, row_span, column_span });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_shown() {
        for (number, text) in [(12.0, "12"), (0.1 + 0.2, "0.3"), (-3.0, "-3"), (7984.47, "7984.47"), (1_340_000.0, "1340000")] {
            assert_eq!(words(&Data::Float(number)), text);
        }
    }
}
