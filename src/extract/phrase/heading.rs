//! What headings and fields name: `What is Flume?`, `Leader node: Manages clients`.

use super::noun::{is_praise, is_vague_name};
use crate::extract::english::{is_boundary, is_english, is_generic, is_misspelt_english, is_sentence_word};
use crate::extract::word::{Gap, Shape, Word, Words};
use crate::text::Span;

/// The words of a heading that may name a concept: numbering, `What is`, `Introduction to`, a
/// question mark and a leading article are taken off. None for sentences and for generic headings.
#[must_use]
pub(in crate::extract) fn heading_name(title: &str) -> Option<&str> {
    const OPENINGS: &[&str] = &[
        "what is ",
        "what are ",
        "define ",
        "describe ",
        "explain ",
        "what's ",
        "whats ",
        "who is ",
        "who are ",
        "introduction to ",
        "intro to ",
        "overview of ",
        "about ",
        "getting started with ",
        "working with ",
        "why use ",
        "why do we use ",
        "why should we use ",
        "why ",
        "using ",
        "the ",
        "a ",
        "an ",
    ];
    let mut name = without_number(title.trim()).trim_end_matches(['?', ':', '.', '!']).trim();
    while let Some(opening) = OPENINGS
        .iter()
        .find(|opening| name.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)))
    {
        name = name[opening.len()..].trim_start();
    }
    // `What is a view in Hive?` asks of views.
    if let Some(at) = name.find(" in ").filter(|_| title.trim_end().ends_with('?')) {
        name = name[..at].trim_end();
    }
    let words = Words::new(name);
    let sentence = words.all().iter().any(|word| is_sentence_word(words.folded(word)));
    let short = (1..=5).contains(&words.all().len());
    // `What are the core methods of a reducer?` asks of something and names nothing.
    let asked = title.trim_end().ends_with('?') && !asks_of_a_term(&words);
    let named = short && !sentence && !asked && !is_generic_phrase(&words) && !tells_of(&words);
    (named && !name.contains([',', ':']) && !speaks_of_an_owner(name)).then_some(name)
}

/// Whether a phrase says something of whose it is: `GitLab's distinctive positioning`; `Moore's law` is a name.
fn speaks_of_an_owner(phrase: &str) -> bool {
    let mut words = phrase.split_whitespace();
    let owner = |word: &str| ["'s", "’s", "s'", "s’"].iter().any(|mark| word.ends_with(mark));
    words.any(owner) && words.clone().count() > 1 && words.all(|word| word.starts_with(char::is_lowercase))
}

/// Whether a phrase speaks of what it names: `benefits of Kafka`, `SQL statements supported`, `Related problems`.
fn tells_of(words: &Words) -> bool {
    const LEADING: &[&str] = &["after", "before", "during", "for", "from", "if", "in", "on", "to", "when", "with"];
    const LISTING: &[&str] = &["are", "contains", "cover", "covers", "include", "includes", "is", "provides"];
    const ASIDE: &[&str] = &["available", "involved", "needed", "offered", "provided", "required", "supported", "used"];
    const ELSEWHERE: &[&str] = &[
        "compare",
        "differentiate",
        "discuss",
        "enumerate",
        "further",
        "list",
        "mention",
        "recommended",
        "related",
        "suggested",
        "useful",
    ];
    const TOLD: &[&str] = &["function", "meaning", "number", "objective", "property", "significance", "task"];
    let all = words.all();
    let of = all.iter().position(|word| words.folded(word) == "of").unwrap_or(0);
    // `For files:`, `The courses cover:`, `Key Redshift concepts` lead to what stands below.
    let next = all.get(1).map_or(Gap::Break, |next| next.gap);
    let led =
        all.len() > 1 && next == Gap::Space && LEADING.contains(&words.folded(&all[0])) && all[0].shape != Shape::Upper;
    let cut = all.last().is_some_and(|word| all.len() > 1 && LISTING.contains(&words.folded(word)));
    let praised = all.len() > 1
        && next == Gap::Space
        && is_praise(words.folded(&all[0]))
        && all.last().is_some_and(|last| words.is_plural(last) && is_part_of_texts(words.singular(last)));
    if led || cut || praised {
        return true;
    }
    let aside = all.last().is_some_and(|word| all.len() > 1 && ASIDE.binary_search(&words.folded(word)).is_ok());
    let told = |word: &Word| is_generic(words.singular(word)) || TOLD.binary_search(&words.singular(word)).is_ok();
    let elsewhere = all.len() > 1 && ELSEWHERE.binary_search(&words.folded(&all[0])).is_ok();
    of > 0 && all[..of].iter().all(told) || aside || elsewhere
}

/// Whether a noun names a part of any text or what one says of anything: `concept`, `capability`.
fn is_part_of_texts(singular: &str) -> bool {
    is_generic(singular) || is_vague_name(singular) || matches!(singular, "capability" | "term" | "word")
}

/// Whether what a question asks of is called by a term: no preposition but `of` is in it, no article, and no word of mere praise opens it.
fn asks_of_a_term(words: &Words) -> bool {
    let grammar = |word: &Word| {
        let folded = words.folded(word);
        is_boundary(folded) && !matches!(folded, "of" | "and" | "as") && word.shape != Shape::Upper
    };
    let praised = words.all().len() > 1 && words.all().first().is_some_and(|first| is_praise(words.folded(first)));
    !praised && !words.all().iter().skip(1).any(grammar)
}

/// Nouns for parts of a text that writers count, singular, sorted.
const COUNTED: &[&str] = &[
    "appendix", "block", "case", "cause", "chapter", "day", "example", "exercise", "figure", "finding", "lab",
    "lesson", "level", "module", "month", "option", "part", "pattern", "phase", "q", "question", "round", "rule",
    "scenario", "section", "step", "story", "strategy", "task", "tip", "unit", "week", "year",
];

/// Whether a name is the noun for a part of a text and its number or letter: `Tip 3`, `Option B`.
#[must_use]
pub(in crate::extract) fn is_counted_part(name: &str) -> bool {
    let Some((noun, number)) = name.split_once(' ') else { return false };
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let letter = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_alphabetic());
    (digits || letter) && COUNTED.binary_search(&noun.to_lowercase().as_str()).is_ok()
}

/// A heading without the number of its part: `5. Internals`, `Step 2 - Review`, `Q6: Why?`.
fn without_number(title: &str) -> &str {
    let letters = title.bytes().take_while(u8::is_ascii_alphabetic).count();
    let counted = letters == 0 || COUNTED.binary_search(&title[..letters].to_lowercase().as_str()).is_ok();
    let number = title[letters..].trim_start();
    let rest = number.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let digits = &number[..number.len() - rest.len()];
    let name = rest.trim_start().trim_start_matches([')', ':', '-', '–', '—', '.']).trim_start();
    // `7 Layers` counts its layers, `3.2 Scheduler` its parts.
    let parts = digits.split('.').filter(|part| (1..=2).contains(&part.len())).count();
    let nested = parts > 1 && parts == digits.split('.').count();
    let closed = digits.ends_with('.') || nested || rest.trim_start().starts_with([')', ':', '-', '–', '—']);
    // `03-Data Warehouses` is the third of its files.
    let padded = digits.len() > 1 && digits.starts_with('0');
    let spaced = name.len() < rest.len() && (padded || rest[..rest.len() - name.len()].contains(char::is_whitespace));
    if counted && digits.starts_with(|digit: char| digit.is_ascii_digit()) && closed && spaced { name } else { title }
}

/// Whether every word of the phrase is generic or a grammar word.
#[must_use]
pub(in crate::extract) fn is_generic_phrase(words: &Words) -> bool {
    let generic = |word: &Word| {
        word.shape == Shape::Number || is_generic(words.singular(word)) || is_boundary(words.folded(word))
    };
    let some = words.all().iter().any(generic);
    let slip = |word: &Word| some && !is_english(words.folded(word)) && is_misspelt_english(words.folded(word));
    words.all().iter().all(|word| generic(word) || slip(word))
}

/// Whether a paragraph announces the list behind it as parts of what it speaks of: `with the following categories`.
#[must_use]
pub(in crate::extract) fn announces_parts(words: &Words) -> bool {
    const PARTS: &[&str] = &[
        "category",
        "component",
        "concept",
        "element",
        "entity",
        "feature",
        "layer",
        "module",
        "part",
        "service",
        "stage",
    ];
    let all = words.all();
    let following = (0..all.len()).filter(|at| words.folded(&all[*at]) == "following");
    following.flat_map(|at| all.iter().skip(at + 1).take(3)).any(|word| PARTS.contains(&words.singular(word)))
}

/// A `Key: value` block: the key of one to five words, and where the value starts (maybe nothing follows).
///
/// `Key - value` counts too, where the dash stands between spaces. URLs, times and sentences do not.
#[must_use]
pub(in crate::extract) fn field(text: &str) -> Option<(Span, Span)> {
    let bytes = text.as_bytes();
    let dashed = || memchr::memchr2_iter(b'-', 0xe2, bytes).any(|at| at > 0 && bytes[at - 1] == b' ');
    if memchr::memchr(b':', bytes).is_none() && !dashed() {
        return None;
    }
    // What stands behind the sixth word parts no key of five from its value.
    let opening = &text[..key_limit(text)];
    let colon = memchr::memchr(b':', opening.as_bytes());
    let colon = colon.filter(|at| text[at + 1..].chars().next().is_none_or(char::is_whitespace));
    let spaces = opening.bytes().enumerate().filter(|(_, byte)| *byte == b' ');
    let dash = spaces.into_iter().find_map(|(at, _)| {
        let mark = DASHES.iter().find(|mark| opening[at..].starts_with(**mark))?;
        Some((at, mark.len()))
    });
    let (at, width) = match (colon, dash) {
        (Some(colon), Some((dash, width))) if dash < colon => (dash, width),
        (Some(colon), _) => (colon, 1),
        (None, Some(found)) => found,
        (None, None) => return None,
    };
    let key = text[..at].trim();
    let words = key.split_whitespace().count();
    let sentence = key.contains(". ") || key.ends_with('.');
    let plain = !sentence && !key.contains(['!', '?', '"', '<', '=']) && !key.contains("--");
    let start = text.len() - text[at + width..].trim_start().len();
    let key_start = at - text[..at].trim_start().len().min(at);
    ((1..=LONGEST_KEY).contains(&words) && plain)
        .then(|| (Span::new(key_start, key_start + key.len()), Span::new(start, text.len())))
}

/// Where the sixth word of `text` ends, a dash between spaces counted as one: no field's mark begins behind it.
fn key_limit(text: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b' ' | b'\t'..=b'\r' => {
                words += usize::from(inside);
                inside = false;
                if words > LONGEST_KEY {
                    return at + 1;
                }
            }
            0x80.. => return key_limit_of_any(text),
            _ => inside = true,
        }
    }
    text.len()
}

/// As [`key_limit`], with white space beyond ASCII too.
fn key_limit_of_any(text: &str) -> usize {
    let sixth = text.split_whitespace().nth(LONGEST_KEY);
    let end = sixth.map_or(text.len(), |word| word.as_ptr() as usize - text.as_ptr() as usize + word.len());
    text[end..].chars().next().map_or(end, |space| end + space.len_utf8())
}

/// Dashes that part a key from its value.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The longest key of a field, in words.
const LONGEST_KEY: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_give_names_and_sentences_give_none() {
        assert_eq!(heading_name("What is Flume?"), Some("Flume"));
        assert_eq!(heading_name("Introduction to the Data Lake"), Some("Data Lake"));
        assert_eq!(heading_name("Overview"), None);
        assert_eq!(heading_name("Tell me about yourself"), None);
        assert_eq!(heading_name("5. Storage Layer"), Some("Storage Layer"));
        assert_eq!(heading_name("2.1) What is Flume?"), Some("Flume"));
        assert_eq!(heading_name("Step 5 — Code Review"), Some("Code Review"));
        assert_eq!(heading_name("What is a materialized view in Hive?"), Some("materialized view"));
        assert_eq!(heading_name("What are the core methods of a Reducer?"), None);
        assert_eq!(heading_name("Benefits of Kafka"), None);
        assert_eq!(heading_name("Unit of Work"), Some("Unit of Work"));
        assert_eq!(heading_name("SQL statements supported"), None);
        assert_eq!(heading_name("Related Puzzles"), None);
        assert_eq!(heading_name("Compare Hadoop and Spark"), None);
        assert_eq!(heading_name("7 Layers"), Some("7 Layers"));
        assert_eq!(heading_name("3D Tiles"), Some("3D Tiles"));
        assert_eq!(heading_name("3.2 Scheduler"), Some("Scheduler"));
        assert_eq!(heading_name("03-Data Warehouses"), Some("Data Warehouses"));
        assert_eq!(heading_name("3-Tier Architecture"), Some("3-Tier Architecture"));
        assert_eq!(heading_name("The courses cover:"), None);
        assert_eq!(heading_name("For Files"), None);
        assert_eq!(heading_name("In-Memory Databases"), Some("In-Memory Databases"));
        assert_eq!(heading_name("Key Redshift concepts"), None);
        assert_eq!(heading_name("Key Management Service"), Some("Key Management Service"));
        assert_eq!(heading_name("Zorblax's distinctive position"), None);
        assert_eq!(heading_name("Moore's law"), Some("Moore's law"));
    }

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(COUNTED.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn fields_have_short_keys() {
        let text = "Leader node: Manages clients";
        let (key, value) = field(text).unwrap();
        assert_eq!((key.of(text), value.of(text)), ("Leader node", "Manages clients"));
        assert_eq!(field("see https://example.org"), None);
        let text = "-Kafka - multinode";
        assert_eq!(field(text).map(|(key, _)| key.of(text)), Some("-Kafka"));
    }
}
