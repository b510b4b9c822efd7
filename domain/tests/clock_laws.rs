//! Laws of time: what holds for every start, limit, pause and instant.

mod clock_parts;

use clock_parts::{CALENDAR, CHINA, at, clock, kiosk, office, started};
use domain::clock::{
    Limit, PauseRule, RunningClock, ServiceHours, Stage, due, due_by_date, explain,
};
use domain::time::{CityTime, Millis, Timestamp, date_text, next_day, parse_date};
use proptest::prelude::*;

/// Instants of the calendar's years and some beyond.
fn instants() -> impl Strategy<Value = Timestamp> {
    let (from, to) = (
        at("2018-12-01T00:00").millis(),
        at("2028-02-01T00:00").millis(),
    );
    (from..to).prop_map(Timestamp::from_millis)
}

fn limits() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (0..5000_u32).prop_map(Limit::Minutes),
        (0..500_u32).prop_map(Limit::Hours),
        (0..100_u32).prop_map(Limit::Days),
        (0..5000_u32).prop_map(Limit::ServiceMinutes),
        (0..100_u32).prop_map(Limit::CalendarDays),
        (0..100_u32).prop_map(Limit::WorkingDays),
        (0..100_u32).prop_map(Limit::CalendarDaysToClose),
        (0..100_u32).prop_map(Limit::WorkingDaysToClose),
    ]
}

fn opening() -> impl Strategy<Value = ServiceHours> {
    prop_oneof![Just(office()), Just(kiosk()), Just(ServiceHours::always())]
}

/// What can be done to a clock, each with an instant that may lie before the last one.
#[derive(Debug, Clone, Copy)]
enum Act {
    Pause,
    Resume,
    Extend(i64),
    Stop,
    Cancel,
    Nothing,
}

fn acts() -> impl Strategy<Value = Vec<(Act, i64)>> {
    let act = prop_oneof![
        3 => Just(Act::Pause),
        3 => Just(Act::Resume),
        1 => (0..1000_i64).prop_map(Act::Extend),
        1 => Just(Act::Stop),
        1 => Just(Act::Cancel),
        2 => Just(Act::Nothing),
    ];
    prop::collection::vec((act, -200..600_i64), 0..12)
}

proptest! {
    #[test]
    fn due_is_never_before_start_and_its_end_is_exclusive(
        start in instants(), limit in limits(), hours in opening()
    ) {
        let due = due(start, &limit, &hours, &CALENDAR, &CHINA).unwrap();
        prop_assert!(due.at >= start);
        let running = clock(Stage::Resolve, start, limit, due.at);
        prop_assert!(running.is_late(due.at));
        prop_assert!(!running.is_late(due.at.plus(Millis::new(-1))));
        let stop = |at: Timestamp| {
            let mut clock = running.clone();
            clock.stop(at);
            clock.stopped_late()
        };
        prop_assert!(stop(due.at));
        prop_assert_eq!(stop(due.at.plus(Millis::new(-1))), due.at == start);
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        start in instants(), ahead in 0..1_000_000_000_i64, limit in limits(), hours in opening()
    ) {
        let of = |at| due(at, &limit, &hours, &CALENDAR, &CHINA).unwrap().at;
        prop_assert!(of(start) <= of(start.plus(Millis::new(ahead))));
    }

    #[test]
    fn working_days_end_at_24_00_of_the_nth_working_day(start in instants(), n in 1..60_u32) {
        let due = due(start, &Limit::WorkingDays(n), &office(), &CALENDAR, &CHINA).unwrap();
        let end = CHINA.civil(due.at);
        prop_assert_eq!((end.minute, end.second, due.at.millis() % 1000), (0, 0, 0));
        let last = CHINA.civil(due.at.plus(Millis::new(-1))).date;
        prop_assert!(CALENDAR.is_working_day(last));
        let mut day = CHINA.civil(start).date;
        let mut worked = 0;
        while day < last {
            day = next_day(day);
            worked += u32::from(CALENDAR.is_working_day(day));
        }
        prop_assert_eq!(worked, n);
        prop_assert_eq!(due.provisional, last > CALENDAR.covers_until());
    }

    #[test]
    fn calendar_days_end_at_24_00_of_the_first_working_day_from_the_nth(
        start in instants(), n in 1..100_i64
    ) {
        let limit = Limit::CalendarDays(u32::try_from(n).unwrap());
        let due = due(start, &limit, &office(), &CALENDAR, &CHINA).unwrap();
        let last = CHINA.civil(due.at.plus(Millis::new(-1))).date;
        prop_assert!(CALENDAR.is_working_day(last));
        let midnight = CHINA.start_of_day(CHINA.civil(start).date);
        let mut day = CHINA.civil(midnight.plus(Millis::days(n))).date;
        prop_assert!(day <= last);
        while day < last {
            prop_assert!(!CALENDAR.is_working_day(day), "{} was skipped", date_text(day));
            day = next_day(day);
        }
    }

    #[test]
    fn service_minutes_are_exactly_the_open_minutes(
        start in instants(), n in 1..700_u32, hours in opening()
    ) {
        let start = Timestamp::from_millis(start.millis() / 60_000 * 60_000);
        let due = due(start, &Limit::ServiceMinutes(n), &hours, &CALENDAR, &CHINA).unwrap();
        let (mut at, mut open) = (start, 0);
        while at < due.at {
            open += u32::from(hours.is_open(at, &CALENDAR, &CHINA));
            at = at.plus(Millis::MINUTE);
        }
        prop_assert_eq!((open, at), (n, due.at));
    }

    #[test]
    fn a_pause_moves_due_by_exactly_what_counts_of_it(
        start in instants(), before in 0..2000_i64, long in 0..20_000_i64, after in 0..2000_i64
    ) {
        let mut clock = started(Stage::Resolve, start, Limit::Hours(20));
        let untouched = clock.clone();
        let from = start.plus(Millis::minutes(before));
        let until = from.plus(Millis::minutes(long));
        let now = until.plus(Millis::minutes(after));
        clock.pause(from).unwrap();
        let late_in_pause = clock.is_late(until);
        let counted = clock.resume(until).unwrap();
        prop_assert_eq!(counted, Millis::minutes(long).min(PauseRule::default().max_each));
        prop_assert_eq!(clock.due, untouched.due.plus(counted));
        prop_assert_eq!(clock.first_due, untouched.first_due.plus(counted));
        prop_assert_eq!(clock.net(now), clock.gross(now) - counted);
        prop_assert_eq!(late_in_pause, clock.is_late(until), "resuming changes no verdict");
        if untouched.is_late(from) {
            prop_assert!(clock.is_late(until), "a pause does not rescue a late clock");
        }
    }

    #[test]
    fn whatever_happens_to_a_clock_its_figures_stay_sane(start in instants(), acts in acts()) {
        let mut clock = started(Stage::Resolve, start, Limit::Hours(20));
        let (mut now, first) = (start, clock.clone());
        for (act, minutes) in acts {
            now = now.plus(Millis::minutes(minutes));
            let old = clock.clone();
            match act {
                Act::Pause => _ = clock.pause(now),
                Act::Resume => _ = clock.resume(now),
                Act::Extend(by) => _ = clock.extend(now.plus(Millis::minutes(by)), now),
                Act::Stop => clock.stop(now),
                Act::Cancel => clock.cancel(),
                Act::Nothing => {}
            }
            prop_assert!(!clock.gross(now).is_negative() && !clock.net(now).is_negative());
            prop_assert!(clock.net(now) <= clock.gross(now));
            prop_assert!(clock.first_due >= old.first_due && clock.due_at(now) >= clock.first_due);
            prop_assert!(clock.pauses.len() <= 2);
            prop_assert!(clock.pauses.iter().all(|p| p.until.is_none_or(|until| until >= p.from)));
            prop_assert!(clock.stopped.is_none_or(|stopped| stopped >= clock.started));
            let moved = clock.first_due.since(first.first_due);
            prop_assert!(moved <= Millis::days(14), "two pauses of seven days at most");
            if !old.is_running() {
                prop_assert_eq!(&clock, &old, "what no longer runs does not change");
            }
            let json = serde_json::to_string(&clock).unwrap();
            prop_assert_eq!(&serde_json::from_str::<RunningClock>(&json).unwrap(), &clock);
        }
    }

    #[test]
    fn an_explanation_accounts_for_every_day(start in instants(), n in 1..60_u32) {
        let clock = started(Stage::Resolve, start, Limit::WorkingDays(n));
        let why = explain(&clock, &CALENDAR, &CHINA);
        let (first, last) = (why.first_day.unwrap(), why.last_day.unwrap());
        let days = i64::from(last.to_julian_day() - first.to_julian_day()) + 1;
        prop_assert_eq!(days, i64::from(n) + i64::try_from(why.skipped.len()).unwrap());
        prop_assert!(why.skipped.iter().all(|day| first <= day.date && day.date <= last));
        prop_assert_eq!(due_by_date(last, &CHINA), clock.due);
    }

    #[test]
    fn a_limit_is_its_text(limit in limits()) {
        prop_assume!(limit.amount() != Some(0));
        prop_assert_eq!(limit.to_string().parse(), Ok(limit));
    }

    #[test]
    fn the_wall_clock_and_the_instant_agree(millis in 0..4_102_444_800_000_i64) {
        let instant = Timestamp::from_millis(millis / 1000 * 1000);
        let civil = CHINA.civil(instant);
        let seconds = Millis::seconds(civil.second.into());
        prop_assert_eq!(CHINA.instant(civil.date, civil.minute).plus(seconds), instant);
        prop_assert_eq!(CHINA.parse_rfc3339(&CHINA.rfc3339(instant)), Ok(instant));
    }

    #[test]
    fn wall_clocks_that_jump_still_tell_every_instant(minutes in -5000..5000_i64) {
        let jump = at("1991-04-14T02:00");
        let city = CityTime::new(vec![
            (Timestamp::from_millis(0), 480),
            (jump, 540),
            (jump.plus(Millis::hours(30)), 480),
        ]).unwrap();
        let instant = jump.plus(Millis::minutes(minutes));
        let civil = city.civil(instant);
        let told = city.instant(civil.date, civil.minute);
        // Of a doubled hour the first is told.
        prop_assert!(told == instant || told.plus(Millis::HOUR) == instant);
        prop_assert_eq!(city.civil(told), civil);
        prop_assert_eq!(city.parse_rfc3339(&city.rfc3339(instant)), Ok(instant));
    }

    #[test]
    fn no_text_breaks_the_reader_of_instants(text in "\\PC{0,40}") {
        let _ = CHINA.parse_rfc3339(&text);
        let _ = parse_date(&text);
    }
}
