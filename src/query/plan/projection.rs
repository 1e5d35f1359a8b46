//! `WITH` and `RETURN` → project, aggregate, order, cut.

use super::{AggregateCall, Expr, Frame, Operator, Plan, Planner, Result};
use crate::query::aggregate::Aggregate;
use crate::query::ast::{Expression, ExpressionKind, ProjectionBody, SortItem};
use crate::query::check::{columns_for, contains_aggregate, is_aggregate};
use crate::query::value::Value;
use crate::text::Name;

use super::ExprKind;

/// An expression and the column that holds its value.
type Computed = (Expression, Name);

impl Planner<'_> {
    /// Plans a projection; its rows hold the columns and nothing else.
    pub(super) fn projection(
        &self,
        body: &ProjectionBody,
        predicate: Option<&Expression>,
        plan: Plan,
        frame: &Frame,
        writes: bool,
    ) -> Result<(Plan, Vec<Name>)> {
        let aggregating = body.items.iter().any(|item| contains_aggregate(&item.expression));
        if !aggregating && !body.distinct {
            return self.plain(body, predicate, plan, frame, writes);
        }
        let (mut plan, columns) =
            if aggregating { self.aggregate(body, plan, frame)? } else { self.items(body, plan, frame)? };
        let frame = Frame::of(columns.iter().cloned());
        if body.distinct {
            plan = plan.scaled(Operator::Distinct, "", 0.9);
        }
        let order: Vec<SortItem> = body.order.iter().map(|sort| replaced(sort, body)).collect();
        plan = self.ordered(body, &order, plan, &frame, writes)?;
        if let Some(predicate) = predicate {
            let replaced = columns_for(predicate, &body.items);
            plan = plan.scaled(Operator::Filter(self.lower(&replaced, &frame)?), predicate.to_string(), 0.3);
        }
        Ok((plan, columns))
    }

    /// Without grouping: order and filter still see the old names.
    fn plain(
        &self,
        body: &ProjectionBody,
        predicate: Option<&Expression>,
        plan: Plan,
        frame: &Frame,
        writes: bool,
    ) -> Result<(Plan, Vec<Name>)> {
        let (mut inner, mut computed, mut slots, mut columns) = (frame.clone(), Vec::new(), Vec::new(), Vec::new());
        if body.star {
            for (name, slot) in frame.iter() {
                columns.push(name.clone());
                slots.push(*slot);
            }
        }
        let mut aliases = Vec::new();
        for item in &body.items {
            let slot = match item.expression.variable().and_then(|name| frame.get(name)) {
                Some(slot) => slot,
                None => {
                    let slot = inner.anonymous();
                    computed.push((slot, self.lower(&item.expression, frame)?));
                    slot
                }
            };
            aliases.push((item.name().clone(), slot));
            columns.push(item.name().clone());
            slots.push(slot);
        }
        for (name, slot) in aliases {
            inner.alias(name, slot);
        }
        let detail = body_detail(body);
        let mut plan = plan;
        if !computed.is_empty() {
            plan = plan.scaled(Operator::Project(computed), detail.clone(), 1.0);
        }
        plan = self.ordered(body, &body.order, plan, &inner, writes)?;
        if let Some(predicate) = predicate {
            plan = plan.scaled(Operator::Filter(self.lower(predicate, &inner)?), predicate.to_string(), 0.3);
        }
        Ok((plan.scaled(Operator::Narrow(slots), columns.join(", "), 1.0), columns))
    }

    /// The columns alone.
    fn items(&self, body: &ProjectionBody, plan: Plan, frame: &Frame) -> Result<(Plan, Vec<Name>)> {
        let bare = ProjectionBody { order: Vec::new(), skip: None, limit: None, distinct: false, ..body.clone() };
        self.plain(&bare, None, plan, frame, false)
    }

    fn ordered(
        &self,
        body: &ProjectionBody,
        order: &[SortItem],
        plan: Plan,
        frame: &Frame,
        writes: bool,
    ) -> Result<Plan> {
        let constants = Frame::default();
        let skip = body.skip.as_ref().map(|skip| self.lower(skip, &constants)).transpose()?;
        let limit = body.limit.as_ref().map(|limit| self.lower(limit, &constants)).transpose()?;
        let mut plan = plan;
        if !order.is_empty() {
            let keys = order
                .iter()
                .map(|sort| Ok((self.lower(&sort.expression, frame)?, sort.descending)))
                .collect::<Result<_>>()?;
            let words: Vec<String> = order.iter().map(ToString::to_string).collect();
            // With SKIP the heap would have to hold both; the sum is not always known.
            let bound = if skip.is_none() { limit.clone() } else { None };
            plan = plan.scaled(Operator::Sort { keys, limit: bound }, words.join(", "), 1.0);
        }
        if let (Some(count), Some(words)) = (skip, &body.skip) {
            plan = plan.scaled(Operator::Skip(count), words.to_string(), 1.0);
        }
        if let (Some(count), Some(words)) = (limit, &body.limit) {
            let rows = constant_rows(&count).unwrap_or(plan.estimate).min(plan.estimate);
            plan = plan.then(Operator::Limit { count, exhaust: writes }, words.to_string(), rows);
        }
        Ok(plan)
    }

    fn aggregate(&self, body: &ProjectionBody, plan: Plan, frame: &Frame) -> Result<(Plan, Vec<Name>)> {
        let (mut keys, mut computed, mut names): (Vec<Expr>, Vec<Computed>, Vec<Name>) = Default::default();
        let mut columns: Vec<Name> = Vec::new();
        if body.star {
            for (name, slot) in frame.iter() {
                keys.push(Expr::slot(*slot, body.span));
                let variable = Expression { kind: ExpressionKind::Variable(name.clone()), span: body.span };
                computed.push((variable, name.clone()));
                names.push(name.clone());
                columns.push(name.clone());
            }
        }
        for item in body.items.iter().filter(|item| !contains_aggregate(&item.expression)) {
            keys.push(self.lower(&item.expression, frame)?);
            computed.push((item.expression.clone(), item.name().clone()));
            names.push(item.name().clone());
        }
        let mut calls = Vec::new();
        for item in &body.items {
            columns.push(item.name().clone());
            for call in aggregates_of(&item.expression) {
                if computed.iter().any(|(known, _)| known.same(call)) {
                    continue;
                }
                let name: Name = format!("aggregate {}", calls.len()).into();
                calls.push(self.aggregate_call(call, frame)?);
                computed.push((call.clone(), name.clone()));
                names.push(name);
            }
        }
        let groups = if keys.is_empty() { 1.0 } else { plan.estimate.sqrt().max(1.0) };
        let plan = plan.then(Operator::Aggregate { keys, calls }, body_detail(body), groups);
        let grouped = Frame::of(names);
        let mut finish = Vec::new();
        let mut last = grouped.clone();
        let mut slots: Vec<usize> =
            if body.star { frame.iter().filter_map(|(name, _)| grouped.get(name)).collect() } else { Vec::new() };
        for item in &body.items {
            let slot = if contains_aggregate(&item.expression) {
                let slot = last.anonymous();
                finish.push((slot, self.lower(&replace(&item.expression, &computed), &grouped)?));
                slot
            } else {
                grouped.get(item.name()).unwrap_or_default()
            };
            slots.push(slot);
        }
        let plan = plan.scaled(Operator::Project(finish), body_detail(body), 1.0);
        Ok((plan.scaled(Operator::Narrow(slots), columns.join(", "), 1.0), columns))
    }

    fn aggregate_call(&self, call: &Expression, frame: &Frame) -> Result<AggregateCall> {
        match &call.kind {
            // What is never null is counted as rows are.
            ExpressionKind::Function { name, distinct: false, arguments, .. }
                if Aggregate::lookup(name) == Some(Aggregate::Count)
                    && arguments[0]
                        .variable()
                        .and_then(|name| frame.get(name))
                        .is_some_and(|slot| frame.is_certain(slot)) =>
            {
                Ok(count_all(call))
            }
            ExpressionKind::Function { name, distinct, arguments, .. } => Ok(AggregateCall {
                aggregate: Aggregate::lookup(name).unwrap_or(Aggregate::Count),
                distinct: *distinct,
                arguments: arguments.iter().map(|argument| self.lower(argument, frame)).collect::<Result<_>>()?,
            }),
            _ => Ok(count_all(call)),
        }
    }
}

fn count_all(call: &Expression) -> AggregateCall {
    let every = Expr::new(ExprKind::Constant(Value::Boolean(true)), call.span);
    AggregateCall { aggregate: Aggregate::Count, distinct: false, arguments: vec![every] }
}

/// The items as written, for people.
fn body_detail(body: &ProjectionBody) -> String {
    let bare = ProjectionBody { order: Vec::new(), skip: None, limit: None, distinct: false, ..body.clone() };
    bare.to_string()
}

fn constant_rows(count: &Expr) -> Option<f64> {
    match &count.kind {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        ExprKind::Constant(Value::Integer(rows)) => Some(*rows as f64),
        _ => None,
    }
}

fn replaced(sort: &SortItem, body: &ProjectionBody) -> SortItem {
    SortItem { expression: columns_for(&sort.expression, &body.items), descending: sort.descending }
}

/// The aggregates in an expression, outermost ones.
fn aggregates_of(expression: &Expression) -> Vec<&Expression> {
    let own = match &expression.kind {
        ExpressionKind::CountAll => true,
        ExpressionKind::Function { name, .. } => is_aggregate(name),
        _ => false,
    };
    if own {
        return vec![expression];
    }
    let mut found = Vec::new();
    expression.for_each_part(&mut |part| found.extend(aggregates_of(part)));
    found
}

/// `expression` with what is computed replaced by its column.
fn replace(expression: &Expression, computed: &[Computed]) -> Expression {
    if let Some((_, name)) = computed.iter().find(|(known, _)| known.same(expression)) {
        return Expression { kind: ExpressionKind::Variable(name.clone()), span: expression.span };
    }
    let mut changed = expression.clone();
    changed.for_each_part_mut(&mut |part| *part = replace(part, computed));
    changed
}
