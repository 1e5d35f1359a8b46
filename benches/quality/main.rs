//! How well concepts, short forms and relations are read, scored on notes with gold beside them.
//!
//! `cargo bench --bench quality -- SET...` ingests each set found (all without names), scores what was
//! read and prints the figures with the bars and the figures of `docs/quality.md` beside them.
//! `--write` puts the figures into that page, `--exports DIR` keeps each set's `export jsonl`. Sets lie
//! in `../shared/eval`, or in the folder `QUIPU_EVAL` names; a set that is absent is skipped. `--sample FOLDER --seed N`
//! prints relations of any notes, drawn at random, as a table to judge by reading.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod export;
mod item;
mod name;
mod page;
mod sample;
mod score;
mod seeds;
mod sets;
mod table;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use quipu::session::{self, Exported, GraphFormat, Part, Session};
use quipu::store::IngestOptions;

use export::Fact;
use page::Page;
use sets::{SETS, Set};
use table::Measure;

/// What the command line asks.
#[derive(Default)]
struct Arguments {
    sets: Vec<String>,
    write: bool,
    exports: Option<PathBuf>,
    /// Notes of which a sample of relations is printed, and no set is scored.
    sample: Option<PathBuf>,
    seed: u64,
}

impl Arguments {
    fn read() -> Result<Self, Box<dyn Error>> {
        let mut read = Self::default();
        let mut given = std::env::args().skip(1);
        while let Some(argument) = given.next() {
            match argument.as_str() {
                "--bench" => {}
                "--write" => read.write = true,
                "--sample" => read.sample = Some(given.next().ok_or("--sample wants a folder")?.into()),
                "--seed" => read.seed = given.next().ok_or("--seed wants a number")?.parse()?,
                "--exports" => read.exports = Some(given.next().ok_or("--exports wants a folder")?.into()),
                name if SETS.iter().any(|set| set.name == name) => read.sets.push(argument),
                other => return Err(format!("no set is called {other}").into()),
            }
        }
        Ok(read)
    }

    fn wants(&self, set: &Set) -> bool {
        self.sets.is_empty() || self.sets.iter().any(|name| name == set.name)
    }
}

/// The folder of the sets.
fn folder() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    std::env::var_os("QUIPU_EVAL").map_or_else(default, PathBuf::from)
}

/// Ingests a folder into an index of its own and gives its folded export.
fn read(notes: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let index = scratch.path().join("index");
    session::ingest(&[notes.to_path_buf()], &index, &IngestOptions::default(), &|_| ())?;
    match Session::open(&index)?.export(GraphFormat::Jsonl, &Part::Whole, "")? {
        Exported::File(bytes) => Ok(bytes),
        Exported::Folder(_) => Err("the folded export is one file".into()),
    }
}

fn measure(set: &Set, eval: &Path, arguments: &Arguments) -> Result<Vec<Measure>, Box<dyn Error>> {
    let bytes = read(&set.notes(eval))?;
    if let Some(folder) = &arguments.exports {
        fs::create_dir_all(folder)?;
        fs::write(folder.join(format!("{}.jsonl", set.name)), &bytes)?;
    }
    let facts = export::facts(&bytes)?;
    set.measure(eval, &facts)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read()?;
    if let Some(notes) = &arguments.sample {
        print!("{}", sample::table(&export::facts(&read(notes)?)?, arguments.seed));
        return Ok(());
    }
    let eval = folder();
    let page = Page::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/quality.md"))?;
    let mut measures = Vec::new();
    for set in SETS.iter().filter(|set| arguments.wants(set)) {
        if set.notes(&eval).exists() && set.gold(&eval).exists() {
            measures.extend(measure(set, &eval, &arguments)?);
        } else {
            println!("skipped: {} is not in {}", set.name, eval.display());
        }
    }
    if !measures.is_empty() {
        print!("{}", table::printed(&measures, page.rows()));
    }
    if arguments.write {
        page.write(&measures)?;
    }
    Ok(())
}
