//! Files made to do harm, and files cut off: a typed error or a report, in time and memory that the input bounds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
    time::{Duration, Instant},
};

use gongkai::{Options, ReadError};

/// Debug builds are several times slower than what users run.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 2 });
/// What any file may take, beside ten times its size.
const MEMORY: usize = 64 << 20;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        // OpenDocument has its type as the first part, as it stands.
        let method = if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A figure of the memory of this process, in bytes; `None` where the system does not tell.
fn memory(name: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<usize>().ok()? << 10)
}

/// The memory of a process is that of all its tests, and what they make for themselves counts: every test here holds this from start to end.
type Alone = MutexGuard<'static, ()>;

fn alone() -> Alone {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Reads a file and looks at the clock and the memory.
fn bounded(_alone: &Alone, name: &str, bytes: &[u8], options: &Options) -> Result<gongkai::Report, ReadError> {
    // The peak starts anew from what is held now.
    let anew = fs::write("/proc/self/clear_refs", "5").is_ok();
    let (before, began) = (memory(if anew { "VmRSS" } else { "VmHWM" }), Instant::now());
    let read = gongkai::read(bytes, options);
    let took = began.elapsed();
    let after = memory("VmHWM");
    assert!(took < TIME, "{name}: {took:?}");
    if let (Some(before), Some(after)) = (before, after) {
        let allowed = 10 * bytes.len() + MEMORY;
        assert!(after.saturating_sub(before) <= allowed, "{name}: {} bytes of memory for {} of input", after - before, bytes.len());
    }
    read
}

fn limit(read: Result<gongkai::Report, ReadError>) -> &'static str {
    match read {
        Err(ReadError::Limit { limit, value, max }) => {
            assert!(value > max, "{limit}: {value} is not over {max}");
            limit
        }
        other => panic!("no limit: {:?}", other.map(|r| r.figures.len())),
    }
}

#[test]
fn files_made_to_do_harm_are_bounded() {
    let alone = alone();
    let options = Options::default();
    let body = |inner: &str| format!("<w:document><w:body>{inner}</w:body></w:document>").into_bytes();

    // Zip and XML.
    let zeros = vec![b' '; 300 << 20];
    let bomb = zip(&[("word/document.xml", &zeros)]);
    drop(zeros);
    // What the test itself has allocated is no memory of the reader's.
    assert!(matches!(limit(gongkai::read(&bomb, &options)), "max_unpacked" | "max_ratio"));
    let deep = zip(&[("word/document.xml", &body(&"<w:tbl><w:tr><w:tc>".repeat(100_000)))]);
    assert_eq!(limit(bounded(&alone, "deep XML", &deep, &options)), "max_depth");
    let entities = br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><w:document>&c;</w:document>"#;
    let laughs = zip(&[("word/document.xml", entities)]);
    assert!(matches!(bounded(&alone, "entities", &laughs, &options), Err(ReadError::Damaged { format: "docx", .. })));
    let names: Vec<String> = (0..3000).map(|i| format!("word/{i}.xml")).collect();
    let mut many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"".as_slice())).collect();
    many.push(("word/document.xml", b"<a/>"));
    assert!(matches!(bounded(&alone, "many parts", &zip(&many), &options), Err(ReadError::Damaged { .. })));
    let cells: String = (0..50_000).map(|i| format!("<w:tc><w:p><w:r><w:t>{i}</w:t></w:r></w:p></w:tc>")).collect();
    let wide = zip(&[("word/document.xml", &body(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))]);
    bounded(&alone, "wide docx table", &wide, &options).unwrap();
    let tight = {
        let mut o = Options::default();
        o.max_cells = 1000;
        o
    };
    assert_eq!(limit(bounded(&alone, "cells", &wide, &tight)), "max_cells");

    // Spreadsheets whose cells stand far apart.
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#;
    let far = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", sheet)]);
    assert_eq!(limit(bounded(&alone, "far cells", &far, &options)), "max_cells");
    let ods = br#"<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:document-content>"#;
    let repeated = zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", ods)]);
    assert_eq!(limit(bounded(&alone, "repeated cells", &repeated, &options)), "max_cells");

    // The same in a part that is a sheet by its link alone.
    let links = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let (package, book) = (links("officeDocument", "xl/workbook.xml"), links("worksheet", "odd.part"));
    let workbook = br#"<workbook><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>"#;
    let frame: [(&str, &[u8]); 3] =
        [("_rels/.rels", package.as_bytes()), ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", book.as_bytes())];
    let odd = zip(&[&frame[..], &[("xl/odd.part", sheet)]].concat());
    assert_eq!(limit(bounded(&alone, "far cells elsewhere", &odd, &options)), "max_cells");
    let near: &[u8] = br#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#;
    assert!(bounded(&alone, "a sheet elsewhere", &zip(&[&frame[..], &[("xl/odd.part", near)]].concat()), &options).is_ok());
    // Strings without end.
    for count in ["1000000000000", "9223372036854775807", "99999999999999999999"] {
        let strings = format!(r#"<sst uniqueCount="{count}"><si><t>1</t></si></sst>"#);
        let announced = zip(&[&frame[..], &[("xl/odd.part", near), ("xl/sharedStrings.xml", strings.as_bytes())]].concat());
        assert!(matches!(bounded(&alone, count, &announced, &options), Err(ReadError::Damaged { format: "spreadsheet", .. })));
    }
    // One long string in many cells.
    let cells: String = (1..5_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let (cells, string) =
        (format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"), format!("<sst><si><t>{}</t></si></sst>", "甲".repeat(50_000)));
    let shared = zip(&[&frame[..], &[("xl/odd.part", cells.as_bytes()), ("xl/sharedStrings.xml", string.as_bytes())]].concat());
    assert_eq!(limit(bounded(&alone, "a shared string", &shared, &options)), "max_unpacked");
    // OpenDocument that ends early, spaces without end, a long cell repeated.
    let ods = |table: &str| zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", table.as_bytes())]);
    let cell = r#"<table:table table:name="a"><table:table-row><table:table-cell office:value-type="string"><text:p>1"#;
    let ends = "</text:p></table:table-cell></table:table-row></table:table>";
    for open in ["<table:table table:name=\"a\">", cell, &format!("{cell}<office:annotation></text:p>"), "<table:named-expressions>"] {
        let read = bounded(&alone, open, &ods(&format!("<office:document-content>{open}</office:document-content>")), &options);
        assert!(matches!(read, Err(ReadError::Damaged { format: "spreadsheet", .. })), "{open}: {read:?}");
    }
    assert_eq!(limit(bounded(&alone, "spaces", &ods(&format!(r#"{cell}<text:s text:c="1000000000000000"/>{ends}"#)), &options)), "max_unpacked");
    let long = cell.replace("value-type", r#"value-type="string" table:number-columns-repeated="5000" office:other"#) + &"甲".repeat(50_000) + ends;
    assert_eq!(limit(bounded(&alone, "a long cell", &ods(&long), &options)), "max_unpacked");
    // A directory that follows itself.
    let mut circle = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("formats/2019/office.xls")).unwrap();
    let number = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let (directory, table) = (number(&circle, 48), number(&circle, 76));
    let entry = usize::try_from((table + 1) * 512 + directory * 4).unwrap();
    circle[entry..entry + 4].copy_from_slice(&directory.to_le_bytes());
    assert!(matches!(bounded(&alone, "a circle", &circle, &options), Err(ReadError::Damaged { format: "spreadsheet", .. })));

    // Web pages.
    assert_eq!(limit(bounded(&alone, "10,000 tags", "<div>".repeat(10_000).as_bytes(), &options)), "max_depth");
    bounded(&alone, "10,000 paragraphs", "<p><b>".repeat(10_000).as_bytes(), &options).unwrap_or_else(|e| panic!("{e}"));
    bounded(&alone, "a wide table", format!("<table><tr>{}", "<td>1".repeat(190_000)).as_bytes(), &options).unwrap();
    assert_eq!(limit(bounded(&alone, "a wider table", format!("<table><tr>{}", "<td>1".repeat(1_000_000)).as_bytes(), &options)), "max_cells");
    let spans = format!("<table>{}</table>", "<tr><td rowspan=65534 colspan=1000>1<td>2".repeat(20_000));
    assert_eq!(limit(bounded(&alone, "spans", spans.as_bytes(), &options)), "max_cells");

    // PDF.
    let pdf =
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n";
    let _ = bounded(&alone, "a page tree that holds itself", pdf, &options);
}

/// A PDF file of one page with these objects from the fourth on: its content, then what `resources` name.
fn pdf(resources: &str, objects: &[String]) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>");
    let first = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", &page];
    let (mut file, mut table) = (b"%PDF-1.5\n".to_vec(), String::new());
    for (number, object) in (1..).zip(first.into_iter().chain(objects.iter().map(String::as_str))) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let (count, at) = (objects.len() + 4, file.len());
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size {count}>>\nstartxref\n{at}\n%%EOF\n").into_bytes());
    file
}

#[test]
fn pdf_files_that_draw_without_end_are_over_a_limit() {
    let alone = alone();
    let stream = |dict: &str, content: &str| format!("<</Length {}{dict}>>stream\n{content}\nendstream", content.len());
    let options = Options::default();
    // Forms that draw the next one ten times.
    let forms: Vec<String> = (5..17)
        .map(|next| stream(&format!("/Type/XObject/Subtype/Form/Resources<</XObject<</X {} 0 R>>>>", next + 1), &"/X Do ".repeat(10)))
        .collect();
    let objects = [vec![stream("", "/X Do")], forms, vec![stream("/Type/XObject/Subtype/Form", "")]].concat();
    assert_eq!(limit(bounded(&alone, "forms", &pdf("/XObject<</X 5 0 R>>", &objects), &options)), "max_unpacked");
    // A font that maps the same codes again and again, and one that gives their widths so.
    let draw = stream("", "BT /F 9 Tf 9 9 Td <0001> Tj ET");
    let font = |more: &str| format!("<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<{more}>>]/ToUnicode 6 0 R>>");
    let ranges = stream("", &format!("1 beginbfrange {}", "<0000><FFFF><5F00>".repeat(20_000)));
    assert_eq!(limit(bounded(&alone, "ranges", &pdf("/Font<</F 5 0 R>>", &[draw.clone(), font(""), ranges]), &options)), "max_unpacked");
    let widths = format!("/W[{}]", "0 65535 500 ".repeat(20_000));
    let map = stream("", "1 beginbfchar <0001> <5F00> endbfchar");
    assert_eq!(limit(bounded(&alone, "widths", &pdf("/Font<</F 5 0 R>>", &[draw.clone(), font(&widths), map.clone()]), &options)), "max_unpacked");
    let read = gongkai::document(&pdf("/Font<</F 5 0 R>>", &[draw, font("/W[0 65535 500]"), map]), &options).unwrap();
    assert_eq!(read.text, "开\n");
    // Operations of two bytes each, and paths that are never drawn.
    for short in ["q ", "1 1 l ", "0 0 9 9 re "] {
        bounded(&alone, short, &pdf("", &[stream("", &short.repeat((8 << 20) / short.len()))]), &options).unwrap();
    }
}

#[test]
fn pages_that_were_not_read_in_full_are_named() {
    let _alone = alone();
    let stream = |dict: &str, content: &str| format!("<</Length {}{dict}>>stream\n{content}\nendstream", content.len());
    let map = stream("", "1 beginbfchar <0001> <5F00> endbfchar");
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[0 65535 500]>>]/ToUnicode 6 0 R>>".to_owned();
    let notes = |page: &str, dict: &str| {
        let read = gongkai::document(&pdf("/Font<</F 5 0 R>>", &[stream(dict, page), font.clone(), map.clone()]), &Options::default()).unwrap();
        (read.text, read.notes)
    };
    let draw = "BT /F 9 Tf 9 9 Td <0001> Tj ET";
    assert_eq!(notes(draw, ""), ("开\n".to_owned(), vec![]));
    let damaged = vec![gongkai::Note::Damaged(vec![1])];
    // Behind a string without an end, nothing is read; bytes that are no drawing; bytes that cannot be unpacked.
    assert_eq!(notes(&format!("{draw} (kai BT <0001> Tj ET"), ""), ("开\n".to_owned(), damaged.clone()));
    assert_eq!(notes(&format!("{draw} >> {draw}"), ""), ("开\n".to_owned(), damaged.clone()));
    assert_eq!(notes(draw, "/Filter/FlateDecode"), (String::new(), damaged.clone()));
    // A text that is cut off between two operations.
    assert_eq!(notes(draw.trim_end_matches("ET"), ""), ("开\n".to_owned(), damaged));
    // A font that is not there.
    let unreadable = vec![gongkai::Note::Unreadable(vec![1])];
    assert_eq!(notes("BT /G 9 Tf 9 9 Td <00010001000100010001> Tj ET", ""), (String::new(), unreadable));
}

/// Options with one limit set.
fn limited(set: impl Fn(&mut Options)) -> Options {
    let mut options = Options::default();
    set(&mut options);
    options
}

#[test]
fn every_limit_lets_pass_what_is_at_it_and_names_itself_one_over() {
    let _alone = alone();
    let page = format!("<body>{}<table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>", "<div>".repeat(10));
    // Formatting closed behind its paragraph goes to the other parser.
    let knotted = format!("<p><b>甲</p>{page}");
    let body = format!("<w:document><w:body>{}</w:body></w:document>", "<w:p><w:r><w:t>甲</w:t></w:r></w:p>".repeat(50_000));
    let docx = zip(&[("word/document.xml", body.as_bytes())]);
    let pdf = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("formats/2021/office.pdf")).unwrap();
    let ratio = body.len().div_ceil(docx.len());
    type Set = fn(&mut Options, usize);
    let cases: &[(&str, &[u8], usize, Set)] = &[
        ("max_bytes", page.as_bytes(), page.len(), |o, n| o.max_bytes = n),
        // html, body, the divisions, table, tbody, tr, td.
        ("max_depth", page.as_bytes(), 16, |o, n| o.max_depth = n),
        ("max_depth", knotted.as_bytes(), 16, |o, n| o.max_depth = n),
        ("max_cells", page.as_bytes(), 6, |o, n| o.max_cells = n),
        ("max_depth", &docx, 5, |o, n| o.max_depth = n),
        ("max_unpacked", &docx, body.len(), |o, n| o.max_unpacked = n),
        ("max_ratio", &docx, ratio, |o, n| o.max_ratio = n),
        ("max_pages", &pdf, 3, |o, n| o.max_pages = n),
    ];
    for (name, bytes, at, set) in cases {
        let read = |n: usize| gongkai::document(*bytes, &limited(|o| set(o, n)));
        assert!(read(*at).is_ok(), "{name} = {at}: {:?}", read(*at));
        match read(at - 1) {
            Err(error @ ReadError::Limit { limit, value, max }) => {
                assert_eq!((limit, max), (*name, at - 1));
                assert!(value > max && error.message().zh.contains(name) && error.message().en.contains(name), "{error:?}");
            }
            other => panic!("{name} = {}: {other:?}", at - 1),
        }
    }
}

fn formats() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("formats/2021")).unwrap().map(|e| e.unwrap().path()).collect();
    files.push(root.join("pages/2021.html"));
    files.sort();
    files
}

#[test]
fn files_cut_off_at_every_percent_are_an_error_or_a_report() {
    let alone = alone();
    for file in formats() {
        let bytes = fs::read(&file).unwrap();
        for percent in 0..100 {
            let name = format!("{} at {percent} %", file.display());
            if let Err(error) = bounded(&alone, &name, &bytes[..bytes.len() * percent / 100], &Options::default()) {
                let message = error.message();
                assert!(!message.zh.is_empty() && message.en.chars().count() < 300, "{name}: {message:?}");
            }
        }
    }
}

#[test]
fn damaged_bytes_are_an_error_or_a_report() {
    let _alone = alone();
    let mut rng = gongkai_tests::Rng::new(20_261_124);
    let mut below = |n: usize| usize::try_from(rng.bits() % u64::try_from(n).unwrap()).unwrap();
    for file in formats() {
        let bytes = fs::read(&file).unwrap();
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            for _ in 0..1 + below(20) {
                let at = below(damaged.len());
                damaged[at] = u8::try_from(below(256)).unwrap();
            }
            let began = Instant::now();
            let _ = gongkai::read(&damaged, &Options::default());
            assert!(began.elapsed() < TIME, "{}: {:?}", file.display(), began.elapsed());
        }
    }
}
