//! What can go wrong between the disk and the index.

use std::io;
use std::path::PathBuf;

use crate::config::ConfigError;
use crate::error::{Exit, Hint, Report};
use crate::search::SearchError;
use crate::text::Span;

/// An index that cannot be opened, written or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no index.
    #[error("there is no index at {}", path.display())]
    NoIndex {
        /// The folder looked at.
        path: PathBuf,
    },
    /// The folder holds other things.
    #[error("{} holds files and is no index", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
    },
    /// Another version of quipu made the index.
    #[error("the index at {} was made by another version of quipu", path.display())]
    OtherVersion {
        /// The folder.
        path: PathBuf,
    },
    /// Notes or claims in the index cannot be read.
    #[error("the index at {} is damaged: {message}", path.display())]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What was found.
        message: String,
    },
    /// The index was built from facts, and something needs notes.
    #[error("the index at {} was built from facts and holds no notes", path.display())]
    OfFacts {
        /// The folder.
        path: PathBuf,
        /// Where the facts lay.
        facts: String,
    },
    /// The index holds notes, and facts were to take their place.
    #[error("the index at {} holds notes, which facts do not replace", path.display())]
    OfNotes {
        /// The folder.
        path: PathBuf,
    },
    /// The graph of an index that was built from facts cannot be read.
    #[error("the index at {} was built from facts, and {message}", path.display())]
    FactsDamaged {
        /// The folder.
        path: PathBuf,
        /// What was found.
        message: String,
        /// Where the facts lay.
        facts: String,
    },
    /// There is nothing to search in.
    #[error("there is no text to search: the index was built from facts")]
    NoText,
    /// There are no facts.
    #[error("there are no facts in {}", path.display())]
    NoFacts {
        /// The folder looked through.
        path: PathBuf,
    },
    /// A line is no fact.
    #[error("{}:{line}: {message}", path.display())]
    Fact {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// Another process writes the index.
    #[error("another process is writing the index at {}", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A root is not there, or is no folder.
    #[error("there is no folder {}", path.display())]
    NoRoot {
        /// The folder named.
        path: PathBuf,
    },
    /// A root lies inside another.
    #[error("{} and {} lie one inside the other", path.display(), other.display())]
    NestedRoot {
        /// The folder named.
        path: PathBuf,
        /// The root that the index holds.
        other: PathBuf,
    },
    /// A root is not in the index.
    #[error("the index does not hold {}", path.display())]
    UnknownRoot {
        /// The folder named.
        path: PathBuf,
        /// The roots there are.
        roots: Vec<PathBuf>,
    },
    /// No root was named and the index lists none.
    #[error("no folder of notes was named, and the index lists none")]
    NoRoots,
    /// A root in an object store has no bucket, or something else beside it.
    #[error("`{scheme}` is followed by the name of a bucket alone, then by a slash and a prefix")]
    NoBucket {
        /// How the URI begins, as `s3://`.
        scheme: &'static str,
    },
    /// This quipu was built without object stores.
    #[error("{} lies in an object store, and this quipu was built without them", path.display())]
    NoCloud {
        /// The root or the note.
        path: PathBuf,
    },
    /// An object store failed.
    #[error("cannot read {}: {message}", path.display())]
    Remote {
        /// The root or the note.
        path: PathBuf,
        /// What went wrong.
        message: String,
        /// What to do next.
        hint: String,
    },
    /// A decision was to be written into an object store.
    #[error("{} lies in an object store, which quipu does not write", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Notes kept changing while they were read.
    #[error("notes kept changing while they were read, last {path}")]
    Restless {
        /// One of them.
        path: String,
    },
    /// A root's `quipu.toml` cannot be understood.
    #[error("{}:{}:{}: {error}", path.display(), error.position.line, error.position.column)]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        error: ConfigError,
    },
    /// The disk failed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system does not tell when notes change.
    #[error("cannot watch {}: {message}", path.display())]
    Watch {
        /// What was to be watched.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// The full-text index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// The command that builds an index from facts again.
fn again(facts: &str) -> String {
    let quote = if facts.contains(char::is_whitespace) { "'" } else { "" };
    format!("`quipu build --facts {quote}{facts}{quote}`")
}

impl Report for StoreError {
    fn span(&self) -> Option<Span> {
        match self {
            Self::Search(error) => error.span(),
            _ => None,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoIndex { .. } | Self::OtherVersion { .. } | Self::Damaged { .. } | Self::FactsDamaged { .. } => {
                Exit::NoIndex
            }
            Self::Busy { .. } => Exit::Busy,
            Self::NotAnIndex { .. }
            | Self::NoRoot { .. }
            | Self::NestedRoot { .. }
            | Self::UnknownRoot { .. }
            | Self::OfFacts { .. }
            | Self::OfNotes { .. }
            | Self::NoText
            | Self::NoFacts { .. }
            | Self::Fact { .. }
            | Self::NoRoots
            | Self::NoBucket { .. }
            | Self::NoCloud { .. }
            | Self::ReadOnly { .. } => Exit::Usage,
            Self::Config { error, .. } => error.exit(),
            Self::Restless { .. } | Self::Remote { .. } | Self::Io { .. } | Self::Watch { .. } => Exit::Fault,
            Self::Search(error) => error.exit(),
        }
    }

    fn hint(&self) -> Option<Hint> {
        match self {
            Self::NoIndex { .. } | Self::NoRoots => Some("make one with `quipu ingest FOLDER`".into()),
            Self::NotAnIndex { .. } => Some("name an empty or a new folder with --index".into()),
            Self::OtherVersion { .. } => Some("bring it up to date with `quipu ingest`".into()),
            Self::Damaged { .. } => Some("rebuild it with `quipu ingest FOLDER`".into()),
            Self::OfFacts { facts, .. } => Some(
                format!("build it again with {}; for notes, name another folder with --index", again(facts)).into(),
            ),
            Self::OfNotes { .. } => Some("name another folder with --index".into()),
            Self::FactsDamaged { facts, .. } => Some(format!("build it again with {}", again(facts)).into()),
            Self::NoText => {
                Some("facts hold no notes; questions, paths and statements are answered from the graph".into())
            }
            Self::NoFacts { .. } => {
                Some("files of facts are called *.jsonl, *.ndjson or *.json, also with .gz, or part-*".into())
            }
            Self::Fact { .. } => Some("each line is a fact as `quipu export facts` writes it".into()),
            Self::Busy { .. } => Some("wait until it ends; the lock frees itself".into()),
            Self::NoRoot { path } => {
                Some(format!("to drop it from the index: `quipu ingest --forget {}`", path.display()).into())
            }
            Self::NestedRoot { other, .. } => {
                Some(format!("drop the other first: `quipu ingest --forget {}`", other.display()).into())
            }
            Self::UnknownRoot { roots, .. } => {
                let roots: Vec<String> = roots.iter().map(|root| root.display().to_string()).collect();
                Some(format!("it holds {}", roots.join(", ")).into())
            }
            Self::Config { error, .. } => error.hint(),
            Self::NoBucket { .. } => Some("credentials come from the environment".into()),
            Self::NoCloud { .. } => Some("build one with `cargo install --features cloud`".into()),
            Self::Remote { hint, .. } => Some(hint.as_str().into()),
            Self::ReadOnly { .. } => Some("put the file there yourself; the next ingest reads it".into()),
            Self::Restless { .. } => Some("run it again when they rest".into()),
            Self::Io { .. } | Self::Watch { .. } => None,
            Self::Search(error) => error.hint(),
        }
    }
}
