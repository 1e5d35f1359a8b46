//! What a note's writer hides from its readers: `%%comments%%`, and the marker of a callout.

use memchr::memmem;
use pulldown_cmark::{Event, OffsetIter, Tag, TagEnd};

use crate::text::Span;

/// Hidden parts of a note, in order.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    parts: Vec<Span>,
}

impl Hidden {
    /// Finds the comments of `text` from byte `body` on, but for those inside code.
    ///
    /// A comment that nothing closes is none.
    pub(super) fn find<'a>(text: &'a str, body: usize, parse: impl Fn() -> OffsetIter<'a>) -> Self {
        let mut marks: Vec<usize> = memmem::find_iter(&text.as_bytes()[body..], b"%%").map(|at| at + body).collect();
        if marks.len() < 2 {
            return Self::default();
        }
        let code = code(parse(), body);
        marks.retain(|mark| !holds(&code, *mark));
        Self { parts: marks.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1] + 2)).collect() }
    }

    /// Hides one more part, which must not begin before the last one.
    pub(super) fn hide(&mut self, part: Span) {
        let at = self.parts.partition_point(|other| other.start < part.start);
        self.parts.insert(at, part);
    }

    /// Whether nothing of `span` is shown.
    pub(super) fn covers(&self, span: Span) -> bool {
        let first = self.parts.partition_point(|part| part.end <= span.start);
        self.parts.get(first).is_some_and(|part| part.contains(span))
    }

    /// The parts of `span` that are shown.
    pub(super) fn shown(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.parts.partition_point(|part| part.end <= span.start);
        let inside = self.parts[first..].iter().take_while(move |part| part.start < span.end);
        let mut at = span.start;
        let ends = std::iter::once(Span::new(span.end, span.end));
        inside.copied().chain(ends).map(move |part| {
            let shown = Span::new(at, part.start.clamp(at, span.end));
            at = part.end.clamp(at, span.end);
            shown
        })
    }
}

/// The places of code in the text, in order.
fn code(events: OffsetIter<'_>, body: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    for (event, range) in events {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock)) {
            spans.push(Span::new(range.start + body, range.end + body));
        }
    }
    spans
}

fn holds(spans: &[Span], at: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= at);
    after.checked_sub(1).is_some_and(|last| at < spans[last].end)
}
