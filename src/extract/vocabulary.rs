//! The built-in vocabulary: names people use, their kinds and other names. It only helps; no
//! relation comes from it.
//!
//! In: the TOML files of `vocabulary/`, one a field, and the user's own entries. Out: a
//! [`Vocabulary`] that settles names to concepts. Parsed once for each ingest.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Kind;
use super::english::is_english;
use super::word::name_key;
use crate::config::Overrides;
use crate::text::{Name, fold};

include!(concat!(env!("OUT_DIR"), "/vocabulary_files.rs"));

/// A concept that the vocabulary knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyEntry {
    /// The name to show.
    pub name: Name,
    /// Its kind.
    pub kind: Kind,
    /// Its other names.
    pub aliases: Vec<Name>,
    /// Whether the lower-case form is an everyday English word that mostly means something else.
    pub ordinary: bool,
    /// Whether it is a platform: what its maker offers bears its name (`AWS Lambda`) and is part of it.
    pub platform: bool,
}

impl VocabularyEntry {
    /// Whether the form is looked for in notes: a lower-case English word that stands for a proper name
    /// (`moment` for Moment.js) is only for people who ask.
    #[must_use]
    pub fn is_written(&self, form: &str) -> bool {
        let word = !form.contains(' ') && !form.chars().any(char::is_uppercase) && is_english(form);
        !(word && self.name.chars().any(char::is_uppercase))
    }
}

/// All entries, found by any of their names.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    entries: Vec<VocabularyEntry>,
    by_name: FxHashMap<String, usize>,
}

#[derive(Default, Deserialize)]
struct VocabularyFile {
    #[serde(default)]
    ordinary: Vec<String>,
    #[serde(default)]
    platforms: Vec<String>,
    #[serde(flatten)]
    kinds: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Vocabulary {
    /// The built-in files, then the user's entries, which win.
    ///
    /// # Panics
    ///
    /// Never: the built-in files are checked by a test.
    #[must_use]
    pub fn new(overrides: &Overrides) -> Self {
        let mut vocabulary = Self { entries: Vec::new(), by_name: FxHashMap::default() };
        for (name, ending_in_kind) in &overrides.vocabulary {
            vocabulary.add_all(name, ending_in_kind, &VocabularyFile::default());
        }
        for (file, text) in VOCABULARY_FILES {
            let file: VocabularyFile =
                toml::from_str(text).unwrap_or_else(|error| panic!("vocabulary {file}: {error}"));
            for (kind, concepts) in &file.kinds {
                vocabulary.add_all(kind, concepts, &file);
            }
        }
        vocabulary
    }

    fn add_all(&mut self, kind: &str, concepts: &BTreeMap<String, Vec<String>>, file: &VocabularyFile) {
        let kind = Kind::named(kind).unwrap_or_default();
        for (name, aliases) in concepts {
            let entry = VocabularyEntry {
                name: name.as_str().into(),
                kind,
                aliases: aliases.iter().map(|alias| alias.as_str().into()).collect(),
                ordinary: file.ordinary.contains(name),
                platform: file.platforms.contains(name),
            };
            let index = self.entries.len();
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                self.by_name.entry(fold(name)).or_insert(index);
                self.by_name.entry(name_key(name)).or_insert(index);
            }
            self.entries.push(entry);
        }
    }

    /// Every entry; the position is its id.
    #[must_use]
    pub fn entries(&self) -> &[VocabularyEntry] {
        &self.entries
    }

    /// The entry of that name or alias: exact but for case first, then as a plural or with hyphens.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&VocabularyEntry> {
        let index = self.by_name.get(&fold(name)).or_else(|| self.by_name.get(&name_key(name)))?;
        Some(&self.entries[*index])
    }
}
