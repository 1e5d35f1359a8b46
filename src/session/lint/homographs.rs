//! Names that may be two things: an ordinary word that one note defines otherwise than another.

use std::collections::BTreeSet;

use super::{Check, Citer, finding};
use crate::extract::{content_words, is_ordinary};
use crate::graph::{DefinitionPlace, NodeId};
use crate::render::cited::{LintFinding, Severity};

/// One finding for each concept of two notes whose definitions have no word in common.
pub(super) fn find(citer: Citer<'_>) -> Vec<LintFinding> {
    let ordinary = citer.concepts().filter(|concept| is_ordinary(citer.graph.name(*concept)));
    ordinary.filter_map(|concept| apart(citer, concept)).collect()
}

/// Words of a definition among which it says what the thing is.
const OPENING: usize = 8;

/// The first definition of a concept that says what it is, and the first one of another note that shares no word with it.
fn apart(citer: Citer<'_>, concept: NodeId) -> Option<LintFinding> {
    let name = citer.graph.name(concept);
    let words = |definition: &DefinitionPlace<'_>| {
        let mut words: BTreeSet<String> = content_words(definition.text).collect();
        for own in content_words(name) {
            words.remove(&own);
        }
        words
    };
    let classes = || citer.graph.definitions(concept).filter(|definition| gives_class(definition.text));
    let first = classes().next()?;
    let known = words(&first);
    let differs = |other: &DefinitionPlace<'_>| {
        let own = words(other);
        other.note != first.note && !known.is_empty() && !own.is_empty() && known.is_disjoint(&own)
    };
    let other = classes().find(differs)?;
    let message = format!("`{name}` may be two things: \"{}\" and \"{}\"", first.text, other.text);
    let hint = format!("if they are two, call one otherwise where it is meant, such as \"{name} (...)\"");
    let places = [first, other].map(|place| citer.place(place)).to_vec();
    Some(finding(Check::Homographs, Severity::Note, message, places, &hint))
}

/// Whether a definition is a sentence that says what something is: `Hive is a warehouse`, not `Hive: batches of data`.
fn gives_class(definition: &str) -> bool {
    let words: Vec<String> = definition.split_whitespace().take(OPENING).map(str::to_lowercase).collect();
    words.windows(2).any(|pair| matches!(&*pair[0], "is" | "are") && matches!(&*pair[1], "a" | "an" | "the"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_give_a_class_and_keys_do_not() {
        assert!(
            gives_class("A hive is a home for bees.") && gives_class("The executors are the parts that run tasks.")
        );
        assert!(!gives_class("batches of data, full scans, minutes") && !gives_class("app server --> agent --> HDFS"));
        assert!(!gives_class("What the notes say long before they come to the point is a mess."));
    }
}
