//! Graph → pages: nodes, relations and paths with the lines of the notes that say so.

use std::path::{Component, Path, PathBuf};

use crate::extract::RelationType;
use crate::graph::{Evidence, KnowledgeGraph, MentionPlace, NodeId, RelationshipId};
use crate::query;
use crate::render::cited::{Citation, CitedHop, CitedPath, CitedRelation, Direction, NamedConcept};
use crate::text::secret;

/// Places shown of one relation where nobody asked for all.
pub(super) const PLACES: usize = 3;

/// Cites from one graph. `locate` turns the name of a note into a path that opens from here.
#[derive(Clone, Copy)]
pub(super) struct Citer<'a> {
    pub(super) graph: &'a KnowledgeGraph,
    pub(super) locate: &'a dyn Fn(&str) -> String,
    /// Whether what looks like a secret is hidden.
    pub(super) masks: bool,
}

impl<'a> Citer<'a> {
    pub(super) fn concept(self, node: NodeId) -> NamedConcept {
        let kind = self.graph.kind(node).map_or("", |kind| self.graph.label_name(kind));
        NamedConcept { name: self.graph.name(node).to_string(), kind: kind.to_string() }
    }

    /// A relation with at most `most` of its places; none for an id that is no relation between concepts.
    pub(super) fn relation(self, id: RelationshipId, most: usize) -> Option<CitedRelation> {
        let found = self.graph.relationship(id)?;
        let name = self.graph.type_name(found.relationship_type);
        Some(CitedRelation {
            subject: self.concept(found.start),
            relation_type: name.to_string(),
            symmetric: RelationType::named(name).is_symmetric(),
            object: self.concept(found.end),
            confidence: self.graph.topology().confidence(id).unwrap_or(0),
            support: usize::try_from(self.graph.support(id)).unwrap_or(usize::MAX),
            evidence: self.graph.evidence(id).take(most).map(|evidence| self.evidence(evidence)).collect(),
        })
    }

    pub(super) fn path(self, path: &query::Path) -> CitedPath {
        let steps = path.relationships.iter().zip(path.nodes.windows(2));
        CitedPath {
            start: path.nodes.first().map(|node| self.concept(*node)).unwrap_or_default(),
            hops: steps.filter_map(|(id, ends)| self.hop(*id, ends[0], ends[1])).collect(),
        }
    }

    fn hop(self, id: RelationshipId, from: NodeId, to: NodeId) -> Option<CitedHop> {
        let relation = self.relation(id, PLACES)?;
        Some(CitedHop {
            direction: self.direction(id, from)?,
            relation_type: relation.relation_type,
            to: self.concept(to),
            confidence: relation.confidence,
            support: relation.support,
            evidence: relation.evidence,
        })
    }

    /// Which way a relation points, seen from one of its ends.
    pub(super) fn direction(self, id: RelationshipId, from: NodeId) -> Option<Direction> {
        let found = self.graph.relationship(id)?;
        let name = self.graph.type_name(found.relationship_type);
        Some(match (RelationType::named(name).is_symmetric(), found.start == from) {
            (true, _) => Direction::Both,
            (false, true) => Direction::Out,
            (false, false) => Direction::In,
        })
    }

    /// Words of a note as they may be shown.
    pub(super) fn words(self, words: &str) -> String {
        if self.masks { secret::mask(words).into_owned() } else { words.to_string() }
    }

    fn evidence(self, evidence: Evidence<'a>) -> Citation {
        Citation {
            path: (self.locate)(evidence.path),
            line: evidence.line,
            column: evidence.column,
            quote: self.words(evidence.quote),
            rule: evidence.rule.to_string(),
            confidence: evidence.confidence,
        }
    }

    /// A mention or a definition; its words are the quote.
    pub(super) fn place(self, place: MentionPlace<'a>) -> Citation {
        Citation {
            path: (self.locate)(place.path),
            line: place.line,
            column: place.column,
            quote: self.words(place.text),
            ..Citation::default()
        }
    }
}

/// `path` as it opens from `here`: relative where that is short, else as it is.
pub(super) fn from_here(path: &Path, here: &Path) -> PathBuf {
    let shared = path.components().zip(here.components()).take_while(|(one, other)| one == other).count();
    let up = here.components().count() - shared;
    let rest = path.components().skip(shared);
    if shared < 2 || up > 3 {
        return path.to_path_buf();
    }
    std::iter::repeat_n(Component::ParentDir, up).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_they_open_from_here() {
        let shown = |path: &str, here: &str| from_here(Path::new(path), Path::new(here)).display().to_string();
        assert_eq!(shown("/home/me/notes/a.txt", "/home/me/notes"), "a.txt");
        assert_eq!(shown("/home/me/notes/a.txt", "/home/me/work/x"), "../../notes/a.txt");
        assert_eq!(shown("/srv/notes/a.txt", "/home/me"), "/srv/notes/a.txt");
    }
}
