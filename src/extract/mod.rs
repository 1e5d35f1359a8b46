//! [`Note`] → [`Claims`]: two maps and the order-free reduce between them.
//!
//! [`Extractor::discover`] reads the names a note introduces, [`Extractor::resolve`] settles the names of all
//! notes to a [`Lexicon`], and a [`Linker`] finds its names in each note again and reads the relations
//! between them. All three are pure: values in, values out.

mod abbreviation;
mod claim;
mod discover;
mod english;
#[cfg(test)]
mod hostile;
mod introduce;
mod kind;
mod lexicon;
mod link;
mod matcher;
mod merge;
mod phrase;
mod relation;
mod relation_type;
mod spelling;
mod vocabulary;
mod word;
#[path = "words/hash.rs"]
mod word_hash;

use std::collections::BTreeSet;

pub use claim::{AliasClaim, Claims, ConceptAlias, ConceptEntry, Definition, Mention, RelationClaim};
pub use discover::{Candidate, Discovery, NamePair, Signal};
pub use kind::Kind;
pub use lexicon::{ACCEPTED, CaseRule, Lexicon, Sum, Surface};
pub use link::Linker;
pub use relation_type::RelationType;
pub use vocabulary::{Vocabulary, VocabularyEntry};
pub use word::name_key;

use crate::config::Overrides;
use crate::read::Note;
use discover::Discoverer;
use matcher::Matcher;
use word::Words;

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
        Discoverer { vocabulary: &self.vocabulary, matcher: &self.matcher }.discover(note)
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

/// The folded words of a note, of its title and its front matter, singular and as written, by which the index finds it
/// again when a name of the lexicon changes. A superset of what linking looks at.
#[must_use]
pub fn surface_words(note: &Note) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let values = note.fields.iter().flat_map(|field| &field.values).chain(&note.aliases);
    let texts = note.blocks.iter().map(|block| &block.text).chain(values.map(|value| &value.text));
    for text in texts.chain([&note.title]) {
        let words = Words::new(text);
        for word in words.all() {
            found.insert(words.folded(word).to_owned());
            found.insert(words.singular(word).to_owned());
            for part in word::camel_parts(word.span.of(text)) {
                let part = Words::new(part.of(word.span.of(text)));
                found.extend(part.all().iter().map(|word| part.folded(word).to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn surface_words_hold_what_linking_looks_up_outside_of_blocks() {
        let (note, _) = read("Zorblax.md", b"---\nuses: \"[[Frobnitz]]\"\n---\nSome text\n");
        let words = surface_words(&note);
        assert!(["zorblax", "frobnitz", "text"].iter().all(|word| words.contains(*word)));
    }
}
