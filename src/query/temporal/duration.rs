//! Durations: months, days, seconds and nanoseconds, kept apart because months and days differ in length.

use std::cmp::Ordering;

use super::arithmetic::{MONTH_DAYS, out_of_range};
use super::time::{DAY, SECOND};
use crate::query::value::ValueError;

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

/// A duration in the making: each part whole and with a fraction, so that whole numbers stay exact.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    months: Part,
    days: Part,
    seconds: Part,
    nanoseconds: Part,
}

#[derive(Clone, Copy, Debug, Default)]
struct Part {
    whole: i128,
    fraction: f64,
}

impl Part {
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and what is too large is refused later")]
    fn add(&mut self, amount: f64) {
        self.whole = self.whole.saturating_add(amount.trunc() as i128);
        self.fraction += if amount.is_finite() { amount.fract() } else { 0.0 };
        let carry = self.fraction.trunc();
        self.whole = self.whole.saturating_add(carry as i128);
        self.fraction -= carry;
        self.align();
    }

    /// Gives whole and fraction one sign.
    fn align(&mut self) {
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
    pub(super) fn add_months(&mut self, months: f64) {
        self.months.add(months);
    }

    pub(super) fn add_days(&mut self, days: f64) {
        self.days.add(days);
    }

    pub(super) fn add_seconds(&mut self, seconds: f64) {
        self.seconds.add(seconds);
    }

    pub(super) fn add_nanoseconds(&mut self, nanoseconds: f64) {
        self.nanoseconds.add(nanoseconds);
    }

    /// The duration: a fraction of a month becomes days of a mean month, of a day seconds; what is
    /// below a nanosecond is dropped.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "below a month, so it fits")]
    pub(super) fn duration(mut self) -> Result<Duration, ValueError> {
        /// Fractions that doubles cannot hold fall short of a whole nanosecond by less than this.
        const SLACK: f64 = 0.01;
        self.days.add(self.months.fraction * MONTH_DAYS);
        let day = DAY as f64 * SECOND as f64;
        let rest = self.days.fraction * day + self.seconds.fraction * SECOND as f64 + self.nanoseconds.fraction;
        let rest = (rest + SLACK.copysign(rest)).trunc() as i128;
        let clock = self.seconds.whole.checked_mul(i128::from(SECOND));
        let clock = clock.and_then(|clock| clock.checked_add(self.nanoseconds.whole)?.checked_add(rest));
        let clock = clock.ok_or_else(out_of_range)?;
        Duration::of(i64::try_from(self.months.whole).ok(), i64::try_from(self.days.whole).ok(), clock)
    }
}
