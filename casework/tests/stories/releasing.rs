//! Words, place and photos are public once a named person says so, as long as nobody takes it back.

use casework::{Error, look::photo};
use domain::{access::Viewer, clock::Stage, decide::Act, visibility::Visibility};
use store::{PhotoSize, testing::each_engine};

use crate::{
    posts::{SECRETARY, staff},
    told::{draft, says, the_clock},
    town::Town,
};

#[tokio::test(flavor = "multi_thread")]
async fn words_place_and_photos_are_public_when_a_named_person_says_so() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let editor = staff("editor");
        let mut told = draft();
        "27.578901".clone_into(&mut told.latitude);
        "120.553456".clone_into(&mut told.longitude);
        let first = town.files_with_photo(&told, 60).await;
        let reporter = town.holder(&first.code).await;
        let public = async || town.sees(&Viewer::Anonymous, first.number).await;
        let shot = async |who: &Viewer, no| {
            photo(&town.desk, who, first.number, no, PhotoSize::Full).await
        };

        let shown = public().await;
        assert_eq!(
            (&shown.detail, &shown.card.headline, &shown.card.place),
            (&None, &None, &None)
        );
        assert!(shown.photos.is_empty());
        assert!(matches!(
            shot(&Viewer::Anonymous, 1).await,
            Err(Error::NotFound)
        ));
        assert!(
            !format!("{shown:?}").contains("盲道"),
            "not a word of it anywhere"
        );
        let own = town.sees(&reporter, first.number).await;
        assert_eq!(
            own.detail.unwrap().position,
            Some((27.578_901, 120.553_456))
        );

        town.does(&editor, first.case, Act::Publish).await;
        let case = town.case(first.case).await;
        let release = the_clock(&case, Stage::Release, None);
        assert!(release.stopped.is_some() && !release.stopped_late());
        let shown = public().await;
        let detail = shown.detail.unwrap();
        assert_eq!(detail.text, draft().description);
        assert_eq!(
            detail.position,
            Some((27.579, 120.553)),
            "three decimals for the public"
        );
        assert_eq!(shown.photos.len(), 1);
        assert!(shot(&Viewer::Anonymous, 1).await.unwrap().public);

        // What is told later waits for a release of its own, with its photo.
        let more = "住在三楼的老张干的";
        town.shows(&reporter, first.case, Act::AddInformation, more, 61)
            .await;
        let shown = public().await;
        assert!(
            !format!("{shown:?}").contains("老张"),
            "unseen words on a public page"
        );
        assert!(matches!(
            shot(&Viewer::Anonymous, 2).await,
            Err(Error::NotFound)
        ));
        assert!(!shot(&reporter, 2).await.unwrap().public);
        town.does(&editor, first.case, Act::Publish).await;
        assert!(format!("{:?}", public().await).contains("老张"));

        // Redacted: the public reads what stands instead, the reporter what they wrote.
        let version = town.case(first.case).await.version - 1;
        town.does(
            &editor,
            first.case,
            Act::Redact { version }.saying("〔姓名已遮盖〕"),
        )
        .await;
        let shown = public().await;
        assert!(!format!("{shown:?}").contains("老张"));
        assert!(says(&shown, "〔姓名已遮盖〕"));
        assert!(matches!(
            shot(&Viewer::Anonymous, 2).await,
            Err(Error::NotFound)
        ));
        let own = town.sees(&reporter, first.number).await;
        assert!(format!("{own:?}").contains("老张"));

        // Held: nothing of it, and the reporter reads why.
        town.does(&editor, first.case, Act::Hold.saying("照片里有车牌"))
            .await;
        let shown = public().await;
        assert_eq!((&shown.detail, &shown.card.headline), (&None, &None));
        assert!(!format!("{shown:?}").contains("车牌"));
        assert!(matches!(
            shot(&Viewer::Anonymous, 1).await,
            Err(Error::NotFound)
        ));
        let own = town.sees(&reporter, first.number).await;
        assert!(says(&own, "照片里有车牌"));
        // Less public by staff: with a reason that the reporter reads and the others do not.
        let close = Act::ChangeVisibility {
            to: Visibility::PublicWithoutDetail,
        };
        town.does(&staff(SECRETARY), first.case, close.saying("涉及他人病情"))
            .await;
        let own = town.sees(&reporter, first.number).await;
        assert!(says(&own, "涉及他人病情"));
        assert!(!format!("{:?}", public().await).contains("病情"));
    })
    .await;
}
