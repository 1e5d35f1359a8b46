//! A quadtree of nodes, for the repulsion of many by one: far ones push as if they were one.

use super::Point;

/// A cell is far when its side is less than this share of its distance.
const FAR: f64 = 1.1;

/// Nodes in a cell that is not divided further.
const LEAF: usize = 8;

/// Divisions at most; nodes on one place would divide for ever.
const DEPTH: usize = 40;

/// Cells in the order of a walk from the root: after a cell come the cells inside it.
#[derive(Debug)]
pub(super) struct Tree {
    cells: Vec<Cell>,
    /// The nodes, those of one cell together.
    order: Vec<u32>,
}

#[derive(Debug)]
struct Cell {
    middle: Point,
    mass: f64,
    side: f64,
    first: usize,
    last: usize,
    /// The next cell that is not inside this one.
    next: usize,
    is_leaf: bool,
}

impl Tree {
    pub(super) fn new(points: &[Point], masses: &[f64]) -> Self {
        let reach = points.iter().fold(1.0_f64, |reach, point| reach.max(point.x.abs()).max(point.y.abs()));
        let mut order: Vec<u32> = (0..u32::try_from(points.len()).unwrap_or(u32::MAX)).collect();
        let mut builder = Builder { points, masses, cells: Vec::with_capacity(points.len() / 2 + 1) };
        let whole = (Point { x: -reach, y: -reach }, reach * 2.0);
        builder.divide(&mut order, 0, whole, 0);
        Self { cells: builder.cells, order }
    }

    /// The push that all others together give a node of mass 1, over [`PUSH`](super::forces).
    pub(super) fn push(&self, node: usize, points: &[Point], masses: &[f64]) -> Point {
        let at = points[node];
        let mut push = Point::default();
        let mut here = 0;
        while let Some(cell) = self.cells.get(here) {
            let (x, y) = (at.x - cell.middle.x, at.y - cell.middle.y);
            let square = x * x + y * y;
            here = if cell.is_leaf { cell.next } else { here + 1 };
            if cell.side * cell.side < square * FAR * FAR {
                push.x += cell.mass * x / square;
                push.y += cell.mass * y / square;
                here = cell.next;
            } else if cell.is_leaf {
                let others = self.order[cell.first..cell.last].iter().map(|other| *other as usize);
                others.filter(|other| *other != node).for_each(|other| nudge(&mut push, node, other, points, masses));
            }
        }
        push
    }
}

/// Adds the push of one node on another.
fn nudge(push: &mut Point, node: usize, other: usize, points: &[Point], masses: &[f64]) {
    let (mut x, mut y) = (points[node].x - points[other].x, points[node].y - points[other].y);
    if x == 0.0 && y == 0.0 {
        // On one place: each goes its own way.
        (x, y) = if node < other { (-1.0, -0.5) } else { (1.0, 0.5) };
    }
    let square = (x * x + y * y).max(1.0);
    push.x += masses[other] * x / square;
    push.y += masses[other] * y / square;
}

struct Builder<'a> {
    points: &'a [Point],
    masses: &'a [f64],
    cells: Vec<Cell>,
}

impl Builder<'_> {
    /// Makes the cell of `order`, which begins at `first` in the whole, and the cells inside it.
    fn divide(&mut self, order: &mut [u32], first: usize, (corner, side): (Point, f64), depth: usize) {
        let cell = self.cells.len();
        let is_leaf = order.len() <= LEAF || depth >= DEPTH;
        self.cells.push(self.cell(order, first, side, is_leaf));
        if !is_leaf {
            let half = side / 2.0;
            let (x, y) = (corner.x + half, corner.y + half);
            let below = partition(order, |node| self.points[node].y < y);
            let (lower, upper) = order.split_at_mut(below);
            let mut start = first;
            for (row, y) in [(lower, corner.y), (upper, y)] {
                let left = partition(row, |node| self.points[node].x < x);
                let (west, east) = row.split_at_mut(left);
                for (quarter, x) in [(west, corner.x), (east, x)] {
                    if !quarter.is_empty() {
                        self.divide(quarter, start, (Point { x, y }, half), depth + 1);
                    }
                    start += quarter.len();
                }
            }
        }
        self.cells[cell].next = self.cells.len();
    }

    fn cell(&self, order: &[u32], first: usize, side: f64, is_leaf: bool) -> Cell {
        let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
        for node in order.iter().map(|node| *node as usize) {
            mass += self.masses[node];
            x += self.points[node].x * self.masses[node];
            y += self.points[node].y * self.masses[node];
        }
        let weight = if mass > 0.0 { mass } else { 1.0 };
        let middle = Point { x: x / weight, y: y / weight };
        Cell { middle, mass, side, first, last: first + order.len(), next: 0, is_leaf }
    }
}

/// Brings the nodes that pass to the front, in the order they had; how many they are.
fn partition(order: &mut [u32], passes: impl Fn(usize) -> bool) -> usize {
    let (front, back): (Vec<u32>, Vec<u32>) = order.iter().partition(|node| passes(**node as usize));
    let split = front.len();
    order[..split].copy_from_slice(&front);
    order[split..].copy_from_slice(&back);
    split
}
