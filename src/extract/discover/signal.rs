//! How a note introduces a name, and what that counts.

use serde::{Deserialize, Serialize};

/// How a note introduces a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Signal {
    /// The vocabulary knows it.
    Vocabulary,
    /// The vocabulary knows it, but it is a plain English word (`table`, `server`).
    CommonNoun,
    /// The note's title.
    Title,
    /// The target of a link.
    Link,
    /// A tag.
    Tag,
    /// A heading.
    Heading,
    /// The key of `Key: what it is`.
    Definition,
    /// A bullet that is only this name, under a heading that names what it lists.
    Listed,
    /// A name before a dash in a list of such entries, or the heading of the list.
    Entry,
    /// The subject of a sentence that says what it is.
    Subject,
    /// A maker or platform behind a verb of making.
    Made,
    /// One end of an arrow.
    Arrow,
    /// The class in `systems such as Kafka`.
    Class,
    /// The short form of a pair.
    Abbreviation,
    /// A known name with a noun for a part of it: `Flume agent`.
    Compound,
    /// Bold words.
    Strong,
    /// Code.
    Code,
    /// Upper case or mixed case, no English word.
    Odd,
    /// A capital inside a sentence, no English word.
    Capital,
    /// A capital where a sentence opens, no English word.
    Opening,
    /// Several capitalised words inside a sentence.
    Run,
    /// Words of a heading or field used again in running text.
    Repeated,
    /// A whole title that is a question.
    Question,
    /// A whole title that is more than a name.
    WholeTitle,
    /// What a sentence refers to: `See Getting Started With Data`.
    Reference,
    /// A lower-case word that is no English: maybe a known name misspelt.
    Unknown,
}

impl Signal {
    /// What one occurrence counts, in thousandths, and how many occurrences of a note count.
    #[must_use]
    pub const fn weight(self) -> (u32, u32) {
        match self {
            Self::Vocabulary | Self::Title | Self::Link | Self::Arrow | Self::Abbreviation => (1000, 1),
            Self::Question | Self::Class | Self::Entry | Self::Subject | Self::Made => (1000, 1),
            Self::CommonNoun => (250, 2),
            Self::Tag => (700, 1),
            Self::Heading | Self::Definition => (600, 2),
            Self::Listed => (700, 1),
            Self::Compound => (500, 2),
            Self::Odd | Self::Capital => (500, 2),
            Self::WholeTitle => (600, 1),
            Self::Repeated | Self::Reference => (400, 1),
            Self::Strong | Self::Run => (350, 2),
            Self::Opening | Self::Code => (250, 2),
            Self::Unknown => (0, 0),
        }
    }
}
