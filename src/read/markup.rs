//! Words as HTML writes them.

use std::borrow::Cow;

/// Words of a page.
pub(super) fn escape(words: &str) -> Cow<'_, str> {
    if !words.contains(['&', '<', '>']) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// An address as the value of an attribute.
pub(super) fn attribute(words: &str) -> String {
    escape(&words.split_whitespace().collect::<String>()).replace('"', "&quot;")
}
