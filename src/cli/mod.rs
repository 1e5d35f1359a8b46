//! The command line: arguments → [`Session`](crate::session) → render → a stream and an exit code.
//!
//! One file per command: its arguments, their help, and `run`. What they share stands in
//! [`options`] (formats, global options) and [`terminal`] (streams and colours).

mod annotate;
mod ask;
mod build;
mod check;
mod completions;
mod diff;
mod discover;
mod export;
mod extract;
mod ignore;
mod ingest;
pub mod limits;
mod lint;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
mod not_same;
pub mod options;
mod pack;
mod path;
mod progress;
mod query;
mod read_document;
mod related;
mod resolve;
mod same;
mod schema;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod stages;
mod stats;
pub mod terminal;
pub(crate) mod view;
mod why;

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use limits::LimitOptions;
pub use options::{ColorChoice, Global};
pub use terminal::{Failure, Terminal};

pub use view::page;

pub(crate) use export::save;

use crate::config::Overrides;
use crate::error::Exit;
use crate::repl;
use crate::session::stage::Stamp;
use crate::session::{Session, SessionError};
use crate::store::READ_DOCUMENT;
use crate::store::StoreError;

/// How a command ends: with an exit code, or with an error to draw.
pub type Outcome = Result<Exit, Failure>;

/// Examples come first: they answer most questions asked of a help text.
const TEMPLATE: &str = "{about}\n\nExamples:\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}\n";

const EXAMPLES: &str =
    "  quipu                                      the prompt; without an index, ingests ./corpus first
  quipu ~/notes                              the same for a folder of notes
  quipu ingest ~/notes                       build the index, or bring it up to date
  quipu ask \"what connects Flume to Hive\"    paths with the line of the note that says so
  quipu search '\"column storage\" path:aws'   full text
  quipu query 'MATCH (f:Format)<-[:SUPPORTS]-(c) RETURN f.name, collect(c.name)'
  quipu export svg -o graph.svg              a picture of the graph
  quipu serve --open                         the same in a browser";

/// Reads folders of notes, finds the concepts in them and how they relate, and answers questions about both
#[derive(Debug, Parser)]
#[command(name = "quipu", version, before_help = EXAMPLES, subcommand_value_name = "COMMAND")]
#[command(subcommand_precedence_over_arg = true)]
pub struct Cli {
    /// Folder of notes to ingest when there is no index yet [default: ./corpus]
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    global: Global,

    #[command(flatten)]
    limits: LimitOptions,

    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands in the order in which the help lists them.
#[derive(Debug, Subcommand)]
enum Command {
    Ingest(ingest::Ingest),
    Ask(ask::Ask),
    Query(query::Query),
    Search(search::Search),
    Path(path::Path),
    Why(why::Why),
    Show(show::Show),
    Related(related::Related),
    Annotate(annotate::Annotate),
    Export(export::Export),
    Same(same::Same),
    NotSame(not_same::NotSame),
    Ignore(ignore::Ignore),
    Lint(lint::Lint),
    Stats(stats::Stats),
    Schema(schema::Schema),
    Build(build::Build),
    Check(check::Check),
    Diff(diff::Diff),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    Pack(pack::Pack),
    Discover(discover::Discover),
    Resolve(resolve::Resolve),
    Extract(extract::Extract),
    #[cfg(feature = "mcp")]
    Mcp(mcp::Mcp),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        match self {
            Self::Ingest(command) => command.run(global, terminal),
            Self::Ask(command) => command.run(global, terminal),
            Self::Query(command) => command.run(global, terminal),
            Self::Search(command) => command.run(global, terminal),
            Self::Path(command) => command.run(global, terminal),
            Self::Why(command) => command.run(global, terminal),
            Self::Show(command) => command.run(global, terminal),
            Self::Related(command) => command.run(global, terminal),
            Self::Annotate(command) => command.run(global, terminal),
            Self::Export(command) => command.run(global, terminal),
            Self::Same(command) => command.run(global, terminal),
            Self::NotSame(command) => command.run(global, terminal),
            Self::Ignore(command) => command.run(global, terminal),
            Self::Lint(command) => command.run(global, terminal),
            Self::Stats(command) => command.run(global, terminal),
            Self::Schema(command) => command.run(global, terminal),
            Self::Build(command) => command.run(global, terminal),
            Self::Check(command) => command.run(global, terminal),
            Self::Diff(command) => command.run(global, terminal),
            #[cfg(feature = "serve")]
            Self::Serve(command) => command.run(global, terminal),
            Self::Pack(command) => command.run(terminal),
            Self::Discover(command) => command.run(terminal),
            Self::Resolve(command) => command.run(terminal),
            Self::Extract(command) => command.run(terminal),
            #[cfg(feature = "mcp")]
            Self::Mcp(command) => command.run(global, terminal),
            Self::Completions(command) => command.run(terminal),
            Self::Man(command) => command.run(terminal),
        }
    }
}

/// Runs quipu with the arguments of a process, the program's name first.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if is_version_for_programs(&arguments) {
        return tell_version();
    }
    if arguments.get(1).is_some_and(|command| command == READ_DOCUMENT) {
        return read_document::run(arguments.get(2).map(OsString::as_os_str));
    }
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let mut terminal = Terminal::new(&cli.global);
    let outcome = match cli.command {
        Some(_) if cli.folder.is_some() => {
            Err(Failure::usage("a folder stands before a command", "put it behind: quipu ingest FOLDER"))
        }
        Some(_) if !cli.limits.is_empty() => {
            Err(Failure::usage("a limit stands before a command", "put it behind: quipu query --max-rows N ..."))
        }
        Some(command) => command.run(&cli.global, &mut terminal),
        None => open(cli.folder, &cli.limits, &cli.global, &mut terminal),
    };
    terminal.finish(outcome)
}

/// `quipu --version --json`, in any order.
fn is_version_for_programs(arguments: &[OsString]) -> bool {
    let [_, first, second] = arguments else { return false };
    let version = |argument: &OsString| argument == "--version" || argument == "-V";
    version(first) && second == "--json" || first == "--json" && version(second)
}

/// The version and the number of what decides what is read out of notes, as one line of JSON.
fn tell_version() -> Exit {
    let mut out = std::io::stdout();
    match crate::render::json_line(&Stamp::new(&Overrides::default()), &mut out) {
        Ok(()) => Exit::Answered,
        Err(_) => Exit::Fault,
    }
}

/// The whole command line with examples first in every help text.
fn command() -> clap::Command {
    let codes: Vec<String> = Exit::ALL.iter().map(|(exit, meaning)| format!("  {:<3}{meaning}", exit.code())).collect();
    Cli::command()
        .help_template(TEMPLATE)
        .after_help(format!("Exit codes:\n{}", codes.join("\n")))
        .mut_subcommands(|command| command.help_template(TEMPLATE))
}

fn usage(error: &clap::Error) -> Exit {
    let shown = error.print();
    match (shown, error.use_stderr()) {
        (Ok(()), false) => Exit::Answered,
        _ => Exit::Usage,
    }
}

/// `quipu` without a command: ingests where there is no index yet, then opens the prompt, or answers
/// what is piped in.
fn open(folder: Option<PathBuf>, limits: &LimitOptions, global: &Global, terminal: &mut Terminal) -> Outcome {
    if let Some(folder) = folder.as_deref().filter(|folder| !folder.is_dir()) {
        return Err(not_a_command(&folder.to_string_lossy()));
    }
    first_ingest(folder, global, terminal)?;
    let mut session = open_session(global, terminal)?;
    if std::io::stdin().is_terminal() {
        return repl::run(session, limits, terminal);
    }
    session.tune(crate::query::Options { limits: limits.limits(), ..crate::query::Options::default() });
    let text = read_input()?;
    Ok(repl::Interpreter::new(session, false, terminal).answer_all(&text, terminal))
}

/// Ingests the folder named, or ./corpus, when there is no index yet; builds one of another version anew.
fn first_ingest(folder: Option<PathBuf>, global: &Global, terminal: &mut Terminal) -> Result<(), Failure> {
    match Session::open(&global.index) {
        Err(SessionError::Store(StoreError::NoIndex { .. })) => {}
        Err(SessionError::Store(StoreError::OtherVersion { .. })) => {
            return ingest::first(&[], &global.index, terminal);
        }
        _ => return Ok(()),
    }
    let folder = folder.unwrap_or_else(|| PathBuf::from("corpus"));
    if !folder.is_dir() {
        let message = format!("there is no index at {} and no folder {}", global.index.display(), folder.display());
        let hint = "name your folder of notes: quipu FOLDER";
        return Err(Failure::Error { exit: Exit::NoIndex, message, place: None, hint: Some(hint.into()) });
    }
    terminal.say(&format!("ingesting {} into {}", folder.display(), global.index.display()));
    ingest::first(&[folder], &global.index, terminal)
}

/// All of standard input, as text.
pub(crate) fn read_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        Failure::usage(format!("standard input cannot be read: {error}"), "give the question as an argument")
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Opens the index, and passes on what it has to say about itself.
pub(crate) fn open_session(global: &Global, terminal: &mut Terminal) -> Result<Session, Failure> {
    let session = Session::open(&global.index)?;
    for notice in session.notices() {
        terminal.warn(notice);
    }
    Ok(session)
}

/// The error for a first word that is neither a command nor a folder.
fn not_a_command(word: &str) -> Failure {
    let near = command()
        .get_subcommands()
        .map(|command| (strsim::damerau_levenshtein(command.get_name(), word), command.get_name().to_string()))
        .filter(|(distance, _)| *distance <= 2)
        .min();
    let hint = near.map_or_else(
        || "`quipu --help` lists the commands; a question goes to `quipu ask`".to_string(),
        |(_, name)| format!("did you mean `quipu {name}`?"),
    );
    Failure::usage(format!("`{word}` is neither a command nor a folder"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_command_leads_its_help_with_examples() {
        for sub in command().get_subcommands() {
            assert!(sub.get_before_help().is_some(), "{} has no examples", sub.get_name());
        }
    }
}
