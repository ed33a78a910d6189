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

/// The first bytes of files that are no text and hold none that could be read; what they are, in Chinese and English.
const REFUSED: &[(&[u8], &str, &str)] = &[
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"\x89PNG", "PNG 图片", "a PNG image"),
    (b"\xFF\xD8\xFF", "JPEG 图片", "a JPEG image"),
    (b"GIF8", "GIF 图片", "a GIF image"),
    (b"BM\x36", "BMP 图片", "a BMP image"),
    (b"II*\x00", "TIFF 图片", "a TIFF image"),
    (b"MM\x00*", "TIFF 图片", "a TIFF image"),
    (b"RIFF", "WebP 图片或多媒体文件", "a WebP image or a media file"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xBC\xAF\x27\x1C", "7z 压缩包", "a 7z archive"),
    (b"\x1F\x8B", "gzip 压缩包", "a gzip archive"),
    (b"BZh", "bzip2 压缩包", "a bzip2 archive"),
    (b"\xFD7zXZ\x00", "xz 压缩包", "an xz archive"),
];

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Bytes in which the marks of PDF may stand.
const PDF_HEAD: usize = 1024;

/// The kind of content, by its first bytes and, for containers, by the names of their parts.
///
/// # Errors
/// [`ReadError::Unsupported`] for what is neither text nor a format with a reader.
pub fn content(bytes: &[u8]) -> Result<Content, ReadError> {
    if let Some((_, zh, en)) = REFUSED.iter().find(|(mark, _, _)| bytes.starts_with(mark)) {
        let archive = en.ends_with("archive");
        let help = if archive {
            ("请先解压，再读取其中的文件", "unpack it and read the files in it")
        } else if en.ends_with("document") {
            ("请另存为 docx 或文本", "save it as docx or text")
        } else {
            ("图片里没有文字：请找文字版，或先用 OCR 软件转成文本", "pictures hold no text: find the text version, or run OCR first")
        };
        return Err(unsupported((zh, en), help));
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
    Ok(Content::Text)
}

/// What a zip file is, by the names in it: these stand uncompressed in its local headers and its directory.
fn zip(bytes: &[u8]) -> Result<Content, ReadError> {
    match () {
        () if find(bytes, b"word/document") => Ok(Content::Docx),
        () if find(bytes, b"xl/workbook") || find(bytes, b"application/vnd.oasis.opendocument.spreadsheet") => Ok(Content::Spreadsheet),
        () if find(bytes, b"OFD.xml") => {
            Err(unsupported(("OFD 版式文档", "an OFD document"), ("请另存为 docx、PDF 或文本", "save it as docx, PDF or text")))
        }
        () if find(bytes, b"application/vnd.oasis.opendocument.text") => {
            Err(unsupported(("ODT 文档", "an ODT document"), ("请另存为 docx", "save it as docx")))
        }
        () if find(bytes, b"ppt/presentation") => {
            Err(unsupported(("PPT 演示文稿", "a PowerPoint file"), ("请另存为 docx 或文本", "save it as docx or text")))
        }
        () => Err(unsupported(("zip 压缩包", "a zip archive"), ("请先解压，再读取其中的文件", "unpack it and read the files in it"))),
    }
}

/// What a legacy Office file is, by the names of its streams, which are UTF-16.
fn ole(bytes: &[u8]) -> Result<Content, ReadError> {
    let named = |name: &str| find(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    match () {
        () if named("WordDocument") => {
            Err(unsupported(("旧版 Word 文档（.doc、.wps）", "a legacy Word file (.doc, .wps)"), ("请另存为 docx", "save it as docx")))
        }
        () if named("Workbook") || named("Book") => Ok(Content::Spreadsheet),
        () if named("PowerPoint Document") => {
            Err(unsupported(("旧版 PPT 演示文稿", "a legacy PowerPoint file"), ("请另存为 docx 或文本", "save it as docx or text")))
        }
        () => Err(unsupported(("旧版 Office 文件", "a legacy Office file"), ("请另存为 docx 或 xlsx", "save it as docx or xlsx"))),
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

fn unsupported(format: (&'static str, &'static str), help: (&'static str, &'static str)) -> ReadError {
    let message = |(zh, en): (&'static str, &'static str)| Message { zh: zh.into(), en: en.into() };
    ReadError::Unsupported { format: message(format), help: message(help) }
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
        unsupported(format, ("此版本未包含该格式的读取功能：请另存为文本", "this build has no reader for it: save it as text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_content() {
        let stream = |name: &str| [OLE, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
        assert_eq!(content(b"\xEF\xBB\xBF%PDF-1.7"), Ok(Content::Pdf));
        assert_eq!(content(b"PK\x03\x04....word/document.xml"), Ok(Content::Docx));
        assert_eq!(content(b"PK\x03\x04....xl/workbook.bin"), Ok(Content::Spreadsheet));
        assert_eq!(content(&stream("Workbook")), Ok(Content::Spreadsheet));
        assert_eq!(content("一、总体情况".as_bytes()), Ok(Content::Text));
        assert_eq!(content(b""), Ok(Content::Text));
        for (bytes, zh, en) in [
            (stream("WordDocument"), "另存为 docx", "legacy Word"),
            (b"PK\x03\x04....OFD.xml".to_vec(), "OFD", "OFD"),
            (b"PK\x03\x04readme".to_vec(), "解压", "zip"),
            (b"\xFF\xD8\xFF\xE0".to_vec(), "OCR", "JPEG"),
            (b"{\\rtf1".to_vec(), "RTF", "RTF"),
        ] {
            let message = content(&bytes).unwrap_err().message();
            assert!(message.zh.contains(zh) && message.en.contains(en), "{message:?}");
        }
    }
}
