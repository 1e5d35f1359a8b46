//! Lists of few words that rules look for among many.

use super::word::Word;
use crate::text::hash;

/// Which words may be on a list, by bits of their numbers: most that are not on it are told without a look at them.
pub(super) struct Sieve([u64; SIEVE / 64]);

/// Bits of a sieve.
const SIEVE: usize = 4096;

impl Sieve {
    /// The sieve of some folded words.
    #[must_use]
    pub(super) fn of<'w>(listed: impl IntoIterator<Item = &'w str>) -> Self {
        let mut bits = [0; SIEVE / 64];
        for word in listed {
            let (at, bit) = Self::bit(hash::of(word.as_bytes()));
            bits[at] |= bit;
        }
        Self(bits)
    }

    /// Where the bit of a number stands.
    const fn bit(number: u32) -> (usize, u64) {
        let bit = number as usize % SIEVE;
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether the word, as written, may be on the list.
    #[must_use]
    pub(super) const fn lets_through(&self, word: &Word) -> bool {
        let (at, bit) = Self::bit(word.hashes[0]);
        self.0[at] & bit != 0
    }
}
