//! The elements of HTML by what a reader sees of them.

/// What an element is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading of this rank.
    Heading(u8),
    /// Sets its words apart.
    Block,
    /// A list without numbers, or of terms.
    List,
    /// A numbered list.
    Ordered,
    /// An item, or the explanation of a term.
    Item,
    /// A term that is explained.
    Term,
    /// What explains a term.
    Definition,
    Table,
    Head,
    Row,
    Cell,
    Quote,
    /// Text kept as it is written.
    Pre,
    Code,
    Mark(Mark),
    Break,
    Rule,
    Picture,
    /// A box to tick, maybe.
    Input,
    /// The words of the page that matter.
    Main,
    /// A part that stands for itself.
    Article,
    /// What stands around the words of a page, unless it is inside an article.
    Margin,
    /// The title of the page.
    Title,
    /// Nothing in it is for a reader.
    Hidden,
    /// Nothing of its own.
    Inline,
}

/// Words that are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Link,
    Emphasis,
    Strong,
    Struck,
}

/// What the element of this name is.
pub(super) fn role(name: &str) -> Role {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading(name.as_bytes()[1] - b'0'),
        "p" | "div" | "section" | "header" | "figure" | "figcaption" | "address" | "center" | "form" | "fieldset"
        | "legend" | "details" | "summary" | "caption" | "body" | "html" | "hgroup" | "label" | "dialog" | "search" => {
            Role::Block
        }
        "ul" | "dl" | "menu" | "dir" => Role::List,
        "ol" => Role::Ordered,
        "li" => Role::Item,
        "dt" => Role::Term,
        "dd" => Role::Definition,
        "table" => Role::Table,
        "thead" => Role::Head,
        "tr" => Role::Row,
        "th" | "td" => Role::Cell,
        "blockquote" => Role::Quote,
        "pre" | "listing" | "xmp" => Role::Pre,
        "code" | "kbd" | "samp" | "tt" => Role::Code,
        "a" => Role::Mark(Mark::Link),
        "em" | "i" | "cite" | "mark" | "dfn" => Role::Mark(Mark::Emphasis),
        "strong" | "b" => Role::Mark(Mark::Strong),
        "s" | "del" | "strike" => Role::Mark(Mark::Struck),
        "br" => Role::Break,
        "hr" => Role::Rule,
        "img" => Role::Picture,
        "input" => Role::Input,
        "main" => Role::Main,
        "article" => Role::Article,
        "footer" | "aside" => Role::Margin,
        "title" => Role::Title,
        "head" | "script" | "style" | "template" | "noscript" | "nav" | "svg" | "iframe" | "object" | "embed"
        | "audio" | "video" | "canvas" | "map" | "select" | "button" | "textarea" | "datalist" | "annotation" => {
            Role::Hidden
        }
        _ => Role::Inline,
    }
}

/// Whether an element has no end and nothing inside.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether every element of this name has an end tag, so that one of them may be passed over as a whole.
pub(super) fn is_closed(name: &str) -> bool {
    matches!(
        name,
        "a" | "aside"
            | "details"
            | "dialog"
            | "div"
            | "footer"
            | "form"
            | "header"
            | "ol"
            | "section"
            | "span"
            | "sup"
            | "table"
            | "ul"
    )
}

/// Classes of what leads around: marks of footnotes, links of a heading to itself, tables of contents.
pub(super) const LEADING: [&str; 9] = [
    "footnote-ref",
    "footnote-back",
    "headerlink",
    "anchor",
    "mw-editsection",
    "navbox",
    "toc",
    "breadcrumb",
    "linenos",
];

/// Roles of what leads around.
pub(super) const LEADING_ROLES: [&str; 7] =
    ["navigation", "banner", "contentinfo", "search", "doc-noteref", "doc-backlink", "doc-toc"];
