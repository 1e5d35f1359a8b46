//! The JSON API of the page: one route a question. `docs/http-api.md` tells their shapes.

mod ask;
mod body;
mod changes;
mod look;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};

pub(super) use body::read;

use super::app::App;
use super::refusal::Refusal;

/// How long a request for the next commit may take; it waits on purpose.
const CHANGES: Duration = Duration::from_secs(40);

/// The routes below `/api`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/status", get(look::status))
        .route("/schema", get(look::schema))
        .route("/complete", get(look::complete))
        .route("/concept", get(look::concept))
        .route("/neighbours", get(look::neighbours).post(look::neighbours_of_many))
        .route("/relation", get(look::relation))
        .route("/paths", get(look::paths))
        .route("/note", get(look::note))
        .route("/search", get(look::search))
        .route("/graph", get(look::graph))
        .route("/ask", post(ask::ask))
        .route("/changes", get(changes::changes))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "path", "the API has no such path") })
        .method_not_allowed_fallback(|| async {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", "the API does not take this method here")
        })
}

/// How long a request may take, where that is not the usual time.
pub(super) fn patience(path: &str) -> Option<Duration> {
    (path == "/api/changes").then_some(CHANGES)
}
