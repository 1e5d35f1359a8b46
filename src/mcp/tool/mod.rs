//! The tools: for each its name, what it is for, what it is asked with, what it answers, and how.

mod graph;
mod notes;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub(super) use notes::lines as note_lines;
use rmcp::handler::server::common::schema_for_output;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::window::Paged;
use super::{arguments, fact};
use crate::error::{Hint, Report};
use crate::session::{QueryOptions, Session, SessionError};

/// Why a tool has no answer, in words from which the assistant can do better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToolError {
    /// One clause.
    pub(super) message: String,
    /// The next step.
    pub(super) hint: Option<String>,
}

impl From<SessionError> for ToolError {
    fn from(error: SessionError) -> Self {
        Self { message: error.to_string(), hint: error.hint().map(Hint::for_request) }
    }
}

impl ToolError {
    /// An error about `text`, the question or statement, with the words that are wrong.
    fn about(error: &SessionError, text: &str) -> Self {
        let wrong = error.span().map(|span| span.of(text)).filter(|words| !words.trim().is_empty());
        let place = wrong.map(|words| format!(" (at `{}`)", words.trim())).unwrap_or_default();
        Self { message: format!("{error}{place}"), hint: error.hint().map(Hint::for_request) }
    }
}

type Answered = Result<Value, ToolError>;

/// Ends the statement of a request when it is set.
type Flag = Arc<AtomicBool>;

/// A tool of this server.
pub(super) struct Offer {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    input: fn() -> JsonObject,
    output: fn() -> Arc<JsonObject>,
    run: fn(&Session, JsonObject, Flag) -> Answered,
}

/// All tools, in the order in which they are listed.
pub(super) static OFFERS: [Offer; 10] = [
    Offer {
        name: "ask",
        title: "Ask the notes",
        description: "Answers a question in plain English about the concepts in the user's notes and how they hang \
            together: paths, relations, definitions, comparisons, lists. Every fact has the place (`path:line`) and the \
            words of the note that say so. A question of no known form is answered with the forms there are.",
        input: arguments::schema::<arguments::Ask>,
        output: schema_for_output::<Paged<fact::Asked, fact::Finding>>,
        run: |session, sent, flag| running(session, sent, flag, graph::ask),
    },
    Offer {
        name: "search",
        title: "Search the notes",
        description: "Finds notes by their words (BM25) and gives the words around what was found. `fetch` reads on from \
            there.",
        input: arguments::schema::<arguments::Search>,
        output: schema_for_output::<Paged<fact::Searched, fact::Hit>>,
        run: |session, sent, _| with(session, sent, notes::search),
    },
    Offer {
        name: "fetch",
        title: "Read a note",
        description: "Gives the words of a note, from the line on that its id names. `offset` and `limit` count lines.",
        input: arguments::schema::<arguments::Fetch>,
        output: schema_for_output::<fact::Fetched>,
        run: |session, sent, _| with(session, sent, notes::fetch),
    },
    Offer {
        name: "query_cypher",
        title: "Query the graph",
        description: "Runs one reading statement of openCypher over the graph of the notes: (:Concept {name, aliases, kind, \
            definition}) also labelled with its kind, (:Note {path, title}), and relations with `confidence` (1 to 1000), \
            `support`, `evidence` (a list of `path:line`), `quote` and `rule`. Ask `schema` for labels and types first.",
        input: arguments::schema::<arguments::QueryCypher>,
        output: schema_for_output::<Paged<fact::Columns, Vec<Value>>>,
        run: |session, sent, flag| running(session, sent, flag, graph::query_cypher),
    },
    Offer {
        name: "get_concept",
        title: "Look up a concept",
        description: "Tells what the notes know of one concept: its other names, definitions, relations, and the notes that \
            mention it.",
        input: arguments::schema::<arguments::GetConcept>,
        output: schema_for_output::<Paged<fact::Known, fact::Relation>>,
        run: |session, sent, _| with(session, sent, graph::get_concept),
    },
    Offer {
        name: "get_neighbors",
        title: "Look around a concept",
        description: "Lists the concepts in any relation to one, the most trusted and most often named first.",
        input: arguments::schema::<arguments::GetNeighbors>,
        output: schema_for_output::<Paged<fact::Listed, fact::Neighbor>>,
        run: |session, sent, _| with(session, sent, graph::get_neighbors),
    },
    Offer {
        name: "shortest_paths",
        title: "Connect two concepts",
        description: "Gives the best ways from one concept to another, the shortest first, each step with the words of the \
            note that say so. `limit` is how many ways: 3 when left out, 20 at most.",
        input: arguments::schema::<arguments::ShortestPaths>,
        output: schema_for_output::<Paged<fact::Listed, fact::Path>>,
        run: |session, sent, flag| running(session, sent, flag, graph::shortest_paths),
    },
    Offer {
        name: "explain_relation",
        title: "Why two concepts are related",
        description: "Lists every place in the notes that states a relation between two concepts, with its words and the rule \
            that read it. Where none does, `shortest_paths` may connect them over others.",
        input: arguments::schema::<arguments::ExplainRelation>,
        output: schema_for_output::<Paged<fact::Listed, fact::Claim>>,
        run: |session, sent, _| with(session, sent, graph::explain_relation),
    },
    Offer {
        name: "schema",
        title: "Labels, types and properties",
        description: "Lists the labels, relation types and properties that `query_cypher` can name, with how many there are.",
        input: arguments::schema::<arguments::Nothing>,
        output: schema_for_output::<Paged<fact::Listed, fact::Count>>,
        run: |session, sent, _| with(session, sent, graph::schema),
    },
    Offer {
        name: "stats",
        title: "The notes in numbers",
        description: "Counts what the index holds: notes, concepts by kind, relations by type, the most connected concepts.",
        input: arguments::schema::<arguments::Nothing>,
        output: schema_for_output::<Paged<fact::Listed, fact::Count>>,
        run: |session, sent, _| with(session, sent, graph::stats),
    },
];

/// Reads the arguments of a tool that runs a statement, and answers unless `interrupt` is set before.
fn running<T: DeserializeOwned + JsonSchema + 'static>(
    session: &Session,
    sent: JsonObject,
    interrupt: Flag,
    answer: fn(&Session, T, QueryOptions) -> Answered,
) -> Answered {
    let options = QueryOptions { interrupt: Some(interrupt), ..QueryOptions::default() };
    answer(session, arguments::read(sent)?, options)
}

/// Reads the arguments of a tool and answers.
fn with<T: DeserializeOwned + JsonSchema + 'static>(
    session: &Session,
    sent: JsonObject,
    answer: fn(&Session, T) -> Answered,
) -> Answered {
    answer(session, arguments::read(sent)?)
}

impl Offer {
    /// The tool of that name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        OFFERS.iter().find(|offer| offer.name == name)
    }

    /// Answers a request, unless `interrupt` is set before.
    pub(super) fn run(&self, session: &Session, sent: JsonObject, interrupt: Flag) -> Answered {
        (self.run)(session, sent, interrupt)
    }

    /// The tool as clients see it.
    pub(super) fn listed(&self) -> Tool {
        let hints = ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
        Tool::new(self.name, self.description, Arc::new((self.input)()))
            .with_title(self.title)
            .with_raw_output_schema(as_object((self.output)()))
            .with_annotations(hints)
    }
}

/// A schema that says outright that it is one of an object, as older clients want it.
fn as_object(schema: Arc<JsonObject>) -> Arc<JsonObject> {
    let mut schema = Arc::unwrap_or_clone(schema);
    schema.insert("type".into(), json!("object"));
    Arc::new(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_says_what_it_takes_and_gives_and_that_it_only_reads() {
        for offer in &OFFERS {
            let tool = serde_json::to_value(offer.listed()).unwrap();
            assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{tool}");
            for parameter in ["limit", "offset", "max_tokens"] {
                assert!(tool["inputSchema"]["properties"][parameter]["description"].is_string(), "{tool}");
            }
            assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
            assert!(tool["outputSchema"]["properties"]["page"].is_object(), "{tool}");
            let hints =
                json!({"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false});
            assert_eq!(tool["annotations"], hints);
            assert!(!offer.description.contains("  "), "{}", offer.description);
        }
    }
}
