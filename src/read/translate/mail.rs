//! Mails (`.eml`, and many in an `.mbox`) → Markdown: the subject as a heading, then what was written.
//!
//! Parts, charsets and encodings are the crate's work. Of each mail the plain text is taken, or that of its page where it has
//! none; attachments, addresses, signatures and the line that opens a quoted mail are no words of a note. A line of text stands on the
//! line of the file that holds its first word, and where the file is encoded beyond that, on the next one.

use std::ops::Range;

use mail_parser::{Message, MessageParser};

/// How far ahead a line of text is looked for in the file.
const AHEAD: usize = 400;

/// After so many lines that the file does not hold as they are, as in base64, no more are looked for.
const MISSES: usize = 200;

/// The mails of a file as Markdown with as many lines. Linear in the file: what is found ahead is gone on from, and what is not is
/// looked for [`MISSES`] times a part.
pub(in crate::read) fn mail(bytes: &[u8]) -> String {
    let file: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let mut page = vec![String::new(); file.len()];
    let mut starts = vec![0];
    starts.extend(file.iter().scan(0, |end, line| {
        *end += line.len() + 1;
        Some(*end)
    }));
    for range in mails(&file) {
        let bytes = bytes.get(starts[range.start]..starts[range.end].min(bytes.len())).unwrap_or_default();
        if let Some(mail) = MessageParser::default().parse(bytes) {
            write(&mail, &file[range.clone()], &mut page[range]);
        }
    }
    page.join("\n")
}

/// The lines of each mail: the whole file, or what stands between lines that begin with `From ` behind an empty one.
fn mails(file: &[&[u8]]) -> Vec<Range<usize>> {
    let empty = |at: usize| file[at].iter().all(u8::is_ascii_whitespace);
    let opens = |at: &usize| file[*at].starts_with(b"From ") && (*at == 0 || empty(at - 1));
    let starts: Vec<usize> = (0..file.len()).filter(opens).collect();
    if starts.first() != Some(&0) {
        return std::iter::once(0..file.len()).collect();
    }
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    starts.iter().zip(ends).map(|(start, end)| start + 1..end).collect()
}

fn write(mail: &Message<'_>, file: &[&[u8]], page: &mut [String]) {
    let titled = |line: &&[u8]| line.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"subject:"));
    let subject = subject(mail.subject().unwrap_or_default());
    if let Some(at) = file.iter().position(titled).filter(|_| !subject.is_empty()) {
        page[at] = format!("# {subject}");
    }
    for (number, part) in mail.text_bodies().enumerate() {
        let Some(text) = mail.body_text(number) else { continue };
        let body = line_of(file, part.raw_body_offset() as usize);
        // Lines of a page are not indented for a reader of plain text.
        let lines = text.lines().map(|line| if part.is_text_html() { line.trim() } else { line.trim_end() });
        place(lines, &file[body..], &mut page[body..]);
    }
}

/// A subject without `Re:` and `Fwd:`, so that the mails of a thread are about one thing.
fn subject(written: &str) -> String {
    const MARKS: &[&str] = &["re:", "fwd:", "fw:", "aw:", "wg:"];
    let mut subject = written.trim();
    while let Some(mark) =
        MARKS.iter().find(|mark| subject.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
    {
        subject = subject[mark.len()..].trim_start();
    }
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line that holds the byte at `offset` of the mail.
fn line_of(file: &[&[u8]], offset: usize) -> usize {
    let mut end = 0;
    let before = file.iter().take_while(|line| {
        end += line.len() + 1;
        end <= offset
    });
    before.count()
}

/// Puts each line, up to a signature, on the line of the file that holds its first word.
fn place<'t>(lines: impl Iterator<Item = &'t str>, file: &[&[u8]], page: &mut [String]) {
    let (mut at, mut misses) = (0, 0);
    for line in lines.take_while(|line| *line != "--") {
        let Some(word) = line.split_whitespace().find(|word| !word.starts_with('>')) else {
            at += 1;
            continue;
        };
        let holds = |line: &&[u8]| line.windows(word.len()).any(|window| window == word.as_bytes());
        let ahead = if misses < MISSES { file.iter().skip(at).take(AHEAD).position(holds) } else { None };
        misses += usize::from(ahead.is_none());
        let place = (at + ahead.unwrap_or(0)).min(page.len().saturating_sub(1));
        let Some(place_line) = page.get_mut(place) else { return };
        if !opens_quote(line) {
            if !place_line.is_empty() {
                place_line.push(' ');
            }
            place_line.push_str(line);
        }
        at = place + 1;
    }
}

/// `On Monday, Anna wrote:`
fn opens_quote(line: &str) -> bool {
    line.starts_with("On ") && line.ends_with(" wrote:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_on_the_lines_of_the_file_that_hold_them() {
        let file = "From: anna@example.org\nTo: bob@example.org\nSubject: Re: =?utf-8?q?Kaf=6Ba?=\n\
            Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
            Kafka is a broker, and this line is =\nlong =C3=A9nough.\n\nFlume feeds HDFS.\n\n\
            On Monday, Bob wrote:\n> Spark reads from HDFS.\n-- \nAnna\n";
        let expected = "\n\n# Kafka\n\n\n\nKafka is a broker, and this line is long énough.\n\n\nFlume feeds HDFS.\n\n\n\
            > Spark reads from HDFS.\n\n\n";
        assert_eq!(mail(file.as_bytes()), expected);
    }

    #[test]
    fn a_box_holds_many_mails_and_a_mail_many_parts() {
        let file = "From anna Mon\nSubject: One\n\nKafka\n\nFrom bob Mon\nSubject: Two\n\
            Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nFlume\n\
            --x\nContent-Type: text/html\n\n<p>Flume</p>\n--x--\n";
        assert_eq!(mail(file.as_bytes()), "\n# One\n\nKafka\n\n\n# Two\n\n\n\n\n\nFlume\n\n\n\n\n\n");
        let page = "Subject: Page\nContent-Type: text/html\n\n<p>Kafka<br>\nFlume</p>\n<p>Hive</p>\n";
        assert_eq!(mail(page.as_bytes()).lines().collect::<Vec<_>>(), ["# Page", "", "", "Kafka", "Flume", "Hive"]);
        let coded = "Subject: Code\nContent-Transfer-Encoding: base64\n\nS2Fma2EgZmVlZHMgSERGUy4=\n";
        assert_eq!(mail(coded.as_bytes()), "# Code\n\n\nKafka feeds HDFS.\n");
    }

    #[test]
    fn odd_files_keep_their_lines() {
        for odd in ["", "\n", "From \n", "From \n\nFrom \n", "no mail\nat all\n", "Subject:\n\n\n", "\u{0}\n\u{ff}"] {
            assert_eq!(mail(odd.as_bytes()).matches('\n').count(), odd.matches('\n').count(), "{odd:?}");
        }
    }
}
