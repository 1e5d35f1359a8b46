use proptest::prelude::*;

use super::tally::tests::{graph, lines, relations};

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
}
