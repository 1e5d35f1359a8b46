//! Names that deserve a look: merged on little ground, nearly alike, never spelled out, never related.

use super::{Check, Citer, finding};
use crate::graph::{NodeClass, NodeId};
use crate::render::cited::{Citation, LintFinding, Severity};
use crate::text::fold;

/// Rules that make names one on likeness alone.
const WEAK: [&str; 1] = ["spelling"];

/// Places listed of one concept.
const PLACES: usize = 3;

impl Citer<'_> {
    /// Where a concept is first named.
    fn first_places(self, concept: NodeId) -> Vec<Citation> {
        self.graph.mentions(concept).take(PLACES).map(|place| self.place(place)).collect()
    }

    pub(super) fn concepts(self) -> impl Iterator<Item = NodeId> {
        self.graph.class_nodes(NodeClass::Concept)
    }
}

pub(super) fn doubtful_merges(citer: Citer<'_>) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for concept in citer.concepts() {
        let name = citer.graph.name(concept);
        for alias in citer.graph.aliases(concept).filter(|alias| WEAK.contains(&alias.rule)) {
            let written = |place: &crate::graph::MentionPlace<'_>| fold(place.text) == fold(alias.name);
            let places = citer.graph.mentions(concept).filter(written).take(PLACES);
            let places = places.map(|place| citer.place(place)).collect();
            let message = format!("`{}` is read as {name} by the rule {}", alias.name, alias.rule);
            let hint = format!("if they differ: quipu not-same \"{name}\" \"{}\"", alias.name);
            findings.push(finding(Check::Merges, Severity::Note, message, places, &hint));
        }
    }
    findings
}

pub(super) fn near_duplicates(citer: Citer<'_>) -> Vec<LintFinding> {
    let pairs = citer.graph.near_duplicates();
    pairs.into_iter().map(|(one, other)| duplicate(citer, one, other)).collect()
}

fn duplicate(citer: Citer<'_>, one: NodeId, other: NodeId) -> LintFinding {
    let (name, near) = (citer.graph.name(one), citer.graph.name(other));
    let places = [one, other].into_iter().flat_map(|node| citer.first_places(node).into_iter().take(1)).collect();
    let message = format!("`{name}` and `{near}` are nearly the same name");
    let hint = format!("if they are one: quipu same \"{name}\" \"{near}\"");
    finding(Check::NearDuplicates, Severity::Note, message, places, &hint)
}

pub(super) fn acronyms(citer: Citer<'_>) -> Vec<LintFinding> {
    let unexpanded = citer.concepts().filter(|node| {
        let spelled_out =
            citer.graph.aliases(*node).any(|alias| alias.rule.starts_with("abbreviation-") || is_long(alias.name));
        is_acronym(citer.graph.name(*node)) && !spelled_out
    });
    let report = |node| {
        let name = citer.graph.name(node);
        let message = format!("`{name}` is never spelled out");
        let hint = format!("write it out once, such as \"{name}: ...\"");
        finding(Check::Acronyms, Severity::Note, message, citer.first_places(node), &hint)
    };
    unexpanded.map(report).collect()
}

/// Two to six capital letters, digits among them allowed, as `EC2`.
fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(char::is_ascii_uppercase).count();
    (2..=6).contains(&name.len())
        && capitals >= 2
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

fn is_long(name: &str) -> bool {
    name.contains([' ', '-']) && name.chars().any(char::is_lowercase)
}

pub(super) fn orphans(citer: Citer<'_>) -> Vec<LintFinding> {
    let report = |node| {
        let message = format!("`{}` has no relation", citer.graph.name(node));
        let hint = "say in a note what it is, is part of, or works with";
        finding(Check::Orphans, Severity::Note, message, citer.first_places(node), hint)
    };
    citer.graph.orphans().map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_capitals_and_digits() {
        assert!(is_acronym("IAM") && is_acronym("EC2"));
        assert!(!is_acronym("S3") && !is_acronym("Hive") && !is_acronym("MAPREDUCE"));
    }
}
