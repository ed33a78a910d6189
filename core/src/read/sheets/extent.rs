//! How far the cells of a workbook reach, before it is read: the library that reads it takes memory for every place between its first cell and its
//! last, and two cells may stand a million rows apart; also for as many strings as the file announces.

use super::{
    super::{
        ReadError,
        xml::{self, Tag, Visit},
        zip::Parts,
    },
    Merged, legacy,
};
use crate::{Format, Options};

/// Parts of an xlsb file that are read beside its sheets. None of their records is a cell.
const BINARY: &[&str] = &["xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"];

/// Looks at the sheets of a workbook. Gives the merged cells of an ods file, which its reader does not tell.
///
/// # Errors
/// [`ReadError::Limit`] over [`Options::max_cells`] or [`Options::max_unpacked`], [`ReadError::Damaged`] for a file whose sheets are not found, or
/// that would be endless.
pub fn look(bytes: &[u8], options: &Options) -> Result<Vec<(String, Merged)>, ReadError> {
    let (mut spanned, mut shared, mut repeated) = (Vec::new(), Shared::default(), 0);
    if !bytes.starts_with(b"PK") {
        let areas = legacy::areas(bytes, &mut shared).ok_or_else(|| ReadError::damaged(Format::Spreadsheet, "no workbook"))?;
        areas.into_iter().try_for_each(|area| check(area, options))?;
        shared.check(0, options)?;
        return Ok(spanned);
    }
    let mut parts = Parts::open(bytes, Format::Spreadsheet, options)?;
    for name in parts.names() {
        let Some(part) = parts.read(&name)? else { continue };
        let has = |mark: &[u8]| memchr::memmem::find(&part, mark).is_some();
        // Sheets may stand anywhere in the file, by any name.
        if name.ends_with(".bin") && (has(legacy::BINARY_CELLS) || BINARY.contains(&name.as_str())) {
            let area = legacy::binary_area(&part, &mut shared).ok_or_else(|| ReadError::damaged(Format::Spreadsheet, "a record is too long"))?;
            check(area, options)?;
        }
        if !(name == "content.xml" || has(b"sheetData") || has(b"sst")) {
            continue;
        }
        // The library that reads a table of OpenDocument waits for its end.
        if name == "content.xml" && !xml::is_whole(&part) {
            return Err(ReadError::damaged(Format::Spreadsheet, "an element without its end"));
        }
        let mut extent = Extent::default();
        xml::walk(&part, Format::Spreadsheet, options, &mut extent)?;
        check(extent.rows.saturating_mul(extent.columns), options)?;
        // Memory is taken for as many strings as are announced; each takes more than a byte.
        if extent.strings > part.len() {
            return Err(ReadError::damaged(Format::Spreadsheet, format!("{} strings are announced", extent.strings)));
        }
        spanned.append(&mut extent.merged);
        repeated = extent.bytes.saturating_add(repeated);
        shared.join(extent.shared);
    }
    shared.check(repeated, options)?;
    Ok(spanned)
}

/// The strings that cells share. Each cell has its words to itself once it is read.
#[derive(Default)]
pub struct Shared {
    /// Bytes of each.
    pub lengths: Vec<usize>,
    /// Those that cells refer to.
    pub references: Vec<usize>,
}

impl Shared {
    /// Joins what another part has; whichever is taken for the table of strings.
    fn join(&mut self, other: Self) {
        self.lengths.resize(self.lengths.len().max(other.lengths.len()), 0);
        self.lengths.iter_mut().zip(other.lengths).for_each(|(known, length)| *known = length.max(*known));
        self.references.extend(other.references);
    }

    /// # Errors
    /// [`ReadError::Limit`] if the words of all cells, and `others`, are over [`Options::max_unpacked`].
    fn check(&self, others: usize, options: &Options) -> Result<(), ReadError> {
        let words = self.references.iter().map(|&at| self.lengths.get(at).copied().unwrap_or(0));
        let value = words.fold(others, usize::saturating_add);
        if value > options.max_unpacked {
            return Err(ReadError::Limit { limit: "max_unpacked", value, max: options.max_unpacked });
        }
        Ok(())
    }
}

fn check(value: usize, options: &Options) -> Result<(), ReadError> {
    if value > options.max_cells {
        return Err(ReadError::Limit { limit: "max_cells", value, max: options.max_cells });
    }
    Ok(())
}

/// How far the filled cells of a sheet reach, those with a formula among them.
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
    /// Strings that the table of strings says it has.
    strings: usize,
    shared: Shared,
    /// Whether the open cell refers to a shared string.
    refers: bool,
    /// How often the row of an ods sheet is repeated, the bytes of its open cell, and those of all cells with their repetitions.
    row_repeated: usize,
    words: usize,
    bytes: usize,
    merged: Vec<(String, Merged)>,
}

impl Visit for Extent {
    fn start(&mut self, tag: &Tag<'_>) {
        let repeated = |name: &str| tag.attribute(name).and_then(|v| v.parse().ok()).unwrap_or(1);
        match tag.name() {
            // A number too large to be one is as large as any.
            "sst" => self.strings = tag.attribute("uniqueCount").map_or(0, |count| count.parse().unwrap_or(usize::MAX)),
            "c" => {
                self.cell = tag.attribute("r").as_deref().and_then(reference);
                self.refers = tag.attribute("t").as_deref() == Some("s");
                self.filled = false;
            }
            // A formula without a value is shown.
            "f" => self.filled = true,
            "table" => (self.row, self.sheet) = (0, tag.attribute("name").unwrap_or_default()),
            "table-row" => {
                self.row_repeated = repeated("number-rows-repeated");
                self.row = self.row.saturating_add(self.row_repeated);
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.repeated = repeated("number-columns-repeated");
                let formula = tag.attribute("formula");
                self.filled = formula.is_some() || tag.attribute("value").is_some();
                self.words = formula.map_or(0, |formula| formula.len());
                let (rows, columns): (usize, usize) = (repeated("number-rows-spanned"), repeated("number-columns-spanned"));
                if rows > 1 || columns > 1 {
                    let place = |row: usize, column: usize| Some((u32::try_from(row).ok()?, u32::try_from(column).ok()?));
                    let row = self.row.saturating_sub(1);
                    let region = place(row, self.column).zip(place(row.saturating_add(rows - 1), self.column.saturating_add(columns - 1)));
                    self.merged.extend(region.map(|region| (self.sheet.clone(), region)));
                }
            }
            // Spaces in a row.
            "s" => self.words = self.words.saturating_add(repeated("c")),
            "si" => self.shared.lengths.push(0),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((row, column)) = self.cell.filter(|_| name == "c" && self.filled) {
            (self.rows, self.columns) = (self.rows.max(row), self.columns.max(column));
        }
        if matches!(name, "table-cell" | "covered-table-cell") {
            self.column = self.column.saturating_add(self.repeated);
            self.bytes = self.bytes.saturating_add(self.words.saturating_mul(self.repeated).saturating_mul(self.row_repeated));
            if self.filled {
                (self.rows, self.columns) = (self.rows.max(self.row), self.columns.max(self.column));
            }
            self.filled = false;
        }
    }

    fn text(&mut self, words: &str) {
        self.filled |= !words.trim().is_empty();
        self.words = self.words.saturating_add(words.len());
        if let Some(length) = self.shared.lengths.last_mut() {
            *length += words.len();
        }
        if std::mem::take(&mut self.refers) {
            self.shared.references.extend(words.trim().parse::<usize>());
        }
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
    fn references() {
        assert_eq!(reference("XFD1048576"), Some((1_048_576, 16_384)));
        assert_eq!((reference("A1"), reference("1")), (Some((1, 1)), Some((1, 0))));
    }
}
