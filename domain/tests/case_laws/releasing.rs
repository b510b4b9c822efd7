//! Who may see the words.

use super::*;

#[test]
fn who_has_the_same_problem_reads_what_everybody_reads() {
    let mut run = Run::plain();
    run.does(Actor::System, Act::Join);
    let party = |no| Viewer::Party {
        case: run.case.id,
        party: PartyNo(no),
    };
    let (reporter, neighbour) = (party(1), party(2));
    assert!(reads_words(&reporter, &run.case));
    assert!(!reads_words(&neighbour, &run.case), "nobody released it");
    run.does(staff(10), Act::Publish);
    assert!(reads_words(&neighbour, &run.case));
    let close = Act::ChangeVisibility {
        to: Visibility::Private,
    };
    run.does(REPORTER, close);
    assert!(!reads_words(&neighbour, &run.case));
    assert!(reads_words(&reporter, &run.case));
}

#[test]
fn what_is_said_after_the_release_waits_for_the_next() {
    let mut run = Run::plain();
    run.does(staff(10), Act::Publish);
    assert_eq!(run.refused(staff(10), Act::Publish), Refusal::AlreadyDone);
    run.does(REPORTER, Act::AddInformation.saying("还有一件事"));
    assert!(run.case.more_to_release);
    run.does(staff(10), Act::Publish);
    assert!(!run.case.more_to_release);
    run.does(staff(10), Act::Hold.saying("写了别人的电话"));
    assert!(!run.case.words_are_public());
    run.does(staff(10), Act::Publish);
    assert!(run.case.words_are_public());
}

#[test]
fn only_the_reporter_makes_a_case_more_public_and_staff_say_why_they_close_it() {
    let to = |to| Act::ChangeVisibility { to };
    let mut run = Run::plain();
    assert_eq!(
        run.refused(staff(1), to(Visibility::Private)),
        Refusal::NeedsText
    );
    run.does(staff(1), to(Visibility::Private).saying("写了别人的病情"));
    assert_eq!(
        run.refused(staff(1), to(Visibility::Public).saying("改回")),
        Refusal::NotThisVisibility
    );
    assert_eq!(
        run.refused(NEIGHBOUR, to(Visibility::Public)),
        Refusal::NotThisVisibility
    );
    run.does(REPORTER, to(Visibility::Public));
    assert_eq!(
        run.case.release,
        Release::Waiting,
        "and a named person looks at it again"
    );

    let mut run = Run::file(Filer::Resident, "family-violence", None);
    assert_eq!(run.case.visibility, Visibility::Private);
    for open in [Visibility::Public, Visibility::PublicWithoutDetail] {
        assert_eq!(run.refused(REPORTER, to(open)), Refusal::NotThisVisibility);
    }
    assert_eq!(
        run.refused(Actor::System, Act::Join),
        Refusal::AlwaysPrivate
    );
    let elsewhere = CaseId::from_bytes([3; 16]);
    assert_eq!(
        run.refused(staff(1), Act::Merge { into: elsewhere }.saying("同一处")),
        Refusal::AlwaysPrivate
    );
}

#[test]
fn what_is_added_after_a_release_has_a_limit_of_its_own() {
    let additions = |run: &Run| {
        let of = |clock: &&RunningClock| clock.stage == Stage::Release && clock.is_running();
        run.case.clocks.iter().filter(of).count()
    };
    let mut run = Run::plain();
    run.does(REPORTER, Act::AddInformation.saying("先补一句"));
    assert_eq!(additions(&run), 1, "the first release covers it");
    run.does(staff(10), Act::Publish);
    assert_eq!(additions(&run), 0);
    run.later(Millis::days(1));
    run.does(REPORTER, Act::AddInformation.saying("又来了"));
    assert_eq!(additions(&run), 1);
    let clock = run.clock(Stage::Release, None).clone();
    assert_eq!(
        (clock.started, clock.limit),
        (run.now, Limit::ServiceMinutes(240))
    );
    run.later(Millis::minutes(5));
    run.does(staff(1), Act::Ask.saying("哪一层？"));
    run.does(REPORTER, Act::Answer.saying("三层"));
    assert_eq!(
        run.clock(Stage::Release, None),
        &clock,
        "what is added meanwhile gives no new time"
    );
    run.does(staff(10), Act::Publish);
    assert_eq!(additions(&run), 0);
    run.resolved();
    run.does(REPORTER, Act::Dispute.saying("还在"));
    assert_eq!(
        additions(&run),
        1,
        "what is said of the result is words too"
    );
    run.does(staff(10), Act::Hold.saying("写了电话"));
    assert_eq!(additions(&run), 0, "held is ruled on");
}
