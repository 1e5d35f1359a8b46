//! A file as bytes that are read only where they are looked at.
#![expect(unsafe_code, reason = "mapping a file is unsafe, because others could change it under us")]

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// Maps a file of the index.
pub(super) fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: files of the index are never changed in place: a writer puts a new file beside the old
    // one and renames it. What is read is checked before use, so other bytes give other answers at
    // worst; only a foreign process that truncates the file can end this one.
    unsafe { Mmap::map(&file) }
}
