//! Clauses: what each may use, and the scope behind it.

use super::expression::Place;
use super::pattern::{Purpose, already_bound};
use super::{Checker, Result, Scope, Type};
use crate::query::ast::{
    Call, Clause, ClauseKind, Expression, ExpressionKind, Merge, RemoveItem, SetItem, Variable, Yield,
};
use crate::query::error::{QueryError, QueryErrorKind};
use crate::query::procedure::Procedure;
use crate::query::value::Types;
use crate::text::Span;

impl Checker<'_> {
    /// Checks a clause; gives the scope behind it. `standalone` is a statement of this clause alone.
    pub(super) fn clause(&self, clause: &Clause, scope: &Scope, standalone: bool) -> Result<Scope> {
        match &clause.kind {
            ClauseKind::Match(clause) => {
                let inner = self.match_pattern(&clause.pattern, scope)?;
                if let Some(predicate) = &clause.predicate {
                    self.predicate(predicate, &inner, Place::PREDICATE)?;
                }
                Ok(inner)
            }
            ClauseKind::Unwind { list, variable } => {
                let found = self.infer(list, scope, Place::VALUE)?;
                self.free(variable, scope)?;
                Ok(scope.with(&variable.name, found.element()))
            }
            ClauseKind::Create(pattern) => pattern
                .parts
                .iter()
                .try_fold(scope.clone(), |scope, part| self.created_part(part, &scope, Purpose::Create)),
            ClauseKind::Merge(merge) => self.merge(merge, scope),
            ClauseKind::Set(items) => {
                items.iter().try_for_each(|item| self.set_item(item, scope))?;
                Ok(scope.clone())
            }
            ClauseKind::Remove(items) => {
                items.iter().try_for_each(|item| self.remove_item(item, scope))?;
                Ok(scope.clone())
            }
            ClauseKind::Delete { expressions, .. } => {
                expressions.iter().try_for_each(|deleted| self.deleted(deleted, scope))?;
                Ok(scope.clone())
            }
            ClauseKind::Call(call) => self.call(call, scope, standalone),
            ClauseKind::With { body, predicate } => {
                let (after, columns) = self.projection(body, scope, false)?;
                if let Some(predicate) = predicate {
                    self.filter(body, predicate, scope, &after)?;
                }
                let mut next = Scope::default();
                for column in &columns {
                    next.bind(column.clone(), after.get(column).cloned().unwrap_or(Type::ANY));
                }
                Ok(next)
            }
            ClauseKind::Return(_) => Ok(scope.clone()),
        }
    }

    fn free(&self, variable: &Variable, scope: &Scope) -> Result<()> {
        match scope.get(&variable.name) {
            Some(_) => Err(already_bound(&variable.name, variable.span)),
            None => Ok(()),
        }
    }

    fn merge(&self, merge: &Merge, scope: &Scope) -> Result<Scope> {
        let inner = self.created_part(&merge.part, scope, Purpose::Merge)?;
        merge.on_create.iter().chain(&merge.on_match).try_for_each(|item| self.set_item(item, &inner))?;
        Ok(inner)
    }

    fn entity(&self, variable: &Variable, wanted: Types, scope: &Scope) -> Result<()> {
        let found = self.variable(&variable.name, variable.span, scope)?;
        self.demand(found, wanted, variable.span, "what is changed")
    }

    fn set_item(&self, item: &SetItem, scope: &Scope) -> Result<()> {
        match item {
            SetItem::Property { owner, value, .. } => {
                let found = self.infer(owner, scope, Place::VALUE)?;
                self.demand(&found, Types::ENTITY, owner.span, "what is changed")?;
                self.infer(value, scope, Place::VALUE).map(drop)
            }
            SetItem::All { variable, value } | SetItem::Add { variable, value } => {
                self.entity(variable, Types::ENTITY, scope)?;
                let found = self.infer(value, scope, Place::VALUE)?;
                self.demand(&found, Types::MAP | Types::ENTITY, value.span, "a set of properties")
            }
            SetItem::Labels { variable, .. } => self.entity(variable, Types::NODE, scope),
        }
    }

    fn remove_item(&self, item: &RemoveItem, scope: &Scope) -> Result<()> {
        match item {
            RemoveItem::Property { owner, .. } => {
                let found = self.infer(owner, scope, Place::VALUE)?;
                self.demand(&found, Types::ENTITY, owner.span, "what is changed")
            }
            RemoveItem::Labels { variable, .. } => self.entity(variable, Types::NODE, scope),
        }
    }

    fn deleted(&self, deleted: &Expression, scope: &Scope) -> Result<()> {
        if matches!(deleted.kind, ExpressionKind::HasLabels(..)) {
            let message = "DELETE takes a node, a relationship or a path";
            return Err(
                QueryError::syntax("InvalidDelete", message, deleted.span).with_hint("labels are taken away by REMOVE")
            );
        }
        let found = self.infer(deleted, scope, Place::VALUE)?;
        self.demand(&found, Types::ENTITY | Types::PATH, deleted.span, "what is deleted")
    }

    fn call(&self, call: &Call, scope: &Scope, standalone: bool) -> Result<Scope> {
        let procedures = self.surroundings.procedures;
        let Some(procedure) = procedures.get(&call.name) else { return Err(self.unknown_procedure(call)) };
        self.call_arguments(call, procedure, scope, standalone)?;
        let after = self.yields(call, procedure, scope, standalone)?;
        if let Some(predicate) = &call.predicate {
            self.predicate(predicate, &after, Place::PREDICATE)?;
        }
        Ok(after)
    }

    fn unknown_procedure(&self, call: &Call) -> QueryError {
        let message = format!("there is no procedure `{}`", call.name);
        let error = QueryError::compile(QueryErrorKind::ProcedureError, "ProcedureNotFound", message, call.name_span);
        match self.surroundings.procedures.similar(&call.name) {
            Some(near) => error.with_hint(format!("did you mean {near}?")),
            None => error,
        }
    }

    fn call_arguments(&self, call: &Call, procedure: &Procedure, scope: &Scope, standalone: bool) -> Result<()> {
        let Some(arguments) = &call.arguments else {
            if !standalone {
                let message = "a call inside a statement names its arguments in brackets";
                return Err(QueryError::syntax("InvalidArgumentPassingMode", message, call.name_span));
            }
            let given = self.surroundings.parameters;
            let missing = procedure.required_inputs().iter().find(|input| !given(&input.name));
            return missing.map_or(Ok(()), |input| {
                let message = format!("parameter ${} was not given", input.name);
                Err(QueryError::compile(QueryErrorKind::ParameterMissing, "MissingParameter", message, call.name_span))
            });
        };
        if arguments.len() < procedure.required_inputs().len() || arguments.len() > procedure.inputs.len() {
            let message = format!("{} was called with {} arguments", procedure.signature(), arguments.len());
            return Err(QueryError::syntax("InvalidNumberOfArguments", message, call.name_span));
        }
        for (argument, input) in arguments.iter().zip(&procedure.inputs) {
            let found = self.infer(argument, scope, Place::VALUE)?;
            self.demand(&found, input.accepts(), argument.span, &format!("argument `{}`", input.name))?;
        }
        Ok(())
    }

    fn yields(&self, call: &Call, procedure: &Procedure, scope: &Scope, standalone: bool) -> Result<Scope> {
        let mut after = scope.clone();
        match &call.yields {
            Yield::Absent => {}
            Yield::All(_) if standalone => {}
            Yield::All(span) => {
                let message = "YIELD * is for a call that stands alone";
                return Err(QueryError::syntax("UnexpectedSyntax", message, *span)
                    .with_hint(format!("name the results: YIELD {}", procedure.output_names().join(", "))));
            }
            Yield::Items(items) => {
                for item in items {
                    let found = procedure.outputs.iter().find(|output| output.name == item.result);
                    let Some(output) = found else {
                        return Err(self.unknown_output(procedure, &item.result, item.variable.span));
                    };
                    self.free(&item.variable, &after)?;
                    after.bind(item.variable.name.clone(), Type::of(output.types));
                }
            }
        }
        Ok(after)
    }

    fn unknown_output(&self, procedure: &Procedure, name: &str, span: Span) -> QueryError {
        let message = format!("{} gives no `{name}`", procedure.name);
        QueryError::syntax("UndefinedVariable", message, span)
            .with_hint(format!("it gives {}", procedure.output_names().join(", ")))
    }
}
