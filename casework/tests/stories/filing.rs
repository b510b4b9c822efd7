//! Filing and following: one key is one case, a code opens one party's view, and nothing is shown
//! or kept that must not be.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{path::Path, time::Duration};

use casework::{
    Error, act, duplicates,
    file::{FiledCase, FilingKey, StaffFiling, Whistle, file_as_staff, file_whistle},
    lists::{self, Asked},
    look::{photo, story},
    stage, track,
    views::CaseStory,
};
use domain::{
    access::Viewer,
    case::{Channel, Consent, Filer, StateTag},
    clock::Stage,
    decide::{Act, Command, Refusal},
    draft::{Draft, Field, FieldError},
    event::Words,
    ids::{AreaCode, CaseId, CategoryCode, PartyNo, PhotoId},
    lang::Lang,
    reference::{CaseNumber, ReceiptCode},
    time::Millis,
    verb::Verb,
    visibility::Visibility,
};
use store::{EngineKind, PhotoSize, testing::each_engine};

use crate::town::{CITY, HUAZHONG, Town, XIANGGANG, draft, picture, staff};

fn whistle(town: &Town, draft: &Draft) -> Whistle {
    Whistle {
        checked: draft.check(&CITY, town.desk.now()).unwrap(),
        photos: Vec::new(),
        channel: Channel::Web,
        recurrence_of: None,
    }
}

async fn filed(town: &Town, draft: &Draft) -> FiledCase {
    file_whistle(&town.desk, &town.key(), whistle(town, draft))
        .await
        .unwrap()
}

async fn see(town: &Town, who: &Viewer, number: CaseNumber) -> Result<CaseStory, Error> {
    story(&town.desk, who, number, Lang::ZhHans).await
}

async fn listed(town: &Town, words: &str) -> Vec<String> {
    let asked = Asked {
        words: words.to_owned(),
        ..Asked::default()
    };
    let list = lists::cases(&town.desk, &asked, Lang::ZhHans)
        .await
        .unwrap();
    list.items.into_iter().map(|card| card.number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_tries_under_one_key_are_one_case() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let key = town.key();
        let photo = town.photo(&key, 1).await;
        let told = Whistle {
            photos: vec![photo],
            ..whistle(&town, &draft())
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
        assert_eq!(listed(&town, "").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_for_one_filing_only() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let before = filed(&town, &draft()).await;
        let key = town.key();
        let told = whistle(&town, &draft());
        let first = file_whistle(&town.desk, &key, told.clone()).await.unwrap();
        let change = |change: &dyn Fn(&mut Draft)| {
            let mut other = draft();
            change(&mut other);
            whistle(&town, &other)
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
        assert_eq!(listed(&town, "").await.len(), 2);
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
async fn the_receipt_survives_a_restart_and_opens_its_case() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        let key = town.key();
        let told = whistle(
            &town,
            &Draft {
                visibility: "private".to_owned(),
                ..draft()
            },
        );
        let first = file_whistle(&town.desk, &key, told.clone()).await.unwrap();
        let other = filed(&town, &draft()).await;
        town.restart().await;
        let again = file_whistle(&town.desk, &key, told).await.unwrap();
        assert!(!again.new);
        assert_eq!(
            (again.case, again.code.digits()),
            (first.case, first.code.digits())
        );
        assert!(!format!("{again:?}").contains(&first.code.digits()[..5]));

        let reporter = town.holder(&first.code).await;
        assert_eq!(
            reporter,
            Viewer::Party {
                case: first.case,
                party: PartyNo::REPORTER
            }
        );
        let shown = see(&town, &reporter, first.number).await.unwrap();
        assert!(shown.own);
        assert_eq!(shown.detail.unwrap().text, draft().description);
        // A code opens its own case and none beside it.
        let stranger = town.holder(&other.code).await;
        assert!(matches!(
            see(&town, &stranger, first.number).await,
            Err(Error::NotFound)
        ));

        // One wrong digit is no code, and a code of nobody opens nothing.
        let digits = first.code.digits();
        for at in 0..digits.len() {
            let mut typed = digits.clone().into_bytes();
            typed[at] = if typed[at] == b'9' {
                b'0'
            } else {
                typed[at] + 1
            };
            let typed = String::from_utf8(typed).unwrap();
            assert!(
                typed.parse::<ReceiptCode>().is_err(),
                "digit {at} goes unseen"
            );
        }
        for mac in [[0; 32], [7; 32]] {
            let answer = track::open(&town.desk, &ReceiptCode::from_mac(&mac)).await;
            assert!(matches!(answer, Err(Error::NotFound)));
        }

        // Half an hour after the last look the session is over; it can also be ended.
        let token = track::open(&town.desk, &first.code).await.unwrap();
        for _ in 0..4 {
            town.fresh.clock.advance(Millis::minutes(20));
            let who = track::viewer(&town.desk, &token).await.unwrap();
            assert_eq!(who, reporter, "a look keeps it open");
        }
        town.fresh.clock.advance(Millis::minutes(30));
        assert_eq!(
            track::viewer(&town.desk, &token).await.unwrap(),
            Viewer::Anonymous
        );
        let token = track::open(&town.desk, &first.code).await.unwrap();
        track::close(&town.desk, &token).await.unwrap();
        assert_eq!(
            track::viewer(&town.desk, &token).await.unwrap(),
            Viewer::Anonymous
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_same_problem_gets_a_code_of_their_own_and_no_more() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let first = filed(&town, &draft()).await;
        let key = town.key();
        let (number, code) = act::join(&town.desk, &key, first.number, "").await.unwrap();
        let again = act::join(&town.desk, &key, first.number, "").await.unwrap();
        assert_eq!((number, code.digits()), (again.0, again.1.digits()));
        assert_ne!(code.digits(), first.code.digits());
        assert_eq!(
            town.case(first.case).await.parties.len(),
            2,
            "a retry is no third person"
        );

        let me_too = town.holder(&code).await;
        assert_eq!(
            me_too,
            Viewer::Party {
                case: first.case,
                party: PartyNo(2)
            }
        );
        let shown = see(&town, &me_too, first.number).await.unwrap();
        assert!(shown.own);
        assert_eq!(
            shown.detail, None,
            "joining is no way to read what nobody released"
        );
        assert_eq!(shown.card.headline, None);
        for verb in [
            Verb::Withdraw,
            Verb::ChangeVisibility,
            Verb::Answer,
            Verb::Reopen,
        ] {
            assert!(!shown.actions.contains(&verb), "{verb:?} is the reporter's");
        }
        let denied = town.denied(&me_too, first.case, Act::Withdraw).await;
        assert!(matches!(denied, Error::Forbidden));
        // They read what they wrote themself; nobody else does before a release.
        town.does(
            &me_too,
            first.case,
            Act::AddInformation.saying("我家门口也是"),
        )
        .await;
        let theirs = see(&town, &me_too, first.number).await.unwrap();
        assert!(
            theirs
                .timeline
                .iter()
                .any(|it| it.text.as_deref() == Some("我家门口也是"))
        );
        let public = see(&town, &Viewer::Anonymous, first.number).await.unwrap();
        assert!(public.timeline.iter().all(|it| it.text.is_none()));
        assert_eq!(public.card.me_too, 1);

        // Always private: nobody joins, whatever number they know.
        let mut hidden = draft();
        "family-violence".clone_into(&mut hidden.category);
        "".clone_into(&mut hidden.visibility);
        let hidden = filed(&town, &hidden).await;
        let answer = act::join(&town.desk, &town.key(), hidden.number, "").await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_names_a_case_that_everybody_may_know() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let open = filed(&town, &draft()).await;
        let private = filed(
            &town,
            &Draft {
                visibility: "private".to_owned(),
                ..draft()
            },
        )
        .await;
        let back = |of| Whistle {
            recurrence_of: Some(of),
            ..whistle(&town, &draft())
        };
        let again = file_whistle(&town.desk, &town.key(), back(open.number))
            .await
            .unwrap();
        assert_eq!(town.case(again.case).await.recurrence_of, Some(open.case));
        let shown = see(&town, &Viewer::Anonymous, again.number).await.unwrap();
        assert_eq!(shown.recurrence_of, Some(open.number.to_string()));
        let nowhere: CaseNumber =
            CaseNumber::new(domain::time::parse_date("2026-11-01").unwrap(), 5);
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
        let shown = see(&town, &Viewer::Anonymous, again.number).await.unwrap();
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
            ..whistle(&town, &draft())
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

#[tokio::test(flavor = "multi_thread")]
async fn a_private_case_is_nowhere() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.desk = town.desk.clone().following().await.unwrap();
        let rare = "蓝色铁皮棚底下";
        let mut told = draft();
        told.description = format!("{rare}堆满了杂物");
        let open = filed(&town, &told).await;
        let key = town.key();
        let shot = town.photo(&key, 40).await;
        let secret = Draft {
            visibility: "private".to_owned(),
            ..told.clone()
        };
        let secret = Whistle {
            photos: vec![shot],
            ..whistle(&town, &secret)
        };
        let hidden = file_whistle(&town.desk, &key, secret).await.unwrap();
        let half = Draft {
            visibility: "public_without_detail".to_owned(),
            ..told.clone()
        };
        let half = filed(&town, &half).await;
        let editor = staff("editor");
        town.does(&editor, open.case, Act::Publish).await;
        for case in [hidden.case, half.case] {
            assert_eq!(
                town.refused(&editor, case, Act::Publish).await,
                Refusal::NothingToRelease
            );
        }
        // Until the index has the public one; what is private is never in it.
        let found = async {
            loop {
                let found = listed(&town, rare).await;
                if !found.is_empty() {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(20), found)
            .await
            .expect("indexed");
        assert_eq!(found, [open.number.to_string()]);

        let gone = CaseNumber::new(domain::time::parse_date("2026-11-02").unwrap(), 77);
        for who in [
            Viewer::Anonymous,
            town.holder(&open.code).await,
            staff("secretary of 华中"),
            staff("auditor"),
            staff("system admin"),
        ] {
            for number in [hidden.number, gone] {
                assert!(
                    matches!(see(&town, &who, number).await, Err(Error::NotFound)),
                    "{who:?}"
                );
                let seen = photo(&town.desk, &who, number, 1, PhotoSize::Small).await;
                assert!(matches!(seen, Err(Error::NotFound)), "{who:?}: {seen:?}");
            }
        }
        let number = hidden.number.to_string();
        assert!(listed(&town, &number).await.is_empty(), "by its number");
        assert!(!listed(&town, "").await.contains(&number), "in the list");
        let home = lists::home(&town.desk, Lang::ZhHans).await.unwrap();
        let community = lists::community(&town.desk, XIANGGANG, Lang::ZhHans)
            .await
            .unwrap();
        let alike = duplicates::of_draft(&town.desk, &told, Lang::ZhHans)
            .await
            .unwrap();
        assert!(
            alike
                .iter()
                .any(|card| card.number == open.number.to_string()),
            "the public one is like it"
        );
        for (place, cards) in [
            ("home", home.latest),
            ("community", community.latest),
            ("duplicates", alike),
        ] {
            assert!(cards.iter().all(|card| card.number != number), "{place}");
            for card in cards
                .iter()
                .filter(|card| card.number == half.number.to_string())
            {
                assert_eq!(
                    (&card.headline, &card.place),
                    (&None, &None),
                    "{place}: no detail"
                );
            }
        }
        // Its own people and its own staff see it.
        let reporter = town.holder(&hidden.code).await;
        for who in [
            reporter,
            staff("secretary of 象岗"),
            staff("grid officer of 象岗"),
            staff("commission"),
        ] {
            let shown = see(&town, &who, hidden.number).await.unwrap();
            assert_eq!(shown.detail.unwrap().text, told.description);
            assert!(
                photo(&town.desk, &who, hidden.number, 1, PhotoSize::Small)
                    .await
                    .is_ok()
            );
        }
        // Public without detail: known, and not a word of it.
        let shown = see(&town, &Viewer::Anonymous, half.number).await.unwrap();
        assert_eq!(
            (shown.detail, shown.card.headline, shown.card.place),
            (None, None, None)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_place_and_photos_are_public_when_a_named_person_says_so() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let key = town.key();
        let shot = town.photo(&key, 60).await;
        let mut told = draft();
        "27.578901".clone_into(&mut told.latitude);
        "120.553456".clone_into(&mut told.longitude);
        let told = Whistle {
            photos: vec![shot],
            ..whistle(&town, &told)
        };
        let first = file_whistle(&town.desk, &key, told).await.unwrap();
        let reporter = town.holder(&first.code).await;
        let public = async || see(&town, &Viewer::Anonymous, first.number).await.unwrap();
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
        let own = see(&town, &reporter, first.number).await.unwrap();
        assert_eq!(
            own.detail.unwrap().position,
            Some((27.578_901, 120.553_456))
        );

        town.does(&staff("editor"), first.case, Act::Publish).await;
        let case = town.case(first.case).await;
        let release = case
            .clocks
            .iter()
            .find(|clock| clock.stage == Stage::Release)
            .unwrap();
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
        let key = town.key();
        let more = town.photo(&key, 61).await;
        let add = Command {
            act: Act::AddInformation,
            words: Some(Words {
                photos: vec![more],
                ..Words::text("住在三楼的老张干的")
            }),
        };
        act::act_with_photos(&town.desk, &reporter, &key, first.case, None, add)
            .await
            .unwrap();
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
        town.does(&staff("editor"), first.case, Act::Publish).await;
        assert!(format!("{:?}", public().await).contains("老张"));

        // Redacted: the public reads what stands instead, the reporter what they wrote.
        let version = town.case(first.case).await.version - 1;
        town.does(
            &staff("editor"),
            first.case,
            Act::Redact { version }.saying("〔姓名已遮盖〕"),
        )
        .await;
        let shown = public().await;
        assert!(!format!("{shown:?}").contains("老张"));
        assert!(
            shown
                .timeline
                .iter()
                .any(|it| it.text.as_deref() == Some("〔姓名已遮盖〕"))
        );
        assert!(matches!(
            shot(&Viewer::Anonymous, 2).await,
            Err(Error::NotFound)
        ));
        let own = see(&town, &reporter, first.number).await.unwrap();
        assert!(format!("{own:?}").contains("老张"));

        // Held: nothing of it, and the reporter reads why.
        town.does(
            &staff("editor"),
            first.case,
            Act::Hold.saying("照片里有车牌"),
        )
        .await;
        let shown = public().await;
        assert_eq!((&shown.detail, &shown.card.headline), (&None, &None));
        assert!(!format!("{shown:?}").contains("车牌"));
        assert!(matches!(
            shot(&Viewer::Anonymous, 1).await,
            Err(Error::NotFound)
        ));
        let own = see(&town, &reporter, first.number).await.unwrap();
        assert!(
            own.timeline
                .iter()
                .any(|it| it.text.as_deref() == Some("照片里有车牌"))
        );
        // Less public by staff: with a reason that the reporter reads and the others do not.
        let close = Act::ChangeVisibility {
            to: Visibility::PublicWithoutDetail,
        };
        town.does(
            &staff("secretary of 象岗"),
            first.case,
            close.saying("涉及他人病情"),
        )
        .await;
        let own = see(&town, &reporter, first.number).await.unwrap();
        assert!(
            own.timeline
                .iter()
                .any(|it| it.text.as_deref() == Some("涉及他人病情"))
        );
        assert!(!format!("{:?}", public().await).contains("病情"));
    })
    .await;
}

/// All bytes under a folder, file by file.
fn bytes_under(folder: &Path, all: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes_under(&path, all);
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn code_contact_key_and_address_are_nowhere_on_the_disk() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        if town.desk.store.engine() == EngineKind::Postgres {
            // Its files are the server's; the same columns are written there.
            return;
        }
        let key = FilingKey::new("Kq7mW2xVtR9pLs4nYd8cZf3b").unwrap();
        town.photo(&key, 5).await;
        let mut told = draft();
        "冯某某".clone_into(&mut told.name);
        "13912345678".clone_into(&mut told.phone);
        "whistler.of.longgang@example.cn".clone_into(&mut told.email);
        told.may_call = true;
        let first = file_whistle(&town.desk, &key, whistle(&town, &told))
            .await
            .unwrap();
        let token = track::open(&town.desk, &first.code).await.unwrap();
        let _ = track::viewer(&town.desk, &token).await.unwrap();
        let mut all = Vec::new();
        bytes_under(town.fresh.folder.path(), &mut all);
        let holds = |needle: &[u8]| {
            let of = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            all.iter()
                .filter(|(_, bytes)| of(bytes))
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
        };
        // The reading sees what is there: the words, in the database and its journal.
        assert!(
            !holds("轮椅过不去".as_bytes()).is_empty(),
            "this test reads the wrong files"
        );
        let digits = first.code.digits();
        for (what, needle) in [
            ("the code", digits.as_bytes()),
            ("the code without its check digit", &digits.as_bytes()[..20]),
            ("the code as printed", first.code.to_string().as_bytes()),
            ("the key", key.as_str().as_bytes()),
            ("the session", token.to_text().as_bytes()),
            ("the session's bytes", &hex(&token.to_text())),
            ("the name", "冯某某".as_bytes()),
            ("the phone", b"13912345678"),
            ("the mail address", b"whistler.of.longgang"),
            ("the network address", b"192.0.2.7"),
        ] {
            assert_eq!(holds(needle), Vec::<String>::new(), "{what} is on the disk");
        }
    })
    .await;
}

fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_stops_the_promise_until_it_is_answered() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let first = filed(&town, &draft()).await;
        let (secretary, reporter) = (staff("secretary of 象岗"), town.holder(&first.code).await);
        let promise = async || town.case(first.case).await.resolve_clock().unwrap().clone();
        let due = promise().await.due;
        town.does(&secretary, first.case, Act::Ask.saying("是哪个路口？"))
            .await;
        assert!(promise().await.is_paused());
        let shown = see(&town, &reporter, first.number).await.unwrap();
        assert!(shown.card.state.waiting_for_reporter && shown.actions.contains(&Verb::Answer));
        assert!(
            shown
                .timeline
                .iter()
                .any(|it| it.text.as_deref() == Some("是哪个路口？"))
        );
        let public = see(&town, &Viewer::Anonymous, first.number).await.unwrap();
        assert!(
            !format!("{public:?}").contains("哪个路口"),
            "a question is the reporter's"
        );
        // More, unasked, is no answer.
        town.fresh.clock.advance(Millis::hours(1));
        town.does(
            &reporter,
            first.case,
            Act::AddInformation.saying("早上更严重"),
        )
        .await;
        assert!(promise().await.is_paused());
        town.fresh.clock.advance(Millis::hours(2));
        town.does(&reporter, first.case, Act::Answer.saying("东南角"))
            .await;
        let clock = promise().await;
        assert!(!clock.is_paused());
        assert_eq!(clock.due, due.plus(Millis::hours(3)));
        assert_eq!(
            clock.gross(town.desk.now()) - clock.net(town.desk.now()),
            Millis::hours(3)
        );
        // The first act of a person stopped the response clock, the question it was.
        let case = town.case(first.case).await;
        let respond = case
            .clocks
            .iter()
            .find(|clock| clock.stage == Stage::Respond)
            .unwrap();
        assert_eq!(respond.stopped, Some(first.filed_at));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_stays_withdrawn_and_in_the_list() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let first = filed(&town, &draft()).await;
        let reporter = town.holder(&first.code).await;
        town.does(
            &staff("secretary of 象岗"),
            first.case,
            Act::Ask.saying("是哪个路口？"),
        )
        .await;
        let case = town.does(&reporter, first.case, Act::Withdraw).await;
        assert_eq!(case.state.tag(), StateTag::Withdrawn);
        assert!(
            case.clocks
                .iter()
                .all(|clock| !clock.is_running() && !clock.is_paused())
        );
        assert!(case.waiting_since.is_none() && !case.handled());
        for command in [
            Act::Withdraw.into(),
            Act::AddInformation.saying("等等"),
            Act::Answer.saying("在"),
        ] {
            let refusal = town.refused(&reporter, first.case, command).await;
            assert!(matches!(refusal, Refusal::NotNow { .. }), "{refusal:?}");
        }
        let refusal = town
            .refused(&staff("secretary of 象岗"), first.case, Act::Accept)
            .await;
        assert!(matches!(refusal, Refusal::NotNow { .. }));
        assert_eq!(
            listed(&town, "").await,
            [first.number.to_string()],
            "in every denominator"
        );
        let answer = act::join(&town.desk, &town.key(), first.number, "").await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::NotNow { .. }))),
            "{answer:?}"
        );
    })
    .await;
}

fn by_staff(filer: Filer, community: &str) -> StaffFiling {
    StaffFiling {
        filer,
        channel: Channel::Staff,
        category: CategoryCode::new("street-vending").unwrap(),
        community: AreaCode::new(community).unwrap(),
        grid: None,
        visibility: None,
        words: Words::text("巡查发现占道"),
        fixed: None,
        external: None,
        consent: (filer == Filer::Proxy).then_some(Consent::InPerson),
        contact: store::Contact::default(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_file_as_staff_where_they_serve() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let grid = staff("grid officer of 象岗");
        let patrol = by_staff(Filer::Staff, XIANGGANG);
        for (who, filing) in [
            (Viewer::Anonymous, patrol.clone()),
            (
                Viewer::Party {
                    case: CaseId::from_bytes([1; 16]),
                    party: PartyNo(1),
                },
                patrol.clone(),
            ),
            (Viewer::System, patrol.clone()),
            (staff("auditor"), patrol.clone()),
            (staff("system admin"), patrol.clone()),
            (staff("secretary of 华中"), patrol.clone()),
            (grid.clone(), by_staff(Filer::Staff, HUAZHONG)),
            // A resident's voice is a resident's.
            (grid.clone(), by_staff(Filer::Resident, XIANGGANG)),
        ] {
            let answer = file_as_staff(&town.desk, &who, &town.key(), filing).await;
            assert!(
                matches!(answer, Err(Error::Forbidden)),
                "{who:?}: {answer:?}"
            );
        }
        assert!(listed(&town, "").await.is_empty());

        // 即报即办: told, done and proven in one step; the proof is its own form's.
        let key = town.key();
        let proof = town.photo(&key, 90).await;
        let fix = |photos| StaffFiling {
            fixed: Some(Words {
                photos,
                ..Words::text("已劝离")
            }),
            ..patrol.clone()
        };
        let answer = file_as_staff(&town.desk, &grid, &key, fix(Vec::new())).await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::EvidenceMissing(_)))),
            "{answer:?}"
        );
        let answer = file_as_staff(&town.desk, &grid, &town.key(), fix(vec![proof])).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        let done = file_as_staff(&town.desk, &grid, &key, fix(vec![proof]))
            .await
            .unwrap();
        let case = town.case(done.case).await;
        assert_eq!(case.state.tag(), StateTag::Resolved);
        assert_eq!(
            (case.photos, case.linked(), case.judged_by_resident()),
            (1, false, false)
        );
        let check = Act::Verify {
            method: domain::case::VerifyMethod::OnEvidence,
        };
        for name in ["grid officer of 象岗", "secretary of 象岗"] {
            let denied = town.denied(&staff(name), done.case, check.clone()).await;
            assert!(
                matches!(denied, Error::Forbidden),
                "{name} checks their own work"
            );
        }
        town.does(&staff("dispatcher of 象岗"), done.case, check)
            .await;
        // The proof is the case's, not the sweeper's.
        town.fresh.clock.advance(Millis::days(2));
        town.desk.store.sweep_staging().await.unwrap();
        assert!(town.desk.store.blobs().has(proof).await.unwrap());

        let again = file_as_staff(&town.desk, &grid, &key, fix(vec![proof]))
            .await
            .unwrap();
        assert_eq!(again.case, done.case);
        let mut other = fix(vec![proof]);
        other.visibility = Some(Visibility::Private);
        let answer = file_as_staff(&town.desk, &grid, &key, other).await;
        assert!(matches!(answer, Err(Error::KeyReused)), "{answer:?}");
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
        let now = crate::town::at("2026-11-23T09:00");
        let errors = told.check(&CITY, now).unwrap_err();
        assert_eq!(errors, [(Field::Category, FieldError::Unknown)], "{code}");
    }
}

/// A proxy filing says how the resident agreed, for ever; without it there is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_filing_keeps_how_the_resident_agreed() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let grid = staff("grid officer of 象岗");
        let silent = StaffFiling {
            consent: None,
            ..by_staff(Filer::Proxy, XIANGGANG)
        };
        let answer = file_as_staff(&town.desk, &grid, &town.key(), silent).await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::NeedsConsent))),
            "{answer:?}"
        );
        for agreed in Consent::ALL {
            let filing = StaffFiling {
                consent: Some(*agreed),
                ..by_staff(Filer::Proxy, XIANGGANG)
            };
            let key = town.key();
            let filed = file_as_staff(&town.desk, &grid, &key, filing.clone())
                .await
                .unwrap();
            assert_eq!(town.case(filed.case).await.consent, Some(*agreed));
            let other = Consent::ALL.iter().find(|other| *other != agreed).copied();
            let changed = StaffFiling {
                consent: other,
                ..filing
            };
            let answer = file_as_staff(&town.desk, &grid, &key, changed).await;
            assert!(matches!(answer, Err(Error::KeyReused)), "{answer:?}");
        }
        let own = file_as_staff(
            &town.desk,
            &grid,
            &town.key(),
            by_staff(Filer::Staff, XIANGGANG),
        )
        .await
        .unwrap();
        assert_eq!(town.case(own.case).await.consent, None);
    })
    .await;
}
