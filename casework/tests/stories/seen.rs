//! Who looked: written down before it is shown, and read by the person it concerns.

use casework::{
    Error,
    look::{self, contact},
    views::Saw,
    worklist,
};
use domain::{
    access::Viewer,
    clock::Owner,
    decide::{Act, Refusal},
    draft::Draft,
    ids::{AreaCode, CategoryCode, PartyNo, UnitCode},
    lang::Lang,
    time::Millis,
    visibility::Visibility,
};
use store::{PhotoSize, testing::each_engine};

use crate::{
    matter::{CHECKED, LEAD, SOLVED, call_both, engage, transfer},
    posts::{GRID, SECRETARY, STATION, post, staff},
    told::{draft_for, plain_draft, who_filed},
    town::{CITY, HUAZHONG, Town, at},
};

const PHONE: &str = "13800138000";

/// How to reach the reporter is for those who have the case in hand, while they have it.
#[tokio::test]
async fn only_who_has_the_case_in_hand_learns_how_to_reach_the_reporter() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let draft = Draft {
            phone: PHONE.to_owned(),
            ..plain_draft()
        };
        let filed = town.files(&draft).await;
        let asked = async |who: &Viewer| {
            let answer = contact(&town.desk, who, filed.case, PartyNo(1), "约上门时间").await;
            answer.map(|found| found.and_then(|found| found.phone))
        };
        for name in [SECRETARY, GRID, STATION] {
            let phone = asked(&staff(name)).await.unwrap();
            assert_eq!(phone.as_deref(), Some(PHONE), "{name}");
        }
        let nobody = contact(&town.desk, &staff(GRID), filed.case, PartyNo(1), " ").await;
        assert!(
            matches!(nobody, Err(Error::Refused(Refusal::NeedsText))),
            "without a reason: {nobody:?}"
        );
        for who in [
            Viewer::Anonymous,
            who_filed(&filed),
            Viewer::System,
            staff("secretary of 华中"),
            staff(LEAD),
            staff("appearance contractor"),
            staff("commission"),
            staff("supervisor"),
            staff("editor"),
            staff("auditor"),
            staff("system admin"),
            staff("security admin"),
        ] {
            let answer = asked(&who).await;
            assert!(
                matches!(answer, Err(Error::NotFound | Error::Forbidden)),
                "{who:?}: {answer:?}"
            );
        }
        town.does(&staff(SECRETARY), filed.case, Act::Accept).await;
        town.does(&staff(STATION), filed.case, call_both()).await;
        let phone = asked(&staff(LEAD)).await.unwrap();
        assert_eq!(phone.as_deref(), Some(PHONE), "called");
        for name in ["fire officer", "appearance contractor"] {
            assert!(asked(&staff(name)).await.is_err(), "{name}");
        }
        for part in [1, 2] {
            let name = if part == 1 { LEAD } else { "land officer" };
            town.does(&staff(name), filed.case, Act::ReportIn { part })
                .await;
        }
        town.does(&staff(LEAD), filed.case, SOLVED.saying("办完"))
            .await;
        town.does(&staff(SECRETARY), filed.case, CHECKED).await;
        town.does(&Viewer::System, filed.case, Act::Close).await;
        for name in [SECRETARY, GRID, STATION, LEAD] {
            assert!(asked(&staff(name)).await.is_err(), "{name} of an ended one");
        }
    })
    .await;
}

/// At the server everybody who looked is named, with the moment and what they saw, each time (B7).
#[tokio::test]
async fn everybody_who_looked_is_named_at_the_server() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let wang = town.appoints("wang", &[post(SECRETARY)]).await;
        let li = town.appoints("li", &[post(GRID)]).await;
        let hidden = Draft {
            phone: PHONE.to_owned(),
            ..draft_for(Visibility::Private)
        };
        let filed = town.files_with_photo(&hidden, 40).await;
        assert_eq!(look::who_saw(&town.desk, filed.number).await.unwrap(), []);
        town.sees(&wang, filed.case).await;
        town.at("2026-11-23T09:01");
        look::photo(&town.desk, &li, filed.number, 1, PhotoSize::Full)
            .await
            .unwrap();
        town.at("2026-11-23T09:02");
        contact(&town.desk, &wang, filed.case, PartyNo(1), "约时间")
            .await
            .unwrap();
        town.at("2026-11-23T09:03");
        let printed = worklist::for_paper(&town.desk, &wang, Lang::ZhHans).await;
        assert_eq!(printed.unwrap().len(), 1);
        // The reporter looks by right, and whoever is denied has seen nothing.
        town.sees(&who_filed(&filed), filed.case).await;
        let elsewhere = staff("secretary of 华中");
        assert!(town.story(&elsewhere, filed.case).await.is_err());
        let saw = look::who_saw(&town.desk, filed.number).await.unwrap();
        let named: Vec<_> = saw
            .iter()
            .map(|look| {
                let login = look.person.as_ref().map(|(login, _)| login.as_str());
                (look.at, login, look.what.as_str(), look.reason.as_str())
            })
            .collect();
        assert_eq!(
            named,
            [
                (at("2026-11-23T09:00"), Some("wang"), "story", ""),
                (at("2026-11-23T09:01"), Some("li"), "photo", ""),
                (at("2026-11-23T09:02"), Some("wang"), "contact", "约时间"),
                (at("2026-11-23T09:03"), Some("wang"), "print", ""),
            ]
        );
    })
    .await;
}

/// Each look at what is not public stands on the reporter's page; what everybody may read is
/// nobody's look.
#[tokio::test]
async fn a_reporter_reads_who_looked() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let secretary = town.appoints("wang", &[post(SECRETARY)]).await;
        let hidden = Draft {
            phone: PHONE.to_owned(),
            ..draft_for(Visibility::Private)
        };
        let filed = town.files_with_photo(&hidden, 40).await;
        let reporter = who_filed(&filed);
        assert!(town.sees(&reporter, filed.case).await.looks.is_empty());
        town.sees(&secretary, filed.case).await;
        town.at("2026-11-23T09:01");
        look::photo(&town.desk, &secretary, filed.number, 1, PhotoSize::Full)
            .await
            .unwrap();
        town.at("2026-11-23T09:02");
        contact(&town.desk, &secretary, filed.case, PartyNo(1), "约时间")
            .await
            .unwrap();
        let denied = contact(&town.desk, &staff(LEAD), filed.case, PartyNo(1), "看看").await;
        assert!(denied.is_err());
        let looks = town.sees(&reporter, filed.case).await.looks;
        let saw: Vec<_> = looks.iter().map(|look| look.saw.as_slice()).collect();
        let once = [Saw::Contact, Saw::Photo, Saw::Story].map(|saw| [(saw, 1_u64)]);
        assert_eq!(saw, once, "latest first");
        assert!(
            looks.iter().all(|look| look
                .office
                .as_deref()
                .is_some_and(|office| office.contains("象岗"))),
            "{looks:?}"
        );
        assert!(town.sees(&secretary, filed.case).await.looks.is_empty());

        let open = town.files(&plain_draft()).await;
        town.does(&staff("editor"), open.case, Act::Publish).await;
        let me_too = town.joins(open.number).await;
        town.sees(&secretary, open.case).await;
        let reporter = who_filed(&open);
        assert!(town.sees(&reporter, open.case).await.looks.is_empty());
        contact(&town.desk, &secretary, open.case, PartyNo(1), "约时间")
            .await
            .unwrap();
        assert_eq!(
            town.sees(&me_too, open.case).await.looks,
            [],
            "how to reach the reporter is no matter of who has the same problem"
        );
    })
    .await;
}

/// Whoever opens a page with photos looked once, and not once for each picture.
#[tokio::test]
async fn what_one_person_looks_at_within_a_minute_stands_in_one_line() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let wang = town.appoints("wang", &[post(SECRETARY)]).await;
        let li = town.appoints("li", &[post(GRID)]).await;
        let hidden = draft_for(Visibility::Private);
        let filed = town.files_with_photo(&hidden, 40).await;
        let opens = async |who: &Viewer| {
            let photo = look::photo(&town.desk, who, filed.number, 1, PhotoSize::Full);
            photo.await.unwrap();
        };
        town.sees(&wang, filed.case).await;
        for _ in 0..3 {
            opens(&wang).await;
        }
        town.at("2026-11-23T09:01");
        for _ in 0..2 {
            opens(&li).await;
        }
        town.at("2026-11-23T09:02");
        opens(&wang).await;
        let looks = town.sees(&who_filed(&filed), filed.case).await.looks;
        let lines: Vec<_> = looks.into_iter().map(|look| (look.at, look.saw)).collect();
        assert_eq!(
            lines,
            [
                (at("2026-11-23T09:02"), vec![(Saw::Photo, 1)]),
                (at("2026-11-23T09:01"), vec![(Saw::Photo, 2)]),
                (
                    at("2026-11-23T09:00"),
                    vec![(Saw::Story, 1), (Saw::Photo, 3)]
                ),
            ]
        );
        // At the server each of them stands for itself.
        let saw = look::who_saw(&town.desk, filed.number).await.unwrap();
        assert_eq!(saw.len(), 7);
    })
    .await;
}

/// To whom a case was handed on stands beside who looked: each office that was called, the firm, the body
/// outside. At the server with the person who did it, on the reporter's page with their office (B7).
#[tokio::test]
async fn to_whom_a_case_was_handed_on_is_told() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let wang = town.appoints("wang", &[post(SECRETARY)]).await;
        let zhou = town.appoints("zhou", &[post(STATION)]).await;
        let chen = town.appoints("chen", &[post(LEAD)]).await;
        let hidden = Draft {
            visibility: Visibility::Private.as_str().to_owned(),
            ..plain_draft()
        };
        let filed = town.files(&hidden).await;
        let id = filed.case;
        town.does(&wang, id, Act::Accept).await;
        town.at("2026-11-23T09:01");
        town.does(&zhou, id, call_both()).await;
        town.at("2026-11-23T09:02");
        town.does(&chen, id, Act::ReportIn { part: 1 }).await;
        let firm = engage(&town, 1, "clean-river");
        town.does(&chen, id, firm).await;
        town.at("2026-11-23T09:03");
        town.sees(&wang, id).await;
        town.at("2026-11-23T09:04");
        let due = town.desk.now().plus(Millis::days(5));
        let elsewhere = transfer(due).saying("由县里答复，依据另附");
        town.does(&zhou, id, elsewhere).await;

        let lang = CITY.default_lang;
        let module = |code: &str| town.desk.module_name(&UnitCode::new(code).unwrap(), lang);
        let (lead, support) = (module("enforcement-appearance"), module("resources-land"));
        let mut firms = CITY.contractors.iter();
        let firm = firms.find(|firm| firm.code.as_str() == "clean-river");
        let firm = firm.unwrap().names.get(lang);
        let saw = look::who_saw(&town.desk, filed.number).await.unwrap();
        let named: Vec<_> = saw
            .iter()
            .map(|look| {
                let login = look.person.as_ref().map(|(login, _)| login.as_str());
                (look.at, login, look.what.as_str(), look.to.as_deref())
            })
            .collect();
        assert_eq!(
            named,
            [
                (at("2026-11-23T09:01"), Some("zhou"), "passed", Some(&*lead)),
                (
                    at("2026-11-23T09:01"),
                    Some("zhou"),
                    "passed",
                    Some(&*support)
                ),
                (at("2026-11-23T09:02"), Some("chen"), "passed", Some(firm)),
                (at("2026-11-23T09:03"), Some("wang"), "story", None),
                (at("2026-11-23T09:04"), Some("zhou"), "passed_outside", None),
            ]
        );
        // What is written with a step is the case's, and not for whoever runs the server.
        assert!(saw.iter().all(|look| look.reason.is_empty()), "{saw:?}");

        let department = |code: &str| {
            let module = UnitCode::new(code).unwrap();
            let department = CITY.unit(CITY.department_of(&module)).unwrap();
            department.names.get(Lang::ZhHans).to_owned()
        };
        let (lead, support) = (
            department("enforcement-appearance"),
            department("resources-land"),
        );
        let looks = town.sees(&who_filed(&filed), id).await.looks;
        let told: Vec<_> = looks
            .iter()
            .map(|look| (look.saw[0].0, look.to.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (Saw::PassedOutside, None),
                (Saw::Story, None),
                (Saw::Passed, Some(firm)),
                (Saw::Passed, Some(&*support)),
                (Saw::Passed, Some(&*lead)),
            ],
            "latest first"
        );
        assert!(looks.iter().all(|look| look.office.is_some()), "{looks:?}");

        // Of a public case too, and to its reporter alone.
        let open = town.files(&plain_draft()).await;
        town.does(&staff("editor"), open.case, Act::Publish).await;
        let me_too = town.joins(open.number).await;
        town.does(&wang, open.case, Act::Accept).await;
        town.does(&zhou, open.case, call_both()).await;
        let looks = town.sees(&who_filed(&open), open.case).await.looks;
        assert_eq!(looks.len(), 2, "{looks:?}");
        assert_eq!(town.sees(&me_too, open.case).await.looks, []);
    })
    .await;
}

/// Another category may be another module's, whose people see the case from then on, and those of the same
/// module did before; where it is moved another community's do.
#[tokio::test]
async fn another_line_and_another_community_are_handed_the_case() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let wang = town.appoints("wang", &[post(SECRETARY)]).await;
        let filed = town.files(&plain_draft()).await;
        for category in ["street-vending", "parking-pavement"] {
            let category = CategoryCode::new(category).unwrap();
            let act = Act::Reclassify { category };
            town.does(&wang, filed.case, act.saying("归错了类")).await;
        }
        let community = AreaCode::new(HUAZHONG).unwrap();
        let there = Owner::Community(community.clone());
        let act = Act::Move { community };
        town.does(&wang, filed.case, act.saying("在那边")).await;
        let lang = CITY.default_lang;
        let module = Owner::Unit(UnitCode::new("enforcement-appearance").unwrap());
        let saw = look::who_saw(&town.desk, filed.number).await.unwrap();
        let to: Vec<_> = saw.iter().filter_map(|look| look.to.clone()).collect();
        let office = |owner| town.desk.office_name(owner, lang);
        assert_eq!(to, [office(&module), office(&there)]);
    })
    .await;
}
