//! What staff show: to whom, and when.

use casework::file::FiledCase;
use domain::{
    access::Viewer, case::EvidenceKind, clock::Stage, decide::Act, verb::Verb,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::{self, SOLVED},
    posts::{SECRETARY, staff},
    town::Town,
};

/// A public whistle in a category that asks for no photo.
async fn told(town: &Town) -> FiledCase {
    town.at("2026-11-23T09:00");
    matter::told(town, Visibility::Public).await
}

/// Does something with a photo.
async fn shows(town: &Town, case: &FiledCase, act: Act, shade: u8) {
    town.shows(&staff(SECRETARY), case.case, act, "见照片", shade)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_of_staff_wait_for_a_named_person_too() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let case = told(&town).await;
        let (anybody, inside) = (Viewer::Anonymous, staff(SECRETARY));
        let reporter = town.holder(&case.code).await;
        town.does(&staff("editor"), case.case, Act::Publish).await;
        town.does(&inside, case.case, Act::Take).await;
        let evidence = |evidence| Act::AddEvidence { evidence };
        shows(&town, &case, evidence(EvidenceKind::Document), 1).await;
        shows(&town, &case, Act::Assess { duty: None }, 2).await;
        let offered = async || {
            let seen = town.sees(&inside, case.number).await;
            seen.actions.contains(&Verb::Publish)
        };
        shows(&town, &case, evidence(EvidenceKind::PhotoBefore), 3).await;
        shows(&town, &case, Act::Update, 4).await;
        shows(&town, &case, SOLVED, 5).await;
        let photos = async |who: &Viewer| town.sees_photos(who, case.number, 5).await;
        assert_eq!(photos(&inside).await, [1, 2, 3, 4, 5]);
        assert_eq!(
            photos(&reporter).await,
            [3, 4, 5],
            "the answer is for who asked, papers and opinions are for those inside"
        );
        assert!(
            photos(&anybody).await.is_empty(),
            "nobody looked at them since"
        );
        assert!(offered().await, "somebody is asked to look");
        town.does(&staff("editor"), case.case, Act::Publish).await;
        assert_eq!(photos(&anybody).await, [3, 4, 5]);
        assert!(!offered().await);
    })
    .await;
}

/// Whoever follows a merged case learns where it goes on, if they may know of that one, and that
/// its own promise is not needed any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_merged_case_says_where_it_goes_on_and_what_became_of_its_promise() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (first, second) = (told(&town).await, told(&town).await);
        let into = Act::Merge { into: second.case };
        town.does(&staff(SECRETARY), first.case, into.saying("同一处"))
            .await;
        let see = async |who: &Viewer| town.sees(who, first.number).await;
        let seen = see(&Viewer::Anonymous).await;
        assert_eq!(seen.merged_into, Some(second.number.to_string()));
        let promise = seen
            .clocks
            .iter()
            .find(|clock| clock.line.stage == Stage::Resolve)
            .expect("what was promised is told");
        let line = &promise.line;
        assert!(line.lapsed.is_some() && line.stopped.is_none() && !line.late);
        let other = town.holder(&second.code).await;
        let hide = Act::ChangeVisibility {
            to: Visibility::Private,
        };
        town.does(&other, second.case, hide).await;
        assert_eq!(see(&Viewer::Anonymous).await.merged_into, None);
        let own = town.holder(&first.code).await;
        assert_eq!(see(&own).await.merged_into, None);
        let inside = see(&staff(SECRETARY)).await;
        assert_eq!(inside.merged_into, Some(second.number.to_string()));
    })
    .await;
}
