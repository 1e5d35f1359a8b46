//! Which hops a search may take, and which paths fit.

use rustc_hash::FxHashMap;

use super::super::Result;
use super::super::evaluate::fill;
use super::super::expand::{filter_of, is_new};
use super::super::run::{Row, Run};
use super::super::variable::Wanted;
use super::super::view::{Hop, TypeFilter};
use crate::graph::{NodeId, RelationshipId};
use crate::query::ast::Direction;
use crate::query::plan::{PathFit, ShortestStep};
use crate::query::value::Value;

/// What one search asks of hops and paths.
pub(super) struct Hops<'s, 'r> {
    pub(super) run: &'s Run<'r>,
    /// The row of the search; slots of its own are filled to ask.
    row: Row,
    step: &'s ShortestStep,
    types: TypeFilter,
    wanted: Wanted,
    /// Whether a node passes, for those asked.
    nodes: FxHashMap<NodeId, bool>,
}

impl<'s, 'r> Hops<'s, 'r> {
    pub(super) fn new(step: &'s ShortestStep, row: &Row, run: &'s Run<'r>) -> Result<Self> {
        let wanted = Wanted::new(&step.step.properties, row, run)?;
        let types = filter_of(&step.step.step.types, run);
        Ok(Self { run, row: row.clone(), step, types, wanted, nodes: FxHashMap::default() })
    }

    /// Which way the search goes from its first end.
    pub(super) const fn direction(&self) -> Direction {
        self.step.step.step.direction
    }

    /// All hops from a node, asked or not.
    pub(super) fn expand(&self, node: NodeId, direction: Direction, hops: &mut Vec<Hop>) {
        self.run.view.expand(node, direction, &self.types, hops);
    }

    /// Whether a hop may be taken.
    pub(super) fn passes(&mut self, (id, node): Hop) -> Result<bool> {
        let new = is_new(id, &self.step.step.step.unique, &self.row) && self.wanted.has(id, self.run);
        Ok(new && self.passes_relationship(id)? && self.passes_node(node)?)
    }

    /// Whether a path may pass a node, or end there.
    pub(super) fn passes_node(&mut self, node: NodeId) -> Result<bool> {
        if self.fit().nodes.is_empty() {
            return Ok(true);
        }
        if let Some(passes) = self.nodes.get(&node) {
            return Ok(*passes);
        }
        self.run.hold(24)?;
        let step = self.step;
        let mut passes = true;
        for each in &step.fit.nodes {
            fill(&mut self.row, each.slot, Value::Node(node));
            passes = passes && self.run.truth(&each.predicate, &self.row)? == Some(each.truth);
        }
        self.nodes.insert(node, passes);
        Ok(passes)
    }

    fn passes_relationship(&mut self, id: RelationshipId) -> Result<bool> {
        let step = self.step;
        for each in &step.fit.relationships {
            fill(&mut self.row, each.slot, Value::Relationship(id));
            if self.run.truth(&each.predicate, &self.row)? != Some(each.truth) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether paths are asked as a whole.
    pub(super) const fn asks_paths(&self) -> bool {
        !self.fit().whole.is_empty()
    }

    /// Whether a path fits as a whole.
    pub(super) fn fits(&mut self, path: &[RelationshipId]) -> Result<bool> {
        if !self.asks_paths() {
            return Ok(true);
        }
        let step = self.step;
        let mut ids: Vec<Value> = path.iter().copied().map(Value::Relationship).collect();
        if step.step.reversed {
            ids.reverse();
        }
        fill(&mut self.row, step.step.step.relationship, Value::List(ids.into()));
        if let Some((slot, path)) = &step.fit.path {
            let path = self.run.evaluate(path, &self.row)?;
            fill(&mut self.row, *slot, path);
        }
        for predicate in &step.fit.whole {
            if !self.run.holds(predicate, &self.row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    const fn fit(&self) -> &'s PathFit {
        &self.step.fit
    }
}
