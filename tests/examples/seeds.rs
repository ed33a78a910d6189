//! Inputs and words that the fuzzers start from: `cargo run -p gongkai-tests --example seeds -- TARGET OUT` writes `OUT/seeds/*` and `OUT/words`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A tool for people.

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use gongkai::{Options, forms, parse};
use gongkai_tests::properties::TARGETS;
use zip::ZipArchive;

/// Bytes of a part that are taken; a part cut off is read up to there.
const PART: u64 = 3 << 10;
/// The longest word that libFuzzer takes.
const WORD: usize = 64;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, target, out] = args.as_slice() else { panic!("usage: seeds TARGET OUT") };
    let (_, _, most) = TARGETS.iter().find(|(name, ..)| name == target).unwrap_or_else(|| panic!("no target {target}"));
    let folder = Path::new(out).join("seeds");
    fs::create_dir_all(&folder).unwrap();
    for (number, seed) in seeds(target).into_iter().filter(|seed| seed.len() <= *most).enumerate() {
        fs::write(folder.join(number.to_string()), seed).unwrap();
    }
    let mut list = String::new();
    for word in words(target).into_iter().filter(|word| (1..=WORD).contains(&word.len())) {
        let escaped: String = word.bytes().fold(String::new(), |mut text, byte| {
            write!(text, "\\x{byte:02X}").unwrap();
            text
        });
        writeln!(list, "\"{escaped}\"").unwrap();
    }
    fs::write(Path::new(out).join("words"), list).unwrap();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The files below a folder of `tests/`, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn with_ending(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let has = |path: &PathBuf| path.extension().is_some_and(|own| endings.iter().any(|ending| own == *ending));
    files(folder).into_iter().filter(has).map(|path| fs::read(path).unwrap()).collect()
}

/// The texts of the vectors and samples.
fn texts() -> Vec<String> {
    let inputs = files("vectors").into_iter().filter(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    let samples = files("../samples").into_iter();
    let text = |path| Some(gongkai::decode(&fs::read::<PathBuf>(path).unwrap(), &Options::default()).ok()?.text.into_owned());
    inputs.chain(samples).filter_map(text).collect()
}

/// Some parts of zip files, with a zero byte between them; the first must be there.
fn parts(files: Vec<Vec<u8>>, names: &[&str]) -> Vec<Vec<u8>> {
    let unpacked = |file: Vec<u8>| {
        let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
        let parts = names.iter().map(|name| {
            let mut content = Vec::new();
            if let Ok(part) = archive.by_name(name) {
                part.take(PART).read_to_end(&mut content).unwrap();
            }
            content
        });
        let parts: Vec<Vec<u8>> = parts.collect();
        (!parts[0].is_empty()).then(|| parts.join(&0))
    };
    files.into_iter().filter_map(unpacked).collect()
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let bytes = |texts: Vec<String>| texts.into_iter().map(String::into_bytes).collect::<Vec<_>>();
    match target {
        "parse" => bytes(texts()),
        "html" => {
            with_ending("pages", &["html"]).into_iter().chain(with_ending("formats", &["html"])).chain(with_ending("vectors", &["md"])).collect()
        }
        "docx" => {
            let files = with_ending("formats", &["docx"]);
            let names = ["word/document.xml", "word/numbering.xml", "word/styles.xml"];
            let pieces: [&[u8]; 2] = [
                b"<w:document><w:body><w:p><w:r><w:t>12</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>",
                b"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins><w:r><w:t>4</w:t></w:r></w:ins></w:p>\0<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
            ];
            files.iter().cloned().chain(parts(files.clone(), &names)).chain(pieces.map(<[u8]>::to_vec)).collect()
        }
        "pdf" => {
            let pieces: [&[u8]; 3] = [
                b"BT /F2 12 Tf 72 700 Td (12 34) Tj T* [(5)-300(6)] TJ ET 72 690 m 200 690 l S 72 600 100 0.5 re f",
                b"q 0 1 -1 0 0 0 cm BT /F1 10 Tf 1 0 0 1 10 20 Tm <D5FEB8AE> Tj ET Q BI /W 1 ID x EI",
                b"BT /F3 9 Tf 20 TL 5 Tc 3 Tw 90 Tz <00030011> ' ET\x001 beginbfrange <0000> <0020> <0030> endbfrange 1 beginbfchar <0030> <516C5F00> endbfchar",
            ];
            with_ending("formats", &["pdf"]).into_iter().chain(pieces.map(<[u8]>::to_vec)).collect()
        }
        "sheet" => {
            let files = with_ending("formats", &["xlsx", "xls", "ods"]);
            let xlsx = parts(files.clone(), &["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]);
            let ods = parts(files.clone(), &["content.xml"]).into_iter().map(|xml| {
                // What stands before the first element of OpenDocument does not matter.
                let at = xml.windows(8).position(|window| window == b"<office:").unwrap_or(0);
                xml[at..].to_vec()
            });
            let pieces: [&[u8]; 2] = [
                b"<worksheet><dimension ref=\"A1:B2\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>1</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"><f>A1</f><v>1.5</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>\0<sst><si><t>2</t></si></sst>\0<styleSheet/>",
                b"<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-spanned=\"2\"><text:p>1</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
            ];
            files.into_iter().chain(xlsx).chain(ods).chain(pieces.map(<[u8]>::to_vec)).collect()
        }
        "sniff" => {
            let heads = with_ending("formats", &["docx", "xlsx", "xls", "ods", "pdf", "html"]).into_iter().map(|mut file| {
                file.truncate(1024);
                file
            });
            let texts = texts().into_iter().map(|text| text.chars().take(300).collect::<String>().into_bytes());
            heads.chain(texts).collect()
        }
        "lines" | "prose" | "fold" | "value" | "growth" => {
            let lines: BTreeSet<String> = texts().iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
            let pieces: Vec<String> = match target {
                "value" => lines.iter().flat_map(|line| line.split(['|', '\t'])).map(|cell| cell.trim().to_owned()).collect(),
                _ => lines.into_iter().collect(),
            };
            // Some of each length are enough.
            bytes(pieces.into_iter().collect::<BTreeSet<_>>().into_iter().step_by(7).take(2_000).collect())
        }
        "forms" => {
            let files = files("../grammar/forms").into_iter().map(|path| fs::read_to_string(path).unwrap());
            // Each table as a form of its own, since whole forms are long.
            let tables = files.clone().flat_map(|file| {
                let tables: Vec<String> = file.split("\n\n").map(|piece| format!("form a \"\" {{ {piece} }}")).collect();
                tables
            });
            bytes(files.chain(tables).collect())
        }
        "json" => {
            let texts = texts().into_iter().chain(["".to_owned()]);
            texts.map(|text| serde_json::to_vec(&parse(&text, &Options::default())).unwrap()).collect()
        }
        _ => Vec::new(),
    }
}

/// Words of the language of a target.
fn words(target: &str) -> BTreeSet<String> {
    let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let marks = owned(&[
        "|",
        "│",
        "|---|",
        "\t",
        "  ",
        "\u{3000}",
        "\u{200B}",
        "\r\n",
        "、",
        "。",
        "：",
        "（",
        "）",
        "《",
        "》",
        "〔",
        "〕",
        "一、",
        "（一）",
        "1.",
        "第",
        "条",
        "款",
        "项",
        "其中",
        "无",
        "—",
        "-",
        "/",
        "是",
        "否",
        "万元",
        "件",
        "年",
        "月",
        "日",
        "至",
        "号",
        "令",
        "余",
        "约",
        "百分之",
        "万",
        "亿",
        "７",
        "O",
        "+",
        "，",
    ]);
    let labels = || {
        let tables = forms().editions.iter().flat_map(|form| &form.tables);
        let of = |table: &gongkai_grammar::FormTable| {
            let lists = [&table.headers, &table.notes, &table.titles].into_iter().flatten().cloned();
            let rows = table.rows.iter().flat_map(|row| row.labels.iter().chain(&row.number).cloned());
            let columns = table.columns.iter().flat_map(|column| column.labels.iter().cloned());
            lists.chain(rows).chain(columns).collect::<Vec<String>>()
        };
        tables.flat_map(of).collect::<Vec<String>>()
    };
    /// The names of elements and attributes in the seeds of a target.
    fn names(target: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        for seed in seeds(target) {
            let text = String::from_utf8_lossy(&seed).into_owned();
            for piece in text.split(['<', ' ', '>', '\n']).filter(|piece| piece.is_ascii() && (2..30).contains(&piece.len())) {
                let name = piece.split(['=', '/']).next().unwrap_or_default();
                let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == ':' || c == '-');
                if plain && piece.contains('=') {
                    found.insert(format!(" {piece}"));
                } else if plain && text.contains(&format!("<{name}")) {
                    found.insert(format!("<{name}"));
                    found.insert(format!("</{name}>"));
                }
            }
        }
        found.into_iter().take(1_000).collect()
    }
    let list = match target {
        "parse" => [marks, labels()].concat(),
        "html" => {
            [owned(&["<table>", "<tr>", "<td>", " colspan=2", " rowspan=3", "&nbsp;", "<!--", "-->", "<script>", "{\"a\":\"", "&lt;"]), names(target)]
                .concat()
        }
        "docx" | "sheet" => [names(target), owned(&["<![CDATA[", "]]>", "&#x4E00;", "&amp;", "<!--", "-->"])].concat(),
        "pdf" => owned(&[
            "obj",
            "endobj",
            "stream\n",
            "endstream",
            "xref",
            "trailer",
            "startxref",
            "/Type",
            "/Page",
            "/Pages",
            "/Kids",
            "/Count",
            "/Contents",
            "/Resources",
            "/Font",
            "/ToUnicode",
            "/Encoding",
            "/Differences",
            "/DescendantFonts",
            "/W",
            "/DW",
            "/Widths",
            "/FirstChar",
            "/Length",
            "/Filter",
            "/FlateDecode",
            "/LZWDecode",
            "/ASCII85Decode",
            "/ASCIIHexDecode",
            "/Predictor",
            "/Columns",
            "/XObject",
            "/Form",
            "/Image",
            "/Matrix",
            "/Rotate",
            "/MediaBox",
            "/ObjStm",
            "/XRef",
            "/Index",
            "/Prev",
            "/Encrypt",
            "BT",
            "ET",
            "Tf",
            "Tj",
            "TJ",
            "Td",
            "TD",
            "Tm",
            "T*",
            "Tc",
            "Tw",
            "Tz",
            "TL",
            "Ts",
            "re",
            "cm",
            "Do",
            "q",
            "Q",
            "m",
            "l",
            "h",
            "S",
            "f",
            "W",
            "n",
            "beginbfchar",
            "beginbfrange",
            "endbfrange",
            "BI",
            "ID",
            "EI",
            "<<",
            ">>",
            "[",
            "]",
            " 0 R",
            "UniGB-UCS2-H",
            "GBK-EUC-H",
            "Identity-V",
        ]),
        "forms" => owned(&[
            "form",
            "extends",
            "table",
            "row",
            "column",
            "group",
            "local",
            "block",
            "rule",
            "each",
            "column:",
            "row:",
            "across",
            "years",
            "previous",
            "covers",
            "width",
            "unit",
            "units",
            "title",
            "header",
            "note",
            "basis",
            "signed",
            "amount",
            "dated",
            "reuse",
            "from",
            "heading",
            "topic",
            "mention",
            "notice",
            "requires",
            "law",
            "since",
            "deadline",
            "none",
            "sections",
            "section",
            "perfunctory",
            "under",
            "printed",
            "error",
            "warning",
            "GK201",
            "{",
            "}",
            "\"",
            " | ",
            "=",
            "<=",
            ">=",
            ".*",
            "0",
            "..",
            "2021",
            "01-31",
            "#",
        ]),
        "json" => {
            let schema = gongkai::schema();
            let names = schema["$defs"].as_object().unwrap().values().chain([&schema]).filter_map(|each| each["properties"].as_object());
            let names = names.flat_map(|fields| fields.keys().map(|name| format!("\"{name}\":")));
            names.chain(owned(&["null", "true", "[0,1]", "\"12.50\"", "\"2021-01-31\"", "{", "}", "[", "]", "-1", "1e3"])).collect()
        }
        "sniff" => {
            owned(&["PK\u{3}\u{4}", "%PDF-", "{\\rtf", "word/document", "xl/workbook", "<?xml", "mime-version:", "content-type:", "charset=gbk"])
        }
        "solve" => Vec::new(),
        _ => marks,
    };
    list.into_iter().collect()
}
