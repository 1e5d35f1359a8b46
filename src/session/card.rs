//! All that is known of one concept, as `show` and `what is` tell it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::cite::{Citer, PLACES};
use super::{NoteMentions, Related};
use crate::extract::RelationType;
use crate::graph::{NodeId, RelationshipId};
use crate::render::cited::{CardNote, CardRelation, Citation, CitedRelation, ConceptCard, Direction};

/// How much a card tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardLimits {
    /// Definitions at most.
    pub definitions: usize,
    /// Relations of one type and direction at most.
    pub relations: usize,
    /// Notes at most.
    pub notes: usize,
}

impl CardLimits {
    /// For an answer among others.
    pub const SHORT: Self = Self { definitions: 3, relations: 6, notes: 5 };
    /// At most so many of each.
    #[must_use]
    pub const fn at_most(most: usize) -> Self {
        Self { definitions: most, relations: most, notes: most }
    }

    /// Everything.
    pub const ALL: Self = Self { definitions: usize::MAX, relations: usize::MAX, notes: usize::MAX };
}

/// Lines listed of one note.
const LINES: usize = 12;

impl Citer<'_> {
    pub(super) fn card(self, concept: NodeId, limits: CardLimits) -> ConceptCard {
        let relations = self.relations_of(concept);
        let shown = first_of_each(&relations, limits.relations);
        let notes = self.notes_of(concept);
        ConceptCard {
            concept: self.concept(concept),
            aliases: self.graph.aliases(concept).map(|alias| alias.name.to_string()).collect(),
            definitions: self.definitions(concept, limits.definitions),
            more_relations: relations.len() - shown.len(),
            relations: shown,
            more_notes: notes.len().saturating_sub(limits.notes),
            notes: notes.into_iter().take(limits.notes).collect(),
            mentions: self.graph.mentions(concept).len() as u64,
        }
    }

    /// Definitions, each wording once.
    pub(super) fn definitions(self, concept: NodeId, most: usize) -> Vec<Citation> {
        let mut found: Vec<Citation> = Vec::new();
        for place in self.graph.definitions(concept) {
            let said = crate::text::fold(place.text);
            if found.len() < most && found.iter().all(|earlier| crate::text::fold(&earlier.quote) != said) {
                found.push(self.place(place));
            }
        }
        found
    }

    /// Ids of all relations with other concepts, either way.
    pub(super) fn relation_ids(self, concept: NodeId) -> Vec<RelationshipId> {
        let out = self.graph.outgoing(concept, None);
        let into = self.graph.incoming(concept, None);
        let mut ids: Vec<RelationshipId> = out.chain(into).map(|(id, _)| id).collect();
        ids.retain(|id| id.index() < self.graph.relation_count());
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Relations by type as the documentation lists types, direction, then trust.
    pub(super) fn relations_of(self, concept: NodeId) -> Vec<CardRelation> {
        let mut relations: Vec<CardRelation> =
            self.relation_ids(concept).into_iter().filter_map(|id| self.card_relation(concept, id)).collect();
        relations.sort_by_cached_key(|relation| {
            let core = RelationType::CORE.iter().position(|core| core.name() == relation.relation_type);
            let rank = core.unwrap_or(RelationType::CORE.len());
            let trust = Reverse((relation.confidence, relation.support));
            (rank, relation.relation_type.clone(), relation.direction, trust, relation.other.clone())
        });
        relations
    }

    fn card_relation(self, concept: NodeId, id: RelationshipId) -> Option<CardRelation> {
        let found = self.graph.relationship(id)?;
        let relation = self.relation(id, PLACES)?;
        let other = if found.start == concept { relation.object } else { relation.subject };
        Some(CardRelation {
            relation_type: relation.relation_type,
            direction: self.direction(id, concept)?,
            other,
            confidence: relation.confidence,
            support: relation.support,
            evidence: relation.evidence,
        })
    }

    /// Notes that mention the concept, those with most mentions first.
    pub(super) fn notes_of(self, concept: NodeId) -> Vec<CardNote> {
        let mut notes: Vec<(NodeId, CardNote)> = Vec::new();
        for mention in self.graph.mentions(concept) {
            if notes.last().is_none_or(|(note, _)| *note != mention.note) {
                let path = (self.locate)(mention.path);
                notes.push((mention.note, CardNote { path, mentions: 0, lines: Vec::new() }));
            }
            let Some((_, note)) = notes.last_mut() else { continue };
            note.mentions += 1;
            if note.lines.len() < LINES && note.lines.last() != Some(&mention.line) {
                note.lines.push(mention.line);
            }
        }
        let mut notes: Vec<CardNote> = notes.into_iter().map(|(_, note)| note).collect();
        notes.sort_by(|one, other| (other.mentions, &one.path).cmp(&(one.mentions, &other.path)));
        notes
    }
}

impl Citer<'_> {
    /// The concepts in any relation to one. The weight of one is the sum of the trust in the relations with
    /// it, each times how often it is said; `RELATED_TO` counts half.
    pub(super) fn related(self, concept: NodeId) -> Vec<Related> {
        let mut by_other: BTreeMap<NodeId, Vec<RelationshipId>> = BTreeMap::new();
        for id in self.relation_ids(concept) {
            let Some(found) = self.graph.relationship(id) else { continue };
            let other = if found.start == concept { found.end } else { found.start };
            by_other.entry(other).or_default().push(id);
        }
        let mut weighed: Vec<(u64, Related)> =
            by_other.into_iter().map(|(other, ids)| self.weighed(other, ids)).collect();
        weighed.sort_by(|one, other| (other.0, &one.1.concept).cmp(&(one.0, &other.1.concept)));
        weighed.into_iter().map(|(_, related)| related).collect()
    }

    fn weighed(self, other: NodeId, ids: Vec<RelationshipId>) -> (u64, Related) {
        let mut relations: Vec<_> = ids.into_iter().filter_map(|id| self.relation(id, PLACES)).collect();
        relations
            .sort_by(|one, other| (other.confidence, &one.relation_type).cmp(&(one.confidence, &other.relation_type)));
        let weight = |relation: &CitedRelation| {
            let full = u64::from(relation.confidence).saturating_mul(relation.support as u64);
            if relation.relation_type == RelationType::RelatedTo.name() { full / 2 } else { full }
        };
        let weight = relations.iter().map(weight).fold(0, u64::saturating_add);
        (weight, Related { concept: self.concept(other), relations })
    }

    /// The notes that mention a concept, by their names in the index, each with the places of its first lines.
    pub(super) fn mentions(self, concept: NodeId, most: usize) -> Vec<(String, NoteMentions)> {
        let mut notes: BTreeMap<&str, NoteMentions> = BTreeMap::new();
        for mention in self.graph.mentions(concept) {
            let found = notes.entry(mention.path).or_default();
            found.note.path = (self.locate)(mention.path);
            found.note.mentions += 1;
            if found.note.lines.last() != Some(&mention.line) {
                found.note.lines.push(mention.line);
                if found.quotes.len() < most {
                    found.quotes.push(self.place(mention));
                }
            }
        }
        let mut notes: Vec<(String, NoteMentions)> =
            notes.into_iter().map(|(path, found)| (path.to_string(), found)).collect();
        notes.sort_by(|one, other| (other.1.note.mentions, &one.0).cmp(&(one.1.note.mentions, &other.0)));
        notes
    }
}

/// The first relations of each type and direction.
fn first_of_each(relations: &[CardRelation], most: usize) -> Vec<CardRelation> {
    let key = |relation: &CardRelation| -> (String, Direction) { (relation.relation_type.clone(), relation.direction) };
    relations.chunk_by(|one, next| key(one) == key(next)).flat_map(|group| group.iter().take(most)).cloned().collect()
}
