//! What is near: of one's own, open, the nearest first.

use casework::worklist;
use domain::{access::Viewer, decide::Act, draft::Draft, lang::Lang, place::Position};
use store::testing::each_engine;

use crate::{
    posts::{GRID, SECRETARY, staff},
    told::plain_draft,
    town::Town,
};

fn at(lat: &str, lng: &str) -> Draft {
    Draft {
        latitude: lat.to_owned(),
        longitude: lng.to_owned(),
        visibility: "private".to_owned(),
        ..plain_draft()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_open_case_of_ones_own_comes_first() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let far = town.files(&at("27.600000", "120.553456")).await;
        let near = town.files(&at("27.578901", "120.553456")).await;
        let done = town.files(&at("27.579500", "120.553456")).await;
        town.files(&plain_draft()).await;
        town.does(&staff(SECRETARY), done.case, Act::Take).await;
        let ended = Act::Reject {
            ground: domain::case::Ground::OutsideCity,
        };
        let other = town.files(&at("27.578903", "120.553456")).await;
        town.does(
            &staff(SECRETARY),
            other.case,
            ended.clone().saying("不在本市"),
        )
        .await;
        town.does(
            &staff(crate::posts::STATION),
            other.case,
            ended.saying("不在本市"),
        )
        .await;
        let here = Position::parse("27.5788", "120.5534", None).unwrap();
        let sees = async |viewer: &Viewer| {
            let found = worklist::near(&town.desk, viewer, here, Lang::ZhHans)
                .await
                .unwrap();
            found
                .into_iter()
                .map(|(line, metres)| (line.card.number, metres))
                .collect::<Vec<_>>()
        };
        let found = sees(&staff(GRID)).await;
        let numbers: Vec<_> = found.iter().map(|(number, _)| number.clone()).collect();
        let wanted = [&near, &done, &far].map(|case| case.number.to_string());
        assert_eq!(numbers, wanted, "open ones with a place: {found:?}");
        assert!((10..20).contains(&found[0].1), "{found:?}");
        assert!((2_300..2_400).contains(&found[2].1), "{found:?}");
        for name in [
            "secretary of 华中",
            "fire officer",
            "editor",
            "auditor",
            "security admin",
        ] {
            assert_eq!(sees(&staff(name)).await, [], "{name}");
        }
        assert_eq!(sees(&Viewer::Anonymous).await, []);
    })
    .await;
}
