//! Every limit of quipu, in one table: what it bounds, how much is allowed, and the option that raises it.
//!
//! [`RULES`] are the limits of questions, statements and searches; each is an option of the command line, of
//! `:limit` at the prompt and of a request of the protocol. [`FIXED`] are those of notes and of the
//! graph. The page `docs/limits.md` lists both, and a test holds it against these tables.

mod notes;

use std::fmt;
use std::time::Duration;

use crate::error::Hint;

pub use notes::{
    BLOCK_RELATIONS, DOCUMENT_ENTRIES, DOCUMENT_MEMORY, DOCUMENT_PAGES, DOCUMENT_RATIO, DOCUMENT_SECONDS,
    DOCUMENT_SIZE, EVIDENCE, FIXED, FOLDERS, FRONT_MATTER, FRONT_MATTER_ALIASES, FRONT_MATTER_DEPTH, Fixed,
    NOTE_RELATIONS, NOTE_SIZE,
};

/// A limit of a question, statement or search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Wall time of a statement.
    Time,
    /// What a statement holds for rows, lists and strings, estimated.
    Memory,
    /// Rows that all operators of a statement together pass on.
    Rows,
    /// Partial paths that patterns of variable length follow.
    Paths,
    /// The text of a statement.
    Text,
    /// Brackets and `CASE`s inside each other, and operators in a row before or behind one operand.
    Depth,
    /// Clauses of a statement.
    Clauses,
    /// Nodes and relationships of one pattern.
    Pattern,
    /// Rules of the grammar that are tried for one statement.
    Steps,
    /// Values of one list, those of lists in it included.
    List,
    /// One string.
    String,
    /// Lists and maps inside each other in one value.
    Nesting,
    /// The pattern of `=~`.
    Regex,
    /// What one pattern of `=~` takes once it is compiled.
    RegexSize,
    /// Groups inside each other in the pattern of `=~`.
    RegexDepth,
    /// The text of a question.
    Question,
    /// The text of a search.
    SearchText,
    /// Words and phrases of a search.
    SearchWords,
    /// Parentheses inside each other in a search.
    SearchDepth,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Bytes; written with `K`, `M` or `G`.
    Bytes,
    /// Seconds.
    Seconds,
}

/// A limit as users meet it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The limit.
    pub limit: Limit,
    /// The option without its dashes; also the name behind `:limit` and in a request.
    pub option: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// How much is allowed where nobody says otherwise.
    pub default: u64,
    /// The most that may be asked for.
    pub most: u64,
    /// The help text.
    pub help: &'static str,
    /// The name of the error.
    pub error: &'static str,
}

const ANY: u64 = u64::MAX >> 1;
const SIZE: u64 = 1 << 40;

const fn rule(
    limit: Limit,
    option: &'static str,
    unit: Unit,
    (default, most): (u64, u64),
    error: &'static str,
    help: &'static str,
) -> Rule {
    Rule { limit, option, unit, default, most, help, error }
}

/// Every limit of questions, statements and searches, in the order of [`Limit`].
pub const RULES: [Rule; 19] = {
    use Unit::{Bytes, Count, Seconds};
    [
        rule(Limit::Time, "timeout", Seconds, (5, 86_400 * 365), "TimeLimit", "End a statement after so many seconds"),
        rule(Limit::Memory, "max-memory", Bytes, (512 << 20, SIZE), "MemoryLimit", "Memory a statement may hold"),
        rule(
            Limit::Rows,
            "max-rows",
            Count,
            (10_000_000, ANY),
            "RowLimit",
            "Rows that may pass between all steps of a statement",
        ),
        rule(
            Limit::Paths,
            "max-paths",
            Count,
            (1_000_000, ANY),
            "PathLimit",
            "Partial paths that patterns of variable length may try",
        ),
        rule(Limit::Text, "max-text", Bytes, (64 << 10, 64 << 20), "StatementTooLong", "Length of a statement"),
        rule(
            Limit::Depth,
            "max-depth",
            Count,
            (64, 256),
            "StatementTooDeep",
            "Brackets inside each other in a statement, or operators in a row",
        ),
        rule(Limit::Clauses, "max-clauses", Count, (1_000, 16_000), "TooManyClauses", "Clauses of a statement"),
        rule(
            Limit::Pattern,
            "max-pattern",
            Count,
            (2_000, 4_000),
            "PatternTooLarge",
            "Nodes and relationships of one pattern",
        ),
        rule(
            Limit::Steps,
            "max-steps",
            Count,
            (8_000_000, ANY),
            "StatementTooComplex",
            "Steps in which a statement is read",
        ),
        rule(Limit::List, "max-list", Count, (10_000_000, ANY), "ListTooLong", "Values of one list"),
        rule(Limit::String, "max-string", Bytes, (16 << 20, SIZE), "StringTooLong", "Length of one string"),
        rule(
            Limit::Nesting,
            "max-nesting",
            Count,
            (200, 1_000),
            "ValueTooDeep",
            "Lists and maps inside each other in one value",
        ),
        rule(Limit::Regex, "max-regex", Bytes, (4 << 10, 1 << 20), "RegexTooLong", "Length of a regular expression"),
        rule(
            Limit::RegexSize,
            "max-regex-size",
            Bytes,
            (1 << 20, 1 << 30),
            "RegexTooLarge",
            "Memory one regular expression may take",
        ),
        rule(
            Limit::RegexDepth,
            "max-regex-depth",
            Count,
            (50, 250),
            "RegexTooDeep",
            "Groups inside each other in a regular expression",
        ),
        rule(Limit::Question, "max-question", Bytes, (8 << 10, 1 << 20), "QuestionTooLong", "Length of a question"),
        rule(Limit::SearchText, "max-search", Bytes, (8 << 10, 1 << 20), "SearchTooLong", "Length of a search"),
        rule(
            Limit::SearchWords,
            "max-search-words",
            Count,
            (256, 4_096),
            "SearchTooWide",
            "Words and phrases of a search",
        ),
        rule(
            Limit::SearchDepth,
            "max-search-depth",
            Count,
            (32, 256),
            "SearchTooDeep",
            "Parentheses inside each other in a search",
        ),
    ]
};

impl Limit {
    /// All that is known of it.
    #[must_use]
    pub const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// What to do where it is reached.
    #[must_use]
    pub fn hint(self) -> Hint {
        let option = self.rule().option;
        Hint::from(format!("raise it with --{option}, at the prompt with `:limit {option}`"))
            .or_in_a_request(format!("ask for less; the limit `{option}` is raised where this server is started"))
    }

    /// The limit of that option.
    #[must_use]
    pub fn named(option: &str) -> Option<Self> {
        RULES.iter().find(|rule| rule.option == option).map(|rule| rule.limit)
    }
}

impl Rule {
    /// Reads a value as a user writes it: `30`, `200M`.
    ///
    /// # Errors
    ///
    /// One clause that says what would do.
    pub fn parse(&self, text: &str) -> Result<u64, String> {
        let wrong = || match self.unit {
            Unit::Bytes => "sizes are whole numbers, as such or with K, M or G, such as 200M".to_string(),
            Unit::Count | Unit::Seconds => "this limit is a whole number".to_string(),
        };
        let value = match self.unit {
            Unit::Bytes => bytes(text),
            Unit::Count | Unit::Seconds => text.parse().ok(),
        };
        self.admit(value.ok_or_else(wrong)?)
    }

    /// The value, where it may be asked for.
    ///
    /// # Errors
    ///
    /// One clause that says between what it must lie.
    pub fn admit(&self, value: u64) -> Result<u64, String> {
        if (1..=self.most).contains(&value) {
            return Ok(value);
        }
        Err(format!("{} takes 1 to {}", self.option, self.shown(self.most)))
    }

    /// A value as people write it: `512M`, `1000`.
    #[must_use]
    pub fn shown(&self, value: u64) -> String {
        match self.unit {
            Unit::Bytes => shown_bytes(value),
            Unit::Seconds => format!("{value} s"),
            Unit::Count => value.to_string(),
        }
    }
}

/// What a question, statement or search may use.
#[derive(Clone, PartialEq, Eq)]
pub struct Limits([u64; RULES.len()]);

impl Limits {
    /// How much is allowed.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    /// How much is allowed, as a length in memory.
    #[must_use]
    pub fn size(&self, limit: Limit) -> usize {
        usize::try_from(self.get(limit)).unwrap_or(usize::MAX)
    }

    /// Allows another amount, cut to what may be asked for.
    pub fn set(&mut self, limit: Limit, value: u64) {
        self.0[limit as usize] = value.min(limit.rule().most);
    }

    /// The same with another amount for one limit.
    #[must_use]
    pub fn with(mut self, limit: Limit, value: u64) -> Self {
        self.set(limit, value);
        self
    }

    /// How long a statement may run.
    #[must_use]
    pub const fn time(&self) -> Duration {
        Duration::from_secs(self.get(Limit::Time))
    }

    /// The stack that a statement under these limits needs: what nests deeper needs more. Only what is
    /// used of it costs memory.
    #[must_use]
    pub fn stack(&self) -> usize {
        let nested = [Limit::Depth, Limit::Clauses, Limit::Pattern, Limit::Nesting, Limit::SearchDepth];
        let times = nested.map(|limit| self.get(limit).div_ceil(limit.rule().default));
        let most = times.into_iter().max().unwrap_or(1);
        STACK.saturating_mul(usize::try_from(most).unwrap_or(1))
    }
}

/// The stack on which statements under the usual limits are read and run.
pub const STACK: usize = 16 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self(RULES.map(|rule| rule.default))
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(RULES.iter().map(|rule| (rule.option, self.get(rule.limit)))).finish()
    }
}

/// Reads `200M`, `1G`, `77` or `77B`.
#[must_use]
pub fn bytes(text: &str) -> Option<u64> {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let factor: u64 = match text[number.len()..].to_ascii_lowercase().trim_end_matches(['b', 'i']) {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// Bytes as [`bytes`] reads them.
#[must_use]
pub fn shown_bytes(bytes: u64) -> String {
    let units = [("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)];
    let fit = units.iter().find(|(_, size)| bytes >= *size && bytes.is_multiple_of(*size));
    fit.map_or_else(|| bytes.to_string(), |(unit, size)| format!("{}{unit}", bytes / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_the_order_of_limits() {
        for (index, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.limit as usize, index, "{}", rule.option);
            assert_eq!(Limit::named(rule.option), Some(rule.limit));
            assert!(rule.default <= rule.most);
            assert_eq!(rule.parse(&rule.shown(rule.default).replace(" s", "")), Ok(rule.default));
        }
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        assert_eq!(Limit::Memory.rule().parse("2G"), Ok(2 << 30));
        assert_eq!(Limit::Rows.rule().parse("77"), Ok(77));
        assert_eq!(Limit::Depth.rule().parse("257").unwrap_err(), "max-depth takes 1 to 256");
        assert_eq!(Limit::Rows.rule().parse("0").unwrap_err(), "max-rows takes 1 to 9223372036854775807");
        assert_eq!(Limit::Rows.rule().parse("x").unwrap_err(), "this limit is a whole number");
        assert!(Limit::Memory.rule().parse("2T").is_err() && Limit::Memory.rule().parse("99999999999999G").is_err());
        assert_eq!(shown_bytes(1 << 20), "1M");
        assert_eq!(shown_bytes(1025), "1025");
    }

    #[test]
    fn what_nests_deeper_gets_more_stack() {
        assert_eq!(Limits::default().stack(), STACK);
        assert_eq!(Limits::default().with(Limit::Depth, 65).stack(), 2 * STACK);
    }
}
