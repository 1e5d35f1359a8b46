//! The shortest walks between two nodes, searched from both ends: breadth first, the smaller
//! frontier each time, until the two meet. Over notes, where relationships need no properties and none is
//! taken already, [`paths`](crate::graph::paths) gives the same paths sooner.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::evaluate::{fill, slot};
use super::expand::{filter_of, is_new};
use super::run::{Row, Run};
use super::variable::Wanted;
use super::view::{Hop, TypeFilter, View};
use super::{Result, Rows, Source};
use crate::graph::paths::{self, Steps};
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId, TypeId};
use crate::query::ast::Direction;
use crate::query::plan::{ShortestStep, VariableStep};
use crate::query::value::Value;

pub(super) struct ShortestPath<'p> {
    input: Source<'p>,
    step: &'p ShortestStep,
    row: Row,
    found: Found,
}

type Found = std::vec::IntoIter<Vec<RelationshipId>>;

impl<'p> ShortestPath<'p> {
    pub(super) fn new(input: Source<'p>, step: &'p ShortestStep) -> Self {
        Self { input, step, row: Row::new(), found: Vec::new().into_iter() }
    }

    fn search(&self, row: &Row, run: &Run<'_>) -> Result<Found> {
        if let Some(found) = self.search_notes(row, run)? {
            return Ok(found);
        }
        Ok(self.search_any(row, run)?.into_iter())
    }

    /// The search over the columns of a graph of notes, where it can tell all that is asked.
    fn search_notes(&self, row: &Row, run: &Run<'_>) -> Result<Option<Found>> {
        let VariableStep { step, min, max, properties, .. } = &self.step.step;
        let View::Notes(notes) = run.view else { return Ok(None) };
        let (Value::Node(from), Value::Node(to)) = (slot(row, step.from), slot(row, step.to)) else { return Ok(None) };
        if !properties.is_empty() || !step.unique.is_empty() || *min > 1 || from == to || *max == 0 || run.as_written {
            return Ok(None);
        }
        let steps = steps(&filter_of(&step.types, run), step.direction);
        let limit = Some(u32::try_from(*max).unwrap_or(u32::MAX));
        let mut found = Vec::new();
        if self.step.all {
            for path in paths::all_shortest(notes.graph, *from, *to, &steps, limit) {
                run.path()?;
                run.hold(64)?;
                found.push(path.relationships);
            }
            found.sort_unstable();
        } else {
            let path = paths::smallest_shortest(notes.graph, *from, *to, &steps, limit);
            found.extend(path.map(|path| path.relationships));
        }
        let is_sure = !found.is_empty() || sees_all(notes.graph);
        Ok(is_sure.then(|| found.into_iter()))
    }

    fn search_any(&self, row: &Row, run: &Run<'_>) -> Result<Vec<Vec<RelationshipId>>> {
        let VariableStep { step, min, max, properties, .. } = &self.step.step;
        let (Value::Node(from), Value::Node(to)) = (slot(row, step.from), slot(row, step.to)) else {
            return Ok(Vec::new());
        };
        if *min == 0 && from == to {
            return Ok(vec![Vec::new()]);
        }
        if from == to || *max == 0 {
            return Ok(Vec::new());
        }
        let wanted = Wanted::new(properties, row, run)?;
        let types = filter_of(&step.types, run);
        let near = Side::new(*from, step.direction);
        let far = Side::new(*to, step.direction.reversed());
        Search { run, row, unique: &step.unique, types, wanted, near, far }.paths(*min, *max, self.step.all)
    }
}

impl Rows for ShortestPath<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some(mut path) = self.found.next() {
                if self.step.step.reversed {
                    path.reverse();
                }
                let ids: Vec<Value> = path.into_iter().map(Value::Relationship).collect();
                let mut row = self.row.clone();
                fill(&mut row, self.step.step.step.relationship, Value::List(ids.into()));
                return Ok(Some(row));
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            self.found = self.search(&row, run)?;
            self.row = row;
        }
    }
}

/// What the search of paths may take.
fn steps(types: &TypeFilter, direction: Direction) -> Steps {
    let direction = match direction {
        Direction::Right => paths::Direction::Outgoing,
        Direction::Left => paths::Direction::Incoming,
        Direction::Either => paths::Direction::Both,
    };
    match types {
        TypeFilter::All => Steps::all(direction),
        TypeFilter::Relations => Steps::relations(direction),
        TypeFilter::Numbers(numbers) => {
            let types = numbers.iter().filter_map(|number| u16::try_from(*number).ok()).map(TypeId);
            Steps::of_types(types.collect(), direction)
        }
    }
}

/// Whether a search that found nothing has looked everywhere: each relationship is seen from both its ends,
/// by both sides, at most twice.
fn sees_all(graph: &KnowledgeGraph) -> bool {
    graph.relationship_count().saturating_mul(8) < paths::SCAN_LIMIT
}

/// What was reached from one end.
struct Side {
    direction: Direction,
    /// How far each node is.
    depths: FxHashMap<NodeId, u64>,
    /// For each node, the hops that reach it by a shortest way: relationship and node before.
    before: FxHashMap<NodeId, Vec<Hop>>,
    frontier: Vec<NodeId>,
    depth: u64,
}

impl Side {
    fn new(start: NodeId, direction: Direction) -> Self {
        let depths = std::iter::once((start, 0)).collect();
        Self { direction, depths, before: FxHashMap::default(), frontier: vec![start], depth: 0 }
    }
}

struct Search<'s, 'r> {
    run: &'s Run<'r>,
    row: &'s Row,
    unique: &'s [usize],
    types: TypeFilter,
    wanted: Wanted,
    near: Side,
    far: Side,
}

impl Search<'_, '_> {
    /// The shortest paths, the one with the smallest ids first.
    fn paths(mut self, min: u64, max: u64, all: bool) -> Result<Vec<Vec<RelationshipId>>> {
        loop {
            if self.near.frontier.is_empty() || self.far.frontier.is_empty() {
                return Ok(Vec::new());
            }
            if self.near.depth + self.far.depth >= max {
                return Ok(Vec::new());
            }
            let near_first = self.near.frontier.len() <= self.far.frontier.len();
            self.grow(near_first)?;
            let meeting = self.meeting();
            if !meeting.is_empty() {
                let length = self.near.depth + self.far.depth;
                return if length < min { Ok(Vec::new()) } else { self.join(&meeting, all) };
            }
        }
    }

    fn grow(&mut self, near: bool) -> Result<()> {
        let side = if near { &mut self.near } else { &mut self.far };
        let frontier = std::mem::take(&mut side.frontier);
        side.depth += 1;
        let mut hops = Vec::new();
        for node in frontier {
            hops.clear();
            self.run.view.expand(node, side.direction, &self.types, &mut hops);
            for (id, next) in hops.iter().copied() {
                self.run.step()?;
                let known = side.depths.get(&next).copied();
                let later = known.is_some_and(|depth| depth < side.depth);
                if later || !is_new(id, self.unique, self.row) || !self.wanted.has(id, self.run) {
                    continue;
                }
                if known.is_none() {
                    self.run.hold(64)?;
                    side.depths.insert(next, side.depth);
                    side.frontier.push(next);
                }
                side.before.entry(next).or_default().push((id, node));
            }
        }
        Ok(())
    }

    /// Nodes that both ends reached by now, in id order.
    fn meeting(&self) -> Vec<NodeId> {
        let (small, large) = if self.near.frontier.len() <= self.far.frontier.len() {
            (&self.near, &self.far)
        } else {
            (&self.far, &self.near)
        };
        let other = |node: &&NodeId| large.depths.get(*node) == Some(&large.depth);
        let mut nodes: Vec<NodeId> = small.frontier.iter().filter(other).copied().collect();
        nodes.sort_unstable();
        nodes
    }

    fn join(&self, meeting: &[NodeId], all: bool) -> Result<Vec<Vec<RelationshipId>>> {
        let mut paths: BTreeMap<Vec<RelationshipId>, ()> = BTreeMap::new();
        for node in meeting {
            let mut heads = Vec::new();
            self.ways(&self.near, *node, &mut Vec::new(), &mut heads)?;
            let mut tails = Vec::new();
            self.ways(&self.far, *node, &mut Vec::new(), &mut tails)?;
            for head in &heads {
                for tail in &tails {
                    self.run.path()?;
                    let path = head.iter().rev().chain(tail).copied().collect();
                    paths.insert(path, ());
                }
            }
        }
        let limit = if all { usize::MAX } else { 1 };
        Ok(paths.into_keys().take(limit).collect())
    }

    /// All shortest ways from `node` back to where a side began.
    fn ways(
        &self,
        side: &Side,
        node: NodeId,
        path: &mut Vec<RelationshipId>,
        found: &mut Vec<Vec<RelationshipId>>,
    ) -> Result<()> {
        let mut open: Vec<(NodeId, usize)> = vec![(node, 0)];
        while let Some((here, next)) = open.last_mut() {
            let before = side.before.get(here).map_or(&[][..], |hops| &hops[..]);
            if before.is_empty() && *next == 0 {
                self.run.path()?;
                found.push(path.clone());
            }
            let Some((id, previous)) = before.get(*next).copied() else {
                open.pop();
                path.pop();
                continue;
            };
            *next += 1;
            path.push(id);
            open.push((previous, 0));
        }
        Ok(())
    }
}
