//! What is asked → a tantivy query over the fields.
//!
//! A row of words that names no field is looked for in title, headings and body, and scores in
//! each: the title counts three times, headings twice.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::excluded::Excluded;
use super::request::{Clause, Compare, Row, SearchField};
use super::schema::Fields;

/// How much a hit in the title counts.
const TITLE_BOOST: f32 = 3.0;
/// How much a hit in a heading counts.
const HEADING_BOOST: f32 = 2.0;
/// The most words a prefix at the end of a phrase may stand for.
const MAX_EXPANSIONS: u32 = 1 << 14;

/// The query for a clause.
pub(super) fn query(clause: &Clause, fields: &Fields) -> Box<dyn Query> {
    match clause {
        Clause::Row(row) => row_query(row, fields),
        Clause::All(clauses) => all(clauses, fields),
        Clause::Any(clauses) => union(clauses.iter().map(|clause| query(clause, fields)).collect()),
        Clause::Not(_) => all(std::slice::from_ref(clause), fields),
    }
}

/// Notes that fit all clauses; where all are negated, every note that fits none of what they negate.
fn all(clauses: &[Clause], fields: &Fields) -> Box<dyn Query> {
    let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(clauses.len() + 1);
    for clause in clauses {
        match clause {
            Clause::Not(inner) => parts.push((Occur::MustNot, Box::new(Excluded(query(inner, fields))))),
            _ => parts.push((Occur::Must, query(clause, fields))),
        }
    }
    if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        parts.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
    }
    Box::new(BooleanQuery::new(parts))
}

fn row_query(row: &Row, fields: &Fields) -> Box<dyn Query> {
    match row.field {
        Some(SearchField::Title) => in_field(row, fields.title),
        Some(SearchField::Heading) => in_field(row, fields.headings),
        Some(SearchField::Path) => in_field(row, fields.path_words),
        Some(SearchField::Tag) => in_field(row, fields.tags),
        Some(SearchField::Body) => in_field(row, fields.body),
        None => union(vec![
            Box::new(BoostQuery::new(in_field(row, fields.title), TITLE_BOOST)),
            Box::new(BoostQuery::new(in_field(row, fields.headings), HEADING_BOOST)),
            in_field(row, fields.body),
        ]),
    }
}

fn in_field(row: &Row, field: Field) -> Box<dyn Query> {
    let term = |word: &String| Term::from_field_text(field, word);
    let (last, before) = row.words.split_last().expect("a row has a word");
    match row.compare {
        Compare::Exact { .. } if before.is_empty() => {
            Box::new(TermQuery::new(term(last), IndexRecordOption::WithFreqs))
        }
        Compare::Exact { slop } => {
            let mut phrase = PhraseQuery::new(row.words.iter().map(term).collect());
            phrase.set_slop(slop.into());
            Box::new(phrase)
        }
        Compare::Prefix if before.is_empty() => Box::new(FuzzyTermQuery::new_prefix(term(last), 0, true)),
        Compare::Prefix => {
            let mut phrase = PhrasePrefixQuery::new(row.words.iter().map(term).collect());
            phrase.set_max_expansions(MAX_EXPANSIONS);
            Box::new(phrase)
        }
        Compare::Fuzzy { distance } => {
            let near = |word| -> Box<dyn Query> { Box::new(FuzzyTermQuery::new(term(word), distance, true)) };
            Box::new(BooleanQuery::intersection(row.words.iter().map(near).collect()))
        }
    }
}

fn union(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries))
}
