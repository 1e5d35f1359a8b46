//! Temporal values as ISO 8601 text: `1984-10-11T12:31:14.645+01:00[Europe/Stockholm]`, `P1Y2DT3H`.

use std::fmt;

use super::time::SECOND;
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time};

impl fmt::Display for Temporal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::LocalTime(time) => time.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::LocalDateTime(local) => local.fmt(f),
            Self::DateTime(instant) => instant.fmt(f),
            Self::Duration(duration) => duration.fmt(f),
        }
    }
}

/// Four digits for the year, or more with a sign.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        let sign = if year < 0 {
            "-"
        } else if year > 9999 {
            "+"
        } else {
            ""
        };
        write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

/// Seconds only where there are some, as many digits after the point as it needs.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())?;
        if self.second() != 0 || self.nanosecond() != 0 {
            write!(f, ":{:02}", self.second())?;
        }
        write_fraction(self.nanosecond().unsigned_abs(), f)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local(), offset_text(self.offset()))
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local(), offset_text(self.offset()))?;
        self.zone().name().map_or(Ok(()), |name| write!(f, "[{}]", name.as_str()))
    }
}

/// Each part with its own sign; parts that are 0 are left out.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = self.clock_nanoseconds();
        let (seconds, rest) = (clock / i128::from(SECOND), clock % i128::from(SECOND));
        if self.months == 0 && self.days == 0 && clock == 0 {
            return f.write_str("PT0S");
        }
        f.write_str("P")?;
        for (amount, unit) in [(self.months / 12, 'Y'), (self.months % 12, 'M'), (self.days, 'D')] {
            if amount != 0 {
                write!(f, "{amount}{unit}")?;
            }
        }
        if clock != 0 {
            f.write_str("T")?;
        }
        for (amount, unit) in [(seconds / 3_600, 'H'), (seconds / 60 % 60, 'M')] {
            if amount != 0 {
                write!(f, "{amount}{unit}")?;
            }
        }
        if seconds % 60 == 0 && rest == 0 {
            return Ok(());
        }
        write!(f, "{}{}", if clock < 0 { "-" } else { "" }, (seconds % 60).unsigned_abs())?;
        write_fraction(u64::try_from(rest.unsigned_abs()).unwrap_or(0), f)?;
        f.write_str("S")
    }
}

/// Nanoseconds after a point, without the zeros at the end.
fn write_fraction(nanoseconds: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if nanoseconds == 0 {
        return Ok(());
    }
    f.write_str(format!(".{nanoseconds:09}").trim_end_matches('0'))
}

/// `Z`, `+01:00` or `-00:44:30`.
pub(super) fn offset_text(offset: i32) -> String {
    if offset == 0 {
        return "Z".to_owned();
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let size = offset.unsigned_abs();
    let (hours, minutes, seconds) = (size / 3_600, size / 60 % 60, size % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{seconds:02}")
    }
}
