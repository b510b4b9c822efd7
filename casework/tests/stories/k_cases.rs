//! The three real cases, replayed with a moved clock. Times, places and steps are the articles';
//! where the rules need a step that an article does not tell (a unit reports in before it says what
//! it did), it stands at the moment of the next one that is told.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::{
    Error, act, board,
    file::{StaffFiled, StaffFiling, file_as_staff},
    look::{photo, story},
    views::CaseStory,
};
use domain::{
    access::Viewer,
    case::{
        CallClass, Case, Channel, Consent, EnforcementOutcome, EvidenceKind, Filer, Level, Outcome,
        StateTag, VerifyMethod,
    },
    clock::{Limit, RunningClock, Stage},
    decide::{Act, CallDue, Called, Command, Refusal},
    event::{Fact, Words},
    ids::{AppointmentNo, AreaCode, CaseId, CategoryCode, UnitCode},
    lang::Lang,
    place::Place,
    reference::CaseNumber,
    text::PlaceText,
    time::{Millis, parse_date},
    verb::Verb,
};
use store::{PhotoSize, testing::each_engine};

use crate::town::{CITY, HUAZHONG, Town, XIANGGANG, at, staff};

const MINUTE: i64 = 60_000;

fn span(days: i64, hours: i64, minutes: i64) -> Millis {
    Millis::minutes((days * 24 + hours) * 60 + minutes)
}

fn called(unit: &str, lead: bool) -> Called {
    Called {
        unit: UnitCode::new(unit).unwrap(),
        lead,
    }
}

fn words(text: &str, place: &str) -> Words {
    Words {
        text: Some(text.to_owned()),
        place: Some(Place {
            text: PlaceText::new(place).unwrap(),
            position: None,
        }),
        photos: Vec::new(),
    }
}

/// What a grid officer of 象岗 tells on patrol.
fn patrol(category: &str, words: Words) -> StaffFiling {
    StaffFiling {
        filer: Filer::Staff,
        channel: Channel::Staff,
        category: CategoryCode::new(category).unwrap(),
        community: AreaCode::new(XIANGGANG).unwrap(),
        grid: None,
        visibility: None,
        words,
        fixed: None,
        external: None,
        consent: None,
        contact: store::Contact::default(),
    }
}

fn the_clock(case: &Case, stage: Stage, part: Option<u32>) -> &RunningClock {
    let mut of = case
        .clocks
        .iter()
        .filter(|clock| clock.stage == stage && clock.part == part);
    let clock = of
        .next()
        .unwrap_or_else(|| panic!("no clock {stage} of part {part:?}"));
    assert!(of.next().is_none(), "one clock {stage} of part {part:?}");
    clock
}

/// Resolves with a photo of what was done.
async fn resolve(
    town: &Town,
    who: &Viewer,
    case: CaseId,
    text: &str,
    how: Option<EnforcementOutcome>,
) -> Case {
    let key = town.key();
    let photo = town.photo(&key, 200).await;
    let command = Command {
        act: Act::Resolve {
            outcome: Outcome::Solved,
            enforcement: how,
            level: Level::City,
        },
        words: Some(Words {
            photos: vec![photo],
            ..Words::text(text)
        }),
    };
    act::act_with_photos(&town.desk, who, &key, case, None, command)
        .await
        .unwrap()
}

/// What no one may ever say of a case that staff filed: neither staff, nor anybody with a code of
/// it, nor a resident who has the same problem.
async fn nobody_judges(town: &Town, filed: &StaffFiled) {
    let (id, number) = (filed.case, filed.number);
    assert_eq!(
        filed.code_for_resident, None,
        "there is no resident to get a code"
    );
    let judge = || [Act::Confirm, Act::Dispute, Act::Rate { stars: 5 }];
    for name in [
        "grid officer of 象岗",
        "secretary of 象岗",
        "dispatcher of 象岗",
        "appearance officer",
        "supervisor",
    ] {
        for verdict in judge() {
            let denied = town
                .denied(&staff(name), id, verdict.saying("没解决"))
                .await;
            assert!(matches!(denied, Error::Forbidden), "{name}: {denied:?}");
        }
    }
    for verdict in judge() {
        let denied = town
            .denied(&Viewer::Anonymous, id, verdict.saying("没解决"))
            .await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
    }
    // The first to join such a case has the number that else the reporter has.
    let open = !town.case(id).await.state.tag().is_ended();
    if open {
        let (_, code) = act::join(&town.desk, &town.key(), number, "")
            .await
            .unwrap();
        let neighbour = town.holder(&code).await;
        for verdict in judge() {
            let refusal = town.refused(&neighbour, id, verdict.saying("没解决")).await;
            assert_eq!(refusal, Refusal::NobodyToJudge);
        }
        for verb in [Verb::Confirm, Verb::Dispute, Verb::Rate, Verb::Withdraw] {
            let offered = see(town, &neighbour, number).await.actions;
            assert!(!offered.contains(&verb), "{verb:?} is offered");
        }
    }
    let case = town.case(id).await;
    assert!(!case.judged_by_resident());
    assert!(case.verdicts.is_empty());
}

async fn see(town: &Town, who: &Viewer, number: CaseNumber) -> CaseStory {
    story(&town.desk, who, number, Lang::ZhHans).await.unwrap()
}

/// The figures of a store that holds this one case, once they have caught up with its log.
async fn figures(town: &Town, only: CaseId) -> casework::views::Figures {
    let case = town.case(only).await;
    town.fresh.logged(u64::from(case.version)).await;
    let mut rollups = store::Rollups::new(CITY.time.clone());
    town.desk.store.catch_up(&mut rollups).await.unwrap();
    board::figures(&town.desk, None).await.unwrap()
}

/// K1 up to the call: reported 9:23, the opinion an hour later.
async fn k1_called(town: &Town, category: &str) -> StaffFiled {
    let (grid, station) = (staff("grid officer of 象岗"), staff("dispatcher of 象岗"));
    town.at("2021-05-08T09:23");
    let told = words(
        "2000多平方米空地无人管理，被周边饭店用于倾倒厨余垃圾",
        "龙翔路1915号后面",
    );
    let filed = file_as_staff(&town.desk, &grid, &town.key(), patrol(category, told))
        .await
        .unwrap();
    town.does(&station, filed.case, Act::Accept).await;
    town.at("2021-05-08T10:23");
    let opinion = "联合市执法局、市资源规划局清理垃圾，改建停车场，在6月20日前完成";
    town.does(
        &station,
        filed.case,
        Act::Assess { duty: None }.saying(opinion),
    )
    .await;
    let call = Act::Call {
        class: CallClass::HardProblem,
        units: vec![
            called("enforcement-appearance", true),
            called("resources-land", false),
        ],
        // "在6月20日前完成": the whole of that day.
        due: CallDue::Until(at("2021-06-21T00:00")),
    };
    town.does(&station, filed.case, call).await;
    filed
}

#[tokio::test(flavor = "multi_thread")]
async fn k1_an_hour_breaks_two_minutes_and_meets_the_project_policy() {
    let worked = parse_date("2021-05-08").unwrap();
    assert!(
        CITY.calendar.is_working_day(worked),
        "a Saturday worked instead of another day"
    );
    assert!(CITY.calendar.is_make_up_day(worked));
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let quick = k1_called(&town, "fire-lane-blocked").await;
        let case = town.case(quick.case).await;
        let dispatch = the_clock(&case, Stage::Dispatch, None);
        assert_eq!(dispatch.policy.as_str(), "longgang-1-2-3-45");
        // The station is staffed on that Saturday, so the two minutes run at once.
        assert_eq!(dispatch.limit, Limit::ServiceMinutes(2));
        assert_eq!(dispatch.due, at("2021-05-08T09:25"));
        assert_eq!(dispatch.stopped, Some(at("2021-05-08T10:23")));
        assert!(dispatch.stopped_late(), "sixty minutes are more than two");
        assert_eq!(dispatch.gross(at("2021-06-01T00:00")), span(0, 1, 0));

        let project = k1_called(&town, "vacant-land").await;
        let case = town.case(project.case).await;
        let dispatch = the_clock(&case, Stage::Dispatch, None);
        assert_eq!(dispatch.policy.as_str(), "project");
        // The first day does not count, Sunday is none, Monday is the one.
        assert_eq!(dispatch.due, at("2021-05-11T00:00"));
        assert!(!dispatch.stopped_late());
        assert_eq!(dispatch.gross(at("2021-06-01T00:00")), span(0, 1, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k1_is_done_in_time_and_ends_by_a_check_from_outside() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let filed = k1_called(&town, "vacant-land").await;
        let (enforcement, land) = (staff("appearance officer"), staff("land officer"));
        let secretary = staff("secretary of 象岗");

        town.at("2021-06-15T11:00");
        town.does(&enforcement, filed.case, Act::ReportIn { part: 1 })
            .await;
        assert!(town.case(filed.case).await.linked());
        assert!(
            !town.case(filed.case).await.joint(),
            "one department is 联动, not 联合"
        );
        town.does(&land, filed.case, Act::ReportIn { part: 2 })
            .await;
        town.does(&enforcement, filed.case, Act::Arrive { part: 1 })
            .await;
        // The article tells of no photo; the category asks for one, so the word alone is not enough.
        let done = Act::Resolve {
            outcome: Outcome::Solved,
            enforcement: None,
            level: Level::City,
        };
        let refusal = town
            .refused(&enforcement, filed.case, done.saying("已经完成改建"))
            .await;
        assert_eq!(refusal, Refusal::EvidenceMissing(EvidenceKind::PhotoAfter));
        let case = resolve(&town, &enforcement, filed.case, "已经完成改建", None).await;

        assert_eq!(case.state.tag(), StateTag::Resolved);
        assert_eq!(at("2021-06-15T11:00").since(case.filed_at), span(38, 1, 37));
        let promised = the_clock(&case, Stage::Resolve, Some(1));
        assert_eq!(promised.limit, Limit::Date);
        assert_eq!(
            promised.due,
            at("2021-06-21T00:00"),
            "June 20 to its end, a Sunday"
        );
        assert_eq!(promised.stopped, Some(at("2021-06-15T11:00")));
        assert!(!promised.stopped_late());
        // To 23:59:59 of that day the article's reader counts 5 d 12 h 59 m 59 s.
        assert_eq!(promised.left(case.updated_at), span(5, 13, 0));
        assert!(case.linked() && case.joint());

        // Who did it does not check it, nor close it unchecked.
        let verify = || Act::Verify {
            method: VerifyMethod::OnSite,
        };
        assert!(matches!(
            town.denied(&enforcement, filed.case, verify()).await,
            Error::Forbidden
        ));
        assert!(matches!(
            town.refused(&secretary, filed.case, Act::Close).await,
            Refusal::NotNow {
                verb: Verb::Close,
                ..
            }
        ));
        nobody_judges(&town, &filed).await;
        town.does(&secretary, filed.case, verify()).await;
        nobody_judges(&town, &filed).await;
        let case = town.does(&secretary, filed.case, Act::Close).await;
        assert_eq!(case.state.tag(), StateTag::Closed);
        nobody_judges(&town, &filed).await;

        let shown = see(&town, &Viewer::Anonymous, filed.number).await;
        assert_eq!(shown.card.state.confirmed, None);
        assert!(!shown.card.state.judged_by_resident);
        let sums = figures(&town, filed.case).await;
        assert_eq!((sums.filed, sums.handled, sums.linked), (1, 1, 1));
        assert_eq!(
            (sums.fixed, sums.not_fixed, sums.silent),
            (0, 0, 0),
            "never in the solved rate"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k2_meets_96_hours_with_21_hours_58_minutes_to_spare() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (grid, station) = (staff("grid officer of 象岗"), staff("dispatcher of 象岗"));
        let enforcement = staff("appearance officer");
        town.at("2021-09-03T13:00");
        let told = words(
            "空地乱搭建的大排档被拆除后，经常被人乱停车、倒垃圾",
            "人民路与城南路口",
        );
        let filing = patrol("illegal-dumping", told);
        let filed = file_as_staff(&town.desk, &grid, &town.key(), filing)
            .await
            .unwrap();
        town.at("2021-09-03T13:45");
        town.does(&station, filed.case, Act::Accept).await;
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: vec![called("enforcement-appearance", true)],
            due: CallDue::Within(Limit::Days(4)),
        };
        let case = town.does(&station, filed.case, call).await;
        let promised = the_clock(&case, Stage::Resolve, Some(1));
        assert_eq!(
            promised.started,
            at("2021-09-03T13:45"),
            "from the dispatch, not the signature"
        );
        assert_eq!(promised.due, at("2021-09-07T13:45"));
        assert_eq!(promised.due.since(promised.started), span(0, 96, 0));

        town.at("2021-09-06T15:47");
        town.does(&enforcement, filed.case, Act::ReportIn { part: 1 })
            .await;
        town.does(&enforcement, filed.case, Act::Arrive { part: 1 })
            .await;
        let case = resolve(&town, &enforcement, filed.case, "已将空地绿化", None).await;
        let promised = the_clock(&case, Stage::Resolve, Some(1));
        assert_eq!(promised.gross(case.updated_at), span(3, 2, 2));
        assert_eq!(promised.left(case.updated_at), span(0, 21, 58));
        assert_eq!(
            promised.left(case.updated_at).millis(),
            (21 * 60 + 58) * MINUTE
        );
        assert!(!promised.stopped_late());
        assert!(case.linked(), "部门联动: one department reported in");
        assert!(!case.joint(), "联合处置 takes two");
        assert!(
            case.evidence.contains(&EvidenceKind::PhotoAfter),
            "现场图片反馈"
        );
        assert_eq!(case.photos, 1);

        let secretary = staff("secretary of 象岗");
        let verify = Act::Verify {
            method: VerifyMethod::OnEvidence,
        };
        assert!(matches!(
            town.denied(&enforcement, filed.case, verify.clone()).await,
            Error::Forbidden
        ));
        town.does(&secretary, filed.case, verify).await;
        nobody_judges(&town, &filed).await;
        let case = town.does(&secretary, filed.case, Act::Close).await;
        assert_eq!(case.state.tag(), StateTag::Closed);
        nobody_judges(&town, &filed).await;
        let sums = figures(&town, filed.case).await;
        assert_eq!((sums.handled, sums.linked), (1, 1));
        assert_eq!((sums.fixed, sums.not_fixed, sums.silent), (0, 0, 0));
    })
    .await;
}

/// K3 as it was told to the seconded officer.
fn k3() -> StaffFiling {
    StaffFiling {
        filer: Filer::Proxy,
        channel: Channel::Staff,
        category: CategoryCode::new("decoration-waste").unwrap(),
        community: AreaCode::new(HUAZHONG).unwrap(),
        grid: None,
        visibility: None,
        words: words(
            "社区常年有一些装修垃圾、废旧家具堆放在路边，能否解决？",
            "路边",
        ),
        fixed: None,
        external: None,
        consent: Some(Consent::InPerson),
        contact: store::Contact {
            phone: Some("13800138000".to_owned()),
            ..store::Contact::default()
        },
    }
}

fn enforcement_in(shown: &CaseStory) -> Vec<EnforcementOutcome> {
    let facts = shown.timeline.iter().map(|entry| &entry.fact);
    facts
        .filter_map(|fact| match fact {
            Fact::Resolved { enforcement, .. } => *enforcement,
            _ => None,
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn k3_is_told_by_proxy_and_judged_by_the_resident() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let officer = staff("seconded officer in 华中");
        let secretary = staff("secretary of 华中");
        town.at("2023-06-08T09:00");
        let key = town.key();
        let filed = file_as_staff(&town.desk, &officer, &key, k3())
            .await
            .unwrap();
        let code = filed
            .code_for_resident
            .clone()
            .expect("the resident gets a code");

        // The filing officer never gets the code: not in what is printed of the answer, not by
        // asking again, not in the story.
        let digits = code.digits();
        assert!(!format!("{filed:?}").contains(&digits[..5]), "{filed:?}");
        let again = file_as_staff(&town.desk, &officer, &key, k3())
            .await
            .unwrap();
        assert_eq!((again.case, again.code_for_resident), (filed.case, None));
        let shown = see(&town, &officer, filed.number).await;
        assert!(!format!("{shown:?}").contains(&digits[..5]));
        for verdict in [Act::Confirm, Act::Rate { stars: 5 }] {
            let denied = town.denied(&officer, filed.case, verdict).await;
            assert!(matches!(denied, Error::Forbidden));
        }

        town.does(&secretary, filed.case, Act::Accept).await;
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: vec![called("enforcement-sanitation", true)],
            due: CallDue::Policy,
        };
        town.does(&secretary, filed.case, call).await;
        // 王声元查看确认: he signs on and goes there himself.
        let case = town
            .does(&officer, filed.case, Act::ReportIn { part: 1 })
            .await;
        let named = case.parts[0].reported_in.map(|(_, person)| person);
        assert_eq!(named, Some(AppointmentNo(14)), "a named person reported in");
        town.does(&officer, filed.case, Act::Arrive { part: 1 })
            .await;

        // 第二天就组织环卫人员做了清理.
        town.at("2023-06-09T16:00");
        let note = Command {
            act: Act::Note,
            words: Some(Words::text("监控找到相关责任人，予以严肃警告")),
        };
        town.does(&officer, filed.case, note).await;
        let case = resolve(
            &town,
            &officer,
            filed.case,
            "已组织环卫人员清理",
            Some(EnforcementOutcome::Warned),
        )
        .await;
        assert_eq!(case.enforcement, Some(EnforcementOutcome::Warned));
        assert_eq!(case.state.outcome(), Some(Outcome::Solved));
        town.does(&secretary, filed.case, Act::Publish).await;
        town.does(
            &secretary,
            filed.case,
            Act::Verify {
                method: VerifyMethod::OnSite,
            },
        )
        .await;

        // The service is public; the enforcement is its own staff's.
        let resident = town.holder(&code).await;
        let neighbours = act::join(&town.desk, &town.key(), filed.number, "")
            .await
            .unwrap()
            .1;
        let me_too = town.holder(&neighbours).await;
        for (who, name) in [
            (Viewer::Anonymous, "everybody"),
            (resident.clone(), "the resident"),
            (me_too.clone(), "who has the same problem"),
            (staff("secretary of 象岗"), "another community"),
            (staff("auditor"), "the auditor"),
            (staff("system admin"), "the system admin"),
        ] {
            let shown = see(&town, &who, filed.number).await;
            assert_eq!(shown.card.state.outcome, Some(Outcome::Solved), "{name}");
            assert_eq!(
                enforcement_in(&shown),
                [],
                "{name} reads what enforcement did"
            );
            let all = format!("{shown:?}");
            assert!(
                !all.contains("警告") && !all.contains("监控"),
                "{name} reads the note"
            );
            assert!(
                all.contains("已组织环卫人员清理"),
                "{name} reads what was done"
            );
        }
        for name in [
            "seconded officer in 华中",
            "secretary of 华中",
            "supervisor",
        ] {
            let shown = see(&town, &staff(name), filed.number).await;
            assert_eq!(
                enforcement_in(&shown),
                [EnforcementOutcome::Warned],
                "{name}"
            );
        }

        // The resident judges, the one with the same problem for themself, the officer never.
        let offered = see(&town, &resident, filed.number).await.actions;
        assert!(offered.contains(&Verb::Confirm));
        let case = town.does(&resident, filed.case, Act::Confirm).await;
        assert_eq!(case.said_fixed(domain::ids::PartyNo::REPORTER), Some(true));
        town.does(&resident, filed.case, Act::Rate { stars: 5 })
            .await;
        let shown = see(&town, &Viewer::Anonymous, filed.number).await;
        assert_eq!(shown.card.state.confirmed, Some(true));
        town.does(&secretary, filed.case, Act::Close).await;
        let sums = figures(&town, filed.case).await;
        assert_eq!(
            (sums.filed, sums.handled, sums.linked, sums.fixed),
            (1, 1, 1, 1)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_in_an_internal_note_is_nobody_elses() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (officer, secretary) = (
            staff("seconded officer in 华中"),
            staff("secretary of 华中"),
        );
        town.at("2023-06-08T09:00");
        let filed = file_as_staff(&town.desk, &officer, &town.key(), k3())
            .await
            .unwrap();
        let resident = town.holder(&filed.code_for_resident.clone().unwrap()).await;
        town.does(&secretary, filed.case, Act::Accept).await;
        // A still of the camera with the person on it, kept with the case.
        let key = town.key();
        let still = town.photo(&key, 7).await;
        let note = Command {
            act: Act::Note,
            words: Some(Words {
                photos: vec![still],
                ..Words::text("监控截图")
            }),
        };
        act::act_with_photos(&town.desk, &secretary, &key, filed.case, None, note)
            .await
            .unwrap();
        town.does(&secretary, filed.case, Act::Publish).await;
        for who in [Viewer::Anonymous, resident, staff("secretary of 象岗")] {
            let seen = photo(&town.desk, &who, filed.number, 1, PhotoSize::Full).await;
            assert!(
                matches!(seen, Err(Error::NotFound)),
                "a still of a person is shown to {who:?}"
            );
        }
        let seen = photo(&town.desk, &secretary, filed.number, 1, PhotoSize::Full)
            .await
            .unwrap();
        assert!(!seen.public, "and no shared cache keeps it");
    })
    .await;
}
