//! The requests of the Query API.

use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::answer::{Rows, counters, plan};
use super::code::Failure;
use super::{known, parameter, transaction};
use crate::query::{Answer, Parameters};
use crate::serve::api::read;
use crate::serve::app::App;
use crate::serve::refusal::{Refusal, json, json_bytes};
use crate::session::{Interrupt, QueryOptions, Snapshot};

type Answered = Result<Response<Body>, Failure>;

/// What a client sends. Bookmarks are taken and need no waiting: what is served is the newest commit.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Request {
    statement: Option<String>,
    #[serde(default)]
    parameters: Map<String, Json>,
    #[serde(default)]
    include_counters: bool,
    #[serde(default)]
    access_mode: Option<String>,
    #[serde(default, rename = "bookmarks")]
    _bookmarks: Option<Vec<String>>,
    impersonated_user: Option<String>,
    #[serde(default, rename = "maxExecutionTime")]
    _max_execution_time: Option<u64>,
    #[serde(default, rename = "txType")]
    _tx_type: Option<String>,
}

/// A request, and how it is to be answered.
struct Asked {
    request: Request,
    parameters: Parameters,
    typed: bool,
}

pub(super) async fn run(
    State(app): State<Arc<App>>,
    Path(database): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let asked = asked(&database, &headers, body).await?;
    if asked.request.statement.is_none() {
        return Err(Failure::format("a request needs a statement"));
    }
    answer(&app, app.live.now(), asked, None, true).await
}

pub(super) async fn begin(
    State(app): State<Arc<App>>,
    Path(database): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let asked = asked(&database, &headers, body).await?;
    let snapshot = app.live.now();
    let id = app.transactions.begin(Arc::clone(&snapshot))?;
    in_transaction(&app, snapshot, asked, &id).await
}

pub(super) async fn run_in(
    State(app): State<Arc<App>>,
    Path((database, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let asked = asked(&database, &headers, body).await?;
    let snapshot = app.transactions.find(&id)?;
    in_transaction(&app, snapshot, asked, &id).await
}

/// A statement that fails ends its transaction.
async fn in_transaction(app: &App, snapshot: Arc<Snapshot>, asked: Asked, id: &str) -> Answered {
    let answered = answer(app, snapshot, asked, Some(transaction::told(id)), false).await;
    if answered.is_err() {
        let _ = app.transactions.end(id);
    }
    answered
}

pub(super) async fn commit(
    State(app): State<Arc<App>>,
    Path((database, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let asked = asked(&database, &headers, body).await?;
    let snapshot = app.transactions.end(&id)?;
    answer(&app, snapshot, asked, None, true).await
}

pub(super) async fn roll_back(State(app): State<Arc<App>>, Path((database, id)): Path<(String, String)>) -> Answered {
    known(&database)?;
    app.transactions.end(&id)?;
    Ok(json(StatusCode::OK, &json!({})))
}

async fn asked(database: &str, headers: &HeaderMap, body: Body) -> Result<Asked, Failure> {
    known(database)?;
    let request: Request = if body.size_hint().exact() == Some(0) { Request::default() } else { read(body).await? };
    if request.impersonated_user.is_some() {
        return Err(Failure::invalid("there are no users to impersonate"));
    }
    let mode = request.access_mode.as_deref().unwrap_or("READ");
    if !["read", "write"].contains(&mode.to_lowercase().as_str()) {
        return Err(Failure::format("accessMode is READ or WRITE"));
    }
    let parameters = parameter::parameters(&request.parameters, is_typed(headers, header::CONTENT_TYPE))?;
    Ok(Asked { request, parameters, typed: is_typed(headers, header::ACCEPT) })
}

/// Whether a header names the JSON whose values tell their types, of any version.
fn is_typed(headers: &HeaderMap, name: header::HeaderName) -> bool {
    let told = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    told.contains("application/vnd.neo4j.query")
}

/// Runs the statement, if there is one, and answers. The statement ends when its client goes.
async fn answer(app: &App, snapshot: Arc<Snapshot>, asked: Asked, transaction: Option<Json>, last: bool) -> Answered {
    let (typed, interrupt) = (asked.typed, Interrupt::default());
    let options = QueryOptions { parameters: asked.parameters, interrupt: Some(interrupt.flag()) };
    let request = asked.request;
    let work = move |snapshot: &Snapshot| Ok(written(snapshot, &request, &options, typed, transaction, last));
    let bytes = app.work_on(snapshot, work).await.map_err(|refusal: Refusal| Failure::from(refusal))??;
    let mut response = json_bytes(StatusCode::ACCEPTED, bytes);
    if typed {
        let kind = HeaderValue::from_static("application/vnd.neo4j.query");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    Ok(response)
}

fn written(
    snapshot: &Snapshot,
    request: &Request,
    options: &QueryOptions,
    typed: bool,
    transaction: Option<Json>,
    last: bool,
) -> Result<Vec<u8>, Failure> {
    let mut told = Map::new();
    if last {
        told.insert("bookmarks".to_owned(), json!([format!("quipu:{}", snapshot.commit)]));
    }
    if let Some(transaction) = transaction {
        told.insert("transaction".to_owned(), transaction);
    }
    let Some(statement) = &request.statement else { return bytes(&told) };
    let answer = snapshot.session.query(statement, options).map_err(|error| Failure::of(&error, statement))?;
    told.insert("queryType".to_owned(), json!("r"));
    if request.include_counters {
        told.insert("counters".to_owned(), counters(&answer.counters));
    }
    if let Some(tree) = &answer.plan {
        let (tree, profiled) = plan(tree);
        told.insert(if profiled { "profiledQueryPlan" } else { "queryPlan" }.to_owned(), tree);
    }
    with_rows(snapshot, &answer, typed, &bytes(&told)?)
}

/// Rows are written directly, as they may be many; what else is told stands behind them.
fn with_rows(snapshot: &Snapshot, answer: &Answer, typed: bool, told: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut out = br#"{"data":{"fields":"#.to_vec();
    out.extend(bytes(&answer.columns)?);
    out.extend_from_slice(br#","values":"#);
    out.extend(bytes(&Rows { answer, graph: snapshot.session.graph(), typed })?);
    out.extend_from_slice(b"},");
    out.extend_from_slice(&told[1..]);
    Ok(out)
}

fn bytes(value: &impl serde::Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|_| Failure::fault())
}
