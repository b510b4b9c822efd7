//! What clocks do in the life of a case.

use super::*;

#[test]
fn an_extension_is_asked_in_time_once_and_excuses_nobody() {
    let mut run = Run::plain();
    run.working();
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    let ask = |until| {
        Act::AskExtension {
            clock: clock.id,
            until,
        }
        .saying("等材料到货")
    };
    assert_eq!(run.refused(staff(5), ask(clock.due)), Refusal::NotLater);
    let until = clock.due.plus(Millis::days(5));
    run.does(staff(5), ask(until));
    assert_eq!(
        run.refused(staff(5), ask(until)),
        Refusal::OnlyOnce,
        "one waits already"
    );
    run.does(staff(4), Act::RuleOnExtension { grant: true });
    assert_eq!(run.clock(Stage::Resolve, Some(1)).due, until);
    assert_eq!(
        run.refused(staff(5), ask(until.plus(Millis::days(1)))),
        Refusal::OnlyOnce
    );
    // Done after the first date and before the second: late, and said so.
    run.now = clock.due.plus(Millis::days(1));
    assert!(
        !run.clock(Stage::Resolve, Some(1)).is_late(run.now),
        "the list is not red"
    );
    run.does(staff(5), SOLVED);
    assert!(
        run.clock(Stage::Resolve, Some(1)).stopped_late(),
        "on time is judged on the first date"
    );

    let mut run = Run::plain();
    run.working();
    run.now = run.clock(Stage::Resolve, Some(1)).due;
    let clock = run.clock(Stage::Resolve, Some(1)).id;
    let until = run.now.plus(Millis::days(5));
    let refusal = run.refused(
        staff(5),
        Act::AskExtension { clock, until }.saying("来不及"),
    );
    assert_eq!(
        refusal,
        Refusal::TooLate,
        "what has run out is not extended"
    );
}

#[test]
fn an_extension_while_waiting_counts_the_wait_once() {
    let mut run = Run::plain();
    run.working();
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    run.later(Millis::hours(10));
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    let sooner = Act::AskExtension {
        clock: clock.id,
        until: clock.due.plus(Millis::hours(10)),
    };
    assert_eq!(
        run.refused(staff(5), sooner.saying("等材料")),
        Refusal::NotLater,
        "the wait has moved it there already"
    );
    let until = clock.due.plus(Millis::days(5));
    run.does(
        staff(5),
        Act::AskExtension {
            clock: clock.id,
            until,
        }
        .saying("等材料"),
    );
    run.does(staff(4), Act::RuleOnExtension { grant: true });
    assert_eq!(run.clock(Stage::Resolve, Some(1)).due_at(run.now), until);
    run.does(REPORTER, Act::Answer.saying("三楼"));
    assert_eq!(run.clock(Stage::Resolve, Some(1)).due, until);
    assert_eq!(
        run.clock(Stage::Resolve, Some(1)).first_due,
        clock.first_due.plus(Millis::hours(10))
    );
}

#[test]
fn a_question_pauses_the_promise_twice_at_most() {
    let mut run = Run::plain();
    let due = run.case.resolve_clock().unwrap().due;
    for round in 1..=2_i64 {
        run.does(staff(1), Act::Ask.saying("在哪一层？"));
        assert_eq!(
            run.refused(staff(1), Act::Ask.saying("哪一层？")),
            Refusal::AlreadyDone
        );
        run.later(Millis::hours(5));
        assert_eq!(run.refused(REPORTER, Act::Answer), Refusal::NeedsText);
        run.does(REPORTER, Act::Answer.saying("三楼"));
        let clock = run.case.resolve_clock().unwrap();
        assert_eq!(clock.due, due.plus(Millis::hours(5 * round)));
        assert_eq!(
            clock.gross(run.now) - clock.net(run.now),
            Millis::hours(5 * round)
        );
        assert_eq!(
            run.refused(REPORTER, Act::Answer.saying("三楼")),
            Refusal::NotWaiting
        );
    }
    assert_eq!(
        run.refused(staff(1), Act::Ask.saying("几号？")),
        Refusal::OnlyOnce
    );
}

/// What has run out has run out: a question asked after it buys no time.
#[test]
fn a_question_after_the_limit_moves_nothing() {
    let mut run = Run::plain();
    run.working();
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    run.now = clock.due.plus(Millis::hours(1));
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    run.later(Millis::days(3));
    run.does(REPORTER, Act::Answer.saying("三楼"));
    let after = run.clock(Stage::Resolve, Some(1)).clone();
    assert_eq!((after.due, after.is_late(run.now)), (clock.due, true));
    run.does(staff(5), Act::FeedBack { part: 1 });
    assert!(run.clock(Stage::Resolve, Some(1)).stopped_late());
}

#[test]
fn a_unit_that_feeds_back_while_the_case_waits_is_not_late_for_the_wait() {
    let mut run = Run::plain();
    run.working();
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    // The wait covers the due instant; it is bounded to seven days.
    run.now = clock.due.plus(Millis::hours(1));
    run.does(staff(5), Act::FeedBack { part: 1 });
    let after = run.clock(Stage::Resolve, Some(1));
    assert_eq!(after.stopped, Some(run.now));
    assert!(!after.stopped_late(), "{after:?}");
}

#[test]
fn a_check_is_owed_only_while_there_is_something_to_check() {
    let mut run = Run::plain();
    run.resolved();
    assert!(run.clock(Stage::Verify, None).is_running());
    run.does(REPORTER, Act::Dispute.saying("没解决"));
    assert!(
        run.clock(Stage::Verify, None).cancelled,
        "nothing to check until it is done again"
    );
    run.later(Millis::days(20));
    run.does(staff(5), SOLVED);
    let checks: Vec<_> = run
        .case
        .clocks
        .iter()
        .filter(|clock| clock.stage == Stage::Verify)
        .collect();
    assert_eq!(checks.len(), 2);
    assert!(checks[1].is_running() && !checks[1].is_late(run.now));
}

#[test]
fn sending_back_lets_the_promise_run_on_as_if_it_had_never_stopped() {
    let mut run = Run::plain();
    run.resolved();
    let due = run.case.resolve_clock().unwrap().due;
    run.later(Millis::hours(30));
    run.does(staff(1), Act::SendBack.saying("现场没动"));
    let clock = run.case.resolve_clock().unwrap();
    assert!(clock.is_running());
    assert_eq!(clock.due, due, "a check that fails gives no new time");
}

#[test]
fn closing_does_not_end_what_the_reporter_is_owed() {
    let mut run = Run::plain();
    run.resolved();
    run.does(
        staff(1),
        Act::Verify {
            method: VerifyMethod::OnSite,
        },
    );
    run.does(staff(1), Act::Close);
    let release = run.clock(Stage::Release, None);
    assert!(
        release.is_running(),
        "the words wait for their release all the same"
    );
    run.later(Millis::days(3));
    run.does(staff(10), Act::Publish);
    assert!(run.clock(Stage::Release, None).stopped_late());
}

#[test]
fn only_a_step_with_what_was_reported_is_a_response() {
    let due = at("2026-11-25T09:00");
    for (what, command) in [
        ("released", Act::Publish.into()),
        ("held", Act::Hold.saying("写了别人的电话")),
        ("noted", Act::Note.saying("记一笔")),
        ("redacted", Act::Redact { version: 1 }.saying("〔已遮盖〕")),
        ("supervised", Act::Supervise { due }.saying("请说明")),
        (
            "proposed",
            Act::Reject {
                ground: Ground::OutsideCity,
            }
            .saying("已在诉讼中"),
        ),
    ] {
        let mut run = Run::plain();
        let command: Command = command;
        run.does(staff(10), command);
        assert!(run.clock(Stage::Respond, None).is_running(), "{what}");
        run.does(staff(1), Act::Accept);
        assert!(!run.clock(Stage::Respond, None).is_running(), "{what}");
    }
    for command in [Command::from(Act::Take), Act::Ask.saying("在几号门前？")] {
        let mut run = Run::plain();
        run.does(staff(1), command);
        assert!(!run.clock(Stage::Respond, None).is_running());
    }
}
