//! The forms of questions, for help texts, completion and the answer to a question of no known form.

use crate::text::Span;

/// One form of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The form, with capital letters where names stand.
    pub form: &'static str,
    /// What it answers.
    pub answers: &'static str,
}

const fn form(form: &'static str, answers: &'static str) -> Form {
    Form { form, answers }
}

/// Every form in its plainest wording; the grammar knows more wordings of each.
pub const FORMS: &[Form] = &[
    form("what connects A to B", "the ways from one concept to another, hop by hop"),
    form("how is A related to B", "the same; also `path from A to B`"),
    form("what is X", "names, definition, relations, notes; also `tell me about X`, `what does X do`"),
    form("define X", "what the notes say it is; also `what does X stand for`"),
    form("what uses X", "also feeds, reads from, writes to, stores in, queries, manages, supports, triggers"),
    form("what does X use", "the same verbs the other way round; also `where does X run`"),
    form("what runs on X", "also `what is written in X`, `what is part of X`, `what is used by X`"),
    form("who made X", "the organisation behind it"),
    form("what replaces X", "also `alternatives to X`, `what is similar to X`"),
    form("which KIND supports X", "any verb with a kind before it, such as `which databases use S3`"),
    form("what is related to X", "every concept in any relation to it"),
    form("what kinds of X are there", "also `examples of X`"),
    form("compare A and B", "what they share and what sets them apart; also `A vs B`"),
    form("which notes mention X", "notes with the lines; also `where is X mentioned`"),
    form("list KIND", "such as `list formats`, `list notes`, `list tags`; also `how many formats`"),
    form("search \"words\"", "full text"),
];

/// More ways to begin, so that a question is followed as far as it makes sense.
const WORDINGS: &[&str] = &[
    "how are A and B related",
    "how does A relate to B",
    "how does A differ from B",
    "how many KIND",
    "path from A to B",
    "how do I get from A to B",
    "paths between A and B",
    "difference between A and B",
    "what is the difference between A and B",
    "where is X mentioned",
    "where does X run",
    "tell me about X",
    "explain X",
    "show X",
    "notes about X",
    "alternatives to X",
    "parts of X",
    "examples of X",
    "A vs B",
];

/// The word at which a question leaves every form; its end, when a form asks for more.
pub(super) fn stop(question: &str) -> Span {
    let words: Vec<Span> = words(question);
    let forms = FORMS.iter().map(|form| form.form).chain(WORDINGS.iter().copied());
    let known = forms.map(|form| followed(form, question, &words)).max().unwrap_or(0);
    words.get(known).copied().unwrap_or_else(|| {
        let end = question.trim_end().len();
        Span::new(end, end)
    })
}

/// How many words of the question go along with `form`.
fn followed(form: &str, question: &str, words: &[Span]) -> usize {
    let is = |at: usize, word: &str| {
        words.get(at).is_some_and(|span| span.of(question).trim_end_matches(['?', '!']).eq_ignore_ascii_case(word))
    };
    let mut at = 0;
    let mut parts = form.split(' ').peekable();
    while let Some(part) = parts.next() {
        if !is_slot(part) {
            if !is(at, part) {
                return at;
            }
            at += 1;
            continue;
        }
        let Some(next) = parts.peek() else { return words.len() };
        match (at + 1..words.len()).find(|later| is(*later, next)) {
            Some(later) => at = later,
            None if at == 0 => return 0,
            None => return words.len(),
        }
    }
    at
}

/// Whether a part of a form stands for words of the asker's own.
fn is_slot(part: &str) -> bool {
    part.starts_with('"') || (part.chars().all(|letter| letter.is_ascii_uppercase()))
}

fn words(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            found.push(Span::new(at, at + word.len()));
        }
        at += piece.len();
    }
    found
}

/// All forms, one a line behind two spaces.
pub(super) fn listed() -> String {
    let lines: Vec<String> = FORMS.iter().map(|form| format!("  {}", form.form)).collect();
    lines.join("\n")
}
