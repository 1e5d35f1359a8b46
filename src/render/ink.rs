//! Coloured text that knows its width: what every page for people is made of.

use std::io::{self, Write};

use super::escape;

/// How text for people is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour with ANSI sequences.
    pub colour: bool,
    /// How many cells a line may take; `usize::MAX` never breaks a line.
    pub width: usize,
}

impl Style {
    /// For pipes and files: no colour, lines as long as they are.
    pub const PLAIN: Self = Self { colour: false, width: usize::MAX };
}

impl Default for Style {
    fn default() -> Self {
        Self::PLAIN
    }
}

/// What a run of words is, which decides its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Ordinary words.
    #[default]
    Plain,
    /// The name of a concept.
    Name,
    /// A relation type and its arrow.
    Relation,
    /// A kind or a label.
    Kind,
    /// `path:line:column`.
    Place,
    /// Words of a note that answer.
    Match,
    /// What stands by: counts, rules, punctuation.
    Dim,
    /// A heading.
    Heading,
    /// `error:` and the caret.
    Error,
    /// `warning:`.
    Warning,
    /// `hint:`.
    Hint,
}

impl Ink {
    /// The parameters of its ANSI sequence; from the 16 colours every terminal theme chooses well.
    const fn ansi(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Name | Self::Heading => "1",
            Self::Relation => "36",
            Self::Kind => "35",
            Self::Place => "34",
            Self::Match => "1;33",
            Self::Dim => "2",
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Hint => "1;32",
        }
    }

    /// Wraps `words`, which must be shown already, in its colour.
    #[must_use]
    pub fn paint(self, words: &str, colour: bool) -> String {
        if colour && !self.ansi().is_empty() && !words.is_empty() {
            format!("\x1b[{}m{words}\x1b[0m", self.ansi())
        } else {
            words.to_owned()
        }
    }
}

/// Words with their inks, safe for a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    words: String,
    /// Where each run ends, and its ink.
    runs: Vec<(usize, Ink)>,
}

impl Text {
    /// `words` in one ink.
    pub(crate) fn new(ink: Ink, words: &str) -> Self {
        Self::default().with(ink, words)
    }

    /// With more words behind; control characters in them are spelled out.
    pub(crate) fn with(mut self, ink: Ink, words: &str) -> Self {
        self.push(ink, words);
        self
    }

    /// Adds words; control characters in them are spelled out.
    pub(crate) fn push(&mut self, ink: Ink, words: &str) {
        self.words.push_str(&escape::shown(words));
        let end = self.words.len();
        match self.runs.last_mut() {
            Some((last, same)) if *same == ink => *last = end,
            _ => self.runs.push((end, ink)),
        }
    }

    /// Adds another text behind.
    pub(crate) fn append(&mut self, other: &Self) {
        let mut start = 0;
        for (end, ink) in &other.runs {
            self.push(*ink, &other.words[start..*end]);
            start = *end;
        }
    }

    /// How many cells it takes on one line.
    pub(crate) fn width(&self) -> usize {
        escape::width(&self.words)
    }

    /// Whether it has no words.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Its lines when none may take more than `cells`, at most `most` of them, the last one then ending in `…`.
    pub(crate) fn wrap(&self, cells: usize, most: usize) -> Vec<Self> {
        let ranges = escape::wrap(&self.words, cells);
        let cut = ranges.len() > most;
        let mut lines: Vec<Self> = ranges.into_iter().take(most).map(|range| self.part(range)).collect();
        if let Some(last) = lines.last_mut().filter(|_| cut) {
            let room = cells.saturating_sub(1);
            *last = last.part(0..escape::wrap(&last.words, room)[0].end).with(Ink::Dim, "…");
        }
        lines
    }

    fn part(&self, range: std::ops::Range<usize>) -> Self {
        let mut part = Self::default();
        let mut start = 0;
        for (end, ink) in &self.runs {
            let (from, to) = (start.max(range.start), (*end).min(range.end));
            if from < to {
                part.push(*ink, &self.words[from..to]);
            }
            start = *end;
        }
        part
    }

    /// Writes it, coloured or not.
    pub(crate) fn write(&self, colour: bool, out: &mut dyn Write) -> io::Result<()> {
        let mut start = 0;
        for (end, ink) in &self.runs {
            out.write_all(ink.paint(&self.words[start..*end], colour).as_bytes())?;
            start = *end;
        }
        Ok(())
    }

    /// Writes it, then spaces up to `cells`.
    pub(crate) fn write_padded(&self, cells: usize, colour: bool, out: &mut dyn Write) -> io::Result<()> {
        self.write(colour, out)?;
        write!(out, "{:1$}", "", cells.saturating_sub(self.width()))
    }

    /// Writes it as lines of their own, each behind `indent` spaces.
    pub(crate) fn write_lines(&self, indent: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
        for line in self.wrap(style.width.saturating_sub(indent), usize::MAX) {
            write!(out, "{:indent$}", "")?;
            line.write(style.colour, out)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_survive_the_break_of_a_line() {
        let text = Text::new(Ink::Name, "Apache Kafka").with(Ink::Plain, " is a log");
        let lines = text.wrap(12, 9);
        assert_eq!(lines, [Text::new(Ink::Name, "Apache Kafka"), Text::new(Ink::Plain, "is a log")]);
        let mut out = Vec::new();
        lines[0].write(true, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\x1b[1mApache Kafka\x1b[0m");
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis() {
        let lines = Text::new(Ink::Plain, "one two three four").wrap(7, 1);
        assert_eq!(lines, [Text::new(Ink::Plain, "one").with(Ink::Dim, "…")]);
    }
}
