//! Calls, returns and assignments.

use super::*;

#[test]
fn the_second_return_is_the_commissions_and_final() {
    let ask = |part| Act::AskReturn { part, duty: None }.saying("不属我方职责");
    let rule = |part, uphold| Act::RuleOnReturn { part, uphold }.saying("裁定");
    let mut run = Run::plain();
    run.called();
    run.does(staff(5), ask(1));
    assert_eq!(run.refused(staff(5), ask(1)), Refusal::AlreadyDone);
    run.does(staff(4), rule(1, false));
    run.does(staff(5), ask(1));
    assert_eq!(run.refused(staff(4), rule(1, true)), Refusal::Final);
    let promised = run.clock(Stage::Resolve, Some(1)).clone();
    let unit = UnitCode::new("enforcement-appearance").unwrap();
    run.does(
        staff(8),
        Act::Assign {
            unit: unit.clone(),
            lead: true,
        },
    );
    assert_eq!(run.case.parts.len(), 2, "the same unit keeps its part");
    assert_eq!(
        run.clock(Stage::Resolve, Some(1)),
        &promised,
        "and its clock never stopped"
    );
    assert!(
        run.case.parts[0].assigned && run.case.parts[0].lead && !run.case.parts[0].return_asked
    );
    assert_eq!(run.refused(staff(5), ask(1)), Refusal::Final);
    assert_eq!(
        run.refused(staff(6), ask(2)),
        Refusal::Final,
        "final for this case"
    );
    assert_eq!(
        run.refused(staff(8), Act::Assign { unit, lead: true }),
        Refusal::AlreadyDone
    );
}

#[test]
fn a_return_is_asked_within_two_working_days_and_stops_nothing() {
    let ask = || {
        Act::AskReturn {
            part: 1,
            duty: None,
        }
        .saying("不属我方职责")
    };
    let mut run = Run::plain();
    run.called();
    let promised = run.case.resolve_clock().cloned();
    assert_eq!(
        run.refused(
            staff(5),
            Act::AskReturn {
                part: 1,
                duty: None
            }
        ),
        Refusal::NeedsText
    );
    // Called on Monday the 23rd: the first day does not count, Wednesday ends it.
    run.now = at("2026-11-26T00:00");
    assert_eq!(run.refused(staff(5), ask()), Refusal::TooLate);
    run.now = at("2026-11-25T23:59");
    run.does(staff(5), ask());
    run.does(
        staff(4),
        Act::RuleOnReturn {
            part: 1,
            uphold: true,
        }
        .saying("同意"),
    );
    assert_eq!(
        run.case.resolve_clock().cloned(),
        promised,
        "the resident's clock runs on"
    );
    assert!(
        run.clock(Stage::Resolve, Some(1)).cancelled,
        "the unit's own counts nowhere"
    );
    assert_eq!(
        run.refused(staff(5), Act::ReportIn { part: 1 }),
        Refusal::NoSuch("part")
    );
}

#[test]
fn a_call_has_one_lead_and_no_unit_twice() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Accept);
    for units in [
        &[][..],
        &[("enforcement-appearance", false)][..],
        &[("enforcement-appearance", true), ("resources-land", true)][..],
        &[
            ("enforcement-appearance", true),
            ("enforcement-appearance", false),
        ][..],
    ] {
        assert_eq!(
            run.refused(staff(1), call(units)),
            Refusal::OneLead,
            "{units:?}"
        );
    }
    assert_eq!(
        run.refused(staff(1), call(&[("nobody", true)])),
        Refusal::Unknown("unit")
    );
    run.does(staff(1), call(&[("enforcement-appearance", true)]));
    assert_eq!(
        run.refused(staff(1), call(&[("resources-land", true)])),
        Refusal::OneLead
    );
    run.does(staff(1), call(&[("resources-land", false)]));
    assert_eq!(run.case.parts.len(), 2);
}

#[test]
fn who_was_let_go_counts_for_no_joint_work() {
    let mut run = Run::plain();
    run.working();
    run.does(staff(6), Act::ReportIn { part: 2 });
    assert!(run.case.joint());
    for (officer, part) in [(6, 2), (5, 1)] {
        let ask = Act::AskReturn { part, duty: None }.saying("不属我方职责");
        run.does(staff(officer), ask);
        if part == 2 {
            let uphold = true;
            run.does(staff(4), Act::RuleOnReturn { part, uphold }.saying("同意"));
            assert!(run.case.linked() && !run.case.joint());
        }
    }
    let unit = UnitCode::new("safety-fire").unwrap();
    run.does(staff(8), Act::Assign { unit, lead: true });
    assert!(!run.case.linked(), "nobody who is on it has reported in");
}

#[test]
fn the_city_sets_how_long_a_return_may_be_asked_and_words_may_wait() {
    let mut files = city::files();
    files.policies.common.give_back = Some(Limit::WorkingDays(4));
    files.policies.common.release = Some(Limit::Minutes(30));
    let own = |code: &str| {
        let policies = files.policies.policy.iter();
        policies
            .enumerate()
            .find(|(_, policy)| policy.code.as_str() == code)
            .map(|(at, _)| at)
            .unwrap()
    };
    let (jiangsu, standard) = (own("jiangsu-15"), own("standard"));
    files.policies.policy[jiangsu].limits.give_back = Some(Limit::Hours(1));
    files.policies.policy[jiangsu].limits.release = Some(Limit::Hours(2));
    let city: &'static City = Box::leak(Box::new(City::build(files).unwrap()));
    let policy = |what: &str| city.category(&category(what)).unwrap().policy.to_string();
    assert_eq!(policy("street-vending"), "jiangsu-15");
    assert_eq!(
        policy("published-error"),
        city.policies[standard].code.to_string()
    );
    let ask = || {
        Act::AskReturn {
            part: 1,
            duty: None,
        }
        .saying("不属我方职责")
    };
    for (what, release, ends) in [
        (
            "published-error",
            Limit::Minutes(30),
            at("2026-11-28T00:00"),
        ),
        ("street-vending", Limit::Hours(2), at("2026-11-23T10:00")),
    ] {
        let public = Some(Visibility::Public);
        let mut run = Run::file_in(city, Filer::Resident, what, public);
        let clock = run.clock(Stage::Release, None);
        assert_eq!(clock.limit, release, "{what}");
        assert_eq!(
            clock.due,
            run.now.plus(match release {
                Limit::Hours(n) => Millis::hours(n.into()),
                Limit::Minutes(n) => Millis::minutes(n.into()),
                other => panic!("{other}"),
            })
        );
        run.called();
        run.now = ends;
        assert_eq!(run.refused(staff(5), ask()), Refusal::TooLate, "{what}");
        run.later(-Millis::minutes(1));
        run.does(staff(5), ask());
    }
}

#[test]
fn after_the_lead_was_let_go_somebody_has_to_be_called() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Accept);
    let units = [("enforcement-appearance", true), ("resources-land", false)];
    run.does(staff(1), call(&units));
    assert!(!run.case.awaits().meets(Awaits::LEAD));
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    let more = Act::AskExtension {
        clock: clock.id,
        until: clock.due.plus(Millis::days(1)),
    };
    run.does(staff(5), more.saying("等材料"));
    run.does(
        staff(5),
        Act::AskReturn {
            part: 1,
            duty: None,
        }
        .saying("不属我方职责"),
    );
    let uphold = true;
    run.does(
        staff(4),
        Act::RuleOnReturn { part: 1, uphold }.saying("同意"),
    );
    assert!(run.case.awaits().meets(Awaits::LEAD));
    assert!(Awaits::DECISIONS.meets(Awaits::LEAD), "it is in a list");
    assert_eq!(
        run.case.extension_asked, None,
        "they left, and their question with them"
    );
    let unit = UnitCode::new("safety-fire").unwrap();
    run.does(staff(8), Act::Assign { unit, lead: true });
    assert!(!run.case.awaits().meets(Awaits::LEAD));
}

#[test]
fn a_call_of_what_was_only_filed_accepts_it_and_says_its_words_once() {
    let mut run = Run::plain();
    let both = || call(&[("enforcement-appearance", true), ("resources-land", false)]);
    run.does(staff(1), both().saying("请来看看"));
    let facts: Vec<_> = run.log.iter().skip(1).map(|it| &it.event).collect();
    let [accepted, called] = facts[..] else {
        panic!("{facts:?}");
    };
    assert!(matches!(accepted.fact, Fact::Accepted { .. }) && accepted.words.is_none());
    assert!(matches!(called.fact, Fact::Called { .. }) && called.words.is_some());
    let ids: Vec<u32> = run.case.clocks.iter().map(|clock| clock.id).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(
        distinct.len(),
        ids.len(),
        "each clock has a number of its own: {ids:?}"
    );
    assert!(run.clock(Stage::Dispatch, None).stopped.is_some());
    // In two steps it comes to the same clocks.
    let mut two = Run::plain();
    two.does(staff(1), Act::Accept);
    two.does(staff(1), both().saying("请来看看"));
    assert_eq!(run.case.clocks, two.case.clocks);
    assert_eq!(run.case.state, two.case.state);
}
