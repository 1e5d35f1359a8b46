//! The openCypher technology compatibility kit, in process.
//!
//! Feature files are taken from `$OPENCYPHER_TCK`, else from `../shared/opencypher-tck`; where there are
//! none the test says so and passes. A scenario that expects an error must get its type and phase, and
//! find the graph as it was. Scenarios named in `tests/tck.failing` may fail.

#![expect(clippy::unwrap_used, reason = "a test may end where its input is no kit")]

#[path = "tck/gherkin.rs"]
mod gherkin;
#[path = "tck/value.rs"]
mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gherkin::{Scenario, Step};
use quipu::query::protocol::Protocol;
use quipu::query::{Engine, Limits, parser, with_stack};
use serde_json::{Map, Value, json};
use value::{canonical, parse};

#[test]
fn every_scenario_passes_but_those_listed() {
    let home = std::env::var_os("OPENCYPHER_TCK").map_or_else(|| "../shared/opencypher-tck".into(), PathBuf::from);
    let features = home.join("features");
    if !features.is_dir() {
        println!("skipped: no feature files in {}", home.display());
        return;
    }
    let listed: BTreeSet<&str> =
        include_str!("tck.failing").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let scenarios: Vec<Scenario> = files(&features).iter().flat_map(|file| scenarios(&features, file)).collect();
    let failed = failures(&scenarios, &home);
    println!("{} of {} scenarios passed", scenarios.len() - failed.len(), scenarios.len());
    let news: Vec<String> = failed
        .iter()
        .filter(|(id, _)| !listed.contains(id.as_str()))
        .map(|(id, message)| format!("{id}\n    {message}"))
        .collect();
    assert!(news.is_empty(), "{} scenarios failed:\n{}", news.len(), news.join("\n"));
}

#[test]
fn every_statement_prints_back_as_it_was_read() {
    let home = std::env::var_os("OPENCYPHER_TCK").map_or_else(|| "../shared/opencypher-tck".into(), PathBuf::from);
    let features = home.join("features");
    if !features.is_dir() {
        println!("skipped: no feature files in {}", home.display());
        return;
    }
    let scenarios = files(&features).into_iter().flat_map(|file| scenarios(&features, &file));
    let statements: BTreeSet<String> =
        scenarios.flat_map(|scenario| scenario.steps).filter_map(|step| step.document).collect();
    let print = |text: &str| parser::parse(text, &Limits::default()).map(|statement| statement.to_string());
    with_stack(|| {
        for statement in statements {
            let Ok(printed) = print(&statement) else { continue };
            assert_eq!(print(&printed), Ok(printed.clone()), "{statement}");
        }
    });
}

/// The scenarios that fail, with the reason, run on all cores.
fn failures(scenarios: &[Scenario], home: &Path) -> Vec<(String, String)> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = |scenarios: &[Scenario]| {
        let outcome = |scenario: &Scenario| Some((scenario.id.clone(), run(scenario, home).err()?));
        with_stack(|| scenarios.iter().filter_map(outcome).collect::<Vec<_>>())
    };
    std::thread::scope(|scope| {
        let parts = scenarios.chunks(scenarios.len().div_ceil(cores).max(1));
        let running: Vec<_> = parts.map(|scenarios| scope.spawn(move || part(scenarios))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|ending| ending == "feature"))
        .collect();
    found.sort();
    found
}

fn scenarios(root: &Path, file: &Path) -> Vec<Scenario> {
    let name = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let mut scenarios = gherkin::read(&name, &std::fs::read_to_string(file).unwrap());
    scenarios.retain(|scenario| !scenario.tags.iter().any(|tag| tag == "@ignore"));
    scenarios
}

/// The state of one scenario.
struct Test {
    protocol: Protocol,
    parameters: Map<String, Value>,
    answer: Value,
    before: Graph,
    expected_error: bool,
}

/// What side effects are counted by.
#[derive(Default, PartialEq)]
struct Graph([BTreeSet<String>; 4]);

const METRICS: [&str; 4] = ["nodes", "relationships", "properties", "labels"];

const QUERIES: [&str; 4] = [
    "MATCH (n) RETURN id(n)",
    "MATCH ()-[r]->() RETURN id(r)",
    "MATCH (n) UNWIND keys(n) AS k RETURN 'n', id(n), k, properties(n)[k] UNION ALL \
     MATCH ()-[n]->() UNWIND keys(n) AS k RETURN 'n', id(n), k, properties(n)[k]",
    "MATCH (n) UNWIND labels(n) AS l RETURN DISTINCT l",
];

fn run(scenario: &Scenario, home: &Path) -> Result<(), String> {
    let protocol = Protocol::new(Engine::scratch());
    let mut test =
        Test { protocol, parameters: Map::new(), answer: Value::Null, before: Graph::default(), expected_error: true };
    scenario.steps.iter().try_for_each(|step| test.step(step, home))?;
    test.no_stray_error()
}

impl Test {
    fn step(&mut self, step: &Step, home: &Path) -> Result<(), String> {
        let text = step.text.as_str();
        let document = || step.document.clone().unwrap_or_default();
        if text == "an empty graph" || text == "any graph" {
            Ok(())
        } else if let Some(name) = text.strip_prefix("the ").and_then(|rest| rest.strip_suffix(" graph")) {
            let script = home.join("graphs").join(name).join(format!("{name}.cypher"));
            self.set_up(
                std::fs::read_to_string(script).map_err(|error| error.to_string())?.trim_end_matches([';', '\n']),
            )
        } else if text == "having executed:" {
            self.set_up(&document())
        } else if text == "parameters are:" {
            self.parameters = step.table.iter().map(|row| (row[0].clone(), parse(&row[1]))).collect();
            Ok(())
        } else if text.starts_with("there exists a procedure") {
            self.register(text, &step.table)
        } else if text == "executing query:" || text == "executing control query:" {
            if text == "executing query:" {
                self.before = self.observe();
            }
            self.answer = self.ask(&json!({"statement": document(), "parameters": self.parameters}));
            self.expected_error = self.answer.get("error").is_none();
            Ok(())
        } else if text.starts_with("the result should be") {
            self.compare(text, &step.table)
        } else if text.contains("should be raised at") {
            self.raised(text)
        } else if text == "no side effects" || text == "the side effects should be:" {
            self.side_effects(&step.table)
        } else {
            Err(format!("step not understood: {text}"))
        }
    }

    fn ask(&mut self, request: &Value) -> Value {
        serde_json::from_str(&self.protocol.answer(&request.to_string())).unwrap()
    }

    fn set_up(&mut self, statement: &str) -> Result<(), String> {
        let answer = self.ask(&json!({"statement": statement}));
        answer.get("error").map_or(Ok(()), |error| Err(format!("set-up: {error}")))
    }

    /// `there exists a procedure name(in :: TYPE) :: (out :: TYPE):` with its rows.
    fn register(&mut self, text: &str, table: &[Vec<String>]) -> Result<(), String> {
        let signature = text.trim_start_matches("there exists a procedure ").trim_end_matches([':', ' ']);
        let (name, rest) = signature.split_once('(').unwrap();
        let (inputs, outputs) = rest.split_once(") :: (").or_else(|| rest.split_once(") :: (")).unwrap();
        let fields = |list: &str| -> Vec<Vec<String>> {
            let parts = list.trim_end_matches(')').split(',').filter(|part| !part.trim().is_empty());
            parts.map(|part| part.split("::").map(|word| word.trim().to_owned()).collect()).collect()
        };
        let (inputs, outputs) = (fields(inputs), fields(outputs));
        let wanted: Vec<&String> = inputs.iter().chain(&outputs).map(|field| &field[0]).collect();
        let rows: Vec<Vec<Value>> = match table.split_first() {
            Some((head, body)) if !wanted.is_empty() => {
                let places: Vec<usize> =
                    wanted.iter().map(|name| head.iter().position(|cell| cell == *name).unwrap()).collect();
                body.iter().map(|row| places.iter().map(|place| parse(&row[*place])).collect()).collect()
            }
            _ => Vec::new(),
        };
        let procedure = json!({"name": name, "inputs": inputs, "outputs": outputs, "rows": rows});
        let answer = self.ask(&json!({ "procedure": procedure }));
        answer.get("error").map_or(Ok(()), |error| Err(format!("procedure: {error}")))
    }

    fn observe(&mut self) -> Graph {
        Graph(QUERIES.map(|query| {
            let answer = self.ask(&json!({ "statement": query }));
            answer["rows"].as_array().unwrap().iter().map(|row| canonical(row, false)).collect()
        }))
    }

    fn compare(&mut self, text: &str, table: &[Vec<String>]) -> Result<(), String> {
        if let Some(error) = self.answer.get("error") {
            return Err(format!("{error}"));
        }
        let rows = self.answer["rows"].as_array().unwrap();
        if text.ends_with("should be empty") {
            return if rows.is_empty() { Ok(()) } else { Err(format!("{} rows instead of none", rows.len())) };
        }
        let (ordered, bag) = (text.contains("in order"), text.contains("ignoring element order"));
        let (head, body) = table.split_first().unwrap();
        let columns: Vec<&str> =
            self.answer["columns"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let places: Option<Vec<usize>> =
            head.iter().map(|name| columns.iter().position(|column| column == name)).collect();
        let places = places.filter(|places| places.len() == columns.len());
        let places = places.ok_or_else(|| format!("columns {columns:?} instead of {head:?}"))?;
        let line = |cells: Vec<Value>| cells.iter().map(|cell| canonical(cell, bag)).collect::<Vec<_>>().join(" | ");
        let mut found: Vec<String> =
            rows.iter().map(|row| line(places.iter().map(|place| row[*place].clone()).collect())).collect();
        let mut wanted: Vec<String> =
            body.iter().map(|row| line(row.iter().map(|cell| parse(cell)).collect())).collect();
        if !ordered {
            found.sort();
            wanted.sort();
        }
        if found == wanted { Ok(()) } else { Err(format!("got {found:?} instead of {wanted:?}")) }
    }

    /// `a TypeError should be raised at runtime: Detail`.
    fn raised(&mut self, text: &str) -> Result<(), String> {
        let Some(error) = self.answer.get("error").cloned() else { return Err(format!("no error: {text}")) };
        self.expected_error = true;
        let (kind, rest) = text.split_once(" should be raised at ").unwrap();
        let kind = kind.split_whitespace().last().unwrap();
        let (phase, _) = rest.split_once(':').unwrap();
        if error["kind"] != kind || phase != "any time" && error["phase"] != phase {
            return Err(format!("{error} instead of {text}"));
        }
        if self.observe() == self.before { Ok(()) } else { Err("the failed query changed the graph".into()) }
    }

    fn side_effects(&mut self, table: &[Vec<String>]) -> Result<(), String> {
        self.no_stray_error()?;
        let after = self.observe();
        let mut found = BTreeSet::new();
        for (at, metric) in METRICS.iter().enumerate() {
            let (before, after) = (&self.before.0[at], &after.0[at]);
            for (sign, count) in [('+', after.difference(before).count()), ('-', before.difference(after).count())] {
                if count > 0 {
                    found.insert(format!("{sign}{metric} {count}"));
                }
            }
        }
        let wanted = table.iter().filter(|row| row[1] != "0").map(|row| format!("{} {}", row[0], row[1])).collect();
        if found == wanted { Ok(()) } else { Err(format!("side effects {found:?} instead of {wanted:?}")) }
    }

    fn no_stray_error(&self) -> Result<(), String> {
        if self.expected_error { Ok(()) } else { Err(format!("{}", self.answer["error"])) }
    }
}
