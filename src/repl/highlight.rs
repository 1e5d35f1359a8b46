//! Colours for what is typed: statements, questions and commands. The width never changes.

use super::complete::KEYWORDS;
use crate::graph::KnowledgeGraph;
use crate::session::script::is_statement;

const KEYWORD: &str = "\x1b[1;34m";
const TEXT: &str = "\x1b[32m";
const NUMBER: &str = "\x1b[33m";
const LABEL: &str = "\x1b[35m";
const TYPE: &str = "\x1b[36m";
const UNKNOWN: &str = "\x1b[4m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// `line` with colours put in.
pub(crate) fn paint(line: &str, graph: &KnowledgeGraph) -> String {
    if line.trim_start().starts_with(':') {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        let gap = if line.len() > name.len() { " " } else { "" };
        return format!("{KEYWORD}{name}{RESET}{gap}{rest}");
    }
    let statement = is_statement(line);
    let mut painted = String::with_capacity(line.len() * 2);
    let mut brackets = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let (token, kind) = token(&line[at..]);
        let before = line[..at].trim_end().chars().next_back();
        let colour = match kind {
            Token::Quoted => Some(TEXT),
            Token::Comment if statement => Some(DIM),
            Token::Number if statement => Some(NUMBER),
            Token::Parameter if statement => Some(NUMBER),
            Token::Word if statement => word(token, before, brackets.last().copied(), graph),
            _ => None,
        };
        track(token, &mut brackets);
        match colour {
            Some(colour) => painted.extend([colour, token, RESET]),
            None => painted.push_str(token),
        }
        at += token.len();
    }
    painted
}

/// Keeps the brackets that are open.
fn track(token: &str, brackets: &mut Vec<char>) {
    match token.chars().next() {
        Some(open @ ('(' | '[' | '{')) => brackets.push(open),
        Some(')' | ']' | '}') => drop(brackets.pop()),
        _ => {}
    }
}

fn word(word: &str, before: Option<char>, bracket: Option<char>, graph: &KnowledgeGraph) -> Option<&'static str> {
    match (before, bracket) {
        (Some(':' | '|'), Some('[')) => Some(if graph.type_id(word).is_some() { TYPE } else { UNKNOWN }),
        (Some(':'), Some('(')) => Some(if graph.label(word).is_some() { LABEL } else { UNKNOWN }),
        (Some('.'), _) => None,
        _ => KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word)).then_some(KEYWORD),
    }
}

enum Token {
    Word,
    Number,
    Parameter,
    Quoted,
    Comment,
    Other,
}

/// The token that `text`, which is not empty, begins with.
fn token(text: &str) -> (&str, Token) {
    let first = text.chars().next().unwrap_or(' ');
    let run = |fits: fn(char) -> bool| {
        let rest = &text[first.len_utf8()..];
        &text[..first.len_utf8() + rest.find(|letter| !fits(letter)).unwrap_or(rest.len())]
    };
    let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    match first {
        '\'' | '"' | '`' => (quoted(text, first), Token::Quoted),
        '/' if text.starts_with("//") => (text.split('\n').next().unwrap_or(text), Token::Comment),
        '$' => (run(in_word), Token::Parameter),
        digit if digit.is_ascii_digit() => (run(|letter| letter.is_alphanumeric() || letter == '.'), Token::Number),
        letter if in_word(letter) => (run(in_word), Token::Word),
        other => (&text[..other.len_utf8()], Token::Other),
    }
}

fn quoted(text: &str, quote: char) -> &str {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return &text[..=at],
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::pipeline;

    fn plain(painted: &str) -> String {
        let codes = [KEYWORD, TEXT, NUMBER, LABEL, TYPE, UNKNOWN, DIM, RESET];
        codes.iter().fold(painted.to_string(), |text, code| text.replace(code, ""))
    }

    #[test]
    fn unknown_types_are_underlined_and_known_ones_coloured() {
        let painted = paint("MATCH ()-[:FEEDS|FEDS]->() RETURN 'x'", &pipeline());
        assert!(painted.contains(&format!("{TYPE}FEEDS{RESET}|{UNKNOWN}FEDS{RESET}")), "{painted:?}");
        assert!(painted.contains(&format!("{KEYWORD}RETURN{RESET} {TEXT}'x'{RESET}")), "{painted:?}");
    }

    proptest::proptest! {
        #[test]
        fn colours_change_no_letter(line in "[a-zA-Z0-9 :.'\"`$/(){}\\[\\]|é數]{0,60}") {
            proptest::prop_assert_eq!(plain(&paint(&line, &pipeline())), line.clone());
            let statement = format!("MATCH {line}");
            proptest::prop_assert_eq!(plain(&paint(&statement, &pipeline())), statement);
        }
    }
}
