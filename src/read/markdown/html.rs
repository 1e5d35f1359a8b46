//! Text out of HTML inside Markdown: tags, comments, scripts and styles go, words stay.

/// What comes out of HTML, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words, and where they start in the HTML given.
    Words(&'a str, usize),
    /// One character that was written as an entity of this many bytes at this place.
    Sign(char, usize, usize),
    /// A tag that sets what follows apart.
    Break,
}

/// Where in HTML the last line ended; one block's lines come one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// In words.
    #[default]
    Text,
    /// In a comment.
    Comment,
    /// In a tag over several lines.
    Tag,
    /// In a script or style, to be closed by that tag.
    Raw(&'static str),
}

/// Tags that do not set their words apart.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var",
];

/// All other names that are surely tags.
const BLOCK: [&str; 62] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "picture",
    "pre",
    "section",
    "select",
    "source",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];

/// What an inline tag such as `<b>`, `</b>`, `<br/>` or `<!-- x -->` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InlineTag {
    /// Nothing is shown.
    Nothing,
    /// A line break.
    Break,
    /// No tag of HTML at all but a placeholder such as `<your name>`: shown as written.
    Words,
}

/// Tells what an inline tag stands for.
pub(super) fn inline_tag(tag: &str) -> InlineTag {
    let name = name(tag);
    let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let bare = tag.len() == name.len() + 2 && name.starts_with(|c: char| c.is_ascii_alphabetic());
    match () {
        () if name.eq_ignore_ascii_case("br") => InlineTag::Break,
        () if bare && !known(&INLINE) && !known(&BLOCK) => InlineTag::Words,
        () => InlineTag::Nothing,
    }
}

/// Takes the words out of `html`, going on from `state`, and hands them to `sink`.
pub(super) fn words<'a>(html: &'a str, state: &mut State, sink: &mut impl FnMut(Piece<'a>)) {
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        at += match *state {
            State::Comment => close(rest, "-->", state),
            State::Tag => close(rest, ">", state),
            State::Raw(tag) => close(rest, tag, state),
            State::Text if rest.starts_with('<') => open(rest, state, sink),
            State::Text => text(rest, at, sink),
        };
    }
}

/// Skips to the end of what is open; to the end of `rest` where it does not end.
fn close(rest: &str, end: &str, state: &mut State) -> usize {
    let found = rest.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
    match found {
        Some(found) => {
            *state = if end.starts_with("</") { State::Tag } else { State::Text };
            found + end.len()
        }
        None => rest.len(),
    }
}

/// Enters a tag or comment, or takes a lone `<` as words.
fn open<'a>(rest: &'a str, state: &mut State, sink: &mut impl FnMut(Piece<'a>)) -> usize {
    if rest.starts_with("<!--") {
        *state = State::Comment;
        return 4;
    }
    if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
        return 1;
    }
    let name = name(rest);
    if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
        sink(Piece::Break);
    }
    *state = match name {
        _ if rest.starts_with("</") => State::Tag,
        _ if name.eq_ignore_ascii_case("script") => State::Raw("</script"),
        _ if name.eq_ignore_ascii_case("style") => State::Raw("</style"),
        _ => State::Tag,
    };
    1
}

/// The name of the tag that `rest` begins with.
fn name(rest: &str) -> &str {
    let inner = rest.trim_start_matches(['<', '/']);
    &inner[..inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(inner.len())]
}

fn text<'a>(rest: &'a str, at: usize, sink: &mut impl FnMut(Piece<'a>)) -> usize {
    let end = rest.find('<').unwrap_or(rest.len());
    let words = &rest[..end];
    let mut from = 0;
    while let Some(amp) = words[from..].find('&').map(|amp| from + amp) {
        sink(Piece::Words(&words[from..amp], at + from));
        from = match entity(&words[amp..]) {
            Some((sign, len)) => {
                sink(Piece::Sign(sign, at + amp, len));
                amp + len
            }
            None => {
                sink(Piece::Words("&", at + amp));
                amp + 1
            }
        };
    }
    sink(Piece::Words(&words[from..], at + from));
    end
}

/// The sign an entity at the start of `rest` stands for, and its length.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|byte| byte == b';')?;
    let sign = match &rest[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        number => {
            let code = number.strip_prefix('#')?;
            let hex = code.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| code.parse()).ok()?)?
        }
    };
    Some((sign, end + 1))
}
