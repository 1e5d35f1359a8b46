//! Filters on one slot, asked once for each node.

use super::super::Result;
use super::super::evaluate::fill;
use super::super::run::{Row, Run};
use crate::graph::{NodeId, RelationshipId};
use crate::query::plan::Expr;
use crate::query::value::Value;
use crate::text::Name;

/// The filters of one slot.
pub(super) struct Tests<'c> {
    slot: usize,
    predicates: Vec<&'c Expr>,
    /// A label that a node must have.
    label: Option<&'c Name>,
    /// For each node: not asked yet, passed, failed.
    nodes: Vec<u8>,
    row: Row,
}

impl<'c> Tests<'c> {
    /// The filters that look at `slot`.
    pub(super) fn new(filters: &'c [(usize, Expr)], slot: usize) -> Self {
        let predicates = filters.iter().filter(|(own, _)| *own == slot).map(|(_, predicate)| predicate).collect();
        Self { slot, predicates, label: None, nodes: Vec::new(), row: Row::new() }
    }

    /// No filters.
    pub(super) fn none() -> Self {
        Self::new(&[], usize::MAX)
    }

    /// Also asks for a label.
    pub(super) const fn add_label(&mut self, label: &'c Name) {
        self.label = Some(label);
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.predicates.is_empty() && self.label.is_none()
    }

    /// Whether a node passes.
    #[inline]
    pub(super) fn pass(&mut self, node: NodeId, run: &Run<'_>) -> Result<bool> {
        if self.is_empty() {
            return Ok(true);
        }
        match self.nodes.get(node.index()) {
            Some(0) => {}
            Some(known) => return Ok(*known == 1),
            None => self.nodes.resize(run.view.node_count().max(node.index() + 1), 0),
        }
        let labelled = self.label.is_none_or(|label| run.view.has_label(node, label).unwrap_or(false));
        let passes = labelled && self.holds(Value::Node(node), run)?;
        self.nodes[node.index()] = if passes { 1 } else { 2 };
        Ok(passes)
    }

    /// Whether a relationship passes.
    #[inline]
    pub(super) fn pass_relationship(&mut self, id: RelationshipId, run: &Run<'_>) -> Result<bool> {
        if self.is_empty() { Ok(true) } else { self.holds(Value::Relationship(id), run) }
    }

    fn holds(&mut self, value: Value, run: &Run<'_>) -> Result<bool> {
        fill(&mut self.row, self.slot, value);
        for predicate in &self.predicates {
            if !run.holds(predicate, &self.row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
