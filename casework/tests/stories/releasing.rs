//! Words, place and photos are public once a named person says so, as long as nobody takes it back.

use casework::{
    Error,
    cover::{self, Cover},
    look::{as_public, photo},
    views::{AsPublic, PhotoOf, Publicly},
};
use domain::{
    access::Viewer, case::Release, clock::Stage, decide::Act, lang::Lang, visibility::Visibility,
};
use store::{PhotoSize, testing::each_engine};

use crate::{
    posts::{GRID, SECRETARY, STATION, staff},
    told::{draft, draft_for, says, the_clock},
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
        // Of the filing, its place and its photo go with the words, and the one who told it has them.
        let redact = Act::Redact { version: 1 }.saying("〔已遮盖〕");
        town.does(&editor, first.case, redact).await;
        let shown = public().await;
        let detail = shown.detail.unwrap();
        assert_eq!(
            (&*detail.text, &*detail.place, detail.position),
            ("〔已遮盖〕", "", None)
        );
        assert_eq!((shown.card.place, shown.photos), (None, vec![]));
        assert!(matches!(
            shot(&Viewer::Anonymous, 1).await,
            Err(Error::NotFound)
        ));
        let own = town.sees(&reporter, first.number).await;
        assert_eq!(own.detail.unwrap().place, draft().place);
        assert_eq!(own.photos[0].publicly, Some(Publicly::Withheld));

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

/// Whoever releases sees before just what everybody sees after, and nothing is released by looking.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_looked_at_before_as_the_public_will_see_it() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let mut told = draft();
        "27.578901".clone_into(&mut told.latitude);
        "120.553456".clone_into(&mut told.longitude);
        let filed = town.files_with_photo(&told, 60).await;
        let looks = async |name: &str| {
            as_public(&town.desk, &staff(name), filed.number, Lang::ZhHans).await
        };
        let number = filed.number;
        let rules = async |cover: Cover| {
            let (key, version) = (town.key(), None);
            let (desk, who) = (&town.desk, staff(SECRETARY));
            let done = cover::cover(
                desk,
                &who,
                (&key, &b"test"[..]),
                number,
                1,
                version,
                (cover, false),
            );
            done.await.unwrap();
        };
        rules(Cover::Cells([(0, 0)].into())).await;
        for name in [SECRETARY, STATION, "editor"] {
            let AsPublic { story, waits } = looks(name).await.unwrap();
            assert!(waits, "{name}");
            let detail = story.detail.as_ref().unwrap();
            assert_eq!(detail.position, Some((27.579, 120.553)), "{name}");
            let photo = &story.photos[0];
            assert_eq!((photo.number, photo.of), (1, Some(PhotoOf::Report)));
            let small = format!("/cases/{number}/photos/2?whole&small");
            assert_eq!(photo.thumb_url, small, "{name}: the one it is covered with");
        }
        assert!(matches!(looks(GRID).await, Err(Error::Forbidden)));
        let elsewhere = looks("secretary of 华中").await;
        assert!(matches!(elsewhere, Err(Error::NotFound)));
        let case = town.case(filed.case).await;
        assert_eq!((case.version, case.release), (2, Release::Waiting));

        let before = looks(SECRETARY).await.unwrap().story;
        town.does(&staff("editor"), filed.case, Act::Publish).await;
        let after = town.sees(&Viewer::Anonymous, number).await;
        assert_eq!(before.detail, after.detail);
        assert_eq!(before.photos.len(), after.photos.len());
        let kinds = |story: &casework::views::CaseStory| {
            let entries = story.timeline.iter();
            entries.map(|entry| entry.fact.kind()).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&before), kinds(&after));
        assert!(!looks(SECRETARY).await.unwrap().waits);

        // Withheld it is in neither; the offices see that it is.
        rules(Cover::Withheld).await;
        assert_eq!(looks(SECRETARY).await.unwrap().story.photos, []);
        let own = town.sees(&staff(SECRETARY), number).await;
        assert_eq!(own.photos[0].publicly, Some(Publicly::Withheld));
        rules(Cover::Shown).await;
        let own = town.sees(&staff(SECRETARY), number).await;
        assert_eq!(own.photos[0].publicly, Some(Publicly::Covered));

        // What nobody outside knows of has no such page.
        let hidden = town.files(&draft_for(Visibility::Private)).await;
        let (desk, who) = (&town.desk, staff(SECRETARY));
        let answer = as_public(desk, &who, hidden.number, Lang::ZhHans).await;
        assert!(matches!(answer, Err(Error::NotFound)));
    })
    .await;
}
