//! What one case takes over from another.

use domain::decide::{give_back, take_in};

use super::*;

impl Run {
    fn records(&mut self, events: Vec<Event>) {
        for event in events {
            let recorded = Recorded {
                case: self.case.id,
                version: self.case.version + 1,
                at: self.now,
                event,
            };
            self.case = apply(Some(self.case.clone()), &recorded).unwrap();
            self.log.push(recorded);
        }
    }

    fn takes_in(&mut self, other: CaseId) {
        let from = Case {
            id: other,
            ..self.case.clone()
        };
        let events = take_in(&self.case, &from, staff(1)).unwrap();
        self.records(events);
    }
}

const OTHER: CaseId = CaseId::from_bytes([3; 16]);

#[test]
fn a_case_goes_on_only_in_an_open_one_of_the_same_problem() {
    let from = Run::plain().case;
    let not_now = |run: &Run| {
        let refused = take_in(&run.case, &from, staff(1));
        assert!(
            matches!(
                refused,
                Err(Refusal::NotNow {
                    verb: Verb::Merge,
                    ..
                })
            ),
            "{:?}: {refused:?}",
            run.case.state
        );
    };
    let mut run = Run::plain();
    run.resolved();
    not_now(&run);
    let method = VerifyMethod::OnSite;
    run.does(staff(1), Act::Verify { method });
    not_now(&run);
    run.does(staff(1), Act::Close);
    not_now(&run);

    let open = Run::plain().case;
    for other in [
        Case {
            category: category("street-vending"),
            ..open.clone()
        },
        Case {
            community: area("330383198094"),
            ..open.clone()
        },
    ] {
        assert_eq!(take_in(&other, &from, staff(1)), Err(Refusal::NotTheSame));
    }
    assert!(take_in(&open, &from, staff(1)).is_ok());
}

#[test]
fn a_merge_says_why() {
    let mut run = Run::plain();
    let merge = Act::Merge { into: OTHER };
    assert_eq!(run.refused(staff(1), merge), Refusal::NeedsText);
}

#[test]
fn a_case_in_which_others_go_on_does_not_end_without_an_answer() {
    let mut run = Run::plain();
    run.takes_in(OTHER);
    assert!(
        run.clock(Stage::Respond, None).is_running(),
        "what was done to another case answers nobody here"
    );
    let reject = Act::Reject {
        ground: Ground::OutsideCity,
    }
    .saying("不在本市");
    let due = run.now.plus(Millis::days(15));
    let others = Refusal::OthersGoOnInIt;
    assert_eq!(run.refused(REPORTER, Act::Withdraw), others);
    assert_eq!(run.refused(staff(1), reject), others);
    assert_eq!(run.refused(staff(4), transfer(due)), others);
    assert_eq!(
        give_back(&run.case, CaseId::from_bytes([9; 16]), staff(1)),
        []
    );
    let back = give_back(&run.case, OTHER, staff(1));
    run.records(back);
    run.does(staff(4), transfer(due));
}
