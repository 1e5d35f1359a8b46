//! Dates and times put together from maps: `date({year: 1984, week: 10})`, `datetime({date: d, hour: 12})`.
//!
//! In: the fields of a map, among them perhaps other values (`date`, `time`, `datetime`) to begin with. Out: a
//! value of the [`Kind`] asked for. A field that is `null` counts as absent. A date is named by month and
//! day, by week, by quarter or by day of the year; parts that are not given come from the value to
//! begin with, else they are the first ones.

use std::collections::BTreeMap;

use super::date::days_in_month;
use super::{Date, DateTime, LocalDateTime, LocalTime, Temporal, Time, Zone};
use crate::query::value::{Detail, Value, ValueError};
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

/// What a date or time consists of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    pub(super) date: Option<Date>,
    pub(super) time: Option<LocalTime>,
    /// The zone, and its offset where that is known.
    pub(super) zone: Option<(Zone, i32)>,
}

impl From<Temporal> for Parts {
    fn from(temporal: Temporal) -> Self {
        match temporal {
            Temporal::Date(date) => Self { date: Some(date), ..Self::default() },
            Temporal::LocalTime(time) => Self { time: Some(time), ..Self::default() },
            Temporal::Time(time) => {
                let offset = time.offset();
                Self { time: Some(time.local()), zone: Some((Zone::Offset(offset), offset)), ..Self::default() }
            }
            Temporal::LocalDateTime(local) => Self { date: Some(local.date), time: Some(local.time), zone: None },
            Temporal::DateTime(instant) => {
                let local = instant.local();
                Self { date: Some(local.date), time: Some(local.time), zone: Some((instant.zone(), instant.offset())) }
            }
            Temporal::Duration(_) => Self::default(),
        }
    }
}

impl Parts {
    /// The value of `kind` that has these parts; midnight and UTC where they are missing.
    pub(super) fn make(self, kind: Kind, source: &Value) -> Result<Temporal, ValueError> {
        let missing = || {
            let message = format!("{} cannot be made of {}", kind.name(), source.type_name());
            ValueError::type_error(Detail::InvalidArgumentValue, message)
        };
        let time = self.time.unwrap_or(LocalTime::MIDNIGHT);
        let (zone, offset) = self.zone.unwrap_or((Zone::UTC, 0));
        match kind {
            Kind::Date => self.date.map(Temporal::Date).ok_or_else(missing),
            Kind::LocalTime => self.time.map(Temporal::LocalTime).ok_or_else(missing),
            Kind::Time => self.time.map(|time| Temporal::Time(Time::new(time, offset))).ok_or_else(missing),
            Kind::LocalDateTime => {
                self.date.map(|date| Temporal::LocalDateTime(LocalDateTime { date, time })).ok_or_else(missing)
            }
            Kind::DateTime => {
                let local = LocalDateTime { date: self.date.ok_or_else(missing)?, time };
                let instant = DateTime::with_offset(local, offset, zone);
                instant.map(Temporal::DateTime).ok_or_else(super::arithmetic::out_of_range)
            }
        }
    }
}

/// What a zone in the map does to a value that has one already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Shows the same instant on other clocks.
    Instant,
    /// Keeps what the clock shows.
    Clock,
}

/// The fields of a map.
pub(super) struct Fields<'a> {
    kind: Kind,
    map: &'a BTreeMap<Name, Value>,
}

const DATE_FIELDS: [&str; 10] =
    ["year", "month", "day", "week", "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay", "date", "datetime"];
const TIME_FIELDS: [&str; 8] =
    ["hour", "minute", "second", "millisecond", "microsecond", "nanosecond", "time", "datetime"];
const EPOCH_FIELDS: [&str; 2] = ["epochSeconds", "epochMillis"];

impl<'a> Fields<'a> {
    pub(super) fn new(kind: Kind, map: &'a BTreeMap<Name, Value>) -> Result<Self, ValueError> {
        let known = |name: &str| {
            name == "timezone"
                || kind.has_date() && DATE_FIELDS.contains(&name)
                || kind.has_time() && TIME_FIELDS.contains(&name)
                || kind == Kind::DateTime && EPOCH_FIELDS.contains(&name)
        };
        match map.keys().find(|name| !known(name)) {
            Some(name) => Err(wrong(format!("{} has no field `{name}`", kind.name()))),
            None => Ok(Self { kind, map }),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    fn integer(&self, name: &str) -> Result<Option<i64>, ValueError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Integer(integer)) => Ok(Some(*integer)),
            Some(other) => {
                let message = format!("`{name}` is an Integer, not {}", other.type_name());
                Err(ValueError::type_error(Detail::InvalidArgumentValue, message))
            }
        }
    }

    pub(super) fn zone(&self) -> Result<Option<Zone>, ValueError> {
        self.get("timezone").map(read_zone).transpose()
    }

    /// The parts of the values in the map.
    fn selected(&self) -> Result<Parts, ValueError> {
        let mut parts = self.epoch()?.unwrap_or_default();
        if let Some(both) = self.part("datetime", |parts| parts.date.is_some())? {
            parts = both;
        }
        if let Some(of) = self.part("date", |parts| parts.date.is_some())? {
            parts.date = of.date;
        }
        if let Some(of) = self.part("time", |parts| parts.time.is_some())? {
            (parts.time, parts.zone) = (of.time, of.zone);
        }
        Ok(parts)
    }

    fn part(&self, name: &str, fits: fn(&Parts) -> bool) -> Result<Option<Parts>, ValueError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let parts = if let Value::Temporal(temporal) = value { Parts::from(*temporal) } else { Parts::default() };
        if fits(&parts) {
            return Ok(Some(parts));
        }
        let message = format!("`{name}` cannot be taken from {}", value.type_name());
        Err(ValueError::type_error(Detail::InvalidArgumentValue, message))
    }

    fn epoch(&self) -> Result<Option<Parts>, ValueError> {
        let (seconds, nanosecond) = match (self.integer("epochSeconds")?, self.integer("epochMillis")?) {
            (None, None) => return Ok(None),
            (Some(seconds), _) => (seconds, 0),
            (None, Some(millis)) => (millis.div_euclid(1_000), millis.rem_euclid(1_000) * 1_000_000),
        };
        let nanosecond = u32::try_from(nanosecond).expect("below a second");
        let instant = DateTime::at(seconds, nanosecond, Zone::UTC).ok_or_else(super::arithmetic::out_of_range)?;
        Ok(Some(Parts::from(Temporal::DateTime(instant))))
    }

    /// The value of `parts` with the fields of the map put over them.
    pub(super) fn over(
        &self,
        mut parts: Parts,
        zone: Option<Zone>,
        moves: Move,
        now: DateTime,
    ) -> Result<Temporal, ValueError> {
        if self.kind.has_date() {
            parts.date = Some(self.date(parts.date)?);
        }
        if self.kind.has_time() {
            parts.time = Some(self.time(parts.time)?);
        }
        let made = |parts: Parts| parts.make(self.kind, &Value::Null);
        let Some(zone) = zone else { return made(parts) };
        if parts.zone.is_none() || moves == Move::Clock {
            let offset = match parts.date {
                Some(date) => {
                    zone.offset_of_local(LocalDateTime { date, time: parts.time.unwrap_or(LocalTime::MIDNIGHT) })
                }
                None => zone.offset_at(now.epoch_seconds()),
            };
            parts.zone = Some((zone, offset));
            return made(parts);
        }
        match made(parts)? {
            Temporal::Time(time) => Ok(Temporal::Time(time.at_offset(zone.offset_at(now.epoch_seconds())))),
            Temporal::DateTime(instant) => {
                instant.in_zone(zone).map(Temporal::DateTime).ok_or_else(super::arithmetic::out_of_range)
            }
            other => Ok(other),
        }
    }

    fn date(&self, base: Option<Date>) -> Result<Date, ValueError> {
        let (week, week_day) = (self.integer("week")?, self.integer("dayOfWeek")?);
        let (quarter, quarter_day) = (self.integer("quarter")?, self.integer("dayOfQuarter")?);
        let date = if week.is_some() || week_day.is_some() {
            let year = self.year(base.map(|base| base.week().0))?;
            let week = week.or(base.map(|base| base.week().1)).ok_or_else(|| self.missing("week"))?;
            Date::from_week(year, week, week_day.or(base.map(Date::week_day)).unwrap_or(1))
        } else if let Some(day) = self.integer("ordinalDay")? {
            Date::from_ordinal(self.year(base.map(Date::year))?, day)
        } else if quarter.is_some() || quarter_day.is_some() {
            let year = self.year(base.map(Date::year))?;
            let quarter = quarter.or(base.map(Date::quarter)).ok_or_else(|| self.missing("quarter"))?;
            match (quarter_day, base) {
                (None, Some(base)) => Self::moved(base, year, quarter * 3 - 2 + (base.month() - 1) % 3, None),
                (day, _) => Date::from_quarter(year, quarter, day.unwrap_or(1)),
            }
        } else {
            self.calendar_date(base)?
        };
        date.ok_or_else(|| wrong(format!("there is no such {}", self.kind.name())))
    }

    fn calendar_date(&self, base: Option<Date>) -> Result<Option<Date>, ValueError> {
        let year = self.year(base.map(Date::year))?;
        let (month, day) = (self.integer("month")?, self.integer("day")?);
        match base {
            Some(base) => Ok(Self::moved(base, year, month.unwrap_or_else(|| base.month()), day)),
            None if month.is_none() && day.is_some() => Err(self.missing("month")),
            None => Ok(Date::new(year, month.unwrap_or(1), day.unwrap_or(1))),
        }
    }

    /// `base` in another year and month; its day is cut to the month unless one is given.
    fn moved(base: Date, year: i64, month: i64, day: Option<i64>) -> Option<Date> {
        Date::new(year, month, day.unwrap_or_else(|| base.day().min(days_in_month(year, month))))
    }

    fn year(&self, base: Option<i64>) -> Result<i64, ValueError> {
        self.integer("year")?.or(base).ok_or_else(|| self.missing("year"))
    }

    fn missing(&self, name: &str) -> ValueError {
        wrong(format!("{} needs the field `{name}`", self.kind.name()))
    }

    fn time(&self, base: Option<LocalTime>) -> Result<LocalTime, ValueError> {
        let base = base.unwrap_or(LocalTime::MIDNIGHT);
        let hour = self.integer("hour")?.unwrap_or_else(|| base.hour());
        let minute = self.integer("minute")?.unwrap_or_else(|| base.minute());
        let second = self.integer("second")?.unwrap_or_else(|| base.second());
        let nanosecond = self.nanosecond(base)?;
        let time = nanosecond.and_then(|nanosecond| LocalTime::new(hour, minute, second, nanosecond));
        time.ok_or_else(|| wrong(format!("there is no such {}", self.kind.name())))
    }

    /// Milliseconds, microseconds and nanoseconds are added up; a smaller unit counts within the next greater
    /// one that is given.
    fn nanosecond(&self, base: LocalTime) -> Result<Option<i64>, ValueError> {
        let millisecond = self.integer("millisecond")?;
        let microsecond = self.integer("microsecond")?;
        let nanosecond = self.integer("nanosecond")?;
        if millisecond.or(microsecond).or(nanosecond).is_none() {
            return Ok(Some(base.nanosecond()));
        }
        let micro_limit = if millisecond.is_some() { 1_000 } else { 1_000_000 };
        let nano_limit = match (millisecond, microsecond) {
            (_, Some(_)) => 1_000,
            (Some(_), None) => 1_000_000,
            (None, None) => 1_000_000_000,
        };
        let parts = [(millisecond, 1_000, 1_000_000), (microsecond, micro_limit, 1_000), (nanosecond, nano_limit, 1)];
        let mut total = 0;
        for (amount, limit, size) in parts {
            let amount = amount.unwrap_or(0);
            if !(0..limit).contains(&amount) {
                return Ok(None);
            }
            total += amount * size;
        }
        Ok(Some(total))
    }
}

/// Reads the name of a zone or an offset.
///
/// # Errors
///
/// An argument error for an unknown zone, a type error for what is no text.
pub(in crate::query) fn read_zone(value: &Value) -> Result<Zone, ValueError> {
    match value {
        Value::String(text) => Zone::parse(text).ok_or_else(|| wrong(format!("there is no time zone `{text}`"))),
        other => {
            let message = format!("a time zone is a String, not {}", other.type_name());
            Err(ValueError::type_error(Detail::InvalidArgumentValue, message))
        }
    }
}

pub(super) fn wrong(message: String) -> ValueError {
    ValueError::argument(Detail::InvalidArgumentValue, message)
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
