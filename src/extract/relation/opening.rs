//! `Data warehouse on top of Hadoop.` right under the heading `Hive`: what a note first says of its subject, without a verb.
//!
//! In: the first block under a heading (or title) that names a concept. Where its first sentence opens with a noun phrase
//! in the singular that ends in a class, the concept `IS_A` of that class. Reads one sentence a section.

use super::copula::class_at_end;
use super::slot::is_preposition;
use super::verb_frames::verb;
use super::{End, Page, Sink};
use crate::extract::RelationType;
use crate::extract::english::is_boundary;
use crate::extract::phrase::{asserts_nothing, is_class_name};
use crate::extract::word::{Gap, Shape};
use crate::read::BlockKind;

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    let subject = page.around.subject.filter(|subject| subject.own && page.is_solid(subject.concept));
    if let (Some(index), Some(subject)) = (page.opening(), subject) {
        define(page, index, subject.into(), sink);
    }
}

fn define(page: &Page<'_>, index: usize, subject: End, sink: &mut Sink) {
    let line = &page.lines[index];
    let Some(sentence) = line.sentences.first().copied() else { return };
    let range = line.words.within(sentence);
    let prose = line.block.kind == BlockKind::Paragraph && line.field.is_none();
    if !prose || asserts_nothing(line.text(sentence)) {
        return;
    }
    let folded = |at: usize| line.words.folded(&line.words.all()[at]);
    // `The library provides assertions` speaks of one that was named before.
    if range.clone().next().is_some_and(|at| folded(at) == "the") {
        return;
    }
    let article = range.clone().next().is_some_and(|at| matches!(folded(at), "a" | "an"));
    let start = range.start + usize::from(article);
    let Some(class) = class_at_end(line, start, range.end) else { return };
    let last = &line.words.all()[class.words.end - 1];
    let singular = line.words.singular(last) == line.words.folded(last);
    let qualifies = |at: usize| !is_boundary(folded(at)) && !folded(at).ends_with('s') && verb(folded(at)).is_none();
    let qualified = (start..class.words.start).all(qualifies);
    let lower = line.words.all()[class.words.clone()].iter().all(|word| word.shape != Shape::Capital || word.opens);
    // `The API of Kafka is small` is about the API, `Star schema must be mapped` about schemas.
    let described = line.words.all().get(class.words.end).filter(|_| class.words.end < range.end).is_none_or(|next| {
        let behind = matches!(line.words.folded(next), "that" | "which" | "where");
        next.gap == Gap::Break
            || behind
            || is_preposition(line.words.folded(next)) && line.words.folded(next) != "of"
            || verb(line.words.folded(next)).is_some_and(|(_, participle)| participle)
    });
    if singular && qualified && lower && described && is_class_name(line.text(class.span)) {
        sink.add((page, index), subject, RelationType::IsA, class, ("opening-class", 800), sentence);
    }
}
