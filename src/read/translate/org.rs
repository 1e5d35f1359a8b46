//! Org mode: headlines, lists, tables, links, blocks, drawers and keywords.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// `[[target][shown]]` or `[[target]]`.
static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]"));

/// `=verbatim=` or `~code~` between words.
static CODE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(^|[\s('"{-])(?:=([^\s=](?:[^=`]*[^\s=`])?)=|~([^\s~](?:[^~`]*[^\s~`])?)~)"#));

/// `/slanted/` between words; no path.
static SLANTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(^|[\s('"{-])/([^\s/](?:[^/]*[^\s/])?)/($|[\s.,;:!?)'"}-])"#));

/// What may stand before the words of a headline.
static STATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:TODO|DONE|NEXT|WAITING|HOLD|CANCELLED)\s+|^\[#[A-Z]\]\s+"));

/// `:tag:other:` at the end of a headline.
static TAGS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s+:[\w@#%:]+:\s*$"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns above are tested")
}

/// What the line before leaves open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Text,
    /// Words of a machine: kept as they are until the block ends.
    Code,
    /// Quoted words.
    Quote,
    /// Nothing for a reader until it ends.
    Drawer,
    Comment,
}

/// Org as Markdown of as many lines.
pub(in crate::read) fn org(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + text.len() / 8);
    let mut open = Open::Text;
    let mut titled = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let translated = translate(words, &mut open, &mut titled);
        markdown.push_str(&translated);
        markdown.push_str(&line[words.len()..]);
    }
    markdown
}

fn translate<'a>(line: &'a str, open: &mut Open, titled: &mut bool) -> Cow<'a, str> {
    let bare = line.trim();
    let keyword = bare.strip_prefix("#+").map(str::to_ascii_lowercase);
    match (*open, keyword.as_deref()) {
        (Open::Code, Some(word)) if word.starts_with("end_") => {
            *open = Open::Text;
            Cow::Borrowed("```")
        }
        (Open::Code, _) => Cow::Borrowed(line),
        (Open::Drawer, _) => {
            if bare.eq_ignore_ascii_case(":end:") {
                *open = Open::Text;
            }
            Cow::Borrowed("")
        }
        (Open::Comment | Open::Quote, Some(word)) if word.starts_with("end_") => {
            *open = Open::Text;
            Cow::Borrowed("")
        }
        (Open::Comment, _) => Cow::Borrowed(""),
        (Open::Quote, None) => Cow::Owned(format!("> {}", inline(bare))),
        (_, Some(word)) => Cow::Owned(keyword_line(bare, word, open, titled)),
        (Open::Text, None) => words(line, bare, open, *titled),
    }
}

/// A `#+keyword` line: the title and the tags of the note are kept, blocks are opened, the rest is gone.
fn keyword_line(bare: &str, word: &str, open: &mut Open, titled: &mut bool) -> String {
    let value = bare.split_once(':').map_or("", |(_, value)| value.trim());
    if word.starts_with("begin_src") || word.starts_with("begin_example") {
        *open = Open::Code;
        return "```".to_owned();
    }
    if word.starts_with("begin_comment") || word.starts_with("begin_export") {
        *open = Open::Comment;
    } else if word.starts_with("begin_quote") {
        *open = Open::Quote;
    } else if word.starts_with("title:") && !value.is_empty() && !*titled {
        *titled = true;
        return format!("# {}", inline(value));
    } else if word.starts_with("filetags:") {
        let tags = value.split([':', ' ']).filter(|tag| !tag.is_empty());
        return tags.map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
    }
    String::new()
}

fn words<'a>(line: &'a str, bare: &str, open: &mut Open, titled: bool) -> Cow<'a, str> {
    if let Some(level) = headline(line) {
        let rest = line[level..].trim();
        let rest = TAGS.replace(rest, "");
        let rest = STATE.replace(&rest, "");
        let rest = STATE.replace(&rest, "");
        let level = (level + usize::from(titled)).min(6);
        return Cow::Owned(format!("{} {}", "#".repeat(level), inline(&rest)));
    }
    let is_drawer = bare.len() > 2
        && bare.starts_with(':')
        && bare.ends_with(':')
        && bare[1..bare.len() - 1].chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
    if is_drawer {
        *open = Open::Drawer;
        return Cow::Borrowed("");
    }
    let planned = ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].iter().any(|word| bare.starts_with(word));
    if planned || bare == "#" || bare.starts_with("# ") {
        return Cow::Borrowed("");
    }
    if let Some(code) = bare.strip_prefix(": ") {
        return Cow::Owned(format!("`{}`", code.replace('`', "'")));
    }
    if bare.starts_with("|-") {
        return Cow::Owned(line.replace('+', "|"));
    }
    let indent = &line[..line.len() - line.trim_start().len()];
    let defined = bare.strip_prefix("- ").and_then(|item| item.split_once(" :: "));
    match defined {
        Some((term, definition)) => Cow::Owned(format!("{indent}- {}: {}", inline(term), inline(definition))),
        None => Cow::Owned(format!("{indent}{}", inline(bare))),
    }
}

/// The level of a headline: its stars.
fn headline(line: &str) -> Option<usize> {
    let stars = line.bytes().take_while(|byte| *byte == b'*').count();
    (stars > 0 && line[stars..].starts_with([' ', '\t'])).then_some(stars)
}

/// Links, code and slanted words as Markdown writes them.
fn inline(text: &str) -> String {
    let linked =
        LINK.replace_all(text, |found: &Captures<'_>| link(&found[1], found.get(2).map(|shown| shown.as_str())));
    let coded = CODE.replace_all(&linked, |found: &Captures<'_>| {
        let code = found.get(2).or_else(|| found.get(3)).map_or("", |code| code.as_str());
        format!("{}`{code}`", &found[1])
    });
    SLANTED.replace_all(&coded, "$1*$2*$3").into_owned()
}

fn link(target: &str, shown: Option<&str>) -> String {
    if target.contains("://") || target.starts_with("mailto:") {
        return shown.map_or_else(|| format!("<{target}>"), |shown| format!("[{shown}]({target})"));
    }
    if target.starts_with("id:") || target.starts_with('#') || target.starts_with('*') {
        return shown.unwrap_or(target.trim_start_matches(['#', '*'])).to_owned();
    }
    let path = target.strip_prefix("file:").unwrap_or(target);
    let path = path.split_once("::").map_or(path, |(path, _)| path);
    let mut link = format!("[[{}", path.strip_suffix(".org").unwrap_or(path));
    if let Some(shown) = shown {
        write!(link, "|{shown}").expect("a string takes all that is written");
    }
    link + "]]"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn org_becomes_markdown_line_by_line() {
        let text = "#+title: Log platform\n#+filetags: :data:logs:\n:PROPERTIES:\n:ID: 7\n:END:\n* TODO [#A] Kafka :x:y:\n\
                    SCHEDULED: <2026-11-20>\n- Flume :: collects /logs/ into =HDFS=\n# a comment\n\
                    See [[https://x.y/z][the page]], [[file:hive.org][Hive]] and [[id:9][Spark]].\n\
                    #+begin_src sh\nls /tmp/x/\n#+end_src\n#+begin_quote\nIt feeds.\n#+end_quote\n| a | b |\n|---+---|\n";
        let markdown = "# Log platform\n#data #logs\n\n\n\n## Kafka\n\n- Flume: collects *logs* into `HDFS`\n\n\
                        See [the page](https://x.y/z), [[hive|Hive]] and Spark.\n\
                        ```\nls /tmp/x/\n```\n\n> It feeds.\n\n| a | b |\n|---|---|\n";
        assert_eq!(org(text), markdown);
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_lines(text in "(?s)(\\* |#\\+begin_src|#\\+end_src|:a:|:END:|\\[\\[a\\]\\[b\\]\\]|=a=|/b/|\r?\n|.){0,60}") {
            prop_assert_eq!(org(&text).matches('\n').count(), text.matches('\n').count());
        }
    }
}
