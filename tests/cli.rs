//! The command line as a user runs it: flags are wired, exit codes and streams are right.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const NOTE: &str = "\
Pipelines
=========

Ingestion: Kafka

Storage: HDFS

Processing: Flink

Storage: Redshift

EC2: Elastic Compute Cloud, bare servers to launch and run software
";

/// A folder with notes, and an index beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(notes: &[(&str, &str)]) -> Self {
        let place = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(place.path("notes")).unwrap();
        for (name, text) in notes {
            fs::write(place.path("notes").join(name), text).unwrap();
        }
        place
    }

    /// With the notes ingested.
    fn ingested(notes: &[(&str, &str)]) -> Self {
        let place = Self::new(notes);
        assert_eq!(code(&place.quipu(&["ingest", "notes"])), 0);
        place
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("QUIPU_INDEX").env_remove("FORCE_COLOR").env("XDG_STATE_HOME", self.folder.path());
        command
    }

    fn quipu(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    fn piped(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn help_leads_with_examples_and_lists_exit_codes() {
    let place = Place::new(&[]);
    for arguments in [&["--help"][..], &["-h"], &["help"], &["ask", "--help"], &["help", "export"]] {
        let help = place.quipu(arguments);
        assert_eq!(code(&help), 0, "{arguments:?}");
        let text = out(&help);
        let (examples, usage) = (text.find("Examples:").unwrap(), text.find("Usage:").unwrap());
        assert!(examples < usage, "{text}");
        assert!(text.contains("\n  quipu "), "{text}");
    }
    assert!(out(&place.quipu(&["--help"])).contains("4  name unknown"));
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_would_do() {
    let place = Place::new(&[]);
    let misspelt = place.quipu(&["serch"]);
    assert_eq!((code(&misspelt), out(&misspelt).as_str()), (2, ""));
    assert!(err(&misspelt).contains("did you mean `quipu search`?"), "{}", err(&misspelt));
    assert_eq!(code(&place.quipu(&["ask"])), 2);
    assert_eq!(code(&place.quipu(&["export", "pdf"])), 2);
}

#[test]
fn without_an_index_commands_end_with_5_and_say_how_to_make_one() {
    let place = Place::new(&[]);
    for arguments in [&["ask", "what is Kafka"][..], &["stats"], &["search", "x"], &[]] {
        let output = place.quipu(arguments);
        assert_eq!((code(&output), out(&output).as_str()), (5, ""), "{arguments:?}");
        assert!(err(&output).contains("hint: "), "{}", err(&output));
    }
}

#[test]
fn answers_cite_and_go_to_standard_output_alone() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let answer = place.quipu(&["ask", "what", "connects", "Kafka", "to", "redshift?"]);
    assert_eq!((code(&answer), err(&answer).as_str()), (0, ""));
    let text = out(&answer);
    assert!(text.starts_with("1. Kafka → HDFS → Flink → Redshift\n"), "{text}");
    assert!(text.contains("  notes/log.txt:6:1 ") && text.contains("\"Storage: HDFS\""), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn unknown_names_end_with_4_and_near_ones_are_offered() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let near = place.quipu(&["ask", "what connects Kafka to Redshit"]);
    assert_eq!((code(&near), out(&near).as_str()), (4, ""));
    assert_eq!(
        err(&near),
        "error: no concept named `Redshit`\n  │ what connects Kafka to Redshit\n  │                        ^^^^^^^\n\
         hint: did you mean Redshift?\n"
    );
    let far = place.quipu(&["show", "Zebra"]);
    assert_eq!(code(&far), 4);
    assert!(err(&far).starts_with("error: no concept named `Zebra`\n"), "{}", err(&far));
}

#[test]
fn a_question_of_no_form_ends_with_2_and_lists_the_forms() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let output = place.quipu(&["ask", "how heavy is Kafka"]);
    assert_eq!(code(&output), 2);
    let text = err(&output);
    assert!(text.contains("  │ how heavy is Kafka\n  │     ^^^^^\n"), "{text}");
    assert!(text.contains("\n  what connects A to B\n"), "{text}");
}

#[test]
fn a_question_without_an_answer_is_told_what_the_notes_lack() {
    let place = Place::new(&[("a.txt", NOTE)]);
    place.quipu(&["ingest", "notes"]);
    let output = place.quipu(&["ask", "define HDFS"]);
    assert_eq!((code(&output), out(&output).as_str()), (1, "HDFS  Storage\nalso Hadoop Distributed File System\n"));
    assert_eq!(err(&output), "the notes do not define it\n");
    let output = place.quipu(&["ask", "what replaces HDFS"]);
    assert_eq!((code(&output), err(&output).as_str()), (1, "nothing in the notes says so\n"));
}

#[test]
fn a_second_ingest_changes_nothing_and_says_so() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let before = out(&place.quipu(&["export", "jsonl"]));
    let again = place.quipu(&["ingest"]);
    assert_eq!(code(&again), 0);
    assert!(out(&again).contains("nothing has changed (1 note)"), "{}", out(&again));
    assert_eq!(out(&place.quipu(&["export", "jsonl"])), before);
}

#[test]
fn skipped_files_are_named_and_strict_ends_with_8() {
    let place = Place::new(&[("log.txt", NOTE)]);
    fs::write(place.path("notes").join("blob.txt"), [0_u8, 1, 2, 0, 255, 0, 3]).unwrap();
    let output = place.quipu(&["ingest", "notes", "--strict"]);
    assert_eq!(code(&output), 8);
    assert!(out(&output).contains("skipped blob.txt"), "{}", out(&output));
}

#[test]
fn piped_questions_are_answered_without_a_prompt() {
    let place = Place::new(&[("log.txt", NOTE)]);
    let output = place.piped(&["notes"], "what connects Kafka to Flink\n:mode json\nwhat is EC2\n");
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    assert!(text.starts_with("1. Kafka → HDFS → Flink\n") && text.contains("\"concept\":{\"concept\":"), "{text}");
    assert!(err(&output).contains("ingesting notes into index"), "{}", err(&output));
}

#[test]
fn colours_are_kept_from_pipes_and_shown_on_demand() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let always = place.quipu(&["--color", "always", "show", "Kafka"]);
    assert!(out(&always).contains("\u{1b}[1mKafka"), "{}", out(&always));
    let none = place.command(&["show", "Kafka"]).env("NO_COLOR", "1").env("FORCE_COLOR", "1").output().unwrap();
    assert!(!out(&none).contains('\u{1b}'));
}

#[test]
fn control_characters_of_notes_never_reach_the_terminal() {
    let hostile = "Evil\u{1b}[31mBase is a database.\n\nKafka feeds Evil\u{202e}Base. \u{7}Kafka uses HDFS.\n";
    let place = Place::ingested(&[("evil\u{1b}]0;x.txt", hostile)]);
    for arguments in
        [&["stats"][..], &["search", "kafka"], &["ask", "what does Kafka use"], &["show", "Kafka"], &["lint"]]
    {
        let output = place.quipu(arguments);
        let shown = out(&output) + &err(&output);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{arguments:?}: {shown:?}");
    }
}

#[test]
fn lint_points_at_secrets_and_hides_them() {
    let note = "Copy with \"aws_acesskey_id=AKIAIOSFODNN7EXAMPLE\" and see [[Nowhere]].\n";
    let place = Place::ingested(&[("keys.md", note)]);
    let output = place.quipu(&["lint", "--only", "secrets,dead-links"]);
    assert_eq!(code(&output), 0);
    let text = out(&output);
    assert!(text.contains("notes/keys.md:1:28: warning: what looks like"), "{text}");
    assert!(text.contains("no note is named `Nowhere` [dead-link]"), "{text}");
    assert!(!text.contains("IOSFODNN7EXAMPLE"), "{text}");
}

#[test]
fn a_common_noun_is_not_the_product_of_that_name() {
    let place = Place::ingested(&[
        ("bees.md", "# Bees\n\nA hive is a home for bees. The hive stores honey.\n\n- hive: a bee's home\n"),
        ("warehouse.md", "# Hive\n\nHive is a data warehouse. Each hive table is a folder of HDFS, as hive sees it.\n"),
        ("terse.md", "- hive: sql on hadoop\n"),
    ]);
    let mentions = |name: &str| {
        let statement =
            format!("MATCH (n:Note)-[:MENTIONS]->({{name: '{name}'}}) RETURN DISTINCT n.path ORDER BY n.path");
        out(&place.quipu(&["query", "--format", "csv", &statement]))
    };
    assert_eq!(mentions("Hive"), "n.path\nterse.md\nwarehouse.md\n");
}

#[test]
fn the_address_of_a_product_is_a_mention_and_no_relation() {
    let place = Place::ingested(&[
        ("log.txt", NOTE),
        (
            "reading.md",
            "# To read\n\nSee https://kafka.apache.org/intro and https://www.databricks.com/blog/kafka-tips.\n",
        ),
    ]);
    let mentions = "MATCH (:Note {path: 'reading.md'})-[m:MENTIONS]->(c) RETURN c.name, m.lines";
    assert_eq!(out(&place.quipu(&["query", "--format", "csv", mentions])), "c.name,m.lines\nKafka,[3]\n");
    let cited = "MATCH (a)-[r]->(b) WHERE any(e IN r.evidence WHERE e CONTAINS 'reading.md') RETURN a.name, b.name";
    assert_eq!(out(&place.quipu(&["query", "--format", "csv", cited])), "a.name,b.name\n");
}

#[test]
fn a_short_form_means_what_its_note_says() {
    let place = Place::ingested(&[
        ("method.md", "PCA (principal component analysis) reduces dimensions. PCA uses covariance.\n"),
        ("bot.md", "PCA (personal customer assistant) is a chatbot. PCA uses Kafka.\n"),
    ]);
    let mentions = "MATCH (n:Note)-[:MENTIONS]->({name: 'principal component analysis'}) RETURN n.path";
    assert_eq!(out(&place.quipu(&["query", "--format", "csv", mentions])), "n.path\nmethod.md\n");
}

#[test]
fn lint_tells_of_words_that_notes_define_apart() {
    let place = Place::ingested(&[
        ("graph.md", "# Flow\n\nFlow is a tool for pipelines of tables.\n"),
        ("mind.md", "# Mind\n\nFlow is a state of concentration.\n\n[[Flow]] comes with practice.\n"),
    ]);
    let text = out(&place.quipu(&["lint", "--only", "homographs"]));
    let told = "note: `Flow` may be two things: \"Flow is a tool for pipelines of tables.\" and \
                \"Flow is a state of concentration.\" [homograph]\n  \
                notes/graph.md:3:1: Flow is a tool for pipelines of tables.\n  \
                notes/mind.md:3:1: Flow is a state of concentration.\n";
    assert!(text.starts_with(told), "{text}");
}

#[test]
fn decisions_are_written_once_into_the_root() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let output = place.quipu(&["same", "Kafka", "Kafka NG"]);
    assert_eq!((code(&output), out(&output).as_str()), (0, "notes/quipu.toml:1 says so now\n"));
    assert_eq!(out(&place.quipu(&["same", "Kafka", "Kafka NG"])), "notes/quipu.toml says so already\n");
    assert_eq!(fs::read_to_string(place.path("notes/quipu.toml")).unwrap(), "same-as = [[\"Kafka\", \"Kafka NG\"]]\n");
}

#[test]
fn exports_are_written_where_asked() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let dot = place.quipu(&["export", "dot", "--around", "kafka", "--depth", "1"]);
    assert!(out(&dot).contains("digraph") && out(&dot).contains("Kafka"), "{}", out(&dot));
    assert_eq!(code(&place.quipu(&["export", "csv", "-o", "tables"])), 0);
    assert!(place.path("tables/nodes.csv").is_file() && place.path("tables/relationships.csv").is_file());
    assert_eq!(code(&place.quipu(&["export", "csv"])), 2);
}

#[test]
fn scripts_and_manual_pages_are_written() {
    let place = Place::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(out(&place.quipu(&["completions", shell])).contains("quipu"), "{shell}");
    }
    assert!(out(&place.quipu(&["man"])).contains(".TH quipu"));
    assert_eq!(code(&place.quipu(&["man", "--output", "man1"])), 0);
    assert!(Path::new(&place.path("man1/quipu-ask.1")).is_file());
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let mut child = place.command(&["export", "jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
}

#[test]
fn the_protocol_answers_each_line_and_keeps_the_graph_in_memory() {
    let place = Place::new(&[]);
    let requests = "{\"statement\":\"CREATE (a {x: $x})\",\"parameters\":{\"x\":1}}\n\
                    {\"statement\":\"MATCH (a) RETURN a.x AS x\"}\nnot json\n{\"reset\":true}\n\
                    {\"statement\":\"MATCH (a) RETURN count(a) AS c\"}\n";
    let output = place.piped(&["query", "--scratch", "--format", "jsonl", "-"], requests);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let lines: Vec<serde_json::Value> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["counters"]["nodes_created"], 1);
    assert_eq!(lines[1]["rows"], serde_json::json!([[1]]));
    assert!(lines[2]["error"]["message"].is_string());
    assert_eq!(lines[3], serde_json::json!({"ok": true}));
    assert_eq!(lines[4]["rows"], serde_json::json!([[0]]));
}

#[test]
fn statements_take_parameters_and_end_at_their_limits() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let rows =
        place.quipu(&["query", "-P", "name=HDFS", "--format", "csv", "MATCH (c {name: $name}) RETURN c.name AS name"]);
    assert_eq!((code(&rows), out(&rows).as_str()), (0, "name\nHDFS\n"));
    let endless = place.quipu(&["query", "--max-rows", "100", "UNWIND range(1, 100000) AS x RETURN count(x)"]);
    assert_eq!(code(&endless), 7, "{}", err(&endless));
    assert!(err(&endless).contains("hint: raise it with --max-rows"), "{}", err(&endless));
    let wrong = place.quipu(&["query", "MATCH (n) RETRUN n"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("  │ MATCH (n) RETRUN n\n  │           ^"), "{}", err(&wrong));
    assert_eq!(code(&place.quipu(&["query", "MATCH (n {name: 'x'}) RETURN n"])), 1);
}

#[test]
fn a_difference_is_told_with_its_lines_and_ends_as_diff_does() {
    let place = Place::ingested(&[("log.txt", NOTE)]);
    let same = place.quipu(&["diff"]);
    assert_eq!((code(&same), out(&same).as_str()), (0, "0 concepts came, 0 went; 0 relations came, 0 went\n"));
    fs::rename(place.path("index"), place.path("old")).unwrap();
    fs::write(place.path("notes/log.txt"), NOTE.replace("==\n", "==\n\nIt is new.\n").replace("Flink", "Storm"))
        .unwrap();
    let since = place.quipu(&["--index", "old", "diff", "--format", "json"]);
    assert_eq!(code(&since), 1, "{}", err(&since));
    assert_eq!(code(&place.quipu(&["ingest", "notes"])), 0);
    let between = place.quipu(&["diff", "old", "index", "--format", "json"]);
    assert_eq!((code(&between), out(&between)), (1, out(&since)));
    let diff: serde_json::Value = serde_json::from_slice(&between.stdout).unwrap();
    let names = |list: &str| -> Vec<&str> {
        diff[list].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
    };
    assert_eq!((names("concepts_went"), names("concepts_came")), (vec!["Flink"], vec!["Storm"]));
    let feeds = diff["relations_came"].as_array().unwrap().iter().find(|one| one["object"]["name"] == "Storm").unwrap();
    assert_eq!(feeds["evidence"][0]["path"], "notes/log.txt");
    assert_eq!(
        (&feeds["evidence"][0]["line"], &feeds["evidence"][0]["quote"]),
        (&10.into(), &"Processing: Storm".into())
    );
    let text = out(&place.quipu(&["diff", "old", "index"]));
    assert!(
        text.contains("\n+ HDFS ─FEEDS→ Storm") && text.contains("notes/log.txt:10:1  \"Processing: Storm\""),
        "{text}"
    );
    assert_eq!(code(&place.quipu(&["diff", "old", "nowhere"])), 5);
}
