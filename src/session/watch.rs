//! Waits for changes in the notes of an index: told by the system where it does, else looked for.

use std::path::Path;
use std::time::Duration;

use super::{Session, SessionError};
use crate::store::StoreError;
#[cfg(feature = "watch")]
use crate::store::Watch;

/// How long to wait between two looks where nobody tells.
const LOOK: Duration = Duration::from_secs(2);
/// How long to wait for the system to tell before a look all the same: some network folders never tell.
#[cfg(feature = "watch")]
const PATIENCE: Duration = Duration::from_secs(60);

/// The changes of all notes that an index holds.
pub struct Changes {
    #[cfg(feature = "watch")]
    watch: Option<Watch>,
    notice: Option<String>,
}

impl Changes {
    /// Begins to watch all folders of the index in `folder`.
    ///
    /// # Errors
    ///
    /// When the index cannot be read. Where the system does not tell of changes, [`Changes::notice`] says so.
    pub fn of(folder: &Path) -> Result<Self, SessionError> {
        let roots = Session::open(folder)?.roots();
        Ok(Self::watching(&roots, folder))
    }

    #[cfg(feature = "watch")]
    fn watching(roots: &[std::path::PathBuf], index: &Path) -> Self {
        match Watch::new(roots, index) {
            Ok(watch) => Self { watch: Some(watch), notice: None },
            Err(error) => Self { watch: None, notice: Some(looked_for(&error)) },
        }
    }

    #[cfg(not(feature = "watch"))]
    fn watching(_roots: &[std::path::PathBuf], index: &Path) -> Self {
        let message = "this quipu was built without it".to_owned();
        Self { notice: Some(looked_for(&StoreError::Watch { path: index.to_owned(), message })) }
    }

    /// Why the notes are looked at every now and then, where the system does not tell of changes.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Waits until notes changed and rest again, or it is time to look.
    pub fn wait(&self) {
        #[cfg(feature = "watch")]
        if let Some(watch) = &self.watch {
            watch.wait(PATIENCE);
            return;
        }
        std::thread::sleep(LOOK);
    }
}

fn looked_for(error: &StoreError) -> String {
    format!("{error}; looking for changes every {} seconds", LOOK.as_secs())
}
