//! Finds what looks like a key, a token or a password, and hides it wherever text leaves the notes.
//!
//! In: any text. Out: [`Secret`]s in their order, or the text with each of them hidden ([`mask`]).
//!
//! Method: the fixed prefixes that issuers give their keys, names of settings that hold secrets, and
//! passwords inside addresses. Linear in the text: the regex engine knows no backtracking. Used by
//! `lint`, by pages that leave the machine, and by answers to assistants.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::{Span, fold_spaces};

/// What a secret is, and the pattern that finds it. A group named `secret` is hidden, else all of it.
const PATTERNS: &[(&str, &str)] = &[
    ("an AWS access key id", r"\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z0-9]{16}\b"),
    ("an AWS credential", r"(?i)\baws_?(?:secret_?)?acc?ess?_?key(?:_?id)?\w*\s*[=:]\s*(?P<secret>[^\s;,]+)"),
    (
        PRIVATE_KEY,
        r"(?m)-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?P<secret>(?:\s*\n[ \t]*(?:[A-Za-z0-9+/=]+|[A-Za-z-]+: [^\n]*)[ \t]*$)*)",
    ),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})\b"),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
    ("a Google API key", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a Stripe key", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    ("an Azure storage key", r"(?i)\bAccountKey\s*=\s*(?P<secret>[A-Za-z0-9+/]{40,}={0,2})"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    ("a password in an address", r"\b[A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]+:(?P<secret>[^\s@/]{3,})@"),
    (
        PASSWORD,
        r#"(?i)\b(?:password|passwd|pwd|secret_?key|secret|api_?key|auth_?token|access_?token|client_?secret)["']?\s*(?:=|:=|:\s)\s*["']?(?P<secret>[^\s"';,]{8,})"#,
    ),
];

const PRIVATE_KEY: &str = "a private key";
const PASSWORD: &str = "a password or key";

/// A line out of the middle of a key, cut from the words that would name it.
const KEY_LINE: &str = r"[A-Za-z0-9+/]{60,}={0,2}";

static COMPILED: LazyLock<Vec<(&str, Regex)>> =
    LazyLock::new(|| PATTERNS.iter().map(|(what, pattern)| (*what, compiled(pattern))).collect());

static ANY: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = PATTERNS.iter().map(|(_, pattern)| *pattern).chain([KEY_LINE]);
    RegexSet::new(patterns).expect("the patterns above are tested")
});

static KEY_LINES: LazyLock<Regex> = LazyLock::new(|| compiled(KEY_LINE));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns above are tested")
}

/// What looks like a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it looks like, with its article.
    pub what: &'static str,
    /// Where it stands, with the words that name it.
    pub span: Span,
    /// The part that must not be shown.
    pub hidden: Span,
    /// How it may be shown, on one line.
    pub shown: String,
}

/// What looks like a secret in `text`, by place; each place once, under its first name.
#[must_use]
pub fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    if !ANY.is_match(text) {
        return found;
    }
    for (what, pattern) in COMPILED.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let span = Span::new(whole.start(), whole.end());
            let taken = found.iter().any(|other| other.span.start < span.end && span.start < other.span.end);
            let secret = captures.name("secret").unwrap_or(whole);
            if taken || (*what == PASSWORD && !is_random(secret.as_str())) {
                continue;
            }
            let before = &text[span.start..secret.start()];
            let shown = if *what == PRIVATE_KEY { String::new() } else { hide(secret.as_str()) };
            let hidden = Span::new(secret.start(), secret.end());
            found.push(Secret { what, span, hidden, shown: fold_spaces(&format!("{before}{shown}")).into_owned() });
        }
    }
    found.sort_by_key(|secret| secret.span.start);
    found
}

/// `text` with every secret hidden but for its first letters; line breaks stay where they are.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    if !ANY.is_match(text) {
        return Cow::Borrowed(text);
    }
    let mut hidden: Vec<(Span, bool)> =
        find(text).into_iter().map(|secret| (secret.hidden, secret.what == PRIVATE_KEY)).collect();
    let lines = KEY_LINES.find_iter(text).filter(|line| is_key_line(line.as_str()));
    for span in lines.map(|line| Span::new(line.start(), line.end())) {
        if hidden.iter().all(|(other, _)| other.end <= span.start || span.end <= other.start) {
            hidden.push((span, true));
        }
    }
    hidden.sort_by_key(|(span, _)| span.start);
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for (span, wholly) in hidden {
        masked.push_str(&text[at..span.start]);
        masked.push_str(&if wholly { hide_lines(span.of(text)) } else { hide(span.of(text)) });
        at = span.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

/// The first letters of a secret, the rest hidden.
fn hide(secret: &str) -> String {
    let shown: String = secret.chars().take(4).collect();
    format!("{shown}…")
}

/// Every line hidden wholly.
fn hide_lines(secret: &str) -> String {
    let hidden = |line: &str| if line.trim().is_empty() { String::new() } else { "…".to_owned() };
    secret.split('\n').map(hidden).collect::<Vec<_>>().join("\n")
}

/// Whether a value is no ordinary word: `password: required` is no secret, `password: hunter2!x` is one.
fn is_random(value: &str) -> bool {
    let has = |test: fn(char) -> bool| value.chars().any(test);
    let has_digit = has(|letter| letter.is_ascii_digit());
    let has_letter = has(char::is_alphabetic);
    let has_sign = has(|letter| !letter.is_alphanumeric() && !matches!(letter, '.' | '-' | '_' | '(' | ')'));
    has_letter && (has_digit || has_sign) && !value.starts_with(['$', '<', '{', '%'])
}

/// Whether a long run of letters is out of a key: no path, and no digest in hexadecimal.
fn is_key_line(run: &str) -> bool {
    let has = |test: fn(&char) -> bool| run.chars().any(|letter| test(&letter));
    has(char::is_ascii_lowercase)
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_digit)
        && run.matches('/').count() * 8 < run.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, shown: &[&str]) {
        let found: Vec<String> = find(text).into_iter().map(|secret| secret.shown).collect();
        assert_eq!(found, shown, "{text}");
    }

    #[test]
    fn secrets_are_found_and_hidden() {
        check("key AKIAIOSFODNN7EXAMPLE in use", &["AKIA…"]);
        check("credentials \"aws_acesskey_id=<access_key;secretkey=...\"", &["aws_acesskey_id=<acc…"]);
        check("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", &["aws_secret_access_key = wJal…"]);
        check("-----BEGIN RSA PRIVATE KEY-----\nMII", &["-----BEGIN RSA PRIVATE KEY-----"]);
        check("postgres://me:hunter2@db/x", &["postgres://me:hunt…"]);
        check("password: hunter2hunter2", &["password: hunt…"]);
        check(&format!("t ghp_{}", "a1".repeat(18)), &["ghp_…"]);
    }

    #[test]
    fn plain_words_are_no_secrets() {
        check("password: required for every user", &[]);
        check("the secret of good notes: brevity", &[]);
        check("PASSWORD=$DB_PASSWORD and http://host:8080/a@b", &[]);
        check("a json packet with key-value pairs", &[]);
    }

    #[test]
    fn masking_leaves_the_words_around_and_the_lines() {
        assert_eq!(mask("db at postgres://me:hunter2@db/x, see a"), "db at postgres://me:hunt…@db/x, see a");
        assert_eq!(mask("nothing here"), "nothing here");
        let key = "a\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nq8Bkz0=\n-----END PRIVATE KEY-----\nb\n";
        assert_eq!(mask(key), "a\n-----BEGIN PRIVATE KEY-----\n…\n…\n-----END PRIVATE KEY-----\nb\n");
    }

    #[test]
    fn a_line_cut_out_of_a_key_is_hidden_and_a_digest_is_not() {
        let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        assert_eq!(mask(&format!("see {line} there")), "see … there");
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(mask(digest), digest);
    }

    #[test]
    fn words_after_the_mention_of_a_key_are_no_key() {
        let prose = "It begins with -----BEGIN PRIVATE KEY----- and so on\nnext line of prose\n";
        assert_eq!(mask(prose), prose);
    }

    proptest! {
        #[test]
        fn any_text_is_masked_and_keeps_its_lines(
            text in "(?s)(password: |AKIA[A-Z0-9]{16}|-----BEGIN PRIVATE KEY-----|\n|[a-z0-9 =+/]{0,8}|é){0,12}"
        ) {
            prop_assert_eq!(mask(&text).matches('\n').count(), text.matches('\n').count());
        }
    }
}
