//! The weakest rule: a line under a concept's heading, item or key names another concept.
//!
//! `RELATED_TO` where no other rule joined the two in the line. Long lists of names say little and give nothing.

use super::{End, Page, Sink};
use crate::extract::RelationType;
use crate::extract::phrase::{asserts_nothing, is_vague_name};
use crate::read::BlockKind;
use crate::text::Span;

/// More names than this in one sentence are a list, not a statement about the subject.
const MANY: usize = 12;

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    for (index, line) in page.lines.iter().enumerate() {
        if matches!(line.block.kind, BlockKind::Heading | BlockKind::Code { .. }) || line.names.is_empty() {
            continue;
        }
        let head = line.head.as_ref().map(End::from);
        let subject = head.or_else(|| page.above(index)).filter(|end| !is_vague_name(&page.concept(end.concept).name));
        let Some(subject) = subject else { continue };
        for sentence in &line.sentences {
            let names = line.within(*sentence);
            if asserts_nothing(line.text(*sentence)) || names.len() > MANY {
                continue;
            }
            relate(page, index, subject, *sentence, sink);
        }
        if let (Some(head), Some(above)) = (&line.head, page.above(index))
            && !sink.has(index, head.concept, above.concept)
        {
            sink.add((page, index), above, RelationType::RelatedTo, head, ("under-heading", 400), line.whole());
        }
    }
}

fn relate(page: &Page<'_>, index: usize, subject: End, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let own = subject.span.is_some();
    for found in line.within(sentence) {
        let rule = if own { ("same-line", 400) } else { ("under-heading", 400) };
        if is_vague_name(&page.concept(found.concept).name) {
            continue;
        }
        if found.concept != subject.concept && !sink.has(index, found.concept, subject.concept) {
            sink.add((page, index), subject, RelationType::RelatedTo, found, rule, sentence);
        }
    }
}
