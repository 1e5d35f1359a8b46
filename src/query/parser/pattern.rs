//! Patterns.

use super::Rule;
use super::expression::{map_literal, parameter};
use super::token::{Node, has, name, parts, span, variable};
use crate::query::ast::{
    Direction, Expression, NodePattern, Pattern, PatternElement, PatternPart, Range, RelationshipPattern, ShortestKind,
};
use crate::query::error::QueryError;
use crate::text::Name;

type Result<T> = std::result::Result<T, QueryError>;

/// A `pattern`.
pub(super) fn pattern(node: Node<'_>) -> Result<Pattern> {
    Ok(Pattern { parts: parts(node).map(pattern_part).collect::<Result<_>>()? })
}

/// A `pattern_part`.
pub(super) fn pattern_part(node: Node<'_>) -> Result<PatternPart> {
    let mut parts = parts(node);
    let name = parts.take_rule(Rule::variable).map(variable);
    let body = parts.expect();
    let mut part = match body.as_rule() {
        Rule::shortest_path_pattern => shortest_path(body)?,
        _ => PatternPart { variable: None, shortest: None, element: pattern_element(body)? },
    };
    part.variable = name;
    Ok(part)
}

/// A `shortest_path_pattern`.
pub(super) fn shortest_path(node: Node<'_>) -> Result<PatternPart> {
    let mut parts = parts(node);
    let kind = match parts.expect().as_rule() {
        Rule::all_shortest => ShortestKind::All,
        _ => ShortestKind::One,
    };
    let element = pattern_element(parts.expect())?;
    if element.chain.len() != 1 {
        let message = "a shortest path joins two nodes by one relationship pattern";
        return Err(
            QueryError::syntax("UnexpectedSyntax", message, element.span).with_hint("write shortestPath((a)-[*]-(b))")
        );
    }
    Ok(PatternPart { variable: None, shortest: Some(kind), element })
}

/// A `pattern_element` or a `relationships_pattern`.
pub(super) fn pattern_element(node: Node<'_>) -> Result<PatternElement> {
    let span = span(&node);
    let mut parts = parts(node);
    let first = parts.expect();
    if first.as_rule() == Rule::pattern_element {
        return pattern_element(first);
    }
    let start = node_pattern(first)?;
    let chain = parts
        .map(|link| {
            let mut parts = super::token::parts(link);
            Ok((relationship_pattern(parts.expect())?, node_pattern(parts.expect())?))
        })
        .collect::<Result<_>>()?;
    Ok(PatternElement { start, chain, span })
}

fn node_pattern(node: Node<'_>) -> Result<NodePattern> {
    let span = span(&node);
    let mut parts = parts(node);
    Ok(NodePattern {
        variable: parts.take_rule(Rule::variable).map(variable),
        labels: parts.take_rule(Rule::node_labels).map(labels).unwrap_or_default(),
        properties: parts.take_rule(Rule::properties).map(properties).transpose()?,
        span,
    })
}

/// The names of `node_labels`.
pub(super) fn labels(node: Node<'_>) -> Vec<Name> {
    parts(node).map(name).collect()
}

fn properties(node: Node<'_>) -> Result<Expression> {
    let inner = parts(node).expect();
    match inner.as_rule() {
        Rule::map_literal => map_literal(inner),
        _ => Ok(parameter(inner)),
    }
}

fn relationship_pattern(node: Node<'_>) -> Result<RelationshipPattern> {
    let span = span(&node);
    let direction = match (has(&node, Rule::left_arrow_head), has(&node, Rule::right_arrow_head)) {
        (true, false) => Direction::Left,
        (false, true) => Direction::Right,
        _ => Direction::Either,
    };
    let detail = parts(node).find(|part| part.as_rule() == Rule::relationship_detail);
    let mut pattern =
        RelationshipPattern { variable: None, types: Vec::new(), length: None, properties: None, direction, span };
    for part in detail.into_iter().flat_map(parts) {
        match part.as_rule() {
            Rule::variable => pattern.variable = Some(variable(part)),
            Rule::relationship_types => pattern.types = labels(part),
            Rule::range_literal => pattern.length = Some(range(part)?),
            _ => pattern.properties = Some(properties(part)?),
        }
    }
    Ok(pattern)
}

/// `*`, `*2`, `*1..`, `*..3`, `*1..3`.
fn range(node: Node<'_>) -> Result<Range> {
    let (mut range, mut open) = (Range { min: None, max: None }, false);
    for part in parts(node) {
        let place = span(&part);
        let bound = part.as_str().trim().parse::<u64>();
        let overflow = |_| QueryError::syntax("IntegerOverflow", "the length is past 64 bits", place);
        match part.as_rule() {
            Rule::range_start => range.min = Some(bound.map_err(overflow)?),
            Rule::range_end => range.max = Some(bound.map_err(overflow)?),
            _ => open = true,
        }
    }
    if !open {
        range.max = range.min;
    }
    Ok(range)
}
