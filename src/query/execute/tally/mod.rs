//! Counts the rows of a pattern without making them.
//!
//! In: a [`Tally`] or a [`Reach`]. Out: the rows that the aggregation over the pattern would have given, in
//! the same order. Two relationships at a node are counted as the product of its degrees, less the
//! relationships that would stand at both places.

mod code;
mod groups;
mod largest;
mod reach;
mod test;
#[cfg(test)]
pub(in crate::query::execute) mod tests;

use super::expand::filter_of;
use super::run::{Row, Run};
use super::scan::candidates;
use super::view::{Hop, Notes, TypeFilter, View};
use super::{Result, Rows};
use crate::graph::NodeId;
use crate::query::ast::Direction;
use crate::query::plan::{Access, Chain, ExpandStep, Reach, Tally};
use crate::query::value::Value;
use code::Codes;
use groups::Groups;
use largest::Largest;
use test::Tests;

/// The rows of a tally.
pub(super) struct Tallied<'p> {
    tally: &'p Tally,
    rows: Option<std::vec::IntoIter<Row>>,
}

impl<'p> Tallied<'p> {
    pub(super) const fn new(tally: &'p Tally) -> Self {
        Self { tally, rows: None }
    }
}

impl Rows for Tallied<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let rows = match &mut self.rows {
            Some(rows) => rows,
            none => none.insert(Count::new(self.tally, run).rows()?.into_iter()),
        };
        Ok(rows.next())
    }
}

/// The one row of a count of distinct nodes.
pub(super) struct Reached<'p>(Option<&'p Reach>);

impl<'p> Reached<'p> {
    pub(super) const fn new(reach: &'p Reach) -> Self {
        Self(Some(reach))
    }
}

impl Rows for Reached<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        let Some(reach) = self.0.take() else { return Ok(None) };
        let count = reach::count(&reach.pattern, notes(run), run)?;
        Ok(Some(vec![integer(count)]))
    }
}

/// The graph, which is one of notes: no other is tallied.
fn notes<'r>(run: &Run<'r>) -> &'r Notes<'r> {
    match run.view {
        View::Notes(notes) => notes,
        View::Scratch(_) => unreachable!("only plans over notes are shortened"),
    }
}

fn integer(count: u64) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A tally under way.
struct Count<'c, 'r> {
    tally: &'c Tally,
    pattern: &'c Chain,
    notes: &'r Notes<'r>,
    run: &'c Run<'r>,
}

impl<'c, 'r> Count<'c, 'r> {
    fn new(tally: &'c Tally, run: &'c Run<'r>) -> Self {
        Self { tally, pattern: &tally.pattern, notes: notes(run), run }
    }

    fn rows(&self) -> Result<Vec<Row>> {
        match &self.pattern.links[..] {
            [] => self.nodes(),
            [link] if self.tally.top.is_some() => self.largest(link),
            [link] => self.relationships(link),
            _ => self.pairs(),
        }
    }

    fn tests(&self, slot: usize) -> Tests<'c> {
        Tests::new(&self.pattern.filters, slot)
    }

    fn starts(&self) -> Result<super::view::Candidates> {
        candidates(&self.pattern.access, &Row::new(), self.run)
    }

    /// Nodes by keys.
    fn nodes(&self) -> Result<Vec<Row>> {
        let start = self.pattern.start;
        let (mut tests, mut codes) = (self.tests(start), Codes::new(&self.tally.keys, start));
        let mut groups = Groups::default();
        for node in self.starts()? {
            self.run.step()?;
            if tests.pass(node, self.run)? {
                groups.add([codes.node(node, self.notes, self.run)?, 0, 0], 1);
            }
        }
        self.finish(&groups, [codes, Codes::none(), Codes::none()])
    }

    /// Relationships by keys of their ends and of themselves.
    fn relationships(&self, link: &ExpandStep) -> Result<Vec<Row>> {
        let types = filter_of(&link.types, self.run);
        let slots = [link.from, link.relationship, link.to];
        let mut tests = slots.map(|slot| self.tests(slot));
        let mut codes = slots.map(|slot| Codes::new(&self.tally.keys, slot));
        let degrees = tests[1].is_empty() && tests[2].is_empty() && codes[1].is_empty() && codes[2].is_empty();
        let bare = tests[1].is_empty() && tests[2].is_empty() && codes[1].is_empty();
        let (mut groups, mut hops) = (Groups::default(), Vec::new());
        for from in self.starts()? {
            self.run.step()?;
            if !tests[0].pass(from, self.run)? {
                continue;
            }
            if degrees {
                let degree = self.notes.degree(from, link.direction, &types) as u64;
                if degree > 0 {
                    groups.add([codes[0].node(from, self.notes, self.run)?, 0, 0], degree);
                }
                continue;
            }
            if bare {
                self.ends((from, link.direction, &types), &mut codes, &mut groups)?;
                continue;
            }
            hops.clear();
            self.run.view.expand(from, link.direction, &types, &mut hops);
            self.run.steps(hops.len())?;
            let [_, via, far] = &mut tests;
            self.keep(&mut hops, via, far)?;
            if hops.is_empty() {
                continue;
            }
            let from = codes[0].node(from, self.notes, self.run)?;
            for (id, to) in hops.iter().copied() {
                let via = if codes[1].is_empty() { 0 } else { codes[1].relationship(id, self.notes, self.run)? };
                let to = match codes[2].known(to, self.notes) {
                    Some(code) => code,
                    None => codes[2].node(to, self.notes, self.run)?,
                };
                groups.add([from, via, to], 1);
            }
        }
        self.finish(&groups, codes)
    }

    /// Relationships of one node by the keys of both ends, none of them left out.
    fn ends(
        &self,
        (from, direction, types): (NodeId, Direction, &TypeFilter),
        codes: &mut [Codes<'_>; 3],
        groups: &mut Groups,
    ) -> Result<()> {
        let [own, _, far] = codes;
        self.notes.others(from, direction, types, |others| {
            if others.is_empty() {
                return Ok(());
            }
            self.run.steps(others.len())?;
            let own = own.node(from, self.notes, self.run)?;
            let mut rest = others;
            loop {
                rest = far.known_ones(rest, self.notes, |code| groups.add([own, 0, code], 1));
                let Some((other, after)) = rest.split_first() else { return Ok(()) };
                groups.add([own, 0, far.node(NodeId(*other), self.notes, self.run)?], 1);
                rest = after;
            }
        })
    }

    /// Keeps the hops that pass, in order.
    fn keep(&self, hops: &mut Vec<Hop>, via: &mut Tests<'_>, far: &mut Tests<'_>) -> Result<()> {
        let mut kept = 0;
        for at in 0..hops.len() {
            let (id, other) = hops[at];
            if via.pass_relationship(id, self.run)? && far.pass(other, self.run)? {
                hops[kept] = hops[at];
                kept += 1;
            }
        }
        hops.truncate(kept);
        Ok(())
    }

    /// The first nodes with the most relationships, each a group of its own.
    fn largest(&self, link: &ExpandStep) -> Result<Vec<Row>> {
        let types = filter_of(&link.types, self.run);
        let (mut tests, mut far) = (self.tests(link.from), self.tests(link.to));
        let mut via = self.tests(link.relationship);
        let wanted = match &self.tally.top {
            Some(limit) => match self.run.evaluate(limit, &Row::new())? {
                Value::Integer(limit) => usize::try_from(limit).unwrap_or(0),
                // Anything else is refused by the operator above.
                _ => usize::MAX,
            },
            None => usize::MAX,
        };
        let mut largest = Largest::new(wanted);
        for from in self.starts()? {
            self.run.step()?;
            if !tests.pass(from, self.run)? {
                continue;
            }
            let count = self.degree(from, link.direction, &types, &mut via, &mut far)?;
            if count > 0 {
                largest.add(count, from);
            }
        }
        let mut codes = Codes::new(&self.tally.keys, link.from);
        let mut groups = Groups::default();
        for (count, node) in largest.into_counted() {
            groups.add([codes.node(node, self.notes, self.run)?, 0, 0], count);
        }
        self.finish(&groups, [codes, Codes::none(), Codes::none()])
    }

    /// Two relationships at one node.
    fn pairs(&self) -> Result<Vec<Row>> {
        let ([one, two], Some((middle, far, way))) = (&self.pattern.links[..], self.pattern.middle()) else {
            return Ok(Vec::new());
        };
        let [types_one, types_two] = [one, two].map(|link| filter_of(&link.types, self.run));
        let (mut own, mut first, mut second) = (self.tests(middle), self.tests(far), self.tests(two.to));
        let middles = if middle == self.pattern.start {
            self.starts()?
        } else {
            if let Access::Label(label) = &self.pattern.access {
                first.add_label(label);
            }
            self.run.view.nodes()
        };
        let both = self.overlap(two, way, &types_one, &types_two);
        let mut none = Tests::none();
        let (mut total, mut hops) = (0u64, Vec::new());
        for node in middles {
            self.run.step()?;
            if !own.pass(node, self.run)? {
                continue;
            }
            let ways = self.degree(node, way, &types_one, &mut none, &mut first)?;
            if ways == 0 {
                continue;
            }
            let onward = self.degree(node, two.direction, &types_two, &mut none, &mut second)?;
            total = total.saturating_add(ways.saturating_mul(onward));
            if let Some((direction, types)) = both.as_ref().filter(|_| onward > 0) {
                hops.clear();
                self.run.view.expand(node, *direction, types, &mut hops);
                self.run.steps(hops.len())?;
                for (_, other) in hops.iter().copied() {
                    let same = first.pass(other, self.run)? && second.pass(other, self.run)?;
                    total -= u64::from(same);
                }
            }
        }
        Ok(vec![vec![integer(total); self.tally.counts]])
    }

    /// Which relationships of a node could stand at both places, where they must not.
    fn overlap(
        &self,
        two: &ExpandStep,
        way: Direction,
        types_one: &TypeFilter,
        types_two: &TypeFilter,
    ) -> Option<(Direction, TypeFilter)> {
        if two.unique.is_empty() {
            return None;
        }
        let direction = match (way, two.direction) {
            (Direction::Either, other) | (other, Direction::Either) => other,
            (one, other) if one == other => one,
            // What leads to a node never leads from it: no relationship joins a node with itself.
            _ => return None,
        };
        let types = self.notes.both(types_one, types_two);
        Some((direction, types))
    }

    /// How many relationships of a node pass, with the nodes at their other ends.
    fn degree(
        &self,
        node: NodeId,
        direction: Direction,
        types: &TypeFilter,
        via: &mut Tests<'_>,
        far: &mut Tests<'_>,
    ) -> Result<u64> {
        if via.is_empty() && far.is_empty() {
            return Ok(self.notes.degree(node, direction, types) as u64);
        }
        let mut hops = Vec::new();
        self.run.view.expand(node, direction, types, &mut hops);
        self.run.steps(hops.len())?;
        self.keep(&mut hops, via, far)?;
        Ok(hops.len() as u64)
    }

    /// The rows of the groups: keys in their order, then counts.
    fn finish(&self, groups: &Groups, codes: [Codes<'_>; 3]) -> Result<Vec<Row>> {
        if self.tally.keys.is_empty() {
            return Ok(vec![vec![integer(groups.total()); self.tally.counts]]);
        }
        let mut rows = Vec::new();
        for (key, count) in groups.iter() {
            let mut row: Row = Vec::with_capacity(self.tally.keys.len() + self.tally.counts);
            for at in 0..self.tally.keys.len() {
                let value = codes.iter().zip(key).find_map(|(codes, code)| codes.value(code, at));
                row.push(value.cloned().unwrap_or(Value::Null));
            }
            self.run.hold_row(&row)?;
            row.resize(row.len() + self.tally.counts, integer(count));
            rows.push(row);
        }
        Ok(rows)
    }
}
