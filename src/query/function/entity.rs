//! Functions of nodes, relationships, paths and maps: `labels`, `type`, `keys`, `nodes` and their like.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Context, Function, Outcome, wrong_type};
use crate::graph::NodeId;
use crate::query::value::{Detail, Types, Value, ValueError};
use crate::text::Name;

/// What has properties.
const HOLDER: Types = Types::ENTITY.or(Types::MAP);

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("labels", &[Types::NODE], Types::LIST, labels),
    Function::new("type", &[Types::RELATIONSHIP], Types::STRING, relationship_type),
    Function::new("id", &[Types::ENTITY], Types::INTEGER, id),
    Function::new("elementId", &[Types::ENTITY], Types::STRING, element_id),
    Function::new("keys", &[HOLDER], Types::LIST, keys),
    Function::new("properties", &[HOLDER], Types::MAP, properties),
    Function::new("startNode", &[Types::RELATIONSHIP], Types::NODE, |of, context| {
        end("startNode", of, context, |ends| ends.0)
    }),
    Function::new("endNode", &[Types::RELATIONSHIP], Types::NODE, |of, context| {
        end("endNode", of, context, |ends| ends.1)
    }),
    Function::new("nodes", &[Types::PATH], Types::LIST, nodes),
    Function::new("relationships", &[Types::PATH], Types::LIST, relationships),
    Function::new("length", &[Types::PATH], Types::INTEGER, length),
];

fn labels(arguments: &[Value], context: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Node(node) => Ok(Value::list(context.labels(*node)?.into_iter().map(Value::String))),
        other => Err(wrong_type("labels", Types::NODE, other)),
    }
}

fn relationship_type(arguments: &[Value], context: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Relationship(relationship) => context.relationship_type(*relationship).map(Value::String),
        other => Err(wrong_type("type", Types::RELATIONSHIP, other)),
    }
}

fn id(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Node(node) => Ok(Value::Integer(i64::from(node.0))),
        Value::Relationship(relationship) => Ok(Value::Integer(i64::from(relationship.0))),
        other => Err(wrong_type("id", Types::ENTITY, other)),
    }
}

fn element_id(arguments: &[Value], context: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Node(node) => Ok(Value::String(context.node_element_id(*node))),
        Value::Relationship(relationship) => Ok(Value::String(context.relationship_element_id(*relationship))),
        other => Err(wrong_type("elementId", Types::ENTITY, other)),
    }
}

fn keys(arguments: &[Value], context: &dyn Context) -> Outcome {
    Ok(Value::list(held("keys", &arguments[0], context)?.keys().cloned().map(Value::String)))
}

fn properties(arguments: &[Value], context: &dyn Context) -> Outcome {
    held("properties", &arguments[0], context).map(Value::Map)
}

fn held(name: &str, value: &Value, context: &dyn Context) -> Result<Arc<BTreeMap<Name, Value>>, ValueError> {
    match value {
        Value::Map(map) => Ok(Arc::clone(map)),
        Value::Node(node) => context.node_properties(*node).map(Arc::new),
        Value::Relationship(relationship) => context.relationship_properties(*relationship).map(Arc::new),
        other => Err(wrong_type(name, HOLDER, other)),
    }
}

fn end(name: &str, arguments: &[Value], context: &dyn Context, pick: fn((NodeId, NodeId)) -> NodeId) -> Outcome {
    match &arguments[0] {
        Value::Relationship(relationship) => context.ends(*relationship).map(|ends| Value::Node(pick(ends))),
        other => Err(wrong_type(name, Types::RELATIONSHIP, other)),
    }
}

fn nodes(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Path(path) => Ok(Value::list(path.nodes.iter().copied().map(Value::Node))),
        other => Err(wrong_type("nodes", Types::PATH, other)),
    }
}

fn relationships(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Path(path) => Ok(Value::list(path.relationships.iter().copied().map(Value::Relationship))),
        other => Err(wrong_type("relationships", Types::PATH, other)),
    }
}

fn length(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Path(path) => i64::try_from(path.relationships.len())
            .map(Value::Integer)
            .map_err(|_| ValueError::arithmetic(Detail::IntegerOverflow, "the path is too long to count")),
        other => Err(wrong_type("length", Types::PATH, other)),
    }
}
