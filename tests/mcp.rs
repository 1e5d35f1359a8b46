//! `quipu mcp` as an assistant uses it: driven by the official Python SDK, which checks each answer against its schema.

#![cfg(feature = "mcp")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

const LOG: &str = "\
Ingestion: Flume

Storage: HDFS

Processing: Spark

Storage: Hive
";

const SECRET: &str =
    "Kafka is a message broker. Kafka feeds Spark with password: hunter2hunter2\nKafka\u{202e} uses ZooKeeper.\n";

const TOOLS: [&str; 10] = [
    "ask",
    "search",
    "fetch",
    "query_cypher",
    "get_concept",
    "get_neighbors",
    "shortest_paths",
    "explain_relation",
    "schema",
    "stats",
];

/// An index of a few notes, asked through the SDK.
struct Assistant {
    python: PathBuf,
    folder: TempDir,
    options: &'static [&'static str],
}

impl Assistant {
    fn new(notes: &[(&str, &str)]) -> Option<Self> {
        let assistant = Self { python: support::python("mcp")?, folder: TempDir::new().unwrap(), options: &[] };
        let root = assistant.folder.path().join("notes");
        fs::create_dir(&root).unwrap();
        notes.iter().for_each(|(name, text)| fs::write(root.join(name), text).unwrap());
        assistant.ingest();
        Some(assistant)
    }

    fn ingest(&self) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(["ingest", "notes"]).current_dir(self.folder.path()).env("QUIPU_INDEX", self.index());
        assert!(command.output().unwrap().status.success());
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// What came back for each request, and what the server says of itself.
    fn say(&self, mode: &str, requests: &Value) -> (Value, Value) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mcp/client.py");
        let mut command = Command::new(&self.python);
        command.args(["-X", "utf8"]).arg(script).arg(env!("CARGO_BIN_EXE_quipu")).arg(self.index()).args(self.options);
        command.env("MODE", mode).env("PYTHONDONTWRITEBYTECODE", "1");
        let output = support::piped(&mut command, &requests.to_string());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut said: Value = serde_json::from_slice(&output.stdout).unwrap();
        (said["answers"].take(), said["about"].take())
    }

    fn asked(&self, requests: &Value) -> Vec<Value> {
        self.say("auto", requests).0.as_array().unwrap().clone()
    }

    /// Where a note is, as answers cite it.
    fn path(&self, name: &str) -> String {
        self.folder.path().canonicalize().unwrap().join("notes").join(name).display().to_string()
    }
}

fn page(offset: u64, shown: u64, total: u64, next: Option<u64>) -> Value {
    json!({"offset": offset, "shown": shown, "total": total, "next_offset": next, "cut": null})
}

#[test]
fn tools_are_listed_in_order_and_both_ways_to_greet_are_known() {
    let Some(assistant) = Assistant::new(&[("log.txt", LOG)]) else { return };
    for (mode, protocol) in [("auto", "2026-07-28"), ("legacy", "2025-11-25")] {
        let (answers, about) = assistant.say(mode, &json!([{"list": "tools"}, {"list": "templates"}]));
        assert_eq!(about, json!({"name": "quipu", "protocol": protocol}));
        let names: Vec<&str> =
            answers[0].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert_eq!(names, TOOLS);
        assert_eq!(answers[1], json!(["quipu://concept/{+name}", "quipu://note/{+path}"]));
    }
}

#[test]
fn each_tool_answers_with_its_evidence() {
    let Some(assistant) = Assistant::new(&[("log.txt", LOG)]) else { return };
    let log = assistant.path("log.txt");
    let answers = assistant.asked(&json!([
        {"tool": "ask", "arguments": {"question": "what feeds Spark"}},
        {"tool": "shortest_paths", "arguments": {"from": "Flume", "to": "Hive", "limit": 1}},
        {"tool": "get_concept", "arguments": {"name": "hdfs", "limit": 1}},
        {"tool": "get_neighbors", "arguments": {"name": "HDFS", "direction": "out", "types": ["feeds"]}},
        {"tool": "explain_relation", "arguments": {"from": "Spark", "to": "Hive"}},
        {"tool": "query_cypher", "arguments": {"statement": "MATCH (a {name: $name})-[r:FEEDS]->(b) RETURN b.name AS name, r.evidence AS evidence", "parameters": {"name": "Flume"}}},
        {"tool": "search", "arguments": {"query": "processing"}},
        {"tool": "fetch", "arguments": {"id": format!("{log}:3"), "limit": 2}},
        {"tool": "schema", "arguments": {"limit": 1}},
        {"tool": "stats", "arguments": {"limit": 3}},
    ]));
    let feeds = |subject: &str, object: &str, line: u32, quote: &str| {
        json!({"subject": subject, "type": "FEEDS", "object": object, "confidence": 900, "support": 1,
            "evidence": [{"place": format!("{log}:{line}"), "quote": quote, "rule": "stage-list"}]})
    };
    let spark = feeds("HDFS", "Spark", 5, "Processing: Spark");
    assert_eq!(answers[0]["results"][0], with(&spark, "is", "relation"));
    assert_eq!(answers[0]["page"], page(0, 1, 1, None));
    assert!(answers[0]["cypher"].as_str().unwrap().contains("FEEDS"), "{}", answers[0]);
    let steps = [feeds("Flume", "HDFS", 3, "Storage: HDFS"), spark.clone(), feeds("Spark", "Hive", 7, "Storage: Hive")];
    let path = json!({"concepts": ["Flume", "HDFS", "Spark", "Hive"], "relations": steps});
    assert_eq!(answers[1], json!({"hint": null, "results": [path], "page": page(0, 1, 1, None)}));
    assert_eq!(answers[2]["concept"]["name"], "HDFS");
    assert_eq!(answers[2]["notes"][0]["path"], json!(log));
    assert_eq!(answers[2]["results"], json!([spark]));
    assert_eq!(answers[2]["page"], page(0, 1, 2, Some(1)));
    let neighbor = json!({"name": "Spark", "kind": "Processing", "relations": [spark]});
    assert_eq!(answers[3], json!({"hint": null, "results": [neighbor], "page": page(0, 1, 1, None)}));
    let mut claim = steps[2].clone();
    claim["evidence"] = claim["evidence"][0].take();
    claim.as_object_mut().unwrap().remove("support");
    assert_eq!(answers[4], json!({"hint": null, "results": [claim], "page": page(0, 1, 1, None)}));
    let rows =
        json!({"columns": ["name", "evidence"], "results": [["HDFS", ["log.txt:3"]]], "page": page(0, 1, 1, None)});
    assert_eq!(answers[5], rows);
    assert_eq!(answers[6]["results"][0]["title"], "log");
    assert_eq!(answers[6]["results"][0]["url"], json!(format!("quipu://note/{log}")));
    let fetched = json!({"id": format!("{log}:3"), "title": "log", "text": "Storage: HDFS\n\n",
        "url": format!("quipu://note/{log}"), "first_line": 3, "page": page(0, 2, 5, Some(2))});
    assert_eq!(answers[7], fetched);
    assert_eq!(answers[8]["results"], json!([{"group": "Labels", "name": "Concept", "count": 5}]));
    assert_eq!(answers[9]["results"][1], json!({"group": "Index", "name": "concepts", "count": 5}));
}

fn with(value: &Value, key: &str, field: &str) -> Value {
    let mut value = value.clone();
    value[key] = json!(field);
    value
}

#[test]
fn what_is_wrong_is_said_so_that_the_assistant_can_mend_it() {
    let Some(assistant) = Assistant::new(&[("log.txt", LOG)]) else { return };
    let answers = assistant.asked(&json!([
        {"tool": "get_concept", "arguments": {"name": "Flum"}},
        {"tool": "get_concept", "arguments": {"name": "Flume", "depth": 2}},
        {"tool": "ask", "arguments": {"question": "how heavy is Flume"}},
        {"tool": "query_cypher", "arguments": {"statement": "MATCH (n) DETACH DELETE n"}},
        {"tool": "get_neighbors", "arguments": {"name": "Flume", "types": ["EATS"]}},
        {"tool": "fetch", "arguments": {"id": "../../etc/passwd"}},
        {"tool": "fetch", "arguments": {"id": "quipu://note//etc/passwd"}},
        {"tool": "nothing", "arguments": {}},
        {"read": "quipu://note/%2Fetc%2Fpasswd"},
        {"tool": "get_concept", "arguments": {"name": "Zzyzx"}},
        {"tool": "query_cypher", "arguments": {"statement": "RETURN $x"}},
        {"tool": "query_cypher", "arguments": {"statement": format!("RETURN {}1{}", "(".repeat(100), ")".repeat(100))}},
        {"tool": "query_cypher", "arguments": {"statement": "CREATE (n)"}},
    ]));
    assert_eq!(answers[0]["error"], "error: no concept named `Flum`\nhint: did you mean Flume?");
    let unknown =
        "error: there is no parameter `depth`\nhint: the parameters are detail, limit, max_tokens, name, offset";
    assert_eq!(answers[1]["error"], unknown);
    assert!(answers[2]["error"].as_str().unwrap().contains("what connects A to B"), "{}", answers[2]);
    assert!(answers[3]["error"].as_str().unwrap().contains("read-only"), "{}", answers[3]);
    let types = "error: there is no relation type `EATS`\nhint: the types are ";
    assert!(answers[4]["error"].as_str().unwrap().starts_with(types), "{}", answers[4]);
    for answer in &answers[5..7] {
        assert!(answer["error"].as_str().unwrap().starts_with("error: the index has no note"), "{answer}");
    }
    assert_eq!(answers[7], json!({"refused": -32602, "message": "there is no tool `nothing`"}));
    assert_eq!(answers[8]["refused"], -32602);
    let hints = [
        "no name is near it; the question `search \"Zzyzx\"` looks for the word in the notes",
        "give it in `parameters`",
        "ask for less; the limit `max-depth` is raised where this server is started",
        "edit the note and ingest it",
    ];
    for (answer, hint) in answers[9..].iter().zip(hints) {
        assert_eq!(answer["error"].as_str().unwrap().split_once("\nhint: ").unwrap().1, hint, "{answer}");
    }
}

#[test]
fn where_there_is_nothing_the_next_tool_is_named() {
    let Some(assistant) = Assistant::new(&[("log.txt", LOG), ("else.md", "Kafka was down again.\n")]) else { return };
    let answers = assistant.asked(&json!([
        {"tool": "explain_relation", "arguments": {"from": "flume", "to": "Hive"}},
        {"tool": "explain_relation", "arguments": {"from": "Flume", "to": "HDFS", "type": "feeds"}},
        {"tool": "explain_relation", "arguments": {"from": "HDFS", "to": "Hive", "type": "feeds"}},
        {"tool": "shortest_paths", "arguments": {"from": "Flume", "to": "Kafka"}},
        {"tool": "get_neighbors", "arguments": {"name": "Kafka"}},
        {"tool": "get_neighbors", "arguments": {"name": "Hive", "direction": "out"}},
    ]));
    assert_eq!((answers[1]["hint"].clone(), answers[1]["page"]["total"].clone()), (Value::Null, json!(1)));
    let hints = [
        "no line states a relation between flume and Hive; `shortest_paths` with from \"flume\" and to \"Hive\" connects \
         them over other concepts, if anything does",
        "",
        "no line states a FEEDS relation between HDFS and Hive; `shortest_paths` with from \"HDFS\" and to \"Hive\" connects \
         them over other concepts, if anything does",
        "no chain of relations leads from Flume to Kafka",
        "the notes tell no relation of Kafka",
        "the notes tell no relation of Hive that fits `types` and `direction`",
    ];
    for at in [0, 2, 3, 4, 5] {
        assert_eq!(answers[at], json!({"hint": hints[at], "results": [], "page": page(0, 0, 0, None)}));
    }
}

/// A statement that runs for minutes, where it is let.
const ENDLESS: &str = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*)";

const NO_LIMITS: &[&str] = &["--timeout", "3600", "--max-rows", "1000000000000"];

#[test]
fn a_request_that_is_taken_back_ends_its_statement() {
    let Some(mut assistant) = Assistant::new(&[("log.txt", LOG)]) else { return };
    assistant.options = NO_LIMITS;
    let endless = json!({"tool": "query_cypher", "arguments": {"statement": ENDLESS}, "patience": 3});
    // As many as are worked on at once: only when they have ended there is a seat for the last.
    let stats = json!({"tool": "stats", "arguments": {"limit": 1}, "after": 2, "patience": 60});
    let requests = json!([endless, endless, endless, endless, stats]);
    for mode in ["auto", "legacy"] {
        let answers = assistant.say(mode, &requests).0;
        assert_eq!(answers[3], json!({"taken back": true}));
        assert_eq!(answers[4]["page"], page(0, 1, answers[4]["page"]["total"].as_u64().unwrap(), Some(1)), "{mode}");
    }
}

#[test]
fn a_client_that_leaves_ends_its_statements_but_what_is_quick_is_answered() {
    let Some(assistant) = Assistant::new(&[("log.txt", LOG)]) else { return };
    let call = |id: u8, tool: &str, arguments: Value| json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}});
    let greeting =
        json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}});
    let said = [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": greeting}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        call(2, "query_cypher", json!({"statement": ENDLESS})),
        call(3, "query_cypher", json!({"statement": "RETURN 1 AS one"})),
    ];
    let said: String = said.iter().map(|line| format!("{line}\n")).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
    let output = support::piped(command.arg("--index").arg(assistant.index()).arg("mcp").args(NO_LIMITS), &said);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answer = |id: u8| answers.iter().find(|answer| answer["id"] == id).unwrap();
    assert_eq!(answer(2)["error"]["message"], "the client left before the answer was found");
    assert_eq!(answer(3)["result"]["structuredContent"]["results"], json!([[1]]));
}

#[test]
fn secrets_are_hidden_and_invisible_letters_spelled_out() {
    let Some(assistant) = Assistant::new(&[("keys.md", SECRET)]) else { return };
    let note = assistant.path("keys.md");
    let requests = json!([
        {"tool": "fetch", "arguments": {"id": note}},
        {"tool": "search", "arguments": {"query": "password"}},
        {"tool": "explain_relation", "arguments": {"from": "Kafka", "to": "Spark"}},
        {"tool": "query_cypher", "arguments": {"statement": "MATCH ()-[r:FEEDS]->() RETURN r, r.quote"}},
        {"tool": "ask", "arguments": {"question": "which notes mention Kafka"}},
        {"read": format!("quipu://note/{note}")},
        {"read": "quipu://concept/kafka"},
    ]);
    let answers = assistant.asked(&requests);
    let text = "Kafka is a message broker. Kafka feeds Spark with password: hunt…\nKafka\\u{202e} uses ZooKeeper.\n";
    assert_eq!(answers[0]["text"], text);
    assert_eq!(answers[5]["text"], text);
    for answer in &answers {
        let told = answer.to_string();
        assert!(!told.contains("hunter2") && !told.contains('\u{202e}') && told.contains("Kafka"), "{told}");
    }
}

#[test]
fn answers_keep_to_their_budget_and_pages_give_everything_once() {
    let notes = "Redshift is a data warehouse.\n\n".to_owned()
        + &(0..400).map(|n| format!("[[System{n:03}]] feeds Redshift.\n\n")).collect::<String>();
    let Some(assistant) = Assistant::new(&[("many.md", &notes)]) else { return };
    let call = |offset: u64| json!({"tool": "get_neighbors", "arguments": {"name": "Redshift", "limit": 200, "offset": offset, "max_tokens": 3000}});
    let mut names = Vec::new();
    let mut offset = Some(0);
    while let Some(from) = offset {
        let answer = assistant.asked(&json!([call(from)])).remove(0);
        assert!(answer.to_string().len() < 3_300 * 4, "{}", answer.to_string().len());
        names.extend(answer["results"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()));
        offset = answer["page"]["next_offset"].as_u64();
    }
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!((count, names.len()), (names.len(), 401), "{names:?}");
}

#[test]
fn resources_are_listed_page_by_page_and_read() {
    let many: Vec<(String, &str)> = (0..230).map(|n| (format!("n{n:03}.md"), "Nothing.\n")).collect();
    let mut notes: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    notes.push(("log.txt", LOG));
    let Some(assistant) = Assistant::new(&notes) else { return };
    let log = assistant.path("log.txt");
    let answers = assistant.asked(&json!([
        {"list": "resources"},
        {"read": format!("quipu://note/{log}#L3-L5")},
        {"read": "quipu://concept/Hive"},
        {"read": "quipu://graph/summary"},
    ]));
    let uris = answers[0]["uris"].as_array().unwrap();
    assert_eq!((uris.len(), answers[0]["pages"].as_u64()), (1 + 231 + 5, Some(2)));
    assert!(uris.contains(&json!("quipu://concept/Hive")) && uris.contains(&json!(format!("quipu://note/{log}"))));
    assert_eq!(answers[1]["text"], "Storage: HDFS\n\nProcessing: Spark\n");
    assert!(answers[2]["text"].as_str().unwrap().starts_with("Hive"), "{}", answers[2]);
    assert!(answers[3]["text"].as_str().unwrap().contains("concepts"), "{}", answers[3]);
}

#[test]
fn an_index_that_is_missing_is_said_on_the_other_stream() {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
    let output = support::piped(command.arg("mcp").current_dir(folder.path()).env_remove("QUIPU_INDEX"), "");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(5), &b""[..]));
    assert!(String::from_utf8_lossy(&output.stderr).contains("hint: "));
}
