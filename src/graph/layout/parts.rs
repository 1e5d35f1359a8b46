//! The connected parts of a graph, and a walk through one.

use std::cmp::Reverse;
use std::collections::VecDeque;

use super::forces::Springs;

/// The connected parts, the largest first, then by their first node; the nodes of each by id.
pub(super) fn connected(springs: &Springs) -> Vec<Vec<u32>> {
    let mut seen = vec![false; springs.len()];
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for node in 0..springs.len() {
        if !seen[node] {
            let mut part = reach(springs, node, &mut seen);
            part.sort_unstable();
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| (Reverse(part.len()), part[0]));
    parts
}

/// All nodes in the order of a breadth-first walk from the best connected one. The graph is connected.
pub(super) fn walk(springs: &Springs) -> Vec<u32> {
    let hub = (0..springs.len()).max_by_key(|node| (springs.of(*node).len(), Reverse(*node)));
    hub.map(|hub| reach(springs, hub, &mut vec![false; springs.len()])).unwrap_or_default()
}

/// What can be reached from a node, itself first.
fn reach(springs: &Springs, from: usize, seen: &mut [bool]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut queue = VecDeque::from([from]);
    seen[from] = true;
    while let Some(node) = queue.pop_front() {
        found.push(u32::try_from(node).expect("nodes are numbered in 32 bits"));
        for (next, _) in springs.of(node) {
            let next = *next as usize;
            if !std::mem::replace(&mut seen[next], true) {
                queue.push_back(next);
            }
        }
    }
    found
}
