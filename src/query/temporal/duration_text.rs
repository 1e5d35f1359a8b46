//! ISO 8601 text read as durations: `P1Y2M3W4DT5H6M7.8S`, with a sign and a fraction at any part, and
//! `P2012-02-02T14:37:21.545`, which is a date and a time taken as amounts.

use super::Duration;
use super::duration::{Parts, Unit};

impl Duration {
    /// Reads a duration.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let text = text.strip_prefix('P')?;
        let mut parts = Parts::default();
        match Reader::new(text).amounts(&mut parts) {
            Some(()) => {}
            None => {
                parts = Parts::default();
                date_and_time(text, &mut parts)?;
            }
        }
        let duration = parts.duration().ok()?;
        if negative { duration.negated().ok() } else { Some(duration) }
    }
}

/// What is left of a text.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    const fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    /// Amounts with their units: first of days and longer, then after `T` of hours and shorter.
    fn amounts(mut self, parts: &mut Parts) -> Option<()> {
        let mut units: &[(char, &str)] = &[('Y', "years"), ('M', "months"), ('W', "weeks"), ('D', "days")];
        let (mut in_time, mut read) = (false, 0);
        while !self.rest.is_empty() {
            if let Some(rest) = self.rest.strip_prefix('T').filter(|rest| !in_time && !rest.is_empty()) {
                units = &[('H', "hours"), ('M', "minutes"), ('S', "seconds")];
                (self.rest, in_time) = (rest, true);
            }
            let (whole, fraction) = self.amount()?;
            let letter = self.rest.chars().next()?;
            let place = units.iter().position(|(unit, _)| *unit == letter)?;
            parts.add(Unit::named(units[place].1)?, whole, fraction);
            units = &units[place + 1..];
            self.rest = &self.rest[letter.len_utf8()..];
            read += 1;
        }
        (read > 0).then_some(())
    }

    /// A number with its sign and its fraction.
    fn amount(&mut self) -> Option<(i128, f64)> {
        let sign = if self.rest.starts_with('-') { -1 } else { 1 };
        self.rest = self.rest.strip_prefix(['-', '+']).unwrap_or(self.rest);
        let whole = self.digits();
        let fraction = match self.rest.strip_prefix(['.', ',']) {
            Some(rest) => {
                self.rest = rest;
                Some(self.digits()).filter(|digits| !digits.is_empty())?
            }
            None => "",
        };
        if whole.is_empty() || whole.len() > 19 {
            return None;
        }
        let fraction: f64 = if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse().ok()? };
        Some((i128::from(sign) * whole.parse::<i128>().ok()?, f64::from(sign) * fraction))
    }

    fn digits(&mut self) -> &'a str {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        digits
    }
}

/// `2012-02-02T14:37:21.545` or `20120202T143721.545`: years, months, days, hours, minutes, seconds.
fn date_and_time(text: &str, parts: &mut Parts) -> Option<()> {
    let (date, time) = text.split_once('T')?;
    let (clock, fraction) = time.split_once(['.', ',']).map_or((time, ""), |(clock, fraction)| (clock, fraction));
    let fields = fixed(date, '-', 4)?.into_iter().chain(fixed(clock, ':', 2)?);
    for (name, amount) in ["years", "months", "days", "hours", "minutes", "seconds"].into_iter().zip(fields) {
        parts.add(Unit::named(name)?, amount, 0.0);
    }
    if !fraction.is_empty() {
        parts.add(Unit::Nanoseconds(1), super::text::read_fraction(fraction)?.into(), 0.0);
    }
    Some(())
}

/// Three numbers, the first one of `first` digits, the others of two, with `separator` or nothing between.
fn fixed(text: &str, separator: char, first: usize) -> Option<[i128; 3]> {
    let packed = text.replace(separator, "");
    let separators = text.len() - packed.len();
    let shape = text.get(first..=first).is_some_and(|at| at.starts_with(separator)) && separators == 2;
    if packed.len() != first + 4 || !(shape || separators == 0) || !packed.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read = |from: usize, to: usize| packed[from..to].parse().ok();
    Some([read(0, first)?, read(first, first + 2)?, read(first + 2, first + 4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Duration::parse(text).map_or("none".to_owned(), |duration| duration.to_string())
    }

    #[test]
    fn fractions_go_to_the_smaller_parts() {
        assert_eq!(read("P5M1.5D"), "P5M1DT12H");
        assert_eq!(read("P0.75M"), "P22DT19H51M49.5S");
        assert_eq!(read("PT0.75M"), "PT45S");
        assert_eq!(read("P2.5W"), "P17DT12H");
        assert_eq!(read("PT1000000000.123456789S"), "PT277777H46M40.123456789S");
    }

    #[test]
    fn each_part_has_its_own_sign() {
        assert_eq!(read("P12Y5M-14DT16H-12M70S"), "P12Y5M-14DT15H49M10S");
        assert_eq!(read("PT-0.5S"), "PT-0.5S");
        assert_eq!(read("-P1DT2S"), "P-1DT-2S");
        assert_eq!(read("PT-1M-0.001S"), "PT-1M-0.001S");
    }

    #[test]
    fn a_date_and_a_time_are_taken_as_amounts() {
        assert_eq!(read("P2012-02-02T14:37:21.545"), "P2012Y2M2DT14H37M21.545S");
        assert_eq!(read("P20120202T143721"), "P2012Y2M2DT14H37M21S");
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for wrong in
            ["", "P", "PT", "P1", "P1DT", "P1H", "PT1D", "P1D1M", "P1.M", "P1é", "P99999999999999999999Y", "1Y"]
        {
            assert_eq!(read(wrong), "none", "{wrong}");
        }
    }
}
