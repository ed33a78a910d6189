//! The official form as a Word file.

use std::io::{Cursor, Error, Write};

use gongkai_grammar::model::Report;
use quick_xml::{Writer, events::BytesText};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{CellKind, Sheet, SheetCell, UNKNOWN, sheets};

/// Width of the text on an A4 page with margins of two centimetres, in twentieths of a point.
const TEXT_WIDTH: usize = 9638;
/// Labels longer than this, in characters, get a wide column.
const LONG: usize = 12;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// The fonts that official documents are set in (GB/T 9704): 宋体 for tables, 黑体 for headings.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="table" w:styleId="Form"><w:name w:val="Form"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#;

type Xml = Writer<Vec<u8>>;

/// The tables of a report as a Word file (docx): the title, then each table with its heading; heads are repeated on every page. A cell that
/// cannot be told is shaded. The same report gives the same bytes.
///
/// # Errors
/// If a part of the file grows over the four gigabytes that a zip file can hold.
pub fn docx(report: &Report) -> Result<Vec<u8>, Error> {
    let document = document(report)?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.as_bytes()),
    ];
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn document(report: &Report) -> Result<Vec<u8>, Error> {
    let mut xml = Writer::new(br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.to_vec());
    let root = xml.create_element("w:document").with_attribute(("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"));
    root.write_inner_content(|xml| {
        xml.create_element("w:body").write_inner_content(|xml| {
            if let Some(title) = &report.title {
                styled(xml, "Title", title)?;
            }
            for titled in sheets(report) {
                styled(xml, "Heading1", &titled.heading)?;
                table(xml, &titled.sheet)?;
            }
            xml.create_element("w:sectPr").write_inner_content(|xml| {
                empty(xml, "w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
                empty(xml, "w:pgMar", &[("w:top", "1134"), ("w:right", "1134"), ("w:bottom", "1134"), ("w:left", "1134")])
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(xml.into_inner())
}

fn empty(xml: &mut Xml, name: &'static str, attributes: &[(&str, &str)]) -> Result<(), Error> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_empty().map(|_| ())
}

fn styled(xml: &mut Xml, style: &str, words: &str) -> Result<(), Error> {
    paragraph(xml, words, |xml| empty(xml, "w:pStyle", &[("w:val", style)]))
}

fn paragraph(xml: &mut Xml, words: &str, properties: impl FnOnce(&mut Xml) -> Result<(), Error>) -> Result<(), Error> {
    xml.create_element("w:p").write_inner_content(|xml| {
        xml.create_element("w:pPr").write_inner_content(properties)?;
        if !words.is_empty() {
            xml.create_element("w:r").write_inner_content(|xml| {
                let text = xml.create_element("w:t").with_attribute(("xml:space", "preserve"));
                text.write_text_content(BytesText::new(&allowed(words)))?;
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Words without the characters that XML cannot hold.
fn allowed(words: &str) -> String {
    words.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

fn table(xml: &mut Xml, sheet: &Sheet) -> Result<(), Error> {
    let widths = widths(sheet);
    xml.create_element("w:tbl").write_inner_content(|xml| {
        xml.create_element("w:tblPr").write_inner_content(|xml| {
            empty(xml, "w:tblStyle", &[("w:val", "Form")])?;
            empty(xml, "w:tblW", &[("w:w", &TEXT_WIDTH.to_string()), ("w:type", "dxa")])?;
            empty(xml, "w:tblLayout", &[("w:type", "fixed")])
        })?;
        xml.create_element("w:tblGrid")
            .write_inner_content(|xml| widths.iter().try_for_each(|width| empty(xml, "w:gridCol", &[("w:w", &width.to_string())])))?;
        // Cells that began in a row above and reach into this one, by their column.
        let mut open: Vec<(usize, &SheetCell)> = Vec::new();
        for (at, cells) in sheet.rows.iter().enumerate() {
            open.retain(|(end, _)| *end > at);
            let mut here: Vec<(&SheetCell, bool)> = open.iter().map(|(_, cell)| (*cell, true)).chain(cells.iter().map(|c| (c, false))).collect();
            here.sort_by_key(|(cell, _)| cell.column);
            row(xml, &here, at < sheet.head, &widths)?;
            open.extend(cells.iter().filter(|cell| cell.height > 1).map(|cell| (at + cell.height, cell)));
        }
        Ok(())
    })?;
    Ok(())
}

/// A row of cells, each with whether it goes on from the row above.
fn row(xml: &mut Xml, cells: &[(&SheetCell, bool)], is_head: bool, widths: &[usize]) -> Result<(), Error> {
    xml.create_element("w:tr").write_inner_content(|xml| {
        xml.create_element("w:trPr").write_inner_content(|xml| {
            empty(xml, "w:cantSplit", &[])?;
            if is_head { empty(xml, "w:tblHeader", &[]) } else { Ok(()) }
        })?;
        cells.iter().try_for_each(|(cell, goes_on)| one_cell(xml, cell, *goes_on, widths))
    })?;
    Ok(())
}

fn one_cell(xml: &mut Xml, cell: &SheetCell, goes_on: bool, widths: &[usize]) -> Result<(), Error> {
    let width: usize = widths.iter().skip(cell.column).take(cell.width).sum();
    xml.create_element("w:tc").write_inner_content(|xml| {
        xml.create_element("w:tcPr").write_inner_content(|xml| {
            empty(xml, "w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
            if cell.width > 1 {
                empty(xml, "w:gridSpan", &[("w:val", &cell.width.to_string())])?;
            }
            if cell.height > 1 {
                empty(xml, "w:vMerge", if goes_on { &[] } else { &[("w:val", "restart")] })?;
            }
            if cell.kind == CellKind::Figure && cell.text == UNKNOWN {
                empty(xml, "w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "FFE699")])?;
            }
            empty(xml, "w:vAlign", &[("w:val", "center")])
        })?;
        let words = if goes_on { "" } else { &cell.text };
        paragraph(xml, words, |xml| if cell.kind == CellKind::Label { Ok(()) } else { empty(xml, "w:jc", &[("w:val", "center")]) })
    })?;
    Ok(())
}

/// The widths of the columns: labels need more room than figures.
fn widths(sheet: &Sheet) -> Vec<usize> {
    let mut weights = vec![2; sheet.width];
    for cell in sheet.rows.iter().skip(sheet.head).flatten().filter(|cell| cell.kind == CellKind::Label && cell.width == 1) {
        if let Some(weight) = weights.get_mut(cell.column) {
            let least = if cell.text.chars().count() > LONG { 7 } else { 3 };
            *weight = least.max(*weight);
        }
    }
    let total = weights.iter().sum::<usize>().max(1);
    weights.iter().map(|weight| TEXT_WIDTH * weight / total).collect()
}
