//! When a limit ends.

use ::time::Date;
use serde::{Deserialize, Serialize};

use super::{Limit, ServiceHours};
use crate::calendar::Calendar;
use crate::time::{CityTime, Millis, Timestamp, next_day};

/// An instant from which it is late, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The first instant that is too late.
    pub at: Timestamp,
    /// It lies beyond the last year the calendar covers, so days off may still move it.
    pub provisional: bool,
}

impl Due {
    fn certain(at: Timestamp) -> Self {
        Self {
            at,
            provisional: false,
        }
    }
}

/// When `limit` ends if it starts at `start`; never before `start`. `None` for [`Limit::Date`],
/// whose end is set by a person (see [`due_by_date`]).
///
/// Limits so long that they leave the calendar's years 0 to 9999 end with those years.
pub fn due(
    start: Timestamp,
    limit: &Limit,
    hours: &ServiceHours,
    calendar: &Calendar,
    time: &CityTime,
) -> Option<Due> {
    let due = match *limit {
        Limit::Minutes(n) => Due::certain(start.plus(Millis::minutes(n.into()))),
        Limit::Hours(n) => Due::certain(start.plus(Millis::hours(n.into()))),
        Limit::Days(n) => Due::certain(start.plus(Millis::days(n.into()))),
        Limit::ServiceMinutes(n) => service_end(start, n, hours, calendar, time),
        Limit::CalendarDays(n) => {
            end_of(last_calendar_day(start, n, calendar, time), calendar, time)
        }
        Limit::WorkingDays(n) => end_of(last_working_day(start, n, calendar, time), calendar, time),
        Limit::CalendarDaysToClose(n) => {
            let last = last_calendar_day(start, n, calendar, time);
            close_of(last, hours, calendar, time)
        }
        Limit::WorkingDaysToClose(n) => {
            let last = last_working_day(start, n, calendar, time);
            close_of(last, hours, calendar, time)
        }
        Limit::Date => return None,
    };
    Some(Due {
        at: due.at.max(start),
        ..due
    })
}

/// The first instant that is too late for "by `date`": the midnight after it.
pub fn due_by_date(date: Date, time: &CityTime) -> Timestamp {
    time.start_of_day(next_day(date))
}

fn end_of(last: Date, calendar: &Calendar, time: &CityTime) -> Due {
    Due {
        at: due_by_date(last, time),
        provisional: last > calendar.covers_until(),
    }
}

/// When the office shuts on the last day; it ends at 24:00 if the office has no hours that day.
fn close_of(last: Date, hours: &ServiceHours, calendar: &Calendar, time: &CityTime) -> Due {
    let end = end_of(last, calendar, time);
    match hours.on(last, calendar).last() {
        Some((_, shuts)) => Due {
            at: time.instant(last, *shuts),
            ..end
        },
        None => end,
    }
}

/// The last day of `n` calendar days after the day of `start`, moved past days off.
pub(super) fn last_calendar_day(
    start: Timestamp,
    n: u32,
    calendar: &Calendar,
    time: &CityTime,
) -> Date {
    let first = time.civil(start).date;
    let end = i32::try_from(n)
        .ok()
        .and_then(|n| first.to_julian_day().checked_add(n));
    let mut last = end
        .and_then(|day| Date::from_julian_day(day).ok())
        .unwrap_or(Date::MAX);
    while !calendar.is_working_day(last) && last != Date::MAX {
        last = next_day(last);
    }
    last
}

/// The `n`-th working day after the day of `start`; for none the first from that day on.
pub(super) fn last_working_day(
    start: Timestamp,
    n: u32,
    calendar: &Calendar,
    time: &CityTime,
) -> Date {
    let mut day = time.civil(start).date;
    let mut left = n;
    while (left > 0 || !calendar.is_working_day(day)) && day != Date::MAX {
        day = next_day(day);
        if left > 0 && calendar.is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// The instant at which `n` minutes of opening hours have passed.
fn service_end(
    start: Timestamp,
    n: u32,
    hours: &ServiceHours,
    calendar: &Calendar,
    time: &CityTime,
) -> Due {
    let mut left = Millis::minutes(n.into());
    if hours.weekly.iter().all(Vec::is_empty) {
        // Checked hours never are; without any the stricter reading holds: it runs all the time.
        return Due::certain(start.plus(left));
    }
    let mut at = start;
    let mut date = time.civil(start).date;
    loop {
        let provisional = hours.working_days_only && date > calendar.covers_until();
        for (from, to) in hours.on(date, calendar) {
            let opens = time.instant(date, *from).max(at);
            let open_for = time.instant(date, *to).since(opens);
            if open_for.is_negative() {
                continue;
            }
            if left <= open_for {
                return Due {
                    at: opens.plus(left),
                    provisional,
                };
            }
            left = left - open_for;
            at = opens.plus(open_for);
        }
        let next = next_day(date);
        if next == date {
            return Due { at, provisional };
        }
        date = next;
    }
}
