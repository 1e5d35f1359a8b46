//! Names as they are compared when extraction is scored.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// What does not count at the ends of a name.
const EDGE: &str = " \t\"'`*_.,;:!?()[]{}<>“”‘’";

static SPACE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\s\x1c-\x1f]+").expect("a valid pattern"));
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_][\p{L}\p{N}_+#]*").expect("a valid pattern"));

/// A name without case, markup at its ends and a leading article, and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    text: String,
    words: Vec<String>,
}

impl Name {
    pub(crate) fn new(written: &str) -> Self {
        let text = norm(written);
        let words = WORD.find_iter(&text).map(|word| word.as_str().to_string()).collect();
        Self { text, words }
    }

    /// Whether one name is a run of whole words in the other and at least a third of it, or half of
    /// their words are shared.
    pub(crate) fn near(&self, other: &Self) -> bool {
        self.text == other.text
            || (!self.words.is_empty() && !other.words.is_empty() && (self.inside(other) || self.shares_half(other)))
    }

    fn inside(&self, other: &Self) -> bool {
        let (small, big) = if other.words.len() < self.words.len() { (other, self) } else { (self, other) };
        let length = small.words.len();
        3 * length >= big.words.len() && big.words.windows(length).any(|run| run == small.words)
    }

    fn shares_half(&self, other: &Self) -> bool {
        let (one, two): (BTreeSet<_>, BTreeSet<_>) = (self.words.iter().collect(), other.words.iter().collect());
        2 * one.intersection(&two).count() >= one.union(&two).count()
    }
}

/// Text without case, with single spaces, without markup at its ends and a leading article.
pub(crate) fn norm(written: &str) -> String {
    let folded: String = written.nfkc().flat_map(fold_case).collect();
    let spaced = SPACE.replace_all(&folded, " ");
    let bare = spaced.trim_matches(|letter| EDGE.contains(letter));
    let rest = ["the ", "a ", "an "].iter().find_map(|article| bare.strip_prefix(article));
    rest.unwrap_or(bare).to_string()
}

/// Full case folding; the dotless i keeps its own.
fn fold_case(letter: char) -> impl Iterator<Item = char> {
    let kept = (letter == 'ı').then_some(letter);
    let folded = (letter != 'ı').then(|| letter.to_uppercase().flat_map(char::to_lowercase));
    kept.into_iter().chain(folded.into_iter().flatten())
}
