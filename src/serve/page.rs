//! The files of the page, compiled in. They hold nothing of the notes and need no token.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::refusal::Refusal;

/// `web/dist`, as it was when this was compiled.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Files;

/// Whether a path asks for a file of the page, not for something of the notes.
pub(super) fn is_file(path: &str) -> bool {
    let inside = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    !inside("/api") && !inside("/db")
}

/// Answers with a file.
pub(super) async fn file(request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", "files can only be read").into_response();
    }
    found(request.uri().path().trim_start_matches('/'), request.headers())
}

/// The page itself.
pub(super) fn index(headers: &HeaderMap) -> Response<Body> {
    found("index.html", headers)
}

fn found(path: &str, headers: &HeaderMap) -> Response<Body> {
    match Files::get(path) {
        Some(found) => respond(path, found, headers.get(header::IF_NONE_MATCH)),
        None => Refusal::new(StatusCode::NOT_FOUND, "path", "there is no such page").into_response(),
    }
}

fn respond(path: &str, file: EmbeddedFile, known: Option<&HeaderValue>) -> Response<Body> {
    let hash: String = file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let body = if is_known { Body::empty() } else { Body::from(file.data) };
    let mut response = Response::new(body);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
