//! What a question gets back: the statement it became, its rows, and a page that cites.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cite::{Citer, PLACES};
use super::{CardLimits, Found};
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId};
use crate::query::question::Question;
use crate::query::{Answer, Value};
use crate::render::cited::{CardNote, Citation, CitedPath, CitedRelation, ConceptCard, NamedConcept};

/// An answered question.
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    /// The statement it became.
    pub cypher: String,
    /// What the statement gave.
    #[serde(skip)]
    pub answer: Answer,
    /// The same for people, with the lines that say so.
    #[serde(flatten)]
    pub page: Page,
}

/// The shapes of answers for people.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Ways between two concepts.
    Paths(Vec<CitedPath>),
    /// Relations, one a line.
    Relations(Vec<CitedRelation>),
    /// A concept.
    Concept(Box<ConceptCard>),
    /// A concept and what the notes say it is.
    Definition(Definition),
    /// Two concepts side by side.
    Comparison(Box<Comparison>),
    /// Notes that mention a concept.
    Mentions(Vec<NoteMentions>),
    /// Notes found by their words.
    Hits(Found),
    /// Rows as they are.
    #[serde(skip)]
    Rows,
}

/// What the notes say a concept is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The concept.
    pub concept: NamedConcept,
    /// Its other names.
    pub aliases: Vec<String>,
    /// The definitions; the words are the quotes.
    pub definitions: Vec<Citation>,
    /// What it is said to be an instance of, and the like; told where there is no definition.
    pub relations: Vec<CitedRelation>,
}

/// What two concepts share and what sets them apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The one.
    pub one: Definition,
    /// The other.
    pub other: Definition,
    /// Relations between them.
    pub between: Vec<CitedRelation>,
    /// Relations that both have with a third concept.
    pub shared: Vec<CitedRelation>,
    /// Relations of the one alone.
    pub only_one: Vec<CitedRelation>,
    /// Relations of the other alone.
    pub only_other: Vec<CitedRelation>,
}

/// A note and the lines of it that name a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoteMentions {
    /// The note.
    #[serde(flatten)]
    pub note: CardNote,
    /// The first of the lines, as they stand in the note.
    pub quotes: Vec<Citation>,
}

impl Reply {
    /// How many rows, paths or relations it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.page {
            Page::Paths(paths) => paths.len(),
            Page::Relations(relations) => relations.len(),
            Page::Mentions(notes) => notes.len(),
            Page::Hits(found) => found.hits.len(),
            Page::Rows => self.answer.rows.len(),
            Page::Concept(_) | Page::Definition(_) | Page::Comparison(_) => 1,
        }
    }

    /// Whether the notes say nothing to the question.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.page.is_empty(&self.answer)
    }

    /// What to say to a question to which the notes say nothing.
    #[must_use]
    pub const fn nothing(&self) -> &'static str {
        match self.page {
            Page::Definition(_) => "the notes do not define it",
            _ => "nothing in the notes says so",
        }
    }
}

impl Page {
    fn is_empty(&self, answer: &Answer) -> bool {
        match self {
            Self::Paths(paths) => paths.is_empty(),
            Self::Relations(relations) => relations.is_empty(),
            Self::Concept(_) | Self::Comparison(_) => false,
            Self::Definition(found) => found.definitions.is_empty() && found.relations.is_empty(),
            Self::Mentions(notes) => notes.is_empty(),
            Self::Hits(found) => found.hits.is_empty(),
            Self::Rows => answer.rows.is_empty(),
        }
    }
}

impl Citer<'_> {
    /// The page for a question whose names are `concepts` and whose statement gave `answer`.
    pub(super) fn page(self, question: &Question, concepts: &[NodeId], answer: &Answer) -> Page {
        match (question, concepts) {
            (Question::Connect { .. }, _) => Page::Paths(self.paths(answer)),
            (Question::Compare { .. }, [one, other]) => Page::Comparison(Box::new(self.comparison(*one, *other))),
            (Question::Relations { .. } | Question::Neighbours { .. }, _) => Page::Relations(self.relations(answer)),
            (Question::List { class: crate::query::question::Class::Instances(_) }, _) => {
                Page::Relations(self.relations(answer))
            }
            (Question::Define { .. }, [concept]) => Page::Definition(self.definition(*concept)),
            (Question::Describe { .. }, [concept]) => Page::Concept(Box::new(self.card(*concept, CardLimits::SHORT))),
            _ => Page::Rows,
        }
    }

    /// The paths that stand in the rows.
    pub(super) fn paths(self, answer: &Answer) -> Vec<CitedPath> {
        let values = answer.rows.iter().flatten();
        values.filter_map(|value| if let Value::Path(path) = value { Some(self.path(path)) } else { None }).collect()
    }

    /// The relations that rows of `subject, relation, object` name, in their order.
    fn relations(self, answer: &Answer) -> Vec<CitedRelation> {
        let column = |name: &str| answer.columns.iter().position(|column| column == name);
        let (Some(subject), Some(relation), Some(object)) = (column("subject"), column("relation"), column("object"))
        else {
            return Vec::new();
        };
        let text = |row: &[Value], at: usize| {
            if let Some(Value::String(text)) = row.get(at) { Some(text.clone()) } else { None }
        };
        let ids = answer
            .rows
            .iter()
            .filter_map(|row| find(self.graph, &text(row, subject)?, &text(row, relation)?, &text(row, object)?));
        ids.filter_map(|id| self.relation(id, PLACES)).collect()
    }

    fn definition(self, concept: NodeId) -> Definition {
        let kinds = ["IS_A", "PART_OF"];
        let ids = self.relation_ids(concept).into_iter().filter(|id| {
            self.graph.relationship(*id).is_some_and(|found| {
                found.start == concept && kinds.contains(&self.graph.type_name(found.relationship_type))
            })
        });
        Definition {
            concept: self.concept(concept),
            aliases: self.graph.aliases(concept).map(|alias| alias.name.to_string()).collect(),
            definitions: self.definitions(concept, usize::MAX),
            relations: ids.filter_map(|id| self.relation(id, PLACES)).collect(),
        }
    }

    fn comparison(self, one: NodeId, other: NodeId) -> Comparison {
        let of_one = self.thirds(one, other);
        let of_other = self.thirds(other, one);
        let cited = |ids: Vec<RelationshipId>| -> Vec<CitedRelation> {
            ids.into_iter().filter_map(|id| self.relation(id, PLACES)).collect()
        };
        let (mut shared, mut only_one, mut only_other) = (Vec::new(), Vec::new(), Vec::new());
        for (third, id) in &of_one {
            match of_other.get(third) {
                Some(same) => shared.extend([*id, *same]),
                None => only_one.push(*id),
            }
        }
        only_other.extend(of_other.iter().filter(|(third, _)| !of_one.contains_key(*third)).map(|(_, id)| *id));
        let ends = |id: &RelationshipId| {
            let found = self.graph.relationship(*id);
            found.is_some_and(|found| [found.start, found.end].contains(&other))
        };
        let between = self.relation_ids(one).into_iter().filter(ends).collect();
        let (one, other) = (self.definition(one), self.definition(other));
        Comparison {
            between: cited(between),
            shared: cited(shared),
            only_one: cited(only_one).into_iter().filter(|relation| !one.relations.contains(relation)).collect(),
            only_other: cited(only_other).into_iter().filter(|relation| !other.relations.contains(relation)).collect(),
            one,
            other,
        }
    }

    /// The relations of `concept` with concepts but `other`, by what they say: type, direction, third concept.
    fn thirds(self, concept: NodeId, other: NodeId) -> BTreeMap<(String, bool, String), RelationshipId> {
        let mut thirds = BTreeMap::new();
        for id in self.relation_ids(concept) {
            let Some(found) = self.graph.relationship(id) else { continue };
            let symmetric =
                crate::extract::RelationType::named(self.graph.type_name(found.relationship_type)).is_symmetric();
            let outgoing = symmetric || found.start == concept;
            let third = if found.start == concept { found.end } else { found.start };
            if third != other && third != concept {
                let name = self.graph.type_name(found.relationship_type).to_string();
                thirds.insert((name, outgoing, self.graph.name(third).to_string()), id);
            }
        }
        thirds
    }
}

/// The relation of that type from one concept to another.
pub(super) fn find(graph: &KnowledgeGraph, subject: &str, relation: &str, object: &str) -> Option<RelationshipId> {
    let (start, end) = (graph.concept(subject)?, graph.concept(object)?);
    let relation = graph.type_id(relation)?;
    graph.outgoing(start, Some(relation)).find(|(_, other)| *other == end).map(|(id, _)| id)
}
