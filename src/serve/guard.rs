//! Who may ask: only programs on this machine that name it as their host, show the token, and are no other site's page.
//!
//! Browsers let any page send requests to loopback, and names can be made to point there; so the host has to be this
//! server's own, the origin too where one is told, and no header allows another site to read an answer.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::time::timeout;
use tower_http::compression::CompressionLayer;

use super::app::App;
use super::parameters::first;
use super::refusal::Refusal;
use super::token::basic_password;
use super::{api, neo4j, page};

/// What the page may load: its own files, and pictures that it drew itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What every answer says to browsers.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// All routes behind the guard.
pub(super) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/", get(neo4j::discovery))
        .nest("/api", api::router())
        .nest("/db", neo4j::router())
        .fallback(page::file)
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Arc::clone(app), guard))
        .with_state(Arc::clone(app))
}

async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let patience = api::patience(request.uri().path()).unwrap_or(app.request_time);
    let is_neo4j = neo4j::is_ours(request.uri().path());
    let answered = match admitted(&app, &request) {
        Ok(()) => match timeout(patience, next.run(request)).await {
            Ok(answered) => answered,
            Err(_) if is_neo4j => neo4j::refuse(late()),
            Err(_) => late().into_response(),
        },
        Err(refusal) if is_neo4j => neo4j::refuse(refusal),
        Err(refusal) => refusal.into_response(),
    };
    with_headers(answered)
}

fn late() -> Refusal {
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the request took too long")
}

fn with_headers(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn admitted(app: &App, request: &Request) -> Result<(), Refusal> {
    let headers = request.headers();
    own_host(app, request)?;
    own_origin(app, headers)?;
    if page::is_file(request.uri().path()) {
        return Ok(());
    }
    from_here(headers)?;
    if *request.method() == Method::POST {
        is_json(headers)?;
    }
    let shown = shown_token(headers).or_else(|| first(request.uri().query(), "token"));
    match shown.is_some_and(|shown| app.token.is(&shown)) {
        true => Ok(()),
        false => Err(Refusal::new(StatusCode::UNAUTHORIZED, "token", "the token is missing or wrong")
            .with_hint("open the address that `quipu serve` printed, or send its token as `Authorization: Bearer`")),
    }
}

/// The host is this server by one of its three names; one name alone, and the same one in the address.
fn own_host(app: &App, request: &Request) -> Result<(), Refusal> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or("");
    let told = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    if hosts.next().is_none() && told && is_own(app, host) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "host", "this server is not the host that was asked for")
        .with_hint(format!("ask 127.0.0.1:{}", app.port)))
}

fn is_own(app: &App, host: &str) -> bool {
    let port = app.port;
    [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")].iter().any(|own| own == host)
}

fn own_origin(app: &App, headers: &HeaderMap) -> Result<(), Refusal> {
    let own = |origin: &HeaderValue| {
        origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")).is_some_and(|host| is_own(app, host))
    };
    match headers.get_all(header::ORIGIN).iter().all(own) {
        true => Ok(()),
        false => Err(Refusal::new(StatusCode::FORBIDDEN, "origin", "pages of other sites are not answered")),
    }
}

/// No page of another site asked, as far as the browser tells.
fn from_here(headers: &HeaderMap) -> Result<(), Refusal> {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    match site {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Refusal::new(StatusCode::FORBIDDEN, "origin", "pages of other sites are not answered")),
    }
}

/// Only JSON is taken: browsers ask first before they send that to another site.
fn is_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let told = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = told.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => Ok(()),
        typed if typed.starts_with("application/vnd.neo4j.query") => Ok(()),
        _ => Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "only JSON is taken")
            .with_hint("send it as `Content-Type: application/json`")),
    }
}

/// The token as `Authorization` shows it.
fn shown_token(headers: &HeaderMap) -> Option<String> {
    let told = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = told.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(rest.trim().to_owned()),
        "basic" => basic_password(rest),
        _ => None,
    }
}
