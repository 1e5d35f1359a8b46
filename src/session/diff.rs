//! What came and what went between two indexes, or between an index and its notes as they are now.
//!
//! Concepts are compared by name, relations by subject, type and object; lines that only moved change
//! nothing. A concept that the newer index knows under another name was renamed or merged, and the
//! relations of both names are one. O(relations).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::DirBuilder;
use std::io;
use std::path::PathBuf;

use super::cite::{Citer, PLACES};
use super::{Session, SessionError};
use crate::graph::{KnowledgeGraph, NodeClass, NodeId, RelationshipId, Resolution};
use crate::render::cited::{ConceptChange, GraphDiff, Renamed};
use crate::store::{IngestOptions, OnProgress, StoreError};

/// A relation by what it says.
type Said = (String, String, String);

/// An index of the notes as they are now, gone when it is dropped.
pub struct Current {
    session: Session,
    _folder: Scratch,
}

impl Current {
    /// The session over it.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }
}

struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Scratch {
    /// A new folder for temporary files that only this user may open.
    fn new() -> io::Result<Self> {
        let place = std::env::temp_dir();
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let mut number = 0;
        loop {
            let path = place.join(format!("quipu-{}-{number}", std::process::id()));
            match builder.create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Session {
    /// Indexes the notes of this index as they are now, in a folder for temporary files.
    ///
    /// # Errors
    ///
    /// As [`ingest`](super::ingest).
    pub fn current(&self, options: &IngestOptions, progress: OnProgress<'_>) -> Result<Current, SessionError> {
        let unwritable = |source| StoreError::Io { action: "make", path: std::env::temp_dir(), source };
        let folder = Scratch::new().map_err(unwritable)?;
        let index = folder.0.join("index");
        super::ingest(&self.roots(), &index, options, progress)?;
        Ok(Current { session: Self::open(&index)?, _folder: folder })
    }

    /// What came and went from this index to a newer one.
    #[must_use]
    pub fn diff(&self, newer: &Self) -> GraphDiff {
        let (locate_old, locate_new) = (|path: &str| self.locate(path), |path: &str| newer.locate(path));
        let (old, new) = (self.citer(&locate_old), newer.citer(&locate_new));
        let (mut renamed, mut went) = (Vec::new(), Vec::new());
        for concept in missing(old.graph, new.graph) {
            let name = old.graph.name(concept);
            match new.graph.resolve(name) {
                Resolution::Unique(now) => {
                    renamed.push(Renamed { from: name.to_owned(), to: new.graph.name(now).to_owned() });
                }
                _ => went.push(old.change(concept)),
            }
        }
        let known_before: BTreeSet<&str> = renamed.iter().map(|one| one.to.as_str()).collect();
        let came = missing(new.graph, old.graph).filter(|node| !known_before.contains(new.graph.name(*node)));
        let concepts_came = came.map(|concept| new.change(concept)).collect();
        let names = renamed.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
        let (before, now) = (said(old.graph, &names), said(new.graph, &BTreeMap::new()));
        let only = |of: &BTreeMap<Said, RelationshipId>, other: &BTreeMap<Said, RelationshipId>, citer: Citer<'_>| {
            let ids = of.iter().filter(|(relation, _)| !other.contains_key(*relation));
            ids.filter_map(|(_, id)| citer.relation(*id, PLACES)).collect()
        };
        GraphDiff {
            concepts_came,
            concepts_went: went,
            relations_came: only(&now, &before, new),
            relations_went: only(&before, &now, old),
            renamed,
        }
    }
}

impl Citer<'_> {
    fn change(self, concept: NodeId) -> ConceptChange {
        let place = self.graph.mentions(concept).next().map(|place| self.place(place));
        ConceptChange { concept: self.concept(concept), mentions: self.graph.mentions(concept).len() as u64, place }
    }
}

/// The concepts of one graph whose names the other does not have, by name.
fn missing<'a>(of: &'a KnowledgeGraph, other: &'a KnowledgeGraph) -> impl Iterator<Item = NodeId> + 'a {
    of.class_nodes(NodeClass::Concept).filter(|concept| other.concept(of.name(*concept)).is_none())
}

/// All relations, the ends called as `names` has it.
fn said(graph: &KnowledgeGraph, names: &BTreeMap<&str, &str>) -> BTreeMap<Said, RelationshipId> {
    let name = |node| {
        let name = graph.name(node);
        names.get(name).map_or(name, |renamed| renamed).to_owned()
    };
    let relations = (0..graph.relation_count()).map(RelationshipId::from_index);
    let said = relations.filter_map(|id| {
        let found = graph.relationship(id)?;
        let relation_type = graph.type_name(found.relationship_type).to_owned();
        Some(((name(found.start), relation_type, name(found.end)), id))
    });
    said.collect()
}
