//! A column of integers, as narrow as its largest value allows.

use std::ops::Range;

/// A borrowed column of unsigned integers of 1, 2, 4 or 8 bytes each.
#[derive(Clone, Copy, Debug)]
pub(in crate::graph) enum Ints<'a> {
    /// One byte each.
    W8(&'a [u8]),
    /// Two bytes each.
    W16(&'a [u16]),
    /// Four bytes each.
    W32(&'a [u32]),
    /// Eight bytes each.
    W64(&'a [u64]),
}

impl Ints<'_> {
    /// How many values it holds.
    pub(in crate::graph) const fn len(self) -> usize {
        match self {
            Self::W8(column) => column.len(),
            Self::W16(column) => column.len(),
            Self::W32(column) => column.len(),
            Self::W64(column) => column.len(),
        }
    }

    /// The value at `index`; 0 past the end.
    #[inline]
    pub(in crate::graph) fn get(self, index: usize) -> u64 {
        match self {
            Self::W8(column) => column.get(index).copied().map_or(0, u64::from),
            Self::W16(column) => column.get(index).copied().map_or(0, u64::from),
            Self::W32(column) => column.get(index).copied().map_or(0, u64::from),
            Self::W64(column) => column.get(index).copied().unwrap_or(0),
        }
    }

    /// The value at `index` as a position.
    #[inline]
    pub(in crate::graph) fn at(self, index: usize) -> usize {
        usize::try_from(self.get(index)).unwrap_or(usize::MAX)
    }

    /// The value at `index` in 32 bits, saturating.
    #[inline]
    pub(in crate::graph) fn small(self, index: usize) -> u32 {
        u32::try_from(self.get(index)).unwrap_or(u32::MAX)
    }

    /// The value at `index` in 16 bits, saturating.
    #[inline]
    pub(in crate::graph) fn tiny(self, index: usize) -> u16 {
        u16::try_from(self.get(index)).unwrap_or(u16::MAX)
    }

    /// The positions that entry `index` of this column of offsets owns in a column of `limit` values.
    #[inline]
    pub(in crate::graph) fn range(self, index: usize, limit: usize) -> Range<usize> {
        let (start, end) = (self.at(index), self.at(index + 1).min(limit));
        start.min(end)..end
    }

    /// Gives each row its value, in 32 bits, saturating: the first row the first value, and so on.
    pub(in crate::graph) fn pour<T>(self, rows: &mut [T], take: impl Fn(&mut T, u32)) {
        match self {
            Self::W8(column) => rows.iter_mut().zip(column).for_each(|(row, value)| take(row, u32::from(*value))),
            Self::W16(column) => rows.iter_mut().zip(column).for_each(|(row, value)| take(row, u32::from(*value))),
            Self::W32(column) => rows.iter_mut().zip(column).for_each(|(row, value)| take(row, *value)),
            Self::W64(_) => rows.iter_mut().enumerate().for_each(|(index, row)| take(row, self.small(index))),
        }
    }

    /// The entry of this column of offsets that owns `position`.
    pub(in crate::graph) fn owner(self, position: usize) -> usize {
        partition(0..self.len(), |index| self.at(index) <= position).saturating_sub(1)
    }
}

/// The first position of `range` for which `before` is false; true ones stand first.
#[inline]
pub(in crate::graph) fn partition(range: Range<usize>, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end.max(range.start));
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_give_ranges_and_owners_and_damage_gives_empty_ones() {
        let offsets = Ints::W8(&[0, 2, 2, 5]);
        assert_eq!([0, 1, 2, 3].map(|at| offsets.range(at, 5)), [0..2, 2..2, 2..5, 0..0]);
        assert_eq!([0, 1, 2, 4].map(|at| offsets.owner(at)), [0, 0, 2, 2]);
        assert_eq!(Ints::W8(&[9, 3]).range(0, 5), 3..3);
        assert_eq!(Ints::W64(&[0, u64::MAX]).range(0, 5), 0..5);
    }
}
