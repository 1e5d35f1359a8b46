//! The graph at size: opening, names, steps and paths, with petgraph beside it on the same relations.
//!
//! `cargo bench --bench graph -- 1000000 10000000` (concepts, relations; without them a tenth of that).
//! The graph is made here from a fixed seed: ends by a power law, twelve types. A folder instead of numbers
//! names an index to open: `cargo bench --bench graph -- index/`. Times are medians and 95th percentiles of
//! wall time; on a busy machine only those of one run compare.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::path::Path;
use std::time::Instant;

use petgraph::graph::{NodeIndex, UnGraph};
use quipu::graph::paths::{Connections, Direction, Steps, all_shortest, cheapest, shortest};
use quipu::graph::{GraphBuilder, KnowledgeGraph, NodeClass, NodeId};
use quipu::store::Index;

/// A small generator of numbers (xorshift, Marsaglia 2003): the same ones each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `limit`, small ones far more often: the density falls with the fourth root.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "a draw")]
    fn skewed(&mut self, limit: usize) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((uniform.powi(4) * limit as f64) as usize).min(limit - 1)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below a usize")]
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

fn name(concept: usize) -> String {
    format!("Concept {concept:07}")
}

type Relation = (usize, usize, usize);

/// Relations as (start, type, end).
fn relations(concepts: usize, count: usize) -> Vec<Relation> {
    let mut numbers = Numbers(0x5eed);
    let mut relation = || (numbers.skewed(concepts), numbers.below(12), numbers.skewed(concepts));
    (0..count).map(|_| relation()).filter(|(start, _, end)| start != end).collect()
}

fn build(concepts: usize, relations: &[Relation]) -> KnowledgeGraph {
    let mut builder = GraphBuilder::default();
    for concept in 0..concepts {
        let fact = format!(r#"{{"kind":"concept","name":"{}","concept_kind":"Tool"}}"#, name(concept));
        builder.fact(&fact).expect("a concept as the documentation writes it");
    }
    for (line, (start, kind, end)) in relations.iter().enumerate() {
        let fact = format!(
            r#"{{"kind":"relation","subject":"{}","predicate":"T{kind}","object":"{}","confidence":{},"rule":"made","note":"n{}.txt","line":{},"quote":"so it is said"}}"#,
            name(*start),
            name(*end),
            100 + line % 9 * 100,
            line % 1000,
            line / 1000 + 1,
        );
        builder.fact(&fact).expect("a relation as the documentation writes it");
    }
    builder.finish().0
}

fn measure(what: &str, times: usize, mut run: impl FnMut(usize) -> u64) {
    let mut spent = Vec::with_capacity(times);
    let mut check = 0u64;
    for at in 0..times {
        let start = Instant::now();
        check = check.wrapping_add(run(at));
        spent.push(start.elapsed().as_secs_f64() * 1e3);
    }
    spent.sort_by(f64::total_cmp);
    let (middle, late) = (spent[times / 2], spent[times * 95 / 100]);
    println!("{what:<34} {middle:>10.4} ms {late:>10.4} ms   n {times:<4} check {check}");
}

fn once<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = run();
    println!("{what:<34} {:>10.3} s", start.elapsed().as_secs_f64());
    made
}

fn ask(graph: &KnowledgeGraph, pairs: &[(NodeId, NodeId)]) {
    let both = Steps::relations(Direction::Both);
    let types: Vec<_> = ["T1", "T2"].iter().filter_map(|name| graph.type_id(name)).collect();
    measure("concept by name", 200, |at| graph.concept(graph.name(pairs[at].0)).map_or(0, |node| u64::from(node.0)));
    measure("one hop by type", 200, |at| graph.outgoing(pairs[at].0, types.first().copied()).len() as u64);
    measure("shortest path", 200, |at| {
        shortest(graph, pairs[at].0, pairs[at].1, &both, None).map_or(0, |path| path.hops() as u64)
    });
    measure("all shortest paths, counted", 200, |at| {
        all_shortest(graph, pairs[at].0, pairs[at].1, &both, None).total()
    });
    measure("five connections", 200, |at| {
        Connections::new(graph, pairs[at].0, pairs[at].1, usize::MAX).take(5).map(|path| path.hops() as u64).sum()
    });
    measure("cheapest path", 30, |at| {
        cheapest(graph, pairs[at].0, pairs[at].1, &both).map_or(0, |path| path.hops() as u64)
    });
    let topology = graph.topology();
    measure("(a)-[:T1]->(b)-[:T2]->(c), counted", 10, |_| {
        let ways = |node| topology.incoming(node, Some(types[0])).len() * topology.outgoing(node, Some(types[1])).len();
        graph.class_nodes(NodeClass::Concept).map(|node| ways(node) as u64).sum()
    });
    measure("ten hubs", 10, |_| graph.hubs(10).iter().map(|(_, degree)| *degree as u64).sum());
}

/// Measures an index that is there.
fn opened(index: &Path) {
    let index = once("open", || Index::open(index).expect("an index"));
    let graph = index.graph();
    println!("{} relations, {} bytes", graph.relation_count(), graph.to_bytes().len());
    ask(graph, &pairs(graph));
}

/// Pairs of concepts with relations, drawn at random.
fn pairs(graph: &KnowledgeGraph) -> Vec<(NodeId, NodeId)> {
    let mut numbers = Numbers(7);
    let related: Vec<NodeId> = graph.class_nodes(NodeClass::Concept).filter(|node| graph.degree(*node) > 0).collect();
    let mut draw = || related[numbers.below(related.len())];
    (0..200).map(|_| (draw(), draw())).collect()
}

fn main() {
    if let Some(index) = std::env::args().skip(1).find(|argument| Path::new(argument).is_dir()) {
        return opened(Path::new(&index));
    }
    let mut sizes = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let (concepts, count) = (sizes.next().unwrap_or(100_000).max(2), sizes.next().unwrap_or(1_000_000));
    let relations = relations(concepts, count);
    let graph = once("build from facts", || build(concepts, &relations));
    let bytes = graph.to_bytes().to_vec();
    println!("{} relations, {} bytes", graph.relation_count(), bytes.len());
    let graph = once("open", || KnowledgeGraph::from_bytes(bytes).expect("as written"));
    once("verify", || graph.verify().expect("as written"));
    let pairs = pairs(&graph);
    ask(&graph, &pairs);
    let other = once("petgraph: build", || {
        let ends = relations.iter().map(|(start, _, end)| (NodeId::from_index(*start).0, NodeId::from_index(*end).0));
        UnGraph::<(), (), u32>::from_edges(ends)
    });
    measure("petgraph: shortest path (A*)", 10, |at| {
        let (start, end) = (NodeIndex::new(pairs[at].0.index()), NodeIndex::new(pairs[at].1.index()));
        petgraph::algo::astar(&other, start, |node| node == end, |_| 1u64, |_| 0).map_or(0, |(hops, _)| hops)
    });
}
