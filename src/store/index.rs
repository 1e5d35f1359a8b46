//! An index opened for reading. It keeps the commit it was opened with, whatever a writer does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::commit::Commit;
use super::folder::IndexFolder;
use super::overrides::read_overrides;
use super::record::{Record, damaged};
use super::source::Sources;
use super::{Root, StoreError};
use crate::config::Overrides;
use crate::extract::{Candidate, Claims, Lexicon, surface_key};
use crate::graph::{GraphBuilder, KnowledgeGraph};
use crate::limits::Limits;
use crate::read::NoteMeta;
use crate::search::{Hits, Searcher};
use crate::text::Name;

/// How often opening starts anew because a writer took the graph file away in between.
const TRIES: usize = 5;

/// An opened index: the graph mapped, the full text ready. Cheap to clone.
#[derive(Clone)]
pub struct Index {
    folder: IndexFolder,
    commit: Commit,
    graph: KnowledgeGraph,
    notices: Vec<String>,
}

impl Index {
    /// Opens the last commit of the index in `folder`. No more is read than headers; a graph file
    /// that is missing or damaged is built in memory, and [`notices`](Self::notices) says so.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoIndex`], [`StoreError::OtherVersion`], [`StoreError::Damaged`];
    /// [`StoreError::FactsDamaged`] where only the facts that the graph was built from could make it again.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let folder = IndexFolder::open(folder)?;
        let mut tries = 0;
        loop {
            let none = || StoreError::NoIndex { path: folder.path().to_owned() };
            let commit = Commit::open(&folder)?.ok_or_else(none)?;
            tries += 1;
            match commit.graph(&folder) {
                Ok(graph) => return Ok(Self { folder, commit, graph, notices: Vec::new() }),
                Err(_) if tries < TRIES && commit.is_superseded(&folder) => {}
                Err(message) if commit.manifest.facts.is_some() => {
                    let facts = commit.manifest.facts.unwrap_or_default();
                    return Err(StoreError::FactsDamaged { path: folder.path().to_owned(), message, facts });
                }
                Err(reason) => {
                    let graph = rebuild(&folder, &commit)?;
                    let notice = format!("{reason}; it was built in memory, `quipu ingest` writes it anew");
                    return Ok(Self { folder, commit, graph, notices: vec![notice] });
                }
            }
        }
    }

    /// A name for the last commit of the index in `folder`: another commit, another name. One small file is read.
    #[must_use]
    pub fn last_commit(folder: &Path) -> Option<String> {
        let folder = IndexFolder::open(folder).ok()?;
        let commit = std::fs::read(folder.text().join("meta.json")).ok()?;
        Some(super::commit::content_id(&commit)[..16].to_owned())
    }

    /// The graph.
    #[must_use]
    pub const fn graph(&self) -> &KnowledgeGraph {
        &self.graph
    }

    /// The full text, to be asked from other threads too.
    #[must_use]
    pub const fn searcher(&self) -> &Searcher {
        &self.commit.searcher
    }

    /// Finds the `limit` best notes for a search as people type it.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`]; [`StoreError::NoText`] where the index was built from facts.
    pub fn search(&self, text: &str, limit: usize) -> Result<Hits, StoreError> {
        self.search_within(text, limit, &Limits::default())
    }

    /// Where the facts lay that the index was built from; `None` where it holds notes.
    #[must_use]
    pub fn built_from(&self) -> Option<&str> {
        self.commit.manifest.facts.as_deref()
    }

    /// As [`search`](Self::search), with other limits on the text.
    ///
    /// # Errors
    ///
    /// As [`search`](Self::search).
    pub fn search_within(&self, text: &str, limit: usize, limits: &Limits) -> Result<Hits, StoreError> {
        if self.built_from().is_some() {
            return Err(StoreError::NoText);
        }
        Ok(self.commit.searcher.search_within(text, limit, limits)?)
    }

    /// What was amiss when the index was opened; usually nothing.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The roots, by path.
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        self.commit.manifest.roots.all()
    }

    /// Where the note of that name is on disk, were it still there.
    #[must_use]
    pub fn locate(&self, note: &str) -> Option<PathBuf> {
        self.commit.manifest.roots.locate(note)
    }

    /// The name of the note whose file is at `path`, were it in the index; the inverse of [`locate`](Self::locate).
    #[must_use]
    pub fn name_of(&self, path: &Path) -> Option<String> {
        self.commit.manifest.roots.name_of(path)
    }

    /// The text of a note as it was when it was indexed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Search`] when the index is damaged.
    pub fn text(&self, note: &str) -> Result<Option<String>, StoreError> {
        Ok(self.commit.searcher.body(note)?)
    }

    /// The names of all notes with their reasons.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] when its file is missing or damaged; [`StoreError::OfFacts`] where the index
    /// was built from facts.
    pub fn lexicon(&self) -> Result<Lexicon, StoreError> {
        if let Some(facts) = self.built_from() {
            return Err(StoreError::OfFacts { path: self.folder.path().to_owned(), facts: facts.to_owned() });
        }
        self.commit.lexicon(&self.folder).ok_or_else(|| lexicon_damaged(&self.folder))
    }

    /// The decisions of users, as they lie in the roots now.
    ///
    /// # Errors
    ///
    /// When a `quipu.toml` cannot be read.
    pub fn decisions(&self) -> Result<Overrides, StoreError> {
        read_overrides(&self.commit.manifest.roots, &Sources::default())
    }

    /// How notes introduce the names of these keys, by note. O(notes with all words of a key).
    ///
    /// # Errors
    ///
    /// [`StoreError::Search`] and [`StoreError::Damaged`] when the index is damaged.
    pub fn introduced(&self, keys: &BTreeSet<String>) -> Result<Vec<(Name, Vec<Candidate>)>, StoreError> {
        let mut addresses = BTreeSet::new();
        for key in keys {
            let words: Vec<u64> = key.split(' ').map(surface_key).collect();
            addresses.extend(self.commit.searcher.holding(&words)?);
        }
        let mut introduced = Vec::new();
        for address in addresses {
            let record = Record::from_bytes(self.commit.searcher.record(address)?);
            let known = record.meta().zip(record.discovery());
            let (meta, discovery) = known.ok_or_else(|| damaged(&self.folder))?;
            let named: Vec<Candidate> =
                discovery.candidates.into_iter().filter(|candidate| keys.contains(&*candidate.key)).collect();
            if !named.is_empty() {
                introduced.push((meta.path, named));
            }
        }
        introduced.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(introduced)
    }

    /// What every note says, in path order, one note at a time; nothing where the index was built from facts.
    ///
    /// # Errors
    ///
    /// [`StoreError::Search`] and [`StoreError::Damaged`] when the index is damaged.
    pub fn facts(&self) -> Result<impl Iterator<Item = Result<(NoteMeta, Claims), StoreError>> + '_, StoreError> {
        let notes = self.commit.searcher.notes()?;
        Ok(notes.into_iter().map(|note| {
            let record = Record::from_bytes(self.commit.searcher.record(note.address)?);
            record.meta().zip(record.claims()).ok_or_else(|| damaged(&self.folder))
        }))
    }

    /// Reads everything, and names what is damaged; nothing where all is well.
    ///
    /// The graph is also built again from the claims, where there are any, and compared.
    #[must_use]
    pub fn check(&self) -> Vec<String> {
        let mut problems = self.notices.clone();
        match self.commit.searcher.damaged_files() {
            Ok(files) => problems.extend(files.into_iter().map(|file| format!("the full-text file {file} is damaged"))),
            Err(error) => problems.push(error.to_string()),
        }
        if let Err(error) = self.graph.verify() {
            problems.push(error.to_string());
        }
        if self.built_from().is_some() {
            return problems;
        }
        match rebuild(&self.folder, &self.commit) {
            Ok(graph) if graph.content_id() == self.commit.manifest.graph => {}
            Ok(_) => problems.push("the graph is not the one that the claims of the notes give".to_owned()),
            Err(error) => problems.push(error.to_string()),
        }
        problems
    }
}

/// Builds the graph of a commit from what it keeps of its notes.
fn rebuild(folder: &IndexFolder, commit: &Commit) -> Result<KnowledgeGraph, StoreError> {
    let lexicon = commit.lexicon(folder).ok_or_else(|| lexicon_damaged(folder))?;
    let mut builder = GraphBuilder::default();
    lexicon.concepts().iter().for_each(|concept| builder.concept(concept));
    for note in commit.searcher.notes()? {
        let record = Record::from_bytes(commit.searcher.record(note.address)?);
        let (meta, claims) = record.meta().zip(record.claims()).ok_or_else(|| damaged(folder))?;
        builder.note(&meta);
        builder.claims(&meta.path, &claims);
    }
    Ok(builder.finish().0)
}

fn lexicon_damaged(folder: &IndexFolder) -> StoreError {
    StoreError::Damaged { path: folder.path().to_owned(), message: "the lexicon file is missing or damaged".to_owned() }
}
