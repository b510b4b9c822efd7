//! What a private firm sees of the case it works on, and what stays with the offices.

use casework::{Error, file::FiledCase, views::CaseStory, worklist};
use domain::{
    access::Viewer,
    case::{EnforcementOutcome, EvidenceKind, Level, Outcome},
    decide::Act,
    draft::Draft,
    lang::Lang,
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, CONTRACTOR, LEAD, SUPPORT, call, call_both, called},
    posts::{SECRETARY, deputy, post, staff},
    told::{draft, enforcement_in, plain_draft},
    town::Town,
};

/// How to reach the reporter.
const PHONE: &str = "13912345678";
/// Whatever only the offices may read begins so.
const INTERNAL: &str = "内：";

/// A whistle with a photo, a position and a telephone number.
async fn told(town: &Town, visibility: &str) -> FiledCase {
    town.at("2026-11-23T09:00");
    let told = Draft {
        visibility: visibility.to_owned(),
        latitude: "27.578901".to_owned(),
        longitude: "120.553456".to_owned(),
        phone: PHONE.to_owned(),
        may_call: true,
        ..plain_draft()
    };
    town.files_with_photo(&told, 1).await
}

/// Everything that can be written on a case, by everybody who writes, from the call to the check.
async fn worked(town: &Town, case: &FiledCase) {
    let reporter = town.holder(&case.code).await;
    let (secretary, supervisor) = (staff(SECRETARY), staff("supervisor"));
    let (officer, land, firm) = (staff(LEAD), staff(SUPPORT), staff(CONTRACTOR));
    let says = async |who: &Viewer, act: Act, text: &str| {
        town.does(who, case.case, act.saying(text)).await;
    };
    let shows = async |who: &Viewer, act: Act, text: &str, shade: u8| {
        town.shows(who, case.case, act, text, shade).await;
    };
    let evidence = |evidence| Act::AddEvidence { evidence };
    let solved = Act::Resolve {
        outcome: Outcome::Solved,
        enforcement: Some(EnforcementOutcome::Warned),
        level: Level::Community,
    };
    let deputy = deputy(town, SECRETARY).await;
    town.does(&secretary, case.case, Act::Accept).await;
    says(&secretary, Act::Note, "内：记录").await;
    says(&secretary, Act::Assess { duty: None }, "内：意见").await;
    let first = call(vec![called("enforcement-appearance", true)]);
    says(&secretary, first, "叫市容到场").await;
    let second = call(vec![called("resources-land", false)]);
    says(&secretary, second, "内：叫土地").await;
    says(&officer, Act::ReportIn { part: 1 }, "市容报到").await;
    says(&land, Act::ReportIn { part: 2 }, "内：土地报到").await;
    shows(&land, Act::FeedBack { part: 2 }, "内：土地反馈", 2).await;
    says(&secretary, Act::DirectLine, "内：直报").await;
    says(&secretary, Act::Ask, "内：只问反映人").await;
    shows(&reporter, Act::Answer, "回答的话", 3).await;
    let paper = evidence(EvidenceKind::Document);
    shows(&secretary, paper.clone(), "内：公文", 4).await;
    let before = evidence(EvidenceKind::PhotoBefore);
    shows(&secretary, before, "内：照片说明", 5).await;
    shows(&secretary, Act::Update, "进展", 6).await;
    says(&firm, Act::Arrive { part: 1 }, "公司到场").await;
    let after = evidence(EvidenceKind::PhotoAfter);
    shows(&firm, after, "公司照片", 7).await;
    shows(&firm, paper, "公司单据", 8).await;
    shows(&firm, Act::FeedBack { part: 1 }, "公司反馈", 9).await;
    says(&secretary, Act::HandOver { to: deputy }, "内：交接").await;
    shows(&officer, solved, "办好了", 10).await;
    says(
        &supervisor,
        Act::CallBack {
            reached: true,
            holds: None,
        },
        "内：回访",
    )
    .await;
    says(&supervisor, CHECKED, "内：核查").await;
}

fn texts(story: &CaseStory) -> Vec<&str> {
    let entries = story.timeline.iter();
    entries.filter_map(|entry| entry.text.as_deref()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contractor_sees_the_case_and_its_own_part_and_nothing_else_that_is_internal() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        for visibility in ["private", "public"] {
            let case = told(&town, visibility).await;
            worked(&town, &case).await;
            let firm = staff(CONTRACTOR);
            let seen = town.sees(&firm, case.number).await;
            // Nobody has released a word: it is there to work, not to be published to.
            let detail = seen.detail.as_ref().unwrap();
            assert_eq!(detail.text, draft().description);
            assert_eq!(detail.position, Some((27.578_901, 120.553_456)));
            assert_eq!(
                texts(&seen),
                [
                    "叫市容到场",
                    "市容报到",
                    "回答的话",
                    "进展",
                    "公司到场",
                    "公司照片",
                    "公司单据",
                    "公司反馈",
                    "办好了"
                ]
            );
            assert_eq!(
                town.sees_photos(&firm, case.number, 10).await,
                [1, 3, 5, 6, 7, 8, 9, 10],
                "the case's and its own; not another unit's, nor the offices' papers"
            );
            assert_eq!(enforcement_in(&seen), []);
            let kinds = [
                "noted.1",
                "direct_lined.1",
                "handed_over.1",
                "called_back.1",
            ];
            let mut told = seen.timeline.iter().map(|entry| entry.fact.kind());
            assert!(!told.any(|kind| kinds.contains(&kind)));
            let all = format!("{seen:?}");
            assert!(!all.contains(INTERNAL) && !all.contains(PHONE), "{all}");

            // The offices read all of it, and so does whoever is in one of them as well.
            let inside = town.sees(&staff(LEAD), case.number).await;
            let internal = texts(&inside);
            let internal = internal.iter().filter(|text| text.starts_with(INTERNAL));
            assert_eq!(internal.count(), 12);
            assert_eq!(
                town.sees_photos(&staff(LEAD), case.number, 10).await.len(),
                10
            );
            assert_eq!(enforcement_in(&inside), [EnforcementOutcome::Warned]);
            let both = Viewer::Staff(vec![post(CONTRACTOR), post(LEAD)].into());
            assert_eq!(
                town.sees(&both, case.number).await.timeline,
                inside.timeline
            );

            // What was struck out for the public is struck out for a firm, with its photos.
            let events = town.case(case.case).await.version;
            for version in 2..=events {
                let redact = Act::Redact { version }.saying("〔已遮盖〕");
                town.does(&staff(SECRETARY), case.case, redact).await;
            }
            let seen = town.sees(&firm, case.number).await;
            assert!(!texts(&seen).contains(&"回答的话"));
            assert!(texts(&seen).contains(&"〔已遮盖〕"));
            assert_eq!(town.sees_photos(&firm, case.number, 10).await, [1]);
        }
    })
    .await;
}

/// When there is nothing to do any more, there is nothing to see any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_contractor_loses_the_case_with_its_end() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let hidden = told(&town, "private").await;
        worked(&town, &hidden).await;
        let firm = staff(CONTRACTOR);
        town.sees(&firm, hidden.number).await;
        let reporter = town.holder(&hidden.code).await;
        town.does(&reporter, hidden.case, Act::Confirm).await;
        town.does(&staff(SECRETARY), hidden.case, Act::Close).await;
        let answer = town.story(&firm, hidden.number).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        let list = worklist::Asked {
            list: worklist::List::Ended,
            ..worklist::Asked::default()
        };
        let listed = worklist::page(&town.desk, &firm, list, Lang::ZhHans).await;
        assert_eq!(listed.unwrap().items, [], "nor in a list");
        town.sees(&staff(LEAD), hidden.number).await;
    })
    .await;
}

/// To a firm that is not called, a case is what it is to everybody.
#[tokio::test(flavor = "multi_thread")]
async fn a_contractor_of_another_unit_sees_what_everybody_sees() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let other = staff("fire contractor");
        let hidden = told(&town, "private").await;
        worked(&town, &hidden).await;
        let answer = town.story(&other, hidden.number).await;
        assert!(matches!(answer, Err(Error::NotFound)));
        let open = told(&town, "public").await;
        worked(&town, &open).await;
        for released in [false, true] {
            if released {
                town.does(&staff("editor"), open.case, Act::Publish).await;
            }
            let anybody = town.sees(&Viewer::Anonymous, open.number).await;
            let firm = town.sees(&other, open.number).await;
            assert_eq!(firm.timeline, anybody.timeline);
            assert_eq!(firm.detail, anybody.detail);
            assert_eq!(firm.photos, anybody.photos);
        }
    })
    .await;
}

/// What was said to several units at once was said to others too.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_to_several_units_is_for_the_offices() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let case = told(&town, "private").await;
        let secretary = staff(SECRETARY);
        town.does(&secretary, case.case, Act::Accept).await;
        town.does(&secretary, case.case, call_both().saying("内：两家一起"))
            .await;
        let firm = town.sees(&staff(CONTRACTOR), case.number).await;
        assert_eq!(texts(&firm), [""; 0]);
        let inside = town.sees(&staff(LEAD), case.number).await;
        assert_eq!(texts(&inside), ["内：两家一起"]);
        // Nor does a firm learn whom it works beside.
        let called = |story: &CaseStory| {
            let entries = story.timeline.iter();
            entries.map(|entry| entry.called.len()).sum::<usize>()
        };
        assert_eq!((called(&firm), called(&inside)), (0, 2));
    })
    .await;
}
