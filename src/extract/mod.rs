//! [`Note`] → [`Claims`]: two maps and the order-free reduce between them.
//!
//! [`Extractor::discover`] reads the names a note introduces, [`Extractor::resolve`] settles the names of all
//! notes to a [`Lexicon`], and a [`Linker`] finds its names in each note again and reads the relations
//! between them. All three are pure: values in, values out.

mod abbreviation;
mod claim;
mod cut;
mod discover;
mod english;
#[cfg(test)]
mod hostile;
mod introduce;
mod kind;
mod late;
mod lexicon;
mod link;
mod matcher;
mod merge;
mod phrase;
mod relation;
mod relation_type;
mod said;
mod seam;
mod sieve;
mod site;
mod spelling;
mod vocabulary;
mod word;

use std::sync::Arc;

use rustc_hash::FxHashSet;

pub use claim::{AliasClaim, Claims, ConceptAlias, ConceptEntry, Definition, Mention, RelationClaim};
pub use discover::{Candidate, Discovery, NamePair, SeenBlocks, Signal};
pub use kind::Kind;
pub use lexicon::{ACCEPTED, CaseRule, Lexicon, Sum, Surface};
pub use link::Linker;
pub use relation_type::RelationType;
pub use vocabulary::{Vocabulary, VocabularyEntry};
pub use word::name_key;

use crate::config::Overrides;
use crate::read::Note;
use crate::text::hash;
use cut::Cut;
use discover::Discoverer;
use english::{is_boundary, is_english, is_generic};
use matcher::Matcher;
use word::{Shape, Words};

/// Whether a name is one English word, which texts may use for something else.
#[must_use]
pub fn is_ordinary(name: &str) -> bool {
    let words = Words::new(name);
    matches!(words.all(), [word] if is_english(words.folded(word)))
}

/// The words of a text that say what it is about, folded and singular: no articles, prepositions and the like.
pub fn content_words(text: &str) -> impl Iterator<Item = String> {
    let words = Words::new(text);
    let told: Vec<String> = words.all().iter().map(|word| words.singular(word).to_owned()).collect();
    told.into_iter().filter(|word| !is_boundary(word) && !is_generic(word))
}

/// The vocabulary and the user's file, ready for any number of notes.
pub struct Extractor {
    vocabulary: Vocabulary,
    matcher: Matcher,
    overrides: Overrides,
}

impl Extractor {
    /// Compiles the vocabulary. A few milliseconds.
    #[must_use]
    pub fn new(overrides: &Overrides) -> Self {
        let vocabulary = Vocabulary::new(overrides);
        let mut matcher = Matcher::default();
        for (id, entry) in (0..).zip(vocabulary.entries()) {
            for name in std::iter::once(&entry.name).chain(&entry.aliases).filter(|name| entry.is_written(name)) {
                matcher.add_name(name, id);
            }
        }
        Self { vocabulary, matcher, overrides: overrides.clone() }
    }

    /// The names that `note` introduces. Linear in the note.
    #[must_use]
    pub fn discover(&self, note: &Note) -> Discovery {
        self.discover_among(note, &SeenBlocks::default())
    }

    /// As [`discover`](Self::discover); blocks that earlier calls with the same `seen` have read are not read again.
    #[must_use]
    pub fn discover_among(&self, note: &Note, seen: &SeenBlocks) -> Discovery {
        Discoverer { vocabulary: &self.vocabulary, matcher: &self.matcher, seen }.discover(note)
    }

    /// The lexicon of all notes; their order changes nothing.
    #[must_use]
    pub fn resolve<'d>(&self, discoveries: impl IntoIterator<Item = &'d Discovery>) -> Lexicon {
        let mut sum = Sum::default();
        discoveries.into_iter().for_each(|discovery| sum.add(discovery));
        self.settle(sum)
    }

    /// The lexicon of notes that were added up.
    #[must_use]
    pub fn settle(&self, sum: Sum) -> Lexicon {
        lexicon::resolve(sum, &self.vocabulary, &self.overrides)
    }
}

impl Lexicon {
    /// Compiles the lexicon for linking.
    #[must_use]
    pub fn linker(&self) -> Linker {
        Linker::new(self)
    }
}

/// The words of a note's blocks, cut once for all who look at them; [`Linker::cut`] makes them.
pub struct NoteWords(Vec<Arc<Cut>>);

impl NoteWords {
    /// The keys of the note's words, of its title and its front matter, singular and as written, by which the index
    /// finds the note again when a name of the lexicon changes: sorted, and a superset of what linking looks at.
    #[must_use]
    pub fn surface_keys(&self, note: &Note) -> Vec<u64> {
        let mut keys: FxHashSet<u32> = self.0.iter().flat_map(|cut| &cut.keys).copied().collect();
        let values = note.fields.iter().flat_map(|field| &field.values).chain(&note.aliases);
        let titles = [note.title.as_str(), discover::title_of(note)];
        let mut others = Vec::new();
        for text in values.map(|value| value.text.as_str()).chain(titles) {
            text_keys(text, &Words::new(text), &mut others);
        }
        keys.extend(others);
        let mut keys: Vec<u64> = keys.into_iter().map(u64::from).collect();
        keys.sort_unstable();
        keys
    }
}

/// Adds the keys of words, as written and in the singular.
fn word_keys(words: &Words, keys: &mut Vec<u32>) {
    for word in words.all() {
        let [written, singular] = word.hashes;
        keys.push(written);
        if singular != written {
            keys.push(singular);
        }
    }
}

/// Adds the keys of words and of the parts of those that have seams.
fn text_keys(text: &str, words: &Words, keys: &mut Vec<u32>) {
    word_keys(words, keys);
    let mut folded = String::new();
    for word in words.all().iter().filter(|word| !matches!(word.shape, Shape::Lower | Shape::Capital | Shape::Number)) {
        let written = word.span.of(text);
        if seam::may_have_seams(written) {
            for part in seam::camel_parts(written) {
                let part = part.of(written);
                if part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    folded.clear();
                    folded.push_str(part);
                    folded.make_ascii_lowercase();
                    keys.push(hash::of(folded.as_bytes()));
                } else {
                    keys.extend(Words::new(part).all().iter().map(|word| word.hashes[0]));
                }
            }
        }
    }
}

/// The number that stands for a folded word where notes are found by their words. Two words of one number find a few
/// notes more.
#[must_use]
pub fn surface_key(folded: &str) -> u64 {
    u64::from(hash::of(folded.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn surface_keys_hold_what_linking_looks_up() {
        let text = b"---\nuses: \"[[Frobnitz]]\"\n---\nSome texts of SQLDatabase and snake_case\n";
        let (note, _) = read("Zorblax.md", text);
        let keys = Lexicon::default().linker().cut(&note).surface_keys(&note);
        let expected = [
            "zorblax",
            "frobnitz",
            "some",
            "texts",
            "text",
            "of",
            "sqldatabase",
            "sql",
            "database",
            "and",
            "snake_case",
            "snake",
            "case",
        ];
        let mut expected = expected.map(surface_key).to_vec();
        expected.sort_unstable();
        assert_eq!(keys, expected);
    }
}
