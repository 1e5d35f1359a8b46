//! Phrases without a tagger: short closed word lists and the few shapes that rules share.
//!
//! In: the words of a block. Out: spans of noun phrases, field keys, heading names. The lists are
//! grammar words and class nouns of English, not names.

use std::ops::Range;

use super::word::{Gap, Shape, Word, Words, is_english, is_misspelt_english};
use crate::text::Span;

/// Words that end a noun phrase to the left: articles, prepositions, conjunctions, pronouns,
/// auxiliaries, and verbs and adverbs that commonly stand before a phrase. Sorted.
const BOUNDARIES: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "add",
    "adding",
    "adds",
    "after",
    "again",
    "against",
    "all",
    "allow",
    "allows",
    "also",
    "although",
    "always",
    "among",
    "an",
    "and",
    "any",
    "are",
    "around",
    "as",
    "at",
    "bad",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "build",
    "building",
    "builds",
    "but",
    "by",
    "called",
    "can",
    "connect",
    "connects",
    "contain",
    "contains",
    "could",
    "create",
    "creates",
    "creating",
    "different",
    "do",
    "does",
    "during",
    "e.g",
    "each",
    "eg",
    "either",
    "enable",
    "enables",
    "enough",
    "etc",
    "every",
    "export",
    "exports",
    "fetch",
    "few",
    "following",
    "for",
    "from",
    "get",
    "gets",
    "good",
    "handle",
    "handles",
    "has",
    "have",
    "having",
    "he",
    "her",
    "his",
    "how",
    "i",
    "i.e",
    "ie",
    "if",
    "import",
    "imports",
    "in",
    "include",
    "includes",
    "including",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "just",
    "keep",
    "keeps",
    "know",
    "known",
    "let",
    "lets",
    "like",
    "load",
    "loads",
    "made",
    "make",
    "makes",
    "making",
    "manage",
    "manages",
    "many",
    "may",
    "might",
    "more",
    "most",
    "much",
    "multiple",
    "must",
    "my",
    "need",
    "needs",
    "neither",
    "never",
    "new",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "offers",
    "often",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "per",
    "popular",
    "process",
    "processes",
    "provide",
    "provides",
    "put",
    "queries",
    "query",
    "read",
    "reading",
    "reads",
    "run",
    "running",
    "runs",
    "same",
    "see",
    "send",
    "sends",
    "several",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "start",
    "starts",
    "store",
    "stored",
    "stores",
    "storing",
    "submit",
    "such",
    "support",
    "supporting",
    "supports",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "toward",
    "transfer",
    "two",
    "under",
    "unlike",
    "until",
    "up",
    "upon",
    "use",
    "used",
    "uses",
    "using",
    "various",
    "versus",
    "very",
    "via",
    "vs",
    "was",
    "we",
    "well",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "work",
    "working",
    "works",
    "would",
    "write",
    "writes",
    "writing",
    "you",
    "your",
];

/// Head nouns of classes: `messaging systems such as Kafka`. Singular, sorted.
const CLASS_NOUNS: &[&str] = &[
    "algorithm",
    "api",
    "application",
    "architecture",
    "broker",
    "browser",
    "bus",
    "cache",
    "catalog",
    "certification",
    "client",
    "cloud",
    "codec",
    "collector",
    "command",
    "component",
    "compression",
    "connector",
    "console",
    "container",
    "coordinator",
    "dashboard",
    "database",
    "datastore",
    "db",
    "device",
    "driver",
    "editor",
    "encryption",
    "engine",
    "environment",
    "event",
    "extension",
    "feature",
    "filesystem",
    "format",
    "framework",
    "function",
    "gateway",
    "indexer",
    "instance",
    "interface",
    "job",
    "lake",
    "lakehouse",
    "language",
    "library",
    "machine",
    "manager",
    "metastore",
    "method",
    "methodology",
    "metric",
    "middleware",
    "model",
    "module",
    "monitor",
    "network",
    "node",
    "operator",
    "optimization",
    "orchestrator",
    "package",
    "paradigm",
    "partner",
    "pattern",
    "pipeline",
    "platform",
    "plugin",
    "policy",
    "practice",
    "principle",
    "product",
    "program",
    "protocol",
    "provider",
    "proxy",
    "queue",
    "registry",
    "repository",
    "role",
    "runtime",
    "scheduler",
    "schema",
    "script",
    "sensor",
    "server",
    "service",
    "shell",
    "sink",
    "software",
    "solution",
    "source",
    "stack",
    "standard",
    "storage",
    "store",
    "strategy",
    "structure",
    "suite",
    "system",
    "table",
    "technique",
    "technology",
    "tool",
    "topology",
    "type",
    "utility",
    "vendor",
    "view",
    "warehouse",
    "website",
    "workflow",
];

/// Heading words that name a part of any text and never a concept. Singular, sorted.
const GENERIC: &[&str] = &[
    "about",
    "additional",
    "advantage",
    "answer",
    "appendix",
    "application",
    "approach",
    "architecture",
    "article",
    "aspect",
    "background",
    "basic",
    "benefit",
    "best",
    "book",
    "case",
    "challenge",
    "changelog",
    "check",
    "code",
    "common",
    "company",
    "comparison",
    "con",
    "conclusion",
    "consideration",
    "content",
    "contribution",
    "cost",
    "course",
    "data",
    "day",
    "definition",
    "demo",
    "description",
    "detail",
    "difference",
    "disadvantage",
    "drawback",
    "easy",
    "example",
    "exercise",
    "experience",
    "explanation",
    "faq",
    "feature",
    "final",
    "first",
    "further",
    "general",
    "getting",
    "goal",
    "guide",
    "history",
    "idea",
    "info",
    "information",
    "install",
    "installation",
    "interview",
    "intro",
    "introduction",
    "issue",
    "item",
    "key",
    "learning",
    "limit",
    "limitation",
    "link",
    "list",
    "lower",
    "main",
    "misc",
    "miscellaneous",
    "more",
    "most",
    "motivation",
    "name",
    "new",
    "next",
    "note",
    "notes",
    "objective",
    "only",
    "opportunity",
    "option",
    "other",
    "output",
    "overview",
    "part",
    "performance",
    "plan",
    "point",
    "potential",
    "practice",
    "prerequisite",
    "present",
    "previous",
    "principle",
    "pro",
    "problem",
    "profile",
    "progress",
    "project",
    "purpose",
    "question",
    "quick",
    "read",
    "reading",
    "reason",
    "recent",
    "reference",
    "related",
    "requirement",
    "resource",
    "result",
    "second",
    "section",
    "see",
    "service",
    "setup",
    "skill",
    "solution",
    "start",
    "started",
    "status",
    "step",
    "structure",
    "summary",
    "syntax",
    "system",
    "task",
    "technology",
    "term",
    "test",
    "text",
    "thing",
    "third",
    "time",
    "tip",
    "title",
    "todo",
    "tool",
    "topic",
    "travelling",
    "tutorial",
    "type",
    "usage",
    "use",
    "use case",
    "value",
    "video",
    "view",
    "way",
    "week",
    "word",
    "work",
    "working",
];

/// Words that show a heading or field to be a sentence, a question or an instruction. Sorted.
const SENTENCE_WORDS: &[&str] = &[
    "am", "are", "can", "could", "did", "do", "does", "how", "i", "is", "it", "me", "my", "need", "our", "should",
    "tell", "that", "they", "this", "us", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will",
    "you", "your", "yourself", "youself",
];

fn listed(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// The maker or platform that a longer name begins with: AWS in `AWS Lambda`.
pub(super) fn maker(words: &Words, name: Range<usize>) -> Option<Span> {
    const MAKERS: &[&str] = &["aws", "azure", "databricks", "gcp", "snowflake"];
    let first = &words.all()[name.start];
    (name.len() > 1 && MAKERS.contains(&words.folded(first))).then_some(first.span)
}

/// Whether a noun phrase stops before this folded word.
#[must_use]
pub(super) fn is_boundary(folded: &str) -> bool {
    listed(BOUNDARIES, folded)
}

/// Whether the singular is a noun that classes of things are called by.
#[must_use]
pub(super) fn is_class_noun(singular: &str) -> bool {
    listed(CLASS_NOUNS, singular)
}

/// Whether a name may stand for a class of things: its last word is a class noun.
#[must_use]
pub(super) fn is_class_name(name: &str) -> bool {
    let words = Words::new(name);
    words.all().last().is_some_and(|word| is_class_noun(words.singular(word)))
}

/// Whether the singular names a part of a text (`overview`, `benefit`) and no concept.
#[must_use]
pub(super) fn is_generic(singular: &str) -> bool {
    listed(GENERIC, singular)
}

/// Whether every word of the phrase is generic or a grammar word.
#[must_use]
pub(super) fn is_generic_phrase(text: &str) -> bool {
    let words = Words::new(text);
    let generic = |word: &Word| {
        word.shape == Shape::Number || is_generic(words.singular(word)) || is_boundary(words.folded(word))
    };
    let some = words.all().iter().any(generic);
    let slip = |word: &Word| some && !is_english(words.folded(word)) && is_misspelt_english(words.folded(word));
    words.all().iter().all(|word| generic(word) || slip(word))
}

/// The noun phrase that ends before word `end`: at most `most` words, no boundary among them, none
/// behind a comma. Word indices.
#[must_use]
pub(super) fn phrase_before(words: &Words, end: usize, most: usize) -> Range<usize> {
    let all = words.all();
    let mut start = end;
    while start > 0 && end - start < most {
        let word = &all[start - 1];
        let broken = start < end && all[start].gap == Gap::Break;
        // `object store` ends in a word that may also be a verb.
        let head = start == end && is_class_noun(words.singular(word));
        if broken || (is_boundary(words.folded(word)) && !head) || word.shape == Shape::Number {
            break;
        }
        start -= 1;
    }
    start..end
}

/// The bytes that a run of words covers.
#[must_use]
pub(super) fn span_of(words: &Words, range: &Range<usize>) -> Span {
    let all = words.all();
    match (all.get(range.start), range.end.checked_sub(1).and_then(|last| all.get(last))) {
        (Some(first), Some(last)) if range.start < range.end => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// A `Key: value` block: the key of one to five words, and where the value starts (maybe nothing follows).
///
/// `Key - value` counts too, where the dash stands between spaces. URLs, times and sentences do not.
#[must_use]
pub(super) fn field(text: &str) -> Option<(Span, Span)> {
    let colon = text.find(':').filter(|at| text[at + 1..].chars().next().is_none_or(char::is_whitespace));
    let dash = [" - ", " – ", " — "].iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
    let (at, width) = match (colon, dash) {
        (Some(colon), Some((dash, width))) if dash < colon => (dash, width),
        (Some(colon), _) => (colon, 1),
        (None, Some(found)) => found,
        (None, None) => return None,
    };
    let key = text[..at].trim();
    let words = key.split_whitespace().count();
    let plain = !key.contains(['.', '!', '?', '"', '<', '=']) && !key.contains("--");
    let start = text.len() - text[at + width..].trim_start().len();
    let key_start = at - text[..at].trim_start().len().min(at);
    ((1..=5).contains(&words) && plain)
        .then(|| (Span::new(key_start, key_start + key.len()), Span::new(start, text.len())))
}

/// The words of a heading that may name a concept: numbering, `What is`, `Introduction to`, a
/// question mark and a leading article are taken off. None for sentences and for generic headings.
#[must_use]
pub(super) fn heading_name(title: &str) -> Option<&str> {
    const OPENINGS: &[&str] = &[
        "what is ",
        "what are ",
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
        "why ",
        "using ",
        "the ",
        "a ",
        "an ",
    ];
    let mut name = title.trim().trim_end_matches(['?', ':', '.', '!']).trim();
    while let Some(opening) = OPENINGS
        .iter()
        .find(|opening| name.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)))
    {
        name = name[opening.len()..].trim_start();
    }
    let words = Words::new(name);
    let sentence = words.all().iter().any(|word| listed(SENTENCE_WORDS, words.folded(word)));
    let short = (1..=5).contains(&words.all().len());
    (short && !sentence && !is_generic_phrase(name) && !name.contains([',', ':'])).then_some(name)
}

/// Whether the words around say that nothing is asserted: negated, planned, rejected or asked.
#[must_use]
pub(super) fn asserts_nothing(sentence: &str) -> bool {
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
    ];
    let lower = sentence.to_lowercase().replace('’', "'");
    lower.trim_end().ends_with('?')
        || lower.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'')).any(|word| DENIALS.contains(&word))
}

/// Longer runs without an end mark are read in pieces, in bytes.
const LONGEST_SENTENCE: usize = 2000;

/// The sentences of a block: bytes from one end mark to the next. Runs of more than [`LONGEST_SENTENCE`] bytes are cut at
/// white space. Linear in the text.
#[must_use]
pub(super) fn sentences(text: &str) -> Vec<Span> {
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
            word.len() <= 6 && SHORTENED.contains(&word.to_lowercase().as_str())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [BOUNDARIES, CLASS_NOUNS, GENERIC, SENTENCE_WORDS] {
            let mut sorted = list.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(list, sorted);
        }
    }

    #[test]
    fn headings_give_names_and_sentences_give_none() {
        assert_eq!(heading_name("What is Flume?"), Some("Flume"));
        assert_eq!(heading_name("Introduction to the Data Lake"), Some("Data Lake"));
        assert_eq!(heading_name("Overview"), None);
        assert_eq!(heading_name("Tell me about yourself"), None);
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

    #[test]
    fn sentences_do_not_end_at_short_forms() {
        let text = "Use stores, e.g. S3 and EBS. Then stop";
        let found: Vec<&str> = sentences(text).iter().map(|span| span.of(text).trim()).collect();
        assert_eq!(found, ["Use stores, e.g. S3 and EBS.", "Then stop"]);
    }
}
