//! Brackets and the pieces of text around them.

use memchr::{memchr2, memmem};

use crate::text::Span;

/// Longer brackets hold no pair, in bytes.
const LONGEST: usize = 300;

/// What stands inside each round or square bracket, white space off, in order of their openings. Nested ones
/// come too. Linear in the text.
#[must_use]
pub(super) fn brackets(text: &str) -> Vec<Span> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut found = Vec::new();
    let Some(first) = memchr2(b'(', b'[', text.as_bytes()) else { return found };
    for (at, byte) in text.bytes().enumerate().skip(first) {
        match byte {
            b'(' | b'[' => open.push((at, byte)),
            b')' | b']' => {
                let wanted = if byte == b')' { b'(' } else { b'[' };
                if let Some(last) = open.iter().rposition(|(_, mark)| *mark == wanted) {
                    let start = open[last].0 + 1;
                    open.truncate(last);
                    if at - start <= LONGEST {
                        found.push(Span::new(start, at));
                    }
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|span| span.start);
    found.retain(|span| !span.of(text).trim().is_empty());
    found
}

/// The parts of a bracket between commas and semicolons, lead-ins such as `also known as` taken off.
#[must_use]
pub(super) fn segments(text: &str, inner: Span) -> Vec<Span> {
    const AND: &str = " and ";
    const QUOTES: [char; 6] = ['"', '“', '”', '\'', '‘', '’'];
    const LEADS: &[&str] = &[
        "also known as ",
        "also called ",
        "aka ",
        "a.k.a. ",
        "abbreviated as ",
        "abbreviated ",
        "or simply ",
        "or ",
        "called ",
        "known as ",
        "hereafter ",
        "i.e. ",
        "i.e., ",
        "short: ",
        "abbr. ",
        "abbreviation: ",
    ];
    let mut spans = Vec::new();
    let mut start = inner.start;
    let parts = inner.of(text).split([',', ';']).flat_map(|part| {
        let joint = memmem::find(part.as_bytes(), AND.as_bytes());
        let (first, second) = joint.map_or((part, None), |at| (&part[..at], Some(&part[at + AND.len()..])));
        std::iter::once(first).chain(second)
    });
    for part in parts {
        let mut span = trimmed(text, Span::new(start, start + part.len()));
        let opens = |span: Span, lead: &str| {
            let opening = span.of(text).as_bytes().get(..lead.len());
            opening.is_some_and(|opening| opening.eq_ignore_ascii_case(lead.as_bytes()))
        };
        while let Some(lead) = LEADS.iter().find(|lead| opens(span, lead)) {
            span = trimmed(text, Span::new(span.start + lead.len(), span.end));
        }
        let behind = start + part.len();
        start = behind + if text[behind..inner.end].starts_with(AND) { AND.len() } else { 1 };
        let quoted = span.of(text).trim_start_matches(QUOTES);
        let from = span.end - quoted.len();
        let quoted = quoted.trim_end_matches(QUOTES);
        if !quoted.is_empty() {
            spans.push(Span::new(from, from + quoted.len()));
        }
    }
    spans
}

/// From the start to the first comma, full stop, bracket or dash.
#[must_use]
pub(super) fn first_clause(text: &str) -> Span {
    let end = text.find([',', ';', '(', ':', '–', '—']).unwrap_or(text.len());
    let stop = text.find(". ").unwrap_or(text.len()).min(text.find(" - ").unwrap_or(text.len()));
    trimmed(text, Span::new(0, end.min(stop)))
}

/// The span without white space at its ends.
#[must_use]
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}
