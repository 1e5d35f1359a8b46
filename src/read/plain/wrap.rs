//! Which lines of a plain note go on with the line before.
//!
//! Nothing in a plain note says where its writer broke a sentence to fit the window. It shows,
//! though: the first word of the next line would not have fitted, and it mostly begins with a
//! lower-case letter. [`Wrap`] looks for runs of lines where both hold, learns the width of the
//! window from them, and joins by it. Fields, chains of arrows, bullets and short lines in a row
//! stay apart.

use super::line::{Line, Shape, ends_with_arrow, has_arrow, is_field, starts_with_arrow};

/// No shorter line was broken to fit a window.
const NARROWEST: usize = 30;
/// A writer who never begins with a capital gives no other sign, so shorter lines prove nothing.
const NARROWEST_CARELESS: usize = 60;
/// No window is wider; a longer line was not broken at all.
const WIDEST: usize = 180;

/// How the writer of a note broke lines.
#[derive(Debug)]
pub(super) struct Wrap<'a> {
    lines: &'a [Line<'a>],
    /// About the width of the window; none when nothing was broken.
    width: Option<usize>,
    /// Whether fresh sentences begin with lower-case letters too, which then show nothing.
    careless: bool,
    /// For each line, whether it stands in a wrapped run and the next word did not fit on it.
    full: Vec<bool>,
}

impl<'a> Wrap<'a> {
    /// Learns from the lines of one note. O(n log n).
    pub(super) fn learn(lines: &'a [Line<'a>]) -> Self {
        let mut wrap = Self { lines, width: None, careless: begins_carelessly(lines), full: vec![false; lines.len()] };
        let mut start = 0;
        while start < lines.len() {
            start = wrap.learn_run(start);
        }
        let broken = (1..lines.len()).filter(|next| wrap.is_broken(next - 1));
        let mut widths: Vec<usize> = broken.map(|next| lines[next - 1].width).collect();
        widths.sort_unstable();
        let at = |part: usize| widths.get(widths.len() * part / 100).copied();
        wrap.width = at(25).zip(at(90)).map(|(low, high)| low.max(high * 3 / 4));
        wrap
    }

    /// Whether line `next` goes on with the block that begins at line `first` and holds the line before.
    pub(super) fn joins(&self, first: usize, next: usize) -> bool {
        let (first, line, after) = (&self.lines[first], &self.lines[next - 1], &self.lines[next]);
        if after.shape != Shape::Text || after.quote != line.quote {
            return false;
        }
        let lower = begins_low(after.words);
        let full = self.is_full(next - 1);
        if continues_chain(first, line, after) || lower && line.width >= NARROWEST && is_cut(line.whole) {
            return true;
        }
        if stands_alone(line, after) {
            return full && lower && !self.careless;
        }
        if breaks_off(line) && after.indent >= first.indent {
            return true;
        }
        match first.shape {
            Shape::Item { .. } if after.indent > first.indent => full || lower && !line.whole.ends_with(':'),
            Shape::Item { .. } => full && (lower || !ends_sentence(line.whole)),
            _ if line.whole.ends_with(':') && after.indent > first.indent => full && lower,
            _ => full || self.is_long(line) && lower && !self.careless && !ends_sentence(line.whole),
        }
    }

    /// Whether the next word had no room on the line.
    fn is_full(&self, line: usize) -> bool {
        let fits = self.width.is_some_and(|width| self.filled(line) >= width);
        self.full[line] || fits && (self.narrowest()..=WIDEST).contains(&self.lines[line].width)
    }

    fn is_long(&self, line: &Line<'_>) -> bool {
        line.width >= self.width.map_or(NARROWEST, |width| (width * 3 / 5).max(NARROWEST))
    }

    fn narrowest(&self) -> usize {
        if self.careless { NARROWEST_CARELESS } else { NARROWEST }
    }

    /// How wide the line would be with the first word of the next.
    fn filled(&self, line: usize) -> usize {
        let next = self.lines.get(line + 1).map_or("", |next| next.words);
        let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
        self.lines[line].width + 1 + word
    }

    /// Looks at the lines that could be one wrapped block from line `start` on; gives the line after.
    fn learn_run(&mut self, start: usize) -> usize {
        let lines = self.lines;
        let opens = matches!(lines[start].shape, Shape::Text | Shape::Item { .. });
        let goes_on = |at: &usize| {
            let (line, next) = (&lines[at - 1], &lines[*at]);
            opens && next.shape == Shape::Text && next.quote == line.quote && !stands_alone(line, next)
        };
        let end = (start + 1..lines.len()).take_while(goes_on).count() + start + 1;
        let width = lines[start..end].iter().map(|line| line.width).max().unwrap_or(0);
        let pairs = end - 1 - start;
        let full = (start..end - 1).filter(|at| self.filled(*at) * 100 >= width * 92);
        let low = (start + 1..end).filter(|at| begins_low(lines[*at].words)).count();
        let shows = pairs >= 2 && (self.narrowest()..=WIDEST).contains(&width) && low * 3 >= pairs;
        let full: Vec<usize> = full.collect();
        if shows && full.len() * 4 >= pairs * 3 {
            full.into_iter().for_each(|at| self.full[at] = true);
        }
        end
    }

    /// Whether the line shows how wide the window was.
    fn is_broken(&self, line: usize) -> bool {
        let (this, next) = (&self.lines[line], &self.lines[line + 1]);
        let words = matches!(this.shape, Shape::Text | Shape::Item { .. }) && next.shape == Shape::Text;
        let sign = begins_low(next.words) && !ends_sentence(this.whole) && !stands_alone(this, next);
        let wide = (NARROWEST..=WIDEST).contains(&this.width);
        words && wide && sign && (self.full[line] || !self.careless)
    }
}

/// Whether a field, an arrow or an odd sign keeps the two lines apart.
fn stands_alone(line: &Line<'_>, next: &Line<'_>) -> bool {
    let signed = next.whole.starts_with(['=', '#', '$', '@', '>', '|', '~', '%', '/', '\\']);
    signed || is_field(next.whole) || has_arrow(line.whole) || has_arrow(next.whole)
}

/// Whether an arrow at the end of `line` or at the start of `next` points from one to the other.
fn continues_chain(first: &Line<'_>, line: &Line<'_>, next: &Line<'_>) -> bool {
    let inner = has_arrow(line.whole) && !starts_with_arrow(line.whole);
    ends_with_arrow(line.whole) || starts_with_arrow(next.whole) && inner && next.indent >= first.indent
}

/// Words that no sentence ends with.
const OPEN_WORDS: [&str; 22] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or", "that", "the",
    "their", "to", "which", "with", "your",
];

/// Whether the line ends in the middle of a sentence: after a whole one, or with a word that wants more.
fn breaks_off(line: &Line<'_>) -> bool {
    let last = line.words.rsplit(' ').next().unwrap_or("");
    let open = last.ends_with(char::is_alphanumeric) && line.words.contains(". ") && line.width >= 60;
    (NARROWEST..=WIDEST).contains(&line.width) && (open || OPEN_WORDS.contains(&last))
}

/// Whether the line ends in the middle of a word, at its hyphen.
fn is_cut(words: &str) -> bool {
    words.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Whether most lines that surely begin something begin with a lower-case letter.
fn begins_carelessly(lines: &[Line<'_>]) -> bool {
    let mut before = true;
    let (mut low, mut all) = (0usize, 0usize);
    for line in lines {
        let text = line.shape == Shape::Text && (before || is_field(line.whole));
        if text || matches!(line.shape, Shape::Item { .. }) {
            all += 1;
            low += usize::from(begins_low(line.words));
        }
        before = matches!(line.shape, Shape::Blank | Shape::Rule(_));
    }
    low * 2 > all && all >= 3
}

/// Whether words begin as only the middle of a sentence does.
fn begins_low(words: &str) -> bool {
    words.trim_start_matches(['(', '"', '\'', '“', '`']).starts_with(char::is_lowercase)
        || words.starts_with([',', ';', ')', '&'])
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', ')', '”', '\'', '*', '_']).ends_with(['.', '!', '?', '。'])
}
