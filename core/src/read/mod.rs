//! Readers: the bytes of a file to a [`Document`]. The format is known by its content, never by its name.

#[cfg(feature = "docx")]
mod docx;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "xlsx")]
mod sheets;
mod sniff;
mod source;
mod text;
#[cfg(any(feature = "html", feature = "docx", feature = "pdf", feature = "xlsx"))]
#[allow(dead_code)] // Each reader uses a part of it.
mod writer;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod xml;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod zip;

use gongkai_grammar::model::{Message, Report};

pub use source::Source;
pub use text::{Decoded, decode};

use crate::{
    Options,
    document::{Document, Note},
};
use sniff::Content;

/// Why bytes could not be read. These are the caller's: a document of any content is never an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The document is over one of the limits of [`Options`].
    #[error("{value} is over the limit {limit} = {max}")]
    Limit {
        /// The option: `max_bytes`, `max_unpacked`, `max_ratio`, `max_depth`, `max_cells`, `max_pages`.
        limit: &'static str,
        /// What the document has, as far as it was read.
        value: usize,
        /// The limit.
        max: usize,
    },
    /// The bytes are of a format that cannot be read.
    #[error("this is {}, which cannot be read; {}", format.en, help.en)]
    Unsupported {
        /// The format, by its content.
        format: Message,
        /// The way out.
        help: Message,
    },
    /// The bytes are of a format whose reader is not in this build.
    #[error("this is {}, and this build has no reader for it; save it as text", format.en)]
    NotBuilt {
        /// The format, by its content.
        format: Message,
    },
    /// The file of a path cannot be opened or read.
    #[error("{path} cannot be read: {reason}")]
    Path {
        /// The path.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The file is of a known format and too damaged to be read.
    #[error("this {format} file is damaged: {reason}")]
    Damaged {
        /// `docx`, `pdf`, `spreadsheet`.
        format: &'static str,
        /// What is wrong with it, in the words of the library that reads it.
        reason: String,
    },
}

impl ReadError {
    /// The error in Chinese and in English.
    #[must_use]
    pub fn message(&self) -> Message {
        let zh = match self {
            Self::Limit { limit, value, max } => format!("{}为 {value}，超过上限 {limit} = {max}", limit_zh(limit)),
            Self::Unsupported { format, help } => format!("这是{}，无法读取；{}", format.zh, help.zh),
            Self::NotBuilt { format } => format!("这是{}，此版本未包含该格式的读取功能；请另存为文本", format.zh),
            Self::Path { path, reason } => format!("无法读取 {path}：{reason}"),
            Self::Damaged { format, reason } => format!("{format} 文件已损坏：{reason}"),
        };
        Message { zh: zh.into(), en: self.to_string().into() }
    }

    /// A damaged file.
    #[cfg(any(feature = "docx", feature = "pdf", feature = "xlsx"))]
    pub(crate) fn damaged(format: crate::Format, reason: impl ToString) -> Self {
        // Libraries quote the file at any length.
        Self::Damaged { format: format.name(), reason: reason.to_string().chars().take(200).collect() }
    }
}

fn limit_zh(limit: &str) -> &'static str {
    match limit {
        "max_bytes" => "文件字节数",
        "max_unpacked" => "解压后的字节数",
        "max_ratio" => "解压倍数",
        "max_depth" => "嵌套层数",
        "max_cells" => "单元格数",
        "max_pages" => "页数",
        _ => "数值",
    }
}

/// Reads a file of any format as a [`Document`]: its bytes, or what stands at a path.
///
/// # Errors
/// [`ReadError`] if the file is over a limit, damaged, of a format that cannot be read, or not there.
pub fn document<'a>(source: impl Into<Source<'a>>, options: &Options) -> Result<Document, ReadError> {
    from_bytes(&source.into().bytes(options)?, options)
}

fn from_bytes(bytes: &[u8], options: &Options) -> Result<Document, ReadError> {
    if bytes.len() > options.max_bytes {
        return Err(ReadError::Limit { limit: "max_bytes", value: bytes.len(), max: options.max_bytes });
    }
    match sniff::content(bytes)? {
        #[cfg(feature = "docx")]
        Content::Docx => docx::read(bytes, options),
        #[cfg(feature = "pdf")]
        Content::Pdf => pdf::read(bytes, options),
        #[cfg(feature = "xlsx")]
        Content::Spreadsheet => sheets::read(bytes, options),
        #[cfg(feature = "html")]
        Content::Text if html::is_html(bytes) => html::read(bytes, options),
        Content::Text => {
            let decoded = decode(bytes, options)?;
            let mut document = Document::from_text(decoded.text);
            document.encoding = Some(decoded.encoding);
            if decoded.replaced > 0 {
                document.notes.push(Note::Undecoded(decoded.replaced));
            }
            Ok(document)
        }
        #[allow(unreachable_patterns)] // Which are left depends on the features.
        content => Err(content.not_built()),
    }
}

/// Reads a report from a file, by its bytes or its path: a web page, docx, PDF, a spreadsheet, or text in any encoding. Its spans count in the
/// text of its [`document()`].
///
/// ```
/// use std::path::Path;
/// let options = gongkai::Options::default();
/// let report = gongkai::read("<h1>示例市人民政府2023年政府信息公开工作年度报告</h1><p>一、总体情况</p>".as_bytes(), &options)?;
/// assert_eq!(report.year, Some(2023));
/// assert!(matches!(gongkai::read(Path::new("no/such/file.docx"), &options), Err(gongkai::ReadError::Path { .. })));
/// # Ok::<(), gongkai::ReadError>(())
/// ```
///
/// # Errors
/// As [`document()`].
pub fn read<'a>(source: impl Into<Source<'a>>, options: &Options) -> Result<Report, ReadError> {
    Ok(crate::report::parse_document(&document(source, options)?, options))
}
