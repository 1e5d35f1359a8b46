//! Names that a writer marked: links, bold words, code.

use super::Signal;
use super::collect::Finds;
use crate::extract::english::{is_class_noun, is_english};
use crate::extract::phrase::heading_name;
use crate::read::{Block, InlineKind};

/// Bold words of more bytes are no name.
const LONGEST_MARKED: usize = 200;

/// Links, bold words and code.
pub(super) fn marks(block: &Block, finds: &mut Finds) {
    for inline in &block.inlines {
        let shown = inline.span.of(&block.text);
        match &inline.kind {
            InlineKind::WikiLink { target } if !target.is_empty() => {
                let name = target.rsplit('/').next().unwrap_or(target);
                finds.add(name, Signal::Link);
            }
            InlineKind::Strong
                if shown.len() <= LONGEST_MARKED
                    && !is_stressed(shown)
                    && shown.split_whitespace().count() <= 4
                    && heading_name(shown).is_some() =>
            {
                finds.add(shown, Signal::Strong);
            }
            InlineKind::Code if is_name_like_code(shown) => finds.add(shown, Signal::Code),
            _ => {}
        }
    }
}

/// Whether a lower-case word is stressed rather than named: `**required**`, `**stateful**`.
fn is_stressed(shown: &str) -> bool {
    const DESCRIBING: &[&str] = &["able", "al", "ed", "ful", "ible", "ic", "ing", "ive", "less", "ly", "ous"];
    let word = shown.trim_matches(|letter: char| !letter.is_alphanumeric());
    let lower = !word.contains(char::is_whitespace) && !word.contains(char::is_uppercase);
    lower && (is_english(word) && !is_class_noun(word) || DESCRIBING.iter().any(|ending| word.ends_with(ending)))
}

fn is_name_like_code(code: &str) -> bool {
    code.len() > 2
        && code.len() <= 30
        && code.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        && !is_english(&code.to_lowercase())
}
