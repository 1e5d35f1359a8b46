//! Paths against a list of all paths, made by walking everywhere.

use proptest::prelude::*;

use super::cost::{hub_cost, shown_cost};
use super::*;
use crate::graph::sample::{graph, pipeline};
use crate::graph::{KnowledgeGraph, TypeId};

const TYPES: [&str; 3] = ["FEEDS", "RELATED_TO", "USES"];

fn written(graph: &KnowledgeGraph, path: &GraphPath) -> String {
    let mut text = graph.name(path.nodes[0]).to_owned();
    for (relationship, pair) in path.relationships.iter().zip(path.nodes.windows(2)) {
        let found = graph.relationship(*relationship).unwrap();
        let arrow = if found.start == pair[0] { "→" } else { "←" };
        text.push_str(&format!(" {arrow} {}", graph.name(pair[1])));
    }
    text
}

fn connections(graph: &KnowledgeGraph, start: &str, end: &str) -> Vec<String> {
    let (start, end) = (graph.concept(start).unwrap(), graph.concept(end).unwrap());
    Connections::new(graph, start, end, usize::MAX).map(|path| written(graph, &path)).collect()
}

#[test]
fn a_path_along_the_arrows_stands_before_a_shorter_one_against_them() {
    let graph = pipeline();
    assert_eq!(connections(&graph, "Flume", "Hive"), ["Flume → HDFS → Spark → Hive", "Flume → HDFS ← Hive"]);
    assert_eq!(connections(&graph, "Hive", "Flume"), ["Hive ← Spark ← HDFS ← Flume", "Hive → HDFS ← Flume"]);
}

#[test]
fn a_path_along_the_arrows_three_hops_longer_does_not_stand_first() {
    let chain = [("A", "B"), ("B", "C"), ("C", "D"), ("D", "E"), ("E", "Z"), ("A", "X"), ("Z", "X")];
    let chain: Vec<_> = chain.iter().map(|(start, end)| (*start, "FEEDS", *end, 900)).collect();
    assert_eq!(connections(&graph(&chain), "A", "Z"), ["A → X ← Z", "A → B → C → D → E → Z"]);
}

#[test]
fn symmetric_relations_have_no_arrow_and_vague_ones_cost_more() {
    let graph = graph(&[
        ("B", "SIMILAR_TO", "A", 500),
        ("B", "FEEDS", "C", 500),
        ("A", "RELATED_TO", "D", 900),
        ("C", "RELATED_TO", "D", 900),
    ]);
    assert_eq!(connections(&graph, "C", "A"), ["C ← B ← A", "C → D ← A"]);
    assert_eq!(connections(&graph, "B", "C"), ["B → C", "B ← A → D ← C"]);
}

#[test]
fn a_concept_is_not_connected_to_itself_nor_to_an_island() {
    let graph = graph(&[("A", "USES", "B", 500), ("C", "USES", "D", 500)]);
    assert!(connections(&graph, "A", "A").is_empty());
    assert!(connections(&graph, "A", "D").is_empty());
}

/// Every path without repeated node, by walking.
fn every(graph: &KnowledgeGraph, start: NodeId, end: NodeId, steps: &Steps) -> Vec<GraphPath> {
    fn walk(graph: &KnowledgeGraph, end: NodeId, steps: &Steps, so_far: GraphPath, found: &mut Vec<GraphPath>) {
        let last = *so_far.nodes.last().unwrap();
        if last == end {
            found.push(so_far);
            return;
        }
        let mut next = Vec::new();
        steps.each(&graph.topology(), last, false, |via, to| next.push((via, to)));
        for (via, to) in next.into_iter().filter(|(_, to)| !so_far.nodes.contains(to)) {
            let mut longer = so_far.clone();
            longer.nodes.push(to);
            longer.relationships.push(via);
            walk(graph, end, steps, longer, found);
        }
    }
    let mut found = Vec::new();
    walk(graph, end, steps, GraphPath { nodes: vec![start], relationships: vec![] }, &mut found);
    found
}

fn ranked(graph: &KnowledgeGraph, mut paths: Vec<GraphPath>) -> Vec<GraphPath> {
    let vague = graph.type_id("RELATED_TO");
    let cost = |path: &GraphPath| -> u64 {
        let shown = path.relationships.iter().map(|id| shown_cost(&graph.topology(), *id, vague));
        let inner = &path.nodes[1..path.nodes.len() - 1];
        shown.sum::<u64>() + inner.iter().map(|node| hub_cost(&graph.topology(), *node)).sum::<u64>()
    };
    paths.sort_by_key(|path| (path.hops(), cost(path), path.clone()));
    paths
}

fn expected(graph: &KnowledgeGraph, start: NodeId, end: NodeId) -> Vec<GraphPath> {
    let around = ranked(graph, every(graph, start, end, &Steps::relations(Direction::Both)));
    let Some(fewest) = around.first().map(GraphPath::hops) else { return Vec::new() };
    let symmetric: Vec<TypeId> = graph.type_id("RELATED_TO").into_iter().collect();
    let along = [Direction::Outgoing, Direction::Incoming].into_iter().find_map(|direction| {
        let steps = Steps::relations(direction).without(symmetric.clone());
        let paths = ranked(graph, every(graph, start, end, &steps));
        let hops = paths.first()?.hops();
        (hops <= fewest + 2).then(|| paths.into_iter().filter(|path| path.hops() == hops).collect::<Vec<_>>())
    });
    let mut all = along.unwrap_or_default();
    for path in around.into_iter().filter(|path| path.hops() <= fewest + 4) {
        if !all.contains(&path) {
            all.push(path);
        }
    }
    all
}

prop_compose! {
    fn small_graph()(
        relations in proptest::collection::vec((0usize..7, 0usize..3, 0usize..7, 1u16..=1000), 1..16)
    ) -> KnowledgeGraph {
        let names = ["A", "B", "C", "D", "E", "F", "G"];
        let relations: Vec<_> = relations
            .iter()
            .filter(|(start, _, end, _)| start != end)
            .map(|(start, kind, end, confidence)| (names[*start], TYPES[*kind], names[*end], *confidence))
            .collect();
        graph(&relations)
    }
}

fn ends(graph: &KnowledgeGraph) -> Option<(NodeId, NodeId)> {
    let mut concepts = graph.nodes_with_label(graph.label("Concept")?);
    Some((concepts.next()?, concepts.last()?))
}

proptest! {
    #[test]
    fn connections_are_all_paths_in_their_order(graph in small_graph()) {
        if let Some((start, end)) = ends(&graph) {
            let found: Vec<GraphPath> = Connections::new(&graph, start, end, usize::MAX).collect();
            prop_assert_eq!(found, expected(&graph, start, end));
        }
    }

    #[test]
    fn shortest_and_cheapest_agree_with_all_paths(graph in small_graph(), way in 0usize..3, kinds in any::<[bool; 3]>()) {
        let Some((start, end)) = ends(&graph) else { return Ok(()) };
        let direction = [Direction::Outgoing, Direction::Incoming, Direction::Both][way];
        let types = TYPES.iter().zip(kinds).filter(|(_, kept)| *kept).filter_map(|(name, _)| graph.type_id(name)).collect();
        let steps = if kinds == [true; 3] { Steps::relations(direction) } else { Steps::of_types(types, direction) };
        let mut paths = every(&graph, start, end, &steps);
        paths.sort_by_key(|path| (path.hops(), path.nodes[1..].iter().copied().zip(path.relationships.clone()).collect::<Vec<_>>()));
        let fewest = paths.first().map(GraphPath::hops);
        let all: Vec<GraphPath> = paths.iter().filter(|path| Some(path.hops()) == fewest).cloned().collect();
        prop_assert_eq!(all_shortest(&graph, start, end, &steps, None).total(), all.len() as u64);
        prop_assert_eq!(all_shortest(&graph, start, end, &steps, None).collect::<Vec<_>>(), all.clone());
        let one = shortest(&graph, start, end, &steps, None);
        prop_assert_eq!(one.is_some(), fewest.is_some());
        prop_assert!(one.is_none_or(|path| all.contains(&path)));
        if let Some(fewest) = fewest {
            let below = u32::try_from(fewest).unwrap() - 1;
            prop_assert_eq!(shortest(&graph, start, end, &steps, Some(below)), None);
        }
        let cost = |path: &GraphPath| -> u32 {
            path.relationships.iter().map(|id| relation_cost(&graph.topology(), *id)).sum()
        };
        let least = cheapest(&graph, start, end, &steps);
        prop_assert_eq!(least.as_ref().map(cost), paths.iter().map(cost).min());
        prop_assert!(least.is_none_or(|path| paths.contains(&path)));
    }
}
