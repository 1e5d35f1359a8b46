//! Dates and times cut to a unit: `date.truncate('week', d, {dayOfWeek: 2})`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::{Fields, Move, wrong};
use super::parts::Parts;
use super::time::SECOND;
use super::{Date, DateTime, Kind, LocalTime, Temporal};
use crate::query::value::{Value, ValueError};
use crate::text::Name;

/// What can be cut to, from the longest to the shortest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Millennium,
    Century,
    Decade,
    Year,
    WeekYear,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
}

impl Unit {
    const NAMED: [(&'static str, Self); 14] = [
        ("millennium", Self::Millennium),
        ("century", Self::Century),
        ("decade", Self::Decade),
        ("year", Self::Year),
        ("weekYear", Self::WeekYear),
        ("quarter", Self::Quarter),
        ("month", Self::Month),
        ("week", Self::Week),
        ("day", Self::Day),
        ("hour", Self::Hour),
        ("minute", Self::Minute),
        ("second", Self::Second),
        ("millisecond", Self::Millisecond),
        ("microsecond", Self::Microsecond),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, unit)| unit)
    }

    /// The first day of the unit that holds `date`.
    fn first_day(self, date: Date) -> Option<Date> {
        let (year, month, _) = date.civil();
        match self {
            Self::Millennium => Date::new(year.div_euclid(1_000) * 1_000, 1, 1),
            Self::Century => Date::new(year.div_euclid(100) * 100, 1, 1),
            Self::Decade => Date::new(year.div_euclid(10) * 10, 1, 1),
            Self::Year => Date::new(year, 1, 1),
            Self::WeekYear => Date::from_week(date.week().0, 1, 1),
            Self::Quarter => Date::new(year, date.quarter() * 3 - 2, 1),
            Self::Month => Date::new(year, month, 1),
            Self::Week => date.plus_days(1 - date.week_day()),
            _ => Some(date),
        }
    }

    /// The first nanosecond of the unit that holds `time`.
    fn first_nanosecond(self, time: LocalTime) -> LocalTime {
        let size = match self {
            Self::Hour => 3_600 * SECOND,
            Self::Minute => 60 * SECOND,
            Self::Second => SECOND,
            Self::Millisecond => 1_000_000,
            Self::Microsecond => 1_000,
            _ => return LocalTime::MIDNIGHT,
        };
        LocalTime::from_nanoseconds(time.nanoseconds() / size * size)
    }
}

impl Kind {
    /// Cuts `temporal` to `unit` and puts the fields of `map` over it. A zone among them keeps the clock.
    ///
    /// # Errors
    ///
    /// An argument error for an unknown unit, one that this kind of value does not have, and wrong fields;
    /// a type error for a value without the parts that are needed.
    pub fn truncate(
        self,
        unit: &str,
        temporal: Temporal,
        map: &BTreeMap<Name, Value>,
        now: DateTime,
    ) -> Result<Temporal, ValueError> {
        let fits = |unit: &Unit| (self.has_time() || *unit <= Unit::Day) && (self.has_date() || *unit >= Unit::Day);
        let known = Unit::named(unit).filter(fits);
        let unit = known.ok_or_else(|| wrong(format!("{} cannot be cut to `{unit}`", self.name())))?;
        self.of(temporal)?;
        let mut parts = Parts::from(temporal);
        parts.date =
            parts.date.map(|date| unit.first_day(date).ok_or_else(super::arithmetic::out_of_range)).transpose()?;
        parts.time = parts.time.map(|time| unit.first_nanosecond(time));
        let map = with_kept_fraction(unit, parts.time, map);
        let fields = Fields::new(self, &map)?;
        fields.over(parts, fields.zone()?, Move::Clock, now)
    }
}

/// The fields, and among them the milliseconds and microseconds that the cut has left, so that a smaller
/// field is added to them.
fn with_kept_fraction(unit: Unit, time: Option<LocalTime>, map: &BTreeMap<Name, Value>) -> Arc<BTreeMap<Name, Value>> {
    let mut map = map.clone();
    let nanosecond = time.map_or(0, LocalTime::nanosecond);
    let finer = map.contains_key("nanosecond") || unit == Unit::Millisecond && map.contains_key("microsecond");
    if unit >= Unit::Millisecond && finer {
        map.entry("millisecond".into()).or_insert(Value::Integer(nanosecond / 1_000_000));
    }
    if unit == Unit::Microsecond && finer {
        map.entry("microsecond".into()).or_insert(Value::Integer(nanosecond / 1_000 % 1_000));
    }
    Arc::new(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::temporal::Zone;

    fn cut(kind: Kind, unit: &str, text: &str, fields: &[(&str, Value)]) -> String {
        let Value::Map(map) = Value::map(fields.iter().cloned()) else { unreachable!() };
        let now = DateTime::at(0, 0, Zone::UTC).unwrap();
        let cut = kind.truncate(unit, Temporal::parse(text).unwrap(), &map, now);
        cut.map_or_else(|error| error.message, |temporal| temporal.to_string())
    }

    #[test]
    fn dates_are_cut_to_the_first_day_of_the_unit() {
        let date = |unit| cut(Kind::Date, unit, "1984-01-01", &[]);
        assert_eq!(date("millennium"), "1000-01-01");
        assert_eq!(date("century"), "1900-01-01");
        assert_eq!(date("decade"), "1980-01-01");
        assert_eq!(date("weekYear"), "1983-01-03");
        assert_eq!(date("week"), "1983-12-26");
        assert_eq!(date("hour"), "date cannot be cut to `hour`");
        assert_eq!(cut(Kind::Date, "century", "-0001-05-06", &[]), "-0100-01-01");
    }

    #[test]
    fn fields_are_put_over_what_is_left() {
        let text = "1984-10-11T12:31:14.645876123-01:00";
        let nanosecond = [("nanosecond", Value::Integer(2))];
        assert_eq!(cut(Kind::LocalTime, "millisecond", text, &nanosecond), "12:31:14.645000002");
        assert_eq!(cut(Kind::Time, "microsecond", text, &nanosecond), "12:31:14.645876002-01:00");
        assert_eq!(cut(Kind::DateTime, "day", text, &nanosecond), "1984-10-11T00:00:00.000000002-01:00");
        let zone = [("timezone", Value::from("Europe/Stockholm"))];
        assert_eq!(cut(Kind::DateTime, "hour", text, &zone), "1984-10-11T12:00+01:00[Europe/Stockholm]");
        assert_eq!(cut(Kind::Date, "week", text, &[("dayOfWeek", 2.into())]), "1984-10-09");
    }
}
