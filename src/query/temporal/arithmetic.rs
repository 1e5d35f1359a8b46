//! Durations added to dates and times, to each other, and scaled.
//!
//! Months are added first and the day is cut to the length of the month, then days, then seconds. On a
//! point in time months and days move the calendar of its zone, seconds move the instant.

use super::duration::{MONTH_SECONDS, Parts, Unit};
use super::time::{DAY, SECOND};
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time};
use crate::query::value::{Detail, Value, ValueError};

/// Nanoseconds in a day.
const DAY_NANOSECONDS: i128 = DAY as i128 * SECOND as i128;

impl Temporal {
    /// The sum of two durations, or of a date or time and a duration, in any order.
    ///
    /// # Errors
    ///
    /// A type error for two dates or times, an arithmetic error past the last year.
    pub fn plus(self, other: Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Duration(left), Self::Duration(right)) => left.plus(right).map(Self::Duration),
            (instant, Self::Duration(duration)) | (Self::Duration(duration), instant) => instant.moved(duration),
            _ => Err(no_operation("add", self, other)),
        }
    }

    /// The difference of two durations, or of a date or time and a duration.
    ///
    /// # Errors
    ///
    /// A type error for everything else, an arithmetic error past the first year.
    pub fn minus(self, other: Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Duration(left), Self::Duration(right)) => left.plus(right.negated()?).map(Self::Duration),
            (instant, Self::Duration(duration)) if !matches!(instant, Self::Duration(_)) => {
                instant.moved(duration.negated()?)
            }
            _ => Err(no_operation("subtract", self, other)),
        }
    }

    fn moved(self, duration: Duration) -> Result<Self, ValueError> {
        let moved = match self {
            Self::Date(date) => date.moved(duration).map(Self::Date),
            Self::LocalTime(time) => Some(Self::LocalTime(time.moved(duration))),
            Self::Time(time) => Some(Self::Time(Time::new(time.local().moved(duration), time.offset()))),
            Self::LocalDateTime(local) => local.moved(duration).map(Self::LocalDateTime),
            Self::DateTime(instant) => instant.moved(duration).map(Self::DateTime),
            Self::Duration(own) => Some(Self::Duration(own.plus(duration)?)),
        };
        moved.ok_or_else(out_of_range)
    }
}

impl Date {
    fn moved(self, duration: Duration) -> Option<Self> {
        let whole_days = i64::try_from(duration.clock_nanoseconds() / DAY_NANOSECONDS).ok()?;
        self.plus_months(duration.months)?.plus_days(duration.days.checked_add(whole_days)?)
    }
}

impl LocalTime {
    fn moved(self, duration: Duration) -> Self {
        let total = i128::from(self.nanoseconds()) + duration.clock_nanoseconds();
        let of_day = i64::try_from(total.rem_euclid(DAY_NANOSECONDS)).expect("a day has fewer than 2^63 nanoseconds");
        Self::from_nanoseconds(of_day)
    }
}

impl LocalDateTime {
    fn moved(self, duration: Duration) -> Option<Self> {
        let date = self.date.plus_months(duration.months)?.plus_days(duration.days)?;
        Self { date, time: self.time }.plus_nanoseconds(duration.clock_nanoseconds())
    }

    pub(super) fn plus_nanoseconds(self, nanoseconds: i128) -> Option<Self> {
        let total = i128::from(self.time.nanoseconds()) + nanoseconds;
        let days = i64::try_from(total.div_euclid(DAY_NANOSECONDS)).ok()?;
        let of_day = i64::try_from(total.rem_euclid(DAY_NANOSECONDS)).ok()?;
        Some(Self { date: self.date.plus_days(days)?, time: LocalTime::from_nanoseconds(of_day) })
    }
}

impl DateTime {
    fn moved(self, duration: Duration) -> Option<Self> {
        let local = self.local();
        let date = local.date.plus_months(duration.months)?.plus_days(duration.days)?;
        let day = Self::with_offset(LocalDateTime { date, time: local.time }, self.offset(), self.zone())?;
        let clock = LocalDateTime::from_epoch(day.epoch_seconds(), day.nanosecond())?;
        let instant = clock.plus_nanoseconds(duration.clock_nanoseconds())?;
        Self::at(instant.epoch_seconds(), u32::try_from(instant.time.nanosecond()).ok()?, self.zone())
    }
}

impl Duration {
    /// The sum, part by part.
    ///
    /// # Errors
    ///
    /// An arithmetic error when a part leaves 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, ValueError> {
        let months = self.months.checked_add(other.months);
        let days = self.days.checked_add(other.days);
        Self::of(months, days, self.clock_nanoseconds() + other.clock_nanoseconds())
    }

    /// Each part with its sign turned.
    ///
    /// # Errors
    ///
    /// An arithmetic error when a part leaves 64 bits.
    pub fn negated(self) -> Result<Self, ValueError> {
        Self::of(self.months.checked_neg(), self.days.checked_neg(), -self.clock_nanoseconds())
    }

    /// Each part times `factor`; fractions of a month or day are carried to the smaller parts.
    ///
    /// # Errors
    ///
    /// An arithmetic error when a part leaves 64 bits.
    pub fn times(self, factor: f64) -> Result<Self, ValueError> {
        self.scaled(|part| part * factor, factor.fract() == 0.0 && factor.abs() < 9e15, factor)
    }

    /// Each part divided by `divisor`; fractions of a month or day are carried to the smaller parts.
    ///
    /// # Errors
    ///
    /// An arithmetic error when it is 0 or a part leaves 64 bits.
    pub fn divided_by(self, divisor: f64) -> Result<Self, ValueError> {
        if divisor == 0.0 {
            return Err(ValueError::arithmetic(Detail::DivisionByZero, "division by zero"));
        }
        self.scaled(|part| part / divisor, false, 1.0)
    }

    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a whole factor is exact here")]
    fn scaled(self, scale: impl Fn(f64) -> f64, whole: bool, factor: f64) -> Result<Self, ValueError> {
        if whole {
            let factor = factor as i64;
            let clock = self.clock_nanoseconds().checked_mul(i128::from(factor)).ok_or_else(out_of_range)?;
            return Self::of(self.months.checked_mul(factor), self.days.checked_mul(factor), clock);
        }
        let mut parts = Parts::default();
        parts.add_float(Unit::Months(1), scale(self.months as f64));
        parts.add_float(Unit::Days(1), scale(self.days as f64));
        parts.add_float(Unit::Nanoseconds(1_000_000_000), scale(self.seconds as f64));
        parts.add_float(Unit::Nanoseconds(1), scale(f64::from(self.nanoseconds)));
        parts.duration()
    }

    /// From parts of which one may have left its range.
    pub(super) fn of(months: Option<i64>, days: Option<i64>, clock: i128) -> Result<Self, ValueError> {
        let seconds = i64::try_from(clock.div_euclid(i128::from(SECOND))).ok();
        let nanoseconds = u32::try_from(clock.rem_euclid(i128::from(SECOND))).ok();
        match (months, days, seconds, nanoseconds) {
            (Some(months), Some(days), Some(seconds), Some(nanoseconds)) => {
                Ok(Self { months, days, seconds, nanoseconds })
            }
            _ => Err(out_of_range()),
        }
    }

    /// Seconds and nanoseconds together.
    pub(super) fn clock_nanoseconds(self) -> i128 {
        i128::from(self.seconds) * i128::from(SECOND) + i128::from(self.nanoseconds)
    }
}

/// The mean length of a month, in days.
pub(super) const MONTH_DAYS: f64 = MONTH_SECONDS as f64 / DAY as f64;

fn no_operation(verb: &str, left: Temporal, right: Temporal) -> ValueError {
    let name = |temporal| Value::Temporal(temporal).type_name();
    let message = format!("cannot {verb} {} and {}", name(left), name(right));
    ValueError::type_error(Detail::InvalidArgumentType, message)
}

pub(super) fn out_of_range() -> ValueError {
    ValueError::arithmetic(Detail::NumberOutOfRange, "the result lies outside the dates and durations that there are")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(from: &str, by: &str) -> [String; 2] {
        let parse = |text| Temporal::parse(text).unwrap();
        [parse(from).plus(parse(by)), parse(from).minus(parse(by))]
            .map(|moved| moved.map_or_else(|error| error.message, |temporal| temporal.to_string()))
    }

    #[test]
    fn dates_move_by_months_then_days_then_whole_days_of_seconds() {
        let fractions = "P12Y11M29DT33H58M13.500000003S";
        assert_eq!(moved("1984-10-11", fractions), ["1997-10-11", "1971-10-12"]);
        assert_eq!(moved("1984-10-11", "P1M-14DT15H49M10S"), ["1984-10-28", "1984-09-25"]);
        assert_eq!(moved("2024-01-31", "P1M"), ["2024-02-29", "2023-12-31"]);
    }

    #[test]
    fn times_go_round_the_clock() {
        let by = "P12Y5M14DT16H13M10.000000002S";
        assert_eq!(moved("12:31:14.000000001", by), ["04:44:24.000000003", "20:18:03.999999999"]);
        assert_eq!(moved("12:31:14+01:00", "PT24H"), ["12:31:14+01:00"; 2]);
    }

    #[test]
    fn days_keep_the_clock_and_hours_the_instant_where_clocks_change() {
        let before = "2017-10-28T12:00+02:00[Europe/Stockholm]";
        assert_eq!(moved(before, "P1D")[0], "2017-10-29T12:00+01:00[Europe/Stockholm]");
        assert_eq!(moved(before, "PT24H")[0], "2017-10-29T11:00+01:00[Europe/Stockholm]");
    }

    #[test]
    fn durations_are_scaled_part_by_part() {
        let duration = Duration::parse("P12Y5M14DT16H13M10.000000001S").unwrap();
        assert_eq!(duration.times(2.0).unwrap().to_string(), "P24Y10M28DT32H26M20.000000002S");
        assert_eq!(duration.divided_by(2.0).unwrap().to_string(), "P6Y2M22DT13H21M8S");
        assert_eq!(duration.divided_by(0.5).unwrap().to_string(), "P24Y10M28DT32H26M20.000000002S");
        let month = Duration { months: 1, ..Duration::default() };
        assert_eq!(month.divided_by(3.0).unwrap().to_string(), "P10DT3H29M42S");
        assert_eq!(duration.times(1e300).unwrap_err().detail, Detail::NumberOutOfRange);
        assert_eq!(duration.times(f64::NAN).unwrap_err().detail, Detail::NumberOutOfRange);
    }

    #[test]
    fn what_lies_past_the_last_year_is_refused() {
        assert_eq!(moved("+999999999-12-31", "P1D")[0], out_of_range().message);
        assert_eq!(moved("2015-01-01", "P9223372036854775807M")[0], out_of_range().message);
        assert_eq!(moved("2015-01-01", "2015-01-01")[0], "cannot add Date and Date");
    }
}
