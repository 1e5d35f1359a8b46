//! Blocks that notes have in common, each read once: versions of a text repeat most of it.
//!
//! In: a block and how to read it. Out: what it introduces by itself. Blocks are one where their words, their kind and
//! their marks are. Shared by threads; holds at most [`LIMIT`] bytes of text, later blocks are read each time.

use std::hash::{Hash, Hasher};
use std::mem::{Discriminant, discriminant};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHasher};

use super::collect::Finds;
use crate::read::{Block, BlockKind, Inline};

/// How much text is held, in bytes.
const LIMIT: usize = 16 << 20;
/// Parts of the table that are locked apart.
const SHARDS: usize = 32;

/// The blocks of the notes read so far.
#[derive(Default)]
pub struct SeenBlocks {
    shards: [Shard; SHARDS],
}

#[derive(Default)]
struct Shard(Mutex<Held>);

#[derive(Default)]
struct Held {
    blocks: FxHashMap<u64, Vec<Seen>>,
    bytes: usize,
}

struct Seen {
    kind: Discriminant<BlockKind>,
    text: Box<str>,
    inlines: Box<[Inline]>,
    finds: Arc<Finds>,
}

impl Seen {
    fn is(&self, block: &Block) -> bool {
        self.kind == discriminant(&block.kind) && *self.text == block.text && *self.inlines == *block.inlines
    }
}

impl SeenBlocks {
    /// What a block introduces by itself, by this call or by that for an earlier one.
    pub(super) fn get_or_read(&self, block: &Block, read: impl FnOnce() -> Finds) -> Arc<Finds> {
        let mut hasher = FxHasher::default();
        (discriminant(&block.kind), &block.text, &block.inlines).hash(&mut hasher);
        let hash = hasher.finish();
        let shard = &self.shards[usize::try_from(hash % SHARDS as u64).expect("it is less than the number of shards")];
        let held = || shard.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = held()
            .blocks
            .get(&hash)
            .and_then(|seen| seen.iter().find(|seen| seen.is(block)).map(|seen| seen.finds.clone()));
        known.unwrap_or_else(|| {
            let finds = Arc::new(read());
            held().keep(hash, block, &finds);
            finds
        })
    }
}

impl Held {
    fn keep(&mut self, hash: u64, block: &Block, finds: &Arc<Finds>) {
        let seen = self.blocks.entry(hash).or_default();
        if self.bytes + block.text.len() <= LIMIT / SHARDS && !seen.iter().any(|seen| seen.is(block)) {
            self.bytes += block.text.len();
            let (text, inlines) = (block.text.as_str().into(), block.inlines.as_slice().into());
            seen.push(Seen { kind: discriminant(&block.kind), text, inlines, finds: finds.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    #[test]
    fn blocks_are_one_where_words_kind_and_marks_are() {
        let (extractor, seen) = (Extractor::new(&Overrides::default()), SeenBlocks::default());
        let words = "Zorblax Engine is a broker by Acme Labs (AL)";
        for (before, behind) in [("", ""), ("# ", ""), ("- ", ""), ("**", "**"), ("`", "`"), ("[", "](b.md)")] {
            for name in ["a.md", "b.md"] {
                let text = format!("# Kafka\n\n{before}{words}{behind}\n");
                let (note, _) = read(name, text.as_bytes());
                assert_eq!(extractor.discover_among(&note, &seen), extractor.discover(&note));
            }
        }
        let held = |shard: &Shard| shard.0.lock().unwrap().blocks.values().map(Vec::len).sum::<usize>();
        // One heading over all, and each way of writing the words.
        assert_eq!(seen.shards.iter().map(held).sum::<usize>(), 7);
    }
}
