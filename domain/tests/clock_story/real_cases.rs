//! The clocks of two real cases.

use domain::{
    clock::{Limit, Stage, due_by_date, explain},
    time::{Millis, date_text, parse_date},
};

use crate::clock_parts::{CALENDAR, CHINA, at, clock, office, started};

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
