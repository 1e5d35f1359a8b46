//! Lines → titles, lists, paragraphs, directives.

use super::inline::Names;
use super::table::{is_border, table};
use crate::read::translate::lines::{Output, escape, indent};

/// What stands around the words.
struct Open {
    /// Lines indented by more belong to it; a list's own marks stand at it.
    indent: usize,
    /// Words inside are indented by so much, or they are a quote.
    content: usize,
    /// The tag of the element; nothing for the body of a directive.
    tag: &'static str,
}

struct Rst<'a> {
    lines: Vec<&'a str>,
    at: usize,
    names: Names,
    out: Output,
    open: Vec<Open>,
    /// The styles of titles, the highest first.
    styles: Vec<(char, bool)>,
}

/// Directives without words for a reader.
const UNREAD: [&str; 15] = [
    "image",
    "include",
    "toctree",
    "contents",
    "raw",
    "index",
    "meta",
    "math",
    "graphviz",
    "plot",
    "highlight",
    "default-role",
    "role",
    "sectnum",
    "testsetup",
];

/// Directives whose argument is words of the note.
const TITLED: [&str; 19] = [
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "danger",
    "hint",
    "attention",
    "error",
    "seealso",
    "versionadded",
    "versionchanged",
    "deprecated",
    "topic",
    "sidebar",
    "admonition",
    "rubric",
    "table",
    "list-table",
];

/// reStructuredText as HTML of as many lines.
pub(super) fn translate(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let names = Names::find(text);
    let mut rst = Rst { lines, at: 0, names, out: Output::default(), open: Vec::new(), styles: Vec::new() };
    while rst.at < rst.lines.len() {
        rst.block();
    }
    rst.out.finish()
}

impl Rst<'_> {
    fn block(&mut self) {
        let line = self.lines[self.at];
        if line.trim().is_empty() {
            return self.skip(1);
        }
        let indent = indent(line);
        if self.title() {
            return;
        }
        let mark = list_mark(line.trim());
        self.leave(indent, mark.map(|(tag, _)| tag));
        if let Some(rows) = self.table(line) {
            rows.iter().for_each(|row| self.out.lines(row));
            self.at += rows.len();
        } else if line.trim() == ".." || line.trim().starts_with(".. ") {
            self.explicit(indent);
        } else if let Some((tag, width)) = mark {
            self.item(indent, tag, width);
        } else if self.is_term(indent) {
            self.term(indent);
        } else {
            self.paragraph(indent);
        }
    }

    fn table(&self, line: &str) -> Option<Vec<String>> {
        let may = is_border(line) || line.trim().starts_with("+-");
        may.then(|| table(&self.lines[self.at..], &self.names)).flatten()
    }

    /// Passes over lines.
    fn skip(&mut self, count: usize) {
        let count = count.min(self.lines.len() - self.at);
        (0..count).for_each(|_| self.out.blank());
        self.at += count;
    }

    /// Ends what lines of this indent do not belong to.
    fn leave(&mut self, indent: usize, list: Option<&str>) {
        while let Some(open) = self.open.last() {
            let goes_on = match open.tag {
                "ul" | "ol" => indent > open.indent || indent == open.indent && list == Some(open.tag),
                "dl" => indent > open.indent || indent == open.indent && list.is_none() && self.is_term(indent),
                _ => indent >= open.content,
            };
            if goes_on {
                return;
            }
            let tag = open.tag;
            if !tag.is_empty() {
                self.out.close(&format!("</{tag}>"));
            }
            self.open.pop();
        }
    }

    fn content(&self) -> usize {
        self.open.last().map_or(0, |open| open.content)
    }

    /// A title, with its rules.
    fn title(&mut self) -> bool {
        let line = |offset: usize| self.lines.get(self.at + offset).copied().unwrap_or("");
        let (over, words) = match (rule(line(0)), rule(line(2))) {
            (Some(mark), Some(under)) if mark == under && !line(1).trim().is_empty() && rule(line(1)).is_none() => {
                (Some(mark), line(1))
            }
            _ => (None, line(0)),
        };
        let mark = over.or_else(|| rule(line(1)).filter(|_| !line(0).starts_with(' ') && rule(line(0)).is_none()));
        let Some(mark) = mark else {
            let is_transition = rule(line(0)).is_some() && line(0).len() >= 4 && line(1).trim().is_empty();
            if is_transition {
                self.skip(1);
            }
            return is_transition;
        };
        let ruling = line(if over.is_some() { 2 } else { 1 }).trim().len();
        let width = words.trim().chars().count();
        if over.is_none() && (ruling < width.min(4) || list_mark(words).is_some() && ruling < width) {
            return false;
        }
        let style = (mark, over.is_some());
        let level = self.styles.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let level = (level + 1).min(6);
        let html = format!("<h{level}>{}</h{level}>", self.names.inline(words.trim()));
        self.leave(0, None);
        if over.is_some() {
            self.skip(1);
        }
        self.out.lines(&html);
        self.at += 1;
        self.skip(1);
        true
    }

    /// The lines of a paragraph from here on, without indent: up to an empty line or another indent.
    fn words(&self, first: &str, indent_after: impl Fn(usize) -> bool) -> Vec<String> {
        let more = self.lines[self.at + 1..].iter();
        let more = more.take_while(|line| !line.trim().is_empty() && indent_after(indent(line)));
        std::iter::once(first.to_owned()).chain(more.map(|line| line.trim().to_owned())).collect()
    }

    /// Writes a paragraph that begins here; one that ends in `::` announces code.
    fn write(&mut self, before: &str, lines: &[String], inside: usize) {
        let mut text = lines.join("\n");
        self.at += lines.len();
        let announces = text.ends_with("::");
        if announces {
            text.truncate(text.len() - if text.len() == 2 { 2 } else { 1 });
        }
        let html = format!("{before}{}", self.names.inline(&text));
        self.out.lines(&html);
        if announces {
            self.code(inside, "");
        }
    }

    fn item(&mut self, indent: usize, tag: &'static str, width: usize) {
        let bare = self.lines[self.at].trim();
        let mut before = String::new();
        if self.open.last().is_none_or(|open| open.tag != tag || open.indent != indent) {
            let first: u32 = bare
                .trim_start_matches('(')
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse()
                .unwrap_or(1);
            before = if tag == "ol" { format!("<ol start={first}>") } else { "<ul>".to_owned() };
            self.open.push(Open { indent, content: indent + width, tag });
        }
        if let Some(open) = self.open.last_mut() {
            open.content = indent + width;
        }
        let words = bare[width.min(bare.len())..].to_owned();
        let lines = self.words(&words, |other| other > indent);
        // A list may begin inside the item's first line.
        match list_mark(&words) {
            Some(_) => {
                self.out.close(&format!("{before}<li>"));
                self.item_inside(&lines, indent + width);
            }
            None => self.write(&format!("{before}<li>"), &lines, indent),
        }
    }

    /// The first line of a list in the first line of an item.
    fn item_inside(&mut self, lines: &[String], indent: usize) {
        let Some((tag, width)) = lines.first().and_then(|line| list_mark(line)) else { return };
        self.open.push(Open { indent, content: indent + width, tag });
        let words: Vec<String> = vec![lines[0][width.min(lines[0].len())..].to_owned()];
        self.write(&format!("<{tag}><li>"), &words, indent);
    }

    /// Whether a line is a term: what explains it stands right below, indented.
    fn is_term(&self, at: usize) -> bool {
        let Some(next) = self.lines.get(self.at + 1) else { return false };
        let line = self.lines[self.at].trim();
        !next.trim().is_empty() && indent(next) > at && !line.ends_with("::") && !line.starts_with([':', '|', '>'])
    }

    fn term(&mut self, at: usize) {
        let line = self.lines[self.at].trim();
        let term = line.split(" : ").next().unwrap_or(line);
        let before =
            if self.open.last().is_some_and(|open| open.tag == "dl" && open.indent == at) { "" } else { "<dl>" };
        let content = indent(self.lines[self.at + 1]);
        if !before.is_empty() {
            self.open.push(Open { indent: at, content, tag: "dl" });
        }
        let html = format!("{before}<dt>{}", self.names.inline(term));
        self.out.lines(&html);
        self.at += 1;
        let lines = self.words(self.lines[self.at].trim(), |other| other > at);
        match list_mark(&lines[0]) {
            Some(_) => self.out.close("<dd>"),
            None => self.write("<dd>", &lines, at),
        }
    }

    fn paragraph(&mut self, indent: usize) {
        let line = self.lines[self.at].trim();
        if line.starts_with(">>> ") {
            let html = format!("<p><code>{}</code>", escape(line));
            self.out.lines(&html);
            self.at += 1;
            return;
        }
        let mut before = "<p>".to_owned();
        if indent > self.content() {
            self.open.push(Open { indent, content: indent, tag: "blockquote" });
            before = "<blockquote><p>".to_owned();
        }
        // `:key: value`, and lines of verse.
        let words = match line.strip_prefix(':').and_then(|field| field.split_once(": ")) {
            Some((key, value)) if !key.contains('`') => Some(format!("{key}: {value}")),
            _ => line.strip_prefix("| ").map(str::to_owned),
        };
        if let Some(words) = words {
            return self.write(&before, &[words], indent);
        }
        let lines = self.words(line, |other| other == indent);
        self.write(&before, &lines, indent);
    }

    /// `.. something`: a directive, a target, a note below the text, or a comment.
    fn explicit(&mut self, at: usize) {
        let bare = self.lines[self.at].trim();
        let rest = bare.strip_prefix(".. ").unwrap_or("").trim();
        if let Some((label, words)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("] "))
            && !label.contains(' ')
        {
            let lines = self.words(words, |other| other > at);
            return self.write("<p>", &lines, at);
        }
        let named = rest
            .split_once("::")
            .filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:.+".contains(c)));
        let Some((name, argument)) = named else { return self.unread(at) };
        let argument = argument.trim().to_owned();
        match name {
            "code" | "code-block" | "sourcecode" | "literalinclude" | "parsed-literal" => {
                self.skip(1);
                self.options(at);
                self.code(at, &argument);
            }
            name if UNREAD.contains(&name) => self.unread(at),
            name => {
                let is_rows = name == "list-table";
                match TITLED.contains(&name) && !argument.is_empty() {
                    true => self.write("<p>", &[argument], at),
                    false => self.skip(1),
                }
                let options = self.options(at);
                self.body(at, is_rows.then_some(options));
            }
        }
    }

    /// Passes over a directive or comment with all that belongs to it.
    fn unread(&mut self, at: usize) {
        let rest =
            self.lines[self.at + 1..].iter().take_while(|line| line.trim().is_empty() || indent(line) > at).count();
        self.skip(1 + rest);
    }

    /// Passes over the options of a directive; whether they name header rows.
    fn options(&mut self, at: usize) -> bool {
        let mut heads = false;
        while let Some(line) = self.lines.get(self.at).filter(|line| indent(line) > at && line.trim().starts_with(':'))
        {
            heads |= line.contains(":header-rows:") && !line.trim().ends_with(" 0");
            self.skip(1);
        }
        heads
    }

    /// The body of a directive is read as text; that of a table of lists as a table.
    fn body(&mut self, at: usize, rows: Option<bool>) {
        let Some(next) = self.lines[self.at..].iter().position(|line| !line.trim().is_empty()) else { return };
        let content = indent(self.lines[self.at + next]);
        if content <= at {
            return;
        }
        self.skip(next);
        match rows {
            Some(heads) => self.rows(at, heads),
            None => self.open.push(Open { indent: at, content, tag: "" }),
        }
    }

    /// `* - cell` begins a row, `- cell` a cell.
    fn rows(&mut self, at: usize, heads: bool) {
        self.out.close("<table>");
        let mut row = 0;
        while let Some(line) = self.lines.get(self.at).filter(|line| line.trim().is_empty() || indent(line) > at) {
            let bare = line.trim();
            let (begins, words) = bare.strip_prefix("* ").map_or((false, bare), |rest| (true, rest.trim_start()));
            row += usize::from(begins);
            let tag = if heads && row == 1 { "<th>" } else { "<td>" };
            let cell = words.strip_prefix("- ").or_else(|| (words == "-").then_some(""));
            let words = self.names.inline(cell.unwrap_or(words));
            let html = format!("{}{}{words}", if begins { "<tr>" } else { "" }, if cell.is_some() { tag } else { "" });
            self.out.lines(&html);
            self.at += 1;
        }
        self.out.close("</table>");
    }

    /// Code: what follows, indented by more than `at`.
    fn code(&mut self, at: usize, language: &str) {
        let Some(next) = self.lines[self.at..].iter().position(|line| !line.trim().is_empty()) else { return };
        let depth = indent(self.lines[self.at + next]);
        if depth <= at {
            return;
        }
        self.skip(next);
        let code = &self.lines[self.at..];
        let count = code.iter().take_while(|line| line.trim().is_empty() || indent(line) > at).count();
        let count = count - code[..count].iter().rev().take_while(|line| line.trim().is_empty()).count();
        let cut = |line: &str| line.chars().skip(depth.min(indent(line))).collect::<String>();
        let code: Vec<String> = code[..count].iter().map(|line| escape(&cut(line)).into_owned()).collect();
        let class = language.split_whitespace().next().map(|word| format!(" class=\"language-{}\"", escape(word)));
        let html = format!("<pre{}>{}</pre>", class.unwrap_or_default(), code.join("\n"));
        self.out.lines(&html);
        self.at += count;
    }
}

/// The mark a line is ruled with.
fn rule(line: &str) -> Option<char> {
    let line = line.trim_end();
    let mark = line.chars().next().filter(char::is_ascii_punctuation)?;
    let long = line.len() >= 3 || line.len() == 2 && "=-~^".contains(mark);
    (long && line.chars().all(|c| c == mark)).then_some(mark)
}

/// The tag of a list whose item a line begins, and the bytes before the item's words.
fn list_mark(bare: &str) -> Option<(&'static str, usize)> {
    let blank = |from: usize| {
        let rest = &bare[from..];
        let blanks = rest.len() - rest.trim_start().len();
        (blanks > 0 || rest.is_empty()).then_some(from + blanks)
    };
    if let Some(mark) = bare.chars().next().filter(|mark| "-*+•‣⁃".contains(*mark)) {
        return blank(mark.len_utf8()).map(|width| ("ul", width));
    }
    let open = usize::from(bare.starts_with('('));
    let number = bare[open..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let is_number =
        |text: &str| text == "#" || text.len() == 1 || text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let end = bare[open + number..].starts_with(['.', ')']);
    if !end || number == 0 || !is_number(&bare[open..open + number]) {
        return None;
    }
    blank(open + number + 1).filter(|width| *width < bare.len()).map(|width| ("ol", width))
}
