//! The commands of the prompt: words after a colon that set things or look at things.

use crate::cli::options::{ExportFormat, RowFormat};
use crate::limits::Limit;
use clap::ValueEnum;

/// A command, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help(Option<String>),
    Mode(Option<RowFormat>),
    /// Answers go to a file from now on; none: back to the terminal.
    Output(Option<String>),
    /// The next answer goes to a file.
    Once(String),
    Timer(Option<bool>),
    /// Rows shown at most; none: as many as there are.
    Rows(Option<usize>),
    /// What statements and searches may use.
    Limits,
    /// Sets one of those limits.
    Limit(Limit, u64),
    Schema,
    Stats,
    Explain(String),
    Profile(String),
    /// Shows the parameters.
    Parameters,
    Parameter {
        name: String,
        value: String,
    },
    ClearParameters,
    Source(String),
    Edit,
    Export {
        format: ExportFormat,
        file: Option<String>,
    },
    Open(String),
    Quit,
}

/// A command's name, what may follow it, and what it does.
pub(crate) const COMMANDS: &[(&str, &str, &str)] = &[
    ("help", "[COMMAND]", "list the commands and the forms of questions"),
    ("mode", "[table|json|jsonl|csv|tsv|md|dot]", "how answers are written"),
    ("output", "[FILE]", "write answers into a file; without one, here again"),
    ("once", "FILE", "write the next answer into a file"),
    ("timer", "[on|off]", "tell how long each answer took"),
    ("limit", "[N|off | NAME VALUE]", "rows shown at most; or what a statement may use; alone lists both"),
    ("schema", "", "labels, relation types and properties"),
    ("stats", "", "what the index holds, in numbers"),
    ("explain", "STATEMENT", "the plan of a statement or question, without running it"),
    ("profile", "STATEMENT", "run it and show the plan with rows and times"),
    ("param", "[NAME=VALUE | clear]", "set $NAME for statements; without one, list them"),
    ("source", "FILE", "answer the statements and questions of a file"),
    ("edit", "", "write the last statement on in $VISUAL or $EDITOR"),
    ("export", "FORMAT [FILE]", "write the graph, in a format of `quipu export`"),
    ("open", "NAME | PATH:LINE", "open a note in $VISUAL or $EDITOR, at the line that speaks of NAME"),
    ("quit", "", "leave; also Ctrl-D"),
];

/// Reads `:name arguments`. `.` and `\` do for the colon, and some words stand for themselves, see `session::script`.
pub(crate) fn parse(text: &str) -> Result<Command, String> {
    let words = text.trim().trim_start_matches([':', '.', '\\']);
    let (name, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let rest = rest.trim();
    let given = (!rest.is_empty()).then(|| rest.to_string());
    let needed = |what: &str| given.clone().ok_or_else(|| format!(":{name} needs {what}"));
    Ok(match name.to_lowercase().as_str() {
        "help" | "h" | "?" => Command::Help(given),
        "mode" | "format" => Command::Mode(given.as_deref().map(mode).transpose()?),
        "output" | "o" => Command::Output(given.filter(|file| file != "stdout" && file != "off")),
        "once" => Command::Once(needed("a file")?),
        "timer" | "timing" => Command::Timer(given.as_deref().map(switch).transpose()?),
        "limit" => limit(rest)?,
        "schema" | "d" => Command::Schema,
        "stats" => Command::Stats,
        "explain" => Command::Explain(needed("a statement or a question")?),
        "profile" => Command::Profile(needed("a statement or a question")?),
        "param" | "params" | "set" => parameter(rest)?,
        "source" | "read" | "i" => Command::Source(needed("a file")?),
        "edit" | "e" => Command::Edit,
        "export" => export(rest)?,
        "open" => Command::Open(needed("a name, or a path with a line")?),
        "quit" | "exit" | "q" => Command::Quit,
        other => return Err(unknown(other)),
    })
}

fn unknown(name: &str) -> String {
    let near = COMMANDS.iter().map(|(known, _, _)| (strsim::osa_distance(known, name), *known)).min();
    match near {
        Some((distance, known)) if distance <= 2 => format!("there is no command :{name}; did you mean :{known}?"),
        _ => format!("there is no command :{name}; :help lists them"),
    }
}

fn mode(word: &str) -> Result<RowFormat, String> {
    RowFormat::from_str(word, true).map_err(|_| "modes are table, json, jsonl, csv, tsv, md and dot".to_string())
}

fn switch(word: &str) -> Result<bool, String> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("say on or off".to_string()),
    }
}

/// Rows shown, or one of the limits of statements.
fn limit(words: &str) -> Result<Command, String> {
    match words {
        "" => Ok(Command::Limits),
        "off" | "none" => Ok(Command::Rows(None)),
        _ => match words.split_once(char::is_whitespace) {
            Some((name, value)) => one_limit(name, value.trim_start_matches([' ', '=', '\t'])),
            None => {
                let wrong = |_| "say how many rows, off, or a limit and its value".to_string();
                words.parse().map(|rows| Command::Rows(Some(rows))).map_err(wrong)
            }
        },
    }
}

fn one_limit(name: &str, value: &str) -> Result<Command, String> {
    let name = name.trim_start_matches('-');
    let Some(limit) = Limit::named(name) else {
        return Err(format!("there is no limit {name}; :limit lists them"));
    };
    limit.rule().parse(value.trim()).map(|value| Command::Limit(limit, value))
}

/// `name=value`, `name value`, `{name: value}` or `name => value`.
fn parameter(words: &str) -> Result<Command, String> {
    let words = words.trim_start_matches('{').trim_end_matches('}').trim();
    match words {
        "" => return Ok(Command::Parameters),
        "clear" => return Ok(Command::ClearParameters),
        _ => {}
    }
    let end = words.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$');
    let (name, rest) = words.split_at(end.unwrap_or(words.len()));
    let value = rest.trim_start_matches([' ', '=', '>', ':']).trim();
    let name = name.trim_start_matches('$');
    if name.is_empty() || value.is_empty() {
        return Err("a parameter is set as :param name=value".to_string());
    }
    Ok(Command::Parameter { name: name.to_string(), value: value.to_string() })
}

/// The names of all formats.
fn formats(between: &str) -> String {
    let names = ExportFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    names.map(|format| format.get_name().to_owned()).collect::<Vec<_>>().join(between)
}

fn export(words: &str) -> Result<Command, String> {
    let (format, file) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let format = ExportFormat::from_str(format, true).map_err(|_| format!("formats are {}", formats(", ")))?;
    let file = file.trim();
    Ok(Command::Export { format, file: (!file.is_empty()).then(|| file.to_string()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_with_their_arguments() {
        assert_eq!(parse(":mode json"), Ok(Command::Mode(Some(RowFormat::Json))));
        assert_eq!(parse(".quit"), Ok(Command::Quit));
        assert_eq!(parse(r"\q"), Ok(Command::Quit));
        assert_eq!(parse("EXIT"), Ok(Command::Quit));
        assert_eq!(parse(":limit 20"), Ok(Command::Rows(Some(20))));
        assert_eq!(parse(":limit off"), Ok(Command::Rows(None)));
        assert_eq!(parse(":limit"), Ok(Command::Limits));
        assert_eq!(parse(":limit max-memory 2G"), Ok(Command::Limit(Limit::Memory, 2 << 30)));
        assert_eq!(parse(":limit max-depth 300").unwrap_err(), "max-depth takes 1 to 256");
        assert_eq!(parse(":limit max-hops 3").unwrap_err(), "there is no limit max-hops; :limit lists them");
        assert_eq!(parse(":explain MATCH (n) RETURN n"), Ok(Command::Explain("MATCH (n) RETURN n".into())));
        let set = |value: &str| Ok(Command::Parameter { name: "a".into(), value: value.into() });
        assert_eq!(parse(":param a=1"), set("1"));
        assert_eq!(parse(":param {a: 'x y'}"), set("'x y'"));
        assert_eq!(parse(":param $a => [1]"), set("[1]"));
        let export = Command::Export { format: ExportFormat::Dot, file: Some("my graph.dot".into()) };
        assert_eq!(parse(":export dot my graph.dot"), Ok(export));
    }

    #[test]
    fn wrong_commands_say_what_would_do() {
        assert_eq!(parse(":hlep").unwrap_err(), "there is no command :hlep; did you mean :help?");
        assert_eq!(parse(":once").unwrap_err(), ":once needs a file");
        assert!(parse(":mode xml").is_err() && parse(":timer maybe").is_err() && parse(":limit x").is_err());
    }
}
