//! `paths` and `paths.cheapest`: the searches of `graph::paths` as rows.

use std::sync::Arc;

use super::Result;
use super::call::node_of;
use crate::graph::KnowledgeGraph;
use crate::graph::paths::{Connections, Direction, GraphPath, Steps, cheapest};
use crate::limits::{Limit, Limits};
use crate::query::error::{Phase, QueryError};
use crate::query::procedure::Body;
use crate::query::value::{Path, Value};

/// How many paths are given where nothing is said.
const PATHS: usize = 3;

/// Rows of a path and its cost.
pub(super) fn paths(
    body: &Body,
    arguments: &[Value],
    graph: &KnowledgeGraph,
    limits: &Limits,
) -> Result<Vec<Vec<Value>>> {
    let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Null);
    let (Some(from), Some(to)) = (node_of(argument(0), graph)?, node_of(argument(1), graph)?) else {
        return Ok(Vec::new());
    };
    let row = |path: GraphPath| {
        let cost = Value::Float(path.cost(graph));
        vec![Value::Path(Arc::new(Path { nodes: path.nodes, relationships: path.relationships })), cost]
    };
    if matches!(body, Body::CheapestPath) {
        let steps = Steps::relations(Direction::Both);
        return Ok(cheapest(graph, from, to, &steps).map(row).into_iter().collect());
    }
    let wanted = match argument(2) {
        Value::Integer(count) => usize::try_from(*count).unwrap_or(0),
        _ => PATHS,
    };
    let most = limits.size(Limit::Paths);
    let mut connections = Connections::new(graph, from, to, most);
    let found: Vec<_> = connections.by_ref().take(wanted).map(row).collect();
    if found.len() < wanted && connections.is_cut() {
        let message = format!("more than {most} partial paths, or 50 million relations, lie between them");
        return Err(QueryError::limit(Phase::Runtime, Limit::Paths, message));
    }
    Ok(found)
}
