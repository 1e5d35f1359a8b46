//! Names of titles, headings and fields that running text uses again.

use super::Signal;
use super::collect::Collected;
use super::seen::Read;
use crate::extract::english::{is_english, is_generic};
use crate::extract::matcher::{Match, Matcher};
use crate::extract::word::Words;
use crate::read::{Block, BlockKind, InlineKind};
use crate::text::{Name, hash};

/// Heading and field names of two and more words that running text uses again.
pub(super) fn repeated(blocks: &[(&Block, &Read)], collected: &mut Collected) {
    let mut matcher = Matcher::default();
    let placed =
        |signal: Signal| matches!(signal, Signal::Title | Signal::Heading | Signal::Definition | Signal::Listed);
    let shown = collected.names.iter().filter(|(_, shown)| shown.signals.iter().any(|(signal, _)| placed(*signal)));
    let mut named: Vec<Name> = shown.map(|(key, _)| key.clone()).collect();
    named.sort_unstable();
    for (id, key) in (0..).zip(&named) {
        matcher.add(key.split(' '), id);
    }
    let first = |key: &Name| hash::of(key.split(' ').next().unwrap_or("").as_bytes());
    let firsts: Vec<u32> = named.iter().map(first).collect();
    let accept = |_: &Match| true;
    for (block, read) in blocks {
        let words = &read.words;
        if matches!(block.kind, BlockKind::Heading | BlockKind::Code { .. })
            || !read.may_open(&firsts)
            || is_link(block)
        {
            continue;
        }
        let key_end = read.field.map_or(0, |(key, _)| key.end);
        for found in matcher.find(&block.text, words, &accept) {
            let alone = found.span.len() + 2 >= block.text.len();
            if found.span.start >= key_end
                && !alone
                && !(found.end - found.first == 1 && is_generic(&named[found.id as usize]))
                && is_used_as_noun(words, &found)
            {
                collected.add_found(&block.text, words, &found, Signal::Repeated);
            }
        }
    }
}

/// Whether a block is one link, as the lines of a table of contents are: they say headings again.
fn is_link(block: &Block) -> bool {
    let link = |kind: &InlineKind| matches!(kind, InlineKind::Link { .. } | InlineKind::WikiLink { .. });
    block.inlines.iter().any(|inline| link(&inline.kind) && inline.span.of(&block.text) == block.text.trim())
}

/// Whether a short English word is a noun here: behind an article, or a plural. `Go` and `Pod` are both titles, and
/// `pods` means the one while `go` does not mean the other.
fn is_used_as_noun(words: &Words, found: &Match) -> bool {
    let word = &words.all()[found.first];
    let folded = words.folded(word);
    let short = found.end - found.first == 1 && folded.len() <= 5 && is_english(folded);
    let before = found.first.checked_sub(1).map_or("", |at| words.folded(&words.all()[at]));
    let article = matches!(before, "a" | "an" | "any" | "each" | "every" | "its" | "per" | "same" | "the" | "this");
    !short || article || words.singular(word) != folded
}

#[cfg(test)]
mod tests {
    use super::Signal;
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    /// The signals that a note gives the name with this key, and the score they come to.
    fn signals(note: &str, key: &str) -> (Vec<(Signal, u32)>, u32) {
        let discovery = Extractor::new(&Overrides::default()).discover(&read("note.md", note.as_bytes()).0);
        let candidate = discovery.candidates.iter().find(|candidate| *candidate.key == *key).unwrap();
        (candidate.signals.to_vec(), candidate.score())
    }

    #[test]
    fn running_text_says_a_heading_again_and_a_table_of_contents_does_not() {
        let listed = "# Notes\n\n- [Widget frames](#widget-frames)\n\n## Widget frames\n\nThey hold.\n";
        assert_eq!(signals(listed, "widget frame"), (vec![(Signal::Heading, 1)], 600));
        let used = "# Notes\n\n## Widget frames\n\nThe house is made of widget frames.\n";
        assert_eq!(signals(used, "widget frame"), (vec![(Signal::Heading, 1), (Signal::Repeated, 1)], 1000));
    }

    #[test]
    fn one_place_of_plain_words_is_not_enough() {
        let list = "# Notes\n\n## Optimal places\n\n- Optimal places: it answers from there\n";
        let (signals, score) = signals(list, "optimal place");
        assert_eq!((signals, score), (vec![(Signal::Heading, 1), (Signal::Definition, 1)], 900));
    }
}
