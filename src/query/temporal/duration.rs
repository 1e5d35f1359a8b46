//! Durations: months, days, seconds and nanoseconds, kept apart because months and days differ in length.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::arithmetic::{MONTH_DAYS, out_of_range};
use super::time::{DAY, SECOND};
use crate::query::value::{Detail, Value, ValueError};
use crate::text::Name;

/// An amount of time. Its parts may differ in sign; only seconds and nanoseconds are carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Months.
    pub months: i64,
    /// Days.
    pub days: i64,
    /// Whole seconds, rounded down.
    pub seconds: i64,
    /// What is left of a second, 0..1,000,000,000; always added.
    pub nanoseconds: u32,
}

/// The mean length of a month in the Gregorian calendar, in seconds.
pub(super) const MONTH_SECONDS: i64 = 2_629_746;

impl Duration {
    /// A rough length in nanoseconds, with months and days of mean length.
    #[must_use]
    pub fn mean_nanoseconds(self) -> i128 {
        let seconds = i128::from(self.months) * i128::from(MONTH_SECONDS)
            + i128::from(self.days) * i128::from(DAY)
            + i128::from(self.seconds);
        seconds * i128::from(SECOND) + i128::from(self.nanoseconds)
    }
}

impl Duration {
    /// Adds up the fields of a map, as `{days: 1.5, hours: -2}`; a field that is `null` counts as absent.
    ///
    /// # Errors
    ///
    /// An argument error for an unknown field, a type error for one that is no number.
    pub fn build(map: &BTreeMap<Name, Value>) -> Result<Self, ValueError> {
        let mut parts = Parts::default();
        for (name, amount) in map {
            let unit = Unit::named(name).ok_or_else(|| {
                ValueError::argument(Detail::InvalidArgumentValue, format!("duration has no field `{name}`"))
            })?;
            match amount {
                Value::Null => {}
                Value::Integer(amount) => parts.add(unit, i128::from(*amount), 0.0),
                Value::Float(amount) => parts.add_float(unit, *amount),
                other => {
                    let message = format!("`{name}` is a Number, not {}", other.type_name());
                    return Err(ValueError::type_error(Detail::InvalidArgumentValue, message));
                }
            }
        }
        parts.duration()
    }
}

/// By mean length, then by months and days, so that equal means equal.
impl Ord for Duration {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |of: &Self| (of.mean_nanoseconds(), of.months, of.days);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A unit in which a duration may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A number of months.
    Months(u32),
    /// A number of days.
    Days(u32),
    /// A number of nanoseconds.
    Nanoseconds(u64),
}

impl Unit {
    /// The unit that a map calls `name`, as `hours`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "years" => Self::Months(12),
            "quarters" => Self::Months(3),
            "months" => Self::Months(1),
            "weeks" => Self::Days(7),
            "days" => Self::Days(1),
            "hours" => Self::Nanoseconds(3_600_000_000_000),
            "minutes" => Self::Nanoseconds(60_000_000_000),
            "seconds" => Self::Nanoseconds(1_000_000_000),
            "milliseconds" => Self::Nanoseconds(1_000_000),
            "microseconds" => Self::Nanoseconds(1_000),
            "nanoseconds" => Self::Nanoseconds(1),
            _ => return None,
        })
    }
}

/// A duration in the making: each part whole and with a fraction, so that whole numbers stay exact.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    months: Part,
    days: Part,
    nanoseconds: Part,
}

#[derive(Clone, Copy, Debug, Default)]
struct Part {
    whole: i128,
    fraction: f64,
}

impl Part {
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and what is too large is refused later")]
    fn add(&mut self, whole: i128, fraction: f64) {
        let fraction = self.fraction + fraction;
        self.whole = self.whole.saturating_add(whole).saturating_add(fraction.trunc() as i128);
        self.fraction = fraction.fract();
        if self.whole > 0 && self.fraction < 0.0 {
            self.whole -= 1;
            self.fraction += 1.0;
        } else if self.whole < 0 && self.fraction > 0.0 {
            self.whole += 1;
            self.fraction -= 1.0;
        }
    }
}

impl Parts {
    /// Adds `whole` units and a fraction of one more, which has the same sign and is below 1.
    #[expect(clippy::cast_precision_loss, reason = "no unit has so many nanoseconds")]
    pub(super) fn add(&mut self, unit: Unit, whole: i128, fraction: f64) {
        let (part, size) = match unit {
            Unit::Months(size) => (&mut self.months, u64::from(size)),
            Unit::Days(size) => (&mut self.days, u64::from(size)),
            Unit::Nanoseconds(size) => (&mut self.nanoseconds, size),
        };
        part.add(whole.saturating_mul(i128::from(size)), fraction * size as f64);
    }

    /// Adds `amount` units.
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and what is too large is refused later")]
    pub(super) fn add_float(&mut self, unit: Unit, amount: f64) {
        if amount.is_finite() {
            self.add(unit, amount.trunc() as i128, amount.fract());
        } else {
            self.add(unit, i128::MAX, 0.0);
        }
    }

    /// The duration: a fraction of a month becomes days of a mean month, of a day nanoseconds; what is
    /// below half a nanosecond is dropped.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "below a day, so it fits")]
    pub(super) fn duration(mut self) -> Result<Duration, ValueError> {
        /// Fractions that doubles cannot hold, as a third of a month, fall short of a whole nanosecond by less than
        /// this; half a nanosecond is dropped all the same.
        const SLACK: f64 = 0.4;
        self.days.add(0, self.months.fraction * MONTH_DAYS);
        let rest = self.days.fraction * (DAY as f64) * (SECOND as f64) + self.nanoseconds.fraction;
        let rest = (rest + SLACK.copysign(rest)).trunc() as i128;
        let clock = self.nanoseconds.whole.checked_add(rest).ok_or_else(out_of_range)?;
        Duration::of(i64::try_from(self.months.whole).ok(), i64::try_from(self.days.whole).ok(), clock)
    }
}
