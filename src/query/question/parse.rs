//! Reads a question into its [`Question`]s.
//!
//! Where the word between two names occurs inside a name too (`what connects text to speech to S3`),
//! each split is a reading of its own; the one whose names are known is meant.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

use super::{Class, Question, QuestionError, Spoken, Wanted, forms};
use crate::extract::{Kind, RelationType};
use crate::limits::{Limit, Limits};
use crate::text::Span;

#[derive(Parser)]
#[grammar = "../grammar/question.pest"]
struct Grammar;

/// All readings of a question, the plainest first; never an empty list.
///
/// # Errors
///
/// [`QuestionError`] when the question has none of the forms, or is too long.
pub fn readings(question: &str, limits: &Limits) -> Result<Vec<Question>, QuestionError> {
    let most = limits.size(Limit::Question);
    if question.len() > most {
        return Err(QuestionError::TooLong { bytes: question.len(), most });
    }
    let mut pairs = Grammar::parse(Rule::question, question)
        .map_err(|_| QuestionError::UnknownForm { span: forms::stop(question) })?;
    let form = pairs.next().and_then(|pair| pair.into_inner().next()).expect("a question holds a form");
    read(form)
}

fn read(form: Pair<'_, Rule>) -> Result<Vec<Question>, QuestionError> {
    let rule = form.as_rule();
    let parts = Parts::of(form);
    Ok(match rule {
        Rule::connects => parts.pairs().map(|(from, to)| Question::Connect { from, to }).collect(),
        Rule::compares => parts.pairs().map(|(one, other)| Question::Compare { one, other }).collect(),
        Rule::mentions => vec![Question::Mentions { concept: parts.name() }],
        Rule::search => vec![Question::Search { text: parts.name() }],
        Rule::how_many => vec![Question::Count { class: class(parts.name()) }],
        Rule::list => vec![Question::List { class: class(parts.name()) }],
        Rule::shown => vec![match class(parts.name()) {
            Class::Instances(concept) => Question::Describe { concept },
            class => Question::List { class },
        }],
        Rule::kind_list => vec![Question::List { class: kinds_of(parts.name()) }],
        Rule::part_list => vec![relations(parts.name(), PARTS, None)],
        Rule::alternatives => vec![relations(parts.name(), ALTERNATIVES, None)],
        Rule::neighbours => vec![Question::Neighbours { concept: parts.name() }],
        Rule::define => vec![Question::Define { concept: parts.name() }],
        Rule::describe => vec![Question::Describe { concept: parts.name() }],
        Rule::asks_subject => vec![by_verb(parts, false)?],
        Rule::asks_object | Rule::asks_passive => vec![by_verb(parts, rule == Rule::asks_object)?],
        _ => vec![by_other_verb(parts)],
    })
}

/// What stands in a form.
#[derive(Default)]
struct Parts {
    names: Vec<Spoken>,
    class: Option<Spoken>,
    verb: Option<Rule>,
    other_verb: Option<Spoken>,
    /// Each further split of two names.
    splits: Vec<(Spoken, Spoken)>,
    /// Whether the unknown verb stands before the name.
    verb_first: bool,
}

impl Parts {
    fn of(form: Pair<'_, Rule>) -> Self {
        let mut parts = Self::default();
        for pair in form.into_inner() {
            parts.add(pair);
        }
        parts
    }

    fn add(&mut self, pair: Pair<'_, Rule>) {
        match pair.as_rule() {
            Rule::ends | Rule::pair | Rule::related_pair | Rule::differ_pair | Rule::common_pair => {
                let words: &[&str] = if matches!(pair.as_rule(), Rule::ends | Rule::related_pair) { &TO } else { &AND };
                self.splits = splits(&spoken(&pair), words);
                pair.into_inner().for_each(|inner| self.add(inner));
            }
            Rule::class_is | Rule::class_does | Rule::class_verb => self.class = Some(spoken(&pair)),
            Rule::other_verb | Rule::other_last => {
                self.verb_first = pair.as_rule() == Rule::other_verb;
                self.other_verb = Some(spoken(&pair));
            }
            rule if is_name(rule) => self.names.push(spoken(&pair)),
            rule => self.verb = Some(rule),
        }
    }

    /// The one name of the form.
    fn name(self) -> Spoken {
        self.names.into_iter().next_back().expect("every form holds a name")
    }

    /// The two names of the form, as read and in all other splits.
    fn pairs(self) -> impl Iterator<Item = (Spoken, Spoken)> {
        let mut names = self.names.into_iter();
        let first = names.next().zip(names.next());
        let others: Vec<_> = self.splits.into_iter().filter(|split| Some(split) != first.as_ref()).collect();
        first.into_iter().chain(others)
    }
}

const TO: [&str; 3] = ["to", "and", "with"];
const AND: [&str; 6] = ["and", "with", "to", "versus", "vs", "or"];

const fn is_name(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::name
            | Rule::quoted
            | Rule::text
            | Rule::class
            | Rule::class_there
            | Rule::till_to
            | Rule::till_and
            | Rule::till_related
            | Rule::till_relating
            | Rule::till_ending
            | Rule::till_differ
            | Rule::till_differing
            | Rule::till_have
            | Rule::till_vs
            | Rule::till_mentioned
            | Rule::till_consist
            | Rule::till_verb
            | Rule::till_passive
            | Rule::till_used
            | Rule::till_do
            | Rule::till_work
            | Rule::till_mean
            | Rule::till_last
    )
}

/// The words of a pair, without quotes around a name. A text to search keeps its quotes: they mean a phrase.
fn spoken(pair: &Pair<'_, Rule>) -> Spoken {
    let span = Span::new(pair.as_span().start(), pair.as_span().end());
    let text = pair.as_str();
    if pair.as_rule() != Rule::text {
        for quote in ['"', '\'', '`'] {
            let inner = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
            if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
                return Spoken { text: inner.to_string(), span: Span::new(span.start + 1, span.end - 1) };
            }
        }
    }
    Spoken { text: text.to_string(), span }
}

/// Readings tried of one question; each may look through all names.
const SPLITS: usize = 16;

/// Every way to cut `both` in two names at one of `words`.
fn splits(both: &Spoken, words: &[&str]) -> Vec<(Spoken, Spoken)> {
    if both.text.contains(['"', '`']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for piece in both.text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if at > 0 && found.len() < SPLITS && words.contains(&word.to_lowercase().as_str()) {
            let part = |start: usize, end: usize| {
                let text = &both.text[start..end];
                let from = both.span.start + start + (text.len() - text.trim_start().len());
                Spoken { text: text.trim().to_string(), span: Span::new(from, from + text.trim().len()) }
            };
            let (left, right) = (part(0, at), part(at + piece.len(), both.text.len()));
            if !left.text.is_empty() && !right.text.is_empty() {
                found.push((left, right));
            }
        }
        at += piece.len();
    }
    found
}

/// A relation type, and whether the concept given is its subject.
type Seen = (RelationType, bool);

const PARTS: &[Seen] = &[(RelationType::PartOf, false)];
const ALTERNATIVES: &[Seen] =
    &[(RelationType::AlternativeTo, true), (RelationType::SimilarTo, true), (RelationType::Replaces, false)];

fn relations(concept: Spoken, seen: &[Seen], kind: Option<Kind>) -> Question {
    let wanted = seen
        .iter()
        .map(|(relation_type, outgoing)| Wanted {
            relation_type: relation_type.clone(),
            outgoing: *outgoing,
            verb: None,
        })
        .collect();
    Question::Relations { concept, wanted, kind }
}

/// `from_concept`: the name given stands before the verb, as its subject.
fn by_verb(parts: Parts, from_concept: bool) -> Result<Question, QuestionError> {
    let kind = match &parts.class {
        Some(class) => kind_asked(class)?,
        None => None,
    };
    let seen: Vec<Seen> = verb_types(parts.verb.expect("the form holds a verb"))
        .iter()
        .map(|(relation_type, subject_first)| (relation_type.clone(), *subject_first == from_concept))
        .collect();
    Ok(relations(parts.name(), &seen, kind))
}

/// The types a verb means, and whether the verb's grammatical subject is the relation's subject.
const fn verb_types(rule: Rule) -> &'static [Seen] {
    use RelationType as T;
    match rule {
        Rule::uses => &[(T::Uses, true), (T::StoresIn, true), (T::Queries, true), (T::RunsOn, true)],
        Rule::used_by => &[(T::Uses, false), (T::StoresIn, false), (T::Queries, false), (T::RunsOn, false)],
        Rule::feeds => &[(T::Feeds, true)],
        Rule::fed_by => &[(T::Feeds, false)],
        Rule::writes => &[(T::Feeds, true), (T::StoresIn, true)],
        Rule::reads => &[(T::Queries, true), (T::Feeds, false)],
        Rule::stores | Rule::stored_in => &[(T::StoresIn, true)],
        Rule::runs | Rule::runs_on => &[(T::RunsOn, true)],
        Rule::manages => &[(T::Manages, true)],
        Rule::managed_by => &[(T::Manages, false)],
        Rule::supports => &[(T::Supports, true)],
        Rule::supported_by => &[(T::Supports, false)],
        Rule::integrates => &[(T::IntegratesWith, true), (T::IntegratesWith, false)],
        Rule::triggers => &[(T::Triggers, true)],
        Rule::triggered_by => &[(T::Triggers, false)],
        Rule::makes => &[(T::MadeBy, false)],
        Rule::made_by => &[(T::MadeBy, true)],
        Rule::replaces => &[(T::Replaces, true)],
        Rule::replaced_by => &[(T::Replaces, false)],
        Rule::queries => &[(T::Queries, true)],
        Rule::queried_by => &[(T::Queries, false)],
        Rule::written_in => &[(T::WrittenIn, true)],
        Rule::resembles => &[(T::SimilarTo, true)],
        _ => &[(T::PartOf, true)],
    }
}

/// A verb outside the core is a type of its own, if the graph has it.
fn by_other_verb(parts: Parts) -> Question {
    let outgoing = !parts.verb_first;
    let verb = parts.other_verb.clone().expect("the form holds a verb");
    let wanted = Wanted { relation_type: RelationType::named(&verb.text), outgoing, verb: Some(verb.span) };
    Question::Relations { concept: parts.name(), wanted: vec![wanted], kind: None }
}

/// The kind before a verb; words for things of any kind give none.
fn kind_asked(class: &Spoken) -> Result<Option<Kind>, QuestionError> {
    const ANY: [&str; 9] =
        ["thing", "concept", "technology", "technologie", "system", "product", "component", "software", "part"];
    let word = class.text.to_lowercase();
    if ANY.contains(&word.trim_end_matches('s')) {
        return Ok(None);
    }
    kind_named(&class.text)
        .map(Some)
        .ok_or_else(|| QuestionError::UnknownKind { class: class.text.clone(), span: class.span })
}

/// The kind that words name: their own, a near word, or that of their last word.
fn kind_named(words: &str) -> Option<Kind> {
    let near = |word: &str| {
        Some(match word.to_lowercase().as_str() {
            "company" | "companies" | "vendor" | "vendors" | "organization" | "organizations" => Kind::Organisation,
            "engine" | "engines" => Kind::Processing,
            "broker" | "brokers" | "queue" | "queues" => Kind::Messaging,
            "framework" | "frameworks" => Kind::Library,
            "data warehouse" | "data warehouses" => Kind::Warehouse,
            "technique" | "techniques" => Kind::Method,
            _ => return None,
        })
    };
    let last = words.split_whitespace().next_back()?;
    Kind::named(words).or_else(|| near(words)).or_else(|| match words.to_lowercase().as_str() {
        "file formats" | "data formats" | "programming languages" | "query languages" => Kind::named(last),
        _ => None,
    })
}

fn class(spoken: Spoken) -> Class {
    match spoken.text.to_lowercase().as_str() {
        "concepts" | "concept" | "everything" => Class::Concepts,
        "notes" | "note" | "files" => Class::Notes,
        "tags" | "tag" => Class::Tags,
        words => kind_named(words).map_or(Class::Instances(spoken), Class::Kind),
    }
}

/// The class behind `kinds of`: a kind names its concepts, else what is said to be one.
fn kinds_of(spoken: Spoken) -> Class {
    match class(spoken.clone()) {
        Class::Kind(kind) => Class::Kind(kind),
        _ => Class::Instances(spoken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(question: &str) -> Question {
        readings(question, &Limits::default()).unwrap_or_else(|error| panic!("{question}: {error:?}")).remove(0)
    }

    fn connects(question: &str) {
        let Question::Connect { from, to } = first(question) else { panic!("{question}: {:?}", first(question)) };
        assert_eq!((from.text.as_str(), to.text.as_str()), ("Flume", "Hive"), "{question}");
        assert_eq!(from.span.of(question), "Flume");
        assert_eq!(to.span.of(question), "Hive");
    }

    #[test]
    fn ways_between_two_concepts_are_asked_for_in_many_words() {
        for question in [
            "what connects Flume to Hive",
            "What connects Flume and Hive?",
            "  WHAT CONNECTS Flume   to Hive ?",
            "what links \"Flume\" with 'Hive'?",
            "what is between Flume and Hive",
            "how is Flume related to Hive",
            "How is Flume connected with Hive?",
            "how are Flume and Hive related",
            "how are Flume and Hive connected to each other?",
            "how does Flume relate to Hive",
            "how do Flume and Hive work together?",
            "path from Flume to Hive",
            "how do I get from Flume to Hive?",
            "how does data get from Flume to Hive",
            "show me the shortest path between Flume and Hive",
            "what is the connection between Flume and Hive?",
            "what's the relationship between Flume and Hive",
            "connect Flume to Hive",
            "please show the paths from Flume to Hive",
        ] {
            connects(question);
        }
    }

    #[test]
    fn a_name_that_holds_the_word_between_gives_more_readings() {
        let all = readings("what connects text to speech to S3", &Limits::default()).unwrap();
        let pairs: Vec<Vec<&str>> =
            all.iter().map(|one| one.names().iter().map(|name| name.text.as_str()).collect()).collect();
        assert_eq!(pairs, [["text", "speech to S3"], ["text to speech", "S3"]]);
    }

    fn concept(question: &str, name: &str, build: impl Fn(Spoken) -> Question) {
        let spoken = first(question).names()[0].clone();
        assert_eq!(spoken.text, name, "{question}");
        assert_eq!(spoken.span.of(question), name, "{question}");
        assert_eq!(first(question), build(spoken), "{question}");
    }

    #[test]
    fn one_concept_is_described_or_defined() {
        for question in [
            "what is data lake",
            "What's data lake?",
            "who is data lake",
            "tell me about data lake",
            "explain data lake",
            "what do you know about data lake?",
            "what is data lake used for?",
            "what about data lake",
            "what does data lake do?",
            "what can data lake do",
            "how does data lake work?",
        ] {
            concept(question, "data lake", |concept| Question::Describe { concept });
        }
        for question in [
            "define IAM",
            "what does IAM stand for?",
            "what does IAM mean",
            "definition of IAM",
            "what is the meaning of IAM",
        ] {
            concept(question, "IAM", |concept| Question::Define { concept });
        }
        concept("what is node.js?", "node.js", |concept| Question::Describe { concept });
        concept("what does Do It do?", "Do It", |concept| Question::Describe { concept });
        concept("how does Work Queue work", "Work Queue", |concept| Question::Describe { concept });
    }

    fn asks(question: &str, types: &[(&str, bool)], kind: Option<Kind>) {
        let Question::Relations { concept, wanted, kind: asked } = first(question) else {
            panic!("{question}: {:?}", first(question))
        };
        let seen: Vec<(&str, bool)> = wanted.iter().map(|one| (one.relation_type.name(), one.outgoing)).collect();
        assert_eq!((concept.text.as_str(), seen.as_slice(), asked), ("Spark", types, kind), "{question}");
    }

    #[test]
    fn verbs_give_types_and_directions() {
        asks("what feeds Spark", &[("FEEDS", false)], None);
        asks("what does Spark feed?", &[("FEEDS", true)], None);
        asks("what does Spark read from", &[("QUERIES", true), ("FEEDS", false)], None);
        asks("what reads from Spark", &[("QUERIES", false), ("FEEDS", true)], None);
        asks("what writes data to Spark", &[("FEEDS", false), ("STORES_IN", false)], None);
        asks("where does Spark store its data?", &[("STORES_IN", true)], None);
        asks("what stores data in Spark", &[("STORES_IN", false)], None);
        asks("what is stored in Spark", &[("STORES_IN", false)], None);
        asks("what runs on Spark", &[("RUNS_ON", false)], None);
        asks("where does Spark run", &[("RUNS_ON", true)], None);
        asks("what does Spark run on?", &[("RUNS_ON", true)], None);
        asks("which formats does Spark support", &[("SUPPORTS", true)], Some(Kind::Format));
        asks(
            "which databases integrate with Spark",
            &[("INTEGRATES_WITH", false), ("INTEGRATES_WITH", true)],
            Some(Kind::Database),
        );
        asks("who made Spark", &[("MADE_BY", true)], None);
        asks("what does Spark make", &[("MADE_BY", false)], None);
        asks("what was made by Spark", &[("MADE_BY", false)], None);
        asks("what replaces Spark", &[("REPLACES", false)], None);
        asks("what is Spark written in", &[("WRITTEN_IN", true)], None);
        asks("which languages is Spark written in", &[("WRITTEN_IN", true)], Some(Kind::Language));
        asks("what is written in Spark", &[("WRITTEN_IN", false)], None);
        asks("what is part of Spark", &[("PART_OF", false)], None);
        asks("what is Spark part of?", &[("PART_OF", true)], None);
        asks("list the parts of Spark", &[("PART_OF", false)], None);
        asks("what masks Spark", &[("MASKS", false)], None);
        asks("what does Spark mask", &[("MASK", true)], None);
        let alternatives = &[("ALTERNATIVE_TO", true), ("SIMILAR_TO", true), ("REPLACES", false)];
        asks("alternatives to Spark", alternatives, None);
        asks("what can I use instead of Spark?", alternatives, None);
        asks("what is similar to Spark", alternatives, None);
    }

    #[test]
    fn two_concepts_are_compared() {
        for question in [
            "compare Hive and HBase",
            "compare Hive with HBase?",
            "Hive vs HBase",
            "Hive vs. HBase",
            "what is the difference between Hive and HBase",
            "how does Hive compare to HBase",
            "how does Hive differ from HBase",
            "what do Hive and HBase have in common?",
        ] {
            let Question::Compare { one, other } = first(question) else { panic!("{question}") };
            assert_eq!((one.text.as_str(), other.text.as_str()), ("Hive", "HBase"), "{question}");
        }
    }

    #[test]
    fn notes_and_classes_are_listed() {
        for question in [
            "which notes mention Sqoop",
            "notes about Sqoop",
            "where is Sqoop mentioned?",
            "list the notes that mention Sqoop",
            "what mentions Sqoop",
        ] {
            concept(question, "Sqoop", |concept| Question::Mentions { concept });
        }
        let list = |class| Question::List { class };
        assert_eq!(first("list formats"), list(Class::Kind(Kind::Format)));
        assert_eq!(first("list all the Formats"), list(Class::Kind(Kind::Format)));
        assert_eq!(first("which formats are there?"), list(Class::Kind(Kind::Format)));
        assert_eq!(first("what kinds of storage are there"), list(Class::Kind(Kind::Storage)));
        assert_eq!(first("list notes"), list(Class::Notes));
        assert_eq!(first("how many databases are there"), Question::Count { class: Class::Kind(Kind::Database) });
        concept("what kinds of data lake are there", "data lake", |name| list(Class::Instances(name)));
        concept("examples of data lake", "data lake", |name| list(Class::Instances(name)));
        concept("what is related to Sqoop", "Sqoop", |concept| Question::Neighbours { concept });
    }

    #[test]
    fn a_search_keeps_its_quotes() {
        let Question::Search { text } = first("search \"column storage\" NOT hive") else { panic!() };
        assert_eq!(text.text, "\"column storage\" NOT hive");
    }

    #[test]
    fn a_question_of_thousands_of_words_is_read_or_refused_at_once() {
        let long = format!("what connects {}b", "a to ".repeat(1_600));
        assert_eq!(readings(&long, &Limits::default()).unwrap().len(), SPLITS);
        assert!(readings(&"what is ".repeat(2_000), &Limits::default()).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(question in "(what|how|which|list|compare|path)?[ a-z\"'?é]{0,60}") {
            if let Err(error) = readings(&question, &Limits::default()) {
                let QuestionError::UnknownForm { span } = error else { return Ok(()) };
                proptest::prop_assert!(question.get(span.start..span.end).is_some());
            }
        }
    }

    fn stops(question: &str, word: &str) {
        let Err(QuestionError::UnknownForm { span }) = readings(question, &Limits::default()) else {
            panic!("{question} is read")
        };
        assert_eq!(span.of(question), word, "{question}");
    }

    #[test]
    fn reading_stops_at_the_word_no_form_knows() {
        stops("how heavy is Kafka", "heavy");
        stops("what connects Flume", "");
        stops("why not", "why");
        stops("", "");
    }
}
