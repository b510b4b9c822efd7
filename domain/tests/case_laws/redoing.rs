//! What is done again: asked for anew, proved anew, and under a clock.

use super::*;

fn photo() -> Words {
    Words {
        photos: vec![PhotoId::new([1; 16])],
        ..Words::text("已清")
    }
}

fn solved_with_photo() -> Command {
    Command {
        act: SOLVED,
        words: Some(photo()),
    }
}

#[test]
fn a_word_about_an_earlier_result_closes_no_later_one() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Take);
    run.does(staff(1), SOLVED);
    run.does(REPORTER, Act::Confirm);
    run.does(staff(4), Act::SendBack.saying("又坏了"));
    run.does(staff(1), SOLVED);
    assert!(
        matches!(run.refused(staff(1), Act::Close), Refusal::NotNow { .. }),
        "nobody has said anything of this result"
    );
    run.does(REPORTER, Act::Confirm);
    run.does(staff(1), Act::Close);
}

#[test]
fn a_redo_needs_its_own_proof() {
    type Undo = fn(&mut Run);
    let undo: [(&str, Undo); 2] = [
        ("sent back", |run| {
            run.does(staff(1), Act::SendBack.saying("现场没动"));
        }),
        ("disputed", |run| {
            run.does(REPORTER, Act::Dispute.saying("没解决"));
        }),
    ];
    for (how, undo) in undo {
        let mut run = Run::file(Filer::Resident, "street-vending", None);
        run.called();
        run.does(staff(5), Act::ReportIn { part: 1 });
        run.does(staff(5), Act::SetOut { part: 1 });
        run.does(staff(5), Act::Arrive { part: 1 });
        let before = Act::AddEvidence {
            evidence: EvidenceKind::PhotoBefore,
        };
        run.does(
            staff(5),
            Command {
                act: before,
                words: Some(photo()),
            },
        );
        run.does(staff(5), solved_with_photo());
        undo(&mut run);
        assert_eq!(run.case.evidence, [EvidenceKind::PhotoBefore], "{how}");
        assert_eq!(
            run.refused(staff(5), solved_with_photo()),
            Refusal::PartsOpen,
            "{how}: nobody was there again"
        );
        run.does(staff(5), Act::SetOut { part: 1 });
        run.does(staff(5), Act::Arrive { part: 1 });
        assert_eq!(
            run.refused(staff(5), SOLVED.saying("已清")),
            Refusal::EvidenceMissing(EvidenceKind::PhotoAfter),
            "{how}"
        );
        run.does(staff(5), solved_with_photo());
    }
}

#[test]
fn a_dispute_starts_the_clock_of_who_has_to_do_it_again() {
    let mut run = Run::plain();
    run.resolved();
    let first = run.clock(Stage::Resolve, Some(1)).clone();
    run.later(Millis::days(2));
    run.does(REPORTER, Act::Dispute.saying("没解决"));
    let again = run.clock(Stage::Resolve, Some(1));
    assert!(again.is_running() && again.id != first.id, "{again:?}");
    assert_eq!(
        (again.started, &again.limit, &again.owner),
        (run.now, &first.limit, &first.owner)
    );
    assert!(
        run.case.resolve_clock().unwrap().is_running(),
        "and the promise to the reporter"
    );
    run.does(staff(5), SOLVED);
    assert!(run.clock(Stage::Resolve, Some(1)).stopped.is_some());
}

#[test]
fn a_time_given_at_the_call_is_given_again() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Accept);
    let Act::Call { class, units, .. } = call(&[("enforcement-appearance", true)]) else {
        unreachable!()
    };
    let due = CallDue::Within(Limit::Hours(96));
    run.does(staff(1), Act::Call { class, units, due });
    run.does(staff(5), Act::ReportIn { part: 1 });
    run.does(staff(5), SOLVED);
    run.does(REPORTER, Act::Dispute.saying("没解决"));
    let again = run.clock(Stage::Resolve, Some(1));
    assert_eq!(again.due, run.now.plus(Millis::hours(96)));
}

#[test]
fn a_check_that_was_overdue_stays_missed() {
    let mut run = Run::plain();
    run.resolved();
    run.now = run.clock(Stage::Verify, None).due;
    run.does(REPORTER, Act::Dispute.saying("没解决"));
    assert!(run.clock(Stage::Verify, None).stopped_late());
}

#[test]
fn sent_back_after_the_lead_said_it_was_done_it_is_on_the_leads_list_again() {
    let mut run = Run::plain();
    run.called();
    run.does(staff(5), Act::ReportIn { part: 1 });
    run.later(Millis::hours(1));
    run.does(staff(5), Act::FeedBack { part: 1 }.saying("清完了"));
    let said = run.clock(Stage::Resolve, Some(1)).clone();
    assert_eq!(said.stopped, Some(run.now));
    run.later(Millis::hours(1));
    run.does(staff(5), SOLVED);
    run.later(Millis::hours(1));
    run.does(staff(4), Act::SendBack.saying("现场没动"));
    let again = run.clock(Stage::Resolve, Some(1));
    assert!(again.is_running(), "{again:?}");
    assert_eq!(
        (again.id, again.due),
        (said.id, said.due),
        "no time is given by it"
    );
    assert_eq!(run.case.parts[0].fed_back_at, None);
    // And the lead can say so again.
    run.does(staff(5), Act::FeedBack { part: 1 }.saying("这回清完了"));
    run.does(staff(5), SOLVED);
    assert!(run.clock(Stage::Resolve, Some(1)).stopped.is_some());
}
