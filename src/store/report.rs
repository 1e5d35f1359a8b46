//! What an ingest is asked, what it tells while it runs, and what it tells at the end.

use std::path::PathBuf;

use serde::Serialize;

use crate::read::Warning;

/// How to ingest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngestOptions {
    /// Threads; 0 means one for each core.
    pub threads: usize,
    /// About how many bytes of memory may be used.
    pub memory: usize,
    /// The largest note read, in bytes.
    pub note_size: u64,
    /// The program quipu, which reads documents in a process of its own; without it they are skipped.
    pub documents: Option<PathBuf>,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self { threads: 0, memory: 512 << 20, note_size: crate::limits::NOTE_SIZE, documents: None }
    }
}

/// The stages of an ingest, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Finding the notes.
    Walk,
    /// Reading them and finding the names they introduce.
    Read,
    /// Settling the names of all notes.
    Resolve,
    /// Finding mentions and relations.
    Link,
    /// Building the graph.
    Build,
    /// Writing the index.
    Commit,
    /// Reading facts, where an index is built from them.
    Facts,
}

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which stage.
    pub stage: Stage,
    /// Notes done in this stage.
    pub done: usize,
    /// Notes to do in this stage; 0 where that is not known.
    pub total: usize,
}

/// What an ingest did. All lists are in path order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IngestReport {
    /// Notes that were not in the index.
    pub new: Vec<String>,
    /// Notes whose content is another than the last time.
    pub changed: Vec<String>,
    /// Notes that are gone.
    pub deleted: Vec<String>,
    /// How many notes are as they were.
    pub unchanged: usize,
    /// How many unchanged notes were linked again, because names around them changed.
    pub relinked: usize,
    /// Files that were not indexed.
    pub skipped: Vec<Skipped>,
    /// Odd things in the notes that were read.
    pub warnings: Vec<NoteWarning>,
    /// Things to know about the index itself.
    pub notices: Vec<String>,
    /// Concepts in the graph.
    pub concepts: usize,
    /// Relations in the graph.
    pub relations: usize,
    /// Whether a new commit was made; without one the index is as it was.
    pub committed: bool,
}

impl IngestReport {
    /// Whether every note is as it was.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.deleted.is_empty()
    }
}

/// What a build from facts did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FactsReport {
    /// Files read.
    pub files: usize,
    /// Rows read, repetitions included.
    pub facts: u64,
    /// Files of the folder that hold no facts by their names.
    pub passed_over: Vec<String>,
    /// Rows left out because they name a concept that no concept row names.
    pub unknown_concepts: u64,
    /// Notes that could not be read where the facts were made.
    pub unread_notes: u64,
    /// Relations of a concept with itself, left out.
    pub self_relations: u64,
    /// Concepts in the graph.
    pub concepts: usize,
    /// Relations in the graph.
    pub relations: usize,
    /// Whether a new commit was made; without one the index is as it was.
    pub committed: bool,
}

/// A file that was not indexed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// Its name; odd characters escaped.
    pub path: String,
    /// Why, one clause.
    pub reason: String,
}

/// Something odd in a note that was indexed all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteWarning {
    /// The note.
    pub path: String,
    /// What is odd.
    #[serde(flatten)]
    pub warning: Warning,
}
