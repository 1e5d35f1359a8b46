//! Words inside XML 1.0: the quoting function of GraphML and GEXF.

/// `words` for use in text and between double quotes. Characters XML 1.0 forbids are dropped (no
/// escape can carry them); line breaks and tabs survive as references.
pub(crate) fn quoted(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len() + 8);
    for letter in words.chars() {
        match letter {
            '&' => quoted.push_str("&amp;"),
            '<' => quoted.push_str("&lt;"),
            '>' => quoted.push_str("&gt;"),
            '"' => quoted.push_str("&quot;"),
            '\t' => quoted.push_str("&#9;"),
            '\n' => quoted.push_str("&#10;"),
            '\r' => quoted.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            plain => quoted.push(plain),
        }
    }
    quoted
}

/// What [`quoted`] keeps of `words`, for tests.
#[cfg(test)]
pub(crate) fn kept(words: &str) -> String {
    let allowed = |letter: &char| matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    words.chars().filter(allowed).collect()
}
