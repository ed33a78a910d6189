//! Files made to do harm, and files cut off: a typed error or a report, in time and memory that the input bounds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
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

/// The most memory this process has had so far, in bytes; `None` where the system does not tell.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<usize>().ok()? << 10)
}

/// Reads a file and looks at the clock and the memory.
fn bounded(name: &str, bytes: &[u8], options: &Options) -> Result<gongkai::Report, ReadError> {
    let (before, began) = (peak(), Instant::now());
    let read = gongkai::read(bytes, options);
    assert!(began.elapsed() < TIME, "{name}: {:?}", began.elapsed());
    if let (Some(before), Some(after)) = (before, peak()) {
        let allowed = 10 * bytes.len() + MEMORY;
        assert!(after - before <= allowed, "{name}: {} bytes of memory for {} of input", after - before, bytes.len());
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

/// One test, since the memory is that of the whole process.
#[test]
fn files_made_to_do_harm_are_bounded() {
    let options = Options::default();
    let body = |inner: &str| format!("<w:document><w:body>{inner}</w:body></w:document>").into_bytes();

    // Zip and XML.
    let zeros = vec![b' '; 300 << 20];
    let bomb = zip(&[("word/document.xml", &zeros)]);
    drop(zeros);
    // What the test itself has allocated is no memory of the reader's.
    assert!(matches!(limit(gongkai::read(&bomb, &options)), "max_unpacked" | "max_ratio"));
    let deep = zip(&[("word/document.xml", &body(&"<w:tbl><w:tr><w:tc>".repeat(100_000)))]);
    assert_eq!(limit(bounded("deep XML", &deep, &options)), "max_depth");
    let entities = br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><w:document>&c;</w:document>"#;
    let laughs = zip(&[("word/document.xml", entities)]);
    assert!(matches!(bounded("entities", &laughs, &options), Err(ReadError::Damaged { format: "docx", .. })));
    let names: Vec<String> = (0..3000).map(|i| format!("word/{i}.xml")).collect();
    let mut many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"".as_slice())).collect();
    many.push(("word/document.xml", b"<a/>"));
    assert!(matches!(bounded("many parts", &zip(&many), &options), Err(ReadError::Damaged { .. })));
    let cells: String = (0..50_000).map(|i| format!("<w:tc><w:p><w:r><w:t>{i}</w:t></w:r></w:p></w:tc>")).collect();
    let wide = zip(&[("word/document.xml", &body(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))]);
    bounded("wide docx table", &wide, &options).unwrap();
    let tight = {
        let mut o = Options::default();
        o.max_cells = 1000;
        o
    };
    assert_eq!(limit(bounded("cells", &wide, &tight)), "max_cells");

    // Spreadsheets whose cells stand far apart.
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#;
    let far = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", sheet)]);
    assert_eq!(limit(bounded("far cells", &far, &options)), "max_cells");
    let ods = br#"<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:document-content>"#;
    let repeated = zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", ods)]);
    assert_eq!(limit(bounded("repeated cells", &repeated, &options)), "max_cells");

    // Web pages.
    assert_eq!(limit(bounded("10,000 tags", "<div>".repeat(10_000).as_bytes(), &options)), "max_depth");
    bounded("10,000 paragraphs", "<p><b>".repeat(10_000).as_bytes(), &options).unwrap_or_else(|e| panic!("{e}"));
    bounded("a wide table", format!("<table><tr>{}", "<td>1".repeat(900_000)).as_bytes(), &options).unwrap();
    assert_eq!(limit(bounded("a wider table", format!("<table><tr>{}", "<td>1".repeat(1_100_000)).as_bytes(), &options)), "max_cells");
    let spans = format!("<table>{}</table>", "<tr><td rowspan=65534 colspan=1000>1<td>2".repeat(20_000));
    assert_eq!(limit(bounded("spans", spans.as_bytes(), &options)), "max_cells");

    // PDF.
    let pdf =
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n";
    let _ = bounded("a page tree that holds itself", pdf, &options);
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
    for file in formats() {
        let bytes = fs::read(&file).unwrap();
        for percent in 0..100 {
            let began = Instant::now();
            if let Err(error) = gongkai::read(&bytes[..bytes.len() * percent / 100], &Options::default()) {
                let message = error.message();
                assert!(!message.zh.is_empty() && message.en.chars().count() < 300, "{}: {message:?}", file.display());
            }
            assert!(began.elapsed() < TIME, "{} at {percent} %: {:?}", file.display(), began.elapsed());
        }
    }
}

#[test]
fn damaged_bytes_are_an_error_or_a_report() {
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
