//! Dates and times put together from maps: `date({year: 1984, week: 10})`, `datetime({date: d, hour: 12})`.
//!
//! In: the fields of a map, among them perhaps other values (`date`, `time`, `datetime`) to begin with. Out: a
//! value of the [`Kind`] asked for. A field that is `null` counts as absent. A date is named by month and
//! day, by week, by quarter or by day of the year; parts that are not given come from the value to
//! begin with, else they are the first ones.

use std::collections::BTreeMap;

use super::date::days_in_month;
use super::parts::Parts;
use super::{Date, DateTime, Kind, LocalDateTime, LocalTime, Temporal, Zone};
use crate::query::value::{Detail, Value, ValueError};
use crate::text::Name;

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
    pub(super) fn selected(&self) -> Result<Parts, ValueError> {
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
