//! Text → the words it is indexed and found by.
//!
//! In: any text. Out: [`Word`]s in order, each with the bytes it came from and its folded form:
//! lower case, compatibility forms and accents folded, so that composed and decomposed text give
//! the same words.
//!
//! A word is a run of letters and digits (`S3`, `EC2`, `node`), with the signs that make `C++`,
//! `C#` and `F#` names of their own. `snake_case`, `key-value` and `node.js` are several words in a
//! row; a search for them is a search for the row, so the whole is found, and each part too.
//! Scripts written without spaces (Chinese, Japanese, Korean, Thai and their neighbours) give one
//! word for each character; a search for several is again a search for the row.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

/// The name under which tantivy knows the analyzer.
pub(super) const NAME: &str = "quipu";

/// Words whose folded form has more bytes are left out; the words around them keep their distance.
const LONGEST_WORD: usize = 200;

/// The words of `text`, folded, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut stream = Words::new(text);
    while stream.advance() {
        found.push(stream.token.text.clone());
    }
    found
}

/// The analyzer for tantivy.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::from(Analyzer)
}

#[derive(Clone)]
struct Analyzer;

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        Words::new(text)
    }
}

/// A walk over the words of a text.
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
    token: Token,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, token: Token::default() }
    }

    /// The next word: its bytes, its number, and its folded form.
    pub(super) fn next_word(&mut self) -> Option<(Span, usize, &str)> {
        if !self.advance() {
            return None;
        }
        let token = &self.token;
        Some((Span::new(token.offset_from, token.offset_to), token.position, &token.text))
    }

    /// The bytes of the next word; leaves `at` behind it.
    fn next_span(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(self.run());
                }
                self.at += 1;
                continue;
            }
            let letter = self.peek()?;
            if is_alone(letter) {
                return Some(self.single(letter));
            }
            if letter.is_alphanumeric() {
                return Some(self.run());
            }
            self.at += letter.len_utf8();
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// A run of letters and digits, with the signs of `C++` and `C#`.
    fn run(&mut self) -> Span {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                self.at += 1;
                continue;
            }
            match self.peek() {
                Some(letter) if !byte.is_ascii() && continues_word(letter) => self.at += letter.len_utf8(),
                _ => break,
            }
        }
        self.at += sign_length(&bytes[start..self.at], &bytes[self.at..]);
        Span::new(start, self.at)
    }

    /// One character of a script without spaces, with the marks that belong to it.
    fn single(&mut self, first: char) -> Span {
        let start = self.at;
        self.at += first.len_utf8();
        while let Some(letter) = self.peek() {
            let joins = is_combining_mark(letter)
                || matches!(letter, '\u{ff9e}' | '\u{ff9f}')
                || (is_jamo(first) && matches!(letter, '\u{1160}'..='\u{11ff}'));
            if !joins {
                break;
            }
            self.at += letter.len_utf8();
        }
        Span::new(start, self.at)
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        while let Some(span) = self.next_span() {
            self.token.position = self.token.position.wrapping_add(1);
            self.token.offset_from = span.start;
            self.token.offset_to = span.end;
            self.token.text.clear();
            fold_into(span.of(self.text), &mut self.token.text);
            if !self.token.text.is_empty() && self.token.text.len() <= LONGEST_WORD {
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// How many bytes of `after` belong to the name before: `++` after up to three letters, `#` after one.
fn sign_length(word: &[u8], after: &[u8]) -> usize {
    let letters = word.iter().all(u8::is_ascii_alphabetic);
    if letters && word.len() <= 3 && after.starts_with(b"++") && after.get(2) != Some(&b'+') {
        return 2;
    }
    let next_is_letter = after.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'#');
    usize::from(letters && word.len() == 1 && after.first() == Some(&b'#') && !next_is_letter)
}

fn continues_word(letter: char) -> bool {
    (letter.is_alphanumeric() && !is_alone(letter)) || is_combining_mark(letter)
}

const fn is_jamo(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}')
}

/// Whether the letter is of a script written without spaces.
fn is_alone(letter: char) -> bool {
    let in_range = matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}');
    in_range && letter.is_alphanumeric()
}

/// Appends the folded form of one word.
fn fold_into(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    let plain = word.nfkd().filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'));
    for letter in plain.flat_map(char::to_lowercase).nfc() {
        match unaccented(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(letter),
        }
    }
}

/// Letters whose accent is no separate mark.
const fn unaccented(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn technical_names_stay_whole() {
        assert_eq!(found("S3, EC2; C++ and C# (F#), IPv6."), "s3 ec2 c++ and c# f# ipv6");
        assert_eq!(found("node.js snake_case key-value"), "node js snake case key value");
        assert_eq!(found("C++17 a#b i+++j notepad++"), "c++ 17 a b i j notepad");
        assert_eq!(found(" \u{feff}-- *"), "");
    }

    #[test]
    fn accents_and_forms_fold_alike() {
        assert_eq!(found("Caf\u{e9} CAFE\u{301} Straße ﬁle Ｋａｆｋａ"), "cafe cafe strasse file kafka");
        assert_eq!(found("İstanbul ΣΊΣΥΦΟΣ Σίσυφος"), "istanbul σισυφοσ σισυφοσ");
        assert_eq!(words("\u{110b}\u{1161}\u{11ab}"), words("안"));
        assert_eq!(words("か\u{3099}"), words("が"));
        assert_eq!(words("ﾊﾞ"), words("バ"));
    }

    #[test]
    fn scripts_without_spaces_give_characters() {
        assert_eq!(found("数据库DB データ 데이터를"), "数 据 库 db デ ー タ 데 이 터 를");
    }

    #[test]
    fn a_word_too_long_is_left_out_and_keeps_its_place() {
        let text = format!("a {} b", "x".repeat(LONGEST_WORD + 1));
        let mut stream = Words::new(&text);
        let mut places = Vec::new();
        while let Some((_, position, word)) = stream.next_word() {
            places.push((position, word.to_owned()));
        }
        assert_eq!(places, [(0, "a".to_owned()), (2, "b".to_owned())]);
    }

    proptest! {
        #[test]
        fn words_lie_in_the_text_in_order_and_fold_to_themselves(text in "\\PC{0,60}") {
            let mut stream = Words::new(&text);
            let mut end = 0;
            while let Some((span, _, word)) = stream.next_word() {
                prop_assert!(span.start >= end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                end = span.end;
                prop_assert!(!word.is_empty());
            }
        }

        #[test]
        fn composed_and_decomposed_text_give_the_same_words(text in "[a-zäöüñçéèêšžő가각갂が-ご ._]{0,30}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(words(&text), words(&decomposed));
        }
    }
}
