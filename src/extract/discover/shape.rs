//! Names known by how they are written, and known names with a noun for a part of them.

use super::Signal;
use super::collect::{Finds, NO_NAMES};
use crate::extract::english::{is_boundary, is_english, is_misspelt_english};
use crate::extract::matcher::Match;
use crate::extract::phrase::span_of;
use crate::extract::word::{Gap, Shape, Word, Words, runs};
use crate::read::{Block, InlineKind};
use crate::text::Span;

/// Odd and capitalised words that the vocabulary does not know, and runs of them.
pub(super) fn shapes(block: &Block, words: &Words, known: &[Match], finds: &mut Finds) {
    let text = block.text.as_str();
    let all = words.all();
    let taken = taken(block, words, known);
    let taken = |index: usize| taken[index];
    let mut at = 0;
    while at < all.len() {
        if is_plain(words, &all[at]) {
            at += 1;
            continue;
        }
        let end = run_end(words, at, &taken);
        if end > at + 1 {
            let run = at..end;
            let signal = if all[at].opens { Signal::Opening } else { Signal::Run };
            let odd = run.clone().any(|index| !is_english(words.folded(&all[index])));
            finds.add(
                span_of(words, &run).of(text),
                if odd && signal == Signal::Run { Signal::Capital } else { signal },
            );
        } else if !taken(at)
            && !is_prefix(words, at)
            && let Some(signal) = odd_word(text, words, &all[at])
        {
            finds.add(all[at].span.of(text), signal);
        }
        at = end.max(at + 1);
    }
}

/// For each word whether it belongs to a known name, to code, to a link or to an address.
fn taken(block: &Block, words: &Words, known: &[Match]) -> Vec<bool> {
    let mut taken = vec![false; words.all().len()];
    let code = block.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Code | InlineKind::Link { .. }));
    let addresses = runs(&block.text, *b"/@\\", is_address);
    let inside = code.map(|inline| inline.span).chain(addresses).map(|span| words.within(span));
    for range in known.iter().map(|found| found.first..found.end).chain(inside) {
        taken[range].fill(true);
    }
    taken
}

/// Whether a run between white space is a URL, a path or an e-mail address.
fn is_address(run: &str) -> bool {
    run.contains("://") || run.contains(['@', '\\']) || run.matches('/').nth(1).is_some()
}

/// One past the last of the capitalised words that begin at `at`, with nothing but spaces between.
fn run_end(words: &Words, at: usize, taken: &dyn Fn(usize) -> bool) -> usize {
    let all = words.all();
    let capital = |index: usize| {
        matches!(all[index].shape, Shape::Capital | Shape::Upper | Shape::Mixed)
            && !taken(index)
            && !is_boundary(words.folded(&all[index]))
    };
    let mut end = at;
    while end < all.len() && end < at + 4 && capital(end) && (end == at || all[end].gap == Gap::Space) {
        end += 1;
    }
    end
}

/// Whether the word is the first part of a compound in lower case: `Pre-packaged`.
fn is_prefix(words: &Words, at: usize) -> bool {
    let next = words.all().get(at + 1);
    let joined = next.is_some_and(|next| next.gap == Gap::Hyphen && next.shape == Shape::Lower);
    joined && words.all()[at].shape == Shape::Capital
}

/// The shortest word in lower case that may be a name nobody knows, in bytes.
const LEAST_UNKNOWN: usize = 5;

/// Whether a word is no name by its shape: a number, or short and in lower case.
fn is_plain(words: &Words, word: &Word) -> bool {
    word.shape == Shape::Number || word.shape == Shape::Lower && words.folded_len(word) < LEAST_UNKNOWN
}

fn odd_word(text: &str, words: &Words, word: &Word) -> Option<Signal> {
    let (written, folded) = (word.span.of(text), words.folded(word));
    if is_plain(words, word) {
        return None;
    }
    let plain = is_english(folded)
        || words.is_plural(word) && is_english(words.singular(word))
        || NO_NAMES.binary_search(&folded).is_ok();
    if folded.chars().count() < 2 || plain || folded.contains(['\'', '’']) {
        return None;
    }
    match word.shape {
        Shape::Upper if folded.chars().count() <= 8 => Some(Signal::Odd),
        Shape::Mixed if !folded.contains('_') && folded.chars().next().is_some_and(char::is_alphabetic) => {
            (!is_variable(written, folded)).then_some(Signal::Odd)
        }
        Shape::Capital if is_misspelt_english(folded) => None,
        Shape::Capital if word.opens => Some(Signal::Opening),
        Shape::Capital => Some(Signal::Capital),
        Shape::Lower if folded.is_ascii() => Some(Signal::Unknown),
        _ => None,
    }
}

/// Whether a word in lower case is an English one with a number, or a path of fields, as variables are called: `host1`, `node.next`.
fn is_variable(written: &str, folded: &str) -> bool {
    const ENDINGS: &[&str] = &["ai", "com", "io", "js", "net", "py"];
    if written.contains(char::is_uppercase) {
        return false;
    }
    let stem = folded.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let path = folded.rsplit_once('.').is_some_and(|(_, last)| !ENDINGS.contains(&last));
    path || stem.len() < folded.len() && is_english(stem)
}

/// Nouns for the parts of a system, which with its name make a term of their own.
pub(in crate::extract) const COMPONENTS: &[&str] = &[
    "advisor",
    "agent",
    "broker",
    "channel",
    "client",
    "cluster",
    "connector",
    "consumer",
    "context",
    "daemon",
    "executor",
    "gateway",
    "master",
    "metastore",
    "namenode",
    "node",
    "operator",
    "partition",
    "producer",
    "query",
    "registry",
    "server",
    "shard",
    "sink",
    "slice",
    "source",
    "spectrum",
    "stream",
    "table",
    "topic",
    "worker",
];

/// `Flume agents`: a known name before a noun for a part of a system.
pub(super) fn compounds(block: &Block, words: &Words, known: &[Match], finds: &mut Finds) {
    let all = words.all();
    for found in known {
        let Some(next) = all.get(found.end) else { continue };
        let part = COMPONENTS.contains(&words.singular(next)) && next.gap == Gap::Space;
        // `Kafka's topics` are some of its parts and no name for them.
        let owned = Span::new(found.span.end, next.span.start).of(&block.text).starts_with(['\'', '’']);
        if part && !owned && found.end - found.first == 1 && all[found.first].shape != Shape::Lower {
            finds.add(Span::new(found.span.start, next.span.end).of(&block.text), Signal::Compound);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_no_names() {
        let odd = |text: &str| {
            let words = Words::new(text);
            odd_word(text, &words, &words.all()[0])
        };
        for variable in ["host1", "pointer2", "node.next", "spark.shuffle.size"] {
            assert_eq!(odd(variable), None, "{variable}");
        }
        for name in ["node.js", "neo4j", "k8s", "Log4j", "StateStore.Live"] {
            assert_eq!(odd(name), Some(Signal::Odd), "{name}");
        }
    }
}
