//! Long forms that share their head: `scanning (SEM) and transmission (TEM) electron microscopy`.
//!
//! In: two brackets of a block that gave no pair. Out: both pairs, where the words before each bracket and the same
//! one to three words behind the second spell both short forms.

use super::Abbreviation;
use super::long::{MOST, Window};
use super::short::ShortForm;
use super::strategy;
use crate::text::Span;

const RULE: &str = "abbreviation-shared-head";

/// The pairs of two neighbouring brackets joined by `and` or `or`.
#[must_use]
pub(super) fn shared_head(text: &str, first: Span, second: Span) -> Option<[Abbreviation; 2]> {
    const JOINED: &[&str] = &[" and ", " or ", ", and ", "/"];
    let between = text.get(first.end + 1..second.start - 1)?;
    let joint = JOINED.iter().find(|joint| between.starts_with(**joint))?;
    let other = Span::new(first.end + 1 + joint.len(), second.start - 1);
    let clause =
        text[second.end + 1..].find(['.', ',', ';', '(', '[', ':']).map_or(text.len(), |at| second.end + 1 + at);
    let tail = Window::opening(text, Span::new(second.end + 1, clause), MOST);
    if other.of(text).split_whitespace().count() > 3 || other.of(text).contains(['(', '[']) {
        return None;
    }
    (1..=tail.len().min(3)).find_map(|count| {
        let pair = |short: Span, before: &Window<'_>| {
            let form = ShortForm::new(short.of(text)).filter(ShortForm::is_clear)?;
            let long = strategy::with_tail(&form, before, &tail.words()[..count])?;
            Some(Abbreviation { short, long, rule: RULE })
        };
        let before = Window::before(text, first.start - 1, MOST);
        Some([pair(first, &before)?, pair(second, &Window::opening(text, other, MOST))?])
    })
}
