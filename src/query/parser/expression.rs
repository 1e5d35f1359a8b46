//! Expressions.

use super::clause::{query, where_clause};
use super::pattern::{labels, pattern, pattern_element, shortest_path};
use super::scan::deeper;
use super::token::{Node, Parts, has, name, parts, span, text, variable};
use super::{Rule, literal};
use crate::query::ast::{
    Alternative, ArithmeticOperator, Clause, ClauseKind, ComparisonOperator, Expression, ExpressionKind, Literal,
    MapProjectionItem, Match, QuantifierKind, Query, SingleQuery, StringOperator, Subquery, Variable,
};
use crate::query::error::QueryError;
use crate::text::{Name, Span};

type Result<T> = std::result::Result<T, QueryError>;

const fn node_of(kind: ExpressionKind, span: Span) -> Expression {
    Expression { kind, span }
}

/// Any rule of the expression part of the grammar.
pub(super) fn expression(node: Node<'_>) -> Result<Expression> {
    let span = span(&node);
    match node.as_rule() {
        Rule::expression => joined(node, span, ExpressionKind::Or),
        Rule::xor_expression => joined(node, span, ExpressionKind::Xor),
        Rule::and_expression => joined(node, span, ExpressionKind::And),
        Rule::not_expression => prefixed(node, span, |_, operand| ExpressionKind::Not(operand)),
        Rule::comparison_expression => comparison(node, span),
        Rule::predicate_expression => predicates(node, span),
        Rule::add_expression | Rule::multiply_expression | Rule::power_expression => arithmetic(node, span),
        Rule::unary_expression => unary(node, span),
        Rule::postfix_expression => {
            let mut parts = parts(node);
            let first = parts.expect();
            let _deeper = deeper(parts.left(), span)?;
            property_lookups(atom(first)?, parts)
        }
        _ => atom(node),
    }
}

fn joined(node: Node<'_>, span: Span, kind: impl Fn(Vec<Expression>) -> ExpressionKind) -> Result<Expression> {
    let mut operands = parts(node).map(expression).collect::<Result<Vec<_>>>()?;
    if operands.len() == 1 { Ok(operands.remove(0)) } else { Ok(node_of(kind(operands), span)) }
}

/// Prefix operators, all but the last part of `node`.
fn prefixed(node: Node<'_>, span: Span, kind: impl Fn(&str, Box<Expression>) -> ExpressionKind) -> Result<Expression> {
    let mut operators: Vec<Node<'_>> = parts(node).collect();
    let operand = operators.pop().expect("the grammar demands an operand");
    let _deeper = deeper(operators.len(), span)?;
    let operand = expression(operand)?;
    Ok(operators.iter().rev().fold(operand, |operand, operator| {
        node_of(kind(operator.as_str(), Box::new(operand)), Span::new(operator.as_span().start(), span.end))
    }))
}

/// Signs; one that stands directly before a number belongs to it.
fn unary(node: Node<'_>, span: Span) -> Result<Expression> {
    let mut all: Vec<Node<'_>> = parts(node.clone()).collect();
    let operand = all.pop().expect("the grammar demands an operand");
    if let (Some(sign), Some(number)) = (all.pop(), lone_number(&operand))
        && sign.as_str() == "-"
    {
        let _deeper = deeper(all.len(), span)?;
        let number = node_of(ExpressionKind::Literal(literal::number(number, true)?), span);
        return Ok(all.iter().rev().fold(number, |operand, sign| sign_of(sign.as_str(), operand, span)));
    }
    prefixed(node, span, |sign, operand| match sign {
        "-" => ExpressionKind::Negate(operand),
        _ => ExpressionKind::Plus(operand),
    })
}

fn sign_of(sign: &str, operand: Expression, span: Span) -> Expression {
    let operand = Box::new(operand);
    node_of(if sign == "-" { ExpressionKind::Negate(operand) } else { ExpressionKind::Plus(operand) }, span)
}

/// The number that `node` is, without any operator behind it.
fn lone_number<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    let mut parts = parts(node.clone());
    let first = parts.next().filter(|first| first.as_rule() == Rule::number_literal)?;
    parts.next().is_none().then_some(first)
}

fn comparison(node: Node<'_>, span: Span) -> Result<Expression> {
    let mut parts = parts(node);
    let first = expression(parts.expect())?;
    let mut rest = Vec::new();
    while let Some(operator) = parts.next() {
        let operator = match operator.as_str() {
            "=" => ComparisonOperator::Equal,
            "<>" => ComparisonOperator::NotEqual,
            "<" => ComparisonOperator::Less,
            "<=" => ComparisonOperator::LessOrEqual,
            ">" => ComparisonOperator::Greater,
            _ => ComparisonOperator::GreaterOrEqual,
        };
        rest.push((operator, expression(parts.expect())?));
    }
    Ok(if rest.is_empty() { first } else { node_of(ExpressionKind::Comparison(Box::new(first), rest), span) })
}

fn predicates(node: Node<'_>, span: Span) -> Result<Expression> {
    let mut parts = parts(node);
    let first = parts.expect();
    let _deeper = deeper(parts.left(), span)?;
    let mut operand = expression(first)?;
    for predicate in parts {
        let end = super::token::span(&predicate).end;
        let rule = predicate.as_rule();
        let right = super::token::parts(predicate).next().map(expression).transpose()?.map(Box::new);
        let left = Box::new(operand);
        let string =
            |operator| ExpressionKind::StringPredicate(operator, left.clone(), right.clone().expect("operand"));
        let kind = match rule {
            Rule::starts_with => string(StringOperator::StartsWith),
            Rule::ends_with => string(StringOperator::EndsWith),
            Rule::contains => string(StringOperator::Contains),
            Rule::matches => string(StringOperator::Matches),
            Rule::in_list => ExpressionKind::In(left, right.expect("the grammar demands a list")),
            Rule::is_null => ExpressionKind::IsNull(left),
            _ => ExpressionKind::IsNotNull(left),
        };
        operand = node_of(kind, Span::new(span.start, end));
    }
    Ok(operand)
}

fn arithmetic(node: Node<'_>, span: Span) -> Result<Expression> {
    let mut parts = parts(node).peekable();
    let first = expression(parts.next().expect("the grammar demands an operand"))?;
    let mut rest = Vec::new();
    while let Some(part) = parts.next() {
        let operator = match (part.as_rule(), part.as_str()) {
            (Rule::add_operator, "+") => ArithmeticOperator::Add,
            (Rule::add_operator, _) => ArithmeticOperator::Subtract,
            (Rule::multiply_operator, "*") => ArithmeticOperator::Multiply,
            (Rule::multiply_operator, "/") => ArithmeticOperator::Divide,
            (Rule::multiply_operator, _) => ArithmeticOperator::Modulo,
            _ => {
                rest.push((ArithmeticOperator::Power, expression(part)?));
                continue;
            }
        };
        rest.push((operator, expression(parts.next().expect("an operand follows"))?));
    }
    Ok(if rest.is_empty() { first } else { node_of(ExpressionKind::Arithmetic(Box::new(first), rest), span) })
}

/// Postfix operators behind `operand`.
pub(super) fn property_lookups(operand: Expression, steps: Parts<'_>) -> Result<Expression> {
    let mut operand = operand;
    for step in steps {
        let place = Span::new(operand.span.start, span(&step).end);
        let rule = step.as_rule();
        let mut inner = parts(step);
        let base = Box::new(operand);
        let kind = match rule {
            Rule::property_lookup => ExpressionKind::Property(base, name(inner.expect())),
            Rule::list_index => {
                let from = inner.take_rule(Rule::index).map(where_clause).transpose()?.map(Box::new);
                match (from, inner.next()) {
                    (Some(index), None) => ExpressionKind::Index(base, index),
                    (from, end) => {
                        let to = end.and_then(|end| parts(end).next()).map(expression).transpose()?.map(Box::new);
                        ExpressionKind::Slice(base, from, to)
                    }
                }
            }
            _ => ExpressionKind::HasLabels(base, labels(inner.expect())),
        };
        operand = node_of(kind, place);
    }
    Ok(operand)
}

fn atom(node: Node<'_>) -> Result<Expression> {
    let place = span(&node);
    let kind = match node.as_rule() {
        Rule::number_literal => ExpressionKind::Literal(literal::number(node, false)?),
        Rule::string_literal => ExpressionKind::Literal(Literal::String(literal::string(node)?.into())),
        Rule::boolean_literal => ExpressionKind::Literal(Literal::Boolean(has(&node, Rule::TRUE))),
        Rule::null_literal => ExpressionKind::Literal(Literal::Null),
        Rule::parameter => return Ok(parameter(node)),
        Rule::map_literal => return map_literal(node),
        Rule::list_literal => list(node)?,
        Rule::parenthesized_expression => return expression(parts(node).expect()),
        Rule::count_all => ExpressionKind::CountAll,
        Rule::variable => ExpressionKind::Variable(name(node)),
        Rule::relationships_pattern => ExpressionKind::PatternPredicate(Box::new(pattern_element(node)?)),
        Rule::shortest_path_pattern => ExpressionKind::ShortestPath(Box::new(shortest_path(node)?)),
        Rule::existential_subquery => ExpressionKind::Exists(Box::new(subquery(node)?)),
        Rule::count_subquery => ExpressionKind::Count(Box::new(subquery(node)?)),
        Rule::function_invocation => function(node)?,
        Rule::case_expression => case(node)?,
        Rule::pattern_comprehension => pattern_comprehension(node)?,
        Rule::quantifier => quantifier(node)?,
        Rule::reduce => reduce(node)?,
        _ => map_projection(node)?,
    };
    Ok(node_of(kind, place))
}

/// A `parameter`.
pub(super) fn parameter(node: Node<'_>) -> Expression {
    let span = span(&node);
    node_of(ExpressionKind::Parameter(name(node)), span)
}

/// A `map_literal`.
pub(super) fn map_literal(node: Node<'_>) -> Result<Expression> {
    let span = span(&node);
    let entries = parts(node).map(entry).collect::<Result<_>>()?;
    Ok(node_of(ExpressionKind::Map(entries), span))
}

fn entry(node: Node<'_>) -> Result<(Name, Expression)> {
    let mut parts = parts(node);
    Ok((name(parts.expect()), expression(parts.expect())?))
}

/// A pattern in the braces of `EXISTS` and `COUNT` is short for `MATCH` with it.
fn subquery(node: Node<'_>) -> Result<Subquery> {
    let body = parts(node).find(|part| part.as_rule() == Rule::subquery).expect("the grammar demands a body");
    let place = span(&body);
    let mut parts = parts(body);
    let first = parts.expect();
    if first.as_rule() == Rule::regular_query {
        return Ok(Subquery { query: query(first)? });
    }
    let predicate = parts.next().map(where_clause);
    let clause = Match { optional: false, pattern: pattern(first)?, predicate: predicate.transpose()? };
    let clauses = vec![Clause { kind: ClauseKind::Match(clause), span: place }];
    Ok(Subquery { query: Query { first: SingleQuery { clauses, span: place }, unions: Vec::new() } })
}

fn function(node: Node<'_>) -> Result<ExpressionKind> {
    let distinct = has(&node, Rule::distinct);
    let mut parts = parts(node);
    let called = parts.expect();
    let name_span = span(&called);
    let words: Vec<Name> = super::token::parts(called.clone()).map(name).collect();
    let name = if words.is_empty() { text(&called).into() } else { words.join(".").into() };
    let arguments = parts.filter(|part| part.as_rule() != Rule::distinct).map(expression).collect::<Result<_>>()?;
    Ok(ExpressionKind::Function { name, name_span, distinct, arguments })
}

fn case(node: Node<'_>) -> Result<ExpressionKind> {
    let mut parts = parts(node);
    let operand = parts.take_rule(Rule::case_operand).map(where_clause).transpose()?.map(Box::new);
    let (mut alternatives, mut default) = (Vec::new(), None);
    for part in parts {
        if part.as_rule() == Rule::case_default {
            default = Some(Box::new(where_clause(part)?));
            continue;
        }
        let mut parts = super::token::parts(part);
        alternatives.push(Alternative { condition: expression(parts.expect())?, result: expression(parts.expect())? });
    }
    Ok(ExpressionKind::Case { operand, alternatives, default })
}

/// A list, or a comprehension where it begins with `variable IN list` and nothing but its tail follows.
fn list(node: Node<'_>) -> Result<ExpressionKind> {
    let (mut items, mut tail, mut bracketed) = (Vec::new(), None, false);
    for part in parts(node) {
        if part.as_rule() == Rule::comprehension_tail {
            tail = Some(part);
            continue;
        }
        bracketed = part.as_str().starts_with('(');
        items.push(expression(part)?);
    }
    let is_comprehension = items.len() == 1 && !bracketed && is_membership(&items[0]);
    match (is_comprehension, tail) {
        (true, tail) => comprehension(items.remove(0), tail),
        (false, None) => Ok(ExpressionKind::List(items)),
        (false, Some(tail)) => {
            let message = "a list comprehension begins with a name and IN";
            Err(QueryError::syntax("UnexpectedSyntax", message, span(&tail))
                .with_hint("write [x IN list WHERE condition | value]"))
        }
    }
}

fn is_membership(expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::In(left, _) if left.variable().is_some())
}

fn comprehension(membership: Expression, tail: Option<Node<'_>>) -> Result<ExpressionKind> {
    let ExpressionKind::In(left, list) = membership.kind else { return Ok(membership.kind) };
    let name = left.variable().cloned().unwrap_or_default();
    let variable = Variable { name, span: left.span };
    let (mut predicate, mut projection) = (None, None);
    for part in tail.into_iter().flat_map(parts) {
        if part.as_rule() == Rule::where_clause {
            predicate = Some(Box::new(where_clause(part)?));
        } else {
            projection = Some(Box::new(expression(part)?));
        }
    }
    Ok(ExpressionKind::ListComprehension { variable, list, predicate, projection })
}

fn pattern_comprehension(node: Node<'_>) -> Result<ExpressionKind> {
    let mut parts = parts(node);
    let variable = parts.take_rule(Rule::variable).map(variable);
    let element = Box::new(pattern_element(parts.expect())?);
    let predicate = parts.take_rule(Rule::where_clause).map(where_clause).transpose()?.map(Box::new);
    let projection = Box::new(expression(parts.expect())?);
    Ok(ExpressionKind::PatternComprehension { variable, element, predicate, projection })
}

fn quantifier(node: Node<'_>) -> Result<ExpressionKind> {
    let mut parts = parts(node);
    let kind = match text(&parts.expect()).to_ascii_lowercase().as_str() {
        "all" => QuantifierKind::All,
        "any" => QuantifierKind::Any,
        "none" => QuantifierKind::None,
        _ => QuantifierKind::Single,
    };
    let variable = variable(parts.expect());
    let list = Box::new(expression(parts.expect())?);
    let predicate = parts.next().map(where_clause).transpose()?.map(Box::new);
    Ok(ExpressionKind::Quantifier { kind, variable, list, predicate })
}

fn reduce(node: Node<'_>) -> Result<ExpressionKind> {
    let mut parts = parts(node);
    Ok(ExpressionKind::Reduce {
        accumulator: variable(parts.expect()),
        initial: Box::new(expression(parts.expect())?),
        variable: variable(parts.expect()),
        list: Box::new(expression(parts.expect())?),
        step: Box::new(expression(parts.expect())?),
    })
}

fn map_projection(node: Node<'_>) -> Result<ExpressionKind> {
    let mut parts = parts(node);
    let base = variable(parts.expect());
    let items = parts
        .map(|item| {
            let item = super::token::parts(item).expect();
            Ok(match item.as_rule() {
                Rule::projected_all => MapProjectionItem::All,
                Rule::projected_property => MapProjectionItem::Property(name(item)),
                Rule::projected_entry => {
                    let (key, value) = entry(item)?;
                    MapProjectionItem::Entry(key, value)
                }
                _ => MapProjectionItem::Variable(variable(item)),
            })
        })
        .collect::<Result<_>>()?;
    Ok(ExpressionKind::MapProjection(base, items))
}
