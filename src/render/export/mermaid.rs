//! Mermaid flowcharts, for Markdown pages that draw them.
//!
//! Ids are `n1`, `n2`, …; names stand in quoted labels where every character that Mermaid or its
//! Markdown could take for markup is written as `#35;`. Mermaid refuses more than 500 edges and
//! 50,000 letters, so a large graph is cut to its strongest relations, and a comment says so.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::palette;
use super::sheet::{Sheet, SheetEdge};
use crate::render::escape;

/// Edges Mermaid draws unless configured otherwise.
const EDGES: usize = 500;

/// Letters Mermaid reads unless configured otherwise, with a margin.
const LETTERS: usize = 49_000;

/// Writes a sheet as a Mermaid flowchart.
///
/// # Errors
///
/// Those of `out`.
pub fn mermaid(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let mut edges = EDGES;
    loop {
        let part = sheet.strongest(edges);
        let chart = chart(&part, sheet);
        if chart.chars().count() <= LETTERS || edges <= 1 {
            return out.write_all(chart.as_bytes());
        }
        edges = edges * 4 / 5;
    }
}

fn chart(part: &Sheet, whole: &Sheet) -> String {
    let mut chart = String::from("flowchart LR\n");
    if part.edges.len() < whole.edges.len() || part.nodes.len() < whole.nodes.len() {
        let (nodes, edges) = (part.nodes.len(), part.edges.len());
        let (all_nodes, all_edges) = (whole.nodes.len(), whole.edges.len());
        push(&mut chart, &format!("%% the strongest {edges} of {all_edges} relations, {nodes} of {all_nodes} nodes"));
    }
    let kinds: BTreeMap<&str, usize> = part.kinds().into_keys().zip(1..).collect();
    for (at, node) in part.nodes.iter().enumerate() {
        push(&mut chart, &format!("  n{}[\"{}\"]:::k{}", at + 1, quoted(&node.name), kinds[node.kind.as_str()]));
    }
    for edge in &part.edges {
        push(&mut chart, &format!("  {}", arrow(edge)));
    }
    for (kind, number) in kinds {
        let colours = palette::of(kind);
        let style = format!("fill:{},stroke:{},color:#1a1a1a", colours.fill, colours.line);
        push(&mut chart, &format!("  classDef k{number} {style}"));
    }
    chart
}

fn push(chart: &mut String, line: &str) {
    writeln!(chart, "{line}").expect("a string takes all that is written");
}

fn arrow(edge: &SheetEdge) -> String {
    let link = match (edge.symmetric, edge.is_weak()) {
        (true, true) => "-.-",
        (true, false) => "---",
        (false, true) => "-.->",
        (false, false) => "-->",
    };
    format!("n{} {link}|\"{}\"| n{}", edge.source + 1, quoted(&edge.relation_type), edge.target + 1)
}

/// The one quoting function: what stands between quotes so that Mermaid draws just `words`. A label
/// may not be empty, so nothing becomes a space that does not break.
fn quoted(words: &str) -> String {
    let shown = escape::shown(words);
    let mut quoted = String::with_capacity(shown.len());
    let mut before = String::new();
    for letter in shown.chars() {
        if is_plain(letter, &before) {
            quoted.push(letter);
        } else {
            write!(quoted, "#{};", u32::from(letter)).expect("a string takes all that is written");
        }
        before.push(letter);
    }
    if shown.trim().is_empty() { "#160;".into() } else { quoted }
}

/// Whether `letter` means nothing but itself after `before`. A digit and a stop at the beginning
/// would be a list, `www.` a link, an underscore at the edge of a word emphasis.
fn is_plain(letter: char, before: &str) -> bool {
    match letter {
        ' ' | ',' | '/' | '(' | ')' => !before.is_empty() && !before.chars().all(|digit| digit.is_ascii_digit()),
        '.' => before.ends_with(|last: char| last.is_alphabetic() && !matches!(last, 'w' | 'W')),
        '_' | '-' => before.ends_with(char::is_alphanumeric),
        letter => letter.is_ascii_alphanumeric() || !letter.is_ascii(),
    }
}
