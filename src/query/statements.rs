//! Statements that were read before, by their text: most of what a short statement takes is reading it.
//!
//! In: a text, and the limits it is read under. Out: its tree, read now or before. What a statement means is checked
//! and planned each time, so a remembered tree gives the same answer. Texts that are refused are not remembered.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::ast::Statement;
use super::error::QueryError;
use super::parser::parse;
use crate::limits::Limits;

/// How many statements are remembered.
const MOST: usize = 128;
/// Longer texts are not: reading them is no longer most of the time, and they take memory.
const LONGEST: usize = 2048;

/// Trees by their texts, those asked for last.
#[derive(Default)]
pub(super) struct Statements(Mutex<Known>);

#[derive(Default)]
struct Known {
    trees: FxHashMap<Box<str>, Tree>,
    asked: u64,
}

struct Tree {
    statement: Arc<Statement>,
    limits: Limits,
    /// When it was asked for last.
    asked: u64,
}

impl Statements {
    /// The tree of a text.
    ///
    /// # Errors
    ///
    /// As [`parse`].
    pub(super) fn read(&self, text: &str, limits: &Limits) -> Result<Arc<Statement>, QueryError> {
        if text.len() > LONGEST {
            return parse(text, limits).map(Arc::new);
        }
        if let Some(statement) = self.lock().recall(text, limits) {
            return Ok(statement);
        }
        let statement = Arc::new(parse(text, limits)?);
        self.lock().remember(text, &statement, limits);
        Ok(statement)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn recall(&mut self, text: &str, limits: &Limits) -> Option<Arc<Statement>> {
        self.asked += 1;
        let tree = self.trees.get_mut(text).filter(|tree| tree.limits == *limits)?;
        tree.asked = self.asked;
        Some(Arc::clone(&tree.statement))
    }

    fn remember(&mut self, text: &str, statement: &Arc<Statement>, limits: &Limits) {
        if self.trees.len() >= MOST && !self.trees.contains_key(text) {
            let oldest = self.trees.iter().min_by_key(|(_, tree)| tree.asked).map(|(text, _)| text.clone());
            oldest.and_then(|oldest| self.trees.remove(&oldest));
        }
        let tree = Tree { statement: Arc::clone(statement), limits: limits.clone(), asked: self.asked };
        self.trees.insert(text.into(), tree);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limit;
    use crate::query::with_stack;

    #[test]
    fn a_tree_is_kept_until_others_are_asked_for_more() {
        let statements = Statements::default();
        let read = |text: &str| with_stack(|| statements.read(text, &Limits::default()).unwrap());
        let first = read("RETURN 0");
        for number in 1..=MOST {
            read(&format!("RETURN {number}"));
            assert!(Arc::ptr_eq(&first, &read("RETURN 0")), "after {number}");
            assert!(statements.lock().trees.len() <= MOST);
        }
        let gone = read("RETURN 1");
        assert!(!Arc::ptr_eq(&first, &gone) && Arc::ptr_eq(&gone, &read("RETURN 1")));
    }

    #[test]
    fn other_limits_read_again() {
        let statements = Statements::default();
        let read = |text: &str, depth: u64| {
            let limits = Limits::default().with(Limit::Depth, depth);
            with_stack(|| statements.read(text, &limits).map(drop).map_err(|error| error.detail))
        };
        assert_eq!(read("RETURN [[1]]", 2), Ok(()));
        assert_eq!(read("RETURN [[1]]", 1), Err("StatementTooDeep"));
        assert_eq!(read("RETURN [[1]]", 2), Ok(()));
    }
}
