//! Lists: spelled out, or an arithmetic progression that is never spelled out.

use std::sync::Arc;

use super::{Value, ValueError};
use crate::limits::{Limit, Limits};

/// A list, held whole or as an arithmetic progression that is never spelled out.
#[derive(Clone, Debug)]
pub enum List {
    /// Its values.
    Items(Arc<Vec<Value>>),
    /// `first, first + step, ...`, `count` integers in all.
    Range {
        /// The first integer.
        first: i64,
        /// What is added each time; not 0.
        step: i64,
        /// How many there are.
        count: u64,
    },
}

impl List {
    /// The integers from `first` to `last`, both included, `step` apart. Empty when `step` leads away.
    #[must_use]
    pub fn range(first: i64, last: i64, step: i64) -> Self {
        let distance =
            if step > 0 { i128::from(last) - i128::from(first) } else { i128::from(first) - i128::from(last) };
        let count = if step == 0 || distance < 0 { 0 } else { distance / i128::from(step).abs() + 1 };
        Self::Range { first, step, count: u64::try_from(count).unwrap_or(u64::MAX) }
    }

    /// How many values it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.len(),
            Self::Range { count, .. } => usize::try_from(*count).unwrap_or(usize::MAX),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at `index`, from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Value> {
        match self {
            Self::Items(items) => items.get(index).cloned(),
            Self::Range { first, step, count } => {
                let index = u64::try_from(index).ok().filter(|index| index < count)?;
                Some(Value::Integer(nth(*first, *step, index)))
            }
        }
    }

    /// The value at `index`, from 0, or from the end when it is negative.
    #[must_use]
    pub fn at(&self, index: i64) -> Option<Value> {
        let from_end = i64::try_from(self.len()).unwrap_or(i64::MAX);
        let index = if index < 0 { index.checked_add(from_end)? } else { index };
        self.get(usize::try_from(index).ok()?)
    }

    /// The last value.
    #[must_use]
    pub fn last(&self) -> Option<Value> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The values at `from..to`, half-open, cut to what there is.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> Self {
        let to = to.min(self.len());
        let from = from.min(to);
        match self {
            Self::Items(items) if from == 0 && to == items.len() => self.clone(),
            Self::Items(items) => Self::from(items[from..to].to_vec()),
            Self::Range { first, step, .. } if from < to => {
                Self::Range { first: nth(*first, *step, from as u64), step: *step, count: (to - from) as u64 }
            }
            Self::Range { first, step, .. } => Self::Range { first: *first, step: *step, count: 0 },
        }
    }

    /// The same values, the last one first.
    #[must_use]
    pub fn reversed(&self) -> Self {
        match self {
            Self::Items(items) => items.iter().rev().cloned().collect(),
            Self::Range { first, step, count } => match (count.checked_sub(1), step.checked_neg()) {
                (Some(last), Some(back)) => Self::Range { first: nth(*first, *step, last), step: back, count: *count },
                (None, _) => self.clone(),
                (_, None) => self.iter().collect::<Vec<_>>().into_iter().rev().collect(),
            },
        }
    }

    /// These values and then `other`'s. Costs no copy of a list that nobody else holds.
    ///
    /// # Errors
    ///
    /// A limit error where that is too long.
    pub fn concat(self, other: &Self, limits: &Limits) -> Result<Self, ValueError> {
        if other.is_empty() {
            return Ok(self);
        }
        Self::check_size(self.len().saturating_add(other.len()), limits)?;
        let mut items = self.into_items(limits)?;
        Arc::make_mut(&mut items).extend(other.iter());
        Ok(Self::Items(items))
    }

    /// These values and then `value`. Costs no copy of a list that nobody else holds.
    ///
    /// # Errors
    ///
    /// A limit error where that is too long.
    pub fn push(self, value: Value, limits: &Limits) -> Result<Self, ValueError> {
        Self::check_size(self.len().saturating_add(1), limits)?;
        let mut items = self.into_items(limits)?;
        Arc::make_mut(&mut items).push(value);
        Ok(Self::Items(items))
    }

    /// Whether a list of `size` values may be spelled out.
    ///
    /// # Errors
    ///
    /// A limit error where that is too long.
    pub fn check_size(size: usize, limits: &Limits) -> Result<(), ValueError> {
        let most = limits.size(Limit::List);
        if size <= most {
            return Ok(());
        }
        let message = format!("a list of {size} values would be made, at most {most} are held");
        Err(ValueError::limit(Limit::List, message))
    }

    /// The values in order.
    #[must_use]
    pub const fn iter(&self) -> Items<'_> {
        Items { list: self, next: 0 }
    }

    /// The values spelled out.
    ///
    /// # Errors
    ///
    /// A limit error where that is too long.
    pub fn into_items(self, limits: &Limits) -> Result<Arc<Vec<Value>>, ValueError> {
        match self {
            Self::Items(items) => Ok(items),
            Self::Range { .. } => {
                Self::check_size(self.len(), limits)?;
                Ok(Arc::new(self.iter().collect()))
            }
        }
    }
}

/// The integer at `index` of a progression; the caller knows that it is in it.
const fn nth(first: i64, step: i64, index: u64) -> i64 {
    first.wrapping_add(step.wrapping_mul(index.cast_signed()))
}

impl Default for List {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl From<Vec<Value>> for List {
    fn from(items: Vec<Value>) -> Self {
        Self::Items(Arc::new(items))
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::from(items.into_iter().collect::<Vec<_>>())
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = Value;
    type IntoIter = Items<'a>;

    fn into_iter(self) -> Items<'a> {
        self.iter()
    }
}

/// The values of a list in order, made one by one.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    list: &'a List,
    next: usize,
}

impl Iterator for Items<'_> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let value = self.list.get(self.next)?;
        self.next += 1;
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.list.len().saturating_sub(self.next);
        (left, Some(left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(list: &List) -> Vec<i64> {
        list.iter().filter_map(|value| if let Value::Integer(integer) = value { Some(integer) } else { None }).collect()
    }

    #[test]
    fn ranges_include_both_ends_and_never_turn_round() {
        assert_eq!(integers(&List::range(1, 10, 4)), [1, 5, 9]);
        assert_eq!(integers(&List::range(3, 1, -1)), [3, 2, 1]);
        assert_eq!(integers(&List::range(3, 1, 1)), [0_i64; 0]);
        assert_eq!(List::range(i64::MIN, i64::MAX, 1).len(), usize::MAX);
        assert_eq!(integers(&List::range(i64::MIN, i64::MAX, i64::MAX)), [i64::MIN, -1, i64::MAX - 1]);
    }

    #[test]
    fn ranges_stay_ranges_when_cut_and_reversed() {
        let list = List::range(1, 1_000_000_000_000, 1).slice(10, 999_999_999_999).reversed();
        assert!(matches!(list, List::Range { first: 999_999_999_999, step: -1, count: 999_999_999_989 }));
        assert_eq!(integers(&List::range(1, 5, 2).reversed()), [5, 3, 1]);
    }

    #[test]
    fn endless_ranges_are_never_spelled_out() {
        let endless = List::range(0, i64::MAX, 1);
        assert!(endless.clone().push(Value::Null, &Limits::default()).is_err());
        assert!(List::default().concat(&endless, &Limits::default()).is_err());
        assert_eq!(
            integers(&List::range(1, 2, 1).concat(&List::range(3, 3, 1), &Limits::default()).unwrap()),
            [1, 2, 3]
        );
    }

    #[test]
    fn negative_positions_count_from_the_end() {
        let list = List::range(1, 3, 1);
        assert!(matches!(list.at(-1), Some(Value::Integer(3))));
        assert!(list.at(-4).is_none() && list.at(3).is_none() && list.at(i64::MIN).is_none());
    }
}
