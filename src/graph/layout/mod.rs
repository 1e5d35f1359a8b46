//! Places for nodes, so that what is related stands together: the map of a graph.
//!
//! In: how many nodes, and weighted edges between them. Out: a whole-numbered place for each node.
//! Method: connected parts one by one with the forces of ForceAtlas2 (Jacomy et al. 2014), repulsion by
//! Barnes and Hut (1986); then the parts are set in rings round the largest.
//!
//! The same input gives the same places on every machine and any number of threads: sums are taken in
//! a fixed order, the start is a fixed spiral, and nothing but `+ - * /` and the square root is used, which
//! every machine rounds alike. O(n log n) for each round.

mod forces;
mod map;
mod pack;
mod parts;
mod tree;

use forces::Springs;

/// A point or a step in the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Point {
    x: f64,
    y: f64,
}

/// An edge for [`layout`]: its two ends, and how strongly it draws them together (1 is usual).
pub type Pull = (u32, u32, f32);

/// Where a node stands, on a plane whose middle is 0, 0. A relation is a hundred units long on average.
pub type Place = (i32, i32);

/// Finds places for `nodes` nodes. Edges to nodes that are not there, and from a node to itself, are
/// left out; several between the same two add up.
#[must_use]
pub fn layout(nodes: usize, edges: &[Pull]) -> Vec<Place> {
    let springs = Springs::new(nodes, edges);
    let parts = parts::connected(&springs);
    let settled: Vec<Vec<Point>> = parts.iter().map(|part| settle(&springs, part)).collect();
    let mut places = vec![(0, 0); nodes];
    for (part, middle) in parts.iter().zip(pack::middles(&settled).into_iter().zip(&settled)) {
        let (middle, points) = middle;
        for (node, point) in part.iter().zip(points) {
            places[*node as usize] = (whole(point.x + middle.x), whole(point.y + middle.y));
        }
    }
    places
}

/// Places of the nodes of one part, their middle at 0, 0.
fn settle(springs: &Springs, part: &[u32]) -> Vec<Point> {
    let own = springs.of_part(part);
    let mut points = forces::settle(&own, start(&own));
    let middle = pack::middle(&points);
    for point in &mut points {
        *point = Point { x: point.x - middle.x, y: point.y - middle.y };
    }
    points
}

/// Where the nodes of a part stand before any force is felt: on a spiral, in the order in which a walk
/// from the best connected node meets them, so that neighbours start near each other.
fn start(springs: &Springs) -> Vec<Point> {
    // The cosine and sine of the golden angle, written out because libraries differ in the last digit.
    const TURN: Point = Point { x: -0.737_368_878_078_32, y: 0.675_490_294_261_524 };
    let mut points = vec![Point::default(); springs.len()];
    let mut direction = Point { x: 1.0, y: 0.0 };
    for (number, node) in parts::walk(springs).into_iter().enumerate() {
        let radius = 20.0 * f64::from(u32::try_from(number).unwrap_or(u32::MAX)).sqrt();
        points[node as usize] = Point { x: direction.x * radius, y: direction.y * radius };
        direction =
            Point { x: direction.x * TURN.x - direction.y * TURN.y, y: direction.x * TURN.y + direction.y * TURN.x };
    }
    points
}

/// The nearest whole number; places far out of all measure stay at the edge.
#[expect(clippy::cast_possible_truncation, reason = "the value is brought into range before")]
fn whole(value: f64) -> i32 {
    if value.is_finite() { value.clamp(-1e9, 1e9).round() as i32 } else { 0 }
}

#[cfg(test)]
mod tests;
