//! A week of the city, Monday to Sunday (GB/T 7408.1, ISO 8601).

use ::time::{Date, Duration};

use super::{CityTime, Timestamp};

/// A week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: Date,
}

impl Week {
    /// The week a day lies in.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let since = i64::from(day.weekday().number_days_from_monday());
        Self {
            monday: day.saturating_sub(Duration::days(since)),
        }
    }

    /// Its first day.
    #[must_use]
    pub const fn monday(self) -> Date {
        self.monday
    }

    /// Its last day.
    #[must_use]
    pub fn sunday(self) -> Date {
        self.monday.saturating_add(Duration::days(6))
    }

    /// The year and number of the week: the first is the one with the year's first Thursday.
    #[must_use]
    pub fn number(self) -> (i32, u8) {
        let (year, week, _) = self.monday.to_iso_week_date();
        (year, week)
    }

    /// The week before.
    #[must_use]
    pub fn before(self) -> Self {
        Self {
            monday: self.monday.saturating_sub(Duration::days(7)),
        }
    }

    /// The week after.
    #[must_use]
    pub fn after(self) -> Self {
        Self {
            monday: self.monday.saturating_add(Duration::days(7)),
        }
    }

    /// Its first instant, and the first one after it.
    #[must_use]
    pub fn span(self, time: &CityTime) -> (Timestamp, Timestamp) {
        let next = self.monday.saturating_add(Duration::days(7));
        (time.start_of_day(self.monday), time.start_of_day(next))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_date;
    use super::*;

    #[test]
    fn a_week_begins_on_monday_and_has_its_number() {
        for (day, monday, number) in [
            ("2026-11-30", "2026-11-30", (2026, 49)),
            ("2026-11-29", "2026-11-23", (2026, 48)),
            // The year of a week is that of its Thursday.
            ("2027-01-01", "2026-12-28", (2026, 53)),
            ("2027-01-04", "2027-01-04", (2027, 1)),
        ] {
            let week = Week::of(parse_date(day).unwrap());
            assert_eq!(week.monday(), parse_date(monday).unwrap(), "{day}");
            assert_eq!(week.number(), number, "{day}");
            assert_eq!(Week::of(week.sunday()), week, "{day}");
            assert_eq!(
                week.before(),
                Week::of(week.monday().previous_day().unwrap())
            );
            assert_eq!(week.after(), Week::of(week.sunday().next_day().unwrap()));
            assert_eq!(week.after().before(), week);
        }
    }

    #[test]
    fn a_week_spans_seven_days_of_the_city() {
        let time = CityTime::china();
        let week = Week::of(parse_date("2026-11-25").unwrap());
        let (from, to) = week.span(&time);
        assert_eq!(time.rfc3339(from), "2026-11-23T00:00:00+08:00");
        assert_eq!(time.rfc3339(to), "2026-11-30T00:00:00+08:00");
    }
}
