//! The limits of notes and of the graph. They are part of what an index is made from: the same notes
//! give the same graph, so only the size of a note can be chosen, and what goes past the others is told.

/// A limit that notes or the graph have.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// What it bounds.
    pub what: &'static str,
    /// How much is allowed.
    pub value: u64,
    /// Whether it counts bytes.
    pub bytes: bool,
    /// The option that raises it.
    pub option: Option<&'static str>,
    /// What happens past it.
    pub beyond: &'static str,
}

/// The largest note, in bytes.
pub const NOTE_SIZE: u64 = 16 << 20;
/// The longest front matter, in bytes.
pub const FRONT_MATTER: usize = 64 << 10;
/// How deep front matter may nest.
pub const FRONT_MATTER_DEPTH: usize = 32;
/// The most YAML aliases (`*name`) in front matter.
pub const FRONT_MATTER_ALIASES: usize = 1_000;
/// Folders inside each other.
pub const FOLDERS: usize = 256;
/// Relations that one block (a line, an item, a paragraph) can state.
pub const BLOCK_RELATIONS: usize = 64;
/// Relations that one note can state.
pub const NOTE_RELATIONS: usize = 20_000;
/// Places that are given for one relation.
pub const EVIDENCE: usize = 100;
/// The most bytes that a document may become, archives unpacked.
pub const DOCUMENT_SIZE: u64 = 50 << 20;
/// How many times larger than packed a part of a document may be, from 1 MiB on.
pub const DOCUMENT_RATIO: u64 = 100;
/// Files that the archive of a document may hold; few of them are unpacked.
pub const DOCUMENT_ENTRIES: usize = 10_000;
/// Pages or slides of a document.
pub const DOCUMENT_PAGES: usize = 5_000;
/// Seconds of work that reading a document may take.
pub const DOCUMENT_SECONDS: u64 = 20;
/// Memory that reading a document may take, in bytes.
pub const DOCUMENT_MEMORY: u64 = 1 << 30;

/// Every limit of notes and of the graph.
pub const FIXED: [Fixed; 14] = [
    Fixed {
        what: "Size of a note",
        value: NOTE_SIZE,
        bytes: true,
        option: Some("ingest --note-size"),
        beyond: "the note is skipped, and named with the reason",
    },
    Fixed {
        what: "What a document unpacks to",
        value: DOCUMENT_SIZE,
        bytes: true,
        option: None,
        beyond: "the document is skipped, and named with the reason",
    },
    Fixed {
        what: "How many times its size a part of a document unpacks to, from 1M on",
        value: DOCUMENT_RATIO,
        bytes: false,
        option: None,
        beyond: "the document is skipped, and named with the reason",
    },
    Fixed {
        what: "Files in the archive of a document",
        value: DOCUMENT_ENTRIES as u64,
        bytes: false,
        option: None,
        beyond: "the document is skipped, and named with the reason",
    },
    Fixed {
        what: "Pages or slides of a document",
        value: DOCUMENT_PAGES as u64,
        bytes: false,
        option: None,
        beyond: "the document is skipped, and named with the reason",
    },
    Fixed {
        what: "Seconds of work on a document",
        value: DOCUMENT_SECONDS,
        bytes: false,
        option: None,
        beyond: "the document is skipped, and named with the reason",
    },
    Fixed {
        what: "Memory of work on a document",
        value: DOCUMENT_MEMORY,
        bytes: true,
        option: None,
        beyond: "the document is skipped, and named with the reason",
    },
    Fixed {
        what: "Folders inside each other",
        value: FOLDERS as u64,
        bytes: false,
        option: None,
        beyond: "what lies deeper is not read",
    },
    Fixed {
        what: "Front matter of a note",
        value: FRONT_MATTER as u64,
        bytes: true,
        option: None,
        beyond: "it is read as text, with a warning",
    },
    Fixed {
        what: "Nesting of front matter",
        value: FRONT_MATTER_DEPTH as u64,
        bytes: false,
        option: None,
        beyond: "it is read as text, with a warning",
    },
    Fixed {
        what: "YAML aliases in front matter",
        value: FRONT_MATTER_ALIASES as u64,
        bytes: false,
        option: None,
        beyond: "it is read as text, with a warning",
    },
    Fixed {
        what: "Relations that one line, item or paragraph states",
        value: BLOCK_RELATIONS as u64,
        bytes: false,
        option: None,
        beyond: "further ones are left out, with a warning",
    },
    Fixed {
        what: "Relations that one note states",
        value: NOTE_RELATIONS as u64,
        bytes: false,
        option: None,
        beyond: "further ones are left out, with a warning",
    },
    Fixed {
        what: "Places given for one relation",
        value: EVIDENCE as u64,
        bytes: false,
        option: None,
        beyond: "further ones are counted, not listed",
    },
];
