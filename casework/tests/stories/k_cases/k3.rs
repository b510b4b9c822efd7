//! K3: told by a seconded officer for a resident; the service is public, the enforcement is not.

use casework::{
    Error,
    file::{StaffFiling, file_as_staff},
    look::photo,
};
use domain::{
    access::Viewer,
    case::{EnforcementOutcome, Filer, Outcome},
    decide::Act,
    ids::{AppointmentNo, CategoryCode, PartyNo},
    verb::Verb,
};
use store::{PhotoSize, testing::each_engine};

use super::{figures, resolve, words};
use crate::{
    matter::{CHECKED, call, called},
    posts::{SECRETARY, staff},
    told::{by_staff, enforcement_in},
    town::{HUAZHONG, Town},
};

/// K3 as it was told to the seconded officer.
fn k3() -> StaffFiling {
    StaffFiling {
        category: CategoryCode::new("decoration-waste").unwrap(),
        words: words(
            "社区常年有一些装修垃圾、废旧家具堆放在路边，能否解决？",
            "路边",
        ),
        contact: store::Contact {
            phone: Some("13800138000".to_owned()),
            ..store::Contact::default()
        },
        // Agreed to face to face.
        ..by_staff(Filer::Proxy, HUAZHONG)
    }
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
        let shown = town.sees(&officer, filed.number).await;
        assert!(!format!("{shown:?}").contains(&digits[..5]));
        for verdict in [Act::Confirm, Act::Rate { stars: 5 }] {
            let denied = town.denied(&officer, filed.case, verdict).await;
            assert!(matches!(denied, Error::Forbidden));
        }

        town.does(&secretary, filed.case, Act::Accept).await;
        let call = call(vec![called("enforcement-sanitation", true)]);
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
        let note = Act::Note.saying("监控找到相关责任人，予以严肃警告");
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
        town.does(&secretary, filed.case, CHECKED).await;

        // The service is public; the enforcement is its own staff's.
        let resident = town.holder(&code).await;
        let me_too = town.joins(filed.number).await;
        for (who, name) in [
            (Viewer::Anonymous, "everybody"),
            (resident.clone(), "the resident"),
            (me_too.clone(), "who has the same problem"),
            (staff(SECRETARY), "another community"),
            (staff("auditor"), "the auditor"),
            (staff("system admin"), "the system admin"),
        ] {
            let shown = town.sees(&who, filed.number).await;
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
            let shown = town.sees(&staff(name), filed.number).await;
            assert_eq!(
                enforcement_in(&shown),
                [EnforcementOutcome::Warned],
                "{name}"
            );
        }

        // The resident judges, the one with the same problem for themself, the officer never.
        let offered = town.sees(&resident, filed.number).await.actions;
        assert!(offered.contains(&Verb::Confirm));
        let case = town.does(&resident, filed.case, Act::Confirm).await;
        assert_eq!(case.said_fixed(PartyNo::REPORTER), Some(true));
        town.does(&resident, filed.case, Act::Rate { stars: 5 })
            .await;
        let shown = town.sees(&Viewer::Anonymous, filed.number).await;
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
        town.shows(&secretary, filed.case, Act::Note, "监控截图", 7)
            .await;
        town.does(&secretary, filed.case, Act::Publish).await;
        for who in [Viewer::Anonymous, resident, staff(SECRETARY)] {
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
