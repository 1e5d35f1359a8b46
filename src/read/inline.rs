//! Marks inside running words that both readers look for: tags, addresses, and in plain notes also
//! code in backticks and `[[wikilinks]]`.

use super::InlineKind;
use super::draft::Words;
use super::meta::wiki_target;
use crate::text::Span;

/// Marks code, wikilinks, addresses and tags in the words of a plain note; the words stay as they are.
pub(super) fn mark_plain(words: &mut Words) {
    let text = words.as_str();
    if !text.bytes().any(|byte| matches!(byte, b'`' | b'[' | b':' | b'#')) {
        return;
    }
    let mut found = Vec::new();
    if text.contains('`') {
        found = between(text, "`", "`", |_| InlineKind::Code);
    }
    if text.contains('[') {
        let links = between(text, "[[", "]]", |inner| InlineKind::WikiLink { target: wiki_target(inner).to_owned() });
        found.extend(links.into_iter().map(|(kind, span)| (kind, shown(text, span))));
    }
    words.mark_all(found);
    mark_words(words, |_| false);
}

/// Marks addresses and tags that stand in no other mark. `is_escaped` tells of the byte of a `#`.
pub(super) fn mark_words(words: &mut Words, is_escaped: impl Fn(usize) -> bool) {
    let holds = |byte: u8, words: &Words| memchr::memchr(byte, words.as_str().as_bytes()).is_some();
    if holds(b':', words) && words.as_str().contains("://") {
        let linked = words.linked();
        let found = addresses(words.as_str()).into_iter().filter(|span| !is_inside(&linked, *span));
        let found: Vec<_> = found.map(|span| (address(words.as_str(), span), span)).collect();
        words.mark_all(found);
    }
    if holds(b'#', words) {
        let linked = words.linked();
        let free = |span: &Span| !is_escaped(span.start - 1) && !is_inside(&linked, *span);
        let found: Vec<_> = tags(words.as_str()).filter(free).map(|span| (InlineKind::Tag, span)).collect();
        words.mark_all(found);
    }
}

fn address(text: &str, span: Span) -> InlineKind {
    InlineKind::Link { address: span.of(text).to_owned() }
}

/// Whether one of `spans`, which stand in order, holds `span`.
fn is_inside(spans: &[Span], span: Span) -> bool {
    let after = spans.partition_point(|other| other.start <= span.start);
    after.checked_sub(1).is_some_and(|last| spans[last].contains(span))
}

/// What stands between each `open` and the next `close`.
fn between(text: &str, open: &str, close: &str, kind: impl Fn(&str) -> InlineKind) -> Vec<(InlineKind, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start + open.len()) {
        let Some(end) = text[start..].find(close).map(|end| start + end) else { break };
        if end > start {
            found.push((kind(&text[start..end]), Span::new(start, end)));
        }
        at = end + close.len();
    }
    found
}

/// The shown words of a wikilink's inner part.
fn shown(text: &str, inner: Span) -> Span {
    let start = inner.of(text).rfind('|').map_or(inner.start, |bar| inner.start + bar + 1);
    if start < inner.end { Span::new(start, inner.end) } else { inner }
}

/// `scheme://...` up to white space, without the punctuation of the sentence around it.
fn addresses(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices("://").filter(|(at, _)| text[..*at].ends_with(|c: char| c.is_ascii_alphabetic()))
    {
        if at < end {
            continue;
        }
        let scheme = text[end..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let rest = &text[at..];
        let len = rest.find(|c: char| c.is_whitespace() || "<>\"`|".contains(c)).unwrap_or(rest.len());
        end = at + len;
        let address = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '*', '_']);
        if scheme > 1 && address.len() > 3 {
            found.push(Span::new(at - scheme, at + address.len()));
        }
    }
    found
}

/// The words after `#` that make a tag: no letter or digit before, at least one character that is no digit.
fn tags(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices('#').filter_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        let opens = before.is_none_or(|c| c.is_whitespace() || "([{,;\"'|".contains(c));
        let rest = &text[at + 1..];
        let len = rest.find(|c| !in_tag(c)).unwrap_or(rest.len());
        let tag = rest[..len].trim_end_matches(['/', '-']);
        let named = tag.contains(|c: char| c.is_alphabetic() || c == '_') && !tag.starts_with(['/', '-']);
        (opens && named).then(|| Span::new(at + 1, at + 1 + tag.len()))
    })
}

/// Letters, digits, signs and `_-/`, but no punctuation.
fn in_tag(c: char) -> bool {
    let sign = c > '\u{bf}' && !c.is_whitespace();
    let punctuation = matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}');
    c.is_ascii_alphanumeric() || "_-/".contains(c) || sign && !punctuation
}
