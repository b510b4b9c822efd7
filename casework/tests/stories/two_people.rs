//! What takes two people, and when two are two.

use casework::Error;
use domain::{
    access::{self, Appointment, Viewer},
    case::Ground,
    decide::{Act, Refusal},
    ids::AppointmentNo,
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, LEAD, Stand, prepare},
    posts::{SECRETARY, STATION, left, post, staff},
    town::Town,
};

/// Rejecting and taking out of sight each take two people, of whom the second must agree.
#[tokio::test(flavor = "multi_thread")]
async fn two_people_are_two_people() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        let reject = |ground| Act::Reject { ground }.saying("理由和依据");
        town.does(&staff(SECRETARY), matter.id, reject(Ground::OutsideCity))
            .await;
        let refusal = town
            .refused(&staff(SECRETARY), matter.id, reject(Ground::OutsideCity))
            .await;
        assert_eq!(refusal, Refusal::SecondPerson);
        // Another ground is another proposal, not an agreement.
        let case = town
            .does(&staff(STATION), matter.id, reject(Ground::AlreadyAnswered))
            .await;
        assert_eq!(case.state.tag().as_str(), "filed");
        let case = town
            .does(
                &staff(SECRETARY),
                matter.id,
                reject(Ground::AlreadyAnswered),
            )
            .await;
        assert_eq!(case.state.tag().as_str(), "rejected");

        let matter = prepare(&town, Stand::Filed).await;
        let quarantine = || Act::Quarantine.saying("疑似涉密");
        town.does(&staff("security admin"), matter.id, quarantine())
            .await;
        // To propose it opens nothing: else one person alone could look into any case.
        let proposed = town.case(matter.id).await;
        let inside = |name: &str| access::is_inside(&staff(name), &proposed);
        assert!(!inside("security admin") && inside("second security admin"));
        let refusal = town
            .refused(&staff("security admin"), matter.id, quarantine())
            .await;
        assert_eq!(refusal, Refusal::SecondPerson);
        let case = town
            .does(&staff("second security admin"), matter.id, quarantine())
            .await;
        assert!(case.quarantined);
        // From now on it is nowhere, for its own people too.
        for who in [
            Viewer::Anonymous,
            matter.reporter.clone(),
            staff(SECRETARY),
            staff("commission"),
        ] {
            let denied = town.denied(&who, matter.id, Act::Withdraw).await;
            assert!(matches!(denied, Error::NotFound), "{who:?}: {denied:?}");
        }
    })
    .await;
}

/// Two offices are not two people: what takes two compares who holds them, as the list of staff
/// has it.
#[tokio::test(flavor = "multi_thread")]
async fn one_person_with_two_offices_is_no_second_person() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let offices = [post(SECRETARY), post(STATION), post("supervisor")];
        let one = town.appoints("one", &offices).await;
        let other = [post("commission"), post("editor")];
        let other = town.appoints("other", &other).await;
        let security = town.appoints("security", &[post("security admin")]).await;
        let reject = || {
            Act::Reject {
                ground: Ground::OtherProcedure,
            }
            .saying("诉讼中")
        };
        let matter = prepare(&town, Stand::Filed).await;
        town.does(&one, matter.id, reject()).await;
        let refusal = town.refused(&one, matter.id, reject()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        // By the other office the same person is told the same.
        let offices = [left(&town, SECRETARY), post("supervisor")];
        let by_station = town.appoints("one", &offices).await;
        let refusal = town.refused(&by_station, matter.id, reject()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        let desk_only = Appointment {
            no: AppointmentNo(40),
            ..post(STATION)
        };
        let second = town.appoints("second", &[desk_only]).await;
        town.does(&second, matter.id, reject()).await;
        town.does(&matter.reporter, matter.id, Act::AskReview).await;
        let review = || Act::ReviewRejection { uphold: true }.saying("维持");
        let refusal = town.refused(&by_station, matter.id, review()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        town.does(&other, matter.id, review()).await;

        let quarantine = || Act::Quarantine.saying("疑似涉密");
        town.does(&other, matter.id, quarantine()).await;
        let refusal = town.refused(&other, matter.id, quarantine()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        town.does(&security, matter.id, quarantine()).await;

        // Who led the work under an office they have left does not check it as a supervisor.
        let matter = prepare(&town, Stand::Resolved).await;
        let offices = [left(&town, LEAD), post("supervisor")];
        let led = town.appoints("led", &offices).await;
        for verb in [
            CHECKED,
            Act::SendBack,
            Act::CallBack {
                reached: true,
                holds: None,
            },
        ] {
            let denied = town.denied(&led, matter.id, verb.saying("看过")).await;
            assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        }
        let outside = town.appoints("nobody", &[post("supervisor")]).await;
        town.does(&outside, matter.id, CHECKED).await;
    })
    .await;
}
