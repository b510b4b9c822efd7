//! What supervision sees: what stands now, what a week came to, and the sample nobody picks.

use casework::{
    Error,
    supervision::{self, Bulletin, Promises, ReturnRow, Returns, Sample},
    views::{Saw, Total},
    worklist::{self, List},
};
use domain::{
    access::{Role, Viewer},
    case::CallClass,
    clock::Stage,
    decide::{Act, CallDue},
    ids::UnitCode,
    lang::Lang,
    share::Share,
    time::{Millis, Week, parse_date},
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, LEAD, SOLVED, SUPPORT, call_both, called},
    posts::{SECRETARY, STATION, post, staff},
    told::{draft, plain_draft, who_filed},
    town::Town,
};

const SUPERVISOR: &str = "supervisor";

fn week(day: &str) -> Week {
    Week::of(parse_date(day).unwrap())
}

/// Made when so many events stand in the log: on one of the engines it is a moment behind.
async fn bulletin(town: &Town, events: u64, day: &str) -> Bulletin {
    town.fresh.logged(events).await;
    let viewer = staff(SUPERVISOR);
    let made = supervision::bulletin(&town.desk, &viewer, week(day), Lang::ZhHans);
    made.await.unwrap()
}

async fn sample(town: &Town, day: &str) -> Sample {
    let viewer = staff(SUPERVISOR);
    let drawn = supervision::sample(&town.desk, &viewer, week(day), Lang::ZhHans);
    drawn.await.unwrap()
}

fn of(bulletin: &Bulletin, stage: Stage) -> Promises {
    let found = bulletin.stages.iter().find(|(of, _)| *of == stage);
    found.map(|(_, promises)| *promises).unwrap_or_default()
}

const fn promises(kept: u64, late: u64, missed: u64, open: u64) -> Promises {
    Promises {
        kept,
        late,
        missed,
        open,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn supervision_is_for_those_who_look_after_the_whole_city() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let this = week("2026-11-23");
        for name in [SUPERVISOR, "commission"] {
            let viewer = staff(name);
            supervision::overview(&town.desk, &viewer, Lang::En)
                .await
                .unwrap();
        }
        for viewer in [
            Viewer::Anonymous,
            Viewer::System,
            staff(SECRETARY),
            staff(STATION),
            staff(LEAD),
            staff("editor"),
            staff("auditor"),
            staff("security admin"),
            staff("system admin"),
            staff("appearance contractor"),
        ] {
            let desk = &town.desk;
            let overview = supervision::overview(desk, &viewer, Lang::En).await;
            let bulletin = supervision::bulletin(desk, &viewer, this, Lang::En).await;
            let sample = supervision::sample(desk, &viewer, this, Lang::En).await;
            assert!(matches!(overview, Err(Error::Forbidden)), "{viewer:?}");
            assert!(matches!(bulletin, Err(Error::Forbidden)), "{viewer:?}");
            assert!(matches!(sample, Err(Error::Forbidden)), "{viewer:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_four_queues_hold_what_waits_in_them_and_nothing_else() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let (secretary, supervisor) = (staff(SECRETARY), staff(SUPERVISOR));
        let call = |class| Act::Call {
            class,
            units: vec![called("enforcement-appearance", true)],
            due: CallDue::Policy,
        };
        let mut filed = Vec::new();
        for _ in 0..5 {
            filed.push(town.files(&plain_draft()).await);
        }
        let [waits, taken, joint, danger, asked] = filed.as_slice() else {
            panic!("five");
        };
        town.does(&secretary, taken.case, Act::Take).await;
        town.does(&secretary, joint.case, call(CallClass::JointEnforcement))
            .await;
        town.does(&secretary, danger.case, call(CallClass::Emergency))
            .await;
        town.does(&secretary, asked.case, call(CallClass::HardProblem))
            .await;
        let due = town.desk.now().plus(Millis::days(2));
        town.does(
            &supervisor,
            asked.case,
            Act::Supervise { due }.saying("请说明"),
        )
        .await;
        let holds = async |list: List| {
            let asked = worklist::Asked {
                list,
                ..worklist::Asked::default()
            };
            let page = worklist::page(&town.desk, &supervisor, asked, Lang::ZhHans).await;
            let lines = page.unwrap().items.into_iter();
            lines.map(|line| line.card.number).collect::<Vec<_>>()
        };
        for (list, case) in [
            (List::Triage, waits),
            (List::JointEnforcement, joint),
            (List::Emergency, danger),
            (List::Demands, asked),
        ] {
            assert_eq!(holds(list).await, [case.number.to_string()], "{list:?}");
        }
        let overview = supervision::overview(&town.desk, &supervisor, Lang::ZhHans)
            .await
            .unwrap();
        assert!(
            overview
                .queues
                .iter()
                .all(|(_, total)| *total == Total::Exactly(1)),
            "{overview:?}"
        );

        // The unit came and it is done; the demand is answered: the queues are empty.
        for case in [joint, danger] {
            town.does(&staff(LEAD), case.case, Act::ReportIn { part: 1 })
                .await;
            town.does(&staff(LEAD), case.case, SOLVED.saying("办完"))
                .await;
        }
        let answer = Act::AnswerSupervision { demand: 1 };
        town.does(&secretary, asked.case, answer.saying("已说明"))
            .await;
        for list in [List::JointEnforcement, List::Emergency, List::Demands] {
            assert_eq!(holds(list).await, [""; 0], "{list:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulletin_counts_every_promise_that_came_due_in_its_week() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        // Monday, as the offices open.
        town.at("2026-11-23T09:00");
        let (secretary, lead) = (staff(SECRETARY), staff(LEAD));
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: vec![
                called("enforcement-appearance", true),
                called("resources-land", false),
            ],
            due: CallDue::Policy,
        };
        let came = town.files(&plain_draft()).await;
        let found = town.files(&draft()).await;
        town.does(&secretary, came.case, Act::Accept).await;
        town.does(&secretary, came.case, call).await;
        town.does(&lead, came.case, Act::ReportIn { part: 1 }).await;
        let made = bulletin(&town, 5, "2026-11-23").await;
        assert!(made.under_way);
        let counts = &made.counts;
        assert_eq!((counts.told, counts.found, counts.tasks), (2, 0, 0));
        assert_eq!((counts.calls, counts.called, counts.reported_in), (1, 2, 1));
        assert_eq!(of(&made, Stage::ReportIn), promises(1, 0, 0, 1));
        assert_eq!(of(&made, Stage::Respond), promises(1, 0, 0, 1));

        // Nobody of the other unit came; nobody looked at the other case.
        town.at("2026-11-24T17:00");
        let made = bulletin(&town, 5, "2026-11-23").await;
        assert_eq!(of(&made, Stage::ReportIn), promises(1, 0, 1, 0));
        assert_eq!(of(&made, Stage::Respond), promises(1, 0, 1, 0));
        let absent = made
            .offices
            .iter()
            .find(|row| row.report_in.missed == 1)
            .unwrap();
        assert!(absent.office.contains("土地"), "{absent:?}");
        let overview = supervision::overview(&town.desk, &staff(SUPERVISOR), Lang::ZhHans).await;
        let late = overview.unwrap().late;
        let late = late
            .iter()
            .find(|late| late.stage == Stage::ReportIn)
            .unwrap();
        assert_eq!((late.clocks, late.offices.len()), (1, 1), "{late:?}");

        // Too late is not on time, and not "never" either. It counts in the week in which it came due.
        town.at("2026-12-01T10:00");
        town.does(&staff(SUPPORT), came.case, Act::ReportIn { part: 2 })
            .await;
        let made = bulletin(&town, 6, "2026-11-23").await;
        assert!(!made.under_way);
        assert_eq!(of(&made, Stage::ReportIn), promises(1, 1, 0, 0));
        let next = bulletin(&town, 6, "2026-11-30").await;
        assert_eq!(of(&next, Stage::ReportIn), promises(0, 0, 0, 0));
        assert_eq!((next.counts.told, next.counts.reported_in), (0, 1));

        // What came to the community, from above too.
        let due = town.desk.now().plus(Millis::days(2));
        let demand = Act::Supervise { due }.saying("请说明");
        town.does(&staff(SUPERVISOR), found.case, demand).await;
        let next = bulletin(&town, 7, "2026-11-30").await;
        let row = &next.communities[0];
        assert_eq!((row.community.as_str(), row.from_above), ("象岗社区", 1));
        assert_eq!((next.counts.demands, next.counts.answered), (1, 0));

        // Out of sight: out of every figure.
        for name in ["commission", "security admin"] {
            town.does(&staff(name), came.case, Act::Quarantine.saying("疑似涉密"))
                .await;
        }
        let made = bulletin(&town, 9, "2026-11-23").await;
        assert_eq!(made.counts.told, 1);
        assert_eq!(of(&made, Stage::ReportIn), promises(0, 0, 0, 0));
    })
    .await;
}

/// Whose calls went to the wrong department is told by the office that called, whoever ruled on it.
#[tokio::test(flavor = "multi_thread")]
async fn returns_count_with_the_office_that_had_called() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let secretary = town.appoints("she", &[post(SECRETARY)]).await;
        let station = town.appoints("he", &[post(STATION)]).await;
        let ask = |part| Act::AskReturn { part, duty: None }.saying("不属我方职责");
        let rule = |part, uphold| Act::RuleOnReturn { part, uphold }.saying("看过了");

        // The community's: the desk lets one go, the commission the other, by assigning a third.
        let by_community = town.files(&plain_draft()).await.case;
        town.does(&secretary, by_community, call_both()).await;
        town.does(&staff(LEAD), by_community, ask(1)).await;
        town.does(&station, by_community, rule(1, true)).await;
        town.does(&staff(SUPPORT), by_community, ask(2)).await;
        let assign = Act::Assign {
            unit: UnitCode::new("safety-fire").unwrap(),
            lead: true,
        };
        town.does(&staff("commission"), by_community, assign).await;
        let mut events = town.case(by_community).await.version;
        // The desk's own: not let go; and another nobody has ruled on.
        for refused in [true, false] {
            let case = town.files(&plain_draft()).await.case;
            town.does(&station, case, Act::Accept).await;
            town.does(&station, case, call_both()).await;
            let mut case = town.does(&staff(LEAD), case, ask(1)).await;
            if refused {
                case = town.does(&station, case.id, rule(1, false)).await;
            }
            events += case.version;
        }
        let made = bulletin(&town, events.into(), "2026-11-23").await;
        let row = |office, asked, upheld, refused| ReturnRow {
            office: town.desk.office_name(&office, Lang::ZhHans),
            returns: Returns {
                asked,
                upheld,
                refused,
            },
        };
        let home = |name: &str| post(name).home;
        assert_eq!(
            made.returns,
            [row(home(SECRETARY), 2, 2, 0), row(home(STATION), 2, 0, 1),]
        );
        // Each step counts in its own week.
        let next = bulletin(&town, events.into(), "2026-11-30").await;
        assert_eq!(next.returns, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_is_drawn_by_the_log_and_stays_as_it_was_drawn() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (secretary, station) = (staff(SECRETARY), staff(STATION));
        town.at("2026-11-23T09:00");
        let mut content = Vec::new();
        for n in 0..7 {
            let filed = town.files(&plain_draft()).await;
            town.does(&secretary, filed.case, Act::Take).await;
            town.does(&secretary, filed.case, SOLVED.saying("办完"))
                .await;
            town.does(&station, filed.case, CHECKED).await;
            let says = if n == 6 {
                Act::Dispute.saying("没有")
            } else {
                Act::Confirm.into()
            };
            town.does(&who_filed(&filed), filed.case, says).await;
            content.push(filed);
        }
        assert_eq!(
            sample(&town, "2026-11-23").await.seed,
            None,
            "nobody knows it before"
        );
        // What is written while the week settles could still be chosen by who writes it.
        town.at("2026-11-30T00:05");
        town.files(&plain_draft()).await;
        town.at("2026-12-01T09:00");
        // The log is a moment behind on one of the engines.
        town.fresh.logged(7 * 6 + 2).await;
        assert_eq!(
            sample(&town, "2026-11-23").await.seed,
            None,
            "nothing was written since the week settled"
        );
        town.files(&plain_draft()).await;
        town.fresh.logged(7 * 6 + 3).await;
        let drawn = sample(&town, "2026-11-23").await;
        assert_eq!((drawn.of, drawn.cases.len()), (6, 5));
        assert_eq!(
            drawn,
            sample(&town, "2026-11-23").await,
            "drawn twice, drawn alike"
        );
        let disputed = content[6].number.to_string();
        assert!(drawn.cases.iter().all(|case| case.number != disputed));
        assert_eq!(drawn.holds(), Share { of: 0, all: 0 });

        // Looked at again: one holds, one does not, one could not be told.
        let look = |holds| Act::CallBack {
            reached: false,
            holds,
        };
        for (case, holds) in drawn.cases.iter().zip([Some(true), Some(false), None]) {
            let number: domain::reference::CaseNumber = case.number.parse().unwrap();
            let command = look(holds).saying("到现场看了");
            let viewer = staff(SUPERVISOR);
            let done = casework::act::act(&town.desk, &viewer, number, None, command);
            done.await.unwrap();
        }
        // The offices do not say it of themselves, and what they do say takes nothing back.
        let number: domain::reference::CaseNumber = drawn.cases[1].number.parse().unwrap();
        let says = async |holds| {
            let command = look(holds).saying("电话回访");
            casework::act::act(&town.desk, &station, number, None, command).await
        };
        let refused = says(Some(true)).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        says(None).await.unwrap();
        let after = sample(&town, "2026-11-23").await;
        let numbers = |sample: &Sample| -> Vec<String> {
            sample
                .cases
                .iter()
                .map(|case| case.number.clone())
                .collect()
        };
        assert_eq!(numbers(&after), numbers(&drawn));
        assert_eq!(after.holds(), Share { of: 1, all: 2 });
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_nobody_holds_is_named() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let missing = async || {
            let overview =
                supervision::overview(&town.desk, &staff(SUPERVISOR), Lang::ZhHans).await;
            overview.unwrap().unstaffed
        };
        let before = missing().await;
        let secretary = |list: &[supervision::Unstaffed]| {
            list.iter()
                .any(|it| it.role == Role::Secretary && it.office == "象岗社区")
        };
        assert!(
            secretary(&before),
            "nobody has been appointed in this store"
        );
        town.appoints("she", &[crate::posts::post(SECRETARY)]).await;
        assert!(!secretary(&missing().await));
    })
    .await;
}

/// What goes on paper is written down, each time.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_on_paper_is_a_look_that_the_reporter_sees() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let filed = town.files(&plain_draft()).await;
        let viewer = town.appoints("she", &[crate::posts::post(SECRETARY)]).await;
        for _ in 0..2 {
            let lines = worklist::for_paper(&town.desk, &viewer, Lang::ZhHans)
                .await
                .unwrap();
            assert_eq!(lines.len(), 1);
            assert!(lines[0].card.headline.is_some());
        }
        let own = town.sees(&who_filed(&filed), filed.number).await;
        let saw: Vec<_> = own.looks.iter().map(|look| &look.saw).collect();
        assert_eq!(saw, [&[(Saw::Print, 2_u64)]], "within one minute");
    })
    .await;
}
