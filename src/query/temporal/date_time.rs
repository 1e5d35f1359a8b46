//! A day with a time of day: as a clock on a wall shows it, or as a point in time.

use super::time::{DAY, SECOND};
use super::zone::{Zone, ZoneName};
use super::{Date, LocalTime};

/// A day and a time of day, wherever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: LocalTime,
}

impl LocalDateTime {
    /// What a clock in UTC shows `seconds` after 1970-01-01T00:00.
    #[must_use]
    pub fn from_epoch(seconds: i64, nanosecond: u32) -> Option<Self> {
        let date = Date::from_epoch_days(seconds.div_euclid(DAY))?;
        let time = LocalTime::from_nanoseconds(seconds.rem_euclid(DAY) * SECOND + i64::from(nanosecond));
        Some(Self { date, time })
    }

    /// Seconds since 1970-01-01T00:00, read as UTC.
    #[must_use]
    pub const fn epoch_seconds(self) -> i64 {
        self.date.epoch_days() * DAY + self.time.seconds()
    }
}

/// A point in time as seen from an offset or a named zone. Ordered by the instant, then by the
/// offset from west to east, then by the name of the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    seconds: i64,
    nanosecond: u32,
    offset: i32,
    zone: Option<ZoneName>,
}

impl DateTime {
    /// The point in time when a clock in `zone` shows `local`. A time that a zone skips is moved on
    /// by the gap, of a time that comes twice the earlier one is meant.
    #[must_use]
    pub fn new(local: LocalDateTime, zone: Zone) -> Option<Self> {
        let offset = zone.offset_of_local(local);
        let seconds = local.epoch_seconds() - i64::from(offset);
        Self::at(seconds, u32::try_from(local.time.nanosecond()).ok()?, zone)
    }

    /// The point in time when a clock in `zone` shows `local`, at `offset` if the zone has it then.
    #[must_use]
    pub fn with_offset(local: LocalDateTime, offset: i32, zone: Zone) -> Option<Self> {
        let seconds = local.epoch_seconds() - i64::from(offset);
        if zone.offset_at(seconds) == offset {
            return Self::at(seconds, u32::try_from(local.time.nanosecond()).ok()?, zone);
        }
        Self::new(local, zone)
    }

    /// The point in time `seconds` and `nanosecond` after 1970-01-01T00:00Z, seen from `zone`.
    #[must_use]
    pub fn at(seconds: i64, nanosecond: u32, zone: Zone) -> Option<Self> {
        let offset = zone.offset_at(seconds);
        LocalDateTime::from_epoch(seconds.checked_add(i64::from(offset))?, nanosecond)?;
        Some(Self { seconds, nanosecond, offset, zone: zone.name() })
    }

    /// As a clock in its zone shows it.
    #[must_use]
    pub fn local(self) -> LocalDateTime {
        LocalDateTime::from_epoch(self.seconds + i64::from(self.offset), self.nanosecond)
            .expect("checked when it was made")
    }

    /// Seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub const fn epoch_seconds(self) -> i64 {
        self.seconds
    }

    /// The nanosecond of the second.
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.nanosecond
    }

    /// Seconds east of UTC.
    #[must_use]
    pub const fn offset(self) -> i32 {
        self.offset
    }

    /// Where it is seen from.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.zone.map_or(Zone::Offset(self.offset), Zone::Named)
    }

    /// The same point in time, seen from `zone`.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Option<Self> {
        Self::at(self.seconds, self.nanosecond, zone)
    }
}
