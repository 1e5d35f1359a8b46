//! Why two names mean one concept, or what keeps them apart.

use serde::Serialize;

use super::cite::Citer;
use super::name::{self, NameError};
use crate::graph::NodeId;
use crate::render::cited::Citation;
use crate::text::fold;

/// Why two names mean one concept, or do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sameness {
    /// Whether they mean one concept.
    pub same: bool,
    /// The reasons, one clause each.
    pub reasons: Vec<String>,
    /// The lines that say so.
    pub places: Vec<Citation>,
}

impl Citer<'_> {
    pub(super) fn sameness(self, one: &str, other: &str) -> Result<Sameness, NameError> {
        let (first, second) = (name::concept(self.graph, one)?, name::concept(self.graph, other)?);
        let mut found = Sameness { same: first == second, ..Sameness::default() };
        for (asked, concept) in [(one, first), (other, second)] {
            self.explain(asked, concept, &mut found);
        }
        found.reasons.dedup();
        found.places.dedup();
        if !found.same {
            let (one, other) = (self.graph.name(first), self.graph.name(second));
            found.reasons.push(format!("no rule joins {one} and {other}; `quipu same \"{one}\" \"{other}\"` would"));
        }
        Ok(found)
    }

    /// The lines that say that two names are one.
    pub(super) fn alias_places(self, claim: usize) -> Vec<Citation> {
        let claim = self.graph.alias_claim(claim);
        let place = |place: &crate::graph::Place<'_>| Citation {
            path: (self.locate)(place.path),
            line: place.line,
            column: place.column,
            quote: format!("{} = {}", claim.subject, claim.object),
            rule: claim.rule.to_string(),
            ..Citation::default()
        };
        claim.places.iter().map(place).collect()
    }

    /// Adds why `asked` means `concept`.
    fn explain(self, asked: &str, concept: NodeId, found: &mut Sameness) {
        let name = self.graph.name(concept);
        if fold(asked) == fold(name) {
            let reason = self.graph.reason(concept);
            found.reasons.push(format!("{name} is a concept: {reason}"));
            return;
        }
        let mut known = false;
        for alias in self.graph.aliases(concept).filter(|alias| fold(alias.name) == fold(asked)) {
            known = true;
            found.reasons.push(format!("`{}` is {name} by the rule {}", alias.name, alias.rule));
            for claim in alias.claims {
                found.places.extend(self.alias_places(claim));
            }
        }
        if !known {
            found.reasons.push(format!("`{asked}` is {name} in another number or spelling"));
        }
    }
}
