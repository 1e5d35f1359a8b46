//! Laws of the graph: the order of inputs is nothing, bytes are the graph, damage is refused.

use proptest::prelude::*;

use super::sample::{at, concept, graph, mention, note, pipeline, relation};
use super::*;
use crate::extract::{AliasClaim, Claims, ConceptEntry, Definition, Kind};
use crate::read::{FrontMatterField, Located, NoteLink, NoteMeta, SectionMeta};

fn located(text: &str) -> Located {
    Located { text: text.to_owned(), position: at(1) }
}

/// Two notes that use everything a note can hold.
fn vault() -> (Vec<ConceptEntry>, Vec<(NoteMeta, Claims)>) {
    let concepts = vec![
        concept("HDFS", Kind::Storage, &["Hadoop Distributed File System"]),
        concept("Flume", Kind::Ingestion, &["Apache Flume"]),
        concept("Redshift", Kind::Warehouse, &[]),
        concept("hive", Kind::Term, &["Warehouse"]),
        concept("Hive", Kind::Warehouse, &["warehouse"]),
    ];
    let mut log = note("notes/log.txt");
    log.title = "Log".to_owned();
    log.fields = vec![
        FrontMatterField { key: "created".to_owned(), values: vec![located("2024-05-01")] },
        FrontMatterField { key: "rank".to_owned(), values: vec![located("7")] },
        FrontMatterField { key: "version".to_owned(), values: vec![located("1.10")] },
        FrontMatterField { key: "done".to_owned(), values: vec![located("true")] },
        FrontMatterField { key: "see".to_owned(), values: vec![located("a"), located("1.5")] },
        FrontMatterField { key: "words".to_owned(), values: vec![located("many")] },
    ];
    log.tags = vec![located("Spark"), located("etl"), located("spark"), located("spark")];
    log.sections = vec![SectionMeta { title: "Stages".to_owned(), level: 1, line: at(2).line }];
    log.links = ["AWS", "log", "Zoo"].map(|target| NoteLink { target: target.to_owned(), position: at(3) }).into();
    let claims = Claims {
        mentions: vec![mention("Flume", 4), mention("Flume", 2), mention("Flume", 2), mention("HDFS", 4)],
        definitions: vec![Definition { concept: "HDFS".into(), text: "a file system".to_owned(), position: at(4) }],
        aliases: vec![AliasClaim {
            subject: "HDFS".into(),
            object: "hadoop distributed file system".into(),
            rule: "abbreviation-initials".into(),
            position: at(4),
        }],
        relations: vec![
            relation("Flume", "FEEDS", "HDFS", 900, 2),
            relation("Flume", "FEEDS", "HDFS", 600, 5),
            relation("Redshift", "SIMILAR_TO", "Flume", 500, 6),
            relation("Flume", "MENTIONS", "HDFS", 300, 7),
            relation("Flume", "USES", "Flume", 300, 7),
            relation("Flume", "USES", "Zebra", 300, 7),
        ],
    };
    let mut aws = note("notes/aws.md");
    aws.aliases = vec![located("Amazon")];
    aws.links = vec![NoteLink { target: "../notes/LOG.txt".to_owned(), position: at(1) }];
    let said = Claims {
        relations: vec![relation("Flume", "FEEDS", "HDFS", 900, 1)],
        mentions: vec![mention("Flume", 1)],
        ..Claims::default()
    };
    (concepts, vec![(log, claims), (aws, said)])
}

fn vault_graph() -> KnowledgeGraph {
    let (concepts, notes) = vault();
    let notes: Vec<(&NoteMeta, &Claims)> = notes.iter().map(|(meta, claims)| (meta, claims)).collect();
    build(&concepts, &notes)
}

fn triples(graph: &KnowledgeGraph) -> Vec<String> {
    let relationships = (0..graph.relationship_count()).map(RelationshipId::from_index);
    let triple = |id| {
        let found = graph.relationship(id).unwrap();
        let ends = (graph.name(found.start), graph.name(found.end));
        format!("{} {} {}", ends.0, graph.type_name(found.relationship_type), ends.1)
    };
    relationships.map(triple).collect()
}

#[test]
fn relationships_are_merged_and_ordered_and_bookkeeping_comes_last() {
    assert_eq!(
        triples(&vault_graph()),
        [
            "Flume FEEDS HDFS",
            "Flume MENTIONS_RELATION HDFS",
            "Flume SIMILAR_TO Redshift",
            "notes/aws.md LINKS_TO notes/log.txt",
            "notes/aws.md MENTIONS Flume",
            "notes/log.txt HAS_SECTION Stages",
            "notes/log.txt LINKS_TO notes/aws.md",
            "notes/log.txt TAGGED etl",
            "notes/log.txt TAGGED spark",
            "notes/log.txt MENTIONS Flume",
            "notes/log.txt MENTIONS HDFS",
        ]
    );
    let (graph, dropped) = {
        let (concepts, notes) = vault();
        let mut builder = GraphBuilder::default();
        concepts.iter().for_each(|concept| builder.concept(concept));
        for (meta, claims) in &notes {
            builder.claims(&meta.path, claims);
            builder.note(meta);
        }
        builder.finish()
    };
    assert_eq!(graph, vault_graph());
    assert_eq!(dropped, Dropped { unknown_concepts: 1, self_relations: 1 });
}

#[test]
fn evidence_of_all_notes_is_kept_best_first_and_raises_confidence() {
    let graph = vault_graph();
    let id = RelationshipId(0);
    let places: Vec<String> =
        graph.evidence(id).map(|found| format!("{}:{} {}", found.path, found.line, found.confidence)).collect();
    assert_eq!(places, ["notes/aws.md:1 900", "notes/log.txt:2 900", "notes/log.txt:5 600"]);
    let first = graph.evidence(id).next().unwrap();
    assert_eq!((first.quote, first.subject_text, first.object_text), ("Flume FEEDS HDFS", "Flume", "hdfs"));
    // doubt 100000 · 3100/4000 = 77500, · 3400/4000 = 65875.
    assert_eq!(graph.relationship_property(id, "confidence"), Some(Property::Integer(934)));
    assert_eq!(graph.support(id), 3);
    let swapped = graph.evidence(RelationshipId(2)).next().unwrap();
    assert_eq!((swapped.subject_text, swapped.object_text), ("flume", "Redshift"));
}

#[test]
fn evidence_past_the_limit_is_counted() {
    let claims = (1..=130).map(|line| relation("A", "USES", "B", 500, line)).collect();
    let concepts = [concept("A", Kind::Term, &[]), concept("B", Kind::Term, &[])];
    let graph = build(&concepts, &[(&note("n"), &Claims { relations: claims, ..Claims::default() })]);
    assert_eq!((graph.evidence(RelationshipId(0)).len(), graph.support(RelationshipId(0))), (100, 130));
    assert_eq!(graph.relationship_property(RelationshipId(0), "confidence"), Some(Property::Integer(990)));
}

#[test]
fn a_graph_without_some_of_its_notes_is_that_of_the_others() {
    let (concepts, mut notes) = vault();
    let many = |count| (1..=count).map(|line| relation("Hive", "USES", "HDFS", 500, line)).collect();
    notes.push((note("notes/long.txt"), Claims { relations: many(130), ..Claims::default() }));
    notes.push((note("notes/short.txt"), Claims { relations: many(3), ..Claims::default() }));
    let of = |stays: &dyn Fn(&str) -> bool| -> KnowledgeGraph {
        let staying: Vec<(&NoteMeta, &Claims)> =
            notes.iter().filter(|(meta, _)| stays(&meta.path)).map(|(meta, claims)| (meta, claims)).collect();
        build(&concepts, &staying)
    };
    let whole = of(&|_| true);
    for at in 0..=notes.len() {
        let gone = notes.get(at).map_or("", |(meta, _)| &*meta.path);
        let mut builder = GraphBuilder::of_notes(&whole, |path| path != gone);
        concepts.iter().for_each(|concept| builder.concept(concept));
        assert_eq!(builder.finish().0, of(&|path| path != gone), "without {gone:?}");
        let mut builder = GraphBuilder::of_notes(&of(&|path| path != gone), |_| true);
        concepts.iter().for_each(|concept| builder.concept(concept));
        if let Some((meta, claims)) = notes.get(at) {
            builder.note(meta);
            builder.claims(&meta.path, claims);
        }
        assert_eq!(builder.finish().0, whole, "with {gone:?} again");
    }
}

#[test]
fn properties_are_those_of_the_design() {
    let graph = vault_graph();
    let text = |text: &str| Property::Text(text.to_owned().into());
    let node = |name| graph.concept(name).unwrap();
    assert_eq!(
        graph.properties(node("HDFS")),
        [
            ("name", text("HDFS")),
            ("aliases", Property::List(vec![text("Hadoop Distributed File System")])),
            ("kind", text("Storage")),
            ("definition", text("a file system")),
            ("mentions", Property::Integer(1)),
            ("notes", Property::Integer(1)),
        ]
    );
    assert_eq!(
        graph.properties(graph.note("notes/log.txt").unwrap()),
        [
            ("path", text("notes/log.txt")),
            ("title", text("Log")),
            ("folder", text("notes")),
            ("format", text("plain")),
            ("words", Property::Integer(3)),
            ("created", text("2024-05-01")),
            ("rank", Property::Integer(7)),
            ("version", text("1.10")),
            ("done", Property::Boolean(true)),
            ("see", Property::List(vec![text("a"), Property::Float(1.5)])),
        ]
    );
    let mentions = graph.outgoing(graph.note("notes/log.txt").unwrap(), graph.type_id("MENTIONS")).next().unwrap().0;
    let lines = Property::List(vec![Property::Integer(2), Property::Integer(4)]);
    assert_eq!(graph.relationship_properties(mentions), [("count", Property::Integer(2)), ("lines", lines)]);
}

#[test]
fn labels_and_typed_slices_agree_with_a_scan() {
    let graph = vault_graph();
    let labels = |name| -> Vec<&str> {
        graph.labels(graph.concept(name).unwrap()).map(|label| graph.label_name(label)).collect()
    };
    assert_eq!(labels("HDFS"), ["Concept", "Storage"]);
    for label in graph.label_ids() {
        let listed: Vec<NodeId> = graph.nodes_with_label(label).collect();
        let scanned: Vec<NodeId> = graph.nodes().filter(|node| graph.labels(*node).any(|own| own == label)).collect();
        assert_eq!(listed, scanned, "{}", graph.label_name(label));
    }
    for node in graph.nodes() {
        for wanted in graph.type_ids() {
            let of_type = |(id, _): &(RelationshipId, NodeId)| graph.topology().type_of(*id) == wanted;
            let out: Vec<_> = graph.outgoing(node, None).filter(of_type).collect();
            assert_eq!(graph.outgoing(node, Some(wanted)).collect::<Vec<_>>(), out);
            let incoming: Vec<_> = graph.incoming(node, None).filter(of_type).collect();
            assert_eq!(graph.incoming(node, Some(wanted)).collect::<Vec<_>>(), incoming);
            assert!(incoming.iter().all(|(id, start)| graph.relationship(*id).unwrap().start == *start));
        }
        let relations = |(id, _): &(RelationshipId, NodeId)| id.index() < graph.relation_count();
        let incoming: Vec<_> = graph.incoming(node, None).filter(relations).collect();
        assert_eq!(graph.topology().relations_in(node).collect::<Vec<_>>(), incoming);
    }
}

#[test]
fn names_resolve_by_case_alias_and_number_and_near_ones_are_offered() {
    let graph = vault_graph();
    let one = |name: &str| Resolution::Unique(graph.concept(name).unwrap());
    assert_eq!(graph.resolve("HDFS"), one("HDFS"));
    assert_eq!(graph.resolve("apache  flume"), one("Flume"));
    assert_eq!(graph.resolve("flumes"), one("Flume"));
    assert_eq!(graph.resolve("hive"), one("hive"));
    let both = vec![graph.concept("Hive").unwrap(), graph.concept("hive").unwrap()];
    assert_eq!(graph.resolve("HIVE"), Resolution::Ambiguous(both.clone()));
    assert_eq!(graph.resolve("WAREHOUSE"), Resolution::Ambiguous(both));
    assert_eq!(graph.resolve("Redshit"), Resolution::Unknown { similar: vec!["Redshift".to_owned()] });
    assert_eq!(graph.resolve("zebra"), Resolution::Unknown { similar: vec![] });
    let completed: Vec<&str> = graph.complete("h", 9).into_iter().map(|(name, _)| name).collect();
    assert_eq!(completed, ["Hadoop Distributed File System", "HDFS", "Hive", "hive"]);
}

#[test]
fn alias_claims_speak_for_the_alias_they_name() {
    let graph = vault_graph();
    let alias = graph.aliases(graph.concept("HDFS").unwrap()).next().unwrap();
    assert_eq!((alias.name, alias.rule), ("Hadoop Distributed File System", "test"));
    let claim = graph.alias_claim(alias.claims[0]);
    assert_eq!((claim.subject, claim.rule, claim.places[0].line), ("HDFS", "abbreviation-initials", 4));
}

#[test]
fn exact_lookups_use_sorted_columns() {
    let graph = vault_graph();
    assert_eq!(graph.lookup("title", "Log"), Some(vec![graph.note("notes/log.txt").unwrap()]));
    assert_eq!(graph.lookup("title", "Stages").unwrap().len(), 1);
    assert_eq!(graph.lookup("name", "spark"), Some(vec![graph.tag("spark").unwrap()]));
    assert_eq!(graph.lookup("folder", "notes"), None);
}

#[test]
fn the_empty_graph_has_labels_and_bookkeeping_types_alone() {
    let graph = KnowledgeGraph::empty();
    assert_eq!((graph.node_count(), graph.relationship_count(), graph.type_ids().count()), (0, 0, 4));
    assert!(graph.label("Storage").is_some());
    assert!(graph.verify().is_ok());
}

/// Calls everything that reads, for damaged graphs.
fn read_everything(graph: &KnowledgeGraph) -> usize {
    let mut seen = graph.surfaces().map(|(name, _)| name.len()).sum::<usize>();
    for node in graph.nodes().take(50) {
        seen += graph.properties(node).len() + graph.labels(node).count();
        seen += graph.mentions(node).take(50).count() + graph.definitions(node).take(50).count();
        seen += graph.aliases(node).take(50).map(|alias| alias.claims.len()).sum::<usize>();
        seen += graph.outgoing(node, None).chain(graph.incoming(node, None)).take(200).count();
        seen += graph.topology().relations_in(node).take(200).count();
    }
    for id in (0..graph.relationship_count().min(50)).map(RelationshipId::from_index) {
        seen += graph.evidence(id).map(|found| found.quote.len() + found.path.len()).sum::<usize>();
        seen += graph.relationship_properties(id).len() + usize::from(graph.relationship(id).is_some());
    }
    for name in ["Flume", "flumes", "zebra", "notes/log.txt"] {
        seen += usize::from(graph.resolve(name) == Resolution::Ambiguous(vec![])) + graph.titled(name).len();
    }
    seen + (0..graph.alias_claim_count().min(50)).map(|claim| graph.alias_claim(claim).places.len()).sum::<usize>()
}

#[test]
fn bytes_are_the_graph_also_at_odd_addresses() {
    let graph = vault_graph();
    let again = KnowledgeGraph::from_bytes(graph.to_bytes().to_vec()).unwrap();
    assert_eq!(again, graph);
    assert_eq!(again.content_id(), graph.content_id());
    assert_eq!(triples(&again), triples(&graph));
    struct Odd(Vec<u8>);
    impl AsRef<[u8]> for Odd {
        fn as_ref(&self) -> &[u8] {
            &self.0[1..]
        }
    }
    let mut odd = vec![0];
    odd.extend_from_slice(graph.to_bytes());
    assert_eq!(triples(&KnowledgeGraph::from_bytes(Odd(odd)).unwrap()), triples(&graph));
}

#[test]
fn foreign_cut_and_newer_bytes_are_refused() {
    let bytes = pipeline().to_bytes().to_vec();
    assert_eq!(KnowledgeGraph::from_bytes(b"no".to_vec()).unwrap_err(), ColumnsError::NotAGraph);
    let cut = KnowledgeGraph::from_bytes(bytes[..bytes.len() - 8].to_vec()).unwrap_err();
    assert!(matches!(cut, ColumnsError::Length { .. }));
    let mut newer = bytes;
    newer[8] = 9;
    assert_eq!(KnowledgeGraph::from_bytes(newer).unwrap_err(), ColumnsError::Version { found: 9 });
}

fn shuffled<T: Clone + std::fmt::Debug + 'static>(items: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    Just(items).prop_shuffle()
}

proptest! {
    #[test]
    fn the_order_of_inputs_is_nothing(
        order in shuffled((0..5).collect()),
        swap in any::<bool>(),
        claims in shuffled(vault().1[0].1.relations.clone()),
        mentions in shuffled(vault().1[0].1.mentions.clone()),
    ) {
        let (concepts, mut notes) = vault();
        let concepts: Vec<ConceptEntry> = order.iter().map(|row: &usize| concepts[*row].clone()).collect();
        notes[0].1.relations = claims;
        notes[0].1.mentions = mentions;
        if swap {
            notes.swap(0, 1);
        }
        let notes: Vec<(&NoteMeta, &Claims)> = notes.iter().map(|(meta, claims)| (meta, claims)).collect();
        prop_assert_eq!(build(&concepts, &notes), vault_graph());
    }

    #[test]
    fn damage_is_refused_found_or_harmless(at in 0usize..8000, bits in 1u8..) {
        let mut bytes = vault_graph().to_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] ^= bits;
        if let Ok(graph) = KnowledgeGraph::from_bytes(bytes) {
            read_everything(&graph);
            let padding = graph.verify().is_ok();
            prop_assert!(!padding || triples(&graph) == triples(&vault_graph()));
        }
    }

    #[test]
    fn columns_full_of_lies_are_read_without_panic(at in 0usize..8000, lies in proptest::collection::vec(any::<u8>(), 1..64)) {
        let mut bytes = vault_graph().to_bytes().to_vec();
        let body = super::columns::body_start();
        let at = body + at % (bytes.len() - body);
        let end = (at + lies.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&lies[..end - at]);
        if let Ok(graph) = KnowledgeGraph::from_bytes(bytes) {
            read_everything(&graph);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(KnowledgeGraph::from_bytes(bytes).is_err());
    }
}

#[test]
fn parallel_relations_of_different_types_each_count() {
    let graph = graph(&[("A", "USES", "B", 500), ("A", "FEEDS", "B", 500), ("B", "USES", "A", 500)]);
    let a = graph.concept("A").unwrap();
    assert_eq!((graph.out_degree(a, None), graph.topology().relations_in(a).len()), (2, 1));
}
