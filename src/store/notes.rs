//! Roots → their notes, as an ingest would read them, for those who carry them elsewhere.

use std::io;
use std::path::PathBuf;

use super::roots::Roots;
use super::source::{Sources, Unread};
use super::walk::walk;
use super::{IngestOptions, Skipped, StoreError};

/// Gives the name and the text of each note of `roots` to `take`, by name; what was skipped and why.
///
/// # Errors
///
/// Where a root is not there or does not answer, and what `take` gives.
pub fn notes(
    roots: &[PathBuf],
    options: &IngestOptions,
    mut take: impl FnMut(&str, &[u8]) -> io::Result<()>,
) -> Result<Vec<Skipped>, StoreError> {
    let sources = Sources::new(options);
    let found = walk(&Roots::default().with(roots)?, &sources, options.note_size)?;
    let mut skipped = found.skipped;
    for file in found.notes {
        let bytes = sources.read(&file.path, options.note_size);
        match bytes.and_then(|bytes| sources.text(&file.name, bytes, options.note_size).map_err(Unread::Note)) {
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
