//! What the tools are asked with: each argument described for the assistant, unknown ones refused.

use rmcp::handler::server::common::schema_for_input;
use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::tool::ToolError;
use super::window::Window;

/// The arguments of a tool, read from what was sent.
pub(super) fn read<T: DeserializeOwned + JsonSchema + 'static>(sent: JsonObject) -> Result<T, ToolError> {
    let known = properties(&schema::<T>());
    if let Some(unknown) = sent.keys().find(|key| !known.contains(key)) {
        let message = format!("there is no parameter `{unknown}`");
        return Err(ToolError { message, hint: Some(format!("the parameters are {}", known.join(", "))) });
    }
    serde_json::from_value(Value::Object(sent)).map_err(|error| ToolError { message: error.to_string(), hint: None })
}

/// The JSON schema of the arguments of a tool.
pub(super) fn schema<T: JsonSchema + 'static>() -> JsonObject {
    let schema = schema_for_input::<T>().expect("arguments are objects");
    let mut schema = JsonObject::clone(&schema);
    schema.insert("additionalProperties".into(), Value::Bool(false));
    schema
}

fn properties(schema: &Map<String, Value>) -> Vec<String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
}

/// Asks nothing but how much to tell.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Nothing {
    #[serde(flatten)]
    pub(super) window: Window,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Ask {
    /// The question in plain English, such as `what connects Flume to Hive`, `what is Kafka`, `what uses HDFS`,
    /// `compare Hive and HBase`, `which notes mention Sqoop`, `list formats`.
    pub(super) question: String,
    #[serde(flatten)]
    pub(super) window: Window,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Search {
    /// Words to look for. Also `"a phrase"`, `AND`, `OR`, `NOT`, `prefix*`, `fuzzy~` and the fields `title:`,
    /// `heading:`, `path:`, `tag:`.
    pub(super) query: String,
    #[serde(flatten)]
    pub(super) window: Window,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Fetch {
    /// An id that `search` gave, a place that another tool cited (`path:line`), or the path of a note. `#L10-L20`
    /// behind it gives those lines.
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) window: Window,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct QueryCypher {
    /// One statement of openCypher that reads, such as `MATCH (a)-[r:FEEDS]->(b) RETURN a.name, b.name, r.evidence`.
    /// The tool `schema` lists labels, types and properties.
    pub(super) statement: String,
    /// Parameters of the statement by name, without `$`.
    #[serde(default)]
    pub(super) parameters: Map<String, Value>,
    #[serde(flatten)]
    pub(super) window: Window,
}

/// How much is told of a concept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Detail {
    /// Names alone: no quotes.
    Names,
    /// The best quote of each fact.
    #[default]
    Facts,
    /// Several quotes of each fact, and more notes.
    Full,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct GetConcept {
    /// The concept, by any of its names.
    pub(super) name: String,
    /// How much is told.
    #[serde(default)]
    pub(super) detail: Detail,
    #[serde(flatten)]
    pub(super) window: Window,
}

/// Which relations of a concept are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Way {
    /// Those that start at it.
    Out,
    /// Those that end at it.
    In,
    /// All of them.
    #[default]
    Both,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct GetNeighbors {
    /// The concept, by any of its names.
    pub(super) name: String,
    /// Only relations of these types, such as `FEEDS`; all when left out.
    #[serde(default)]
    pub(super) types: Vec<String>,
    /// Which way relations point, seen from the concept.
    #[serde(default)]
    pub(super) direction: Way,
    #[serde(flatten)]
    pub(super) window: Window,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ShortestPaths {
    /// Where the paths start, by any of its names.
    pub(super) from: String,
    /// Where they end, by any of its names.
    pub(super) to: String,
    #[serde(flatten)]
    pub(super) window: Window,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ExplainRelation {
    /// One concept, by any of its names.
    pub(super) from: String,
    /// The other, by any of its names.
    pub(super) to: String,
    /// Only relations of this type, such as `FEEDS`; all when left out.
    #[serde(default, rename = "type")]
    pub(super) relation_type: Option<String>,
    #[serde(flatten)]
    pub(super) window: Window,
}
