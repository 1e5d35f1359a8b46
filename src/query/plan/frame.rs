//! Which slot of a row each name stands in.

use crate::text::Name;

/// Names and their slots; some slots have no name.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    names: Vec<(Name, usize)>,
    width: usize,
    /// Slots that are never null.
    certain: Vec<usize>,
}

impl Frame {
    /// A row that holds `names` and nothing else.
    pub(super) fn of(names: impl IntoIterator<Item = Name>) -> Self {
        let mut frame = Self::default();
        for name in names {
            frame.add(name);
        }
        frame
    }

    /// The slot of `name`.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.names.iter().rev().find(|(known, _)| &**known == name).map(|(_, slot)| *slot)
    }

    /// A new slot for `name`, instead of one it had.
    pub(super) fn add(&mut self, name: Name) -> usize {
        let slot = self.anonymous();
        self.alias(name, slot);
        slot
    }

    /// Lets `name` stand for a slot that is there.
    pub(super) fn alias(&mut self, name: Name, slot: usize) {
        self.names.retain(|(known, _)| *known != name);
        self.names.push((name, slot));
    }

    /// A new slot without a name.
    pub(super) const fn anonymous(&mut self) -> usize {
        self.width += 1;
        self.width - 1
    }

    /// Says that slots are never null.
    pub(super) fn certain(&mut self, slots: impl Iterator<Item = usize>) {
        self.certain.extend(slots);
    }

    /// Says that no more is known than in `other`.
    pub(super) fn as_certain_as(&mut self, other: &Self) {
        self.certain.clone_from(&other.certain);
    }

    /// Whether a slot is never null.
    pub(super) fn is_certain(&self, slot: usize) -> bool {
        self.certain.contains(&slot)
    }

    /// Names in the order they came, with their slots.
    pub(super) fn iter(&self) -> impl Iterator<Item = &(Name, usize)> {
        self.names.iter()
    }
}
