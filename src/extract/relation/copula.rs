//! `Kafka is a distributed message broker that ...`: what a concept is, and what it is like.
//!
//! The class is the concept that ends the noun phrase after the article: before `that`, `for`, `of`, a comma
//! or the end. `is like` and `is similar to` give `SIMILAR_TO`, `is an alternative to` gives `ALTERNATIVE_TO`.

use std::sync::LazyLock;

use super::hearst::enumeration;
use super::subject::{Reading, main_subject};
use super::{End, Line, Page, Sink};
use crate::extract::RelationType;
use crate::extract::english::{is_boundary, is_class_noun, is_generic};
use crate::extract::phrase::is_vague_name;
use crate::extract::sieve::Sieve;
use crate::extract::word::{Gap, Shape, Word, Words};
use crate::text::Span;

/// Words after which the class phrase has ended.
const ENDINGS: &[&str] = &[
    "and",
    "based",
    "built",
    "by",
    "called",
    "created",
    "designed",
    "developed",
    "for",
    "from",
    "in",
    "it",
    "made",
    "of",
    "offered",
    "on",
    "or",
    "provided",
    "running",
    "so",
    "supporting",
    "that",
    "to",
    "used",
    "where",
    "which",
    "with",
    "written",
];

/// Grammar words that may stand inside a class phrase.
const ADJECTIVES: &[&str] =
    &["different", "few", "good", "many", "more", "most", "new", "one", "open", "popular", "same", "several", "very"];

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let range = line.words.within(sentence);
    let being = &*BEING;
    let is = |word: &Word| being.lets_through(word) && matches!(line.words.folded(word), "is" | "are" | "was");
    for at in range.clone().filter(|at| is(&line.words.all()[*at])) {
        let Some(subject) = subject_before(page, index, sentence, at).filter(|subject| !is_one_of_two(line, *subject))
        else {
            continue;
        };
        let next = |offset: usize| {
            let word = line.words.all().get(at + offset).filter(|_| at + offset < range.end);
            word.map_or("", |word| line.words.folded(word))
        };
        let (skip, predicate, rule) = match (next(1), next(2), next(3)) {
            // `is like a kitchen` is an analogy.
            ("like", "a" | "an" | "the" | "having", _) => continue,
            ("like", ..) => (1, RelationType::SimilarTo, ("copula-like", 850)),
            ("similar" | "comparable" | "equivalent" | "analogous", "to", _) => {
                (2, RelationType::SimilarTo, ("copula-like", 850))
            }
            ("a" | "an" | "the", "alternative", "to" | "for") => {
                (3, RelationType::AlternativeTo, ("copula-alternative", 850))
            }
            ("one", "of", "the" | "our" | "its" | "their") => (3, RelationType::IsA, ("copula", 850)),
            ("one", "of", _) => (2, RelationType::IsA, ("copula", 850)),
            ("a" | "an" | "the" | "another", ..) => (1, RelationType::IsA, ("copula", 850)),
            _ => continue,
        };
        let from = line.words.all()[at + skip].span.end;
        let rest = Span::new(from, sentence.end);
        if predicate == RelationType::IsA {
            // `Storage is the bottleneck`, `This is a consideration` point at one thing and give no class.
            let pointed = next(1) == "the"
                || at
                    .checked_sub(1)
                    .is_some_and(|at| at == range.start && line.words.folded(&line.words.all()[at]) == "this");
            let class = class_at_end(line, at + skip + 1, range.end)
                .filter(|class| !pointed || is_class_noun(line.words.singular(&line.words.all()[class.words.end - 1])));
            if let Some(class) = class.filter(|class| !says_nothing(&page.concept(class.concept).name)) {
                sink.add((page, index), subject, predicate, class, rule, sentence);
            }
        } else if let Some(found) = enumeration(line, rest)
            .first()
            .copied()
            .or_else(|| line.within(rest).first().filter(|found| found.span.start < from + 24))
        {
            sink.add((page, index), subject, predicate, found, rule, sentence);
        }
    }
}

/// Whether to be of that class says nothing of a thing: `part`, `problem`, `trap`.
fn says_nothing(class: &str) -> bool {
    let words = Words::new(class);
    let general = |word: &Word| {
        let singular = words.singular(word);
        is_generic(singular) && !is_class_noun(singular)
            || matches!(singular, "bottleneck" | "cause" | "finding" | "trap")
    };
    is_vague_name(class) || words.all().last().is_some_and(general)
}

static COMPARED: LazyLock<Sieve<64>> = LazyLock::new(|| Sieve::of(["compared"]));
static BEING: LazyLock<Sieve<64>> = LazyLock::new(|| Sieve::of(["is", "are", "was"]));

/// `DataOps uses similar techniques compared to DevOps`: what is compared and said to be similar.
pub(super) fn compared(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let range = line.words.within(sentence);
    let is = |at: usize, listed: &[&str]| listed.contains(&line.words.folded(&line.words.all()[at]));
    let compared = &*COMPARED;
    let may = |at: &usize| compared.lets_through(&line.words.all()[*at]);
    let Some(at) = range
        .clone()
        .filter(may)
        .find(|at| is(*at, &["compared"]) && at + 1 < range.end && is(at + 1, &["to", "with"]))
    else {
        return;
    };
    let similar = range.clone().any(|at| is(at, &["similar", "similarly", "alike"]));
    let first = line.within(sentence).first().filter(|found| found.words.end <= at);
    let second = line.name_from(at + 2).filter(|found| found.words.start <= at + 4 && found.words.end <= range.end);
    if let (true, Some(first), Some(second)) = (similar, first, second) {
        sink.add((page, index), first, RelationType::SimilarTo, second, ("compared", 750), sentence);
    }
}

/// The concept that the verb at word `at` speaks of: the name right before it, or what a pronoun stands for.
pub(super) fn subject_before(page: &Page<'_>, index: usize, sentence: Span, at: usize) -> Option<End> {
    let line = &page.lines[index];
    let range = line.words.within(sentence);
    if let Some((found, _)) = main_subject(line, &range).filter(|(_, verb)| *verb == at) {
        return Some(End::from(found));
    }
    let start = range.start;
    let before = line.names_before(at).last().filter(|found| found.words.start >= start);
    if let Some(found) = before {
        let between = &line.words.all()[found.words.end..at];
        let light = between.iter().all(|word| {
            matches!(
                line.words.folded(word),
                "also" | "which" | "that" | "itself" | "basically" | "today" | "currently"
            )
        });
        // `The engines (Spark, Flink) are`: what stands in a bracket is not what the sentence is about.
        let aside = line.text(Span::new(found.span.end, line.words.all()[at].span.start)).trim_start().starts_with(')');
        if aside && !names_the_same(line, found) {
            return None;
        }
        let bracket =
            line.text(Span::new(found.span.end, line.words.all()[at].span.start)).trim_start().starts_with('(')
                && between.len() <= 5;
        let continued = between.first().is_some_and(|word| word.gap == Gap::Hyphen);
        return ((light || bracket) && !continued && opens_clause(line, start, found.words.start))
            .then(|| End::from(found));
    }
    let pronoun = (start..at).map(|word| line.words.folded(&line.words.all()[word])).collect::<Vec<_>>();
    let meant = matches!(
        pronoun.as_slice(),
        ["it" | "this" | "they" | "which"]
            | ["it" | "this" | "they", "also"]
            | ["this" | "the", "service" | "tool" | "system" | "technology" | "framework" | "platform" | "engine"]
    );
    let before = || Reading::new(page, index, range.clone()).before;
    (meant || pronoun.is_empty()).then(|| before().filter(|_| meant).or_else(|| page.above(index))).flatten()
}

/// Whether a sign joins the subject to the name before it: `Airflow + Sqoop is` and `SNS → SQS is` speak of both.
fn is_one_of_two(line: &Line<'_>, subject: End) -> bool {
    let before = |span: Span| line.text(Span::new(0, span.start)).trim_end().ends_with(['+', '&', '→', '>']);
    subject.span.is_some_and(before)
}

/// Whether a name in a bracket is another name of what stands before it: `Simple Storage Service (S3) is`.
fn names_the_same(line: &Line<'_>, found: &super::Found) -> bool {
    let before = line.names_before(found.words.start).last();
    before.is_some_and(|before| before.concept == found.concept)
}

/// Whether the name begins its clause: nothing but articles, makers or a joint before it.
fn opens_clause(line: &Line<'_>, start: usize, first: usize) -> bool {
    let Some(from) = (start..first).rev().find(|at| line.words.all()[at + 1].gap == Gap::Break) else {
        return light_opening(line, start, first);
    };
    light_opening(line, from + 1, first)
}

fn light_opening(line: &Line<'_>, from: usize, first: usize) -> bool {
    (from..first).all(|at| {
        matches!(
            line.words.folded(&line.words.all()[at]),
            "a" | "an"
                | "the"
                | "and"
                | "but"
                | "so"
                | "while"
                | "where"
                | "apache"
                | "amazon"
                | "aws"
                | "google"
                | "azure"
                | "microsoft"
                | "because"
                | "since"
                | "also"
                | "then"
                | "that"
                | "our"
        )
    })
}

/// The concept that ends the noun phrase which begins at word `from`: nothing but adjectives before it.
pub(super) fn class_at_end<'l>(line: &'l Line<'_>, from: usize, end: usize) -> Option<&'l super::Found> {
    let mut last = from;
    while last < end {
        let word = &line.words.all()[last];
        let broken = last > from && !matches!(word.gap, Gap::Space | Gap::Hyphen);
        let listed = last > from && word.gap == Gap::Break && adjective_comma(line, last);
        // `a distributed, fast, and scalable system`
        if last > from
            && line.words.folded(word) == "and"
            && !is_class_noun(line.words.singular(&line.words.all()[last - 1]))
        {
            last += 1;
            continue;
        }
        let folded = line.words.folded(word);
        // `a good fit because the pipeline requires`: a grammar word ends the phrase, unless it heads it (`a data store`).
        let grammar = is_boundary(folded) && !is_class_noun(line.words.singular(word)) && !ADJECTIVES.contains(&folded);
        // `a pull-based, in-memory system` goes on at its hyphens.
        let hyphen = |at: usize| line.words.all().get(at).is_some_and(|word| word.gap == Gap::Hyphen);
        let joined = hyphen(last) || hyphen(last + 1);
        let grammar = grammar && !joined;
        let ending = ENDINGS.binary_search(&folded).is_ok() && !joined;
        if (broken && !listed) || (last > from && (grammar || ending)) {
            break;
        }
        last += 1;
    }
    // `a lift-and-shift (rehost) solution`: what the bracket stands before is the class.
    let before = last.checked_sub(1).and_then(|before| line.words.all().get(before));
    let behind = before.map_or("", |word| &line.block.text[word.span.end..]);
    let goes_on = behind.strip_prefix(" (").and_then(|rest| rest.split_once(") ")).is_some_and(|(_, rest)| {
        let noun = rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("").to_lowercase();
        is_class_noun(&noun) || is_generic(&noun)
    });
    if goes_on {
        return None;
    }
    let of = line.words.all().get(last).is_some_and(|word| line.words.folded(word) == "of");
    let found = line.name_ending(last).filter(|found| found.words.start >= from)?;
    let partitive = of
        && matches!(
            line.words.singular(&line.words.all()[last - 1]),
            "part" | "kind" | "type" | "set" | "number" | "collection" | "form"
        );
    // `a distributed, partitioned service`, `a highly available,`: a participle or an adjective is no class.
    let word = &line.words.all()[found.words.end - 1];
    let ending = |ending: &&str| line.words.folded(word).ends_with(*ending);
    let participle = !is_class_noun(line.words.singular(word))
        && (found.words.len() == 1 && ending(&"ed") || ["able", "ful", "ible", "less", "ous"].iter().any(ending));
    let plain = line.text(found.span).chars().next().is_some_and(|letter| letter.is_lowercase()) && !participle
        || crate::extract::phrase::is_class_name(line.text(found.span));
    (!partitive && plain && last - from <= 8).then_some(found)
}

/// `a fast, scalable, fault-tolerant system`: a comma between adjectives.
fn adjective_comma(line: &Line<'_>, at: usize) -> bool {
    let before = line.words.all()[at - 1].span.end;
    let between = line.text(Span::new(before, line.words.all()[at].span.start));
    let next = line.words.folded(&line.words.all()[at]);
    // `a serverless, interactive query service`: a name that is no class describes.
    let describes = |_: &super::Found| !is_class_noun(line.words.singular(&line.words.all()[at - 1]));
    let proper = line.words.all()[at - 1].shape != Shape::Lower;
    let class = line.name_ending(at).is_none_or(describes) && !proper;
    // `a fully managed, in-memory cache`
    let joined = line.words.all().get(at + 1).is_some_and(|behind| behind.gap == Gap::Hyphen);
    between.trim() == "," && (next == "and" || joined || !is_boundary(next)) && class
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_for_its_search() {
        let mut sorted = super::ENDINGS.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, super::ENDINGS);
    }
}
