//! Every format with names that break careless writers, read back by somebody else's parser.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use quick_xml::events::Event;

use super::sheet::tests::{HOSTILE, chain, edge, node};
use super::*;
use crate::render::{escape, string};

/// What Graphviz makes of `source`, or nothing where it is not installed.
fn graphviz(source: &str, format: &str) -> Option<String> {
    let spawned = Command::new("dot")
        .arg(format!("-T{format}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        println!("skipped: Graphviz is not installed");
        return None;
    };
    let mut input = child.stdin.take().unwrap();
    let text = source.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "Graphviz warns of\n{source}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Text drawn by an SVG, each `<text>` an item.
fn drawn(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut texts = Vec::new();
    let mut open: Option<String> = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "text" => open = Some(String::new()),
            Event::End(tag) if tag.name().as_ref() == "text" => texts.extend(open.take()),
            Event::Text(text) => open.iter_mut().for_each(|open| open.push_str(&text)),
            Event::GeneralRef(reference) => {
                let letter = resolved(&reference);
                open.iter_mut().for_each(|open| open.push_str(&letter));
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Some(letter) = reference.resolve_char_ref().unwrap() {
        return letter.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(reference).unwrap().to_owned()
}

#[test]
fn graphviz_draws_exactly_the_names() {
    let sheet = chain(&HOSTILE, "FEEDS");
    let options = DotOptions { legend: false, cluster: Cluster::None, ..DotOptions::default() };
    let source = string(|out| dot(&sheet, &options, out));
    let Some(svg) = graphviz(&source, "svg") else { return };
    let texts: String = drawn(&svg).concat().replace([' ', '\u{a0}'], "");
    for name in HOSTILE {
        for line in name.lines() {
            let shown = escape::shown(line).replace(' ', "");
            assert!(texts.contains(&shown), "{shown} is not in\n{texts}");
        }
    }
}

#[test]
fn clusters_and_a_legend_are_drawn_in_a_stable_order() {
    let mut sheet = chain(&["Flume", "HDFS", "Spark"], "FEEDS");
    sheet.nodes[2].kind = "Processing".into();
    sheet.edges.push(edge(2, 2, "RELATED_TO", "loop \\N"));
    let source = string(|out| dot(&sheet, &DotOptions { cluster: Cluster::Kind, ..DotOptions::default() }, out));
    assert!(source.contains("subgraph \"cluster_0\" {\n    graph [label=\"Processing\""), "{source}");
    assert!(source.contains("subgraph \"cluster_legend\""), "{source}");
    assert!(source.contains("URL=\"my%20notes/log.txt#L122\""), "{source}");
    if let Some(svg) = graphviz(&source, "svg") {
        assert_eq!(drawn(&svg).iter().filter(|text| *text == "Processing").count(), 2);
        assert!(svg.contains("loop \\N"), "a tooltip keeps its backslash");
    }
}

#[test]
fn an_empty_sheet_is_a_file_in_every_format() {
    let sheet = Sheet::default();
    let source = string(|out| dot(&sheet, &DotOptions::default(), out));
    assert!(graphviz(&source, "plain").is_none_or(|plain| plain.starts_with("graph")));
    assert_eq!(string(|out| mermaid(&sheet, out)), "flowchart LR\n");
    assert_eq!(string(|out| cypher(&sheet, out)), "");
    let links: serde_json::Value = serde_json::from_str(&string(|out| node_link(&sheet, out))).unwrap();
    assert_eq!(links["nodes"], serde_json::json!([]));
    assert_eq!(xml_labels(&string(|out| graphml(&sheet, GraphmlOptions::default(), out)), "n"), Vec::<String>::new());
}

/// The words of every `<data key="node_label">` of GraphML.
fn xml_labels(document: &str, _side: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut labels = Vec::new();
    let mut open: Option<String> = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "data" => {
                let key = tag.try_get_attribute("key").unwrap().unwrap();
                open = (&*key.value == "node_label").then(String::new);
            }
            Event::End(tag) if tag.name().as_ref() == "data" => labels.extend(open.take()),
            Event::Text(text) => open.iter_mut().for_each(|open| open.push_str(&text)),
            Event::GeneralRef(reference) => {
                let letter = resolved(&reference);
                open.iter_mut().for_each(|open| open.push_str(&letter));
            }
            Event::Eof => return labels,
            _ => {}
        }
    }
}

#[test]
fn graphml_reads_back_with_every_name() {
    for yed in [false, true] {
        let document = string(|out| graphml(&chain(&HOSTILE, "IS_A"), GraphmlOptions { yed }, out));
        let names: Vec<String> = HOSTILE.iter().map(|name| xml::kept(name)).collect();
        assert_eq!(xml_labels(&document, "node"), names);
        assert!(document.contains("attr.name=\"mentions\" attr.type=\"long\""), "{document}");
    }
}

/// `label` of every `<node>` of GEXF.
fn gexf_labels(document: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut labels = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "node" => {
                let label = tag.try_get_attribute("label").unwrap().unwrap();
                labels.push(label.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned());
            }
            Event::Eof => return labels,
            _ => {}
        }
    }
}

#[test]
fn gexf_reads_back_with_every_name() {
    let document = string(|out| gexf(&chain(&HOSTILE, "IS_A"), out));
    let names: Vec<String> = HOSTILE.iter().map(|name| xml::kept(name)).collect();
    assert_eq!(gexf_labels(&document), names);
}

#[test]
fn node_link_reads_back_with_every_name_and_end() {
    let text = string(|out| node_link(&chain(&HOSTILE, "IS_A"), out));
    assert!(!text.contains('\u{202e}') && !text.contains('\u{9b}'));
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let names: Vec<&str> =
        document["nodes"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, HOSTILE);
    assert_eq!(document["links"][0]["source"], "c:0");
    assert_eq!(document["links"][0]["type"], "IS_A");
}

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn neo4j_files_read_back_with_headers_and_guards() {
    let sheet = chain(&HOSTILE, "IS_A");
    let nodes = records(&string(|out| neo4j_nodes(&sheet, Dialect::Spreadsheet, out)));
    assert_eq!(nodes[0], ["id:ID", "aliases:string[]", "definition", "mentions:long", "name", ":LABEL"]);
    let at = HOSTILE.iter().position(|name| *name == "=cmd()").unwrap() + 1;
    assert_eq!(
        nodes[at],
        [format!("c:{}", at - 1).as_str(), "one, two;=cmd()", "'=cmd()", "3", "'=cmd()", "Concept;Storage"]
    );
    let raw = records(&string(|out| neo4j_nodes(&sheet, Dialect::Importer, out)));
    assert_eq!(raw[at][4], "=cmd()");
    let lines = HOSTILE.iter().position(|name| name.contains('\n')).unwrap() + 1;
    assert_eq!(
        (raw[lines][1].as_str(), raw[lines][4].as_str()),
        ("one; two\u{1f}two\nlines\r\nand\ttab", HOSTILE[lines - 1])
    );
    let relationships = records(&string(|out| neo4j_relationships(&sheet, Dialect::Spreadsheet, out)));
    assert_eq!(relationships[0], [":START_ID", "confidence:long", "evidence:string[]", "quote", ":END_ID", ":TYPE"]);
    assert_eq!(relationships[1], ["c:0", "900", "my notes/log.txt:122", "it says \"so\"", "c:1", "IS_A"]);
}

#[test]
fn a_cypher_script_merges_nodes_and_matches_ends() {
    let mut sheet = chain(&["O'Neil \\ `x`", "HDFS"], "is`odd");
    sheet.nodes[0].properties.insert("a key".into(), Field::List(vec![Field::Integer(1), Field::Float(0.5)]));
    assert_eq!(
        string(|out| cypher(&sheet, out)),
        "// Neo4j: CREATE CONSTRAINT IF NOT EXISTS FOR (n:`Concept`) REQUIRE n.id IS UNIQUE;\n\
         UNWIND [\n\
         \x20 {id: 'c:0', `a key`: [1, 0.5], aliases: ['one; two', 'O\\'Neil \\\\ `x`'], definition: 'O\\'Neil \\\\ `x`', mentions: 3, name: 'O\\'Neil \\\\ `x`'},\n\
         \x20 {id: 'c:1', aliases: ['one; two', 'HDFS'], definition: 'HDFS', mentions: 3, name: 'HDFS'}\n\
         ] AS row\n\
         MERGE (n:`Concept` {id: row.id}) SET n += row, n:`Storage`;\n\
         UNWIND [\n\
         \x20 {from: 'c:0', to: 'c:1', properties: {confidence: 900, evidence: ['my notes/log.txt:122'], quote: 'it says \"so\"'}}\n\
         ] AS row\n\
         MATCH (a:`Concept` {id: row.from}), (b:`Concept` {id: row.to}) MERGE (a)-[r:`is``odd`]->(b) SET r += row.properties;\n"
    );
}

/// Names and relations that our own engine holds after it ran a script, each sorted.
fn loaded(script: &str) -> (Vec<String>, Vec<(String, String, String)>) {
    let engine = crate::query::Engine::scratch();
    let none = crate::query::Parameters::default();
    for statement in script.split_inclusive(";\n").filter(|statement| statement.contains("UNWIND")) {
        engine.run(statement, &none).unwrap_or_else(|error| panic!("{error:?} in\n{statement}"));
    }
    let texts = |statement: &str| -> Vec<Vec<String>> {
        let answer = engine.run(statement, &none).unwrap();
        answer.rows.iter().map(|row| row.iter().filter_map(crate::query::Value::to_text).collect()).collect()
    };
    let mut names = texts("MATCH (n) RETURN n.name").concat();
    let relations = texts("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id");
    let mut relations: Vec<(String, String, String)> =
        relations.into_iter().map(|row| (row[0].clone(), row[1].clone(), row[2].clone())).collect();
    names.sort_unstable();
    relations.sort_unstable();
    (names, relations)
}

#[test]
fn a_cypher_script_makes_the_graph_again_in_our_own_engine() {
    let sheet = chain(&HOSTILE, "is`odd");
    let mut names = HOSTILE.map(str::to_owned).to_vec();
    names.sort_unstable();
    let edge = |at: usize| (format!("c:{at}"), "is`odd".to_owned(), format!("c:{}", at + 1));
    let mut relations: Vec<_> = (0..HOSTILE.len() - 1).map(edge).collect();
    relations.sort_unstable();
    let script = string(|out| cypher(&sheet, out));
    assert_eq!(loaded(&script), (names.clone(), relations.clone()));
    assert_eq!(loaded(&format!("{script}{script}")), (names, relations), "twice is once");
}

#[test]
fn the_sample_notes_load_in_our_own_engine() {
    let graph = graph_of("corpus").unwrap();
    let sheet = Sheet::of(&graph, &Selection { notes: true, ..Selection::default() }, &str::to_owned);
    let (names, relations) = loaded(&string(|out| cypher(&sheet, out)));
    let named = sheet.nodes.iter().filter(|node| node.properties.contains_key("name")).count();
    assert_eq!((names.len(), relations.len()), (named, sheet.edges.len()));
}

#[test]
fn a_large_graph_becomes_small_statements() {
    let names: Vec<String> = (0..1_000).map(|number| format!("name {number} {}", "x".repeat(90))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let script = string(|out| cypher(&chain(&names, "FEEDS"), out));
    let longest = script.split(";\n").map(str::len).max().unwrap();
    assert!(longest < 32 * 1024, "{longest}");
    assert_eq!(script.matches("{from: ").count(), 999);
}

/// A strict reader of the flowcharts written here: each line is a node, an arrow or a style, and a label
/// holds nothing that Mermaid could take for more than text.
fn mermaid_labels(chart: &str) -> Vec<String> {
    let mut lines = chart.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    let node = regex::Regex::new(r#"^  n\d+\["([^"\[\]{}<>|`\\*~]*)"\]:::k\d+$"#).unwrap();
    let link = regex::Regex::new(r#"^  n\d+ (-->|---|-\.->|-\.-)\|"[^"\[\]{}<>|`\\*~]*"\| n\d+$"#).unwrap();
    let style =
        regex::Regex::new(r"^  classDef k\d+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}$").unwrap();
    let mut labels = Vec::new();
    for line in lines {
        match node.captures(line) {
            Some(found) => labels.push(decoded(&found[1])),
            None => assert!(link.is_match(line) || style.is_match(line) || line.starts_with("%% "), "{line}"),
        }
    }
    labels
}

/// A label with `#35;` turned back.
fn decoded(label: &str) -> String {
    let reference = regex::Regex::new(r"#(\d+);").unwrap();
    let letter = |found: &regex::Captures<'_>| char::from_u32(found[1].parse().unwrap()).unwrap().to_string();
    reference.replace_all(label, letter).into_owned()
}

#[test]
fn mermaid_labels_hold_exactly_the_names() {
    let labels = mermaid_labels(&string(|out| mermaid(&chain(&HOSTILE, "IS_A"), out)));
    let names: Vec<String> = HOSTILE
        .iter()
        .map(|name| if name.is_empty() { "\u{a0}".to_owned() } else { escape::shown(name).into_owned() })
        .collect();
    assert_eq!(labels, names);
}

#[test]
fn a_mermaid_chart_stays_under_its_limits_and_says_so() {
    let names: Vec<String> = (0..900).map(|number| format!("{number}{}", "#".repeat(60))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chart = string(|out| mermaid(&chain(&names, "FEEDS"), out));
    assert!(chart.chars().count() < 50_000);
    assert!(chart.starts_with("flowchart LR\n%% the strongest "), "{}", &chart[..80]);
}

#[test]
fn turtle_quotes_names_and_cites_places() {
    let mut sheet = chain(&["a \"b\"\\ \u{202e}", "é/#"], "RELATED_TO");
    sheet.nodes[1].id = "c:é/#".into();
    sheet.edges[0].symmetric = true;
    let text = string(|out| turtle(&sheet, out));
    assert!(text.contains("skos:prefLabel \"a \\\"b\\\"\\\\ \\U0000202E\""), "{text}");
    assert!(text.contains("<urn:quipu:c:%C3%A9%2F%23> <urn:quipu:term:RELATED_TO> <urn:quipu:c:0> ."), "{text}");
    assert!(text.contains("prov:atLocation \"my%20notes/log.txt#L122\""), "{text}");
}

#[test]
fn the_cards_of_a_canvas_do_not_overlap_and_stand_by_what_they_relate_to() {
    let sheet = chain(&HOSTILE, "IS_A");
    let document: serde_json::Value = serde_json::from_str(&string(|out| canvas(&sheet, out))).unwrap();
    let cards: Vec<&serde_json::Value> =
        document["nodes"].as_array().unwrap().iter().filter(|card| card["type"] == "text").collect();
    assert_eq!(cards.len(), HOSTILE.len());
    let side = |card: &serde_json::Value, key: &str| card[key].as_i64().unwrap();
    for (at, one) in cards.iter().enumerate() {
        for other in &cards[at + 1..] {
            let apart = |axis, size| (side(one, axis) - side(other, axis)).abs() >= side(one, size);
            assert!(apart("x", "width") || apart("y", "height"), "{one} {other}");
        }
    }
    assert_eq!(document["edges"][0]["fromNode"], "n1");
    let far = |one: usize, other: usize| {
        (side(cards[one], "x") - side(cards[other], "x")).abs()
            + (side(cards[one], "y") - side(cards[other], "y")).abs()
    };
    assert!(far(0, 1) < far(0, cards.len() - 1), "neighbours of a chain are nearer than its ends");
}

#[test]
fn a_vault_has_a_safe_file_for_every_concept() {
    let mut names = HOSTILE.to_vec();
    names.extend(["../../etc/passwd", "CON", "kafka", "Kafka"]);
    let vault = obsidian(&chain(&names, "IS_A"));
    assert_eq!(vault.len(), names.len());
    for file in vault.keys() {
        let stem = file.strip_suffix(".md").unwrap();
        assert!(!stem.starts_with('.') && !stem.contains(['/', '\\', ':', '|', '\n', '[', '"']), "{file}");
    }
    assert!(vault["Kafka 2.md"].contains("- IS\\_A ← [[kafka|kafka]]\n  - it says \"so\" (my notes/log.txt:122)\n"));
    assert!(vault["Kafka 2.md"].starts_with("---\naliases:\n  - \"Kafka\"\n"), "{}", vault["Kafka 2.md"]);
}

/// The graph of all notes of a folder, read without the index; nothing where the folder is absent.
fn graph_of(folder: &str) -> Option<crate::graph::KnowledgeGraph> {
    let mut files: Vec<std::path::PathBuf> = Vec::new();
    let mut open = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        crate::read::read(&name, &std::fs::read(path).unwrap()).0
    };
    let notes: Vec<crate::read::Note> = files.iter().map(read).collect();
    let extractor = crate::extract::Extractor::new(&crate::config::Overrides::default());
    let found: Vec<crate::extract::Discovery> = notes.iter().map(|note| extractor.discover(note)).collect();
    let lexicon = extractor.resolve(&found);
    let linker = lexicon.linker();
    let claims: Vec<(crate::read::NoteMeta, crate::extract::Claims)> =
        notes.iter().zip(&found).map(|(note, found)| (note.meta(), linker.link(note, found))).collect();
    let claims: Vec<(&crate::read::NoteMeta, &crate::extract::Claims)> =
        claims.iter().map(|(meta, claims)| (meta, claims)).collect();
    Some(crate::graph::build(lexicon.concepts(), &claims))
}

#[test]
fn the_sample_notes_are_drawn_without_a_warning() {
    for folder in ["corpus", "../shared/seeds"] {
        let Some(graph) = graph_of(folder) else {
            println!("skipped: no {folder}");
            continue;
        };
        let sheet = Sheet::of(&graph, &Selection::default(), &str::to_owned);
        let source = string(|out| dot(&sheet, &DotOptions::default(), out));
        if let Some(svg) = graphviz(&source, "svg") {
            assert!(drawn(&svg).len() > sheet.nodes.len());
        }
    }
}

/// What a Python program prints, or nothing where Python or a module it imports is missing.
fn python(modules: &str, program: &str, arguments: &[&std::path::Path]) -> Option<String> {
    let has = Command::new("python3").arg("-c").arg(format!("import {modules}")).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        println!("skipped: Python has no {modules}");
        return None;
    }
    let output = Command::new("python3").arg("-c").arg(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn networkx_reads_graphml_gexf_and_node_link() {
    const PROGRAM: &str = "\
import json, sys, networkx as nx
graphml, yed, gexf, link = sys.argv[1:]
graphs = [nx.read_graphml(graphml), nx.read_graphml(yed), nx.read_gexf(gexf, version='1.3'),
          nx.node_link_graph(json.load(open(link)), edges='links')]
print(json.dumps([[[n[1]['name'] for n in g.nodes(data=True)], g.number_of_edges()] for g in graphs]))";
    let folder = tempfile::tempdir().unwrap();
    let sheet = chain(&HOSTILE, "IS_A");
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = [
        write("a.graphml", string(|out| graphml(&sheet, GraphmlOptions::default(), out))),
        write("yed.graphml", string(|out| graphml(&sheet, GraphmlOptions { yed: true }, out))),
        write("a.gexf", string(|out| gexf(&sheet, out))),
        write("a.json", string(|out| node_link(&sheet, out))),
    ];
    let Some(printed) = python("networkx", PROGRAM, &files.each_ref().map(|path| path.as_path())) else { return };
    let graphs: Vec<(Vec<String>, usize)> = serde_json::from_str(&printed).unwrap();
    let kept: Vec<String> = HOSTILE.iter().map(|name| xml::kept(name)).collect();
    for (names, edges) in &graphs[..3] {
        assert_eq!((names, *edges), (&kept, HOSTILE.len() - 1));
    }
    assert_eq!(graphs[3].0, HOSTILE);
}

#[test]
fn rdflib_reads_turtle() {
    const PROGRAM: &str = "\
import json, sys, rdflib
from rdflib.namespace import SKOS
g = rdflib.Graph(); g.parse(sys.argv[1])
print(json.dumps(sorted(str(o) for o in g.objects(None, SKOS.prefLabel))))";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ttl");
    std::fs::write(&path, string(|out| turtle(&chain(&HOSTILE, "IS_A"), out))).unwrap();
    let Some(printed) = python("rdflib", PROGRAM, &[&path]) else { return };
    let mut names: Vec<String> = HOSTILE.iter().map(|name| name.replace('\0', "")).collect();
    names.sort_unstable();
    assert_eq!(serde_json::from_str::<Vec<String>>(&printed).unwrap(), names);
}

fn any_sheet() -> impl Strategy<Value = Sheet> {
    prop::collection::vec((any::<String>(), any::<String>()), 1..5).prop_map(|names| {
        let nodes: Vec<SheetNode> =
            names.iter().enumerate().map(|(at, (name, kind))| node(&format!("c:{at}"), name, kind)).collect();
        let last = nodes.len() - 1;
        let edges = names.iter().enumerate().map(|(at, (name, kind))| edge(at, last - at, kind, name)).collect();
        Sheet { nodes, edges }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_names_survive_xml_json_csv_and_mermaid(sheet in any_sheet()) {
        let kept: Vec<String> = sheet.nodes.iter().map(|node| xml::kept(&node.name)).collect();
        let document = string(|out| graphml(&sheet, GraphmlOptions { yed: true }, out));
        prop_assert_eq!(&xml_labels(&document, "node"), &kept);
        prop_assert_eq!(&gexf_labels(&string(|out| gexf(&sheet, out))), &kept);
        let names: Vec<&str> = sheet.nodes.iter().map(|node| node.name.as_str()).collect();
        let document: serde_json::Value = serde_json::from_str(&string(|out| node_link(&sheet, out))).unwrap();
        for (row, name) in document["nodes"].as_array().unwrap().iter().zip(&names) {
            prop_assert_eq!(row["name"].as_str(), Some(*name));
        }
        for dialect in [Dialect::Spreadsheet, Dialect::Importer] {
            let nodes = records(&string(|out| neo4j_nodes(&sheet, dialect, out)));
            prop_assert_eq!(nodes.len(), sheet.nodes.len() + 1);
            let relationships = records(&string(|out| neo4j_relationships(&sheet, dialect, out)));
            prop_assert_eq!(relationships.len(), sheet.edges.len() + 1);
        }
        let labels = mermaid_labels(&string(|out| mermaid(&sheet, out)));
        for (label, name) in labels.iter().zip(&names) {
            let shown = escape::shown(name);
            prop_assert_eq!(label.as_str(), if shown.trim().is_empty() { "\u{a0}" } else { &shown });
        }
        serde_json::from_str::<serde_json::Value>(&string(|out| canvas(&sheet, out))).unwrap();
        prop_assert_eq!(obsidian(&sheet).len(), sheet.nodes.len());
        prop_assert!(string(|out| turtle(&sheet, out)).ends_with(" .\n"));
        prop_assert!(string(|out| cypher(&sheet, out)).ends_with(";\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn graphviz_takes_any_names(sheet in any_sheet()) {
        let source = string(|out| dot(&sheet, &DotOptions::default(), out));
        graphviz(&source, "plain");
    }
}
