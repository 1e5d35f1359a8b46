//! What a tree says word by word as its text does: strings, and the names of columns that have no other.

use super::{
    Call, Clause, ClauseKind, Expression, ExpressionKind, Literal, MapProjectionItem, Match, Merge, Pattern,
    PatternElement, ProjectionBody, Query, RemoveItem, SetItem, Statement,
};
use crate::text::{Name, Span};

/// Words of the text in the tree.
pub enum Wording<'a> {
    /// A string literal without its quotes.
    String(&'a mut Name),
    /// An expression that names its column.
    Column(&'a mut Name),
}

/// Called with where the words stand, quotes included, and the words.
type Visit<'v> = &'v mut dyn FnMut(Span, Wording<'_>);

impl Statement {
    /// Calls `visit` on all words of the text in the tree.
    pub fn for_each_wording(&mut self, visit: Visit<'_>) {
        query(&mut self.query, visit);
    }
}

fn query(query: &mut Query, visit: Visit<'_>) {
    let others = query.unions.iter_mut().map(|union| &mut union.query);
    for single in std::iter::once(&mut query.first).chain(others) {
        single.clauses.iter_mut().for_each(|one| clause(one, visit));
    }
}

fn clause(clause: &mut Clause, visit: Visit<'_>) {
    match &mut clause.kind {
        ClauseKind::Match(Match { pattern: parts, predicate, .. }) => {
            pattern(parts, visit);
            predicate.iter_mut().for_each(|predicate| expression(predicate, visit));
        }
        ClauseKind::Unwind { list, .. } => expression(list, visit),
        ClauseKind::Create(parts) => pattern(parts, visit),
        ClauseKind::Merge(Merge { part, on_create, on_match }) => {
            element(&mut part.element, visit);
            on_create.iter_mut().chain(on_match).for_each(|item| set_item(item, visit));
        }
        ClauseKind::Set(items) => items.iter_mut().for_each(|item| set_item(item, visit)),
        ClauseKind::Remove(items) => {
            for item in items {
                if let RemoveItem::Property { owner, .. } = item {
                    expression(owner, visit);
                }
            }
        }
        ClauseKind::Delete { expressions, .. } => expressions.iter_mut().for_each(|one| expression(one, visit)),
        ClauseKind::Call(Call { arguments, predicate, .. }) => {
            arguments.iter_mut().flatten().chain(predicate).for_each(|part| expression(part, visit));
        }
        ClauseKind::With { body, predicate } => {
            projection(body, visit);
            predicate.iter_mut().for_each(|predicate| expression(predicate, visit));
        }
        ClauseKind::Return(body) => projection(body, visit),
    }
}

fn set_item(item: &mut SetItem, visit: Visit<'_>) {
    match item {
        SetItem::Property { owner, value, .. } => {
            expression(owner, visit);
            expression(value, visit);
        }
        SetItem::All { value, .. } | SetItem::Add { value, .. } => expression(value, visit),
        SetItem::Labels { .. } => {}
    }
}

fn projection(body: &mut ProjectionBody, visit: Visit<'_>) {
    for item in &mut body.items {
        expression(&mut item.expression, visit);
        visit(item.span, Wording::Column(&mut item.text));
    }
    body.order.iter_mut().for_each(|item| expression(&mut item.expression, visit));
    body.skip.iter_mut().chain(&mut body.limit).for_each(|count| expression(count, visit));
}

fn pattern(pattern: &mut Pattern, visit: Visit<'_>) {
    pattern.parts.iter_mut().for_each(|part| element(&mut part.element, visit));
}

fn element(element: &mut PatternElement, visit: Visit<'_>) {
    element.start.properties.iter_mut().for_each(|map| expression(map, visit));
    for (relationship, node) in &mut element.chain {
        relationship.properties.iter_mut().chain(&mut node.properties).for_each(|map| expression(map, visit));
    }
}

fn expression(whole: &mut Expression, visit: Visit<'_>) {
    match &mut whole.kind {
        ExpressionKind::Literal(Literal::String(text)) => visit(whole.span, Wording::String(text)),
        ExpressionKind::PatternComprehension { element: chain, predicate, projection, .. } => {
            element(chain, visit);
            predicate.iter_mut().for_each(|predicate| expression(predicate, visit));
            expression(projection, visit);
        }
        ExpressionKind::PatternPredicate(chain) => element(chain, visit),
        ExpressionKind::ShortestPath(part) => element(&mut part.element, visit),
        ExpressionKind::Exists(subquery) | ExpressionKind::Count(subquery) => query(&mut subquery.query, visit),
        ExpressionKind::MapProjection(_, items) => {
            for item in items {
                if let MapProjectionItem::Entry(_, value) = item {
                    expression(value, visit);
                }
            }
        }
        _ => whole.for_each_part_mut(&mut |part| expression(part, visit)),
    }
}
