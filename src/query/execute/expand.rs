//! From a node along one relationship, and from a relationship to its ends.

use super::evaluate::{fill, slot};
use super::run::{Row, Run};
use super::view::{Hop, TypeFilter};
use super::{Result, Rows, Source};
use crate::graph::{NodeId, RelationshipId};
use crate::query::ast::Direction;
use crate::query::plan::{ExpandStep, TypeRule};
use crate::query::value::Value;

/// The filter that a rule means on the graph of `run`.
pub(super) fn filter_of(rule: &TypeRule, run: &Run<'_>) -> TypeFilter {
    match rule {
        TypeRule::All => TypeFilter::All,
        TypeRule::Relations => TypeFilter::Relations,
        TypeRule::Named(names) => run.view.type_filter(names),
    }
}

/// Whether a relationship is none of those in `slots`.
pub(super) fn is_new(id: RelationshipId, slots: &[usize], row: &Row) -> bool {
    slots.iter().all(|at| match slot(row, *at) {
        Value::Relationship(other) => *other != id,
        Value::List(list) => !list.iter().any(|item| matches!(item, Value::Relationship(other) if other == id)),
        _ => true,
    })
}

/// For each row, a row for each relationship of a node.
pub(super) struct Expand<'p> {
    input: Source<'p>,
    step: &'p ExpandStep,
    row: Row,
    hops: Vec<Hop>,
    at: usize,
}

impl<'p> Expand<'p> {
    pub(super) fn new(input: Source<'p>, step: &'p ExpandStep) -> Self {
        Self { input, step, row: Row::new(), hops: Vec::new(), at: 0 }
    }

    fn begin(&mut self, row: Row, run: &Run<'_>) {
        self.hops.clear();
        self.at = 0;
        if let Value::Node(from) = slot(&row, self.step.from) {
            let types = filter_of(&self.step.types, run);
            run.view.expand(*from, self.step.direction, &types, &mut self.hops);
        }
        self.row = row;
    }

    /// Whether a hop ends where the row says it must.
    fn fits(&self, (id, end): Hop) -> bool {
        let there = !self.step.to_bound || matches!(slot(&self.row, self.step.to), Value::Node(to) if *to == end);
        there && is_new(id, &self.step.unique, &self.row)
    }
}

impl Rows for Expand<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            while let Some(hop) = self.hops.get(self.at).copied() {
                self.at += 1;
                run.step()?;
                if self.fits(hop) {
                    let mut row = self.row.clone();
                    fill(&mut row, self.step.relationship, Value::Relationship(hop.0));
                    fill(&mut row, self.step.to, Value::Node(hop.1));
                    return Ok(Some(row));
                }
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            self.begin(row, run);
        }
    }

    fn count(&mut self, run: &Run<'_>) -> Result<u64> {
        let mut count = 0;
        loop {
            let left = &self.hops[self.at..];
            count += if !self.step.to_bound && self.step.unique.is_empty() {
                left.len() as u64
            } else {
                left.iter().filter(|hop| self.fits(**hop)).count() as u64
            };
            let Some(row) = self.input.next(run)? else { return Ok(count) };
            self.begin(row, run);
        }
    }
}

/// For each row, the ends of a relationship that is bound: none, one way or both ways.
pub(super) struct Ends<'p> {
    input: Source<'p>,
    step: &'p ExpandStep,
    waiting: Option<Row>,
}

impl<'p> Ends<'p> {
    pub(super) fn new(input: Source<'p>, step: &'p ExpandStep) -> Self {
        Self { input, step, waiting: None }
    }

    fn bound_to(&self, row: &Row, from: NodeId, to: NodeId) -> Option<Row> {
        let fits = |bound: bool, at: usize, node: NodeId| {
            !bound || matches!(slot(row, at), Value::Node(known) if *known == node)
        };
        let step = self.step;
        let loop_fits = step.from != step.to || from == to;
        if !loop_fits || !fits(step.from_bound, step.from, from) || !fits(step.to_bound, step.to, to) {
            return None;
        }
        let mut row = row.clone();
        fill(&mut row, step.from, Value::Node(from));
        fill(&mut row, step.to, Value::Node(to));
        Some(row)
    }
}

impl Rows for Ends<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some(row) = self.waiting.take() {
                return Ok(Some(row));
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            let Value::Relationship(id) = slot(&row, self.step.relationship) else { continue };
            let id = *id;
            let types = filter_of(&self.step.types, run);
            let matches = run.view.has_type(id, &types) && is_new(id, &self.step.unique, &row);
            let ends = run.view.ends(id).filter(|_| matches && !run.view.is_relationship_deleted(id));
            let Some((start, end)) = ends else { continue };
            let forwards = self.step.direction != Direction::Left;
            let backwards = self.step.direction != Direction::Right && (start != end || !forwards);
            let first = forwards.then(|| self.bound_to(&row, start, end)).flatten();
            let second = backwards.then(|| self.bound_to(&row, end, start)).flatten();
            let mut found = first.into_iter().chain(second);
            let Some(next) = found.next() else { continue };
            self.waiting = found.next();
            return Ok(Some(next));
        }
    }
}
