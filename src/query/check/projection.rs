//! `WITH` and `RETURN`: columns, and what `ORDER BY`, `SKIP`, `LIMIT` and `WHERE` behind them see.

use super::aggregation::aggregates;
use super::expression::Place;
use super::{Checker, Result, Scope, Type, columns_for, contains_aggregate};
use crate::query::ast::{Expression, ExpressionKind, Literal, ProjectionBody, ProjectionItem};
use crate::query::error::QueryError;
use crate::query::value::Types;
use crate::text::{Name, Span};

impl Checker<'_> {
    /// Checks a projection; gives the scope of its columns and their names in order.
    pub(super) fn projection(
        &self,
        body: &ProjectionBody,
        scope: &Scope,
        is_return: bool,
    ) -> Result<(Scope, Vec<Name>)> {
        let (after, columns) = self.columns(body, scope, is_return)?;
        if body.items.iter().any(|item| contains_aggregate(&item.expression)) {
            self.grouping(body, scope)?;
        }
        for sort in &body.order {
            self.sort_key(body, &sort.expression, scope, &after)?;
        }
        if !is_return {
            body.items.iter().try_for_each(alias_given)?;
        }
        for bound in body.skip.iter().chain(&body.limit) {
            self.row_count(bound)?;
        }
        Ok((after, columns))
    }

    fn columns(&self, body: &ProjectionBody, scope: &Scope, is_return: bool) -> Result<(Scope, Vec<Name>)> {
        let (mut after, mut columns) = (Scope::default(), Vec::new());
        if body.star {
            if scope.is_empty() && is_return && body.items.is_empty() {
                let message = "there is no variable that * could stand for";
                return Err(QueryError::syntax("NoVariablesInScope", message, body.span));
            }
            for (name, bound) in scope.iter() {
                after.bind(name.clone(), bound.clone());
                columns.push(name.clone());
            }
        }
        for item in &body.items {
            let found = self.infer(&item.expression, scope, Place::PROJECTION)?;
            let name = item.name();
            if columns.contains(name) {
                let message = format!("column `{name}` stands twice");
                return Err(QueryError::syntax("ColumnNameConflict", message, item.expression.span)
                    .with_hint("give one of them another name with AS"));
            }
            columns.push(name.clone());
            after.bind(name.clone(), found);
        }
        Ok((after, columns))
    }

    fn sort_key(&self, body: &ProjectionBody, key: &Expression, scope: &Scope, after: &Scope) -> Result<()> {
        let aggregating = is_aggregating(body);
        if !aggregating && !body.distinct {
            return self.infer(key, &scope.under(after), Place::VALUE).map(drop);
        }
        let replaced = columns_for(key, &body.items);
        let outcome = self.infer(&replaced, after, Place::PROJECTION);
        match outcome {
            Ok(_) if contains_aggregate(&replaced) && !aggregating => self.infer(key, after, Place::VALUE).map(drop),
            Err(error) if error.detail == "UndefinedVariable" && contains_aggregate(key) => {
                Err(self.unsortable(body, key, error))
            }
            outcome => outcome.map(drop),
        }
    }

    /// A name beside an aggregate that groups only as a part of something larger is ambiguous.
    fn unsortable(&self, body: &ProjectionBody, key: &Expression, error: QueryError) -> QueryError {
        let Some(span) = error.span else { return error };
        let mut undefined = None;
        find(key, span, &mut undefined);
        let name = undefined.and_then(Expression::variable);
        let groups = body.items.iter().any(|item| {
            let part = |part: &Expression| part.variable().is_some() && part.variable() == name;
            !contains_aggregate(&item.expression) && item.expression.any(&part)
        });
        if !groups {
            return error;
        }
        QueryError::syntax("AmbiguousAggregationExpression", error.message, span)
    }

    /// What stands behind `WHERE` of a `WITH`.
    pub(super) fn filter(
        &self,
        body: &ProjectionBody,
        predicate: &Expression,
        scope: &Scope,
        after: &Scope,
    ) -> Result<()> {
        if is_aggregating(body) || body.distinct {
            let replaced = columns_for(predicate, &body.items);
            return self.predicate(&replaced, after, Place::PREDICATE);
        }
        self.predicate(predicate, &scope.under(after), Place::PREDICATE)
    }

    /// What stands behind `SKIP` and `LIMIT`: no variable, and no negative number.
    fn row_count(&self, bound: &Expression) -> Result<()> {
        let names = |part: &Expression| {
            matches!(
                part.kind,
                ExpressionKind::Variable(_) | ExpressionKind::PatternPredicate(_) | ExpressionKind::Exists(_)
            )
        };
        if bound.any(&names) {
            let message = "SKIP and LIMIT take a number that is the same for all rows";
            return Err(QueryError::syntax("NonConstantExpression", message, bound.span));
        }
        if let ExpressionKind::Literal(Literal::Integer(..0)) = bound.kind {
            let message = "SKIP and LIMIT take no negative number";
            return Err(QueryError::syntax("NegativeIntegerArgument", message, bound.span));
        }
        let found: Type = self.infer(bound, &Scope::default(), Place::VALUE)?;
        self.demand(&found, Types::INTEGER, bound.span, "the number of rows")
    }
}

/// Whether a projection groups its rows.
pub(super) fn is_aggregating(body: &ProjectionBody) -> bool {
    body.items.iter().any(|item| contains_aggregate(&item.expression))
}

fn alias_given(item: &ProjectionItem) -> Result<()> {
    if item.alias.is_some() || item.expression.variable().is_some() {
        return Ok(());
    }
    let message = format!("`{}` needs a name in WITH", item.text);
    Err(QueryError::syntax("NoExpressionAlias", message, item.expression.span).with_hint("give it one with AS"))
}

/// The variable at `span`, unless it stands inside an aggregate.
fn find<'a>(expression: &'a Expression, span: Span, found: &mut Option<&'a Expression>) {
    if expression.span == span && expression.variable().is_some() {
        *found = Some(expression);
    }
    if !aggregates(expression) {
        expression.for_each_part(&mut |part| find(part, span, found));
    }
}
