//! The arithmetic of a due instant, in parts that a page can put into words.

use ::time::Date;
use serde::{Deserialize, Serialize};

use super::due::{due_by_date, last_calendar_day, last_working_day};
use super::{Limit, LimitUnit, RunningClock};
use crate::calendar::{Calendar, DayOff};
use crate::time::{CityTime, Millis, Timestamp, iso_date, next_day};

/// A day that did not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedDay {
    /// The day.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// Why it did not count.
    pub why: DayOff,
}

/// How a clock came to its due instant. It holds no sentence: those are the app's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// When it started.
    pub started: Timestamp,
    /// What is counted.
    pub unit: LimitUnit,
    /// How many; none for a set date.
    pub amount: Option<u32>,
    /// For days that statutes count: the first day that counts, the one after the start.
    pub first_day: Option<Date>,
    /// For such days and for a set date: the last day, which ends at 24:00 unless
    /// [`Explanation::ends_at_close`].
    pub last_day: Option<Date>,
    /// Days between start and last day that did not count, in order. For calendar days only those
    /// past which the end was moved, for the others count.
    pub skipped: Vec<SkippedDay>,
    /// Weekend days that counted because they were worked instead of another (调休).
    pub made_up: Vec<Date>,
    /// What its ended pauses added.
    pub paused: Millis,
    /// Whether it was extended.
    pub extended: bool,
    /// The due instant now.
    pub due: Timestamp,
    /// The due instant by which on time is judged.
    pub first_due: Timestamp,
    /// Days off beyond the calendar may still move it.
    pub provisional: bool,
    /// The calendar is still the one it was computed with. If not, days may have been listed
    /// since, and the due instant stands as it was written.
    pub same_calendar: bool,
}

impl Explanation {
    /// Whether the last day ended when the office shut, and not at 24:00.
    pub fn ends_at_close(&self, time: &CityTime) -> bool {
        let to_close = matches!(
            self.unit,
            LimitUnit::CalendarDaysToClose | LimitUnit::WorkingDaysToClose
        );
        let set = self.first_due.plus(-self.paused);
        to_close
            && self
                .last_day
                .is_some_and(|last| set < due_by_date(last, time))
    }
}

/// Takes apart how `clock` came to its due instant.
pub fn explain(clock: &RunningClock, calendar: &Calendar, time: &CityTime) -> Explanation {
    let start_day = time.civil(clock.started).date;
    let last_day = match clock.limit {
        Limit::CalendarDays(n) | Limit::CalendarDaysToClose(n) => {
            Some(last_calendar_day(clock.started, n, calendar, time))
        }
        Limit::WorkingDays(n) | Limit::WorkingDaysToClose(n) => {
            Some(last_working_day(clock.started, n, calendar, time))
        }
        // Due is the midnight after the day that was named.
        Limit::Date => Some(time.civil(clock.first_due.plus(Millis::new(-1))).date),
        _ => None,
    };
    let (mut skipped, mut made_up) = (Vec::new(), Vec::new());
    let counted_from = match clock.limit {
        Limit::WorkingDays(_) | Limit::WorkingDaysToClose(_) => Some(next_day(start_day)),
        Limit::CalendarDays(n) | Limit::CalendarDaysToClose(n) => i32::try_from(n)
            .ok()
            .and_then(|n| start_day.to_julian_day().checked_add(n))
            .and_then(|day| Date::from_julian_day(day).ok()),
        _ => None,
    };
    if let (Some(mut day), Some(last)) = (counted_from, last_day) {
        while day <= last {
            if let Some(why) = calendar.day_off(day) {
                skipped.push(SkippedDay { date: day, why });
            } else if calendar.is_make_up_day(day) {
                made_up.push(day);
            }
            let next = next_day(day);
            if next == day {
                break;
            }
            day = next;
        }
    }
    let statutory = matches!(
        clock.limit,
        Limit::CalendarDays(_)
            | Limit::WorkingDays(_)
            | Limit::CalendarDaysToClose(_)
            | Limit::WorkingDaysToClose(_)
    );
    Explanation {
        started: clock.started,
        unit: clock.limit.unit(),
        amount: clock.limit.amount(),
        first_day: statutory.then(|| next_day(start_day)),
        last_day,
        skipped,
        made_up,
        paused: ended_pauses(clock),
        extended: clock.extended,
        due: clock.due,
        first_due: clock.first_due,
        provisional: clock.provisional,
        same_calendar: clock.calendar == calendar.version(),
    }
}

fn ended_pauses(clock: &RunningClock) -> Millis {
    let most = clock.pause_rule.max_each.at_least_zero();
    clock
        .pauses
        .iter()
        .filter_map(|pause| Some(pause.until?.since(pause.from).at_least_zero().min(most)))
        .sum()
}
