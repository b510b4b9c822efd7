//! A duty register tried on cases that were.

use casework::routing;
use domain::{
    decide::Act,
    ids::{CategoryCode, UnitCode},
};
use store::testing::each_engine;

use crate::{
    matter::{call, called},
    posts::{SECRETARY, staff},
    told::plain_draft,
    town::Town,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_register_is_tried_on_the_cases_of_the_last_days() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let secretary = staff(SECRETARY);
        town.at("2026-09-01T09:00");
        town.files(&plain_draft()).await;
        town.at("2026-11-23T09:00");
        let draft = plain_draft();
        let category: CategoryCode = draft.category.parse().unwrap();
        let [alone, as_said, otherwise, hidden] = [
            town.files(&draft).await,
            town.files(&draft).await,
            town.files(&draft).await,
            town.files(&draft).await,
        ];
        let community = town.case(alone.case).await.community;
        let mut city = (*town.desk.city).clone();
        let lead = {
            let duties = city.duties_for(&category, &community, town.desk.now());
            duties[0].lead.clone()
        };
        let other = UnitCode::new("safety-fire").unwrap();
        assert_ne!(lead, other);
        for (case, unit) in [(&as_said, &lead), (&otherwise, &other), (&hidden, &other)] {
            let call = call(vec![called(unit.as_str(), true)]);
            town.does(&secretary, case.case, call).await;
        }
        for name in ["commission", "security admin"] {
            town.does(
                &staff(name),
                hidden.case,
                Act::Quarantine.saying("疑似涉密"),
            )
            .await;
        }
        let routed = routing::simulate(&town.desk, &city, 30).await.unwrap();
        let [of] = routed.as_slice() else {
            panic!("{routed:?}");
        };
        assert_eq!((of.cases, of.nobody, of.called, of.as_called), (3, 0, 2, 1));
        assert_eq!(of.leads, [(lead, 3)]);
        assert_eq!(of.otherwise, [(other, 1, otherwise.number.to_string())]);
        assert_eq!(
            routing::simulate(&town.desk, &city, 90).await.unwrap()[0].cases,
            4
        );

        // Another register, before it is put in force: nobody would lead.
        city.duties.retain(|duty| duty.category != category);
        let routed = routing::simulate(&town.desk, &city, 30).await.unwrap();
        assert_eq!((routed[0].nobody, routed[0].as_called), (3, 0));
        // And nothing happened to any case.
        assert_eq!(town.case(alone.case).await.version, 1);
    })
    .await;
}
