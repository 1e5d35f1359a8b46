//! The kind of a concept that no one states.

use rustc_hash::FxHashMap;

use crate::config::Overrides;
use crate::extract::Kind;
use crate::extract::word::Words;
use crate::text::fold;

/// The kinds that the user states, by folded name.
pub(super) struct Kinds(FxHashMap<String, Kind>);

impl Kinds {
    pub(super) fn new(overrides: &Overrides) -> Self {
        let stated = overrides.kinds.iter().rev().filter_map(|(name, kind)| Some((fold(name), Kind::named(kind)?)));
        Self(stated.collect())
    }

    /// The user's kind, the vocabulary's, or the one that the name's last word tells.
    pub(super) fn of(&self, name: &str, known: Option<Kind>) -> Kind {
        self.0.get(&fold(name)).copied().or(known).unwrap_or_else(|| kind_by_noun(name))
    }
}

/// The kind that the last word tells: `leader node` is Compute.
fn kind_by_noun(name: &str) -> Kind {
    let words = Words::new(name);
    let Some(last) = words.all().last() else { return Kind::Term };
    match words.singular(last) {
        "database" | "db" | "datastore" => Kind::Database,
        "warehouse" => Kind::Warehouse,
        "storage" | "store" | "lake" | "bucket" | "table" | "filesystem" | "volume" | "disk" => Kind::Storage,
        "ingestion" | "connector" | "collector" | "crawler" => Kind::Ingestion,
        "queue" | "broker" | "topic" | "bus" | "messaging" => Kind::Messaging,
        "engine" | "processing" | "processor" => Kind::Processing,
        "scheduler" | "orchestrator" | "workflow" | "orchestration" => Kind::Orchestration,
        "format" | "codec" => Kind::Format,
        "language" => Kind::Language,
        "library" | "framework" | "package" | "sdk" | "plugin" => Kind::Library,
        "protocol" | "api" | "interface" => Kind::Protocol,
        "standard" | "certification" | "regulation" => Kind::Standard,
        "service" => Kind::Service,
        "node" | "cluster" | "instance" | "machine" | "server" | "container" | "slice" => Kind::Compute,
        "network" | "gateway" | "balancer" | "proxy" | "subnet" => Kind::Network,
        "policy" | "permission" | "firewall" | "encryption" | "authentication" | "federation" => Kind::Security,
        "monitoring" | "metric" | "alert" | "log" => Kind::Monitoring,
        "tool" | "application" | "app" | "client" | "editor" | "console" => Kind::Tool,
        "architecture" | "model" | "pattern" | "schema" | "pipeline" => Kind::Architecture,
        "method" | "technique" | "algorithm" | "practice" | "methodology" | "scaling" | "strategy" => Kind::Method,
        "engineer" | "architect" | "analyst" | "scientist" | "developer" | "administrator" => Kind::Role,
        _ => Kind::Term,
    }
}
