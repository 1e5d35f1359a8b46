//! A vault for Obsidian: a note a concept, with its relations as links and their quotes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::sheet::{Field, Sheet, SheetEdge, SheetNode};
use super::url;
use crate::render::escape;

/// The notes of the vault: file name and text, by file name. Names are safe on every file system.
///
/// Writing them, and never into a folder that quipu reads, is the caller's part.
#[must_use]
pub fn obsidian(sheet: &Sheet) -> BTreeMap<String, String> {
    let files = file_names(sheet);
    let mut edges: Vec<Vec<(&SheetEdge, usize)>> = vec![Vec::new(); sheet.nodes.len()];
    for edge in &sheet.edges {
        edges[edge.source].push((edge, edge.target));
        if edge.source != edge.target {
            edges[edge.target].push((edge, edge.source));
        }
    }
    let text = |at: usize| note(sheet, at, &edges[at], &files);
    files.iter().enumerate().map(|(at, file)| (format!("{file}.md"), text(at))).collect()
}

fn note(sheet: &Sheet, at: usize, edges: &[(&SheetEdge, usize)], files: &[String]) -> String {
    let node = &sheet.nodes[at];
    let mut text = front_matter(node);
    push(&mut text, &format!("# {}\n", markdown(&node.name)));
    if let Some(definition) = node.definition() {
        push(&mut text, &format!("{}\n", markdown(&definition)));
    }
    for (edge, other) in edges {
        let arrow = match (edge.symmetric, edge.source == at) {
            (true, _) => "—",
            (false, true) => "→",
            (false, false) => "←",
        };
        let link = link(&sheet.nodes[*other].name, &files[*other]);
        push(&mut text, &format!("- {} {arrow} {link}", markdown(&edge.relation_type)));
        for place in &edge.evidence {
            let at = crate::read::place(&place.path, place.line);
            push(&mut text, &format!("  - {} ({})", markdown(&place.quote), markdown(&at)));
        }
    }
    text
}

fn push(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a string takes all that is written");
}

fn front_matter(node: &SheetNode) -> String {
    let mut text = String::from("---\n");
    let mut names = vec![Field::Text(node.name.clone())];
    if let Some(Field::List(aliases)) = node.properties.get("aliases") {
        names.extend(aliases.iter().cloned());
    }
    push(&mut text, "aliases:");
    for name in names {
        push(&mut text, &format!("  - {}", yaml(&name.text(" "))));
    }
    push(&mut text, &format!("kind: {}", yaml(&node.kind)));
    text.push_str("---\n\n");
    text
}

/// Text of YAML in double quotes; JSON's quoting is YAML's.
fn yaml(words: &str) -> String {
    crate::render::string(|out| crate::render::json_line(words, out)).trim_end().to_owned()
}

/// The one quoting function of Markdown: what shows as just `words`, on one line.
#[must_use]
pub fn markdown(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len());
    for letter in escape::shown(words).chars() {
        match letter {
            '&' => quoted.push_str("&amp;"),
            '<' => quoted.push_str("&lt;"),
            '>' => quoted.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '%' | '=' | '^' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            plain => quoted.push(plain),
        }
    }
    guard_start(&quoted)
}

/// A list mark or a number with a stop at the beginning is no list.
fn guard_start(words: &str) -> String {
    let digits = words.len() - words.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let rest = &words[digits..];
    if rest.starts_with(['.', ')']) && digits > 0 || digits == 0 && words.starts_with(['-', '+']) {
        return format!("{}\\{rest}", &words[..digits]);
    }
    words.to_owned()
}

/// A link to the note in `file` that shows `name`: a wikilink, or, as these know no escapes, a link of Markdown.
fn link(name: &str, file: &str) -> String {
    let shown = markdown(name);
    if shown == name { format!("[[{file}|{name}]]") } else { format!("[{shown}]({}.md)", url::part(file)) }
}

/// A file name without ending for each node, unique whatever the file system thinks of case.
fn file_names(sheet: &Sheet) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let unique = |node: &SheetNode| {
        let plain = file_name(&node.name);
        let tries = std::iter::once(plain.clone()).chain((2_u64..).map(|number| format!("{plain} {number}")));
        let mut free = tries.filter(|name| taken.insert(name.to_lowercase()));
        free.next().unwrap_or(plain)
    };
    sheet.nodes.iter().map(unique).collect()
}

/// `name` without what file systems, links or Obsidian forbid in names.
fn file_name(name: &str) -> String {
    let forbidden = |letter: char| escape::is_hidden(letter) || "\\/:*?\"<>|#^[]%".contains(letter);
    let plain: String = name.chars().map(|letter| if forbidden(letter) { ' ' } else { letter }).collect();
    let plain = crate::text::fold_spaces(&plain);
    let short: String = plain.trim_matches(['.', ' ']).chars().take(60).collect();
    let short = short.trim_end_matches(['.', ' ']).to_owned();
    let reserved = ["con", "prn", "aux", "nul"];
    let lower = short.to_lowercase();
    let stem = lower.split('.').next().unwrap_or("");
    let port = (stem.starts_with("com") || stem.starts_with("lpt")) && stem.len() == 4;
    if short.is_empty() {
        "unnamed".into()
    } else if reserved.contains(&stem) || port {
        format!("{short} concept")
    } else {
        short
    }
}
