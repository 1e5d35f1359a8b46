//! Finds the names of a lexicon among the words of a block: a trie over words.
//!
//! A name is a sequence of folded words. A word of the text follows its exact form where the trie
//! has it, else its singular, so `data warehouses` finds `data warehouse` and `Windows` stays apart
//! from `window`. Camel-case words that are no name themselves are tried in parts. The longest name
//! at a place wins. One look-up a word where no name begins.

use rustc_hash::FxHashMap;

use super::word::{Gap, Word, Words, camel_parts};
use crate::text::Span;

/// A trie from word sequences to ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Matcher {
    tokens: FxHashMap<Box<str>, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    /// The id that ends at each node; node 0 is the root.
    ends: Vec<Option<u32>>,
}

/// A name found: which one, and over which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The id it was added with.
    pub id: u32,
    /// The first word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// The bytes it covers in the block; a part of a word where a camel-case word was cut.
    pub span: Span,
}

impl Matcher {
    /// Adds a name by its folded words. The first id given to a sequence stays.
    pub(super) fn add<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, id: u32) {
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut node = 0;
        for word in words {
            let next_token = u32::try_from(self.tokens.len()).expect("fewer than 2^32 words");
            let token = *self.tokens.entry(word.into()).or_insert(next_token);
            let next_node = u32::try_from(self.ends.len()).expect("fewer than 2^32 nodes");
            node = *self.steps.entry((node, token)).or_insert_with(|| {
                self.ends.push(None);
                next_node
            });
        }
        if node != 0 {
            self.ends[node as usize].get_or_insert(id);
        }
    }

    /// Adds a name as written: its words folded.
    pub(super) fn add_name(&mut self, name: &str, id: u32) {
        let words = Words::new(name);
        self.add(words.all().iter().map(|word| words.folded(word)), id);
    }

    /// The id of exactly this name, if it was added.
    #[must_use]
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        let words = Words::new(name);
        let (id, end) = self.longest(name, &words, 0, &|_| true)?;
        (end == words.all().len()).then_some(id)
    }

    /// Every name in the block, longest first at each place, none overlapping, in order.
    /// `accept` is asked of each match before it counts.
    pub(super) fn find(&self, text: &str, words: &Words, accept: &dyn Fn(&Match) -> bool) -> Vec<Match> {
        let mut found = Vec::new();
        let all = words.all();
        let mut at = 0;
        while at < all.len() {
            let whole =
                |id, end| Match { id, first: at, end, span: Span::new(all[at].span.start, all[end - 1].span.end) };
            if let Some((id, end)) = self.longest(text, words, at, &|(id, end)| accept(&whole(id, end))) {
                found.push(whole(id, end));
                at = end;
            } else {
                found.extend(self.in_parts(text, &all[at], at).filter(|part| accept(part)));
                at += 1;
            }
        }
        found
    }

    /// The longest accepted name that begins at word `at`: its id and one past its last word.
    fn longest(
        &self,
        text: &str,
        words: &Words,
        at: usize,
        accept: &dyn Fn((u32, usize)) -> bool,
    ) -> Option<(u32, usize)> {
        let mut node = 0;
        let mut best = None;
        for (index, word) in words.all().iter().enumerate().skip(at) {
            if index > at && word.gap == Gap::Break && !joins(text, &words.all()[index - 1], word) {
                break;
            }
            let Some(next) = self.step(node, words, word) else { break };
            node = next;
            if let Some(id) = self.ends[node as usize]
                && accept((id, index + 1))
            {
                best = Some((id, index + 1));
            }
        }
        best
    }

    fn step(&self, node: u32, words: &Words, word: &Word) -> Option<u32> {
        let follow = |form: &str| self.steps.get(&(node, *self.tokens.get(form)?)).copied();
        let folded = words.folded(word);
        follow(folded).or_else(|| {
            let singular = words.singular(word);
            if singular.len() == folded.len() && singular == folded { None } else { follow(singular) }
        })
    }

    /// The names that make up a camel-case word, if all its parts but ordinary tails are names.
    fn in_parts(&self, text: &str, word: &Word, at: usize) -> impl Iterator<Item = Match> + '_ {
        let written = word.span.of(text);
        let camel = written.len() > 4
            && written.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
            && written.bytes().any(|byte| byte.is_ascii_lowercase());
        let parts = if camel { camel_parts(written) } else { Vec::new() };
        let start = word.span.start;
        let head = parts.first().filter(|_| parts.len() > 1).and_then(|part| {
            let id = self.get(part.of(written)).filter(|_| part.len() > 2)?;
            Some(Match { id, first: at, end: at + 1, span: Span::new(start, start + part.end) })
        });
        head.into_iter()
    }
}

/// Whether a mark between two words may stand inside a name: `Halo 3: ODST`, `John D. Hunter`, `R & D`.
fn joins(text: &str, left: &Word, right: &Word) -> bool {
    let between = Span::new(left.span.end, right.span.start).of(text);
    matches!(between.trim(), ":" | "&" | "!") || between == ". " && left.span.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(names: &[&str], text: &str) -> Vec<String> {
        let mut matcher = Matcher::default();
        for (id, name) in (0..).zip(names) {
            matcher.add_name(name, id);
        }
        let words = Words::new(text);
        let found = matcher.find(text, &words, &|_| true);
        found.iter().map(|found| format!("{}={}", names[found.id as usize], found.span.of(text))).collect()
    }

    #[test]
    fn the_longest_name_wins_and_plurals_hyphens_and_wraps_do_not_hide_it() {
        assert_eq!(
            find(&["data", "data lake", "Redshift"], "data-lakes, redshift and data"),
            ["data lake=data-lakes", "Redshift=redshift", "data=data"]
        );
    }

    #[test]
    fn a_slash_stands_inside_a_name_and_between_names() {
        assert_eq!(
            find(&["TCP/IP", "TCP", "IP", "Hive"], "TCP/IP, Hive/TCP"),
            ["TCP/IP=TCP/IP", "Hive=Hive", "TCP=TCP"]
        );
    }

    #[test]
    fn a_comma_ends_a_name() {
        assert_eq!(find(&["data lake"], "data, lake"), Vec::<String>::new());
    }

    #[test]
    fn an_exact_plural_is_a_name_of_its_own() {
        assert_eq!(find(&["Windows"], "window of Windows"), ["Windows=Windows"]);
    }

    #[test]
    fn a_run_together_word_gives_the_name_it_begins_with() {
        assert_eq!(find(&["SQL"], "like SQLDatabase"), ["SQL=SQL"]);
    }
}
