//! Bytes → text: byte order marks, UTF-8, UTF-16 and the code pages of older systems.
//!
//! Line ends stay as they are, so that every later offset is an offset of this text. What had to be
//! guessed or replaced is told in a [`Warning`].

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Warning;
use crate::text::LineNumber;

/// How many bytes at the start tell whether a file is text.
const SNIFFED: usize = 8 * 1024;

/// Whether the bytes are no text: a NUL without a UTF-16 mark, or many control characters near the start.
#[must_use]
pub fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let start = &bytes[..bytes.len().min(SNIFFED)];
    let controls = start.iter().filter(|byte| matches!(byte, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count();
    start.contains(&0) || controls * 10 > start.len()
}

/// The text of `bytes` without its byte order mark, and what was odd.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Warning>) {
    let (text, warning) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => marked(encoding, &bytes[mark..]),
        None => unmarked(bytes),
    };
    // A NUL would not survive a Markdown parser, and every later offset must be an offset of this text.
    let text =
        if memchr::memchr(0, text.as_bytes()).is_some() { text.replace('\0', "\u{fffd}") } else { text.into_owned() };
    (text, warning.into_iter().collect())
}

fn marked<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, Option<Warning>) {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    let warning = replaced.then(|| {
        let line = text.find('\u{fffd}').map_or(LineNumber::FIRST, |at| line_of(text[..at].as_bytes()));
        damaged(encoding, line)
    });
    (text, warning)
}

fn unmarked(bytes: &[u8]) -> (Cow<'_, str>, Option<Warning>) {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return (Cow::Borrowed(text), None),
        Err(error) => error,
    };
    let line = line_of(&bytes[..error.valid_up_to()]);
    if is_mostly_utf8(bytes) {
        return (String::from_utf8_lossy(bytes), Some(damaged(UTF_8, line)));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let message = format!("not UTF-8; read as {}", encoding.name());
    (text, Some(Warning { line: Some(line), message }))
}

/// Whether more characters beyond ASCII are valid UTF-8 than are not: a damaged file, no code page.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let mut valid = 0usize;
    let mut invalid = 0usize;
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
}

fn damaged(encoding: &'static Encoding, line: LineNumber) -> Warning {
    let name = match encoding {
        e if e == UTF_16LE || e == UTF_16BE => "UTF-16",
        e => e.name(),
    };
    Warning { line: Some(line), message: format!("some bytes are not {name} and were replaced") }
}

fn line_of(before: &[u8]) -> LineNumber {
    LineNumber::from_index(before.iter().filter(|byte| **byte == b'\n').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, warning: Option<(u32, &str)>) {
        let (decoded, warnings) = decode(bytes);
        let found: Vec<(u32, &str)> = warnings.iter().map(|w| (w.line.unwrap().get(), w.message.as_str())).collect();
        assert_eq!((decoded.as_str(), found), (text, warning.into_iter().collect()));
    }

    #[test]
    fn marks_are_taken_off_and_line_ends_kept() {
        check(b"\xef\xbb\xbfone\r\ntwo", "one\r\ntwo", None);
        check(b"\xff\xfeK\0\r\0\n\0", "K\r\n", None);
        check(b"\xfe\xff\0K\x01\x61", "K\u{161}", None);
    }

    #[test]
    fn damaged_text_is_replaced_with_its_line_told() {
        check(b"\xff\xfeK\0\n\0L", "K\n\u{fffd}", Some((2, "some bytes are not UTF-16 and were replaced")));
        let damaged = "Stra\u{df}e, Stra\u{df}e\n".bytes().chain(*b"x\xff").collect::<Vec<_>>();
        check(&damaged, "Straße, Straße\nx\u{fffd}", Some((2, "some bytes are not UTF-8 and were replaced")));
        check(b"a\0b", "a\u{fffd}b", None);
    }

    #[test]
    fn code_pages_are_guessed_with_a_warning() {
        check(b"Caf\xe9 au lait, d\xe9j\xe0 vu", "Café au lait, déjà vu", Some((1, "not UTF-8; read as windows-1252")));
    }

    #[test]
    fn pictures_and_utf_16_without_a_mark_are_binary() {
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(is_binary(b"K\0a\0"));
        assert!(!is_binary(b"\xff\xfeK\0a\0"));
        assert!(!is_binary(b"Caf\xe9\n"));
        assert!(!is_binary(b""));
    }
}
