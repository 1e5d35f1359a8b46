//! Paths of notes as relative links.

use std::fmt::Write as _;

/// Percent-encodes all but letters, digits, `-._~` and the `/` between folders, so that no path can
/// be taken for another address (`javascript:`) or break out of an attribute.
pub(crate) fn path(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => write!(encoded, "%{other:02X}").expect("a string takes all that is written"),
        }
    }
    encoded
}

/// Percent-encodes all but letters, digits and `-._~`: one part of a path.
pub(crate) fn part(words: &str) -> String {
    path(words).replace('/', "%2F")
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_plain_letters_stay() {
        assert_eq!(super::path("my notes/é#.md"), "my%20notes/%C3%A9%23.md");
        assert_eq!(super::path("javascript:x"), "javascript%3Ax");
        assert_eq!(super::part("a/b"), "a%2Fb");
    }
}
