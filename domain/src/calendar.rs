//! The State Council's calendar of days off and of weekend days worked instead (调休).
//!
//! A date that is not listed follows Monday to Friday. A calendar knows how far it reaches:
//! beyond that nobody can say yet, and a due instant found there is provisional.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ::time::{Date, Month, Weekday};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::time::parse_date;

/// What a listed date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A day off, whatever its weekday.
    Holiday,
    /// A Saturday or Sunday worked instead of another day.
    Workday,
}

/// Why a date is not a working day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOff {
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A listed holiday, by its name in the list (`Dragon Boat Festival`).
    Holiday(String),
}

/// A calendar's text is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("calendar, line {line}: {fault}")]
pub struct CalendarError {
    /// Line of the text, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: CalendarFault,
}

/// What can be wrong with a line of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// The first line is not the heading.
    #[error("the first line must be date,kind,name")]
    Heading,
    /// Not three fields without quotes.
    #[error("a line has a date, a kind and a name, without quotes")]
    Fields,
    /// The first field is no date.
    #[error("the date must be YYYY-MM-DD and exist")]
    Date,
    /// The second field is another word.
    #[error("the kind is holiday or workday")]
    Kind,
    /// The date stands twice.
    #[error("the date is listed twice")]
    Twice,
    /// No date at all: nobody could say how far it reaches.
    #[error("no date is listed")]
    Empty,
}

/// Days off and make-up days, with the version of the list they were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, (DayKind, String)>,
    version: String,
    covers_until: Date,
}

impl Calendar {
    /// Reads lines of `date,kind,name` under that heading.
    ///
    /// # Errors
    /// [`CalendarError`] with the first line that is not one.
    pub fn from_csv(text: &str) -> Result<Self, CalendarError> {
        let at = |line, fault| CalendarError { line, fault };
        let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
        match lines.next() {
            Some((_, "date,kind,name")) => {}
            _ => return Err(at(1, CalendarFault::Heading)),
        }
        let mut days = BTreeMap::new();
        for (line, row) in lines.filter(|(_, row)| !row.trim().is_empty()) {
            let mut fields = row.splitn(3, ',').map(str::trim);
            let (Some(date), Some(kind), Some(name), false) = (
                fields.next(),
                fields.next(),
                fields.next(),
                row.contains('"'),
            ) else {
                return Err(at(line, CalendarFault::Fields));
            };
            let date = parse_date(date).map_err(|_| at(line, CalendarFault::Date))?;
            let kind = match kind {
                "holiday" => DayKind::Holiday,
                "workday" => DayKind::Workday,
                _ => return Err(at(line, CalendarFault::Kind)),
            };
            if days.insert(date, (kind, name.to_owned())).is_some() {
                return Err(at(line, CalendarFault::Twice));
            }
        }
        let Some(covers_until) = days
            .last_key_value()
            .and_then(|(last, _)| Date::from_calendar_date(last.year(), Month::December, 31).ok())
        else {
            return Err(at(1, CalendarFault::Empty));
        };
        let version = Sha256::digest(text.as_bytes()).iter().take(6).fold(
            String::with_capacity(12),
            |mut hex, byte| {
                write!(hex, "{byte:02x}").expect("a String takes every text");
                hex
            },
        );
        Ok(Self {
            days,
            version,
            covers_until,
        })
    }

    /// First 12 hexadecimal digits of the SHA-256 of the text it was read from.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// 31 December of the last year that has a listed date.
    pub fn covers_until(&self) -> Date {
        self.covers_until
    }

    /// Whether offices work on `date`: as listed, else Monday to Friday.
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.days.get(&date) {
            Some((kind, _)) => *kind == DayKind::Workday,
            None => !is_weekend(date),
        }
    }

    /// Whether `date` is a weekend day worked instead of another day.
    pub fn is_make_up_day(&self, date: Date) -> bool {
        is_weekend(date) && self.is_working_day(date)
    }

    /// Why `date` is no working day; `None` if it is one.
    pub fn day_off(&self, date: Date) -> Option<DayOff> {
        match self.days.get(&date) {
            Some((DayKind::Workday, _)) => None,
            Some((DayKind::Holiday, name)) => Some(DayOff::Holiday(name.clone())),
            None => is_weekend(date).then_some(DayOff::Weekend),
        }
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list the demo city runs on.
    fn real() -> Calendar {
        Calendar::from_csv(include_str!("../../demo/calendar.csv")).unwrap()
    }

    #[test]
    fn the_real_days_of_the_real_cases() {
        let calendar = real();
        let holiday = |name: &str| Some(DayOff::Holiday(name.into()));
        for (date, day_off) in [
            ("2021-05-08", None), // a Saturday worked instead
            ("2021-05-09", Some(DayOff::Weekend)),
            ("2021-06-11", None),
            ("2021-06-12", holiday("Dragon Boat Festival")),
            ("2021-06-14", holiday("Dragon Boat Festival")), // a Monday
            ("2021-06-20", Some(DayOff::Weekend)),
            ("2026-10-10", None), // a Saturday worked instead
            ("2026-10-01", holiday("National Day")),
            ("2027-01-01", None), // not listed: a Friday like any other
        ] {
            let day = parse_date(date).unwrap();
            assert_eq!(calendar.day_off(day), day_off, "{date}");
            assert_eq!(calendar.is_working_day(day), day_off.is_none(), "{date}");
        }
        assert!(calendar.is_make_up_day(parse_date("2021-05-08").unwrap()));
        assert!(!calendar.is_make_up_day(parse_date("2021-05-10").unwrap()));
        assert_eq!(calendar.covers_until(), parse_date("2026-12-31").unwrap());
    }

    #[test]
    fn the_version_changes_with_every_byte() {
        let one = Calendar::from_csv("date,kind,name\n2026-01-01,holiday,New Year").unwrap();
        let two = Calendar::from_csv("date,kind,name\n2026-01-01,holiday,New Year\n").unwrap();
        assert_eq!(one.version().len(), 12);
        assert_ne!(one.version(), two.version());
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (text, line, fault) in [
            ("", 1, CalendarFault::Heading),
            ("date;kind;name\n", 1, CalendarFault::Heading),
            ("date,kind,name\n", 1, CalendarFault::Empty),
            (
                "date,kind,name\n2026-01-01,holiday",
                2,
                CalendarFault::Fields,
            ),
            (
                "date,kind,name\n2026-01-01,holiday,\"a, b\"",
                2,
                CalendarFault::Fields,
            ),
            (
                "date,kind,name\n2026-02-30,holiday,x",
                2,
                CalendarFault::Date,
            ),
            (
                "date,kind,name\n\n2026-01-01,Holiday,x",
                3,
                CalendarFault::Kind,
            ),
            (
                "date,kind,name\n2026-01-01,holiday,x\r\n2026-01-01,workday,x",
                3,
                CalendarFault::Twice,
            ),
        ] {
            assert_eq!(
                Calendar::from_csv(text),
                Err(CalendarError { line, fault }),
                "{text:?}"
            );
        }
    }
}
