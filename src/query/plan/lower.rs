//! Expressions of the tree → expressions that run.

use std::sync::Arc;

use super::{Expr, ExprKind, Frame, Plan, Planner, Result};
use crate::query::ast::{
    Expression, ExpressionKind, Literal, MapProjectionItem, Match, NodePattern, Pattern, PatternElement, PatternPart,
    ShortestKind, Subquery, Variable,
};
use crate::query::error::QueryError;
use crate::query::function;
use crate::query::value::Value;
use crate::text::Name;

impl Planner<'_> {
    /// Lowers an expression that sees `frame`.
    pub(super) fn lower(&self, expression: &Expression, frame: &Frame) -> Result<Expr> {
        let one = |part: &Expression| self.lower(part, frame).map(Box::new);
        let all = |parts: &[Expression]| parts.iter().map(|part| self.lower(part, frame)).collect::<Result<Vec<_>>>();
        let kind = match &expression.kind {
            ExpressionKind::Literal(literal) => ExprKind::Constant(constant(literal)),
            ExpressionKind::Parameter(name) => {
                ExprKind::Constant(self.parameters.get(name).cloned().unwrap_or(Value::Null))
            }
            ExpressionKind::Variable(name) => ExprKind::Slot(slot(frame, name, expression)?),
            ExpressionKind::List(items) => ExprKind::List(all(items)?),
            ExpressionKind::Map(entries) => {
                let entry = |(key, value): &(Name, Expression)| Ok((key.clone(), self.lower(value, frame)?));
                ExprKind::Map(entries.iter().map(entry).collect::<Result<_>>()?)
            }
            ExpressionKind::Or(operands) => ExprKind::Or(all(operands)?),
            ExpressionKind::Xor(operands) => ExprKind::Xor(all(operands)?),
            ExpressionKind::And(operands) => ExprKind::And(all(operands)?),
            ExpressionKind::Not(operand) => ExprKind::Not(one(operand)?),
            ExpressionKind::Comparison(first, rest) => {
                let rest = rest.iter().map(|(operator, operand)| Ok((*operator, self.lower(operand, frame)?)));
                ExprKind::Comparison(one(first)?, rest.collect::<Result<_>>()?)
            }
            ExpressionKind::Arithmetic(first, rest) => {
                let rest = rest.iter().map(|(operator, operand)| Ok((*operator, self.lower(operand, frame)?)));
                ExprKind::Arithmetic(one(first)?, rest.collect::<Result<_>>()?)
            }
            ExpressionKind::Negate(operand) => ExprKind::Negate(one(operand)?),
            ExpressionKind::Plus(operand) => ExprKind::Plus(one(operand)?),
            ExpressionKind::StringPredicate(operator, left, right) => {
                ExprKind::StringPredicate(*operator, one(left)?, one(right)?)
            }
            ExpressionKind::In(left, right) => ExprKind::In(one(left)?, one(right)?),
            ExpressionKind::IsNull(operand) => ExprKind::IsNull(one(operand)?),
            ExpressionKind::IsNotNull(operand) => ExprKind::IsNotNull(one(operand)?),
            ExpressionKind::Property(owner, key) => ExprKind::Property(one(owner)?, key.clone()),
            ExpressionKind::Index(list, index) => ExprKind::Index(one(list)?, one(index)?),
            ExpressionKind::Slice(list, from, to) => {
                ExprKind::Slice(one(list)?, from.as_deref().map(one).transpose()?, to.as_deref().map(one).transpose()?)
            }
            ExpressionKind::HasLabels(operand, labels) => ExprKind::HasLabels(one(operand)?, labels.clone()),
            ExpressionKind::Function { name, arguments, .. } if name.eq_ignore_ascii_case("exists") => {
                let argument = one(&arguments[0])?;
                match &argument.kind {
                    ExprKind::Exists(_) => return Ok(*argument),
                    _ => ExprKind::IsNotNull(argument),
                }
            }
            ExpressionKind::Function { name, arguments, .. } => match function::lookup(name) {
                Some(known) => ExprKind::Function(known, all(arguments)?),
                None => return Err(unresolved(name, expression)),
            },
            ExpressionKind::Case { operand, alternatives, default } => ExprKind::Case {
                operand: operand.as_deref().map(one).transpose()?,
                alternatives: alternatives
                    .iter()
                    .map(|branch| Ok((self.lower(&branch.condition, frame)?, self.lower(&branch.result, frame)?)))
                    .collect::<Result<_>>()?,
                default: default.as_deref().map(one).transpose()?,
            },
            _ => return self.lower_scoped(expression, frame),
        };
        Ok(Expr::new(kind, expression.span))
    }

    /// Expressions that bind names of their own.
    fn lower_scoped(&self, expression: &Expression, frame: &Frame) -> Result<Expr> {
        let kind = match &expression.kind {
            ExpressionKind::ListComprehension { variable, list, predicate, projection } => {
                let (list, inner, slot) = self.each(list, variable, frame)?;
                ExprKind::ListComprehension {
                    slot,
                    list,
                    predicate: self.lower_some(predicate.as_deref(), &inner)?,
                    projection: self.lower_some(projection.as_deref(), &inner)?,
                }
            }
            ExpressionKind::Quantifier { kind, variable, list, predicate } => {
                let (list, inner, slot) = self.each(list, variable, frame)?;
                ExprKind::Quantifier {
                    kind: *kind,
                    slot,
                    list,
                    predicate: self.lower_some(predicate.as_deref(), &inner)?,
                }
            }
            ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
                let mut inner = frame.clone();
                let running = inner.add(accumulator.name.clone());
                let slot = inner.add(variable.name.clone());
                ExprKind::Reduce {
                    accumulator: running,
                    initial: Box::new(self.lower(initial, frame)?),
                    slot,
                    list: Box::new(self.lower(list, frame)?),
                    step: Box::new(self.lower(step, &inner)?),
                }
            }
            ExpressionKind::PatternComprehension { variable, element, predicate, projection } => {
                let part = PatternPart { variable: variable.clone(), shortest: None, element: (**element).clone() };
                let (plan, inner) = self.inner_match(part, predicate.as_deref(), frame)?;
                ExprKind::Collect(plan, Box::new(self.lower(projection, &inner)?))
            }
            ExpressionKind::PatternPredicate(element) => {
                let part = PatternPart { variable: None, shortest: None, element: (**element).clone() };
                ExprKind::Exists(self.inner_match(part, None, frame)?.0)
            }
            ExpressionKind::ShortestPath(part) => self.shortest_path(part, frame)?,
            ExpressionKind::Exists(subquery) => ExprKind::Exists(self.subquery(subquery, frame)?),
            ExpressionKind::Count(subquery) => ExprKind::Count(self.subquery(subquery, frame)?),
            ExpressionKind::MapProjection(variable, items) => {
                self.map_projection(variable, items, frame, expression)?
            }
            _ => return Err(unresolved("aggregate", expression)),
        };
        Ok(Expr::new(kind, expression.span))
    }

    fn lower_some(&self, expression: Option<&Expression>, frame: &Frame) -> Result<Option<Box<Expr>>> {
        expression.map(|part| self.lower(part, frame).map(Box::new)).transpose()
    }

    /// A list, the frame of what is done with each element, and the element's slot.
    fn each(&self, list: &Expression, variable: &Variable, frame: &Frame) -> Result<(Box<Expr>, Frame, usize)> {
        let mut inner = frame.clone();
        let slot = inner.add(variable.name.clone());
        Ok((Box::new(self.lower(list, frame)?), inner, slot))
    }

    fn inner_match(
        &self,
        part: PatternPart,
        predicate: Option<&Expression>,
        frame: &Frame,
    ) -> Result<(Arc<Plan>, Frame)> {
        let clause = Match { optional: false, pattern: Pattern { parts: vec![part] }, predicate: predicate.cloned() };
        let (plan, inner) = self.match_clause(&clause, Plan::argument(), frame)?;
        Ok((Arc::new(plan), inner))
    }

    /// A shortest path as an expression is a match of its own.
    fn shortest_path(&self, part: &PatternPart, frame: &Frame) -> Result<ExprKind> {
        let name: Name = "shortest path".into();
        let span = part.element.span;
        let named = PatternPart {
            variable: Some(Variable { name: name.clone(), span }),
            shortest: part.shortest,
            element: PatternElement { start: NodePattern { ..part.element.start.clone() }, ..part.element.clone() },
        };
        let (plan, inner) = self.inner_match(named, None, frame)?;
        let path = Box::new(Expr::slot(inner.get(&name).unwrap_or_default(), span));
        Ok(match part.shortest {
            Some(ShortestKind::All) => ExprKind::Collect(plan, path),
            _ => ExprKind::First(plan, path),
        })
    }

    fn subquery(&self, subquery: &Subquery, frame: &Frame) -> Result<Arc<Plan>> {
        self.query(&subquery.query, frame).map(|(plan, _)| Arc::new(plan))
    }

    fn map_projection(
        &self,
        variable: &Variable,
        items: &[MapProjectionItem],
        frame: &Frame,
        whole: &Expression,
    ) -> Result<ExprKind> {
        let base = slot(frame, &variable.name, whole)?;
        let property = |key: &Name| {
            let owner = Box::new(Expr::slot(base, variable.span));
            Expr::new(ExprKind::Property(owner, key.clone()), whole.span)
        };
        let lowered = items.iter().map(|item| {
            Ok(match item {
                MapProjectionItem::All => None,
                MapProjectionItem::Property(key) => Some((key.clone(), property(key))),
                MapProjectionItem::Entry(key, value) => Some((key.clone(), self.lower(value, frame)?)),
                MapProjectionItem::Variable(other) => {
                    Some((other.name.clone(), Expr::slot(slot(frame, &other.name, whole)?, other.span)))
                }
            })
        });
        Ok(ExprKind::MapProjection { base, items: lowered.collect::<Result<_>>()? })
    }
}

fn slot(frame: &Frame, name: &str, expression: &Expression) -> Result<usize> {
    frame.get(name).ok_or_else(|| {
        QueryError::syntax("UndefinedVariable", format!("variable `{name}` is not defined"), expression.span)
    })
}

fn unresolved(name: &str, expression: &Expression) -> QueryError {
    QueryError::syntax("InvalidAggregation", format!("{name} is not possible here"), expression.span)
}

fn constant(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(truth) => Value::Boolean(*truth),
        Literal::Integer(number) => Value::Integer(*number),
        Literal::Float(number) => Value::Float(*number),
        Literal::String(text) => Value::String(text.clone()),
    }
}
