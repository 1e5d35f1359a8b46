//! Sets the connected parts side by side: the largest in the middle, the others in rings round it.

use super::Point;
use super::forces::length;

/// Room between two parts.
const GAP: f64 = 80.0;

/// Where the middle of each part stands; parts come with the largest first.
pub(super) fn middles(parts: &[Vec<Point>]) -> Vec<Point> {
    let radii: Vec<f64> = parts.iter().map(|part| radius(part)).collect();
    let mut middles = vec![Point::default(); parts.len().min(1)];
    let mut inner = radii.first().copied().unwrap_or(0.0) + GAP;
    let mut ring = Ring::new(inner, radii.get(1).copied().unwrap_or(0.0));
    for radius in radii.iter().skip(1) {
        if !ring.has_room(*radius) {
            inner = ring.distance + ring.widest + GAP;
            ring = Ring::new(inner, *radius);
        }
        middles.push(ring.place(*radius));
    }
    middles
}

/// The middle of the box round the points.
pub(super) fn middle(points: &[Point]) -> Point {
    let start = points.first().copied().unwrap_or_default();
    let (low, high) = points.iter().fold((start, start), |(low, high), point| {
        let low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
        (low, Point { x: high.x.max(point.x), y: high.y.max(point.y) })
    });
    Point { x: f64::midpoint(low.x, high.x), y: f64::midpoint(low.y, high.y) }
}

/// The distance of the point farthest from the middle.
pub(super) fn radius(points: &[Point]) -> f64 {
    let middle = middle(points);
    points.iter().map(|point| length(point.x - middle.x, point.y - middle.y)).fold(0.0, f64::max)
}

/// Parts in a circle round the middle of all.
struct Ring {
    /// From the middle of all to the middle of each part.
    distance: f64,
    /// The largest radius of a part in this ring.
    widest: f64,
    /// Which way the last part lies, and how wide it is; none before the first.
    last: Option<(Point, f64)>,
    /// Half of the angle gone round so far, as tangents add up; a full turn is some π.
    turned: f64,
}

impl Ring {
    fn new(inner: f64, widest: f64) -> Self {
        Self { distance: inner + widest, widest, last: None, turned: 0.0 }
    }

    /// The tangent of half the angle between the last part and one of that radius.
    fn half_angle(&self, radius: f64) -> f64 {
        self.last.map_or(0.0, |(_, last)| (last + radius + GAP) / (2.0 * self.distance))
    }

    /// Whether a part still fits between the last and the first. The tangent is no less than its
    /// angle, so parts never overlap.
    fn has_room(&self, radius: f64) -> bool {
        let closing = (self.widest + radius + GAP) / (2.0 * self.distance);
        self.last.is_none() || self.turned + self.half_angle(radius) + closing < 3.1
    }

    fn place(&mut self, radius: f64) -> Point {
        let half = self.half_angle(radius);
        let (direction, _) = self.last.unwrap_or((Point { x: 0.0, y: 1.0 }, 0.0));
        let whole = 1.0 + half * half;
        let (cos, sin) = ((1.0 - half * half) / whole, 2.0 * half / whole);
        let direction = Point { x: direction.x * cos + direction.y * sin, y: direction.y * cos - direction.x * sin };
        self.turned += half;
        self.last = Some((direction, radius));
        self.widest = self.widest.max(radius);
        Point { x: direction.x * self.distance, y: direction.y * self.distance }
    }
}
