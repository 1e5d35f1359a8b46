//! Order, distinct, skip, limit.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

use super::run::{Row, Run};
use super::{Result, Rows, Source};
use crate::query::error::{QueryError, QueryErrorKind};
use crate::query::plan::Expr;
use crate::query::value::{Key, Value, order};

/// Each row once, the first of equal ones.
pub(super) struct Distinct<'p> {
    input: Source<'p>,
    seen: HashSet<Vec<Key>>,
}

impl<'p> Distinct<'p> {
    pub(super) fn new(input: Source<'p>) -> Self {
        Self { input, seen: HashSet::new() }
    }
}

impl Rows for Distinct<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        while let Some(row) = self.input.next(run)? {
            if self.seen.insert(row.iter().cloned().map(Key).collect()) {
                run.hold_row(&row)?;
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

/// Rows in order; equal ones stay as they came. With a limit only that many are ever kept.
pub(super) struct Sort<'p> {
    input: Option<Source<'p>>,
    keys: &'p [(Expr, bool)],
    limit: Option<&'p Expr>,
    sorted: std::vec::IntoIter<Entry>,
}

struct Entry {
    keys: Vec<(Value, bool)>,
    at: usize,
    row: Row,
}

impl Entry {
    fn compare(&self, other: &Self) -> Ordering {
        for ((left, descending), (right, _)) in self.keys.iter().zip(&other.keys) {
            let found = order(left, right);
            if found != Ordering::Equal {
                return if *descending { found.reverse() } else { found };
            }
        }
        self.at.cmp(&other.at)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

impl<'p> Sort<'p> {
    pub(super) fn new(input: Source<'p>, keys: &'p [(Expr, bool)], limit: Option<&'p Expr>) -> Self {
        Self { input: Some(input), keys, limit, sorted: Vec::new().into_iter() }
    }

    fn read(&self, mut input: Source<'p>, run: &Run<'_>) -> Result<Vec<Entry>> {
        let limit = self.limit.map(|limit| row_count(limit, run)).transpose()?.unwrap_or(usize::MAX);
        let (mut heap, mut at) = (BinaryHeap::new(), 0);
        let mut all = Vec::new();
        while let Some(row) = input.next(run)? {
            let keys = self.keys.iter().map(|(key, descending)| Ok((run.evaluate(key, &row)?, *descending)));
            let entry = Entry { keys: keys.collect::<Result<_>>()?, at, row };
            at += 1;
            if limit == usize::MAX {
                run.hold_row(&entry.row)?;
                all.push(entry);
                continue;
            }
            if heap.len() < limit {
                run.hold_row(&entry.row)?;
            }
            heap.push(entry);
            if heap.len() > limit {
                heap.pop();
            }
        }
        if limit == usize::MAX {
            all.sort_by(Entry::compare);
            return Ok(all);
        }
        Ok(heap.into_sorted_vec())
    }
}

impl Rows for Sort<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        if let Some(input) = self.input.take() {
            self.sorted = self.read(input, run)?.into_iter();
        }
        Ok(self.sorted.next().map(|entry| entry.row))
    }
}

/// A number of rows; openCypher calls a wrong one a syntax error, even where a parameter gives it.
fn row_count(count: &Expr, run: &Run<'_>) -> Result<usize> {
    let value = run.evaluate(count, &Row::new())?;
    let wrong =
        |detail, message: String| Err(QueryError::runtime(QueryErrorKind::SyntaxError, detail, message).at(count.span));
    match value {
        Value::Integer(number) if number >= 0 => Ok(usize::try_from(number).unwrap_or(usize::MAX)),
        Value::Integer(number) => {
            wrong("NegativeIntegerArgument", format!("SKIP and LIMIT take no negative number, not {number}"))
        }
        other => wrong("InvalidArgumentType", format!("SKIP and LIMIT take an Integer, not {}", other.type_name())),
    }
}

/// All rows but the first.
pub(super) struct Skip<'p> {
    pub(super) input: Source<'p>,
    pub(super) count: &'p Expr,
    pub(super) left: Option<usize>,
}

impl Rows for Skip<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let mut left = match self.left {
            Some(left) => left,
            None => row_count(self.count, run)?,
        };
        while left > 0 && self.input.next(run)?.is_some() {
            left -= 1;
        }
        self.left = Some(0);
        self.input.next(run)
    }
}

/// The first rows.
pub(super) struct Limit<'p> {
    pub(super) input: Source<'p>,
    pub(super) count: &'p Expr,
    pub(super) exhaust: bool,
    pub(super) left: Option<usize>,
}

impl Rows for Limit<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let left = match self.left {
            Some(left) => left,
            None => row_count(self.count, run)?,
        };
        if left > 0 {
            self.left = Some(left - 1);
            return self.input.next(run);
        }
        self.left = Some(0);
        if self.exhaust {
            while self.input.next(run)?.is_some() {}
        }
        Ok(None)
    }
}
