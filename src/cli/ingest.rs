//! `quipu ingest`: builds the index or brings it up to date.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::options::{ReportFormat, ingest_options, parse_size};
use super::progress::Bar;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::{Exit, Report};
use crate::render::cited::ingest_report;
use crate::render::{Style, json_line, string};
use crate::session::{self, Changes, SessionError};
use crate::store::{IngestOptions, IngestReport, Progress};

/// How long to wait for another writer before the next try.
const BUSY: Duration = Duration::from_millis(500);

const EXAMPLES: &str = "  quipu ingest ~/notes ./wiki        add two folders, or update them
  quipu ingest                       bring all folders of the index up to date
  quipu ingest --watch               the same again whenever notes change
  quipu ingest --forget ./wiki       drop a folder from the index";

/// Builds the index or brings it up to date
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Ingest {
    /// Folders or files to add or update; without any, all that the index knows
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Drop a folder from the index; may be given several times
    #[arg(long, value_name = "PATH")]
    forget: Vec<PathBuf>,

    /// How many threads work [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// About how much memory may be used, such as 200M or 1G [default: 512M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    memory: Option<usize>,

    /// The largest note that is read [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    note_size: Option<usize>,

    /// Keep going: bring the index up to date whenever notes change, until Ctrl-C
    #[arg(long, conflicts_with = "strict")]
    watch: bool,

    /// End with exit code 8 when a note was skipped
    #[arg(long)]
    strict: bool,

    /// How the report is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

/// Has this process take memory in small pages where there is no index yet. A first ingest gives back and takes up much memory on all
/// cores; in pages of megabytes, which the system clears whole each time, that costs a tenth of its processor time and a fifth of
/// its memory more. An update takes what it takes once, for which large pages are better. Where the system does not know the
/// wish, all is as it was.
#[cfg(target_os = "linux")]
fn take_small_pages(index: &Path) {
    if !index.exists() {
        let _ = rustix::thread::disable_transparent_huge_pages(true);
    }
}

#[cfg(not(target_os = "linux"))]
const fn take_small_pages(_: &Path) {}

/// How much an update gives way, in steps of the system's scale to 19.
#[cfg(unix)]
const NICE: i32 = 10;

/// Has this process give way to others where there is an index: it may have readers, who wait for an answer as nobody waits for an
/// update. Where nothing else wants to run, an update takes no longer for it.
#[cfg(unix)]
fn give_way(index: &Path) {
    if index.exists() {
        let _ = rustix::process::nice(NICE);
    }
}

#[cfg(not(unix))]
const fn give_way(_: &Path) {}

impl Ingest {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        take_small_pages(&global.index);
        give_way(&global.index);
        let mut options = ingest_options();
        options.threads = self.threads.map_or(options.threads, NonZeroUsize::get);
        options.memory = self.memory.unwrap_or(options.memory);
        options.note_size = self.note_size.map_or(options.note_size, |size| size as u64);
        let mut skipped = false;
        for root in &self.forget {
            let run = |step: &(dyn Fn(Progress) + Sync)| session::forget(root, &global.index, &options, step);
            skipped |= watched(run, self.format, terminal)?;
        }
        if self.forget.is_empty() || !self.paths.is_empty() {
            let run = |step: &(dyn Fn(Progress) + Sync)| session::ingest(&self.paths, &global.index, &options, step);
            skipped |= watched(run, self.format, terminal)?;
        }
        if self.watch {
            self.keep_watching(global, &options, terminal)?;
        }
        Ok(if skipped && self.strict { Exit::Skipped } else { Exit::Answered })
    }
}

impl Ingest {
    /// Brings the index up to date with each burst of changes, and tells only those. What goes wrong is told too, and
    /// tried again with the next change; another writer at work is waited for.
    fn keep_watching(&self, global: &Global, options: &IngestOptions, terminal: &mut Terminal) -> Result<(), Failure> {
        let changes = Changes::of(&global.index)?;
        if let Some(notice) = changes.notice() {
            terminal.warn(notice);
        }
        terminal.say("watching for changes; Ctrl-C ends");
        loop {
            let start = Instant::now();
            match session::ingest(&self.paths, &global.index, options, &|_| {}) {
                Ok(report) if report.committed => {
                    show(&report, start, self.format, terminal)?;
                    terminal.flush()?;
                }
                Ok(_) => {}
                Err(error) if error.exit() == Exit::Busy => {
                    thread::sleep(BUSY);
                    continue;
                }
                Err(error) => terminal.warn(&error.to_string()),
            }
            changes.wait();
        }
    }
}

/// Runs an ingest with a progress bar and shows its report; tells whether a file was skipped.
pub(super) fn watched(
    run: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> Result<IngestReport, SessionError>,
    format: ReportFormat,
    terminal: &mut Terminal,
) -> Result<bool, Failure> {
    let start = Instant::now();
    let bar = Bar::new(terminal);
    let report = run(&|progress| bar.step(progress));
    bar.clear();
    let report = report?;
    show(&report, start, format, terminal)?;
    Ok(!report.skipped.is_empty())
}

fn show(report: &IngestReport, start: Instant, format: ReportFormat, terminal: &mut Terminal) -> Result<(), Failure> {
    let milliseconds = u64::try_from(start.elapsed().as_millis()).ok();
    let style = terminal.style();
    match format {
        ReportFormat::Text => {
            let whole = terminal.verbose;
            terminal.write(|out| ingest_report(report, milliseconds, whole, style, out))
        }
        ReportFormat::Json => terminal.write(|out| json_line(report, out)),
    }
}

/// The ingest that `quipu` without a command begins with: its report goes beside the answers.
pub(super) fn first(paths: &[PathBuf], index: &Path, terminal: &mut Terminal) -> Result<(), Failure> {
    take_small_pages(index);
    let bar = Bar::new(terminal);
    let start = Instant::now();
    let report = session::ingest(paths, index, &ingest_options(), &|progress| bar.step(progress));
    bar.clear();
    let milliseconds = u64::try_from(start.elapsed().as_millis()).ok();
    let report = report?;
    let told = string(|out| ingest_report(&report, milliseconds, terminal.verbose, Style::PLAIN, out));
    terminal.say(told.trim_end());
    Ok(())
}
