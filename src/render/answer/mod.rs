//! Answers of statements → rows of text, one format a file.

mod csv;
mod json;
mod markdown;
mod plan;
mod table;
mod tsv;
mod words;

use std::io::{self, Write};

pub use plan::plan;

use super::csv_text::Guard;
use super::export::{DotOptions, Sheet, dot};
use super::ink::Style;
use crate::query::{Answer, Counters};

/// How the rows of an answer are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerFormat {
    /// A table for people.
    #[default]
    Table,
    /// One document: columns, rows, counters.
    Json,
    /// One object a row.
    Jsonl,
    /// Comma-separated, RFC 4180.
    Csv,
    /// Tab-separated.
    Tsv,
    /// A Markdown table.
    Markdown,
    /// The nodes and relationships of the rows, as Graphviz DOT.
    Dot,
}

/// Choices for writing an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerOptions {
    /// How tables and plans are drawn.
    pub style: Style,
    /// Rows a table shows at most; it says how many more there are. Other formats write all.
    pub most_rows: Option<usize>,
    /// Whether CSV and TSV keep spreadsheets from running cells.
    pub guard: Guard,
}

/// Writes an answer. A plan, where there is one, stands before the rows of a table.
///
/// # Errors
///
/// Those of `out`.
pub fn answer(answer: &Answer, format: AnswerFormat, options: &AnswerOptions, out: &mut dyn Write) -> io::Result<()> {
    match format {
        AnswerFormat::Table => table::table(answer, options, out),
        AnswerFormat::Json => json::json(answer, out),
        AnswerFormat::Jsonl => json::jsonl(answer, out),
        AnswerFormat::Csv => csv::csv(answer, options.guard, out),
        AnswerFormat::Tsv => tsv::tsv(answer, options.guard, out),
        AnswerFormat::Markdown => markdown::markdown(answer, out),
        AnswerFormat::Dot => dot(&Sheet::of_answer(answer), &DotOptions::default(), out),
    }
}

/// What a write changed, as `2 nodes created, 3 properties set`; nothing where it changed nothing.
#[must_use]
pub fn counters(counters: &Counters) -> Option<String> {
    let counts = [
        (counters.nodes_created, "node", "created"),
        (counters.nodes_deleted, "node", "deleted"),
        (counters.relationships_created, "relationship", "created"),
        (counters.relationships_deleted, "relationship", "deleted"),
        (counters.labels_added, "label", "added"),
        (counters.labels_removed, "label", "removed"),
    ];
    let mut told: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, noun, verb)| format!("{} {verb}", super::counted(count, noun)))
        .collect();
    match counters.properties_set {
        0 => {}
        1 => told.push("1 property set".into()),
        many => told.push(format!("{many} properties set")),
    }
    (!told.is_empty()).then(|| told.join(", "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::graph::{NodeId, RelationshipId};
    use crate::query::{Entities, NodeData, Path, RelationshipData, Value};
    use crate::render::string;
    use crate::text::Name;

    fn node(labels: &[&str], properties: &[(&str, Value)]) -> NodeData {
        NodeData {
            labels: labels.iter().map(|label| Name::from(*label)).collect(),
            properties: properties.iter().map(|(key, value)| (Name::from(*key), value.clone())).collect(),
        }
    }

    /// Flume, HDFS, a nameless person, `(Flume)-[:FEEDS]->(HDFS)`.
    fn entities() -> Entities {
        let mut entities = Entities::default();
        entities.nodes.insert(NodeId(0), node(&["Concept", "Ingestion"], &[("name", "Flume".into())]));
        entities.nodes.insert(NodeId(1), node(&["Concept", "Storage"], &[("name", "HDFS".into())]));
        entities.nodes.insert(NodeId(2), node(&["Person"], &[("age", 3.into())]));
        let evidence = Value::list(["log.txt:122".into(), "log.txt:9".into()]);
        entities.relationships.insert(
            RelationshipId(0),
            RelationshipData {
                relationship_type: "FEEDS".into(),
                start: NodeId(0),
                end: NodeId(1),
                properties: [(Name::from("evidence"), evidence), (Name::from("quote"), "Storage: HDFS".into())].into(),
            },
        );
        entities
    }

    fn rows(columns: &[&str], rows: Vec<Vec<Value>>) -> Answer {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Answer { columns, rows, entities: entities(), ..Answer::default() }
    }

    fn graph_rows() -> Answer {
        let path = |nodes: [u32; 2]| {
            Value::Path(Arc::new(Path {
                nodes: nodes.into_iter().map(NodeId).collect(),
                relationships: vec![RelationshipId(0)],
            }))
        };
        rows(
            &["n", "r", "p"],
            vec![
                vec![Value::Node(NodeId(0)), Value::Relationship(RelationshipId(0)), path([0, 1])],
                vec![Value::Node(NodeId(2)), Value::Null, path([1, 0])],
            ],
        )
    }

    fn hostile() -> Answer {
        let cells = ["=1+1", "a|b\\`*", "x\u{1b}[31m\u{202e}", "two\nlines", ""];
        rows(&["text"], cells.into_iter().map(|cell| vec![cell.into()]).collect())
    }

    fn written(of: &Answer, format: AnswerFormat) -> String {
        string(|out| answer(of, format, &AnswerOptions::default(), out))
    }

    #[test]
    fn a_table_shows_nodes_relationships_and_paths() {
        assert_eq!(
            written(&graph_rows(), AnswerFormat::Table),
            "╭────────────────────┬──────────┬──────────────────────────╮\n\
             │ n                  ┆ r        ┆ p                        │\n\
             ╞════════════════════╪══════════╪══════════════════════════╡\n\
             │ (Flume:Ingestion)  ┆ [:FEEDS] ┆ (Flume)-[:FEEDS]->(HDFS) │\n\
             │ (:Person {age: 3}) ┆ null     ┆ (HDFS)<-[:FEEDS]-(Flume) │\n\
             ╰────────────────────┴──────────┴──────────────────────────╯\n"
        );
    }

    #[test]
    fn a_table_spells_out_what_a_terminal_would_obey_and_breaks_lines() {
        let table = written(&hostile(), AnswerFormat::Table);
        assert!(table.contains(r"│ x\x1b[31m\u{202e} │"), "{table}");
        assert!(table.contains("│ two               │\n│ lines             │"), "{table}");
    }

    #[test]
    fn evidence_has_a_line_each_and_long_tables_say_how_much_is_left() {
        let evidence = Value::list(["log.txt:122".into(), "my log.txt:9".into()]);
        let long = rows(&["evidence", "count"], vec![vec![evidence, 2.into()], vec![Value::Null, 10.into()]]);
        let options = AnswerOptions { most_rows: Some(1), ..AnswerOptions::default() };
        assert_eq!(
            string(|out| answer(&long, AnswerFormat::Table, &options, out)),
            "╭──────────────┬───────╮\n\
             │ evidence     ┆ count │\n\
             ╞══════════════╪═══════╡\n\
             │ log.txt:122  ┆     2 │\n\
             │ my log.txt:9 ┆       │\n\
             ╰──────────────┴───────╯\n\
             … 1 more row (of 2)\n"
        );
    }

    #[test]
    fn a_table_fits_the_terminal() {
        let wide = rows(&["words", "number"], vec![vec!["many words 數據 ".repeat(20).into(), 1.into()]]);
        let options = AnswerOptions { style: Style { colour: false, width: 40 }, ..AnswerOptions::default() };
        let table = string(|out| answer(&wide, AnswerFormat::Table, &options, out));
        assert!(table.lines().all(|line| crate::render::width(line) <= 40), "{table}");
    }

    #[test]
    fn json_holds_the_protocol_encoding() {
        let document: serde_json::Value = serde_json::from_str(&written(&graph_rows(), AnswerFormat::Json)).unwrap();
        assert_eq!(document["columns"], serde_json::json!(["n", "r", "p"]));
        assert_eq!(document["rows"][0][0]["$node"]["properties"]["name"], "Flume");
        assert_eq!(document["rows"][1][2]["$path"]["relationships"][0]["$relationship"]["type"], "FEEDS");
        assert_eq!(document["counters"]["nodes_created"], 0);
    }

    #[test]
    fn jsonl_is_an_object_a_row_with_nothing_hidden() {
        assert_eq!(
            written(&hostile(), AnswerFormat::Jsonl),
            "{\"text\":\"=1+1\"}\n{\"text\":\"a|b\\\\`*\"}\n{\"text\":\"x\\u001b[31m\\u202e\"}\n\
             {\"text\":\"two\\nlines\"}\n{\"text\":\"\"}\n"
        );
    }

    #[test]
    fn csv_guards_formulas_and_tsv_escapes() {
        assert_eq!(
            written(&hostile(), AnswerFormat::Csv),
            "text\n\"'=1+1\"\na|b\\`*\nx\u{1b}[31m\u{202e}\n\"two\nlines\"\n\"\"\n"
        );
        let raw = AnswerOptions { guard: Guard::Raw, ..AnswerOptions::default() };
        assert!(string(|out| answer(&hostile(), AnswerFormat::Csv, &raw, out)).contains("\n=1+1\n"));
        assert_eq!(
            written(&hostile(), AnswerFormat::Tsv),
            "text\n'=1+1\na|b\\\\`*\nx\u{1b}[31m\u{202e}\ntwo\\nlines\n\n"
        );
        let list = rows(&["l", "n", "f"], vec![vec![Value::list([1.into(), "a".into()]), (-5).into(), 0.5.into()]]);
        assert_eq!(written(&list, AnswerFormat::Csv), "l,n,f\n\"[1,\"\"a\"\"]\",-5,0.5\n");
    }

    #[test]
    fn markdown_escapes_bars_and_marks() {
        assert_eq!(
            written(&hostile(), AnswerFormat::Markdown),
            "| text |\n| --- |\n| \\=1+1 |\n| a\\|b\\\\\\`\\* |\n\
             | x\\\\x1b\\[31m\\\\u{202e} |\n| two<br>lines |\n|  |\n"
        );
    }

    #[test]
    fn dot_draws_what_stands_in_the_rows() {
        let dot = written(&graph_rows(), AnswerFormat::Dot);
        assert!(
            dot.contains("\"n1\" -> \"n2\" [label=\"FEEDS\", tooltip=\"\\\"Storage: HDFS\\\" (log.txt:122)\""),
            "{dot}"
        );
    }

    #[test]
    fn counters_tell_only_what_changed() {
        let changed = Counters { nodes_created: 2, properties_set: 1, ..Counters::default() };
        assert_eq!(counters(&changed).unwrap(), "2 nodes created, 1 property set");
        assert_eq!(counters(&Counters::default()), None);
    }
}
