//! The word that has to be shown to be answered: the port is open to everybody on this machine.

use std::fmt;

/// The word; nobody sees it in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// The shortest word that may be chosen by hand.
const SHORTEST: usize = 16;

impl Token {
    /// A random one of 128 bits.
    ///
    /// # Panics
    ///
    /// When the system has no random numbers to give.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system gives random numbers");
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// One chosen by hand: at least sixteen letters, digits, `-`, `_` or `.`, so that it fits into an address.
    #[must_use]
    pub fn chosen(text: &str) -> Option<Self> {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
        (text.len() >= SHORTEST && text.chars().all(fits)).then(|| Self(text.to_owned()))
    }

    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `shown` is the word. The time it takes tells nothing: hashes are compared, in constant time.
    #[must_use]
    pub fn is(&self, shown: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(shown.as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The password of `Authorization: Basic`, which is text in base 64 with a colon behind the name.
pub(super) fn basic_password(encoded: &str) -> Option<String> {
    let text = String::from_utf8(base64(encoded.trim())?).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

/// The bytes of base 64, with or without padding; nothing where it is malformed.
fn base64(text: &str) -> Option<Vec<u8>> {
    let digit = |letter: u8| -> Option<u32> {
        Some(u32::from(match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }))
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let number = group.iter().try_fold(0, |number, letter| Some((number << 6) | digit(*letter)?))?;
        let missing = u32::try_from(4 - group.len()).ok()?;
        let [_, first, second, third] = (number << (6 * missing)).to_be_bytes();
        match group.len() {
            4 => bytes.extend([first, second, third]),
            3 => bytes.extend([first, second]),
            2 => bytes.push(first),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_word_itself_is_the_word() {
        let token = Token::random();
        assert!(token.is(token.as_str()));
        assert!(!token.is("") && !token.is(&token.as_str()[1..]) && !token.is(Token::random().as_str()));
        assert_eq!(format!("{token:?}"), "Token");
    }

    #[test]
    fn a_chosen_word_is_long_and_fits_into_an_address() {
        assert!(Token::chosen("sixteen-letters-").is_some());
        assert!(Token::chosen("short").is_none());
        assert!(Token::chosen("sixteen letters &").is_none());
    }

    #[test]
    fn passwords_are_read_from_basic() {
        assert_eq!(basic_password("bmVvNGo6c2VjcmV0").as_deref(), Some("secret"));
        assert_eq!(basic_password("YTpi").as_deref(), Some("b"));
        assert_eq!(basic_password("YTo=").as_deref(), Some(""));
        assert_eq!(basic_password("YTpiYw==").as_deref(), Some("bc"));
        for broken in ["", "Y", "YTp!", "bmVvNGo", "////"] {
            assert_eq!(basic_password(broken), None, "{broken}");
        }
    }
}
