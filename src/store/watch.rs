//! Tells when notes change, by asking the system.
//!
//! In: the roots of an index. Out: one call returns for one burst of changes, a moment after its last one. What
//! changed is not told: the next ingest finds out, renames included, and a lost event costs nothing.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::StoreError;
use super::source::is_remote;

/// A burst of changes is over when there was none for so long; editors write a note in several steps.
const QUIET: Duration = Duration::from_millis(150);
/// A burst that does not end is answered after so long all the same.
const LONGEST: Duration = Duration::from_secs(2);

/// Watches folders of notes until it is dropped.
pub struct Watch {
    _watcher: RecommendedWatcher,
    changes: Receiver<()>,
}

impl Watch {
    /// Begins to watch the folders or notes at `roots`, not those in object stores, which tell nothing. Changes from now on are told; those of the index itself
    /// are not.
    ///
    /// # Errors
    ///
    /// [`StoreError::Watch`] when the system does not watch for us, as where it watches too much already.
    pub fn new(roots: &[PathBuf], index: &Path) -> Result<Self, StoreError> {
        let (tell, changes) = channel();
        let scope = Scope::new(roots, index);
        let watched = scope.watched();
        let told = move |event: notify::Result<Event>| {
            // An error means that changes may have been lost: so there may be some.
            if event.map_or(true, |event| scope.concerns(&event)) {
                let _ = tell.send(());
            }
        };
        let failed =
            |path: &Path, error: notify::Error| StoreError::Watch { path: path.to_owned(), message: error.to_string() };
        let mut watcher = notify::recommended_watcher(told).map_err(|error| failed(index, error))?;
        for (path, mode) in watched {
            watcher.watch(&path, mode).map_err(|error| failed(&path, error))?;
        }
        Ok(Self { _watcher: watcher, changes })
    }

    /// Waits for changes, and for the end of their burst; tells whether any came before `patience` was over.
    pub fn wait(&self, patience: Duration) -> bool {
        match self.changes.recv_timeout(patience) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return false,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(patience);
                return true;
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST && self.changes.recv_timeout(QUIET).is_ok() {}
        while self.changes.try_recv().is_ok() {}
        true
    }
}

/// What is watched, and what of it counts.
struct Scope {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    index: PathBuf,
}

impl Scope {
    fn new(roots: &[PathBuf], index: &Path) -> Self {
        let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.to_owned());
        let local = roots.iter().filter(|root| !is_remote(root));
        let (files, folders) = local.map(|root| whole(root)).partition(|root| root.is_file());
        Self { folders, files, index: whole(index) }
    }

    /// Folders with all below them; of single notes the folder, since editors put a new file in the old one's place.
    fn watched(&self) -> Vec<(PathBuf, RecursiveMode)> {
        let folders = self.folders.iter().map(|folder| (folder.clone(), RecursiveMode::Recursive));
        let beside = |file: &PathBuf| Some((file.parent()?.to_owned(), RecursiveMode::NonRecursive));
        let mut watched: Vec<_> = folders.chain(self.files.iter().filter_map(beside)).collect();
        watched.dedup();
        watched
    }

    /// Whether an event may be one of notes: no mere reading, and not all of it in the index.
    fn concerns(&self, event: &Event) -> bool {
        if event.need_rescan() {
            return true;
        }
        let counts = |path: &PathBuf| {
            !path.starts_with(&self.index)
                && (self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder)))
        };
        !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(counts)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SOON: Duration = Duration::from_secs(20);
    const NEVER: Duration = Duration::from_millis(700);

    #[test]
    fn bursts_of_notes_are_told_once_and_the_index_and_readers_never() {
        let place = tempfile::tempdir().unwrap();
        let (notes, index) = (place.path().join("notes"), place.path().join("notes/index"));
        fs::create_dir_all(&index).unwrap();
        fs::write(notes.join("a.md"), "one").unwrap();
        let watch = Watch::new(std::slice::from_ref(&notes), &index).unwrap();
        fs::write(index.join("graph-1"), "columns").unwrap();
        fs::read(notes.join("a.md")).unwrap();
        assert!(!watch.wait(NEVER));
        for number in 0..9 {
            fs::write(notes.join(format!("{number}.md")), "new").unwrap();
        }
        fs::rename(notes.join("a.md"), notes.join("b.md")).unwrap();
        assert!(watch.wait(SOON));
        assert!(!watch.wait(NEVER));
        fs::create_dir(notes.join("more")).unwrap();
        assert!(watch.wait(SOON));
        fs::write(notes.join("more/c.md"), "in a new folder").unwrap();
        assert!(watch.wait(SOON));
    }

    #[test]
    fn a_single_note_is_told_when_an_editor_puts_another_file_in_its_place() {
        let place = tempfile::tempdir().unwrap();
        let note = place.path().join("log.txt");
        fs::write(&note, "one").unwrap();
        let watch = Watch::new(std::slice::from_ref(&note), &place.path().join("index")).unwrap();
        fs::write(place.path().join("other.txt"), "not in the index").unwrap();
        assert!(!watch.wait(NEVER));
        fs::write(place.path().join(".log.txt.swp"), "two").unwrap();
        fs::rename(place.path().join(".log.txt.swp"), &note).unwrap();
        assert!(watch.wait(SOON));
    }

    #[test]
    fn what_is_not_there_cannot_be_watched() {
        let place = tempfile::tempdir().unwrap();
        let absent = place.path().join("absent");
        let error = Watch::new(std::slice::from_ref(&absent), &place.path().join("index")).err().unwrap();
        assert!(matches!(error, StoreError::Watch { path, .. } if path == absent));
    }
}
