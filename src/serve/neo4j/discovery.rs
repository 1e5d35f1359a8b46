//! Where everything is: what a client asks first.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;

use super::VERSION;
use crate::serve::app::App;
use crate::serve::page;
use crate::serve::refusal::json;

/// The page for browsers, the addresses for programs.
pub(in crate::serve) async fn discovery(State(app): State<Arc<App>>, headers: HeaderMap) -> Response<Body> {
    let wanted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("");
    let mut response = if wanted.contains("text/html") { page::index(&headers) } else { addresses(&app) };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    response
}

fn addresses(app: &App) -> Response<Body> {
    let mut told = json!({
        "query": format!("http://127.0.0.1:{}/db/{{databaseName}}/query/v2", app.port),
        "neo4j_version": VERSION,
        "neo4j_edition": "community",
        "quipu_version": env!("CARGO_PKG_VERSION"),
    });
    if let Some(port) = app.bolt_port {
        told["bolt_direct"] = json!(format!("bolt://127.0.0.1:{port}"));
        told["bolt_routing"] = json!(format!("neo4j://127.0.0.1:{port}"));
    }
    json(StatusCode::OK, &told)
}
