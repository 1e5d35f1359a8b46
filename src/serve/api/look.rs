//! The routes that look something up.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::read;
use crate::render::cited::{CitedPath, CitedRelation, SearchHit};
use crate::serve::app::App;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, json, json_bytes};
use crate::session::explore::{GraphPart, Size, Wanted, Window};
use crate::session::{Page, QueryOptions, Snapshot};
use crate::text::secret;

type Answered = Result<Response<Body>, Refusal>;

/// Names offered, and the most that may be asked for.
const NAMES: (usize, usize) = (12, 100);
/// Relations of a group and notes told of a concept.
const DETAILS: (usize, usize) = (50, 1_000);
/// Neighbours added at once.
const NEIGHBOURS: (usize, usize) = (12, 200);
/// Paths.
const PATHS: (usize, usize) = (3, 20);
/// Lines of a note.
const LINES: (usize, usize) = (400, 5_000);
/// Notes found.
const HITS: (usize, usize) = (20, 200);
/// Nodes of a picture.
pub(super) const NODES: (usize, usize) = (10_000, 50_000);
/// Steps away from a concept.
const DEPTH: (usize, usize) = (1, 10);

/// Looks something up beside the network, and writes it there, too.
async fn looked<T: Serialize>(
    app: &App,
    look: impl FnOnce(&Snapshot) -> Result<T, Refusal> + Send + 'static,
) -> Answered {
    let written = app.work(move |snapshot| serde_json::to_vec(&look(snapshot)?).map_err(|_| Refusal::fault()));
    Ok(json_bytes(StatusCode::OK, written.await?))
}

pub(super) async fn status(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    Parameters::parse(query.as_deref(), &[])?;
    let snapshot = app.live.now();
    let mut overview = snapshot.session.overview();
    overview.notices.extend(app.trouble());
    Ok(json(
        StatusCode::OK,
        &json!({
            "name": "quipu",
            "version": env!("CARGO_PKG_VERSION"),
            "index": app.live.folder().display().to_string(),
            "commit": snapshot.commit,
            "roots": overview.roots,
            "counts": overview.counts,
            "notices": overview.notices,
        }),
    ))
}

pub(super) async fn schema(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    Parameters::parse(query.as_deref(), &[])?;
    looked(&app, |snapshot| Ok(snapshot.session.names().clone())).await
}

pub(super) async fn complete(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["q", "limit"])?;
    let typed = parameters.required("q")?;
    let limit = parameters.number("limit", NAMES.0, NAMES.1)?;
    looked(&app, move |snapshot| Ok(snapshot.session.completion(&typed, limit))).await
}

pub(super) async fn concept(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["name", "limit"])?;
    let name = parameters.required("name")?;
    let limit = parameters.number("limit", DETAILS.0, DETAILS.1)?;
    looked(&app, move |snapshot| Ok(snapshot.session.concept_detail(&name, limit)?)).await
}

pub(super) async fn neighbours(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["name", "limit", "types", "shown"])?;
    let wanted = Wanted {
        limit: parameters.number("limit", NEIGHBOURS.0, NEIGHBOURS.1)?,
        types: parameters.list("types"),
        shown: parameters.all("shown").to_vec(),
    };
    let name = parameters.required("name")?;
    looked(&app, move |snapshot| Ok(snapshot.session.neighbours(&name, &wanted)?)).await
}

/// The same request as a body, for more names than fit into an address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeighboursBody {
    name: String,
    limit: Option<usize>,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    shown: Vec<String>,
}

pub(super) async fn neighbours_of_many(State(app): State<Arc<App>>, body: Body) -> Answered {
    let NeighboursBody { name, limit, types, shown } = read(body).await?;
    let limit = limit.unwrap_or(NEIGHBOURS.0).min(NEIGHBOURS.1);
    let wanted = Wanted { limit, types, shown };
    looked(&app, move |snapshot| Ok(snapshot.session.neighbours(&name, &wanted)?)).await
}

/// All relations between two concepts.
#[derive(Serialize)]
struct Relations {
    relations: Vec<CitedRelation>,
}

pub(super) async fn relation(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["from", "to"])?;
    let (from, to) = (parameters.required("from")?, parameters.required("to")?);
    looked(&app, move |snapshot| Ok(Relations { relations: snapshot.session.relations_between(&from, &to)? })).await
}

/// Ways between two concepts, and the part of the graph that they run through.
#[derive(Serialize)]
struct Paths {
    cypher: String,
    paths: Vec<CitedPath>,
    graph: GraphPart,
}

pub(super) async fn paths(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["a", "b", "k"])?;
    let (from, to) = (parameters.required("a")?, parameters.required("b")?);
    let k = u32::try_from(parameters.number("k", PATHS.0, PATHS.1)?.max(1)).unwrap_or(1);
    looked(&app, move |snapshot| {
        let reply = snapshot.session.paths(&from, &to, k, &QueryOptions::default())?;
        let graph = snapshot.session.replied(&reply, NODES.0);
        let Page::Paths(paths) = reply.page else { return Err(Refusal::fault()) };
        Ok(Paths { cypher: reply.cypher, paths, graph })
    })
    .await
}

pub(super) async fn note(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["path", "line", "lines"])?;
    let path = parameters.required("path")?;
    let line = parameters.number("line", 0, u32::MAX as usize)?;
    let lines = parameters.number("lines", LINES.0, LINES.1)?;
    let window = Window { line: (line > 0).then_some(line), lines };
    looked(&app, move |snapshot| {
        let page = snapshot.session.note_page(&path, window)?;
        page.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "unknown-note", "the index has no such note"))
    })
    .await
}

/// Notes found by their words.
#[derive(Serialize)]
struct Hits {
    hits: Vec<ShownHit>,
    total: usize,
    relaxed: bool,
}

/// A note, its snippet in pieces.
#[derive(Serialize)]
struct ShownHit {
    path: String,
    title: String,
    line: u32,
    score: f32,
    snippet: Vec<Piece>,
}

/// Words of a snippet, searched for or not.
#[derive(Serialize)]
struct Piece {
    text: String,
    marked: bool,
}

pub(super) async fn search(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["q", "limit"])?;
    let text = parameters.required("q")?;
    let limit = parameters.number("limit", HITS.0, HITS.1)?;
    looked(&app, move |snapshot| {
        let found = snapshot.session.search(&text, limit).map_err(|error| Refusal::about(&error, &text))?;
        let hits = found.hits.into_iter().map(shown_hit).collect();
        Ok(Hits { hits, total: found.total, relaxed: found.relaxed })
    })
    .await
}

/// What looks like a secret is hidden; then nothing is marked, as its letters stand elsewhere.
fn shown_hit(mut hit: SearchHit) -> ShownHit {
    if let Cow::Owned(masked) = secret::mask(&hit.snippet) {
        (hit.snippet, hit.highlights) = (masked, Vec::new());
    }
    let mut snippet = Vec::new();
    let mut push = |text: Option<&str>, marked| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            snippet.push(Piece { text: text.to_owned(), marked });
        }
    };
    let mut at = 0;
    for span in &hit.highlights {
        push(hit.snippet.get(at..span.start), false);
        push(hit.snippet.get(span.start..span.end), true);
        at = span.end;
    }
    push(hit.snippet.get(at..), false);
    ShownHit { path: hit.path, title: hit.title, line: hit.line, score: hit.score, snippet }
}

/// A picture of the graph.
#[derive(Serialize)]
struct Picture {
    #[serde(flatten)]
    size: Size,
    #[serde(flatten)]
    part: GraphPart,
}

pub(super) async fn graph(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Answered {
    let parameters = Parameters::parse(query.as_deref(), &["around", "depth", "limit"])?;
    let around = parameters.text("around")?.map(str::to_owned);
    let depth = parameters.number("depth", DEPTH.0, DEPTH.1)?;
    let limit = parameters.number("limit", NODES.0, NODES.1)?;
    looked(&app, move |snapshot| {
        let around = around.as_deref().map(|name| (name, depth));
        let (part, size) = snapshot.session.graph_part(around, limit)?;
        Ok(Picture { size, part })
    })
    .await
}
