//! The types of expressions.

use super::{Checker, Result, Scope, Type, is_aggregate};
use crate::error::Hint;
use crate::query::aggregate::Aggregate;
use crate::query::ast::{ArithmeticOperator, Expression, ExpressionKind, Literal, MapProjectionItem, Subquery};
use crate::query::error::{QueryError, QueryErrorKind};
use crate::query::function;
use crate::query::value::Types;
use crate::text::{Name, Span};

/// What may stand at a place of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Whether aggregates may.
    pub(super) aggregates: Aggregates,
    /// Whether a pattern may stand for a predicate.
    pub(super) patterns: bool,
}

/// Where aggregates may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aggregates {
    /// Here.
    Allowed,
    /// Not in a clause of this kind.
    Forbidden,
    /// Not inside an aggregate.
    Inside,
}

impl Place {
    /// A value without aggregates.
    pub(super) const VALUE: Self = Self { aggregates: Aggregates::Forbidden, patterns: false };
    /// A predicate without aggregates.
    pub(super) const PREDICATE: Self = Self { aggregates: Aggregates::Forbidden, patterns: true };
    /// An item of a projection.
    pub(super) const PROJECTION: Self = Self { aggregates: Aggregates::Allowed, patterns: false };

    const fn value(self) -> Self {
        Self { patterns: false, ..self }
    }

    const fn predicate(self) -> Self {
        Self { patterns: true, ..self }
    }

    /// Inside a comprehension.
    const fn local(self) -> Self {
        match self.aggregates {
            Aggregates::Allowed => Self { aggregates: Aggregates::Forbidden, patterns: false },
            _ => self.value(),
        }
    }
}

/// Functions whose arguments openCypher has refused while running only.
const CHECKED_WHEN_RUN: [&str; 1] = ["range"];

const BOOLEAN: Type = Type::of(Types::BOOLEAN);

impl Checker<'_> {
    /// A predicate: it must be able to be true or false.
    pub(super) fn predicate(&self, expression: &Expression, scope: &Scope, place: Place) -> Result<()> {
        let found = self.infer(expression, scope, place.predicate())?;
        self.demand(&found, Types::BOOLEAN, expression.span, "a predicate")
    }

    /// Refuses what can never be one of `wanted`.
    pub(super) fn demand(&self, found: &Type, wanted: Types, span: Span, what: &str) -> Result<()> {
        if found.may_be(wanted) {
            return Ok(());
        }
        let message = format!("{what} must be {wanted}, not {}", found.set);
        Err(QueryError::syntax("InvalidArgumentType", message, span))
    }

    /// The type of an expression.
    pub(super) fn infer(&self, expression: &Expression, scope: &Scope, place: Place) -> Result<Type> {
        let span = expression.span;
        let value = place.value();
        Ok(match &expression.kind {
            ExpressionKind::Literal(literal) => literal_type(literal),
            ExpressionKind::Parameter(name) => self.parameter(name, span)?,
            ExpressionKind::Variable(name) => self.variable(name, span, scope)?.clone(),
            ExpressionKind::List(items) => {
                let mut element = Type::of(Types::NONE);
                for item in items {
                    element = element.or(self.infer(item, scope, value)?);
                }
                Type::list(if items.is_empty() { Type::ANY } else { element })
            }
            ExpressionKind::Map(entries) => {
                entries.iter().try_for_each(|(_, entry)| self.infer(entry, scope, value).map(drop))?;
                Type::of(Types::MAP)
            }
            ExpressionKind::Or(operands) | ExpressionKind::Xor(operands) | ExpressionKind::And(operands) => {
                for operand in operands {
                    self.logical(operand, scope, place)?;
                }
                BOOLEAN
            }
            ExpressionKind::Not(operand) => {
                self.logical(operand, scope, place)?;
                BOOLEAN
            }
            ExpressionKind::Comparison(first, rest) => {
                self.infer(first, scope, value)?;
                rest.iter().try_for_each(|(_, operand)| self.infer(operand, scope, value).map(drop))?;
                BOOLEAN
            }
            ExpressionKind::Arithmetic(first, rest) => {
                let mut left = self.infer(first, scope, value)?;
                for (operator, operand) in rest {
                    let right = self.infer(operand, scope, value)?;
                    left = self.arithmetic(*operator, left, right, span)?;
                }
                left
            }
            ExpressionKind::Negate(operand) | ExpressionKind::Plus(operand) => {
                let found = self.infer(operand, scope, value)?;
                self.demand(&found, Types::NUMBER | Types::DURATION, operand.span, "the operand of a sign")?;
                found
            }
            ExpressionKind::StringPredicate(_, left, right) => {
                self.infer(left, scope, value)?;
                self.infer(right, scope, value)?;
                BOOLEAN
            }
            ExpressionKind::In(left, right) => {
                self.infer(left, scope, value)?;
                let list = self.infer(right, scope, value)?;
                self.demand(&list, Types::LIST, right.span, "the right side of IN")?;
                BOOLEAN
            }
            ExpressionKind::IsNull(operand) | ExpressionKind::IsNotNull(operand) => {
                self.infer(operand, scope, value)?;
                BOOLEAN
            }
            ExpressionKind::HasLabels(operand, _) => {
                let found = self.infer(operand, scope, value)?;
                self.demand(&found, Types::ENTITY, operand.span, "what has labels")?;
                BOOLEAN
            }
            ExpressionKind::Property(owner, key) => self.property(owner, key, scope, value)?,
            ExpressionKind::Index(list, index) => self.index(list, index, scope, value)?,
            ExpressionKind::Slice(list, from, to) => {
                let found = self.infer(list, scope, value)?;
                self.demand(&found, Types::LIST, list.span, "what is sliced")?;
                for bound in from.iter().chain(to) {
                    let bound_type = self.infer(bound, scope, value)?;
                    self.demand(&bound_type, Types::INTEGER, bound.span, "a bound of a slice")?;
                }
                found
            }
            ExpressionKind::CountAll => {
                self.aggregate_allowed("count", span, place)?;
                Type::of(Types::INTEGER)
            }
            ExpressionKind::Function { name, name_span, arguments, .. } if is_aggregate(name) => {
                self.aggregate(name, *name_span, arguments, scope, place)?
            }
            ExpressionKind::Function { name, name_span, distinct, arguments } => {
                if *distinct {
                    let message = format!("DISTINCT has no meaning in {name}, which does not aggregate");
                    return Err(QueryError::syntax("UnexpectedSyntax", message, *name_span));
                }
                self.function(name, *name_span, arguments, scope, place)?
            }
            ExpressionKind::Case { operand, alternatives, default } => {
                let subject = operand.as_ref().map(|operand| self.infer(operand, scope, value)).transpose()?;
                let mut result = Type::of(if default.is_some() { Types::NONE } else { Types::NULL });
                for alternative in alternatives {
                    match &subject {
                        Some(_) => drop(self.infer(&alternative.condition, scope, value)?),
                        None => self.predicate(&alternative.condition, scope, place)?,
                    }
                    result = result.or(self.infer(&alternative.result, scope, value)?);
                }
                match default {
                    Some(default) => result.or(self.infer(default, scope, value)?),
                    None => result,
                }
            }
            ExpressionKind::PatternPredicate(element) => {
                if !place.patterns {
                    let message = "a pattern can only stand where a predicate is wanted";
                    let error = QueryError::syntax("UnexpectedSyntax", message, span);
                    return Err(error.with_hint("write EXISTS { ... }, or a pattern comprehension"));
                }
                self.bound_pattern(element, scope)?;
                BOOLEAN
            }
            _ => self.infer_scoped(expression, scope, place)?,
        })
    }

    /// Expressions that bind names of their own.
    fn infer_scoped(&self, expression: &Expression, scope: &Scope, place: Place) -> Result<Type> {
        let value = place.value();
        Ok(match &expression.kind {
            ExpressionKind::ListComprehension { variable, list, predicate, projection } => {
                let found = self.list(list, scope, value)?;
                let inner = scope.with(&variable.name, found.element());
                if let Some(predicate) = predicate {
                    self.predicate(predicate, &inner, place.local())?;
                }
                match projection {
                    Some(projection) => Type::list(self.infer(projection, &inner, place.local())?),
                    None => Type::list(found.element()),
                }
            }
            ExpressionKind::Quantifier { variable, list, predicate, .. } => {
                let found = self.list(list, scope, value)?;
                let inner = scope.with(&variable.name, found.element());
                if let Some(predicate) = predicate {
                    self.predicate(predicate, &inner, place.local())?;
                }
                BOOLEAN
            }
            ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
                let first = self.infer(initial, scope, value)?;
                let found = self.list(list, scope, value)?;
                let inner = scope.with(&accumulator.name, Type::ANY).with(&variable.name, found.element());
                first.or(self.infer(step, &inner, place.local())?)
            }
            ExpressionKind::PatternComprehension { variable, element, predicate, projection } => {
                let mut inner = self.inner_pattern(element, scope)?;
                if let Some(variable) = variable {
                    if inner.get(&variable.name).is_some() {
                        return Err(super::pattern::already_bound(&variable.name, variable.span));
                    }
                    inner.bind(variable.name.clone(), Type::of(Types::PATH));
                }
                if let Some(predicate) = predicate {
                    self.predicate(predicate, &inner, place.local())?;
                }
                Type::list(self.infer(projection, &inner, place.local())?)
            }
            ExpressionKind::ShortestPath(part) => {
                self.bound_pattern(&part.element, scope)?;
                match part.shortest {
                    Some(crate::query::ast::ShortestKind::All) => Type::list(Type::of(Types::PATH)),
                    _ => Type::of(Types::PATH | Types::NULL),
                }
            }
            ExpressionKind::Exists(subquery) => {
                self.subquery(subquery, scope)?;
                BOOLEAN
            }
            ExpressionKind::Count(subquery) => {
                self.subquery(subquery, scope)?;
                Type::of(Types::INTEGER)
            }
            ExpressionKind::MapProjection(variable, items) => {
                let base = self.variable(&variable.name, variable.span, scope)?;
                self.demand(base, Types::ENTITY | Types::MAP, variable.span, "what is projected")?;
                for item in items {
                    match item {
                        MapProjectionItem::Entry(_, entry) => drop(self.infer(entry, scope, value)?),
                        MapProjectionItem::Variable(other) => drop(self.variable(&other.name, other.span, scope)?),
                        _ => {}
                    }
                }
                Type::of(Types::MAP)
            }
            _ => Type::ANY,
        })
    }

    fn subquery(&self, subquery: &Subquery, scope: &Scope) -> Result<()> {
        self.query(&subquery.query, scope, true).map(drop)
    }

    fn parameter(&self, name: &Name, span: Span) -> Result<Type> {
        if (self.surroundings.parameters)(name) {
            return Ok(Type::ANY);
        }
        let message = format!("parameter ${name} was not given");
        Err(QueryError::compile(QueryErrorKind::ParameterMissing, "MissingParameter", message, span).with_hint(
            Hint::from(format!("give it with --param {name}=...")).or_in_a_request("give it in `parameters`"),
        ))
    }

    fn list(&self, list: &Expression, scope: &Scope, place: Place) -> Result<Type> {
        let found = self.infer(list, scope, place)?;
        self.demand(&found, Types::LIST, list.span, "what is gone through")?;
        Ok(found)
    }

    fn logical(&self, operand: &Expression, scope: &Scope, place: Place) -> Result<()> {
        let found = self.infer(operand, scope, place)?;
        self.demand(&found, Types::BOOLEAN, operand.span, "a logical operand")
    }

    fn property(&self, owner: &Expression, key: &str, scope: &Scope, place: Place) -> Result<Type> {
        let found = self.infer(owner, scope, place)?;
        if found.may_be(Types::ENTITY | Types::MAP | Types::TEMPORAL) {
            return Ok(Type::ANY);
        }
        let message = format!("{} has no properties, so no `{key}`", found.set);
        let kind = if found.set.meets(Types::PATH) { QueryErrorKind::SyntaxError } else { QueryErrorKind::TypeError };
        Err(QueryError::compile(kind, "InvalidArgumentType", message, owner.span))
    }

    fn index(&self, list: &Expression, index: &Expression, scope: &Scope, place: Place) -> Result<Type> {
        let found = self.infer(list, scope, place)?;
        let by = self.infer(index, scope, place)?;
        let wrong = |message: String, span| {
            Err(QueryError::compile(QueryErrorKind::TypeError, "InvalidArgumentType", message, span))
        };
        if !found.may_be(Types::LIST | Types::MAP | Types::ENTITY) {
            return wrong(format!("{} has no elements", found.set), list.span);
        }
        if found.set == Types::LIST && !by.may_be(Types::INTEGER) {
            return wrong(format!("a list is indexed by Integer, not {}", by.set), index.span);
        }
        Ok(if found.set == Types::LIST { found.element().or(Type::of(Types::NULL)) } else { Type::ANY })
    }

    fn arithmetic(&self, operator: ArithmeticOperator, left: Type, right: Type, span: Span) -> Result<Type> {
        let numeric = Types::NUMBER | Types::TEMPORAL;
        let operands = [&left, &right];
        let fits = match operator {
            ArithmeticOperator::Add => {
                let joins = Types::STRING | Types::LIST;
                operands.iter().all(|operand| operand.may_be(numeric | joins))
                    || operands.iter().any(|operand| operand.may_be(joins))
            }
            ArithmeticOperator::Modulo | ArithmeticOperator::Power => {
                operands.iter().all(|operand| operand.may_be(Types::NUMBER))
            }
            _ => operands.iter().all(|operand| operand.may_be(numeric)),
        };
        if !fits {
            let message = format!("{} and {} cannot be joined by {}", left.set, right.set, operator.symbol());
            return Err(QueryError::syntax("InvalidArgumentType", message, span));
        }
        Ok(if left.set == Types::INTEGER && right.set == Types::INTEGER && operator != ArithmeticOperator::Power {
            left
        } else if Types::NUMBER.contains(left.set) && Types::NUMBER.contains(right.set) {
            Type::of(Types::NUMBER)
        } else if left.set == Types::STRING && right.set == Types::STRING {
            left
        } else if left.set == Types::LIST && right.set == Types::LIST {
            left.or(right)
        } else {
            Type::ANY
        })
    }

    fn aggregate_allowed(&self, name: &str, span: Span, place: Place) -> Result<()> {
        match place.aggregates {
            Aggregates::Allowed => Ok(()),
            Aggregates::Forbidden => {
                let message = format!("{name} aggregates rows, which is not possible here");
                Err(QueryError::syntax("InvalidAggregation", message, span).with_hint("compute it in a WITH before"))
            }
            Aggregates::Inside => {
                let message = format!("{name} cannot aggregate inside an aggregate");
                Err(QueryError::syntax("NestedAggregation", message, span))
            }
        }
    }

    fn aggregate(
        &self,
        name: &Name,
        span: Span,
        arguments: &[Expression],
        scope: &Scope,
        place: Place,
    ) -> Result<Type> {
        self.aggregate_allowed(name, span, place)?;
        let Some(known) = Aggregate::lookup(name) else { return Ok(Type::ANY) };
        if arguments.len() != known.parameters().len() {
            let message = format!("{name} takes {} arguments, not {}", known.parameters().len(), arguments.len());
            return Err(QueryError::syntax("InvalidNumberOfArguments", message, span));
        }
        let inside = Place { aggregates: Aggregates::Inside, patterns: false };
        let mut element = Type::ANY;
        for argument in arguments {
            if argument.any(&is_volatile) {
                let message = "an aggregate cannot depend on chance";
                return Err(QueryError::syntax("NonConstantExpression", message, argument.span));
            }
            element = self.infer(argument, scope, inside)?;
        }
        Ok(match known {
            Aggregate::Collect => Type::list(element),
            _ => Type::of(known.result() | Types::NULL),
        })
    }

    fn function(&self, name: &Name, span: Span, arguments: &[Expression], scope: &Scope, place: Place) -> Result<Type> {
        if name.eq_ignore_ascii_case("exists") {
            return self.exists(span, arguments, scope, place);
        }
        let Some(known) = function::lookup(name) else { return Err(unknown_function(name, span)) };
        if !known.takes(arguments.len()) {
            let message = format!("{} was called with {} arguments", known.signature(), arguments.len());
            return Err(QueryError::syntax("InvalidNumberOfArguments", message, span));
        }
        for (at, argument) in arguments.iter().enumerate() {
            let found = self.infer(argument, scope, place.value())?;
            if !known.parameter(at).accepts(found.set) && !CHECKED_WHEN_RUN.contains(&known.name) {
                let message = format!("{} takes {}, not {}", known.name, known.parameter(at), found.set);
                return Err(QueryError::syntax("InvalidArgumentType", message, argument.span));
            }
        }
        Ok(match known.name {
            "nodes" => Type::list(Type::of(Types::NODE)),
            "relationships" => Type::list(Type::of(Types::RELATIONSHIP)),
            "range" => Type::list(Type::of(Types::INTEGER)),
            "keys" | "labels" | "split" => Type::list(Type::of(Types::STRING)),
            _ => Type::of(known.result | Types::NULL),
        })
    }

    /// `exists(n.name)` and `exists((n)-->())`.
    fn exists(&self, span: Span, arguments: &[Expression], scope: &Scope, place: Place) -> Result<Type> {
        let [argument] = arguments else {
            let message = format!("exists takes one argument, not {}", arguments.len());
            return Err(QueryError::syntax("InvalidNumberOfArguments", message, span));
        };
        self.infer(argument, scope, place.predicate())?;
        Ok(BOOLEAN)
    }
}

fn literal_type(literal: &Literal) -> Type {
    Type::of(match literal {
        Literal::Null => Types::NULL,
        Literal::Boolean(_) => Types::BOOLEAN,
        Literal::Integer(_) => Types::INTEGER,
        Literal::Float(_) => Types::FLOAT,
        Literal::String(_) => Types::STRING,
    })
}

fn is_volatile(expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::Function { name, .. }
        if ["rand", "randomuuid"].contains(&name.to_ascii_lowercase().as_str()))
}

fn unknown_function(name: &str, span: Span) -> QueryError {
    let lower = name.to_lowercase();
    let distance = |known: &str| strsim::osa_distance(&known.to_lowercase(), &lower);
    let near = function::all()
        .map(|known| known.name)
        .chain(Aggregate::all().map(Aggregate::name))
        .filter(|known| distance(known) <= 2)
        .min_by_key(|known| (distance(known), *known));
    let error = QueryError::syntax("UnknownFunction", format!("there is no function `{name}`"), span);
    match near {
        Some(near) => error.with_hint(format!("did you mean {near}?")),
        None => error,
    }
}
