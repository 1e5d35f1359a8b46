//! A page of HTML under way, a line for each paragraph, row or line of a document.

use crate::read::cite::PAGE_LINES;

const PAGE: usize = PAGE_LINES as usize;

/// Writes a page.
#[derive(Default)]
pub(super) struct Html {
    text: String,
    lines: usize,
    /// The page or slide under way; 0 where there are none.
    page: usize,
    /// The tags of the lists that are open, outermost first.
    lists: Vec<&'static str>,
}

impl Html {
    /// Begins the page or slide of this number, counted from one.
    pub(super) fn page(&mut self, number: usize) {
        self.leave_lists(0);
        self.go_on(number);
    }

    /// Goes on with the same words on the page of this number.
    pub(super) fn go_on(&mut self, number: usize) {
        let missing = number.saturating_mul(PAGE).saturating_sub(self.lines);
        self.text.extend(std::iter::repeat_n('\n', missing));
        (self.lines, self.page) = (self.lines + missing, number);
    }

    /// Goes on with the same words on the next line.
    pub(super) fn more(&mut self, html: &str) {
        self.add(html);
    }

    /// Adds a line.
    pub(super) fn line(&mut self, html: &str) {
        self.leave_lists(0);
        self.add(html);
    }

    /// Adds an item of a list at `level`, from 0.
    pub(super) fn item(&mut self, level: usize, ordered: bool, html: &str) {
        let tag = if ordered { "ol" } else { "ul" };
        let level = level.min(16);
        self.leave_lists(level + 1);
        if self.lists.len() == level + 1 && self.lists[level] != tag {
            self.leave_lists(level);
        }
        while self.lists.len() <= level {
            self.text.push_str(&format!("<{tag}>"));
            self.lists.push(tag);
        }
        self.add(&format!("<li>{html}"));
    }

    fn add(&mut self, html: &str) {
        self.text.push_str(&html.replace('\n', " "));
        self.end_line();
    }

    /// Adds lines as they are.
    pub(super) fn lines(&mut self, html: &str) {
        self.leave_lists(0);
        html.lines().for_each(|line| self.add(line));
    }

    fn end_line(&mut self) {
        // A page with more lines than its numbers allow has the rest on its last one.
        if self.page > 0 && self.lines + 2 > (self.page + 1) * PAGE {
            return self.text.push(' ');
        }
        self.text.push('\n');
        self.lines += 1;
    }

    fn leave_lists(&mut self, depth: usize) {
        for tag in self.lists.split_off(depth.min(self.lists.len())).iter().rev() {
            self.text.push_str(&format!("</{tag}>"));
        }
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn finish(mut self) -> String {
        self.leave_lists(0);
        self.text
    }
}
