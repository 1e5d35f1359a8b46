//! Roots → their notes, as an ingest would read them, for those who carry them elsewhere.

use std::io;
use std::path::PathBuf;

use super::roots::Roots;
use super::source::{Sources, Unread};
use super::walk::walk;
use super::{Skipped, StoreError};

/// Gives the name and the bytes of each note of `roots` to `take`, by name; what was skipped and why.
///
/// # Errors
///
/// Where a root is not there or does not answer, and what `take` gives.
pub fn notes(
    roots: &[PathBuf],
    note_size: u64,
    mut take: impl FnMut(&str, &[u8]) -> io::Result<()>,
) -> Result<Vec<Skipped>, StoreError> {
    let sources = Sources::default();
    let found = walk(&Roots::default().with(roots)?, &sources, note_size)?;
    let mut skipped = found.skipped;
    for file in found.notes {
        match sources.read(&file.path, note_size) {
            Ok(bytes) => {
                let io = |source| StoreError::Io { action: "write what was read of", path: file.path.clone(), source };
                take(&file.name, &bytes).map_err(io)?;
            }
            Err(Unread::Store(error)) => return Err(error),
            Err(Unread::Note(reason)) => skipped.push(Skipped { path: file.name, reason }),
        }
    }
    skipped.sort();
    Ok(skipped)
}
