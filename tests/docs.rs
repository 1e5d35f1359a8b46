//! What the pages for users say of the extraction is true: each line of their tables is read and gives what stands there.

#![expect(clippy::unwrap_used, reason = "a helper of a test may stop it")]

use std::fs;
use std::path::Path;

use quipu::config::Overrides;
use quipu::extract::Extractor;
use quipu::read::read;

/// The rows of the tables headed `Written | Gives`: what is written, and the relation in words.
fn examples() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/relation-types.md");
    let text = fs::read_to_string(page).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "));
    let examples = rows.filter(|(_, gives)| gives.split(' ').any(|word| word.contains('_') || is_type(word)));
    examples.map(|(written, gives)| (written.replace(" ⏎ ", "\n"), gives.to_owned())).collect()
}

fn is_type(word: &str) -> bool {
    word.len() > 4 && word.chars().all(|letter| letter.is_ascii_uppercase())
}

/// The relations that a note of this text states, in words.
fn relations(extractor: &Extractor, text: &str) -> Vec<String> {
    let (note, _) = read("note.txt", text.as_bytes());
    let discovery = extractor.discover(&note);
    let lexicon = extractor.resolve([&discovery]);
    let claims = lexicon.linker().link(&note, &discovery);
    claims.relations.iter().map(|claim| format!("{} {} {}", claim.subject, claim.predicate, claim.object)).collect()
}

#[test]
fn every_wording_on_the_page_of_relation_types_gives_its_relation() {
    let extractor = Extractor::new(&Overrides::default());
    let examples = examples();
    let failed: Vec<String> = examples
        .iter()
        .map(|(written, gives)| (written, gives, relations(&extractor, written)))
        .filter(|(_, gives, found)| !found.contains(gives))
        .map(|(written, gives, found)| format!("{written}: {gives}, but {found:?}"))
        .collect();
    assert!(examples.len() > 25, "{}", examples.len());
    assert_eq!(failed, Vec::<String>::new());
}
