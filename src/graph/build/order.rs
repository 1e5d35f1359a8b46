//! Sorts rows of which some, at the front, are in order already.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

/// Sorts rows of which the first `ordered` stand, most likely, as they should: they cost one comparison each.
pub(super) fn sort<T: Copy + Send>(rows: &mut [T], ordered: usize, compare: impl Fn(&T, &T) -> Ordering + Sync) {
    let (_, others) = rows.split_at_mut(ordered.min(rows.len()));
    others.par_sort_unstable_by(&compare);
    if ordered > 0 {
        // The standard sort finds the two runs and merges them.
        rows.sort_by(compare);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_whether_the_front_was_or_not() {
        for front in [vec![1, 4, 9], vec![9, 1, 4], vec![]] {
            let ordered = front.len();
            let mut rows: Vec<u32> = front.into_iter().chain([5, 3, 10]).collect();
            let mut expected = rows.clone();
            expected.sort_unstable();
            sort(&mut rows, ordered, Ord::cmp);
            assert_eq!(rows, expected);
        }
    }
}
