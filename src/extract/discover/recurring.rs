//! Headings and keys that come back in a note: `Trade-offs` under each of ten systems is a part of the text, no concept.

use rustc_hash::{FxHashMap, FxHashSet};

use super::seen::Read;
use crate::extract::english::is_english;
use crate::extract::word::{Words, name_key};
use crate::read::{Block, BlockKind};

/// As often in one note, plain words over text are a habit of its writer; other words are where they come more often.
const OFTEN: u32 = 3;
const MORE_OFTEN: u32 = 5;

/// The keys of names that stand as a heading, as a field's key or alone before a colon at least [`OFTEN`] times, if they
/// are plain English, or [`MORE_OFTEN`]. Linear in the note.
pub(super) fn recurring(blocks: &[(&Block, &Read)]) -> FxHashSet<String> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for (block, read) in blocks {
        let text = block.text.as_str();
        let caption = match block.kind {
            BlockKind::Heading => read.place.heading(text),
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                read.field.map(|(key, _)| key.of(text)).or_else(|| text.trim_end().strip_suffix(':'))
            }
            _ => None,
        };
        if let Some(caption) = caption.map(str::trim).filter(|caption| caption.len() <= LONGEST) {
            *counts.entry(caption).or_default() += 1;
        }
    }
    let often = |(caption, count): &(&str, u32)| *count >= MORE_OFTEN || *count >= OFTEN && is_plain(caption);
    counts.into_iter().filter(often).map(|(caption, _)| name_key(caption)).collect()
}

/// Longer captions are sentences, in bytes.
const LONGEST: usize = 40;

fn is_plain(caption: &str) -> bool {
    let words = Words::new(caption);
    let part = |part: &str| is_english(part);
    words.all().iter().all(|word| words.folded(word).split('-').all(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_over_text_three_times_are_a_habit() {
        let text = "## Kafka\n\n### Benefits seen\n\n- Durability: high\n\n## Hive\n\n### Benefits seen\n\n## Pig\n\n### Benefits seen\n";
        let (note, _) = crate::read::read("a.md", text.as_bytes());
        let extractor = crate::extract::Extractor::new(&crate::config::Overrides::default());
        let seen = super::super::SeenBlocks::default();
        let discoverer =
            super::super::Discoverer { vocabulary: &extractor.vocabulary, matcher: &extractor.matcher, seen: &seen };
        let read: Vec<Read> = note.blocks.iter().map(|block| discoverer.read(block)).collect();
        let found: Vec<String> = recurring(&note.blocks.iter().zip(&read).collect::<Vec<_>>()).into_iter().collect();
        assert_eq!(found, ["benefits seen"]);
    }
}
