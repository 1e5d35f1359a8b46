//! Sentences of a block, and whether one asserts anything.

use std::ops::Range;

use crate::extract::word::Words;
use crate::text::Span;

/// Longer runs without an end mark are read in pieces, in bytes.
const LONGEST_SENTENCE: usize = 2000;

/// The sentences of a block: bytes from one end mark to the next. Runs of more than [`LONGEST_SENTENCE`] bytes are cut at
/// white space. Linear in the text.
#[must_use]
pub(in crate::extract) fn sentences(text: &str) -> Vec<Span> {
    let mut splitter = Splitter { text, start: 0, found: Vec::new() };
    splitter.look_in(0..text.len());
    splitter.finish()
}

/// As [`sentences`], of a text that is cut into words already: no sentence ends inside of one.
#[must_use]
pub(in crate::extract) fn sentences_of(text: &str, words: &Words) -> Vec<Span> {
    let mut splitter = Splitter { text, start: 0, found: Vec::new() };
    let mut end = 0;
    for word in words.all() {
        splitter.look_in(end..word.span.start);
        end = word.span.end;
    }
    splitter.look_in(end..text.len());
    splitter.finish()
}

/// Splits a text into sentences.
struct Splitter<'t> {
    text: &'t str,
    /// Where the sentence under way begins.
    start: usize,
    found: Vec<Span>,
}

impl Splitter<'_> {
    /// Ends the sentences that end at some of these bytes.
    fn look_in(&mut self, places: Range<usize>) {
        for at in places {
            if ENDS[self.text.as_bytes()[at] as usize] && self.ends_at(at) {
                cut(self.text, Span::new(self.start, at + 1), &mut self.found);
                self.start = at + 1;
            }
        }
    }

    /// Whether the mark at that byte ends a sentence.
    fn ends_at(&self, at: usize) -> bool {
        const SHORTENED: &[&str] =
            &["e.g", "i.e", "eg", "ie", "etc", "vs", "cf", "approx", "inc", "no", "fig", "dr", "mr", "st"];
        let bytes = self.text.as_bytes();
        let mark = bytes[at];
        let closes = match bytes.get(at + 1) {
            _ if mark == b';' || mark == b'\n' => true,
            Some(b' ' | b')' | b'"' | b'\n') | None => true,
            // A space that does not break.
            Some(0xc2) => bytes.get(at + 2) == Some(&0xa0),
            Some(_) => false,
        };
        let shortened = || {
            let word = self.text[self.start..at].rsplit([' ', '(']).next().unwrap_or("");
            let initial = word.len() == 1 && word.chars().all(char::is_uppercase) && at > self.start + 1;
            initial || word.len() <= 6 && SHORTENED.iter().any(|short| word.eq_ignore_ascii_case(short))
        };
        closes && !(mark == b'.' && shortened())
    }

    /// All sentences that say anything.
    fn finish(mut self) -> Vec<Span> {
        cut(self.text, Span::new(self.start, self.text.len()), &mut self.found);
        self.found.retain(|span| span.of(self.text).chars().any(char::is_alphanumeric));
        self.found
    }
}

/// Whether a byte may end a sentence.
static ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let marks = b".!?;\n";
    let mut at = 0;
    while at < marks.len() {
        ends[marks[at] as usize] = true;
        at += 1;
    }
    ends
};

/// Adds `sentence` in pieces of at most [`LONGEST_SENTENCE`] bytes, cut at white space where there is some.
fn cut(text: &str, sentence: Span, spans: &mut Vec<Span>) {
    let mut start = sentence.start;
    while sentence.end - start > LONGEST_SENTENCE {
        let most = (start..=start + LONGEST_SENTENCE).rev().find(|at| text.is_char_boundary(*at));
        let most = most.expect("a piece is longer than a character");
        let space = text[start..most].rfind(' ').filter(|at| *at > 0).map_or(most, |at| start + at);
        spans.push(Span::new(start, space));
        start = space;
    }
    spans.push(Span::new(start, sentence.end));
}

/// Whether the words around say that nothing is asserted: negated, planned, rejected or asked.
#[must_use]
pub(in crate::extract) fn asserts_nothing(sentence: &str) -> bool {
    let mut words = sentence.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’')));
    sentence.trim_end().ends_with('?') || asks(sentence) || words.any(denies)
}

/// Whether the word denies, plans or supposes, in any case and with either apostrophe.
fn denies(word: &str) -> bool {
    const LONGEST: usize = "deprecated".len();
    let mut lower = [0; LONGEST];
    let mut length = 0;
    for letter in word.chars() {
        let letter = if letter == '’' { '\'' } else { letter.to_ascii_lowercase() };
        match (lower.get_mut(length), u8::try_from(letter)) {
            (Some(place), Ok(letter)) => *place = letter,
            _ => return false,
        }
        length += 1;
    }
    matches!(
        &lower[..length],
        b"not"
            | b"no"
            | b"never"
            | b"without"
            | b"instead"
            | b"dont"
            | b"don't"
            | b"doesn't"
            | b"doesnt"
            | b"cannot"
            | b"can't"
            | b"cant"
            | b"won't"
            | b"wont"
            | b"isn't"
            | b"isnt"
            | b"aren't"
            | b"arent"
            | b"neither"
            | b"nor"
            | b"todo"
            | b"tbd"
            | b"rejected"
            | b"planned"
            | b"planning"
            | b"unlike"
            | b"rather"
            | b"deprecated"
            | b"if"
            | b"whether"
            | b"would"
            | b"might"
            | b"should"
            | b"suppose"
            | b"imagine"
            | b"assume"
    )
}

/// Whether a sentence asks, with a question mark or without: `Can Kafka store files`, `How does it scale`, `Explain sharding`.
fn asks(sentence: &str) -> bool {
    const ASKING: &[&str] =
        &["can", "could", "did", "do", "does", "is", "are", "was", "were", "should", "will", "would"];
    let mut words = sentence.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let first = words.find(|word| word.chars().any(char::is_alphabetic)).unwrap_or("");
    let second = words.next().unwrap_or("");
    let asking = |word: &str| ASKING.contains(&word);
    match first.to_lowercase().as_str() {
        "how" | "why" | "what" => true,
        // Tasks for the reader.
        "compare" | "define" | "describe" | "differentiate" | "discuss" | "explain" | "give" | "mention" => true,
        "when" | "where" | "which" | "who" => asking(second),
        // An analogy, a case that is made up.
        "think" => second == "of",
        "let's" | "lets" => second == "say",
        // `Is a store for files`: the subject stands above it.
        "is" | "are" | "was" | "were" | "can" | "does" | "do" | "will" => {
            second.starts_with(char::is_uppercase)
                || matches!(second, "it" | "there" | "this" | "that" | "they" | "you" | "we" | "i")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn sentences_end_between_words(text in r#"([A-Za-z]{0,4}[.!?;:)'" \n\u{a0}é-]{0,3}(e\.g|C\+\+|no)?){0,12}"#) {
            proptest::prop_assert_eq!(sentences_of(&text, &Words::new(&text)), sentences(&text));
        }
    }

    #[test]
    fn sentences_do_not_end_at_short_forms() {
        let text = "Use stores, e.g. S3 and EBS. Then stop";
        let found: Vec<&str> = sentences(text).iter().map(|span| span.of(text).trim()).collect();
        assert_eq!(found, ["Use stores, e.g. S3 and EBS.", "Then stop"]);
    }

    #[test]
    fn questions_without_a_mark_and_tasks_assert_nothing() {
        for asked in ["Can Kafka store files", "How does it scale", "Which is faster", "Explain sharding."] {
            assert!(asserts_nothing(asked), "{asked}");
        }
        for told in ["Is a store for files.", "When a client asks, Kafka answers.", "Kafka can store files."] {
            assert!(!asserts_nothing(told), "{told}");
        }
    }
}
