//! Second pass: notes and the lexicon → claims into the graph, and the notes that changed into the
//! full-text index.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::commit::Commit;
use super::folder::IndexFolder;
use super::ingest::OnProgress;
use super::reading::read_note;
use super::record::{Record, damaged};
use super::scan::{Entry, Fresh, State, hash};
use super::{NoteWarning, Progress, Stage, StoreError};
use crate::error::survive;
use crate::extract::{Claims, Discovery, Linker, surface_words};
use crate::graph::GraphBuilder;
use crate::read::{Note, NoteMeta, Warning, read};
use crate::search::{Document, NoteAddress, Writer};

/// How a note was linked.
#[derive(Default)]
pub(super) struct Linked {
    /// Whether it was as it was, but linked again.
    pub(super) relinked: bool,
    pub(super) warning: Option<NoteWarning>,
}

/// The pass.
pub(super) struct Link<'a> {
    pub(super) linker: &'a Linker,
    /// Takes what the notes say; in which order does not matter to it.
    pub(super) graph: &'a Mutex<GraphBuilder>,
    pub(super) writer: &'a Writer,
    /// The last commit, where notes are kept from it.
    pub(super) last: Option<&'a Commit>,
    /// The kept notes to link again; nothing means all.
    pub(super) touched: &'a Option<BTreeSet<NoteAddress>>,
    pub(super) note_size: u64,
    pub(super) progress: OnProgress<'a>,
    pub(super) folder: &'a IndexFolder,
}

impl Link<'_> {
    /// Links all notes on all threads; the results keep their order.
    pub(super) fn run(&self, entries: Vec<Entry>) -> Result<Vec<Linked>, StoreError> {
        let total = entries.len();
        let done = AtomicUsize::new(0);
        entries
            .into_par_iter()
            .map(|entry| {
                let linked = self.entry(entry)?;
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.progress)(Progress { stage: Stage::Link, done, total });
                Ok(linked)
            })
            .collect()
    }

    fn entry(&self, mut entry: Entry) -> Result<Linked, StoreError> {
        match &mut entry.state {
            State::Fresh(fresh) => {
                let Fresh { note, discovery, .. } = &mut **fresh;
                let note = note.take();
                let discovery = std::mem::take(discovery);
                self.fresh(&entry, note, &discovery)
            }
            State::Kept(address) => {
                let address = *address;
                self.kept(&entry, address)
            }
        }
    }

    fn fresh(&self, entry: &Entry, note: Option<Note>, discovery: &Discovery) -> Result<Linked, StoreError> {
        let note = note.map_or_else(|| self.reread(entry), Ok)?;
        let meta = note.meta();
        let (claims, warning) = self.claims(&note, discovery);
        let record = Record::new(&meta, discovery, &claims);
        self.write(&note, entry, &record)?;
        self.add(&meta, &claims);
        Ok(Linked { relinked: false, warning })
    }

    fn kept(&self, entry: &Entry, address: NoteAddress) -> Result<Linked, StoreError> {
        let commit = self.last.expect("a note is kept only where the last commit is");
        let old = Record::from_bytes(commit.searcher.record(address)?);
        let broken = || damaged(self.folder);
        let meta = old.meta().ok_or_else(broken)?;
        if self.touched.as_ref().is_some_and(|touched| !touched.contains(&address)) {
            self.add(&meta, &old.claims().ok_or_else(broken)?);
            return Ok(Linked::default());
        }
        let note = self.reread(entry)?;
        let discovery = old.discovery().ok_or_else(broken)?;
        let (claims, warning) = self.claims(&note, &discovery);
        let record = Record::new(&meta, &discovery, &claims);
        if record != old {
            self.write(&note, entry, &record)?;
        }
        self.add(&meta, &claims);
        Ok(Linked { relinked: true, warning })
    }

    /// Gives what a note says to the graph.
    fn add(&self, meta: &NoteMeta, claims: &Claims) {
        let mut graph = self.graph.lock().unwrap_or_else(PoisonError::into_inner);
        graph.note(meta);
        graph.claims(&meta.path, claims);
    }

    fn claims(&self, note: &Note, discovery: &Discovery) -> (Claims, Option<NoteWarning>) {
        match survive(|| self.linker.link(note, discovery)) {
            Some(claims) => (claims, None),
            None => {
                let message = "quipu fails to read what it says; please report this note".to_owned();
                let warning = Warning { line: None, message };
                (Claims::default(), Some(NoteWarning { path: note.path.to_string(), warning }))
            }
        }
    }

    /// Reads a note again that was read before and must be the same.
    fn reread(&self, entry: &Entry) -> Result<Note, StoreError> {
        let restless = || StoreError::Restless { path: entry.file.name.clone() };
        let bytes = read_note(&entry.file.path, self.note_size).map_err(|_| restless())?;
        if hash(&bytes) != entry.hash {
            return Err(restless());
        }
        Ok(read(&entry.file.name, &bytes).0)
    }

    fn write(&self, note: &Note, entry: &Entry, record: &Record) -> Result<(), StoreError> {
        let titles = note.sections.iter().map(|section| section.title.as_str());
        let headings: Vec<&str> = titles.filter(|title| !title.is_empty()).collect();
        let tags: Vec<&str> = note.tags.iter().map(|tag| tag.text.as_str()).collect();
        self.writer.replace(&Document {
            path: &note.path,
            title: &note.title,
            headings: &headings,
            tags: &tags,
            body: &note.text,
            hash: entry.hash,
            stamp: entry.file.stamp,
            surface: &surface_words(note),
            record: record.bytes(),
        })?;
        Ok(())
    }
}
