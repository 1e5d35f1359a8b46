//! Dates, times and durations as openCypher has them.
//!
//! Every value is a few integers and cheap to copy. Years reach from -999,999,999 to 999,999,999, seconds
//! are divided into nanoseconds. Zones and their history come from the IANA database that is
//! compiled in, never from the machine, so equal statements give equal answers everywhere.

mod arithmetic;
mod between;
mod component;
mod date;
mod date_time;
mod display;
mod duration;
mod duration_text;
mod fields;
mod kind;
mod parts;
mod text;
mod time;
mod truncate;
mod zone;

pub use date::Date;
pub use date_time::{DateTime, LocalDateTime};
pub use duration::Duration;
pub(in crate::query) use fields::read_zone;
pub use kind::Kind;
pub use time::{LocalTime, Time};
pub use zone::{Zone, ZoneName};

/// A temporal value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Temporal {
    /// A day.
    Date(Date),
    /// A time of day, wherever.
    LocalTime(LocalTime),
    /// A time of day with its offset from UTC.
    Time(Time),
    /// A day with a time of day, wherever.
    LocalDateTime(LocalDateTime),
    /// A point in time, seen from an offset or a named zone.
    DateTime(DateTime),
    /// Months, days, seconds and nanoseconds, which are kept apart.
    Duration(Duration),
}
