//! The forces of ForceAtlas2, and the rounds in which nodes follow them.

use rayon::prelude::*;

use super::tree::Tree;
use super::{Point, Pull};

/// How strongly nodes push each other away.
const PUSH: f64 = 100.0;

/// How strongly everything is drawn to the middle, so that loosely tied nodes do not drift away.
const GRAVITY: f64 = 1.0;

/// How long a spring is in the end, on average.
const LENGTH: f64 = 100.0;

/// How much unsteadiness is borne for speed.
const TOLERANCE: f64 = 1.0;

/// Who pulls whom: for each node its neighbours and how strongly they pull.
#[derive(Debug, Default)]
pub(super) struct Springs {
    offsets: Vec<usize>,
    pulls: Vec<(u32, f64)>,
}

impl Springs {
    pub(super) fn new(nodes: usize, edges: &[Pull]) -> Self {
        let known = |(one, other, _): &&Pull| one != other && (*one.max(other) as usize) < nodes;
        let both = edges.iter().filter(known).flat_map(|(one, other, pull)| {
            let pull = if pull.is_finite() { f64::from(pull.clamp(0.05, 4.0)) } else { 1.0 };
            [(*one, *other, pull), (*other, *one, pull)]
        });
        let mut sorted: Vec<(u32, u32, f64)> = both.collect();
        sorted.sort_by_key(|(from, to, pull)| (*from, *to, pull.to_bits()));
        sorted.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let offsets = (0..=nodes).map(|node| sorted.partition_point(|(from, ..)| (*from as usize) < node)).collect();
        Self { offsets, pulls: sorted.into_iter().map(|(_, to, pull)| (to, pull.min(4.0))).collect() }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The neighbours of a node with their pulls, by id.
    pub(super) fn of(&self, node: usize) -> &[(u32, f64)] {
        &self.pulls[self.offsets[node]..self.offsets[node + 1]]
    }

    /// The springs between the nodes of one connected part, which are numbered by their place in it.
    pub(super) fn of_part(&self, part: &[u32]) -> Self {
        let mut offsets = vec![0];
        let mut pulls = Vec::new();
        let number = |node: u32| {
            let at = part.binary_search(&node).expect("a neighbour is in the same part");
            u32::try_from(at).expect("a part has no more nodes than there are")
        };
        for node in part {
            pulls.extend(self.of(*node as usize).iter().map(|(to, pull)| (number(*to), *pull)));
            offsets.push(pulls.len());
        }
        Self { offsets, pulls }
    }

    fn mass(&self, node: usize) -> f64 {
        1.0 + f64::from(u32::try_from(self.of(node).len()).unwrap_or(u32::MAX))
    }
}

/// Rounds for so many nodes: more where they are cheap.
const fn rounds(nodes: usize) -> usize {
    match nodes {
        0..=1 => 0,
        2..=200 => 600,
        201..=2_000 => 400,
        2_001..=20_000 => 160,
        _ => 80,
    }
}

/// Lets the nodes of a connected part follow the forces from where they start.
pub(super) fn settle(springs: &Springs, mut points: Vec<Point>) -> Vec<Point> {
    let masses: Vec<f64> = (0..springs.len()).map(|node| springs.mass(node)).collect();
    let mut before = vec![Point::default(); points.len()];
    let mut speed = 1.0_f64;
    for _ in 0..rounds(points.len()) {
        let tree = Tree::new(&points, &masses);
        let felt: Vec<Point> = (0..points.len())
            .into_par_iter()
            .with_min_len(256)
            .map(|node| force(springs, &tree, &points, &masses, node))
            .collect();
        speed = next_speed(speed, &felt, &before, &masses);
        for ((point, force), old) in points.iter_mut().zip(&felt).zip(&before) {
            let swing = length(force.x - old.x, force.y - old.y);
            let step = speed / (1.0 + (speed * swing).sqrt());
            point.x += force.x * step;
            point.y += force.y * step;
        }
        before = felt;
    }
    scaled(springs, points)
}

/// Brings the springs to a length of [`LENGTH`] on average.
fn scaled(springs: &Springs, mut points: Vec<Point>) -> Vec<Point> {
    let ends =
        (0..points.len()).flat_map(|node| springs.of(node).iter().map(move |(other, _)| (node, *other as usize)));
    let (mut total, mut count) = (0.0, 0.0);
    for (one, other) in ends {
        total += length(points[one].x - points[other].x, points[one].y - points[other].y);
        count += 1.0;
    }
    let factor = if total > 0.0 { LENGTH * count / total } else { 1.0 };
    for point in &mut points {
        *point = Point { x: point.x * factor, y: point.y * factor };
    }
    points
}

fn force(springs: &Springs, tree: &Tree, points: &[Point], masses: &[f64], node: usize) -> Point {
    let at = points[node];
    let push = tree.push(node, points, masses);
    let factor = PUSH * masses[node];
    let mut force = Point { x: push.x * factor, y: push.y * factor };
    for (other, pull) in springs.of(node) {
        let other = points[*other as usize];
        force.x += pull * (other.x - at.x);
        force.y += pull * (other.y - at.y);
    }
    let far = length(at.x, at.y);
    if far > 0.0 {
        force.x -= GRAVITY * masses[node] * at.x / far;
        force.y -= GRAVITY * masses[node] * at.y / far;
    }
    force
}

/// The speed of all: as fast as the nodes go straight on, slower where they swing to and fro.
fn next_speed(speed: f64, felt: &[Point], before: &[Point], masses: &[f64]) -> f64 {
    let (mut swing, mut straight) = (0.0, 0.0);
    for ((new, old), mass) in felt.iter().zip(before).zip(masses) {
        swing += mass * length(new.x - old.x, new.y - old.y);
        straight += mass * length(new.x + old.x, new.y + old.y) / 2.0;
    }
    if swing <= 0.0 {
        return speed;
    }
    (TOLERANCE * straight / swing).min(speed * 1.5).clamp(1e-3, 10.0)
}

pub(super) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}
