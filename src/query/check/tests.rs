use super::*;
use crate::limits::Limits;
use crate::query::parser::parse;

/// The detail of the error, or nothing where there is none.
fn refused(text: &str) -> Option<&'static str> {
    let procedures = Procedures::built_in();
    crate::query::with_stack(|| {
        let statement = parse(text, &Limits::default()).unwrap();
        let given = |name: &str| name == "p";
        let around = Surroundings { procedures: &procedures, parameters: &given, read_only: false };
        check(&statement, &around).err().map(|error| error.detail)
    })
}

#[test]
fn names_must_be_bound_and_bound_once() {
    assert_eq!(refused("MATCH (a) RETURN b"), Some("UndefinedVariable"));
    assert_eq!(refused("MATCH (a) WITH a AS b RETURN a"), Some("UndefinedVariable"));
    assert_eq!(refused("MATCH (a) CREATE (a)"), Some("VariableAlreadyBound"));
    assert_eq!(refused("MATCH (a) CREATE (a)-[:R]->(b) RETURN b"), None);
    assert_eq!(refused("MATCH p = (p)--() RETURN p"), Some("VariableAlreadyBound"));
    assert_eq!(refused("MATCH (a) WHERE (a)-->(b) RETURN a"), Some("UndefinedVariable"));
    assert_eq!(refused("MATCH (a) WHERE EXISTS { (a)-->(b) } RETURN a"), None);
}

#[test]
fn a_name_keeps_its_kind() {
    assert_eq!(refused("MATCH ()-[r]-() MATCH (r) RETURN r"), Some("VariableTypeConflict"));
    assert_eq!(refused("WITH 1 AS n MATCH (n) RETURN n"), Some("VariableTypeConflict"));
    assert_eq!(refused("MATCH ()-[r]->()-[s]->() WITH [r, s] AS rs MATCH ()-[rs*]->() RETURN rs"), None);
}

#[test]
fn aggregates_stand_beside_keys_only() {
    assert_eq!(refused("MATCH (a) RETURN a.x + count(*)"), Some("AmbiguousAggregationExpression"));
    assert_eq!(refused("MATCH (a) RETURN a.x, a.x + count(*)"), None);
    assert_eq!(refused("MATCH (a) WHERE count(a) > 1 RETURN a"), Some("InvalidAggregation"));
    assert_eq!(refused("MATCH (a) RETURN count(count(a))"), Some("NestedAggregation"));
    assert_eq!(refused("MATCH (a) RETURN a.x AS x, count(*) AS c ORDER BY a.x, count(*)"), None);
    assert_eq!(refused("MATCH (a) RETURN DISTINCT a.x ORDER BY a.y"), Some("UndefinedVariable"));
}

#[test]
fn types_that_can_never_fit_are_refused() {
    assert_eq!(refused("RETURN 1 AND true"), Some("InvalidArgumentType"));
    assert_eq!(refused("RETURN $p AND true"), None);
    assert_eq!(refused("RETURN none(x IN ['a'] WHERE x % 2 = 0)"), Some("InvalidArgumentType"));
    assert_eq!(refused("MATCH (a) RETURN type(a)"), Some("InvalidArgumentType"));
    assert_eq!(refused("RETURN $q"), Some("MissingParameter"));
}

#[test]
fn clauses_stand_in_order() {
    assert_eq!(refused("MATCH (a)"), Some("InvalidClauseComposition"));
    assert_eq!(refused("RETURN 1 AS a RETURN 2 AS b"), Some("InvalidClauseComposition"));
    assert_eq!(refused("RETURN 1 AS a UNION RETURN 2 AS b"), Some("DifferentColumnsInUnion"));
}
