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
fn a_rejection_that_was_wrong_buys_no_time() {
    let reject = || {
        Act::Reject {
            ground: Ground::OutsideCity,
        }
        .saying("不在本市")
    };
    for late in [false, true] {
        let mut run = Run::plain();
        run.does(staff(1), Act::Accept);
        let promised = run.case.resolve_clock().unwrap().clone();
        let dispatch = run.clock(Stage::Dispatch, None).clone();
        if late {
            run.now = promised.due;
        }
        run.does(staff(1), reject());
        run.does(staff(4), reject());
        run.does(REPORTER, Act::AskReview);
        run.later(Millis::hours(5));
        run.does(
            staff(9),
            Act::ReviewRejection { uphold: false }.saying("应当受理"),
        );
        let of = |stage| {
            let clocks = run.case.clocks.iter();
            let all = clocks.filter(|clock| clock.stage == stage && clock.part.is_none());
            all.collect::<Vec<_>>()
        };
        assert_eq!(of(Stage::Resolve), [&promised], "late: {late}");
        assert_eq!(of(Stage::Dispatch), [&dispatch], "late: {late}");
        assert_eq!(run.case.resolve_clock().unwrap().is_late(run.now), late);
    }

    // Rejected while it waited for an answer: the wait ended there, and counted that far.
    let mut run = Run::plain();
    let due = run.case.resolve_clock().unwrap().due;
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    run.later(Millis::hours(3));
    run.does(staff(1), reject());
    run.does(staff(4), reject());
    run.later(Millis::hours(9));
    run.does(REPORTER, Act::AskReview);
    run.does(
        staff(9),
        Act::ReviewRejection { uphold: false }.saying("应当受理"),
    );
    let clock = run.case.resolve_clock().unwrap();
    assert!(!clock.is_paused());
    assert_eq!(clock.due, due.plus(Millis::hours(3)));

    // Rejected as it came in: nobody had to call anybody yet.
    let mut run = Run::plain();
    run.does(staff(1), reject());
    run.does(staff(4), reject());
    run.does(REPORTER, Act::AskReview);
    run.does(
        staff(9),
        Act::ReviewRejection { uphold: false }.saying("应当受理"),
    );
    assert!(run.clock(Stage::Dispatch, None).is_running());
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

/// A person by every appointment they hold, acting under the first.
fn person(nos: &[u32]) -> Acting {
    Acting {
        actor: staff(nos[0]),
        person: nos.iter().copied().map(AppointmentNo).collect(),
    }
}

#[test]
fn two_appointments_are_not_two_people() {
    let reject = || {
        Act::Reject {
            ground: Ground::OutsideCity,
        }
        .saying("不在本市")
    };
    let mut run = Run::plain();
    run.does(person(&[1, 4, 9]), reject());
    assert_eq!(
        run.refused(person(&[4, 1, 9]), reject()),
        Refusal::SecondPerson
    );
    run.does(person(&[4, 20]), reject());
    run.does(REPORTER, Act::AskReview);
    let review = || Act::ReviewRejection { uphold: true }.saying("维持");
    // Neither of the two reviews what both decided.
    assert_eq!(
        run.refused(person(&[9, 1, 4]), review()),
        Refusal::SecondPerson
    );
    assert_eq!(
        run.refused(person(&[8, 20, 4]), review()),
        Refusal::SecondPerson
    );
    run.does(person(&[9]), review());

    let mut run = Run::plain();
    let quarantine = || Act::Quarantine.saying("疑似涉密");
    run.does(person(&[13, 8]), quarantine());
    assert_eq!(
        run.refused(person(&[8, 13]), quarantine()),
        Refusal::SecondPerson
    );
    run.does(person(&[8]), quarantine());

    // Nobody rules on what they asked for.
    let mut run = Run::plain();
    run.working();
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    let until = clock.due.plus(Millis::days(1));
    let ask = Act::AskExtension {
        clock: clock.id,
        until,
    };
    run.does(person(&[5, 4]), ask.saying("等材料"));
    let grant = || Act::RuleOnExtension { grant: true };
    assert_eq!(run.refused(person(&[4, 5]), grant()), Refusal::SecondPerson);
    run.does(person(&[4]), grant());
    let ask = |part| Act::AskReturn { part, duty: None }.saying("不属我方职责");
    run.does(person(&[5, 4, 8]), ask(1));
    let rule = || {
        Act::RuleOnReturn {
            part: 1,
            uphold: false,
        }
        .saying("请承办")
    };
    assert_eq!(run.refused(person(&[4, 5]), rule()), Refusal::SecondPerson);
    run.does(person(&[4]), rule());
    run.does(person(&[5, 8]), ask(1));
    let assign = || Act::Assign {
        unit: UnitCode::new("safety-fire").unwrap(),
        lead: true,
    };
    assert_eq!(
        run.refused(person(&[8, 5]), assign()),
        Refusal::SecondPerson
    );
    run.does(person(&[8]), assign());

    // Nor answers what they demanded.
    let due = run.now.plus(Millis::days(1));
    run.does(person(&[9, 1]), Act::Supervise { due }.saying("请说明"));
    let answer = || Act::AnswerSupervision { demand: 1 }.saying("已安排");
    assert_eq!(
        run.refused(person(&[1, 9]), answer()),
        Refusal::SecondPerson
    );
    run.does(person(&[1]), answer());
}

#[test]
fn nobody_checks_what_they_worked_on_under_another_appointment() {
    let post = |no, role, line: Line, home| Appointment {
        no: AppointmentNo(no),
        role,
        line,
        reach: domain::access::Reach::City,
        home,
        from: at("2020-01-01T00:00"),
        until: None,
        terms: domain::access::Terms::default(),
    };
    let unit = |code: &str| UnitCode::new(code).unwrap();
    let mut run = Run::plain();
    run.resolved();
    // Appointed by the department, at work for its module: no office of theirs is a handler's.
    let officer = Appointment {
        until: Some(run.now),
        ..post(
            5,
            Role::Officer,
            Line::Units(vec![unit("enforcement-appearance")]),
            Owner::Unit(unit("enforcement")),
        )
    };
    let supervisor = || post(9, Role::Supervisor, Line::All, Owner::City);
    let alone = Viewer::Staff(vec![supervisor()].into());
    let both = Viewer::Staff(Staff::of(vec![officer, supervisor()], run.now));
    for verb in [Verb::Verify, Verb::SendBack, Verb::CallBack] {
        assert!(may(&alone, verb, &run.case).is_ok(), "{verb:?}");
        assert_eq!(
            may(&both, verb, &run.case),
            Err(Denied::NotYours),
            "{verb:?}"
        );
    }
}

#[test]
fn a_contractor_arrives_feeds_back_and_shows_evidence_where_the_unit_is_called() {
    let contractor = |code: &str| {
        let appointment = Appointment {
            no: AppointmentNo(30),
            role: Role::Contractor,
            line: Line::Units(vec![UnitCode::new(code).unwrap()]),
            reach: domain::access::Reach::City,
            home: Owner::Unit(UnitCode::new(code).unwrap()),
            from: at("2020-01-01T00:00"),
            until: None,
            terms: domain::access::Terms::default(),
        };
        Viewer::Staff(vec![appointment].into())
    };
    let can = |viewer: &Viewer, case: &Case| -> Vec<Verb> {
        let verbs = Verb::ALL.iter().copied();
        verbs
            .filter(|verb| may(viewer, *verb, case).is_ok())
            .collect()
    };
    let theirs = contractor("resources-land");
    let mut run = Run::file(
        Filer::Resident,
        "published-error",
        Some(Visibility::Private),
    );
    assert_eq!(can(&theirs, &run.case), []);
    assert!(
        !domain::access::sees(&contractor("office-data"), &run.case),
        "its line is not enough"
    );
    run.working();
    assert_eq!(
        can(&theirs, &run.case),
        [Verb::Arrive, Verb::FeedBack, Verb::AddEvidence]
    );
    assert_eq!(can(&contractor("safety-fire"), &run.case), []);
    run.does(
        staff(6),
        Act::AskReturn {
            part: 2,
            duty: None,
        }
        .saying("不属我方"),
    );
    run.does(
        staff(4),
        Act::RuleOnReturn {
            part: 2,
            uphold: true,
        }
        .saying("同意"),
    );
    assert_eq!(can(&theirs, &run.case), [], "let go, with the unit");
}

#[test]
fn who_files_for_a_resident_says_how_they_agreed() {
    let filing = |filer, consent| Filing {
        kind: Kind::Whistle,
        number: CaseNumber::new(CITY.time.civil(at("2026-11-23T09:00")).date, 1),
        channel: Channel::Staff,
        filer,
        category: category("published-error"),
        community: area("330383198023"),
        grid: None,
        visibility: None,
        may_call: false,
        recurrence_of: None,
        external: None,
        consent,
        words: Words::text(SPOKEN),
        fixed: None,
    };
    let file = |filer, consent| {
        let rules = Rules::new(&CITY);
        decide::file(
            filing(filer, consent),
            staff(2),
            &rules,
            at("2026-11-23T09:00"),
        )
    };
    assert_eq!(file(Filer::Proxy, None), Err(Refusal::NeedsConsent));
    for agreed in Consent::ALL {
        let events = file(Filer::Proxy, Some(*agreed)).unwrap();
        let case = fold(&events, at("2026-11-23T09:00"));
        assert_eq!(case.consent, Some(*agreed));
    }
    let own = file(Filer::Staff, Some(Consent::Phone)).unwrap();
    assert_eq!(
        fold(&own, at("2026-11-23T09:00")).consent,
        None,
        "there is nobody to agree"
    );
}

#[test]
fn staff_file_nothing_more_public_than_its_category() {
    let of = |what: &str| CITY.category(&category(what)).unwrap().visibility;
    let private = CITY
        .leaf_categories()
        .into_iter()
        .find(|leaf| {
            leaf.visibility == Visibility::Private
                && !leaf.always_private
                && !leaf.emergency
                && leaf.kind == domain::city::CategoryKind::Whistle
        })
        .unwrap();
    assert_eq!(of("published-error"), Visibility::Public);
    let filing = |filer, visibility| Filing {
        kind: Kind::Whistle,
        number: CaseNumber::new(CITY.time.civil(at("2026-11-23T09:00")).date, 1),
        channel: Channel::Staff,
        filer,
        category: private.code.clone(),
        community: area("330383198023"),
        grid: None,
        visibility,
        may_call: false,
        recurrence_of: None,
        external: None,
        consent: Some(Consent::Phone),
        words: Words::text(SPOKEN),
        fixed: None,
    };
    let file = |filer, visibility| {
        let now = at("2026-11-23T09:00");
        decide::file(filing(filer, visibility), staff(2), &Rules::new(&CITY), now)
    };
    for filer in [Filer::Proxy, Filer::Staff] {
        for open in [Visibility::Public, Visibility::PublicWithoutDetail] {
            let refused = file(filer, Some(open));
            assert_eq!(refused, Err(Refusal::NotThisVisibility), "{filer:?}");
        }
        assert!(file(filer, None).is_ok());
    }
    assert!(file(Filer::Resident, Some(Visibility::Public)).is_ok());
}

fn fold(events: &[Event], at: Timestamp) -> Case {
    let mut case = None;
    for (event, version) in events.iter().cloned().zip(1..) {
        let recorded = Recorded {
            case: CaseId::new(at, [7; 10]),
            version,
            at,
            event,
        };
        case = Some(apply(case, &recorded).unwrap());
    }
    case.unwrap()
}
