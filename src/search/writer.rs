//! Notes → the full-text index, one commit at a time.

use std::path::Path;

use tantivy::indexer::PreparedCommit;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

use super::SearchError;
use super::analyzer;
use super::directory::TextFolder;
use super::disk::Disk;
use super::schema::{Fields, schema};

/// The least memory tantivy works with, for each thread.
const LEAST_MEMORY: usize = 15_000_000;

/// A note as the full-text index takes it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The note's name: the key.
    pub path: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its headings.
    pub headings: &'a [&'a str],
    /// Its tags.
    pub tags: &'a [&'a str],
    /// Its text.
    pub body: &'a str,
    /// The hash of its content.
    pub hash: [u8; 16],
    /// The stamp of its file; 0 means that it has to be read to know whether it changed.
    pub stamp: u64,
    /// Keys of the words by which it is found when names change.
    pub surface: &'a [u64],
    /// What the store keeps of it.
    pub record: &'a [u8],
}

/// Opens the index in `folder`, or makes one there.
pub(super) fn open(folder: &Path, disk: &Disk, may_create: bool) -> Result<(Index, Fields), SearchError> {
    let (schema, fields) = schema();
    let directory = TextFolder::open(folder, disk).map_err(tantivy::TantivyError::from)?;
    let index = if may_create { Index::open_or_create(directory, schema)? } else { Index::open(directory)? };
    index.tokenizers().register(analyzer::NAME, analyzer::analyzer());
    Ok((index, fields))
}

/// The one writer of an index. Nothing is seen by readers before [`commit`](Self::commit); dropped
/// without it, the index is as it was.
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

impl Writer {
    /// Opens the index in `folder` for writing, and makes it where there is none. `memory` is in
    /// bytes; about twice as much may be used while segments are written.
    ///
    /// # Errors
    ///
    /// [`SearchError::Busy`] while another writer is open; [`SearchError::Index`] otherwise.
    pub fn open(folder: &Path, threads: usize, memory: usize) -> Result<Self, SearchError> {
        Self::open_on(&Disk::default(), folder, threads, memory)
    }

    /// As [`open`](Self::open), on a disk that may be a test's.
    pub(crate) fn open_on(disk: &Disk, folder: &Path, threads: usize, memory: usize) -> Result<Self, SearchError> {
        let (index, fields) = open(folder, disk, true)?;
        let threads = threads.clamp(1, 8);
        let memory = (memory / threads).max(LEAST_MEMORY) * threads;
        Ok(Self { writer: index.writer_with_num_threads(threads, memory)?, fields })
    }

    /// Adds a note, in place of the one of that name. May wait until others are written.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when writing has failed; the writer is then of no more use.
    pub fn replace(&self, note: &Document<'_>) -> Result<(), SearchError> {
        self.delete(note.path);
        self.add(note)
    }

    /// Adds a note whose name the index does not have. May wait until others are written.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when writing has failed; the writer is then of no more use.
    pub fn add(&self, note: &Document<'_>) -> Result<(), SearchError> {
        self.writer.add_document(self.document(note))?;
        Ok(())
    }

    /// Takes a note out.
    pub fn delete(&self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.path, path));
    }

    /// Takes all notes out.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when writing has failed.
    pub fn clear(&self) -> Result<(), SearchError> {
        self.writer.delete_all_documents()?;
        Ok(())
    }

    /// Makes all changes and `payload` visible at once, synced to disk, and tidies up.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when anything could not be written; the index is then as it was.
    pub fn commit(mut self, payload: &str) -> Result<(), SearchError> {
        self.prepare()?.commit(payload)?;
        self.tidy();
        Ok(())
    }

    /// Writes all changes to disk, where nobody sees them yet, and gives back the memory they took.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when anything could not be written.
    pub fn prepare(&mut self) -> Result<Prepared<'_>, SearchError> {
        Ok(Prepared(self.writer.prepare_commit()?))
    }

    /// Waits for what still runs. A merge of segments that fails leaves them as they were.
    pub fn tidy(self) {
        let _ = self.writer.wait_merging_threads();
    }

    /// The record stands first: who wants only that need not read on.
    fn document(&self, note: &Document<'_>) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        document.add_bytes(fields.record, note.record);
        document.add_text(fields.title, note.title);
        document.add_text(fields.body, note.body);
        document.add_text(fields.path, note.path);
        document.add_text(fields.path_words, note.path);
        for heading in note.headings {
            document.add_text(fields.headings, heading);
        }
        for tag in note.tags {
            document.add_text(fields.tags, tag);
        }
        for key in note.surface {
            document.add_u64(fields.surface, *key);
        }
        document.add_u64(fields.stamp, note.stamp);
        document.add_u64(fields.length, note.body.len() as u64);
        for (field, half) in fields.hash.into_iter().zip(halves(note.hash)) {
            document.add_u64(field, half);
        }
        document
    }
}

/// Changes that are written, but seen by nobody yet; dropped, they are gone.
pub struct Prepared<'w>(PreparedCommit<'w>);

impl Prepared<'_> {
    /// Makes all changes and `payload` visible at once, synced to disk.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when anything could not be written; the index is then as it was.
    pub fn commit(mut self, payload: &str) -> Result<(), SearchError> {
        self.0.set_payload(payload);
        self.0.commit()?;
        Ok(())
    }
}

/// A hash as two numbers.
pub(super) fn halves(hash: [u8; 16]) -> [u64; 2] {
    let hash = u128::from_be_bytes(hash);
    let low = u64::try_from(hash & u128::from(u64::MAX)).expect("it was masked");
    let high = u64::try_from(hash >> 64).expect("it was shifted");
    [high, low]
}
