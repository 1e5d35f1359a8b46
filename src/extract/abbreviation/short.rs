//! Short forms: what may be one, and the letters it stands for.

use crate::extract::english::is_english;

/// A short form as the signs that its long form must give.
#[derive(Clone, Debug)]
pub(super) struct ShortForm {
    /// As written.
    written: String,
    /// Its letters, digits and marks that mean a word, in order.
    signs: Vec<Sign>,
    readings: Vec<Vec<Sign>>,
    clear: bool,
    word: bool,
}

/// What one sign of a short form may be in the long form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A letter, in lower case.
    Letter(char),
    /// A digit: itself, or its number word.
    Digit(char),
    /// `+`: plus or positive.
    Plus,
    /// `-` at the end: minus or negative.
    Minus,
}

/// The longest short form, in bytes.
pub(super) const LONGEST: usize = 18;

impl ShortForm {
    /// Reads a short form: one to twelve letters and digits, a letter among them, at most two words.
    #[must_use]
    pub(super) fn new(written: &str) -> Option<Self> {
        let first = written.chars().next().filter(|first| written.len() <= LONGEST && first.is_alphanumeric())?;
        let letters = written.chars().filter(|letter| letter.is_alphanumeric()).count();
        let words = written.split_whitespace().count();
        let shaped = (1..=12).contains(&letters)
            && (words <= 2 || words == 3 && written.split_whitespace().all(|word| word.len() <= 4))
            && written.chars().any(char::is_alphabetic)
            && !written.contains(['=', '%', '<', '>', '"', '?', '!', ':']);
        if !shaped || letters == 1 && !first.is_uppercase() {
            return None;
        }
        let capitals = written.chars().filter(|letter| letter.is_uppercase() || letter.is_ascii_digit()).count();
        let word = capitals < 2 && letters > 1 && is_english(&written.to_lowercase());
        let clear = written.chars().any(char::is_uppercase);
        let signs = signs(written);
        Some(Self { written: written.to_owned(), readings: readings(written, &signs), signs, clear, word })
    }

    /// As [`new`](Self::new), where it is clear and has more than one sign.
    #[must_use]
    pub(super) fn new_clear(written: &str) -> Option<Self> {
        let form = if may_be_clear(written) { Self::new(written)? } else { return None };
        (form.is_clear() && form.signs.len() > 1).then_some(form)
    }

    /// As written.
    #[must_use]
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Whether it is written as no plain word is: with a capital, and no English word but for that.
    #[must_use]
    pub(super) const fn is_clear(&self) -> bool {
        self.clear && !self.word
    }

    /// Whether it is plain English (`bpm`, `Ad`), so that only the surest strategies count.
    #[must_use]
    pub(super) const fn is_word(&self) -> bool {
        self.word
    }

    /// The readings to try: counted letters (`S3` is s, s, s), the signs, and without a plural's `s`.
    #[must_use]
    pub(super) fn readings(&self) -> &[Vec<Sign>] {
        &self.readings
    }
}

/// Whether the words may be a short form that is clear: most are longer or have no capital.
pub(in crate::extract) fn may_be_clear(written: &str) -> bool {
    written.len() <= LONGEST && written.contains(char::is_uppercase)
}

fn readings(written: &str, signs: &[Sign]) -> Vec<Vec<Sign>> {
    let mut readings = vec![signs.to_vec()];
    let counted = counted(signs);
    if counted != signs {
        readings.push(counted.clone());
    }
    let plural = written.strip_suffix('s').is_some_and(|stem| stem.ends_with(char::is_uppercase));
    if plural && signs.len() > 2 {
        readings.insert(0, counted[..counted.len() - 1].to_vec());
    }
    let letters = |sign: &Sign| matches!(sign, Sign::Letter(_));
    let bare: Vec<Sign> = signs.iter().copied().filter(|sign| !matches!(sign, Sign::Plus | Sign::Minus)).collect();
    let numbered = bare.iter().rposition(letters).map_or(0, |last| last + 1);
    if numbered >= 3 && (numbered < bare.len() || bare.len() < signs.len()) {
        readings.push(bare[..numbered].to_vec());
    }
    readings
}

fn signs(written: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let last = written.trim_end_matches([')', ']']).len();
    for (at, letter) in written.char_indices() {
        match letter {
            _ if letter.is_ascii_digit() => signs.push(Sign::Digit(letter)),
            _ if letter.is_alphanumeric() => signs.extend(letter.to_lowercase().map(Sign::Letter)),
            '+' => signs.push(Sign::Plus),
            '-' if at + 1 == last => signs.push(Sign::Minus),
            _ => {}
        }
    }
    signs
}

/// A digit behind a letter repeats it: `EC2` is e, c, c.
fn counted(signs: &[Sign]) -> Vec<Sign> {
    let mut letters: Vec<Sign> = Vec::new();
    for sign in signs {
        match (sign, letters.last().copied()) {
            (Sign::Digit(digit @ '2'..='5'), Some(last @ Sign::Letter(_))) => {
                let count = digit.to_digit(10).map_or(1, |count| count as usize);
                letters.extend(std::iter::repeat_n(last, count - 1));
            }
            _ => letters.push(*sign),
        }
    }
    letters
}
