use proptest::prelude::*;

use super::super::tally::tests::{graph, lines, relations};

/// What may be asked of the path `p` and of its relationships `r`.
const ASKED: [&str; 16] = [
    "all(n IN nodes(p) WHERE n.name <> 'Bash')",
    "none(n IN nodes(p) WHERE n:Database)",
    "NOT any(n IN nodes(p)[1..] WHERE n.name = 'Druid')",
    "NOT any(n IN nodes(p) WHERE n.name = 'Druid')",
    "all(x IN relationships(p) WHERE x.confidence > 300)",
    "none(x IN r WHERE type(x) = 'USES')",
    "all(n IN nodes(p) WHERE (n)-[:USES]-() OR n = b)",
    "any(n IN nodes(p) WHERE n.name = 'Echo')",
    "single(x IN relationships(p) WHERE type(x) = 'USES')",
    "length(p) > 1",
    "length(p) = 3",
    "3 > length(p)",
    "1 < length(p) <= 3",
    "size(r) % 2 = 0",
    "EXISTS { (a)-[:FEEDS]->(b) }",
    "all(n IN nodes(p) WHERE n.name <> 'Bash') AND length(p) >= 2 AND none(n IN nodes(p) WHERE n.mentions > 5)",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn notes_are_searched_for_the_same_paths(
        relations in relations(),
        kind in prop::sample::select(vec!["shortestPath", "allShortestPaths"]),
        link in prop::sample::select(vec!["-[*]-", "-[*]->", "<-[*..3]-", "-[:USES|FEEDS*]-", "-[*0..2]-", "-[:MENTIONS*]-"]),
    ) {
        let statement = format!("MATCH (a:Concept), (b:Concept), p = {kind}((a){link}(b)) RETURN a.name, b.name, p");
        let graph = graph(&relations);
        prop_assert_eq!(lines(&graph, &statement, false), lines(&graph, &statement, true), "{}", statement);
    }

    #[test]
    fn the_shortest_path_that_fits_is_found(
        relations in relations(),
        link in prop::sample::select(vec!["-[r*..4]-", "-[r*..4]->", "<-[r*2..4]-", "-[r:USES|FEEDS*..4]-"]),
        asked in prop::sample::select(ASKED.to_vec()),
    ) {
        let graph = graph(&relations);
        let shortest = |kind: &str, rows: &str| {
            format!("MATCH (a:Concept), (b:Concept), p = {kind}((a){link}(b)) WHERE {asked} RETURN a.name, b.name, {rows}")
        };
        let walks = format!("MATCH (a:Concept), (b:Concept), p = (a){link}(b) WHERE a <> b AND {asked}");
        let least = format!("{walks} RETURN a.name, b.name, min(length(p))");
        let one = shortest("shortestPath", "length(p)");
        prop_assert_eq!(lines(&graph, &one, false), lines(&graph, &least, false), "{}", one);
        let number = format!("{walks} WITH a, b, length(p) AS length, count(*) AS paths ORDER BY length \
            RETURN a.name, b.name, head(collect(paths))");
        let all = shortest("allShortestPaths", "count(*)");
        prop_assert_eq!(lines(&graph, &all, false), lines(&graph, &number, false), "{}", all);
        let paths = shortest("shortestPath", "p");
        prop_assert_eq!(lines(&graph, &paths, false), lines(&graph, &paths, true), "{}", paths);
    }
}

#[test]
fn what_a_condition_shares_with_others_is_bound_first() {
    let graph = graph(&[
        (0, "FEEDS", 1, 500),
        (1, "FEEDS", 2, 500),
        (0, "USES", 3, 500),
        (3, "USES", 4, 500),
        (4, "USES", 2, 500),
    ]);
    let found = |statement: &str| lines(&graph, statement, false);
    let shared = "MATCH p = shortestPath((a {name: 'Airflow'})-[*]-(b {name: 'Cassandra'})), (c:Term) \
        WHERE c IN nodes(p) RETURN length(p), c.name";
    assert_eq!(found(shared), [r#"[Integer(3), String("Echo")]"#]);
    let longer = "MATCH q = (a {name: 'Airflow'})-->()-->(b {name: 'Cassandra'}), p = shortestPath((a)-[*]-(b)) \
        WHERE length(p) > length(q) RETURN length(p)";
    assert_eq!(found(longer), ["[Integer(3)]"]);
    let two = "MATCH q = shortestPath((a {name: 'Airflow'})-[*]-(b {name: 'Cassandra'})), p = shortestPath((a)-[*]-(b)) \
        WHERE length(p) > length(q) RETURN length(q), length(p)";
    assert_eq!(found(two), ["[Integer(2), Integer(3)]"]);
    let none =
        "MATCH p = shortestPath((a {name: 'Airflow'})-[*]-(b {name: 'Cassandra'})) WHERE NOT (a)-[:FEEDS]-() RETURN p";
    assert_eq!(found(none).len(), 0);
    let least = "MATCH p = shortestPath((a {name: 'Airflow'})-[*3..]-(b {name: 'Cassandra'})) RETURN length(p)";
    assert_eq!(found(least), ["[Integer(3)]"]);
}
