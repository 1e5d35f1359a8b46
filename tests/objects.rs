//! Notes in an object store: a bucket gives the index that the same files on disk give, whatever fails on the way.

#![cfg(feature = "cloud")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const KEY_ID: &str = "AKIALOOPBACKTEST";
const SECRET: &str = "loopback/secret+key";

/// An S3 server behind a proxy that fails as it is told, and a folder for indexes.
struct Store {
    server: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    port: u64,
    folder: TempDir,
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Store {
    /// Nothing where Python has no moto.
    fn start() -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/objects/server.py");
        let mut command = Command::new(support::python("moto.server, flask")?);
        command.args(["-X", "utf8"]).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.env("PYTHONDONTWRITEBYTECODE", "1").spawn().unwrap();
        let (commands, answers) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut store = Self { server, commands, answers, port: 0, folder: TempDir::new().unwrap() };
        store.port = store.answer()["port"].as_u64().unwrap();
        Some(store)
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn tell(&mut self, command: &Value) -> Value {
        writeln!(self.commands, "{command}").unwrap();
        self.answer()
    }

    /// Writes objects; the entity tag of each.
    fn put(&mut self, notes: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        serde_json::from_value(self.tell(&json!({"put": notes}))).unwrap()
    }

    /// How often what was asked since the last time: listings, and each object.
    fn count(&mut self) -> (u64, BTreeMap<String, u64>) {
        let counted = self.tell(&json!({"count": true}));
        (counted["list"].as_u64().unwrap(), serde_json::from_value(counted["get"].clone()).unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn quipu(&self, index: &str, arguments: &[&str]) -> Output {
        self.quipu_with(index, arguments, "")
    }

    fn quipu_with(&self, index: &str, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
            command.env_remove(name);
        }
        let variables = [
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", KEY_ID.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned()),
        ];
        command.args(arguments).envs(variables).env("QUIPU_INDEX", self.path(index)).current_dir(self.folder.path());
        support::piped(&mut command, input)
    }

    fn answered(&self, index: &str, arguments: &[&str]) -> String {
        let output = self.quipu(index, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn export(&self, index: &str) -> String {
        self.answered(index, &["export", "jsonl"])
    }
}

/// So many notes, some of them of odd names.
fn notes(count: usize) -> BTreeMap<String, String> {
    let tools = ["Kafka", "Flume", "Sqoop", "Spark", "Airflow", "Hive", "HDFS", "Presto"];
    let note = |number: usize| {
        let (one, other) = (tools[number % 8], tools[(number / 8) % 8]);
        let name = match number % 50 {
            7 => format!("odd/é ü {number} #1 %41+&=.md"),
            9 => format!("deep/er/still/{number}.txt"),
            _ => format!("part-{}/{number:04}.md", number % 10),
        };
        let text =
            format!("# Project {number}\n\n{one} feeds {other}.\n\n## {one}\n\n- uses {other} and Store{number}\n");
        (name, text)
    };
    (0..count).map(note).collect()
}

fn write(folder: &Path, notes: &BTreeMap<String, String>) {
    for (name, text) in notes {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn below(prefix: &str, notes: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    notes.iter().map(|(name, text)| (format!("{prefix}/{name}"), text.clone())).collect()
}

#[test]
fn a_bucket_gives_the_index_of_the_same_files_and_a_changed_note_is_fetched_alone() {
    let Some(mut store) = Store::start() else { return };
    let mut all = notes(1_000);
    write(&store.path("disk"), &all);
    store.put(&below("wiki", &all));
    let beside = [("wiki/.hidden.md", "# Hidden"), ("wiki/picture.png", "no note"), ("wikipedia/a.md", "# Elsewhere")];
    store.put(&beside.map(|(key, text)| (key.to_owned(), text.to_owned())).into());
    store.answered("local", &["ingest", "-q", "disk"]);

    store.tell(&json!({"faults": {"busy": 7, "cut": 11}}));
    let report = store.answered("remote", &["ingest", "-v", "s3://notes/wiki/"]);
    assert!(report.starts_with("1000 new notes, 0 changed, 0 removed, 0 unchanged\n"), "{report}");
    assert!(report.contains("picture.png"), "{report}");
    let (listings, fetched) = store.count();
    assert!(listings >= 2, "1,002 keys are two pages");
    let again = fetched.values().filter(|times| **times == 2).count();
    assert!((150..300).contains(&again) && fetched.values().all(|times| *times <= 3), "{again} were asked for twice");
    assert!(store.export("remote") == store.export("local"), "the exports differ");

    store.tell(&json!({"faults": {}}));
    let quiet = store.answered("remote", &["ingest"]);
    assert!(quiet.starts_with("nothing has changed (1,000 notes)\n"), "{quiet}");
    let only = |name: &str| BTreeMap::from([(name.to_owned(), 1)]);
    assert_eq!(store.count().1, only("wiki/quipu.toml"));

    let changed = "part-1/0001.md".to_owned();
    let edit =
        BTreeMap::from([(changed.clone(), "# Project 1\n\nKafka feeds Presto. Zorblax uses Hive.\n".to_owned())]);
    all.extend(edit.clone());
    write(&store.path("disk"), &edit);
    store.put(&below("wiki", &edit));
    let update = store.answered("remote", &["ingest"]);
    assert!(update.starts_with("0 new notes, 1 changed, 0 removed, 999 unchanged\n"), "{update}");
    let mut fetched = only("wiki/quipu.toml");
    fetched.insert(format!("wiki/{changed}"), 1);
    assert_eq!(store.count().1, fetched);
    store.answered("local", &["ingest", "-q"]);
    assert!(store.export("remote") == store.export("local"), "the exports differ after the change");
}

#[test]
fn a_bucket_stands_beside_a_folder_and_its_decisions_count() {
    let Some(mut store) = Store::start() else { return };
    let all = notes(20);
    write(&store.path("near"), &all);
    store.put(&below("far", &all));
    store.put(&BTreeMap::from([("far/quipu.toml".to_owned(), "ignore = [\"Kafka\"]\n".to_owned())]));
    store.answered("both", &["ingest", "-q", "near", "s3://notes/far"]);
    let export = store.export("both");
    assert!(export.contains("\"note\":\"far/part-0/0000.md\"") && export.contains("\"note\":\"near/part-0/0000.md\""));
    assert!(!export.contains("\"name\":\"Kafka\""), "what the bucket's quipu.toml ignores is a concept");
    let place = store.answered("both", &["why", "Flume", "HDFS"]);
    assert!(place.contains("s3://notes/far/"), "{place}");
    let refused = store.quipu("both", &["ignore", "Flume", "--root", "s3://notes/far"]);
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));
    store.answered("both", &["ingest", "-q", "--forget", "s3://notes/far"]);
    assert!(!store.export("both").contains("far/"));
}

#[test]
fn a_store_that_fails_midway_leaves_the_last_index_and_tells_no_secret() {
    let Some(mut store) = Store::start() else { return };
    let mut all = notes(60);
    store.put(&below("wiki", &all));
    store.answered("index", &["ingest", "-q", "s3://notes/wiki"]);
    let before = store.export("index");
    for text in all.values_mut() {
        text.push_str("\nZorblax feeds Kafka.\n");
    }
    store.put(&below("wiki", &all));
    let faults = [
        (json!({"down": 30}), "the server answers with status 503, also when asked again"),
        (json!({"denied": 1}), "access is denied"),
    ];
    for (fault, message) in faults {
        store.tell(&json!({"faults": fault}));
        let failed = store.quipu("index", &["ingest"]);
        let told = String::from_utf8(failed.stderr).unwrap();
        assert_eq!(failed.status.code(), Some(70), "{told}");
        assert!(told.starts_with("error: cannot read s3://notes/wiki") && told.contains(message), "{told}");
        assert!(!told.contains(KEY_ID) && !told.contains(SECRET), "{told}");
        assert!(store.export("index") == before, "the index is not as it was");
    }
    store.tell(&json!({"faults": {}}));
    store.answered("index", &["ingest", "-q"]);
    assert!(store.export("index").contains("Zorblax"));
}

#[test]
fn objects_that_are_listed_are_fetched_and_held_against_the_list() {
    let Some(mut store) = Store::start() else { return };
    let all = notes(60);
    let tags = store.put(&below("wiki", &all));
    store.tell(&json!({"faults": {"busy": 7, "cut": 11}}));
    let told = |name: &String, text: &String| json!({"note": name, "text": text}).to_string();
    let listed = |name: &String, text: &String| {
        let key = format!("wiki/{name}");
        json!({"note": name, "uri": format!("s3://notes/{key}"), "etag": tags[&key], "size": text.len()}).to_string()
    };
    let rows = |row: &dyn Fn(&String, &String) -> String| {
        all.iter().map(|(name, text)| row(name, text)).collect::<Vec<String>>().join("\n")
    };
    let discover = |arguments: &[&str], input: &str| {
        let output = store.quipu_with("none", &[&["discover"], arguments].concat(), input);
        String::from_utf8(output.stdout).unwrap()
    };
    let found = discover(&[], &rows(&told));
    assert_eq!(found.lines().count(), 61);
    assert!(discover(&["--fetch"], &rows(&listed)) == found, "what is fetched gives other rows");

    let odd = [
        json!({"uri": "s3://notes/wiki/part-0/0000.md", "etag": "\"other\""}),
        json!({"uri": "s3://notes/wiki/gone.md"}),
        json!({"uri": "s3://no-such-bucket/wiki/a.md"}),
    ];
    let odd = discover(&["--fetch"], &odd.map(|row| row.to_string()).join("\n"));
    let whys: Vec<Value> = odd.lines().map(|row| serde_json::from_str::<Value>(row).unwrap()["why"].clone()).collect();
    let gone = "it is not there any more";
    assert_eq!(whys[..3], [json!("it was written since it was listed"), json!(gone), json!(gone)], "{odd}");
}

#[cfg(feature = "documents")]
#[test]
fn documents_in_a_bucket_are_read_as_those_on_disk() {
    let Some(mut store) = Store::start() else { return };
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    fs::create_dir(store.path("wiki")).unwrap();
    let mut files = BTreeMap::new();
    for name in ["pipeline.docx", "deck.pptx", "pipeline.epub", "pipeline.pdf"] {
        fs::copy(samples.join(name), store.path("wiki").join(name)).unwrap();
        files.insert(format!("wiki/{name}"), samples.join(name));
    }
    store.tell(&json!({"files": files}));
    store.answered("disk", &["ingest", "--strict", "wiki"]);
    store.answered("bucket", &["ingest", "--strict", "s3://notes/wiki"]);
    let export = store.export("disk");
    assert!(export.contains("pipeline.pdf"), "{export}");
    assert!(store.export("bucket") == export, "the bucket gives another export");
    let packed = store.answered("none", &["pack", "-q", "wiki"]);
    let told = store.quipu_with("none", &["discover"], &packed).stdout;
    let listed = |name: &String| json!({"note": &name[5..], "uri": format!("s3://notes/{name}")}).to_string();
    let listed: Vec<String> = files.keys().map(listed).collect();
    let fetched = store.quipu_with("none", &["discover", "--fetch"], &listed.join("\n")).stdout;
    // A stream has its rows in the order of its notes.
    let rows = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&told).len(), 5);
    assert_eq!(rows(&fetched), rows(&told));
}

#[test]
fn a_server_that_is_not_there_ends_the_ingest_with_its_reason() {
    let Some(mut store) = Store::start() else { return };
    store.port = 9;
    let failed = store.quipu("index", &["ingest", "s3://notes/wiki"]);
    let told = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(failed.status.code(), Some(70), "{told}");
    assert!(told.contains("the server cannot be reached"), "{told}");
}
