//! What goes wrong, by the codes that Neo4j's drivers know. Codes of transient errors are avoided: drivers would
//! try again for half a minute what fails the same way each time.

use axum::http::StatusCode;

use crate::error::{Exit, Report};
use crate::query::{QueryError, QueryErrorKind};
use crate::serve::refusal::Refusal;
use crate::session::SessionError;
use crate::text::Lines;

/// The token is missing or wrong.
pub(in crate::serve) const UNAUTHORIZED: &str = "Neo.ClientError.Security.Unauthorized";
/// A request that makes no sense where it stands.
pub(in crate::serve) const INVALID: &str = "Neo.ClientError.Request.Invalid";
/// A request that cannot be read.
pub(in crate::serve) const FORMAT: &str = "Neo.ClientError.Request.InvalidFormat";
/// There is no such database.
pub(in crate::serve) const DATABASE: &str = "Neo.ClientError.Database.DatabaseNotFound";
/// There is no such transaction.
pub(in crate::serve) const TRANSACTION: &str = "Neo.ClientError.Transaction.TransactionNotFound";
/// Too many transactions are open.
pub(in crate::serve) const TRANSACTIONS: &str = "Neo.ClientError.Transaction.TransactionStartFailed";
/// Too much runs at once; the one error that is worth another try.
const BUSY: &str = "Neo.TransientError.Request.NoThreadsAvailable";
const FAULT: &str = "Neo.DatabaseError.General.UnknownError";
const TIMEOUT: &str = "Neo.ClientError.Transaction.TransactionTimedOut";
#[cfg(feature = "bolt")]
const TERMINATED: &str = "Neo.ClientError.Transaction.Terminated";

/// An error as drivers take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Failure {
    /// The status over HTTP.
    pub(in crate::serve) status: StatusCode,
    /// Neo4j's code.
    pub(in crate::serve) code: &'static str,
    /// For people: what is wrong, where, and the next step.
    pub(in crate::serve) message: String,
}

impl Failure {
    pub(in crate::serve) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// A request that makes no sense.
    pub(in crate::serve) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, INVALID, message)
    }

    /// A request that cannot be read.
    pub(in crate::serve) fn format(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, FORMAT, message)
    }

    /// A fault of ours.
    pub(in crate::serve) fn fault() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, FAULT, "quipu met a fault of its own")
    }

    /// A statement that took longer than its client wants to wait.
    #[cfg(feature = "bolt")]
    pub(in crate::serve) fn timeout() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, TIMEOUT, "the statement took longer than its transaction may")
    }

    /// A statement that its client wants no more.
    #[cfg(feature = "bolt")]
    pub(in crate::serve) fn taken_back() -> Self {
        Self::new(StatusCode::BAD_REQUEST, TERMINATED, "the statement was ended because its client asked for it")
    }

    /// The error of a statement.
    pub(in crate::serve) fn of(error: &SessionError, statement: &str) -> Self {
        let mut message = error.to_string();
        if let Some(span) = error.span() {
            let position = Lines::new(statement).position(statement, span.start);
            message += &format!(" (line {}, column {})", position.line, position.column);
        }
        if let Some(hint) = error.hint() {
            message += &format!("; {}", hint.for_request());
        }
        let code = match error {
            SessionError::Query(error) => statement_code(error),
            _ if error.exit() == Exit::Fault => FAULT,
            _ => "Neo.ClientError.Statement.ArgumentError",
        };
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }
}

/// Neo4j's code for the error of a statement.
fn statement_code(error: &QueryError) -> &'static str {
    match (error.kind, error.detail) {
        (QueryErrorKind::ProcedureError, "ProcedureNotFound") => "Neo.ClientError.Procedure.ProcedureNotFound",
        (QueryErrorKind::LimitReached, detail) if detail.contains("Time") => TIMEOUT,
        (kind, _) => match kind {
            QueryErrorKind::SyntaxError => "Neo.ClientError.Statement.SyntaxError",
            QueryErrorKind::TypeError => "Neo.ClientError.Statement.TypeError",
            QueryErrorKind::ArgumentError => "Neo.ClientError.Statement.ArgumentError",
            QueryErrorKind::ArithmeticError => "Neo.ClientError.Statement.ArithmeticError",
            QueryErrorKind::EntityNotFound => "Neo.ClientError.Statement.EntityNotFound",
            QueryErrorKind::ProcedureError => "Neo.ClientError.Procedure.ProcedureCallFailed",
            QueryErrorKind::SemanticError => "Neo.ClientError.Statement.SemanticError",
            QueryErrorKind::ParameterMissing => "Neo.ClientError.Statement.ParameterMissing",
            QueryErrorKind::ConstraintVerificationFailed => "Neo.ClientError.Schema.ConstraintValidationFailed",
            QueryErrorKind::ReadOnly => "Neo.ClientError.Statement.AccessMode",
            QueryErrorKind::LimitReached => "Neo.DatabaseError.Statement.ExecutionFailed",
        },
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal.code {
            "token" => UNAUTHORIZED,
            "malformed" | "too-large" | "media-type" => FORMAT,
            "busy" => BUSY,
            "timeout" => TIMEOUT,
            "fault" | "index" => FAULT,
            _ => INVALID,
        };
        Self::new(refusal.status, code, refusal.message)
    }
}
