//! Counts by three numbers, in the order in which the numbers first came together.

use rustc_hash::FxHashMap;

/// Numbers below this are counted in a table.
const SMALL: u32 = 64;

/// Counts by the numbers of three keys.
#[derive(Default)]
pub(super) struct Groups {
    /// For three small numbers, their count.
    table: Vec<u64>,
    /// The counts of others.
    large: FxHashMap<[u32; 3], u64>,
    /// All groups, in the order in which they came.
    order: Vec<[u32; 3]>,
}

impl Groups {
    /// Adds `count`, which is not 0, to the group of `key`.
    #[inline]
    pub(super) fn add(&mut self, key: [u32; 3], count: u64) {
        let known = match cell(key) {
            Some(cell) => match self.table.get_mut(cell) {
                Some(known) => known,
                None => self.grown(cell),
            },
            None => self.large.entry(key).or_insert(0),
        };
        let first = *known == 0;
        *known += count;
        if first {
            self.order.push(key);
        }
    }

    #[cold]
    fn grown(&mut self, cell: usize) -> &mut u64 {
        self.table = vec![0; (SMALL * SMALL * SMALL) as usize];
        &mut self.table[cell]
    }

    /// The sum of all counts.
    pub(super) fn total(&self) -> u64 {
        self.order.iter().map(|key| self.count(*key)).sum()
    }

    /// The groups with their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = ([u32; 3], u64)> {
        self.order.iter().map(|key| (*key, self.count(*key)))
    }

    fn count(&self, key: [u32; 3]) -> u64 {
        let known = cell(key).map_or_else(|| self.large.get(&key), |cell| self.table.get(cell));
        known.copied().unwrap_or(0)
    }
}

/// Where three small numbers are counted.
#[inline]
fn cell([one, two, three]: [u32; 3]) -> Option<usize> {
    (one.max(two).max(three) < SMALL).then_some(((one * SMALL + two) * SMALL + three) as usize)
}
