//! Where rows begin: the argument, and scans over nodes.

use super::evaluate::fill;
use super::run::{Row, Run};
use super::view::Candidates;
use super::{Result, Rows, Source};
use crate::query::plan::Access;
use crate::query::value::Value;

/// Gives one row.
pub(super) struct Argument(pub(super) Option<Row>);

impl Rows for Argument {
    fn next(&mut self, _: &Run<'_>) -> Result<Option<Row>> {
        Ok(self.0.take())
    }
}

/// For each row of its input, a row for each node.
pub(super) struct NodeScan<'p> {
    input: Source<'p>,
    slot: usize,
    access: &'p Access,
    current: Option<(Row, Candidates)>,
}

impl<'p> NodeScan<'p> {
    pub(super) fn new(input: Source<'p>, slot: usize, access: &'p Access) -> Self {
        Self { input, slot, access, current: None }
    }
}

/// The nodes that `access` finds for a row.
pub(super) fn candidates(access: &Access, row: &Row, run: &Run<'_>) -> Result<Candidates> {
    let label_or_all = |label: Option<&_>| match label {
        Some(label) => run.view.nodes_with_label(label),
        None => run.view.nodes(),
    };
    Ok(match access {
        Access::All => label_or_all(None),
        Access::Label(label) => run.view.nodes_with_label(label),
        Access::Property { key, value, label } => {
            let value = run.evaluate(value, row)?;
            match run.view.lookup(key, &value) {
                Some(nodes) => Candidates::Listed(nodes.into_iter()),
                None => label_or_all(label.as_deref()),
            }
        }
    })
}

impl Rows for NodeScan<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some((row, nodes)) = &mut self.current {
                if let Some(node) = nodes.next() {
                    let mut row = row.clone();
                    fill(&mut row, self.slot, Value::Node(node));
                    return Ok(Some(row));
                }
                self.current = None;
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            let nodes = candidates(self.access, &row, run)?;
            self.current = Some((row, nodes));
        }
    }

    fn count(&mut self, run: &Run<'_>) -> Result<u64> {
        let mut count = self.current.take().map_or(0, |(_, nodes)| nodes.left());
        while let Some(row) = self.input.next(run)? {
            count += match self.access {
                Access::All => run.view.node_count() as u64,
                Access::Label(label) => run.view.label_count(label) as u64,
                Access::Property { .. } => candidates(self.access, &row, run)?.left(),
            };
        }
        Ok(count)
    }
}
