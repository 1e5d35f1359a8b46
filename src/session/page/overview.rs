//! What a page holds, counted: it tells nothing of the rest of the index.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::notes::PageNote;
use super::{PageEdge, PageNode};

#[derive(Clone, Debug, Serialize)]
pub(super) struct PageOverview {
    counts: Counts,
    notices: Vec<String>,
    start: Option<String>,
    kinds: Vec<Counted>,
    types: Vec<Counted>,
    folders: Vec<Counted>,
    tags: Vec<Counted>,
    questions: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Counts {
    notes: usize,
    concepts: usize,
    relations: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Counted {
    name: String,
    count: usize,
}

/// Counts nodes, edges and notes. `start` is the concept to begin with, else the one with the most relations.
pub(super) fn overview(
    nodes: &[PageNode],
    edges: &[PageEdge],
    notes: &[PageNote],
    start: Option<usize>,
) -> PageOverview {
    let hub = || (0..nodes.len()).max_by_key(|at| (nodes[*at].degree, Reverse(*at)));
    PageOverview {
        counts: Counts { notes: notes.len(), concepts: nodes.len(), relations: edges.len() },
        notices: Vec::new(),
        start: start.or_else(hub).map(|at| nodes[at].name.clone()),
        kinds: counted(nodes.iter().map(|node| node.kind.as_str())),
        types: counted(edges.iter().map(|edge| edge.relation_type.as_str())),
        folders: counted(notes.iter().map(|note| note.folder.as_str())),
        tags: counted(notes.iter().flat_map(|note| note.tags.iter().map(String::as_str))),
        questions: Vec::new(),
    }
}

/// Each name with how often it occurs, the most frequent first.
fn counted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counted: Vec<Counted> =
        counts.into_iter().map(|(name, count)| Counted { name: name.to_owned(), count }).collect();
    counted.sort_by_key(|row| Reverse(row.count));
    counted
}
