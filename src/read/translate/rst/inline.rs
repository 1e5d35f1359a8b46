//! Marks in running words: code, emphasis, links, roles and substitutions.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use crate::read::translate::lines::{attribute, escape, keep_lines};

/// Everything that may be a mark.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?s)``.+?``|(?::[A-Za-z][\w:.+-]*:)?`[^`]+`_{0,2}|\*\*[^*]+\*\*|\*[^\s*][^*]*\*",
        r"|\|[^|\s][^|\n]*\||\[[\w.#*-]+\]_|[A-Za-z0-9][A-Za-z0-9.-]*_\b|[A-Za-z0-9]+_|\\(?s:.)",
    ))
    .expect("the tests use it")
});

/// Roles whose words are code.
const CODE: [&str; 14] = [
    "code", "literal", "func", "meth", "class", "mod", "attr", "data", "const", "exc", "file", "samp", "envvar",
    "option",
];

/// What names mean in a file: targets of links, and words of substitutions.
#[derive(Default)]
pub(super) struct Names {
    pub(super) targets: HashMap<String, String>,
    pub(super) words: HashMap<String, String>,
}

impl Names {
    /// The names that the lines of a file define.
    pub(super) fn find(text: &str) -> Self {
        let mut names = Self::default();
        for line in text.lines() {
            let line = line.trim();
            let Some(rest) = line.strip_prefix(".. ") else { continue };
            if let Some((name, target)) = rest.strip_prefix('_').and_then(|rest| rest.split_once(": ")) {
                names.targets.insert(key(name), target.trim().to_owned());
            } else if let Some((name, words)) = rest.strip_prefix('|').and_then(|rest| rest.split_once("| replace::")) {
                names.words.insert(key(name), words.trim().to_owned());
            }
        }
        names
    }

    /// The words of a paragraph as HTML of as many lines.
    pub(super) fn inline(&self, text: &str) -> String {
        let mut html = String::with_capacity(text.len() + text.len() / 8);
        let mut at = 0;
        for found in MARK.find_iter(text) {
            html.push_str(&escape(&text[at..found.start()]));
            let before = text[..found.start()].chars().next_back();
            html.push_str(&keep_lines(found.as_str(), &self.mark(found.as_str(), before)));
            at = found.end();
        }
        html.push_str(&escape(&text[at..]));
        html
    }

    fn mark(&self, mark: &str, before: Option<char>) -> String {
        let inside_word = before.is_some_and(char::is_alphanumeric);
        if let Some(code) = mark.strip_prefix("``") {
            return format!("<code>{}</code>", escape(code.trim_end_matches('`')));
        }
        if let Some(escaped) = mark.strip_prefix('\\') {
            return if escaped.trim().is_empty() { String::new() } else { escape(escaped).into_owned() };
        }
        if mark.starts_with('`') || mark.starts_with(':') && mark.contains('`') {
            return self.role(mark);
        }
        let inner = mark.trim_matches('*');
        match mark {
            _ if mark.starts_with("**") => format!("<b>{}</b>", escape(inner)),
            _ if mark.starts_with('*') && !inside_word => format!("<i>{}</i>", escape(inner)),
            _ if mark.starts_with('|') => self
                .words
                .get(&key(mark.trim_matches('|')))
                .map_or_else(|| escape(mark).into_owned(), |words| escape(words).into_owned()),
            _ if mark.starts_with('[') => String::new(),
            _ => {
                let name = mark.trim_end_matches('_');
                let target = self.targets.get(&key(name)).filter(|_| mark.ends_with('_') && !inside_word);
                target.map_or_else(|| escape(mark).into_owned(), |target| link(name, target))
            }
        }
    }

    /// `` :role:`words` ``, `` `words <target>`_ `` or `` `words`_ ``.
    fn role(&self, mark: &str) -> String {
        let (role, rest) = mark.split_once('`').unwrap_or(("", mark));
        let (inner, end) = rest.rsplit_once('`').unwrap_or((rest, ""));
        let role = role.trim_matches(':').rsplit(':').next().unwrap_or("");
        let (shown, target) = match inner.rsplit_once('<') {
            Some((shown, target)) => (shown.trim_end(), target.strip_suffix('>')),
            None => (inner, None),
        };
        let shown = if shown.is_empty() { target.unwrap_or("") } else { shown };
        match (role, target) {
            ("", Some(target)) if !end.is_empty() => link(shown, target.trim_end_matches('_')),
            ("", None) if !end.is_empty() => {
                self.targets.get(&key(inner)).map_or_else(|| escape(inner).into_owned(), |target| link(inner, target))
            }
            ("doc", target) => link(shown, target.unwrap_or(shown)),
            (role, _) if CODE.contains(&role) => {
                format!("<code>{}</code>", escape(shown.trim_start_matches(['~', '!'])))
            }
            ("", _) => format!("<i>{}</i>", escape(inner)),
            _ => escape(shown.trim_start_matches(['~', '!'])).into_owned(),
        }
    }
}

fn link(shown: &str, target: &str) -> String {
    let mut html = String::new();
    write!(html, "<a href=\"{}\">{}</a>", attribute(target), escape(shown))
        .expect("a string takes all that is written");
    html
}

/// A name as it is compared.
fn key(name: &str) -> String {
    crate::text::fold(name.trim_matches('`'))
}
