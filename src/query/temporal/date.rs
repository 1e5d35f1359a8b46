//! A day of the proleptic Gregorian calendar, and the other ways to name it: week dates,
//! quarter dates and ordinal dates of ISO 8601.
//!
//! Method: days are counted from 1970-01-01; the civil calendar is worked out in eras of 400 years,
//! with years that begin in March, so that the leap day comes last.

/// Days in 400 years.
const ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i64);

impl Date {
    /// The last year there is; the first one is its negative.
    pub const MAX_YEAR: i64 = 999_999_999;
    /// 1970-01-01.
    pub const EPOCH: Self = Self(0);

    /// The day named by year, month (1..=12) and day (1..=31), if there is one.
    #[must_use]
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let real = year.abs() <= Self::MAX_YEAR && (1..=12).contains(&month);
        (real && day >= 1 && day <= days_in_month(year, month)).then(|| Self(civil_to_days(year, month, day)))
    }

    /// The day `days` after 1970-01-01, if it lies in the years that there are.
    #[must_use]
    pub fn from_epoch_days(days: i64) -> Option<Self> {
        let first = civil_to_days(-Self::MAX_YEAR, 1, 1);
        let last = civil_to_days(Self::MAX_YEAR, 12, 31);
        (first..=last).contains(&days).then_some(Self(days))
    }

    /// The day named by ISO week year, week (1..=53) and day of the week (1 is Monday).
    #[must_use]
    pub fn from_week(week_year: i64, week: i64, day: i64) -> Option<Self> {
        let real = week_year.abs() <= Self::MAX_YEAR && week >= 1 && week <= weeks_in_year(week_year);
        if !real || !(1..=7).contains(&day) {
            return None;
        }
        Self::from_epoch_days(first_monday(week_year) + (week - 1) * 7 + day - 1)
    }

    /// The day named by year and day of the year (1..=366).
    #[must_use]
    pub fn from_ordinal(year: i64, day: i64) -> Option<Self> {
        let length = if is_leap(year) { 366 } else { 365 };
        if !(1..=length).contains(&day) {
            return None;
        }
        Self::from_epoch_days(Self::new(year, 1, 1)?.0 + day - 1)
    }

    /// The day named by year, quarter (1..=4) and day of the quarter (1..=92).
    #[must_use]
    pub fn from_quarter(year: i64, quarter: i64, day: i64) -> Option<Self> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let first = Self::new(year, quarter * 3 - 2, 1)?;
        let date = Self::from_epoch_days(first.0.checked_add(day)?.checked_sub(1)?)?;
        (day >= 1 && date.year() == year && date.quarter() == quarter).then_some(date)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn epoch_days(self) -> i64 {
        self.0
    }

    /// The year; 0 is the year before 1.
    #[must_use]
    pub const fn year(self) -> i64 {
        self.civil().0
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(self) -> i64 {
        self.civil().1
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> i64 {
        self.civil().2
    }

    /// Year, month and day.
    #[must_use]
    pub const fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + EPOCH;
        let era = days.div_euclid(ERA);
        let of_era = days.rem_euclid(ERA);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }

    /// The quarter, from 1.
    #[must_use]
    pub const fn quarter(self) -> i64 {
        (self.month() + 2) / 3
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    #[must_use]
    pub const fn week_day(self) -> i64 {
        (self.0 + 3).rem_euclid(7) + 1
    }

    /// The ISO week year and week.
    #[must_use]
    pub const fn week(self) -> (i64, i64) {
        let thursday = Self(self.0 + 4 - self.week_day());
        let year = thursday.year();
        (year, (thursday.0 - civil_to_days(year, 1, 1)) / 7 + 1)
    }

    /// The day of the year, from 1.
    #[must_use]
    pub const fn ordinal(self) -> i64 {
        self.0 - civil_to_days(self.year(), 1, 1) + 1
    }

    /// The day of the quarter, from 1.
    #[must_use]
    pub const fn day_of_quarter(self) -> i64 {
        self.0 - civil_to_days(self.year(), self.quarter() * 3 - 2, 1) + 1
    }

    /// `months` later; the day is cut to the length of the month.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.civil();
        let total = (year * 12 + month - 1).checked_add(months)?;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
        Self::new(year, month, day.min(days_in_month(year, month)))
    }

    /// `days` later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_epoch_days(self.0.checked_add(days)?)
    }
}

/// Whether `year` has 366 days.
const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days `month` (1..=12) of `year` has.
pub(super) const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How many ISO weeks begin in `week_year`.
const fn weeks_in_year(week_year: i64) -> i64 {
    (first_monday(week_year + 1) - first_monday(week_year)) / 7
}

/// The Monday of the first ISO week, which holds the 4th of January.
const fn first_monday(week_year: i64) -> i64 {
    let fourth = civil_to_days(week_year, 1, 4);
    fourth - (fourth + 3).rem_euclid(7)
}

/// Days from 1970-01-01 to a day that exists.
const fn civil_to_days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let year_of_era = year.rem_euclid(400);
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    year.div_euclid(400) * ERA + of_era - EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_civil_dates_are_each_others_inverse() {
        for days in (-1_000_000..1_000_000).step_by(37).chain([-365_242_134_000, 365_241_000_000]) {
            let (year, month, day) = Date(days).civil();
            assert_eq!(Date::new(year, month, day), Date::from_epoch_days(days));
        }
    }

    #[test]
    fn iso_weeks_belong_to_the_year_of_their_thursday() {
        let date = Date::new(1984, 1, 1).unwrap();
        assert_eq!((date.week(), date.week_day()), ((1983, 52), 7));
        assert_eq!(Date::from_week(1818, 53, 1), Date::new(1818, 12, 28));
        assert_eq!(Date::from_week(1817, 53, 1), None);
    }

    #[test]
    fn a_month_later_ends_with_the_month() {
        assert_eq!(Date::new(2024, 1, 31).unwrap().plus_months(1), Date::new(2024, 2, 29));
        assert_eq!(Date::new(2023, 1, 31).unwrap().plus_months(-11), Date::new(2022, 2, 28));
    }

    #[test]
    fn days_that_are_not_there_are_refused() {
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::from_ordinal(2023, 366), None);
        assert_eq!(Date::from_quarter(2023, 1, 91), None);
        assert_eq!(Date::new(1_000_000_000, 1, 1), None);
        assert_eq!(Date::new(999_999_999, 12, 31).unwrap().plus_days(1), None);
    }
}
