//! Word files (ECMA-376), Microsoft's, WPS's and LibreOffice's.

mod body;
mod numbering;

use super::{
    ReadError,
    xml::{self, Tag, Visit},
    zip::Parts,
};
use crate::{
    Document, Format, Options,
    document::{self, Writer},
};
use body::{Block, Body, Cell};
use numbering::Numbering;

/// Reads a docx file.
///
/// # Errors
/// [`ReadError::Damaged`] if it has no main part, [`ReadError::Limit`] over [`Options`].
pub fn read(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    let mut parts = Parts::open(bytes, Format::Docx, options)?;
    let names = parts.names();
    let named = |start: &str| names.iter().filter(|n| n.starts_with(start) && n.ends_with(".xml")).cloned().collect::<Vec<String>>();
    let mut numbering = Numbering::default();
    for name in ["word/numbering.xml", "word/styles.xml"] {
        if let Some(part) = parts.read(name)? {
            xml::walk(&part, Format::Docx, options, &mut numbering)?;
        }
    }
    let main = named("word/document").into_iter().next().ok_or_else(|| ReadError::damaged(Format::Docx, "no word/document.xml"))?;
    let mut writer = Writer::new(Format::Docx, options);
    for name in named("word/header") {
        furniture(&mut parts, &name, options, &mut writer)?;
    }
    writer.begin_body();
    for name in [main].into_iter().chain(named("word/footnotes")).chain(named("word/endnotes")) {
        let Some(part) = parts.read(&name)? else { continue };
        let mut body = Body::new(&mut numbering);
        xml::walk(&part, Format::Docx, options, &mut body)?;
        write(body.finish(), &mut writer)?;
    }
    writer.end_body();
    for name in named("word/footer") {
        furniture(&mut parts, &name, options, &mut writer)?;
    }
    if let Some(part) = parts.read("docProps/core.xml")? {
        let mut properties = Properties::default();
        xml::walk(&part, Format::Docx, options, &mut properties)?;
        writer.document().metadata = properties.found;
    }
    Ok(writer.finish())
}

/// Running heads and feet.
fn furniture(parts: &mut Parts<'_>, name: &str, options: &Options, writer: &mut Writer) -> Result<(), ReadError> {
    let Some(part) = parts.read(name)? else { return Ok(()) };
    let mut numbering = Numbering::default();
    let mut body = Body::new(&mut numbering);
    xml::walk(&part, Format::Docx, options, &mut body)?;
    write(body.finish(), writer)
}

fn write(blocks: Vec<Block>, writer: &mut Writer) -> Result<(), ReadError> {
    for block in blocks {
        match block {
            Block::Paragraph(text) => text.split('\n').for_each(|line| {
                writer.line(line);
            }),
            // A table that holds tables, or one cell, sets a page.
            Block::Table(rows) if is_layout(&rows) => {
                for cell in rows.into_iter().flatten() {
                    write(cell.blocks, writer)?;
                }
            }
            Block::Table(rows) => {
                writer.grid(&grid(&rows), None)?;
            }
        }
    }
    Ok(())
}

fn is_layout(rows: &[Vec<Cell>]) -> bool {
    rows.iter().map(Vec::len).sum::<usize>() < 2 || rows.iter().flatten().any(|c| c.blocks.iter().any(|b| matches!(b, Block::Table(_))))
}

/// The rows of a table with the cells that go on others counted to these.
fn grid(rows: &[Vec<Cell>]) -> Vec<Vec<document::Cell>> {
    let mut grid: Vec<Vec<document::Cell>> = Vec::with_capacity(rows.len());
    // For each column at which a cell of the row above begins: that cell, by row and place.
    let mut above: Vec<(usize, (usize, usize))> = Vec::new();
    for (at, cells) in rows.iter().enumerate() {
        let mut row = Vec::with_capacity(cells.len());
        let mut starts = Vec::with_capacity(cells.len());
        for cell in cells {
            let over = above.binary_search_by_key(&cell.column, |&(column, _)| column).ok().and_then(|i| above.get(i)).map(|&(_, place)| place);
            if let Some((above_row, place)) = over.filter(|_| cell.continues)
                && let Some(merged) = grid.get_mut(above_row).and_then(|r: &mut Vec<document::Cell>| r.get_mut(place))
            {
                merged.row_span = at + 1 - above_row;
                starts.push((cell.column, (above_row, place)));
                continue;
            }
            starts.push((cell.column, (at, row.len())));
            let paragraphs = cell.blocks.iter().filter_map(|b| if let Block::Paragraph(text) = b { Some(text.as_str()) } else { None });
            let text = paragraphs.collect::<Vec<_>>().join("\n");
            row.push(document::Cell { text, column: cell.column, row_span: 1, column_span: cell.width });
        }
        above = starts;
        grid.push(row);
    }
    grid
}

/// The properties of the file.
#[derive(Default)]
struct Properties {
    found: Vec<(String, String)>,
    open: Option<String>,
}

impl Visit for Properties {
    fn start(&mut self, tag: &Tag<'_>) {
        self.open = Some(tag.name().to_owned());
    }

    fn end(&mut self, _name: &str) {
        self.open = None;
    }

    fn text(&mut self, words: &str) {
        if let Some(name) = self.open.clone().filter(|_| !words.trim().is_empty()) {
            self.found.push((name, words.trim().to_owned()));
        }
    }
}
