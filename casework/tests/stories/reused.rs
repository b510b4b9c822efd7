//! A photo that was handed in before is known again: last year's heap does not show this year's work.

use casework::{look, views::Reused};
use domain::{
    access::Viewer, case::EvidenceKind, decide::Act, ids::CaseId, lang::Lang, time::Millis,
};
use store::testing::{each_engine, prints};

use crate::{
    posts::{SECRETARY, staff},
    told::{draft, who_filed},
    town::Town,
};

const DONE: Act = Act::AddEvidence {
    evidence: EvidenceKind::PhotoAfter,
};

async fn sees(town: &Town, who: &Viewer, case: CaseId) -> Vec<Reused> {
    let shown = look::on_desk(&town.desk, who, case, Lang::ZhHans).await;
    shown.unwrap().reused
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_was_handed_in_before_is_known_again() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let later = || town.fresh.clock.advance(Millis::minutes(1));
        let secretary = staff(SECRETARY);
        let first = town.files_with_photo(&draft(), 10).await;
        later();
        let second = town.files_with_photo(&draft(), 20).await;
        assert_eq!(sees(&town, &secretary, first.case).await, []);
        assert_eq!(sees(&town, &secretary, second.case).await, []);
        for case in [first.case, second.case] {
            town.does(&secretary, case, Act::Take).await;
        }
        // One that is new, one of the case itself, and one of the other case.
        for shade in [30, 20, 10] {
            later();
            town.shows(&secretary, second.case, DONE, "", shade).await;
        }
        let again = |photo, with: Option<&str>| Reused {
            photo,
            with: with.map(str::to_owned),
        };
        let other = first.number.to_string();
        let seen = sees(&town, &secretary, second.case).await;
        assert_eq!(seen, [again(3, None), again(4, Some(&other))]);
        assert_eq!(
            sees(&town, &secretary, first.case).await,
            [],
            "whoever was first did nothing"
        );
        assert_eq!(sees(&town, &staff("supervisor"), second.case).await, seen);

        // It goes with the photo.
        town.desk.store.erase_words(first.case, 1).await.unwrap();
        let seen = sees(&town, &secretary, second.case).await;
        assert_eq!(seen, [again(3, None)]);
        let left = prints(&town.desk.store).await.unwrap();
        assert_eq!(left, 4, "of the photos that are left");
        let told = town.sees(&who_filed(&second), second.number).await;
        assert_eq!(told.photos.len(), 1, "the reporter is told nothing of it");
    })
    .await;
}
