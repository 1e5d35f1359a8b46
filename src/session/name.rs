//! Names in questions and arguments → concepts: by name, alias, case and plural, never by guessing.

use crate::error::{Exit, Hint, Report, did_you_mean};
use crate::extract::{Kind, RelationType};
use crate::graph::{KnowledgeGraph, NodeId, Resolution};
use crate::query::question::{Class, Question, QuestionError, Spoken};
use crate::text::{Name, Span};

/// A name that does not lead to one concept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// No concept has it.
    #[error("no concept named `{name}`")]
    Unknown {
        /// The name as written.
        name: String,
        /// Where it stands in the question; nowhere when it was an argument of its own.
        span: Option<Span>,
        /// Close names, best first; may be empty.
        similar: Vec<String>,
        /// Whether a kind of concepts would have done too.
        or_kind: bool,
    },
    /// Several concepts have it.
    #[error("`{name}` may mean {} concepts", candidates.len())]
    Ambiguous {
        /// The name as written.
        name: String,
        /// Where it stands in the question; nowhere when it was an argument of its own.
        span: Option<Span>,
        /// The concepts, each with its kind, in name order.
        candidates: Vec<(String, String)>,
    },
}

impl Report for NameError {
    fn exit(&self) -> Exit {
        match self {
            Self::Unknown { .. } => Exit::UnknownName,
            Self::Ambiguous { .. } => Exit::Ambiguous,
        }
    }

    fn span(&self) -> Option<Span> {
        let (Self::Unknown { span, .. } | Self::Ambiguous { span, .. }) = self;
        *span
    }

    fn hint(&self) -> Option<Hint> {
        match self {
            Self::Unknown { similar, .. } if !similar.is_empty() => did_you_mean(similar).map(Hint::from),
            Self::Unknown { or_kind: true, .. } => {
                let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                Some(format!("the kinds are {}", kinds.join(", ")).into())
            }
            Self::Unknown { name, .. } => {
                if let Some(second) = second_question(name) {
                    return Some(format!("ask one thing at a time; `{second}` was read as part of the name").into());
                }
                let words = |search: &str| format!("no name is near it; {search} looks for the word in the notes");
                let in_a_request = words(&format!("the question `search \"{name}\"`"));
                Some(Hint::from(words(&format!("`quipu search \"{name}\"`"))).or_in_a_request(in_a_request))
            }
            Self::Ambiguous { candidates, .. } => {
                let listed: Vec<String> = candidates.iter().map(|(name, kind)| format!("{name} ({kind})")).collect();
                Some(format!("name one of them: {}", listed.join(", ")).into())
            }
        }
    }
}

/// The question that `name` goes on with, as in `Kafka and how sure are you`.
fn second_question(name: &str) -> Option<&str> {
    let asks = |rest: &str| {
        let word = rest.split_whitespace().nth(1).unwrap_or_default();
        ["what", "which", "who", "how", "why", "when", "where"].iter().any(|one| word.eq_ignore_ascii_case(one))
    };
    name.match_indices(" and ").map(|(at, _)| name[at..].trim_start()).find(|rest| asks(rest))
}

/// The concept that a name written on its own means.
pub(super) fn concept(graph: &KnowledgeGraph, name: &str) -> Result<NodeId, NameError> {
    find(graph, name, None)
}

/// The first reading of a question whose names are all known, with their concepts; else what is wrong with the first.
pub(super) fn settle(
    graph: &KnowledgeGraph,
    readings: Vec<Question>,
) -> Result<(Question, Vec<NodeId>), super::SessionError> {
    let mut wrong = None;
    for question in readings {
        let question = kind_described(graph, question);
        let found: Result<Vec<NodeId>, NameError> =
            question.names().into_iter().map(|name| spoken(graph, name, is_class(&question))).collect();
        match found {
            Ok(concepts) => return Ok((known_verbs(graph, question)?, concepts)),
            Err(error) => wrong = wrong.or(Some(error)),
        }
    }
    Err(wrong.expect("every question has a reading").into())
}

/// `what is storage` asks for the concept of that name; where there is none, for the concepts of that kind.
fn kind_described(graph: &KnowledgeGraph, question: Question) -> Question {
    let Question::Describe { concept } = &question else { return question };
    let kind = Kind::named(without_article(&concept.text).unwrap_or(&concept.text));
    match (kind, find(graph, &concept.text, None)) {
        (Some(kind), Err(NameError::Unknown { .. })) => Question::List { class: Class::Kind(kind) },
        _ => question,
    }
}

/// The names of concepts as the graph writes them.
pub(super) fn names(graph: &KnowledgeGraph, concepts: &[NodeId]) -> Vec<Name> {
    concepts.iter().map(|concept| graph.name(*concept).into()).collect()
}

fn is_class(question: &Question) -> bool {
    matches!(question, Question::List { class: Class::Instances(_) } | Question::Count { class: Class::Instances(_) })
}

fn spoken(graph: &KnowledgeGraph, name: &Spoken, or_kind: bool) -> Result<NodeId, NameError> {
    find(graph, &name.text, Some(name.span)).map_err(|error| match error {
        NameError::Unknown { name, span, similar, .. } => NameError::Unknown { name, span, similar, or_kind },
        ambiguous @ NameError::Ambiguous { .. } => ambiguous,
    })
}

/// Tries a name as written, then without an article before it.
fn find(graph: &KnowledgeGraph, name: &str, span: Option<Span>) -> Result<NodeId, NameError> {
    let bare = without_article(name);
    let mut resolution = graph.resolve(name);
    let mut asked = name;
    if let (Resolution::Unknown { .. }, Some(bare)) = (&resolution, bare) {
        resolution = graph.resolve(bare);
        asked = bare;
    }
    let span = span.map(|span| Span::new(span.end - asked.len().min(span.len()), span.end));
    match resolution {
        Resolution::Unique(concept) => Ok(concept),
        Resolution::Ambiguous(nodes) => {
            Err(NameError::Ambiguous { name: asked.to_string(), span, candidates: candidates(graph, &nodes) })
        }
        Resolution::Unknown { similar } => {
            Err(NameError::Unknown { name: asked.to_string(), span, similar, or_kind: false })
        }
    }
}

fn candidates(graph: &KnowledgeGraph, nodes: &[NodeId]) -> Vec<(String, String)> {
    let kind = |node: NodeId| graph.kind(node).map_or("", |kind| graph.label_name(kind)).to_string();
    nodes.iter().map(|node| (graph.name(*node).to_string(), kind(*node))).collect()
}

fn without_article(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(char::is_whitespace)?;
    let is_article = ["a", "an", "the"].iter().any(|article| first.eq_ignore_ascii_case(article));
    is_article.then(|| rest.trim_start())
}

/// Verbs outside the core must be types of this graph: `mask` and `masks` both mean `MASKS`.
fn known_verbs(graph: &KnowledgeGraph, question: Question) -> Result<Question, QuestionError> {
    let Question::Relations { concept, mut wanted, kind } = question else { return Ok(question) };
    for one in &mut wanted {
        let Some(span) = one.verb else { continue };
        let name = one.relation_type.name().to_string();
        let stem = name.strip_suffix('S').unwrap_or(&name);
        let forms = [name.clone(), format!("{name}S"), format!("{name}ES"), stem.to_string()];
        let known = forms.iter().find(|form| graph.type_id(form).is_some());
        let known = known.ok_or_else(|| QuestionError::UnknownVerb { verb: name.to_lowercase(), span })?;
        one.relation_type = RelationType::named(known);
    }
    Ok(Question::Relations { concept, wanted, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::concept;
    use crate::query::question::readings;

    /// Two concepts that share the alias `CD`, and one called `The Edge`.
    fn graph() -> KnowledgeGraph {
        let named = [("The Edge", "edges"), ("change detection", "CD"), ("continuous delivery", "CD")];
        let concepts = named.map(|(name, alias)| concept(name, Kind::Method, &[alias]));
        crate::graph::build(&concepts, &[])
    }

    fn asked(question: &str) -> Result<(Question, Vec<String>), super::super::SessionError> {
        let graph = graph();
        let (question, concepts) = settle(&graph, readings(question, &crate::limits::Limits::default()).unwrap())?;
        Ok((question, names(&graph, &concepts).iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn a_question_behind_a_question_is_told_from_a_name() {
        let error = asked("what is a zzyzx and how sure are you?").unwrap_err();
        let hint = "ask one thing at a time; `and how sure are you` was read as part of the name";
        assert_eq!(error.hint(), Some(hint.into()));
        assert_eq!(second_question("Research and Development and whatnot"), None);
    }

    #[test]
    fn an_ambiguous_name_lists_its_candidates() {
        let error = asked("what is a cd").unwrap_err();
        assert_eq!(error.exit(), Exit::Ambiguous);
        assert_eq!(error.to_string(), "`cd` may mean 2 concepts");
        assert_eq!(
            error.hint().unwrap(),
            "name one of them: change detection (Method), continuous delivery (Method)".into()
        );
        assert_eq!(error.span().unwrap().of("what is a cd"), "cd");
    }

    #[test]
    fn articles_are_left_out_only_where_they_are_no_part_of_the_name() {
        assert_eq!(asked("what is The Edge").unwrap().1, ["The Edge"]);
        assert_eq!(asked("what is the change detection?").unwrap().1, ["change detection"]);
    }

    #[test]
    fn the_split_whose_names_are_known_is_meant() {
        assert_eq!(
            asked("what connects The Edge with continuous delivery").unwrap().1,
            ["The Edge", "continuous delivery"]
        );
        let error = asked("what connects change to detection to The Edge").unwrap_err();
        assert_eq!(error.to_string(), "no concept named `change`");
    }

    #[test]
    fn a_kind_that_is_no_concept_is_listed() {
        assert_eq!(asked("what is a method").unwrap().0, Question::List { class: Class::Kind(Kind::Method) });
        assert_eq!(asked("what is a zebra").unwrap_err().exit(), Exit::UnknownName);
    }

    #[test]
    fn verbs_must_be_types_of_the_graph() {
        assert_eq!(asked("what masks CD").unwrap_err().exit(), Exit::Ambiguous);
        assert_eq!(asked("what masks The Edge").unwrap_err().exit(), Exit::Usage);
    }
}
