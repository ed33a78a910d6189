//! The parts of a zip file, unpacked within limits. Sizes that the file declares are never believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ReadError;
use crate::{Format, Options};

/// Parts that a document may have.
const MAX_PARTS: usize = 2_000;
/// What any file may unpack to, whatever its ratio.
const ALWAYS: usize = 1 << 20;

/// A zip file.
pub struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: Format,
    size: usize,
    unpacked: usize,
    max_unpacked: usize,
    max_ratio: usize,
}

impl<'a> Parts<'a> {
    /// Opens a zip file of a format.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] if it has no directory, or one of too many parts.
    pub fn open(bytes: &'a [u8], format: Format, options: &Options) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::damaged(format, error))?;
        if archive.len() > MAX_PARTS {
            return Err(ReadError::damaged(format, format!("{} parts", archive.len())));
        }
        Ok(Self { archive, format, size: bytes.len(), unpacked: 0, max_unpacked: options.max_unpacked, max_ratio: options.max_ratio })
    }

    /// The names of the parts, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.archive.file_names().flatten().map(|name| name.into_owned()).collect();
        names.sort_unstable();
        names
    }

    /// Unpacks a part; `None` if there is none of this name.
    ///
    /// # Errors
    /// [`ReadError::Limit`] if all that was unpacked is over [`Options::max_unpacked`] or [`Options::max_ratio`], [`ReadError::Damaged`] if the
    /// part cannot be unpacked.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let by_ratio = self.size.saturating_mul(self.max_ratio).max(ALWAYS);
        let allowed = self.max_unpacked.min(by_ratio).saturating_sub(self.unpacked);
        let Ok(part) = self.archive.by_name(name) else { return Ok(None) };
        let declared = usize::try_from(part.size()).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(declared.min(allowed).min(ALWAYS));
        let limit = u64::try_from(allowed).unwrap_or(u64::MAX).saturating_add(1);
        part.take(limit).read_to_end(&mut bytes).map_err(|error| ReadError::damaged(self.format, error))?;
        self.unpacked += bytes.len();
        if bytes.len() <= allowed {
            return Ok(Some(bytes));
        }
        Err(if self.max_unpacked <= by_ratio {
            ReadError::Limit { limit: "max_unpacked", value: self.unpacked, max: self.max_unpacked }
        } else {
            ReadError::Limit { limit: "max_ratio", value: self.unpacked.div_ceil(self.size.max(1)), max: self.max_ratio }
        })
    }
}
