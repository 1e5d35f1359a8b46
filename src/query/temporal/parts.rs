//! What dates and times consist of: a date, a time of day, a zone; each may be missing.

use super::{Date, DateTime, Kind, LocalDateTime, LocalTime, Temporal, Time, Zone};
use crate::query::value::{Detail, Value, ValueError};

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
