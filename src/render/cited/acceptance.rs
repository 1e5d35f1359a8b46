//! Why a concept is one, for people.

use std::io::{self, Write};

use serde::Serialize;

use super::Citation;
use crate::render::ink::{Ink, Style, Text};

/// Why a concept is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// The concept.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The reason in one clause.
    pub reason: String,
    /// The points from which a name is a concept.
    pub needed: u32,
    /// Its names as notes introduce them, by key.
    pub names: Vec<ScoredName>,
    /// Its other names and how they were joined.
    pub joined: Vec<JoinedName>,
    /// The line of `quipu.toml` that would end it.
    pub change: String,
}

/// A name with its points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ScoredName {
    /// Folded words, the last singular.
    pub key: String,
    /// Of all notes together, in thousandths.
    pub points: u32,
    /// What each note adds.
    pub notes: Vec<ScoredNote>,
}

/// What one note adds to a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ScoredNote {
    /// The note.
    pub path: String,
    /// Lines that name it, from 1.
    pub lines: Vec<u32>,
    /// The forms it is written in.
    pub forms: Vec<String>,
    /// What the note adds.
    pub points: u32,
    /// How it introduces the name.
    pub signals: Vec<ScoredSignal>,
}

/// One way in which a note introduces a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ScoredSignal {
    /// Which.
    pub signal: String,
    /// What one occurrence counts.
    pub weight: u32,
    /// How often it occurs.
    pub times: u32,
    /// How many occurrences of a note count.
    pub most: u32,
    /// What it adds.
    pub points: u32,
}

/// Another name of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JoinedName {
    /// The name.
    pub name: String,
    /// The rule that joined it.
    pub rule: String,
    /// The lines that say so; none for rules that look at names alone.
    pub places: Vec<Citation>,
    /// The line of `quipu.toml` that would keep it apart.
    pub change: String,
}

/// Writes why a concept is one.
///
/// # Errors
///
/// Those of `out`.
pub fn concept_acceptance(why: &Acceptance, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |text: Text| text.write(style.colour, out).and_then(|()| writeln!(out));
    line(Text::new(Ink::Name, &why.name).with(Ink::Kind, &format!("  {}", why.kind)))?;
    line(Text::new(Ink::Plain, &why.reason))?;
    line(Text::new(Ink::Dim, "not so: ").with(Ink::Plain, &why.change))?;
    for name in &why.names {
        let enough = if name.points >= why.needed { "enough by itself" } else { "not enough by itself" };
        line(Text::default())?;
        let points = format!("  {} points, {enough}", name.points);
        line(Text::new(Ink::Name, &name.key).with(Ink::Plain, &points))?;
        for note in &name.notes {
            line(note_line(note))?;
            for signal in &note.signals {
                line(signal_line(signal))?;
            }
        }
    }
    if !why.joined.is_empty() {
        line(Text::default())?;
        line(Text::new(Ink::Heading, "Other names"))?;
    }
    for joined in &why.joined {
        let text = Text::new(Ink::Name, &format!("  {}", joined.name));
        line(
            text.with(Ink::Dim, &format!("  {}", joined.rule))
                .with(Ink::Dim, "  not so: ")
                .with(Ink::Plain, &joined.change),
        )?;
        for place in &joined.places {
            let text = Text::new(Ink::Place, &format!("    {}", place.place()));
            line(text.with(Ink::Dim, ": ").with(Ink::Plain, &place.quote))?;
        }
    }
    Ok(())
}

fn note_line(note: &ScoredNote) -> Text {
    let lines: Vec<String> = note.lines.iter().take(12).map(u32::to_string).collect();
    let at = if lines.is_empty() { String::new() } else { format!(":{}", lines.join(",")) };
    let forms = note.forms.join(", ");
    Text::new(Ink::Place, &format!("  {}{at}", note.path)).with(Ink::Plain, &format!("  {}  {forms}", note.points))
}

fn signal_line(signal: &ScoredSignal) -> Text {
    let ScoredSignal { signal: name, weight, times, most, points } = signal;
    let counted = if times > most { format!(" (at most {most} count)") } else { String::new() };
    Text::new(Ink::Plain, &format!("    {name:<13}{points:>5}"))
        .with(Ink::Dim, &format!("  {times} × {weight}{counted}"))
}
