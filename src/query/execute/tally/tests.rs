use proptest::prelude::*;

use crate::extract::{Claims, Kind, RelationClaim};
use crate::graph::{KnowledgeGraph, build, sample};
use crate::query::{Engine, Options, Parameters};

const NAMES: [(&str, Kind); 5] = [
    ("Airflow", Kind::Tool),
    ("Bash", Kind::Tool),
    ("Cassandra", Kind::Database),
    ("Druid", Kind::Database),
    ("Echo", Kind::Term),
];

/// Concepts of three kinds in two notes, with relations of three types between them.
pub(in crate::query::execute) fn graph(relations: &[(usize, &str, usize, u16)]) -> KnowledgeGraph {
    let concepts = NAMES.map(|(name, kind)| sample::concept(name, kind, &[]));
    let claim = |(line, (from, name, to, confidence)): (usize, &(usize, &str, usize, u16))| -> RelationClaim {
        sample::relation(NAMES[*from].0, name, NAMES[*to].0, *confidence, line + 1)
    };
    let relations = relations.iter().enumerate().map(claim).collect();
    let mentions = |names: &[(&str, Kind)]| names.iter().map(|(name, _)| sample::mention(name, 1)).collect();
    let first = Claims { mentions: mentions(&NAMES), relations, ..Claims::default() };
    let second = Claims { mentions: mentions(&NAMES[..2]), ..Claims::default() };
    build(&concepts, &[(&sample::note("a.txt"), &first), (&sample::note("b.txt"), &second)])
}

pub(in crate::query::execute) fn relations() -> impl Strategy<Value = Vec<(usize, &'static str, usize, u16)>> {
    let types = prop::sample::select(vec!["FEEDS", "USES", "SIMILAR_TO"]);
    prop::collection::vec((0..5_usize, types, 0..5_usize, 1..1000_u16), 0..14)
}

fn node(name: &'static str) -> impl Strategy<Value = String> {
    let labels = vec!["", "", ":Concept", ":Tool", ":Database", ":Note"];
    prop::sample::select(labels).prop_map(move |label| format!("({name}{label})"))
}

fn link(name: &'static str) -> impl Strategy<Value = String> {
    let types = vec!["", "", ":FEEDS", ":USES|FEEDS", ":SIMILAR_TO", ":MENTIONS", ":NONE"];
    let arrows = prop::sample::select(vec![("-", "-"), ("-", "->"), ("<-", "-")]);
    (prop::sample::select(types), arrows)
        .prop_map(move |(types, (left, right))| format!("{left}[{name}{types}]{right}"))
}

/// One relationship, counted by keys.
fn grouped() -> impl Strategy<Value = String> {
    let wheres = vec![
        "",
        "",
        "WHERE a.kind = 'Tool'",
        "WHERE b.name > 'B' AND a.name < 'D'",
        "WHERE r.confidence > 300",
        "WHERE NOT b:Tool",
        "WHERE a.kind = b.kind",
    ];
    let returns = vec![
        "count(*)",
        "count(r) AS n, count(*) AS m",
        "a.kind, count(*)",
        "a.kind, b.kind, count(*)",
        "type(r), count(*), b.kind",
        "labels(b), count(b)",
        "b.name, a.kind, type(r), count(*)",
        "r.confidence / 100, count(*)",
        "a.name AS n, count(*) AS d ORDER BY d DESC, n LIMIT 2",
        "a, count(*) AS d ORDER BY d DESC, a.name LIMIT 3",
        "b.name AS n, count(*) AS d ORDER BY d DESC, n LIMIT 2",
        "a.mentions + b.mentions AS sum, count(*)",
        "count(DISTINCT b)",
        "count(DISTINCT a)",
        "count(DISTINCT b.kind)",
    ];
    let (wheres, returns) = (prop::sample::select(wheres), prop::sample::select(returns));
    (node("a"), link("r"), node("b"), wheres, returns)
        .prop_map(|(a, r, b, condition, items)| format!("MATCH {a}{r}{b} {condition} RETURN {items}"))
}

/// Two or three relationships, counted.
fn chained() -> impl Strategy<Value = String> {
    let wheres =
        vec!["", "", "WHERE b.kind = 'Tool'", "WHERE c.name > 'B'", "WHERE a.name = 'Bash'", "WHERE a.name < c.name"];
    let returns = vec!["count(*)", "count(DISTINCT c)", "count(c) AS n", "b.kind, count(*)"];
    let rest = prop::option::weighted(0.3, (link(""), node("d")));
    (
        node("a"),
        link(""),
        node("b"),
        (link("s"), node("c"), rest),
        prop::sample::select(wheres),
        prop::sample::select(returns),
    )
        .prop_map(|(a, r, b, (s, c, rest), condition, items)| {
            let rest = rest.map_or_else(String::new, |(link, node)| format!("{link}{node}"));
            format!("MATCH {a}{r}{b}{s}{c}{rest} {condition} RETURN {items}")
        })
}

pub(in crate::query::execute) fn lines(graph: &KnowledgeGraph, statement: &str, unoptimised: bool) -> Vec<String> {
    let engine = Engine::new(graph.clone()).with_options(Options { unoptimised, ..Options::default() });
    let answer = engine.run(statement, &Parameters::new()).unwrap_or_else(|error| panic!("{statement}: {error}"));
    let mut lines: Vec<String> = answer.rows.iter().map(|row| format!("{row:?}")).collect();
    lines.sort();
    lines
}

/// The operators of a plan, from the top.
fn operators(statement: &str) -> Vec<String> {
    let engine = Engine::new(graph(&[(0, "FEEDS", 1, 500)]));
    let mut plan = engine.run(&format!("EXPLAIN {statement}"), &Parameters::new()).unwrap().plan.unwrap();
    let mut operators = vec![plan.operator.clone()];
    while let Some(input) = plan.inputs.pop() {
        plan = input;
        operators.push(plan.operator.clone());
    }
    operators
}

#[test]
fn counts_are_tallied_where_nothing_else_is_wanted() {
    let last = |statement: &str| operators(statement).pop().unwrap();
    for tallied in [
        "MATCH (a)-[:FEEDS]->(b)-[:USES]->(c) RETURN count(*)",
        "MATCH (a)--(b)--(c:Tool) RETURN count(*)",
        "MATCH (a)-->(b) RETURN a.kind, b.kind, count(*)",
        "MATCH (a)--() RETURN a.name, count(*) AS d ORDER BY d DESC LIMIT 10",
        "MATCH ()-[r]->() RETURN type(r), count(*)",
        "MATCH (a) RETURN a.kind, count(*)",
    ] {
        assert_eq!(last(tallied), "Tally", "{tallied}");
    }
    assert_eq!(last("MATCH (a {name: 'Bash'})-->()-->(c) RETURN count(DISTINCT c)"), "Reach");
    for kept in [
        "MATCH (a)-->(b) RETURN a.kind, collect(b.name)",
        "MATCH (a)-->(b) WHERE a.kind = b.kind RETURN count(*)",
        "MATCH (a)-->(b) RETURN rand() > 2, count(*)",
        "MATCH (a)--()--(c) RETURN count(DISTINCT c)",
        "MATCH (a)-->(b)-->(c) RETURN b.kind, count(*)",
        "WITH 1 AS x MATCH (a)-->(b) RETURN x, count(*)",
    ] {
        assert_eq!(last(kept), "Argument", "{kept}");
    }
}

#[test]
fn parallel_relations_of_different_types_each_count() {
    let two = graph(&[(0, "FEEDS", 1, 500), (0, "USES", 1, 500), (1, "FEEDS", 2, 500)]);
    assert_eq!(lines(&two, "MATCH (a)-->(b) RETURN a.kind, b.kind, count(*)", false).len(), 2);
    assert_eq!(lines(&two, "MATCH (a)-->(b)-->(c) RETURN count(*)", false), ["[Integer(2)]"]);
    assert_eq!(lines(&two, "MATCH (a)--(b)--(c) RETURN count(*)", false), ["[Integer(8)]"]);
    let top = lines(&two, "MATCH (a)--() RETURN a.name, count(*) AS d ORDER BY d DESC LIMIT 1", false);
    assert_eq!(top, [r#"[String("Bash"), Integer(3)]"#]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn tallies_are_what_rows_would_have_given(relations in relations(), one in grouped(), two in chained()) {
        let graph = graph(&relations);
        for statement in [one, two] {
            prop_assert_eq!(lines(&graph, &statement, false), lines(&graph, &statement, true), "{}", statement);
        }
    }
}
