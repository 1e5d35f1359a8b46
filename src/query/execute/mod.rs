//! Operators → rows. Each operator pulls rows from its inputs one at a time, so what is not asked for
//! is not done; operators that write read all their input first.

mod aggregate;
mod call;
mod connect;
mod evaluate;
mod expand;
mod join;
mod project;
mod run;
mod scan;
mod shortest;
mod sort;
mod tally;
mod variable;
mod view;
mod write;

use std::time::Instant;

pub(crate) use evaluate::raise;
pub(crate) use run::{Row, Run};
pub(crate) use view::View;

use super::error::QueryError;
use super::plan::{Operator, Plan};

type Result<T> = std::result::Result<T, QueryError>;

/// Rows, given one by one.
pub(crate) trait Rows {
    /// The next row, or nothing when there are no more.
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>>;

    /// How many rows there are still, where nobody wants to see them.
    fn count(&mut self, run: &Run<'_>) -> Result<u64> {
        let mut count = 0;
        while self.next(run)?.is_some() {
            run.row()?;
            count += 1;
        }
        Ok(count)
    }
}

/// Rows of some operator.
pub(crate) type Source<'p> = Box<dyn Rows + 'p>;

/// Opens a plan; its innermost operators begin with `argument`.
pub(crate) fn open<'p>(plan: &'p Plan, argument: Row) -> Source<'p> {
    let source = open_operator(plan, argument);
    Box::new(Measured { source, id: plan.id })
}

fn open_operator<'p>(plan: &'p Plan, argument: Row) -> Source<'p> {
    let input = |argument: Row| open(&plan.inputs[0], argument);
    match &plan.operator {
        Operator::Argument => Box::new(scan::Argument(Some(argument))),
        Operator::NodeScan { slot, access } => Box::new(scan::NodeScan::new(input(argument), *slot, access)),
        Operator::Expand(step) => Box::new(expand::Expand::new(input(argument), step)),
        Operator::Ends(step) => Box::new(expand::Ends::new(input(argument), step)),
        Operator::VariableExpand(step) => Box::new(variable::VariableExpand::new(input(argument), step)),
        Operator::ShortestPath(step) => Box::new(shortest::ShortestPath::new(input(argument), step)),
        Operator::Filter(predicate) => Box::new(project::Filter { input: input(argument), predicate }),
        Operator::Project(items) => Box::new(project::Project { input: input(argument), items }),
        Operator::Narrow(slots) => Box::new(project::Narrow { input: input(argument), slots }),
        Operator::Aggregate { keys, calls } => Box::new(aggregate::Grouped::new(input(argument), keys, calls)),
        Operator::Tally(tally) => Box::new(tally::Tallied::new(tally)),
        Operator::Reach(reach) => Box::new(tally::Reached::new(reach)),
        Operator::Distinct => Box::new(sort::Distinct::new(input(argument))),
        Operator::Sort { keys, limit } => Box::new(sort::Sort::new(input(argument), keys, limit.as_ref())),
        Operator::Skip(count) => Box::new(sort::Skip { input: input(argument), count, left: None }),
        Operator::Limit { count, exhaust } => {
            Box::new(sort::Limit { input: input(argument), count, exhaust: *exhaust, left: None })
        }
        Operator::Unwind { list, slot } => Box::new(project::Unwind::new(input(argument), list, *slot)),
        Operator::Optional { slots } => Box::new(join::Optional::new(input(argument), &plan.inputs[1], slots)),
        Operator::Union { order } => Box::new(join::Union::new(&plan.inputs, order, argument)),
        Operator::Call { procedure, arguments, outputs } => {
            Box::new(call::CallProcedure::new(input(argument), procedure, arguments, outputs))
        }
        Operator::Create(steps) => Box::new(write::Write::new(input(argument), write::Action::Create(steps))),
        Operator::Merge { create, on_create, on_match } => Box::new(write::Merge::new(
            input(argument),
            &plan.inputs[1],
            write::MergeParts { create, on_create, on_match },
        )),
        Operator::Set(items) => Box::new(write::Write::new(input(argument), write::Action::Set(items))),
        Operator::Remove(items) => Box::new(write::Write::new(input(argument), write::Action::Remove(items))),
        Operator::Delete { detach, expressions } => {
            Box::new(write::Write::new(input(argument), write::Action::Delete { detach: *detach, expressions }))
        }
        Operator::Exhaust => Box::new(join::Exhaust { input: input(argument) }),
    }
}

/// Counts the rows of an operator, and its time when that is asked for.
struct Measured<'p> {
    source: Source<'p>,
    id: usize,
}

impl Rows for Measured<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let Some(profile) = &run.profile else {
            let row = self.source.next(run)?;
            if row.is_some() {
                run.row()?;
            }
            return Ok(row);
        };
        let started = Instant::now();
        let row = self.source.next(run)?;
        let spent = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if let Some((rows, time)) = profile.borrow_mut().get_mut(self.id) {
            *rows += u64::from(row.is_some());
            *time = time.saturating_add(spent);
        }
        if row.is_some() {
            run.row()?;
        }
        Ok(row)
    }

    fn count(&mut self, run: &Run<'_>) -> Result<u64> {
        let Some(profile) = &run.profile else { return self.source.count(run) };
        let started = Instant::now();
        let count = self.source.count(run)?;
        let spent = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if let Some((rows, time)) = profile.borrow_mut().get_mut(self.id) {
            *rows += count;
            *time = time.saturating_add(spent);
        }
        Ok(count)
    }
}
