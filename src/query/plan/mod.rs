//! Tree → operators: where to start, which way to go, when to filter.
//!
//! In: a checked statement and the graph's catalog. Out: a [`Plan`], which `execute` opens. Names become
//! slots of a row; each `WITH` begins a new, narrow row.

mod expr;
mod frame;
mod lower;
mod operator;
mod pattern;
mod projection;
mod query;
mod tally;
mod tree;
mod write;

pub(crate) use expr::{Expr, ExprKind};
pub(crate) use operator::{
    Access, AggregateCall, CreateStep, EachFit, ExpandStep, LengthFit, Operator, PathFit, Plan, Remove, Set,
    ShortestStep, TypeRule, VariableStep,
};

pub(crate) use tally::{Chain, Reach, Tally};

use super::ast::Query;
use super::engine::{Options, Parameters};
use super::error::QueryError;
use super::execute::View;
use super::procedure::Procedures;
use crate::text::Name;
use frame::Frame;

/// What a plan is made from.
pub(crate) struct Planner<'a> {
    /// The graph and its counts.
    pub(crate) view: &'a View<'a>,
    /// The procedures that can be called.
    pub(crate) procedures: &'a Procedures,
    /// The values of parameters.
    pub(crate) parameters: &'a Parameters,
    /// How statements are run.
    pub(crate) options: &'a Options,
}

/// A plan and the columns it gives.
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    pub(crate) columns: Vec<Name>,
}

type Result<T> = std::result::Result<T, QueryError>;

impl Planner<'_> {
    /// Plans a whole statement.
    pub(crate) fn plan(&self, query: &Query) -> Result<Planned> {
        let (mut plan, columns) = self.query(query, &Frame::default())?;
        if matches!(self.view, View::Notes(_)) && !self.options.unoptimised {
            plan = tally::shorten(plan);
        }
        plan.number(&mut 0);
        Ok(Planned { plan, columns })
    }
}
