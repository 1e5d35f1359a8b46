//! From a node along any number of relationships, none twice: depth first, one walk at a time.

use super::evaluate::{fill, slot};
use super::expand::{filter_of, is_new};
use super::run::{Row, Run};
use super::view::{Hop, TypeFilter};
use super::{Result, Rows, Source};
use crate::graph::{NodeId, RelationshipId};
use crate::query::plan::{Expr, VariableStep};
use crate::query::value::{Value, equals};
use crate::text::Name;

/// Properties that each relationship of a walk must have, computed once a row.
pub(super) struct Wanted(Vec<(Name, Value)>);

impl Wanted {
    pub(super) fn new(properties: &[(Name, Expr)], row: &Row, run: &Run<'_>) -> Result<Self> {
        let values = properties.iter().map(|(key, value)| Ok((key.clone(), run.evaluate(value, row)?)));
        Ok(Self(values.collect::<Result<_>>()?))
    }

    pub(super) fn has(&self, id: RelationshipId, run: &Run<'_>) -> bool {
        self.0.iter().all(|(key, value)| {
            run.view.relationship_property(id, key).is_ok_and(|own| equals(&own, value) == Some(true))
        })
    }
}

pub(super) struct VariableExpand<'p> {
    input: Source<'p>,
    step: &'p VariableStep,
    current: Option<Walk>,
}

/// A walk that is under way: at each depth the hops not yet tried.
struct Walk {
    row: Row,
    types: TypeFilter,
    wanted: Wanted,
    start: NodeId,
    path: Vec<Hop>,
    open: Vec<std::vec::IntoIter<Hop>>,
    /// Whether the walk of no relationships is still to be given.
    fresh: bool,
}

impl<'p> VariableExpand<'p> {
    pub(super) fn new(input: Source<'p>, step: &'p VariableStep) -> Self {
        Self { input, step, current: None }
    }

    fn begin(&self, row: Row, run: &Run<'_>) -> Result<Option<Walk>> {
        let Value::Node(start) = slot(&row, self.step.step.from) else { return Ok(None) };
        let start = *start;
        let types = filter_of(&self.step.step.types, run);
        let wanted = Wanted::new(&self.step.properties, &row, run)?;
        Ok(Some(Walk { row, types, wanted, start, path: Vec::new(), open: Vec::new(), fresh: true }))
    }

    /// The row of a list that is bound, if it is a walk that fits.
    fn check_bound(&self, row: Row, run: &Run<'_>) -> Result<Option<Row>> {
        let (Value::Node(start), Value::List(list)) =
            (slot(&row, self.step.step.from), slot(&row, self.step.step.relationship))
        else {
            return Ok(None);
        };
        let mut ids: Vec<Value> = list.iter().collect();
        if self.step.reversed {
            ids.reverse();
        }
        let length = ids.len() as u64;
        let types = filter_of(&self.step.step.types, run);
        let wanted = Wanted::new(&self.step.properties, &row, run)?;
        let (mut here, mut seen) = (*start, Vec::new());
        for id in &ids {
            let Value::Relationship(id) = id else { return Ok(None) };
            let mut hops = Vec::new();
            run.view.expand(here, self.step.step.direction, &types, &mut hops);
            let Some((_, next)) = hops.into_iter().find(|(hop, _)| hop == id) else { return Ok(None) };
            if seen.contains(id) || !wanted.has(*id, run) || !is_new(*id, &self.step.step.unique, &row) {
                return Ok(None);
            }
            seen.push(*id);
            here = next;
        }
        let fits = length >= self.step.min && length <= self.step.max;
        Ok((fits && self.ends_at(&row, here)).then(|| {
            let mut row = row;
            fill(&mut row, self.step.step.to, Value::Node(here));
            row
        }))
    }

    fn ends_at(&self, row: &Row, node: NodeId) -> bool {
        !self.step.step.to_bound || matches!(slot(row, self.step.step.to), Value::Node(to) if *to == node)
    }

    fn row_of(&self, walk: &Walk) -> Option<Row> {
        let end = walk.path.last().map_or(walk.start, |(_, node)| *node);
        if (walk.path.len() as u64) < self.step.min || !self.ends_at(&walk.row, end) {
            return None;
        }
        let mut ids: Vec<Value> = walk.path.iter().map(|(id, _)| Value::Relationship(*id)).collect();
        if self.step.reversed {
            ids.reverse();
        }
        let mut row = walk.row.clone();
        fill(&mut row, self.step.step.relationship, Value::List(ids.into()));
        fill(&mut row, self.step.step.to, Value::Node(end));
        Some(row)
    }

    /// The next row of a walk, or nothing when all of it was gone.
    fn advance(&self, walk: &mut Walk, run: &Run<'_>) -> Result<Option<Row>> {
        if walk.fresh {
            walk.fresh = false;
            self.open_hops(walk, walk.start, run);
            if let Some(row) = self.row_of(walk) {
                return Ok(Some(row));
            }
        }
        while let Some(hops) = walk.open.last_mut() {
            let Some(hop) = hops.next() else {
                walk.open.pop();
                walk.path.pop();
                continue;
            };
            run.path()?;
            let again = walk.path.iter().any(|(id, _)| *id == hop.0);
            if again || !is_new(hop.0, &self.step.step.unique, &walk.row) || !walk.wanted.has(hop.0, run) {
                continue;
            }
            walk.path.push(hop);
            self.open_hops(walk, hop.1, run);
            if let Some(row) = self.row_of(walk) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn open_hops(&self, walk: &mut Walk, node: NodeId, run: &Run<'_>) {
        let mut hops = Vec::new();
        if (walk.path.len() as u64) < self.step.max {
            run.view.expand(node, self.step.step.direction, &walk.types, &mut hops);
        }
        walk.open.push(hops.into_iter());
    }
}

impl Rows for VariableExpand<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some(mut walk) = self.current.take()
                && let Some(row) = self.advance(&mut walk, run)?
            {
                self.current = Some(walk);
                return Ok(Some(row));
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            if self.step.bound {
                if let Some(row) = self.check_bound(row, run)? {
                    return Ok(Some(row));
                }
                continue;
            }
            self.current = self.begin(row, run)?;
        }
    }
}
