//! Text from notes made safe and measured for a terminal.
//!
//! In: any words. Out: the same words with control and direction characters spelled out
//! (`\x1b`, `\u{202e}`), their width in cells, and lines no wider than asked for.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Spells out what a terminal would obey instead of show: control characters, marks that turn the
/// direction of text, invisible separators. Everything else stays as it is.
///
/// ```
/// assert_eq!(quipu::render::shown("a\u{1b}[31m\u{202e}b"), r"a\x1b[31m\u{202e}b");
/// ```
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        push_shown(letter, &mut shown);
    }
    Cow::Owned(shown)
}

/// Appends `letter` as [`shown`] shows it.
pub(crate) fn push_shown(letter: char, shown: &mut String) {
    match letter {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        '\0'..='\u{1f}' | '\u{7f}' => {
            write!(shown, "\\x{:02x}", u32::from(letter)).expect("a string takes all that is written");
        }
        hidden if is_hidden(hidden) => {
            write!(shown, "\\u{{{:x}}}", u32::from(hidden)).expect("a string takes all that is written");
        }
        plain => shown.push(plain),
    }
}

/// Whether a terminal or a reader could be misled by `letter`. The joiners inside emoji and
/// Persian words are not among them.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// How many cells `text` takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` cut to `cells`, its end shown as `…` where something is missing.
#[must_use]
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let kept = prefix(text, cells.saturating_sub(1));
    Cow::Owned(format!("{}…", text[..kept].trim_end()))
}

/// How many bytes of `text`, in whole letters, take no more than `cells`.
fn prefix(text: &str, cells: usize) -> usize {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > cells {
            return at;
        }
    }
    text.len()
}

/// Byte ranges of the lines of `text` when no line may take more than `cells`. Breaks at spaces,
/// inside a word only where the word alone is too wide. Never empty.
pub(crate) fn wrap(text: &str, cells: usize) -> Vec<std::ops::Range<usize>> {
    let cells = cells.max(2);
    let mut lines = Vec::new();
    let mut start = 0;
    while width(&text[start..]) > cells {
        let end = start + break_at(&text[start..], cells);
        lines.push(start..start + text[start..end].trim_end_matches(' ').len());
        start = end + (text[end..].len() - text[end..].trim_start_matches(' ').len());
    }
    if start < text.len() || lines.is_empty() {
        lines.push(start..text.len());
    }
    lines
}

/// Where the first line of `text` ends: after its last space that fits, else after the last letter that fits.
fn break_at(text: &str, cells: usize) -> usize {
    let hard = prefix(text, cells);
    if text[hard..].starts_with(' ') {
        return hard;
    }
    match text[..hard].trim_start_matches(' ').rfind(' ') {
        Some(space) => space + (hard - text[..hard].trim_start_matches(' ').len()) + 1,
        None if hard == 0 => text.graphemes(true).next().map_or(text.len(), str::len),
        None => hard,
    }
}

/// How many cells `letter` takes when it starts in cell `column`; tabs go to the next multiple of 4.
pub(crate) fn cells(letter: char, column: usize) -> usize {
    match letter {
        '\t' => 4 - column % 4,
        letter => letter.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_and_direction_characters_are_spelled_out() {
        assert_eq!(shown("a\u{7}\u{9b}\u{202e}\u{2066}\n\tb\u{7f}"), r"a\x07\u{9b}\u{202e}\u{2066}\n\tb\x7f");
        assert!(matches!(shown("naïve 數據 👩‍👩‍👧"), Cow::Borrowed(_)));
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(width("數據"), 4);
        assert_eq!(fit("數據庫", 5), "數據…");
        assert_eq!(fit("abc", 3), "abc");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_are_cut() {
        let lines = |text: &str, cells| -> Vec<String> {
            wrap(text, cells).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("", 3), [""]);
    }

    proptest! {
        #[test]
        fn wrapped_lines_fit_and_lose_no_letter(text in "[a-z 數é]{0,60}", cells in 2_usize..20) {
            let lines = wrap(&text, cells);
            for line in &lines {
                prop_assert!(width(&text[line.clone()]) <= cells);
            }
            let kept: String = lines.iter().map(|line| &text[line.clone()]).collect();
            prop_assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
        }

        #[test]
        fn nothing_shown_is_hidden(text in any::<String>()) {
            prop_assert!(!shown(&text).chars().any(is_hidden));
        }
    }
}
