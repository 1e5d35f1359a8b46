//! Clauses.

use super::Rule;
use super::expression::{expression, property_lookups};
use super::pattern::{labels, pattern, pattern_part};
use super::scan::deeper;
use super::token::{Node, has, name, parts, span, text, variable};
use crate::query::ast::{
    Call, Clause, ClauseKind, Expression, ExpressionKind, Match, Merge, Mode, ProjectionBody, ProjectionItem, Query,
    RemoveItem, SetItem, SingleQuery, SortItem, Statement, Union, Yield, YieldItem,
};
use crate::query::error::QueryError;

type Result<T> = std::result::Result<T, QueryError>;

/// A whole statement, from a `cypher`.
pub(super) fn statement(node: Node<'_>) -> Result<Statement> {
    let mut parts = parts(node);
    let mode = match parts.take_rule(Rule::mode) {
        None => Mode::Run,
        Some(mode) if has(&mode, Rule::EXPLAIN) => Mode::Explain,
        Some(_) => Mode::Profile,
    };
    Ok(Statement { mode, query: query(parts.expect())? })
}

/// A `regular_query`.
pub(super) fn query(node: Node<'_>) -> Result<Query> {
    let mut parts = parts(node);
    let first = single_query(parts.expect())?;
    let unions = parts.map(union).collect::<Result<_>>()?;
    Ok(Query { first, unions })
}

fn union(node: Node<'_>) -> Result<Union> {
    let (all, span) = (has(&node, Rule::ALL), span(&node));
    Ok(Union { all, query: single_query(parts(node).expect())?, span })
}

fn single_query(node: Node<'_>) -> Result<SingleQuery> {
    let span = span(&node);
    let clauses = parts(node).map(clause).collect::<Result<_>>()?;
    Ok(SingleQuery { clauses, span })
}

fn clause(node: Node<'_>) -> Result<Clause> {
    let span = span(&node);
    let kind = match node.as_rule() {
        Rule::match_clause => match_clause(node)?,
        Rule::unwind => {
            let mut parts = parts(node);
            ClauseKind::Unwind { list: expression(parts.expect())?, variable: variable(parts.expect()) }
        }
        Rule::create => ClauseKind::Create(pattern(parts(node).expect())?),
        Rule::merge => merge(node)?,
        Rule::set => ClauseKind::Set(set_items(node)?),
        Rule::remove => ClauseKind::Remove(parts(node).map(remove_item).collect::<Result<_>>()?),
        Rule::delete => {
            let detach = has(&node, Rule::DETACH);
            ClauseKind::Delete { detach, expressions: parts(node).map(expression).collect::<Result<_>>()? }
        }
        Rule::call => ClauseKind::Call(call(node)?),
        Rule::with => {
            let mut parts = parts(node);
            let body = projection_body(parts.expect())?;
            ClauseKind::With { body, predicate: parts.next().map(where_clause).transpose()? }
        }
        _ => ClauseKind::Return(projection_body(parts(node).expect())?),
    };
    Ok(Clause { kind, span })
}

fn match_clause(node: Node<'_>) -> Result<ClauseKind> {
    let optional = has(&node, Rule::OPTIONAL);
    let mut parts = parts(node);
    let pattern = pattern(parts.expect())?;
    let predicate = parts.next().map(where_clause).transpose()?;
    Ok(ClauseKind::Match(Match { optional, pattern, predicate }))
}

/// The expression of a `where_clause`.
pub(super) fn where_clause(node: Node<'_>) -> Result<Expression> {
    expression(parts(node).expect())
}

fn merge(node: Node<'_>) -> Result<ClauseKind> {
    let mut parts = parts(node);
    let part = pattern_part(parts.expect())?;
    let mut merge = Merge { part, on_create: Vec::new(), on_match: Vec::new() };
    for action in parts {
        let mut action = super::token::parts(action);
        let on_create = action.expect().as_rule() == Rule::on_create;
        let items = set_items(action.expect())?;
        if on_create { merge.on_create.extend(items) } else { merge.on_match.extend(items) }
    }
    Ok(ClauseKind::Merge(merge))
}

fn set_items(node: Node<'_>) -> Result<Vec<SetItem>> {
    parts(node).map(|item| set_item(parts(item).expect())).collect()
}

fn set_item(node: Node<'_>) -> Result<SetItem> {
    let rule = node.as_rule();
    let mut parts = parts(node);
    let target = parts.expect();
    Ok(match rule {
        Rule::set_property => {
            let (owner, key) = property_expression(target)?;
            SetItem::Property { owner, key, value: expression(parts.expect())? }
        }
        Rule::set_all => SetItem::All { variable: variable(target), value: expression(parts.expect())? },
        Rule::set_add => SetItem::Add { variable: variable(target), value: expression(parts.expect())? },
        _ => SetItem::Labels { variable: variable(target), labels: labels(parts.expect()) },
    })
}

fn remove_item(node: Node<'_>) -> Result<RemoveItem> {
    let item = parts(node).expect();
    if item.as_rule() == Rule::remove_labels {
        let mut parts = parts(item);
        return Ok(RemoveItem::Labels { variable: variable(parts.expect()), labels: labels(parts.expect()) });
    }
    let (owner, key) = property_expression(item)?;
    Ok(RemoveItem::Property { owner, key })
}

/// The owner and the last key of a `property_expression`.
fn property_expression(node: Node<'_>) -> Result<(Expression, crate::text::Name)> {
    let mut parts = parts(node);
    let first = parts.expect();
    let place = span(&first);
    let owner = match first.as_rule() {
        Rule::variable => Expression { kind: ExpressionKind::Variable(name(first)), span: place },
        _ => expression(super::token::parts(first).expect())?,
    };
    let _deeper = deeper(parts.left(), owner.span)?;
    let whole = property_lookups(owner, parts)?;
    match whole.kind {
        ExpressionKind::Property(owner, key) => Ok((*owner, key)),
        _ => unreachable!("a property expression ends with a lookup"),
    }
}

fn call(node: Node<'_>) -> Result<Call> {
    let mut parts = parts(node);
    let procedure = parts.expect();
    let name_span = span(&procedure);
    let words: Vec<_> = super::token::parts(procedure).map(name).collect();
    let arguments = parts.take_rule(Rule::call_arguments);
    let arguments =
        arguments.map(|list| super::token::parts(list).map(expression).collect::<Result<Vec<_>>>()).transpose()?;
    let mut call = Call { name: words.join(".").into(), name_span, arguments, yields: Yield::Absent, predicate: None };
    match parts.next() {
        None => {}
        Some(all) if all.as_rule() == Rule::yield_all => call.yields = Yield::All(span(&all)),
        Some(items) => {
            let (items, filter): (Vec<_>, Vec<_>) =
                super::token::parts(items).partition(|part| part.as_rule() == Rule::yield_item);
            call.yields = Yield::Items(items.into_iter().map(yield_item).collect());
            call.predicate = filter.into_iter().next().map(where_clause).transpose()?;
        }
    }
    Ok(call)
}

fn yield_item(node: Node<'_>) -> YieldItem {
    let mut parts = parts(node);
    let first = parts.expect();
    match parts.next() {
        Some(second) => YieldItem { result: name(first), variable: variable(second) },
        None => {
            let variable = variable(first);
            YieldItem { result: variable.name.clone(), variable }
        }
    }
}

fn projection_body(node: Node<'_>) -> Result<ProjectionBody> {
    let distinct = has(&node, Rule::DISTINCT);
    let mut parts = parts(node);
    let items = parts.expect();
    let mut body = ProjectionBody {
        distinct,
        star: false,
        items: Vec::new(),
        order: Vec::new(),
        skip: None,
        limit: None,
        span: span(&items),
    };
    for item in super::token::parts(items) {
        match item.as_rule() {
            Rule::star if body.items.is_empty() && !body.star => body.star = true,
            Rule::star => return Err(QueryError::syntax("UnexpectedSyntax", "* stands first, once", span(&item))),
            _ => body.items.push(projection_item(item)?),
        }
    }
    for part in parts {
        match part.as_rule() {
            Rule::order => body.order = super::token::parts(part).map(sort_item).collect::<Result<_>>()?,
            Rule::skip_clause => body.skip = Some(where_clause(part)?),
            _ => body.limit = Some(where_clause(part)?),
        }
    }
    Ok(body)
}

fn projection_item(node: Node<'_>) -> Result<ProjectionItem> {
    let mut parts = parts(node);
    let item = parts.expect();
    let (text, span) = (text(&item).into(), span(&item));
    Ok(ProjectionItem { expression: expression(item)?, alias: parts.next().map(variable), text, span })
}

fn sort_item(node: Node<'_>) -> Result<SortItem> {
    let mut parts = parts(node);
    let expression = expression(parts.expect())?;
    Ok(SortItem { expression, descending: parts.next().is_some_and(|order| order.as_rule() == Rule::descending) })
}
