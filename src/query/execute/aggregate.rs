//! Groups rows by keys and aggregates each group. Groups come in the order of their first rows.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::evaluate::raise;
use super::run::{Row, Run, size_of};
use super::{Result, Rows, Source};
use crate::query::aggregate::{Accumulator, Aggregate};
use crate::query::plan::{AggregateCall, Expr, ExprKind};
use crate::query::value::{Key, Value};
use crate::text::Span;

pub(super) struct Grouped<'p> {
    input: Option<Source<'p>>,
    keys: &'p [Expr],
    calls: &'p [AggregateCall],
    groups: std::vec::IntoIter<Group>,
}

struct Group {
    keys: Row,
    states: Vec<Accumulator>,
    /// Arguments seen, of `DISTINCT` aggregates.
    seen: Vec<HashSet<Key>>,
}

impl<'p> Grouped<'p> {
    pub(super) fn new(input: Source<'p>, keys: &'p [Expr], calls: &'p [AggregateCall]) -> Self {
        Self { input: Some(input), keys, calls, groups: Vec::new().into_iter() }
    }

    fn group(&self, keys: Row) -> Group {
        let states = self.calls.iter().map(|call| call.aggregate.start()).collect();
        Group { keys, states, seen: self.calls.iter().map(|_| HashSet::new()).collect() }
    }

    fn read(&self, mut input: Source<'p>, run: &Run<'_>) -> Result<Vec<Group>> {
        let (mut places, mut groups): (FxHashMap<Vec<Key>, usize>, Vec<Group>) = Default::default();
        if self.keys.is_empty() {
            groups.push(self.group(Row::new()));
        }
        if self.counts_rows() {
            let count = i64::try_from(input.count(run)?).unwrap_or(i64::MAX);
            groups[0].keys = vec![Value::Integer(count); self.calls.len()];
            groups[0].states.clear();
            return Ok(groups);
        }
        while let Some(row) = input.next(run)? {
            let at = if self.keys.is_empty() { 0 } else { self.place(&row, run, &mut places, &mut groups)? };
            self.add(&mut groups[at], &row, run)?;
        }
        Ok(groups)
    }

    /// Whether nothing is asked but how many rows there are.
    fn counts_rows(&self) -> bool {
        let counts = |call: &AggregateCall| {
            let every = matches!(call.arguments[..], [Expr { kind: ExprKind::Constant(Value::Boolean(true)), .. }]);
            call.aggregate == Aggregate::Count && !call.distinct && every
        };
        self.keys.is_empty() && self.calls.iter().all(counts)
    }

    /// The group of a row, a new one where it is the first.
    fn place(
        &self,
        row: &Row,
        run: &Run<'_>,
        places: &mut FxHashMap<Vec<Key>, usize>,
        groups: &mut Vec<Group>,
    ) -> Result<usize> {
        let values = run.all(self.keys, row)?;
        let keys: Vec<Key> = values.iter().cloned().map(Key).collect();
        if let Some(at) = places.get(&keys) {
            return Ok(*at);
        }
        run.hold_row(&values)?;
        groups.push(self.group(values));
        places.insert(keys, groups.len() - 1);
        Ok(groups.len() - 1)
    }

    fn add(&self, group: &mut Group, row: &Row, run: &Run<'_>) -> Result<()> {
        for (at, call) in self.calls.iter().enumerate() {
            let arguments = run.all(&call.arguments, row)?;
            let Some(value) = arguments.first() else { continue };
            if call.distinct {
                if value.is_null() || !group.seen[at].insert(Key(value.clone())) {
                    continue;
                }
                run.hold(size_of(value))?;
            }
            if matches!(call.aggregate, Aggregate::Collect) {
                run.hold(size_of(value))?;
            }
            let span = call.arguments.first().map_or(Span::new(0, 0), |argument| argument.span);
            group.states[at].add(&arguments).map_err(|error| raise(error, span))?;
        }
        Ok(())
    }
}

impl Rows for Grouped<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        if let Some(input) = self.input.take() {
            self.groups = self.read(input, run)?.into_iter();
        }
        let Some(group) = self.groups.next() else { return Ok(None) };
        let mut row = group.keys;
        for state in group.states {
            let value: Value = state.finish().map_err(|error| raise(error, Span::new(0, 0)))?;
            row.push(value);
        }
        Ok(Some(row))
    }
}
