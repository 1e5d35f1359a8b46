//! Sentences of a block, and whether one asserts anything.

use crate::text::Span;

/// Longer runs without an end mark are read in pieces, in bytes.
const LONGEST_SENTENCE: usize = 2000;

/// The sentences of a block: bytes from one end mark to the next. Runs of more than [`LONGEST_SENTENCE`] bytes are cut at
/// white space. Linear in the text.
#[must_use]
pub(in crate::extract) fn sentences(text: &str) -> Vec<Span> {
    const SHORTENED: &[&str] =
        &["e.g", "i.e", "eg", "ie", "etc", "vs", "cf", "approx", "inc", "no", "fig", "dr", "mr", "st"];
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?', ';', '\n']) {
        let end = at + mark.len();
        let closes = mark == ";"
            || mark == "\n"
            || text[end..].starts_with([' ', '\u{a0}', ')', '"', '\n'])
            || end == text.len();
        let shortened = || {
            let word = text[start..at].rsplit([' ', '(']).next().unwrap_or("");
            let initial = word.len() == 1 && word.chars().all(char::is_uppercase) && at > start + 1;
            initial || word.len() <= 6 && SHORTENED.contains(&word.to_lowercase().as_str())
        };
        if closes && !(mark == "." && shortened()) {
            cut(text, Span::new(start, end), &mut spans);
            start = end;
        }
    }
    cut(text, Span::new(start, text.len()), &mut spans);
    spans.retain(|span| span.of(text).chars().any(char::is_alphanumeric));
    spans
}

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
    const DENIALS: &[&str] = &[
        "not",
        "no",
        "never",
        "without",
        "instead",
        "dont",
        "don't",
        "doesn't",
        "doesnt",
        "cannot",
        "can't",
        "cant",
        "won't",
        "wont",
        "isn't",
        "isnt",
        "aren't",
        "arent",
        "neither",
        "nor",
        "todo",
        "tbd",
        "rejected",
        "planned",
        "planning",
        "unlike",
        "rather",
        "deprecated",
        "if",
        "whether",
        "would",
        "might",
        "should",
        "suppose",
        "imagine",
        "assume",
    ];
    let lower = sentence.to_lowercase().replace('’', "'");
    lower.trim_end().ends_with('?')
        || asks(sentence)
        || lower.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'')).any(|word| DENIALS.contains(&word))
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

    #[test]
    fn sentences_do_not_end_at_short_forms() {
        let text = "Use stores, e.g. S3 and EBS. Then stop";
        let found: Vec<&str> = sentences(text).iter().map(|span| span.of(text).trim()).collect();
        assert_eq!(found, ["Use stores, e.g. S3 and EBS.", "Then stop"]);
    }
}
