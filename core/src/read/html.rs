//! Not written yet.

use super::ReadError;
use crate::{Document, Options};

/// Whether bytes are a web page or a piece of one.
pub fn is_html(_bytes: &[u8]) -> bool {
    false
}

/// Reads a file.
///
/// # Errors
/// [`ReadError`].
pub fn read(_bytes: &[u8], _options: &Options) -> Result<Document, ReadError> {
    Err(super::sniff::Content::Text.not_built())
}
