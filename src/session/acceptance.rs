//! Why a concept is one: the score of each of its names, signal by signal and note by note, and how its
//! names were joined.

use std::collections::{BTreeMap, BTreeSet};

use super::{Session, SessionError, name};
use crate::config::edit::Decision;
use crate::extract::{ACCEPTED, Candidate, name_key};
use crate::graph::NodeId;
use crate::render::cited::{Acceptance, JoinedName, ScoredName, ScoredNote, ScoredSignal};

impl Session {
    /// Why a concept is one.
    ///
    /// # Errors
    ///
    /// When the name is unknown or ambiguous, or the index holds no notes or is damaged.
    pub fn acceptance(&self, asked: &str) -> Result<Acceptance, SessionError> {
        let concept = name::concept(self.graph(), asked)?;
        let shown = self.graph().name(concept);
        let aliases = self.graph().aliases(concept).map(|alias| alias.name);
        let keys: BTreeSet<String> = std::iter::once(shown).chain(aliases).map(name_key).collect();
        let mut names: BTreeMap<String, ScoredName> = BTreeMap::new();
        for (path, candidates) in self.index.introduced(&keys)? {
            for candidate in candidates {
                let note = self.scored(concept, &path, &candidate);
                let scored = names.entry(candidate.key.to_string()).or_default();
                scored.points = scored.points.saturating_add(note.points);
                scored.notes.push(note);
            }
        }
        let names = names.into_iter().map(|(key, scored)| ScoredName { key, ..scored }).collect();
        let locate = |path: &str| self.locate(path);
        let named = self.citer(&locate).concept(concept);
        Ok(Acceptance {
            name: named.name,
            kind: named.kind,
            reason: self.graph().reason(concept).to_owned(),
            needed: ACCEPTED,
            names,
            joined: self.joined(concept),
            change: Decision::Ignore(shown.to_owned()).line(),
        })
    }

    /// What one note adds to the score of a name.
    fn scored(&self, concept: NodeId, path: &str, candidate: &Candidate) -> ScoredNote {
        let signal = |(signal, times): &(crate::extract::Signal, u32)| {
            let (weight, most) = signal.weight();
            let points = weight * (*times).min(most);
            ScoredSignal { signal: format!("{signal:?}").to_lowercase(), weight, times: *times, most, points }
        };
        let mut lines: Vec<u32> = self
            .graph()
            .mentions(concept)
            .filter(|mention| mention.path == path && *name_key(mention.text) == *candidate.key)
            .map(|mention| mention.line)
            .collect();
        lines.dedup();
        ScoredNote {
            path: self.locate(path),
            lines,
            forms: candidate.forms.iter().map(|(form, _)| form.to_string()).collect(),
            points: candidate.score(),
            signals: candidate.signals.iter().map(signal).collect(),
        }
    }

    /// The other names of a concept, each with the rule that joined it and the lines that say so.
    fn joined(&self, concept: NodeId) -> Vec<JoinedName> {
        let (graph, locate) = (self.graph(), |path: &str| self.locate(path));
        let citer = self.citer(&locate);
        let joined = graph.aliases(concept).map(|alias| JoinedName {
            name: alias.name.to_owned(),
            rule: alias.rule.to_owned(),
            change: Decision::NotSame(graph.name(concept).to_owned(), alias.name.to_owned()).line(),
            places: alias.claims.into_iter().flat_map(|claim| citer.alias_places(claim)).collect(),
        });
        joined.collect()
    }
}
