//! The shape of the graph, and what in it looks odd: for `stats` and `lint`.

use std::collections::BTreeMap;

use petgraph::algo::tarjan_scc;
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeFiltered, EdgeRef, IntoEdgeReferences};
use rayon::prelude::*;

use super::{KnowledgeGraph, NodeClass, NodeId, TypeId};
use crate::text::fold;

/// The shape of a graph in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Concepts.
    pub concepts: usize,
    /// Notes.
    pub notes: usize,
    /// Relations between concepts.
    pub relations: usize,
    /// All relationships.
    pub relationships: usize,
    /// How many concepts each group of connected concepts has, the largest first; single ones left out.
    pub components: Vec<usize>,
    /// Concepts without any relation.
    pub orphans: usize,
    /// Places that say a relation, kept or not.
    pub evidence: u64,
}

impl KnowledgeGraph {
    /// Counts, groups and orphans. O(concepts + relations).
    #[must_use]
    pub fn shape(&self) -> Shape {
        let components: Vec<usize> = self.components().iter().map(Vec::len).filter(|size| *size > 1).collect();
        Shape {
            concepts: self.counts.concepts,
            notes: self.counts.notes,
            relations: self.counts.relations,
            relationships: self.counts.relationships,
            components,
            orphans: self.orphans().count(),
            evidence: self.evidence_total(),
        }
    }

    /// Concepts that hang together, whatever the direction; the largest group first, then by name.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<NodeId>> {
        let mut groups = UnionFind::<u32>::new(self.counts.concepts);
        let inside = |node: NodeId| node.index() < self.counts.concepts;
        for relation in
            self.relations().edge_references().filter(|found| inside(found.source()) && inside(found.target()))
        {
            groups.union(relation.source().0, relation.target().0);
        }
        let mut members: BTreeMap<u32, Vec<NodeId>> = BTreeMap::new();
        for (node, root) in self.class_nodes(NodeClass::Concept).zip(groups.into_labeling()) {
            members.entry(root).or_default().push(node);
        }
        let mut components: Vec<Vec<NodeId>> = members.into_values().collect();
        components.sort_by(|left, right| right.len().cmp(&left.len()).then(left.cmp(right)));
        components
    }

    /// Concepts without any relation, by name.
    pub fn orphans(&self) -> impl Iterator<Item = NodeId> {
        self.class_nodes(NodeClass::Concept).filter(|concept| self.degree(*concept) == 0)
    }

    /// Groups of concepts that are each part, kind or successor of the next: rings of one type that
    /// should have none, such as `IS_A`. By name.
    #[must_use]
    pub fn rings(&self, relationship_type: TypeId) -> Vec<Vec<NodeId>> {
        let topology = self.topology();
        let relations = self.relations();
        let of_type = EdgeFiltered::from_fn(relations, |found| topology.type_of(found.id()) == relationship_type);
        let mut rings: Vec<Vec<NodeId>> = tarjan_scc(&of_type).into_iter().filter(|ring| ring.len() > 1).collect();
        for ring in &mut rings {
            ring.sort_unstable();
        }
        rings.sort_unstable();
        rings
    }

    /// Pairs of concepts whose names differ in so little that they may be one: in case, spaces, marks or
    /// a plural, or in one letter of seven or more, digits apart. By name.
    #[must_use]
    pub fn near_duplicates(&self) -> Vec<(NodeId, NodeId)> {
        let concepts: Vec<NodeId> = self.class_nodes(NodeClass::Concept).collect();
        let keys_of = |concept: &NodeId| {
            let concept = *concept;
            near_keys(self.name(concept)).into_iter().map(move |key| (key, concept))
        };
        let mut keys: Vec<(u64, NodeId)> = concepts.par_iter().flat_map_iter(keys_of).collect();
        keys.par_sort_unstable();
        keys.dedup();
        let mut pairs = Vec::new();
        for group in keys.chunk_by(|(one, _), (other, _)| one == other) {
            for (at, (_, one)) in group.iter().enumerate() {
                let others = group[at + 1..].iter().map(|(_, other)| *other);
                pairs.extend(
                    others.filter(|other| one != other && self.is_near(*one, *other)).map(|other| (*one, other)),
                );
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn is_near(&self, one: NodeId, other: NodeId) -> bool {
        let (one, other) = (bare(self.name(one)), bare(self.name(other)));
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        singular(&one) == singular(&other)
            || (digits(&one) == digits(&other)
                && one.chars().count().min(other.chars().count()) >= NEAR_LENGTH
                && strsim::osa_distance(&one, &other) <= 1)
    }
}

/// Names of fewer letters must be equal but for marks and plural.
const NEAR_LENGTH: usize = 7;

/// Names of more letters are compared as wholes only.
const KEY_LENGTH: usize = 40;

/// What a letter is worth more than the one behind it, in the hash of a name.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hashes of the name itself and of the name with one letter left out: names that are near share one.
///
/// The hash is a polynomial over the letters, so that leaving one out takes two of its parts and no new text.
fn near_keys(name: &str) -> Vec<u64> {
    let letters: Vec<char> = bare(name).chars().collect();
    let mut parts = vec![0u64];
    for letter in &letters {
        let before = parts[parts.len() - 1];
        parts.push(before.wrapping_mul(BASE).wrapping_add(u64::from(*letter)));
    }
    let Some(whole) = parts.last().copied().filter(|_| !letters.is_empty()) else { return Vec::new() };
    let mut keys = vec![whole];
    if letters.len() > 3 && letters.last() == Some(&'s') {
        keys.push(parts[letters.len() - 1]);
    }
    if (NEAR_LENGTH..=KEY_LENGTH).contains(&letters.len()) {
        let mut power = 1u64;
        for skipped in (0..letters.len()).rev() {
            let rest = whole.wrapping_sub(parts[skipped + 1].wrapping_mul(power));
            keys.push(parts[skipped].wrapping_mul(power).wrapping_add(rest));
            power = power.wrapping_mul(BASE);
        }
    }
    keys
}

/// Letters and digits of a folded name alone; marks such as `+` and `#` tell languages apart and stay.
fn bare(name: &str) -> String {
    fold(name).chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '+' | '#')).collect()
}

fn singular(name: &str) -> &str {
    name.strip_suffix('s').filter(|stem| stem.chars().count() > 2).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{concept, graph, pipeline};
    use super::super::{KnowledgeGraph, NodeId, build};
    use crate::extract::{ConceptEntry, Kind};

    fn names(graph: &KnowledgeGraph, nodes: &[NodeId]) -> Vec<String> {
        nodes.iter().map(|node| graph.name(*node).to_owned()).collect()
    }

    #[test]
    fn components_are_listed_by_size_and_single_concepts_are_orphans() {
        let mut concepts: Vec<ConceptEntry> = ["A", "B"].map(|name| concept(name, Kind::Term, &[])).into();
        concepts.push(concept("C", Kind::Term, &[]));
        let lone = build(&concepts, &[]);
        assert_eq!(names(&lone, &lone.orphans().collect::<Vec<_>>()), ["A", "B", "C"]);
        let two = graph(&[("A", "USES", "B", 500), ("C", "USES", "D", 500), ("E", "USES", "D", 500)]);
        let groups: Vec<Vec<String>> = two.components().iter().map(|group| names(&two, group)).collect();
        assert_eq!(groups, [vec!["C", "D", "E"], vec!["A", "B"]]);
        let shape = pipeline().shape();
        assert_eq!((shape.components, shape.orphans, shape.evidence, shape.relations), (vec![4], 0, 4, 4));
    }

    #[test]
    fn rings_of_one_type_are_found() {
        let graph =
            graph(&[("A", "IS_A", "B", 500), ("B", "IS_A", "A", 500), ("A", "USES", "C", 500), ("C", "USES", "B", 5)]);
        let rings = graph.rings(graph.type_id("IS_A").unwrap());
        assert_eq!(rings.iter().map(|ring| names(&graph, ring)).collect::<Vec<_>>(), [["A", "B"]]);
        assert!(graph.rings(graph.type_id("USES").unwrap()).is_empty());
    }

    #[test]
    fn near_duplicates_differ_in_marks_plural_or_one_letter_but_not_in_digits() {
        let all = [
            "S3",
            "S4",
            "C",
            "C#",
            "data-lake",
            "Data Lakes",
            "PostgreSQL",
            "PostgresSQL",
            "Hive",
            "Five",
            "Kinesis Data 1",
            "Kinesis Data 2",
        ];
        let graph = build(&all.map(|name| concept(name, Kind::Term, &[])), &[]);
        let pairs: Vec<Vec<String>> = graph.near_duplicates().iter().map(|(a, b)| names(&graph, &[*a, *b])).collect();
        assert_eq!(pairs, [["Data Lakes", "data-lake"], ["PostgreSQL", "PostgresSQL"]]);
    }
}
