//! Where a limit ends, by the calendar and the opening hours.

use domain::{
    clock::{Limit, ServiceHours, Stage, due, explain},
    time::{Millis, date_text},
};

use crate::clock_parts::{CALENDAR, CHINA, at, kiosk, office, started};

fn ends(start: &str, limit: &str, hours: &ServiceHours) -> String {
    let due = due(at(start), &limit.parse().unwrap(), hours, &CALENDAR, &CHINA).unwrap();
    let mark = if due.provisional { " provisional" } else { "" };
    format!("{}{mark}", &CHINA.rfc3339(due.at)[..16])
}

#[test]
fn limits_end_where_the_calendar_says() {
    let (office, kiosk) = (office(), kiosk());
    for (start, limit, hours, end) in [
        ("2021-05-08T09:23", "2m", &office, "2021-05-08T09:25"),
        ("2021-09-03T13:45", "4d", &office, "2021-09-07T13:45"),
        // Four days of an office end elsewhere: Friday, then Monday to Thursday.
        (
            "2021-09-03T13:45",
            "working-days 4",
            &office,
            "2021-09-10T00:00",
        ),
        // The Saturday worked instead counts, the Sunday does not.
        (
            "2021-05-07T16:00",
            "working-days 1",
            &office,
            "2021-05-09T00:00",
        ),
        (
            "2021-05-07T16:00",
            "working-days 2",
            &office,
            "2021-05-11T00:00",
        ),
        // Over the Dragon Boat days from Saturday to Monday.
        (
            "2021-06-11T09:00",
            "working-days 1",
            &office,
            "2021-06-16T00:00",
        ),
        (
            "2021-06-11T09:00",
            "calendar-days 1",
            &office,
            "2021-06-16T00:00",
        ),
        (
            "2021-06-04T09:00",
            "calendar-days 7",
            &office,
            "2021-06-12T00:00",
        ),
        (
            "2021-06-05T09:00",
            "calendar-days 15",
            &office,
            "2021-06-22T00:00",
        ), // ends on a Sunday
        // The last minute of a day has the same end as its first.
        (
            "2021-06-15T23:59",
            "working-days 1",
            &office,
            "2021-06-17T00:00",
        ),
        (
            "2021-06-15T00:00",
            "working-days 1",
            &office,
            "2021-06-17T00:00",
        ),
        // Opening hours: noon does not count, nor the night, nor days off.
        (
            "2021-05-07T11:30",
            "service 60m",
            &office,
            "2021-05-07T14:30",
        ),
        (
            "2021-05-07T11:30",
            "service 30m",
            &office,
            "2021-05-07T12:00",
        ),
        (
            "2021-05-07T17:00",
            "service 60m",
            &office,
            "2021-05-08T09:00",
        ), // Saturday worked instead
        (
            "2021-05-08T02:00",
            "service 1m",
            &office,
            "2021-05-08T08:31",
        ),
        (
            "2021-06-11T17:00",
            "service 60m",
            &office,
            "2021-06-15T09:00",
        ),
        (
            "2021-06-11T17:00",
            "service 70m",
            &kiosk,
            "2021-06-12T12:30",
        ),
        (
            "2021-06-11T17:00",
            "service 75m",
            &kiosk,
            "2021-06-12T23:55",
        ),
        // Beyond the last listed year nobody can say yet; elapsed time needs no list.
        (
            "2026-12-31T09:00",
            "working-days 1",
            &office,
            "2027-01-02T00:00 provisional",
        ),
        (
            "2026-12-30T09:00",
            "working-days 1",
            &office,
            "2027-01-01T00:00",
        ),
        (
            "2026-12-31T17:00",
            "service 60m",
            &office,
            "2027-01-01T09:00 provisional",
        ),
        (
            "2026-12-31T17:00",
            "service 70m",
            &kiosk,
            "2027-01-01T12:30",
        ),
        ("2026-12-31T09:00", "2d", &office, "2027-01-02T09:00"),
    ] {
        assert_eq!(ends(start, limit, hours), end, "{limit} from {start}");
    }
    assert_eq!(
        due(
            at("2021-05-08T09:23"),
            &Limit::Date,
            &office,
            &CALENDAR,
            &CHINA
        ),
        None
    );
}

#[test]
fn limits_beyond_all_years_end_with_them() {
    let start = at("2026-11-21T09:00");
    for limit in [
        Limit::Days(u32::MAX),
        Limit::CalendarDays(u32::MAX),
        Limit::WorkingDays(u32::MAX),
        Limit::ServiceMinutes(u32::MAX),
    ] {
        assert!(
            due(start, &limit, &office(), &CALENDAR, &CHINA).unwrap().at > start,
            "{limit}"
        );
    }
    let shut = ServiceHours {
        weekly: Default::default(),
        working_days_only: true,
    };
    let due = due(start, &Limit::ServiceMinutes(5), &shut, &CALENDAR, &CHINA).unwrap();
    assert_eq!(
        due.at.since(start),
        Millis::minutes(5),
        "hours that never open do not stop time"
    );
}

/// Civil Code art. 203: who keeps business hours ends the last day with them.
#[test]
fn days_to_close_end_when_the_office_shuts() {
    let (office, kiosk) = (office(), kiosk());
    let mut mornings = thursdays();
    mornings.working_days_only = true;
    for (start, limit, hours, end) in [
        // The Saturday worked instead has the hours of a Monday.
        (
            "2021-05-07T16:00",
            "working-days 1 close",
            &office,
            "2021-05-08T17:30",
        ),
        // Over the Dragon Boat days from Saturday to Monday.
        (
            "2021-06-11T09:00",
            "working-days 1 close",
            &office,
            "2021-06-15T17:30",
        ),
        (
            "2021-06-11T09:00",
            "calendar-days 1 close",
            &office,
            "2021-06-15T17:30",
        ),
        // Open to midnight, it ends at midnight.
        (
            "2021-06-15T09:00",
            "working-days 1 close",
            &kiosk,
            "2021-06-17T00:00",
        ),
        // On a working day on which it does not open, the day itself ends.
        (
            "2021-06-15T09:00",
            "working-days 1 close",
            &mornings,
            "2021-06-17T00:00",
        ),
        (
            "2021-06-16T09:00",
            "working-days 1 close",
            &mornings,
            "2021-06-17T12:00",
        ),
    ] {
        assert_eq!(ends(start, limit, hours), end, "{start} {limit}");
    }

    let told = |limit| {
        explain(
            &started(Stage::Resolve, at("2021-06-11T09:00"), limit),
            &CALENDAR,
            &CHINA,
        )
    };
    let why = told(Limit::WorkingDaysToClose(1));
    assert_eq!(why.last_day.map(date_text).as_deref(), Some("2021-06-15"));
    assert_eq!((why.skipped.len(), why.amount), (3, Some(1)));
    assert!(why.ends_at_close(&CHINA));
    assert!(!told(Limit::WorkingDays(1)).ends_at_close(&CHINA));
    assert!(told(Limit::CalendarDaysToClose(1)).ends_at_close(&CHINA));
}

/// Thursday mornings only.
fn thursdays() -> ServiceHours {
    let mut weekly: [Vec<(u16, u16)>; 7] = Default::default();
    weekly[3] = vec![(510, 720)];
    ServiceHours {
        weekly,
        working_days_only: false,
    }
}
