//! Neo4j's Query API v2: statements in, rows out, in plain or typed JSON, alone or in a transaction.
//!
//! In: what Neo4j's documentation says a client sends. Out: what it says a server answers, with Neo4j's codes for
//! errors. The graph is read-only, so a transaction is one commit of the index that is kept for its statements.

pub(super) mod answer;
pub(super) mod code;
mod discovery;
mod parameter;
mod plain;
mod request;
mod transaction;
mod typed;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{delete, post};
use serde_json::json;

pub(super) use discovery::discovery;
pub(super) use transaction::Transactions;

use super::app::App;
use super::refusal::{Refusal, json};
use code::Failure;

/// The version of Neo4j whose protocols are spoken.
pub(super) const VERSION: &str = "5.26.0";

/// The name of the one database.
pub(super) const DATABASE: &str = "neo4j";

/// The names it may be called by. Drivers log on to `system`.
const DATABASES: [&str; 3] = [DATABASE, "quipu", "system"];

/// Refuses the name of another database.
pub(super) fn known(database: &str) -> Result<(), Failure> {
    if DATABASES.contains(&database) {
        return Ok(());
    }
    let message = format!("there is no database `{database}`; the one there is is called {DATABASE}");
    Err(Failure::new(StatusCode::NOT_FOUND, code::DATABASE, message))
}

/// The routes below `/db`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/{database}/query/v2", post(request::run))
        .route("/{database}/query/v2/tx", post(request::begin))
        .route("/{database}/query/v2/tx/{transaction}", post(request::run_in))
        .route("/{database}/query/v2/tx/{transaction}", delete(request::roll_back))
        .route("/{database}/query/v2/tx/{transaction}/commit", post(request::commit))
        .fallback(|| async { Failure::new(StatusCode::NOT_FOUND, code::INVALID, "the Query API has no such path") })
        .method_not_allowed_fallback(|| async {
            Failure::new(StatusCode::METHOD_NOT_ALLOWED, code::INVALID, "the Query API does not take this method here")
        })
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response<Body> {
        let mut response = json(self.status, &json!({"errors": [{"code": self.code, "message": self.message}]}));
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"quipu\""));
        }
        response
    }
}

/// Whether a path belongs to the Query API.
pub(super) fn is_ours(path: &str) -> bool {
    path == "/db" || path.starts_with("/db/")
}

/// A refusal in the words of the Query API.
pub(super) fn refuse(refusal: Refusal) -> Response<Body> {
    Failure::from(refusal).into_response()
}
