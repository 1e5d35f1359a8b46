//! Names that stand in longer ones: S3 bucket in `S3 bucket policies`, PySpark in `PySpark-based`, the endpoints in `AS2 endpoints`.
//!
//! In: an end of a relation where it stands. Out: whether the text means more than it, so that nothing is told of it.

use super::slot::is_aspect;
use super::{End, Line, Page};
use crate::extract::Kind;
use crate::extract::english::is_boundary;
use crate::extract::word::{Gap, Shape, Word, name_key};
use crate::text::Span;

impl Line<'_> {
    /// Whether an end of a relation is cut out of a longer name, which stands there. In `prose` more depends on each word.
    pub(super) fn is_fragment(&self, page: &Page<'_>, end: End, (other, prose): (End, bool)) -> bool {
        end.span.is_some_and(|span| {
            let named = (end.concept, span);
            let last = (prose || !self.text(span).contains(' ')) && self.ends_another(page, named, other);
            last || self.leads(page, named) || prose && self.is_cut_from(page, named, other)
        })
    }

    /// Whether a name only tells what the words behind it are: `PySpark` in `PySpark-based`, `S3 bucket` in `S3 bucket policies`; in
    /// `AWS-managed key` it does what is said of the `other`.
    fn is_cut_from(&self, page: &Page<'_>, (concept, span): (u32, Span), other: End) -> bool {
        let words = self.words.all();
        let next = self.words.within(Span::new(0, span.end)).end;
        words.get(next).is_some_and(|behind| match behind.gap {
            Gap::Hyphen => other.span.is_none_or(|other| self.words.within(other).start != next + 1),
            Gap::Space => is_aspect(self.words.singular(behind), page.concept(concept).kind),
            _ => false,
        })
    }

    /// Whether a maker stands before the name of what it made: Amazon in `Amazon Managed Service for Flink`.
    fn leads(&self, page: &Page<'_>, (concept, span): (u32, Span)) -> bool {
        let concept = page.concept(concept);
        let next = self.words.within(Span::new(0, span.end)).end;
        let follows = |next: usize| {
            self.name_at(next).is_some_and(|found| found.words.start == next && page.is_product(found.concept))
        };
        let adjacent =
            |word: &Word| self.text(Span::new(span.end, word.span.start)) == " " && word.shape != Shape::Lower;
        self.words.all().get(next).is_some_and(adjacent)
            && follows(next)
            && (concept.platform || concept.kind == Kind::Organisation)
    }

    /// Whether a word is the last of a longer name: `UI` in `Spark UI`, `endpoints` in `AS2 endpoints`. What the name opens with may be
    /// the `other` end.
    fn ends_another(&self, page: &Page<'_>, (id, span): (u32, Span), other: End) -> bool {
        let words = self.words.all();
        let within = self.words.within(span);
        let lower = words[within.clone()].iter().all(|word| word.shape == Shape::Lower);
        let whole = !within.is_empty() && (within.len() == 1 || lower);
        let Some(before) = within.start.checked_sub(1).filter(|_| whole) else { return false };
        let (word, first) = (&words[within.start], &words[before]);
        let named = self.name_at(before);
        let product = named.is_some_and(|found| page.is_product(found.concept));
        // `A records` are a kind of records.
        let letter = first.span.len() == 1 && first.shape == Shape::Upper && !first.opens;
        let proper = product
            || letter
            || !matches!(first.shape, Shape::Lower | Shape::Number)
                && (!first.opens || named.is_some())
                && !is_boundary(self.words.folded(first));
        let concept = page.concept(id);
        let common = !concept.name.contains(char::is_uppercase) || concept.kind == Kind::Term && !page.is_product(id);
        self.text(Span::new(first.span.end, word.span.start)) == " "
            && proper
            && common
            && named.is_none_or(|found| found.concept != other.concept)
    }
}

/// Whether the words of `name` end those of `other`, whatever their case and number: `database` and `Relational databases`.
pub(super) fn is_tail(name: &str, other: &str) -> bool {
    // Most names are one word.
    if other.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let (name, other) = (name_key(name), name_key(other));
    other.strip_suffix(name.as_str()).is_some_and(|before| before.ends_with(' '))
}
