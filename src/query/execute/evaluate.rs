//! Expressions on a row → values.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::open;
use super::run::{Row, Run, size_of};
use crate::graph::{NodeId, RelationshipId};
use crate::limits::Limits;
use crate::query::ast::{ArithmeticOperator, ComparisonOperator, QuantifierKind, StringOperator};
use crate::query::error::{Phase, QueryError, QueryErrorKind};
use crate::query::plan::{Expr, ExprKind, Plan};
use crate::query::value::{self, Detail, ErrorKind, List, Path, Value, ValueError};
use crate::text::{Name, Span};

type Result<T> = std::result::Result<T, QueryError>;

/// The value in `slot`; what was never filled is null.
pub(crate) fn slot(row: &[Value], slot: usize) -> &Value {
    row.get(slot).unwrap_or(&Value::Null)
}

/// Puts a value into a slot, making room.
pub(crate) fn fill(row: &mut Row, slot: usize, value: Value) {
    if row.len() <= slot {
        row.resize(slot + 1, Value::Null);
    }
    row[slot] = value;
}

/// A value's error, with its place.
pub(crate) fn raise(error: ValueError, span: Span) -> QueryError {
    let kind = match error.kind {
        ErrorKind::SyntaxError => QueryErrorKind::SyntaxError,
        ErrorKind::TypeError => QueryErrorKind::TypeError,
        ErrorKind::ArgumentError => QueryErrorKind::ArgumentError,
        ErrorKind::ArithmeticError => QueryErrorKind::ArithmeticError,
        ErrorKind::EntityNotFound => QueryErrorKind::EntityNotFound,
        ErrorKind::LimitError => QueryErrorKind::LimitReached,
    };
    let detail = error.detail.name();
    let hint = if let Detail::Limit(limit) = error.detail { Some(limit.hint()) } else { None };
    QueryError { kind, phase: Phase::Runtime, detail, message: error.message, span: Some(span), hint }
}

impl Run<'_> {
    /// Whether a predicate is true; unknown is not.
    pub(crate) fn holds(&self, predicate: &Expr, row: &Row) -> Result<bool> {
        Ok(self.truth(predicate, row)? == Some(true))
    }

    /// The truth of an expression.
    pub(super) fn truth(&self, expr: &Expr, row: &Row) -> Result<Option<bool>> {
        let value = self.evaluate(expr, row)?;
        value.truth().ok_or_else(|| {
            let message = format!("{} is neither true nor false", value.type_name());
            QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(expr.span)
        })
    }

    /// The value of an expression.
    pub(crate) fn evaluate(&self, expr: &Expr, row: &Row) -> Result<Value> {
        let at = |error: ValueError| raise(error, expr.span);
        Ok(match &expr.kind {
            ExprKind::Constant(value) => value.clone(),
            ExprKind::Slot(at) => slot(row, *at).clone(),
            ExprKind::List(items) => Value::List(self.all(items, row)?.into()),
            ExprKind::Map(entries) => {
                let values = entries.iter().map(|(key, value)| Ok((key.clone(), self.evaluate(value, row)?)));
                Value::Map(Arc::new(values.collect::<Result<BTreeMap<_, _>>>()?))
            }
            ExprKind::Or(operands) => self.until(operands, row, true)?.into(),
            ExprKind::And(operands) => self.until(operands, row, false)?.into(),
            ExprKind::Xor(operands) => {
                let mut odd = Some(false);
                for operand in operands {
                    let truth = self.truth(operand, row)?;
                    odd = odd.zip(truth).map(|(odd, truth)| odd != truth);
                }
                odd.into()
            }
            ExprKind::Not(operand) => self.truth(operand, row)?.map(|truth| !truth).into(),
            ExprKind::Comparison(first, rest) => self.compare(first, rest, row)?.into(),
            ExprKind::Arithmetic(first, rest) => {
                let mut left = self.evaluate(first, row)?;
                for (operator, operand) in rest {
                    let right = self.evaluate(operand, row)?;
                    left = arithmetic(*operator, left, &right, self.limits).map_err(at)?;
                }
                left
            }
            ExprKind::Negate(operand) => value::negate(&self.evaluate(operand, row)?).map_err(at)?,
            ExprKind::Plus(operand) => self.evaluate(operand, row)?,
            ExprKind::StringPredicate(operator, left, right) => {
                let (left, right) = (self.evaluate(left, row)?, self.evaluate(right, row)?);
                match operator {
                    StringOperator::StartsWith => value::starts_with(&left, &right).into(),
                    StringOperator::EndsWith => value::ends_with(&left, &right).into(),
                    StringOperator::Contains => value::contains_text(&left, &right).into(),
                    StringOperator::Matches => value::matches(&left, &right, &self.regexes).map_err(at)?.into(),
                }
            }
            ExprKind::In(item, list) => {
                let (item, list) = (self.evaluate(item, row)?, self.evaluate(list, row)?);
                value::contains(&list, &item).map_err(at)?.into()
            }
            ExprKind::IsNull(operand) => self.evaluate(operand, row)?.is_null().into(),
            ExprKind::IsNotNull(operand) => (!self.evaluate(operand, row)?.is_null()).into(),
            ExprKind::Property(owner, key) => match &owner.kind {
                ExprKind::Slot(from) => value::property(slot(row, *from), key, self).map_err(at)?,
                _ => value::property(&self.evaluate(owner, row)?, key, self).map_err(at)?,
            },
            ExprKind::Index(list, index) => {
                value::index(&self.evaluate(list, row)?, &self.evaluate(index, row)?, self).map_err(at)?
            }
            ExprKind::Slice(list, from, to) => {
                let bound = |bound: &Option<Box<Expr>>| bound.as_ref().map(|one| self.evaluate(one, row)).transpose();
                value::slice(&self.evaluate(list, row)?, bound(from)?.as_ref(), bound(to)?.as_ref()).map_err(at)?
            }
            ExprKind::HasLabels(operand, labels) => {
                self.has_labels(&self.evaluate(operand, row)?, labels, expr.span)?
            }
            ExprKind::Function(function, arguments) => function.call(&self.all(arguments, row)?, self).map_err(at)?,
            ExprKind::Case { operand, alternatives, default } => {
                let subject = operand.as_ref().map(|operand| self.evaluate(operand, row)).transpose()?;
                for (condition, result) in alternatives {
                    let chosen = match &subject {
                        Some(subject) => value::equals(subject, &self.evaluate(condition, row)?) == Some(true),
                        None => self.holds(condition, row)?,
                    };
                    if chosen {
                        return self.evaluate(result, row);
                    }
                }
                default.as_ref().map_or(Ok(Value::Null), |default| self.evaluate(default, row))?
            }
            _ => self.evaluate_scoped(expr, row)?,
        })
    }

    pub(crate) fn all(&self, exprs: &[Expr], row: &Row) -> Result<Vec<Value>> {
        exprs.iter().map(|expr| self.evaluate(expr, row)).collect()
    }

    /// `AND` and `OR`: the first operand that is `decisive` decides, else one that is unknown.
    fn until(&self, operands: &[Expr], row: &Row, decisive: bool) -> Result<Option<bool>> {
        let mut result = Some(!decisive);
        for operand in operands {
            match self.truth(operand, row)? {
                Some(truth) if truth == decisive => return Ok(Some(decisive)),
                Some(_) => {}
                None => result = None,
            }
        }
        Ok(result)
    }

    /// A chain of comparisons holds where each neighbour does.
    fn compare(&self, first: &Expr, rest: &[(ComparisonOperator, Expr)], row: &Row) -> Result<Option<bool>> {
        let mut left = self.evaluate(first, row)?;
        let mut result = Some(true);
        for (operator, operand) in rest {
            let right = self.evaluate(operand, row)?;
            match compare(*operator, &left, &right) {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => result = None,
            }
            left = right;
        }
        Ok(result)
    }

    fn has_labels(&self, value: &Value, labels: &[Name], span: Span) -> Result<Value> {
        match value {
            Value::Null => Ok(Value::Null),
            Value::Node(node) => {
                for label in labels {
                    if !self.view.has_label(*node, label).map_err(|error| raise(error, span))? {
                        return Ok(false.into());
                    }
                }
                Ok(true.into())
            }
            Value::Relationship(id) => {
                let own = self.view.relationship_type(*id).unwrap_or_default();
                Ok(labels.iter().all(|label| *label == own).into())
            }
            other => {
                let message = format!("{} has no labels", other.type_name());
                Err(QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(span))
            }
        }
    }

    fn evaluate_scoped(&self, expr: &Expr, row: &Row) -> Result<Value> {
        match &expr.kind {
            ExprKind::ListComprehension { slot, list, predicate, projection } => {
                let Some(list) = self.list(list, row)? else { return Ok(Value::Null) };
                let (mut inner, mut items, mut held) = (row.clone(), Vec::new(), 0);
                for item in &list {
                    self.step()?;
                    fill(&mut inner, *slot, item);
                    if let Some(predicate) = predicate
                        && !self.holds(predicate, &inner)?
                    {
                        continue;
                    }
                    let value = match projection {
                        Some(projection) => self.evaluate(projection, &inner)?,
                        None => inner[*slot].clone(),
                    };
                    let bytes = size_of(&value);
                    held += bytes;
                    self.hold(bytes)?;
                    items.push(value);
                }
                self.release(held);
                Ok(Value::List(items.into()))
            }
            ExprKind::Quantifier { kind, slot, list, predicate } => {
                let Some(list) = self.list(list, row)? else { return Ok(Value::Null) };
                self.quantify(*kind, *slot, &list, predicate.as_deref(), row).map(Value::from)
            }
            ExprKind::Reduce { accumulator, initial, slot, list, step } => {
                let Some(list) = self.list(list, row)? else { return Ok(Value::Null) };
                self.reduce((*accumulator, initial), (*slot, &list), step, row)
            }
            ExprKind::Exists(plan) => Ok(open(plan, row.clone()).next(self)?.is_some().into()),
            ExprKind::Count(plan) => {
                let count = open(plan, row.clone()).count(self)?;
                Ok(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
            }
            ExprKind::Collect(plan, projection) => self.collect(plan, projection, row),
            ExprKind::First(plan, projection) => match open(plan, row.clone()).next(self)? {
                Some(found) => self.evaluate(projection, &found),
                None => Ok(Value::Null),
            },
            ExprKind::Path { start, steps } => Ok(self.path_of(*start, steps, row)),
            ExprKind::MapProjection { base, items } => self.map_projection(*base, items, row, expr.span),
            _ => Ok(Value::Null),
        }
    }

    /// `reduce(accumulator = initial, slot IN list | step)`.
    fn reduce(
        &self,
        (accumulator, initial): (usize, &Expr),
        (slot, list): (usize, &List),
        step: &Expr,
        row: &Row,
    ) -> Result<Value> {
        let (mut inner, mut held) = (row.clone(), 0);
        let check = |value: &Value| value.check_size(self.limits).map_err(|error| raise(error, step.span));
        let first = self.evaluate(initial, row)?;
        fill(&mut inner, accumulator, first);
        for (at, item) in list.iter().enumerate() {
            self.step()?;
            fill(&mut inner, slot, item);
            match self.advance(accumulator, step, &mut inner)? {
                Some(bytes) => {
                    self.hold(bytes)?;
                    held += bytes;
                }
                None if at % 64 == 0 => check(&inner[accumulator])?,
                None => {}
            }
        }
        self.release(held);
        let reduced = inner.swap_remove(accumulator);
        check(&reduced).map(|()| reduced)
    }

    /// One step of `reduce`. One that adds to the list so far does not copy it, as nobody else holds that list;
    /// gives the bytes added then.
    fn advance(&self, accumulator: usize, step: &Expr, row: &mut Row) -> Result<Option<usize>> {
        let is_so_far = |expr: &Expr| matches!(expr.kind, ExprKind::Slot(at) if at == accumulator);
        match &step.kind {
            ExprKind::Case { operand: None, alternatives, default: Some(default) } => {
                for (condition, result) in alternatives {
                    if self.holds(condition, row)? {
                        return self.advance(accumulator, result, row);
                    }
                }
                self.advance(accumulator, default, row)
            }
            ExprKind::Slot(_) if is_so_far(step) => Ok(Some(0)),
            ExprKind::Arithmetic(first, rest)
                if is_so_far(first) && matches!(slot(row, accumulator), Value::List(_)) =>
            {
                let mut bytes = 0;
                for (operator, operand) in rest {
                    let right = self.evaluate(operand, row)?;
                    right.check_size(self.limits).map_err(|error| raise(error, operand.span))?;
                    bytes += size_of(&right);
                    let left = std::mem::replace(&mut row[accumulator], Value::Null);
                    let sum = arithmetic(*operator, left, &right, self.limits);
                    row[accumulator] = sum.map_err(|error| raise(error, step.span))?;
                }
                Ok(Some(bytes))
            }
            _ => {
                row[accumulator] = self.evaluate(step, row)?;
                Ok(None)
            }
        }
    }

    fn collect(&self, plan: &Plan, projection: &Expr, row: &Row) -> Result<Value> {
        let (mut rows, mut items) = (open(plan, row.clone()), Vec::new());
        while let Some(found) = rows.next(self)? {
            let value = self.evaluate(projection, &found)?;
            self.hold(size_of(&value))?;
            items.push(value);
        }
        Ok(Value::List(items.into()))
    }

    fn list(&self, list: &Expr, row: &Row) -> Result<Option<List>> {
        match self.evaluate(list, row)? {
            Value::Null => Ok(None),
            Value::List(list) => Ok(Some(list)),
            other => {
                let message = format!("{} is no list", other.type_name());
                Err(QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(list.span))
            }
        }
    }

    fn quantify(
        &self,
        kind: QuantifierKind,
        slot: usize,
        list: &List,
        predicate: Option<&Expr>,
        row: &Row,
    ) -> Result<Option<bool>> {
        let (mut inner, mut held, mut unknown) = (row.clone(), 0_u64, 0_u64);
        for item in list {
            self.step()?;
            fill(&mut inner, slot, item);
            let truth = match predicate {
                Some(predicate) => self.truth(predicate, &inner)?,
                None => inner[slot].truth().flatten(),
            };
            match (kind, truth) {
                (_, None) => unknown += 1,
                (QuantifierKind::Any, Some(true)) => return Ok(Some(true)),
                (QuantifierKind::All, Some(false)) | (QuantifierKind::None, Some(true)) => return Ok(Some(false)),
                (_, Some(true)) => held += 1,
                (_, Some(false)) => {}
            }
            if kind == QuantifierKind::Single && held > 1 {
                return Ok(Some(false));
            }
        }
        if unknown > 0 {
            return Ok(None);
        }
        Ok(Some(match kind {
            QuantifierKind::All | QuantifierKind::None => true,
            QuantifierKind::Any => false,
            QuantifierKind::Single => held == 1,
        }))
    }

    /// A path over slots; null where one of them is.
    fn path_of(&self, start: usize, steps: &[usize], row: &Row) -> Value {
        let Value::Node(first) = slot(row, start) else { return Value::Null };
        let mut path = Path { nodes: vec![*first], relationships: Vec::new() };
        for step in steps {
            let walked = match slot(row, *step) {
                Value::Relationship(id) => self.walk(&mut path, *id),
                Value::List(list) => list.iter().all(|item| match item {
                    Value::Relationship(id) => self.walk(&mut path, id),
                    _ => false,
                }),
                _ => false,
            };
            if !walked {
                return Value::Null;
            }
        }
        Value::Path(Arc::new(path))
    }

    fn walk(&self, path: &mut Path, id: RelationshipId) -> bool {
        let here: NodeId = path.nodes[path.nodes.len() - 1];
        let Some((start, end)) = self.view.ends(id) else { return false };
        path.relationships.push(id);
        path.nodes.push(if start == here { end } else { start });
        true
    }

    fn map_projection(&self, base: usize, items: &[Option<(Name, Expr)>], row: &Row, span: Span) -> Result<Value> {
        let own = slot(row, base);
        if own.is_null() {
            return Ok(Value::Null);
        }
        let mut map = BTreeMap::new();
        for item in items {
            match item {
                Some((key, value)) => {
                    map.insert(key.clone(), self.evaluate(value, row)?);
                }
                None => map.extend(self.properties_of(own, span)?),
            }
        }
        Ok(Value::Map(Arc::new(map)))
    }

    /// The properties of a node, relationship or map.
    pub(crate) fn properties_of(&self, value: &Value, span: Span) -> Result<BTreeMap<Name, Value>> {
        let at = |error: ValueError| raise(error, span);
        match value {
            Value::Null => Ok(BTreeMap::new()),
            Value::Map(map) => Ok((**map).clone()),
            Value::Node(node) => self.view.node_properties(*node).map_err(at),
            Value::Relationship(id) => self.view.relationship_properties(*id).map_err(at),
            other => {
                let message = format!("{} has no properties", other.type_name());
                Err(QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(span))
            }
        }
    }
}

fn compare(operator: ComparisonOperator, left: &Value, right: &Value) -> Option<bool> {
    let ordered = |holds: fn(std::cmp::Ordering) -> bool| value::compare(left, right).is(holds);
    match operator {
        ComparisonOperator::Equal => value::equals(left, right),
        ComparisonOperator::NotEqual => value::equals(left, right).map(|equal| !equal),
        ComparisonOperator::Less => ordered(std::cmp::Ordering::is_lt),
        ComparisonOperator::LessOrEqual => ordered(std::cmp::Ordering::is_le),
        ComparisonOperator::Greater => ordered(std::cmp::Ordering::is_gt),
        ComparisonOperator::GreaterOrEqual => ordered(std::cmp::Ordering::is_ge),
    }
}

fn arithmetic(
    operator: ArithmeticOperator,
    left: Value,
    right: &Value,
    limits: &Limits,
) -> std::result::Result<Value, ValueError> {
    match operator {
        ArithmeticOperator::Add => value::add(left, right, limits),
        ArithmeticOperator::Subtract => value::subtract(&left, right),
        ArithmeticOperator::Multiply => value::multiply(&left, right),
        ArithmeticOperator::Divide => value::divide(&left, right),
        ArithmeticOperator::Modulo => value::modulo(&left, right),
        ArithmeticOperator::Power => value::power(&left, right),
    }
}
