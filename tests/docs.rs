//! What the pages for users say is true: each line of their tables is read and gives what stands there, each command that
//! they show prints what they show.

#![expect(clippy::unwrap_used, reason = "a helper of a test may stop it")]

use std::fs;
use std::path::Path;
use std::process::Command;

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

/// The commands that a page shows, each with what it prints. A command goes on to the next line while a quotation mark is open.
fn commands(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let mut shown: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let quoted = |command: &str| command.matches('"').count() % 2 == 1;
        if let Some(command) = line.strip_prefix("$ quipu ") {
            open = true;
            shown.push((command.to_owned(), String::new()));
        } else if line.starts_with("```") {
            open = false;
        } else if let Some((command, printed)) = shown.last_mut().filter(|_| open) {
            let into = if quoted(command) { command } else { printed };
            into.push_str(&format!("\n{line}"));
        }
    }
    shown.into_iter().map(|(command, printed)| (command, printed.trim().to_owned())).collect()
}

/// Whether `printed` is what a page shows, where `…` at the end of a line stands for the rest of it, and alone for all that follows.
fn is_shown(shown: &str, printed: &str) -> bool {
    let mut printed = printed.lines();
    for line in shown.lines() {
        if line == "…" {
            return true;
        }
        let same = |printed: &str| line.strip_suffix('…').map_or(line == printed, |start| printed.starts_with(start));
        if !printed.next().is_some_and(same) {
            return false;
        }
    }
    printed.next().is_none()
}

#[test]
fn every_command_that_a_page_shows_prints_what_it_shows() {
    let index = tempfile::tempdir().unwrap();
    let quipu = |arguments: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{} {arguments} 2>&1", env!("CARGO_BIN_EXE_quipu"))]);
        command.env("QUIPU_INDEX", index.path().join("index")).current_dir(env!("CARGO_MANIFEST_DIR"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    quipu("ingest corpus");
    let shown: Vec<(String, String)> = ["README.md", "docs/query-language.md"].into_iter().flat_map(commands).collect();
    let stale: Vec<String> = shown
        .iter()
        .map(|(command, shown)| (command, shown, quipu(command)))
        .filter(|(_, shown, printed)| !is_shown(shown, printed.trim()))
        .map(|(command, shown, printed)| format!("$ quipu {command}\n--- shown\n{shown}\n--- printed\n{printed}"))
        .collect();
    assert!(shown.len() > 8, "{}", shown.len());
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}
