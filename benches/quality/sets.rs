//! The sets, how each is scored, and the bars that its figures must reach.

use std::error::Error;
use std::path::{Path, PathBuf};

use crate::Fact;
use crate::export::Choice;
use crate::item::Kind;
use crate::score::{Gold, How};
use crate::seeds;
use crate::table::{Column, Measure};

/// A set of notes with gold.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    /// How rows are made of the export; the seeds have a scoring of their own.
    choice: Option<Choice>,
    bars: &'static [Bar],
}

/// The least that a figure must reach.
pub(crate) struct Bar {
    measure: &'static str,
    pub(crate) column: Column,
    pub(crate) least: f64,
}

const fn bar(measure: &'static str, column: Column, least: f64) -> Bar {
    Bar { measure, column, least }
}

const SURFACE: Choice = Choice { surface: true, types: &[], weak: false };
const CANONICAL: Choice = Choice { surface: false, ..SURFACE };
const WEAK: Choice = Choice { weak: true, ..CANONICAL };
const TYPED: Choice =
    Choice { types: &["MADE_BY", "RUNS_ON", "PART_OF", "USES", "STORES_IN", "WRITTEN_IN"], ..SURFACE };

/// All sets, in the order of the table.
pub(crate) const SETS: [Set; 7] = [
    Set {
        name: "seeds",
        choice: None,
        bars: &[
            bar("concepts", Column::Precision, 0.90),
            bar("concepts", Column::Recall, 0.97),
            bar("relations, typed", Column::Recall, 0.95),
            bar("relations, typed and cited", Column::Recall, 0.93),
        ],
    },
    Set {
        name: "so_ner",
        choice: Some(SURFACE),
        bars: &[bar("concepts, exact", Column::F1, 0.62), bar("concepts, lenient", Column::F1, 0.68)],
    },
    Set { name: "ab3p", choice: Some(SURFACE), bars: &[bar("aliases, exact", Column::F1, 0.91)] },
    Set {
        name: "links_cncf",
        choice: Some(CANONICAL),
        bars: &[bar("concepts, exact", Column::Recall, 0.80), bar("concepts, exact", Column::F1, 0.66)],
    },
    Set {
        name: "links_dewiki",
        choice: Some(CANONICAL),
        bars: &[bar("concepts, exact", Column::Precision, 0.36), bar("concepts, exact", Column::Recall, 0.97)],
    },
    Set { name: "awesome_bigdata", choice: Some(WEAK), bars: &[bar("relations, pair", Column::Recall, 0.98)] },
    Set { name: "tekgen_computer", choice: Some(TYPED), bars: &[bar("relations, pair", Column::F1, 0.45)] },
];

/// What is measured, where the gold has rows of the kind.
const MEASURES: [(&str, Kind, How); 7] = [
    ("concepts, exact", Kind::Concept, How::Exact),
    ("concepts, lenient", Kind::Concept, How::Lenient),
    ("aliases, exact", Kind::Alias, How::Exact),
    ("aliases, lenient", Kind::Alias, How::Lenient),
    ("relations, exact", Kind::Relation, How::Exact),
    ("relations, lenient", Kind::Relation, How::Lenient),
    ("relations, pair", Kind::Relation, How::Pair),
];

impl Set {
    /// The notes to ingest.
    pub(crate) fn notes(&self, eval: &Path) -> PathBuf {
        match self.choice {
            Some(_) => eval.join(self.name).join("dev/notes"),
            None => eval.join("../seeds"),
        }
    }

    /// The gold to score by.
    pub(crate) fn gold(&self, eval: &Path) -> PathBuf {
        eval.join(self.name).join("dev/gold.jsonl")
    }

    /// The bars of one measure.
    pub(crate) fn bars(&self, measure: &str) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(move |bar| bar.measure == measure)
    }

    /// Scores what was read.
    pub(crate) fn measure(&self, eval: &Path, facts: &[Fact]) -> Result<Vec<Measure>, Box<dyn Error>> {
        let Some(choice) = self.choice else { return seeds::measure(&self.gold(eval), facts) };
        let gold = Gold::read(&eval.join(self.name).join("dev"))?;
        let rows = choice.rows(facts);
        let asked = MEASURES.iter().filter(|(_, kind, _)| gold.has(*kind));
        let measure = |(what, kind, how): &(&str, Kind, How)| {
            let tally = gold.score(*kind, *how, &rows);
            Measure {
                set: self.name,
                what: (*what).into(),
                precision: Some(tally.precision()),
                recall: Some(tally.recall()),
                f1: Some(tally.f1()),
                counts: format!("{} of {} given, {} wanted", tally.right, tally.given, tally.wanted),
            }
        };
        Ok(asked.map(measure).collect())
    }
}
