//! A file on disk → its bytes, safely: regular files only, no links, bounded, and whole.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::walk::too_large;

/// The bytes of a note's file, or the reason why it is not read.
///
/// A file that changes while it is read is read once more.
pub(super) fn read_note(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    match read_whole(path, limit)? {
        Some(bytes) => Ok(bytes),
        None => Ok(read_whole(path, limit)?.ok_or("it kept changing while it was read")?),
    }
}

/// The bytes of a file; nothing where it changed meanwhile.
fn read_whole(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, String> {
    let told = |error: io::Error| error.to_string();
    let mut file = open(path).map_err(told)?;
    let before = file.metadata().map_err(told)?;
    if !before.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if before.len() > limit {
        return Err(too_large(before.len(), limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0) + 1);
    file.by_ref().take(limit + 1).read_to_end(&mut bytes).map_err(told)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64, limit));
    }
    let after = file.metadata().map_err(told)?;
    let is_same = stamp(&before) == stamp(&after) && bytes.len() as u64 == after.len();
    Ok(is_same.then_some(bytes))
}

/// Opens for reading; a link or a pipe that took the file's place is neither followed nor waited for.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options.open(path)
}

/// What tells that a file was written.
fn stamp(metadata: &Metadata) -> (u64, Option<std::time::SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_regular_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.txt"), "text").unwrap();
        assert_eq!(read_note(&at("a.txt"), 4), Ok(b"text".to_vec()));
        assert_eq!(read_note(&at("a.txt"), 3), Err("it has 4 bytes, more than the limit of 3".to_owned()));
        assert_eq!(read_note(folder.path(), 9), Err("it is no regular file".to_owned()));
        assert!(read_note(&at("absent"), 9).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("a.txt"), at("link.txt")).unwrap();
            assert!(read_note(&at("link.txt"), 9).is_err());
        }
    }
}
