//! The words of a block: how they are cut, folded and looked at.
//!
//! In: the text of a block. Out: [`Words`] in order, each with its span, its folded form, its
//! singular and its [`Shape`]. One pass, linear in the text. Used by every later step of extraction,
//! so that a name means the same words everywhere.

use unicode_normalization::UnicodeNormalization;

use crate::text::{Span, hash};

/// The words of one block. Folded forms share one buffer.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    /// The block in lower case, and behind it what is folded in another way.
    folded: String,
    others: Vec<Other>,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands in the block's text.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
    /// How it is written.
    pub shape: Shape,
    /// Whether a sentence, a bullet or a field begins here, where a capital says nothing.
    pub opens: bool,
    /// How many bytes of the folded form the singular is without.
    cut: u8,
    /// Which of the others it is, or [`NONE`].
    other: u32,
    /// The numbers of both, by [`hash::of`].
    pub hashes: [u32; 2],
}

/// The folded form and the singular of a word, where they are not the lower case of its place and the beginning of that.
#[derive(Debug)]
struct Other {
    folded: (u32, u32),
    singular: (u32, u32),
}

/// None of the others.
const NONE: u32 = u32::MAX;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space only.
    Space,
    /// A hyphen, or the seam of a camel-case word that was cut.
    Hyphen,
    /// A slash.
    Slash,
    /// Anything else: the words belong to different names.
    Break,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `pipeline`
    Lower,
    /// `Pipeline`
    Capital,
    /// `HDFS`, `EC2`, `S3`
    Upper,
    /// `MySQL`, `iOS`, `node.js`, `snake_case`, `C++`
    Mixed,
    /// `2024`, `7-8`, `1.2.3`
    Number,
}

impl Words {
    /// Cuts `text` into words.
    #[must_use]
    pub(super) fn new(text: &str) -> Self {
        // Words of ASCII stand in the folded text where they stand in the text.
        let words = Vec::with_capacity(text.len() / BYTES_A_WORD + 1);
        let mut words = Self { words, folded: text.to_ascii_lowercase(), others: Vec::new() };
        let mut end = 0;
        while let Some(run) = next_word(text, end) {
            let (gap, opens) = match text.as_bytes()[end..run.span.start] {
                _ if end == 0 => (Gap::Break, true),
                [b' '] => (Gap::Space, false),
                _ => gap(&text[end..run.span.start]),
            };
            end = run.span.end;
            let ends_in_s = matches!(text.as_bytes()[end - 1], b's' | b'S');
            let word = if run.is_ascii() && !ends_in_s {
                let Run { span, .. } = run;
                let shape = run.plain_shape().unwrap_or_else(|| shape(span.of(text)));
                let number = hash::of(&words.folded.as_bytes()[span.start..span.end]);
                Word { span, gap, shape, opens, cut: 0, other: NONE, hashes: [number; 2] }
            } else {
                words.folding(text, run, (gap, opens))
            };
            words.words.push(word);
        }
        words
    }

    /// A word whose folded form or singular may be another than the lower case of its place.
    fn folding(&mut self, text: &str, run: Run, (gap, opens): (Gap, bool)) -> Word {
        let written = without_possessive(run.span.of(text));
        let span = Span::new(run.span.start, run.span.start + written.len());
        let folded = if run.is_ascii() {
            range(span.start, span.end)
        } else {
            let start = self.folded.len();
            push_folded(written, run, &mut self.folded);
            range(start, self.folded.len())
        };
        let shape = run.plain_shape().unwrap_or_else(|| shape(written));
        let singular = if written.ends_with('s') { self.push_singular(written, shape, folded) } else { folded };
        let hash = |(start, end): (u32, u32)| hash::of(&self.folded.as_bytes()[start as usize..end as usize]);
        let number = hash(folded);
        let hashes = [number, if singular == folded { number } else { hash(singular) }];
        let cut = u8::try_from(folded.1 - singular.1.min(folded.1)).unwrap_or(0);
        let here = run.is_ascii() && singular.0 == folded.0;
        let other = if here {
            NONE
        } else {
            self.others.push(Other { folded, singular });
            u32::try_from(self.others.len() - 1).expect("a note is smaller than 4 GiB")
        };
        Word { span, gap, shape, opens, cut, other, hashes }
    }

    fn push_singular(&mut self, written: &str, shape: Shape, folded: (u32, u32)) -> (u32, u32) {
        let word = &self.folded[folded.0 as usize..folded.1 as usize];
        match singular_form(word, written, shape) {
            Singular::Same => folded,
            Singular::Shorter(cut) => (folded.0, folded.1 - cut),
            Singular::EndsInY => {
                let start = self.folded.len();
                self.folded.extend_from_within(folded.0 as usize..folded.1 as usize - 3);
                self.folded.push('y');
                range(start, self.folded.len())
            }
        }
    }

    /// All words in order.
    #[must_use]
    pub(super) fn all(&self) -> &[Word] {
        &self.words
    }

    /// Lower case, NFC.
    #[inline]
    #[must_use]
    pub(super) fn folded(&self, word: &Word) -> &str {
        if word.other == NONE {
            return &self.folded[word.span.start..word.span.end];
        }
        let (start, end) = self.others[word.other as usize].folded;
        &self.folded[start as usize..end as usize]
    }

    /// How many bytes the folded form has.
    #[inline]
    #[must_use]
    pub(super) fn folded_len(&self, word: &Word) -> usize {
        if word.other == NONE {
            return word.span.len();
        }
        let (start, end) = self.others[word.other as usize].folded;
        (end - start) as usize
    }

    /// The folded form without a plural's ending; the same where there is none.
    #[inline]
    #[must_use]
    pub(super) fn singular(&self, word: &Word) -> &str {
        if word.other == NONE {
            return &self.folded[word.span.start..word.span.end - word.cut as usize];
        }
        let (start, end) = self.others[word.other as usize].singular;
        &self.folded[start as usize..end as usize]
    }

    /// Whether the singular is another form.
    #[must_use]
    pub(super) fn is_plural(&self, word: &Word) -> bool {
        if word.other == NONE {
            return word.cut > 0;
        }
        let other = &self.others[word.other as usize];
        other.singular != other.folded
    }

    /// The words wholly inside `span` of the block.
    #[must_use]
    pub(super) fn within(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.words.partition_point(|word| word.span.start < span.start);
        let last = self.words.partition_point(|word| word.span.end <= span.end);
        first..last.max(first)
    }
}

fn range(start: usize, end: usize) -> (u32, u32) {
    let small = |offset| u32::try_from(offset).expect("a note is smaller than 4 GiB");
    (small(start), small(end))
}

/// Bytes of a text for one word of it, about.
const BYTES_A_WORD: usize = 5;

/// What a byte is to a word, as bits that add up over its bytes.
const LOWER: u8 = 1;
const UPPER: u8 = 1 << 1;
const DIGIT: u8 = 1 << 2;
/// May stand inside a word: `node.js`, `snake_case`, `don't`.
const MARK: u8 = 1 << 3;
/// Of a letter beyond ASCII.
const ODD: u8 = 1 << 4;
/// White space.
const SPACE: u8 = 1 << 5;
/// A sentence, a bullet or a field begins behind it.
const OPENS: u8 = 1 << 6;
/// Any other.
const OTHER: u8 = 1 << 7;

/// What each byte is.
static BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut byte: u8 = 0;
    loop {
        bytes[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'.' => MARK | OPENS,
            b'_' | b'\'' => MARK,
            b'!' | b'?' | b':' | b';' | b'"' | b'(' | b'|' => OPENS,
            b' ' | b'\t'..=b'\r' => SPACE,
            0x80.. => ODD,
            _ => OTHER,
        };
        if byte == u8::MAX {
            break bytes;
        }
        byte += 1;
    }
};

/// A run of letters and digits: what its first byte is, and what the others are.
#[derive(Clone, Copy)]
struct Run {
    span: Span,
    first: u8,
    rest: u8,
}

impl Run {
    const fn is_ascii(self) -> bool {
        (self.first | self.rest) & ODD == 0
    }

    /// How it is written, where its sorts of bytes tell.
    const fn plain_shape(self) -> Option<Shape> {
        match (self.first, self.rest) {
            (LOWER, 0 | LOWER) => Some(Shape::Lower),
            (UPPER, LOWER) => Some(Shape::Capital),
            (DIGIT, 0 | DIGIT) => Some(Shape::Number),
            (UPPER, 0 | UPPER | DIGIT) => Some(Shape::Upper),
            _ => None,
        }
    }
}

/// Adds a run in lower case, NFC.
fn push_folded(written: &str, run: Run, folded: &mut String) {
    if run.is_ascii() {
        let start = folded.len();
        folded.push_str(written);
        folded[start..].make_ascii_lowercase();
    } else {
        folded.extend(written.nfc().flat_map(char::to_lowercase));
    }
}

/// The next run of letters and digits from byte `from` on, with the marks that belong inside or behind names.
#[inline]
fn next_word(text: &str, from: usize) -> Option<Run> {
    const WORD: u8 = LOWER | UPPER | DIGIT;
    let bytes = text.as_bytes();
    let is_letter = |byte: &u8| BYTES[*byte as usize] & WORD != 0;
    let mut start = from;
    let first = loop {
        let is = BYTES[*bytes.get(start)? as usize];
        if is & WORD != 0 {
            break is;
        }
        if is != ODD {
            start += 1;
            continue;
        }
        let letter = text[start..].chars().next()?;
        if letter.is_alphanumeric() {
            break is;
        }
        start += letter.len_utf8();
    };
    let mut end = start + usize::from(first != ODD);
    let mut rest = 0;
    loop {
        for byte in &bytes[end..] {
            let is = BYTES[*byte as usize];
            if is & WORD == 0 {
                break;
            }
            rest |= is;
            end += 1;
        }
        let Some(byte) = bytes.get(end) else { break };
        let is = BYTES[*byte as usize];
        if is & (MARK | ODD) == 0 {
            break;
        }
        let next = bytes.get(end + 1);
        if is & MARK != 0 && next.is_some_and(is_letter) {
            rest |= is;
            end += 1;
            continue;
        }
        if is == ODD || next.is_some_and(|next| !next.is_ascii()) {
            let word_end = odd_word_end(text, end);
            rest |= if word_end > end { ODD } else { 0 };
            end = word_end;
        }
        break;
    }
    let suffixed = with_suffix(text, start, end);
    Some(Run { span: Span::new(start, suffixed), first, rest: if suffixed > end { rest | MARK } else { rest } })
}

/// Where the word ends that goes on at byte `from`, in any script.
fn odd_word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut letters = text[from..].chars().peekable();
    while let Some(letter) = letters.next() {
        let inside =
            matches!(letter, '.' | '_' | '\'' | '’') && letters.peek().is_some_and(|next| next.is_alphanumeric());
        if !(letter.is_alphanumeric() || inside) {
            break;
        }
        end += letter.len_utf8();
    }
    end
}

/// What stands between two words, and whether a sentence, a bullet or a field begins behind it.
fn gap(between: &str) -> (Gap, bool) {
    let bytes = between.as_bytes();
    let are = bytes.iter().fold(0, |are, byte| are | BYTES[*byte as usize]);
    let opens = are & OPENS != 0
        || are & OTHER != 0 && bytes.windows(2).any(|pair| pair == b"--")
        || are & ODD != 0 && between.contains('•');
    let gap = match between {
        "-" | "‐" | "‑" | "" => Gap::Hyphen,
        "/" => Gap::Slash,
        _ if are == SPACE || are & ODD != 0 && between.chars().all(char::is_whitespace) => Gap::Space,
        _ => Gap::Break,
    };
    (gap, opens)
}

/// Takes the `++`, `+` or `#` of `C++`, `C#`, `F#` into a word of one or two letters.
fn with_suffix(text: &str, start: usize, end: usize) -> usize {
    if end - start > 2 || !matches!(text.as_bytes().get(end), Some(b'+' | b'#')) {
        return end;
    }
    let rest = &text[end..];
    let marks = rest.bytes().take_while(|byte| matches!(byte, b'+' | b'#')).count();
    let closed = rest[marks..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    if (1..=2).contains(&marks) && closed { end + marks } else { end }
}

fn without_possessive(word: &str) -> &str {
    if !matches!(word.as_bytes(), [_, .., b's' | b'S']) {
        return word;
    }
    ["'s", "’s", "'S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

enum Singular {
    Same,
    Shorter(u32),
    EndsInY,
}

/// English plurals of terms. A capital S at the end is part of a name (`HTTPS`, `macOS`).
fn singular_form(word: &str, written: &str, shape: Shape) -> Singular {
    let bytes = word.as_bytes();
    let odd = |byte: &u8| *byte == b'.' || !byte.is_ascii();
    if !bytes.ends_with(b"s") || written.ends_with('S') || bytes.len() < 4 || bytes.iter().any(odd) {
        return Singular::Same;
    }
    if shape == Shape::Upper {
        return Singular::Shorter(1);
    }
    match bytes {
        [.., b's' | b'u' | b'i', _] => Singular::Same,
        [_, _, .., b'i', b'e', _] => Singular::EndsInY,
        [.., b's', b's', b'e', _]
        | [.., b'x', b'e', _]
        | [.., b'c' | b's', b'h', b'e', _]
        | [.., b'z', b'z', b'e', _] => Singular::Shorter(2),
        _ => Singular::Shorter(1),
    }
}

/// How a word is written that is more than small letters behind a first one.
fn shape(word: &str) -> Shape {
    let (mut upper, mut lower, mut digits, mut marks) = (0, 0, 0, 0);
    for letter in word.chars() {
        match letter {
            'a'..='z' => lower += 1,
            'A'..='Z' => upper += 1,
            '0'..='9' => digits += 1,
            _ if letter.is_uppercase() => upper += 1,
            _ if letter.is_alphabetic() => lower += 1,
            _ if letter.is_numeric() => digits += 1,
            '\'' | '’' => {}
            _ => marks += 1,
        }
    }
    let opens_upper = word.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower) {
        (0, 0) => Shape::Number,
        (0, _) if marks == 0 && digits == 0 => Shape::Lower,
        (0, _) => Shape::Mixed,
        (_, 0) => Shape::Upper,
        (1, _) if opens_upper && marks == 0 && digits == 0 => Shape::Capital,
        (_, 1) if upper >= 2 && word.ends_with('s') => Shape::Upper,
        _ => Shape::Mixed,
    }
}

/// The runs between white space that hold one of three bytes of ASCII, and of which `wanted` holds, such as addresses, in order.
/// Linear in the text.
#[must_use]
pub(super) fn runs(text: &str, [a, b, c]: [u8; 3], wanted: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr3(a, b, c, &text.as_bytes()[from..]).map(|at| from + at) {
        let before = text[from..at].char_indices().rev().find(|(_, letter)| letter.is_whitespace());
        let start = before.map_or(from, |(space, letter)| from + space + letter.len_utf8());
        let end = text[at..].find(char::is_whitespace).map_or(text.len(), |space| at + space);
        if wanted(&text[start..end]) {
            found.push(Span::new(start, end));
        }
        from = end;
    }
    found
}

/// Whether one of `spans`, which stand in order, meets `span`. O(log spans).
#[must_use]
pub(super) fn meets(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|other| other.end <= span.start);
    spans.get(next).is_some_and(|other| other.start < span.end)
}

/// [`name_key`] of the words of a name where it stands, which are cut already.
#[must_use]
pub(super) fn key_of(words: &Words, range: std::ops::Range<usize>) -> String {
    let all = &words.all()[range.clone()];
    let length = all.iter().map(|word| words.folded_len(word) + 1).sum();
    let mut key = String::with_capacity(length);
    let last = range.end.saturating_sub(1);
    for at in range {
        let word = &words.all()[at];
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(if at == last { words.singular(word) } else { words.folded(word) });
    }
    key
}

/// Whether a name is one word.
#[must_use]
pub(super) fn is_one_word(name: &str) -> bool {
    next_word(name, 0).is_some_and(|first| next_word(name, first.span.end).is_none())
}

/// The key under which names are one: folded words, the last one singular, joined by spaces.
#[must_use]
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut last = None;
    let mut end = 0;
    while let Some(run) = next_word(name, end) {
        if last.is_some() {
            key.push(' ');
        }
        let written = without_possessive(run.span.of(name));
        last = Some((key.len(), written, run));
        push_folded(written, run, &mut key);
        end = run.span.end;
    }
    if let Some((start, written, run)) = last.filter(|(_, written, _)| written.ends_with('s')) {
        match singular_form(&key[start..], written, run.plain_shape().unwrap_or_else(|| shape(written))) {
            Singular::Same => {}
            Singular::Shorter(cut) => key.truncate(key.len() - cut as usize),
            Singular::EndsInY => {
                key.truncate(key.len() - 3);
                key.push('y');
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let words = Words::new(text);
        words
            .all()
            .iter()
            .map(|word| format!("{}:{}:{:?}", word.span.of(text), words.singular(word), word.shape))
            .collect()
    }

    #[test]
    fn names_keep_their_marks_and_lose_their_plurals() {
        assert_eq!(
            words("C++ node.js APIs' S3 HTTPS queries team's snake_case"),
            [
                "C++:c++:Upper",
                "node.js:node.js:Mixed",
                "APIs:api:Upper",
                "S3:s3:Upper",
                "HTTPS:https:Upper",
                "queries:query:Lower",
                "team:team:Lower",
                "snake_case:snake_case:Mixed"
            ]
        );
    }

    #[test]
    fn keys_join_hyphens_case_and_plurals() {
        assert_eq!(name_key("Data-Lakes"), "data lake");
        assert_eq!(name_key("data lake"), "data lake");
    }

    proptest::proptest! {
        #[test]
        fn keys_are_words_the_last_singular(name in r"([A-Za-z0-9éßΣs'.+#_-]{0,6}(s|ies|sses|'s|S)?[ /,]?){0,4}") {
            let words = Words::new(&name);
            let mut told: Vec<&str> = words.all().iter().map(|word| words.folded(word)).collect();
            if let (Some(last), Some(word)) = (told.last_mut(), words.all().last()) {
                *last = words.singular(word);
            }
            proptest::prop_assert_eq!(name_key(&name), told.join(" "));
            proptest::prop_assert_eq!(name_key(&name), key_of(&words, 0..words.all().len()));
        }

        #[test]
        fn shapes_by_sorts_of_bytes_are_those_by_letters(word in r"[A-Za-z0-9é'._]{1,6}[+#]?") {
            let words = Words::new(&word);
            for found in words.all() {
                proptest::prop_assert_eq!(found.shape, shape(found.span.of(&word)));
            }
        }
    }
}
