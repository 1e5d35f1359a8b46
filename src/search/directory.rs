//! The folder of the full-text index as tantivy sees it: read by mapping, written through [`Disk`].
//!
//! tantivy keeps a list of the files it made, to know which it may take away, and writes and syncs
//! it for every file. Here the folder itself is that list: whatever lies in it and belongs to no
//! commit is taken away by the next writer.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use super::disk::{Disk, DiskFile, private};

/// tantivy's list of the files it made.
const LIST: &str = ".managed.json";

/// A folder for tantivy.
#[derive(Clone, Debug)]
pub(super) struct TextFolder {
    path: PathBuf,
    mapped: MmapDirectory,
    disk: Disk,
}

impl TextFolder {
    pub(super) fn open(path: &Path, disk: &Disk) -> Result<Self, OpenDirectoryError> {
        Ok(Self { path: path.to_owned(), mapped: MmapDirectory::open(path)?, disk: disk.clone() })
    }

    /// The files that are there, but for hidden ones, as tantivy lists them.
    fn list(&self) -> io::Result<Vec<u8>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.path)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                names.push(name);
            }
        }
        Ok(serde_json::to_vec(&names)?)
    }

    /// Opens a lock file. Where the folder cannot be written, as on a medium for reading only, there
    /// can be no writer either, and a reader needs no lock.
    fn lock_file(&self, name: &Path) -> io::Result<Option<File>> {
        let path = self.path.join(name);
        match private().create(true).truncate(false).open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if is_read_only(&error) => Ok(OpenOptions::new().read(true).open(&path).ok()),
            Err(error) => Err(error),
        }
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

impl Directory for TextFolder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.mapped.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.disk.remove(&self.path.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let full = self.path.join(path);
        let created = self.disk.create(&full).or_else(|error| match error.kind() {
            // A writer that was killed leaves files that no commit names. Most have names of their own for
            // ever; the next writer would call its deletions as the dead one did.
            io::ErrorKind::AlreadyExists => self.disk.remove(&full).and_then(|()| self.disk.create(&full)),
            _ => Err(error),
        });
        let failed = |error| OpenWriteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
        Ok(BufWriter::new(Box::new(SegmentFile(created.map_err(failed)?))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(LIST) {
            let failed = |error| OpenReadError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
            return self.list().map_err(failed);
        }
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path == Path::new(LIST) {
            return Ok(());
        }
        self.disk.replace(&self.path.join(path), data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.disk.sync_folder(&self.path)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let failed = |error| LockError::IoError(Arc::new(error));
        let Some(file) = self.lock_file(&lock.filepath).map_err(failed)? else {
            return Ok(DirectoryLock::from(Box::new(())));
        };
        if lock.is_blocking {
            file.lock().map_err(failed)?;
        } else {
            file.try_lock().map_err(|error| match error {
                TryLockError::WouldBlock => LockError::LockBusy,
                TryLockError::Error(error) => failed(error),
            })?;
        }
        Ok(DirectoryLock::from(Box::new(file)))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

/// A file that tantivy writes once.
struct SegmentFile(DiskFile);

impl Write for SegmentFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl TerminatingWrite for SegmentFile {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.0.sync()
    }
}
