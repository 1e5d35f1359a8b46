//! A note in another format says what its Markdown twin says. `tests/formats/README.md` tells how the samples were made.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quipu::config::Overrides;
use quipu::extract::Extractor;
use quipu::read::{Format, document, read};

/// What a sample says: its concepts, its relations, and the words of the file on the lines that say so.
struct Said {
    concepts: BTreeSet<String>,
    relations: BTreeSet<String>,
    lines: Vec<(String, String)>,
}

fn said(sample: &str) -> Said {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(sample)).unwrap();
    let format = Format::of_path(sample).unwrap();
    let bytes = if format.is_document() { document(format, &bytes).unwrap().into_bytes() } else { bytes };
    let file = String::from_utf8(bytes.clone()).unwrap();
    let extractor = Extractor::new(&Overrides::default());
    let (note, warnings) = read(sample, &bytes);
    assert!(warnings.is_empty(), "{sample}: {warnings:?}");
    let discovery = extractor.discover(&note);
    let lexicon = extractor.resolve([&discovery]);
    let claims = lexicon.linker().link(&note, &discovery);
    let relation =
        |claim: &quipu::extract::RelationClaim| format!("{} {} {}", claim.subject, claim.predicate, claim.object);
    let line = |claim: &quipu::extract::RelationClaim| {
        let line = file.lines().nth(claim.position.line.get() as usize - 1).unwrap_or_default();
        (claim.quote.clone(), line.to_owned())
    };
    Said {
        concepts: lexicon.concepts().iter().map(|concept| concept.name.to_string()).collect(),
        relations: claims.relations.iter().map(relation).collect(),
        lines: claims.relations.iter().map(line).collect(),
    }
}

/// Each note, how many relations it states at the least, and the samples that say the same.
const TWINS: &[(&str, usize, &[&str])] = &[
    (
        "pipeline.md",
        8,
        &[
            "pipeline.org",
            "pipeline.ipynb",
            "pipeline.html",
            "pipeline.rst",
            "pipeline.adoc",
            "pipeline.eml",
            "pipeline.mbox",
        ],
    ),
    ("stores.md", 5, &["stores.csv", "stores.tsv"]),
    #[cfg(feature = "documents")]
    ("pipeline.md", 8, &["pipeline.docx", "libreoffice.docx", "pipeline.epub", "pipeline.pdf", "chromium.pdf"]),
    #[cfg(feature = "documents")]
    ("deck.md", 7, &["deck.pptx"]),
];

#[test]
fn every_format_says_what_its_markdown_twin_says_on_its_own_lines() {
    for (twin, relations, samples) in TWINS {
        let expected = said(twin);
        assert!(expected.relations.len() >= *relations, "{:?}", expected.relations);
        for sample in *samples {
            let other = said(sample);
            assert_eq!(other.concepts, expected.concepts, "{sample}");
            assert_eq!(other.relations, expected.relations, "{sample}");
            for (quote, line) in &other.lines {
                let first = quote.split_whitespace().next().unwrap();
                assert!(line.contains(first), "{sample}: `{quote}` is not on the line `{line}`");
            }
        }
    }
}

#[test]
fn a_chat_is_what_is_said_in_it() {
    let said = ["Kafka feeds HDFS through Flume", "Spark reads from HDFS", "Redshift is a data warehouse", "see you"];
    let heads: [fn(usize) -> String; 3] = [
        |at| format!("[12.03.24, 09:1{at}:04] {}: ", ["Anna Schmidt", "Bob Miller"][at % 2]),
        |at| format!("12/03/2024, 09:1{at} - {}: ", ["Anna Schmidt", "Bob Miller"][at % 2]),
        |at| format!("[09:1{at}] <{}> ", ["anna", "Bob"][at % 2]),
    ];
    for head in heads {
        let chat: String = said.iter().enumerate().map(|(at, words)| format!("{}{words}\n", head(at))).collect();
        let extractor = Extractor::new(&Overrides::default());
        let (note, _) = read("chat.txt", chat.as_bytes());
        let discovery = extractor.discover(&note);
        let lexicon = extractor.resolve([&discovery]);
        let concepts: BTreeSet<&str> = lexicon.concepts().iter().map(|concept| &*concept.name).collect();
        // The last one is the title of the note.
        let expected = ["Flume", "HDFS", "Kafka", "Redshift", "Spark", "data warehouse", "chat"];
        assert_eq!(concepts, expected.into_iter().collect(), "{chat}");
        let claims = lexicon.linker().link(&note, &discovery);
        let lines: Vec<u32> = claims.relations.iter().map(|claim| claim.position.line.get()).collect();
        assert_eq!(lines, [1, 2, 3], "{chat}");
    }
}
