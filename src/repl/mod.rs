//! The prompt: reads statements, questions and commands until the user leaves.
//!
//! [`Interpreter`] answers one entry after another, typed or piped; `run` reads lines with rustyline,
//! `complete`, `highlight` and `helper` help while a line is typed.

mod command;
mod complete;
mod editor;
mod helper;
mod highlight;
mod history;
mod interpreter;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Cmd, CompletionType, Config, Editor, EventHandler, KeyCode, KeyEvent, Modifiers};

pub(crate) use interpreter::Interpreter;

use crate::cli::limits::LimitOptions;
use crate::cli::{Outcome, Terminal};
use crate::error::Exit;
use crate::limits::{Limit, Limits};
use crate::query::Options;
use crate::session::{Session, script};
use helper::Prompt;

/// How many seconds a statement may take at the prompt, where Ctrl-C ends it at any time.
const PATIENCE: u64 = 30;

const PROMPT: &str = "quipu> ";

/// Reads and answers until the user leaves.
pub(crate) fn run(mut session: Session, asked: &LimitOptions, terminal: &mut Terminal) -> Outcome {
    let limits = asked.over(Limits::default().with(Limit::Time, PATIENCE));
    session.tune(Options { limits, ..Options::default() });
    watch_interrupts(session.interrupt());
    let Ok(mut editor) = editor(&session, terminal.color) else {
        return Err(crate::cli::Failure::usage("this terminal cannot be read", "pipe questions into quipu instead"));
    };
    let history = history::file();
    if let Some(file) = &history {
        let _ = editor.load_history(file);
    }
    greet(&session, terminal);
    let mut interpreter = Interpreter::new(session, true, terminal);
    read_all(&mut editor, &mut interpreter, terminal);
    if let Some(file) = &history {
        let _ = editor.append_history(file);
    }
    Ok(Exit::Answered)
}

/// Ctrl-C while a statement runs asks it to end; at the prompt, rustyline sees it as a key.
fn watch_interrupts(raised: Arc<AtomicBool>) {
    // Without a handler Ctrl-C ends the process, which is what it does everywhere else.
    let _ = ctrlc::set_handler(move || raised.store(true, Ordering::SeqCst));
}

fn editor(session: &Session, color: bool) -> rustyline::Result<Editor<Prompt, FileHistory>> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .history_ignore_space(true)
        .history_ignore_dups(true)?
        .max_history_size(history::LENGTH)?
        .auto_add_history(true)
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Prompt::new(session.graph().clone(), color)));
    let newline = EventHandler::Simple(Cmd::Newline);
    editor.bind_sequence(KeyEvent(KeyCode::Enter, Modifiers::ALT), newline);
    Ok(editor)
}

fn greet(session: &Session, terminal: &mut Terminal) {
    let graph = session.graph();
    let notes = graph.class_nodes(crate::graph::NodeClass::Note).count();
    let concepts = graph.class_nodes(crate::graph::NodeClass::Concept).count();
    let relations = graph.relation_count();
    terminal.say(&format!("{notes} notes, {concepts} concepts, {relations} relations"));
    terminal.say("Ask a question, or type a statement of Cypher ending in `;`. :help shows more, :quit leaves.\n");
}

fn read_all(editor: &mut Editor<Prompt, FileHistory>, interpreter: &mut Interpreter, terminal: &mut Terminal) {
    let mut typed = String::new();
    loop {
        match editor.readline_with_initial(PROMPT, (&std::mem::take(&mut typed), "")) {
            Ok(line) => {
                for entry in script::entries(&line) {
                    if interpreter.answer(&entry, terminal).is_none() {
                        return;
                    }
                }
                typed = interpreter.take_draft();
            }
            Err(ReadlineError::Interrupted) => {}
            Err(_) => return,
        }
    }
}
