//! Aggregating functions: `count`, `sum`, `avg`, `min`, `max`, `collect`, `stDev`, percentiles.
//!
//! In: the arguments of one row after another; `null` is passed over. Out: one value for the group. The
//! caller keeps the groups and, for `DISTINCT`, leaves out arguments it has seen, by
//! [`Key`](super::value::Key). `count(*)` is [`Aggregate::Count`] given any value but `null` for each row.

use std::cmp::Ordering;

use super::temporal::{Duration, Temporal};
use super::value::{Detail, Types, Value, ValueError, add, as_float, order, overflow};
use crate::limits::Limits;

/// An aggregating function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// How many values there are.
    Count,
    /// Their sum; 0 of none.
    Sum,
    /// Their mean; `null` of none.
    Avg,
    /// The first in the order of `ORDER BY`.
    Min,
    /// The last in the order of `ORDER BY`.
    Max,
    /// All of them in a list.
    Collect,
    /// The standard deviation of a sample.
    StDev,
    /// The standard deviation of a whole population.
    StDevP,
    /// The value at a share of the sorted values, between two of them where need be.
    PercentileCont,
    /// The value at a share of the sorted values, one of them.
    PercentileDisc,
}

impl Aggregate {
    const ALL: [Self; 10] = [
        Self::Count,
        Self::Sum,
        Self::Avg,
        Self::Min,
        Self::Max,
        Self::Collect,
        Self::StDev,
        Self::StDevP,
        Self::PercentileCont,
        Self::PercentileDisc,
    ];

    /// The one called `name`, in any case.
    #[must_use]
    pub fn lookup(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aggregate| aggregate.name().eq_ignore_ascii_case(name))
    }

    /// Every one.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    /// Its name as documented.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Avg => "avg",
            Self::Min => "min",
            Self::Max => "max",
            Self::Collect => "collect",
            Self::StDev => "stDev",
            Self::StDevP => "stDevP",
            Self::PercentileCont => "percentileCont",
            Self::PercentileDisc => "percentileDisc",
        }
    }

    /// The types it takes, one for each argument.
    #[must_use]
    pub const fn parameters(self) -> &'static [Types] {
        match self {
            Self::Count | Self::Min | Self::Max | Self::Collect => &[Types::ANY],
            Self::Sum | Self::Avg => const { &[Types::NUMBER.or(Types::DURATION)] },
            Self::StDev | Self::StDevP => &[Types::NUMBER],
            Self::PercentileCont | Self::PercentileDisc => &[Types::NUMBER, Types::NUMBER],
        }
    }

    /// What it may give, besides `null`.
    #[must_use]
    pub const fn result(self) -> Types {
        match self {
            Self::Count => Types::INTEGER,
            Self::Sum => Types::NUMBER.or(Types::DURATION),
            Self::Avg => Types::FLOAT.or(Types::DURATION),
            Self::Min | Self::Max => Types::ANY,
            Self::Collect => Types::LIST,
            Self::StDev | Self::StDevP | Self::PercentileCont => Types::FLOAT,
            Self::PercentileDisc => Types::NUMBER,
        }
    }

    /// A new group.
    #[must_use]
    pub const fn start(self) -> Accumulator {
        let state = match self {
            Self::Count => State::Count(0),
            Self::Sum | Self::Avg => State::Sum(Sum::NOTHING),
            Self::Min | Self::Max => State::Extreme(Value::Null),
            Self::Collect => State::Values(Vec::new()),
            Self::StDev | Self::StDevP => State::Spread { count: 0, mean: 0.0, squares: 0.0 },
            Self::PercentileCont | Self::PercentileDisc => State::Percentile { share: None, values: Vec::new() },
        };
        Accumulator { aggregate: self, state }
    }
}

/// What is known of one group so far.
#[derive(Clone, Debug)]
pub struct Accumulator {
    aggregate: Aggregate,
    state: State,
}

#[derive(Clone, Debug)]
enum State {
    Count(i64),
    Sum(Sum),
    Extreme(Value),
    Values(Vec<Value>),
    Spread { count: u64, mean: f64, squares: f64 },
    Percentile { share: Option<f64>, values: Vec<Value> },
}

impl Accumulator {
    /// Takes the arguments of one more row.
    ///
    /// # Errors
    ///
    /// A type error for what cannot be added up, an argument error for a percentile outside 0 to 1.
    pub fn add(&mut self, arguments: &[Value]) -> Result<(), ValueError> {
        let aggregate = self.aggregate;
        let value = arguments.first().unwrap_or(&Value::Null);
        if let State::Percentile { share, .. } = &mut self.state {
            *share = Some(read_share(aggregate, arguments.get(1).unwrap_or(&Value::Null))?);
        }
        if value.is_null() {
            return Ok(());
        }
        match &mut self.state {
            State::Count(count) => *count += 1,
            State::Sum(sum) => sum.add(aggregate, value)?,
            State::Extreme(extreme) => {
                let wanted = if aggregate == Aggregate::Min { Ordering::Less } else { Ordering::Greater };
                if extreme.is_null() || order(value, extreme) == wanted {
                    *extreme = value.clone();
                }
            }
            State::Values(values) => values.push(value.clone()),
            State::Spread { count, mean, squares } => {
                let number = as_float(value).ok_or_else(|| wrong_type(aggregate, value))?;
                *count += 1;
                let before = number - *mean;
                #[expect(clippy::cast_precision_loss, reason = "no group has 2^53 rows")]
                let share = before / *count as f64;
                *mean += share;
                *squares += before * (number - *mean);
            }
            State::Percentile { values, .. } => {
                as_float(value).ok_or_else(|| wrong_type(aggregate, value))?;
                values.push(value.clone());
            }
        }
        Ok(())
    }

    /// The value of the group.
    ///
    /// # Errors
    ///
    /// An arithmetic error for a sum past 64 bits.
    pub fn finish(self) -> Result<Value, ValueError> {
        match self.state {
            State::Count(count) => Ok(Value::Integer(count)),
            State::Sum(sum) if self.aggregate == Aggregate::Sum => sum.total(),
            State::Sum(sum) => sum.mean(),
            State::Extreme(extreme) => Ok(extreme),
            State::Values(values) => Ok(Value::list(values)),
            State::Spread { count, squares, .. } => {
                let degrees = if self.aggregate == Aggregate::StDev { count.saturating_sub(1) } else { count };
                #[expect(clippy::cast_precision_loss, reason = "no group has 2^53 rows")]
                let variance = if degrees == 0 { 0.0 } else { squares / degrees as f64 };
                Ok(Value::Float(variance.sqrt()))
            }
            State::Percentile { share, values } => Ok(percentile(self.aggregate, share.unwrap_or(0.0), values)),
        }
    }
}

/// Integers are summed exactly, whatever their order; floats and durations beside them.
#[derive(Clone, Copy, Debug)]
struct Sum {
    count: i64,
    integers: i128,
    floats: Option<f64>,
    durations: Option<Duration>,
}

impl Sum {
    const NOTHING: Self = Self { count: 0, integers: 0, floats: None, durations: None };

    fn add(&mut self, aggregate: Aggregate, value: &Value) -> Result<(), ValueError> {
        match value {
            Value::Integer(integer) => self.integers += i128::from(*integer),
            Value::Float(float) => self.floats = Some(self.floats.unwrap_or(0.0) + float),
            Value::Temporal(Temporal::Duration(duration)) => {
                self.durations = Some(self.durations.unwrap_or_default().plus(*duration)?);
            }
            _ => return Err(wrong_type(aggregate, value)),
        }
        self.count += 1;
        Ok(())
    }

    fn total(self) -> Result<Value, ValueError> {
        #[expect(clippy::cast_precision_loss, reason = "a sum with floats is a float")]
        let numbers = match self.floats {
            Some(floats) => Value::Float(floats + self.integers as f64),
            None => Value::Integer(i64::try_from(self.integers).map_err(|_| overflow())?),
        };
        match (self.durations, &numbers) {
            (None, _) => Ok(numbers),
            (Some(durations), Value::Integer(0)) => Ok(Value::Temporal(Temporal::Duration(durations))),
            (Some(durations), _) => add(numbers, &Value::Temporal(Temporal::Duration(durations)), &Limits::default()),
        }
    }

    fn mean(self) -> Result<Value, ValueError> {
        if self.count == 0 {
            return Ok(Value::Null);
        }
        if self.durations.is_some() {
            return super::value::divide(&self.total()?, &Value::Integer(self.count));
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean is a float")]
        let mean = (self.floats.unwrap_or(0.0) + self.integers as f64) / self.count as f64;
        Ok(Value::Float(mean))
    }
}

fn read_share(aggregate: Aggregate, value: &Value) -> Result<f64, ValueError> {
    let share = as_float(value).ok_or_else(|| wrong_type(aggregate, value))?;
    if (0.0..=1.0).contains(&share) {
        return Ok(share);
    }
    let message = format!("{} takes a share from 0 to 1, not {value}", aggregate.name());
    Err(ValueError::argument(Detail::NumberOutOfRange, message))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a list held in memory"
)]
fn percentile(aggregate: Aggregate, share: f64, mut values: Vec<Value>) -> Value {
    let Some(last) = values.len().checked_sub(1) else { return Value::Null };
    values.sort_by(order);
    if aggregate == Aggregate::PercentileDisc {
        let place = (share * values.len() as f64).ceil() as usize;
        return values.swap_remove(place.saturating_sub(1).min(last));
    }
    let place = share * last as f64;
    let float = |place: f64| values.get(place as usize).and_then(as_float).unwrap_or(f64::NAN);
    let (below, above) = (float(place.floor()), float(place.ceil()));
    Value::Float(if below == above { below } else { below + (above - below) * place.fract() })
}

fn wrong_type(aggregate: Aggregate, value: &Value) -> ValueError {
    let takes = aggregate.parameters()[0];
    let message = format!("{} takes {takes}, not {}", aggregate.name(), value.type_name());
    ValueError::type_error(Detail::InvalidArgumentValue, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(aggregate: Aggregate, values: &[Value]) -> String {
        let mut group = aggregate.start();
        for value in values {
            if let Err(error) = group.add(&[value.clone(), Value::Float(0.5)]) {
                return error.message;
            }
        }
        group.finish().map_or_else(|error| error.message, |value| value.to_string())
    }

    #[test]
    fn null_is_passed_over_and_nothing_has_a_value() {
        let values = [Value::Null, 1.into(), 2.into()];
        let all =
            |values: &[Value]| Aggregate::all().map(|aggregate| run(aggregate, values)).collect::<Vec<_>>().join(" ");
        assert_eq!(all(&values), "2 3 1.5 1 2 [1, 2] 0.7071067811865476 0.5 1.5 1");
        assert_eq!(all(&[Value::Null]), "0 0 null null null [] 0.0 0.0 null null");
    }

    #[test]
    fn sums_of_integers_do_not_depend_on_their_order() {
        let (max, one) = (Value::Integer(i64::MAX), Value::Integer(1));
        assert_eq!(run(Aggregate::Sum, &[max.clone(), one.clone(), (-1).into()]), i64::MAX.to_string());
        assert_eq!(run(Aggregate::Sum, &[max, one]), "the result does not fit into 64 bits");
    }

    #[test]
    fn extremes_follow_the_order_of_order_by() {
        let values = [1.into(), "a".into(), Value::list([1.into()]), 0.2.into(), "b".into(), Value::Null];
        assert_eq!(run(Aggregate::Max, &values), "1");
        assert_eq!(run(Aggregate::Min, &values), "[1]");
    }

    #[test]
    fn percentiles_outside_nought_to_one_are_refused() {
        let error = Aggregate::PercentileCont.start().add(&[10.0.into(), 1000.into()]).unwrap_err();
        assert_eq!(error.detail, Detail::NumberOutOfRange);
    }

    #[test]
    fn what_cannot_be_added_up_is_named() {
        assert_eq!(run(Aggregate::Sum, &["a".into()]), "sum takes Number or Duration, not String");
    }
}
