//! The number of a name by its bytes: the same on every machine, as tables are stored. `build.rs` fills that of known words with it.

/// The first slot to look at for a word, in a table of `slots` slots, a power of two.
pub(crate) fn slot(word: &[u8], slots: usize) -> usize {
    of(word) as usize & (slots - 1)
}

/// The byte in a set of so many bits that has the bit of a number, a power of two, and that bit.
pub(crate) fn bit(number: u32, bits: usize) -> (usize, u8) {
    let bit = number as usize & (bits - 1);
    (bit / 8, 1 << (bit % 8))
}

/// The number of a word. Takes eight bytes at a time, the last ones of a longer word once more.
pub(crate) fn of(word: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = |sum: u64, bytes: u64| (sum.rotate_left(23) ^ bytes).wrapping_mul(FACTOR);
    let length = word.len() as u64;
    let sum = match word {
        [] => length,
        [first, rest @ ..] if word.len() < 4 => {
            let rest = rest.iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte));
            mixed(length, rest << 8 | u64::from(*first))
        }
        _ => match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            (Some(_), Some(last)) => {
                let eights = word.as_chunks::<8>().0;
                let sum = eights.iter().fold(length, |sum, bytes| mixed(sum, u64::from_le_bytes(*bytes)));
                if word.len().is_multiple_of(8) { sum } else { mixed(sum, u64::from_le_bytes(*last)) }
            }
            _ => {
                let half = |bytes: Option<&[u8; 4]>| bytes.map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
                mixed(length, half(word.first_chunk()) | half(word.last_chunk()) << 32)
            }
        },
    };
    u32::try_from((sum ^ sum >> 32) & u64::from(u32::MAX)).expect("it has 32 bits")
}
