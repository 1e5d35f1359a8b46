//! The part of the graph that an answer speaks of, so that a page can draw it.

use std::collections::BTreeSet;

use super::GraphPart;
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId};
use crate::query::{Answer, Value};
use crate::render::cited::{CardRelation, CitedRelation, ConceptCard, Direction};
use crate::session::reply::find;
use crate::session::{Definition, Page, Reply, Session};

/// Columns of answers that hold names of concepts.
const NAMING: [&str; 6] = ["name", "concept", "subject", "object", "other", "shared"];

/// Nodes and relationships, gathered.
struct Gathered<'a> {
    graph: &'a KnowledgeGraph,
    nodes: BTreeSet<NodeId>,
    relationships: BTreeSet<RelationshipId>,
}

impl Session {
    /// The nodes and relationships in the rows of an answer; of the nodes, at most `most`.
    #[must_use]
    pub fn answered(&self, answer: &Answer, most: usize) -> GraphPart {
        let mut gathered = self.gathered();
        gathered.rows(answer);
        self.drawn(gathered, most)
    }

    /// The same for the answer to a question, whose page may name more than its rows.
    #[must_use]
    pub fn replied(&self, reply: &Reply, most: usize) -> GraphPart {
        let mut gathered = self.gathered();
        gathered.rows(&reply.answer);
        gathered.page(&reply.page);
        self.drawn(gathered, most)
    }

    fn gathered(&self) -> Gathered<'_> {
        Gathered { graph: self.graph(), nodes: BTreeSet::new(), relationships: BTreeSet::new() }
    }

    fn drawn(&self, gathered: Gathered<'_>, most: usize) -> GraphPart {
        let nodes: Vec<NodeId> = gathered.nodes.into_iter().take(most).collect();
        let relationships: Vec<RelationshipId> = gathered.relationships.into_iter().collect();
        self.part(&nodes, &relationships)
    }
}

impl Gathered<'_> {
    fn rows(&mut self, answer: &Answer) {
        self.nodes.extend(answer.entities.nodes.keys());
        let relationships: Vec<RelationshipId> = answer.entities.relationships.keys().copied().collect();
        relationships.into_iter().for_each(|id| self.relationship(id));
        let naming: Vec<bool> = answer.columns.iter().map(|column| NAMING.contains(&column.as_str())).collect();
        for (value, _) in answer.rows.iter().flat_map(|row| row.iter().zip(&naming)).filter(|(_, naming)| **naming) {
            if let Value::String(name) = value {
                self.nodes.extend(self.graph.concept(name));
            }
        }
    }

    fn relationship(&mut self, id: RelationshipId) {
        if let Some(found) = self.graph.relationship(id) {
            self.nodes.extend([found.start, found.end]);
            self.relationships.insert(id);
        }
    }

    fn page(&mut self, page: &Page) {
        match page {
            Page::Relations(relations) => self.relations(relations),
            Page::Concept(card) => self.card(card),
            Page::Definition(definition) => self.definition(definition),
            Page::Comparison(comparison) => {
                self.definition(&comparison.one);
                self.definition(&comparison.other);
                self.relations(&comparison.between);
                self.relations(&comparison.shared);
                self.relations(&comparison.only_one);
                self.relations(&comparison.only_other);
            }
            Page::Paths(_) | Page::Mentions(_) | Page::Hits(_) | Page::Rows => {}
        }
    }

    fn relations(&mut self, relations: &[CitedRelation]) {
        for relation in relations {
            self.named(&relation.subject.name, &relation.relation_type, &relation.object.name);
        }
    }

    fn card(&mut self, card: &ConceptCard) {
        self.nodes.extend(self.graph.concept(&card.concept.name));
        for CardRelation { relation_type, direction, other, .. } in &card.relations {
            if *direction != Direction::In {
                self.named(&card.concept.name, relation_type, &other.name);
            }
            if *direction != Direction::Out {
                self.named(&other.name, relation_type, &card.concept.name);
            }
        }
    }

    fn definition(&mut self, definition: &Definition) {
        self.nodes.extend(self.graph.concept(&definition.concept.name));
        self.relations(&definition.relations);
    }

    fn named(&mut self, subject: &str, relation_type: &str, object: &str) {
        if let Some(id) = find(self.graph, subject, relation_type, object) {
            self.relationship(id);
        }
    }
}
