//! Notes found by full text, each with its snippet and the terms marked.

use std::io::{self, Write};

use super::SearchHit;
use crate::read::place;
use crate::render::ink::{Ink, Style, Text};
use crate::text::Span;

/// Lines a snippet may take.
const SNIPPET_LINES: usize = 4;

/// Writes hits, best first:
///
/// ```text
/// aws.txt:88  Cloud notes
///   … Redshift keeps tables in column storage, so that …
/// ```
///
/// Without colour the terms stand as they are; a pipe gets each snippet on one line.
///
/// # Errors
///
/// Those of `out`.
pub fn search_hits(hits: &[SearchHit], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, hit) in hits.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        Text::new(Ink::Place, &place(&hit.path, hit.line))
            .with(Ink::Plain, "  ")
            .with(Ink::Heading, &hit.title)
            .with(Ink::Dim, &format!("  {:.2}", hit.score))
            .write_lines(0, style, out)?;
        for line in snippet(hit).wrap(style.width.saturating_sub(2), SNIPPET_LINES) {
            write!(out, "  ")?;
            line.write(style.colour, out)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn snippet(hit: &SearchHit) -> Text {
    let mut text = Text::default();
    let mut at = 0;
    for mark in &hit.highlights {
        let start = mark.start.max(at);
        push_words(Ink::Plain, Span::new(at, start).of(&hit.snippet), &mut text);
        push_words(Ink::Match, Span::new(start, mark.end.max(start)).of(&hit.snippet), &mut text);
        at = mark.end.max(start);
    }
    push_words(Ink::Plain, hit.snippet.get(at..).unwrap_or(""), &mut text);
    text
}

/// Adds words whose line breaks and runs of spaces show as one space.
fn push_words(ink: Ink, words: &str, text: &mut Text) {
    let folded = crate::text::fold_spaces(words);
    let edge = |at_edge: bool| if at_edge && !words.is_empty() { " " } else { "" };
    let before = edge(words.starts_with(char::is_whitespace));
    let after = edge(words.ends_with(char::is_whitespace) && !folded.is_empty());
    text.push(ink, &format!("{before}{folded}{after}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    fn hit() -> SearchHit {
        SearchHit {
            path: "aws.txt".into(),
            title: "Cloud notes".into(),
            line: 88,
            score: 7.126,
            snippet: "Redshift keeps tables\n  in column storage".into(),
            highlights: vec![Span::new(27, 33), Span::new(34, 41)],
        }
    }

    #[test]
    fn a_hit_shows_place_title_score_and_snippet() {
        assert_eq!(
            string(|out| search_hits(&[hit()], Style::PLAIN, out)),
            "aws.txt:88  Cloud notes  7.13\n  Redshift keeps tables in column storage\n"
        );
    }

    #[test]
    fn terms_are_marked_in_colour() {
        let text = string(|out| search_hits(&[hit()], Style { colour: true, width: 80 }, out));
        assert!(text.contains("in \x1b[1;33mcolumn\x1b[0m \x1b[1;33mstorage\x1b[0m"), "{text:?}");
    }

    #[test]
    fn spans_that_do_not_fit_the_snippet_are_left_out() {
        let odd = SearchHit { highlights: vec![Span::new(5, 3), Span::new(900, 905)], ..hit() };
        assert!(string(|out| search_hits(&[odd], Style::PLAIN, out)).contains("Redsh"));
    }
}
