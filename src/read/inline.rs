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
    let text = words.as_str();
    let mut found = Vec::new();
    if text.contains(':') && text.contains("://") {
        found.extend(addresses(text).map(|span| (InlineKind::Link { address: span.of(text).to_owned() }, span)));
    }
    if text.contains('#') {
        found.extend(tags(text).filter(|span| !is_escaped(span.start - 1)).map(|span| (InlineKind::Tag, span)));
    }
    found.retain(|(_, span)| !words.is_linked(*span));
    let addresses: Vec<Span> =
        found.iter().filter(|(kind, _)| *kind != InlineKind::Tag).map(|(_, span)| *span).collect();
    found.retain(|(kind, span)| *kind != InlineKind::Tag || !addresses.iter().any(|address| address.contains(*span)));
    words.mark_all(found);
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
fn addresses(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices("://").filter_map(|(at, _)| {
        let scheme = text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let rest = &text[at..];
        let len = rest.find(|c: char| c.is_whitespace() || "<>\"`|".contains(c)).unwrap_or(rest.len());
        let address = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '*', '_']);
        (scheme > 1 && address.len() > 3).then(|| Span::new(at - scheme, at + address.len()))
    })
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
