//! Names that the vocabulary knows.

use super::Signal;
use super::collect::Finds;
use crate::extract::english::is_english;
use crate::extract::matcher::{Match, Matcher};
use crate::extract::relation::verb_follows;
use crate::extract::vocabulary::Vocabulary;
use crate::extract::word::{Shape, Words};
use crate::read::{Block, BlockKind};
use crate::text::Name;

/// The names of the vocabulary in a block.
pub(super) fn known_names(
    vocabulary: &Vocabulary,
    matcher: &Matcher,
    block: &Block,
    words: &Words,
    finds: &mut Finds,
) -> Vec<Match> {
    let accept = |found: &Match| {
        let entry = &vocabulary.entries()[found.id as usize];
        let written = found.span.of(&block.text);
        let spelt = |name: &Name| **name == *written;
        let lower = !written.chars().any(char::is_uppercase);
        let short = found.end - found.first == 1 && name_is_risky(&entry.name, written);
        let english = || words.all()[found.first..found.end].iter().all(|word| is_english(words.folded(word)));
        let ordinary = entry.ordinary && english() || found.end - found.first == 1 && (entry.ordinary || english());
        let proper = entry.name.chars().any(char::is_uppercase);
        let said = || !lower && !opens_plainly(block, words, found);
        !(ordinary && proper && !said()) && (!short || spelt(&entry.name) || entry.aliases.iter().any(spelt))
    };
    let found = matcher.find(&block.text, words, &accept);
    for found in &found {
        let single = found.end - found.first == 1;
        let common = single && is_common(&vocabulary.entries()[found.id as usize].name);
        let signal = if common { Signal::CommonNoun } else { Signal::Vocabulary };
        finds.add_found(&block.text, words, found, signal);
        let first = &words.all()[found.first];
        if found.end - found.first > 1 && vocabulary.get(words.folded(first)).is_some_and(|entry| entry.platform) {
            finds.add(first.span.of(&block.text), Signal::Vocabulary);
        }
    }
    found
}

/// Whether a short name reads as an English word in another case (`IT`, `AS`, `Go`, `R`), so that
/// only its exact spelling counts.
fn name_is_risky(name: &str, written: &str) -> bool {
    let short = name.chars().count() <= 4 || written.chars().count() <= 3;
    short && {
        let folded = written.to_lowercase();
        folded.chars().count() <= 4 && is_english(&folded)
    }
}

/// Whether an English word stands where any word has a capital and no verb follows it: `Connect to a source`.
pub(in crate::extract) fn opens_plainly(block: &Block, words: &Words, found: &Match) -> bool {
    let all = words.all();
    let first = &all[found.first];
    if !(first.opens && found.end - found.first == 1 && first.shape == Shape::Capital) {
        return false;
    }
    let before = block.text[..found.span.start].trim_end();
    let last = block.text[found.span.end..].chars().all(|mark| matches!(mark, ':' | '.'));
    let alone = last && (before.is_empty() || before.ends_with(':'));
    let listed = block.text[found.span.end..].starts_with([',', '/'])
        && all.get(found.end).is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Number));
    let keyed = block.text[found.span.end..].starts_with(':')
        || matches!(block.kind, BlockKind::Heading | BlockKind::Row { .. });
    let next = all.get(found.end).map_or("", |word| words.folded(word));
    let verb = matches!(
        next,
        "is" | "was" | "has" | "can" | "will" | "and" | "or" | "are" | "does" | "should" | "could" | "must"
    ) || verb_follows(next);
    !(alone || listed || keyed || verb)
}

/// Whether a vocabulary name is plain English in lower case.
fn is_common(name: &str) -> bool {
    if name.contains(char::is_uppercase) {
        return false;
    }
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return is_english(name);
    }
    let words = Words::new(name);
    words.all().iter().all(|word| word.shape == Shape::Lower && is_english(words.folded(word)))
}
