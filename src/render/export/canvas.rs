//! JSON Canvas 1.0, which Obsidian opens: a card a node, a box a kind, an arrow a relation.
//!
//! The layout is computed here and depends on nothing but the sheet: kinds stand side by side, the
//! largest first, four columns of cards each, the best connected cards on top.

use std::cmp::Reverse;
use std::io::{self, Write};

use serde::Serialize;

use super::palette;
use super::sheet::Sheet;

const CARD: (i64, i64) = (220, 60);
const GAP: i64 = 60;
const COLUMNS: usize = 4;

/// Boxes are set in rows about this wide.
const ROW_WIDTH: i64 = 4_000;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
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
    let degrees = sheet.degrees();
    let mut kinds: Vec<(&str, Vec<usize>)> = sheet.kinds().into_iter().collect();
    kinds.sort_by_key(|(kind, members)| (Reverse(members.len()), *kind));
    let mut cards = Vec::new();
    let (mut x, mut y, mut tallest) = (0, 0, 0);
    for (number, (kind, mut members)) in kinds.into_iter().enumerate() {
        members.sort_by_key(|at| (Reverse(degrees[*at]), *at));
        let (width, height) = box_size(members.len());
        if x > 0 && x + width > ROW_WIDTH {
            (x, y, tallest) = (0, y + tallest + GAP, 0);
        }
        let color = palette::of(kind).line;
        let label = Some(kind.to_owned());
        let id = format!("k{}", number + 1);
        cards.push(Card { id, card_type: "group", text: None, label, x, y, width, height, color });
        cards.extend(members.iter().enumerate().map(|(place, at)| card(sheet, *at, place, (x, y), color)));
        x += width + GAP;
        tallest = tallest.max(height);
    }
    cards
}

fn box_size(members: usize) -> (i64, i64) {
    let columns = members.clamp(1, COLUMNS);
    let rows = members.div_ceil(COLUMNS);
    let side = |count: usize, size: i64| i64::try_from(count).unwrap_or(0) * (size + GAP) + GAP;
    (side(columns, CARD.0), side(rows, CARD.1))
}

fn card(sheet: &Sheet, at: usize, place: usize, corner: (i64, i64), color: &'static str) -> Card {
    let step = |count: usize, size: i64| i64::try_from(count).unwrap_or(0) * (size + GAP) + GAP;
    Card {
        id: format!("n{}", at + 1),
        card_type: "text",
        text: Some(super::obsidian::markdown(&sheet.nodes[at].name)),
        label: None,
        x: corner.0 + step(place % COLUMNS, CARD.0),
        y: corner.1 + step(place / COLUMNS, CARD.1),
        width: CARD.0,
        height: CARD.1,
        color,
    }
}
