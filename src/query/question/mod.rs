//! Plain English → openCypher: the second front door to the same language.
//!
//! In: a question. Out: its [`Question`] readings, and for the names they were resolved to, the
//! statement it means. `grammar/question.pest` holds the forms; `parse` reads them, `cypher` writes the
//! statement, [`FORMS`] lists them for people. The session resolves names between the two steps.

mod cypher;
mod error;
mod forms;
mod parse;

pub use cypher::quoted;
pub use error::QuestionError;
pub use forms::{FORMS, Form};
pub use parse::readings;

use crate::extract::{Kind, RelationType};
use crate::text::Span;

/// Words of a question that name something, without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The words.
    pub text: String,
    /// Where they stand in the question.
    pub span: Span,
}

/// What a question asks for. Names are as spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The ways from one concept to another.
    Connect {
        /// Where they start.
        from: Spoken,
        /// Where they end.
        to: Spoken,
    },
    /// What two concepts share and what sets them apart.
    Compare {
        /// One of them.
        one: Spoken,
        /// The other.
        other: Spoken,
    },
    /// The concepts that stand in some relation to one.
    Relations {
        /// The concept given.
        concept: Spoken,
        /// The relations asked for.
        wanted: Vec<Wanted>,
        /// The kind the answers must have.
        kind: Option<Kind>,
    },
    /// The concepts in any relation to one.
    Neighbours {
        /// The concept given.
        concept: Spoken,
    },
    /// What the notes say a concept is.
    Define {
        /// The concept.
        concept: Spoken,
    },
    /// All that is known of a concept.
    Describe {
        /// The concept.
        concept: Spoken,
    },
    /// The notes that mention a concept.
    Mentions {
        /// The concept.
        concept: Spoken,
    },
    /// All of a class.
    List {
        /// The class.
        class: Class,
    },
    /// How many of a class there are.
    Count {
        /// The class.
        class: Class,
    },
    /// Notes by their words.
    Search {
        /// What to look for, in the language of `quipu search`.
        text: Spoken,
    },
}

/// A relation as seen from the concept a question gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its type.
    pub relation_type: RelationType,
    /// Whether the concept given is the subject.
    pub outgoing: bool,
    /// Where the verb stands, when it is none of the closed core.
    pub verb: Option<Span>,
}

/// What can be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// Concepts of a kind.
    Kind(Kind),
    /// All concepts.
    Concepts,
    /// All notes.
    Notes,
    /// All tags.
    Tags,
    /// What is said to be an instance or a kind of a concept.
    Instances(Spoken),
}

impl Question {
    /// The names that must be resolved to concepts, in the order [`Question::cypher`] takes them.
    #[must_use]
    pub fn names(&self) -> Vec<&Spoken> {
        match self {
            Self::Connect { from: one, to: other } | Self::Compare { one, other } => vec![one, other],
            Self::Relations { concept, .. }
            | Self::Neighbours { concept }
            | Self::Define { concept }
            | Self::Describe { concept }
            | Self::Mentions { concept }
            | Self::List { class: Class::Instances(concept) }
            | Self::Count { class: Class::Instances(concept) } => vec![concept],
            Self::List { .. } | Self::Count { .. } | Self::Search { .. } => Vec::new(),
        }
    }
}
