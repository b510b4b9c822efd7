//! What takes two people.

use super::*;

#[test]
fn two_people_reject_on_one_ground_and_two_quarantine() {
    let reject = |ground| Act::Reject { ground }.saying("依据");
    let mut run = Run::plain();
    assert_eq!(
        run.refused(
            staff(1),
            Act::Reject {
                ground: Ground::OutsideCity
            }
        ),
        Refusal::NeedsText
    );
    run.does(staff(1), reject(Ground::OutsideCity));
    assert_eq!(
        run.refused(staff(1), reject(Ground::OutsideCity)),
        Refusal::SecondPerson
    );
    run.does(staff(4), reject(Ground::NotActionable));
    assert_eq!(
        run.case.state.tag(),
        StateTag::Filed,
        "another ground is another proposal"
    );
    run.does(staff(1), reject(Ground::NotActionable));
    assert_eq!(run.case.state.tag(), StateTag::Rejected);
    // The reporter may ask once for another look.
    run.does(REPORTER, Act::AskReview);
    assert_eq!(run.refused(REPORTER, Act::AskReview), Refusal::OnlyOnce);
    run.does(
        staff(9),
        Act::ReviewRejection { uphold: true }.saying("维持"),
    );
    assert_eq!(
        run.refused(
            staff(9),
            Act::ReviewRejection { uphold: false }.saying("改")
        ),
        Refusal::OnlyOnce
    );

    let mut run = Run::plain();
    let quarantine = || Act::Quarantine.saying("疑似涉密");
    assert_eq!(
        run.refused(Actor::System, quarantine()),
        Refusal::SecondPerson,
        "no job does that"
    );
    run.does(staff(13), quarantine());
    assert_eq!(run.refused(staff(13), quarantine()), Refusal::SecondPerson);
    assert!(!run.case.quarantined);
    run.does(staff(15), quarantine());
    assert!(run.case.quarantined);
}

#[test]
fn a_proposal_to_reject_ends_when_the_case_is_worked_on() {
    let mut run = Run::plain();
    run.does(
        staff(1),
        Act::Reject {
            ground: Ground::OutsideCity,
        }
        .saying("不在本市"),
    );
    run.does(staff(4), Act::Accept);
    let reject = Act::Reject {
        ground: Ground::OutsideCity,
    }
    .saying("不在本市");
    run.does(staff(4), reject);
    assert_eq!(
        run.case.state.tag(),
        StateTag::Accepted,
        "a first person again"
    );
}
