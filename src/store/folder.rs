//! The folder of an index: what lies where, who may write, and how files come to stay.
//!
//! ```text
//! index/.gitignore      `*`: an index is no part of what it lies in
//! index/lock            held by the one writer; the system frees it when the writer ends, however it ends
//! index/text/           the full-text index, whose commit is the commit
//! index/graph-ID        the graph, mapped; ID is named by the commit
//! index/lexicon-ID      the names of all notes, likewise
//! index/sum-ID          what all notes introduce, added up, likewise
//! ```
//!
//! Files are written beside their place, synced, renamed, and their folder is synced. Only the owner
//! may read them.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::StoreError;
use crate::search::{Disk, private};

/// The folder of an index.
#[derive(Clone, Debug)]
pub(super) struct IndexFolder {
    path: PathBuf,
    disk: Disk,
}

/// The right to write, given back when it is dropped.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}

/// The files that a commit names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Graph,
    Lexicon,
    Sum,
}

impl Kept {
    const ALL: [Self; 3] = [Self::Graph, Self::Lexicon, Self::Sum];

    const fn prefix(self) -> &'static str {
        match self {
            Self::Graph => "graph-",
            Self::Lexicon => "lexicon-",
            Self::Sum => "sum-",
        }
    }
}

impl IndexFolder {
    /// Whether the folder at `path` is an index.
    pub(super) fn is_at(path: &Path) -> bool {
        path.join("lock").is_file() && path.join("text").is_dir()
    }

    /// The index at `path`, which has to be there.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let path = path.to_owned();
        if Self::is_at(&path) { Ok(Self { path, disk: Disk::default() }) } else { Err(StoreError::NoIndex { path }) }
    }

    /// The index at `path`; an empty one is made in an empty or absent folder.
    pub(super) fn create(path: &Path, disk: &Disk) -> Result<Self, StoreError> {
        let folder = Self { path: path.to_owned(), disk: disk.clone() };
        if !Self::is_at(path) {
            folder.check_empty()?;
            folder.make(path)?;
            folder.make(&folder.text())?;
            folder.close(path)?;
            let ignore = path.join(".gitignore");
            if !ignore.exists() {
                disk.replace(&ignore, b"*\n").map_err(|error| folder.io("write", &ignore, error))?;
            }
        }
        Ok(folder)
    }

    /// Refuses a folder that holds more than hidden files and what a cut-off creation leaves.
    fn check_empty(&self) -> Result<(), StoreError> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(self.io("read", &self.path, error)),
        };
        for entry in entries {
            let name = entry.map_err(|error| self.io("read", &self.path, error))?.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with('.') && name != "lock" && name != "text" {
                return Err(StoreError::NotAnIndex { path: self.path.clone() });
            }
        }
        Ok(())
    }

    fn make(&self, path: &Path) -> Result<(), StoreError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(|error| self.io("make", path, error))
    }

    /// Closes a folder that was there before to others.
    fn close(&self, path: &Path) -> Result<(), StoreError> {
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
            fs::set_permissions(path, mode).map_err(|error| self.io("close to others", path, error))?;
        }
        let _ = path;
        Ok(())
    }

    pub(super) const fn disk(&self) -> &Disk {
        &self.disk
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the full-text index lies.
    pub(super) fn text(&self) -> PathBuf {
        self.path.join("text")
    }

    /// Where a file that a commit names lies.
    pub(super) fn kept(&self, kind: Kept, id: &str) -> PathBuf {
        self.path.join(format!("{}{id}", kind.prefix()))
    }

    /// Takes the right to write.
    pub(super) fn lock(&self) -> Result<WriterLock, StoreError> {
        let path = self.path.join("lock");
        let file = private().create(true).truncate(false).open(&path).map_err(|error| self.io("open", &path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy { path: self.path.clone() }),
            Err(TryLockError::Error(error)) => Err(self.io("lock", &path, error)),
        }
    }

    /// Writes a file that a commit will name, so that it survives a fall of the machine.
    pub(super) fn write(&self, kind: Kept, id: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.kept(kind, id);
        self.disk.replace(&path, bytes).map_err(|error| self.io("write", &path, error))
    }

    /// Takes away files no commit names any more. What cannot be taken away stays for the next time.
    pub(super) fn tidy(&self, named: &[PathBuf]) {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten().map(|entry| entry.path());
        for path in entries.filter(|path| !named.contains(path)) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if Kept::ALL.iter().any(|kind| name.starts_with(kind.prefix())) {
                let _ = self.disk.remove(&path);
            }
        }
    }

    /// Takes away a full-text index that cannot be read, for a new one to take its place.
    pub(super) fn discard_text(&self) -> Result<(), StoreError> {
        let text = self.text();
        fs::remove_dir_all(&text).map_err(|error| self.io("take away", &text, error))?;
        self.make(&text)
    }

    pub(super) fn io(&self, action: &'static str, path: &Path, source: io::Error) -> StoreError {
        StoreError::Io { action, path: path.to_owned(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_other_things_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.md"), "mine").unwrap();
        assert!(matches!(IndexFolder::create(folder.path(), &Disk::default()), Err(StoreError::NotAnIndex { .. })));
        assert!(matches!(IndexFolder::open(folder.path()), Err(StoreError::NoIndex { .. })));
    }

    #[test]
    fn the_lock_is_held_by_one_and_frees_itself() {
        let place = tempfile::tempdir().unwrap();
        let folder = IndexFolder::create(&place.path().join("index"), &Disk::default()).unwrap();
        let first = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(StoreError::Busy { .. })));
        drop(first);
        folder.lock().unwrap();
        IndexFolder::open(folder.path()).unwrap();
    }

    #[test]
    fn only_named_files_stay_and_only_the_owner_reads_them() {
        let place = tempfile::tempdir().unwrap();
        let folder = IndexFolder::create(&place.path().join("index"), &Disk::default()).unwrap();
        folder.write(Kept::Graph, "1", b"old").unwrap();
        folder.write(Kept::Graph, "2", b"new").unwrap();
        folder.write(Kept::Graph, "2", b"newer").unwrap();
        fs::write(folder.path().join("lexicon-3.new"), "cut off").unwrap();
        let kept = folder.kept(Kept::Graph, "2");
        folder.tidy(std::slice::from_ref(&kept));
        assert_eq!(fs::read(&kept).unwrap(), b"newer");
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [".gitignore", "graph-2", "text"]);
        #[cfg(unix)]
        for (path, mode) in [(folder.path(), 0o700), (&kept, 0o600)] {
            let permissions = fs::metadata(path).unwrap().permissions();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o777, mode);
        }
    }
}
