//! Values in JSON, as the JSON-lines protocol has them.
//!
//! `null`, booleans, strings, lists, integers and floats are JSON's own (a float always has a point or an
//! exponent); the rest are objects with one key: `$float`, `$map`, `$node`, `$relationship`,
//! `$path`, `$temporal`. Values written and read again are the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::answer::{Entities, NodeData, RelationshipData};
use super::temporal::Temporal;
use super::value::{Detail, List, Path, Value, ValueError};
use crate::graph::{NodeId, RelationshipId};
use crate::text::Name;

/// A value to be written, with the entities that it names.
#[derive(Clone, Copy, Debug)]
pub struct Encoded<'a> {
    /// The value.
    pub value: &'a Value,
    /// Labels and properties of the nodes and relationships in it.
    pub entities: &'a Entities,
}

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entities = self.entities;
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(truth) => serializer.serialize_bool(*truth),
            Value::Integer(integer) => serializer.serialize_i64(*integer),
            Value::Float(float) if float.is_finite() => serializer.serialize_f64(*float),
            Value::Float(_) => tagged(serializer, "$float", &self.value.to_string()),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(list) => ListOf { list, entities }.serialize(serializer),
            Value::Map(map) => tagged(serializer, "$map", &MapOf { map, entities }),
            Value::Node(node) => tagged(serializer, "$node", &NodeOf { node: *node, entities }),
            Value::Relationship(relationship) => {
                tagged(serializer, "$relationship", &RelationshipOf { relationship: *relationship, entities })
            }
            Value::Path(path) => tagged(serializer, "$path", &PathOf { path, entities }),
            Value::Temporal(temporal) => tagged(serializer, "$temporal", &temporal.to_string()),
        }
    }
}

/// `{"key": value}`.
fn tagged<S: Serializer>(serializer: S, key: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}

struct ListOf<'a> {
    list: &'a List,
    entities: &'a Entities,
}

impl Serialize for ListOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(Some(self.list.len()))?;
        for value in self.list {
            items.serialize_element(&Encoded { value: &value, entities: self.entities })?;
        }
        items.end()
    }
}

struct MapOf<'a> {
    map: &'a BTreeMap<Name, Value>,
    entities: &'a Entities,
}

impl Serialize for MapOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.map.iter().map(|(key, value)| (key, Encoded { value, entities: self.entities })))
    }
}

struct NodeOf<'a> {
    node: NodeId,
    entities: &'a Entities,
}

impl Serialize for NodeOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unknown = NodeData::default();
        let data = self.entities.nodes.get(&self.node).unwrap_or(&unknown);
        let mut fields = serializer.serialize_map(Some(3))?;
        fields.serialize_entry("id", &self.node.0)?;
        fields.serialize_entry("labels", &data.labels)?;
        fields.serialize_entry("properties", &MapOf { map: &data.properties, entities: self.entities })?;
        fields.end()
    }
}

struct RelationshipOf<'a> {
    relationship: RelationshipId,
    entities: &'a Entities,
}

impl Serialize for RelationshipOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("id", &self.relationship.0)?;
        if let Some(data) = self.entities.relationships.get(&self.relationship) {
            let RelationshipData { relationship_type, start, end, properties } = data;
            fields.serialize_entry("type", relationship_type)?;
            fields.serialize_entry("start", &start.0)?;
            fields.serialize_entry("end", &end.0)?;
            fields.serialize_entry("properties", &MapOf { map: properties, entities: self.entities })?;
        }
        fields.end()
    }
}

struct PathOf<'a> {
    path: &'a Path,
    entities: &'a Entities,
}

impl Serialize for PathOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entities = self.entities;
        let nodes: Vec<_> = self.path.nodes.iter().map(|node| Value::Node(*node)).collect();
        let relationships: Vec<_> = self.path.relationships.iter().map(|id| Value::Relationship(*id)).collect();
        let mut fields = serializer.serialize_map(Some(2))?;
        fields.serialize_entry("nodes", &ListOf { list: &nodes.into(), entities })?;
        fields.serialize_entry("relationships", &ListOf { list: &relationships.into(), entities })?;
        fields.end()
    }
}

/// Reads a value, as a parameter of a statement. An object without a `$` key is a map, too.
///
/// # Errors
///
/// An argument error for numbers past 64 bits, unknown `$` keys, and text that is not temporal.
pub fn decode(json: &serde_json::Value) -> Result<Value, ValueError> {
    match json {
        serde_json::Value::Null => Ok(Value::Null),
        serde_json::Value::Bool(truth) => Ok(Value::Boolean(*truth)),
        serde_json::Value::Number(number) => decode_number(number),
        serde_json::Value::String(text) => Ok(Value::from(text.as_str())),
        serde_json::Value::Array(items) => {
            items.iter().map(decode).collect::<Result<Vec<_>, _>>().map(|items| Value::List(List::from(items)))
        }
        serde_json::Value::Object(fields) => decode_object(fields),
    }
}

fn decode_number(number: &serde_json::Number) -> Result<Value, ValueError> {
    if let Some(integer) = number.as_i64() {
        return Ok(Value::Integer(integer));
    }
    match number.as_f64() {
        Some(float) if number.is_f64() => Ok(Value::Float(float)),
        _ => Err(ValueError::argument(Detail::IntegerOverflow, format!("{number} does not fit into 64 bits"))),
    }
}

fn decode_object(fields: &serde_json::Map<String, serde_json::Value>) -> Result<Value, ValueError> {
    let only = fields.iter().next().filter(|(key, _)| fields.len() == 1 && key.starts_with('$'));
    match only {
        None => decode_map(fields),
        Some((key, value)) => decode_tagged(key, value).ok_or_else(|| {
            ValueError::argument(Detail::InvalidArgumentValue, format!("no value is written {{\"{key}\": {value}}}"))
        })?,
    }
}

fn decode_map(fields: &serde_json::Map<String, serde_json::Value>) -> Result<Value, ValueError> {
    let entries = fields.iter().map(|(key, value)| Ok((Name::from(key.as_str()), decode(value)?)));
    entries.collect::<Result<BTreeMap<_, _>, _>>().map(|map| Value::Map(Arc::new(map)))
}

fn decode_tagged(key: &str, value: &serde_json::Value) -> Option<Result<Value, ValueError>> {
    match key {
        "$float" => match value.as_str()? {
            "NaN" => Some(Ok(Value::Float(f64::NAN))),
            "Infinity" => Some(Ok(Value::Float(f64::INFINITY))),
            "-Infinity" => Some(Ok(Value::Float(f64::NEG_INFINITY))),
            _ => None,
        },
        "$map" => Some(decode_map(value.as_object()?)),
        "$temporal" => Temporal::parse(value.as_str()?).map(|temporal| Ok(Value::Temporal(temporal))),
        "$node" => decode_id(value.get("id")?).map(|id| Ok(Value::Node(NodeId(id)))),
        "$relationship" => decode_id(value.get("id")?).map(|id| Ok(Value::Relationship(RelationshipId(id)))),
        "$path" => decode_path(value).map(|path| Ok(Value::Path(Arc::new(path)))),
        _ => None,
    }
}

fn decode_id(json: &serde_json::Value) -> Option<u32> {
    u32::try_from(json.as_u64()?).ok()
}

fn decode_path(json: &serde_json::Value) -> Option<Path> {
    let ids = |key: &str| -> Option<Vec<u32>> {
        json.get(key)?.as_array()?.iter().map(|of| decode_id(of.get("id")?)).collect()
    };
    let nodes: Vec<_> = ids("nodes")?.into_iter().map(NodeId).collect();
    let relationships: Vec<_> = ids("relationships")?.into_iter().map(RelationshipId).collect();
    (nodes.len() == relationships.len() + 1).then_some(Path { nodes, relationships })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(json: &str) -> String {
        let value = serde_json::from_str(json).map_err(|error| error.to_string());
        let value = value.and_then(|json| decode(&json).map_err(|error| error.message));
        match value {
            Ok(value) => serde_json::to_string(&Encoded { value: &value, entities: &Entities::default() }).unwrap(),
            Err(message) => message,
        }
    }

    #[test]
    fn values_survive_the_way_there_and_back() {
        for json in [
            r#"[null,true,-1,9223372036854775807,1.0,1e+300,"é\"\n"]"#,
            r#"{"$map":{"$map":{"$float":"NaN"},"a":{"$float":"-Infinity"}}}"#,
            r#"{"$temporal":"1984-10-11T12:31:14.645876123+01:00[Europe/Stockholm]"}"#,
            r#"{"$node":{"id":3,"labels":[],"properties":{}}}"#,
        ] {
            assert_eq!(again(json), json);
        }
        assert_eq!(again(r#"{"a":{"b":1}}"#), r#"{"$map":{"a":{"$map":{"b":1}}}}"#);
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(again("9223372036854775808"), "9223372036854775808 does not fit into 64 bits");
        assert_eq!(again(r#"{"$temporal":"soon"}"#), r#"no value is written {"$temporal": "soon"}"#);
        assert_eq!(again(r#"{"$path":{"nodes":[]}}"#), r#"no value is written {"$path": {"nodes":[]}}"#);
    }
}
