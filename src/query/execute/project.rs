//! Row by row: filter, compute, select slots, unwind.

use super::evaluate::{fill, raise, slot};
use super::run::{Row, Run};
use super::{Result, Rows, Source};
use crate::query::plan::Expr;
use crate::query::value::{List, Value};

/// Rows for which the predicate is true.
pub(super) struct Filter<'p> {
    pub(super) input: Source<'p>,
    pub(super) predicate: &'p Expr,
}

impl Rows for Filter<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        while let Some(row) = self.input.next(run)? {
            if run.holds(self.predicate, &row)? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

/// Rows with more slots filled; all are computed before any is filled.
pub(super) struct Project<'p> {
    pub(super) input: Source<'p>,
    pub(super) items: &'p [(usize, Expr)],
}

impl Rows for Project<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let Some(mut row) = self.input.next(run)? else { return Ok(None) };
        for (at, expr) in self.items {
            let value = run.evaluate(expr, &row)?;
            value.check_size(run.limits).map_err(|error| raise(error, expr.span))?;
            fill(&mut row, *at, value);
        }
        Ok(Some(row))
    }
}

/// New rows of some slots.
pub(super) struct Narrow<'p> {
    pub(super) input: Source<'p>,
    pub(super) slots: &'p [usize],
}

impl Rows for Narrow<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let Some(row) = self.input.next(run)? else { return Ok(None) };
        Ok(Some(self.slots.iter().map(|at| slot(&row, *at).clone()).collect()))
    }

    fn count(&mut self, run: &Run<'_>) -> Result<u64> {
        self.input.count(run)
    }
}

/// A row for each element of a list.
pub(super) struct Unwind<'p> {
    input: Source<'p>,
    list: &'p Expr,
    slot: usize,
    current: Option<(Row, List, usize)>,
}

impl<'p> Unwind<'p> {
    pub(super) fn new(input: Source<'p>, list: &'p Expr, slot: usize) -> Self {
        Self { input, list, slot, current: None }
    }
}

impl Rows for Unwind<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some((row, list, at)) = &mut self.current {
                if let Some(item) = list.get(*at) {
                    *at += 1;
                    let mut row = row.clone();
                    fill(&mut row, self.slot, item);
                    return Ok(Some(row));
                }
                self.current = None;
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            let list = match run.evaluate(self.list, &row)? {
                Value::Null => continue,
                Value::List(list) => list,
                // What is no list is unwound as a list of one.
                other => vec![other].into(),
            };
            self.current = Some((row, list, 0));
        }
    }
}
