//! Clauses without a subject of their own, which speak of what was said before, or tell the reader what to do: `Supports JSON` and
//! `Always use JSON`, under the heading of the same thing.
//!
//! In: a line, a sentence of it, the word where its verb stands. Out: whether the verb may have the subject that was found for it.

use std::ops::Range;

use super::verb::is_adjective;
use super::verb_frames::{Verb, verb};
use super::{End, Line};
use crate::read::BlockKind;
use crate::text::Span;

/// Whether a clause that names no subject speaks of what was said before: by a pronoun, or because it opens with its verb, as in `Supports
/// JSON`, `Built on Hadoop`.
pub(super) fn points_back(line: &Line<'_>, range: &Range<usize>, at: usize) -> bool {
    let folded = |at: usize| line.words.folded(&line.words.all()[at]);
    let opening = (range.start..at).find(|at| !super::subject::is_light(folded(*at))).unwrap_or(at);
    let able = at > range.start && matches!(folded(at - 1), "can" | "could" | "may" | "will");
    let tells = able || folded(at).ends_with('s') || verb(folded(at)).is_some_and(|(_, participle)| participle);
    let pronoun = |at: usize| {
        matches!(folded(at), "it" | "they" | "this" | "these" | "which" | "that" | "who" | "its" | "ability")
    };
    // A cell tells of its row: `Collecting and moving logs to HDFS`.
    let cell = matches!(line.block.kind, BlockKind::Row { .. }) && folded(at).ends_with("ing");
    opening == at && tells || cell || (range.start..at).any(pronoun)
}

/// Whether a block is a bullet of a few words, which under a product's name tells what it does: `Storing data on virtual drives (EBS)`.
pub(super) fn is_short_item(line: &Line<'_>) -> bool {
    matches!(line.block.kind, BlockKind::Item { .. }) && line.words.all().len() <= SHORT_ITEM
}

/// The longest of such bullets, in words.
const SHORT_ITEM: usize = 8;

/// Whether the base form of a verb stands apart from the name: `For ingestion from S3: always use Kafka` tells the reader what to do.
pub(super) fn is_told_to(line: &Line<'_>, subject: &End, (at, verb): (usize, &Verb)) -> bool {
    let words = line.words.all();
    if verb.forms.first() != Some(&line.words.folded(&words[at])) || is_adjective(line.words.folded(&words[at])) {
        return false;
    }
    let apart = |span: Span| {
        span.end < words[at].span.start
            && line.text(Span::new(span.end, words[at].span.start)).contains([',', ':', ';', '—'])
    };
    let led = at.checked_sub(1).map_or("", |before| line.words.folded(&words[before]));
    let joined = matches!(
        led,
        "to" | "can"
            | "will"
            | "could"
            | "may"
            | "must"
            | "should"
            | "would"
            | "not"
            | "you"
            | "we"
            | "they"
            | "and"
            | "or"
            | "that"
            | "which"
    );
    !joined && subject.span.is_some_and(apart)
}
