//! Questions and statements: rows, the statement it was, and the part of the graph to draw.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::look::NODES;
use super::read;
use crate::query::json::{Encoded, decode};
use crate::query::protocol::plan_json;
use crate::query::{Answer, Parameters};
use crate::serve::app::App;
use crate::serve::refusal::{Refusal, json_bytes};
use crate::session::explore::GraphPart;
use crate::session::script::is_statement;
use crate::session::{Interrupt, Page, QueryOptions, Reply, Snapshot};

/// Rows given where nobody says how many, and the most.
const ROWS: (usize, usize) = (1_000, 10_000);

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// A question, or a statement of openCypher.
    text: String,
    /// Parameters of a statement.
    #[serde(default)]
    parameters: Map<String, Value>,
    /// Rows at most.
    limit: Option<usize>,
}

/// What is answered.
#[derive(Serialize)]
struct Answered<'a> {
    kind: &'static str,
    cypher: &'a str,
    columns: &'a [String],
    rows: Vec<Vec<Encoded<'a>>>,
    total_rows: usize,
    cut: bool,
    page: Option<&'a Page>,
    graph: GraphPart,
    plan: Option<Value>,
    notices: &'a [String],
}

pub(super) async fn ask(State(app): State<Arc<App>>, body: Body) -> Result<Response<Body>, Refusal> {
    let asked: Asked = read(body).await?;
    let interrupt = Interrupt::default();
    let options = QueryOptions { parameters: parameters(&asked.parameters)?, interrupt: Some(interrupt.flag()) };
    let written = app.work(move |snapshot| {
        if is_statement(&asked.text) { run(snapshot, &asked, &options) } else { reply(snapshot, &asked, &options) }
    });
    Ok(json_bytes(StatusCode::OK, written.await?))
}

fn run(snapshot: &Snapshot, asked: &Asked, options: &QueryOptions) -> Result<Vec<u8>, Refusal> {
    let answer = snapshot.session.query(&asked.text, options).map_err(|error| Refusal::about(&error, &asked.text))?;
    let graph = snapshot.session.answered(&answer, NODES.0);
    write("statement", &asked.text, &answer, None, graph, asked.limit)
}

fn reply(snapshot: &Snapshot, asked: &Asked, options: &QueryOptions) -> Result<Vec<u8>, Refusal> {
    let reply = snapshot.session.ask(&asked.text, options);
    let reply: Reply = reply.map_err(|error| Refusal::about(&error, &asked.text))?;
    let graph = snapshot.session.replied(&reply, NODES.0);
    let page = Some(&reply.page).filter(|page| !matches!(page, Page::Rows));
    let found = if let Page::Hits(found) = &reply.page { Some(found.rows()) } else { None };
    write("question", &reply.cypher, found.as_ref().unwrap_or(&reply.answer), page, graph, asked.limit)
}

fn write(
    kind: &'static str,
    cypher: &str,
    answer: &Answer,
    page: Option<&Page>,
    graph: GraphPart,
    limit: Option<usize>,
) -> Result<Vec<u8>, Refusal> {
    let most = limit.unwrap_or(ROWS.0).min(ROWS.1);
    let encode = |value| Encoded { value, entities: &answer.entities };
    let answered = Answered {
        kind,
        cypher,
        columns: &answer.columns,
        rows: answer.rows.iter().take(most).map(|row| row.iter().map(encode).collect()).collect(),
        total_rows: answer.rows.len(),
        cut: answer.rows.len() > most,
        page,
        graph,
        plan: answer.plan.as_ref().map(plan_json),
        notices: &answer.notices,
    };
    serde_json::to_vec(&answered).map_err(|error| Refusal::malformed(format!("the answer cannot be written: {error}")))
}

fn parameters(given: &Map<String, Value>) -> Result<Parameters, Refusal> {
    let decoded = given.iter().map(|(name, value)| Ok((name.as_str().into(), decode(value)?)));
    let decoded: Result<Parameters, crate::query::value::ValueError> = decoded.collect();
    decoded.map_err(|error| Refusal::malformed(format!("a parameter is not understood: {error}")))
}
