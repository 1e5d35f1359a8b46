//! First pass: files → what they introduce. Files not written since the last time are not read,
//! files with the content of the last time are not parsed, and of copies one is.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::ingest::OnProgress;
use super::source::{Sources, Unread};
use super::walk::NoteFile;
use super::{IngestOptions, Progress, Skipped, Stage, StoreError};
use crate::config::Overrides;
use crate::error::survive;
use crate::extract::{Discovery, Extractor, SeenBlocks};
use crate::read::{Format, Note, Warning, read, read_by};
use crate::search::{NoteAddress, StoredNote};

/// How many bytes a parsed note takes for a byte of its file, about.
const PARSED_SIZE: usize = 4;

/// A note that is to be in the index.
pub(super) struct Entry {
    pub(super) file: NoteFile,
    pub(super) hash: [u8; 16],
    pub(super) state: State,
}

/// Whether the last commit has the note as it is.
pub(super) enum State {
    /// It has: this is where.
    Kept(NoteAddress),
    /// It has not; copies share what was read.
    Fresh(Arc<Fresh>),
}

/// A note that was read.
pub(super) struct Fresh {
    /// The note; not kept where memory is short.
    pub(super) note: Mutex<Option<Note>>,
    pub(super) discovery: Discovery,
    pub(super) warnings: Vec<Warning>,
}

/// An extractor that is compiled when the first note needs it.
pub(super) struct LazyExtractor<'a> {
    overrides: &'a Overrides,
    compiled: OnceLock<Extractor>,
}

impl<'a> LazyExtractor<'a> {
    pub(super) const fn new(overrides: &'a Overrides) -> Self {
        Self { overrides, compiled: OnceLock::new() }
    }

    pub(super) fn get(&self) -> &Extractor {
        self.compiled.get_or_init(|| Extractor::new(self.overrides))
    }
}

/// What tells copies of a note from other notes: its content, and what its path says.
type CopyKey = ([u8; 16], Format, Box<str>);

/// What one of several copies gives to all, or why it cannot be read.
type Slot = Arc<OnceLock<Result<Arc<Fresh>, String>>>;

/// The notes that are being read, each once for all its copies.
#[derive(Default)]
struct Copies(Mutex<HashMap<CopyKey, Slot>>);

impl Copies {
    /// What was read of the note, by this call or by that for an earlier copy.
    fn get_or_read(&self, key: CopyKey, read: impl FnOnce() -> Result<Fresh, String>) -> Result<Arc<Fresh>, String> {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone();
        slot.get_or_init(|| read().map(Arc::new)).clone()
    }
}

/// The pass.
pub(super) struct Scan<'a> {
    pub(super) sources: &'a Sources,
    pub(super) extractor: &'a LazyExtractor<'a>,
    /// The notes of the last commit.
    pub(super) stored: &'a [StoredNote],
    /// Whether what the last commit keeps of them still holds.
    pub(super) reuse: bool,
    pub(super) options: &'a IngestOptions,
    pub(super) progress: OnProgress<'a>,
}

impl Scan<'_> {
    /// Reads all files on all threads; the entries keep their order. Ends where a source of notes fails, since
    /// what lies there would seem to be gone.
    pub(super) fn run(&self, files: Vec<NoteFile>) -> Result<(Vec<Entry>, Vec<Skipped>), StoreError> {
        let total = files.len();
        let done = AtomicUsize::new(0);
        let (budget, copies) = (AtomicUsize::new(self.options.memory / 4), Copies::default());
        let seen = SeenBlocks::default();
        let stored: HashMap<&str, &StoredNote> = self.stored.iter().map(|note| (&*note.path, note)).collect();
        // Versions of a text are called alike, and what they share is read once.
        let mut files: Vec<(usize, NoteFile)> = files.into_iter().enumerate().collect();
        files.sort_by(|(_, a), (_, b)| base_name(&a.name).cmp(base_name(&b.name)));
        let scanned: Result<Vec<Scanned>, StoreError> = files
            .into_par_iter()
            .map(|(place, file)| {
                let known = stored.get(file.name.as_str()).filter(|_| self.reuse).copied();
                let path = file.name.clone();
                let entry = match self.entry(file, known, &budget, (&copies, &seen)) {
                    Ok(entry) => Ok(entry),
                    Err(Unread::Note(reason)) => Err(Skipped { path, reason }),
                    Err(Unread::Store(error)) => return Err(error),
                };
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.progress)(Progress { stage: Stage::Read, done, total });
                Ok((place, entry))
            })
            .collect();
        let mut scanned = scanned?;
        scanned.sort_by_key(|(place, _)| *place);
        let mut entries = Vec::with_capacity(scanned.len());
        let mut skipped = Vec::new();
        for (_, result) in scanned {
            match result {
                Ok(entry) => entries.push(entry),
                Err(reason) => skipped.push(reason),
            }
        }
        Ok((entries, skipped))
    }

    fn entry(
        &self,
        file: NoteFile,
        known: Option<&StoredNote>,
        budget: &AtomicUsize,
        (copies, seen): (&Copies, &SeenBlocks),
    ) -> Result<Entry, Unread> {
        if let Some(known) = known.filter(|known| known.stamp == file.stamp && file.stamp != 0) {
            return Ok(Entry { file, hash: known.hash, state: State::Kept(known.address) });
        }
        let bytes = self.sources.read(&file.path, self.options.note_size)?;
        let hash = hash(&bytes);
        if let Some(known) = known.filter(|known| known.hash == hash) {
            return Ok(Entry { file, hash, state: State::Kept(known.address) });
        }
        let (format, stem) = read_by(&file.name);
        let fresh = copies.get_or_read((hash, format, stem.into()), || {
            let bytes = self.sources.text(&file.name, bytes, self.options.note_size)?;
            let fresh = survive(|| {
                let (note, warnings) = read(&file.name, &bytes);
                let discovery = self.extractor.get().discover_among(&note, seen);
                let note = take(budget, bytes.len() * PARSED_SIZE).then_some(note);
                Fresh { note: Mutex::new(note), discovery, warnings }
            });
            fresh.ok_or_else(|| "quipu fails on it; please report this note".to_owned())
        });
        let fresh = fresh.map_err(Unread::Note)?;
        Ok(Entry { file, hash, state: State::Fresh(fresh) })
    }
}

/// The place of a file among all, and what it is.
type Scanned = (usize, Result<Entry, Skipped>);

/// The last part of a note's name.
pub(super) fn base_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The hash by which a note's content is known again.
pub(super) fn hash(bytes: &[u8]) -> [u8; 16] {
    let hash = blake3::hash(bytes);
    *hash.as_bytes().first_chunk().expect("a hash has 32 bytes")
}

/// Takes `size` out of the budget, if it is there.
fn take(budget: &AtomicUsize, size: usize) -> bool {
    budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(size)).is_ok()
}
