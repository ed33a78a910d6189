//! Zip files with limits: not written yet.
