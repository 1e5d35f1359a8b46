//! ISO 8601 text read as dates and times, in the basic and the extended form.
//!
//! Dates: `2015-07-21`, `20150721`, `2015-07`, `2015-W30-2`, `2015W302`, `2015-202`, `2015-Q2-60`, `2015`; years of
//! more than four digits carry a sign. Times: `21:40:32.142`, `214032,142`, `2140`, `21`. Offsets: `Z`,
//! `+01:00`, `+0100`, `+01`, `+01:00:59`. Zones follow in brackets: `[Europe/Stockholm]`. The forms may
//! be mixed. Everything else is `None`.

use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time, Zone, ZoneName};

impl Temporal {
    /// Reads text whose form tells the type: a duration begins with `P`, a time has a colon, and so on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim_start_matches('-').starts_with('P') {
            return Duration::parse(text).map(Self::Duration);
        }
        if let Some((_, time)) = text.split_once('T') {
            let zoned = time.contains(['Z', '+', '-', '[']);
            return if zoned {
                DateTime::parse(text, Zone::UTC).map(Self::DateTime)
            } else {
                LocalDateTime::parse(text).map(Self::LocalDateTime)
            };
        }
        let date = || Date::parse(text).map(Self::Date);
        let local_time = || LocalTime::parse(text).map(Self::LocalTime);
        date().or_else(local_time).or_else(|| Time::parse(text, 0).map(Self::Time))
    }
}

impl Date {
    /// Reads a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = read_year(text)?;
        let (extended, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
        if let Some(week) = rest.strip_prefix('W') {
            let (week, day) = two_parts(week, 2, extended)?;
            return Self::from_week(year, week, day.unwrap_or(1));
        }
        if let Some(quarter) = rest.strip_prefix('Q') {
            let (quarter, day) = two_parts(quarter, 1, extended)?;
            return Self::from_quarter(year, quarter, day.unwrap_or(1));
        }
        match rest.len() {
            0 if !extended => Self::new(year, 1, 1),
            3 => Self::from_ordinal(year, number(rest)?),
            _ => {
                let (month, day) = two_parts(rest, 2, extended)?;
                Self::new(year, month, day.unwrap_or(1))
            }
        }
    }
}

/// The year, and what follows it.
fn read_year(text: &str) -> Option<(i64, &str)> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (0, text),
    };
    let run = digits.bytes().take_while(u8::is_ascii_digit).count();
    let length = if sign == 0 { 4 } else { run };
    if length > run || !(1..=9).contains(&length) {
        return None;
    }
    let year = number(&digits[..length])?;
    Some((if sign < 0 { -year } else { year }, &digits[length..]))
}

/// A number of `first` digits, and one more that may follow: after a dash in the extended form.
fn two_parts(text: &str, first: usize, extended: bool) -> Option<(i64, Option<i64>)> {
    let head = number(text.get(..first)?)?;
    let rest = text.get(first..)?;
    if rest.is_empty() {
        return Some((head, None));
    }
    let rest = if extended { rest.strip_prefix('-')? } else { rest };
    Some((head, Some(number(rest)?)))
}

/// One to nine digits.
fn number(digits: &str) -> Option<i64> {
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

impl LocalTime {
    /// Reads a time of day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (clock, fraction) = text.split_once(['.', ',']).map_or((text, None), |(clock, rest)| (clock, Some(rest)));
        let [hour, minute, second] = read_clock(clock)?;
        let nanosecond = match fraction {
            None => 0,
            Some(fraction) if second.is_some() => read_fraction(fraction)?,
            Some(_) => return None,
        };
        Self::new(hour?, minute.unwrap_or(0), second.unwrap_or(0), nanosecond)
    }
}

/// `HH`, `HHMM`, `HH:MM`, `HHMMSS` or `HH:MM:SS`.
fn read_clock(text: &str) -> Option<[Option<i64>; 3]> {
    let parts: Vec<&str> = if text.contains(':') {
        text.split(':').collect()
    } else {
        (0..text.len()).step_by(2).map(|at| text.get(at..at + 2)).collect::<Option<_>>()?
    };
    if !(1..=3).contains(&parts.len()) || parts.iter().any(|part| part.len() != 2) {
        return None;
    }
    let mut clock = [None; 3];
    for (place, part) in clock.iter_mut().zip(parts) {
        *place = Some(number(part)?);
    }
    Some(clock)
}

/// Up to nine digits after the point, as nanoseconds.
pub(super) fn read_fraction(digits: &str) -> Option<i64> {
    let missing = 9_usize.checked_sub(digits.len())?;
    Some(number(digits)? * 10_i64.pow(u32::try_from(missing).ok()?))
}

/// Reads an offset in seconds east of UTC, at most 18 hours.
pub(super) fn read_offset(text: &str) -> Option<i32> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let [hours, minutes, seconds] = read_clock(&text[1..])?;
    let (minutes, seconds) = (minutes.unwrap_or(0), seconds.unwrap_or(0));
    let size = hours? * 3_600 + minutes * 60 + seconds;
    let real = minutes < 60 && seconds < 60 && size <= 18 * 3_600;
    if real { i32::try_from(sign * size).ok() } else { None }
}

impl Zone {
    /// Reads an offset or the name of a zone.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        read_offset(text).map(Self::Offset).or_else(|| ZoneName::find(text).map(Self::Named))
    }
}

impl Time {
    /// Reads a time of day with its offset; `default` in seconds where the text has none.
    #[must_use]
    pub fn parse(text: &str, default: i32) -> Option<Self> {
        let (clock, offset) = split_offset(text);
        let offset = offset.map_or(Some(default), read_offset)?;
        Some(Self::new(LocalTime::parse(clock)?, offset))
    }
}

/// A time of day, and the offset that follows it.
fn split_offset(text: &str) -> (&str, Option<&str>) {
    text.find(['Z', 'z', '+', '-']).map_or((text, None), |at| (&text[..at], Some(&text[at..])))
}

impl LocalDateTime {
    /// Reads a date and a time of day with `T` between them; a date alone means midnight.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let time = time.map_or(Some(LocalTime::MIDNIGHT), LocalTime::parse)?;
        Some(Self { date: Date::parse(date)?, time })
    }
}

impl DateTime {
    /// Reads a point in time; it is seen from `default` where the text has neither offset nor zone.
    /// An offset that the zone does not have then is refused.
    #[must_use]
    pub fn parse(text: &str, default: Zone) -> Option<Self> {
        let (text, zone) = match text.split_once('[') {
            Some((text, zone)) => (text, Some(ZoneName::find(zone.strip_suffix(']')?)?)),
            None => (text, None),
        };
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let (clock, offset) = time.map_or((None, None), |time| {
            let (clock, offset) = split_offset(time);
            (Some(clock), offset)
        });
        let time = clock.map_or(Some(LocalTime::MIDNIGHT), LocalTime::parse)?;
        let local = LocalDateTime { date: Date::parse(date)?, time };
        let offset = offset.map(|offset| read_offset(offset).ok_or(())).transpose().ok()?;
        match (zone, offset) {
            (None, None) => Self::new(local, default),
            (None, Some(offset)) => Self::new(local, Zone::Offset(offset)),
            (Some(zone), None) => Self::new(local, Zone::Named(zone)),
            (Some(zone), Some(offset)) => {
                Self::with_offset(local, offset, Zone::Named(zone)).filter(|instant| instant.offset() == offset)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| Date::parse(text).map_or("none".to_owned(), |date| date.to_string())).collect()
    }

    #[test]
    fn dates_are_read_in_every_form() {
        let same =
            ["2015-07-21", "20150721", "2015-W30-2", "2015W302", "2015-202", "2015202", "2015-Q3-21", "2015Q321"];
        assert_eq!(dates(&same), ["2015-07-21"; 8]);
        assert_eq!(dates(&["2015-07", "201507", "2015-Q3", "2015Q3"]), ["2015-07-01"; 4]);
        assert_eq!(dates(&["2015", "2015-W30", "2015W30"]), ["2015-01-01", "2015-07-20", "2015-07-20"]);
        assert_eq!(
            dates(&["-0001-02-03", "+999999999-12-31", "-5"]),
            ["-0001-02-03", "+999999999-12-31", "-0005-01-01"]
        );
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let wrong = [
            "",
            "-",
            "201",
            "2015-",
            "2015-13",
            "2015-02-30",
            "2015-7-1",
            "2015-W54",
            "2015é",
            "99999-01-01",
            "2015-0721",
        ];
        assert_eq!(dates(&wrong), ["none"; 11]);
    }

    #[test]
    fn times_are_read_in_every_form() {
        let read = |text| Time::parse(text, 0).map_or("none".to_owned(), |time| time.to_string());
        assert_eq!(read("214032,142+0100"), "21:40:32.142+01:00");
        assert_eq!(read("21:40:32.000000001-02:05:59"), "21:40:32.000000001-02:05:59");
        assert_eq!(read("2140-00:00"), "21:40Z");
        assert_eq!(read("22+18:00"), "22:00+18:00");
        for wrong in ["22+18:01", "24:00", "2:00", "21:40.5", "21:4", "+01:00", "21:40:32.", "21:40:32.1234567890"] {
            assert_eq!(read(wrong), "none", "{wrong}");
        }
    }

    #[test]
    fn points_in_time_keep_their_zone() {
        let read = |text| DateTime::parse(text, Zone::UTC).map_or("none".to_owned(), |instant| instant.to_string());
        assert_eq!(read("20150721T2140+0845[Australia/Eucla]"), "2015-07-21T21:40+08:45[Australia/Eucla]");
        assert_eq!(read("2015-07-21T21:40[europe/london]"), "2015-07-21T21:40+01:00[Europe/London]");
        assert_eq!(read("2017-10-29T02:30+01:00[Europe/Stockholm]"), "2017-10-29T02:30+01:00[Europe/Stockholm]");
        assert_eq!(read("2015-07-21"), "2015-07-21T00:00Z");
        assert_eq!(read("2015-07-21T21:40+05:00[Europe/London]"), "none");
    }

    #[test]
    fn the_form_tells_the_type() {
        let texts =
            ["2015-07-21", "21:40", "21:40Z", "2015-07-21T21:40", "2015-07-21T21:40-01:00", "P1Y2M-3DT4H5M6.7S"];
        let read = texts.map(|text| Temporal::parse(text).map_or("none".to_owned(), |temporal| temporal.to_string()));
        assert_eq!(read, texts);
    }
}
