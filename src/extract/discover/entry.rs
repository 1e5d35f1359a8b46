//! Lists of entries: `ClickHouse - a column store`.

use std::collections::BTreeMap;

use super::Signal;
use super::collect::Collected;
use super::seen::Read;
use crate::extract::english::{is_boundary, is_english};
use crate::extract::phrase::heading_name;
use crate::extract::word::{Gap, Shape, Word, Words};
use crate::read::{Block, Note};
use crate::text::Span;

/// Lists of `Name - what it is` bullets, at least three or with odd names: each name is an entry, and the heading says what of.
pub(super) fn entries(note: &Note, blocks: &[(&Block, &Read)], collected: &mut Collected) {
    let mut lists: BTreeMap<(usize, Option<usize>), Vec<&str>> = BTreeMap::new();
    for (block, read) in blocks {
        if let Some(name) = read.place.entry(&block.text) {
            lists.entry((block.section, block.parent)).or_default().push(name);
        }
    }
    // A short list is one of entries where its names are no English.
    let odd = |name: &&str| {
        let words = Words::new(name);
        words.all().iter().any(|word| word.shape != Shape::Lower && !is_english(words.folded(word)))
    };
    let listed = |names: &Vec<&str>| names.len() >= 3 || names.iter().all(odd);
    for ((section, parent), names) in lists.into_iter().filter(|(_, names)| listed(names)) {
        for name in names {
            collected.add(name, Signal::Entry);
        }
        let caption = parent.map_or(note.sections[section].title.as_str(), |parent| note.blocks[parent].text.as_str());
        if let Some(name) = heading_name(caption.trim_end_matches(':')) {
            collected.add(name, Signal::Entry);
        }
    }
}

/// The name before a dash: `ClickHouse - a column store`.
pub(super) fn entry_name(text: &str, (key, value): (Span, Span)) -> Option<&str> {
    let dashed = text[key.end..value.start].contains(['-', '–', '—']);
    let name = without_article(key.of(text));
    let capital = name.chars().next().is_some_and(|letter| !letter.is_lowercase()) || Words::new(name).all().len() == 1;
    let said = value.of(text).split_whitespace().count() >= 2;
    (dashed && capital && said && is_name(name) && !speaks_of_else(name, value.of(text))).then_some(name)
}

/// Whether what stands behind the dash is a sentence about something else, so that the words before it are its topic:
/// `Best places - Zorblax serves from the nearest one`.
fn speaks_of_else(name: &str, value: &str) -> bool {
    const VERBS: &[&str] = &[
        "allows", "are", "can", "does", "enables", "has", "have", "is", "makes", "offers", "provides", "serves",
        "supports", "uses", "was", "were", "will",
    ];
    let words = Words::new(value);
    let named = |word: &&Word| word.shape != Shape::Lower && (word.gap != Gap::Break || word.opens);
    let subject: Vec<&str> = words.all().iter().take_while(named).map(|word| words.folded(word)).collect();
    let acts = words.all().get(subject.len()).is_some_and(|word| VERBS.binary_search(&words.folded(word)).is_ok());
    let name = Words::new(name);
    let own = |word: &&str| name.all().iter().any(|own| name.folded(own) == *word) || is_boundary(word);
    acts && !subject.iter().all(own)
}

/// A name without the article of a sentence: `A data frame`, `The executors`, but `The Night Owl`.
fn without_article(name: &str) -> &str {
    let Some((first, rest)) = name.split_once(' ') else { return name };
    let article = match first.to_lowercase().as_str() {
        "a" | "an" => true,
        "the" => !rest.contains(' '),
        _ => false,
    };
    if article { rest.trim_start() } else { name }
}

/// Whether the words before a dash are a name and no beginning of a sentence: `From Acme - ...`, `Zorblax has a new release - ...`.
fn is_name(name: &str) -> bool {
    let words = Words::new(name);
    let joint = |word: &str| matches!(word, "and" | "for" | "of" | "the" | "to" | "in" | "a" | "on");
    let grammar = |word: &Word| {
        let folded = words.folded(word);
        is_boundary(folded) && word.shape != Shape::Upper
    };
    let [first, rest @ ..] = words.all() else { return false };
    let article = words.folded(first) == "the" && rest.iter().all(|word| word.shape == Shape::Lower);
    !article
        && (rest.is_empty() || !grammar(first) || words.folded(first) == "the")
        && rest.iter().all(|word| !grammar(word) || joint(words.folded(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_dash_is_a_name_or_the_beginning_of_a_sentence() {
        let named = |text| crate::extract::phrase::field(text).and_then(|keyed| entry_name(text, keyed));
        assert_eq!(named("ClickHouse - a column store"), Some("ClickHouse"));
        assert_eq!(named("The Night Owl - a small tool"), Some("The Night Owl"));
        assert_eq!(named("The Executors - they run what is asked"), Some("Executors"));
        assert_eq!(named("A Data Frame - a table of columns"), Some("Data Frame"));
        assert_eq!(named("From Acme - a new release of it"), None);
        assert_eq!(named("Zorblax has new parts - see there"), None);
        assert_eq!(named("Optimal Places - Zorblax 53 serves from the nearest one"), None);
        assert_eq!(named("Zorblax - ACID compliant store, which is fast"), Some("Zorblax"));
        assert_eq!(named("Acme TAO - TAO is the store of Acme"), Some("Acme TAO"));
        assert_eq!(named("The big vendors - some of them"), None);
    }
}
