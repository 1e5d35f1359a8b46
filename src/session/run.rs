//! Runs statements over the graph of the session, with full text at hand.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Session, SessionError};
use crate::error::Report;
use crate::limits::{Limit, Limits};
use crate::query::protocol::Protocol;
use crate::query::{self, Answer, Engine, FullText, FullTextHit, Parameters, Phase, QueryError, QueryErrorKind, Value};
use crate::search::SearchError;
use crate::store::{Index, StoreError};

/// Hits that `CALL search(text)` gives at most.
const HITS: usize = 1_000;

/// What a statement is given.
#[derive(Clone, Debug, Default)]
pub struct QueryOptions {
    /// Parameters by name, without `$`.
    pub parameters: Parameters,
    /// A flag that ends this statement when it is set; without one, that of [`Session::interrupt`] does.
    pub interrupt: Option<Arc<AtomicBool>>,
}

impl Session {
    /// Runs a statement of openCypher.
    ///
    /// # Errors
    ///
    /// When the statement is wrong or reaches a limit.
    pub fn query(&self, statement: &str, options: &QueryOptions) -> Result<Answer, SessionError> {
        Ok(match &options.interrupt {
            Some(interrupt) => self.engine.run_until(statement, &options.parameters, interrupt)?,
            None => self.engine.run(statement, &options.parameters)?,
        })
    }

    /// What questions, statements and searches may use.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.engine.options.limits
    }

    /// Sets what every statement may use.
    pub fn tune(&mut self, options: query::Options) {
        self.engine.options = options;
    }

    /// Sets one of the limits.
    pub fn limit(&mut self, limit: Limit, value: u64) {
        self.engine.options.limits.set(limit, value);
    }

    /// Answers the lines of the protocol over this index.
    #[must_use]
    pub fn protocol(self) -> Protocol {
        Protocol::new(self.engine)
    }

    /// A flag that ends the running statement when it is raised.
    #[must_use]
    pub fn interrupt(&self) -> Arc<AtomicBool> {
        self.engine.interrupt()
    }
}

/// The value of a literal as Cypher writes it; text that is none stands for itself.
#[must_use]
pub fn literal(text: &str) -> Value {
    let evaluated = Engine::scratch().run(&format!("RETURN {text}"), &Parameters::new());
    let value = evaluated
        .ok()
        .filter(|answer| answer.columns.len() == 1)
        .and_then(|answer| answer.rows.into_iter().next()?.pop());
    value.unwrap_or_else(|| Value::String(text.into()))
}

/// The engine for an index.
pub(super) fn engine(index: &Index) -> Engine {
    let full_text = Arc::new(Notes(index.clone()));
    Engine::new(index.graph().clone()).with_full_text(full_text)
}

/// The notes of an index, searched.
struct Notes(Index);

impl FullText for Notes {
    fn search(&self, text: &str, limits: &Limits) -> Result<Vec<FullTextHit>, QueryError> {
        let found = self.0.search_within(text, HITS, limits).map_err(|error| failed(&error))?;
        let hit = |hit: crate::search::Hit| FullTextHit {
            path: hit.path.to_string(),
            title: hit.title,
            line: hit.line.get(),
            score: f64::from(hit.score),
            snippet: hit.snippet,
        };
        Ok(found.hits.into_iter().map(hit).collect())
    }
}

/// The error of a search inside a statement.
fn failed(error: &StoreError) -> QueryError {
    match error {
        StoreError::Search(SearchError::Limit { limit, .. }) => {
            QueryError::limit(Phase::Runtime, *limit, error.to_string())
        }
        _ => QueryError {
            hint: error.hint(),
            ..QueryError::runtime(QueryErrorKind::ProcedureError, "ProcedureFailed", error.to_string())
        },
    }
}
