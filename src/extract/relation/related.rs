//! The weakest rule: a line under a concept's heading, item or key names another concept.
//!
//! `RELATED_TO` where no other rule joined the two in the line. Long lists of names say little and give nothing, nor do names that any text
//! may have (`Key components`, `processing`). A sentence that has a subject of its own speaks of that one: under a heading it relates
//! only its subject to the heading.

use super::fragment::is_tail;
use super::subject::main_subject;
use super::verb_frames::verb;
use super::{End, Found, Page, Sink};
use crate::extract::RelationType;
use crate::extract::phrase::asserts_nothing;
use crate::extract::word::{Shape, Word, Words};
use crate::read::{BlockKind, InlineKind};
use crate::text::Span;

/// More names than this in one sentence are a list, not a statement about the subject.
const MANY: usize = 12;

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    let heading = page.lines.first().filter(|first| first.block.kind == BlockKind::Heading);
    if heading.is_some_and(|heading| is_aside(&heading.words)) {
        return;
    }
    for (index, line) in page.lines.iter().enumerate() {
        let prose = !matches!(line.block.kind, BlockKind::Heading | BlockKind::Code { .. });
        if !prose || page.names_one(index) || page.says_nothing(index) || is_statement(&line.block.text) {
            continue;
        }
        let head = line.head.as_ref().map(End::from).filter(|end| page.is_solid(end.concept));
        if let Some(subject) = head.or_else(|| page.above(index)) {
            for sentence in &*line.sentences {
                let names = line.within(*sentence);
                let others = names.len() <= MANY && names.iter().any(|found| found.concept != subject.concept);
                if others && !asserts_nothing(line.text(*sentence)) && !page.sets_a_case(index, *sentence) {
                    relate(page, index, subject, *sentence, sink);
                }
            }
        }
        // `Databricks:` opens what is said of it, and says nothing itself.
        let opens = line.block.text.trim_end().ends_with(':');
        if let (Some(head), Some(above)) = (head, page.above(index))
            && !opens
            && !sink.has(index, head.concept, above.concept)
        {
            sink.add((page, index), above, RelationType::RelatedTo, head, ("under-heading", 400), line.whole());
        }
    }
}

/// Signs of code.
const MARKS: [&str; 5] = ["->", "==", "!=", "+=", "&&"];

/// Whether a line is code that stands in running text: `next = node->next;`, `if (a == b) {`.
fn is_statement(text: &str) -> bool {
    let text = text.trim_end();
    // Each mark but the last has one of these.
    let signs = || memchr::memchr3(b'>', b'=', b'&', text.as_bytes()).is_some();
    let marked = || text.contains("();") || signs() && MARKS.iter().any(|mark| text.contains(mark));
    text.ends_with([';', '{', '}']) || marked() && !text.contains(" -> ")
}

/// Whether a heading opens a part that tells of other things than the concept above it: what a text holds, an invented case, a
/// task for the reader, a place to read on.
fn is_aside(words: &Words) -> bool {
    const ASIDES: &[&str] = &[
        "agenda",
        "assignment",
        "bibliography",
        "conclusion",
        "content",
        "exercise",
        "homework",
        "perspective",
        "reference",
        "resource",
        "scenario",
        "summary",
        "takeaway",
        "toc",
    ];
    let told = |word: &Word| ASIDES.binary_search(&words.singular(word)).is_ok();
    words.all().first().is_some_and(told) || words.all().last().is_some_and(told)
}

fn relate(page: &Page<'_>, index: usize, subject: End, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let rule = if subject.span.is_some() { ("same-line", 400) } else { ("under-heading", 400) };
    if subject.span.is_none() && speaks_of_else(page, index, subject, sentence) {
        return;
    }
    let other = other_subject(page, index, subject, sentence);
    for found in line.within(sentence).iter().filter(|found| page.is_solid(found.concept)) {
        let meant = other.is_none_or(|other| other == found.concept);
        let same = || {
            let [name, above] = [found.concept, subject.concept].map(|concept| &page.concept(concept).name);
            is_tail(name, above) || is_tail(above, name)
        };
        let aside = is_pointed_at(line.text(Span::new(sentence.start, found.span.start)));
        if meant
            && !aside
            && found.concept != subject.concept
            && !same()
            && !sink.has(index, found.concept, subject.concept)
        {
            sink.add((page, index), subject, RelationType::RelatedTo, found, rule, sentence);
        }
    }
}

/// Whether a name stands where a text points to another place, or leaves it out of account: `(see ... for`, `regardless of`.
fn is_pointed_at(before: &str) -> bool {
    let open = before.rfind('(').filter(|open| !before[*open..].contains(')'));
    let inside = open.map_or("", |open| &before[open + 1..]);
    ["see ", "See ", "cf. "].iter().any(|see| inside.starts_with(see)) || before.trim_end().ends_with("regardless of")
}

/// Whether the sentence does not name what its heading is about and points elsewhere: to an address, to the writer and the reader, or
/// in a table of its own.
fn speaks_of_else(page: &Page<'_>, index: usize, subject: End, sentence: Span) -> bool {
    let line = &page.lines[index];
    if line.within(sentence).iter().any(|found| found.concept == subject.concept) {
        return false;
    }
    let people = |at: usize| {
        let word = line.words.folded(&line.words.all()[at]);
        matches!(
            word,
            "i" | "we"
                | "my"
                | "our"
                | "me"
                | "us"
                | "i'm"
                | "i've"
                | "we'll"
                | "you'll"
                | "click"
                | "video"
                | "podcast"
                | "listen"
        )
    };
    let linked = |found: &Found| {
        let links = line
            .block
            .inlines
            .iter()
            .filter(|inline| matches!(&inline.kind, InlineKind::Link { address } if address.contains("://")));
        links.into_iter().any(|link| link.span.start <= found.span.start && found.span.end <= link.span.end)
    };
    matches!(line.block.kind, BlockKind::Row { .. })
        || line.block.kind == BlockKind::Paragraph && !goes_on(page, index, sentence)
        || line.text(sentence).contains("://")
        || line.words.within(sentence).any(people)
        || line.within(sentence).iter().all(linked)
}

/// Whether a sentence of running text goes on about its heading: as the first one under it, or with a pronoun for it.
fn goes_on(page: &Page<'_>, index: usize, sentence: Span) -> bool {
    let line = &page.lines[index];
    let opens = page.opening() == Some(index) && line.sentences.first() == Some(&sentence);
    let range = line.words.within(sentence);
    let pronoun = |at: usize| {
        matches!(line.words.folded(&line.words.all()[at]), "it" | "its" | "they" | "their" | "this" | "these")
    };
    let short = range.len() <= SHORT;
    opens || short || range.take(4).any(pronoun)
}

/// Sentences of so few words are notes rather than prose.
const SHORT: usize = 8;

/// The subject with which the sentence (behind a field's key) opens, where it is another than `subject` and a verb follows it.
fn other_subject(page: &Page<'_>, index: usize, subject: End, sentence: Span) -> Option<u32> {
    let line = &page.lines[index];
    let start = line.field.map_or(sentence.start, |(_, value)| value.start.max(sentence.start)).min(sentence.end);
    let rest = Span::new(start, sentence.end);
    let range = line.words.within(rest);
    if line.within(rest).iter().any(|found| found.concept == subject.concept) {
        return None;
    }
    let (found, at) = main_subject(line, &range)?;
    let between = line.text(Span::new(found.span.end, line.words.all()[at].span.start));
    if between.trim() == "," {
        return None;
    }
    let folded = line.words.folded(&line.words.all()[at]);
    let acts = verb(folded).is_some()
        || matches!(folded, "is" | "are" | "was" | "were" | "has" | "have" | "can" | "will" | "does")
        || folded.ends_with('s') && line.words.all()[at].shape == Shape::Lower;
    acts.then_some(found.concept)
}
