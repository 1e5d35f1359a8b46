//! `discover`, `resolve`, `extract` and `build` over parts of the notes give the index that `ingest` gives.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

#[cfg(feature = "documents")]
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Runs quipu with `input`; its exit code and what it printed on both streams.
fn quipu(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quipu"))
        .args(arguments)
        .env_remove("QUIPU_INDEX")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn answer(arguments: &[&str], input: &str) -> String {
    let (code, out, err) = quipu(arguments, input);
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out
}

/// The sample notes as rows.
fn corpus() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    answer(&["pack", "-q", root.to_str().unwrap()], "").lines().map(str::to_owned).collect()
}

/// The rows dealt out to `parts` streams, the later ones first.
fn dealt(rows: &[String], parts: usize) -> Vec<String> {
    let part = |number| rows.iter().rev().skip(number).step_by(parts).map(|row| format!("{row}\n")).collect();
    (0..parts).rev().map(part).collect()
}

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs all stages over the notes in so many parts; the index.
    fn staged(&self, rows: &[String], parts: usize) -> String {
        let found: String = dealt(rows, parts).iter().map(|part| answer(&["discover"], part)).collect();
        let facts = self.path(&format!("facts-{parts}"));
        fs::create_dir(&facts).unwrap();
        let lexicon = format!("{facts}/lexicon.jsonl");
        answer(&["resolve", "-q", "-o", &lexicon], &found);
        for (number, part) in dealt(rows, parts).iter().enumerate() {
            fs::write(format!("{facts}/part-{number}.jsonl"), answer(&["extract", "--lexicon", &lexicon], part))
                .unwrap();
        }
        let index = self.path(&format!("index-{parts}"));
        answer(&["build", "--facts", &facts, "--index", &index], "");
        index
    }
}

#[test]
fn any_partition_of_the_notes_gives_the_export_of_an_ingest() {
    let place = Place::new();
    let whole = place.path("whole");
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    answer(&["ingest", "-q", notes.to_str().unwrap(), "--index", &whole], "");
    let export = answer(&["export", "jsonl", "--index", &whole], "");
    assert!(export.lines().count() > 1_000);
    for parts in [1, 3, 16] {
        let staged = place.staged(&corpus(), parts);
        assert!(answer(&["export", "jsonl", "--index", &staged], "") == export, "{parts} parts give another export");
    }
}

/// The sample notes as rows that tell where they lie.
#[cfg(feature = "documents")]
#[test]
fn documents_give_the_export_of_an_ingest_packed_or_as_they_are() {
    let place = Place::new();
    let (notes, whole) = (place.path("notes"), place.path("whole"));
    fs::create_dir(&notes).unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let names = ["deck.pptx", "libreoffice.docx", "pipeline.epub", "pipeline.md", "pipeline.pdf"];
    for name in names {
        fs::copy(samples.join(name), format!("{notes}/{name}")).unwrap();
    }
    answer(&["ingest", "-q", "--strict", &notes, "--index", &whole], "");
    let export = answer(&["export", "jsonl", "--index", &whole], "");
    let packed: Vec<String> = answer(&["pack", "-q", &notes], "").lines().map(str::to_owned).collect();
    let staged = place.staged(&packed, 2);
    assert!(answer(&["export", "jsonl", "--index", &staged], "") == export, "packed notes give another export");
    let as_they_are = |name: &str| {
        json!({"note": name, "base64": STANDARD.encode(fs::read(samples.join(name)).unwrap())}).to_string()
    };
    let staged = place.staged(&names.map(as_they_are), 3);
    assert!(answer(&["export", "jsonl", "--index", &staged], "") == export, "whole files give another export");
}

fn listed() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let row = |row: &String| {
        let row: Value = serde_json::from_str(row).unwrap();
        let note = row["note"].as_str().unwrap();
        let path = root.join(note).to_str().unwrap().to_owned();
        let size = fs::metadata(&path).unwrap().len();
        json!({"note": note, "uri": format!("file://{}", path.replace('%', "%25").replace(' ', "%20")), "size": size})
    };
    corpus().iter().map(row).map(|row| row.to_string()).collect()
}

#[test]
fn notes_that_are_fetched_give_the_rows_of_notes_that_are_told() {
    let place = Place::new();
    let (whole, list) = (corpus().join("\n"), listed().join("\n"));
    let found = answer(&["discover"], &whole);
    assert!(answer(&["discover", "--fetch"], &list) == found, "discover gives other rows");
    let lexicon = place.path("lexicon.jsonl");
    answer(&["resolve", "-q", "-o", &lexicon], &found);
    let facts = answer(&["extract", "--lexicon", &lexicon], &whole);
    assert!(answer(&["extract", "--fetch", "--lexicon", &lexicon], &list) == facts, "extract gives other rows");
}

#[test]
fn a_note_that_is_not_there_or_not_as_listed_gives_an_error_and_the_stream_goes_on() {
    let place = Place::new();
    let note = place.path("a.md");
    fs::write(&note, "# Flume\n").unwrap();
    let rows = [
        json!({"note": "gone.md", "uri": place.path("gone.md")}),
        json!({"note": "a.md", "uri": note, "size": 7}),
        json!({"note": "a.md", "uri": "a.md"}),
        json!({"note": "a.md", "uri": note, "size": 8}),
    ];
    let rows = rows.map(|row| row.to_string()).join("\n");
    let (code, out, _) = quipu(&["discover", "--fetch", "--strict"], &rows);
    let told: Vec<Value> = out.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let whys: Vec<&str> = told[..3].iter().map(|row| row["why"].as_str().unwrap()).collect();
    assert!(whys[0].contains("No such file"), "{whys:?}");
    assert_eq!(whys[1], "it has 8 bytes, and 7 were listed");
    assert_eq!(whys[2], "`a.md` names neither an object of s3://, gs:// or az:// nor a file");
    assert_eq!((&told[3]["kind"], &told[3]["note"]), (&json!("discovery"), &json!("a.md")));
    assert_eq!((&told[4]["notes"], &told[4]["errors"], code), (&json!(1), &json!(3), 8));
}

#[test]
fn decisions_travel_with_the_lexicon() {
    let place = Place::new();
    let config = place.path("quipu.toml");
    fs::write(&config, "same-as = [[\"Zorblax\", \"Frobnitz\"]]\n").unwrap();
    let note = json!({"note": "a.md", "text": "# Zorblax\n\nFrobnitz feeds Kafka.\n"}).to_string();
    let found = answer(&["discover", "--config", &config], &note);
    let lexicon = answer(&["resolve", "--config", &config], &found);
    let file = place.path("lexicon.jsonl");
    fs::write(&file, &lexicon).unwrap();
    let facts = answer(&["extract", "--lexicon", &file], &note);
    let relations: Vec<Value> = facts.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let relation = relations.iter().find(|row| row["kind"] == "relation").unwrap();
    assert_eq!(
        (&relation["subject"], &relation["predicate"], &relation["object"]),
        (&json!("Zorblax"), &json!("FEEDS"), &json!("Kafka"))
    );

    let (code, _, err) = quipu(&["resolve"], &found);
    assert_eq!(code, 2, "{err}");
    assert!(err.starts_with("error: rows of different making: "), "{err}");
}

#[test]
fn streams_that_were_cut_or_mixed_are_refused() {
    let place = Place::new();
    let rows: String = corpus().iter().take(3).map(|row| format!("{row}\n")).collect();
    let found = answer(&["discover"], &rows);
    let cut: String = found.lines().skip(1).map(|row| format!("{row}\n")).collect();
    let (code, _, err) = quipu(&["resolve"], &cut);
    assert_eq!(
        (code, err.lines().next().unwrap()),
        (2, "error: the stream is not whole: its ends tell of 3 rows, and there are 2")
    );

    let lexicon = place.path("lexicon.jsonl");
    answer(&["resolve", "-q", "-o", &lexicon], &found);
    let facts = answer(&["extract", "--lexicon", &lexicon], &rows);
    fs::create_dir(place.path("facts")).unwrap();
    fs::copy(&lexicon, place.path("facts/lexicon.jsonl")).unwrap();
    let part = place.path("facts/part.jsonl");
    let lost: String = facts.lines().skip(1).map(|row| format!("{row}\n")).collect();
    fs::write(&part, lost).unwrap();
    let build = ["build", "--facts", &place.path("facts"), "--index", &place.path("index")];
    let (code, _, err) = quipu(&build, "");
    assert_eq!(code, 2);
    assert!(err.contains("the end tells of"), "{err}");

    let other = facts.replace("\"lexicon\":\"", "\"lexicon\":\"0");
    fs::write(&part, other).unwrap();
    let (code, _, err) = quipu(&build, "");
    assert_eq!(code, 2);
    assert!(err.contains("facts of different making"), "{err}");

    let damaged: String = fs::read_to_string(&lexicon).unwrap().lines().skip(2).collect::<Vec<_>>().join("\n");
    fs::write(&lexicon, damaged).unwrap();
    let (code, _, err) = quipu(&["extract", "--lexicon", &lexicon], &rows);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: this is no whole lexicon: "), "{err}");
}

#[test]
fn a_bad_note_gives_an_error_row_and_strict_tells() {
    let rows = "{\"note\":\"a.md\",\"text\":\"# Kafka\"}\nnonsense\n";
    let out = answer(&["discover"], rows);
    let kinds: Vec<Value> =
        out.lines().map(|row| serde_json::from_str::<Value>(row).unwrap()["kind"].clone()).collect();
    assert_eq!(kinds, ["discovery", "error", "end"]);
    assert_eq!(quipu(&["discover", "--strict"], rows).0, 8);
}

#[test]
fn the_version_for_programs_is_that_of_the_rows() {
    let version: Value = serde_json::from_str(&answer(&["--version", "--json"], "")).unwrap();
    let out = answer(&["discover"], "");
    let end: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    let making = |row: &Value| ["version", "extraction", "decisions"].map(|key| row[key].clone());
    assert_eq!(making(&version), making(&end));
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn packed_notes_keep_their_bytes() {
    let place = Place::new();
    let notes = place.path("notes");
    fs::create_dir_all(format!("{notes}/sub")).unwrap();
    fs::write(format!("{notes}/sub/a.md"), "\u{feff}# Über\r\n").unwrap();
    fs::write(format!("{notes}/b.txt"), b"caf\xe9 Kafka\n").unwrap();
    fs::write(format!("{notes}/c.png"), b"").unwrap();
    let (code, out, err) = quipu(&["pack", &notes], "");
    assert_eq!((code, err.as_str()), (0, "skipped c.png: no reader knows `.png` files\npacked 2 notes\n"));
    let rows: Vec<Value> = out.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(
        rows,
        [
            json!({"note": "b.txt", "base64": "Y2Fm6SBLYWZrYQo="}),
            json!({"note": "sub/a.md", "text": "\u{feff}# Über\r\n"})
        ]
    );
}
