//! The page that keeps the figures: `docs/quality.md`, whose table stands between two markers.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crate::sets::SETS;
use crate::table::{Cells, HEADINGS, Measure};

const BEGIN: &str = "<!-- quality: begin, written by the bench -->\n";
const END: &str = "<!-- quality: end -->\n";

/// The page and the rows of its table.
pub(crate) struct Page {
    path: PathBuf,
    before: String,
    rows: Vec<Cells>,
    after: String,
}

impl Page {
    /// Reads the page.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path)?;
        let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
        let (before, (table, after)) = parts.ok_or("the page has no table between its markers")?;
        let rows = table.lines().skip(2).filter_map(cells).collect();
        Ok(Self { path: path.to_path_buf(), before: before.into(), rows, after: after.into() })
    }

    /// The rows as the page has them.
    pub(crate) fn rows(&self) -> &[Cells] {
        &self.rows
    }

    /// Writes the page with these figures; a set that was not measured keeps its rows.
    pub(crate) fn write(&self, measures: &[Measure]) -> Result<(), Box<dyn Error>> {
        let rows = SETS.iter().flat_map(|set| {
            let new: Vec<Cells> = measures.iter().filter(|row| row.set == set.name).map(Measure::cells).collect();
            let old = self.rows.iter().filter(|cells| cells[0] == set.name).cloned();
            if new.is_empty() { old.collect() } else { new }
        });
        let table: String = rows.map(|cells| line(&cells)).collect();
        let heading = line(&HEADINGS.map(String::from)) + &line(&HEADINGS.map(|_| "---".to_string()));
        Ok(fs::write(&self.path, [&self.before, BEGIN, &heading, &table, END, &self.after].concat())?)
    }
}

fn line(cells: &Cells) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn cells(line: &str) -> Option<Cells> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    inner.split(" | ").map(|cell| cell.trim().to_string()).collect::<Vec<_>>().try_into().ok()
}
