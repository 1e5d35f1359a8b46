//! A note with what was read in it, for people.

use std::io::{self, Write};

use serde::Serialize;

use super::Direction;
use super::path::relation_text;
use crate::render::ink::{Ink, Style, Text};

/// A note with what was read in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Annotation {
    /// The note.
    pub path: String,
    /// Whether the index holds it.
    pub indexed: bool,
    /// Its lines.
    pub lines: Vec<AnnotatedLine>,
    /// The concepts in it, by name.
    pub concepts: Vec<NotedConcept>,
}

/// A line with what was read in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AnnotatedLine {
    /// From 1.
    pub number: u32,
    /// As written.
    pub text: String,
    /// Where concepts are named, in order.
    pub marks: Vec<Mark>,
    /// The relations whose words begin here.
    pub relations: Vec<NotedRelation>,
}

/// A concept named in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends; as `start` where markup stands between its words.
    pub end: usize,
    /// The concept.
    pub concept: String,
}

/// A relation that a line states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotedRelation {
    /// Its subject.
    pub subject: String,
    /// Its type.
    pub relation_type: String,
    /// Whether it reads both ways.
    pub symmetric: bool,
    /// Its object.
    pub object: String,
    /// Trust in the rule, in thousandths.
    pub confidence: u16,
    /// The rule.
    pub rule: String,
    /// Where its words begin, from 1.
    pub column: u32,
    /// The words.
    pub quote: String,
    /// The line of `quipu.toml` that would change it.
    pub change: String,
}

/// A concept of the note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotedConcept {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Why it is one.
    pub reason: String,
    /// Other names by which the note calls it.
    pub written: Vec<WrittenName>,
    /// The line of `quipu.toml` that would end it.
    pub change: String,
}

/// Another name by which a note calls a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WrittenName {
    /// As written.
    pub text: String,
    /// The rule that joined it.
    pub rule: String,
    /// The line of `quipu.toml` that would keep it apart.
    pub change: String,
}

/// Writes the lines of the note, concepts in colour or in `⟦…⟧`, relations below the line that states them, and
/// the concepts behind it.
///
/// ```text
///  14  Storage: ⟦HDFS⟧
///      Flume ─FEEDS→ HDFS  0.90 stage-list  not so: ignore = ["HDFS"]
/// ```
///
/// # Errors
///
/// Those of `out`.
pub fn annotated_note(note: &Annotation, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let digits = note.lines.len().to_string().len();
    let mut line = |text: Text| text.write(style.colour, out).and_then(|()| writeln!(out));
    for annotated in &note.lines {
        let mut text = Text::new(Ink::Dim, &format!("{:>digits$}  ", annotated.number));
        text.append(&marked(annotated, style.colour));
        line(text)?;
        for relation in &annotated.relations {
            let mut text = Text::new(Ink::Dim, &format!("{:digits$}  ", ""));
            text.append(&relation_line(relation));
            line(text)?;
        }
    }
    if !note.concepts.is_empty() {
        line(Text::default())?;
    }
    for concept in &note.concepts {
        let text = Text::new(Ink::Name, &concept.name).with(Ink::Kind, &format!("  {}", concept.kind));
        line(
            text.with(Ink::Plain, &format!("  {}", concept.reason))
                .with(Ink::Dim, "  not so: ")
                .with(Ink::Plain, &concept.change),
        )?;
        for written in &concept.written {
            let text =
                Text::new(Ink::Plain, &format!("  {}", written.text)).with(Ink::Dim, &format!("  {}", written.rule));
            line(text.with(Ink::Dim, "  not so: ").with(Ink::Plain, &written.change))?;
        }
    }
    Ok(())
}

/// The words of a line with its concepts marked; of marks in each other the first one stands.
fn marked(line: &AnnotatedLine, colour: bool) -> Text {
    let mut text = Text::default();
    let mut at = 0;
    for mark in line.marks.iter().filter(|mark| mark.start < mark.end) {
        let Some(words) = line.text.get(mark.start..mark.end).filter(|_| mark.start >= at) else { continue };
        text.push(Ink::Plain, &line.text[at..mark.start]);
        if colour {
            text.push(Ink::Match, words);
        } else {
            text.push(Ink::Match, &format!("⟦{words}⟧"));
        }
        at = mark.end;
    }
    text.with(Ink::Plain, &line.text[at..])
}

fn relation_line(relation: &NotedRelation) -> Text {
    let direction = if relation.symmetric { Direction::Both } else { Direction::Out };
    let trust = f64::from(relation.confidence) / 1000.0;
    relation_text(&relation.subject, &relation.relation_type, direction, &relation.object)
        .with(Ink::Dim, &format!("  {trust:.2} {}  not so: ", relation.rule))
        .with(Ink::Plain, &relation.change)
}
