//! A sample of relations for people to judge: drawn at random, the same at each run.
//!
//! In: the folded export. Out: a Markdown table, a relation a row, with the first line that says it. Method: a
//! Fisher-Yates shuffle of all rows (they come in a fixed order), driven by SplitMix64 with a fixed seed.

use std::fmt::Write;

use crate::Fact;

/// How many relations are drawn.
const DRAWN: usize = 200;

/// Longer quotes are cut, in characters.
const LONGEST: usize = 240;

/// The next number of SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The table of [`DRAWN`] relations by `seed`.
pub(crate) fn table(facts: &[Fact], seed: u64) -> String {
    let mut rows: Vec<String> = facts.iter().filter_map(row).collect();
    let (mut state, all) = (seed, rows.len());
    for at in (1..rows.len()).rev() {
        let other = next(&mut state) % (at as u64 + 1);
        rows.swap(at, usize::try_from(other).expect("less than a length"));
    }
    rows.truncate(DRAWN);
    let mut table = format!("{} of {all} relations, seed {seed}\n\n", rows.len());
    table.push_str(
        "| # | Relation | Rule | Where | Quote | Right | Why |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (number, row) in rows.iter().enumerate() {
        writeln!(table, "| {} | {row} |  |  |", number + 1).expect("strings take all");
    }
    table
}

fn row(fact: &Fact) -> Option<String> {
    let Fact::Relation { subject, predicate, object, evidence } = fact else { return None };
    let place = evidence.first()?;
    let cut: String = place.quote.chars().take(LONGEST).collect();
    let quote = if cut.len() < place.quote.len() { format!("{cut}…") } else { cut };
    let shown = |text: &str| text.replace('|', "\\|").replace('<', "&lt;");
    Some(format!(
        "{} `{predicate}` {} | {} | {}:{} | {}",
        shown(subject),
        shown(object),
        place.rule,
        shown(&place.note),
        place.line,
        shown(&quote)
    ))
}
