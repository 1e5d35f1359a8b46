//! The figures as a table, on the terminal and on the page.

use crate::sets::{Bar, SETS};

/// A figure of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Precision,
    Recall,
    F1,
}

impl Column {
    const fn letter(self) -> &'static str {
        match self {
            Self::Precision => "P",
            Self::Recall => "R",
            Self::F1 => "F1",
        }
    }
}

/// What was measured on a set; a figure that has no meaning there is absent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measure {
    pub(crate) set: &'static str,
    pub(crate) what: String,
    pub(crate) precision: Option<f64>,
    pub(crate) recall: Option<f64>,
    pub(crate) f1: Option<f64>,
    /// How many were right, given and wanted, in words.
    pub(crate) counts: String,
}

/// The headings of the table on the page.
pub(crate) const HEADINGS: [&str; 8] = ["Set", "Measure", "P", "R", "F1", "Right", "Bar", "Met"];

/// Cells of the table by column.
pub(crate) type Cells = [String; 8];

impl Measure {
    fn figure(&self, column: Column) -> Option<f64> {
        match column {
            Column::Precision => self.precision,
            Column::Recall => self.recall,
            Column::F1 => self.f1,
        }
        .map(rounded)
    }

    /// The row of the table.
    pub(crate) fn cells(&self) -> Cells {
        let figure = |column| self.figure(column).map_or(String::new(), |figure| format!("{figure:.3}"));
        let bars: Vec<&Bar> =
            SETS.iter().filter(|set| set.name == self.set).flat_map(|set| set.bars(&self.what)).collect();
        let told = bars.iter().map(|bar| format!("{} ≥ {:.2}", bar.column.letter(), bar.least)).collect::<Vec<_>>();
        let met = bars.iter().all(|bar| self.figure(bar.column).is_some_and(|figure| figure >= bar.least));
        [
            self.set.to_string(),
            self.what.clone(),
            figure(Column::Precision),
            figure(Column::Recall),
            figure(Column::F1),
            self.counts.clone(),
            told.join(", "),
            if bars.is_empty() {
                ""
            } else if met {
                "yes"
            } else {
                "no"
            }
            .to_string(),
        ]
    }
}

/// To four digits.
fn rounded(figure: f64) -> f64 {
    format!("{figure:.4}").parse().expect("a number as it was just written")
}

/// The table for a terminal: figures, those of the page beside them, bars.
pub(crate) fn printed(measures: &[Measure], last: &[Cells]) -> String {
    let mut lines =
        vec![["set", "measure", "P", "R", "F1", "was P", "R", "F1", "bar", "met", "right"].map(String::from)];
    lines.extend(measures.iter().map(|measure| {
        let [set, what, precision, recall, f1, counts, bar, met] = measure.cells();
        let was = last.iter().find(|cells| cells[0] == set && cells[1] == what);
        let was = |column: usize| was.map_or(String::new(), |cells| cells[column].clone());
        [set, what, precision, recall, f1, was(2), was(3), was(4), bar, met, counts]
    }));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let padded = |(cell, width): (&String, &usize)| format!("{cell:<width$}");
    let line = |cells: &[String; 11]| cells.iter().zip(&widths).map(padded).collect::<Vec<_>>().join("  ");
    lines.iter().map(|cells| format!("{}\n", line(cells).trim_end())).collect()
}
