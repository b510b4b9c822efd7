//! What becomes of the clocks when a case, or somebody's part in it, ends.

use super::*;

/// It ended without being met and without being missed.
#[track_caller]
fn unneeded(clock: &RunningClock) {
    assert!(
        clock.cancelled && clock.stopped.is_none() && !clock.stopped_late(),
        "no longer needed: {clock:?}"
    );
}

fn running(case: &Case) -> Vec<Stage> {
    let owed = case
        .clocks
        .iter()
        .filter(|clock| clock.is_running() && clock.stage != Stage::Release);
    owed.map(|clock| clock.stage).collect()
}

fn merge(run: &mut Run) {
    let into = CaseId::from_bytes([3; 16]);
    run.does(staff(1), Act::Merge { into }.saying("同一处摊位"));
}

#[test]
fn a_merge_ends_the_clocks_and_its_undoing_lets_them_stand_again() {
    let mut run = Run::plain();
    run.working();
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    run.later(Millis::hours(1));
    let before = run.case.clone();
    merge(&mut run);
    assert_eq!(running(&run.case), [], "it goes on elsewhere");
    for clock in &run.case.clocks {
        if clock.stage == Stage::Resolve || clock.stage == Stage::Arrive {
            unneeded(clock);
        }
    }
    assert!(
        run.clock(Stage::Release, None).is_running(),
        "its words are its own and wait for their release"
    );
    run.later(Millis::days(90));
    assert!(!run.case.is_overdue(run.now));
    run.does(staff(1), Act::Unmerge);
    assert_eq!(
        run.case.clocks, before.clocks,
        "as they were: no clock gets new time out of a wrong merge"
    );
    assert_eq!(run.case.waiting_since, before.waiting_since);
    assert!(run.case.is_overdue(run.now), "and the lost time is lost");
}

#[test]
fn what_had_run_out_stays_missed_whatever_the_case_becomes() {
    type End = fn(&mut Run);
    let ends: [(&str, End); 3] = [
        ("merged", merge),
        ("withdrawn", |run| run.does(REPORTER, Act::Withdraw)),
        ("transferred", |run| {
            let due = run.now.plus(Millis::days(15));
            run.does(staff(4), transfer(due));
        }),
    ];
    for (how, end) in ends {
        let mut run = Run::plain();
        run.now = run.case.resolve_clock().unwrap().due;
        end(&mut run);
        let clock = run.clock(Stage::Resolve, None);
        assert!(clock.stopped_late(), "{how}: {clock:?}");
        assert_eq!(running(&run.case), [], "{how}");
    }
}

#[test]
fn a_merge_that_was_undone_does_not_start_what_had_stopped() {
    let mut run = Run::plain();
    // Merging is the first thing anybody of the city does: it answers, and stays answered.
    let into = CaseId::from_bytes([3; 16]);
    run.does(staff(1), Act::Merge { into }.saying("同一处摊位"));
    run.does(staff(1), Act::Unmerge);
    assert_eq!(running(&run.case), [Stage::Resolve]);
}

#[test]
fn a_case_that_is_not_done_meets_no_promise() {
    let mut run = Run::plain();
    run.does(REPORTER, Act::Withdraw);
    unneeded(run.clock(Stage::Resolve, None));
    unneeded(run.clock(Stage::Respond, None));
    unneeded(run.clock(Stage::Release, None));

    let mut run = Run::plain();
    let reject = || {
        Act::Reject {
            ground: Ground::OutsideCity,
        }
        .saying("不在本市")
    };
    run.does(staff(1), reject());
    run.does(staff(4), reject());
    unneeded(run.clock(Stage::Resolve, None));
    assert!(
        run.clock(Stage::Respond, None).stopped.is_some(),
        "answered it was"
    );

    let mut run = Run::plain();
    run.called();
    let due = run.now.plus(Millis::days(15));
    run.does(staff(4), transfer(due));
    for part in [None, Some(1), Some(2)] {
        unneeded(run.clock(Stage::Resolve, part));
    }
    unneeded(run.clock(Stage::ReportIn, Some(1)));
    assert!(
        run.clock(Stage::Release, None).is_running(),
        "what was told may still be read"
    );
}

#[test]
fn a_result_is_met_by_who_brought_it_and_by_nobody_else() {
    let mut run = Run::plain();
    run.resolved();
    let lead = run.clock(Stage::Resolve, Some(1));
    assert!(lead.stopped.is_some() && !lead.stopped_late());
    assert!(run.clock(Stage::Resolve, None).stopped.is_some());
    // The second unit never came.
    unneeded(run.clock(Stage::ReportIn, Some(2)));
    unneeded(run.clock(Stage::Resolve, Some(2)));
    assert_eq!(running(&run.case), [Stage::Verify]);

    // Sent back, it is owed by both again, at the time that was set.
    let due = run.clock(Stage::Resolve, Some(2)).due;
    run.later(Millis::hours(3));
    run.does(staff(1), Act::SendBack.saying("没动"));
    for part in [None, Some(1), Some(2)] {
        assert!(run.clock(Stage::Resolve, part).is_running(), "{part:?}");
    }
    assert_eq!(run.clock(Stage::Resolve, Some(2)).due, due);

    // Who fed back before the result has met their own.
    let mut run = Run::plain();
    run.working();
    run.does(staff(6), Act::ReportIn { part: 2 });
    run.does(staff(6), Act::FeedBack { part: 2 });
    run.later(Millis::hours(1));
    run.does(staff(5), SOLVED);
    assert!(run.clock(Stage::Resolve, Some(2)).stopped.is_some());

    // Who was called, did not come and was late by then has missed it.
    let mut run = Run::plain();
    run.working();
    run.now = run.clock(Stage::Resolve, Some(2)).due;
    run.does(staff(5), SOLVED);
    assert!(run.clock(Stage::Resolve, Some(2)).stopped_late());
}
