//! A session that lives long: it follows the index from commit to commit.
//!
//! Everybody who asks gets a [`Snapshot`] and keeps it for as long as one answer takes, so that no answer mixes
//! two commits. A commit that cannot be opened leaves the last one in place.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::{Session, SessionError};
use crate::query;
use crate::store::Index;

/// An index that is followed.
pub struct Live {
    folder: PathBuf,
    options: query::Options,
    names: Names,
    now: RwLock<Arc<Snapshot>>,
}

/// How the sessions over an index call notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// By their names in the index.
    InIndex,
    /// By their paths, as they open from the working folder.
    OnDisk,
}

/// One commit of an index, opened.
pub struct Snapshot {
    /// The session over it.
    pub session: Session,
    /// A name for the commit.
    pub commit: String,
}

impl Live {
    /// Opens the last commit of the index in `folder`. Statements run under `options`.
    ///
    /// # Errors
    ///
    /// As [`Session::open`].
    pub fn open(folder: &Path, options: query::Options, names: Names) -> Result<Self, SessionError> {
        let now = RwLock::new(Arc::new(Snapshot::open(folder, &options, names)?));
        Ok(Self { folder: folder.to_owned(), options, names, now })
    }

    /// The commit that was opened last.
    #[must_use]
    pub fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder of the index.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens a newer commit, if there is one; tells whether.
    ///
    /// # Errors
    ///
    /// When the newer commit cannot be opened; the one before stays.
    pub fn follow(&self) -> Result<bool, SessionError> {
        let last = Index::last_commit(&self.folder);
        if last.is_none_or(|last| last == self.now().commit) {
            return Ok(false);
        }
        let newer = Arc::new(Snapshot::open(&self.folder, &self.options, self.names)?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = newer;
        Ok(true)
    }
}

impl Snapshot {
    /// The name is read first: should a writer commit in between, the next look opens the commit once more.
    fn open(folder: &Path, options: &query::Options, names: Names) -> Result<Self, SessionError> {
        let commit = Index::last_commit(folder).unwrap_or_default();
        let session = Session::open(folder)?;
        let mut session = if names == Names::InIndex { session.by_name() } else { session };
        session.tune(options.clone());
        Ok(Self { session, commit })
    }
}
