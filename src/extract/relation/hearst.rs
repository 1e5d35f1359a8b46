//! Classes with instances: `messaging systems such as Kafka`, `Hive, Pig and other engines`.
//!
//! Method: Hearst (1992), with the class noun phrase read leftwards to the nearest grammar word.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Found, Line, Page, Sink};
use crate::extract::english::{is_boundary, is_class_noun};
use crate::extract::phrase::{is_vague_name, phrase_before};
use crate::extract::sieve::Sieve;
use crate::extract::word::{Gap, Shape, Words};
use crate::extract::{Kind, RelationType};
use crate::text::Span;

/// Where a class phrase ends and its instances begin, in words.
struct Pattern {
    class: Range<usize>,
    instances: usize,
    rule: (&'static str, u16),
}

/// The class phrases that introduce instances, as word ranges.
pub(in crate::extract) fn classes(words: &Words) -> Vec<Range<usize>> {
    let named = |pattern: &Pattern| names_follow(words, pattern.instances);
    let whole = 0..words.all().len();
    let before = patterns(words, &whole).into_iter().filter(named).map(|pattern| pattern.class);
    let mut found: Vec<Range<usize>> =
        before.chain(trailing(words, &whole).into_iter().map(|(_, class)| class)).collect();
    found.retain(|class| words.all()[class.clone()].iter().all(|word| word.shape != Shape::Number));
    found
}

/// Whether a capitalised or odd word follows soon.
fn names_follow(words: &Words, from: usize) -> bool {
    words.all().iter().skip(from).take(2).any(|word| !matches!(word.shape, Shape::Lower | Shape::Number))
}

/// The words that `patterns` looks for.
static OPENINGS: LazyLock<Sieve<64>> =
    LazyLock::new(|| Sieve::of(["such", "like", "including", "especially", "e.g", "eg", "for"]));
static OTHER: LazyLock<Sieve<64>> = LazyLock::new(|| Sieve::of(["other"]));

/// `CLASS such as`, `CLASS like`, `CLASS including`, `CLASS (e.g.`.
fn patterns(words: &Words, within: &Range<usize>) -> Vec<Pattern> {
    let folded = |index: usize| words.all().get(index).map_or("", |word| words.folded(word));
    let mut found = Vec::new();
    let openings = &*OPENINGS;
    for index in (within.start.max(1)..within.end).filter(|index| openings.lets_through(&words.all()[*index])) {
        let next = || folded(index + 1);
        let (length, rule) = match folded(index) {
            "such" if next() == "as" => (2, ("hearst-such-as", 900)),
            "such" if names_follow(words, index + 1) => (1, ("hearst-such", 800)),
            // `tables like a window into the lake` is an analogy.
            "like" if matches!(next(), "a" | "an") => continue,
            "like" => (1, ("hearst-like", 750)),
            "including" | "especially" => (1, ("hearst-including", 800)),
            "e.g" | "eg" => (1, ("hearst-example", 850)),
            "for" if matches!(next(), "example" | "instance") => (2, ("hearst-example", 850)),
            _ => continue,
        };
        if let Some(class) = class_before(words, index, rule.0 != "hearst-such-as") {
            found.push(Pattern { class, instances: index + length, rule });
        }
    }
    found
}

/// The class phrase before word `end`; strict rules want a plural class noun at its end.
fn class_before(words: &Words, end: usize, strict: bool) -> Option<Range<usize>> {
    let all = words.all();
    let phrase = phrase_before(words, end, 3);
    let head = &all[phrase.end.checked_sub(1).filter(|last| *last >= phrase.start)?];
    let plural = words.singular(head) != words.folded(head);
    let fits = if strict {
        plural && is_class_noun(words.singular(head))
    } else {
        plural || is_class_noun(words.singular(head))
    };
    let plain = head.shape == Shape::Lower || head.opens || all[phrase.start].opens;
    let names_it =
        |at: usize| (all[at].shape == Shape::Lower || all[at].opens) && !is_qualifier(words.folded(&all[at]));
    // `exploring technologies like`: an act, not a class.
    let act = |at: usize| at + 1 < phrase.end && is_act(words.folded(&all[at]));
    // `to collect metrics like`: a verb in its base form, with the class as its object.
    let before = phrase.start.checked_sub(1).map_or("", |at| words.folded(&all[at]));
    let verb = matches!(before, "to" | "can" | "will" | "must" | "should" | "may" | "also") && phrase.len() > 1;
    // `monitors metrics like`, `built tools like`: only the last noun of a class is in the plural, and no verb is in it.
    let acts = |at: &usize| {
        let folded = words.folded(&all[*at]);
        let plural = words.is_plural(&all[*at]) && all[*at].shape == Shape::Lower && !is_plural_modifier(folded);
        plural || matches!(folded, "built" | "chose" | "made" | "ran" | "used" | "wrote")
    };
    let from =
        phrase.clone().rev().skip(1).find(acts).map_or(phrase.start, |at| at + 1).max(phrase.start + usize::from(verb));
    let start = (from..phrase.end).find(|at| names_it(*at) && !act(*at) || at + 1 == phrase.end)?;
    (fits && plain).then_some(start..phrase.end)
}

/// Nouns that stand in the plural before another: `analytics tools`.
fn is_plural_modifier(folded: &str) -> bool {
    folded.ends_with("ics") || matches!(folded, "communications" | "operations" | "sales" | "settings" | "systems")
}

/// Whether the word is a gerund that takes the class as its object; those that name a field belong to the class: `streaming tools`.
fn is_act(folded: &str) -> bool {
    const FIELDS: &[&str] = &[
        "caching",
        "clustering",
        "computing",
        "engineering",
        "hosting",
        "indexing",
        "learning",
        "load-balancing",
        "logging",
        "messaging",
        "mining",
        "modeling",
        "modelling",
        "monitoring",
        "networking",
        "operating",
        "processing",
        "profiling",
        "programming",
        "queuing",
        "queueing",
        "reporting",
        "scheduling",
        "scripting",
        "streaming",
        "testing",
        "tracing",
        "tracking",
        "training",
        "warehousing",
    ];
    folded.ends_with("ing") && !FIELDS.contains(&folded)
}

/// Words that praise or place a class without being part of its name, and verbs that take it as their object.
fn is_qualifier(folded: &str) -> bool {
    const QUALIFIERS: &[&str] = &[
        "additional",
        "advanced",
        "alternative",
        "available",
        "basic",
        "best",
        "big",
        "certain",
        "choose",
        "choosing",
        "chose",
        "common",
        "critical",
        "downstream",
        "existing",
        "external",
        "familiar",
        "great",
        "important",
        "internal",
        "key",
        "lack",
        "lacked",
        "lacks",
        "latest",
        "leading",
        "legacy",
        "main",
        "major",
        "many",
        "modern",
        "new",
        "newer",
        "older",
        "optional",
        "other",
        "popular",
        "powerful",
        "prefer",
        "preferred",
        "prefers",
        "reason",
        "recent",
        "require",
        "required",
        "requires",
        "separate",
        "several",
        "similar",
        "simple",
        "some",
        "specific",
        "standard",
        "traditional",
        "typical",
        "upstream",
        "useful",
        "various",
        "well-known",
        "wide",
    ];
    folded.ends_with("ly") || QUALIFIERS.binary_search(&folded).is_ok()
}

/// `A, B and other CLASS`: where `other` stands, and the class after it.
fn trailing(words: &Words, within: &Range<usize>) -> Vec<(usize, Range<usize>)> {
    let all = words.all();
    let mut found = Vec::new();
    let other = &*OTHER;
    for index in (within.start.max(1)..within.end).filter(|index| other.lets_through(&all[*index])) {
        let joins = || matches!(words.folded(&all[index - 1]), "and" | "or");
        if words.folded(&all[index]) != "other" || !joins() {
            continue;
        }
        let limit = (index + 4).min(all.len());
        let end = (index + 1..limit).find(|at| is_class_noun(words.singular(&all[*at]))).map(|at| at + 1);
        if let Some(end) = end.filter(|end| (index + 2..*end).all(|at| all[at].gap == Gap::Space)) {
            found.push((index, index + 1..end));
        }
    }
    found
}

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let inside = line.words.within(sentence);
    for pattern in patterns(&line.words, &inside).into_iter().filter(|pattern| inside.contains(&pattern.class.start)) {
        let from = line.words.all()[pattern.instances - 1].span.end;
        let limit = bracket_end(
            line.text(sentence),
            line.words.all()[pattern.class.end - 1].span.end - sentence.start,
            from - sentence.start,
        );
        let mut instances =
            enumeration(line, Span::new(from, limit.map_or(sentence.end, |limit| sentence.start + limit)));
        // `libraries like Python's logging`, `tools like Monitor and logging tools like Zap`
        let stands = |found: &&Found| {
            let opens = line.words.all().get(found.words.end).map_or("", |word| line.words.folded(word));
            let owner = line.text(Span::new(found.span.end, sentence.end)).starts_with(['\'', '’']);
            // `tools like Acme Scanner`, `structures such as R-trees`: more than the name is meant.
            let goes_on = line.words.all().get(found.words.end).is_some_and(|next| {
                next.gap == Gap::Hyphen || next.gap == Gap::Space && !matches!(next.shape, Shape::Lower | Shape::Number)
            });
            // `metrics, including Kafka consumer lag.`: the noun at the end is meant.
            let noun = line.words.all().get(found.words.end).is_some_and(|next| {
                let last = line.words.all().get(found.words.end + 1).is_none_or(|behind| behind.gap == Gap::Break);
                let lower =
                    next.gap == Gap::Space && next.shape == Shape::Lower && !is_boundary(line.words.folded(next));
                lower && last && !is_class_noun(line.words.singular(next))
            });
            !owner && !goes_on && !noun && !matches!(opens, "like" | "such" | "including")
        };
        instances.retain(stands);
        if let Some(platform) = platform_of(page, line, &pattern.class) {
            for instance in &instances {
                sink.add((page, index), *instance, RelationType::PartOf, platform, ("hearst-part", 800), sentence);
            }
        }
        let meant = |class: &&Found| !is_vague_name(&page.concept(class.concept).name);
        let Some(class) = class_concept(line, &pattern.class).filter(meant) else { continue };
        for instance in instances {
            sink.add((page, index), instance, RelationType::IsA, class, pattern.rule, sentence);
        }
    }
    for (other, class) in trailing(&line.words, &inside) {
        let meant = |class: &&Found| !is_vague_name(&page.concept(class.concept).name);
        let Some(class) = class_concept(line, &class).filter(meant) else { continue };
        for instance in enumeration_before(line, other) {
            sink.add((page, index), instance, RelationType::IsA, class, ("hearst-and-other", 850), sentence);
        }
    }
}

/// Where the bracket closes that opens between `class` and `from`: `frameworks (like Spark), topics`.
fn bracket_end(text: &str, class: usize, from: usize) -> Option<usize> {
    let opened = text.get(class..from)?.contains('(');
    opened.then(|| text[from..].find(')').map_or(text.len(), |at| from + at))
}

/// The platform in `AWS services such as`: a name right before a noun for what platforms offer, alone.
fn platform_of<'l>(page: &Page<'_>, line: &'l Line<'_>, class: &Range<usize>) -> Option<&'l Found> {
    let words = line.words.all();
    let offers = matches!(
        line.words.singular(&words[class.end - 1]),
        "service" | "product" | "offering" | "feature" | "component"
    );
    let platform = line.name_ending(class.end - 1)?;
    let before = platform.words.start.checked_sub(1).map_or("", |at| line.words.folded(&words[at]));
    let proper = words[platform.words.start].shape != Shape::Lower && page.concept(platform.concept).kind != Kind::Term;
    // `AWS services: Services like EC2` says it of AWS, not of services.
    let adjacent = words[class.end - 1].gap == Gap::Space;
    (offers && proper && adjacent && !matches!(before, "and" | "or")).then_some(platform)
}

/// The concept whose name ends the class phrase and begins in it.
fn class_concept<'l>(line: &'l Line<'_>, class: &Range<usize>) -> Option<&'l Found> {
    line.name_ending(class.end).filter(|found| found.words.start >= class.start.saturating_sub(1))
}

/// Names one after another: `A, B (C), D and E`. Ends at the first word that is not part of the list.
pub(super) fn enumeration<'l>(line: &'l Line<'_>, span: Span) -> Vec<&'l Found> {
    let mut listed = Vec::new();
    let mut at = span.start;
    // `A, B and C` ends behind its `and`; what follows is another list or clause.
    let (mut commas, mut closed, mut inside) = (false, false, false);
    for found in line.within(span) {
        let joint = line.text(Span::new(at, found.span.start));
        // `sources (RDS, S3)` goes on in its bracket, `Athena (SQL queries), QuickSight (dashboards)` tells there of the name before.
        let opens = joint.rsplit_once('(').is_some_and(|(_, inner)| !inner.contains(')'));
        let behind = line.text(Span::new(found.span.end, span.end.max(found.span.end))).trim_start();
        let alone =
            behind.starts_with([',', ')', '/']) || ["and ", "or "].iter().any(|joint| behind.starts_with(joint));
        let lower = |found: &&Found| !line.text(found.span).contains(char::is_uppercase);
        let told = listed.last().is_some_and(|last| !alone || lower(&found) && !lower(last));
        if opens && told {
            continue;
        }
        if !opens && joint.contains(')') && !joint.contains('(') && !std::mem::take(&mut inside) {
            break;
        }
        inside |= opens;
        let joins = joint.split_whitespace().any(|word| matches!(word, "and" | "or"));
        if !is_list_joint(joint, listed.is_empty()) || closed && (commas || !joins) {
            break;
        }
        if !listed.is_empty() {
            closed |= joins;
            commas |= joint.contains(',');
        }
        listed.push(found);
        at = found.span.end;
    }
    listed
}

/// The names that end an enumeration before word `other`, the last one first.
fn enumeration_before<'l>(line: &'l Line<'_>, other: usize) -> Vec<&'l Found> {
    let mut listed: Vec<&Found> = Vec::new();
    let mut at = line.words.all()[other].span.start;
    for found in line.names_before(other).iter().rev() {
        if !is_list_joint(line.text(Span::new(found.span.end, at)), listed.is_empty()) {
            break;
        }
        listed.push(found);
        at = found.span.start;
    }
    listed
}

/// The longest bracket behind a name of a list, in bytes.
const LONGEST_BRACKET: usize = 60;

/// The longest joint of two names in a list, in bytes.
const FARTHEST: usize = 200;

/// Whether nothing but commas, `and`, `or`, articles, makers and short brackets stands between two names.
fn is_list_joint(between: &str, first: bool) -> bool {
    const LIGHT: &[&str] = &[
        "a",
        "amazon",
        "an",
        "and",
        "apache",
        "as",
        "aws",
        "azure",
        "e",
        "g",
        "google",
        "its",
        "microsoft",
        "or",
        "our",
        "the",
        "their",
        "well",
        "your",
    ];
    if between.len() > FARTHEST {
        return false;
    }
    let between = if first { between.trim_start_matches(['.', ':', ',']) } else { between };
    let bracket = between.trim_start().strip_prefix('(').and_then(|inner| inner.split_once(')'));
    let between = match bracket.filter(|(inner, _)| !first && inner.len() <= LONGEST_BRACKET) {
        Some((_, behind)) => behind,
        None => between,
    };
    let lower = between.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `the Atari 8-bit family, Apple II computers and MSX`: the noun for what the name is.
    let noun = |word: &&&str| {
        is_class_noun(word.strip_suffix('s').unwrap_or(word))
            || matches!(**word, "family" | "series" | "computer" | "computers")
    };
    let spaced = between.starts_with(' ') && !first;
    let words = words.get(words.iter().take(2).take_while(|word| spaced && noun(word)).count()..).unwrap_or_default();
    // `Roger Bamkin, a Wikipedia volunteer` tells who he is.
    let apposed = !first && between.starts_with(',') && matches!(words, ["a" | "an"]);
    let joined =
        first || between.contains([',', '/', '&', '+', '(']) || words.iter().any(|word| matches!(*word, "and" | "or"));
    let light = words.iter().all(|word| LIGHT.binary_search(word).is_ok());
    joined && !apposed && !between.contains([';', ':']) && !between.trim_end().ends_with('.') && light
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::phrase::span_of;

    fn class_texts(text: &str) -> Vec<&str> {
        let words = Words::new(text);
        classes(&words).iter().map(|class| span_of(&words, class).of(text)).collect()
    }

    #[test]
    fn classes_are_read_back_to_the_nearest_grammar_word() {
        assert_eq!(class_texts("queries into messaging systems such as Kafka."), ["messaging systems"]);
        assert_eq!(class_texts("sitting in object store such as Amazon S3"), ["object store"]);
        assert_eq!(class_texts("using open formats like apache Parquet"), ["open formats"]);
        assert_eq!(class_texts("Hive, Pig and other query engines"), ["query engines"]);
    }

    #[test]
    fn likes_and_wishes_are_no_classes() {
        assert_eq!(class_texts("I like Kafka"), Vec::<&str>::new());
        assert_eq!(class_texts("tasks such as cleaning"), Vec::<&str>::new());
    }
}
