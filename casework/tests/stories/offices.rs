//! One person in several offices: each opens what is its own.

use casework::Error;
use domain::{access::Viewer, decide::Act};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, SUPPORT, Stand, prepare},
    posts::{SECRETARY, post, staff},
    town::Town,
};

/// A person with two offices acts by the one whose case it is, and never checks their own work.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_appointment_opens_nothing_of_the_first() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        // Land here, appearance in 华中 only: not the appearance part of a case here.
        let both = Viewer::Staff(vec![post(SUPPORT), post("appearance officer of 华中")].into());
        let matter = prepare(&town, Stand::Called).await;
        let denied = town
            .denied(&both, matter.id, Act::ReportIn { part: 1 })
            .await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        let case = town.does(&both, matter.id, Act::ReportIn { part: 2 }).await;
        assert_eq!(
            case.parts[1].reported_in.map(|(_, by)| by),
            Some(post(SUPPORT).no)
        );

        let both = Viewer::Staff(vec![post("supervisor"), post(SECRETARY)].into());
        let matter = prepare(&town, Stand::ResolvedOwn).await;
        for check in [CHECKED, Act::SendBack, Act::CallBack { reached: true }] {
            let denied = town.denied(&both, matter.id, check.saying("看过")).await;
            assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        }
        town.does(&staff("supervisor"), matter.id, CHECKED).await;
    })
    .await;
}
