//! Adds one decision to the text of a `quipu.toml` and leaves every other byte as it is.
//!
//! In: the text of the file (empty where there is none) and a [`Decision`]. Out: the new text and
//! the line that was written, or nothing where the file says so already. The place is found from
//! the spans of the parsed document, so comments, order and layout survive.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ConfigError, Overrides};
use crate::text::{LineNumber, Lines};

/// What `quipu same`, `not-same` and `ignore` decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Two names mean one concept; the first is the name shown.
    Same(String, String),
    /// Two names never mean one concept.
    NotSame(String, String),
    /// A word is no concept.
    Ignore(String),
}

/// A file with a decision added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The new text of the file.
    pub text: String,
    /// The line that holds the decision.
    pub line: LineNumber,
}

impl Decision {
    const fn key(&self) -> &'static str {
        match self {
            Self::Same(..) => "same-as",
            Self::NotSame(..) => "not-same-as",
            Self::Ignore(..) => "ignore",
        }
    }

    /// The line of a `quipu.toml` that decides so.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} = [{}]", self.key(), self.element())
    }

    /// The element of the key's list.
    fn element(&self) -> String {
        let quoted = |name: &str| toml::Value::String(name.to_owned()).to_string();
        match self {
            Self::Same(first, second) | Self::NotSame(first, second) => {
                format!("[{}, {}]", quoted(first), quoted(second))
            }
            Self::Ignore(word) => quoted(word),
        }
    }

    /// Whether the file decides so already; the order of two names does not matter.
    fn stands_in(&self, overrides: &Overrides) -> bool {
        let both = |group: &Vec<String>, a: &String, b: &String| group.contains(a) && group.contains(b);
        match self {
            Self::Same(a, b) => overrides.same_as.iter().any(|group| both(group, a, b)),
            Self::NotSame(a, b) => overrides.not_same_as.iter().any(|group| both(group, a, b)),
            Self::Ignore(word) => overrides.ignore.contains(word),
        }
    }
}

/// Writes `decision` into `text`; nothing where it stands there already.
///
/// # Errors
///
/// [`ConfigError`] when `text` is no valid file to begin with; then nothing may be written.
pub fn add(text: &str, decision: &Decision, is_kind: impl Fn(&str) -> bool) -> Result<Option<Edited>, ConfigError> {
    if decision.stands_in(&Overrides::parse(text, is_kind)?) {
        return Ok(None);
    }
    let document = DeTable::parse(text).expect("it was parsed a line above");
    let list = document.get_ref().iter().find(|(key, _)| key.get_ref() == decision.key()).map(|(_, value)| value);
    let (text, at) = match list {
        Some(list) => extend(text, list, &decision.element()),
        None => insert_key(text, &format!("{} = [{}]\n", decision.key(), decision.element())),
    };
    let line = Lines::new(&text).line_of(at);
    Ok(Some(Edited { text, line }))
}

/// Puts `element` at the end of a list: on its own line where the list's last element has one.
fn extend(text: &str, list: &Spanned<DeValue<'_>>, element: &str) -> (String, usize) {
    let DeValue::Array(elements) = list.get_ref() else { unreachable!("a valid file has a list here") };
    let close = list.span().end - 1;
    let Some(last) = elements.iter().last().map(Spanned::span) else {
        return splice(text, close, element);
    };
    let has_comma = starts_with_comma(&text[last.end..close]);
    let line_start = text[..last.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line_start..last.start];
    let close_line = text[..close].rfind('\n').map_or(0, |at| at + 1);
    if close_line <= last.end || !indent.trim().is_empty() {
        return splice(text, last.end, &format!(", {element}"));
    }
    let (mut text, mut at) = splice(text, close_line, &format!("{indent}{element},\n"));
    if !has_comma {
        text.insert(last.end, ',');
        at += 1;
    }
    (text, at)
}

/// Whether the first thing in `between` that is neither space nor comment is a comma.
fn starts_with_comma(between: &str) -> bool {
    let code = |line: &str| line.split('#').next().unwrap_or("").trim().to_owned();
    between.lines().map(code).find(|line| !line.is_empty()).is_some_and(|line| line.starts_with(','))
}

/// Puts a line with a key before everything but the comments that open the file.
fn insert_key(text: &str, line: &str) -> (String, usize) {
    // The mark of the encoding stays the first thing in the file.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = text.len() - body.len();
    let mut seen = at;
    for row in body.split_inclusive('\n') {
        let content = row.trim();
        if !content.is_empty() && !content.starts_with('#') {
            return splice(text, at, line);
        }
        seen += row.len();
        if content.is_empty() {
            at = seen;
        }
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let (text, start) = splice(text, text.len(), &format!("{gap}{line}"));
    (text, start + gap.len())
}

fn splice(text: &str, at: usize, piece: &str) -> (String, usize) {
    (format!("{}{piece}{}", &text[..at], &text[at..]), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str) -> Option<(u32, String)> {
        let decision = Decision::Same("A".to_owned(), "B \"x\"".to_owned());
        let edited = add(text, &decision, |_| true).unwrap()?;
        let again = add(&edited.text, &decision, |_| true).unwrap();
        assert_eq!(again, None, "what was written is read back");
        Some((edited.line.get(), edited.text))
    }

    #[test]
    fn a_missing_key_is_written_before_the_first_table_and_after_the_opening_comment() {
        assert_eq!(same(""), Some((1, "same-as = [[\"A\", 'B \"x\"']]\n".to_owned())));
        assert_eq!(
            same("# mine\n\n# kinds\n[kind]\nX = 'Y' # why\n"),
            Some((3, "# mine\n\nsame-as = [[\"A\", 'B \"x\"']]\n# kinds\n[kind]\nX = 'Y' # why\n".to_owned()))
        );
        assert_eq!(same("# only"), Some((2, "# only\nsame-as = [[\"A\", 'B \"x\"']]\n".to_owned())));
    }

    #[test]
    fn the_mark_of_the_encoding_stays_first() {
        let line = "same-as = [[\"A\", 'B \"x\"']]\n";
        assert_eq!(same("\u{feff} # mine"), Some((2, format!("\u{feff} # mine\n{line}"))));
        assert_eq!(same("\u{feff}[kind]\nX = 'Y'\n"), Some((1, format!("\u{feff}{line}[kind]\nX = 'Y'\n"))));
        assert_eq!(
            same("\u{feff}same-as = [['a','b']]\n"),
            Some((1, "\u{feff}same-as = [['a','b'], [\"A\", 'B \"x\"']]\n".to_owned()))
        );
    }

    #[test]
    fn a_list_grows_in_its_own_layout() {
        assert_eq!(
            same("same-as=[ ['a','b'] ] # c\n"),
            Some((1, "same-as=[ ['a','b'], [\"A\", 'B \"x\"'] ] # c\n".to_owned()))
        );
        assert_eq!(
            same("same-as = [\n  ['a','b'] # one\n]\nignore = []\n"),
            Some((3, "same-as = [\n  ['a','b'], # one\n  [\"A\", 'B \"x\"'],\n]\nignore = []\n".to_owned()))
        );
        assert_eq!(
            same("same-as = [\n  ['a','b'], # one, two\n]\n"),
            Some((3, "same-as = [\n  ['a','b'], # one, two\n  [\"A\", 'B \"x\"'],\n]\n".to_owned()))
        );
        assert_eq!(same("same-as = [ ]"), Some((1, "same-as = [ [\"A\", 'B \"x\"']]".to_owned())));
    }

    #[test]
    fn what_stands_there_is_not_written_again_and_a_broken_file_is_left_alone() {
        assert_eq!(same("same-as = [['B \"x\"', 'c', 'A']]"), None);
        let ignore = Decision::Ignore("x".to_owned());
        assert_eq!(add("ignore = ['x']", &ignore, |_| true).unwrap(), None);
        assert!(add("ignore = [", &ignore, |_| true).is_err());
    }
}
