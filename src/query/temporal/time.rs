//! A time of day, with and without an offset from UTC.

/// Nanoseconds in a second.
pub(super) const SECOND: i64 = 1_000_000_000;
/// Seconds in a day.
pub(super) const DAY: i64 = 86_400;

/// A time of day in nanoseconds since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(i64);

impl LocalTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);

    /// The time named by hour (0..=23), minute, second (0..=59) and nanosecond of the second.
    #[must_use]
    pub fn new(hour: i64, minute: i64, second: i64, nanosecond: i64) -> Option<Self> {
        let real = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
        if !real || !(0..SECOND).contains(&nanosecond) {
            return None;
        }
        Some(Self((hour * 3600 + minute * 60 + second) * SECOND + nanosecond))
    }

    /// The time `nanoseconds` after midnight, counted round the clock.
    #[must_use]
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds.rem_euclid(DAY * SECOND))
    }

    /// Nanoseconds since midnight.
    #[must_use]
    pub const fn nanoseconds(self) -> i64 {
        self.0
    }

    /// Whole seconds since midnight.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 / SECOND
    }

    /// The hour, 0..=23.
    #[must_use]
    pub const fn hour(self) -> i64 {
        self.seconds() / 3600
    }

    /// The minute, 0..=59.
    #[must_use]
    pub const fn minute(self) -> i64 {
        self.seconds() / 60 % 60
    }

    /// The second, 0..=59.
    #[must_use]
    pub const fn second(self) -> i64 {
        self.seconds() % 60
    }

    /// The nanosecond of the second.
    #[must_use]
    pub const fn nanosecond(self) -> i64 {
        self.0 % SECOND
    }
}

/// A time of day with its offset from UTC. Ordered by the instant, then by the offset from west to east.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Nanoseconds since midnight in UTC; outside a day where the offset carries it there.
    utc: i64,
    offset: i32,
}

impl Time {
    /// `local`, read at `offset` seconds east of UTC.
    #[must_use]
    pub fn new(local: LocalTime, offset: i32) -> Self {
        Self { utc: local.nanoseconds() - i64::from(offset) * SECOND, offset }
    }

    /// As the clock at its offset shows it.
    #[must_use]
    pub fn local(self) -> LocalTime {
        LocalTime::from_nanoseconds(self.utc + i64::from(self.offset) * SECOND)
    }

    /// Seconds east of UTC.
    #[must_use]
    pub const fn offset(self) -> i32 {
        self.offset
    }

    /// The same instant as a clock at `offset` shows it.
    #[must_use]
    pub fn at_offset(self, offset: i32) -> Self {
        Self::new(LocalTime::from_nanoseconds(self.utc + i64::from(offset) * SECOND), offset)
    }

    /// Nanoseconds since midnight in UTC.
    #[must_use]
    pub const fn utc_nanoseconds(self) -> i64 {
        self.utc
    }
}
