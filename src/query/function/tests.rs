//! Every function, called by name with arguments written in JSON.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Context, all, lookup};
use crate::graph::{NodeId, RelationshipId};
use crate::limits::Limits;
use crate::query::json::decode;
use crate::query::value::{Value, ValueError};
use crate::text::Name;

/// A graph of `(:A:B {name: 'n'})-[:T {since: 1}]->(1)`; its node 9 is deleted.
struct Small;

impl Context for Small {
    fn labels(&self, node: NodeId) -> Result<Vec<Name>, ValueError> {
        if node == NodeId(9) { Err(ValueError::deleted("node")) } else { Ok(vec!["A".into(), "B".into()]) }
    }

    fn node_properties(&self, _: NodeId) -> Result<BTreeMap<Name, Value>, ValueError> {
        Ok(BTreeMap::from([("name".into(), "n".into())]))
    }

    fn node_property(&self, node: NodeId, key: &str) -> Result<Value, ValueError> {
        Ok(self.node_properties(node)?.remove(key).unwrap_or(Value::Null))
    }

    fn relationship_type(&self, _: RelationshipId) -> Result<Name, ValueError> {
        Ok("T".into())
    }

    fn ends(&self, _: RelationshipId) -> Result<(NodeId, NodeId), ValueError> {
        Ok((NodeId(0), NodeId(1)))
    }

    fn relationship_properties(&self, _: RelationshipId) -> Result<BTreeMap<Name, Value>, ValueError> {
        Ok(BTreeMap::from([("since".into(), 1.into())]))
    }

    fn relationship_property(&self, of: RelationshipId, key: &str) -> Result<Value, ValueError> {
        Ok(self.relationship_properties(of)?.remove(key).unwrap_or(Value::Null))
    }

    fn now(&self) -> (i64, u32) {
        (1_500_000_000, 123_456_789)
    }

    fn limits(&self) -> &Limits {
        static LIMITS: OnceLock<Limits> = OnceLock::new();
        LIMITS.get_or_init(Limits::default)
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// What the function called `name` makes of `arguments`, a JSON array; or its error.
fn call(name: &str, arguments: &str) -> String {
    let json: Vec<serde_json::Value> = serde_json::from_str(arguments).unwrap();
    let arguments: Vec<Value> = json.iter().map(|argument| decode(argument).unwrap()).collect();
    match lookup(name).unwrap().call(&arguments, &Small) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{} {}: {}", error.kind, error.detail, error.message),
    }
}

fn check(calls: &[(&str, &str, &str)]) {
    for (name, arguments, expected) in calls {
        assert_eq!(call(name, arguments), *expected, "{name}({arguments})");
    }
}

#[test]
fn names_are_found_in_any_case() {
    assert_eq!(lookup("TOUPPER").map(|function| function.name), Some("toUpper"));
    assert_eq!(lookup("datetime.fromEpoch").map(|function| function.name), Some("datetime.fromepoch"));
    assert!(lookup("toupper2").is_none());
}

#[test]
fn null_gives_null_where_the_function_is_strict() {
    for function in all().filter(|function| function.strict && function.takes(1)) {
        assert_eq!(call(function.name, "[null]"), "null", "{}", function.name);
    }
}

#[test]
fn every_function_refuses_too_many_arguments() {
    for function in all().filter(|function| !function.variadic) {
        let message = call(function.name, "[1, 2, 3, 4]");
        assert!(message.contains("was called with 4 arguments"), "{message}");
    }
    assert_eq!(lookup("substring").unwrap().signature(), "substring(String, Integer, [Integer])");
}

#[test]
fn conversions_give_null_for_text_that_does_not_read() {
    check(&[
        ("toInteger", "[\" 42 \"]", "42"),
        ("toInteger", "[\"2.9\"]", "2"),
        ("toInteger", "[-2.9]", "-2"),
        ("toInteger", "[\"foo\"]", "null"),
        ("toInteger", "[\"1_0\"]", "null"),
        ("toInteger", "[1e300]", "ArithmeticError IntegerOverflow: 1e300 does not fit into 64 bits"),
        ("toInteger", "[[]]", "TypeError InvalidArgumentValue: toInteger takes Number, Boolean or String, not List"),
        ("toFloat", "[\"1e3\"]", "1000.0"),
        ("toFloat", "[\"inf\"]", "null"),
        ("toFloat", "[true]", "TypeError InvalidArgumentValue: toFloat takes Number or String, not Boolean"),
        ("toBoolean", "[\"TRUE\"]", "true"),
        ("toBoolean", "[\" tru \"]", "null"),
        ("toBoolean", "[1.0]", "TypeError InvalidArgumentValue: toBoolean takes Boolean, Integer or String, not Float"),
        ("toString", "[1.0]", "'1.0'"),
        ("toString", "[{\"$temporal\": \"P1D\"}]", "'P1D'"),
        ("toStringOrNull", "[{}]", "null"),
        ("toIntegerList", "[[1.5, \"2\", {}, null]]", "[1, 2, null, null]"),
    ]);
}

#[test]
fn lists_and_strings_are_taken_apart() {
    check(&[
        ("size", "[[1, 2, 3]]", "3"),
        ("size", "[\"é€\"]", "2"),
        ("range", "[0, 10, 5]", "[0, 5, 10]"),
        ("range", "[2, 8, 0]", "ArgumentError NumberOutOfRange: the step of a range cannot be 0"),
        ("range", "[0, 1.0]", "ArgumentError InvalidArgumentType: range takes Integer, not Float"),
        ("head", "[[]]", "null"),
        ("last", "[[1, 2]]", "2"),
        ("tail", "[[1, 2, 3]]", "[2, 3]"),
        ("tail", "[[]]", "[]"),
        ("reverse", "[[1, 2, 3]]", "[3, 2, 1]"),
        ("reverse", "[\"abc\"]", "'cba'"),
        ("isEmpty", "[{}]", "true"),
        ("substring", "[\"0123456789\", 1]", "'123456789'"),
        ("substring", "[\"hello\", 1, 3]", "'ell'"),
        (
            "substring",
            "[\"hello\", -1]",
            "ArgumentError NumberOutOfRange: substring takes no negative number, but -1 was given",
        ),
        ("left", "[\"hello\", 9]", "'hello'"),
        ("right", "[\"hello\", 3]", "'llo'"),
        ("split", "[\"one1two\", \"1\"]", "['one', 'two']"),
        ("split", "[\"a,b;c\", [\",\", \";\"]]", "['a', 'b', 'c']"),
        ("split", "[\"abc\", \"\"]", "['a', 'b', 'c']"),
        ("replace", "[\"hello\", \"l\", \"w\"]", "'hewwo'"),
        ("trim", "[\"  a b \"]", "'a b'"),
        ("ltrim", "[\"xxa\", \"x\"]", "'a'"),
        ("toUpper", "[\"straße\"]", "'STRASSE'"),
        ("normalize", "[\"e\u{301}\"]", "'é'"),
    ]);
}

#[test]
fn numbers_are_rounded_as_they_are_written() {
    check(&[
        ("abs", "[-9223372036854775808]", "ArithmeticError IntegerOverflow: the result does not fit into 64 bits"),
        ("sign", "[-0.5]", "-1"),
        ("round", "[-1.5]", "-1.0"),
        ("round", "[0.49999999999999994]", "0.0"),
        ("round", "[1.005, 2]", "1.01"),
        ("round", "[-2.5, 0, \"half_even\"]", "-2.0"),
        ("round", "[1.23, 1, \"CEILING\"]", "1.3"),
        ("round", "[1.2, -1]", "ArgumentError NumberOutOfRange: round takes a number of digits from 0"),
        ("sqrt", "[12.96]", "3.6"),
        ("ceil", "[1]", "1.0"),
        ("log10", "[1000]", "3.0"),
        ("sqrt", "[\"4\"]", "TypeError InvalidArgumentValue: sqrt takes Number, not String"),
        ("rand", "[]", "0.5"),
        ("isNaN", "[{\"$float\": \"NaN\"}]", "true"),
    ]);
}

#[test]
fn nodes_relationships_and_paths_are_asked_of_the_graph() {
    let path = r#"[{"$path": {"nodes": [{"id": 0}, {"id": 1}], "relationships": [{"id": 0}]}}]"#;
    check(&[
        ("labels", r#"[{"$node": {"id": 0}}]"#, "['A', 'B']"),
        (
            "labels",
            r#"[{"$node": {"id": 9}}]"#,
            "EntityNotFound DeletedEntityAccess: this node has been deleted in this statement",
        ),
        ("labels", "[1]", "TypeError InvalidArgumentValue: labels takes Node, not Integer"),
        ("type", r#"[{"$relationship": {"id": 0}}]"#, "'T'"),
        ("startNode", r#"[{"$relationship": {"id": 0}}]"#, "(#0)"),
        ("endNode", r#"[{"$relationship": {"id": 0}}]"#, "(#1)"),
        ("properties", r#"[{"$node": {"id": 0}}]"#, "{name: 'n'}"),
        ("keys", r#"[{"b": 1, "a": null}]"#, "['a', 'b']"),
        ("elementId", r#"[{"$node": {"id": 7}}]"#, "'7'"),
        ("length", path, "1"),
        ("nodes", path, "[(#0), (#1)]"),
        ("relationships", path, "[[#0]]"),
    ]);
}

#[test]
fn some_functions_look_at_null() {
    check(&[
        ("coalesce", "[null, null, 2, 3]", "2"),
        ("coalesce", "[null]", "null"),
        ("nullIf", "[1, 1.0]", "null"),
        ("nullIf", "[1, null]", "1"),
        ("exists", "[null]", "false"),
        ("valueType", "[[1, \"a\", null]]", "'LIST<INTEGER NOT NULL | NULL | STRING NOT NULL> NOT NULL'"),
        ("timestamp", "[]", "1500000000123"),
        ("randomUUID", "[]", "'80000000-8000-4000-8000-000080000000'"),
    ]);
}

#[test]
fn clocks_show_the_instant_of_the_statement() {
    check(&[
        ("datetime", "[]", "'2017-07-14T02:40:00.123456789Z'"),
        ("datetime.statement", "[\"Europe/Stockholm\"]", "'2017-07-14T04:40:00.123456789+02:00[Europe/Stockholm]'"),
        ("time.realtime", "[{\"timezone\": \"-01:00\"}]", "'01:40:00.123456789-01:00'"),
        ("date", "[{\"timezone\": \"Pacific/Honolulu\"}]", "'2017-07-13'"),
        (
            "localtime.transaction",
            "[\"nowhere\"]",
            "ArgumentError InvalidArgumentValue: there is no time zone `nowhere`",
        ),
    ]);
}

#[test]
fn temporal_values_are_made_and_measured() {
    check(&[
        ("date", "[\"2015-02-30\"]", "ArgumentError InvalidArgumentValue: `2015-02-30` is no date"),
        ("date", "[{\"$temporal\": \"12:00\"}]", "TypeError InvalidArgumentValue: date cannot be made of LocalTime"),
        ("date.truncate", "[\"week\", {\"$temporal\": \"1984-10-11\"}, {\"dayOfWeek\": 2}]", "'1984-10-09'"),
        ("datetime.fromepoch", "[416779, 999999999]", "'1970-01-05T19:46:19.999999999Z'"),
        ("datetime.fromepochmillis", "[237821673987]", "'1977-07-15T13:34:33.987Z'"),
        ("duration", "[{\"months\": 0.75}]", "'P22DT19H51M49.5S'"),
        ("duration", "[{\"seconds\": 2, \"milliseconds\": -1}]", "'PT1.999S'"),
        (
            "duration",
            "[{\"years\": 9223372036854775807}]",
            "ArithmeticError NumberOutOfRange: the result lies outside the dates and durations that there are",
        ),
        ("duration.inDays", "[{\"$temporal\": \"1984-10-11\"}, {\"$temporal\": \"2015-06-24\"}]", "'P11213D'"),
        (
            "duration.inDays",
            "[{\"$temporal\": \"1984-10-11\"}, 1]",
            "TypeError InvalidArgumentValue: duration.inDays takes Date, LocalTime, Time, LocalDateTime or DateTime, not Integer",
        ),
    ]);
}
