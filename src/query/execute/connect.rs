//! `paths` and `paths.cheapest`: the searches of `graph::paths` as rows.

use std::sync::Arc;

use super::Result;
use super::call::node_of;
use crate::graph::KnowledgeGraph;
use crate::graph::paths::{Connections, Direction, GraphPath, Steps, cheapest};
use crate::query::procedure::Body;
use crate::query::value::{Path, Value};

/// How many paths are given where nothing is said.
const PATHS: usize = 3;

/// Rows of a path and its cost.
pub(super) fn paths(body: &Body, arguments: &[Value], graph: &KnowledgeGraph) -> Result<Vec<Vec<Value>>> {
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
    let limit = match argument(2) {
        Value::Integer(count) => usize::try_from(*count).unwrap_or(0),
        _ => PATHS,
    };
    Ok(Connections::new(graph, from, to).take(limit).map(row).collect())
}
