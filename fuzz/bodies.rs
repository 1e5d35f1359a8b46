//! What each fuzz target does with its bytes. Shared with the property tests in `tests/fuzz.rs`, so that it also runs
//! on the stable toolchain. A body panics where quipu breaks a promise; that it ends at all is the first one.

use std::fs;
use std::sync::OnceLock;

use quipu::config::Overrides;
use quipu::extract::{Extractor, Kind};
use quipu::graph::{KnowledgeGraph, build};
use quipu::limits::{DOCUMENT_SIZE, Limit, Limits};
use quipu::query::protocol::Protocol;
use quipu::query::question::readings;
use quipu::query::{Engine, Options, Parameters, parser, with_stack};
use quipu::read::{Format, document, read};
use quipu::session::Session;
use quipu::store::{IngestOptions, ingest};
use quipu::text::Name;

/// A body.
pub(crate) type Body = fn(&[u8]);

/// Every target with its body.
pub(crate) const TARGETS: [(&str, Body); 9] = [
    ("cypher", cypher),
    ("question", question),
    ("readers", readers),
    ("documents", documents),
    ("evaluator", evaluator),
    ("snapshot", snapshot),
    ("search", search),
    ("protocol", protocol),
    ("config", config),
];

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// Limits that end a statement soon.
fn small() -> Limits {
    let limits = Limits::default().with(Limit::Time, 1).with(Limit::Rows, 20_000).with(Limit::Paths, 20_000);
    let limits = limits.with(Limit::Memory, 8 << 20).with(Limit::List, 20_000).with(Limit::String, 64 << 10);
    limits.with(Limit::Steps, 200_000).with(Limit::Text, 4 << 10)
}

fn engine() -> Engine {
    Engine::scratch().with_options(Options { limits: small(), ..Options::default() })
}

/// A statement that is read prints as a statement that reads as the same.
pub(crate) fn cypher(data: &[u8]) {
    let text = text(data);
    let limits = small();
    with_stack(|| match parser::parse(&text, &limits) {
        Ok(statement) => {
            let printed = statement.to_string();
            let wide = limits.clone().with(Limit::Text, 1 << 20).with(Limit::Steps, 8_000_000).with(Limit::Depth, 256);
            let again = parser::parse(&printed, &wide).unwrap_or_else(|error| panic!("{text:?}: {printed}: {error}"));
            assert_eq!(again.to_string(), printed, "{text:?}");
        }
        Err(error) => {
            if let Some(span) = error.span {
                assert!(text.get(span.start..span.end).is_some(), "{text:?}: {error} at {span:?}");
            }
        }
    });
}

/// A question that is read becomes a statement that is read.
pub(crate) fn question(data: &[u8]) {
    let text = text(data);
    for question in readings(&text, &Limits::default()).unwrap_or_default() {
        let names: Vec<Name> = question.names().iter().map(|name| name.text.as_str().into()).collect();
        let statement = question.cypher(&names);
        with_stack(|| parser::parse(&statement, &Limits::default()).map(drop))
            .unwrap_or_else(|error| panic!("{text:?}: {statement}: {error}"));
    }
}

/// Any bytes are a note; what is read and claimed points into it.
pub(crate) fn readers(data: &[u8]) {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    let extractor = EXTRACTOR.get_or_init(|| Extractor::new(&Overrides::default()));
    for path in ["note.md", "note.txt", "note.org", "note.html", "note.rst", "note.adoc", "note.csv", "note.mbox"] {
        let (note, warnings) = read(path, data);
        let lines = note.text.lines().count().max(1) + 1;
        let inside = |line: u32| assert!((1..=lines).contains(&(line as usize)), "line {line} of {lines}");
        warnings.iter().filter_map(|warning| warning.line).for_each(|line| inside(line.get()));
        let discovery = extractor.discover(&note);
        let linker = extractor.resolve([&discovery]).linker();
        let _ = linker.cut(&note).surface_keys(&note);
        let claims = linker.link(&note, &discovery);
        claims.mentions.iter().for_each(|mention| inside(mention.position.line.get()));
        claims.relations.iter().for_each(|relation| inside(relation.position.line.get()));
    }
}

/// Any bytes are a document or refused, and what is read of one is a page that stays within its limit.
pub(crate) fn documents(data: &[u8]) {
    for format in Format::DOCUMENTS {
        if let Ok(text) = document(format, data) {
            assert!(text.len() as u64 <= 2 * DOCUMENT_SIZE, "{} bytes", text.len());
            let _ = read(&format!("note.{}", format.name()), text.as_bytes());
        }
    }
}

/// Any statement gives an answer or an error, on a small graph.
pub(crate) fn evaluator(data: &[u8]) {
    let engine = engine();
    let graph =
        "CREATE (a:A {x: 1, s: 'a'})-[:R {w: 2.5}]->(b:B {l: [1, 2]})-[:S]->(c:A {x: null})-[:R]->(a), (b)-[:R]->(b)";
    engine.run(graph, &Parameters::new()).expect("the graph is made");
    let text = text(data);
    if let Err(error) = engine.run(&text, &Parameters::new())
        && let Some(span) = error.span
    {
        assert!(text.get(span.start..span.end).is_some(), "{text:?}: {error} at {span:?}");
    }
}

/// Bytes as a graph, and a sound graph with bytes changed: opened or refused, and all of it can be asked for.
pub(crate) fn snapshot(data: &[u8]) {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    let sound = SOUND.get_or_init(|| {
        let extractor = Extractor::new(&Overrides::default());
        let (note, _) = read("a.txt", b"Ingestion: Flume\n\nStorage: HDFS\n\nHDFS: Hadoop Distributed File System\n");
        let discovery = extractor.discover(&note);
        let lexicon = extractor.resolve([&discovery]);
        let claims = lexicon.linker().link(&note, &discovery);
        build(lexicon.concepts(), &[(&note.meta(), &claims)]).to_bytes().to_vec()
    });
    ask_all(data.to_vec());
    let mut changed = sound.clone();
    for change in data.chunks_exact(4) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % changed.len();
        changed[at] = change[3];
    }
    ask_all(changed);
}

fn ask_all(bytes: Vec<u8>) {
    let Ok(graph) = KnowledgeGraph::from_bytes(bytes) else { return };
    let _ = graph.verify();
    for node in graph.nodes().take(1_000) {
        let _ = graph.name(node);
        let _ = graph.resolve(graph.name(node));
        let _ = graph.aliases(node).take(100).count();
        let _ = graph.mentions(node).take(100).count();
        let _ = graph.definitions(node).take(100).count();
        let _ = graph.outgoing(node, None).take(100).filter_map(|(id, _)| graph.relationship(id)).count();
    }
}

/// Any text is searched for or refused.
pub(crate) fn search(data: &[u8]) {
    static SESSION: OnceLock<Session> = OnceLock::new();
    let session = SESSION.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("quipu-fuzz-{}", std::process::id()));
        let (notes, index) = (folder.join("notes"), folder.join("index"));
        fs::create_dir_all(&notes).expect("a folder is made");
        fs::write(notes.join("a.txt"), "Kafka feeds HDFS. Column storage.\n").expect("a note is written");
        ingest(&[notes], &index, &IngestOptions::default(), &|_| {}).expect("a note is ingested");
        Session::open(&index).expect("the index opens")
    });
    let _ = session.search(&text(data), 3);
}

/// Each line is answered by one line of JSON.
pub(crate) fn protocol(data: &[u8]) {
    let mut protocol = Protocol::new(engine());
    for line in text(data).lines().take(20) {
        let answer = protocol.answer(line);
        assert!(!answer.contains('\n'), "{line:?}: {answer}");
        serde_json::from_str::<serde_json::Value>(&answer)
            .unwrap_or_else(|error| panic!("{line:?}: {answer}: {error}"));
    }
}

/// Any text is a `quipu.toml` or refused, and decisions stay readable when one is added.
pub(crate) fn config(data: &[u8]) {
    let is_kind = |name: &str| Kind::named(name).is_some();
    let text = text(data);
    if let Ok(decisions) = Overrides::parse(&text, is_kind) {
        let decision = quipu::config::edit::Decision::Ignore("Added \"here\"".into());
        let edited = quipu::config::edit::add(&text, &decision, is_kind);
        let edited = edited.unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let after = edited.map_or(text.clone(), |edited| edited.text);
        let read = Overrides::parse(&after, is_kind).unwrap_or_else(|error| panic!("{text:?}: {after:?}: {error}"));
        assert!(read.ignore.contains("Added \"here\""));
        assert_eq!(read.same_as, decisions.same_as, "{text:?}");
    }
}
