//! K1: a waste ground behind restaurants that became a car park, in 38 days of a promised 43.

use casework::{
    Error,
    file::{StaffFiled, file_as_staff},
    views::{PhotoOf, Who},
};
use domain::{
    access::Viewer,
    case::{CallClass, EvidenceKind, Level, Outcome, StateTag},
    clock::{Limit, Stage},
    decide::{Act, CallDue, Refusal},
    time::parse_date,
    verb::Verb,
};
use store::testing::each_engine;

use super::{figures, nobody_judges, patrol, resolve, span, words};
use crate::{
    matter::{CHECKED, called},
    posts::{GRID, SECRETARY, STATION, staff},
    told::{says, the_clock},
    town::{CITY, Town, at},
};

/// K1 up to the call: reported 9:23, the opinion an hour later.
async fn k1_called(town: &Town, category: &str) -> StaffFiled {
    let (grid, station) = (staff(GRID), staff(STATION));
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
        let secretary = staff(SECRETARY);

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
        assert!(matches!(
            town.denied(&enforcement, filed.case, CHECKED).await,
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
        town.does(&secretary, filed.case, CHECKED).await;
        nobody_judges(&town, &filed).await;
        let case = town.does(&secretary, filed.case, Act::Close).await;
        assert_eq!(case.state.tag(), StateTag::Closed);
        nobody_judges(&town, &filed).await;

        let shown = town.sees(&Viewer::Anonymous, filed.number).await;
        assert_eq!(shown.card.state.confirmed, None);
        assert!(!shown.card.state.judged_by_resident);
        let sums = figures(&town, filed.case).await;
        assert_eq!((sums.filed, sums.handled, sums.linked), (1, 1, 1));
        assert_eq!(
            (sums.fixed, sums.not_fixed, sums.silent),
            (0, 0, 0),
            "never in the solved rate"
        );
        told_to_all(&town, &filed).await;
    })
    .await;
}

/// What everybody reads of it: who was called and who leads, until when, who came, and what came of it.
async fn told_to_all(town: &Town, filed: &StaffFiled) {
    let (lead, support) = ("综合行政执法局", "市资源规划局");
    let shown = town.sees(&Viewer::Anonymous, filed.number).await;
    let called = shown.timeline.iter().flat_map(|entry| &entry.called);
    let called: Vec<_> = called.map(|unit| (&*unit.office, unit.lead)).collect();
    assert_eq!(called, [(lead, true), (support, false)]);
    let who = |kind: &str| {
        let entries = shown.timeline.iter();
        let entries = entries.filter(|entry| entry.fact.kind() == kind);
        entries.map(|entry| entry.who.clone()).collect::<Vec<_>>()
    };
    let office = |name: &str| Who::Office(name.to_owned());
    assert_eq!(who("reported_in.1"), [office(lead), office(support)]);
    assert_eq!(who("arrived.1"), [office(lead)]);
    assert_eq!(who("resolved.1"), [office(lead)]);
    // The words wait for a named person, those of the result too.
    assert!(!says(&shown, "已经完成改建"));
    town.does(&staff("editor"), filed.case, Act::Publish).await;
    let shown = town.sees(&Viewer::Anonymous, filed.number).await;
    assert!(says(&shown, "已经完成改建"));
    let photos = shown.timeline.iter().flat_map(|entry| &entry.photos);
    let photos: Vec<_> = photos.map(|photo| photo.of).collect();
    assert_eq!(photos, [Some(PhotoOf::After)]);
    let all = format!("{shown:?}");
    assert!(
        !all.contains("改建停车场"),
        "an opinion is the offices' own"
    );
}
