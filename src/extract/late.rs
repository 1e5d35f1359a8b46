//! What was made lately, kept for who asks again: versions of a text repeat most of their blocks, and notes that are called alike
//! are read one after another.
//!
//! In: a hash, how to know the value again, and how to make it. Out: the value, made once for as long as it is kept. There are two
//! generations: a value that is asked for goes into the young one, and what was not asked for while that filled twice is
//! forgotten. Shared by threads.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

/// How much text each generation stands for, in bytes.
const GENERATION: usize = 1 << 20;
/// Parts of the table that are locked apart.
const SHARDS: usize = 32;

/// A value that stands for some text.
pub(super) trait OfText {
    /// The bytes of its text.
    fn bytes(&self) -> usize;
}

/// Values that were made lately.
pub(super) struct Late<V> {
    shards: [Mutex<Generations<V>>; SHARDS],
}

/// Values by their hash, or the next number that no other value has.
type Table<V> = FxHashMap<u64, Arc<V>>;

struct Generations<V> {
    young: Table<V>,
    old: Table<V>,
    /// Bytes of text in the young one.
    bytes: usize,
}

impl<V> Default for Late<V> {
    fn default() -> Self {
        let empty = |_| Mutex::new(Generations { young: Table::default(), old: Table::default(), bytes: 0 });
        Self { shards: std::array::from_fn(empty) }
    }
}

impl<V: OfText> Late<V> {
    /// The value with this hash that `is` the one asked for; where there is none, it is made.
    pub(super) fn get_or_make(&self, hash: u64, is: impl Fn(&V) -> bool, make: impl FnOnce() -> V) -> Arc<V> {
        let shard = &self.shards[usize::try_from(hash % SHARDS as u64).expect("it is less than the number of shards")];
        let generations = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        let known = generations().get(hash, is);
        known.unwrap_or_else(|| {
            let made = Arc::new(make());
            generations().keep(hash, &made);
            made
        })
    }

    /// How many values are kept.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap()).map(|held| held.young.len() + held.old.len()).sum()
    }
}

impl<V: OfText> Generations<V> {
    fn get(&mut self, hash: u64, is: impl Fn(&V) -> bool) -> Option<Arc<V>> {
        let found = |table: &Table<V>| {
            let beside = (0..).map(|further| table.get(&hash.wrapping_add(further)));
            beside.map_while(|value| value).find(|value| is(value)).cloned()
        };
        found(&self.young).or_else(|| {
            let value = found(&self.old)?;
            self.keep(hash, &value);
            Some(value)
        })
    }

    fn keep(&mut self, hash: u64, value: &Arc<V>) {
        if self.bytes > GENERATION / SHARDS {
            let young = Table::with_capacity_and_hasher(self.young.len(), FxBuildHasher);
            self.old = std::mem::replace(&mut self.young, young);
            self.bytes = 0;
        }
        self.bytes += value.bytes();
        let mut number = hash;
        while self.young.contains_key(&number) {
            number = number.wrapping_add(1);
        }
        self.young.insert(number, value.clone());
    }
}

/// Values of something that is kept itself, each with what it was made for: of most things one. Shared by threads.
#[derive(Debug)]
pub(super) struct Cases<K, V> {
    /// The first one, which is found without a lock.
    first: OnceLock<(K, Arc<V>)>,
    others: Mutex<Vec<(K, Arc<V>)>>,
}

/// Of more other cases the oldest is forgotten.
const MOST_CASES: usize = 16;

impl<K, V> Default for Cases<K, V> {
    fn default() -> Self {
        Self { first: OnceLock::new(), others: Mutex::default() }
    }
}

impl<K, V> Cases<K, V> {
    /// The value for the case that `is` the one asked for; where there is none, it is made.
    pub(super) fn get_or_make(&self, is: impl Fn(&K) -> bool, make: impl FnOnce() -> (K, V)) -> Arc<V> {
        let others = || self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let first = self.first.get();
        if let Some((_, value)) = first.filter(|(case, _)| is(case)) {
            return value.clone();
        }
        let known = first.and_then(|_| others().iter().find(|(case, _)| is(case)).map(|(_, value)| value.clone()));
        known.unwrap_or_else(|| {
            let (case, value) = make();
            let value = Arc::new(value);
            if let Err(other) = self.first.set((case, value.clone())) {
                let mut others = others();
                if others.len() == MOST_CASES {
                    others.remove(0);
                }
                others.push(other);
            }
            value
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl OfText for String {
        fn bytes(&self) -> usize {
            self.len()
        }
    }

    #[test]
    fn late_values_are_given_again_and_old_ones_forgotten() {
        let late: Late<String> = Late::default();
        let get = |hash: u64, text: &str| late.get_or_make(hash, |kept| kept == text, || text.to_owned());
        let first = get(1, "one");
        // Of one hash, and not the same.
        assert_eq!(*get(1, "another"), "another");
        assert!(Arc::ptr_eq(&first, &get(1, "one")));
        let long = "x".repeat(1000);
        for number in 0..30_000 {
            get(number, &long);
            assert!(number % 50 > 0 || Arc::ptr_eq(&first, &get(1, "one")), "what is asked for is kept");
        }
        for number in 0..30_000 {
            get(number, &long);
        }
        assert!(!Arc::ptr_eq(&first, &get(1, "one")));
        assert!(late.len() < 2 * GENERATION / long.len() + 2 * SHARDS);
    }

    #[test]
    fn of_many_cases_the_first_and_the_last_are_kept() {
        let cases: Cases<usize, usize> = Cases::default();
        let get = |case: usize, made: usize| *cases.get_or_make(|other| *other == case, || (case, made));
        assert_eq!((0..MOST_CASES + 2).map(|case| get(case, 1)).sum::<usize>(), MOST_CASES + 2);
        assert_eq!([get(0, 2), get(MOST_CASES + 1, 2), get(2, 2), get(1, 2)], [1, 1, 1, 2]);
        assert_eq!(cases.others.lock().unwrap().len(), MOST_CASES);
    }
}
