//! What the graph's counts say about a step.

use super::links::Link;
use crate::query::ast::Direction;
use crate::query::plan::Planner;
use crate::text::Name;

/// The share of rows that an equality keeps, where nothing more is known.
pub(super) const EQUALITY: f64 = 0.1;

/// The share of rows that any other predicate keeps.
pub(super) const PREDICATE: f64 = 0.3;

impl Planner<'_> {
    /// Nodes that have all of `labels`.
    pub(super) fn labelled(&self, labels: &[&Name]) -> f64 {
        let counts = labels.iter().map(|label| self.view.label_count(label));
        let all = self.view.node_count();
        as_float(counts.min().unwrap_or(all))
    }

    /// The share of nodes that has all of `labels`.
    pub(super) fn label_share(&self, labels: &[&Name]) -> f64 {
        self.labelled(labels) / as_float(self.view.node_count()).max(1.0)
    }

    /// Relationships that one node has on the average, of the link's types and direction.
    pub(super) fn fan_out(&self, link: &Link<'_>) -> f64 {
        let types = &link.pattern.types;
        let count = if types.is_empty() {
            self.view.relationship_count()
        } else {
            types.iter().map(|name| self.view.type_count(name)).sum()
        };
        let one = as_float(count) / as_float(self.view.node_count()).max(1.0);
        let one = if link.pattern.direction == Direction::Either { one * 2.0 } else { one };
        match link.pattern.length {
            None => one,
            Some(range) => {
                let hops = range.max.unwrap_or(4).clamp(1, 4);
                (1..=hops).map(|hop| one.max(0.5).powi(i32::try_from(hop).unwrap_or(4))).sum()
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
pub(super) const fn as_float(count: usize) -> f64 {
    count as f64
}
