//! Scripts under `tests/golden`: notes, questions and statements with the answers they must give.
//!
//! A script is a list of steps, each set off by an empty line. A step is a command, then `---`, then its answer:
//!
//! - `note PATH` and lines: writes a note. No answer.
//! - `copy FOLDER`: copies notes of the evaluation sets (`../shared/eval`, or `QUIPU_EVAL`) and ingests them. No answer; where
//!   the folder is absent the script ends there, and says so.
//! - `ingest`: brings the index up to date. The counts.
//! - `? QUESTION`: a question; `[cypher]? QUESTION` adds the statement it becomes.
//! - `> STATEMENT`: a statement, on one or more lines; rows with ` | ` between values. `[plan]>` adds the plan.
//! - `!> STATEMENT` and `!? QUESTION`: an error, with its hint.
//! - `/ TEXT`: a search.
//!
//! `UPDATE_GOLDENFILES=1 cargo test --test golden` writes the answers that are given now.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use quipu::error::Report;
use quipu::render::answer::{AnswerFormat, AnswerOptions, answer};
use quipu::render::cited::search_hits;
use quipu::render::{Style, string};
use quipu::session::{self, QueryOptions, Reply, Session, SessionError};
use quipu::store::IngestOptions;
use tempfile::TempDir;

/// A command with the answer written under it.
#[derive(Debug)]
struct Step {
    /// Comments before it, as they stand.
    comment: String,
    command: String,
    answer: String,
}

/// Where a script runs.
struct Stage {
    folder: TempDir,
    session: Option<Session>,
}

impl Stage {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("notes")).unwrap();
        Self { folder, session: None }
    }

    fn run(&mut self, command: &str) -> String {
        let (head, rest) = command.split_once('\n').unwrap_or((command, ""));
        let given = match head.split_once(' ').unwrap_or((head, "")) {
            ("note", path) => self.note(path, rest),
            ("copy", folder) => self.copy(folder),
            ("ingest", _) => self.ingest(),
            ("?", _) => self.ask(&command[2..], false),
            ("[cypher]?", _) => self.ask(&command[10..], true),
            ("!?", _) => self.refused(&self.session().ask(&command[3..], &QueryOptions::default()).err()),
            (">", _) => self.query(&command[2..], ""),
            ("[plan]>", _) => self.query(&command[8..], "EXPLAIN "),
            ("!>", _) => self.refused(&self.session().query(&command[3..], &QueryOptions::default()).err()),
            ("/", _) => self.search(&command[2..]),
            _ => panic!("no such step: {command}"),
        };
        let root = format!("{}/", self.folder.path().join("notes").canonicalize().unwrap().display());
        given.replace(&root, "").trim_end().to_string()
    }

    fn note(&self, path: &str, text: &str) -> String {
        let file = self.folder.path().join("notes").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, format!("{text}\n")).unwrap();
        String::new()
    }

    fn copy(&mut self, folder: &str) -> String {
        let notes = self.folder.path().join("notes");
        for entry in
            fs::read_dir(eval().join(folder)).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file())
        {
            fs::copy(entry.path(), notes.join(entry.file_name())).unwrap();
        }
        self.ingest();
        String::new()
    }

    fn ingest(&mut self) -> String {
        let (notes, index) = (self.folder.path().join("notes"), self.folder.path().join("index"));
        let report = session::ingest(&[notes], &index, &IngestOptions::default(), &|_| {}).unwrap();
        self.session = Some(Session::open(&index).unwrap());
        format!("{} concepts, {} relations", report.concepts, report.relations)
    }

    fn session(&self) -> &Session {
        self.session.as_ref().expect("a script ingests before it asks")
    }

    fn ask(&self, question: &str, cypher: bool) -> String {
        match self.session().ask(question, &QueryOptions::default()) {
            Ok(reply) => (if cypher { format!("{}\n", reply.cypher) } else { String::new() }) + &page(&reply),
            Err(error) => panic!("{question}: {error}"),
        }
    }

    fn query(&self, statement: &str, prefix: &str) -> String {
        let run = |text: &str| self.session().query(text, &QueryOptions::default());
        let plain = AnswerOptions::default();
        let plan = match prefix {
            "" => String::new(),
            _ => string(|out| answer(&run(&format!("{prefix}{statement}")).unwrap(), AnswerFormat::Table, &plain, out)),
        };
        let rows = run(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
        let rows = string(|out| answer(&rows, AnswerFormat::Tsv, &plain, out)).replace('\t', " | ");
        let rows = rows.split_once('\n').map_or("", |(_, rows)| rows);
        plan + rows
    }

    fn search(&self, text: &str) -> String {
        let found = self.session().search(text, 10).unwrap_or_else(|error| panic!("{text}: {error}"));
        let hits = found.hits.into_iter().map(|hit| quipu::render::cited::SearchHit { score: 0.0, ..hit });
        string(|out| search_hits(&hits.collect::<Vec<_>>(), Style::PLAIN, out))
    }

    fn refused(&self, error: &Option<SessionError>) -> String {
        let error = error.as_ref().expect("the step is refused");
        let hint = error
            .hint()
            .map(|hint| format!("\nhint: {}", hint.to_string().lines().next().unwrap_or("")))
            .unwrap_or_default();
        format!("error {}: {error}{hint}", error.exit().code())
    }
}

/// The folder of the evaluation sets, which are not part of this repository.
fn eval() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    std::env::var_os("QUIPU_EVAL").map_or_else(default, PathBuf::from)
}

/// The folder that a script copies, where that is absent.
fn missing(steps: &[Step]) -> Option<PathBuf> {
    let copied = steps.iter().find_map(|step| step.command.strip_prefix("copy "));
    copied.map(|folder| eval().join(folder)).filter(|folder| !folder.exists())
}

fn page(reply: &Reply) -> String {
    string(|out| quipu::cli::page(reply, Style::PLAIN, out))
}

/// Steps of a script. Answers end before the next command, so they may hold empty lines.
fn steps(text: &str) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::new();
    let (mut comment, mut in_command, mut after_gap) = (String::new(), false, true);
    for line in text.lines() {
        if in_command {
            let step = found.last_mut().unwrap();
            if line == "---" {
                in_command = false;
            } else {
                step.command += &format!("\n{line}");
            }
        } else if after_gap && line.starts_with('#') {
            comment += &format!("{line}\n");
            continue;
        } else if after_gap && is_command(line) {
            let comment = std::mem::take(&mut comment);
            found.push(Step { comment, command: line.to_string(), answer: String::new() });
            in_command = true;
        } else if let Some(step) = found.last_mut() {
            step.answer += &format!("{line}\n");
        }
        after_gap = line.is_empty();
    }
    found
}

fn is_command(line: &str) -> bool {
    let heads = ["note ", "copy ", "? ", "[cypher]? ", "!? ", "> ", "[plan]> ", "!> ", "/ "];
    line == "ingest" || heads.iter().any(|head| line.starts_with(head))
}

fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "test") {
            found.push(path);
        }
    }
}

#[test]
fn scripts_give_the_answers_they_state() {
    let mut files = Vec::new();
    scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden"), &mut files);
    files.sort();
    let update = std::env::var_os("UPDATE_GOLDENFILES").is_some();
    let mut wrong = String::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let steps = steps(&text);
        if let Some(folder) = missing(&steps) {
            eprintln!("skipped: {} needs {}", file.display(), folder.display());
            continue;
        }
        let mut stage = Stage::new();
        let mut written = String::new();
        for step in steps {
            let given = stage.run(&step.command);
            if !update && given != step.answer.trim_end() {
                let stated = step.answer.trim_end();
                wrong += &format!("{}\n{}\n--- stated\n{stated}\n--- given\n{given}\n\n", file.display(), step.command);
            }
            let answer = if given.is_empty() { String::new() } else { format!("{given}\n") };
            written += &format!("{}{}\n---\n{answer}\n", step.comment, step.command);
        }
        if update {
            fs::write(&file, written.trim_end().to_string() + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
