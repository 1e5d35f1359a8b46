//! The types of relations: a closed core, and verbs or link names people use beside it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Name;

macro_rules! core_types {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal),+ $(,)?) => {
        /// The type of a relation. Every type has one direction; inverse wording is turned round.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "Name", from = "Name")]
        pub enum RelationType {
            $($(#[doc = $doc])* $variant,)+
            /// Any other, in upper case with underscores.
            Other(Name),
        }

        impl RelationType {
            /// The core types, in the order of the documentation.
            pub const CORE: &'static [Self] = &[$(Self::$variant),+];

            /// The name, as Cypher writes it.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Other(name) => name,
                }
            }
        }
    };
}

core_types! {
    /// Subject is an instance or a kind of object.
    IsA = "IS_A",
    /// Subject is a part, service or feature of object.
    PartOf = "PART_OF",
    /// Subject makes use of object.
    Uses = "USES",
    /// Data flow from subject to object.
    Feeds = "FEEDS",
    /// Subject keeps its data in object.
    StoresIn = "STORES_IN",
    /// Subject asks object for data.
    Queries = "QUERIES",
    /// Subject runs on object.
    RunsOn = "RUNS_ON",
    /// Subject manages object.
    Manages = "MANAGES",
    /// Subject supports a format, protocol or standard.
    Supports = "SUPPORTS",
    /// Subject works together with object.
    IntegratesWith = "INTEGRATES_WITH",
    /// Subject starts object.
    Triggers = "TRIGGERS",
    /// Subject was made by object.
    MadeBy = "MADE_BY",
    /// Subject replaces object.
    Replaces = "REPLACES",
    /// Subject is written in object.
    WrittenIn = "WRITTEN_IN",
    /// Either may be chosen; symmetric.
    AlternativeTo = "ALTERNATIVE_TO",
    /// They are alike; symmetric.
    SimilarTo = "SIMILAR_TO",
    /// A line under one names the other, and no rule says more; symmetric.
    RelatedTo = "RELATED_TO",
}

impl RelationType {
    /// The type of that name; names outside the core are brought to upper case with underscores.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = upper_snake(name);
        Self::CORE.iter().find(|core| core.name() == name).cloned().unwrap_or_else(|| Self::Other(name.into()))
    }

    /// Whether the two ends may be swapped; such relations are stored in name order.
    #[must_use]
    pub const fn is_symmetric(&self) -> bool {
        matches!(self, Self::AlternativeTo | Self::SimilarTo | Self::RelatedTo)
    }
}

fn upper_snake(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_uppercase)
        .collect();
    words.join("_")
}

impl fmt::Display for RelationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<RelationType> for Name {
    fn from(relation_type: RelationType) -> Self {
        relation_type.name().into()
    }
}

impl From<Name> for RelationType {
    fn from(name: Name) -> Self {
        Self::named(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways_and_others_are_upper_case() {
        for core in RelationType::CORE {
            assert_eq!(RelationType::named(core.name()), *core);
        }
        assert_eq!(RelationType::named("is masked-by").name(), "IS_MASKED_BY");
    }
}
