//! What is on a list, and those who are called to it all the same.

use super::*;

fn park(run: &mut Run, by: u32) {
    let park = Act::Park {
        owner: UnitCode::new("resources-land").unwrap(),
        until: run.now.plus(Millis::days(60)),
    };
    run.does(staff(by), park.saying("列入改造"));
}

#[test]
fn who_is_assigned_to_what_was_parked_can_begin() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Accept);
    park(&mut run, 1);
    let unit = UnitCode::new("enforcement-appearance").unwrap();
    run.does(staff(8), Act::Assign { unit, lead: true });
    assert_eq!(run.case.state.tag(), StateTag::Dispatched);
    run.does(staff(5), Act::Sign { part: 1 });
    run.does(staff(5), Act::ReportIn { part: 1 });
    run.does(staff(5), SOLVED);
}

#[test]
fn a_unit_whose_clocks_run_can_act_while_the_case_is_parked() {
    let mut run = Run::plain();
    run.working();
    park(&mut run, 5);
    assert!(run.clock(Stage::ReportIn, Some(2)).is_running());
    run.does(staff(6), Act::Sign { part: 2 });
    run.does(staff(6), Act::ReportIn { part: 2 });
    assert_eq!(
        run.case.state.tag(),
        StateTag::Parked,
        "the plan is the leading unit's to leave"
    );
    run.does(staff(6), Act::SetOut { part: 2 });
    run.does(staff(6), Act::Arrive { part: 2 });
    run.does(staff(6), Act::FeedBack { part: 2 });

    // Who leads and had not come yet begins by coming.
    let mut run = Run::plain();
    run.called();
    park(&mut run, 5);
    run.does(staff(5), Act::ReportIn { part: 1 });
    assert_eq!(run.case.state.tag(), StateTag::InProgress);
}

#[test]
fn a_return_from_the_list_is_asked_and_ruled_on() {
    let mut run = Run::plain();
    run.called();
    park(&mut run, 5);
    for (officer, part) in [(6, 2), (5, 1)] {
        let ask = Act::AskReturn { part, duty: None }.saying("不属我方职责");
        run.does(staff(officer), ask);
        if part == 2 {
            let rule = Act::RuleOnReturn { part, uphold: true }.saying("同意");
            run.does(staff(4), rule);
        }
    }
    assert_eq!(run.case.state.tag(), StateTag::Parked);
}

/// What goes on the plan is not sent to a unit: nobody is late for having planned it.
#[test]
fn what_is_parked_owes_no_dispatch_any_more() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Accept);
    assert!(run.clock(Stage::Dispatch, None).is_running());
    park(&mut run, 1);
    let dispatch = run.clock(Stage::Dispatch, None);
    assert!(!dispatch.is_running() && dispatch.cancelled, "{dispatch:?}");
    // What had run out by then stays missed.
    let mut late = Run::plain();
    late.does(staff(1), Act::Accept);
    late.later(Millis::days(20));
    park(&mut late, 1);
    let dispatch = late.clock(Stage::Dispatch, None);
    assert!(
        !dispatch.is_running() && dispatch.stopped_late(),
        "{dispatch:?}"
    );
}
