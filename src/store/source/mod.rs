//! Where notes lie: in folders of this machine, or in object stores (feature `cloud`).
//!
//! A root in an object store is named by a URI such as `s3://bucket/prefix`, and its notes by the URIs of their objects;
//! both stand where paths of files stand. What an ingest asks of either is the same: what lies under a root, and the
//! bytes of one note. So `walk`, `scan` and `linking` know of one kind of note.

mod fetcher;
#[cfg_attr(not(feature = "cloud"), path = "no_objects.rs")]
mod objects;

use std::path::{Path, PathBuf};

pub use fetcher::Fetcher;
use objects::Objects;

use super::documents::Documents;
use super::reading::read_note;
use super::{IngestOptions, StoreError};
use crate::limits::NOTE_SIZE;

/// How the URI of an object begins.
const SCHEMES: [&str; 3] = ["s3://", "gs://", "az://"];

/// Objects fetched at once, which takes time but no core.
pub(super) const FETCHES: usize = 16;

/// Why a note is not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// The fault lies with this note.
    Note(String),
    /// Where it lies does not answer, so nothing can be told of any note there.
    Store(StoreError),
}

/// An object that lies under a root.
pub(super) struct Object {
    /// Its key, without that of the root.
    pub(super) name: String,
    pub(super) size: u64,
    /// What tells whether it was written since; 0 where nothing does.
    pub(super) stamp: u64,
}

/// The connections to where notes lie, opened as they are needed, and what makes text of documents.
#[derive(Default)]
pub(super) struct Sources {
    objects: Objects,
    documents: Documents,
}

impl Sources {
    pub(super) fn new(options: &IngestOptions) -> Self {
        Self { documents: Documents::new(options.documents.clone()), ..Self::default() }
    }

    /// What lies under a root in an object store, by name.
    pub(super) fn list(&self, root: &Path) -> Result<Vec<Object>, StoreError> {
        self.objects.list(root)
    }

    /// The bytes of a note's file.
    pub(super) fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
        self.read_version(path, limit, None)
    }

    /// The text of the note `name`, whose file has these bytes.
    pub(super) fn text(&self, name: &str, bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, String> {
        self.documents.text(name, bytes, limit)
    }

    /// The bytes of a note's file, which has to be of that version where one is named and its place keeps versions.
    fn read_version(&self, path: &Path, limit: u64, version: Option<&str>) -> Result<Vec<u8>, Unread> {
        if !is_remote(path) {
            return read_note(path, limit).map_err(Unread::Note);
        }
        let bytes = self.objects.read(path, limit, version)?;
        bytes.ok_or_else(|| Unread::Note("it is not there any more".to_owned()))
    }

    /// The words of a file beside the notes; nothing where there is none.
    pub(super) fn words(&self, path: &Path) -> Result<Option<String>, StoreError> {
        let io = |source| StoreError::Io { action: "read", path: path.to_owned(), source };
        if !is_remote(path) {
            return match std::fs::read_to_string(path) {
                Ok(text) => Ok(Some(text)),
                Err(error) if is_absent(&error) => Ok(None),
                Err(error) => Err(io(error)),
            };
        }
        let bytes = self.objects.read(path, NOTE_SIZE, None).map_err(|unread| match unread {
            Unread::Note(reason) => io(std::io::Error::other(reason)),
            Unread::Store(error) => error,
        })?;
        bytes.map(String::from_utf8).transpose().map_err(|error| io(std::io::Error::other(error)))
    }
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// Whether a path is the URI of an object or of many.
pub(super) fn is_remote(path: &Path) -> bool {
    path.to_str().is_some_and(|path| SCHEMES.iter().any(|scheme| path.starts_with(scheme)))
}

/// A root in an object store as it is kept: without a slash at its end, and without anything that is no name.
pub(super) fn remote_root(path: &Path) -> Result<PathBuf, StoreError> {
    let uri = path.to_str().unwrap_or_default();
    let scheme = SCHEMES.into_iter().find(|scheme| uri.starts_with(scheme)).unwrap_or_default();
    let bucket = uri[scheme.len()..].split('/').next().unwrap_or_default();
    // What was typed is not shown again: it may hold a password.
    if bucket.is_empty() || bucket.contains(['@', ':', '?', '#']) {
        return Err(StoreError::NoBucket { scheme });
    }
    let uri = uri.trim_end_matches('/');
    if cfg!(feature = "cloud") { Ok(uri.into()) } else { Err(StoreError::NoCloud { path: uri.into() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_of_objects_are_told_from_paths() {
        for remote in ["s3://bucket", "gs://bucket/prefix", "az://container/a.md"] {
            assert!(is_remote(Path::new(remote)), "{remote}");
        }
        for local in ["/home/me/s3", "s3:/bucket", "notes", "https://example.org"] {
            assert!(!is_remote(Path::new(local)), "{local}");
        }
    }

    #[test]
    fn what_is_no_bucket_is_refused_and_not_shown_again() {
        for wrong in ["s3://", "s3:///key", "s3://name:password@bucket/key", "s3://bucket?secret=x"] {
            let error = remote_root(Path::new(wrong)).unwrap_err().to_string();
            assert_eq!(error, "`s3://` is followed by the name of a bucket alone, then by a slash and a prefix");
        }
    }

    #[cfg(feature = "cloud")]
    #[test]
    fn a_root_loses_the_slash_at_its_end() {
        assert_eq!(remote_root(Path::new("s3://bucket/a b/")).unwrap(), Path::new("s3://bucket/a b"));
    }
}
