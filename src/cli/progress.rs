//! A progress bar on standard error while notes are ingested, when a person watches.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::Terminal;
use crate::store::{Progress, Stage};

/// Draws how far a stage of an ingest is, how fast it goes and how long it still takes; draws nothing into pipes and files.
pub(crate) struct Bar {
    bar: ProgressBar,
    stage: Mutex<Option<Stage>>,
}

impl Bar {
    pub(crate) fn new(terminal: &Terminal) -> Self {
        let watched = std::io::stderr().is_terminal() && !terminal.quiet;
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if watched {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self { bar, stage: Mutex::new(None) }
    }

    /// Takes a step; called from several threads.
    pub(crate) fn step(&self, progress: Progress) {
        let Ok(mut stage) = self.stage.lock() else { return };
        if *stage != Some(progress.stage) {
            *stage = Some(progress.stage);
            self.bar.reset();
            self.bar.set_style(style(progress.total > 0));
            self.bar.set_message(said(progress.stage));
        }
        if progress.total > 0 {
            self.bar.set_length(progress.total as u64);
        }
        self.bar.set_position(progress.done as u64);
    }

    /// Takes the bar away.
    pub(crate) fn clear(self) {
        self.bar.finish_and_clear();
    }
}

const fn said(stage: Stage) -> &'static str {
    match stage {
        Stage::Walk => "finding notes",
        Stage::Read => "reading notes",
        Stage::Resolve => "settling names",
        Stage::Link => "finding relations",
        Stage::Build => "building the graph",
        Stage::Commit => "writing the index",
        Stage::Facts => "reading facts",
    }
}

fn style(counted: bool) -> ProgressStyle {
    let template = if counted {
        "{msg:<20} {bar:30} {pos}/{len}, {rate} a second, {eta} left"
    } else {
        "{msg:<20} {spinner} {pos}"
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{:.0}", state.per_sec());
    })
}
