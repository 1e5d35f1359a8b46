//! The one seam through which an index is written: create, write, sync, rename, remove.
//!
//! Search and store write no file but through a [`Disk`], so that tests can fail any single step, or
//! end the world after it, and look at what is left. Files are closed to other users from the start.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
#[cfg(test)]
use std::sync::Arc;

#[cfg(test)]
use super::faults::Faults;

/// How files of an index are written. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    #[cfg(test)]
    faults: Option<Arc<Faults>>,
}

/// A file being written.
#[derive(Debug)]
pub(crate) struct DiskFile {
    file: File,
    #[cfg(test)]
    path: std::path::PathBuf,
    #[cfg(test)]
    disk: Disk,
}

impl Disk {
    /// A disk that fails as it is told.
    #[cfg(test)]
    pub(crate) fn with(faults: Arc<Faults>) -> Self {
        Self { faults: Some(faults) }
    }

    /// Makes a file that must not be there yet.
    pub(crate) fn create(&self, path: &Path) -> io::Result<DiskFile> {
        #[cfg(test)]
        self.step(|faults| faults.create(path))?;
        let file = private().create_new(true).open(path)?;
        Ok(DiskFile {
            file,
            #[cfg(test)]
            path: path.to_owned(),
            #[cfg(test)]
            disk: self.clone(),
        })
    }

    /// Puts a whole new file in the place of the old one, if any, so that it survives a fall of the machine.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let unfinished = path.with_extension("new");
        match self.remove(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = self.create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync()?;
        #[cfg(test)]
        self.step(|faults| faults.rename(&unfinished, path))?;
        fs::rename(&unfinished, path)?;
        match path.parent() {
            Some(folder) => self.sync_folder(folder),
            None => Ok(()),
        }
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step(|faults| faults.remove(path))?;
        fs::remove_file(path)
    }

    /// Makes new, renamed and removed files of a folder survive a fall of the machine.
    pub(crate) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.step(|faults| faults.sync_folder())?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        let _ = folder;
        Ok(())
    }

    #[cfg(test)]
    fn step(&self, told: impl FnOnce(&Faults) -> io::Result<()>) -> io::Result<()> {
        self.faults.as_ref().map_or(Ok(()), |faults| told(faults))
    }
}

impl DiskFile {
    /// Makes what was written survive a fall of the machine.
    pub(crate) fn sync(&self) -> io::Result<()> {
        #[cfg(test)]
        self.disk.step(|faults| faults.sync(&self.path))?;
        self.file.sync_data()
    }
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(test)]
        if let Some(faults) = &self.disk.faults {
            let fits = faults.write(bytes.len());
            if fits.as_ref().map_or(0, |fits| *fits) < bytes.len() {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
                return fits;
            }
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// How files are opened for writing: closed to others.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
