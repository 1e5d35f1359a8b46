//! Errors as the API writes them: `{"error": {"code", "message", "hint", …}}` with the fitting status.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

use crate::error::{Exit, Hint, Report};
use crate::query::{QueryError, QueryErrorKind};
use crate::session::{NameError, SessionError};
use crate::store::StoreError;
use crate::text::{Lines, Span};

/// A request that is not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    /// The status of the answer.
    #[serde(skip)]
    pub(super) status: StatusCode,
    /// What it is, for programs.
    pub(super) code: &'static str,
    /// One clause for people.
    pub(super) message: String,
    /// The rest.
    #[serde(flatten)]
    more: Box<More>,
}

/// What errors tell where it applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct More {
    /// The next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The class of a statement's error, as openCypher names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// What exactly, as openCypher names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
    /// Where in the question or statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// Names spelt nearly so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    similar: Vec<String>,
    /// Concepts that are meant perhaps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate>,
}

/// Where something is wrong in a text, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Place {
    /// The line, from 1.
    line: u32,
    /// The column, from 1.
    column: u32,
    /// Characters before it in the whole text.
    start: usize,
    /// Characters before its end.
    end: usize,
}

/// A concept that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Candidate {
    name: String,
    kind: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), more: Box::default() }
    }

    /// The same with a next step.
    pub(super) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.more.hint = Some(hint.into());
        self
    }

    /// A request that is malformed.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", message)
    }

    /// Too much runs already.
    pub(super) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests run at once").with_hint("try again")
    }

    /// A fault of ours.
    pub(super) fn fault() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "quipu met a fault of its own")
    }

    /// The error of the session about `text`, the question or statement.
    pub(super) fn about(error: &SessionError, text: &str) -> Self {
        let (status, code) = status(error);
        let mut refusal = Self::new(status, code, error.to_string());
        refusal.more.hint = error.hint().map(Hint::for_request);
        refusal.more.place = error.span().map(|span| Place::of(text, span));
        match error {
            SessionError::Query(QueryError { kind, detail, .. }) => {
                refusal.more.kind = Some(kind.to_string());
                refusal.more.detail = Some(detail);
            }
            SessionError::Name(NameError::Unknown { similar, .. }) => refusal.more.similar.clone_from(similar),
            SessionError::Name(NameError::Ambiguous { candidates, .. }) => {
                let candidate = |(name, kind): &(String, String)| Candidate { name: name.clone(), kind: kind.clone() };
                refusal.more.candidates = candidates.iter().map(candidate).collect();
            }
            _ => {}
        }
        refusal
    }
}

fn status(error: &SessionError) -> (StatusCode, &'static str) {
    match error {
        SessionError::Query(QueryError { kind: QueryErrorKind::LimitReached, .. }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "limit")
        }
        SessionError::Store(StoreError::NoText) => (StatusCode::BAD_REQUEST, "search"),
        SessionError::Query(_) if !matches!(error.exit(), Exit::UnknownName | Exit::Ambiguous) => {
            (StatusCode::BAD_REQUEST, "statement")
        }
        SessionError::Question(_) => (StatusCode::BAD_REQUEST, "question"),
        SessionError::Search(_) if error.exit() == Exit::Usage => (StatusCode::BAD_REQUEST, "search"),
        _ => match error.exit() {
            Exit::UnknownName => (StatusCode::NOT_FOUND, "unknown-name"),
            Exit::Ambiguous => (StatusCode::CONFLICT, "ambiguous-name"),
            Exit::Limit => (StatusCode::UNPROCESSABLE_ENTITY, "limit"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "index"),
        },
    }
}

impl Place {
    fn of(text: &str, span: Span) -> Self {
        let position = Lines::new(text).position(text, span.start);
        let characters = |end: usize| text.get(..end).unwrap_or(text).chars().count();
        Self {
            line: position.line.get(),
            column: position.column,
            start: characters(span.start),
            end: characters(span.end),
        }
    }
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Self {
        Self::about(&error, "")
    }
}

/// The body of an error.
#[derive(Serialize)]
struct Shown<'a> {
    error: &'a Refusal,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        json(self.status, &Shown { error: &self })
    }
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(bytes) => json_bytes(status, bytes),
        Err(_) => json_bytes(StatusCode::INTERNAL_SERVER_ERROR, br#"{"error":{"code":"fault"}}"#.to_vec()),
    }
}

/// An answer in JSON that is written already.
pub(super) fn json_bytes(status: StatusCode, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}
