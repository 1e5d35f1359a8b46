//! Scope and types, before anything runs: what a statement can be refused for without its graph.
//!
//! In: the tree, the procedures, the names of the parameters. Out: nothing, or the first error with
//! its place. Types are sets; an error is raised only where no value could ever fit.

mod aggregation;
mod clause;
mod expression;
mod pattern;
mod projection;
mod scope;

pub use aggregation::{columns_for, contains_aggregate, is_aggregate};
pub use scope::{Scope, Type};

use super::ast::{Clause, ClauseKind, Query, SingleQuery, Statement, Yield};
use super::error::{QueryError, QueryErrorKind};
use super::procedure::{Procedure, Procedures};
use crate::error::Hint;
use crate::text::{Name, Span};

type Result<T> = std::result::Result<T, QueryError>;

/// Checks a statement.
///
/// # Errors
///
/// The first error, in the order of the text where that is possible.
pub fn check(statement: &Statement, surroundings: &Surroundings<'_>) -> Result<()> {
    Checker { surroundings }.query(&statement.query, &Scope::default(), false).map(drop)
}

/// What a statement is checked against.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The procedures that can be called.
    pub procedures: &'a Procedures,
    /// The names of the parameters given.
    pub parameters: &'a dyn Fn(&str) -> bool,
    /// Whether write clauses are refused.
    pub read_only: bool,
}

struct Checker<'a> {
    surroundings: &'a Surroundings<'a>,
}

impl Checker<'_> {
    /// Checks a query that sees `outer`; gives its columns.
    fn query(&self, query: &Query, outer: &Scope, nested: bool) -> Result<Option<Vec<Name>>> {
        let first = self.single_query(&query.first, outer, nested)?;
        let all_of_first = query.unions.first().is_some_and(|union| union.all);
        for union in &query.unions {
            if union.all != all_of_first {
                let message = "UNION and UNION ALL cannot be mixed";
                return Err(QueryError::syntax("InvalidClauseComposition", message, union.span));
            }
            let columns = self.single_query(&union.query, outer, nested)?;
            let sorted = |columns: &Option<Vec<Name>>| {
                let mut names = columns.clone().unwrap_or_default();
                names.sort();
                names
            };
            if sorted(&columns) != sorted(&first) {
                let message = "the parts of a UNION must give the same columns";
                return Err(QueryError::syntax("DifferentColumnsInUnion", message, union.span));
            }
        }
        Ok(first)
    }

    fn single_query(&self, query: &SingleQuery, outer: &Scope, nested: bool) -> Result<Option<Vec<Name>>> {
        self.composition(query, nested)?;
        let mut scope = outer.clone();
        let mut columns = None;
        let standalone = query.clauses.len() == 1 && !nested;
        for clause in &query.clauses {
            if let ClauseKind::Return(body) = &clause.kind {
                columns = Some(self.projection(body, &scope, true)?.1);
            } else {
                scope = self.clause(clause, &scope, standalone)?;
            }
        }
        Ok(columns)
    }

    /// Which clauses may stand where.
    fn composition(&self, query: &SingleQuery, nested: bool) -> Result<()> {
        let wrong = |message: &str, span: Span| QueryError::syntax("InvalidClauseComposition", message, span);
        for (at, clause) in query.clauses.iter().enumerate() {
            let last = at + 1 == query.clauses.len();
            let updates = is_update(clause);
            if updates && nested {
                return Err(wrong("a subquery in an expression cannot write", clause.span));
            }
            if updates && self.surroundings.read_only {
                return Err(read_only(clause.span));
            }
            match &clause.kind {
                ClauseKind::Return(_) if !last => {
                    return Err(wrong("RETURN must be the last clause", query.clauses[at + 1].span)
                        .with_hint("use WITH to go on after a projection"));
                }
                ClauseKind::Return(_) => {}
                ClauseKind::Call(call) if last && !nested => self.last_call(query, call, clause.span)?,
                _ if last && !nested && !updates => {
                    return Err(wrong("the statement gives nothing back", clause.span).with_hint("end it with RETURN"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A call ends a query where it stands alone or gives nothing.
    fn last_call(&self, query: &SingleQuery, call: &super::ast::Call, span: Span) -> Result<()> {
        let void = self.surroundings.procedures.get(&call.name).is_none_or(Procedure::is_void);
        if query.clauses.len() == 1 || void {
            return Ok(());
        }
        let message = "the statement gives nothing back";
        let error = QueryError::syntax("InvalidClauseComposition", message, span);
        Err(error.with_hint(match call.yields {
            Yield::Absent => "name its results with YIELD and end with RETURN",
            _ => "end it with RETURN",
        }))
    }

    /// What `name` means in `scope`.
    fn variable<'s>(&self, name: &str, span: Span, scope: &'s Scope) -> Result<&'s Type> {
        scope.get(name).ok_or_else(|| undefined(name, span, scope))
    }
}

/// Whether a clause writes.
#[must_use]
pub const fn is_update(clause: &Clause) -> bool {
    matches!(
        clause.kind,
        ClauseKind::Create(_)
            | ClauseKind::Merge(_)
            | ClauseKind::Set(_)
            | ClauseKind::Remove(_)
            | ClauseKind::Delete { .. }
    )
}

fn read_only(span: Span) -> QueryError {
    let message = "this graph is read-only: it is made from the notes, and they are the truth";
    QueryError::compile(QueryErrorKind::ReadOnly, "ReadOnlyGraph", message, span).with_hint(
        Hint::from("edit the note and ingest it, or use --scratch for a graph in memory")
            .or_in_a_request("edit the note and ingest it"),
    )
}

/// The error for a name that nothing binds.
fn undefined(name: &str, span: Span, scope: &Scope) -> QueryError {
    let error = QueryError::syntax("UndefinedVariable", format!("variable `{name}` is not defined"), span);
    match scope.similar(name) {
        Some(near) => error.with_hint(format!("did you mean {near}?")),
        None => error,
    }
}

#[cfg(test)]
mod tests;
