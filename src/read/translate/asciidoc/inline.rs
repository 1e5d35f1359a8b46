//! Marks in running words: code, emphasis, links and attributes.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::read::translate::lines::{attribute, escape, keep_lines};

/// Everything that may be a mark.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let marks = concat!(
        r"(?s)``[^`]+``|`[^`\s](?:[^`]*[^`\s])?`|\+\+[^+]+\+\+|\*\*[^*]+\*\*|__[^_]+__|\*[^*\s](?:[^*]*[^*\s])?\*|_[^_\s](?:[^_]*[^_\s])?_",
        r"|(?:https?|ftp|link|mailto|xref|image|footnote|kbd|btn|pass|icon|menu)::?[^\s\[\]<>]*\[[^\[\]]*\]|<<[^<>]+>>|\[\[[^\[\]]+\]\]",
        r"|\[[.%][^\[\]]*\]#[^#]+#|##[^#]+##|\{[A-Za-z][\w-]*\}|\\[*_`+#{]",
    );
    Regex::new(marks).expect("the tests use it")
});

/// The words of a paragraph as HTML of as many lines; `names` are the attributes of the file.
pub(super) fn inline(text: &str, names: &HashMap<String, String>) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    let mut at = 0;
    while let Some(found) = MARK.find_at(text, at) {
        let (mark, between) = (found.as_str(), &text[at..found.start()]);
        html.push_str(&escape(between));
        let before = text[..found.start()].chars().next_back();
        let after = text[found.end()..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let single = "*_`".contains(&mark[..1]) && mark.chars().nth(1) != mark.chars().next();
        if single && (is_word(before) || is_word(after)) {
            // Inside a word it is no mark: what follows it may be one.
            html.push_str(&mark[..1]);
            at = found.start() + 1;
            continue;
        }
        html.push_str(&keep_lines(mark, &marked(mark, names)));
        at = found.end();
    }
    html.push_str(&escape(&text[at..]));
    html
}

fn marked(mark: &str, names: &HashMap<String, String>) -> String {
    let tagged = |tag: &str, marks: &[char]| format!("<{tag}>{}</{tag}>", escape(mark.trim_matches(marks)));
    match mark.as_bytes()[0] {
        b'`' => tagged("code", &['`', '+']),
        b'+' => escape(mark.trim_matches('+')).into_owned(),
        b'*' => tagged("b", &['*']),
        b'_' => tagged("i", &['_']),
        b'#' => tagged("mark", &['#']),
        b'\\' => escape(&mark[1..]).into_owned(),
        b'{' => {
            let name = mark.trim_matches(['{', '}']).to_lowercase();
            names.get(&name).map_or_else(|| escape(mark).into_owned(), |value| escape(value).into_owned())
        }
        b'<' => {
            let inner = mark.trim_matches(['<', '>']);
            let (target, shown) = inner.split_once(',').unwrap_or((inner, inner));
            if target.contains(".adoc") { link(target, shown.trim()) } else { escape(shown.trim()).into_owned() }
        }
        b'[' if mark.starts_with("[[") => String::new(),
        b'[' => escape(mark.split_once('#').map_or("", |(_, words)| words.trim_end_matches('#'))).into_owned(),
        _ => named(mark),
    }
}

/// `https://address[shown]`, `link:path[shown]`, `xref:path[shown]`, `kbd:[keys]`.
fn named(mark: &str) -> String {
    let Some((target, shown)) = mark.strip_suffix(']').and_then(|mark| mark.split_once('[')) else {
        return escape(mark).into_owned();
    };
    let (name, rest) = target.split_once(':').unwrap_or(("", target));
    let shown = shown.split(',').next().unwrap_or("").trim().trim_end_matches('^').trim_matches('"');
    let rest = rest.trim_start_matches(':');
    match name {
        "image" | "icon" => format!("<img alt=\"{}\">", escape(shown).replace('"', "&quot;")),
        "footnote" => String::new(),
        "kbd" | "btn" | "menu" | "pass" => escape(shown).into_owned(),
        "link" | "xref" => link(rest, if shown.is_empty() { rest } else { shown }),
        _ => link(target, if shown.is_empty() { target } else { shown }),
    }
}

fn link(target: &str, shown: &str) -> String {
    let target = target
        .split('#')
        .next()
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .map_or(target, |target| target.strip_suffix(".adoc").unwrap_or(target));
    format!("<a href=\"{}\">{}</a>", attribute(target), escape(shown))
}
