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
    ("pipeline.md", 8, &["pipeline.org", "pipeline.ipynb", "pipeline.html", "pipeline.rst", "pipeline.adoc"]),
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
