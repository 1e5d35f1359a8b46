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

/// The first definition of a concept, and the first one of another note that shares no word with it.
fn apart(citer: Citer<'_>, concept: NodeId) -> Option<LintFinding> {
    let name = citer.graph.name(concept);
    let words = |definition: &DefinitionPlace<'_>| {
        let mut words: BTreeSet<String> = content_words(definition.text).collect();
        for own in content_words(name) {
            words.remove(&own);
        }
        words
    };
    let first = citer.graph.definitions(concept).next()?;
    let known = words(&first);
    let differs = |other: &DefinitionPlace<'_>| {
        let own = words(other);
        other.note != first.note && !known.is_empty() && !own.is_empty() && known.is_disjoint(&own)
    };
    let other = citer.graph.definitions(concept).find(differs)?;
    let message = format!("`{name}` may be two things: \"{}\" and \"{}\"", first.text, other.text);
    let hint = format!("if they are two, call one otherwise where it is meant, such as \"{name} (...)\"");
    let places = [first, other].map(|place| citer.place(place)).to_vec();
    Some(finding(Check::Homographs, Severity::Note, message, places, &hint))
}
