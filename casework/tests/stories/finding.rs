//! What staff find by words, on both engines.

use casework::worklist::{Asked, List, Worklist, page};
use domain::{access::Viewer, decide::Act, draft::Draft, ids::CaseId, lang::Lang};
use store::testing::each_engine;

use crate::{
    posts::{SECRETARY, STATION, staff},
    told::{draft, who_filed},
    town::{HUAZHONG, Town, at},
};

/// Files a private case with these words and takes it back.
async fn ended(town: &Town, description: &str, community: Option<&str>) -> CaseId {
    let mut told = Draft {
        description: description.to_owned(),
        visibility: "private".to_owned(),
        ..draft()
    };
    if let Some(community) = community {
        told.community = community.to_owned();
    }
    let filed = town.files(&told).await;
    town.does(&who_filed(&filed), filed.case, Act::Withdraw)
        .await;
    filed.case
}

async fn asks(town: &Town, who: &Viewer, asked: Asked) -> Worklist {
    page(&town.desk, who, asked, Lang::ZhHans).await.unwrap()
}

fn words(words: &str) -> Asked {
    Asked {
        words: words.to_owned(),
        ..Asked::default()
    }
}

/// What ended and was never released is found by those who work on it, and by nobody else: not by its words,
/// and not by how many there are.
#[tokio::test(flavor = "multi_thread")]
async fn ended_cases_are_found_though_nobody_released_them() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-20T10:00");
        let case = ended(&town, "后巷的旧沙发没人收", None).await;
        ended(&town, "后巷的旧沙发又来了", Some(HUAZHONG)).await;
        for who in [SECRETARY, STATION] {
            let list = asks(&town, &staff(who), words("旧沙发 后巷")).await;
            assert_eq!(list.items.len(), 1, "{who}");
            let number = town.case(case).await.number.to_string();
            assert_eq!(list.items[0].card.number, number);
        }
        let everybody = asks(&town, &staff("commission"), words("旧沙发")).await;
        assert_eq!(everybody.items.len(), 2);
        for who in [
            "editor",
            "auditor",
            "security admin",
            "land officer",
            "fire contractor",
            "seconded officer in 华中",
        ] {
            let list = asks(&town, &staff(who), words("旧沙发")).await;
            assert!(list.items.is_empty(), "{who}");
            assert_eq!(list.total, casework::views::Total::Exactly(0), "{who}");
        }
        // On the list of what is open nothing has ended, on that of what has ended it stands.
        for (list, found) in [(List::Open, 0), (List::Ended, 1)] {
            let asked = Asked {
                list,
                ..words("旧沙发")
            };
            let list = asks(&town, &staff(SECRETARY), asked).await;
            assert_eq!(list.items.len(), found);
        }
        // Its words are looked at as in any list, and gone once they are erased.
        town.desk.store.erase_words(case, 1).await.unwrap();
        let list = asks(&town, &staff(SECRETARY), words("旧沙发")).await;
        assert!(list.items.is_empty());
    })
    .await;
}

/// Whoever wants a case out of sight sees no more of it by that, and cannot sound it out word by word either.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_theirs_is_not_counted_by_its_words() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-20T10:00");
        let told = Draft {
            description: "后巷的旧沙发没人收".to_owned(),
            visibility: "private".to_owned(),
            ..draft()
        };
        let filed = town.files(&told).await;
        let first = staff("security admin");
        town.does(&first, filed.case, Act::Quarantine.saying("疑似涉密"))
            .await;
        let list = asks(&town, &first, words("旧沙发")).await;
        assert_eq!(list.total, casework::views::Total::Exactly(0));
        let second = asks(&town, &staff("second security admin"), words("旧沙发")).await;
        assert_eq!(second.items.len(), 1);
    })
    .await;
}

/// A further look goes on where the one before ended, and says between which days it went.
#[tokio::test(flavor = "multi_thread")]
async fn a_further_look_brings_what_is_further_back() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-18T23:30");
        let old = ended(&town, "后巷的旧沙发没人收", None).await;
        town.at("2026-11-20T10:00");
        let new = ended(&town, "后巷的旧沙发又来了", None).await;
        let open = Draft {
            description: "后巷的旧沙发还在".to_owned(),
            visibility: "private".to_owned(),
            ..draft()
        };
        let open = town.files(&open).await.case;
        let found = async |back: &str| {
            let asked = Asked {
                back: back.to_owned(),
                ..words("旧沙发")
            };
            let list = asks(&town, &staff(SECRETARY), asked).await;
            let numbers = list.items.into_iter().map(|line| line.card.number);
            (numbers.collect::<Vec<_>>(), list.back.unwrap())
        };
        let number = async |case| town.case(case).await.number.to_string();
        let (all, back) = found("").await;
        assert_eq!(all.len(), 3);
        assert!(all.contains(&number(open).await) && all.contains(&number(new).await));
        // So few are looked through at once.
        assert_eq!((back.before, back.from, back.further), (None, None, None));
        let (further, back) = found("2026-11-19").await;
        assert_eq!(further, [number(old).await]);
        assert_eq!(back.before, Some(at("2026-11-19T00:00")));
        assert!(found("2026-11-18").await.0.is_empty());
        // What is no day narrows nothing.
        assert_eq!(found("yesterday").await.0.len(), 3);
        // A number and a list without words look through nothing.
        let by_number = asks(&town, &staff(SECRETARY), words(&number(old).await)).await;
        assert_eq!((by_number.items.len(), by_number.back), (1, None));
        let list = asks(&town, &staff(SECRETARY), Asked::default()).await;
        assert_eq!(list.back, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn open_cases_are_found_before_anybody_released_them() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let told = Draft {
            description: "门口写着\"全场5折_\"的摊子 ABC 挡了路".to_owned(),
            visibility: "private".to_owned(),
            ..draft()
        };
        let filed = town.files(&told).await;
        let found = async |who: &Viewer, words: &str| {
            let asked = Asked {
                words: words.to_owned(),
                ..Asked::default()
            };
            let list = page(&town.desk, who, asked, Lang::ZhHans).await.unwrap();
            list.items.len()
        };
        let secretary = staff(SECRETARY);
        let number = filed.number.to_string();
        for words in [
            "摊子",
            "全场5折_",
            "\"全场",
            "abc 挡",
            &number[2..9],
            &number,
        ] {
            assert_eq!(found(&secretary, words).await, 1, "{words}");
        }
        for words in ["全场5折%", "5折x", "沿街", "%%", "__"] {
            assert_eq!(found(&secretary, words).await, 0, "{words}");
        }
        for other in [
            staff("secretary of 华中"),
            staff("editor"),
            staff("auditor"),
        ] {
            assert_eq!(found(&other, "摊子").await, 0);
        }
    })
    .await;
}
