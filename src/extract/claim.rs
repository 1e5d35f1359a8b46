//! What one note says, with where it says so: the output of `link`, the input of the graph.

use serde::{Deserialize, Serialize};

use super::{Kind, RelationType};
use crate::text::{Name, Position};

/// All that was read out of one note, each list in note order. Concepts are named by their
/// lexicon name, so claims of different notes join by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Places where concepts are named.
    pub mentions: Vec<Mention>,
    /// What concepts are said to be.
    pub definitions: Vec<Definition>,
    /// Other names that this note gives.
    pub aliases: Vec<AliasClaim>,
    /// Relations asserted.
    pub relations: Vec<RelationClaim>,
}

/// A concept named at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The concept's lexicon name.
    pub concept: Name,
    /// The words as written, on one line.
    pub text: Name,
    /// Where.
    pub position: Position,
}

/// A sentence or phrase that says what a concept is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The concept defined.
    pub concept: Name,
    /// The defining words as written, white space folded.
    pub text: String,
    /// Where they begin.
    pub position: Position,
}

/// Another name for a concept, and the rule that saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AliasClaim {
    /// The short or canonical form as written.
    pub subject: Name,
    /// The long or other form as written.
    pub object: Name,
    /// The rule; names of rules that pair a short with a long form begin with `abbreviation-`.
    pub rule: Name,
    /// Where.
    pub position: Position,
}

/// One place that asserts a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationClaim {
    /// Lexicon name of the subject.
    pub subject: Name,
    /// The type.
    pub predicate: RelationType,
    /// Lexicon name of the object.
    pub object: Name,
    /// Trust in the rule, in thousandths, 1 to 1000.
    pub confidence: u16,
    /// The rule that fired.
    pub rule: Name,
    /// Where the quoted words begin.
    pub position: Position,
    /// The words that say so, as written, white space folded.
    pub quote: String,
    /// The subject as written; empty where a heading gives it.
    pub subject_text: Name,
    /// The object as written.
    pub object_text: Name,
}

/// A concept as the lexicon settled it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptEntry {
    /// The name shown, unique in the lexicon.
    pub name: Name,
    /// Its kind.
    pub kind: Kind,
    /// Other names, as people write them, sorted, without the name itself.
    pub aliases: Vec<ConceptAlias>,
    /// Why it is a concept, for people.
    pub reason: String,
    /// Whether it is a platform, whose services bear its name and are parts of it.
    pub platform: bool,
}

/// A name of a concept and why it counts as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConceptAlias {
    /// The form.
    pub name: Name,
    /// The rule that merged it, for `why --same`.
    pub rule: Name,
}
