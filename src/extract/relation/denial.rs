//! What a sentence denies, plans, doubts or supposes, clause by clause: `Hive does not store data but reads HDFS` denies only
//! what stands between `not` and `but`.
//!
//! In: the words of a sentence. Out: the spans in which nothing is asserted, in order. A denial reaches from its word to the end of
//! its clause; `without`, `instead of`, `rather than` and `unlike` reach to the end of their phrase, `if` to its comma. One pass.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr2;

use super::verb_frames::verb;
use crate::extract::sieve::Sieve;
use crate::extract::word::{Gap, Shape, Words};
use crate::text::Span;

/// How far a word denies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The whole sentence.
    Sentence,
    /// To the end of the clause.
    Clause,
    /// To the next comma or the end of the clause.
    Phrase,
}

/// The first byte of `’`.
const APOSTROPHE: u8 = 0xe2;

/// The spans of `sentence` in which nothing is asserted; all of it where it asks or is a note to do something.
pub(in crate::extract) fn denied(text: &str, words: &Words, sentence: Span) -> Vec<Span> {
    if sentence.of(text).trim_end().ends_with('?') {
        return vec![sentence];
    }
    let range = words.within(sentence);
    let contracted = memchr2(b'\'', APOSTROPHE, sentence.of(text).as_bytes()).is_some();
    let mut found: Vec<Span> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(reach) = reach(words, at, contracted) else {
            at += 1;
            continue;
        };
        let end = match reach {
            Reach::Sentence => return vec![sentence],
            Reach::Clause => clause_end(text, words, at + 1..range.end, false),
            Reach::Phrase => clause_end(text, words, at + 1..range.end, true),
        };
        let last = words.all()[end - 1].span.end;
        found.push(Span::new(words.all()[at].span.start, last));
        at = end;
    }
    found
}

/// Where a word must stand to deny.
#[derive(Clone, Copy)]
enum Place {
    Anywhere,
    /// At the beginning of a sentence.
    Opening,
    /// There, and that word behind it.
    OpeningBefore(&'static str),
    Before(&'static str),
    NotBefore(&'static [&'static str]),
}

/// Words that deny, with how far and where; the first place that fits counts. So do those that end in `n't`, to the end of the clause.
const DENYING: &[(&[&str], Reach, Place)] = &[
    (&["rejected", "tbd", "todo"], Reach::Sentence, Place::Anywhere),
    // `Think of tables like drawers`
    (&["think"], Reach::Sentence, Place::OpeningBefore("of")),
    (&["let", "lets"], Reach::Sentence, Place::OpeningBefore("say")),
    (&["imagine"], Reach::Sentence, Place::Opening),
    (&["not"], Reach::Clause, Place::NotBefore(&["just", "only"])),
    (
        &["arent", "cannot", "cant", "doesnt", "dont", "isnt", "neither", "never", "nor", "wont"],
        Reach::Clause,
        Place::Anywhere,
    ),
    (
        &["considering", "could", "imagine", "might", "planned", "planning", "should", "suppose", "would"],
        Reach::Clause,
        Place::Anywhere,
    ),
    (&["hope", "plan", "plans", "try", "want", "wanted", "wants"], Reach::Clause, Place::Before("to")),
    (&["except", "if", "no", "unless", "unlike", "whether", "without"], Reach::Phrase, Place::Anywhere),
    (&["instead"], Reach::Phrase, Place::Before("of")),
    (&["rather"], Reach::Phrase, Place::Before("than")),
];

static SIEVE: LazyLock<Sieve<64>> =
    LazyLock::new(|| Sieve::of(DENYING.iter().flat_map(|(denying, ..)| denying.iter().copied())));

/// How far the word at `at` denies, if it does. Some words of the sentence may be `contracted`.
fn reach(words: &Words, at: usize, contracted: bool) -> Option<Reach> {
    let word = &words.all()[at];
    let listed = SIEVE.lets_through(word);
    // `Heroes of Might and Magic`
    if !(listed || contracted) || word.shape == Shape::Capital && !word.opens {
        return None;
    }
    let folded = words.folded(word);
    let next = words.all().get(at + 1).map_or("", |next| words.folded(next));
    let fits = |place: Place| match place {
        Place::Anywhere => true,
        Place::Opening => word.opens,
        Place::OpeningBefore(other) => word.opens && next == other,
        Place::Before(other) => next == other,
        Place::NotBefore(others) => !others.contains(&next),
    };
    let denies = DENYING.iter().find(|(denying, _, place)| denying.contains(&folded) && fits(*place));
    let ends = folded.ends_with("n't") || folded.ends_with("n’t");
    denies.map(|(_, reach, _)| *reach).or(ends.then_some(Reach::Clause))
}

/// One past the last word of the clause whose rest is `rest`; a comma ends it too where only a `phrase` is meant.
fn clause_end(text: &str, words: &Words, rest: Range<usize>, phrase: bool) -> usize {
    let all = words.all();
    let folded = |at: usize| all.get(at).map_or("", |word| words.folded(word));
    let ends = |at: usize| {
        let comma = all[at].gap == Gap::Break
            && Span::new(all[at - 1].span.end, all[at].span.start).of(text).contains([',', ')', ':', ';', '—', '–']);
        match folded(at) {
            "but" | "however" | "whereas" | "because" | "although" | "though" | "while" => true,
            "then" => phrase,
            "so" | "which" | "who" | "it" | "they" | "this" | "we" | "you" | "instead" | "rather" => comma,
            // `does not store data and reads from HDFS`: the third person begins anew.
            "and" | "or" => {
                third_person(folded(at + 1)) || comma && matches!(folded(at + 1), "it" | "they" | "this" | "we")
            }
            _ => comma && phrase,
        }
    };
    rest.clone().skip(1).find(|at| ends(*at)).unwrap_or(rest.end).max(rest.start)
}

fn third_person(folded: &str) -> bool {
    folded.ends_with('s') && verb(folded).is_some() || matches!(folded, "is" | "has" | "was" | "are" | "does")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that assert something.
    fn asserted(text: &str) -> String {
        let words = Words::new(text);
        let denied = denied(text, &words, Span::new(0, text.len()));
        let free = |span: Span| !denied.iter().any(|denied| denied.start <= span.start && span.end <= denied.end);
        let kept: Vec<&str> =
            words.all().iter().map(|word| word.span).filter(|span| free(*span)).map(|span| span.of(text)).collect();
        kept.join(" ")
    }

    #[test]
    fn a_denial_ends_with_its_clause() {
        assert_eq!(asserted("Hive does not store rows but reads HDFS."), "Hive does but reads HDFS");
        assert_eq!(asserted("Hive doesn't cache data and uses Tez."), "Hive and uses Tez");
        assert_eq!(
            asserted("Spark should write to Kafka, but Flink writes to HDFS."),
            "Spark but Flink writes to HDFS"
        );
        assert_eq!(asserted("Not only Spark reads HDFS."), "Not only Spark reads HDFS");
    }

    #[test]
    fn phrases_end_at_a_comma() {
        assert_eq!(asserted("Unlike Hive, Presto keeps data in memory."), "Presto keeps data in memory");
        assert_eq!(asserted("If Kafka is down, Flume writes to disk."), "Flume writes to disk");
        assert_eq!(asserted("Flink runs on YARN without HDFS."), "Flink runs on YARN");
        assert_eq!(asserted("Flume moved to Kafka instead of RabbitMQ."), "Flume moved to Kafka");
    }

    #[test]
    fn questions_and_tasks_assert_nothing() {
        assert_eq!(asserted("Does Spark write to Kafka?"), "");
        assert_eq!(asserted("TODO: Spark writes to Kafka."), "");
    }
}
