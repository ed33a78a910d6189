//! From the bytes of a file to a document and a report.

use std::{borrow::Cow, io::Write};

use gongkai::{Document, Format, Options, ReadError, Span, document, parse_document, read};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::whole::sound;

/// Characters of an error's message.
const MESSAGE: usize = 400;

/// Any bytes: a sound report, or an error with a message in both languages; the same the second time.
pub fn any(input: &[u8]) {
    let _ = format_of(input);
}

fn format_of(input: &[u8]) -> Result<Format, ReadError> {
    let options = Options::default();
    match document(input, &options) {
        Ok(document) => {
            sound_document(&document);
            let report = parse_document(&document, &options);
            sound(&document.text, &report);
            assert!(read(input, &options).as_ref() == Ok(&report), "read again, it is another report");
            Ok(document.format)
        }
        Err(error) => {
            let message = error.message();
            for text in [&message.zh, &message.en] {
                assert!(!text.is_empty() && text.chars().count() < MESSAGE, "{error:?}");
            }
            assert_eq!(read(input, &options).err().as_ref(), Some(&error));
            Err(error)
        }
    }
}

/// What a reader says of a document's text lies in the text, and cells do not lie in one another.
fn sound_document(document: &Document) {
    let text = &document.text;
    let fits = |span: Span| span.start <= span.end && text.get(span.start..span.end).is_some();
    assert!(fits(document.body), "{:?}", document.body);
    let mut end = 0;
    for grid in &document.grids {
        assert!(fits(grid.span) && grid.span.start >= end, "{:?}", grid.span);
        end = grid.span.end;
        let mut last = None;
        for cell in &grid.cells {
            assert!(fits(cell.span) && cell.span.start >= grid.span.start && cell.span.end <= grid.span.end, "{cell:?} of {:?}", grid.span);
            assert!(last < Some((cell.row, cell.column)), "{cell:?} behind {last:?}");
            last = Some((cell.row, cell.column));
            assert!(cell.row_span > 0 && cell.column_span > 0, "{cell:?}");
            assert!(cell.row + cell.row_span <= grid.rows && cell.column + cell.column_span <= grid.columns, "{cell:?} of {grid:?}");
        }
    }
    let mut start = 0;
    for place in &document.places {
        assert!(fits(place.span) && place.span.start >= start && place.page > 0, "{place:?}");
        start = place.span.start;
        let [left, top, right, bottom] = place.area;
        assert!(left <= right && top <= bottom, "{place:?}");
    }
}

/// A web page; what has no tags stands in the body of one.
pub fn html(input: &[u8]) {
    if format_of(input) == Ok(Format::Html) {
        return;
    }
    any(&[b"<html><body><p>", input].concat());
}

/// A zip file of parts that are stored as they are.
fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A docx file, or its parts with a zero byte between them.
pub fn docx(input: &[u8]) {
    any(&whole_docx(input));
}

fn whole_docx(input: &[u8]) -> Cow<'_, [u8]> {
    if input.starts_with(b"PK") {
        return input.into();
    }
    let names = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/header1.xml", "docProps/core.xml"];
    zipped(names.into_iter().zip(input.split(|&byte| byte == 0))).into()
}

/// A spreadsheet, or the parts of an xlsx or an ods file with a zero byte between them.
pub fn sheet(input: &[u8]) {
    any(&whole_sheet(input));
}

fn whole_sheet(input: &[u8]) -> Cow<'_, [u8]> {
    const WORKBOOK: &[u8] = br#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const PACKAGE: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const LINKS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    if input.starts_with(b"PK") || input.starts_with(b"\xD0\xCF\x11\xE0") {
        return input.into();
    }
    let parts = input.split(|&byte| byte == 0);
    if input.starts_with(b"<office:") {
        let mimetype: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
        let manifest: (&str, &[u8]) = ("META-INF/manifest.xml", b"<manifest:manifest/>");
        return zipped([mimetype, manifest].into_iter().chain(["content.xml", "styles.xml"].into_iter().zip(parts))).into();
    }
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    zipped(
        [("_rels/.rels", PACKAGE), ("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", LINKS)]
            .into_iter()
            .chain(names.into_iter().zip(parts)),
    )
    .into()
}

/// A PDF file, or what is drawn on its page and, behind a zero byte, the characters of its third font.
pub fn pdf(input: &[u8]) {
    any(&whole_pdf(input));
}

fn whole_pdf(input: &[u8]) -> Cow<'_, [u8]> {
    if input.starts_with(b"%PDF-") {
        return input.into();
    }
    let mut parts = input.split(|&byte| byte == 0);
    let stream = |part: Option<&[u8]>| {
        let content = part.unwrap_or_default();
        [format!("<</Length {}>>stream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
    };
    let objects: [Vec<u8>; 8] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>>>>>".to_vec(),
        stream(parts.next()),
        b"<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<</DW 1000>>]>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 1000>>]/ToUnicode 8 0 R>>".to_vec(),
        stream(parts.next()),
    ];
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let end = format!("{table}trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, file.len());
    file.extend(end.as_bytes());
    file.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_completed_to_one() {
        let docx = b"<w:document><w:body><w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>\0<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
        let xlsx = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>\0<sst><si><t>two</t></si></sst>";
        let ods = b"<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>two</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
        let pdf =
            b"BT /F1 10 Tf 9 700 Td <B9AB> Tj /F2 10 Tf 20 0 Td (12) Tj /F3 10 Tf 40 0 Td <0001> Tj ET\x001 beginbfchar <0001> <5F00> endbfchar";
        let text = |file: &[u8]| document(file, &Options::default()).unwrap().text;
        assert_eq!(text(&whole_docx(docx)), "1)a\n");
        assert_eq!(text(&whole_sheet(xlsx)), "1\ttwo\n");
        assert_eq!(text(&whole_sheet(ods)), "1\ttwo\n");
        let drawn: String = text(&whole_pdf(pdf)).split_whitespace().collect();
        assert_eq!(drawn, "公12开");
    }
}
