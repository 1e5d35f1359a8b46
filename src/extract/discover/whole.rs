//! What the note as a whole introduces: its title, its other names, its tags.

use super::Signal;
use super::collect::Collected;
use crate::extract::english::is_class_noun;
use crate::extract::phrase::{heading_name, is_generic_phrase};
use crate::extract::word::{Shape, Words, name_key};
use crate::read::Note;

/// The title, its other names and the tags.
pub(super) fn whole_note(note: &Note, collected: &mut Collected) {
    let title = title_of(note);
    let named = heading_name(title).or_else(|| thing(title)).filter(|_| title_is_a_name(title));
    if named != Some(title) && !asks_what(title) && title.split_whitespace().count() > 2 && title_is_a_name(title) {
        collected.add(title, if asks(title) { Signal::Question } else { Signal::WholeTitle });
    }
    if let Some(title) = named {
        collected.add(title, Signal::Title);
        collected.title = Some((name_key(title), title.into()));
        for alias in &note.aliases {
            collected.add(&alias.text, Signal::Title);
            collected.pair(title, &alias.text, "front-matter", alias.position);
        }
    }
    for tag in &note.tags {
        if let Some(name) = tag.text.rsplit('/').next().map(|name| name.replace(['-', '_'], " "))
            && !is_generic_phrase(&Words::new(&name))
            && !name_key(&name).is_empty()
        {
            collected.add(&name, Signal::Tag);
        }
    }
}

/// Whether the title says no more than that it is about the name in it.
fn asks_what(title: &str) -> bool {
    const OPENINGS: &[&str] =
        &["what is ", "what are ", "what's ", "who is ", "introduction to ", "intro to ", "overview of ", "about "];
    OPENINGS.iter().any(|opening| title.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)))
}

/// Whether the title is a question: `How do I become a Data Engineer`.
fn asks(title: &str) -> bool {
    let opening = title.split(' ').next().unwrap_or("").to_lowercase();
    let asking =
        ["are", "can", "do", "does", "how", "is", "should", "what", "when", "where", "which", "who", "why", "will"];
    asking.contains(&opening.as_str())
}

/// What a note is called: its title, or its file's name where the title is a heading that any text may have (`Overview`).
pub(in crate::extract) fn title_of(note: &Note) -> &str {
    let file = note.path.rsplit('/').next().unwrap_or(&note.path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if is_generic_phrase(&Words::new(&note.title)) && !stem.is_empty() { stem } else { note.title.trim() }
}

/// Front matter and real files give titles; export names such as `001_5dc919fe` are none.
fn title_is_a_name(title: &str) -> bool {
    let digits = title.chars().filter(char::is_ascii_digit).count();
    let words = Words::new(title);
    let numbered =
        title.contains('_') && title.split(['_', '-']).any(|part| part.chars().all(|letter| letter.is_ascii_digit()));
    digits * 3 <= title.len() && !numbered && words.all().iter().any(|word| word.shape != Shape::Number)
}

/// A title that is one word for a class of things (`Service`), unless any text about a thing has such a part.
fn thing(title: &str) -> Option<&str> {
    const PARTS: &[&str] =
        &["architecture", "feature", "practice", "principle", "solution", "structure", "type", "view"];
    let words = Words::new(title);
    let [word] = words.all() else { return None };
    let noun = words.singular(word);
    (is_class_noun(noun) && !PARTS.contains(&noun)).then_some(title.trim())
}
