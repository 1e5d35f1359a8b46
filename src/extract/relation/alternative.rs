//! `Kafka or Kinesis`: equal choices, of the same sort, are alternatives. So are systems, formats and languages of one kind
//! in `X vs Y`; of ideas that are compared (`event time vs processing time`) nothing more is said than that they are related.
//!
//! Choices count only between names of one kind, side by side, so that `AWS or Azure data services` and `read or write`
//! say nothing wrong.

use super::{Found, Line, Page, Sink};
use crate::extract::phrase::is_class_name;
use crate::extract::word::{Gap, Shape};
use crate::extract::{Kind, RelationType};
use crate::text::Span;

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let names = line.within(sentence);
    for (at, pair) in names.windows(2).enumerate() {
        // The last two of a longer list are no choice of two.
        let listed = at.checked_sub(1).is_some_and(|before| {
            line.text(Span::new(names[before].span.end.min(pair[0].span.start), pair[0].span.start)).trim() == ","
        });
        if listed {
            continue;
        }
        let between = line.text(Span::new(pair[0].span.end, pair[1].span.start)).trim();
        let between = between.trim_start_matches(',').trim_start();
        if !between.starts_with(['o', 'O', 'v', 'V']) {
            continue;
        }
        let rule = match between.to_lowercase().as_str() {
            "or" | "or apache" | "or amazon" | "or google" | "or azure" => ("choice", 700),
            "vs" | "vs." | "versus" => ("versus", 750),
            _ => continue,
        };
        if same_sort(page, line, &pair[0], &pair[1]) && (rule.0 != "choice" || stands_free(line, sentence, &pair[0])) {
            let choice = rule.0 == "choice";
            if choice && [&pair[0], &pair[1]].iter().any(|found| page.concept(found.concept).kind == Kind::Term) {
                continue;
            }
            let relation = if choice || may_replace(page, &pair[0], &pair[1]) {
                RelationType::AlternativeTo
            } else {
                RelationType::RelatedTo
            };
            sink.add((page, index), &pair[0], relation, &pair[1], rule, sentence);
        }
    }
}

/// Whether the name is no object of a verb or preposition: `writes to Hive or HBase` offers no choice.
fn stands_free(line: &Line<'_>, sentence: Span, first: &Found) -> bool {
    let range = line.words.within(sentence);
    let words = line.words.all();
    let folded = |at: usize| line.words.folded(&words[at]);
    let article =
        |at: &usize| matches!(folded(*at), "a" | "an" | "the" | "apache" | "amazon" | "google" | "azure" | "either");
    let start = (range.start..first.words.start).rev().find(|at| !article(at)).map_or(range.start, |at| at + 1);
    start == range.start
        || words[start].gap == Gap::Break
            && !line.text(Span::new(words[start - 1].span.end, words[start].span.start)).contains(',')
}

/// Whether one may be taken for the other: both are of one kind, and it is one of things rather than of ideas.
fn may_replace(page: &Page<'_>, a: &Found, b: &Found) -> bool {
    let kinds = [a, b].map(|found| page.concept(found.concept).kind);
    kinds[0] == kinds[1]
        && !matches!(
            kinds[0],
            Kind::Architecture | Kind::Method | Kind::Organisation | Kind::Role | Kind::Standard | Kind::Term
        )
}

fn same_sort(page: &Page<'_>, line: &Line<'_>, a: &Found, b: &Found) -> bool {
    let (left, right) = (page.concept(a.concept), page.concept(b.concept));
    let proper = |found: &Found| {
        let name = &page.concept(found.concept).name;
        name.chars().any(char::is_uppercase)
            && line.words.all()[found.words.clone()].iter().any(|word| word.shape != Shape::Lower)
    };
    let known = proper(a) && proper(b) || left.kind == right.kind && left.kind != Kind::Term;
    known && is_class_name(&left.name) == is_class_name(&right.name)
}
