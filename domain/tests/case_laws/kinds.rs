//! What each kind of case knows, and what it may become.

use super::*;

#[test]
fn a_kind_knows_its_verbs() {
    // Written from the design: a tip is sealed, a request is decided by its office, a task has
    // receipts and nobody to judge it.
    for (kind, never) in [
        (Kind::Whistle, &[][..]),
        (
            Kind::Tip,
            &[
                Verb::Join,
                Verb::Publish,
                Verb::Hold,
                Verb::Merge,
                Verb::Unmerge,
                Verb::ChangeVisibility,
            ][..],
        ),
        (
            Kind::Request,
            &[
                Verb::Join,
                Verb::Publish,
                Verb::Hold,
                Verb::Merge,
                Verb::Unmerge,
            ][..],
        ),
        (
            Kind::Task,
            &[
                Verb::Join,
                Verb::Publish,
                Verb::Hold,
                Verb::Confirm,
                Verb::Dispute,
                Verb::Rate,
                Verb::Urge,
                Verb::Withdraw,
            ][..],
        ),
    ] {
        for verb in never {
            assert!(!allowed(kind, *verb), "{kind:?} {verb:?}");
        }
        for verb in [
            Verb::Accept,
            Verb::Note,
            Verb::Resolve,
            Verb::Verify,
            Verb::Close,
        ] {
            assert!(allowed(kind, verb), "{kind:?} {verb:?}");
        }
    }
}

#[test]
fn a_tip_is_never_told_as_a_whistle_nor_made_one() {
    let now = at("2026-11-23T09:00");
    let filing = |kind, what: &str| Filing {
        kind,
        number: CaseNumber::new(CITY.time.civil(now).date, 1),
        channel: Channel::Api,
        filer: Filer::Resident,
        category: category(what),
        community: area("330383198023"),
        grid: None,
        visibility: Some(Visibility::Public),
        may_call: false,
        recurrence_of: None,
        external: None,
        consent: None,
        words: Words::text(SPOKEN),
        fixed: None,
    };
    let file = |kind, what| decide::file(filing(kind, what), REPORTER, &Rules::new(&CITY), now);
    assert_eq!(
        file(Kind::Whistle, "tip-official"),
        Err(Refusal::Unknown("category"))
    );
    assert_eq!(
        file(Kind::Tip, "street-vending"),
        Err(Refusal::Unknown("category"))
    );
    let tip = file(Kind::Tip, "tip-official").unwrap();
    assert!(
        matches!(
            tip[0].fact,
            Fact::Filed {
                visibility: Visibility::Private,
                ..
            }
        ),
        "whatever was asked for, a tip is sealed"
    );
    let mut run = Run::plain();
    for to in ["tip-official", "rubbish", "nothing"] {
        let refusal = run.refused(
            staff(1),
            Act::Reclassify {
                category: category(to),
            },
        );
        assert_eq!(refusal, Refusal::Unknown("category"), "{to}");
    }
}

/// What was told to the wrong community goes to the right one, with every promise as it stands; it
/// does not go round in circles.
#[test]
fn a_case_goes_to_another_community_twice_at_most_and_buys_no_time() {
    let to = |code: &str| {
        Act::Move {
            community: area(code),
        }
        .saying("路口在那边")
    };
    let mut run = Run::plain();
    let due = |run: &Run| {
        let clocks = run.case.clocks.iter();
        clocks
            .map(|clock| (clock.id, clock.due, clock.first_due))
            .collect::<Vec<_>>()
    };
    let (promised, here) = (due(&run), run.case.community.clone());
    run.later(Millis::hours(1));
    for (wrong, why) in [
        (here.as_str(), Refusal::AlreadyDone),
        ("unit-06", Refusal::Unknown("community")),
        ("999999999999", Refusal::Unknown("community")),
    ] {
        assert_eq!(run.refused(staff(1), to(wrong)), why, "{wrong}");
    }
    run.does(staff(1), to("330383198094"));
    assert_eq!(run.case.community, area("330383198094"));
    assert_eq!(due(&run), promised);
    let owners = run.case.clocks.iter().map(|clock| &clock.owner);
    let there = Owner::Community(area("330383198094"));
    assert!(
        owners.clone().all(|owner| *owner == there),
        "{:?}",
        owners.collect::<Vec<_>>()
    );
    assert!(
        run.clock(Stage::Respond, None).is_running(),
        "to pass it on is no response"
    );
    run.does(staff(3), to(here.as_str()));
    assert_eq!(run.refused(staff(1), to("330383198094")), Refusal::OnlyOnce);
    assert_eq!(due(&run), promised);
    // What departments are called to is theirs and its community's.
    let mut called = Run::plain();
    called.called();
    assert!(matches!(
        called.refused(staff(1), to("330383198094")),
        Refusal::NotNow { .. } | Refusal::PartsOpen
    ));
}
