//! A concept in full: names with their reasons, definitions, relations by type, notes.

use serde::Serialize;

use super::PartNode;
use super::part::note_row;
use crate::extract::RelationType;
use crate::graph::NodeId;
use crate::render::cited::{CardRelation, Citation, CitedRelation, Direction};
use crate::session::cite::Citer;
use crate::session::{Session, SessionError, name};

/// All that a page tells of a concept.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConceptDetail {
    /// The concept.
    pub concept: PartNode,
    /// Why it counts as one.
    pub reason: String,
    /// Its other names.
    pub aliases: Vec<AliasName>,
    /// What it is said to be; the words are the quotes.
    pub definitions: Vec<Citation>,
    /// Its relations by type and direction.
    pub relations: Vec<RelationGroup>,
    /// Notes that mention it, those with most mentions first.
    pub notes: Vec<NoteRow>,
    /// Notes left out of `notes`.
    pub more_notes: usize,
    /// Mentions in all notes.
    pub mentions: usize,
}

/// Another name of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AliasName {
    /// The name.
    pub name: String,
    /// The rule that made it one.
    pub rule: String,
}

/// The relations of one type and direction.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RelationGroup {
    /// The type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Seen from the concept.
    pub direction: Direction,
    /// How many there are.
    pub count: usize,
    /// The most trusted of them.
    pub items: Vec<RelationItem>,
}

/// One relation of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RelationItem {
    /// The concept at the other end.
    pub other: PartNode,
    /// Trust in thousandths.
    pub confidence: u16,
    /// How many places say so.
    pub support: usize,
    /// The best of them first.
    pub evidence: Vec<Citation>,
}

/// A note that mentions a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoteRow {
    /// Its name in the index.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Mentions in it.
    pub mentions: u64,
    /// The first lines with a mention.
    pub lines: Vec<u32>,
}

impl Session {
    /// All that is known of a concept, with at most `most` relations of one type and direction, and `most` notes.
    ///
    /// # Errors
    ///
    /// When the name is unknown or ambiguous.
    pub fn concept_detail(&self, name: &str, most: usize) -> Result<ConceptDetail, SessionError> {
        let graph = self.graph();
        let concept = name::concept(graph, name)?;
        let locate = |path: &str| self.locate(path);
        let citer = self.citer(&locate);
        let alias = |alias: crate::graph::Alias<'_>| AliasName { name: alias.name.into(), rule: alias.rule.into() };
        let notes = citer.notes_of(concept);
        Ok(ConceptDetail {
            concept: self.part_node(concept),
            reason: graph.reason(concept).to_string(),
            aliases: graph.aliases(concept).map(alias).collect(),
            definitions: citer.definitions(concept, most),
            relations: self.groups(citer, concept, most),
            more_notes: notes.len().saturating_sub(most),
            notes: notes.into_iter().take(most).map(|note| self.note_with_title(note)).collect(),
            mentions: graph.mentions(concept).len(),
        })
    }

    fn groups(&self, citer: Citer<'_>, concept: NodeId, most: usize) -> Vec<RelationGroup> {
        let relations = citer.relations_of(concept);
        let alike = |one: &CardRelation, next: &CardRelation| {
            one.relation_type == next.relation_type && one.direction == next.direction
        };
        let group = |group: &[CardRelation]| RelationGroup {
            relation_type: group[0].relation_type.clone(),
            direction: group[0].direction,
            count: group.len(),
            items: group.iter().take(most).filter_map(|relation| self.item(relation)).collect(),
        };
        relations.chunk_by(alike).map(group).collect()
    }

    fn item(&self, relation: &CardRelation) -> Option<RelationItem> {
        let other = self.graph().concept(&relation.other.name)?;
        Some(RelationItem {
            other: self.part_node(other),
            confidence: relation.confidence,
            support: relation.support,
            evidence: relation.evidence.clone(),
        })
    }

    fn note_with_title(&self, note: crate::render::cited::CardNote) -> NoteRow {
        let title = self.graph().note(&note.path).map(|node| note_row(self.graph(), node).title);
        NoteRow { title: title.unwrap_or_default(), path: note.path, mentions: note.mentions, lines: note.lines }
    }

    /// Every relation between two concepts with all its places, by type as the documentation lists types.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous.
    pub fn relations_between(&self, one: &str, other: &str) -> Result<Vec<CitedRelation>, SessionError> {
        let mut found = self.why(one, other)?;
        let rank = |relation: &CitedRelation| {
            let core = RelationType::CORE.iter().position(|core| core.name() == relation.relation_type);
            (core.unwrap_or(RelationType::CORE.len()), relation.relation_type.clone(), relation.subject.clone())
        };
        found.sort_by_cached_key(rank);
        Ok(found)
    }
}
