//! Values in the typed JSON of the Query API: `{"$type": "Integer", "_value": "1"}`.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::answer::{Shown, ShownNode, ShownRelationship, steps};
use crate::query::temporal::Temporal;
use crate::query::{List, Value};
use crate::text::Name;

/// A value to be written.
pub(super) struct Typed<'a> {
    pub(super) value: &'a Value,
    pub(super) shown: Shown<'a>,
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = self.shown;
        match self.value {
            Value::Null => tagged(serializer, "Null", &()),
            Value::Boolean(truth) => tagged(serializer, "Boolean", truth),
            Value::Integer(integer) => tagged(serializer, "Integer", &integer.to_string()),
            Value::Float(float) => tagged(serializer, "Float", &float_text(*float)),
            Value::String(text) => tagged(serializer, "String", text),
            Value::List(list) => tagged(serializer, "List", &TypedList { list, shown }),
            Value::Map(map) => tagged(serializer, "Map", &TypedMap { map, shown }),
            Value::Node(node) => tagged(serializer, "Node", &TypedNode { data: shown.node(*node), shown }),
            Value::Relationship(id) => {
                tagged(serializer, "Relationship", &TypedRelationship { data: shown.relationship(*id), shown })
            }
            Value::Path(path) => tagged(serializer, "Path", &TypedList { list: &List::from(steps(path)), shown }),
            Value::Temporal(temporal) => tagged(serializer, temporal_type(temporal), &temporal.to_string()),
        }
    }
}

fn tagged<S: Serializer>(serializer: S, name: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_map(Some(2))?;
    fields.serialize_entry("$type", name)?;
    fields.serialize_entry("_value", value)?;
    fields.end()
}

/// As Java writes it, which is what clients read.
fn float_text(float: f64) -> String {
    match float {
        infinite if infinite.is_infinite() && infinite > 0.0 => "Infinity".to_owned(),
        infinite if infinite.is_infinite() => "-Infinity".to_owned(),
        other => format!("{other:?}"),
    }
}

fn temporal_type(temporal: &Temporal) -> &'static str {
    match temporal {
        Temporal::Date(_) => "Date",
        Temporal::LocalTime(_) => "LocalTime",
        Temporal::Time(_) => "Time",
        Temporal::LocalDateTime(_) => "LocalDateTime",
        Temporal::DateTime(instant) if instant.zone().name().is_some() => "ZonedDateTime",
        Temporal::DateTime(_) => "OffsetDateTime",
        Temporal::Duration(_) => "Duration",
    }
}

struct TypedList<'a> {
    list: &'a List,
    shown: Shown<'a>,
}

impl Serialize for TypedList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(Some(self.list.len()))?;
        for value in self.list {
            items.serialize_element(&Typed { value: &value, shown: self.shown })?;
        }
        items.end()
    }
}

struct TypedMap<'a> {
    map: &'a BTreeMap<Name, Value>,
    shown: Shown<'a>,
}

impl Serialize for TypedMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.map.iter().map(|(key, value)| (key, Typed { value, shown: self.shown })))
    }
}

struct TypedNode<'a> {
    data: ShownNode<'a>,
    shown: Shown<'a>,
}

impl Serialize for TypedNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(3))?;
        fields.serialize_entry("_element_id", &self.data.id)?;
        fields.serialize_entry("_labels", self.data.labels)?;
        fields.serialize_entry("_properties", &TypedMap { map: self.data.properties, shown: self.shown })?;
        fields.end()
    }
}

struct TypedRelationship<'a> {
    data: ShownRelationship<'a>,
    shown: Shown<'a>,
}

impl Serialize for TypedRelationship<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(5))?;
        fields.serialize_entry("_element_id", &self.data.id)?;
        fields.serialize_entry("_start_node_element_id", &self.data.start)?;
        fields.serialize_entry("_end_node_element_id", &self.data.end)?;
        fields.serialize_entry("_type", self.data.relationship_type)?;
        fields.serialize_entry("_properties", &TypedMap { map: self.data.properties, shown: self.shown })?;
        fields.end()
    }
}
