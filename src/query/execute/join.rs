//! Operators over more than one input, and the one that reads for nothing.

use super::evaluate::{fill, slot};
use super::run::{Row, Run};
use super::{Result, Rows, Source, open};
use crate::query::plan::Plan;
use crate::query::value::Value;

/// For each row of the first input those of the second; where there are none, the row with nulls.
pub(super) struct Optional<'p> {
    input: Source<'p>,
    inner: &'p Plan,
    slots: &'p [usize],
    current: Option<Source<'p>>,
    waiting: Option<Row>,
}

impl<'p> Optional<'p> {
    pub(super) fn new(input: Source<'p>, inner: &'p Plan, slots: &'p [usize]) -> Self {
        Self { input, inner, slots, current: None, waiting: None }
    }
}

impl Rows for Optional<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some(rows) = &mut self.current {
                if let Some(row) = rows.next(run)? {
                    self.waiting = None;
                    return Ok(Some(row));
                }
                self.current = None;
                if let Some(mut row) = self.waiting.take() {
                    for at in self.slots {
                        fill(&mut row, *at, Value::Null);
                    }
                    return Ok(Some(row));
                }
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            self.current = Some(open(self.inner, row.clone()));
            self.waiting = Some(row);
        }
    }
}

/// Rows of all inputs, one input after the other.
pub(super) struct Union<'p> {
    inputs: &'p [Plan],
    order: &'p [Vec<usize>],
    argument: Row,
    at: usize,
    current: Option<Source<'p>>,
}

impl<'p> Union<'p> {
    pub(super) fn new(inputs: &'p [Plan], order: &'p [Vec<usize>], argument: Row) -> Self {
        Self { inputs, order, argument, at: 0, current: None }
    }
}

impl Rows for Union<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        while let Some(plan) = self.inputs.get(self.at) {
            let argument = &self.argument;
            let rows = self.current.get_or_insert_with(|| open(plan, argument.clone()));
            if let Some(row) = rows.next(run)? {
                return Ok(Some(self.order[self.at].iter().map(|column| slot(&row, *column).clone()).collect()));
            }
            self.current = None;
            self.at += 1;
        }
        Ok(None)
    }
}

/// Reads all rows and gives none.
pub(super) struct Exhaust<'p> {
    pub(super) input: Source<'p>,
}

impl Rows for Exhaust<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        while self.input.next(run)?.is_some() {}
        Ok(None)
    }
}
