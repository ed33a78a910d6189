//! Readers: bytes to text.

mod text;

use gongkai_grammar::model::{Message, Report};

pub use text::{Decoded, decode};

use crate::Options;

/// Why bytes could not be read. These are the caller's: a document of any content is never an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The document is larger than the limit.
    #[error("{bytes} bytes are over the limit max_bytes = {limit}")]
    TooLarge {
        /// Size of the document.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The bytes are a container format that is not text.
    #[error("this is {format}, not text; save it as text first")]
    NotText {
        /// The format, by its first bytes.
        format: &'static str,
    },
}

impl ReadError {
    /// The error in Chinese and in English.
    #[must_use]
    pub fn message(&self) -> Message {
        let zh = match self {
            Self::TooLarge { bytes, limit } => format!("文件有 {bytes} 字节，超过上限 max_bytes = {limit}"),
            Self::NotText { format } => format!("这是 {format}，不是文本；请先另存为文本"),
        };
        Message { zh: zh.into(), en: self.to_string().into() }
    }
}

/// Reads a document from its bytes: UTF-8, GB18030, Big5 or UTF-16 text.
///
/// # Errors
/// [`ReadError`] if the document is over the limit or no text at all.
pub fn read(bytes: &[u8], options: &Options) -> Result<Report, ReadError> {
    let decoded = decode(bytes, options)?;
    Ok(crate::report::parse_decoded(&decoded, options))
}
