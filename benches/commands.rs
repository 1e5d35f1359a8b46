//! Whole commands, from process start to end: ingest, ask and search of a folder of notes.
//!
//! `cargo bench --bench commands -- NOTES RUNS` (folder, runs of each command). Without a folder that of
//! `QUIPU_BENCH_NOTES` is taken, or `corpus/`; without a number there are ten runs. Each command runs
//! once before it is timed. The last column is the median over that of ripgrep or grep on the same
//! folder, where one is installed. Nothing is asserted: times on a busy machine are no test.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const QUESTION: &str = "what connects Flume to Hive";
const WORDS: &str = "column storage";

/// The times of one command, in the order of its runs, and how it ended.
struct Timed {
    what: String,
    spent: Vec<Duration>,
    exit: Option<i32>,
}

impl Timed {
    fn median(&self) -> f64 {
        let mut spent = self.spent.clone();
        spent.sort();
        let middle = spent.len() / 2;
        let odd = spent.len() % 2 == 1;
        milliseconds(if odd { spent[middle] } else { (spent[middle - 1] + spent[middle]) / 2 })
    }

    fn row(&self, other: Option<f64>) -> String {
        let least = self.spent.iter().min().copied().map_or(0.0, milliseconds);
        let most = self.spent.iter().max().copied().map_or(0.0, milliseconds);
        let ratio = other.map_or(String::new(), |other| format!("{:.1}", self.median() / other));
        let exit = self.exit.map_or("-".to_string(), |code| code.to_string());
        format!("{:<44} {:>10.1} {least:>10.1} {most:>10.1} {exit:>5} {ratio:>8}", self.what, self.median())
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Runs what `command` makes once unmeasured, then `runs` times measured; `command` is told the run.
fn time(what: &str, runs: usize, command: impl Fn(usize) -> Command) -> Result<Timed, Box<dyn Error>> {
    let mut timed = Timed { what: what.to_string(), spent: Vec::with_capacity(runs), exit: None };
    for run in 0..=runs {
        let mut command = command(run);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        timed.exit = command.status()?.code();
        if run > 0 {
            timed.spent.push(start.elapsed());
        }
    }
    Ok(timed)
}

fn quipu(index: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
    command.arg("--index").arg(index).args(arguments);
    command
}

/// Finds the words of the search with a program that reads all files, the quicker one that is installed.
fn scan(notes: &Path, runs: usize) -> Option<Timed> {
    let programs: [(&str, &[&str]); 2] =
        [("rg", &["--no-config", "-i", "-n", "-e", WORDS]), ("grep", &["-r", "-I", "-i", "-n", "-e", WORDS])];
    programs.iter().find_map(|(program, arguments)| {
        let command = |_| {
            let mut command = Command::new(program);
            command.args(*arguments).arg(notes);
            command
        };
        time(&format!("{program} \"{WORDS}\""), runs, command).ok()
    })
}

fn measure(notes: &Path, runs: usize) -> Result<Vec<Timed>, Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let fresh = |run: usize| scratch.path().join(format!("index-{run}"));
    let ingest = |run| {
        let mut command = quipu(&fresh(run), &["ingest"]);
        command.arg(notes);
        command
    };
    let report = ingest(runs + 1).output()?;
    println!("{}", String::from_utf8_lossy(&report.stdout).trim_end());
    let first = fresh(0);
    let mut timed = vec![time("ingest into a new index", runs, ingest)?];
    timed.push(time("ingest again, nothing changed", runs, |_| quipu(&first, &["ingest"]))?);
    timed.push(time(&format!("ask \"{QUESTION}\""), runs, |_| quipu(&first, &["ask", QUESTION]))?);
    timed.push(time(&format!("search \"{WORDS}\""), runs, |_| quipu(&first, &["search", WORDS]))?);
    timed.extend(scan(notes, runs));
    Ok(timed)
}

/// The folder and the number of runs; what cargo adds of its own begins with a dash.
fn arguments() -> (PathBuf, usize) {
    let mut given = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let default = || std::env::var_os("QUIPU_BENCH_NOTES").map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    let notes = given.next().map_or_else(default, PathBuf::from);
    let runs = given.next().and_then(|runs| runs.parse().ok()).unwrap_or(10);
    (notes, runs.max(1))
}

fn main() -> Result<(), Box<dyn Error>> {
    let (notes, runs) = arguments();
    if !notes.exists() {
        println!("skipped: {} is not there", notes.display());
        return Ok(());
    }
    if cfg!(debug_assertions) {
        println!("this is a debug build, several times slower than a release build");
    }
    println!("{}, {runs} runs of each command", notes.display());
    let timed = measure(&notes, runs)?;
    let other = timed.last().filter(|last| !last.what.contains("search")).map(Timed::median);
    println!("\n{:<44} {:>10} {:>10} {:>10} {:>5} {:>8}", "", "median ms", "min ms", "max ms", "exit", "ratio");
    for row in &timed {
        println!("{}", row.row(other));
    }
    Ok(())
}
