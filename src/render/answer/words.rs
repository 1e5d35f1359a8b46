//! Values as people read them: `(Flume:Ingestion)`, `[:FEEDS]`, `(Flume)-[:FEEDS]->(HDFS)`.

use std::collections::BTreeMap;

use crate::graph::{NodeId, RelationshipId};
use crate::query::{Entities, List, NodeData, Path, RelationshipData, Value};
use crate::text::Name;

/// Items of a list that are spelled out for people.
const ITEMS: usize = 100;

/// Properties that name a node, the best first.
const NAMES: [&str; 3] = ["name", "title", "path"];

/// A value as a cell for people: text without quotes, places of evidence a line each.
pub(super) fn cell(value: &Value, entities: &Entities) -> String {
    match value {
        Value::String(text) => text.as_ref().to_owned(),
        Value::Temporal(temporal) => temporal.to_string(),
        Value::List(list) if is_evidence(list) => {
            let places: Vec<String> = list.iter().take(ITEMS).filter_map(|place| place.to_text()).collect();
            let more = list.len().saturating_sub(ITEMS);
            places.join("\n") + &if more > 0 { format!("\n… {more} more") } else { String::new() }
        }
        other => words(other, entities),
    }
}

/// Whether a list holds nothing but `path:line`.
fn is_evidence(list: &List) -> bool {
    let is_place =
        |text: &str| text.rsplit_once(':').is_some_and(|(path, line)| !path.is_empty() && line.parse::<u32>().is_ok());
    matches!(list, List::Items(items) if !items.is_empty()
        && items.iter().all(|item| matches!(item, Value::String(text) if is_place(text))))
}

/// A value as it stands inside another: as openCypher writes it, nodes and relationships spelled out.
pub(super) fn words(value: &Value, entities: &Entities) -> String {
    match value {
        Value::List(list) => {
            let mut items: Vec<String> = list.iter().take(ITEMS).map(|item| words(&item, entities)).collect();
            if list.len() > ITEMS {
                items.push(format!("… {} more", list.len() - ITEMS));
            }
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => properties(map, entities),
        Value::Node(id) => node(*id, entities),
        Value::Relationship(id) => relationship(*id, entities),
        Value::Path(walk) => path(walk, entities),
        other => other.to_string(),
    }
}

fn properties(map: &BTreeMap<Name, Value>, entities: &Entities) -> String {
    let entries: Vec<String> = map.iter().map(|(key, value)| format!("{key}: {}", words(value, entities))).collect();
    format!("{{{}}}", entries.join(", "))
}

fn node(id: NodeId, entities: &Entities) -> String {
    let Some(data) = entities.nodes.get(&id) else { return format!("(#{})", id.0) };
    let labels = labels(data);
    match name(data) {
        Some(name) => format!("({name}{labels})"),
        None if data.properties.is_empty() => format!("({labels})"),
        None if labels.is_empty() => format!("({})", properties(&data.properties, entities)),
        None => format!("({labels} {})", properties(&data.properties, entities)),
    }
}

/// The labels, without `Concept` where another one says more.
fn labels(data: &NodeData) -> String {
    let sharper = data.labels.iter().any(|label| label.as_ref() != "Concept");
    let shown = data.labels.iter().filter(|label| !sharper || label.as_ref() != "Concept");
    shown.map(|label| format!(":{label}")).collect()
}

/// The name of a node, where it has one.
pub(super) fn name(data: &NodeData) -> Option<&str> {
    NAMES.iter().find_map(|key| match data.properties.get(*key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.as_ref()),
        _ => None,
    })
}

fn relationship(id: RelationshipId, entities: &Entities) -> String {
    entities.relationships.get(&id).map_or_else(|| format!("[#{}]", id.0), |data| typed(data, entities))
}

/// `[:FEEDS]`; properties are spelled out where they are the user's own, not the evidence of notes.
fn typed(data: &RelationshipData, entities: &Entities) -> String {
    if data.properties.is_empty() || data.properties.contains_key("evidence") {
        format!("[:{}]", data.relationship_type)
    } else {
        format!("[:{} {}]", data.relationship_type, properties(&data.properties, entities))
    }
}

fn path(walk: &Path, entities: &Entities) -> String {
    let mut text = walk.nodes.first().map(|id| step(*id, entities)).unwrap_or_default();
    for (at, id) in walk.relationships.iter().enumerate() {
        let (from, to) = (walk.nodes.get(at), walk.nodes.get(at + 1));
        let data = entities.relationships.get(id);
        let backward = data.is_some_and(|data| Some(&data.start) != from && Some(&data.end) == from);
        let arrows = if backward { ("<-", "-") } else { ("-", "->") };
        let typed = relationship(*id, entities);
        text += &format!("{}{typed}{}{}", arrows.0, arrows.1, to.map(|id| step(*id, entities)).unwrap_or_default());
    }
    text
}

/// A node of a path: its name alone where it has one.
fn step(id: NodeId, entities: &Entities) -> String {
    match entities.nodes.get(&id).and_then(name) {
        Some(name) => format!("({name})"),
        None => node(id, entities),
    }
}
