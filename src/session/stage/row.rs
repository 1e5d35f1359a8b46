//! The rows that a stream has beside its own: what could not be read, and the end.

use serde::{Deserialize, Serialize};

use crate::config::Overrides;
use crate::store;

/// Which code and which decisions made a row; rows of different ones do not go together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The version of quipu.
    pub version: String,
    /// The number of its readers, rules and vocabulary.
    pub extraction: String,
    /// The number of the user's decisions.
    pub decisions: String,
}

/// The last row of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How many notes were read.
    pub notes: u64,
    /// How many lines gave an error row.
    pub errors: u64,
    /// How many rows there were, without errors and the end.
    pub rows: u64,
    /// What made them.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The number of the lexicon, where notes were linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<String>,
}

/// A row that is no fact.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Other<'a> {
    /// A line that is no note that can be read.
    Error {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
        line: u64,
        why: &'a str,
    },
    /// The last one.
    End(&'a End),
}

impl Stamp {
    /// That of this program under these decisions.
    #[must_use]
    pub fn new(decisions: &Overrides) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            extraction: store::extraction().to_owned(),
            decisions: store::content_id(&postcard::to_stdvec(decisions).expect("decisions hold only text")),
        }
    }
}

impl End {
    /// The end of a stream of which nothing has been read.
    #[must_use]
    pub(super) const fn new(stamp: Stamp, lexicon: Option<String>) -> Self {
        Self { notes: 0, errors: 0, rows: 0, stamp, lexicon }
    }
}
