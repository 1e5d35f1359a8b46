//! Queries and clauses → operators.

use super::{Frame, Operator, Plan, Planner, Result};
use crate::query::ast::{Call, Clause, ClauseKind, Query, SingleQuery, Yield};
use crate::query::check::is_update;
use crate::query::error::QueryError;
use crate::query::plan::Expr;
use crate::query::plan::ExprKind;
use crate::query::value::Value;
use crate::text::Name;

impl Planner<'_> {
    /// Plans a query whose rows begin as `outer`; gives its columns.
    pub(super) fn query(&self, query: &Query, outer: &Frame) -> Result<(Plan, Vec<Name>)> {
        let (first, columns) = self.single_query(&query.first, outer)?;
        if query.unions.is_empty() {
            return Ok((first, columns));
        }
        let (mut inputs, mut order) = (vec![first], vec![(0..columns.len()).collect::<Vec<_>>()]);
        for union in &query.unions {
            let (plan, names) = self.single_query(&union.query, outer)?;
            let place = |column: &Name| names.iter().position(|name| name == column).unwrap_or_default();
            order.push(columns.iter().map(place).collect());
            inputs.push(plan);
        }
        let estimate = inputs.iter().map(|input| input.estimate).sum();
        let distinct = query.unions.iter().any(|union| !union.all);
        let plan = Plan { operator: Operator::Union { order }, inputs, detail: String::new(), estimate, id: 0 };
        Ok((if distinct { plan.scaled(Operator::Distinct, "", 0.9) } else { plan }, columns))
    }

    fn single_query(&self, query: &SingleQuery, outer: &Frame) -> Result<(Plan, Vec<Name>)> {
        let writes = query.clauses.iter().any(is_update);
        let (mut plan, mut frame) = (Plan::argument(), outer.clone());
        if let [Clause { kind: ClauseKind::Call(call), .. }] = &query.clauses[..] {
            return self.standalone_call(call);
        }
        for clause in &query.clauses {
            match &clause.kind {
                ClauseKind::Return(body) => return self.projection(body, None, plan, &frame, writes),
                ClauseKind::With { body, predicate } => {
                    let names;
                    (plan, names) = self.projection(body, predicate.as_ref(), plan, &frame, writes)?;
                    frame = Frame::of(names);
                }
                _ => (plan, frame) = self.clause(clause, plan, frame)?,
            }
        }
        // A subquery's rows are counted, a writing statement's are not given.
        let ends_in_call = query.clauses.last().is_some_and(|last| matches!(last.kind, ClauseKind::Call(_)));
        if writes || ends_in_call && outer.iter().next().is_none() {
            plan = plan.then(Operator::Exhaust, "", 0.0);
        }
        Ok((plan, Vec::new()))
    }

    fn clause(&self, clause: &Clause, plan: Plan, frame: Frame) -> Result<(Plan, Frame)> {
        match &clause.kind {
            ClauseKind::Match(clause) if clause.optional => self.optional_match(clause, plan, &frame),
            ClauseKind::Match(clause) => self.match_clause(clause, plan, &frame),
            ClauseKind::Unwind { list, variable } => {
                let mut inner = frame.clone();
                let slot = inner.add(variable.name.clone());
                let operator = Operator::Unwind { list: self.lower(list, &frame)?, slot };
                Ok((plan.scaled(operator, format!("{list} AS {variable}"), 10.0), inner))
            }
            ClauseKind::Call(call) => self.call(call, plan, frame),
            _ => self.write(clause, plan, frame),
        }
    }

    fn call(&self, call: &Call, plan: Plan, frame: Frame) -> Result<(Plan, Frame)> {
        let procedure = self.procedures.get(&call.name).ok_or_else(|| unknown(call))?;
        let arguments = call.arguments.iter().flatten();
        let arguments = arguments.map(|argument| self.lower(argument, &frame)).collect::<Result<_>>()?;
        let (mut inner, mut outputs) = (frame, Vec::new());
        if let Yield::Items(items) = &call.yields {
            for item in items {
                let place = procedure.outputs.iter().position(|output| output.name == item.result);
                outputs.push((place.unwrap_or_default(), inner.add(item.variable.name.clone())));
            }
        }
        let operator = Operator::Call { procedure: procedure.clone(), arguments, outputs };
        let mut plan = plan.scaled(operator, call.to_string().trim_start_matches("CALL "), 10.0);
        if let Some(predicate) = &call.predicate {
            plan = plan.scaled(Operator::Filter(self.lower(predicate, &inner)?), predicate.to_string(), 0.3);
        }
        Ok((plan, inner))
    }

    /// A statement that is one call gives all that the procedure gives.
    fn standalone_call(&self, call: &Call) -> Result<(Plan, Vec<Name>)> {
        let procedure = self.procedures.get(&call.name).ok_or_else(|| unknown(call))?;
        let named = |(place, output): (usize, &crate::query::procedure::Field)| (place, output.name.clone());
        let yielded: Vec<(usize, Name)> = match &call.yields {
            Yield::Items(items) => {
                let place = |name: &Name| procedure.outputs.iter().position(|output| output.name == *name);
                items.iter().map(|item| (place(&item.result).unwrap_or_default(), item.variable.name.clone())).collect()
            }
            _ => procedure.outputs.iter().enumerate().map(named).collect(),
        };
        let frame = Frame::of(yielded.iter().map(|(_, name)| name.clone()));
        let outputs = yielded.iter().enumerate().map(|(slot, (place, _))| (*place, slot)).collect();
        let arguments = match &call.arguments {
            Some(given) => {
                given.iter().map(|argument| self.lower(argument, &Frame::default())).collect::<Result<_>>()?
            }
            None => procedure.inputs.iter().filter_map(|input| self.implicit(&input.name, call)).collect(),
        };
        let operator = Operator::Call { procedure: procedure.clone(), arguments, outputs };
        let mut plan = Plan::argument().scaled(operator, call.to_string().trim_start_matches("CALL "), 10.0);
        if let Some(predicate) = &call.predicate {
            plan = plan.scaled(Operator::Filter(self.lower(predicate, &frame)?), predicate.to_string(), 0.3);
        }
        if procedure.is_void() {
            plan = plan.then(Operator::Exhaust, "", 0.0);
        }
        Ok((plan, yielded.into_iter().map(|(_, name)| name).collect()))
    }

    /// The parameter that stands for an argument left out.
    fn implicit(&self, name: &Name, call: &Call) -> Option<Expr> {
        let value: Value = self.parameters.get(name).cloned()?;
        Some(Expr::new(ExprKind::Constant(value), call.name_span))
    }
}

fn unknown(call: &Call) -> QueryError {
    let message = format!("there is no procedure `{}`", call.name);
    QueryError::compile(
        crate::query::error::QueryErrorKind::ProcedureError,
        "ProcedureNotFound",
        message,
        call.name_span,
    )
}
