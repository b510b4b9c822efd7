//! Filing: one key is one case, and only what the form may name is taken.

use casework::{
    Error, act,
    file::{FilingKey, Whistle, file_whistle},
    look::photo,
    stage,
};
use domain::{
    access::Viewer,
    case::Channel,
    decide::Act,
    draft::{Draft, Field, FieldError},
    ids::PhotoId,
    reference::CaseNumber,
    time::{Millis, parse_date},
    visibility::Visibility,
};
use store::{PhotoSize, testing::each_engine};

use crate::{
    told::{draft, draft_for},
    town::{CITY, HUAZHONG, Town, at, picture},
};

#[tokio::test(flavor = "multi_thread")]
async fn twenty_tries_under_one_key_are_one_case() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let key = town.key();
        let photo = town.photo(&key, 1).await;
        let told = Whistle {
            photos: vec![photo],
            ..town.whistle(&draft())
        };
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (desk, key, told) = (town.desk.clone(), key.clone(), told.clone());
                tokio::spawn(async move {
                    // A client that is told to come back does so, with the same key.
                    loop {
                        match file_whistle(&desk, &key, told.clone()).await {
                            Err(Error::Store(error)) if casework::is_busy(&error) => {}
                            answer => return answer,
                        }
                    }
                })
            })
            .collect();
        let mut answers = Vec::new();
        for one in tries {
            answers.push(one.await.unwrap().expect("every try is answered"));
        }
        let first = &answers[0];
        for answer in &answers {
            assert_eq!((answer.case, answer.number), (first.case, first.number));
            assert_eq!(answer.code.digits(), first.code.digits());
            assert_eq!((answer.filed_at, answer.hash), (first.filed_at, first.hash));
        }
        assert_eq!(
            answers.iter().filter(|answer| answer.new).count(),
            1,
            "one was the first"
        );
        assert_eq!(town.listed("").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_for_one_filing_only() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let before = town.files(&draft()).await;
        let key = town.key();
        let told = town.whistle(&draft());
        let first = file_whistle(&town.desk, &key, told.clone()).await.unwrap();
        let change = |change: &dyn Fn(&mut Draft)| {
            let mut other = draft();
            change(&mut other);
            town.whistle(&other)
        };
        let photo = town.photo(&town.key(), 3).await;
        let others = [
            ("text", change(&|it| it.description.push('！'))),
            (
                "category",
                change(&|it| "parking-road".clone_into(&mut it.category)),
            ),
            (
                "community",
                change(&|it| HUAZHONG.clone_into(&mut it.community)),
            ),
            ("place", change(&|it| it.place.push('二'))),
            (
                "position",
                change(&|it| {
                    "27.5".clone_into(&mut it.latitude);
                    "120.5".clone_into(&mut it.longitude);
                }),
            ),
            (
                "visibility",
                change(&|it| "private".clone_into(&mut it.visibility)),
            ),
            ("name", change(&|it| "阿冯".clone_into(&mut it.name))),
            (
                "phone",
                change(&|it| "13800138000".clone_into(&mut it.phone)),
            ),
            ("email", change(&|it| "a@b.cn".clone_into(&mut it.email))),
            (
                "photos",
                Whistle {
                    photos: vec![photo],
                    ..told.clone()
                },
            ),
            (
                "recurrence",
                Whistle {
                    recurrence_of: Some(before.number),
                    ..told.clone()
                },
            ),
        ];
        for (what, other) in others {
            let answer = file_whistle(&town.desk, &key, other).await;
            assert!(
                matches!(answer, Err(Error::KeyReused)),
                "another {what}: {answer:?}"
            );
        }
        let answer = act::join(&town.desk, &key, before.number, "").await;
        assert!(
            matches!(answer, Err(Error::KeyReused)),
            "a me-too: {answer:?}"
        );
        // How it came in is not what was told.
        let by_machine = Whistle {
            channel: Channel::Api,
            ..told
        };
        let again = file_whistle(&town.desk, &key, by_machine).await.unwrap();
        assert!(!again.new && again.case == first.case);
        assert_eq!(town.listed("").await.len(), 2);
    })
    .await;
}

#[test]
fn a_key_has_22_to_64_plain_characters() {
    let of = |text: &str| FilingKey::new(text).is_ok();
    assert!(of(&"a".repeat(22)) && of(&"Z-_9".repeat(16)));
    let (short, long) = ("a".repeat(21), "a".repeat(65));
    for bad in [
        "",
        short.as_str(),
        long.as_str(),
        "aaaaaaaaaaaaaaaaaaaaaa ",
        "钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙",
    ] {
        assert!(!of(bad), "{bad:?}");
    }
    let key = FilingKey::new(&"s3cret".repeat(5)).unwrap();
    assert!(
        !format!("{key:?}").contains("s3cret"),
        "a key opens a receipt: it is never printed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_names_a_case_that_everybody_may_know() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let open = town.files(&draft()).await;
        let private = town.files(&draft_for(Visibility::Private)).await;
        let back = |of| Whistle {
            recurrence_of: Some(of),
            ..town.whistle(&draft())
        };
        let again = file_whistle(&town.desk, &town.key(), back(open.number))
            .await
            .unwrap();
        assert_eq!(town.case(again.case).await.recurrence_of, Some(open.case));
        let shown = town.sees(&Viewer::Anonymous, again.number).await;
        assert_eq!(shown.recurrence_of, Some(open.number.to_string()));
        let nowhere = CaseNumber::new(parse_date("2026-11-01").unwrap(), 5);
        for number in [private.number, nowhere] {
            let answer = file_whistle(&town.desk, &town.key(), back(number)).await;
            assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        }
        // It was public when it came back; when it no longer is, nobody reads its number there.
        let closed = Act::ChangeVisibility {
            to: Visibility::Private,
        };
        town.does(&town.holder(&open.code).await, open.case, closed)
            .await;
        let shown = town.sees(&Viewer::Anonymous, again.number).await;
        assert_eq!(shown.recurrence_of, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_are_those_staged_under_the_key() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (mine, theirs) = (town.key(), town.key());
        let (own, other) = (town.photo(&mine, 1).await, town.photo(&theirs, 2).await);
        let with = |photos: Vec<PhotoId>| Whistle {
            photos,
            ..town.whistle(&draft())
        };
        for (what, photos) in [
            ("of another form", vec![own, other]),
            ("that never was", vec![PhotoId::new([9; 16])]),
            ("named twice", vec![own, own]),
        ] {
            let answer = file_whistle(&town.desk, &mine, with(photos)).await;
            assert!(
                matches!(answer, Err(Error::NotFound)),
                "a photo {what}: {answer:?}"
            );
        }
        assert_eq!(
            town.photo(&mine, 1).await,
            own,
            "the same picture again is the same photo"
        );
        let first = file_whistle(&town.desk, &mine, with(vec![own]))
            .await
            .unwrap();
        // After filing it is the case's: not swept, not staged any more, seen by the reporter.
        town.fresh.clock.advance(Millis::days(2));
        town.desk.store.sweep_staging().await.unwrap();
        assert!(stage::staged(&town.desk, &mine).await.unwrap().is_empty());
        let reporter = town.holder(&first.code).await;
        let seen = photo(&town.desk, &reporter, first.number, 1, PhotoSize::Full)
            .await
            .unwrap();
        assert!(seen.bytes.starts_with(&[0xff, 0xd8]) && !seen.public);
        assert!(matches!(
            photo(&town.desk, &reporter, first.number, 2, PhotoSize::Full).await,
            Err(Error::NotFound)
        ));
        // The other's waited too long.
        assert!(!town.desk.store.blobs().has(other).await.unwrap());
        let answer = file_whistle(&town.desk, &theirs, with(vec![other])).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");

        // Six a form.
        let key = town.key();
        for shade in 0..6 {
            town.photo(&key, 100 + shade).await;
        }
        let answer = stage::stage(&town.desk, &key, b"192.0.2.9", picture(250)).await;
        assert!(matches!(answer, Err(Error::NoRoomForPhotos)), "{answer:?}");
    })
    .await;
}

#[test]
fn a_sealed_category_has_another_door() {
    for code in ["tip-official", "tip-business"] {
        let told = Draft {
            category: code.to_owned(),
            ..draft()
        };
        let now = at("2026-11-23T09:00");
        let errors = told.check(&CITY, now).unwrap_err();
        assert_eq!(errors, [(Field::Category, FieldError::Unknown)], "{code}");
    }
}
