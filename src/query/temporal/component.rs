//! The parts of a temporal value by name, as in `d.year` and `d.epochSeconds`.

use super::display::offset_text;
use super::time::SECOND;
use super::{Date, DateTime, Duration, LocalTime, Temporal, Zone};
use crate::query::value::Value;

impl Temporal {
    /// The part called `name`, if values of this type have it.
    #[must_use]
    pub fn component(self, name: &str) -> Option<Value> {
        match self {
            Self::Date(date) => date.component(name).map(Value::Integer),
            Self::LocalTime(time) => time.component(name).map(Value::Integer),
            Self::Time(time) => {
                let clock = time.local().component(name).map(Value::Integer);
                clock.or_else(|| offset_component(time.offset(), Zone::Offset(time.offset()), name))
            }
            Self::LocalDateTime(local) => {
                local.date.component(name).or_else(|| local.time.component(name)).map(Value::Integer)
            }
            Self::DateTime(instant) => instant.component(name),
            Self::Duration(duration) => {
                duration.component(name).and_then(|part| i64::try_from(part).ok()).map(Value::Integer)
            }
        }
    }
}

impl Date {
    fn component(self, name: &str) -> Option<i64> {
        Some(match name {
            "year" => self.year(),
            "quarter" => self.quarter(),
            "month" => self.month(),
            "week" => self.week().1,
            "weekYear" => self.week().0,
            "day" => self.day(),
            "ordinalDay" => self.ordinal(),
            "weekDay" | "dayOfWeek" => self.week_day(),
            "dayOfQuarter" => self.day_of_quarter(),
            _ => return None,
        })
    }
}

impl LocalTime {
    fn component(self, name: &str) -> Option<i64> {
        Some(match name {
            "hour" => self.hour(),
            "minute" => self.minute(),
            "second" => self.second(),
            "millisecond" => self.nanosecond() / 1_000_000,
            "microsecond" => self.nanosecond() / 1_000,
            "nanosecond" => self.nanosecond(),
            _ => return None,
        })
    }
}

impl DateTime {
    fn component(self, name: &str) -> Option<Value> {
        let local = self.local();
        match name {
            "epochSeconds" => Some(Value::Integer(self.epoch_seconds())),
            "epochMillis" => {
                let fraction = i64::from(self.nanosecond() / 1_000_000);
                let millis = self.epoch_seconds().checked_mul(1_000)?.checked_add(fraction);
                millis.map(Value::Integer)
            }
            _ => (local.date.component(name).or_else(|| local.time.component(name)).map(Value::Integer))
                .or_else(|| offset_component(self.offset(), self.zone(), name)),
        }
    }
}

fn offset_component(offset: i32, zone: Zone, name: &str) -> Option<Value> {
    match name {
        "offset" => Some(Value::from(offset_text(offset))),
        "offsetMinutes" => Some(Value::Integer(i64::from(offset / 60))),
        "offsetSeconds" => Some(Value::Integer(i64::from(offset))),
        "timezone" => Some(zone.name().map_or_else(|| offset_text(offset).into(), |name| name.as_str().into())),
        _ => None,
    }
}

impl Duration {
    fn component(self, name: &str) -> Option<i128> {
        let (months, days, seconds) = (i128::from(self.months), i128::from(self.days), i128::from(self.seconds));
        let nanoseconds = i128::from(self.nanoseconds);
        let clock = seconds * i128::from(SECOND) + nanoseconds;
        Some(match name {
            "years" => months / 12,
            "quarters" => months / 3,
            "months" => months,
            "weeks" => days / 7,
            "days" => days,
            "hours" => seconds / 3_600,
            "minutes" => seconds / 60,
            "seconds" => seconds,
            "milliseconds" => clock.div_euclid(1_000_000),
            "microseconds" => clock.div_euclid(1_000),
            "nanoseconds" => clock,
            "quartersOfYear" => months / 3 % 4,
            "monthsOfQuarter" => months % 3,
            "monthsOfYear" => months % 12,
            "daysOfWeek" => days % 7,
            "minutesOfHour" => seconds / 60 % 60,
            "secondsOfMinute" => seconds % 60,
            "millisecondsOfSecond" => nanoseconds / 1_000_000,
            "microsecondsOfSecond" => nanoseconds / 1_000,
            "nanosecondsOfSecond" => nanoseconds,
            _ => return None,
        })
    }
}
