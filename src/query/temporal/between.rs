//! How long it is from one date or time to another.
//!
//! What one of the two lacks it takes from the other: a time of day the date, a local value the zone; a date
//! without a time is its midnight. Whole months and days are counted on the calendar of the first one,
//! the rest is the time that has truly passed, so that days on which clocks change are 23 or 25 hours long.

use super::parts::Parts;
use super::{Date, DateTime, Duration, Kind, LocalDateTime, Temporal};
use crate::query::value::{Detail, Value, ValueError};

impl Duration {
    /// Months, days and seconds from `from` to `to`.
    ///
    /// # Errors
    ///
    /// A type error when one of the two is a duration.
    pub fn between(from: Temporal, to: Temporal) -> Result<Self, ValueError> {
        let pair = Pair::new("duration.between", from, to)?;
        if !pair.dated {
            return pair.elapsed();
        }
        let months = months_between(pair.from, pair.to);
        let from = pair.later(months, 0)?;
        let days = days_between(from, pair.to);
        let rest = Pair { from: pair.later(months, days)?, ..pair }.elapsed()?;
        Ok(Self { months, days, ..rest })
    }

    /// Whole months from `from` to `to`; none where one has no date.
    ///
    /// # Errors
    ///
    /// A type error when one of the two is a duration.
    pub fn in_months(from: Temporal, to: Temporal) -> Result<Self, ValueError> {
        let pair = Pair::new("duration.inMonths", from, to)?;
        let months = if pair.dated { months_between(pair.from, pair.to) } else { 0 };
        Ok(Self { months, ..Self::default() })
    }

    /// Whole days from `from` to `to`; none where one has no date.
    ///
    /// # Errors
    ///
    /// A type error when one of the two is a duration.
    pub fn in_days(from: Temporal, to: Temporal) -> Result<Self, ValueError> {
        let pair = Pair::new("duration.inDays", from, to)?;
        let days = if pair.dated { days_between(pair.from, pair.to) } else { 0 };
        Ok(Self { days, ..Self::default() })
    }

    /// Seconds and nanoseconds from `from` to `to`.
    ///
    /// # Errors
    ///
    /// A type error when one of the two is a duration.
    pub fn in_seconds(from: Temporal, to: Temporal) -> Result<Self, ValueError> {
        Pair::new("duration.inSeconds", from, to)?.elapsed()
    }
}

/// Two points in time, as clocks in the zone of the first one show them.
#[derive(Clone, Copy)]
struct Pair {
    from: LocalDateTime,
    to: LocalDateTime,
    /// The first one, to resolve what its clock shows.
    origin: DateTime,
    /// The second one.
    target: DateTime,
    /// Whether both have dates of their own.
    dated: bool,
}

impl Pair {
    fn new(name: &str, from: Temporal, to: Temporal) -> Result<Self, ValueError> {
        let (first, second) = (Parts::from(from), Parts::from(to));
        let dated = first.date.is_some() && second.date.is_some();
        let origin = instant(name, complete(first, second), from)?;
        let target = instant(name, complete(second, first), to)?;
        let seen = target.in_zone(origin.zone()).ok_or_else(super::arithmetic::out_of_range)?;
        Ok(Self { from: origin.local(), to: seen.local(), origin, target, dated })
    }

    /// What a clock at the first place shows `months` and `days` after the first point.
    fn later(self, months: i64, days: i64) -> Result<LocalDateTime, ValueError> {
        let start = self.origin.local();
        let date = start.date.plus_months(months).and_then(|date| date.plus_days(days));
        let date = date.ok_or_else(super::arithmetic::out_of_range)?;
        Ok(LocalDateTime { date, time: start.time })
    }

    /// The time that passes from what the clock at the first place shows to the second point.
    fn elapsed(self) -> Result<Duration, ValueError> {
        let start = DateTime::with_offset(self.from, self.origin.offset(), self.origin.zone());
        let start = start.ok_or_else(super::arithmetic::out_of_range)?;
        let nanoseconds = |of: DateTime| i128::from(of.epoch_seconds()) * 1_000_000_000 + i128::from(of.nanosecond());
        Duration::of(Some(0), Some(0), nanoseconds(self.target) - nanoseconds(start))
    }
}

/// `parts`, with the date and the zone of `other` where they are missing.
fn complete(parts: Parts, other: Parts) -> Parts {
    Parts { date: parts.date.or(other.date).or(Some(Date::EPOCH)), zone: parts.zone.or(other.zone), ..parts }
}

fn instant(name: &str, parts: Parts, source: Temporal) -> Result<DateTime, ValueError> {
    let source = Value::Temporal(source);
    match parts.make(Kind::DateTime, &source)? {
        Temporal::DateTime(instant) if !matches!(source, Value::Temporal(Temporal::Duration(_))) => Ok(instant),
        _ => {
            let message = format!("{name} takes dates and times, not {}", source.type_name());
            Err(ValueError::type_error(Detail::InvalidArgumentValue, message))
        }
    }
}

/// Whole months from `from` to `to`, rounded towards none.
fn months_between(from: LocalDateTime, to: LocalDateTime) -> i64 {
    let place = |of: LocalDateTime| (of.date.year() * 12 + of.date.month(), of.date.day(), of.time);
    let ((first, first_day, first_time), (last, last_day, last_time)) = (place(from), place(to));
    let months = last - first;
    if months > 0 && (last_day, last_time) < (first_day, first_time) {
        months - 1
    } else if months < 0 && (last_day, last_time) > (first_day, first_time) {
        months + 1
    } else {
        months
    }
}

/// Whole days from `from` to `to`, rounded towards none.
fn days_between(from: LocalDateTime, to: LocalDateTime) -> i64 {
    let days = to.date.epoch_days() - from.date.epoch_days();
    if days > 0 && to.time < from.time {
        days - 1
    } else if days < 0 && to.time > from.time {
        days + 1
    } else {
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(how: fn(Temporal, Temporal) -> Result<Duration, ValueError>, from: &str, to: &str) -> String {
        let parse = |text| Temporal::parse(text).unwrap();
        how(parse(from), parse(to)).map_or_else(|error| error.message, |duration| duration.to_string())
    }

    #[test]
    fn months_and_days_are_counted_before_the_rest() {
        let between = |from, to| passed(Duration::between, from, to);
        assert_eq!(between("1984-10-11", "2016-07-21T21:45:22.142"), "P31Y9M10DT21H45M22.142S");
        assert_eq!(between("2015-07-21T21:40:32.142", "2015-06-24"), "P-27DT-21H-40M-32.142S");
        assert_eq!(between("2014-07-21T21:40:36.143+02:00", "2016-07-21T21:45:22.142"), "P2YT4M45.999S");
        assert_eq!(between("2018-01-02T10:00:00.1", "2018-01-01T10:00:00.2"), "PT-23H-59M-59.9S");
    }

    #[test]
    fn what_one_lacks_it_takes_from_the_other() {
        let between = |from, to| passed(Duration::between, from, to);
        assert_eq!(between("1984-10-11", "16:30+01:00"), "PT16H30M");
        assert_eq!(between("14:30", "16:30+01:00"), "PT2H");
        assert_eq!(between("14:30Z", "16:30+01:00"), "PT1H");
        assert_eq!(between("2014-07-21T21:40:36.143+02:00", "16:30+01:00"), "PT-4H-10M-36.143S");
        assert_eq!(passed(Duration::in_months, "14:30", "2015-06-24"), "PT0S");
    }

    #[test]
    fn days_on_which_clocks_change_are_longer_or_shorter() {
        let seconds = |from, to| passed(Duration::in_seconds, from, to);
        let zoned = "2017-10-29T00:00[Europe/Stockholm]";
        assert_eq!(seconds(zoned, "04:00"), "PT5H");
        assert_eq!(seconds(zoned, "2017-10-30"), "PT25H");
        assert_eq!(seconds("2017-10-29", "2017-10-29T04:00[Europe/Stockholm]"), "PT5H");
        assert_eq!(passed(Duration::between, zoned, "2017-10-30"), "P1D");
    }

    #[test]
    fn whole_months_and_days_never_pass_the_end() {
        assert_eq!(passed(Duration::in_months, "2018-07-21", "2016-07-21T21:40:32.142+01:00"), "P-1Y-11M");
        let zones = passed(Duration::in_months, "2018-07-21T21:40:36.143+05:00", "1984-07-21T22:40:36.143+02:00");
        assert_eq!(zones, "P-33Y-11M");
        assert_eq!(passed(Duration::in_days, "2014-07-21T21:40:36.143+02:00", "2015-06-24"), "P337D");
    }

    #[test]
    fn the_longest_time_there_is_can_be_counted() {
        let (first, last) = ("-999999999-01-01T00:00", "+999999999-12-31T23:59:59");
        assert_eq!(passed(Duration::in_seconds, first, last), "PT17531639991215H59M59S");
        assert_eq!(passed(Duration::between, first, last), "P1999999998Y11M30DT23H59M59S");
    }

    #[test]
    fn durations_have_no_place_in_time() {
        assert_eq!(
            passed(Duration::between, "P1D", "2015-06-24"),
            "duration.between takes dates and times, not Duration"
        );
    }
}
