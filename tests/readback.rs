//! Exports are read back by parsers that are not ours: the Cypher script by `open-cypher`, the Mermaid chart by
//! Mermaid itself, and hold the nodes and relationships of the graph, name by name.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use open_cypher::ast::{
    Clause, ClauseKind, Expr, ExprKind, LabelExpression, LabelExpressionKind, LiteralKind, PathFactorKind, PatternPart,
    QueryKind, RelationshipDirection, StatementKind, UnaryOperator,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Names that mean something in one format or another.
const HOSTILE: [&str; 14] = [
    "O'Reilly \"Books\"",
    "C:\\temp\\new",
    "a `tick` and ``two``",
    "<script>alert(1)</script>",
    "x --> y | z",
    "1. first item",
    "end",
    "subgraph one",
    "**bold** _em_ ~~no~~",
    "#35; &amp; &#65;",
    "{curly: 'map'} AS row;",
    "Ünïcödé 数据 🙂",
    "%% comment // and /* more */",
    "www.example.org",
];

/// A folder with an index.
struct Place(TempDir);

impl Place {
    /// The sample notes.
    fn corpus() -> Self {
        let place = Self(TempDir::new().unwrap());
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        place.quipu(&["ingest", &corpus.to_string_lossy()]);
        place
    }

    /// Concepts of hostile names, each in relations of plain and of hostile types to the next.
    fn hostile() -> Self {
        let place = Self(TempDir::new().unwrap());
        fs::create_dir(place.0.path().join("facts")).unwrap();
        let mut rows = String::new();
        for (at, name) in HOSTILE.iter().enumerate() {
            let next = HOSTILE[(at + 1) % HOSTILE.len()];
            let place = json!({"rule": name, "note": format!("{at}.md"), "line": 1, "column": 1, "quote": name});
            for kind in ["FEEDS", "SIMILAR_TO", "odd 'type' \"q\" `b` \\ |"] {
                let mut row =
                    json!({"kind": "relation", "subject": name, "predicate": kind, "object": next, "confidence": 900});
                row.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
                rows += &format!("{row}\n");
            }
            rows += &format!("{}\n", json!({"kind": "concept", "name": name, "concept_kind": "Tool"}));
        }
        fs::write(place.0.path().join("facts/hostile.jsonl"), rows).unwrap();
        place.quipu(&["build", "--facts", "facts"]);
        place
    }

    /// What quipu answers.
    fn quipu(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(self.0.path()).env_remove("QUIPU_INDEX").stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The graph, or a part of it, as node-link JSON.
    fn graph(&self, part: &[&str]) -> Value {
        serde_json::from_str(&self.quipu(&[&["export", "json"], part].concat())).unwrap()
    }
}

// Cypher

/// What a Cypher script makes: nodes by id, and relationships.
#[derive(Debug, Default, PartialEq)]
struct Made {
    nodes: BTreeMap<String, Value>,
    relationships: Vec<(String, String, String, Value)>,
}

/// The statements of a script, cut at `;` that end a line.
fn statements(script: &str) -> Vec<&str> {
    script.split_inclusive(";\n").filter(|statement| !statement.trim_start().starts_with("//")).collect()
}

fn value(expression: &Expr) -> Value {
    match &expression.kind {
        ExprKind::Literal(literal) => match &literal.kind {
            LiteralKind::Null => Value::Null,
            LiteralKind::Boolean(truth) => json!(truth),
            LiteralKind::Integer(integer) => json!(integer.text.parse::<i64>().unwrap()),
            LiteralKind::Float(float) => json!(float.text.parse::<f64>().unwrap()),
            LiteralKind::String(string) => json!(string.value),
            other => panic!("{other:?}"),
        },
        ExprKind::Unary { operator, operand } if operator.kind == UnaryOperator::Minus => {
            json!(-value(operand).as_i64().unwrap())
        }
        ExprKind::List(items) => items.iter().map(value).collect(),
        ExprKind::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.kind.text.clone(), value(&entry.value))).collect())
        }
        other => panic!("no literal: {other:?}"),
    }
}

fn label(labels: Option<&LabelExpression>) -> String {
    match labels.map(|labels| &labels.kind) {
        Some(LabelExpressionKind::Name(name)) => name.kind.text.clone(),
        other => panic!("no single label: {other:?}"),
    }
}

/// The type of the one relationship of a pattern, which points right.
fn relationship_type(pattern: &PatternPart) -> Option<String> {
    pattern.kind.path.kind.factors.iter().find_map(|factor| match &factor.kind {
        PathFactorKind::Relationship(relationship) => {
            assert_eq!(relationship.direction.kind, RelationshipDirection::Right);
            Some(label(relationship.labels.as_ref()))
        }
        _ => None,
    })
}

impl Made {
    /// Adds what one statement makes: `UNWIND rows AS row` and a `MERGE` or `CREATE` for each.
    fn add(&mut self, source: &str) {
        let parsed = open_cypher::parse(source).unwrap_or_else(|errors| panic!("{}", errors.render(source)));
        let [statement] = &parsed.program.statements[..] else { panic!("not one statement: {source}") };
        let StatementKind::Query(query) = &statement.kind else { panic!("no query: {source}") };
        let QueryKind::Regular(query) = &query.query.kind else { panic!("no query: {source}") };
        let clauses = &query.head.kind.clauses;
        let ClauseKind::Unwind(rows) = &clauses[0].kind else { panic!("no UNWIND: {source}") };
        let rows: Vec<Value> = value(&rows.expression).as_array().unwrap().clone();
        match clauses.iter().find_map(made_type) {
            None => rows.into_iter().for_each(|row| self.node(row)),
            Some(kind) => rows.into_iter().for_each(|mut row| {
                let end = |key: &str| row[key].as_str().unwrap().to_owned();
                let (from, to) = (end("from"), end("to"));
                self.relationships.push((from, kind.clone(), to, row["properties"].take()));
            }),
        }
    }

    fn node(&mut self, row: Value) {
        let id = row["id"].as_str().unwrap().to_owned();
        assert!(self.nodes.insert(id, row).is_none());
    }
}

/// The type that a clause makes relationships of.
fn made_type(clause: &Clause) -> Option<String> {
    match &clause.kind {
        ClauseKind::Merge(merge) => relationship_type(&merge.pattern),
        ClauseKind::Create(create) => create.pattern.parts.iter().find_map(relationship_type),
        _ => None,
    }
}

/// An object without some keys.
fn without(object: &Value, keys: &[&str]) -> Value {
    let kept = object.as_object().unwrap().iter().filter(|(key, _)| !keys.contains(&key.as_str()));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// Compares the script with the node-link JSON; gives how many nodes and relationships there are.
fn compare_cypher(place: &Place) -> (usize, usize) {
    let (graph, script) = (place.graph(&[]), place.quipu(&["export", "cypher"]));
    let mut made = Made::default();
    statements(&script).into_iter().for_each(|statement| made.add(statement));
    made.relationships.sort_by_key(|(from, kind, to, _)| (from.clone(), kind.clone(), to.clone()));

    let nodes = graph["nodes"].as_array().unwrap();
    let by_id = nodes.iter().map(|node| (node["id"].as_str().unwrap().to_owned(), without(node, &["labels"])));
    let text = |edge: &Value, key: &str| edge[key].as_str().unwrap().to_owned();
    let edges = graph["edges"].as_array().or(graph["links"].as_array()).unwrap();
    let edge = |edge: &Value| {
        let properties = without(edge, &["source", "target", "type", "key", "symmetric"]);
        (text(edge, "source"), text(edge, "type"), text(edge, "target"), properties)
    };
    let mut relationships: Vec<_> = edges.iter().map(edge).collect();
    relationships.sort_by_key(|(from, kind, to, _)| (from.clone(), kind.clone(), to.clone()));
    let sizes = (made.nodes.len(), made.relationships.len());
    assert_eq!(made, Made { nodes: by_id.collect(), relationships });
    sizes
}

#[test]
fn the_cypher_script_holds_the_graph_as_another_parser_reads_it() {
    let (nodes, relationships) = compare_cypher(&Place::corpus());
    assert!(nodes > 300 && relationships > 500, "{nodes}, {relationships}");
    assert_eq!(compare_cypher(&Place::hostile()), (HOSTILE.len(), 3 * HOSTILE.len()));
}

// Mermaid

/// The folder with Mermaid's packages; nothing, with a note, where they or node are absent.
fn mermaid() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mermaid");
    let node = Command::new("node").arg("--version").output();
    if node.is_ok_and(|output| output.status.success()) && folder.join("node_modules/mermaid").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: node or its packages are absent (npm ci --prefix tests/mermaid)");
    None
}

/// The charts as Mermaid reads them.
fn read(folder: &Path, charts: &[&str]) -> Vec<Value> {
    let mut node = Command::new("node");
    node.arg("read.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut node = node.spawn().unwrap();
    node.stdin.take().unwrap().write_all(json!(charts).to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A relationship of a chart: ends by name, the type, whether it has an arrow.
type Drawn = (String, String, String, bool);

/// Names and relationships of a chart.
fn drawn(chart: &Value) -> (Vec<String>, Vec<Drawn>) {
    let name = |id: &Value| chart["nodes"][id.as_str().unwrap()].as_str().unwrap().to_owned();
    let mut names: Vec<String> = chart["nodes"].as_object().unwrap().keys().map(|id| name(&json!(id))).collect();
    names.sort();
    let edge = |edge: &Value| {
        let has_arrow = edge[3].as_str().unwrap() == "arrow_point";
        (name(&edge[0]), edge[2].as_str().unwrap().to_owned(), name(&edge[1]), has_arrow)
    };
    let mut edges: Vec<Drawn> = chart["edges"].as_array().unwrap().iter().map(edge).collect();
    edges.sort();
    (names, edges)
}

/// Names and relationships of node-link JSON.
fn held(graph: &Value) -> (Vec<String>, Vec<Drawn>) {
    let nodes = graph["nodes"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let by_id: BTreeMap<String, String> = nodes.iter().map(|node| (text(&node["id"]), text(&node["name"]))).collect();
    let mut names: Vec<String> = by_id.values().cloned().collect();
    names.sort();
    let edges = graph["edges"].as_array().or(graph["links"].as_array()).unwrap();
    let edge = |edge: &Value| {
        let end = |key: &str| by_id[edge[key].as_str().unwrap()].clone();
        (end("source"), text(&edge["type"]), end("target"), edge["symmetric"] == json!(false))
    };
    let mut edges: Vec<Drawn> = edges.iter().map(edge).collect();
    edges.sort();
    (names, edges)
}

#[test]
fn mermaid_reads_the_nodes_and_edges_of_the_graph() {
    let Some(folder) = mermaid() else { return };
    let (corpus, hostile) = (Place::corpus(), Place::hostile());
    let around = |name: &'static str| ["--around", name, "--depth", "1"];
    let parts = ["Flume", "S3", "Kafka"].map(around);
    let mut wanted: Vec<Value> = parts.iter().map(|part| corpus.graph(part)).collect();
    let mut charts: Vec<String> =
        parts.iter().map(|part| corpus.quipu(&[&["export", "mermaid"], &part[..]].concat())).collect();
    wanted.push(hostile.graph(&[]));
    charts.push(hostile.quipu(&["export", "mermaid"]));
    charts.push(corpus.quipu(&["export", "mermaid"]));
    let charts: Vec<&str> = charts.iter().map(String::as_str).collect();
    let read = read(&folder, &charts);
    for (wanted, chart) in wanted.iter().zip(&read) {
        assert_eq!(drawn(chart), held(wanted));
    }
    // The whole graph is cut to what Mermaid draws; what is drawn is in the graph.
    let (names, edges) = drawn(&read[wanted.len()]);
    let (all_names, all_edges) = held(&corpus.graph(&[]));
    assert!(edges.len() > 300 && names.len() > 100, "{} edges, {} nodes", edges.len(), names.len());
    assert!(names.iter().all(|name| all_names.contains(name)));
    assert!(edges.iter().all(|edge| all_edges.contains(edge)));
    let of = |drawn: usize, all: usize, what: &str| format!("{drawn} of {all} {what}");
    let (edges, names) = (of(edges.len(), all_edges.len(), "relations"), of(names.len(), all_names.len(), "nodes"));
    let told = format!("%% the strongest {edges}, {names}");
    assert!(charts[wanted.len()].contains(&told), "{told}");
}
