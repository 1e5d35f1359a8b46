//! Patterns: which names they bind, which they may use, what they may ask.

use super::expression::Place;
use super::{Checker, Result, Scope, Type, undefined};
use crate::query::ast::{
    Direction, Expression, NodePattern, Pattern, PatternElement, PatternPart, RelationshipPattern, Variable,
};
use crate::query::error::QueryError;
use crate::query::value::Types;
use crate::text::{Name, Span};

/// What a pattern is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Match,
    Create,
    Merge,
}

impl Checker<'_> {
    /// The pattern of a `MATCH`; gives the scope behind it.
    pub(super) fn match_pattern(&self, pattern: &Pattern, before: &Scope) -> Result<Scope> {
        let mut scope = before.clone();
        let mut relationships = Vec::new();
        for part in &pattern.parts {
            self.match_element(&part.element, &mut scope, &mut relationships)?;
            self.bind_path(part, &mut scope)?;
        }
        for part in &pattern.parts {
            self.pattern_properties(&part.element, &scope, Purpose::Match)?;
        }
        Ok(scope)
    }

    /// The pattern of a comprehension; gives the scope inside.
    pub(super) fn inner_pattern(&self, element: &PatternElement, before: &Scope) -> Result<Scope> {
        let mut scope = before.clone();
        self.match_element(element, &mut scope, &mut Vec::new())?;
        self.pattern_properties(element, &scope, Purpose::Match)?;
        Ok(scope)
    }

    /// A pattern that may bind nothing.
    pub(super) fn bound_pattern(&self, element: &PatternElement, scope: &Scope) -> Result<()> {
        let nodes = element.nodes().filter_map(|node| node.variable.as_ref());
        let relationships = element.relationships().filter_map(|relationship| relationship.variable.as_ref());
        if let Some(free) = nodes.chain(relationships).find(|variable| scope.get(&variable.name).is_none()) {
            let error = undefined(&free.name, free.span, scope);
            return Err(match error.hint {
                Some(_) => error,
                None => error.with_hint("a pattern in an expression binds no names; use EXISTS { ... }"),
            });
        }
        self.inner_pattern(element, scope).map(drop)
    }

    fn match_element(&self, element: &PatternElement, scope: &mut Scope, relationships: &mut Vec<Name>) -> Result<()> {
        self.match_node(&element.start, scope)?;
        for (relationship, node) in &element.chain {
            self.match_relationship(relationship, scope, relationships)?;
            self.match_node(node, scope)?;
        }
        Ok(())
    }

    fn match_node(&self, node: &NodePattern, scope: &mut Scope) -> Result<()> {
        let Some(variable) = &node.variable else { return Ok(()) };
        match scope.get(&variable.name) {
            Some(bound) if !bound.may_be(Types::NODE) => Err(conflict(variable, "a node", bound)),
            _ => {
                rebind(scope, variable, Type::of(Types::NODE));
                Ok(())
            }
        }
    }

    fn match_relationship(
        &self,
        relationship: &RelationshipPattern,
        scope: &mut Scope,
        seen: &mut Vec<Name>,
    ) -> Result<()> {
        let Some(variable) = &relationship.variable else { return Ok(()) };
        let many = relationship.length.is_some();
        if let Some(bound) = scope.get(&variable.name) {
            let fits = if many { bound.may_be_relationships() } else { bound.may_be(Types::RELATIONSHIP) };
            if !fits {
                return Err(conflict(variable, if many { "relationships" } else { "a relationship" }, bound));
            }
        }
        if seen.contains(&variable.name) {
            let message = format!("relationship `{}` stands twice in one MATCH, which never matches", variable.name);
            return Err(QueryError::syntax("RelationshipUniquenessViolation", message, variable.span));
        }
        seen.push(variable.name.clone());
        let own = Type::of(Types::RELATIONSHIP);
        rebind(scope, variable, if many { Type::list(own) } else { own });
        Ok(())
    }

    fn bind_path(&self, part: &PatternPart, scope: &mut Scope) -> Result<()> {
        let Some(variable) = &part.variable else { return Ok(()) };
        if scope.get(&variable.name).is_some() {
            return Err(already_bound(&variable.name, variable.span));
        }
        scope.bind(variable.name.clone(), Type::of(Types::PATH));
        Ok(())
    }

    fn pattern_properties(&self, element: &PatternElement, scope: &Scope, purpose: Purpose) -> Result<()> {
        let mut outcome = Ok(());
        element.for_each_property(&mut |properties: &Expression| {
            if outcome.is_ok() {
                outcome = self.property_map(properties, scope, purpose);
            }
        });
        outcome
    }

    fn property_map(&self, properties: &Expression, scope: &Scope, purpose: Purpose) -> Result<()> {
        if properties.is_parameter() && purpose != Purpose::Create {
            let message = "a parameter cannot stand for all properties of a pattern that is looked for";
            return Err(QueryError::syntax("InvalidParameterUse", message, properties.span)
                .with_hint("name the keys: {key: $parameter.key}"));
        }
        self.infer(properties, scope, Place::VALUE).map(drop)
    }

    /// The pattern of `CREATE` or `MERGE`; gives the scope behind it.
    pub(super) fn created_part(&self, part: &PatternPart, before: &Scope, purpose: Purpose) -> Result<Scope> {
        if part.shortest.is_some() {
            let message = "a shortest path can be looked for, not created";
            return Err(QueryError::syntax("UnexpectedSyntax", message, part.element.span));
        }
        let mut scope = before.clone();
        let alone = part.element.chain.is_empty();
        self.created_node(&part.element.start, &mut scope, alone, purpose)?;
        for (relationship, node) in &part.element.chain {
            self.created_relationship(relationship, &mut scope, purpose)?;
            self.created_node(node, &mut scope, false, purpose)?;
        }
        self.bind_path(part, &mut scope)?;
        Ok(scope)
    }

    fn created_node(&self, node: &NodePattern, scope: &mut Scope, alone: bool, purpose: Purpose) -> Result<()> {
        if let Some(properties) = &node.properties {
            self.property_map(properties, scope, purpose)?;
        }
        let Some(variable) = &node.variable else { return Ok(()) };
        if let Some(bound) = scope.get(&variable.name) {
            if !bound.may_be(Types::NODE) {
                return Err(conflict(variable, "a node", bound));
            }
            if alone || node.has_conditions() {
                return Err(already_bound(&variable.name, variable.span));
            }
        }
        rebind(scope, variable, Type::of(Types::NODE));
        Ok(())
    }

    fn created_relationship(
        &self,
        relationship: &RelationshipPattern,
        scope: &mut Scope,
        purpose: Purpose,
    ) -> Result<()> {
        let wrong = |detail, message: &str| Err(QueryError::syntax(detail, message, relationship.span));
        if let Some(variable) = relationship.variable.as_ref().filter(|variable| scope.get(&variable.name).is_some()) {
            return Err(already_bound(&variable.name, variable.span));
        }
        if relationship.length.is_some() {
            return wrong("CreatingVarLength", "a relationship of variable length can be looked for, not created");
        }
        if relationship.types.len() != 1 {
            return wrong("NoSingleRelationshipType", "a relationship is created with exactly one type");
        }
        if relationship.direction == Direction::Either && purpose == Purpose::Create {
            return wrong("RequiresDirectedRelationship", "a relationship is created in one direction");
        }
        if let Some(properties) = &relationship.properties {
            self.property_map(properties, scope, purpose)?;
        }
        if let Some(variable) = &relationship.variable {
            scope.bind(variable.name.clone(), Type::of(Types::RELATIONSHIP));
        }
        Ok(())
    }
}

/// Binds a variable, or learns the type of one that is bound.
fn rebind(scope: &mut Scope, variable: &Variable, known: Type) {
    if scope.get(&variable.name).is_none_or(|bound| *bound != known) {
        scope.bind(variable.name.clone(), known);
    }
}

fn conflict(variable: &Variable, wanted: &str, bound: &Type) -> QueryError {
    let message = format!("`{}` is {} and cannot be {wanted}", variable.name, bound.set);
    QueryError::syntax("VariableTypeConflict", message, variable.span)
}

/// The error for a name that is bound a second time.
pub(super) fn already_bound(name: &str, span: Span) -> QueryError {
    QueryError::syntax("VariableAlreadyBound", format!("variable `{name}` is already bound"), span)
}
