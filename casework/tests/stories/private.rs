//! What a private case shows to nobody else, and what no case leaves on the disk.

use std::{path::Path, time::Duration};

use casework::{
    Error, duplicates,
    file::{FilingKey, file_whistle},
    lists,
    look::photo,
    track,
};
use domain::{
    access::Viewer,
    decide::{Act, Refusal},
    draft::Draft,
    lang::Lang,
    reference::CaseNumber,
    time::parse_date,
    visibility::Visibility,
};
use store::{EngineKind, PhotoSize, testing::each_engine};

use crate::{
    posts::{GRID, SECRETARY, staff},
    told::{draft, draft_for},
    town::{Town, XIANGGANG},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_private_case_is_nowhere() {
    each_engine(|fresh| async move {
        let mut town = Town::new(fresh);
        town.desk = town.desk.clone().following().await.unwrap();
        let rare = "蓝色铁皮棚底下";
        let mut told = draft();
        told.description = format!("{rare}堆满了杂物");
        let open = town.files(&told).await;
        let for_eyes = |visibility: Visibility| Draft {
            visibility: visibility.as_str().to_owned(),
            ..told.clone()
        };
        let hidden = for_eyes(Visibility::Private);
        let hidden = town.files_with_photo(&hidden, 40).await;
        let half = town.files(&for_eyes(Visibility::PublicWithoutDetail)).await;
        let editor = staff("editor");
        town.does(&editor, open.case, Act::Publish).await;
        // Who releases words does not get to see what nobody may release.
        assert!(matches!(
            town.denied(&editor, hidden.case, Act::Publish).await,
            Error::NotFound
        ));
        assert!(matches!(
            town.denied(&editor, half.case, Act::Publish).await,
            Error::Forbidden
        ));
        for case in [hidden.case, half.case] {
            assert_eq!(
                town.refused(&staff(SECRETARY), case, Act::Publish).await,
                Refusal::NothingToRelease
            );
        }
        // Until the index has the public one; what is private is never in it.
        let found = async {
            loop {
                let found = town.listed(rare).await;
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

        let gone = CaseNumber::new(parse_date("2026-11-02").unwrap(), 77);
        for who in [
            Viewer::Anonymous,
            town.holder(&open.code).await,
            staff("secretary of 华中"),
            staff("auditor"),
            staff("system admin"),
            editor,
        ] {
            for number in [hidden.number, gone] {
                assert!(
                    matches!(town.story(&who, number).await, Err(Error::NotFound)),
                    "{who:?}"
                );
                let seen = photo(&town.desk, &who, number, 1, PhotoSize::Small).await;
                assert!(matches!(seen, Err(Error::NotFound)), "{who:?}: {seen:?}");
            }
        }
        let number = hidden.number.to_string();
        assert!(town.listed(&number).await.is_empty(), "by its number");
        assert!(!town.listed("").await.contains(&number), "in the list");
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
        for who in [reporter, staff(SECRETARY), staff(GRID), staff("commission")] {
            let shown = town.sees(&who, hidden.number).await;
            assert_eq!(shown.detail.unwrap().text, told.description);
            assert!(
                photo(&town.desk, &who, hidden.number, 1, PhotoSize::Small)
                    .await
                    .is_ok()
            );
        }
        // Public without detail: known, and not a word of it.
        let shown = town.sees(&Viewer::Anonymous, half.number).await;
        assert_eq!(
            (shown.detail, shown.card.headline, shown.card.place),
            (None, None, None)
        );
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
        let first = file_whistle(&town.desk, &key, town.whistle(&told))
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

/// Among fewer than five cases a new one would say of somebody that they told something.
#[tokio::test]
async fn a_community_of_few_cases_shows_no_figures() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let figures = async || {
            let mut rollups = store::Rollups::new(town.desk.city.time.clone());
            town.desk.store.catch_up(&mut rollups).await.unwrap();
            let view = lists::community(&town.desk, XIANGGANG, Lang::ZhHans).await;
            view.unwrap().figures
        };
        for filed in 1..=4 {
            town.files(&draft_for(Visibility::Private)).await;
            town.fresh.logged(filed).await;
            assert_eq!(figures().await, None, "{filed}");
        }
        town.files(&draft_for(Visibility::Private)).await;
        town.fresh.logged(5).await;
        assert_eq!(figures().await.map(|figures| figures.filed), Some(5));
    })
    .await;
}
