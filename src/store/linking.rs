//! Second pass: notes and the lexicon → claims into the graph, and the notes that changed into the
//! full-text index.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::commit::Commit;
use super::folder::IndexFolder;
use super::ingest::OnProgress;
use super::record::{Findings, Record, damaged};
use super::scan::{Entry, Fresh, State, base_name, hash};
use super::source::{Sources, Unread};
use super::{NoteWarning, Progress, Stage, StoreError};
use crate::error::survive;
use crate::extract::{Claims, Discovery, Linker};
use crate::graph::GraphBuilder;
use crate::read::{Note, NoteMeta, Warning, read};
use crate::search::{Document, NoteAddress, Writer};

/// How a note was linked.
#[derive(Default)]
pub(super) struct Linked {
    /// Whether it was as it was, but linked again.
    pub(super) relinked: bool,
    pub(super) warnings: Vec<NoteWarning>,
}

/// What linking gives of a note and of all its copies.
struct LinkedNote {
    claims: Claims,
    /// The keys of its words.
    surface: Vec<u64>,
    warnings: Vec<Warning>,
}

impl LinkedNote {
    fn warnings(&self, path: &str) -> Vec<NoteWarning> {
        let told = |warning: &Warning| NoteWarning { path: path.to_owned(), warning: warning.clone() };
        self.warnings.iter().map(told).collect()
    }
}

/// What is linked in one go.
enum Task {
    Kept(Entry, NoteAddress),
    /// Copies of one note.
    Fresh(Arc<Fresh>, Vec<Entry>),
}

impl Task {
    fn base_name(&self) -> &str {
        match self {
            Self::Kept(entry, _) => base_name(&entry.file.name),
            Self::Fresh(_, entries) => entries.first().map_or("", |entry| base_name(&entry.file.name)),
        }
    }
}

fn tasks(entries: Vec<Entry>) -> Vec<Task> {
    let mut tasks = Vec::new();
    let mut places: FxHashMap<*const Fresh, usize> = FxHashMap::default();
    for entry in entries {
        match &entry.state {
            State::Kept(address) => {
                let address = *address;
                tasks.push(Task::Kept(entry, address));
            }
            State::Fresh(fresh) => {
                let place = *places.entry(Arc::as_ptr(fresh)).or_insert(tasks.len());
                if place == tasks.len() {
                    tasks.push(Task::Fresh(fresh.clone(), Vec::new()));
                }
                if let Task::Fresh(_, copies) = &mut tasks[place] {
                    copies.push(entry);
                }
            }
        }
    }
    tasks
}

/// The pass.
pub(super) struct Link<'a> {
    pub(super) linker: &'a Linker,
    /// Takes what the notes say; in which order does not matter to it.
    pub(super) graph: &'a Mutex<GraphBuilder>,
    pub(super) writer: &'a Writer,
    /// Whether the full-text index has no note yet.
    pub(super) is_new: bool,
    /// The last commit, where notes are kept from it.
    pub(super) last: Option<&'a Commit>,
    /// The kept notes to link again; nothing means all.
    pub(super) touched: &'a Option<BTreeSet<NoteAddress>>,
    pub(super) sources: &'a Sources,
    pub(super) note_size: u64,
    pub(super) progress: OnProgress<'a>,
    pub(super) folder: &'a IndexFolder,
}

impl Link<'_> {
    /// Links all notes on all threads, copies of one note together.
    pub(super) fn run(&self, entries: Vec<Entry>) -> Result<Vec<Linked>, StoreError> {
        let total = entries.len();
        let done = AtomicUsize::new(0);
        // Versions of a text are called alike, and what they share is cut into words once.
        let mut tasks = tasks(entries);
        tasks.sort_by(|a, b| a.base_name().cmp(b.base_name()));
        let linked: Result<Vec<Vec<Linked>>, StoreError> = tasks
            .into_par_iter()
            .map(|task| {
                let linked = match task {
                    Task::Kept(entry, address) => vec![self.kept(&entry, address)?],
                    Task::Fresh(fresh, entries) => self.fresh(&fresh, &entries)?,
                };
                let done = done.fetch_add(linked.len(), Ordering::Relaxed) + linked.len();
                (self.progress)(Progress { stage: Stage::Link, done, total });
                Ok(linked)
            })
            .collect();
        Ok(linked?.into_iter().flatten().collect())
    }

    fn fresh(&self, fresh: &Fresh, entries: &[Entry]) -> Result<Vec<Linked>, StoreError> {
        let Some(first) = entries.first() else { return Ok(Vec::new()) };
        let note = fresh.note.lock().unwrap_or_else(PoisonError::into_inner).take();
        let note = note.map_or_else(|| self.reread(first), Ok)?;
        let read = self.read(&note, &fresh.discovery);
        let findings = Findings::new(&fresh.discovery, &read.claims);
        let mut meta = note.meta();
        let mut linked = Vec::with_capacity(entries.len());
        for entry in entries {
            meta.path = entry.file.name.as_str().into();
            self.write(&note, entry, &read.surface, &findings.of(&meta))?;
            self.graph.lock().unwrap_or_else(PoisonError::into_inner).note(&meta);
            linked.push(Linked { relinked: false, warnings: read.warnings(&entry.file.name) });
        }
        let paths: Vec<&str> = entries.iter().map(|entry| entry.file.name.as_str()).collect();
        self.graph.lock().unwrap_or_else(PoisonError::into_inner).claims_of(&paths, &read.claims);
        Ok(linked)
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
        let read = self.read(&note, &discovery);
        let record = Record::new(&meta, &discovery, &read.claims);
        if record != old {
            self.write(&note, entry, &read.surface, &record)?;
        }
        self.add(&meta, &read.claims);
        Ok(Linked { relinked: true, warnings: read.warnings(&entry.file.name) })
    }

    /// Gives what a note says to the graph.
    fn add(&self, meta: &NoteMeta, claims: &Claims) {
        let mut graph = self.graph.lock().unwrap_or_else(PoisonError::into_inner);
        graph.note(meta);
        graph.claims(&meta.path, claims);
    }

    /// What a note says; nothing where quipu fails on it.
    fn read(&self, note: &Note, discovery: &Discovery) -> LinkedNote {
        let words = self.linker.cut(note);
        let surface = words.surface_keys(note);
        let (claims, warnings) = survive(|| self.linker.link_words(note, discovery, words)).unwrap_or_else(|| {
            let message = "quipu fails to read what it says; please report this note".to_owned();
            (Claims::default(), vec![Warning { line: None, message }])
        });
        LinkedNote { claims, surface, warnings }
    }

    /// Reads a note again that was read before and must be the same.
    fn reread(&self, entry: &Entry) -> Result<Note, StoreError> {
        let restless = || StoreError::Restless { path: entry.file.name.clone() };
        let bytes = self.sources.read(&entry.file.path, self.note_size).map_err(|unread| match unread {
            Unread::Note(_) => restless(),
            Unread::Store(error) => error,
        })?;
        if hash(&bytes) != entry.hash {
            return Err(restless());
        }
        let bytes = self.sources.text(&entry.file.name, bytes, self.note_size).map_err(|_| restless())?;
        Ok(read(&entry.file.name, &bytes).0)
    }

    fn write(&self, note: &Note, entry: &Entry, surface: &[u64], record: &Record) -> Result<(), StoreError> {
        let titles = note.sections.iter().map(|section| section.title.as_str());
        let headings: Vec<&str> = titles.filter(|title| !title.is_empty()).collect();
        let tags: Vec<&str> = note.tags.iter().map(|tag| tag.text.as_str()).collect();
        let document = Document {
            path: &entry.file.name,
            title: &note.title,
            headings: &headings,
            tags: &tags,
            body: &note.text,
            hash: entry.hash,
            stamp: entry.file.stamp,
            surface,
            record: record.bytes(),
        };
        if self.is_new {
            self.writer.add(&document)?;
        } else {
            self.writer.replace(&document)?;
        }
        Ok(())
    }
}
