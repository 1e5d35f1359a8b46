//! The five types of dates and times, and how a value of each is made: from text, from another value, from a map.

use std::collections::BTreeMap;

use super::fields::{Fields, Move, wrong};
use super::parts::Parts;
use super::{Date, DateTime, LocalDateTime, LocalTime, Temporal, Time, Zone};
use crate::query::value::{Value, ValueError};
use crate::text::Name;

/// The type of a date or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day.
    Date,
    /// A time of day.
    LocalTime,
    /// A time of day with its offset.
    Time,
    /// A day with a time of day.
    LocalDateTime,
    /// A point in time.
    DateTime,
}

impl Kind {
    /// The function that makes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
        }
    }

    pub(super) const fn has_date(self) -> bool {
        matches!(self, Self::Date | Self::LocalDateTime | Self::DateTime)
    }

    pub(super) const fn has_time(self) -> bool {
        !matches!(self, Self::Date)
    }

    /// Reads ISO 8601 text.
    ///
    /// # Errors
    ///
    /// An argument error when the text is no such date or time.
    pub fn parse(self, text: &str) -> Result<Temporal, ValueError> {
        let parsed = match self {
            Self::Date => Date::parse(text).map(Temporal::Date),
            Self::LocalTime => LocalTime::parse(text).map(Temporal::LocalTime),
            Self::Time => Time::parse(text, 0).map(Temporal::Time),
            Self::LocalDateTime => LocalDateTime::parse(text).map(Temporal::LocalDateTime),
            Self::DateTime => DateTime::parse(text, Zone::UTC).map(Temporal::DateTime),
        };
        parsed.ok_or_else(|| wrong(format!("`{text}` is no {}", self.name())))
    }

    /// Takes the parts it has from another date or time.
    ///
    /// # Errors
    ///
    /// A type error when a part is missing there.
    pub fn of(self, other: Temporal) -> Result<Temporal, ValueError> {
        Parts::from(other).make(self, &Value::Temporal(other))
    }

    /// Builds a value from the fields of a map; `now` is used where the map holds no more than a zone.
    ///
    /// # Errors
    ///
    /// An argument error for fields that are unknown, missing or out of range, a type error for fields of
    /// another type.
    pub fn build(self, map: &BTreeMap<Name, Value>, now: DateTime) -> Result<Temporal, ValueError> {
        let fields = Fields::new(self, map)?;
        let zone = fields.zone()?;
        if let (Some(zone), 1) = (zone, map.len()) {
            return self.of(Temporal::DateTime(now.in_zone(zone).ok_or_else(super::arithmetic::out_of_range)?));
        }
        fields.over(fields.selected()?, zone, Move::Instant, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(kind: Kind, fields: &[(&str, Value)]) -> String {
        let Value::Map(map) = Value::map(fields.iter().cloned()) else { unreachable!() };
        let now = DateTime::at(0, 0, Zone::UTC).unwrap();
        kind.build(&map, now).map_or_else(|error| error.message, |temporal| temporal.to_string())
    }

    fn text(kind: Kind, text: &str) -> Value {
        Value::Temporal(kind.parse(text).unwrap())
    }

    #[test]
    fn parts_that_are_not_given_come_from_the_value_to_begin_with() {
        let date = text(Kind::Date, "1984-11-11");
        let with = |name, part: i64| built(Kind::Date, &[("date", date.clone()), (name, part.into())]);
        assert_eq!(with("year", 28), "0028-11-11");
        assert_eq!(with("day", 28), "1984-11-28");
        assert_eq!(with("week", 1), "1984-01-08");
        assert_eq!(with("ordinalDay", 28), "1984-01-28");
        assert_eq!(with("quarter", 3), "1984-08-11");
        assert_eq!(with("month", 13), "there is no such date");
    }

    #[test]
    fn smaller_fractions_count_within_greater_ones() {
        let second = |fields: &[(&str, Value)]| built(Kind::LocalTime, fields);
        let parts = [("millisecond", 123.into()), ("microsecond", 456.into()), ("nanosecond", 789.into())];
        assert_eq!(second(&parts), "00:00:00.123456789");
        assert_eq!(second(&[("millisecond", 1.into()), ("microsecond", 1000.into())]), "there is no such localtime");
        assert_eq!(second(&[("hour", 24.into())]), "there is no such localtime");
    }

    #[test]
    fn a_zone_moves_a_value_that_has_one_and_names_one_that_has_none() {
        let zone = ("timezone", Value::from("Pacific/Honolulu"));
        let begin = |kind, of| [("datetime", text(kind, of)), zone.clone(), ("day", 28.into())];
        let zoned = begin(Kind::DateTime, "1984-10-11T12:00+01:00[Europe/Stockholm]");
        assert_eq!(built(Kind::DateTime, &zoned), "1984-10-28T01:00-10:00[Pacific/Honolulu]");
        let local = begin(Kind::LocalDateTime, "1984-03-07T12:31");
        assert_eq!(built(Kind::DateTime, &local), "1984-03-28T12:31-10:00[Pacific/Honolulu]");
    }

    #[test]
    fn the_named_zone_of_a_time_is_read_on_the_new_day() {
        let time = text(Kind::DateTime, "1984-10-11T12:00[Europe/Stockholm]");
        let date = text(Kind::Date, "1984-03-28");
        assert_eq!(
            built(Kind::DateTime, &[("date", date), ("time", time)]),
            "1984-03-28T12:00+02:00[Europe/Stockholm]"
        );
    }

    #[test]
    fn a_field_that_is_missing_or_unknown_is_named() {
        assert_eq!(built(Kind::Date, &[("month", 1.into())]), "date needs the field `year`");
        assert_eq!(built(Kind::Date, &[("year", 1.into()), ("day", 1.into())]), "date needs the field `month`");
        assert_eq!(built(Kind::Date, &[("hour", 1.into())]), "date has no field `hour`");
        assert_eq!(built(Kind::Date, &[("year", 1.5.into())]), "`year` is an Integer, not Float");
    }

    #[test]
    fn points_in_time_are_counted_from_the_epoch() {
        assert_eq!(built(Kind::DateTime, &[("epochMillis", (-1).into())]), "1969-12-31T23:59:59.999Z");
        assert_eq!(
            built(Kind::DateTime, &[("epochSeconds", 416_779.into()), ("nanosecond", 1.into())]),
            "1970-01-05T19:46:19.000000001Z"
        );
    }
}
