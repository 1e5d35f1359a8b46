//! What holds for every note, tried on made-up ones.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Note, read};

/// Bits that plain notes are made of.
const PLAIN: [&str; 30] = [
    "Kafka",
    "data lake",
    "a longer run of words that fills the line up to where it ends",
    "-",
    "*",
    "•",
    "1) ",
    "2. ",
    ":",
    "-->",
    "---",
    "========",
    "\n",
    "\n",
    "\n\n",
    "  ",
    "      ",
    "\t",
    "|",
    "`x`",
    "[[Hive|it]]",
    "#tag",
    "é",
    "日本",
    "CAPS",
    "\r\n",
    "> ",
    "- [ ] ",
    "```\n",
    "multi-\n",
];

/// Bits that Markdown notes are made of.
const MARKDOWN: [&str; 40] = [
    "# ",
    "## Kafka\n",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "> [!note] ",
    "[[A|b]]",
    "![[c.png]]",
    "==",
    "%%",
    "^id\n",
    "**",
    "*",
    "`",
    "```\n",
    "| a | b |\n|---|---|\n",
    "| c | d\\|e |\n",
    "&amp;",
    "&ngE;",
    "&nGt;",
    "\\",
    "#tag ",
    "<b>",
    "<div>\n",
    "</div>",
    "<!--",
    "\n",
    "\n\n",
    "  \n",
    "---\n",
    "+++\n",
    "key: [x]\n",
    "word ",
    "é",
    "日本",
    "[x](y.md)",
    "[^1]",
    "[^1]: ",
    "    ",
];

fn made_of(bits: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(bits), 0..60).prop_map(|bits| bits.concat())
}

/// Each byte of each block maps into the text, in order, and each inline and cell lies in its block.
pub(super) fn check_places(note: &Note) {
    for block in &note.blocks {
        let places: Vec<usize> = (0..block.text.len()).map(|at| block.source.offset(at)).collect();
        assert!(places.is_sorted(), "{places:?} of {:?} in {:?}", block, note.text);
        assert!(places.last().is_none_or(|last| *last < note.text.len()), "{block:?} in {:?}", note.text);
        let spans = block.inlines.iter().map(|inline| inline.span);
        assert!(spans.into_iter().all(|span| !span.is_empty() && block.text.get(span.start..span.end).is_some()));
        if let super::BlockKind::Row { cells, .. } = &block.kind {
            assert!(cells.iter().all(|cell| block.text.get(cell.start..cell.end).is_some()), "{block:?}");
        }
        assert!(block.parent.is_none_or(|parent| note.blocks[parent].section <= block.section));
    }
    for (id, block) in note.blocks.iter().enumerate() {
        assert!(block.parent.is_none_or(|parent| parent < id));
    }
}

/// Runs of letters with their places, but for single letters, which may number items.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1);
    parts.map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Each of these would take minutes if any step were quadratic.
#[test]
fn hostile_notes_are_read_in_linear_time() {
    let patterns = [
        "|-\n",
        "a|b\n|-\n|-\n",
        "## a\n",
        "EC2\n---\n",
        "---\na\n",
        "A\n\n",
        "1. A\n\n",
        "`",
        "```x y\n",
        "aa://",
        "#a ",
        "[[a]] #b ",
        "[[",
        "%%",
        "`%%`",
        "==a",
        "> ",
        "- ",
        "<!--",
        "<a",
        "&",
        "[x](y",
        "*a **b ",
        "\\#",
        "- a\n",
        "- a:\n\n",
        "|a|b\n",
        "\ta\n",
        "a\n b\n",
    ];
    for pattern in patterns {
        let text = pattern.repeat(60_000 / pattern.len());
        for path in ["a.txt", "a.md"] {
            let (note, _) = read(path, text.as_bytes());
            let _ = note.meta();
        }
    }
    let nested = format!("---\na:\n{}---\n", "- [é]\n".repeat(8_000));
    assert_eq!(read("a.md", nested.as_bytes()).0.fields[0].values.len(), 8_000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for path in ["a.txt", "a.md"] {
            let (note, _) = read(path, &bytes);
            check_places(&note);
            let _ = note.meta();
        }
    }

    #[test]
    fn any_markdown_is_read_with_every_place_in_order(text in made_of(&MARKDOWN)) {
        let (note, _) = read("a.md", text.as_bytes());
        check_places(&note);
        let _ = note.meta();
    }

    #[test]
    fn no_word_of_a_plain_note_is_lost_or_moved(text in made_of(&PLAIN)) {
        let (note, _) = read("a.txt", text.as_bytes());
        check_places(&note);
        let mut found = BTreeSet::new();
        for block in &note.blocks {
            for (at, word) in words(&block.text) {
                let place = block.source.offset(at);
                prop_assert!(note.text[place..].starts_with(word), "{word} of {:?} in {:?}", block, note.text);
                found.insert(place);
            }
        }
        for (at, word) in words(&note.text) {
            prop_assert!(found.contains(&at), "{word} at {at} of {:?}", note.text);
        }
    }
}
