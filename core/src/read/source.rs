//! Where a document is. The one place of the library that opens files, and only if it is given a path.

use std::{borrow::Cow, fs::File, io::Read, path::Path, path::PathBuf};

use super::ReadError;
use crate::Options;

/// A document to read: its bytes, or the path of its file. [`read()`](crate::read()) takes either as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source<'a> {
    /// The bytes of a file.
    Bytes(&'a [u8]),
    /// The path of a file.
    Path(&'a Path),
}

impl<'a> From<&'a [u8]> for Source<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Source<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a Vec<u8>> for Source<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a Path> for Source<'a> {
    fn from(path: &'a Path) -> Self {
        Self::Path(path)
    }
}

impl<'a> From<&'a PathBuf> for Source<'a> {
    fn from(path: &'a PathBuf) -> Self {
        Self::Path(path)
    }
}

impl<'a> Source<'a> {
    /// The bytes; of a file no more than the limit and one.
    pub(super) fn bytes(self, options: &Options) -> Result<Cow<'a, [u8]>, ReadError> {
        match self {
            Self::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Path(path) => {
                let mut bytes = Vec::new();
                let limit = u64::try_from(options.max_bytes).unwrap_or(u64::MAX).saturating_add(1);
                let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
                read.map_err(|error| ReadError::Path { path: path.display().to_string(), reason: error.to_string() })?;
                Ok(Cow::Owned(bytes))
            }
        }
    }
}
