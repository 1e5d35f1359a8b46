//! Which expressions aggregate, and what may stand beside an aggregate.

use super::{Checker, Result, Scope};
use crate::query::aggregate::Aggregate;
use crate::query::ast::{Expression, ExpressionKind, ProjectionBody, ProjectionItem};
use crate::query::error::QueryError;
use crate::text::Name;

/// Whether a function of that name aggregates.
#[must_use]
pub fn is_aggregate(name: &str) -> bool {
    Aggregate::lookup(name).is_some()
}

/// Whether an expression aggregates by itself.
pub(super) fn aggregates(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::CountAll => true,
        ExpressionKind::Function { name, .. } => is_aggregate(name),
        _ => false,
    }
}

/// Whether it or any part of it aggregates.
#[must_use]
pub fn contains_aggregate(expression: &Expression) -> bool {
    expression.any(&aggregates)
}

/// `expression` with each part that `items` computes replaced by the name of its column: what
/// `ORDER BY` means behind `DISTINCT` and aggregation.
#[must_use]
pub fn columns_for(expression: &Expression, items: &[ProjectionItem]) -> Expression {
    let is_alias = |name: &Name| items.iter().any(|item| item.name() == name);
    if expression.variable().is_some_and(is_alias) {
        return expression.clone();
    }
    if let Some(item) = items.iter().find(|item| item.expression.same(expression)) {
        return Expression { kind: ExpressionKind::Variable(item.name().clone()), span: expression.span };
    }
    let mut replaced = expression.clone();
    replaced.for_each_part_mut(&mut |part| *part = columns_for(part, items));
    replaced
}

impl Checker<'_> {
    /// Beside an aggregate only constants, and names and properties that group.
    pub(super) fn grouping(&self, body: &ProjectionBody, scope: &Scope) -> Result<()> {
        let keys: Vec<&Expression> =
            body.items.iter().map(|item| &item.expression).filter(|key| !contains_aggregate(key)).collect();
        let starred = |name: &str| body.star && scope.get(name).is_some();
        for item in &body.items {
            if contains_aggregate(&item.expression) {
                unambiguous(&item.expression, &keys, &starred, &mut Vec::new())?;
            }
        }
        Ok(())
    }
}

fn is_simple(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Variable(_) => true,
        ExpressionKind::Property(owner, _) => is_simple(owner),
        _ => false,
    }
}

fn unambiguous<'a>(
    expression: &'a Expression,
    keys: &[&Expression],
    starred: &dyn Fn(&str) -> bool,
    locals: &mut Vec<&'a Name>,
) -> Result<()> {
    if aggregates(expression) || is_simple(expression) && keys.iter().any(|key| key.same(expression)) {
        return Ok(());
    }
    if let Some(name) = expression.variable() {
        if locals.contains(&name) || starred(name) {
            return Ok(());
        }
        let message = format!("`{name}` stands beside an aggregate but is no grouping key");
        return Err(QueryError::syntax("AmbiguousAggregationExpression", message, expression.span)
            .with_hint("give it in a WITH before"));
    }
    let before = locals.len();
    locals.extend(expression.bound_names());
    let mut outcome = Ok(());
    expression.for_each_part(&mut |part| {
        if outcome.is_ok() {
            outcome = unambiguous(part, keys, starred, locals);
        }
    });
    locals.truncate(before);
    outcome
}
