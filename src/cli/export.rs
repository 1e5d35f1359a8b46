//! `quipu export`: writes the graph, or a part of it, for other programs.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::limits::LimitOptions;
use super::options::ExportFormat;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::query;
use crate::session::{Exported, FactLines, Part, Session};

const EXAMPLES: &str = "  quipu export svg -o graph.svg                        a picture (needs Graphviz)
  quipu export mermaid --around Flume --depth 2        what lies within two steps of Flume
  quipu export graphml --query 'MATCH p = (:Storage)<-[:STORES_IN]-() RETURN p' -o storage.graphml
  quipu export jsonl                                   all facts with their evidence, one a line";

/// Writes the graph, or a part of it, for other programs
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Export {
    /// What to write
    #[arg(value_enum, value_name = "FORMAT")]
    format: ExportFormat,

    /// File to write (for csv, neo4j, obsidian and parquet a folder) [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write only what lies around a concept
    #[arg(long, value_name = "NAME", conflicts_with = "query")]
    around: Option<String>,

    /// How many steps around it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    depth: u32,

    /// Write only the nodes and relationships that a statement returns
    #[arg(long, value_name = "CYPHER")]
    query: Option<String>,

    #[command(flatten)]
    limits: LimitOptions,
}

impl Export {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let mut session = super::open_session(global, terminal)?;
        session.tune(query::Options { limits: self.limits.limits(), ..query::Options::default() });
        let part = match (self.around, self.query) {
            (Some(name), _) => Part::Around { name, depth: self.depth as usize },
            (None, Some(statement)) => Part::Query(statement),
            (None, None) => Part::Whole,
        };
        save(&session, self.format, &part, self.output.as_deref(), terminal)
    }
}

/// Writes an export where it was asked for, and says so.
pub(crate) fn save(
    session: &Session,
    format: ExportFormat,
    part: &Part,
    output: Option<&Path>,
    terminal: &mut Terminal,
) -> Outcome {
    let statement = if let Part::Query(statement) = part { statement.as_str() } else { "" };
    let lines = session.lines(format.into(), part).map_err(|error| Failure::about(&error, statement))?;
    if let Some(lines) = lines {
        return save_lines(&lines, output, terminal);
    }
    let exported = session.export(format.into(), part, "written by quipu export");
    let exported = exported.map_err(|error| Failure::about(&error, statement))?;
    match (exported, output) {
        (Exported::File(bytes), None) if terminal.is_terminal && format == ExportFormat::Png => {
            let _ = bytes;
            return Err(Failure::usage("a png is no text for a terminal", "name a file with --output graph.png"));
        }
        (Exported::File(bytes), None) => terminal.write(|out| out.write_all(&bytes))?,
        (Exported::File(bytes), Some(file)) => {
            fs::write(file, bytes).map_err(|error| unwritable(file, &error))?;
            terminal.say(&format!("wrote {}", file.display()));
        }
        (Exported::Folder(files), Some(folder)) => {
            write_all(folder, &files).map_err(|error| unwritable(folder, &error))?;
            terminal.say(&format!("wrote {} files into {}", files.len(), folder.display()));
        }
        (Exported::Folder(_), None) => {
            return Err(Failure::usage("this export is a folder of files", "name the folder with --output DIR"));
        }
    }
    Ok(Exit::Answered)
}

/// Writes lines while they are made.
fn save_lines(lines: &FactLines<'_>, output: Option<&Path>, terminal: &mut Terminal) -> Outcome {
    let Some(file) = output else {
        terminal.write(|out| lines.write(out))?;
        return Ok(Exit::Answered);
    };
    let written = fs::File::create(file).map(BufWriter::new).and_then(|mut out| {
        lines.write(&mut out)?;
        out.flush()
    });
    written.map_err(|error| unwritable(file, &error))?;
    terminal.say(&format!("wrote {}", file.display()));
    Ok(Exit::Answered)
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("{} cannot be written: {error}", path.display()), "name another place with --output")
}
