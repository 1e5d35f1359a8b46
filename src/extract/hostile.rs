//! Notes that nobody writes: each is read in time linear in its length, or these tests do not end.

use super::{Claims, Extractor};
use crate::config::Overrides;
use crate::read::read;

/// About how long the notes are, in bytes: enough to take minutes where a step is quadratic.
const LENGTH: usize = 60_000;

/// What is linked in a note that repeats `unit` up to [`LENGTH`] between `start` and `end`.
fn repeated(start: &str, unit: &str, end: &str) -> Claims {
    let text = format!("{start}{}{end}\n", unit.repeat(LENGTH / unit.len()));
    claims("note.md", &text)
}

fn claims(path: &str, text: &str) -> Claims {
    let extractor = Extractor::new(&Overrides::default());
    let (note, _) = read(path, text.as_bytes());
    let discovery = extractor.discover(&note);
    extractor.resolve([&discovery]).linker().link(&note, &discovery)
}

#[test]
fn one_line_of_names_without_end() {
    let mentions = LENGTH / "Kafka, Hive, ".len() * 2;
    assert_eq!(repeated("", "Kafka, Hive, ", "").mentions.len(), mentions);
    assert_eq!(repeated("", "Kafka,Hive,", "").mentions.len(), LENGTH / 11 * 2);
    repeated("We use systems such as ", "Kafka, Hive and ", "Spark");
    repeated("", "Kafka.Hive.x", "");
    // A word that is a name because the note has it as one.
    assert_eq!(repeated("We use Drill, ", "drill, ", "").mentions.len(), LENGTH / "drill, ".len() + 1);
}

#[test]
fn sentences_without_end() {
    for unit in
        ["uses Kafka foo ", "uses foo ", "is is a ", "Kafka is a foo, ", "systems like foo ", "and other systems "]
    {
        repeated("Hive ", unit, "Kafka");
        repeated("Hive ", unit, "Kafka. Spark uses HDFS");
    }
}

#[test]
fn many_sentences_in_one_block() {
    for unit in ["Kafka is a message broker. ", "Spark uses Kafka, Hive compared to Pig. "] {
        assert!(repeated("", unit, "").relations.len() > 1, "{unit}");
    }
}

#[test]
fn lists_on_both_sides_of_an_arrow_or_a_verb_say_nothing() {
    let names = "Kafka, Hive, Spark, HDFS, Sqoop, ".repeat(400);
    assert_eq!(claims("note.md", &format!("{names} --> {names}\n")).relations, []);
    let claims = claims("note.md", &format!("Source: {names}\nStorage: {names}\n"));
    assert!(claims.relations.iter().all(|claim| &*claim.rule != "stage-list"));
}

#[test]
fn arrows_brackets_and_dashes_without_end() {
    for unit in
        ["Kafka -> ", "(", "(A) ", "((AB) ", "a a a a a a a a a a (AAAAAAAAAB) ", "-", "=", "Game For A, ", "...."]
    {
        repeated("Kafka ", unit, ") Kafka");
    }
}

#[test]
fn one_word_without_end() {
    for unit in ["b", "bA", "b.", "b_", "\u{e9}"] {
        repeated("Kafka is here. B", unit, " end");
    }
}

#[test]
fn lists_headings_and_tables_without_end() {
    for unit in ["- Kafka: a broker\n", "- Source: Kafka\n", "# Kafka\n", "# Overview\n\n", "# Kafka\n\ntext\n\n"] {
        repeated("# Services\n\n", unit, "");
    }
    repeated("| AWS | Azure |\n|---|---|\n", "| EC2 | Virtual machines |\n", "");
    let nested: String = (0..500).map(|depth| format!("{}- Kafka uses it\n", " ".repeat(depth))).collect();
    claims("note.txt", &nested);
}

#[test]
fn white_space_of_several_bytes_before_a_name_is_no_fault() {
    let mentioned = claims("note.md", "See `a\u{a0}`Zorblax and `b\u{3000}`Kafka http://x\u{a0}Hive.\n");
    assert!(mentioned.mentions.iter().any(|mention| &*mention.concept == "Kafka"));
}
