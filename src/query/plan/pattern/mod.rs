//! `MATCH` → scans and expands: the cheapest node first, then along relationships to what is still
//! unknown, each filter as early as its names are bound.

mod cost;
mod fit;
mod links;
mod solve;

use super::{Frame, Operator, Plan, Planner, Result};
use crate::query::ast::{Expression, ExpressionKind, Match};
use links::Links;
use solve::Solver;

impl Planner<'_> {
    /// Plans a `MATCH` on top of `plan`; gives the frame behind it.
    pub(super) fn match_clause(&self, clause: &Match, plan: Plan, frame: &Frame) -> Result<(Plan, Frame)> {
        let mut inner = frame.clone();
        let mut links = Links::new(clause, frame, &mut inner);
        let mut conditions = Vec::new();
        if let Some(predicate) = &clause.predicate {
            split(predicate, &mut conditions);
        }
        conditions.retain(|condition| !links.take_labels(condition));
        inner.certain(links.nodes.iter().map(|node| node.slot));
        inner.certain(links.links.iter().map(|link| link.slot));
        let solver = Solver::new(self, &links, conditions, frame, &inner)?;
        let plan = solver.solve(plan)?;
        Ok((plan, inner))
    }

    /// Plans an `OPTIONAL MATCH`.
    pub(super) fn optional_match(&self, clause: &Match, plan: Plan, frame: &Frame) -> Result<(Plan, Frame)> {
        let (found, mut inner) = self.match_clause(clause, Plan::argument(), frame)?;
        inner.as_certain_as(frame);
        let new = inner.iter().filter(|(name, _)| frame.get(name).is_none());
        let slots = new.map(|(_, slot)| *slot).collect();
        let estimate = plan.estimate * found.estimate.max(1.0);
        let inputs = vec![plan, found];
        let detail = clause.pattern.to_string();
        Ok((Plan { operator: Operator::Optional { slots }, inputs, detail, estimate, id: 0 }, inner))
    }
}

/// The parts of a predicate that must all hold.
fn split<'a>(predicate: &'a Expression, conditions: &mut Vec<&'a Expression>) {
    match &predicate.kind {
        ExpressionKind::And(operands) => operands.iter().for_each(|operand| split(operand, conditions)),
        _ => conditions.push(predicate),
    }
}
