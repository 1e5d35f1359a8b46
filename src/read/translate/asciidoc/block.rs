//! Lines → titles, lists, paragraphs and delimited blocks.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::inline::inline;
use super::table::table;
use crate::read::translate::lines::{Output, attribute, escape};

/// `term:: words`.
static TERM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\S(?:.*?\S)?)(:{2,4}|;;)(?:\s+(.*))?$"));

/// `[attributes]` or `[[anchor]]` on a line of its own.
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\[[^\[\]]*\]$|^\[\[[^\[\]]+\]\]$"));

/// `* `, `** `, `- `, `. `, `1. `, `<1> `.
static ITEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\*{1,6}|-|\.{1,6}|\d+\.|[a-z]\.|<(?:\d+|\.)>)\s+(\S.*)$"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns above are tested")
}

const DONE: &str = "<input type=checkbox checked>";

#[derive(Default)]
struct Asciidoc {
    names: HashMap<String, String>,
    out: Output,
    /// The marks of the lists around, outermost first.
    lists: Vec<String>,
    /// Whether the next line goes on with the paragraph.
    flows: bool,
    /// An item goes on behind its first paragraph.
    attached: bool,
    /// What the last `[...]` says.
    attributes: String,
    /// Whether a quote is open.
    quoted: bool,
    /// Whether author and version may stand here, below the title.
    in_header: bool,
}

/// AsciiDoc as HTML of as many lines.
pub(super) fn translate(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut asciidoc = Asciidoc::default();
    let mut at = 0;
    while at < lines.len() {
        at += asciidoc.block(&lines[at..]);
    }
    asciidoc.out.finish()
}

impl Asciidoc {
    /// Reads what begins with the first line; how many lines that were.
    fn block(&mut self, lines: &[&str]) -> usize {
        let line = lines[0].trim_end();
        let bare = line.trim_start();
        if bare.is_empty() {
            (self.flows, self.in_header) = (false, false);
            self.out.blank();
            return 1;
        }
        if let Some(count) = self.delimited(line, lines) {
            return count;
        }
        if bare.starts_with("//") || ATTRIBUTES.is_match(bare) && !self.flows {
            if bare.starts_with('[') {
                self.attributes = bare.to_owned();
            }
            self.out.blank();
            return 1;
        }
        if self.set(bare) || self.in_header {
            self.out.blank();
            return 1;
        }
        if bare == "+" && !self.lists.is_empty() {
            (self.attached, self.flows) = (true, false);
            self.out.blank();
            return 1;
        }
        if let Some((level, title)) = title(line).filter(|_| !self.flows) {
            self.leave_lists(0);
            let level = level.min(6);
            let html = format!("<h{level}>{}</h{level}>", self.inline(title));
            self.in_header = level == 1 && line.starts_with("= ");
            self.write(&html);
            return 1;
        }
        self.words(line, bare, lines)
    }

    /// `:name: value`.
    fn set(&mut self, bare: &str) -> bool {
        let Some((name, value)) = bare.strip_prefix(':').and_then(|rest| rest.split_once(':')) else { return false };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_!".contains(c));
        if is_name && !self.flows {
            self.names.insert(name.to_lowercase(), value.trim().to_owned());
        }
        is_name && !self.flows
    }

    fn write(&mut self, html: &str) {
        self.out.lines(html);
        self.attributes.clear();
    }

    fn words(&mut self, line: &str, bare: &str, lines: &[&str]) -> usize {
        if let Some(found) = ITEM.captures(bare) {
            let mark = match &found[1] {
                mark if mark.starts_with(|c: char| c.is_ascii_digit()) => "1.",
                mark if mark.starts_with('<') => "<1>",
                mark => mark,
            };
            return self.item(mark, &found[2], "<li>", lines);
        }
        if let Some(found) = TERM.captures(bare).filter(|_| !self.flows) {
            let (mark, words) = (format!(":{}", &found[2]), found.get(3).map_or("", |words| words.as_str()));
            let term = format!("<dt>{}<dd>", self.inline(&found[1]));
            return self.item(&mark, words, &term, lines);
        }
        if !self.flows && !self.attached && !self.lists.is_empty() && !line.starts_with(' ') {
            self.leave_lists(0);
        }
        let is_code = self.attributes.starts_with("[source") || self.attributes.starts_with("[listing");
        if (line.starts_with(' ') && self.lists.is_empty() || is_code) && !self.flows {
            return self.code(lines);
        }
        if bare.starts_with('.') && bare[1..].starts_with(|c: char| c.is_alphanumeric()) && !self.flows {
            let html = format!("<p><i>{}</i><p>", self.inline(&bare[1..]));
            self.out.lines(&html);
            return 1;
        }
        let quote = self.attributes.starts_with("[quote") && !self.flows;
        let before = match (quote, self.flows) {
            (true, _) => "<blockquote><p>",
            (false, true) => "",
            (false, false) => "<p>",
        };
        let count = Self::paragraph(lines, false);
        let text: Vec<&str> = std::iter::once(bare).chain(lines[1..count].iter().map(|line| line.trim())).collect();
        let html = format!("{before}{}", self.inline(&text.join("\n")));
        self.write(&html);
        if quote {
            self.out.close("</blockquote>");
        }
        (self.flows, self.attached) = (true, false);
        count
    }

    /// How many lines the paragraph has that begins here; what explains a term ends at the next term.
    fn paragraph(lines: &[&str], in_terms: bool) -> usize {
        let goes_on = |line: &&&str| {
            let bare = line.trim();
            let ends = bare.is_empty()
                || in_terms && TERM.is_match(bare)
                || bare == "+"
                || ITEM.is_match(bare)
                || delimiter(bare).is_some()
                || bare.starts_with("//");
            !ends && !ATTRIBUTES.is_match(bare) && !bare.starts_with("|===") && !bare.starts_with("```")
        };
        1 + lines[1..].iter().take_while(goes_on).count()
    }

    /// An item of the list with this mark; a mark that is not open yet opens a list inside.
    fn item(&mut self, mark: &str, words: &str, before: &str, lines: &[&str]) -> usize {
        let known = self.lists.iter().position(|open| open == mark);
        let mut html = String::new();
        match known {
            Some(depth) => self.leave_lists(depth + 1),
            None => {
                html = format!("<{}>", tag(mark));
                self.lists.push(mark.to_owned());
            }
        }
        let count = Self::paragraph(lines, mark.starts_with(':'));
        let task = |mark: &str, html| words.strip_prefix(mark).map(|words| (words, html));
        let done = || task("[x] ", DONE).or_else(|| task("[*] ", DONE));
        let (words, task) = task("[ ] ", "<input type=checkbox>").or_else(done).unwrap_or((words, ""));
        let text: Vec<&str> = std::iter::once(words).chain(lines[1..count].iter().map(|line| line.trim())).collect();
        html = format!("{html}{before}{task}{}", self.inline(&text.join("\n")));
        self.write(&html);
        (self.flows, self.attached) = (false, words.is_empty() && count == 1);
        count
    }

    fn leave_lists(&mut self, depth: usize) {
        for mark in self.lists.split_off(depth.min(self.lists.len())).iter().rev() {
            self.out.close(&format!("</{}>", tag(mark)));
        }
        self.attached = false;
    }

    /// A block between two lines of marks.
    fn delimited(&mut self, line: &str, lines: &[&str]) -> Option<usize> {
        if line.starts_with("|===") || line.starts_with("!===") {
            let rows = table(lines, &self.attributes, &self.names);
            let count = rows.len();
            self.write(&rows.join("\n"));
            return Some(count);
        }
        let fence = line.strip_prefix("```");
        let mark = if fence.is_some() { '`' } else { delimiter(line)? };
        if !self.attached {
            self.leave_lists(0);
        }
        self.flows = false;
        let end = if fence.is_some() { "```" } else { line };
        let inside = lines[1..].iter().take_while(|other| other.trim_end() != end).count();
        let count = (inside + 2).min(lines.len());
        match mark {
            '/' | '+' => (0..count).for_each(|_| self.out.blank()),
            '-' | '.' | '`' if line != "--" => {
                let named = fence.filter(|language| !language.is_empty()).map(str::to_owned);
                let language = named.unwrap_or_else(|| self.language());
                self.pre(&language, &lines[1..=inside], count - inside - 1);
            }
            '_' => {
                self.quoted = !self.quoted;
                let tag = if self.quoted { "<blockquote>" } else { "</blockquote>" };
                self.write(tag);
                return Some(1);
            }
            _ => {
                self.out.blank();
                return Some(1);
            }
        }
        Some(count)
    }

    /// Code after a line of marks, and before as many as there are.
    fn pre(&mut self, language: &str, code: &[&str], marks: usize) {
        let code: String = code.iter().map(|line| format!("\n{}", escape(line.trim_end()))).collect();
        let html = format!("<pre class=\"language-{}\">{code}{}</pre>", attribute(language), "\n".repeat(marks));
        self.write(&html);
    }

    /// A paragraph that is code.
    fn code(&mut self, lines: &[&str]) -> usize {
        let count = lines.iter().take_while(|line| !line.trim().is_empty()).count();
        let code: Vec<_> = lines[..count].iter().map(|line| escape(line.trim_end())).collect();
        let html = format!("<pre class=\"language-{}\">{}</pre>", attribute(&self.language()), code.join("\n"));
        self.write(&html);
        count
    }

    /// The language of `[source,language]`.
    fn language(&self) -> String {
        let inner = self.attributes.trim_matches(['[', ']']);
        let named = inner.starts_with("source").then(|| inner.split(',').nth(1)).flatten();
        named.unwrap_or("").trim().to_owned()
    }

    fn inline(&self, text: &str) -> String {
        inline(text, &self.names)
    }
}

/// A title: its level, and its words.
fn title(line: &str) -> Option<(usize, &str)> {
    let mark = line.chars().next().filter(|mark| "=#".contains(*mark))?;
    let level = line.chars().take_while(|c| *c == mark).count();
    let words = line[level..].strip_prefix(' ')?.trim();
    (level < 7 && !words.is_empty()).then(|| (level, words.trim_end_matches(mark).trim_end()))
}

/// The mark of a line that delimits a block.
fn delimiter(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|mark| "-.*_=+/".contains(*mark))?;
    let long = line.len() >= 4 || line == "--";
    (long && line.chars().all(|c| c == mark)).then_some(mark)
}

fn is_numbered(mark: &str) -> bool {
    mark.starts_with(['.', '1']) || mark.ends_with('.')
}

fn tag(mark: &str) -> &'static str {
    match mark {
        _ if mark.starts_with(':') => "dl",
        _ if is_numbered(mark) => "ol",
        _ => "ul",
    }
}
