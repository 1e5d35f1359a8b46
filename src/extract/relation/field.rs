//! `Key: value` lines whose key is a concept: what stands behind is said of it.
//!
//! `Hive: HDFS` under `Storage` keeps Hive's data in HDFS; elsewhere the two are related. A value that
//! opens with a class says what the key is: `Kafka: message broker`. Verbs in the value are read by `verb`, with the
//! key as their subject.

use super::stage::stage_key;
use super::verb_frames::verb;
use super::{Page, Sink};
use crate::extract::RelationType;
use crate::extract::english::is_boundary;
use crate::extract::phrase::{is_class_name, is_vague_name, sentences};
use crate::extract::word::{Shape, Word, Words};
use crate::read::BlockKind;
use crate::text::Span;

pub(super) fn read(page: &Page<'_>, index: usize, sink: &mut Sink) {
    let line = &page.lines[index];
    // `Kafka — Real World Patterns`: the parts of a title.
    let Some((key, value)) = line.field.filter(|_| line.block.kind != BlockKind::Heading) else { return };
    let Some(head) = line.covering(key).filter(|_| !line.block.text.trim_end().ends_with('?')) else { return };
    let names = line.within(value);
    let only_names = line.words.within(value).len() == names.iter().map(|found| found.words.len()).sum::<usize>();
    if only_names && !names.is_empty() && names.len() <= 6 && in_storage(page, index) {
        for found in names {
            sink.add((page, index), head, RelationType::StoresIn, found, ("field-storage", 800), line.whole());
        }
    } else if let Some(class) = class_at_start(page, index, value).filter(|_| !is_vague_name(line.text(key))) {
        let first =
            sentences(line.text(value)).first().map_or(value, |first| Span::new(value.start, value.start + first.end));
        sink.add((page, index), head, RelationType::IsA, class, ("field-class", 800), Span::new(key.start, first.end));
    }
}

/// Whether the line is a field and stands under `Storage`.
pub(super) fn in_storage(page: &Page<'_>, index: usize) -> bool {
    let caption = page.caption(index);
    // Few captions hold these letters.
    let stores = |letters: &[u8]| letters.eq_ignore_ascii_case(b"stor");
    if page.lines[index].field.is_none() || !caption.as_bytes().windows(4).any(stores) {
        return false;
    }
    let words = Words::new(caption);
    stage_key(caption.trim_end_matches(':')).is_some()
        && words.all().iter().any(|word| words.folded(word).starts_with("stor"))
}

/// The class that the value opens with: a name that ends in a class noun, in front of a clause's end.
fn class_at_start<'p>(page: &'p Page<'_>, index: usize, value: Span) -> Option<&'p super::Found> {
    let line = &page.lines[index];
    let found = line.within(value).first()?;
    let before = line.text(Span::new(value.start, found.span.start));
    let light = before.split_whitespace().count() <= 2 && !before.contains([',', '.', ';']);
    let after = line.words.all().get(found.words.end);
    let ends = after.is_none_or(|word| {
        line.text(Span::new(found.span.end, word.span.start)).contains([',', '.', ';', '('])
            || matches!(
                line.words.folded(word),
                "that" | "which" | "for" | "of" | "in" | "to" | "with" | "used" | "from" | "by" | "on" | "where"
            )
    });
    let plain = line.words.all()[found.words.start].shape != Shape::Upper;
    let verb = line.words.all().get(line.words.within(value).start).is_some_and(|word| {
        let folded = line.words.folded(word);
        !line.words.within(found.span).contains(&line.words.within(value).start)
            && (folded.ends_with('s') || folded.ends_with("ing"))
    });
    // `GCP: Data lakes in the cloud` is a title, no definition.
    let several = |found: &super::Found| {
        let last = &line.words.all()[found.words.end - 1];
        line.words.singular(last) != line.words.folded(last)
    };
    let titled = several(found) && !line.covering(line.field?.0).is_some_and(several);
    // `one table, fifty tenants`, `the same model`: no class of what stands before.
    let counted = line.words.within(Span::new(value.start, found.span.start)).any(|at| {
        let folded = line.words.folded(&line.words.all()[at]);
        is_boundary(folded) && !matches!(folded, "a" | "an" | "the")
    });
    // `Phase 1: Logical Optimization` is a title, `Prevention: Monitor for errors` an instruction.
    let words = &line.words.all()[found.words.clone()];
    let (opens, lower) = (found.span.start == value.start, |word: &Word| word.shape == Shape::Lower);
    let lower = match words {
        [first, rest @ ..] if opens => {
            rest.iter().all(lower)
                && (!rest.is_empty() || lower(first) || self::verb(line.words.folded(first)).is_none())
        }
        all => all.iter().all(lower),
    };
    (!titled && light && ends && plain && !verb && !counted && lower && is_class_name(line.text(found.span)))
        .then_some(found)
}
