//! Neo4j's own drivers talk to a server over notes: Python 5.28 and 6, JavaScript 5 and 6, over Bolt and HTTP.
//!
//! `.ci/run` puts the drivers into `target/drivers`; where one is absent, its test says so and passes.
#![cfg(feature = "bolt")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "serve/server.rs"]
#[expect(dead_code, reason = "this test asks through drivers alone")]
mod server;

use std::path::{Path, PathBuf};
use std::process::Command;

use server::{Server, TOKEN};

const PIPELINE: &str = "\
Pipelines
=========

Ingestion: Kafka

Storage: HDFS

Processing: Spark

Storage: Redshift
";

const KAFKA: &str = "\
---
created: 2026-11-20
rating: 4.5
---
# Kafka

Kafka is a distributed log.

Kafka feeds Snowflake.
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where a driver was put, if it was.
fn driver(path: &str) -> Option<PathBuf> {
    let found = Some(root().join("target/drivers").join(path)).filter(|found| found.exists());
    if found.is_none() {
        eprintln!("skipped: target/drivers/{path} is absent; .ci/run puts it there");
    }
    found
}

/// Runs a script of `tests/drivers`, which ends with an error when anything is not as it should be.
fn check(program: &Path, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(root().join("tests/drivers")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.ends_with("all as it should be\n"), "{arguments:?}\n{said}");
}

fn python(version: &str, schemes: &[&str]) {
    let Some(program) = driver(&format!("{version}/bin/python")) else { return };
    let server = Server::over(&[("work/pipeline.txt", PIPELINE), ("kafka.md", KAFKA)]);
    for scheme in schemes {
        let port = if *scheme == "http" { server.port } else { server.bolt };
        check(&program, &["driver.py", &format!("{scheme}://127.0.0.1:{port}"), TOKEN]);
    }
}

#[test]
fn the_python_driver_5_is_answered() {
    python("neo4j-5", &["bolt", "neo4j"]);
}

#[test]
fn the_python_driver_6_is_answered() {
    python("neo4j-6", &["bolt", "neo4j", "http"]);
}

fn javascript(package: &str) {
    let Some(package) = driver(&format!("node_modules/{package}")) else { return };
    let server = Server::over(&[("work/pipeline.txt", PIPELINE), ("kafka.md", KAFKA)]);
    for scheme in ["bolt", "neo4j"] {
        let address = format!("{scheme}://127.0.0.1:{}", server.bolt);
        check(Path::new("node"), &["driver.cjs", package.to_str().unwrap(), &address, TOKEN]);
    }
}

#[test]
fn the_javascript_driver_5_is_answered() {
    javascript("neo4j-driver-5");
}

#[test]
fn the_javascript_driver_6_is_answered() {
    javascript("neo4j-driver");
}

/// The text between the fences of that language on the page about drivers.
fn on_the_page(language: &str) -> String {
    let page = std::fs::read_to_string(root().join("docs/drivers.md")).unwrap();
    let (_, after) = page.split_once(&format!("```{language}\n")).unwrap();
    after.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_example_of_the_page_prints_what_stands_there() {
    let Some(program) = driver("neo4j-6/bin/python") else { return };
    let server = Server::over(&[("log platform.txt", &on_the_page("text"))]);
    let script = on_the_page("python").replace("127.0.0.1:7687", &format!("127.0.0.1:{}", server.bolt));
    let output = Command::new(program).args(["-c", &script]).env("QUIPU_TOKEN", TOKEN).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), on_the_page("output"));
}
