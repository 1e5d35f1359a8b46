//! Brings an index up to date with its roots, in one commit.
//!
//! In: roots, the folder of the index. Out: an [`IngestReport`]; on disk, the index as if it had been
//! built anew from the notes that are there now, byte for byte in its graph. What one pass does is
//! told in `attempt`.

use std::path::{Path, PathBuf};

use rayon::ThreadPoolBuilder;

use super::attempt::Attempt;
use super::commit::{Commit, Manifest};
use super::folder::IndexFolder;
use super::roots::Roots;
use super::source::{FETCHES, Sources};
use super::{IngestOptions, IngestReport, Progress, StoreError};
use crate::search::Disk;

/// How often an ingest starts anew because a note changed under it.
const TRIES: usize = 3;
/// The stack of a thread that reads notes.
const STACK: usize = 16 << 20;

/// What hears of the progress; called from several threads.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// Adds or updates `roots`, or all roots the index lists where none is named, in the index at `index`.
///
/// # Errors
///
/// [`StoreError::Busy`] while another process writes; others as they are named. After an error the
/// index is as it was.
pub fn ingest(
    roots: &[PathBuf],
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, StoreError> {
    ingest_on(&Disk::default(), roots, index, options, progress)
}

/// As [`ingest`], on a disk that may be a test's.
pub(super) fn ingest_on(
    disk: &Disk,
    roots: &[PathBuf],
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, StoreError> {
    let ingest = Ingest { disk, index, options, progress, choose: &|known: &Roots| known.with(roots) };
    ingest.run()
}

/// Drops a root, named by its path or its name, and its notes from the index.
///
/// # Errors
///
/// [`StoreError::UnknownRoot`] where the index does not list it; others as for [`ingest`].
pub fn forget(
    root: &Path,
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, StoreError> {
    IndexFolder::open(index)?;
    let disk = &Disk::default();
    let ingest = Ingest { disk, index, options, progress, choose: &|known: &Roots| known.without(root) };
    ingest.run()
}

/// One call.
pub(super) struct Ingest<'a> {
    pub(super) disk: &'a Disk,
    pub(super) index: &'a Path,
    pub(super) options: &'a IngestOptions,
    pub(super) progress: OnProgress<'a>,
    /// From the roots the index lists to those it is to hold.
    pub(super) choose: &'a (dyn Fn(&Roots) -> Result<Roots, StoreError> + Sync),
}

/// What there was before.
pub(super) struct Before {
    pub(super) commit: Option<Commit>,
    pub(super) roots: Roots,
    pub(super) notices: Vec<String>,
}

impl Ingest<'_> {
    fn run(&self) -> Result<IngestReport, StoreError> {
        if !IndexFolder::is_at(self.index) {
            let roots = (self.choose)(&Roots::default())?;
            if roots.all().is_empty() {
                return Err(StoreError::NoRoots);
            }
        }
        let folder = IndexFolder::create(self.index, self.disk)?;
        let _lock = folder.lock()?;
        let threads = if self.options.threads == 0 {
            std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
        } else {
            self.options.threads
        };
        let mut before = self.before(&folder)?;
        let is_waiting = self.options.threads == 0 && (self.choose)(&before.roots)?.are_remote();
        let readers = if is_waiting { threads.max(FETCHES) } else { threads };
        let pool = ThreadPoolBuilder::new().num_threads(readers).stack_size(STACK).build();
        let pool = pool.map_err(|error| folder.io("start threads for", self.index, std::io::Error::other(error)))?;
        let sources = Sources::new(self.options);
        let mut tries = 0;
        loop {
            tries += 1;
            let attempt =
                Attempt { sources: &sources, ingest: self, folder: &folder, pool: &pool, threads, before: &before };
            match attempt.run() {
                Err(StoreError::Restless { .. }) if tries < TRIES => {}
                Err(StoreError::Damaged { message, .. }) if before.commit.is_some() => {
                    before.notices.push(format!("the index was damaged ({message}) and is built anew"));
                    before.commit = None;
                }
                done => return done,
            }
        }
    }

    /// Opens the last commit. One that cannot be read is put aside, for a new one to take its place.
    fn before(&self, folder: &IndexFolder) -> Result<Before, StoreError> {
        if let Some(facts) = Manifest::salvage_facts(folder) {
            return Err(StoreError::OfFacts { path: self.index.to_owned(), facts });
        }
        let (commit, notice) = match Commit::open(folder) {
            Ok(commit) => (commit, None),
            Err(error @ (StoreError::Damaged { .. } | StoreError::OtherVersion { .. })) => {
                (None, Some(format!("{error}; it is built anew")))
            }
            Err(error) => return Err(error),
        };
        let roots =
            commit.as_ref().map_or_else(|| Manifest::salvage_roots(folder), |commit| commit.manifest.roots.clone());
        if notice.is_some() {
            if (self.choose)(&roots)?.all().is_empty() {
                return Err(StoreError::NoRoots);
            }
            folder.discard_text()?;
        }
        Ok(Before { commit, roots, notices: notice.into_iter().collect() })
    }
}
