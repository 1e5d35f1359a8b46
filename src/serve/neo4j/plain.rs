//! Values in the plain JSON of the Query API: temporal values as text, nodes and relationships as objects.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::answer::Shown;
use crate::query::Value;
use crate::text::Name;

/// A value to be written.
pub(super) struct Plain<'a> {
    pub(super) value: &'a Value,
    pub(super) shown: Shown<'a>,
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = self.shown;
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(truth) => serializer.serialize_bool(*truth),
            Value::Integer(integer) => serializer.serialize_i64(*integer),
            Value::Float(float) if float.is_finite() => serializer.serialize_f64(*float),
            Value::Float(_) => serializer.collect_str(self.value),
            Value::Temporal(temporal) => serializer.collect_str(temporal),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(list) => {
                let mut items = serializer.serialize_seq(Some(list.len()))?;
                for value in list {
                    items.serialize_element(&Plain { value: &value, shown })?;
                }
                items.end()
            }
            Value::Map(map) => PlainMap { map, shown }.serialize(serializer),
            Value::Node(node) => {
                let data = shown.node(*node);
                let mut fields = serializer.serialize_map(Some(3))?;
                fields.serialize_entry("elementId", &data.id)?;
                fields.serialize_entry("labels", data.labels)?;
                fields.serialize_entry("properties", &PlainMap { map: data.properties, shown })?;
                fields.end()
            }
            Value::Relationship(id) => {
                let data = shown.relationship(*id);
                let mut fields = serializer.serialize_map(Some(5))?;
                fields.serialize_entry("elementId", &data.id)?;
                fields.serialize_entry("startNodeElementId", &data.start)?;
                fields.serialize_entry("endNodeElementId", &data.end)?;
                fields.serialize_entry("type", data.relationship_type)?;
                fields.serialize_entry("properties", &PlainMap { map: data.properties, shown })?;
                fields.end()
            }
            Value::Path(path) => {
                let steps = super::answer::steps(path);
                let mut items = serializer.serialize_seq(Some(steps.len()))?;
                for value in &steps {
                    items.serialize_element(&Plain { value, shown })?;
                }
                items.end()
            }
        }
    }
}

struct PlainMap<'a> {
    map: &'a BTreeMap<Name, Value>,
    shown: Shown<'a>,
}

impl Serialize for PlainMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.map.iter().map(|(key, value)| (key, Plain { value, shown: self.shown })))
    }
}
