//! A clock that runs: paused, extended, stopped, or no longer needed.

use domain::{
    clock::{ClockError, Limit, Stage},
    time::Millis,
};

use crate::clock_parts::{at, started};

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
