//! The JSON-lines protocol: one request a line, one answer a line.
//!
//! In: a line. Out: a line. The caller reads and writes, and keeps the [`Protocol`] between lines.
//! Requests are statements; on a graph in memory also `reset` and `procedure`.

use serde::Deserialize;
use serde_json::{Map, json};

use super::answer::{Answer, PlanTree};
use super::engine::{Engine, Parameters};
use super::error::QueryError;
use super::json::{Encoded, decode};
use super::procedure::{Body, Field, Procedure};
use super::value::{Types, Value};
use crate::limits::{Limit, Limits};
use crate::text::Lines;

/// An engine that answers lines.
pub struct Protocol {
    engine: Engine,
}

/// What a line may ask.
#[derive(Deserialize)]
struct Request {
    statement: Option<String>,
    #[serde(default)]
    parameters: Map<String, serde_json::Value>,
    /// Limits of this statement, by option: `{"max-rows": 100, "max-memory": "1G"}`.
    #[serde(default)]
    limits: Map<String, serde_json::Value>,
    reset: Option<bool>,
    procedure: Option<TestProcedure>,
}

/// A procedure that gives rows of a table.
#[derive(Deserialize)]
struct TestProcedure {
    name: String,
    inputs: Vec<(String, String)>,
    outputs: Vec<(String, String)>,
    rows: Vec<Vec<serde_json::Value>>,
}

impl Protocol {
    /// Answers over `engine`.
    #[must_use]
    pub const fn new(engine: Engine) -> Self {
        Self { engine }
    }

    /// Answers one line with one line, without its end.
    pub fn answer(&mut self, line: &str) -> String {
        let request: Request = match serde_json::from_str(line) {
            Ok(request) => request,
            Err(error) => return refusal("InvalidRequest", &error.to_string()),
        };
        match request {
            Request { statement: Some(statement), parameters, limits, .. } => {
                self.run_within(&limits, &statement, &parameters)
            }
            _ if self.engine.is_read_only() => {
                refusal("InvalidRequest", "a request needs a statement; reset and procedure need --scratch")
            }
            Request { procedure: Some(procedure), .. } => match table(procedure) {
                Ok(procedure) => {
                    self.engine.register(procedure);
                    json!({"ok": true}).to_string()
                }
                Err(message) => refusal("InvalidProcedure", &message),
            },
            Request { reset: Some(true), .. } => {
                self.engine.reset();
                json!({"ok": true}).to_string()
            }
            _ => refusal("InvalidRequest", "a request is a statement, a reset or a procedure"),
        }
    }

    /// Runs a statement under limits of its own.
    fn run_within(
        &mut self,
        asked: &Map<String, serde_json::Value>,
        statement: &str,
        parameters: &Map<String, serde_json::Value>,
    ) -> String {
        let usual = self.engine.options.limits.clone();
        match limited(usual.clone(), asked) {
            Ok(limits) => {
                self.engine.options.limits = limits;
                let line = self.run(statement, parameters);
                self.engine.options.limits = usual;
                line
            }
            Err(message) => refusal("InvalidLimit", &message),
        }
    }

    fn run(&self, statement: &str, parameters: &Map<String, serde_json::Value>) -> String {
        let decoded: Result<Parameters, _> =
            parameters.iter().map(|(name, value)| Ok((name.as_str().into(), decode(value)?))).collect();
        let parameters = match decoded {
            Ok(parameters) => parameters,
            Err(error) => {
                let error: super::value::ValueError = error;
                return refusal("InvalidParameter", &error.to_string());
            }
        };
        match self.engine.run(statement, &parameters) {
            Ok(answer) => answer_line(&answer),
            Err(error) => error_line(statement, &error),
        }
    }
}

/// The limits with those that a request asks for.
fn limited(mut limits: Limits, asked: &Map<String, serde_json::Value>) -> Result<Limits, String> {
    for (option, value) in asked {
        let limit = Limit::named(option).ok_or_else(|| format!("there is no limit `{option}`"))?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        limits.set(limit, limit.rule().parse(&text)?);
    }
    Ok(limits)
}

/// An answer as one line.
#[must_use]
pub fn answer_line(answer: &Answer) -> String {
    let encode = |value| Encoded { value, entities: &answer.entities };
    let rows: Vec<Vec<_>> = answer.rows.iter().map(|row| row.iter().map(encode).collect()).collect();
    let mut line = json!({"columns": answer.columns, "counters": answer.counters});
    if let Some(plan) = &answer.plan {
        line["plan"] = plan_json(plan);
    }
    if !answer.notices.is_empty() {
        line["notices"] = json!(answer.notices);
    }
    // Rows are written last and directly, as they may be many.
    let head = line.to_string();
    match serde_json::to_string(&rows) {
        Ok(rows) => format!("{},\"rows\":{rows}}}", &head[..head.len() - 1]),
        Err(error) => refusal("UnwritableAnswer", &error.to_string()),
    }
}

/// A plan as the protocol writes it.
#[must_use]
pub fn plan_json(plan: &PlanTree) -> serde_json::Value {
    json!({
        "operator": plan.operator,
        "detail": plan.detail,
        "estimated_rows": plan.estimated_rows,
        "rows": plan.rows,
        "milliseconds": plan.milliseconds,
        "inputs": plan.inputs.iter().map(plan_json).collect::<Vec<_>>(),
    })
}

/// An error of `statement` as one line.
#[must_use]
pub fn error_line(statement: &str, error: &QueryError) -> String {
    let mut body = json!({
        "kind": error.kind.to_string(),
        "phase": error.phase.to_string(),
        "detail": error.detail,
        "message": error.message,
    });
    if let Some(span) = error.span {
        let position = Lines::new(statement).position(statement, span.start);
        body["line"] = json!(position.line.get());
        body["column"] = json!(position.column);
    }
    if let Some(hint) = &error.hint {
        body["hint"] = json!(hint.to_string());
    }
    json!({"error": body}).to_string()
}

fn refusal(detail: &str, message: &str) -> String {
    json!({"error": {"kind": "ProtocolError", "phase": "compile time", "detail": detail, "message": message}})
        .to_string()
}

fn table(request: TestProcedure) -> Result<Procedure, String> {
    let fields = |list: Vec<(String, String)>| -> Result<Vec<Field>, String> {
        list.into_iter().map(|(name, text)| Ok(Field { name: name.into(), types: types_of(&text)? })).collect()
    };
    let row = |row: Vec<serde_json::Value>| -> Result<Vec<Value>, String> {
        row.iter().map(|value| decode(value).map_err(|error| error.to_string())).collect()
    };
    let (inputs, outputs) = (fields(request.inputs)?, fields(request.outputs)?);
    let rows = request.rows.into_iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(Procedure { name: request.name.into(), inputs, optional: 0, outputs, body: Body::Table(rows) })
}

/// A type as openCypher writes it: `INTEGER?`, `LIST OF STRING`.
fn types_of(text: &str) -> Result<Types, String> {
    let (nullable, name) = match text.trim().strip_suffix('?') {
        Some(name) => (true, name),
        None => (false, text.trim()),
    };
    let types = match name.to_uppercase().as_str() {
        "ANY" => Types::ANY,
        "BOOLEAN" => Types::BOOLEAN,
        "INTEGER" => Types::INTEGER,
        "FLOAT" => Types::FLOAT,
        "NUMBER" => Types::NUMBER,
        "STRING" => Types::STRING,
        "MAP" => Types::MAP,
        "NODE" => Types::NODE,
        "RELATIONSHIP" => Types::RELATIONSHIP,
        "PATH" => Types::PATH,
        "DATE" => Types::DATE,
        "TIME" => Types::TIME,
        "LOCALTIME" => Types::LOCAL_TIME,
        "DATETIME" => Types::DATE_TIME,
        "LOCALDATETIME" => Types::LOCAL_DATE_TIME,
        "DURATION" => Types::DURATION,
        list if list.starts_with("LIST") => Types::LIST,
        other => return Err(format!("{other} is no type")),
    };
    Ok(if nullable { types | Types::NULL } else { types })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_answered_by_lines() {
        let mut protocol = Protocol::new(Engine::scratch());
        let mut check = |line: &str, answer: serde_json::Value| {
            let found: serde_json::Value = serde_json::from_str(&protocol.answer(line)).unwrap();
            assert_eq!(found, answer, "{line}");
        };
        let nothing = json!({"nodes_created": 0, "nodes_deleted": 0, "relationships_created": 0,
            "relationships_deleted": 0, "properties_set": 0, "labels_added": 0, "labels_removed": 0});
        check(
            r#"{"statement": "RETURN $x AS x", "parameters": {"x": 1}}"#,
            json!({"columns": ["x"], "rows": [[1]], "counters": nothing}),
        );
        check(r#"{"reset": true}"#, json!({"ok": true}));
        check(
            r#"{"procedure": {"name": "p", "signature": "", "inputs": [["a", "INTEGER?"]], "outputs": [["b", "STRING?"]], "rows": [[1, "x"], [2, "y"]]}}"#,
            json!({"ok": true}),
        );
        check(
            r#"{"statement": "UNWIND [1, 2] AS x RETURN x", "limits": {"max-rows": 1, "max-memory": "1M"}}"#,
            json!({"error": {"kind": "LimitReached", "phase": "runtime", "detail": "RowLimit",
                "message": "the statement made more than 1 intermediate rows",
                "hint": "raise it with --max-rows, at the prompt with `:limit max-rows`"}}),
        );
        check(
            r#"{"statement": "RETURN 1", "limits": {"max-depth": 1000}}"#,
            json!({"error": {"kind": "ProtocolError", "phase": "compile time", "detail": "InvalidLimit",
                "message": "max-depth takes 1 to 256"}}),
        );
        check(r#"{"statement": "CALL p(2)"}"#, json!({"columns": ["b"], "rows": [["y"]], "counters": nothing}));
        check(
            r#"{"statement": "RETURN\n y"}"#,
            json!({"error": {"kind": "SyntaxError", "phase": "compile time", "detail": "UndefinedVariable",
                "message": "variable `y` is not defined", "line": 2, "column": 2}}),
        );
    }
}
