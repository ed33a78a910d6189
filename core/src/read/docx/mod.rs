//! Word files (ECMA-376), Microsoft's, WPS's and LibreOffice's.

mod body;
mod numbering;

use super::{
    ReadError,
    writer::{self, Writer},
    xml::{self, Tag, Visit},
    zip::Parts,
};
use crate::{Document, Format, Options};
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
fn grid(rows: &[Vec<Cell>]) -> Vec<Vec<writer::Cell>> {
    let mut grid: Vec<Vec<writer::Cell>> = Vec::with_capacity(rows.len());
    // For each column at which a cell of the row above begins: that cell, by row and place.
    let mut above: Vec<(usize, (usize, usize))> = Vec::new();
    for (at, cells) in rows.iter().enumerate() {
        let mut row = Vec::with_capacity(cells.len());
        let mut starts = Vec::with_capacity(cells.len());
        for cell in cells {
            let over = above.binary_search_by_key(&cell.column, |&(column, _)| column).ok().and_then(|i| above.get(i)).map(|&(_, place)| place);
            if let Some((above_row, place)) = over.filter(|_| cell.continues)
                && let Some(merged) = grid.get_mut(above_row).and_then(|r: &mut Vec<writer::Cell>| r.get_mut(place))
            {
                merged.row_span = at + 1 - above_row;
                starts.push((cell.column, (above_row, place)));
                continue;
            }
            starts.push((cell.column, (at, row.len())));
            let paragraphs = cell.blocks.iter().filter_map(|b| if let Block::Paragraph(text) = b { Some(text.as_str()) } else { None });
            let text = paragraphs.collect::<Vec<_>>().join("\n");
            row.push(writer::Cell { text, column: cell.column, row_span: 1, column_span: cell.width });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(xml: &str) -> Vec<Block> {
        let mut numbering = Numbering::default();
        let mut body = Body::new(&mut numbering);
        xml::walk(format!("<w:document><w:body>{xml}</w:body></w:document>").as_bytes(), Format::Docx, &Options::default(), &mut body).unwrap();
        body.finish()
    }

    fn text(xml: &str) -> String {
        let mut writer = Writer::new(Format::Docx, &Options::default());
        write(blocks(xml), &mut writer).unwrap();
        writer.finish().text
    }

    fn paragraph(runs: &str) -> String {
        format!("<w:p>{runs}</w:p>")
    }

    #[test]
    fn changes_are_accepted_and_hidden_words_left_out() {
        let runs = "<w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>11</w:delText></w:r></w:del><w:ins><w:r><w:t>12</w:t></w:r></w:ins>\
            <w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
            <w:r><w:t>件</w:t><w:br/><w:t>完 &amp; &#x4E00;</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>";
        assert_eq!(text(&paragraph(runs)), "收到12件\n完 & 一-1\n");
    }

    #[test]
    fn a_raised_number_is_the_mark_of_a_note() {
        let raised = |words: &str| format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{words}</w:t></w:r>");
        let runs = format!("<w:r><w:t>收到12</w:t></w:r>{}<w:r><w:t>件，100m</w:t></w:r>{}", raised("1"), raised("2"));
        assert_eq!(text(&paragraph(&runs)), "收到12[1]件，100m2\n");
    }

    #[test]
    fn a_text_box_is_read_once() {
        let inner = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>";
        let xml = paragraph(&format!(
            "<w:r><w:t>框外</w:t><mc:AlternateContent><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ));
        assert_eq!(text(&xml), "框外\n框内\n");
    }

    #[test]
    fn merged_cells_and_tables_in_tables() {
        let cell = |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
        let xml = format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
            cell("<w:vMerge w:val=\"restart\"/>", "总计"),
            cell("<w:gridSpan w:val=\"2\"/>", "数量"),
            cell("<w:vMerge/>", ""),
            cell("", "1"),
            cell("", "2"),
            cell("", "删"),
        );
        let mut writer = Writer::new(Format::Docx, &Options::default());
        write(blocks(&xml), &mut writer).unwrap();
        let document = writer.finish();
        let cells: Vec<_> = document.grids[0].cells.iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.span.of(&document.text))).collect();
        assert_eq!(cells, [(0, 0, 2, 1, "总计"), (0, 1, 1, 2, "数量"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2")]);
        let nested = format!("<w:tbl><w:tr><w:tc>{}{xml}</w:tc></w:tr></w:tbl>", paragraph("<w:r><w:t>前</w:t></w:r>"));
        assert_eq!(text(&nested), "前\n总计\t数量\n1\t2\n");
    }

    #[test]
    fn a_file_cut_off_gives_what_it_has() {
        assert_eq!(
            text("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>丙"),
            "甲\n乙\t丙\n"
        );
    }
}
