//! What a command must be, whoever gives it: of the case as it stands, in words, with photos of its
//! own form.

use casework::{Error, act};
use domain::{
    access::Viewer,
    decide::{Act, Refusal},
    time::Millis,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::{Stand, prepare, told},
    posts::{SECRETARY, STATION, staff},
    told::with_photo,
    town::Town,
};

/// Who saw an old version is told so, and nothing happens.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_on_an_old_version_is_a_conflict() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        let seen = town.case(matter.id).await.version;
        town.does(&staff(SECRETARY), matter.id, Act::Accept).await;
        let before = town.case(matter.id).await;
        let answer = act::act(
            &town.desk,
            &staff(STATION),
            matter.id,
            Some(seen),
            Act::Note.saying("记一笔"),
        )
        .await;
        assert!(
            matches!(answer, Err(Error::Conflict { current }) if current == seen + 1),
            "{answer:?}"
        );
        assert_eq!(town.case(matter.id).await, before);
        // Who may not know of the case is not told its version either.
        let private = told(&town, Visibility::Private).await.case;
        let answer = act::act(&town.desk, &Viewer::Anonymous, private, Some(99), Act::Join).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    })
    .await;
}

/// What a command says must be words: blanks and photos of nobody's form are none.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_says_something_and_shows_only_its_own_photos() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        for blank in ["", " ", "\u{3000}\n"] {
            let refusal = town
                .refused(&staff(SECRETARY), matter.id, Act::Note.saying(blank))
                .await;
            assert_eq!(refusal, Refusal::NeedsText, "{blank:?}");
        }
        let (mine, theirs) = (town.key(), town.key());
        let photo = town.photo(&theirs, 9).await;
        let add = with_photo(Act::AddInformation, "又来了", photo);
        let denied = town.denied(&matter.reporter, matter.id, add.clone()).await;
        assert!(
            matches!(denied, Error::NotFound),
            "without a key: {denied:?}"
        );
        let answer = act::act_with_photos(
            &town.desk,
            &matter.reporter,
            &mine,
            matter.id,
            None,
            add.clone(),
        )
        .await;
        assert!(
            matches!(answer, Err(Error::NotFound)),
            "under another key: {answer:?}"
        );
        let case =
            act::act_with_photos(&town.desk, &matter.reporter, &theirs, matter.id, None, add)
                .await
                .unwrap();
        assert_eq!(case.photos, 1);
        // It is the case's now: a day later nothing sweeps it away.
        town.fresh.clock.advance(Millis::days(2));
        town.desk.store.sweep_staging().await.unwrap();
        assert!(town.desk.store.blobs().has(photo).await.unwrap());
    })
    .await;
}
