//! The format of a file, by its content.

use gongkai_grammar::model::Message;

use super::ReadError;

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, a web page among it.
    Text,
    /// Word's .docx.
    Docx,
    /// PDF.
    Pdf,
    /// xlsx, xls, xlsb, ods.
    Spreadsheet,
}

/// What a file is that cannot be read, in Chinese and English.
type Named = (&'static str, &'static str);

/// The way out for each kind of file.
const UNPACK: Named = ("请先解压，再读取其中的文件", "unpack it and read the files in it");
const SAVE: Named = ("请另存为 docx 或文本", "save it as docx or text");
const SAVE_PAGE: Named = ("请另存为网页（html）、docx 或文本", "save it as a web page (html), docx or text");
const SAVE_SHEET: Named = ("请另存为 xlsx", "save it as xlsx");
const PICTURE: Named = ("图片里没有文字：请找文字版，或先用 OCR 软件转成文本", "pictures hold no text: find the text version, or run OCR first");
const UNLOCK: Named = ("请用密码打开，去掉密码后再保存", "open it with its password and save it without one");
const MEDIA: Named = ("请找文字版", "find the text version");

/// The first bytes of files that are no text and hold none that could be read, or the bytes at a place.
const REFUSED: &[(usize, &[u8], Named, Named)] = &[
    (0, b"{\\rtf", ("RTF 文档", "an RTF document"), SAVE),
    (0, b"\x89PNG", ("PNG 图片", "a PNG image"), PICTURE),
    (0, b"\xFF\xD8\xFF", ("JPEG 图片", "a JPEG image"), PICTURE),
    (0, b"GIF8", ("GIF 图片", "a GIF image"), PICTURE),
    (0, b"II*\x00", ("TIFF 图片", "a TIFF image"), PICTURE),
    (0, b"MM\x00*", ("TIFF 图片", "a TIFF image"), PICTURE),
    (8, b"WEBP", ("WebP 图片", "a WebP image"), PICTURE),
    (4, b"ftypheic", ("HEIC 图片", "an HEIC image"), PICTURE),
    (4, b"ftyp", ("视频", "a video"), MEDIA),
    (0, b"RIFF", ("多媒体文件", "a media file"), MEDIA),
    (0, b"ID3\x03", ("音频", "a sound file"), MEDIA),
    (0, b"ID3\x04", ("音频", "a sound file"), MEDIA),
    (0, b"AT&TFORM", ("DjVu 文档", "a DjVu document"), SAVE),
    (0, b"Rar!", ("RAR 压缩包", "a RAR archive"), UNPACK),
    (0, b"7z\xBC\xAF\x27\x1C", ("7z 压缩包", "a 7z archive"), UNPACK),
    (0, b"\x1F\x8B", ("gzip 压缩包", "a gzip archive"), UNPACK),
    (0, b"BZh", ("bzip2 压缩包", "a bzip2 archive"), UNPACK),
    (0, b"\xFD7zXZ\x00", ("xz 压缩包", "an xz archive"), UNPACK),
    (0, b"MSCF\0", ("CAB 压缩包", "a CAB archive"), UNPACK),
    (257, b"ustar", ("tar 压缩包", "a tar archive"), UNPACK),
];

/// Words in the head of XML files and letters that no reader knows.
const REFUSED_XML: &[(&[u8], Named, Named)] = &[
    (b"<w:wordDocument", ("Word 2003 XML 文档", "a Word 2003 XML document"), SAVE),
    (b"<pkg:package", ("Word XML 文档", "a Word XML document"), SAVE),
    (b"urn:schemas-microsoft-com:office:spreadsheet", ("Excel 2003 XML 表格", "an Excel 2003 XML spreadsheet"), SAVE_SHEET),
    (b"<office:document", ("OpenDocument 单文件文档", "a flat OpenDocument file"), SAVE),
    (b"<uof:UOF", ("标文通（UOF）文档", "a UOF document"), SAVE),
];
/// Bytes of a file in which these words stand.
const XML_HEAD: usize = 4096;

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Parts of a zip file whose names are looked at.
const MAX_NAMES: usize = 4_000;
/// Bytes in which the marks of PDF may stand.
const PDF_HEAD: usize = 1024;

/// The kind of content, by its first bytes and, for containers, by the names of their parts.
///
/// # Errors
/// [`ReadError::Unsupported`] for what is neither text nor a format with a reader.
pub fn content(bytes: &[u8]) -> Result<Content, ReadError> {
    let there = |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(mark));
    if let Some((_, _, format, help)) = REFUSED.iter().find(|(at, mark, ..)| there(*at, mark)) {
        return Err(unsupported(*format, *help));
    }
    if there(0, b"BM") && there(6, b"\0\0\0\0") {
        return Err(unsupported(("BMP 图片", "a BMP image"), PICTURE));
    }
    if find(bytes.get(..PDF_HEAD).unwrap_or(bytes), b"%PDF-") {
        return Ok(Content::Pdf);
    }
    if bytes.starts_with(ZIP) || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes);
    }
    if bytes.starts_with(OLE) {
        return ole(bytes);
    }
    let head = bytes.get(..XML_HEAD).unwrap_or(bytes);
    let is_xml = head.trim_ascii_start().starts_with(b"<?xml") || head.starts_with(b"\xEF\xBB\xBF<?xml");
    if let Some((_, format, help)) = REFUSED_XML.iter().find(|(mark, ..)| is_xml && find(head, mark)) {
        return Err(unsupported(*format, *help));
    }
    if is_letter(head) {
        return Err(unsupported(("邮件或单文件网页（eml、mht）", "a mail or a web archive (eml, mht)"), SAVE_PAGE));
    }
    Ok(Content::Text)
}

/// Whether a file begins with the fields of a letter (RFC 2045) and has parts: .eml, .mht, and .doc files that are such.
fn is_letter(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    let field = head.iter().take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
    field > 1 && head.get(field) == Some(&b':') && find(&head, b"mime-version:") && find(&head, b"content-type:")
}

/// What a zip file is, by the names of its parts.
fn zip(bytes: &[u8]) -> Result<Content, ReadError> {
    let names = names(bytes);
    let has = |start: &[u8]| names.iter().any(|name| name.starts_with(start));
    // OpenDocument and EPUB say what they are in a part of their own, which stands first and is not packed.
    let says = |kind: &[u8]| find(bytes.get(..256).unwrap_or(bytes), kind);
    match () {
        () if has(b"word/document") => Ok(Content::Docx),
        () if has(b"xl/workbook") || says(b"application/vnd.oasis.opendocument.spreadsheet") => Ok(Content::Spreadsheet),
        () if has(b"OFD.xml") => Err(unsupported(("OFD 版式文档", "an OFD document"), ("请另存为 docx、PDF 或文本", "save it as docx, PDF or text"))),
        () if says(b"application/vnd.oasis.opendocument.text") => Err(unsupported(("ODT 文档", "an ODT document"), SAVE)),
        () if says(b"application/epub") => Err(unsupported(("EPUB 电子书", "an EPUB book"), SAVE)),
        () if has(b"ppt/presentation") => Err(unsupported(("PPT 演示文稿", "a PowerPoint file"), SAVE)),
        () => Err(unsupported(("zip 压缩包", "a zip archive"), UNPACK)),
    }
}

/// The names of the parts of a zip file, by its directory; of one cut off, by the headers of its parts.
fn names(bytes: &[u8]) -> Vec<&[u8]> {
    let number = |at: usize, length: usize| -> Option<usize> {
        Some(bytes.get(at..at.checked_add(length)?)?.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte)))
    };
    let name = |at: usize, length: usize| bytes.get(at..at.checked_add(length)?);
    let mut names = Vec::new();
    let end = memchr::memmem::rfind(bytes, b"PK\x05\x06");
    let mut at = end.and_then(|end| number(end + 16, 4)).filter(|&at| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")));
    while let Some(from) = at.filter(|&at| names.len() < MAX_NAMES && bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))) {
        let [Some(own), Some(extra), Some(comment)] = [28, 30, 32].map(|field| number(from + field, 2)) else { break };
        names.extend(name(from + 46, own));
        at = Some(from + 46 + own + extra + comment);
    }
    if names.is_empty() {
        let parts = memchr::memmem::find_iter(bytes, ZIP).take(MAX_NAMES);
        names.extend(parts.filter_map(|at| name(at + 30, number(at + 26, 2)?)));
    }
    names
}

/// What a legacy Office file is, by the names of its streams, which are UTF-16.
fn ole(bytes: &[u8]) -> Result<Content, ReadError> {
    let named = |name: &str| find(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    match () {
        () if named("EncryptedPackage") => Err(unsupported(("加密的 Office 文件", "an Office file with a password"), UNLOCK)),
        () if named("WordDocument") => {
            Err(unsupported(("旧版 Word 文档（.doc、.wps）", "a legacy Word file (.doc, .wps)"), ("请另存为 docx 或文本", "save it as docx or text")))
        }
        () if named("Workbook") || named("Book") => Ok(Content::Spreadsheet),
        () if named("PowerPoint Document") => Err(unsupported(("旧版 PPT 演示文稿", "a legacy PowerPoint file"), SAVE)),
        () => Err(unsupported(("旧版 Office 文件", "a legacy Office file"), ("请另存为 docx 或 xlsx", "save it as docx or xlsx"))),
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

fn unsupported(format: Named, help: Named) -> ReadError {
    let message = |(zh, en): Named| Message { zh: zh.into(), en: en.into() };
    ReadError::Unsupported { format: message(format), help: message(help) }
}

/// The error for a PDF file that is encrypted with a password.
#[cfg(feature = "pdf")]
pub fn locked_pdf() -> ReadError {
    unsupported(("加密的 PDF 文档", "a PDF file with a password"), UNLOCK)
}

impl Content {
    /// The error for a format whose reader is not in this build.
    pub fn not_built(self) -> ReadError {
        let format = match self {
            Self::Text => ("文本", "text"),
            Self::Docx => (" docx 文档", "a docx file"),
            Self::Pdf => (" PDF 文档", "a PDF file"),
            Self::Spreadsheet => ("电子表格", "a spreadsheet"),
        };
        ReadError::NotBuilt { format: Message { zh: format.0.into(), en: format.1.into() } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A zip file of parts that are stored as they are.
    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut bytes, mut directory) = (Vec::new(), Vec::new());
        for (name, content) in parts {
            let (at, length) = (u32::try_from(bytes.len()).unwrap(), u16::try_from(name.len()).unwrap());
            bytes.extend([ZIP, &[0; 22], &length.to_le_bytes(), &[0; 2], name.as_bytes(), content].concat());
            directory.extend([b"PK\x01\x02".as_slice(), &[0; 24], &length.to_le_bytes(), &[0; 12], &at.to_le_bytes(), name.as_bytes()].concat());
        }
        let at = u32::try_from(bytes.len()).unwrap();
        [bytes, directory, b"PK\x05\x06".to_vec(), vec![0; 12], at.to_le_bytes().to_vec(), vec![0; 2]].concat()
    }

    #[test]
    fn formats_by_content() {
        let stream = |name: &str| [OLE, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
        let docx = zipped(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]);
        let ods = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"")]);
        assert_eq!(content(b"\xEF\xBB\xBF%PDF-1.7"), Ok(Content::Pdf));
        assert_eq!(content(&docx), Ok(Content::Docx));
        assert_eq!(content(&docx[..docx.len() / 2]), Ok(Content::Docx));
        assert_eq!(content(&zipped(&[("xl/workbook.bin", b"")])), Ok(Content::Spreadsheet));
        assert_eq!(content(&ods), Ok(Content::Spreadsheet));
        assert_eq!(content(&stream("Workbook")), Ok(Content::Spreadsheet));
        for text in ["一、总体情况", "", "BM", "标题：年报\nmime-version: 1.0", "<?xml version='1.0'?><html><body>"] {
            assert_eq!(content(text.as_bytes()), Ok(Content::Text));
        }
    }

    #[test]
    fn every_other_format_is_named_with_a_way_out() {
        let stream = |name: &str| [OLE, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
        let tar = [vec![b'a'; 257], b"ustar".to_vec()].concat();
        // An archive that holds a docx as it is.
        let archive = zipped(&[("年报.docx", &zipped(&[("word/document.xml", b"<a/>")])), ("说明.txt", b"")]);
        let cases: &[(&[u8], &str, &str)] = &[
            (&stream("WordDocument"), "旧版 Word 文档（.doc、.wps），无法读取；请另存为 docx", "a legacy Word file (.doc, .wps)"),
            (&stream("EncryptedPackage"), "密码", "an Office file with a password"),
            (&stream("PowerPoint Document"), "PPT", "a legacy PowerPoint file"),
            (&stream("CONTENTS"), "旧版 Office", "a legacy Office file"),
            (&zipped(&[("OFD.xml", b""), ("Doc_0/Document.xml", b"")]), "OFD 版式文档", "an OFD document"),
            (&zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "ODT", "an ODT document"),
            (&zipped(&[("mimetype", b"application/epub+zip")]), "EPUB", "an EPUB book"),
            (&zipped(&[("ppt/presentation.xml", b"")]), "PPT", "a PowerPoint file"),
            (&archive, "zip 压缩包，无法读取；请先解压", "a zip archive"),
            (b"PK\x05\x06", "zip", "a zip archive"),
            (b"Rar!\x1A\x07", "RAR", "a RAR archive"),
            (b"7z\xBC\xAF\x27\x1C", "7z", "a 7z archive"),
            (b"\x1F\x8B\x08", "gzip", "a gzip archive"),
            (b"BZh9", "bzip2", "a bzip2 archive"),
            (b"\xFD7zXZ\x00", "xz", "an xz archive"),
            (b"MSCF\0\0\0\0", "CAB", "a CAB archive"),
            (&tar, "tar", "a tar archive"),
            (b"\x89PNG\r\n", "PNG 图片，无法读取；图片里没有文字", "run OCR"),
            (b"\xFF\xD8\xFF\xE0", "JPEG", "a JPEG image"),
            (b"GIF89a", "GIF", "a GIF image"),
            (b"BM\x8A\x7B\x0C\0\0\0\0\0", "BMP", "a BMP image"),
            (b"II*\x00", "TIFF", "a TIFF image"),
            (b"MM\x00*", "TIFF", "a TIFF image"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP", "a WebP image"),
            (b"RIFF\x10\0\0\0WAVE", "多媒体", "a media file"),
            (b"\0\0\0\x18ftypheic", "HEIC", "an HEIC image"),
            (b"\0\0\0\x18ftypmp42", "视频", "a video"),
            (b"ID3\x04", "音频", "a sound file"),
            (b"AT&TFORM", "DjVu", "a DjVu document"),
            (b"{\\rtf1\\ansi", "RTF 文档，无法读取；请另存为 docx 或文本", "an RTF document, which cannot be read; save it as docx or text"),
            (b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?><w:wordDocument>", "Word 2003", "a Word 2003 XML document"),
            (b"<?xml version=\"1.0\"?><pkg:package>", "Word XML", "a Word XML document"),
            (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "xlsx", "save it as xlsx"),
            (b"<?xml version=\"1.0\"?><office:document>", "OpenDocument", "a flat OpenDocument file"),
            (b"<?xml version=\"1.0\"?><uof:UOF>", "标文通", "a UOF document"),
            (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "mht", "a web archive"),
        ];
        for (bytes, zh, en) in cases {
            let message = content(bytes).unwrap_err().message();
            assert!(message.zh.contains(zh) && message.en.contains(en), "{message:?}");
        }
    }
}
