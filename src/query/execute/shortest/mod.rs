//! The shortest paths between two nodes, of those that `WHERE` allows.
//!
//! In: rows with both ends. Out: a row for each path. [`search`] looks from both ends; where what it finds does not
//! fit as a whole, [`longer`] goes on by length. Over notes, where nothing is asked of hops,
//! [`paths`](crate::graph::paths) gives the same paths sooner.

mod hops;
mod longer;
mod search;
#[cfg(test)]
mod tests;

use super::evaluate::{fill, slot};
use super::expand::filter_of;
use super::run::{Row, Run};
use super::view::{TypeFilter, View};
use super::{Result, Rows, Source};
use crate::graph::paths::{self, Steps};
use crate::graph::{KnowledgeGraph, RelationshipId, TypeId};
use crate::query::ast::Direction;
use crate::query::plan::{ShortestStep, VariableStep};
use crate::query::value::Value;
use hops::Hops;
use search::Search;

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
        let Some(max) = self.longest(row, run)? else { return Ok(Found::default()) };
        if let Some(found) = self.search_notes(max, row, run)? {
            return Ok(found);
        }
        Ok(self.search_any(max, row, run)?.into_iter())
    }

    /// How long a path may be; nothing where none may be.
    fn longest(&self, row: &Row, run: &Run<'_>) -> Result<Option<u64>> {
        let mut longest = self.step.step.max;
        for length in &self.step.fit.lengths {
            let most = match run.evaluate(&length.most, row)? {
                Value::Integer(most) if length.exclusive => most.checked_sub(1),
                Value::Integer(most) => Some(most),
                Value::Float(most) if most.is_nan() => None,
                #[expect(clippy::cast_possible_truncation, reason = "it saturates, and no path is as long")]
                Value::Float(most) => Some(if length.exclusive { most.ceil() as i64 - 1 } else { most.floor() as i64 }),
                // What is no number is neither more nor less.
                _ => None,
            };
            let Some(most) = most.and_then(|most| u64::try_from(most).ok()) else { return Ok(None) };
            longest = longest.min(most);
        }
        Ok(Some(longest))
    }

    /// The search over the columns of a graph of notes, where it can tell all that is asked.
    fn search_notes(&self, max: u64, row: &Row, run: &Run<'_>) -> Result<Option<Found>> {
        let VariableStep { step, min, properties, .. } = &self.step.step;
        let View::Notes(notes) = run.view else { return Ok(None) };
        let (Value::Node(from), Value::Node(to)) = (slot(row, step.from), slot(row, step.to)) else { return Ok(None) };
        let is_plain = properties.is_empty() && step.unique.is_empty() && self.step.fit.is_free();
        if !is_plain || *min > 1 || from == to || max == 0 || run.as_written {
            return Ok(None);
        }
        let steps = steps(&filter_of(&step.types, run), step.direction);
        let limit = Some(u32::try_from(max).unwrap_or(u32::MAX));
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

    fn search_any(&self, max: u64, row: &Row, run: &Run<'_>) -> Result<Vec<Vec<RelationshipId>>> {
        let VariableStep { step, min, .. } = &self.step.step;
        let (Value::Node(from), Value::Node(to)) = (slot(row, step.from), slot(row, step.to)) else {
            return Ok(Vec::new());
        };
        let mut hops = Hops::new(self.step, row, run)?;
        if !hops.passes_node(*from)? || !hops.passes_node(*to)? {
            return Ok(Vec::new());
        }
        if from == to {
            let fits = *min == 0 && hops.fits(&[])?;
            return Ok(if fits { vec![Vec::new()] } else { Vec::new() });
        }
        Search::new(hops, *from, *to, self.step.all).paths(*min, max)
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
