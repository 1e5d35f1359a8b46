//! Finds what looks like a key, a token or a password, and shows no more of it than tells which one it is.
//!
//! Method: the fixed prefixes that issuers give their keys, names of settings that hold secrets, and
//! passwords inside addresses. Linear in the text: the regex engine knows no backtracking.

use std::sync::LazyLock;

use regex::Regex;

use super::{Check, Checked, Citer, finding};
use crate::render::cited::{Citation, LintFinding, Severity};
use crate::text::{Lines, Span, fold_spaces};

/// What a secret is, and the pattern that finds it. A group named `secret` is hidden, else all of it.
const PATTERNS: &[(&str, &str)] = &[
    ("an AWS access key id", r"\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z0-9]{16}\b"),
    ("an AWS credential", r"(?i)\baws_?(?:secret_?)?acc?ess?_?key(?:_?id)?\w*\s*[=:]\s*(?P<secret>[^\s;,]+)"),
    ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})\b"),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
    ("a Google API key", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a Stripe key", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    ("an Azure storage key", r"(?i)\bAccountKey\s*=\s*(?P<secret>[A-Za-z0-9+/]{40,}={0,2})"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    ("a password in an address", r"\b[A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]+:(?P<secret>[^\s@/]{3,})@"),
    (
        "a password or key",
        r#"(?i)\b(?:password|passwd|pwd|secret_?key|secret|api_?key|auth_?token|access_?token|client_?secret)["']?\s*(?:=|:=|:\s)\s*["']?(?P<secret>[^\s"';,]{8,})"#,
    ),
];

static COMPILED: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let compile = |pattern| Regex::new(pattern).expect("the patterns above are tested");
    PATTERNS.iter().map(|(what, pattern)| (*what, compile(pattern))).collect()
});

pub(super) fn find(citer: Citer<'_>, notes: &[Checked]) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for note in notes {
        let Some(text) = &note.text else { continue };
        let lines = Lines::new(text);
        for (what, span, shown) in secrets(text) {
            let position = lines.position(text, span.start);
            let place = Citation {
                path: (citer.locate)(&note.meta.path),
                line: position.line.get(),
                column: position.column,
                quote: shown,
                ..Citation::default()
            };
            let hint = "take it out of the note, and replace the key if it was a real one";
            let message = format!("what looks like {what}: {}", place.quote);
            findings.push(finding(Check::Secrets, Severity::Warning, message, vec![place], hint));
        }
    }
    findings
}

/// What looks like a secret, where, and how it may be shown; each place once, under its first name.
fn secrets(text: &str) -> Vec<(&'static str, Span, String)> {
    let mut found: Vec<(&str, Span, String)> = Vec::new();
    for (what, pattern) in COMPILED.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let span = Span::new(whole.start(), whole.end());
            let taken = found.iter().any(|(_, other, _)| other.start < span.end && span.start < other.end);
            let secret = captures.name("secret").unwrap_or(whole);
            if taken || (*what == "a password or key" && !is_random(secret.as_str())) {
                continue;
            }
            let before = &text[span.start..secret.start()];
            let hidden = if what.contains("private") { whole.as_str().to_string() } else { hide(secret.as_str()) };
            found.push((what, span, fold_spaces(&format!("{before}{hidden}"))));
        }
    }
    found.sort_by_key(|(_, span, _)| span.start);
    found
}

/// The first letters of a secret, the rest hidden.
fn hide(secret: &str) -> String {
    let shown: String = secret.chars().take(4).collect();
    format!("{shown}…")
}

/// Whether a value is no ordinary word: `password: required` is no secret, `password: hunter2!x` is one.
fn is_random(value: &str) -> bool {
    let has = |test: fn(char) -> bool| value.chars().any(test);
    let has_digit = has(|letter| letter.is_ascii_digit());
    let has_letter = has(char::is_alphabetic);
    let has_sign = has(|letter| !letter.is_alphanumeric() && !matches!(letter, '.' | '-' | '_' | '(' | ')'));
    has_letter && (has_digit || has_sign) && !value.starts_with(['$', '<', '{', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &[&str]) {
        let found: Vec<String> = secrets(text).into_iter().map(|(_, _, shown)| shown).collect();
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
}
