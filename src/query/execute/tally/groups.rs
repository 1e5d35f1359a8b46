//! Counts by three numbers, in the order in which the numbers first came together.

use rustc_hash::FxHashMap;

/// Numbers below this are counted in a table.
const SMALL: u32 = 64;

/// Counts by the numbers of three keys.
#[derive(Default)]
pub(super) struct Groups {
    /// For three small numbers, one more than the group's place; 0 for none.
    table: Vec<u32>,
    places: FxHashMap<[u32; 3], usize>,
    groups: Vec<([u32; 3], u64)>,
}

impl Groups {
    /// Adds `count` to the group of `key`.
    #[inline]
    pub(super) fn add(&mut self, key: [u32; 3], count: u64) {
        let [one, two, three] = key;
        if one.max(two).max(three) >= SMALL {
            self.add_large(key, count);
            return;
        }
        let cell = ((one * SMALL + two) * SMALL + three) as usize;
        match self.table.get(cell).copied() {
            Some(place @ 1..) => self.groups[place as usize - 1].1 += count,
            _ => self.add_cell(cell, key, count),
        }
    }

    #[cold]
    fn add_cell(&mut self, cell: usize, key: [u32; 3], count: u64) {
        if self.table.is_empty() {
            self.table = vec![0; (SMALL * SMALL * SMALL) as usize];
        }
        self.groups.push((key, count));
        self.table[cell] = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
    }

    fn add_large(&mut self, key: [u32; 3], count: u64) {
        let groups = &mut self.groups;
        let place = *self.places.entry(key).or_insert_with(|| {
            groups.push((key, 0));
            groups.len() - 1
        });
        groups[place].1 += count;
    }

    /// The sum of all counts.
    pub(super) fn total(&self) -> u64 {
        self.groups.iter().map(|(_, count)| count).sum()
    }

    /// The groups with their counts.
    pub(super) fn into_groups(self) -> Vec<([u32; 3], u64)> {
        self.groups
    }
}
