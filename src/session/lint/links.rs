//! Finds links that lead to no note.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Checked, Citer, finding};
use crate::graph::Resolution;
use crate::render::cited::{Citation, LintFinding, Severity};
use crate::text::fold;

/// One finding for each name that no note has, with every link to it. A name that is a concept elsewhere in
/// the notes is a note that could be written; any other is likely a slip.
pub(super) fn dead(citer: Citer<'_>, notes: &[Checked]) -> Vec<LintFinding> {
    let known = known_names(notes);
    let mut dead: BTreeMap<&str, Vec<Citation>> = BTreeMap::new();
    for note in notes {
        for link in note.meta.links.iter().filter(|link| !leads(&known, &link.target)) {
            dead.entry(&link.target).or_default().push(Citation {
                path: (citer.locate)(&note.meta.path),
                line: link.position.line.get(),
                column: link.position.column,
                ..Citation::default()
            });
        }
    }
    let report = |(target, places): (&str, Vec<Citation>)| {
        let is_concept = matches!(citer.graph.resolve(target), Resolution::Unique(_));
        let (severity, hint) = match is_concept {
            true => {
                (Severity::Note, "it is a concept of other notes; a note of its own would hold what is known of it")
            }
            false => (Severity::Warning, "write the note, or name one that exists"),
        };
        finding(Check::DeadLinks, severity, format!("no note is named `{target}`"), places, hint)
    };
    dead.into_iter().map(report).collect()
}

/// Every name a link may use: path, file name, title and aliases of each note.
fn known_names(notes: &[Checked]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for note in notes {
        let path = without_ending(&note.meta.path);
        let parts: Vec<&str> = path.split('/').collect();
        known.extend((0..parts.len()).map(|from| fold(&parts[from..].join("/"))));
        known.insert(fold(&note.meta.title));
        known.extend(note.meta.aliases.iter().map(|alias| fold(&alias.text)));
    }
    known
}

/// Whether a link leads to a note, or to something that is no note.
fn leads(known: &BTreeSet<String>, target: &str) -> bool {
    let relative = target.trim_start_matches("./").trim_start_matches("../").trim_start_matches('/');
    target.is_empty()
        || target.contains("://")
        || is_attachment(target)
        || known.contains(&fold(relative))
        || known.contains(&fold(without_ending(relative)))
}

/// Pictures, documents and the like, which quipu does not index.
fn is_attachment(target: &str) -> bool {
    const NOTES: [&str; 6] = ["md", "markdown", "txt", "text", "org", "html"];
    let ending = target.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        let plain = (2..=5).contains(&ending.len()) && ending.chars().all(|letter| letter.is_ascii_alphanumeric());
        plain && ending.chars().any(|letter| letter.is_ascii_alphabetic()) && !NOTES.contains(&ending)
    })
}

fn without_ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.contains(' ') => &path[..path.len() - ending.len() - 1],
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_by_path_name_title_and_to_pictures() {
        let known = ["aws/redshift", "redshift", "amazon redshift"].map(String::from).into_iter().collect();
        for target in ["Redshift", "aws/Redshift", "../aws/redshift.md", "Amazon Redshift", "", "shot.png"] {
            assert!(leads(&known, target), "{target}");
        }
        assert!(!leads(&known, "Snowflake"));
        assert!(!leads(&known, "node.js notes"));
    }
}
