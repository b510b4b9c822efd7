//! Results, and who judges them.

use super::*;

#[test]
fn ratings_go_from_one_to_five_once_for_each_result() {
    let mut run = Run::plain();
    run.resolved();
    for stars in [0, 6, 255] {
        assert_eq!(
            run.refused(REPORTER, Act::Rate { stars }),
            Refusal::NotARating
        );
    }
    run.does(REPORTER, Act::Rate { stars: 1 });
    assert_eq!(
        run.refused(REPORTER, Act::Rate { stars: 5 }),
        Refusal::OnlyOnce
    );
    run.does(staff(1), Act::SendBack.saying("没办好"));
    assert_eq!(
        run.case.verdicts[0].stars,
        Some(1),
        "sending it back does not take the star away"
    );
    run.does(staff(5), SOLVED);
    run.does(REPORTER, Act::Rate { stars: 5 });
}

#[test]
fn not_fixed_can_be_said_of_every_result() {
    let mut run = Run::plain();
    run.resolved();
    for round in 1..=3 {
        run.does(REPORTER, Act::Dispute.saying("还在漏"));
        assert_eq!(run.case.state.tag(), StateTag::InProgress, "round {round}");
        run.does(staff(5), SOLVED);
        assert_eq!(
            run.case.said_fixed(PartyNo(1)),
            None,
            "the new result is not judged yet"
        );
    }
    run.does(REPORTER, Act::Confirm);
    assert_eq!(run.refused(REPORTER, Act::Confirm), Refusal::AlreadyDone);
    assert_eq!(run.case.said_fixed(PartyNo(1)), Some(true));
}

#[test]
fn who_has_the_same_problem_judges_for_themself_only() {
    let mut run = Run::plain();
    run.does(Actor::System, Act::Join);
    run.resolved();
    run.does(NEIGHBOUR, Act::Dispute.saying("我这边还没好"));
    assert_eq!(
        run.case.state.tag(),
        StateTag::Resolved,
        "the reporter's case is not theirs to reopen"
    );
    assert_eq!(
        run.refused(NEIGHBOUR, Act::Dispute.saying("还没好")),
        Refusal::AlreadyDone
    );
    assert_eq!(run.case.said_fixed(PartyNo(1)), None);
}

#[test]
fn only_the_reporter_takes_a_case_one_level_up() {
    let mut run = Run::plain();
    run.does(Actor::System, Act::Join);
    run.does(staff(1), Act::Take);
    let solved = Act::Resolve {
        outcome: Outcome::Solved,
        enforcement: None,
        level: Level::Community,
    };
    run.does(staff(1), solved);
    run.does(NEIGHBOUR, Act::Dispute.saying("我这边还没好"));
    assert_eq!(run.case.level, Level::Community);
    run.does(REPORTER, Act::Dispute.saying("没解决"));
    assert_eq!(run.case.level, Level::Unit);
}

#[test]
fn a_case_that_staff_filed_is_never_judged() {
    let mut run = Run::file(Filer::Staff, "published-error", None);
    run.resolved();
    for actor in [REPORTER, NEIGHBOUR, staff(2)] {
        for verdict in [Act::Confirm, Act::Dispute, Act::Rate { stars: 5 }] {
            assert_eq!(
                run.refused(actor, verdict.saying("好")),
                Refusal::NobodyToJudge
            );
        }
    }
    assert!(
        matches!(run.refused(staff(1), Act::Close), Refusal::NotNow { .. }),
        "unchecked"
    );
    run.does(
        staff(1),
        Act::Verify {
            method: VerifyMethod::OnSite,
        },
    );
    run.does(staff(1), Act::Close);
}

#[test]
fn a_case_is_reopened_within_thirty_days() {
    let closed = || {
        let mut run = Run::plain();
        run.resolved();
        run.does(
            staff(1),
            Act::Verify {
                method: VerifyMethod::OnSite,
            },
        );
        run.does(staff(1), Act::Close);
        run
    };
    let mut run = closed();
    run.later(REOPEN_WINDOW);
    assert_eq!(run.refused(REPORTER, Act::Reopen), Refusal::TooLate);
    // What one thinks of the result can be said at any time, and stands beside it.
    run.does(REPORTER, Act::Dispute.saying("又坏了"));
    assert_eq!(run.case.said_fixed(PartyNo(1)), Some(false));
    assert_eq!(run.case.state.tag(), StateTag::Closed);
    assert!(
        run.case
            .clocks
            .iter()
            .all(|clock| clock.stage == Stage::Release || !clock.is_running())
    );
    run.does(REPORTER, Act::Confirm);
    let mut run = closed();
    run.later(REOPEN_WINDOW);
    run.later(-Millis::minutes(1));
    run.does(REPORTER, Act::Reopen);
    assert!(
        run.case.resolve_clock().unwrap().is_running(),
        "with a new promise"
    );
}

#[test]
fn an_outcome_is_what_it_says() {
    let resolve = |outcome| Act::Resolve {
        outcome,
        enforcement: None,
        level: Level::City,
    };
    let mut run = Run::plain();
    run.working();
    assert_eq!(
        run.refused(staff(5), resolve(Outcome::NoPower).saying("无权")),
        Refusal::MustTransfer
    );
    assert_eq!(
        run.refused(staff(5), resolve(Outcome::Planned).saying("列入")),
        Refusal::MustPark
    );
    let refusal = run.refused(staff(5), resolve(Outcome::LawfullyRefused));
    assert_eq!(refusal, Refusal::NeedsText, "a no is a reasoned no");
    let owner = UnitCode::new("resources-land").unwrap();
    let until = run.now.plus(Millis::days(60));
    assert_eq!(
        run.refused(
            staff(5),
            Act::Park {
                owner: owner.clone(),
                until: run.now
            }
            .saying("改建")
        ),
        Refusal::NotLater
    );
    run.does(staff(5), Act::Park { owner, until }.saying("改建停车场"));
    assert!(!run.case.handled(), "a plan is not a result");
    run.does(staff(5), resolve(Outcome::Planned));
    assert!(!run.case.handled());
    let mut run = Run::plain();
    run.does(staff(4), transfer(at("2026-12-20T00:00")));
    assert!(!run.case.handled(), "handing over is not handling");
}

#[test]
fn on_scene_categories_need_the_arrival_and_the_photo() {
    let mut run = Run::file(Filer::Resident, "street-vending", None);
    run.called();
    assert_eq!(
        run.refused(staff(5), Act::Arrive { part: 1 }),
        Refusal::PartsOpen,
        "nobody signed on"
    );
    run.does(staff(5), Act::ReportIn { part: 1 });
    let solved = || Command {
        act: SOLVED,
        words: Some(Words {
            photos: vec![PhotoId::new([1; 16])],
            ..Words::text("已清")
        }),
    };
    assert_eq!(
        run.refused(staff(5), solved()),
        Refusal::PartsOpen,
        "nobody was there"
    );
    assert_eq!(
        run.refused(staff(5), Act::FeedBack { part: 1 }),
        Refusal::PartsOpen
    );
    run.does(staff(5), Act::Arrive { part: 1 });
    let refusal = run.refused(staff(5), SOLVED.saying("已清"));
    assert_eq!(refusal, Refusal::EvidenceMissing(EvidenceKind::PhotoAfter));
    run.does(staff(5), solved());
}

#[test]
fn what_is_urged_is_overdue_and_what_is_supervised_is_answered_once() {
    let mut run = Run::plain();
    assert_eq!(run.refused(REPORTER, Act::Urge), Refusal::NotOverdue);
    run.later(Millis::days(30));
    run.does(REPORTER, Act::Urge);
    assert_eq!(run.case.urged, 1);
    let due = run.now.plus(Millis::days(1));
    run.does(staff(9), Act::Supervise { due }.saying("请说明"));
    assert_eq!(
        run.refused(staff(1), Act::AnswerSupervision { demand: 2 }.saying("是")),
        Refusal::NoSuch("demand")
    );
    run.does(
        staff(1),
        Act::AnswerSupervision { demand: 1 }.saying("已安排"),
    );
    assert_eq!(
        run.refused(staff(1), Act::AnswerSupervision { demand: 1 }.saying("是")),
        Refusal::AlreadyDone
    );
}

#[test]
fn what_is_fixed_on_the_spot_is_checked_within_a_limit() {
    let run = Run::file_as(
        &CITY,
        Filer::Staff,
        "published-error",
        None,
        Some(Words::text("已改")),
    );
    assert_eq!(run.case.state.tag(), StateTag::Resolved);
    let verify = run.clock(Stage::Verify, None);
    assert!(verify.is_running());
    assert_eq!(verify.limit, Limit::WorkingDays(2));
    let stopped = |stage| run.clock(stage, None).stopped;
    assert_eq!(
        (stopped(Stage::Respond), stopped(Stage::Resolve)),
        (Some(run.now), Some(run.now))
    );
}

#[test]
fn a_case_goes_up_one_level_at_a_time() {
    let mut run = Run::plain();
    assert_eq!(run.case.level, Level::Community);
    for (to, why) in [
        (Level::Grid, Refusal::AlreadyDone),
        (Level::Community, Refusal::AlreadyDone),
        (Level::City, Refusal::OneLevel),
    ] {
        assert_eq!(run.refused(staff(1), Act::Escalate { to }), why, "{to:?}");
    }
    // A job on a clock takes it further as well.
    run.does(Actor::System, Act::Escalate { to: Level::Unit });
    assert!(may(&Viewer::System, Verb::Escalate, &run.case).is_ok());
    run.does(staff(1), Act::Escalate { to: Level::City });
    run.refused(staff(1), Act::Escalate { to: Level::City });
}

/// A clock is its keeper's: what the community did itself only the station above it may check.
#[test]
fn the_check_is_owed_by_whoever_may_check() {
    let mut own = Run::plain();
    own.does(staff(1), Act::Take);
    own.does(staff(1), SOLVED);
    let station = Owner::Station(area("unit-06"));
    assert_eq!(own.clock(Stage::Verify, None).owner, station);
    let mut called = Run::plain();
    called.resolved();
    let community = Owner::Community(called.case.community.clone());
    assert_eq!(called.clock(Stage::Verify, None).owner, community);
    let spot = Run::file_as(
        &CITY,
        Filer::Staff,
        "published-error",
        None,
        Some(Words::text("当场改好了")),
    );
    assert_eq!(spot.clock(Stage::Verify, None).owner, station);
}
