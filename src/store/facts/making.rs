//! What a stream tells of its own making: the head of a lexicon, rows of what could not be read, the end.
//!
//! `quipu resolve` and `quipu extract` write such rows beside their facts. Rows of different code, decisions or lexicons
//! do not go together, and a file whose end tells of other rows than there are was cut.

use serde::Deserialize;

/// A row that is no fact but tells how facts were made.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Row {
    Lexicon {
        #[serde(flatten)]
        stamp: Stamp,
    },
    Error {},
    End {
        rows: u64,
        #[serde(flatten)]
        stamp: Stamp,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Stamp {
    version: String,
    extraction: String,
    decisions: String,
    lexicon: String,
}

/// What is known of the making of all rows so far.
#[derive(Debug, Default)]
pub(super) struct Making {
    stamp: Option<Stamp>,
    /// Facts of this file since its last end; none where the file has had no end.
    since: u64,
    ended: bool,
    /// How many notes could not be read.
    pub(super) errors: u64,
}

impl Making {
    /// Counts a fact that an end has to tell of.
    pub(super) const fn fact(&mut self) {
        self.since += 1;
    }

    /// Takes a line that is no fact; why it does not belong here.
    pub(super) fn take(&mut self, line: &str) -> Option<Result<(), String>> {
        let stamp = match serde_json::from_str(line).ok()? {
            Row::Error {} => {
                self.errors += 1;
                return Some(Ok(()));
            }
            Row::Lexicon { stamp } => stamp,
            Row::End { rows, stamp } => {
                if rows != self.since {
                    return Some(Err(format!("the end tells of {rows} facts, and there are {}", self.since)));
                }
                (self.since, self.ended) = (0, true);
                stamp
            }
        };
        Some(match self.stamp.get_or_insert_with(|| stamp.clone()) {
            known if *known == stamp => Ok(()),
            known => Err(format!("facts of different making: {}, and before {}", shown(&stamp), shown(known))),
        })
    }

    /// Ends a file; why it is not whole.
    pub(super) fn end_file(&mut self) -> Result<(), String> {
        let cut = self.ended && self.since > 0;
        (self.since, self.ended) = (0, false);
        if cut { Err("facts stand behind the last end: the file was cut".to_owned()) } else { Ok(()) }
    }
}

fn shown(stamp: &Stamp) -> String {
    format!("quipu {} {} with lexicon {}", stamp.version, stamp.extraction, stamp.lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(rows: u64, lexicon: &str) -> String {
        format!(
            r#"{{"kind":"end","notes":1,"errors":0,"rows":{rows},"version":"1","extraction":"x","decisions":"d","lexicon":"{lexicon}"}}"#
        )
    }

    #[test]
    fn ends_count_the_facts_before_them() {
        let mut making = Making::default();
        (0..2).for_each(|_| making.fact());
        assert_eq!(making.take(&end(2, "l")), Some(Ok(())));
        assert_eq!(making.take(&end(0, "l")), Some(Ok(())));
        assert_eq!(making.end_file(), Ok(()));
        making.fact();
        assert_eq!(making.take(&end(2, "l")), Some(Err("the end tells of 2 facts, and there are 1".to_owned())));
    }

    #[test]
    fn a_cut_file_and_a_mix_are_refused() {
        let mut making = Making::default();
        assert_eq!(making.take(&end(0, "l")), Some(Ok(())));
        making.fact();
        assert_eq!(making.end_file(), Err("facts stand behind the last end: the file was cut".to_owned()));
        let mixed = "facts of different making: quipu 1 x with lexicon m, and before quipu 1 x with lexicon l";
        assert_eq!(making.take(&end(0, "m")), Some(Err(mixed.to_owned())));
        assert_eq!(making.take(r#"{"kind":"error","line":3,"why":"odd"}"#), Some(Ok(())));
        assert_eq!((making.errors, making.take("[]")), (1, None));
    }
}
