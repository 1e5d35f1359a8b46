//! Where a name stands in a table by its bytes: the same on every machine, as tables are stored. `build.rs` fills that of known words
//! with it.

/// The first slot to look at for a word, in a table of `slots` slots, a power of two. Takes eight bytes at a time.
pub(crate) fn slot(word: &[u8], slots: usize) -> usize {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut sum = word.len() as u64;
    for chunk in word.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        sum = (sum.rotate_left(23) ^ u64::from_le_bytes(bytes)).wrapping_mul(FACTOR);
    }
    usize::try_from((sum ^ sum >> 32) & (slots as u64 - 1)).expect("less than the number of slots")
}
