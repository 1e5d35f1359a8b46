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
    let bytes = text.as_bytes();
    for (at, mark) in bytes.iter().copied().enumerate() {
        if !ENDS[mark as usize] {
            continue;
        }
        let end = at + 1;
        let closes = match bytes.get(end) {
            _ if mark == b';' || mark == b'\n' => true,
            Some(b' ' | b')' | b'"' | b'\n') | None => true,
            // A space that does not break.
            Some(0xc2) => bytes.get(end + 1) == Some(&0xa0),
            Some(_) => false,
        };
        let shortened = || {
            let word = text[start..at].rsplit([' ', '(']).next().unwrap_or("");
            let initial = word.len() == 1 && word.chars().all(char::is_uppercase) && at > start + 1;
            initial || word.len() <= 6 && SHORTENED.iter().any(|short| word.eq_ignore_ascii_case(short))
        };
        if closes && !(mark == b'.' && shortened()) {
            cut(text, Span::new(start, end), &mut spans);
            start = end;
        }
    }
    cut(text, Span::new(start, text.len()), &mut spans);
    spans.retain(|span| span.of(text).chars().any(char::is_alphanumeric));
    spans
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
