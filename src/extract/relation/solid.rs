//! Which concepts rules trust: those that are more than words of this and that text.
//!
//! In: a concept with the reason for which it was accepted. Out: whether it is the name of a thing. `Key components`, `55TB`,
//! `Kafka Interview Guide` and `Why did Acme build it` are none.

use crate::extract::english::{is_class_noun, is_english, is_generic, is_sentence_word};
use crate::extract::phrase::{is_generic_phrase, is_vague};
use crate::extract::word::{Gap, Shape, Word, Words, is_one_word};
use crate::extract::{ConceptEntry, Kind};

/// Whether the concept is more than words of this and that text: known, of a kind, no plain English, the title of a note, or
/// introduced by what a sentence says of it.
pub(in crate::extract) fn is_solid(concept: &ConceptEntry) -> bool {
    // `single point of failure` is vague to the eye, and a term.
    let words = Words::new(&concept.name);
    let known = concept.reason.starts_with("known name");
    let term = known && concept.name.split_whitespace().count() > 2;
    if is_vague(&words) && !term
        || is_generic_phrase(&words)
        || is_measure(&concept.name)
        || is_text(&words)
        || !known && (is_described(&words) || is_identifier(&concept.name))
        || is_sentence(&words)
            && !["known name", "subject in", "entry in"].iter().any(|told| concept.reason.contains(told))
    {
        return false;
    }
    if !words.all().iter().all(|word| word.shape == Shape::Number || is_english(words.folded(word))) {
        return true;
    }
    let shown = |signals: &[&str]| signals.iter().any(|signal| concept.reason.contains(signal));
    let told = shown(&["known name", "link in", "subject in", "entry in", "abbreviation in", "arrow in", "made in"])
        || shown(&["title in"]) && shown(&["repeated in"]);
    // One English word in capitals opens too many sentences to be a name by what is said of it.
    let told = told
        && (words.all().len() > 1
            || shown(&["known name", "link in", "abbreviation in", "entry in"])
            || shown(&["title in"]) && shown(&["repeated in"]));
    match words.all() {
        [only] => told && only.shape != Shape::Lower || concept.kind != Kind::Term && shown(&["title in"]),
        _ => told || concept.kind != Kind::Term && shown(&["repeated in", "title in", "compound in", "listed in"]),
    }
}

/// Whether a name reads like a sentence or a heading of one: `Why did Acme build it`, `Comparing Hive to Spark`.
fn is_sentence(words: &Words) -> bool {
    let all = words.all();
    let grammar = |(at, word): (usize, &Word)| {
        let folded = words.folded(word);
        let inner = at > 0 && at + 1 < all.len() && word.gap == Gap::Space && word.shape == Shape::Lower;
        is_sentence_word(folded) || inner && folded != "of" && super::slot::is_preposition(folded)
    };
    all.len() > 2 && all.iter().enumerate().any(grammar)
}

/// Whether a name only tells how something is, or how much: `Auditable`, `Event-driven`, `Large datasets`, `Existing Airflow`.
fn is_described(words: &Words) -> bool {
    const AMOUNTS: &[&str] = &[
        "breaking", "complex", "current", "each", "entire", "existing", "few", "huge", "large", "many", "multiple",
        "old", "separate", "several",
    ];
    let [first, .., last] = words.all() else {
        return words.all().first().is_some_and(|only| is_adjective(words.folded(only)));
    };
    let joined = words.all().iter().skip(1).all(|word| word.gap == Gap::Hyphen);
    AMOUNTS.contains(&words.folded(first)) || joined && is_adjective(words.folded(last))
}

/// Whether an English word says how things are, by its ending, or when.
fn is_adjective(folded: &str) -> bool {
    const ENDINGS: &[&str] = &["able", "based", "driven", "ible", "ized", "ised", "native", "ous", "ful", "less"];
    let time = matches!(folded, "today" | "now" | "yesterday" | "tomorrow" | "currently");
    let noun = matches!(folded, "deliverable" | "executable" | "serverless" | "variable");
    // `auditable` is what can be audited.
    let stem = folded.strip_suffix("able").or_else(|| folded.strip_suffix("ible"));
    let plain = is_english(folded) || stem.is_some_and(|stem| is_english(stem) || is_english(&format!("{stem}e")));
    time || plain && !noun && folded.len() > 5 && ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// Whether a name is an amount or its unit: `55TB`, `GB`.
fn is_measure(name: &str) -> bool {
    let unit = name.trim_start_matches(|letter: char| letter.is_ascii_digit());
    matches!(unit, "B" | "KB" | "MB" | "GB" | "TB" | "PB" | "EB" | "ms")
}

/// Whether a name is written as files, columns and settings are: `kafka_iq`, `hive.auto.convert`.
fn is_identifier(name: &str) -> bool {
    let dotted =
        name.split('.').filter(|part| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase()));
    let file = name.rsplit_once('.').is_some_and(|(_, ending)| {
        matches!(ending, "conf" | "json" | "properties" | "sh" | "sql" | "txt" | "xml" | "yaml" | "yml")
    });
    name.contains('_') || dotted.count() > 2 || file
}

/// Whether a name is that of a text rather than of what it is about: `Kafka Interview Guide`.
fn is_text(words: &Words) -> bool {
    words.all().len() > 1
        && words.all().last().is_some_and(|last| {
            matches!(
                words.singular(last),
                "cheatsheet"
                    | "sheet"
                    | "course"
                    | "guide"
                    | "handbook"
                    | "note"
                    | "overview"
                    | "question"
                    | "roadmap"
                    | "summary"
                    | "tutorial"
            )
        })
}

/// Whether a name is one noun for any system or part of a text: `component`, `API`.
pub(super) fn is_plain(name: &str) -> bool {
    if !is_one_word(name) {
        return false;
    }
    let words = Words::new(name);
    match words.all() {
        [only] => {
            only.shape != Shape::Capital && (is_class_noun(words.singular(only)) || is_generic(words.singular(only)))
        }
        _ => false,
    }
}
