//! The tools that ask the graph.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Answered, ToolError};
use crate::mcp::arguments::{
    Ask, Detail, ExplainRelation, GetConcept, GetNeighbors, Nothing, QueryCypher, ShortestPaths, Way,
};
use crate::mcp::fact::{self, Asked, Claim, Columns, Concept, Count, Finding, Known, Listed, Mentions, Neighbor, Path};
use crate::mcp::window::Window;
use crate::query::json::{Encoded, decode};
use crate::query::value::ValueError;
use crate::query::{Answer, Parameters};
use crate::render::cited::{CitedRelation, StatsTable};
use crate::session::{CardLimits, Page, QueryOptions, Reply, Session};

/// Ways between two concepts that are looked for at most.
const PATHS: usize = 20;

/// Ways between two concepts where nobody says how many.
const FEW_PATHS: u32 = 3;

/// Relations of a concept that are looked through at most.
const RELATED: usize = 10_000;

pub(super) fn ask(session: &Session, asked: Ask, options: QueryOptions) -> Answered {
    let Reply { cypher, answer, page } =
        session.ask(&asked.question, &options).map_err(|error| ToolError::about(&error, &asked.question))?;
    let findings = findings(&page, &answer);
    Ok(asked.window.answer(Asked { cypher }, findings.len(), findings))
}

/// The parts of an answer.
fn findings(page: &Page, answer: &Answer) -> Vec<Finding> {
    match page {
        Page::Paths(paths) => paths.iter().map(|path| Finding::Path(path.into())).collect(),
        Page::Relations(relations) => Finding::relations(relations).collect(),
        Page::Concept(card) => {
            let concept = Concept::of(&card.concept, &card.aliases, &card.definitions, 5);
            let relation = |one| Finding::Relation(fact::Relation::on_card(&card.concept, one, 1));
            let notes = card.notes.iter().map(|note| Finding::Note(note.into()));
            let relations = card.relations.iter().map(relation);
            std::iter::once(Finding::Concept(concept)).chain(relations).chain(notes).collect()
        }
        Page::Definition(definition) => Finding::defined(definition),
        Page::Comparison(comparison) => Finding::compared(comparison),
        Page::Mentions(notes) => notes.iter().map(|note| Finding::Note(note.into())).collect(),
        Page::Hits(found) => found.hits.iter().map(|hit| Finding::Hit(fact::Hit::of(hit))).collect(),
        Page::Rows => rows(answer).map(|row| named(&answer.columns, row)).collect(),
    }
}

fn named(columns: &[String], row: Vec<Value>) -> Finding {
    let row: BTreeMap<String, Value> = columns.iter().cloned().zip(row).collect();
    Finding::Row { row }
}

/// The rows of an answer as JSON, spelled out one by one.
fn rows(answer: &Answer) -> impl Iterator<Item = Vec<Value>> + '_ {
    let spell = |value| serde_json::to_value(Encoded { value, entities: &answer.entities }).unwrap_or(Value::Null);
    answer.rows.iter().map(move |row| row.iter().map(spell).collect())
}

pub(super) fn query_cypher(session: &Session, asked: QueryCypher, options: QueryOptions) -> Answered {
    let parameters = asked.parameters.iter().map(|(name, value)| Ok((name.as_str().into(), decode(value)?)));
    let parameters: Result<Parameters, ValueError> = parameters.collect();
    let parameters = parameters.map_err(|error| ToolError { message: error.to_string(), hint: None })?;
    let answer = session.query(&asked.statement, &QueryOptions { parameters, ..options });
    let answer = answer.map_err(|error| ToolError::about(&error, &asked.statement))?;
    let head = Columns { columns: answer.columns.clone() };
    Ok(asked.window.answer(head, answer.rows.len(), rows(&answer)))
}

pub(super) fn get_concept(session: &Session, asked: GetConcept) -> Answered {
    let card = session.show(&asked.name, CardLimits::ALL)?;
    let (places, most) = match asked.detail {
        Detail::Names => (0, 0),
        Detail::Facts => (1, 5),
        Detail::Full => (3, 20),
    };
    let mut concept = Concept::of(&card.concept, &card.aliases, &card.definitions, most.max(5));
    concept.definitions.truncate(most);
    let notes = card.notes.iter().take(most).map(Mentions::from).collect();
    let relations = card.relations.iter().map(|one| fact::Relation::on_card(&card.concept, one, places));
    Ok(asked.window.answer(Known { concept, mentions: card.mentions, notes }, card.relations.len(), relations))
}

pub(super) fn get_neighbors(session: &Session, asked: GetNeighbors) -> Answered {
    let types = asked.types.iter().map(|name| known_type(session, name)).collect::<Result<Vec<_>, _>>()?;
    let name = session.show(&asked.name, CardLimits::at_most(0))?.concept.name;
    let wanted = |relation: &CitedRelation| {
        let way = match asked.direction {
            Way::Both => true,
            Way::Out => relation.symmetric || relation.subject.name == name,
            Way::In => relation.symmetric || relation.object.name == name,
        };
        way && (types.is_empty() || types.contains(&relation.relation_type))
    };
    let related = session.related(&name, RELATED)?;
    let neighbors: Vec<Neighbor> = related.iter().filter_map(|one| Neighbor::of(one, wanted)).collect();
    let none = || {
        let all = types.is_empty() && asked.direction == Way::Both;
        let fitting = if all { "" } else { " that fits `types` and `direction`" };
        format!("the notes tell no relation of {name}{fitting}")
    };
    Ok(listed(asked.window, &neighbors, none))
}

pub(super) fn shortest_paths(session: &Session, asked: ShortestPaths, options: QueryOptions) -> Answered {
    let window = asked.window.usually(FEW_PATHS);
    let most = window.end().min(PATHS);
    let reply = session.paths(&asked.from, &asked.to, u32::try_from(most).unwrap_or(u32::MAX), &options)?;
    let paths: Vec<Path> =
        if let Page::Paths(paths) = &reply.page { paths.iter().map(Path::from).collect() } else { vec![] };
    let none = || format!("no chain of relations leads from {} to {}", asked.from, asked.to);
    Ok(listed(window, &paths, none))
}

pub(super) fn explain_relation(session: &Session, asked: ExplainRelation) -> Answered {
    let wanted = asked.relation_type.as_deref().map(|name| known_type(session, name)).transpose()?;
    let mut relations = session.why(&asked.from, &asked.to)?;
    relations.retain(|relation| wanted.as_ref().is_none_or(|wanted| *wanted == relation.relation_type));
    let claims: Vec<Claim> = relations.iter().flat_map(Claim::all).collect();
    let none = || {
        let (from, to) = (&asked.from, &asked.to);
        let relation = wanted.as_ref().map_or_else(|| "relation".to_owned(), |wanted| format!("{wanted} relation"));
        format!(
            "no line states a {relation} between {from} and {to}; `shortest_paths` with from \"{from}\" and to \"{to}\" \
             connects them over other concepts, if anything does"
        )
    };
    Ok(listed(asked.window, &claims, none))
}

/// A page of results; `none` tells what it means that there are none.
fn listed<T: Serialize>(window: Window, results: &[T], none: impl FnOnce() -> String) -> Value {
    let hint = results.is_empty().then(none);
    window.answer(Listed { hint }, results.len(), results)
}

/// The relation type of that name, in any case.
fn known_type(session: &Session, name: &str) -> Result<String, ToolError> {
    let types = session.graph().types_in_use();
    let found = types.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(known, _)| (*known).to_owned()).ok_or_else(|| {
        let known: Vec<&str> = types.iter().map(|(known, _)| *known).collect();
        let hint = format!("the types are {}", known.join(", "));
        ToolError { message: format!("there is no relation type `{name}`"), hint: Some(hint) }
    })
}

pub(super) fn schema(session: &Session, asked: Nothing) -> Answered {
    Ok(counted(&session.schema(), asked.window))
}

pub(super) fn stats(session: &Session, asked: Nothing) -> Answered {
    Ok(counted(&session.stats(), asked.window))
}

fn counted(tables: &[StatsTable], window: Window) -> Value {
    let counts = Count::all(tables);
    window.answer(Listed::default(), counts.len(), counts)
}
