//! Who says a line of a chat, and when.

/// The longest stamp, in bytes.
const STAMP: usize = 40;
/// The most words of a name.
const NAME: usize = 5;

/// How many bytes of a line tell when and by whom a message of a chat was written; the message follows.
///
/// ```text
/// [12.03.24, 09:16:04] Anna Schmidt: message      12/03/2024, 09:16 - Anna Schmidt: message
/// [09:16] <anna> message                          2024-03-12 09:16:04 <anna> message
/// ```
pub(super) fn speaker(whole: &str) -> Option<usize> {
    // Programs for telephones begin lines with a mark of direction.
    let line = whole.trim_start_matches('\u{200e}');
    let (stamp, rest) = match line.strip_prefix('[') {
        Some(inside) => inside.split_once("] ")?,
        None if line.starts_with(|c: char| c.is_ascii_digit()) => {
            let dash = line.split_once(" - ").filter(|(stamp, _)| is_stamp(stamp));
            dash.or_else(|| line.find(" <").map(|at| (&line[..at], &line[at + 1..])))?
        }
        None => return None,
    };
    if !is_stamp(stamp) {
        return None;
    }
    let name = match rest.strip_prefix('<') {
        Some(nick) => nick.find("> ").filter(|end| !nick[..*end].contains(' ')).map(|end| end + 3),
        None => rest.find(": ").filter(|end| rest[..*end].split(' ').count() <= NAME).map(|end| end + 2),
    };
    Some(whole.len() - rest.len() + name?)
}

/// A time of day, maybe with a date before it.
fn is_stamp(stamp: &str) -> bool {
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let clock = stamp.split(|c: char| !(c.is_ascii_digit() || c == ':')).any(|word| {
        let mut parts = word.split(':');
        let hour = parts.next().is_some_and(|hour| (1..=2).contains(&hour.len()));
        let rest: Vec<&str> = parts.collect();
        hour && (1..=2).contains(&rest.len()) && rest.into_iter().all(digits)
    });
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || ":./-,TZAPMapm".contains(c);
    clock && stamp.len() <= STAMP && stamp.chars().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(line: &str) -> &str {
        &line[speaker(line).unwrap_or(0)..]
    }

    #[test]
    fn stamps_and_names_of_chats_stand_before_the_message() {
        for head in [
            "[12.03.24, 09:16:04] Anna Schmidt: ",
            "\u{200e}[3/12/24, 9:16:04\u{202f}PM] Anna: ",
            "12/03/2024, 09:16 - Anna Schmidt: ",
            "[09:16] <anna> ",
            "2024-03-12 09:16:04 <anna> ",
            "[2024-03-12T09:16:04Z] anna: ",
        ] {
            assert_eq!(message(&format!("{head}Kafka: a broker")), "Kafka: a broker", "{head}");
        }
    }

    #[test]
    fn other_lines_are_whole() {
        for line in [
            "09:16 Kafka starts: all brokers",
            "[1] Kafka: a broker",
            "[ ] 09:16: call Anna",
            "12/03/2024, 09:15 - Messages are encrypted.",
            "[09:16] see also",
            "Kafka: 09:16 - Anna: x",
            "2024 - Kafka: a broker",
            "[Kafka 10:30] Anna: x",
        ] {
            assert_eq!(message(line), line);
        }
    }
}
