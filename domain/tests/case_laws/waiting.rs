//! Waiting for the reporter, which has an end.

use super::*;

const BOUND: Millis = Millis::days(7);

#[test]
fn a_wait_ends_when_its_time_is_over_and_not_before() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    run.later(BOUND);
    run.later(-Millis::minutes(1));
    assert_eq!(
        run.refused(Actor::System, Act::EndWaiting),
        Refusal::TooEarly
    );
    assert_eq!(
        run.refused(staff(1), Act::Ask.saying("几号？")),
        Refusal::AlreadyDone
    );
    run.later(Millis::minutes(1));
    run.does(Actor::System, Act::EndWaiting);
    assert_eq!(run.case.waiting_since, None);
    let clock = run.case.resolve_clock().unwrap();
    assert_eq!(clock.pauses.last().unwrap().until, Some(run.now));
    run.does(staff(1), Act::Ask.saying("几号？"));
}

#[test]
fn a_question_is_asked_twice_at_most_also_where_no_clock_stands_still() {
    let mut run = Run::file(Filer::Resident, "vacant-land", Some(Visibility::Public));
    assert!(
        run.case.resolve_clock().is_none(),
        "this kind of problem has a date, or none"
    );
    for _ in 0..2 {
        run.does(staff(1), Act::Ask.saying("在哪一块？"));
        run.later(Millis::hours(1));
        assert_eq!(
            run.refused(Actor::System, Act::EndWaiting),
            Refusal::TooEarly
        );
        run.later(BOUND);
        run.does(Actor::System, Act::EndWaiting);
    }
    assert_eq!(
        run.refused(staff(1), Act::Ask.saying("几号？")),
        Refusal::OnlyOnce
    );
}
