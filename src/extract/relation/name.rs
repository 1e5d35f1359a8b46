//! Names beside names: `data lake HDFS`, `S3, the team's data lake`, `Flume agent`.
//!
//! A class noun phrase right before a name says what the name is; so does an article phrase between commas behind
//! it. A name that begins with another concept's name and ends in a noun for a part is a part of it.

use super::{Found, Line, Page, Sink};
use crate::extract::english::is_english;
use crate::extract::phrase::is_class_name;
use crate::extract::word::{Gap, Shape, Words};
use crate::extract::{Kind, RelationType};
use crate::text::Span;

/// Nouns for parts of a running system, singular, sorted.
const PART_NOUNS: &[&str] = &[
    "advisor",
    "agent",
    "broker",
    "catalog",
    "channel",
    "collector",
    "connector",
    "consumer",
    "coordinator",
    "executor",
    "master",
    "metastore",
    "node",
    "partition",
    "policy",
    "producer",
    "role",
    "server",
    "shard",
    "sink",
    "slice",
    "source",
    "spectrum",
    "topic",
    "worker",
];

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let names = line.within(sentence);
    for pair in names.windows(2) {
        if class_before_name(line, &pair[0], &pair[1]) && is_class_name(&page.concept(pair[0].concept).name) {
            sink.add((page, index), &pair[1], RelationType::IsA, &pair[0], ("class-before-name", 750), sentence);
        }
        if apposition(line, &pair[0], &pair[1]) {
            sink.add((page, index), &pair[0], RelationType::IsA, &pair[1], ("apposition", 800), sentence);
        }
    }
    let first = line.makers.partition_point(|(maker, _)| maker.span.start < sentence.start);
    let offered = |name: &Found| {
        let kind = page.concept(name.concept).kind;
        let proper = line.words.all()[name.words.end - 1].shape != Shape::Lower || page.is_product(name.concept);
        proper && !matches!(kind, Kind::Architecture | Kind::Method | Kind::Standard | Kind::Term | Kind::Role)
    };
    let within = line.makers[first..].iter().take_while(|(maker, _)| maker.span.end <= sentence.end);
    for (maker, name) in within.filter(|(_, name)| offered(name)) {
        sink.add((page, index), name, RelationType::PartOf, maker, ("name-maker", 800), sentence);
    }
    for found in names {
        if let Some(whole) = whole_of_part(page, line, found) {
            let whole = super::End { concept: whole, span: None };
            sink.add((page, index), found, RelationType::PartOf, whole, ("name-part", 700), sentence);
        }
    }
}

/// `data lake HDFS`: a lower-case class directly before a capitalised name, which ends its phrase.
fn class_before_name(line: &Line<'_>, class: &Found, name: &Found) -> bool {
    let first = &line.words.all()[name.words.start];
    if class.words.len() == 1 || class.words.end != name.words.start || first.gap != Gap::Space {
        return false;
    }
    let lower = line.words.all()[class.words.clone()].iter().all(|word| word.shape == Shape::Lower || word.opens);
    let proper = matches!(first.shape, Shape::Capital | Shape::Upper | Shape::Mixed);
    let next = line.words.all().get(name.words.end);
    let ends =
        next.is_none_or(|word| word.gap != Gap::Space || crate::extract::english::is_boundary(line.words.folded(word)));
    let plural = line.words.all()[class.words.end - 1];
    let singular = line.words.singular(&plural) == line.words.folded(&plural);
    // `multi-engine replication` tells of it, the `database server's CPU` is its own.
    let apart = line.text(Span::new(class.span.end, name.span.start)) == " " && plural.gap != Gap::Hyphen;
    apart
        && lower
        && proper
        && ends
        && singular
        && is_class_name(line.text(class.span))
        && !is_class_name(line.text(name.span))
}

/// `S3, the data team's data lake`: an article phrase behind a comma that ends in a class, closed by a comma or the end.
fn apposition(line: &Line<'_>, name: &Found, class: &Found) -> bool {
    let Some(phrase) = line.text(Span::new(name.span.end, class.span.start)).strip_prefix(',') else { return false };
    // `a store (S3, a staging table)` is a list of stores.
    let opens = line.text(Span::new(0, name.span.start)).trim_end();
    let opens = ["a", "an", "the"].iter().find_map(|article| opens.strip_suffix(article)).unwrap_or(opens).trim_end();
    if opens.ends_with('(') {
        return false;
    }
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let article = matches!(words.first().copied(), Some("a" | "an" | "the" | "our" | "your" | "its"));
    let closed = line.text(Span::new(class.span.end, line.block.text.len()));
    let ends = closed.trim_start().chars().next().is_none_or(|mark| ",.;)".contains(mark))
        || ["that ", "which ", "for ", "of ", "built", "used "]
            .iter()
            .any(|word| closed.trim_start().starts_with(word));
    let other = words.get(1).is_some_and(|word| matches!(*word, "different" | "second" | "separate"));
    // `the source, the broker, and the target` is a list, `Like Kafka, the clients ...` goes on with another thing.
    let listed = closed.trim_start().starts_with(", and ") || closed.trim_start().starts_with(", or ");
    let before = name.words.start.checked_sub(1).map_or("", |at| line.words.folded(&line.words.all()[at]));
    let led = matches!(before, "as" | "before" | "after" | "for" | "in" | "like" | "unlike" | "with" | "without")
        && line.words.all()[name.words.start - 1].opens;
    article
        && !other
        && !listed
        && !led
        && words.len() <= 6
        && ends
        && !phrase.contains([',', '.', ';', '('])
        && is_class_name(line.text(class.span))
}

/// Whether the name ends in a noun for a part of a running system: `leader node`.
pub(super) fn ends_in_part(name: &str) -> bool {
    let words = Words::new(name);
    words.all().last().is_some_and(|last| {
        let noun = words.singular(last);
        PART_NOUNS.binary_search(&noun).is_ok()
            || matches!(noun, "cluster" | "engine" | "layer" | "manager" | "scheduler" | "table" | "tracker")
    })
}

/// The concept whose name begins `Flume agent`, where the rest is one noun for a part.
fn whole_of_part(page: &Page<'_>, line: &Line<'_>, found: &Found) -> Option<u32> {
    let words = &line.words.all()[found.words.clone()];
    let [rest @ .., last] = words else { return None };
    if rest.is_empty() || PART_NOUNS.binary_search(&line.words.singular(last)).is_err() {
        return None;
    }
    let head = Span::new(rest.first()?.span.start, rest.last()?.span.end);
    let whole = page.lexicon.lookup(line.text(head))?;
    let kind = page.concept(whole).kind;
    let system = !matches!(
        kind,
        Kind::Term
            | Kind::Architecture
            | Kind::Method
            | Kind::Language
            | Kind::Format
            | Kind::Protocol
            | Kind::Standard
            | Kind::Organisation
    );
    // A `Salesforce connector` is a part of what connects to it.
    let guest = matches!(line.words.singular(last), "connector" | "consumer" | "producer" | "sink" | "source");
    if guest && !matches!(kind, Kind::Ingestion | Kind::Messaging | Kind::Processing) {
        return None;
    }
    // `Idempotent producers` are not parts of idempotence.
    let named = page.is_product(whole) || !is_english(&line.text(head).to_lowercase());
    (system && named && !is_class_name(&page.concept(whole).name)).then_some(whole)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(super::PART_NOUNS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
