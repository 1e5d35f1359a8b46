//! Names that vary: other forms by which running text may mean a name, each by a named rule.
//!
//! In: a name, and whether it is the title of a note. Out: forms in lower case with their rules. A form counts only where
//! no concept is called so and where it leads to one concept (`settle.rs`), and a form of a form is never made, so that
//! nothing chains. `not-same-as` in `quipu.toml` undoes any of them.

use crate::extract::english::{is_class_noun, is_english_as_written};
use crate::extract::word::Words;

/// A form and the rule that made it.
pub(super) type Variant = (String, &'static str);

/// The other forms of `name`, none of them twice.
#[must_use]
pub(super) fn variants(name: &str, titled: bool) -> Vec<Variant> {
    let words = Words::new(name);
    let folded: Vec<&str> = words.all().iter().map(|word| words.folded(word)).collect();
    let mut found: Vec<Variant> = Vec::new();
    if folded.len() > 1 || titled {
        spellings(&folded, &mut found);
    }
    let question =
        matches!(folded.first(), Some(&("how" | "what" | "when" | "where" | "which" | "why" | "is" | "can")));
    if titled && !question {
        found.extend(inflected(&folded).into_iter().map(|form| (form, "inflection")));
        found.extend(without_head(&words, &folded).map(|form| (form, "head-noun-dropped")));
        found.extend(bracketed(name).map(|form| (form, "title-bracket")));
    }
    if titled && question && folded.len() > 4 {
        found.extend(stated(&folded).into_iter().map(|form| (form, "question-as-statement")));
    }
    found.retain(|(form, _)| *form != folded.join(" "));
    found.sort();
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// Words that are spelt in two ways, and short words for long ones.
const PAIRS: &[(&str, &str, &str)] = &[
    ("app", "application", "app-application"),
    ("apps", "applications", "app-application"),
    ("db", "database", "db-database"),
    ("dbs", "databases", "db-database"),
    ("repo", "repository", "repo-repository"),
    ("catalog", "catalogue", BRITISH),
    ("center", "centre", BRITISH),
    ("color", "colour", BRITISH),
    ("behavior", "behaviour", BRITISH),
    ("license", "licence", BRITISH),
    ("defense", "defence", BRITISH),
    ("modeling", "modelling", BRITISH),
    ("modeled", "modelled", BRITISH),
    ("labeling", "labelling", BRITISH),
    ("labeled", "labelled", BRITISH),
    ("program", "programme", BRITISH),
    ("fulfillment", "fulfilment", BRITISH),
    ("artifact", "artefact", BRITISH),
];

const BRITISH: &str = "british-american";

/// The name with one of its words spelt otherwise.
fn spellings(folded: &[&str], found: &mut Vec<Variant>) {
    let mut replaced = |at: usize, other: &str, rule| {
        let mut words = folded.to_vec();
        words[at] = other;
        found.push((words.join(" "), rule));
    };
    for (at, word) in folded.iter().enumerate() {
        for (one, other, rule) in PAIRS {
            if word == one {
                replaced(at, other, rule);
            } else if word == other {
                replaced(at, one, rule);
            }
        }
        for (z, s) in [("iz", "is"), ("yz", "ys")] {
            for (from, to) in [(z, s), (s, z)] {
                if let Some(other) = respelt(word, from, to) {
                    replaced(at, &other, BRITISH);
                }
            }
        }
    }
}

/// `normalization` as `normalisation`, where both are English.
fn respelt(word: &str, from: &str, to: &str) -> Option<String> {
    const ENDINGS: &[&str] = &["ation", "ations", "e", "ed", "er", "ers", "es", "ing"];
    let at = word.rfind(from).filter(|at| *at > 2)?;
    let ending = &word[at + from.len()..];
    let other = format!("{}{to}{ending}", &word[..at]);
    (ENDINGS.contains(&ending) && is_english_as_written(&other)).then_some(other)
}

/// The name with its last word inflected, where that word is itself a noun made of another word: `Scalability` as scale,
/// scaled, scalable; `Data Modeling` as data model.
fn inflected(folded: &[&str]) -> Vec<String> {
    let Some((last, others)) = folded.split_last() else { return Vec::new() };
    let forms = forms_of(last, others.is_empty());
    let kept = forms.into_iter().filter(|form| form != last && form.len() > 4);
    kept.map(|form| others.iter().copied().chain([form.as_str()]).collect::<Vec<_>>().join(" ")).collect()
}

/// A family of words with one root.
struct Family {
    /// How its noun ends, and how long the root is at least.
    ending: &'static str,
    least: usize,
    /// What is put to the root where the noun stands alone.
    alone: &'static [&'static str],
    /// What is put to the root behind other words.
    behind: &'static [&'static str],
}

const IZED: &[&str] = &["ize", "izes", "ized", "izing", "ise", "ises", "ised", "ising"];

const FAMILIES: [Family; 8] = [
    Family { ending: "ization", least: 3, alone: IZED, behind: IZED },
    Family { ending: "isation", least: 3, alone: IZED, behind: IZED },
    Family { ending: "ability", least: 4, alone: &["able", "ably", "e", "es", "ed", "ing"], behind: &["able"] },
    Family { ending: "ibility", least: 4, alone: &["ible", "ibly"], behind: &["ible"] },
    Family { ending: "ation", least: 4, alone: &["ate", "ates", "ated", "ating"], behind: &[] },
    Family { ending: "ion", least: 5, alone: &["ed", "ing"], behind: &[] },
    Family { ending: "ment", least: 4, alone: &["ed", "ing"], behind: &[] },
    Family { ending: "ing", least: 4, alone: &["ed", "able"], behind: &["", "s", "e", "es"] },
];

/// The inflections of a noun made of a verb or an adjective. Whether the noun's bare verb is meant too depends on what else it
/// may mean: `scale` is much like scalability, `port` is not like portability.
fn forms_of(noun: &str, alone: bool) -> Vec<String> {
    let family = FAMILIES.iter().find_map(|family| {
        let root = noun.strip_suffix(family.ending).filter(|root| root.len() >= family.least)?;
        Some((root, family))
    });
    let Some((root, family)) = family else { return Vec::new() };
    // The verb is root and `e`, so that `reli` gives reliable and not relied.
    let verb = family.ending != "ability" || is_english_as_written(&format!("{root}e"));
    let endings = if alone { family.alone } else { family.behind };
    let kept = endings.iter().filter(|ending| verb || matches!(**ending, "able" | "ably"));
    // Technical words such as `containerize` stand in no word list.
    let known = |form: &String| {
        family.alone == IZED || form.ends_with("able") || form.ends_with("ably") || is_english_as_written(form)
    };
    let doubled = root.as_bytes().last_chunk::<2>().filter(|[a, b]| a == b && !alone).map(|_| &root[..root.len() - 1]);
    let forms = kept.flat_map(|ending| std::iter::once(root).chain(doubled).map(move |root| format!("{root}{ending}")));
    forms.filter(known).collect()
}

/// `Loosely Coupled Architecture` as loosely coupled: two and more words that describe, without the class that they describe.
fn without_head(words: &Words, folded: &[&str]) -> Option<String> {
    const ENDINGS: &[&str] = &["ed", "en", "ive", "ous", "ic", "al", "ar", "less"];
    let (_, others) = folded.split_last()?;
    let head = words.singular(words.all().last()?);
    let class = is_class_noun(head) || matches!(head, "app" | "deployment" | "infrastructure" | "environment");
    let describes =
        others.last().is_some_and(|last| last.len() > 3 && ENDINGS.iter().any(|ending| last.ends_with(ending)));
    (others.len() > 1 && class && describes).then(|| others.join(" "))
}

/// `Change Data Capture (CDC)` as what stands before its bracket and what stands in it.
fn bracketed(name: &str) -> impl Iterator<Item = String> + '_ {
    let inside =
        name.strip_suffix(')').and_then(|name| name.split_once('(')).filter(|(outer, _)| !outer.trim().is_empty());
    let parts = inside.into_iter().flat_map(|(outer, inner)| [outer, inner]);
    parts.map(|part| {
        let words = Words::new(part);
        words.all().iter().map(|word| words.folded(word)).collect::<Vec<_>>().join(" ")
    })
}

/// `What skills do I need to become a Data Engineer` as skills needed to become a data engineer; `How do I move into Data` as
/// move into data.
fn stated(folded: &[&str]) -> Vec<String> {
    let who = |word: &str| matches!(word, "i" | "you" | "we" | "one");
    let does = |word: &str| matches!(word, "do" | "does" | "can" | "should" | "could");
    match folded {
        ["how", verb, person, rest @ ..] if does(verb) && who(person) && rest.len() > 1 => vec![rest.join(" ")],
        ["how", "to", rest @ ..] if rest.len() > 2 => vec![rest.join(" ")],
        ["what", things @ .., "to", a, b, c, d] if things.len() > 3 => needed(things, &[a, b, c, d]),
        ["what", things @ .., "to", a, b, c] if things.len() > 3 => needed(things, &[a, b, c]),
        ["what", "is" | "are", "the", rest @ ..] if rest.len() > 2 => vec![rest.join(" ")],
        _ => Vec::new(),
    }
}

/// Things that are needed for something: the words before `do I need to` and those behind.
fn needed(things: &[&str], rest: &[&str]) -> Vec<String> {
    let [things @ .., "do", "i" | "you" | "we", "need"] = things else { return Vec::new() };
    let (things, rest) = (things.join(" "), rest.join(" "));
    vec![format!("{things} needed to {rest}"), format!("{things} to {rest}"), format!("{things} you need to {rest}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, wanted: &[&str]) {
        let found: Vec<String> = variants(name, true).into_iter().map(|(form, _)| form).collect();
        assert_eq!(found, wanted, "{name}");
    }

    #[test]
    fn a_title_is_inflected_where_it_is_made_of_a_verb() {
        check("Scalability", &["scalable", "scalably", "scale", "scaled", "scales", "scaling"]);
        check("Reliability", &["reliable", "reliably"]);
        check("Portability", &["portable", "portably"]);
        check("Partitioning", &["partitionable", "partitioned"]);
        check("Data Modeling", &["data model", "data modelling", "data models"]);
        check(
            "Containerization",
            &[
                "containerise",
                "containerised",
                "containerises",
                "containerising",
                "containerize",
                "containerized",
                "containerizes",
                "containerizing",
            ],
        );
        check("Service", &[]);
        check("Information", &[]);
    }

    #[test]
    fn a_question_is_stated() {
        check(
            "What skills do I need to become a Data Engineer",
            &[
                "skills needed to become a data engineer",
                "skills to become a data engineer",
                "skills you need to become a data engineer",
            ],
        );
        check("How can I transition into Data Engineering?", &["transition into data engineering"]);
    }

    #[test]
    fn spellings_brackets_and_class_nouns_vary() {
        check("Cloud Native Apps", &["cloud native", "cloud native applications"]);
        check("Tightly Coupled Architecture", &["tightly coupled"]);
        check("Data Lake", &[]);
        check("Change Data Capture (CDC)", &["cdc", "change data capture"]);
        assert_eq!(variants("data center", false), [("data centre".to_owned(), BRITISH)]);
    }
}
