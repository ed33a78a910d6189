//! Not written yet.

use super::ReadError;
use crate::{Document, Options};

/// Reads a file.
///
/// # Errors
/// [`ReadError`].
pub fn read(_bytes: &[u8], _options: &Options) -> Result<Document, ReadError> {
    Err(super::sniff::Content::Pdf.not_built())
}
