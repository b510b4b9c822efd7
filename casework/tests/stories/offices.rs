//! One person in several offices: each opens what is its own.

use casework::Error;
use domain::{
    access::Viewer,
    clock::Stage,
    decide::{Act, Command},
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, LEAD, Matter, SUPPORT, Stand, more_time, prepare},
    posts::{SECRETARY, left, post, staff},
    told::the_clock,
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
        for check in [
            CHECKED,
            Act::SendBack,
            Act::CallBack {
                reached: true,
                holds: None,
            },
        ] {
            let denied = town.denied(&both, matter.id, check.saying("看过")).await;
            assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        }
        town.does(&staff("supervisor"), matter.id, CHECKED).await;
    })
    .await;
}

/// Asks for more time on the promise of a called part, or of the community itself.
async fn ask(town: &Town, matter: &Matter, part: Option<u32>) -> Command {
    let case = town.case(matter.id).await;
    more_time(the_clock(&case, Stage::Resolve, part)).saying("等材料到货")
}

/// More time is asked for under the office whose promise it is: what the same person is elsewhere,
/// was before, or is to the case besides, counts for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn more_time_is_asked_for_by_the_office_that_promised() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        // The secretary of this very case may ask for more time, but not for the unit that leads:
        // they serve with it in 华中, and no more here.
        let secretary = [
            post(SECRETARY),
            left(&town, LEAD),
            post("appearance officer of 华中"),
            post(SUPPORT),
        ];
        let secretary = town.appoints("secretary", &secretary).await;
        let for_the_lead = ask(&town, &matter, Some(1)).await;
        let denied = town.denied(&secretary, matter.id, for_the_lead).await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        // For the unit they do serve with here, it is that office which asks.
        let for_the_other = ask(&town, &matter, Some(2)).await;
        let case = town.does(&secretary, matter.id, for_the_other).await;
        let asked = case.extension_asked.unwrap();
        assert_eq!(asked.by, Some(post(SUPPORT).no));

        // An officer who leads here is no secretary here, whatever they are in 华中.
        let matter = prepare(&town, Stand::Working).await;
        let for_the_community = ask(&town, &matter, None).await;
        let officer = Viewer::Staff(vec![post(LEAD), post("secretary of 华中")].into());
        let denied = town
            .denied(&officer, matter.id, for_the_community.clone())
            .await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        let both = Viewer::Staff(vec![post(LEAD), post(SECRETARY)].into());
        let case = town.does(&both, matter.id, for_the_community).await;
        let asked = case.extension_asked.unwrap();
        assert_eq!(asked.by, Some(post(SECRETARY).no));
    })
    .await;
}
