//! What a clock can be told and written down as.

use domain::{
    calendar::{Calendar, DayOff},
    clock::{Limit, RunningClock, Stage, explain},
    time::{Millis, date_text},
};

use crate::clock_parts::{CALENDAR, CHINA, at, started};

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
