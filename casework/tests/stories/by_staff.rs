//! What staff tell: on patrol, done on the spot, or for a resident who agreed.

use casework::{
    Error,
    file::{StaffFiling, file_as_staff},
    worklist::{self, Asked},
};
use domain::{
    access::Viewer,
    case::{Consent, Filer, Ground, StateTag, VerifyMethod},
    decide::{Act, Refusal},
    event::Words,
    ids::{CaseId, ExternalNo, PartyNo},
    lang::Lang,
    time::Millis,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    posts::{GRID, SECRETARY, STATION, staff},
    told::by_staff,
    town::{HUAZHONG, Town, XIANGGANG},
};

#[tokio::test(flavor = "multi_thread")]
async fn staff_file_as_staff_where_they_serve() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let grid = staff(GRID);
        let patrol = by_staff(Filer::Staff, XIANGGANG);
        for (who, filing) in [
            (Viewer::Anonymous, patrol.clone()),
            (
                Viewer::Party {
                    case: CaseId::from_bytes([1; 16]),
                    party: PartyNo(1),
                },
                patrol.clone(),
            ),
            (Viewer::System, patrol.clone()),
            (staff("auditor"), patrol.clone()),
            (staff("system admin"), patrol.clone()),
            (staff("secretary of 华中"), patrol.clone()),
            (grid.clone(), by_staff(Filer::Staff, HUAZHONG)),
            // A resident's voice is a resident's.
            (grid.clone(), by_staff(Filer::Resident, XIANGGANG)),
        ] {
            let answer = file_as_staff(&town.desk, &who, &town.key(), filing).await;
            assert!(
                matches!(answer, Err(Error::Forbidden)),
                "{who:?}: {answer:?}"
            );
        }
        assert!(town.listed("").await.is_empty());

        // 即报即办: told, done and proven in one step; the proof is its own form's.
        let key = town.key();
        let proof = town.photo(&key, 90).await;
        let fix = |photos| StaffFiling {
            fixed: Some(Words {
                photos,
                ..Words::text("已劝离")
            }),
            ..patrol.clone()
        };
        let answer = file_as_staff(&town.desk, &grid, &key, fix(Vec::new())).await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::EvidenceMissing(_)))),
            "{answer:?}"
        );
        let answer = file_as_staff(&town.desk, &grid, &town.key(), fix(vec![proof])).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        let done = file_as_staff(&town.desk, &grid, &key, fix(vec![proof]))
            .await
            .unwrap();
        let case = town.case(done.case).await;
        assert_eq!(case.state.tag(), StateTag::Resolved);
        assert_eq!(
            (case.photos, case.linked(), case.judged_by_resident()),
            (1, false, false)
        );
        let check = Act::Verify {
            method: VerifyMethod::OnEvidence,
        };
        for name in [GRID, SECRETARY] {
            let denied = town.denied(&staff(name), done.case, check.clone()).await;
            assert!(
                matches!(denied, Error::Forbidden),
                "{name} checks their own work"
            );
        }
        town.does(&staff(STATION), done.case, check).await;
        // The proof is the case's, not the sweeper's.
        town.fresh.clock.advance(Millis::days(2));
        town.desk.store.sweep_staging().await.unwrap();
        assert!(town.desk.store.blobs().has(proof).await.unwrap());

        let again = file_as_staff(&town.desk, &grid, &key, fix(vec![proof]))
            .await
            .unwrap();
        assert_eq!(again.case, done.case);
        let mut other = fix(vec![proof]);
        other.visibility = Some(Visibility::Private);
        let answer = file_as_staff(&town.desk, &grid, &key, other).await;
        assert!(matches!(answer, Err(Error::KeyReused)), "{answer:?}");
        // What nobody told has no receipt, and the book is whole all the same.
        town.desk.store.verify(|_| {}).await.expect("whole");
    })
    .await;
}

/// A proxy filing says how the resident agreed, for ever; without it there is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_filing_keeps_how_the_resident_agreed() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let grid = staff(GRID);
        let silent = StaffFiling {
            consent: None,
            ..by_staff(Filer::Proxy, XIANGGANG)
        };
        let answer = file_as_staff(&town.desk, &grid, &town.key(), silent).await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::NeedsConsent))),
            "{answer:?}"
        );
        for agreed in Consent::ALL {
            let filing = StaffFiling {
                consent: Some(*agreed),
                ..by_staff(Filer::Proxy, XIANGGANG)
            };
            let key = town.key();
            let filed = file_as_staff(&town.desk, &grid, &key, filing.clone())
                .await
                .unwrap();
            assert_eq!(town.case(filed.case).await.consent, Some(*agreed));
            let other = Consent::ALL.iter().find(|other| *other != agreed).copied();
            let changed = StaffFiling {
                consent: other,
                ..filing
            };
            let answer = file_as_staff(&town.desk, &grid, &key, changed).await;
            assert!(matches!(answer, Err(Error::KeyReused)), "{answer:?}");
        }
        let own = file_as_staff(
            &town.desk,
            &grid,
            &town.key(),
            by_staff(Filer::Staff, XIANGGANG),
        )
        .await
        .unwrap();
        assert_eq!(town.case(own.case).await.consent, None);
    })
    .await;
}

/// A hotline calls again, and gives the number it gave before.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_from_elsewhere_is_found_and_filed_once() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let handed = |community, number: &str| StaffFiling {
            external: Some(ExternalNo::new(number).unwrap()),
            ..by_staff(Filer::Staff, community)
        };
        let file = async |who: &str, filing: StaffFiling| {
            file_as_staff(&town.desk, &staff(who), &town.key(), filing).await
        };
        let first = file(SECRETARY, handed(XIANGGANG, "WZ20261123001"))
            .await
            .unwrap();
        for who in [SECRETARY, GRID, STATION] {
            let again = file(who, handed(XIANGGANG, "WZ20261123001")).await;
            assert!(
                matches!(&again, Err(Error::FiledBefore(number)) if *number == first.number),
                "{who}: {again:?}"
            );
        }
        // Another matter of the same call, and another community that was told the same.
        file(SECRETARY, handed(XIANGGANG, "WZ20261123001-2"))
            .await
            .unwrap();
        let elsewhere = file("secretary of 华中", handed(HUAZHONG, "WZ20261123001"))
            .await
            .unwrap();
        let found = async |who: &str| {
            let asked = Asked {
                words: "WZ20261123001".to_owned(),
                ..Asked::default()
            };
            let page = worklist::page(&town.desk, &staff(who), asked, Lang::ZhHans).await;
            let lines = page.unwrap().items.into_iter();
            lines.map(|line| line.card.number).collect::<Vec<_>>()
        };
        assert_eq!(found(SECRETARY).await, [first.number.to_string()]);
        assert_eq!(
            found("secretary of 华中").await,
            [elsewhere.number.to_string()]
        );
        // What has ended is found by it as well.
        let end = Act::Reject {
            ground: Ground::OtherProcedure,
        };
        let _ = town
            .does(&staff(SECRETARY), first.case, end.saying("查无此事"))
            .await;
        assert_eq!(found(SECRETARY).await, [first.number.to_string()]);
    })
    .await;
}
