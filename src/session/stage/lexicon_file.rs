//! The lexicon as JSON lines: a head, then one row a concept, each of which is a fact that `build` reads.
//!
//! ```json
//! {"kind":"lexicon","version":"0.1.0","extraction":"…","decisions":"…","lexicon":"…","overrides":{…}}
//! {"kind":"concept","name":"Flume","concept_kind":"Ingestion","aliases":["Apache Flume"],"rules":["vocabulary"],"reason":"…","surfaces":[["flume","Any"]]}
//! ```

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use super::{StageError, Stamp};
use crate::config::Overrides;
use crate::extract::{CaseRule, ConceptAlias, ConceptEntry, Kind, Lexicon, Surface};
use crate::render::json_line;
use crate::store;
use crate::text::Name;

/// A lexicon and the decisions under which notes are read with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconFile {
    /// The lexicon.
    pub lexicon: Lexicon,
    /// The user's decisions.
    pub decisions: Overrides,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename = "lexicon")]
struct Head {
    #[serde(flatten)]
    stamp: Stamp,
    /// The number of the lexicon.
    lexicon: String,
    overrides: Overrides,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename = "concept")]
struct Concept {
    name: Name,
    concept_kind: Kind,
    aliases: Vec<Name>,
    /// For each alias the rule that merged it.
    rules: Vec<Name>,
    reason: String,
    /// Left out where it is not so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    platform: bool,
    surfaces: Vec<(Name, CaseRule)>,
}

impl LexiconFile {
    /// The number by which the lexicon is known, that of an index made with it.
    #[must_use]
    pub fn id(&self) -> String {
        store::content_id(&postcard::to_stdvec(&self.lexicon).expect("a lexicon holds only text and numbers"))
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let stamp = Stamp::new(&self.decisions);
        json_line(&Head { stamp, lexicon: self.id(), overrides: self.decisions.clone() }, out)?;
        let mut surfaces: Vec<Vec<(Name, CaseRule)>> = vec![Vec::new(); self.lexicon.concepts().len()];
        for surface in self.lexicon.surfaces() {
            surfaces[surface.concept as usize].push((surface.words.clone(), surface.case.clone()));
        }
        self.lexicon.concepts().iter().zip(surfaces).try_for_each(|(concept, surfaces)| {
            let row = Concept {
                name: concept.name.clone(),
                concept_kind: concept.kind,
                aliases: concept.aliases.iter().map(|alias| alias.name.clone()).collect(),
                rules: concept.aliases.iter().map(|alias| alias.rule.clone()).collect(),
                reason: concept.reason.clone(),
                platform: concept.platform,
                surfaces,
            };
            json_line(&row, out)
        })
    }

    /// Reads what [`LexiconFile::write`] wrote.
    ///
    /// # Errors
    ///
    /// [`StageError::Lexicon`] where it is none, or not whole; [`StageError::Mixed`] where another quipu made it.
    pub fn read(input: impl BufRead) -> Result<Self, StageError> {
        let broken = |line: usize, error: serde_json::Error| StageError::Lexicon(format!("line {line}: {error}"));
        let mut lines = input.lines();
        let head = lines.next().transpose()?.unwrap_or_default();
        let head: Head = serde_json::from_str(&head).map_err(|error| broken(1, error))?;
        let stamp = Stamp::new(&head.overrides);
        if head.stamp != stamp {
            return Err(StageError::Mixed(Box::new(head.stamp), Box::new(stamp)));
        }
        let (mut concepts, mut surfaces) = (Vec::new(), Vec::new());
        for (number, line) in (2..).zip(lines) {
            let row: Concept = serde_json::from_str(&line?).map_err(|error| broken(number, error))?;
            let concept = u32::try_from(concepts.len()).expect("fewer than 2^32 concepts");
            surfaces.extend(row.surfaces.into_iter().map(|(words, case)| Surface { words, concept, case }));
            let aliases = row.aliases.into_iter().zip(row.rules);
            concepts.push(ConceptEntry {
                name: row.name,
                kind: row.concept_kind,
                aliases: aliases.map(|(name, rule)| ConceptAlias { name, rule }).collect(),
                reason: row.reason,
                platform: row.platform,
            });
        }
        surfaces.sort();
        let read = Self { lexicon: Lexicon::new(concepts, surfaces), decisions: head.overrides };
        if read.id() != head.lexicon {
            return Err(StageError::Lexicon("its rows are not those its head tells of".to_owned()));
        }
        Ok(read)
    }
}
