//! JSON Canvas 1.0, which Obsidian opens: a card a node, in the colour of its kind, an arrow a relation.
//!
//! What is related stands together: the places are those of [`layout`], drawn to the nearest free
//! field of a grid, so that no two cards overlap. They depend on nothing but the sheet.

use std::cmp::Reverse;
use std::io::{self, Write};

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::palette;
use super::sheet::Sheet;
use crate::graph::layout::{Place, Pull, layout};

const CARD: (i64, i64) = (220, 60);

/// A field of the grid: a card, and room for arrows.
const FIELD: (i64, i64) = (320, 140);

/// Fields for each card: two of three stay free.
const ROOM: f64 = 3.0;

#[derive(Serialize)]
struct Canvas {
    nodes: Vec<Card>,
    edges: Vec<Arrow>,
}

#[derive(Serialize)]
struct Card {
    id: String,
    #[serde(rename = "type")]
    card_type: &'static str,
    text: String,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    color: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Arrow {
    id: String,
    from_node: String,
    to_node: String,
    to_end: &'static str,
    label: String,
}

/// Writes a sheet as a canvas.
///
/// # Errors
///
/// Those of `out`.
pub fn canvas(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let arrows = sheet.edges.iter().enumerate().map(|(number, edge)| Arrow {
        id: format!("r{}", number + 1),
        from_node: format!("n{}", edge.source + 1),
        to_node: format!("n{}", edge.target + 1),
        to_end: if edge.symmetric { "none" } else { "arrow" },
        label: edge.relation_type.clone(),
    });
    crate::render::json_line(&Canvas { nodes: cards(sheet), edges: arrows.collect() }, out)
}

fn cards(sheet: &Sheet) -> Vec<Card> {
    let fields = fields(&places(sheet), &sheet.degrees());
    let card = |(at, (column, row)): (usize, (i64, i64))| Card {
        id: format!("n{}", at + 1),
        card_type: "text",
        text: super::obsidian::markdown(&sheet.nodes[at].name),
        x: column * FIELD.0,
        y: row * FIELD.1,
        width: CARD.0,
        height: CARD.1,
        color: palette::of(&sheet.nodes[at].kind).line,
    };
    fields.into_iter().enumerate().map(card).collect()
}

fn places(sheet: &Sheet) -> Vec<Place> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let pull = |edge: &super::SheetEdge| if edge.is_weak() { 0.4 } else { 1.0 };
    let pulls: Vec<Pull> =
        sheet.edges.iter().map(|edge| (number(edge.source), number(edge.target), pull(edge))).collect();
    layout(sheet.nodes.len(), &pulls)
}

/// The free field nearest to each place; the best connected nodes choose first.
fn fields(places: &[Place], degrees: &[usize]) -> Vec<(i64, i64)> {
    let reach = places.iter().map(|(x, y)| i64::from(x.abs().max(y.abs()))).max().unwrap_or(0).max(1);
    let count = f64::from(u32::try_from(places.len()).unwrap_or(u32::MAX));
    let half = (count * ROOM).sqrt().ceil() / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "the square root of a count is small")]
    let half = half as i64;
    let field = |value: i32| (i64::from(value) * half + reach / 2).div_euclid(reach);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|at| (Reverse(degrees[*at]), *at));
    let mut taken = FxHashSet::default();
    let mut fields = vec![(0, 0); places.len()];
    for at in order {
        let wanted = (field(places[at].0), field(places[at].1));
        fields[at] = (0..).flat_map(|ring| around(wanted, ring)).find(|field| taken.insert(*field)).unwrap_or(wanted);
    }
    fields
}

/// The fields so many steps away, those straight beside before those at the corners.
fn around((column, row): (i64, i64), ring: i64) -> impl Iterator<Item = (i64, i64)> {
    let offsets = (0..=ring).flat_map(|step| if step == 0 { vec![0] } else { vec![step, -step] });
    let sides = offsets.flat_map(move |aside| [(ring, aside), (-ring, aside), (aside, ring), (aside, -ring)]);
    sides.map(move |(x, y)| (column + x, row + y))
}
