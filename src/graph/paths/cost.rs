//! What a relation costs a path: integers, so that sums compare the same everywhere.

use std::sync::LazyLock;

use crate::graph::{NodeId, RelationshipId, Topology, TypeId};

/// A cost of 1.
pub(super) const UNIT: u32 = 10_000;

/// A node with more relations than this is a hub.
const HUB: usize = 32;

/// 1 - ln confidence, for each number of thousandths, in ten-thousandths.
static COSTS: LazyLock<Vec<u32>> = LazyLock::new(|| (0..=1000).map(cost).collect());

fn cost(thousandths: u16) -> u32 {
    let cost = f64::from(UNIT) * (1.0 - (f64::from(thousandths.max(1)) / 1000.0).ln());
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 8 units")]
    #[expect(clippy::cast_sign_loss, reason = "a logarithm of at most 1 is not positive")]
    let rounded = cost.round() as u32;
    rounded
}

/// What a relation costs, in ten-thousandths of 1: 1 - ln confidence. Bookkeeping costs 1.
#[must_use]
#[inline]
pub fn relation_cost(topology: &Topology<'_>, id: RelationshipId) -> u32 {
    topology.confidence(id).map_or(UNIT, |confidence| COSTS[usize::from(confidence.min(1000))])
}

/// What people would rather not read: a relation without a sharp type costs 1 more.
pub(super) fn shown_cost(topology: &Topology<'_>, id: RelationshipId, vague: Option<TypeId>) -> u64 {
    let extra = if Some(topology.type_of(id)) == vague { UNIT } else { 0 };
    u64::from(relation_cost(topology, id)) + u64::from(extra)
}

/// Passing a node of many relations says little: a quarter for each doubling past [`HUB`].
pub(super) fn hub_cost(topology: &Topology<'_>, node: NodeId) -> u64 {
    let degree = topology.relations_out(node).len() + topology.relations_in(node).len();
    let doublings = (degree / HUB).checked_ilog2().unwrap_or(0);
    u64::from(doublings) * u64::from(UNIT) / 4
}
