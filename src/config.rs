//! What a user decides over the heads of the rules: the file `quipu.toml` in a root of notes.
//!
//! In: the text of the file. Out: [`Overrides`], or a [`ConfigError`] with line and column.
//! [`edit`] adds a decision to the text of a file and leaves the rest of it as it is.
//! Names are kept as written; who compares them folds them.
//!
//! ```toml
//! same-as = [["Postgres", "PostgreSQL"]]
//! not-same-as = [["Spark", "Apache Spark Streaming"]]
//! ignore = ["Overview"]
//!
//! [kind]
//! "Flume" = "Ingestion"
//!
//! [vocabulary.Storage]
//! "Blob Barn" = ["BB", "the barn"]
//! ```

pub mod edit;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Exit, Hint, Report};
use crate::text::{Lines, Position};

/// The name of the file in a root.
pub const FILE_NAME: &str = "quipu.toml";

/// The keys a file may hold.
const KEYS: [&str; 5] = ["same-as", "not-same-as", "kind", "ignore", "vocabulary"];

/// A user's decisions: they win over every rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overrides {
    /// Groups of names of one concept; the first of a group is the name shown.
    pub same_as: Vec<Vec<String>>,
    /// Groups of names of which no two are one concept.
    pub not_same_as: Vec<Vec<String>>,
    /// Kinds by concept name.
    pub kinds: BTreeMap<String, String>,
    /// Words that are no concepts.
    pub ignore: BTreeSet<String>,
    /// Own concepts: by kind, then by name, their aliases.
    pub vocabulary: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Something in `quipu.toml` that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    /// What is wrong, one clause.
    pub message: String,
    /// Where in the file.
    pub position: Position,
    /// What to write instead; may be empty.
    pub hint: String,
}

impl Report for ConfigError {
    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn hint(&self) -> Option<Hint> {
        (!self.hint.is_empty()).then(|| self.hint.as_str().into())
    }
}

impl Overrides {
    /// Reads the text of a `quipu.toml`. `is_kind` tells which names of kinds there are.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] at the first thing that is no TOML, no key of this file, or no known kind.
    pub fn parse(text: &str, is_kind: impl Fn(&str) -> bool) -> Result<Self, ConfigError> {
        let reader = Reader { text, is_kind: &is_kind };
        let document = DeTable::parse(text).map_err(|error| reader.syntax(&error))?;
        let mut overrides = Self::default();
        for (key, value) in document.get_ref() {
            match key.get_ref().as_ref() {
                "same-as" => overrides.same_as = reader.groups(value)?,
                "not-same-as" => overrides.not_same_as = reader.groups(value)?,
                "ignore" => overrides.ignore = reader.strings(value)?.into_iter().collect(),
                "kind" => overrides.kinds = reader.kinds(value)?,
                "vocabulary" => overrides.vocabulary = reader.vocabulary(value)?,
                other => return Err(reader.unknown_key(other, key.span())),
            }
        }
        Ok(overrides)
    }

    /// Adds the decisions of another root. Where both give one name a kind, the earlier wins.
    pub fn merge(&mut self, other: Self) {
        self.same_as.extend(other.same_as);
        self.not_same_as.extend(other.not_same_as);
        self.ignore.extend(other.ignore);
        for (name, kind) in other.kinds {
            self.kinds.entry(name).or_insert(kind);
        }
        for (kind, concepts) in other.vocabulary {
            let own = self.vocabulary.entry(kind).or_default();
            for (name, aliases) in concepts {
                own.entry(name).or_default().extend(aliases);
            }
        }
    }
}

/// Reads values of one file and knows where they stand.
struct Reader<'a> {
    text: &'a str,
    is_kind: &'a dyn Fn(&str) -> bool,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn groups(&self, value: &Value<'_>) -> Result<Vec<Vec<String>>, ConfigError> {
        let hint = "write a list of lists of names: [[\"Postgres\", \"PostgreSQL\"]]";
        let DeValue::Array(groups) = value.get_ref() else { return Err(self.wrong("a list of lists", value, hint)) };
        let read = |group: &Value<'_>| match group.get_ref() {
            DeValue::Array(names) if names.len() >= 2 => self.strings(group),
            _ => Err(self.wrong("a list of two or more names", group, hint)),
        };
        groups.iter().map(read).collect()
    }

    fn strings(&self, value: &Value<'_>) -> Result<Vec<String>, ConfigError> {
        let DeValue::Array(values) = value.get_ref() else {
            return Err(self.wrong("a list of names", value, "write names in brackets: [\"one\", \"two\"]"));
        };
        values.iter().map(|value| self.string(value)).collect()
    }

    fn string(&self, value: &Value<'_>) -> Result<String, ConfigError> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
            _ => Err(self.wrong("a name", value, "write the name in quotes")),
        }
    }

    fn kinds(&self, value: &Value<'_>) -> Result<BTreeMap<String, String>, ConfigError> {
        let read = |(name, kind): (&Spanned<Cow<'_, str>>, &Value<'_>)| {
            let written = self.string(kind)?;
            self.check_kind(&written, kind.span())?;
            Ok((name.get_ref().to_string(), written))
        };
        self.table(value, "\"Flume\" = \"Ingestion\"")?.iter().map(read).collect()
    }

    fn vocabulary(&self, value: &Value<'_>) -> Result<BTreeMap<String, BTreeMap<String, Vec<String>>>, ConfigError> {
        let mut kinds = BTreeMap::new();
        for (kind, concepts) in self.table(value, "[vocabulary.Storage]")? {
            self.check_kind(kind.get_ref(), kind.span())?;
            let concepts = self
                .table(concepts, "\"Blob Barn\" = [\"BB\"]")?
                .iter()
                .map(|(name, aliases)| Ok((name.get_ref().to_string(), self.strings(aliases)?)))
                .collect::<Result<_, _>>()?;
            kinds.insert(kind.get_ref().to_string(), concepts);
        }
        Ok(kinds)
    }

    fn table<'v, 't>(&self, value: &'v Value<'t>, example: &str) -> Result<&'v DeTable<'t>, ConfigError> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => Err(self.wrong("a table", value, &format!("write it as {example}"))),
        }
    }

    fn check_kind(&self, kind: &str, at: Range<usize>) -> Result<(), ConfigError> {
        if (self.is_kind)(kind) {
            return Ok(());
        }
        let hint = "kinds are listed by `quipu schema`";
        Err(self.error(format!("no kind named `{kind}`"), at.start, hint))
    }

    fn unknown_key(&self, key: &str, at: Range<usize>) -> ConfigError {
        let near = KEYS.iter().find(|known| strsim::osa_distance(known, key) <= 2);
        let hint = match near {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the keys are {}", KEYS.join(", ")),
        };
        self.error(format!("no key named `{key}`"), at.start, &hint)
    }

    fn wrong(&self, expected: &str, value: &Value<'_>, hint: &str) -> ConfigError {
        self.error(format!("expected {expected}"), value.span().start, hint)
    }

    fn syntax(&self, error: &toml::de::Error) -> ConfigError {
        let at = error.span().map_or(0, |span| span.start);
        self.error(error.message().trim().replace('\n', ", "), at, "")
    }

    fn error(&self, message: String, at: usize, hint: &str) -> ConfigError {
        let position = Lines::new(self.text).position(self.text, at.min(self.text.len()));
        ConfigError { message, position, hint: hint.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Overrides, ConfigError> {
        Overrides::parse(text, |kind| ["Storage", "Ingestion"].contains(&kind))
    }

    /// Line, column and message of the error `text` gives.
    fn refused(text: &str) -> (u32, u32, String) {
        let error = parse(text).unwrap_err();
        (error.position.line.get(), error.position.column, error.message)
    }

    #[test]
    fn every_key_is_read_and_names_stay_as_written() {
        let text = "same-as = [['A', 'B'], ['C', 'D', 'E']]\nnot-same-as = [['A', 'C']]\nignore = ['Over view']\n\
                    kind = { Foo = 'Storage' }\n[vocabulary.Ingestion]\n'My Pipe' = ['MP', 'pipe']\n";
        let overrides = parse(text).unwrap();
        assert_eq!(overrides.same_as, [vec!["A", "B"], vec!["C", "D", "E"]]);
        assert_eq!(overrides.not_same_as, [["A", "C"]]);
        assert_eq!(overrides.ignore, BTreeSet::from(["Over view".to_owned()]));
        assert_eq!(overrides.kinds, BTreeMap::from([("Foo".to_owned(), "Storage".to_owned())]));
        assert_eq!(overrides.vocabulary["Ingestion"]["My Pipe"], ["MP", "pipe"]);
        assert_eq!(parse("").unwrap(), Overrides::default());
    }

    #[test]
    fn errors_name_line_and_column() {
        assert_eq!(refused("ignore = ['a']\nsame = 1\n"), (2, 1, "no key named `same`".to_owned()));
        assert_eq!(refused("[kind]\nFoo = 'Sturage'\n"), (2, 7, "no kind named `Sturage`".to_owned()));
        assert_eq!(refused("same-as = [['A']]"), (1, 12, "expected a list of two or more names".to_owned()));
        assert_eq!(refused("[vocabulary.Storage]\nX = 1\n"), (2, 5, "expected a list of names".to_owned()));
        assert_eq!(refused("ignore = ['é', 2]"), (1, 16, "expected a name".to_owned()));
        let (line, _, message) = refused("ignore = ['a'\nkind = 1");
        assert!(line >= 1 && !message.is_empty());
        assert_eq!(parse("ignoer = []").unwrap_err().hint, "did you mean `ignore`?");
    }

    #[test]
    fn roots_are_merged_and_the_earlier_kind_wins() {
        let mut first = parse("[kind]\nA = 'Storage'\n").unwrap();
        first.merge(parse("ignore = ['x']\n[kind]\nA = 'Ingestion'\nB = 'Ingestion'\n").unwrap());
        let kinds: Vec<_> = first.kinds.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
        assert_eq!(kinds, [("A", "Storage"), ("B", "Ingestion")]);
        assert_eq!(first.ignore.len(), 1);
    }
}
