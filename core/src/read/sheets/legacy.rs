//! The areas that the cells of xls (MS-XLS in MS-CFB) and xlsb (MS-XLSB) sheets take, by the places of their records.

use std::collections::HashSet;

use super::extent::Shared;

/// Marks behind the last sector of a chain.
const END: u32 = 0xFFFF_FFFA;
/// Bytes of a stream that is kept in the small sectors.
const SMALL: usize = 4096;
/// Bytes of a small sector, of the header, and of an entry of the directory.
const SMALL_SECTOR: usize = 64;
const HEADER: usize = 512;
const ENTRY: usize = 128;
/// Rows and columns of an xls sheet.
const ROWS: usize = 65_536;
const COLUMNS: usize = 256;

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let own = bytes.get(at..at.checked_add(length)?)?;
    Some(own.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte)))
}

fn sectors(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| four.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))).collect()
}

/// The content of a chain of sectors: each is looked up in a table that tells the next.
fn chain(start: usize, next: &[u32], sector: impl Fn(usize) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut content = Vec::new();
    let mut at = u32::try_from(start).unwrap_or(END);
    // A chain is no longer than the table.
    for _ in 0..=next.len() {
        let Some(own) = usize::try_from(at).ok().filter(|_| at < END).and_then(&sector) else { break };
        content.extend(own);
        at = usize::try_from(at).ok().and_then(|at| next.get(at)).copied().unwrap_or(END);
    }
    content
}

/// Whether a chain of sectors leads back into itself.
fn has_circle(next: &[u32]) -> bool {
    // For each sector the start of the walk that came by it first.
    let mut walks: Vec<Option<usize>> = vec![None; next.len()];
    (0..next.len()).any(|start| {
        let mut at = start;
        while let Some(walk) = walks.get_mut(at) {
            if let Some(known) = walk {
                return *known == start;
            }
            *walk = Some(start);
            at = next.get(at).filter(|&&id| id < END).and_then(|&id| usize::try_from(id).ok()).unwrap_or(usize::MAX);
        }
        false
    })
}

/// The stream of a workbook; `None` if there is none, or the file would be endless.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = 1usize << number(bytes, 30, 2).filter(|shift| matches!(shift, 9 | 12))?;
    // The last sector may be cut off.
    let sector = |at: usize| {
        let from = at.checked_add(1)?.checked_mul(size)?;
        bytes.get(from..bytes.len().min(from.checked_add(size)?)).filter(|s| !s.is_empty()).map(<[u8]>::to_vec)
    };
    let mut tables = sectors(bytes.get(76..HEADER)?);
    let mut more = number(bytes, 68, 4)?;
    for _ in 0..=bytes.len() / size {
        let Some(own) = u32::try_from(more).ok().filter(|&id| id < END).and_then(|_| sector(more)) else { break };
        tables.extend(sectors(&own));
        more = tables.pop().and_then(|id| usize::try_from(id).ok())?;
    }
    // A sector of the table that stands in it twice would let the table outgrow the file.
    let mut seen = HashSet::new();
    tables.retain(|&id| id < END);
    if !tables.iter().all(|id| seen.insert(*id)) {
        return None;
    }
    let next: Vec<u32> = tables.into_iter().filter_map(|id| sector(usize::try_from(id).ok()?)).flat_map(|own| sectors(&own)).collect();
    // The library that reads the file follows each chain to its end.
    if has_circle(&next) {
        return None;
    }
    let directory = chain(number(bytes, 48, 4)?, &next, sector);
    let entry = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let named = |e: &&[u8]| number(e, 64, 2).is_some_and(|n| n >= 2 && e.get(..n - 2).is_some_and(|own| own.eq_ignore_ascii_case(&name)));
        let found = directory.chunks_exact(ENTRY).find(named)?;
        Some((number(found, 116, 4)?, number(found, 120, 4)?))
    };
    let (start, length) = entry("Workbook").or_else(|| entry("Book"))?;
    let mut content = if length < SMALL {
        let root = directory.get(..ENTRY)?;
        let small = chain(number(root, 116, 4)?, &next, sector);
        let next_small = sectors(&chain(number(bytes, 60, 4)?, &next, sector));
        chain(start, &next_small, |at| small.chunks(SMALL_SECTOR).nth(at).map(<[u8]>::to_vec))
    } else {
        chain(start, &next, sector)
    };
    content.truncate(length);
    Some(content)
}

/// Rows and columns, first and last, that cells were seen in.
#[derive(Default)]
struct Area(Option<[usize; 4]>);

impl Area {
    fn see(&mut self, row: usize, column: usize) {
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        self.0 = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
    }

    fn places(&self) -> usize {
        self.0.map_or(0, |[top, left, bottom, right]| (bottom - top + 1).saturating_mul(right - left + 1))
    }
}

/// The records of a stream behind a place: type and content.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (usize, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (number(stream, at, 2)?, number(stream, at + 2, 2)?);
        let content = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, content))
    })
}

/// The places that the sheets of an xls file take, one after the other; `None` if it has no workbook.
pub fn areas(bytes: &[u8], shared: &mut Shared) -> Option<Vec<usize>> {
    let stream = workbook(bytes)?;
    let mut strings: Vec<&[u8]> = Vec::new();
    let mut starts = Vec::new();
    for (kind, content) in records(&stream, 0).take_while(|(kind, _)| *kind != 0x0A) {
        match kind {
            0x85 => starts.extend(number(content, 0, 4)),
            // The table of strings goes on in the records behind it.
            0xFC => strings = vec![content],
            0x3C if !strings.is_empty() => strings.push(content),
            _ => {}
        }
    }
    shared.lengths = lengths(&strings);
    Some(starts.into_iter().map(|start| sheet(&stream, start, shared)).collect())
}

/// The bytes of each string of a table of strings, in UTF-8 and at most.
fn lengths(records: &[&[u8]]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rest = records.iter().copied();
    // The table begins with two counts.
    let mut own = rest.next().and_then(|first| first.get(8..)).unwrap_or_default();
    while let Some(count) = number(own, 0, 2) {
        let flags = number(own, 2, 1).unwrap_or(0);
        let (rich, phonetic) = (flags & 8 != 0, flags & 4 != 0);
        let at = if rich { 5 } else { 3 };
        let runs = if rich { number(own, 3, 2).unwrap_or(0) } else { 0 };
        let (more, at) = if phonetic { (number(own, at, 4).unwrap_or(0), at + 4) } else { (0, at) };
        found.push(3 * count);
        own = own.get(at..).unwrap_or_default();
        let (mut left, mut width) = (count, 1 + (flags & 1));
        while left > own.len() / width {
            left -= own.len() / width;
            // Characters that go on in the next record say anew how wide they are.
            let Some((&flags, next)) = rest.next().and_then(<[u8]>::split_first) else { return found };
            (own, width) = (next, 1 + usize::from(flags & 1));
        }
        let mut skip = left * width + 4 * runs + more;
        while skip >= own.len() {
            skip -= own.len();
            let Some(next) = rest.next() else { return found };
            own = next;
        }
        own = own.get(skip..).unwrap_or_default();
    }
    found
}

/// The places that a sheet of an xls file takes.
fn sheet(stream: &[u8], start: usize, shared: &mut Shared) -> usize {
    let mut area = Area::default();
    let mut depth = 0usize;
    for (kind, content) in records(stream, start) {
        match kind {
            // The beginning and the end of the sheet, and of charts in it.
            0x809 => depth += 1,
            0x0A if depth < 2 => break,
            0x0A => depth -= 1,
            // What the sheet says of itself, which memory is taken for; styles may reach over all of a sheet, and no further.
            0x200 => {
                let wide = if content.len() < 14 { 2 } else { 4 };
                let (rows, columns) = (number(content, wide, wide).unwrap_or(0), number(content, 2 * wide + 2, 2).unwrap_or(0));
                if rows > ROWS || columns > COLUMNS {
                    return usize::MAX;
                }
            }
            0x06 | 0xBD | 0xD6 | 0xFD | 0x203..=0x205 | 0x27E => {
                if let (Some(row), Some(column)) = (number(content, 0, 2), number(content, 2, 2)) {
                    area.see(row, column);
                    shared.references.extend(number(content, 6, 4).filter(|_| kind == 0xFD));
                    // Several cells in one record.
                    if let Some(last) = content.len().checked_sub(2).and_then(|at| number(content, at, 2)).filter(|_| kind == 0xBD) {
                        area.see(row, last);
                    }
                }
            }
            _ => {}
        }
    }
    area.places()
}

/// The mark in an xlsb sheet behind which its cells stand.
pub const BINARY_CELLS: &[u8] = b"\x91\x01\x00";

/// The places that a sheet of an xlsb file takes; `None` if a record says that it is longer than what is left.
pub fn binary_area(part: &[u8], shared: &mut Shared) -> Option<usize> {
    let mut area = Area::default();
    let (mut at, mut row) = (0, 0);
    // Numbers of seven bits a byte.
    let packed = |at: &mut usize, most: usize| -> Option<usize> {
        let mut value = 0;
        for i in 0..most {
            let byte = usize::from(*part.get(*at)?);
            *at += 1;
            value |= (byte & 0x7F) << (7 * i);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    };
    while let (Some(kind), Some(length)) = (packed(&mut at, 2), packed(&mut at, 4)) {
        let content = part.get(at..at.saturating_add(length))?;
        at += length;
        match kind {
            0 => row = number(content, 0, 4).unwrap_or(0),
            2..=11 => {
                number(content, 0, 4).into_iter().for_each(|column| area.see(row, column));
                shared.references.extend(number(content, 8, 4).filter(|_| kind == 7));
            }
            // A string of the table: characters of two bytes.
            19 => shared.lengths.push(number(content, 1, 4).unwrap_or(0).min(content.len()).saturating_mul(3)),
            _ => {}
        }
    }
    Some(area.places())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas_of(bytes: &[u8]) -> Option<Vec<usize>> {
        areas(bytes, &mut Shared::default())
    }

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        [kind.to_le_bytes().as_slice(), &u16::try_from(content.len()).unwrap().to_le_bytes(), content].concat()
    }

    /// An xls file of one sheet whose two cells stand at these places, its stream in small sectors or in whole ones.
    fn xls(cells: [(u16, u16); 2], pad: usize) -> Vec<u8> {
        let cell = |(row, column): (u16, u16)| record(0x27E, &[row.to_le_bytes(), column.to_le_bytes(), [0; 2], [0; 2], [0; 2]].concat());
        let globals = [record(0x809, &[0; 16]), record(0x85, &[38, 0, 0, 0, 0, 0, 1, 0, b'a']), record(0x0A, &[])].concat();
        assert_eq!(globals.len(), 37);
        let sheet = [record(0x809, &[0; 16]), cell(cells[0]), cell(cells[1]), record(0x0A, &[])].concat();
        let mut stream = [globals, vec![0], sheet].concat();
        stream.resize(stream.len() + pad, 0);
        let small = stream.len() < SMALL;
        let count = stream.len().div_ceil(512);
        let mut header = vec![0u8; HEADER];
        let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        put(30, &[9, 0, 6, 0]);
        // Sector 0 tells the next ones, 1 is the directory, 2 the table of small sectors; the stream stands behind them.
        put(48, &1u32.to_le_bytes());
        put(60, &2u32.to_le_bytes());
        put(64, &1u32.to_le_bytes());
        put(68, &0xFFFF_FFFEu32.to_le_bytes());
        put(76, &[0; 4]);
        put(80, &[0xFF; HEADER - 80]);
        let table = |chain: &[u32]| {
            let mut table: Vec<u8> = chain.iter().flat_map(|id| id.to_le_bytes()).collect();
            table.resize(512, 0xFF);
            table
        };
        let mut next = vec![0xFFFF_FFFD, 0xFFFF_FFFE, 0xFFFF_FFFE];
        next.extend((0..count).map(|i| if i + 1 == count { 0xFFFF_FFFE } else { u32::try_from(i + 4).unwrap() }));
        let smalls = stream.len().div_ceil(64);
        let next_small: Vec<u32> =
            (0..if small { smalls } else { 0 }).map(|i| if i + 1 == smalls { END } else { u32::try_from(i + 1).unwrap() }).collect();
        let entry = |name: &str, start: u32, length: usize| {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry.resize(64, 0);
            entry.extend(u16::try_from(2 * name.len() + 2).unwrap().to_le_bytes());
            entry.resize(116, 0);
            entry.extend([start.to_le_bytes(), u32::try_from(length).unwrap().to_le_bytes(), [0; 4]].concat());
            entry
        };
        let start = if small { 0 } else { 3 };
        let mut directory = [entry("Root Entry", 3, stream.len()), entry("Workbook", start, stream.len())].concat();
        directory.resize(512, 0);
        [header, table(&next), directory, table(&next_small), stream].concat()
    }

    #[test]
    fn cells_far_apart_are_seen_in_small_streams_and_large_ones() {
        for pad in [0, 5000] {
            assert_eq!(areas_of(&xls([(0, 0), (9, 4)], pad)), Some(vec![50]));
            assert_eq!(areas_of(&xls([(3, 3), (65_535, 65_535)], pad)), Some(vec![65_533 * 65_533]));
        }
        assert_eq!(areas_of(b"\xD0\xCF\x11\xE0"), None);
        let read = crate::document(&xls([(0, 0), (65_535, 65_535)], 0), &crate::Options::default());
        assert!(matches!(read, Err(crate::ReadError::Limit { limit: "max_cells", .. })), "{read:?}");
    }

    #[test]
    fn endless_files_have_no_workbook() {
        let file = xls([(0, 0), (9, 4)], 5000);
        let with = |at: usize, number: u32| {
            let mut file = file.clone();
            file[at..at + 4].copy_from_slice(&number.to_le_bytes());
            areas_of(&file)
        };
        // The directory follows itself; the second sector of the stream, its first.
        assert_eq!((with(512 + 4, 1), with(512 + 16, 3)), (None, None));
        // The table stands in itself twice.
        assert_eq!(with(80, 0), None);
        assert!(!has_circle(&[1, 2, END, 2, 7]) && has_circle(&[1, 3, END, 1]));
    }

    #[test]
    fn rows_and_cells_of_binary_sheets() {
        let binary = |part: &[u8]| binary_area(part, &mut Shared::default());
        let row = |row: u32| [&[0, 4], row.to_le_bytes().as_slice()].concat();
        let cell = |column: u32| [&[2, 4], column.to_le_bytes().as_slice()].concat();
        assert_eq!(binary(&[row(1), cell(2), row(1_048_575), cell(16_383), vec![0x92, 1, 0]].concat()), Some(1_048_575 * 16_382));
        assert_eq!((binary(&[0, 4, 1]), binary(&[0])), (None, Some(0)));
    }

    #[test]
    fn strings_over_several_records() {
        // ab; 甲乙 with a run and four bytes more; cde, of which de stands in the next record.
        let first = [&[0; 8], b"\x02\0\0ab".as_slice(), b"\x02\0\x0D\x01\0\x04\0\0\0\x32\x75\x59\x4E1234abcd", b"\x03\0\0c"].concat();
        assert_eq!(lengths(&[&first, b"\0de\x01\0\x01\x32\x75"]), [6, 6, 9, 3]);
        assert!(lengths(&[]).is_empty());
        assert_eq!(lengths(&[b"12345678\xFF\xFF\x01"]), [3 * 65_535]);
    }
}
