//! What sort of thing a concept is: a closed list, each also a label of its node.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident),+ $(,)?) => {
        /// The kind of a concept. The order is that of the list in the documentation.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($(#[$meta])* $kind),+ }

        impl Kind {
            /// Every kind, in order.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The name, which is also the node's label.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind)),+ }
            }
        }
    };
}

kinds! {
    /// Where data lie: file systems, object stores, disks, data lakes.
    Storage,
    /// Databases of any model.
    Database,
    /// Analytical warehouses.
    Warehouse,
    /// What moves data in: collectors, connectors, replication.
    Ingestion,
    /// Queues, logs and brokers.
    Messaging,
    /// Engines that compute over data.
    Processing,
    /// Schedulers and workflow managers.
    Orchestration,
    /// File and data formats.
    Format,
    /// Languages for programs, queries and markup.
    Language,
    /// Libraries and frameworks for programmers.
    Library,
    /// Wire protocols and interfaces.
    Protocol,
    /// Standards, certifications and laws.
    Standard,
    /// Services that a provider runs.
    Service,
    /// Machines, images, containers and functions.
    Compute,
    /// Networks, balancers, name services.
    Network,
    /// Identity, access and encryption.
    Security,
    /// Metrics, logs, traces and audits.
    Monitoring,
    /// Programs people use.
    Tool,
    /// Ways to build systems.
    Architecture,
    /// Ways to work: techniques, algorithms, practices.
    Method,
    /// What people are.
    Role,
    /// Companies, foundations, teams.
    Organisation,
    /// Any other term.
    #[default]
    Term,
}

impl Kind {
    /// The kind of that name, whatever its case; also plurals (`formats`, `libraries`).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL.iter().copied().find(|kind| {
            let own = kind.name().to_lowercase();
            name == own
                || name == format!("{own}s")
                || own.strip_suffix('y').is_some_and(|stem| name == format!("{stem}ies"))
        })
    }
}
