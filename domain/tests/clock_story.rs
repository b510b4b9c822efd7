//! Clocks by example: the real cases by the real calendar, and every rule of pausing, extending and
//! stopping.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod clock_parts;

use clock_parts::{CALENDAR, CHINA, at, clock, kiosk, office, started};
use domain::calendar::{Calendar, DayOff};
use domain::clock::{
    ClockError, Limit, RunningClock, ServiceHours, Stage, due, due_by_date, explain,
};
use domain::time::{Millis, date_text, parse_date};

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

/// K1: filed on a Saturday worked instead, assessed after an hour, due by a Sunday.
#[test]
fn k1_breaks_a_two_minute_clock_and_meets_its_date() {
    let (filed, assessed) = (at("2021-05-08T09:23"), at("2021-05-08T10:23"));
    let mut dispatch = started(Stage::Dispatch, filed, Limit::ServiceMinutes(2));
    assert!(
        office().is_open(filed, &CALENDAR, &CHINA),
        "8 May 2021 is a working day"
    );
    assert!(!dispatch.is_late(at("2021-05-08T09:24")));
    assert!(dispatch.is_late(at("2021-05-08T09:25")));
    dispatch.stop(assessed);
    assert!(dispatch.stopped_late());
    assert_eq!(dispatch.left(assessed), Millis::minutes(-58));

    let by = due_by_date(parse_date("2021-06-20").unwrap(), &CHINA);
    assert_eq!(by, at("2021-06-21T00:00"));
    let mut resolve = clock(Stage::Resolve, assessed, Limit::Date, by);
    let why = explain(&resolve, &CALENDAR, &CHINA);
    assert_eq!(why.last_day.map(date_text).as_deref(), Some("2021-06-20"));
    resolve.stop(at("2021-06-15T11:00"));
    assert!(!resolve.stopped_late());
    assert_eq!(resolve.left(by), Millis::days(5) + Millis::hours(13));
    let total = at("2021-06-15T11:00").since(filed);
    assert_eq!(total, Millis::days(38) + Millis::minutes(97));
}

/// K2: four days are 96 hours, met with 21 hours 58 minutes to spare.
#[test]
fn k2_has_96_hours_and_21_hours_58_minutes_to_spare() {
    let dispatched = at("2021-09-03T13:45");
    let mut resolve = started(Stage::Resolve, dispatched, "4d".parse().unwrap());
    assert_eq!(resolve.due.since(dispatched), Millis::hours(96));
    let done = at("2021-09-06T15:47");
    assert_eq!(resolve.left(done), Millis::hours(21) + Millis::minutes(58));
    resolve.stop(done);
    assert!(!resolve.stopped_late());
    assert_eq!(resolve.gross(done), Millis::hours(74) + Millis::minutes(2));
    assert_eq!(resolve.left(done), Millis::hours(21) + Millis::minutes(58));
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

#[test]
fn the_arithmetic_of_a_clock_can_be_told() {
    let working = started(
        Stage::Resolve,
        at("2021-06-11T09:00"),
        Limit::WorkingDays(2),
    );
    let why = explain(&working, &CALENDAR, &CHINA);
    let skipped: Vec<_> = why
        .skipped
        .iter()
        .map(|day| (date_text(day.date), day.why.clone()))
        .collect();
    let holiday = DayOff::Holiday("Dragon Boat Festival".into());
    let dates = ["2021-06-12", "2021-06-13", "2021-06-14"];
    assert_eq!(
        skipped,
        dates.map(|date| (date.to_owned(), holiday.clone()))
    );
    assert_eq!(why.first_day.map(date_text).as_deref(), Some("2021-06-12"));
    assert_eq!(why.last_day.map(date_text).as_deref(), Some("2021-06-16"));
    assert_eq!((why.amount, why.same_calendar), (Some(2), true));

    let weekend = started(
        Stage::Resolve,
        at("2021-05-07T16:00"),
        Limit::WorkingDays(2),
    );
    let why = explain(&weekend, &CALENDAR, &CHINA);
    assert_eq!(
        why.made_up.into_iter().map(date_text).collect::<Vec<_>>(),
        ["2021-05-08"]
    );
    assert_eq!(why.skipped.len(), 1);
    assert_eq!(why.skipped[0].why, DayOff::Weekend);

    let moved = started(
        Stage::Resolve,
        at("2021-06-05T09:00"),
        Limit::CalendarDays(15),
    );
    let why = explain(&moved, &CALENDAR, &CHINA);
    assert_eq!(
        why.skipped
            .iter()
            .map(|d| date_text(d.date))
            .collect::<Vec<_>>(),
        ["2021-06-20"]
    );

    let mut elapsed = started(Stage::Resolve, at("2021-06-05T09:00"), Limit::Days(4));
    elapsed.pause(at("2021-06-05T10:00")).unwrap();
    elapsed.resume(at("2021-06-05T12:00")).unwrap();
    let newer = Calendar::from_csv("date,kind,name\n2030-01-01,holiday,x\n").unwrap();
    let why = explain(&elapsed, &newer, &CHINA);
    assert!(why.skipped.is_empty() && why.last_day.is_none() && !why.same_calendar);
    assert_eq!(why.paused, Millis::hours(2));
}

#[test]
fn what_ran_out_before_it_was_no_longer_needed_was_missed_and_not_done() {
    let start = at("2026-11-02T09:00");
    let running = started(Stage::ReportIn, start, Limit::Hours(4));
    let in_time = start.plus(Millis::hours(3));
    let mut unneeded = running.clone();
    unneeded.lapse(in_time);
    assert_eq!((unneeded.lapsed, unneeded.stopped), (Some(in_time), None));
    assert!(unneeded.cancelled && !unneeded.is_missed() && !unneeded.stopped_late());

    let late = start.plus(Millis::hours(9));
    let mut missed = running.clone();
    missed.lapse(late);
    assert_eq!((missed.lapsed, missed.stopped), (Some(late), Some(late)));
    assert!(missed.is_missed() && missed.stopped_late() && !missed.cancelled);
    missed.stand_again();
    assert_eq!(missed, running, "the promise stands as it stood");

    let mut done = running.clone();
    done.stop(late);
    assert!(done.stopped_late() && !done.is_missed(), "late, and done");
    let mut extended = running;
    extended
        .extend(start.plus(Millis::hours(20)), in_time)
        .unwrap();
    extended.lapse(late);
    assert!(
        extended.is_missed(),
        "an extension does not make good what was promised first"
    );
}

#[test]
fn only_the_resolve_clock_pauses_and_only_so_often() {
    let start = at("2026-11-02T09:00");
    let later = |hours| start.plus(Millis::hours(hours));
    for stage in Stage::ALL
        .into_iter()
        .filter(|stage| *stage != Stage::Resolve)
    {
        let mut clock = started(stage, start, Limit::Days(4));
        assert_eq!(
            clock.pause(later(1)),
            Err(ClockError::NotPausable),
            "{stage}"
        );
    }
    let mut clock = started(Stage::Resolve, start, Limit::Days(4));
    assert_eq!(clock.resume(later(1)), Err(ClockError::NotPaused));
    assert_eq!(clock.pause(later(1)), Ok(()));
    assert_eq!(clock.pause_ends(), Some(later(1).plus(Millis::days(7))));
    assert_eq!(clock.pause(later(2)), Err(ClockError::Paused));
    assert_eq!(clock.resume(later(3)), Ok(Millis::hours(2)));
    assert_eq!(clock.pause(later(4)), Ok(()));
    assert_eq!(clock.resume(later(5)), Ok(Millis::hours(1)));
    assert_eq!(clock.pause(later(6)), Err(ClockError::TooManyPauses));
    assert_eq!(clock.due, later(4 * 24 + 3));
    clock.stop(later(10));
    assert_eq!(
        (clock.gross(later(99)), clock.net(later(99))),
        (Millis::hours(10), Millis::hours(7))
    );
    assert_eq!(clock.pause(later(11)), Err(ClockError::NotRunning));
    assert_eq!(clock.pause_ends(), None);
}

#[test]
fn an_endless_wait_counts_only_its_bound() {
    let start = at("2026-11-02T09:00");
    let mut clock = started(Stage::Resolve, start, Limit::Days(4));
    clock.pause(start.plus(Millis::days(1))).unwrap();
    let end = start.plus(Millis::days(4 + 7));
    assert!(!clock.is_late(end.plus(Millis::new(-1))));
    assert!(
        clock.is_late(end),
        "still paused, and late: the bound is used up"
    );
    assert_eq!(
        clock.resume(start.plus(Millis::days(30))),
        Ok(Millis::days(7))
    );
    assert_eq!(clock.due, end);
    assert_eq!(clock.net(start.plus(Millis::days(30))), Millis::days(23));
}

#[test]
fn an_extension_is_early_once_later_and_no_excuse() {
    let start = at("2026-11-02T09:00");
    let later = |hours| start.plus(Millis::hours(hours));
    let new = || started(Stage::Resolve, start, Limit::Hours(10));
    assert_eq!(
        new().extend(later(20), later(10)),
        Err(ClockError::RunOut),
        "ends are exclusive"
    );
    assert_eq!(new().extend(later(10), later(5)), Err(ClockError::NotLater));
    let mut clock = new();
    assert_eq!(clock.extend(later(20), later(9)), Ok(()));
    assert_eq!(clock.extend(later(30), later(9)), Err(ClockError::Extended));
    assert!(
        !clock.is_late(later(15)),
        "no red list while the extension runs"
    );
    clock.stop(later(15));
    assert!(
        clock.stopped_late(),
        "on time is judged by the first due instant"
    );
    assert!(clock.is_late(later(15)));

    let mut paused = new();
    paused.pause(later(5)).unwrap();
    assert_eq!(paused.extend(later(40), later(8)), Ok(()));
    assert_eq!(
        paused.due_at(later(8)),
        later(40),
        "told and kept, the pause counted once"
    );
    paused.resume(later(8)).unwrap();
    assert_eq!((paused.due, paused.first_due), (later(40), later(13)));
}

#[test]
fn a_cancelled_clock_is_never_late_and_a_stopped_one_stays_stopped() {
    let start = at("2026-11-02T09:00");
    let mut cancelled = started(Stage::Arrive, start, Limit::Minutes(45));
    cancelled.cancel();
    assert!(!cancelled.is_late(start.plus(Millis::days(9))));
    cancelled.stop(start.plus(Millis::days(9)));
    assert_eq!(cancelled.stopped, None);
    let mut stopped = started(Stage::Arrive, start, Limit::Minutes(45));
    stopped.stop(start.plus(Millis::minutes(44)));
    stopped.stop(start.plus(Millis::days(9)));
    stopped.cancel();
    assert!(!stopped.cancelled && !stopped.is_late(start.plus(Millis::days(9))));
}

#[test]
fn a_clock_in_the_log_reads_back_the_same() {
    let mut clock = started(Stage::Resolve, at("2026-11-02T09:00"), Limit::Days(4));
    let short = serde_json::to_string(&clock).unwrap();
    assert!(
        !short.contains("stopped") && !short.contains("pauses"),
        "{short}"
    );
    assert_eq!(serde_json::from_str::<RunningClock>(&short).unwrap(), clock);
    clock.pause(at("2026-11-02T10:00")).unwrap();
    clock.stop(at("2026-11-02T11:00"));
    let json = serde_json::to_string(&clock).unwrap();
    assert_eq!(serde_json::from_str::<RunningClock>(&json).unwrap(), clock);
}
