//! Time zones by name, with their history.
//!
//! In: a name of the IANA database and a point in time, or a time on the clock. Out: seconds east
//! of UTC. The database is the one compiled into jiff, which reaches from the year -9999 to 9999.
//! Later years repeat the last 400 of it (the Gregorian calendar has that period), earlier
//! years have the zone's first offset.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::LocalDateTime;

/// Seconds in 400 years.
const ERA: i64 = 146_097 * 86_400;

/// A place to see a point in time from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Seconds east of UTC.
    Offset(i32),
    /// By name.
    Named(ZoneName),
}

/// A zone of the database, as a position in the sorted list of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZoneName(u16);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self::Offset(0);

    /// The name, if it is named.
    #[must_use]
    pub const fn name(self) -> Option<ZoneName> {
        match self {
            Self::Offset(_) => None,
            Self::Named(name) => Some(name),
        }
    }

    /// Seconds east of UTC, `seconds` after 1970-01-01T00:00Z.
    #[must_use]
    pub fn offset_at(self, seconds: i64) -> i32 {
        match self {
            Self::Offset(offset) => offset,
            Self::Named(name) => name.offset_at(seconds),
        }
    }

    /// Seconds east of UTC when the clock shows `local`; before the change where clocks are put back
    /// or put on.
    #[must_use]
    pub fn offset_of_local(self, local: LocalDateTime) -> i32 {
        let Self::Named(name) = self else { return self.offset_at(0) };
        let (wall, day) = (local.epoch_seconds(), 86_400);
        let before = name.offset_at(wall.saturating_sub(day));
        let after = name.offset_at(wall.saturating_add(day));
        let holds = |offset: i32| name.offset_at(wall.saturating_sub(i64::from(offset))) == offset;
        if before == after || holds(before) || !holds(after) { before } else { after }
    }
}

impl ZoneName {
    /// The zone called `name`, whatever its case.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let index = names().binary_search_by(|zone| zone.folded.cmp(&lower)).ok()?;
        u16::try_from(index).ok().map(Self)
    }

    /// The name as the database writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.entry().name.as_str()
    }

    fn offset_at(self, seconds: i64) -> i32 {
        let entry = self.entry();
        let zone = entry.zone.get_or_init(|| database().get(&entry.name).unwrap_or(TimeZone::UTC));
        zone.to_offset(timestamp(seconds)).seconds()
    }

    fn entry(self) -> &'static Entry {
        &names()[usize::from(self.0)]
    }
}

struct Entry {
    folded: String,
    name: String,
    zone: OnceLock<TimeZone>,
}

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

fn names() -> &'static [Entry] {
    static NAMES: OnceLock<Arc<[Entry]>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let entry = |name: String| Entry { folded: name.to_ascii_lowercase(), name, zone: OnceLock::new() };
        let mut entries: Vec<_> = database().available().map(|name| entry(name.to_string())).collect();
        entries.sort_by(|a, b| a.folded.cmp(&b.folded));
        entries.into()
    })
}

/// A point in time that the database knows, with the same offset.
fn timestamp(seconds: i64) -> Timestamp {
    let (first, last) = (Timestamp::MIN.as_second() + 1, Timestamp::MAX.as_second() - 1);
    let known = if seconds > last { last - ERA + (seconds - last).rem_euclid(ERA) } else { seconds.max(first) };
    Timestamp::from_second(known).expect("between the first and the last one")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::temporal::{Date, LocalTime};

    fn offset(zone: &str, year: i64, month: i64, day: i64, hour: i64) -> i32 {
        let date = Date::new(year, month, day).unwrap();
        let time = LocalTime::new(hour, 30, 0, 0).unwrap();
        Zone::Named(ZoneName::find(zone).unwrap()).offset_of_local(LocalDateTime { date, time })
    }

    #[test]
    fn zones_know_their_history() {
        assert_eq!(offset("Europe/Stockholm", 1818, 7, 21, 12), 53 * 60 + 28, "the mean time of Berlin");
        assert_eq!(offset("europe/stockholm", 2015, 7, 21, 12), 7200);
        assert_eq!(offset("Australia/Eucla", 2015, 7, 21, 12), 8 * 3600 + 45 * 60);
        assert_eq!(ZoneName::find("Europe/Nowhere"), None);
    }

    #[test]
    fn clocks_that_are_put_back_show_the_earlier_time_first() {
        assert_eq!(offset("Europe/Stockholm", 2017, 10, 29, 2), 7200);
        assert_eq!(offset("Europe/Stockholm", 2017, 10, 29, 3), 3600);
        assert_eq!(offset("Europe/Stockholm", 2017, 3, 26, 2), 3600);
    }

    #[test]
    fn years_past_the_database_repeat_its_last_ones() {
        assert_eq!(offset("Europe/Stockholm", 2_000_000, 7, 1, 12), 7200);
        assert_eq!(offset("Europe/Stockholm", 2_000_000, 1, 1, 12), 3600);
        assert_eq!(offset("Europe/Stockholm", -2_000_000, 1, 1, 12), 3208);
    }
}
