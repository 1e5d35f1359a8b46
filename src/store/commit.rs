//! The last commit of an index, opened: its full text, and the files it names.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::folder::{IndexFolder, Kept};
use super::record;
use super::roots::Roots;
use super::snapshot;
use crate::extract::{Lexicon, Sum};
use crate::graph::KnowledgeGraph;
use crate::search::{SearchError, Searcher};

/// The layout of the index; another one is built anew.
const FORMAT: u32 = 6 + ((record::VERSION as u32) << 16);

/// What a commit says of itself: the payload of the full-text commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The layout of the index.
    format: u32,
    /// The code that read the notes.
    extraction: String,
    /// The content id of the graph.
    pub(super) graph: String,
    /// The content id of the lexicon.
    pub(super) lexicon: String,
    /// The content id of the sum that the lexicon was settled from.
    pub(super) sum: String,
    /// The hash of the users' files.
    pub(super) overrides: String,
    /// Where the notes come from.
    pub(super) roots: Roots,
    /// Where the facts come from, of an index that was built from facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) facts: Option<String>,
}

impl Manifest {
    pub(super) fn new(graph: String, names: NamesId, overrides: String, roots: Roots) -> Self {
        let NamesId { lexicon, sum } = names;
        Self { format: FORMAT, extraction: extraction().to_owned(), graph, lexicon, sum, overrides, roots, facts: None }
    }

    /// Of an index that was built from facts: it has a graph, and nothing else.
    pub(super) fn of_facts(graph: String, origin: String) -> Self {
        let roots = Roots::default();
        Self { facts: Some(origin), ..Self::new(graph, NamesId::default(), String::new(), roots) }
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a manifest holds only text and numbers")
    }

    /// Whether the notes were read by this code.
    pub(super) fn is_of_this_code(&self) -> bool {
        self.extraction == extraction()
    }

    /// The roots of an index that cannot be opened, as far as they can be read.
    pub(super) fn salvage_roots(folder: &IndexFolder) -> Roots {
        Origin::salvage(folder).roots
    }

    /// The facts that an index was built from, also where it cannot be opened.
    pub(super) fn salvage_facts(folder: &IndexFolder) -> Option<String> {
        Origin::salvage(folder).facts
    }

    /// The files it names.
    pub(super) fn files(&self, folder: &IndexFolder) -> Vec<PathBuf> {
        let graph = folder.kept(Kept::Graph, &self.graph);
        let names = [folder.kept(Kept::Lexicon, &self.lexicon), folder.kept(Kept::Sum, &self.sum)];
        std::iter::once(graph).chain(names.into_iter().filter(|_| self.facts.is_none())).collect()
    }

    /// The files of names that it names.
    pub(super) fn names(&self) -> NamesId {
        NamesId { lexicon: self.lexicon.clone(), sum: self.sum.clone() }
    }
}

/// The content ids of the files of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NamesId {
    pub(super) lexicon: String,
    pub(super) sum: String,
}

/// The part of a manifest that other versions have too.
#[derive(Default, Deserialize)]
struct Origin {
    #[serde(default)]
    roots: Roots,
    #[serde(default)]
    facts: Option<String>,
}

impl Origin {
    fn salvage(folder: &IndexFolder) -> Self {
        #[derive(Deserialize)]
        struct Meta {
            payload: String,
        }
        let meta = std::fs::read(folder.text().join("meta.json")).unwrap_or_default();
        let payload = serde_json::from_slice::<Meta>(&meta).map(|meta| meta.payload).unwrap_or_default();
        serde_json::from_str(&payload).unwrap_or_default()
    }
}

/// The number of the code that turns notes into claims.
pub(crate) const fn extraction() -> &'static str {
    env!("QUIPU_EXTRACTION")
}

/// An opened commit.
#[derive(Clone)]
pub(super) struct Commit {
    pub(super) searcher: Searcher,
    pub(super) manifest: Manifest,
}

impl Commit {
    /// Opens the last commit; nothing where there was never one.
    ///
    /// # Errors
    ///
    /// [`StoreError::OtherVersion`] and [`StoreError::Damaged`].
    pub(super) fn open(folder: &IndexFolder) -> Result<Option<Self>, StoreError> {
        let path = || folder.path().to_owned();
        if !folder.text().join("meta.json").exists() {
            return Ok(None);
        }
        let searcher = match Searcher::open(&folder.text()) {
            Ok(Some(searcher)) => searcher,
            Ok(None) => return Ok(None),
            Err(SearchError::Index { message, damaged: true }) => {
                return Err(StoreError::Damaged { path: path(), message });
            }
            Err(other) => return Err(other.into()),
        };
        #[derive(Deserialize)]
        struct Layout {
            format: u32,
        }
        let payload = searcher.payload();
        let manifest = match serde_json::from_str::<Layout>(payload) {
            Ok(layout) if layout.format != FORMAT => return Err(StoreError::OtherVersion { path: path() }),
            Ok(_) => serde_json::from_str(payload),
            Err(error) => Err(error),
        };
        match manifest {
            Ok(manifest) => Ok(Some(Self { searcher, manifest })),
            Err(error) => Err(StoreError::Damaged { path: path(), message: error.to_string() }),
        }
    }

    /// Whether there is a newer commit.
    pub(super) fn is_superseded(&self, folder: &IndexFolder) -> bool {
        matches!(Self::open(folder), Ok(Some(newer)) if newer.manifest != self.manifest)
    }

    /// Maps the graph; says why, where it cannot be read.
    pub(super) fn graph(&self, folder: &IndexFolder) -> Result<KnowledgeGraph, String> {
        let path = folder.kept(Kept::Graph, &self.manifest.graph);
        let mapped = snapshot::map(&path).map_err(|error| format!("the graph file cannot be read ({error})"))?;
        let graph = KnowledgeGraph::from_bytes(mapped).map_err(|error| error.to_string())?;
        if graph.content_id() == self.manifest.graph {
            Ok(graph)
        } else {
            Err("the graph file is another one".to_owned())
        }
    }

    /// The graph, read through and found whole.
    pub(super) fn whole_graph(&self, folder: &IndexFolder) -> Option<KnowledgeGraph> {
        self.graph(folder).ok().filter(|graph| graph.verify().is_ok())
    }

    /// Reads the lexicon; nothing where it is missing or damaged.
    pub(super) fn lexicon(&self, folder: &IndexFolder) -> Option<Lexicon> {
        postcard::from_bytes(&whole(folder, Kept::Lexicon, &self.manifest.lexicon)?).ok()
    }

    /// Reads what all notes introduce; nothing where it is missing or damaged.
    pub(super) fn sum(&self, folder: &IndexFolder) -> Option<Sum> {
        postcard::from_bytes(&whole(folder, Kept::Sum, &self.manifest.sum)?).ok()
    }

    /// Whether the files of names are there and whole.
    pub(super) fn has_names(&self, folder: &IndexFolder) -> bool {
        let NamesId { lexicon, sum } = self.manifest.names();
        [(Kept::Lexicon, lexicon), (Kept::Sum, sum)].iter().all(|(kind, id)| whole(folder, *kind, id).is_some())
    }
}

/// The bytes of a file that a commit names, where they are those that it means.
fn whole(folder: &IndexFolder, kind: Kept, id: &str) -> Option<Vec<u8>> {
    std::fs::read(folder.kept(kind, id)).ok().filter(|bytes| content_id(bytes) == id)
}

/// A name for bytes: equal bytes, equal name.
pub(crate) fn content_id(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}
