//! K2: a ground that was cleared and filled up again, green within 96 hours.

use casework::{Error, file::file_as_staff};
use domain::{
    case::{CallClass, EvidenceKind, StateTag, VerifyMethod},
    clock::{Limit, Stage},
    decide::{Act, CallDue},
};
use store::testing::each_engine;

use super::{figures, nobody_judges, patrol, resolve, span, words};
use crate::{
    matter::called,
    posts::{GRID, SECRETARY, STATION, staff},
    told::the_clock,
    town::{Town, at},
};

const MINUTE: i64 = 60_000;

#[tokio::test(flavor = "multi_thread")]
async fn k2_meets_96_hours_with_21_hours_58_minutes_to_spare() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (grid, station) = (staff(GRID), staff(STATION));
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

        let secretary = staff(SECRETARY);
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
