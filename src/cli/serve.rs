//! `quipu serve`: the page, its API, and the protocols of Neo4j's drivers, on this machine alone.

use std::process::{Command, Stdio};

use clap::Args;

use super::limits::LimitOptions;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::query;
use crate::render::shown;
use crate::serve::{self, ServeOptions, Token};

/// The port where nobody names one.
const PORT: u16 = 7447;

const EXAMPLES: &str = "  quipu serve --open                 look at the graph in a browser
  quipu serve --port 0               on any port that is free; the address is printed
  quipu serve --bolt-port 7687       for Neo4j's drivers, too; their password is the token";

/// Serves the explorer page and its API on this machine, until Ctrl-C
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Serve {
    /// Port on 127.0.0.1; 0 picks one that is free
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,

    /// Port on 127.0.0.1 for Bolt, the protocol of Neo4j's drivers; 0 picks one that is free [default: none]
    #[cfg(feature = "bolt")]
    #[arg(long, value_name = "N")]
    bolt_port: Option<u16>,

    /// Open the page in a browser
    #[arg(long)]
    open: bool,

    /// Word that requests have to show, of at least 16 letters, digits, `-`, `_` or `.` [default: a random one]
    #[arg(long, value_name = "TOKEN", env = "QUIPU_TOKEN", hide_env_values = true)]
    token: Option<String>,

    #[command(flatten)]
    limits: LimitOptions,
}

impl Serve {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let token = match &self.token {
            None => Token::random(),
            Some(text) => Token::chosen(text).ok_or_else(|| {
                Failure::usage(
                    "the token is too short, or does not fit into an address",
                    "leave it out for a random one",
                )
            })?,
        };
        let statements = query::Options { limits: self.limits.limits(), ..query::Options::default() };
        let options = ServeOptions {
            port: self.port,
            #[cfg(feature = "bolt")]
            bolt_port: self.bolt_port,
            token,
            statements,
        };
        let mut told = Ok(());
        serve::run(&global.index, options, |addresses| {
            let bolt = addresses.bolt.iter().map(|bolt| format!("{bolt}\n"));
            let printed: String = std::iter::once(format!("{}\n", addresses.page)).chain(bolt).collect();
            told = terminal.answer(&printed).and_then(|()| terminal.flush());
            terminal.say(&format!("serving {}; Ctrl-C ends", shown(&global.index.display().to_string())));
            if self.open && !open(&addresses.page) {
                terminal.warn("no browser could be started; open the address above");
            }
        })?;
        told.map(|()| Exit::Answered)
    }
}

/// Has the system open an address; tells whether it took it.
fn open(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
