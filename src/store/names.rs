//! What notes introduce → the lexicon, in proportion to what changed.
//!
//! The last commit keeps the sum over its notes. What notes that changed or went had introduced is taken out of it, what
//! they introduce now is added; where that is nothing, its lexicon stands. Where it cannot be read, all notes are added up.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::StoreError;
use super::commit::{Commit, NamesId, content_id};
use super::folder::{IndexFolder, Kept};
use super::record::{Record, damaged};
use super::scan::{Entry, Fresh, LazyExtractor, State};
use crate::extract::{Discovery, Lexicon, Sum};
use crate::search::{NoteAddress, StoredNote};

/// The names of all notes, and the files that they are kept in.
pub(super) struct Names {
    pub(super) lexicon: Lexicon,
    pub(super) id: NamesId,
    /// What has to be written.
    unwritten: Vec<(Kept, String, Vec<u8>)>,
}

impl Names {
    /// Names that the last commit has.
    fn kept(commit: &Commit, lexicon: Lexicon) -> Self {
        Self { lexicon, id: commit.manifest.names(), unwritten: Vec::new() }
    }

    fn new(extractor: &LazyExtractor<'_>, sum: Sum) -> Self {
        let encoded = postcard::to_stdvec(&sum).expect("a sum holds only text and numbers");
        let lexicon = extractor.get().settle(sum);
        let settled = postcard::to_stdvec(&lexicon).expect("a lexicon holds only text and numbers");
        let id = NamesId { lexicon: content_id(&settled), sum: content_id(&encoded) };
        let unwritten = vec![(Kept::Lexicon, id.lexicon.clone(), settled), (Kept::Sum, id.sum.clone(), encoded)];
        Self { lexicon, id, unwritten }
    }

    /// Writes the files that the last commit does not have.
    pub(super) fn write(&self, folder: &IndexFolder) -> Result<(), StoreError> {
        self.unwritten.iter().try_for_each(|(kind, id, bytes)| folder.write(*kind, id, bytes))
    }
}

/// Settles the names of `entries`.
pub(super) struct Naming<'a> {
    pub(super) folder: &'a IndexFolder,
    pub(super) extractor: &'a LazyExtractor<'a>,
    /// The last commit, where what it keeps of notes still holds.
    pub(super) last: Option<&'a Commit>,
    /// The notes of the last commit, by path.
    pub(super) stored: &'a [StoredNote],
}

impl Naming<'_> {
    pub(super) fn settle(&self, entries: &[Entry]) -> Result<Names, StoreError> {
        if let Some(commit) = self.last {
            let (came, went) = self.changes(entries, commit)?;
            if let (true, true, Some(lexicon)) =
                (came == went, commit.has_names(self.folder), commit.lexicon(self.folder))
            {
                return Ok(Names::kept(commit, lexicon));
            }
            if let Some(mut sum) = commit.sum(self.folder) {
                went.iter().for_each(|discovery| sum.remove(discovery));
                came.iter().for_each(|discovery| sum.add(discovery));
                return Ok(Names::new(self.extractor, sum));
            }
        }
        self.settle_all(entries)
    }

    /// What notes introduce that are not in the last commit as they are, and what notes of the last commit introduced that
    /// are not there as they were.
    fn changes(&self, entries: &[Entry], commit: &Commit) -> Result<(Vec<Discovery>, Vec<Discovery>), StoreError> {
        let address = |entry: &Entry| match entry.state {
            State::Kept(address) => Some(address),
            State::Fresh(_) => None,
        };
        let kept: BTreeSet<NoteAddress> = entries.iter().filter_map(address).collect();
        let gone = self.stored.iter().filter(|note| !kept.contains(&note.address));
        let went = gone.map(|note| self.stored_discovery(commit, note.address)).collect::<Result<_, _>>()?;
        let came = entries.iter().filter_map(|entry| match &entry.state {
            State::Kept(_) => None,
            State::Fresh(fresh) => Some(fresh.discovery.clone()),
        });
        Ok((came.collect(), went))
    }

    /// The names of all notes, added up.
    fn settle_all(&self, entries: &[Entry]) -> Result<Names, StoreError> {
        let mut sum = Sum::default();
        let mut copies: FxHashMap<*const Fresh, u32> = FxHashMap::default();
        for entry in entries {
            if let State::Fresh(fresh) = &entry.state {
                *copies.entry(Arc::as_ptr(fresh)).or_default() += 1;
            }
        }
        for entry in entries {
            match &entry.state {
                State::Fresh(fresh) => {
                    if let Some(copies) = copies.remove(&Arc::as_ptr(fresh)) {
                        sum.add_copies(&fresh.discovery, copies);
                    }
                }
                State::Kept(address) => {
                    let commit = self.last.expect("a note is kept only where the last commit is");
                    sum.add(&self.stored_discovery(commit, *address)?);
                }
            }
        }
        Ok(Names::new(self.extractor, sum))
    }

    fn stored_discovery(&self, commit: &Commit, address: NoteAddress) -> Result<Discovery, StoreError> {
        Record::from_bytes(commit.searcher.record(address)?).discovery().ok_or_else(|| damaged(self.folder))
    }
}
