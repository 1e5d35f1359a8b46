//! Sets of words that tell most others apart without a look at them.

use super::word::Word;
use crate::text::hash;

/// Which words may be in a set, by bits of their numbers: 64 times `N` of them.
#[derive(Clone, Debug)]
pub(super) struct Sieve<const N: usize>([u64; N]);

impl<const N: usize> Default for Sieve<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Sieve<N> {
    /// The sieve of some folded words.
    #[must_use]
    pub(super) fn of<'w>(listed: impl IntoIterator<Item = &'w str>) -> Self {
        let mut sieve = Self::default();
        listed.into_iter().for_each(|word| sieve.add(hash::of(word.as_bytes())));
        sieve
    }

    /// Adds the word with that number.
    pub(super) const fn add(&mut self, number: u32) {
        let (at, bit) = Self::bit(number);
        self.0[at] |= bit;
    }

    /// Where the bit of a number stands.
    const fn bit(number: u32) -> (usize, u64) {
        let bit = number as usize % (N * 64);
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether the word with that number may be in the set.
    #[must_use]
    pub(super) const fn may_hold(&self, number: u32) -> bool {
        let (at, bit) = Self::bit(number);
        self.0[at] & bit != 0
    }

    /// Whether the word, as written, may be in the set.
    #[must_use]
    pub(super) const fn lets_through(&self, word: &Word) -> bool {
        self.may_hold(word.hashes[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::word::Words;

    #[test]
    fn what_is_listed_passes_and_hardly_anything_else() {
        let listed = ["such", "like", "including", "e.g", "for"];
        let sieve = Sieve::<64>::of(listed);
        let words = Words::new("SUCH like including e.g. for");
        assert!(words.all().iter().all(|word| sieve.lets_through(word)));
        let others: String = (0..1000).map(|number| format!("word{number} ")).collect();
        let passed = Words::new(&others).all().iter().filter(|word| sieve.lets_through(word)).count();
        assert!(passed < 10, "{passed}");
    }
}
