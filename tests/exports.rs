//! Every export is read back by a program that knows nothing of quipu, and says the same as the graph.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Names that break formats which do not quote.
const NAMES: [&str; 7] = [
    "He said \"no\" \\ to 'it'",
    "a|b <c> & {d}",
    "two\nlines",
    "🦀 crab 👩‍💻",
    "مرحبا بالعالم",
    "]]> --> %% $x `y` #z",
    "graph",
];

/// Relations by the positions of their ends in `NAMES`; the last type is symmetric.
const RELATIONS: [(usize, &str, usize); 5] =
    [(0, "USES", 3), (1, "FEEDS", 2), (3, "MASKS", 5), (5, "END", 6), (6, "SIMILAR_TO", 4)];

/// A folder with an index made of hostile facts.
struct Hostile(TempDir);

impl Hostile {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        let concept = |name: &&str| json!({"kind": "concept", "name": name, "concept_kind": "Tool"});
        let relation = |(subject, predicate, object): &(usize, &str, usize)| {
            json!({"kind": "relation", "subject": NAMES[*subject], "predicate": predicate, "object": NAMES[*object],
                "confidence": 900, "rule": "r\"<", "note": "a \"b\"/<n>|é.md", "line": 3, "column": 1,
                "quote": format!("{} \"and\" <that> \\ | 🦀", NAMES[*subject])})
        };
        let facts: Vec<String> =
            NAMES.iter().map(concept).chain(RELATIONS.iter().map(relation)).map(|fact| fact.to_string()).collect();
        fs::write(place.path("facts.jsonl"), facts.join("\n")).unwrap();
        place.quipu(&["build", "--facts", "facts.jsonl"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn quipu(&self, arguments: &[&str]) -> Vec<u8> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(self.0.path()).env_remove("QUIPU_INDEX");
        let output = support::piped(&mut command, "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// The nodes and edges that the graph has, as Cypher tells them.
    fn graph(&self) -> Value {
        let rows = |statement: &str| -> Vec<Value> {
            let document = self.quipu(&["query", "--format", "json", statement]);
            let answer: Value = serde_json::from_slice(&document).unwrap();
            answer["rows"].as_array().unwrap().clone()
        };
        let nodes = rows("MATCH (c:Concept) RETURN c.name");
        let nodes: Vec<Value> = nodes.into_iter().map(|mut row| row[0].take()).collect();
        let edges = rows("MATCH (s)-[r]->(o) RETURN s.name, type(r), o.name");
        sorted(&json!({"nodes": nodes, "edges": edges}))
    }

    /// What another program reads in an export.
    fn read_back(&self, python: &Path, format: &str, files: &[&str]) -> Value {
        let output = if files.len() == 1 { files[0] } else { "tables" };
        self.quipu(&["export", format, "-q", "-o", output]);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/read_back.py");
        let mut command = Command::new(python);
        command.args(["-X", "utf8"]).arg(script).arg(format).args(files).current_dir(self.0.path());
        let output = support::piped(command.env("PYTHONDONTWRITEBYTECODE", "1"), "");
        assert!(output.status.success(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
        sorted(&serde_json::from_slice(&output.stdout).unwrap())
    }
}

/// The lists of a graph in one order.
fn sorted(graph: &Value) -> Value {
    let list = |key: &str| {
        let mut list: Vec<String> = graph[key].as_array().unwrap().iter().map(Value::to_string).collect();
        list.sort();
        list
    };
    json!({"nodes": list("nodes"), "edges": list("edges")})
}

/// Checks one format with a package of Python.
fn check(format: &str, package: &str, files: &[&str]) {
    let Some(python) = support::python(package) else { return };
    let place = Hostile::new();
    let graph = place.graph();
    assert_eq!(graph["nodes"].as_array().unwrap().len(), NAMES.len(), "{graph}");
    assert_eq!(graph["edges"].as_array().unwrap().len(), RELATIONS.len(), "{graph}");
    assert_eq!(place.read_back(&python, format, files), graph, "{format}");
}

#[test]
fn networkx_reads_gexf() {
    check("gexf", "networkx", &["graph.gexf"]);
}

#[test]
fn networkx_reads_graphml() {
    check("graphml", "networkx", &["graph.graphml"]);
}

#[test]
fn rdflib_reads_turtle_with_its_skos_and_prov() {
    check("turtle", "rdflib", &["graph.ttl"]);
}

#[test]
fn a_canvas_is_as_its_schema_says() {
    check("canvas", "jsonschema", &["graph.canvas"]);
}

#[test]
fn networkx_reads_node_link_json() {
    check("json", "networkx", &["graph.json"]);
}

/// A vault has no order of the ends of a symmetric relation.
#[test]
fn a_vault_is_read_as_markdown_and_yaml() {
    let Some(python) = support::python("markdown_it") else { return };
    let place = Hostile::new();
    let read = place.read_back(&python, "obsidian", &["vault"]);
    assert_eq!(with_ends_in_order(&read), with_ends_in_order(&place.graph()));
}

/// A graph whose symmetric relations begin with the name that comes first.
fn with_ends_in_order(graph: &Value) -> Value {
    let ordered = |edge: &Value| {
        let mut edge: [String; 3] = serde_json::from_str(edge.as_str().unwrap()).unwrap();
        if edge[1] == "SIMILAR_TO" && edge[0] > edge[2] {
            edge.swap(0, 2);
        }
        json!(edge)
    };
    let edges: Vec<Value> = graph["edges"].as_array().unwrap().iter().map(ordered).collect();
    let names = |name: &Value| serde_json::from_str(name.as_str().unwrap()).unwrap();
    let nodes: Vec<Value> = graph["nodes"].as_array().unwrap().iter().map(names).collect();
    sorted(&json!({"nodes": nodes, "edges": edges}))
}

#[cfg(feature = "parquet")]
#[test]
fn pyarrow_reads_parquet() {
    check("parquet", "pyarrow", &["tables/nodes.parquet", "tables/relations.parquet", "tables/evidence.parquet"]);
}

#[test]
fn the_folder_for_neo4j_holds_every_value_of_node_link_json() {
    let Some(python) = support::python("csv") else { return };
    let place = Hostile::new();
    place.quipu(&["export", "json", "-q", "-o", "graph.json"]);
    let files = ["tables/nodes.csv", "tables/relationships.csv", "graph.json"];
    assert_eq!(place.read_back(&python, "neo4j", &files), place.graph());
    let readme = fs::read_to_string(place.path("tables/README.md")).unwrap();
    assert!(readme.contains("neo4j-admin database import full neo4j --nodes=nodes.csv --relationships="), "{readme}");
}

#[test]
fn documents_for_search_engines_hold_every_concept_and_relation() {
    check("bulk", "json", &["graph.ndjson"]);
}

#[test]
fn documents_for_search_engines_hold_every_note_with_its_text() {
    let place = Hostile(TempDir::new().unwrap());
    fs::create_dir(place.path("notes")).unwrap();
    let notes =
        [("a.md", "# Kafka\n\nKafka \"feeds\" HDFS. #etl\n"), ("é \"b\".txt", "HDFS: a store\n\u{202e}turned\n")];
    for (name, text) in notes {
        fs::write(place.path("notes").join(name), text).unwrap();
    }
    place.quipu(&["ingest", "-q", "notes"]);
    let documents = |part: &[&str]| -> Vec<Value> {
        let lines = place.quipu(&[&["export", "bulk"], part].concat());
        let lines: Vec<Value> =
            lines.split(|byte| *byte == b'\n').filter_map(|row| serde_json::from_slice(row).ok()).collect();
        let pairs = lines.chunks(2).filter(|pair| pair[0]["create"]["_index"] == "quipu-notes");
        pairs.map(|pair| pair[1].clone()).collect()
    };
    let found = documents(&[]);
    let texts: Vec<(&str, &str)> =
        found.iter().map(|note| (note["path"].as_str().unwrap(), note["text"].as_str().unwrap())).collect();
    assert_eq!(texts, notes);
    assert_eq!(found[0]["concepts"], json!(["ETL", "HDFS", "Kafka"]));
    assert_eq!((&found[0]["title"], &found[0]["tags"]), (&json!("Kafka"), &json!(["etl"])));
    assert_eq!(documents(&["--around", "Kafka"]), [] as [Value; 0]);
}

/// A question in the languages of three programs.
#[cfg(feature = "parquet")]
#[derive(serde::Deserialize)]
struct Question {
    ask: String,
    #[serde(default)]
    ordered: bool,
    quipu: String,
}

#[cfg(feature = "parquet")]
#[test]
fn duckdb_and_kuzu_give_the_answers_that_quipu_gives() {
    let (Some(python), Some(_)) = (support::python("kuzu"), support::python("duckdb")) else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (place, file) = (TempDir::new().unwrap(), root.join("tests/exports/questions.toml"));
    let tables = place.path().join("tables");
    // Among the notes, where paths are names.
    let quipu = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(root.join("corpus")).env("QUIPU_INDEX", place.path().join("index"));
        let output = support::piped(&mut command, "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    quipu(&["ingest", "-q", "."]);
    quipu(&["export", "parquet", "-q", "-o", tables.to_str().unwrap()]);
    let mut command = Command::new(python);
    command.arg(root.join("tests/exports/answers.py")).arg(&file).arg(&tables);
    let output = support::piped(&mut command, "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let others: Value = serde_json::from_slice(&output.stdout).unwrap();
    let questions: std::collections::BTreeMap<String, Vec<Question>> =
        toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(questions["question"].len(), 10);
    for (number, question) in questions["question"].iter().enumerate() {
        let answer = quipu(&["query", "--format", "json", &question.quipu]);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let rows = |rows: &Value| {
            let mut rows: Vec<String> = rows.as_array().unwrap().iter().map(Value::to_string).collect();
            if !question.ordered {
                rows.sort();
            }
            rows
        };
        let own = rows(&answer["rows"]);
        assert!(!own.is_empty(), "{}", question.ask);
        for other in ["duckdb", "kuzu"] {
            assert_eq!(rows(&others[other][number]), own, "{other}: {}", question.ask);
        }
    }
}

fn has_graphviz() -> bool {
    let found = Command::new("dot").arg("-V").stderr(Stdio::null()).status().is_ok();
    if !found {
        eprintln!("skipped: Graphviz is not installed");
    }
    found
}

#[test]
fn graphviz_reads_dot() {
    if has_graphviz() {
        check("dot", "json", &["graph.dot"]);
    }
}

/// What a picture in pixels shows cannot be read; it is a whole one, of the size of the other, and not empty.
#[test]
fn pillow_decodes_the_picture_in_pixels() {
    let Some(python) = support::python("PIL").filter(|_| has_graphviz()) else { return };
    let place = Hostile::new();
    place.quipu(&["export", "png", "-q", "-o", "graph.png"]);
    place.quipu(&["export", "svg", "-q", "-o", "graph.svg"]);
    const SCRIPT: &str = "
import re
from PIL import Image
picture = Image.open('graph.png')
picture.load()
width, height = map(float, re.search(r'width=\"([\\d.]+)pt\" height=\"([\\d.]+)pt\"', open('graph.svg', encoding='utf-8').read()).groups())
# A point is 1/72 inch; the density of the picture is its own.
scale = picture.width / width
print(picture.format, scale > 0.9 and abs(picture.height - height * scale) < 3, len(picture.convert('RGB').getcolors(1 << 24)) > 8)";
    let output = support::piped(Command::new(python).args(["-c", SCRIPT]).current_dir(place.path("")), "");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said.trim(), "PNG True True", "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_picture_shows_every_name() {
    let Some(python) = support::python("xml").filter(|_| has_graphviz()) else { return };
    let place = Hostile::new();
    let drawn = place.read_back(&python, "svg", &["graph.svg"]);
    assert_eq!(drawn["nodes"], place.graph()["nodes"]);
    assert_eq!(drawn["edges"].as_array().unwrap().len(), RELATIONS.len(), "{drawn}");
}
