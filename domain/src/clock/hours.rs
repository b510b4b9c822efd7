//! When an office is open.

use ::time::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::time::{CityTime, Timestamp};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The opening hours of a week.
///
/// Where `working_days_only` holds, the office is shut on days off. A weekend day worked instead
/// of another (调休) opens by its own hours if the week has some for it, else as on a Monday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Hours", into = "Hours")]
pub struct ServiceHours {
    /// From Monday: spans of minutes of the day, the end exclusive, in order.
    pub weekly: [Vec<(u16, u16)>; 7],
    /// Shut on days off.
    pub working_days_only: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    weekly: [Vec<(u16, u16)>; 7],
    working_days_only: bool,
}

/// Hours that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// A span is empty, ends after 24:00, or begins before the one before it ends.
    #[error("the spans of a day must be in order, not empty and within 24 hours")]
    Span,
    /// It never opens on a working day, so a limit in its hours would never end.
    #[error("an office must open at least once from Monday to Friday")]
    NeverOpen,
}

impl TryFrom<Hours> for ServiceHours {
    type Error = HoursError;
    fn try_from(raw: Hours) -> Result<Self, HoursError> {
        Self {
            weekly: raw.weekly,
            working_days_only: raw.working_days_only,
        }
        .checked()
    }
}

impl From<ServiceHours> for Hours {
    fn from(hours: ServiceHours) -> Self {
        Self {
            weekly: hours.weekly,
            working_days_only: hours.working_days_only,
        }
    }
}

impl ServiceHours {
    /// Open day and night, all days.
    pub fn always() -> Self {
        Self {
            weekly: std::array::from_fn(|_| vec![(0, DAY)]),
            working_days_only: false,
        }
    }

    /// Itself, if it can be.
    ///
    /// # Errors
    /// [`HoursError`] if a span is not one, or it never opens from Monday to Friday.
    pub fn checked(self) -> Result<Self, HoursError> {
        for day in &self.weekly {
            let whole = day.iter().all(|(from, to)| from < to && *to <= DAY);
            let ordered = day.windows(2).all(|pair| pair[0].1 <= pair[1].0);
            if !whole || !ordered {
                return Err(HoursError::Span);
            }
        }
        if self.weekly[..5].iter().all(Vec::is_empty) {
            return Err(HoursError::NeverOpen);
        }
        Ok(self)
    }

    /// The spans in which it is open on `date`.
    pub fn on(&self, date: Date, calendar: &Calendar) -> &[(u16, u16)] {
        let own = &self.weekly[usize::from(date.weekday().number_days_from_monday())];
        if !self.working_days_only {
            return own;
        }
        if !calendar.is_working_day(date) {
            return &[];
        }
        if own.is_empty() && calendar.is_make_up_day(date) {
            &self.weekly[0]
        } else {
            own
        }
    }

    /// Whether it is open at `instant`.
    pub fn is_open(&self, instant: Timestamp, calendar: &Calendar, time: &CityTime) -> bool {
        let civil = time.civil(instant);
        self.on(civil.date, calendar)
            .iter()
            .any(|(from, to)| (*from..*to).contains(&civil.minute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday to Friday 8:30-12:00 and 14:00-17:30.
    fn office() -> ServiceHours {
        let day = vec![(510, 720), (840, 1050)];
        let mut weekly: [Vec<(u16, u16)>; 7] = Default::default();
        weekly[..5].fill(day);
        ServiceHours {
            weekly,
            working_days_only: true,
        }
    }

    #[test]
    fn an_office_opens_on_working_days_only() {
        let calendar = Calendar::from_csv(include_str!("../../../demo/calendar.csv")).unwrap();
        let time = CityTime::china();
        for (at, open) in [
            ("2021-05-07T08:29:59+08:00", false),
            ("2021-05-07T08:30:00+08:00", true),
            ("2021-05-07T12:00:00+08:00", false),
            ("2021-05-07T17:29:59+08:00", true),
            ("2021-05-07T17:30:00+08:00", false),
            ("2021-05-08T09:23:00+08:00", true), // a Saturday worked instead
            ("2021-05-09T09:23:00+08:00", false),
            ("2021-06-14T09:23:00+08:00", false), // a Monday off
        ] {
            let instant = time.parse_rfc3339(at).unwrap();
            assert_eq!(office().is_open(instant, &calendar, &time), open, "{at}");
            assert!(ServiceHours::always().is_open(instant, &calendar, &time));
        }
    }

    #[test]
    fn hours_that_cannot_be_are_refused() {
        let with = |spans: Vec<(u16, u16)>| {
            let mut hours = office();
            hours.weekly[6] = spans;
            hours.checked().map(|_| ())
        };
        assert_eq!(with(vec![(0, 1440)]), Ok(()));
        for bad in [
            vec![(5, 5)],
            vec![(9, 5)],
            vec![(0, 1441)],
            vec![(0, 10), (9, 12)],
        ] {
            assert_eq!(with(bad.clone()), Err(HoursError::Span), "{bad:?}");
        }
        let mut shut = office();
        shut.weekly[..5].fill(Vec::new());
        shut.weekly[6] = vec![(0, 60)];
        assert_eq!(shut.checked(), Err(HoursError::NeverOpen));
        let unknown = r#"{"weekly":[[[0,1]],[],[],[],[],[],[]],"working_days_only":true,"x":1}"#;
        assert!(serde_json::from_str::<ServiceHours>(unknown).is_err());
    }
}
