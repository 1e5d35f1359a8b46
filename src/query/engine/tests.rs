use super::*;

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
    engine.options.limits.rows = 1000;
    let error = engine.run("UNWIND range(1, 10000) AS x RETURN count(x)", &Parameters::new()).unwrap_err();
    assert_eq!((error.detail, error.hint.as_deref()), ("RowLimit", Some("raise it with --max-rows")));
    let lazy = engine.run("UNWIND range(1, 1000000000) AS x RETURN x LIMIT 3", &Parameters::new()).unwrap();
    assert_eq!(lazy.rows.len(), 3);
}
