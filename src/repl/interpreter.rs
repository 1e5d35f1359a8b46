//! Answers entries one after another: what is typed at the prompt, piped, or read from a file.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use super::command::{self, COMMANDS, Command};
use super::editor;
use crate::cli::options::RowFormat;
use crate::cli::view::View;
use crate::cli::{Failure, Outcome, Terminal, save};
use crate::error::Exit;
use crate::limits::RULES;
use crate::query::question::FORMS;
use crate::render::cited::stats_tables;
use crate::session::script::{self, Entry, EntryKind};
use crate::session::{CardLimits, Part, QueryOptions, Session, literal};

/// Rows a table shows at the prompt where nobody says how many.
const ROWS: usize = 1_000;

/// How deep files may name further files.
const DEEPEST: usize = 16;

/// A session with the settings that commands change.
pub(crate) struct Interpreter {
    session: Session,
    options: QueryOptions,
    format: RowFormat,
    limit: Option<usize>,
    timer: bool,
    output: Option<PathBuf>,
    once: Option<PathBuf>,
    /// The last statement or question.
    last: String,
    /// What the next line at the prompt begins with.
    draft: String,
    depth: usize,
}

impl Interpreter {
    /// `watched`: a person waits at a prompt.
    pub(crate) fn new(session: Session, watched: bool, terminal: &Terminal) -> Self {
        Self {
            session,
            options: QueryOptions::default(),
            format: RowFormat::Table,
            limit: terminal.is_terminal.then_some(ROWS),
            timer: watched && terminal.is_terminal && !terminal.quiet,
            output: None,
            once: None,
            last: String::new(),
            draft: String::new(),
            depth: 0,
        }
    }

    /// How rows are written and how statements run, from the start.
    pub(crate) fn with(mut self, format: RowFormat, limit: Option<usize>, options: QueryOptions) -> Self {
        self.format = format;
        self.limit = limit.or(self.limit);
        self.options = options;
        self
    }

    /// What the next line begins with.
    pub(crate) fn take_draft(&mut self) -> String {
        std::mem::take(&mut self.draft)
    }

    /// Answers all entries of `text` up to the first error; gives the exit of the first that was not answered.
    pub(crate) fn answer_all(&mut self, text: &str, terminal: &mut Terminal) -> Exit {
        let mut ended = Exit::Answered;
        for (index, entry) in script::entries(text).iter().enumerate() {
            if index > 0 && self.format == RowFormat::Table && entry.kind != EntryKind::Command {
                let _ = terminal.answer("\n");
            }
            match self.answer(entry, terminal) {
                None => break,
                Some(Exit::Answered) => {}
                Some(exit) => {
                    ended = if ended == Exit::Answered { exit } else { ended };
                    if exit != Exit::Nothing {
                        break;
                    }
                }
            }
        }
        ended
    }

    /// Answers one entry and shows what went wrong with it; nothing when the user leaves.
    pub(crate) fn answer(&mut self, entry: &Entry, terminal: &mut Terminal) -> Option<Exit> {
        let outcome = match entry.kind {
            EntryKind::Command => match command::parse(&entry.text) {
                Ok(Command::Quit) => return None,
                Ok(command) => self.obey(command, terminal),
                Err(message) => Err(Failure::usage(message, ":help lists the commands")),
            },
            EntryKind::Question | EntryKind::Statement { .. } => {
                self.last.clone_from(&entry.text);
                self.run(&entry.text, entry.kind == EntryKind::Question, terminal)
            }
        };
        Some(match outcome.and_then(|exit| terminal.flush().map(|()| exit)) {
            Ok(exit) => exit,
            Err(failure) => terminal.fail(&failure),
        })
    }

    /// Runs a question or a statement and shows what it gives.
    fn run(&mut self, text: &str, question: bool, terminal: &mut Terminal) -> Outcome {
        let start = Instant::now();
        let (rows, exit) = if question { self.ask(text, terminal)? } else { self.query(text, terminal)? };
        if self.timer {
            let milliseconds = start.elapsed().as_millis();
            let rows = if rows == 1 { "1 row".to_string() } else { format!("{rows} rows") };
            terminal.say(&format!("{rows} in {milliseconds} ms"));
        }
        Ok(exit)
    }

    fn ask(&mut self, question: &str, terminal: &mut Terminal) -> Result<(usize, Exit), Failure> {
        let reply = self.session.ask(question, &self.options).map_err(|error| Failure::about(&error, question))?;
        let view = self.view(terminal);
        self.show(terminal, |out| view.reply(&reply, out))?;
        if reply.is_empty() {
            terminal.say(reply.nothing());
            return Ok((0, Exit::Nothing));
        }
        Ok((reply.len(), Exit::Answered))
    }

    fn query(&mut self, statement: &str, terminal: &mut Terminal) -> Result<(usize, Exit), Failure> {
        let answer = self.session.query(statement, &self.options).map_err(|error| Failure::about(&error, statement))?;
        let view = self.view(terminal);
        self.show(terminal, |out| view.rows(&answer, out))?;
        for notice in &answer.notices {
            terminal.warn(notice);
        }
        let empty = answer.rows.is_empty() && answer.plan.is_none();
        Ok((answer.rows.len(), if empty { Exit::Nothing } else { Exit::Answered }))
    }

    fn view(&self, terminal: &Terminal) -> View {
        let to_file = self.once.is_some() || self.output.is_some();
        let style = if to_file { crate::render::Style::PLAIN } else { terminal.style() };
        View { format: self.format, style, limit: if to_file { None } else { self.limit } }
    }

    /// Writes an answer where it is wanted: the file of `:once`, that of `:output`, or the terminal.
    fn show(
        &mut self,
        terminal: &mut Terminal,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Failure> {
        let opened = match (self.once.take(), &self.output) {
            (Some(file), _) => File::create(&file).map(|opened| (opened, file)),
            (None, Some(file)) => {
                OpenOptions::new().append(true).create(true).open(file).map(|opened| (opened, file.clone()))
            }
            (None, None) => return terminal.write(write),
        };
        let written = opened.and_then(|(opened, file)| {
            let mut out = BufWriter::new(opened);
            write(&mut out).and_then(|()| out.flush()).map(|()| file)
        });
        let file = written
            .map_err(|error| Failure::usage(format!("the file cannot be written: {error}"), "name another one"))?;
        terminal.say(&format!("wrote {}", file.display()));
        Ok(())
    }

    fn obey(&mut self, command: Command, terminal: &mut Terminal) -> Outcome {
        match command {
            Command::Help(about) => return help(about.as_deref(), terminal),
            Command::Mode(Some(format)) => self.format = format,
            Command::Mode(None) => terminal.answer(&format!("{}\n", name(self.format)))?,
            Command::Output(file) => self.output = file.map(PathBuf::from),
            Command::Once(file) => self.once = Some(file.into()),
            Command::Timer(on) => self.timer = on.unwrap_or(!self.timer),
            Command::Rows(limit) => self.limit = limit,
            Command::Limits => self.limits(terminal)?,
            Command::Limit(limit, value) => self.session.limit(limit, value),
            Command::Schema => self.tables(true, terminal)?,
            Command::Stats => self.tables(false, terminal)?,
            Command::Explain(text) => return self.plan("EXPLAIN", &text, terminal),
            Command::Profile(text) => return self.plan("PROFILE", &text, terminal),
            Command::Parameters => self.parameters(terminal)?,
            Command::Parameter { name, value } => {
                let value = literal(&value);
                self.options.parameters.insert(name.into(), value);
            }
            Command::ClearParameters => self.options.parameters.clear(),
            Command::Source(file) => return self.source(&file, terminal),
            Command::Edit => {
                let edited = editor::edit(&self.last).map_err(|error| no_editor(&error))?;
                edited.trim_end().clone_into(&mut self.draft);
            }
            Command::Export { format, file } => {
                let file = file.map(PathBuf::from);
                return save(&self.session, format, &Part::Whole, file.as_deref(), terminal);
            }
            Command::Open(what) => return self.open(&what),
            Command::Quit => {}
        }
        Ok(Exit::Answered)
    }

    fn tables(&mut self, schema: bool, terminal: &mut Terminal) -> Result<(), Failure> {
        let tables = if schema { self.session.schema() } else { self.session.stats() };
        let view = self.view(terminal);
        self.show(terminal, |out| view.page(&tables, out, |out| stats_tables(&tables, view.style, out)))
    }

    /// Explains or profiles a statement, or the statement a question becomes.
    fn plan(&mut self, verb: &str, text: &str, terminal: &mut Terminal) -> Outcome {
        let text = text.trim_end_matches(';');
        let statement = if script::is_statement(text) {
            text.to_string()
        } else {
            let cypher = self.session.cypher(text).map_err(|error| Failure::about(&error, text))?;
            terminal.say(&cypher);
            cypher
        };
        self.query(&format!("{verb} {statement}"), terminal).map(|(_, exit)| exit)
    }

    /// Lists every limit with what it is now.
    fn limits(&self, terminal: &mut Terminal) -> Result<(), Failure> {
        let rows = self.limit.map_or_else(|| "off".to_string(), |rows| rows.to_string());
        terminal.answer(&format!("{rows:>18}  rows shown at most\n"))?;
        for rule in &RULES {
            let value = rule.shown(self.session.limits().get(rule.limit));
            terminal.answer(&format!("{:<17} {value:>9}  {}\n", rule.option, rule.help))?;
        }
        Ok(())
    }

    fn parameters(&self, terminal: &mut Terminal) -> Result<(), Failure> {
        for (name, value) in &self.options.parameters {
            terminal.answer(&format!("${name} = {}\n", crate::render::shown(&value.to_string())))?;
        }
        Ok(())
    }

    fn source(&mut self, file: &str, terminal: &mut Terminal) -> Outcome {
        if self.depth >= DEEPEST {
            return Err(Failure::usage("files name each other in a ring", "take one `:source` out"));
        }
        let text = fs::read_to_string(file)
            .map_err(|error| Failure::usage(format!("{file} cannot be read: {error}"), "name a text file"))?;
        self.depth += 1;
        let exit = self.answer_all(&text, terminal);
        self.depth -= 1;
        Ok(exit)
    }

    /// Opens a note: at `path:line`, or where it speaks of a concept.
    fn open(&self, what: &str) -> Outcome {
        let placed = what.rsplit_once(':').and_then(|(path, line)| Some((path.to_string(), line.parse().ok()?)));
        let (path, line) = match placed {
            Some(place) => place,
            None => self.place_of(what)?,
        };
        let located = self.session.locate(&path);
        let file = if PathBuf::from(&path).is_file() { PathBuf::from(path) } else { PathBuf::from(located) };
        editor::open(&file, line).map_err(|error| no_editor(&error))?;
        Ok(Exit::Answered)
    }

    /// Where a concept is defined, else where it is first named most.
    fn place_of(&self, name: &str) -> Result<(String, u32), Failure> {
        let card = self.session.show(name, CardLimits::at_most(1))?;
        let defined = card.definitions.first().map(|place| (place.path.clone(), place.line));
        let named = card.notes.first().and_then(|note| Some((note.path.clone(), *note.lines.first()?)));
        defined.or(named).ok_or_else(|| Failure::usage(format!("no note names {name}"), "name a path and a line"))
    }
}

fn no_editor(error: &std::io::Error) -> Failure {
    Failure::usage(editor::explain(error), "such as EDITOR=nano")
}

const fn name(format: RowFormat) -> &'static str {
    match format {
        RowFormat::Table => "table",
        RowFormat::Json => "json",
        RowFormat::Jsonl => "jsonl",
        RowFormat::Csv => "csv",
        RowFormat::Tsv => "tsv",
        RowFormat::Md => "md",
        RowFormat::Dot => "dot",
    }
}

fn help(about: Option<&str>, terminal: &mut Terminal) -> Outcome {
    let wanted = about.map(|about| about.trim_start_matches([':', '.', '\\']));
    if wanted.is_none() {
        terminal.answer("Questions, one a line:\n")?;
        for form in FORMS {
            terminal.answer(&format!("  {:<30} {}\n", form.form, form.answers))?;
        }
        terminal.answer("\nStatements of Cypher end in `;` or an empty line:\n")?;
        terminal.answer("  MATCH (s:Storage)<-[r:STORES_IN]-(c) RETURN c.name, s.name, r.evidence;\n")?;
        terminal.answer("\nCommands:\n")?;
    }
    let mut known = false;
    for (name, arguments, does) in COMMANDS.iter().filter(|(name, ..)| wanted.is_none_or(|wanted| *name == wanted)) {
        known = true;
        terminal.answer(&format!("  {:<45} {does}\n", format!(":{name} {arguments}")))?;
    }
    if known { Ok(Exit::Answered) } else { Err(Failure::usage("there is no such command", ":help lists them all")) }
}
