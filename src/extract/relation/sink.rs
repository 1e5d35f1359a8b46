//! Where the rules put what they find.
//!
//! In: statements, one by one. Out: those that the words, the kinds of their ends and the rules allow, each once, in order. What a line
//! states by itself is [`Told`] once for all that stand [`Above`] it alike.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fragment::is_tail;
use super::page::{Above, Told};
use super::solid::is_plain;
use super::{End, Page, Statement};
use crate::extract::RelationType;
use crate::limits::{BLOCK_RELATIONS, NOTE_RELATIONS};
use crate::text::Span;

/// Takes what the rules find.
#[derive(Default)]
pub(in crate::extract) struct Sink {
    /// Statements in the order in which they were found, each with its line.
    pub stated: Vec<(usize, Statement)>,
    /// The spans of the sentence being read in which nothing is asserted, in order.
    pub(super) denied: Vec<Span>,
    /// Pairs that a rule has joined, for each line, smaller id first.
    joined: BTreeSet<(usize, u32, u32)>,
    /// Lines that state more than is kept.
    pub full: BTreeSet<usize>,
    /// How many statements the line of the last one has, and which line that is.
    counted: (usize, usize),
}

impl Page<'_> {
    /// What line `index` states by itself, as it was read before or `tell` reads it now.
    pub(super) fn told(&self, index: usize, tell: impl FnOnce(&mut Sink)) -> Arc<Told> {
        let above =
            Above { concept: self.above(index).map(|end| end.concept), stored: super::field::in_storage(self, index) };
        self.lines[index].told.get_or_make(
            |other| *other == above,
            || {
                let mut sink = Sink::default();
                tell(&mut sink);
                let stated = sink.stated.into_iter().map(|(_, statement)| statement).collect();
                (above, Told { stated, full: !sink.full.is_empty() })
            },
        )
    }
}

impl Sink {
    /// Adds a relation that `quote` (a span of block `index`) asserts, by a rule and its confidence.
    /// Relations of a concept to itself are dropped, and what the same words have said before.
    pub(super) fn add(
        &mut self,
        (page, index): (&Page<'_>, usize),
        subject: impl Into<End>,
        predicate: RelationType,
        object: impl Into<End>,
        (rule, confidence): (&'static str, u16),
        quote: Span,
    ) {
        let statement =
            Statement { subject: subject.into(), predicate, object: object.into(), rule, confidence, quote };
        let line = &page.lines[index];
        let mut spans = [statement.subject.span, statement.object.span].into_iter().flatten();
        let denied = spans.any(|span| self.denies(span) || line.describes(span) || line.goes_on(span));
        let prose = matches!(rule, "verb-frame" | "between" | "possessive-maker") || rule.starts_with("class-");
        let ends = [statement.subject.concept, statement.object.concept];
        let is_class = statement.predicate == RelationType::IsA;
        let (subject, object) = (statement.subject, statement.object);
        let cut = line.is_fragment(page, subject, (object, prose))
            || !is_class && line.is_fragment(page, object, (subject, prose));
        if cut && !rule.starts_with("name") {
            return;
        }
        // `Databases: relational databases` names a kind of what it opens with.
        if is_class && is_tail(&page.concept(ends[0]).name, &page.concept(ends[1]).name) {
            return;
        }
        let flow = rule == "stage-list" || rule.starts_with("table") && statement.predicate == RelationType::Feeds;
        let asked = if prose || flow { 2 } else { usize::from(statement.predicate == RelationType::IsA) };
        if !ends[..asked].iter().all(|end| page.is_meant(*end)) {
            return;
        }
        // `Bash is the glue`: a product is a class of nothing.
        if statement.predicate == RelationType::IsA
            && page.is_product(statement.object.concept)
            && !page.is_called_a_class(statement.object.concept)
        {
            return;
        }
        let drawn = ["arrow", "field", "announced", "numbered", "stage", "table", "typed"]
            .iter()
            .any(|family| rule.starts_with(family));
        let says = statement.predicate == RelationType::IsA
            || drawn
            || ends.iter().all(|end| !is_plain(&page.concept(*end).name));
        if statement.subject.concept != statement.object.concept && !denied && says {
            self.state(page, index, statement);
        }
    }

    /// Whether the words of `span` are denied, planned or supposed in the sentence being read.
    pub(super) fn denies(&self, span: Span) -> bool {
        self.denied.iter().any(|denied| denied.start <= span.start && span.end <= denied.end)
    }

    /// Takes what line `index` states by itself.
    pub(super) fn take(&mut self, index: usize, told: &Told) {
        told.stated.iter().for_each(|statement| self.keep(index, statement.clone()));
        if told.full {
            self.full.insert(index);
        }
    }

    fn state(&mut self, page: &Page<'_>, index: usize, statement: Statement) {
        let ends = [statement.subject.span, statement.object.span];
        let quote = shortened(&page.lines[index].block.text, statement.quote, &ends);
        self.keep(index, Statement { quote, ..statement });
    }

    /// Keeps a statement of line `index`, unless the same words have said it before or the line states too much.
    fn keep(&mut self, index: usize, statement: Statement) {
        let (in_line, before) = self.counted;
        let in_line = if before == index { in_line } else { 0 };
        if in_line >= BLOCK_RELATIONS || self.stated.len() >= NOTE_RELATIONS {
            self.full.insert(index);
            return;
        }
        let ends = [statement.subject.concept, statement.object.concept];
        let said = |(at, other): &&(usize, Statement)| {
            let place = *at == index && other.quote.start == statement.quote.start;
            place && other.predicate == statement.predicate && [other.subject.concept, other.object.concept] == ends
        };
        if self.stated.iter().rev().take(64).find(said).is_none() {
            self.counted = (in_line + 1, index);
            let [subject, object] = ends;
            self.joined.insert((index, subject.min(object), subject.max(object)));
            self.stated.push((index, statement));
        }
    }

    /// Whether some rule joined the two in block `index`.
    pub(super) fn has(&self, index: usize, a: u32, b: u32) -> bool {
        self.joined.contains(&(index, a.min(b), a.max(b)))
    }
}

/// The longest quote kept, in bytes; twice as much where both ends are further apart.
const QUOTE: usize = 400;

/// The quote without white space around it; a long one is cut to the words around its ends.
fn shortened(text: &str, quote: Span, ends: &[Option<Span>]) -> Span {
    let inner = quote.of(text);
    let start = quote.start + (inner.len() - inner.trim_start().len());
    let end = (quote.start + inner.trim_end().len()).max(start);
    if end - start <= QUOTE {
        return Span::new(start, end);
    }
    let first = ends.iter().flatten().map(|span| span.start).min().unwrap_or(start).max(start);
    let last = ends.iter().flatten().map(|span| span.end).max().unwrap_or(first).min(end);
    let from = text[..first].char_indices().rev().take(80).last().map_or(first, |(at, _)| at).max(start);
    let to = last.clamp(from + QUOTE, from + 2 * QUOTE).min(end);
    Span::new(from, (to..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len()))
}
