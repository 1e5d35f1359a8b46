//! Finds the names of a lexicon among the words of a block: a trie over words.
//!
//! A name is a sequence of folded words. A word of the text follows its exact form where the trie
//! has it, else its singular, so `data warehouses` finds `data warehouse` and `Windows` stays apart
//! from `window`. Camel-case words that are no name themselves are tried in parts. The longest name
//! at a place wins. One look-up a word where no name begins.

use rustc_hash::FxHashMap;

use super::seam::camel_parts;
use super::sieve::Sieve;
use super::word::{Gap, Shape, Word, Words};
use crate::text::{Span, hash};

/// A trie from word sequences to ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Matcher {
    /// The words of names, each behind a line end.
    text: String,
    /// The words that names begin with. Most words of a text are none of them.
    begins: Option<Box<Sieve<512>>>,
    /// Where words lead to from a node: by the node and the word's number, or the next one that no other word has there.
    steps: FxHashMap<(u32, u32), Step>,
    /// The id that ends at each node; node 0 is the root.
    ends: Vec<Option<u32>>,
}

/// A word of names behind a node.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Where the word begins in the text.
    start: u32,
    /// The node that it leads to.
    node: u32,
}

/// The names that begin at the words of a block, overlapping ones too.
#[derive(Clone, Debug, Default)]
pub(super) struct Sought {
    /// By first word, then by end.
    whole: Vec<Match>,
    /// Names that camel-case words begin with, by word.
    parts: Vec<Match>,
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
            if node == 0 {
                self.begins.get_or_insert_default().add(hash::of(word.as_bytes()));
            }
            node = self.step(node, word);
        }
        if node != 0 {
            self.ends[node as usize].get_or_insert(id);
        }
    }

    /// Whether the word is the one that begins there in the text.
    fn is(&self, word: &str, start: u32) -> bool {
        let text = &self.text.as_bytes()[start as usize..];
        text.starts_with(word.as_bytes()) && text.get(word.len()) == Some(&b'\n')
    }

    /// Whether a name may begin with a folded word or, where that is a plural, with its singular.
    fn may_begin(&self, folded: &str) -> bool {
        let may = |word: &str| self.begins.as_ref().is_some_and(|begins| begins.may_hold(hash::of(word.as_bytes())));
        folded.ends_with('s') || may(folded)
    }

    /// The node behind `node` by a word with that number; where there is none, the number that it may have there.
    fn next(&self, node: u32, word: &str, mut number: u32) -> Result<u32, u32> {
        while let Some(step) = self.steps.get(&(node, number)) {
            if self.is(word, step.start) {
                return Ok(step.node);
            }
            number = number.wrapping_add(1);
        }
        Err(number)
    }

    /// The node behind `node` by a word, made where there is none.
    fn step(&mut self, node: u32, word: &str) -> u32 {
        self.next(node, word, hash::of(word.as_bytes())).unwrap_or_else(|number| {
            let start = u32::try_from(self.text.len()).expect("names are shorter than 4 GiB");
            self.text.push_str(word);
            self.text.push('\n');
            let next = u32::try_from(self.ends.len()).expect("fewer than 2^32 nodes");
            self.ends.push(None);
            self.steps.insert((node, number), Step { start, node: next });
            next
        })
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
        let (id, end) = self.longest(name, &words, 0)?;
        (end == words.all().len()).then_some(id)
    }

    /// Every name in the block, longest first at each place, none overlapping, in order.
    /// `accept` is asked of each match before it counts.
    pub(super) fn find(&self, text: &str, words: &Words, accept: &dyn Fn(&Match) -> bool) -> Vec<Match> {
        self.sought(text, words).select(accept)
    }

    /// Every name that begins at any word of the block, to choose from.
    pub(super) fn sought(&self, text: &str, words: &Words) -> Sought {
        let all = words.all();
        let mut sought = Sought::default();
        let Some(begins) = &self.begins else { return sought };
        for (first, word) in all.iter().enumerate() {
            if is_cut(word, text) {
                sought.parts.extend(self.in_parts(text, words, first));
            }
            let [written, singular] = word.hashes;
            if !(begins.may_hold(written) || singular != written && begins.may_hold(singular)) {
                continue;
            }
            let mut node = 0;
            for (index, follows) in all.iter().enumerate().skip(first) {
                if index > first && follows.gap == Gap::Break && !joins(text, &all[index - 1], follows) {
                    break;
                }
                let Some(next) = self.follow(node, words, follows) else { break };
                node = next;
                if let Some(id) = self.ends[node as usize] {
                    let span = Span::new(word.span.start, follows.span.end);
                    sought.whole.push(Match { id, first, end: index + 1, span });
                }
            }
        }
        sought
    }

    /// The longest name that begins at word `at`: its id and one past its last word.
    fn longest(&self, text: &str, words: &Words, at: usize) -> Option<(u32, usize)> {
        let mut node = 0;
        let mut best = None;
        for (index, word) in words.all().iter().enumerate().skip(at) {
            if index > at && word.gap == Gap::Break && !joins(text, &words.all()[index - 1], word) {
                break;
            }
            let Some(next) = self.follow(node, words, word) else { break };
            node = next;
            if let Some(id) = self.ends[node as usize] {
                best = Some((id, index + 1));
            }
        }
        best
    }

    /// The node behind `node` by a word as written, else by its singular.
    fn follow(&self, node: u32, words: &Words, word: &Word) -> Option<u32> {
        let [written, singular] = word.hashes;
        let exact = self.next(node, words.folded(word), written).ok();
        exact.or_else(|| words.is_plural(word).then(|| self.next(node, words.singular(word), singular).ok()).flatten())
    }

    /// The name that a word begins with, if it is in camel case.
    fn in_parts(&self, text: &str, words: &Words, at: usize) -> Option<Match> {
        let word = &words.all()[at];
        let written = word.span.of(text);
        let parts = camel_parts(written);
        let start = word.span.start;
        let part = parts.first().filter(|part| parts.len() > 1 && part.len() > 2)?;
        let folded = words.folded(word);
        if written.is_ascii() && !self.may_begin(&folded[..part.end]) {
            return None;
        }
        let id = self.get(part.of(written))?;
        Some(Match { id, first: at, end: at + 1, span: Span::new(start, start + part.end) })
    }
}

impl Sought {
    /// Of the names that `accept` takes, the longest at each place, none overlapping, in order; part of a word
    /// where no name begins with the whole of it.
    pub(super) fn select(&self, accept: &dyn Fn(&Match) -> bool) -> Vec<Match> {
        let mut found = Vec::new();
        let (mut whole, mut parts) = (self.whole.as_slice(), self.parts.as_slice());
        let mut at = 0;
        loop {
            whole = &whole[whole.partition_point(|one| one.first < at)..];
            parts = &parts[parts.partition_point(|one| one.first < at)..];
            let next = [whole.first(), parts.first()].into_iter().flatten().map(|one| one.first).min();
            let Some(next) = next else { return found };
            let here = whole.partition_point(|one| one.first == next);
            if let Some(longest) = whole[..here].iter().rev().find(|one| accept(one)) {
                found.push(*longest);
                at = longest.end;
            } else {
                found.extend(parts.first().filter(|part| part.first == next && accept(part)));
                at = next + 1;
            }
        }
    }

    /// All names that begin anywhere, parts of words last.
    pub(super) fn all(&self) -> impl Iterator<Item = &Match> {
        self.whole.iter().chain(&self.parts)
    }
}

/// Whether names are looked for in the parts of a word: `SQLDatabase`.
pub(super) fn is_cut(word: &Word, text: &str) -> bool {
    let written = || word.span.of(text).bytes();
    matches!(word.shape, Shape::Upper | Shape::Mixed)
        && word.span.len() > 4
        && written().skip(1).any(|byte| byte.is_ascii_uppercase())
        && written().any(|byte| byte.is_ascii_lowercase())
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
