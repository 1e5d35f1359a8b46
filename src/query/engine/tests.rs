use super::*;
use crate::graph::sample;
use crate::limits::Limit;
use proptest::prelude::*;

/// Runs statements one after the other on an empty graph; gives the rows of the last.
fn rows(statements: &[&str]) -> Vec<String> {
    let engine = Engine::scratch();
    let mut last = Answer::default();
    for text in statements {
        last = engine.run(text, &Parameters::new()).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    let line = |row: &Row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    last.rows.iter().map(line).collect()
}

#[test]
fn what_was_created_is_found() {
    let create = "CREATE (a:A {x: 1})-[:R {y: 2}]->(b:B {x: 3}), (b)-[:R]->(:C)";
    assert_eq!(rows(&[create, "MATCH (a:A)-[r:R]->(b) RETURN a.x, r.y, b.x"]), ["1 2 3"]);
    assert_eq!(rows(&[create, "MATCH (a:A)-[*]->(b) RETURN labels(b)[0] AS l ORDER BY l DESC"]), ["'C'", "'B'"]);
    assert_eq!(rows(&[create, "MATCH p = (:A)-->()-->(c) RETURN length(p), c:C"]), ["2 true"]);
    assert_eq!(rows(&[create, "MATCH (n) RETURN count(*) AS c, sum(n.x) AS s"]), ["3 4"]);
}

#[test]
fn a_statement_that_fails_leaves_no_trace() {
    let engine = Engine::scratch();
    let none = Parameters::new();
    engine.run("CREATE (:A)-[:R]->(:B)", &none).unwrap();
    let error = engine.run("MATCH (a:A) CREATE (:C) DELETE a", &none).unwrap_err();
    assert_eq!(error.detail, "DeleteConnectedNode");
    let answer = engine.run("MATCH (n) RETURN count(n) AS c", &none).unwrap();
    assert_eq!(answer.rows[0][0].to_string(), "2");
}

#[test]
fn limits_name_themselves() {
    let mut engine = Engine::scratch();
    engine.options.limits.set(Limit::Rows, 1000);
    let error = engine.run("UNWIND range(1, 10000) AS x RETURN count(x)", &Parameters::new()).unwrap_err();
    assert_eq!(error.detail, "RowLimit");
    let hint = error.hint.unwrap();
    assert_eq!(hint.to_string(), "raise it with --max-rows, at the prompt with `:limit max-rows`");
    assert_eq!(hint.for_request(), "ask for less; the limit `max-rows` is raised where this server is started");
    let lazy = engine.run("UNWIND range(1, 1000000000) AS x RETURN x LIMIT 3", &Parameters::new()).unwrap();
    assert_eq!(lazy.rows.len(), 3);
}

/// The rows of a statement over notes that tell of a pipeline.
fn asked(text: &str) -> Vec<String> {
    let answer = Engine::new(sample::pipeline()).run(text, &Parameters::new());
    let answer = answer.unwrap_or_else(|error| panic!("{text}: {error}"));
    let line = |row: &Row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    answer.rows.iter().map(line).collect()
}

#[test]
fn a_graph_of_notes_is_asked() {
    assert_eq!(asked("MATCH (a {name: 'Flume'})-[:FEEDS]->(b) RETURN b.name"), ["'HDFS'"]);
    let shortest = "MATCH (a {name: 'Flume'}), (b {name: 'Hive'}), p = shortestPath((a)-[*]->(b)) RETURN ";
    assert_eq!(asked(&format!("{shortest} [n IN nodes(p) | n.name]")), ["['Flume', 'HDFS', 'Spark', 'Hive']"]);
    assert_eq!(asked("MATCH (n:Concept) RETURN count(*)"), ["4"]);
    assert_eq!(asked("CALL concept('hdfs') YIELD name, exact RETURN name, exact"), ["'HDFS' true"]);
    assert_eq!(asked("CALL neighbours('Spark', 1) YIELD node RETURN node.name"), ["'HDFS'", "'Hive'"]);
}

#[test]
fn what_connects_two_is_a_procedure_over_names_or_nodes() {
    let rest = "YIELD path RETURN [n IN nodes(path) | n.name] AS names";
    let way = "['Flume', 'HDFS', 'Spark', 'Hive']";
    assert_eq!(asked(&format!("CALL paths('flume', 'Hive', 1) {rest}")), [way]);
    assert_eq!(asked(&format!("MATCH (a {{name: 'Flume'}}), (b {{name: 'Hive'}}) CALL paths(a, b, 1) {rest}")), [way]);
    let evidence = "MATCH ({name: 'Flume'})-[r]->() CALL evidence(r) YIELD note, line, quote RETURN note, line, quote";
    assert_eq!(asked(evidence), ["'log.txt' 1 'Flume FEEDS HDFS'"]);
}

#[test]
fn bookkeeping_matches_where_it_is_named() {
    assert_eq!(asked("MATCH (:Concept {name: 'Hive'})-[r]-() RETURN count(r)"), ["2"]);
    assert_eq!(asked("MATCH (:Concept {name: 'Hive'})-[:MENTIONS]-(n) RETURN n.path"), ["'log.txt'"]);
    assert_eq!(asked("MATCH (:Concept {name: 'Hive'})--(n:Note) RETURN n.path"), ["'log.txt'"]);
    let options = Options { all_types: true, ..Options::default() };
    let engine = Engine::new(sample::pipeline()).with_options(options);
    let answer = engine.run("MATCH ({name: 'Hive'})-[r]-() RETURN count(r)", &Parameters::new()).unwrap();
    assert_eq!(answer.rows[0][0].to_string(), "3");
}

#[test]
fn notes_are_not_written_and_unknown_names_are_said() {
    let engine = Engine::new(sample::pipeline());
    let refused = |text: &str| engine.run(text, &Parameters::new()).unwrap_err();
    assert_eq!(refused("CREATE (n)").detail, "ReadOnlyGraph");
    let unknown = refused("CALL paths('Flume', 'Hve', 3)");
    assert_eq!((unknown.detail, unknown.hint), ("UnknownConcept", Some("did you mean Hive?".into())));
}

#[test]
fn plans_begin_where_names_are() {
    let engine = Engine::new(sample::pipeline());
    let text = "EXPLAIN MATCH (a:Concept)-[:FEEDS]->(b)-[:FEEDS]->(c {name: 'Hive'}) RETURN a.name";
    let mut plan = &engine.run(text, &Parameters::new()).unwrap().plan.unwrap();
    let mut lines = Vec::new();
    loop {
        lines.push(format!("{} {}", plan.operator, plan.detail));
        let Some(input) = plan.inputs.first() else { break };
        plan = input;
    }
    assert_eq!(
        lines,
        [
            "Select a.name",
            "Project a.name",
            "Filter a:Concept",
            "Expand (a)-[:FEEDS]->(b)",
            "Expand (b)-[:FEEDS]->(c)",
            "Filter c.name = 'Hive'",
            "NodeSeek c.name = 'Hive'",
            "Argument ",
        ]
    );
}

/// A node of a random pattern: one of few names, so that some come twice.
fn node() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "b", "c", ""]);
    let label = prop::sample::select(vec!["", "", ":A", ":B"]);
    let properties = prop::sample::select(vec!["", "", " {k: 1}", " {k: 2}"]);
    (name, label, properties).prop_map(|(name, label, properties)| format!("({name}{label}{properties})"))
}

fn relationship() -> impl Strategy<Value = String> {
    let inside = prop::sample::select(vec!["", "[:R]", "[:S]", "[:R|S]", "[:R*1..2]", "[*0..2]", "[:S {k: 1}]"]);
    let arrows = prop::sample::select(vec![("-", "-"), ("-", "->"), ("<-", "-")]);
    (inside, arrows).prop_map(|(inside, (left, right))| format!("{left}{inside}{right}"))
}

fn chain() -> impl Strategy<Value = String> {
    (node(), prop::collection::vec((relationship(), node()), 0..3)).prop_map(|(first, rest)| {
        rest.into_iter().fold(first, |chain, (relationship, node)| chain + &relationship + &node)
    })
}

/// A random statement over random patterns; all names are bound by its first clause.
fn statement() -> impl Strategy<Value = String> {
    let conditions =
        vec!["", "WHERE a.k = b.k", "WHERE a:A AND b.k > 1", "WHERE (a)-->(c)", "WHERE a.k = 1 OR NOT b:B"];
    let optional = prop::sample::select(vec!["MATCH", "OPTIONAL MATCH"]);
    (chain(), chain(), optional, prop::sample::select(conditions)).prop_map(|(first, second, optional, condition)| {
        format!(
            "MATCH (a), (b), (c) WITH a, b, c ORDER BY a.i, b.i, c.i LIMIT 20 MATCH {first} {condition} \
             {optional} p = {second} RETURN a.i, b.i, c.i, length(p) AS l ORDER BY a.i, b.i, c.i, l"
        )
    })
}

fn relations() -> impl Strategy<Value = String> {
    prop::collection::vec((0..4_u8, 0..4_u8, prop::sample::select(vec!["R", "S"]), 1..3_u8), 0..6).prop_map(|all| {
        let one = |(from, to, name, k): &(u8, u8, &str, u8)| format!(" CREATE (n{from})-[:{name} {{k: {k}}}]->(n{to})");
        all.iter().map(one).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_plan_changes_no_answer(relations in relations(), statement in statement()) {
        let nodes = "CREATE (n0:A {i: 0, k: 1}), (n1:A:B {i: 1, k: 2}), (n2:B {i: 2, k: 1}), (n3 {i: 3, k: 2})";
        let mut engine = Engine::scratch();
        engine.run(&format!("{nodes}{relations}"), &Parameters::new()).unwrap();
        let lines = |engine: &Engine| {
            let answer = engine.run(&statement, &Parameters::new()).unwrap();
            let mut lines: Vec<String> = answer.rows.iter().map(|row| format!("{row:?}")).collect();
            lines.sort();
            lines
        };
        let optimised = lines(&engine);
        engine.options.unoptimised = true;
        prop_assert_eq!(optimised, lines(&engine));
    }
}
