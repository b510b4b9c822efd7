//! What staff find by words, on both engines.

use casework::worklist::{Asked, page};
use domain::{access::Viewer, draft::Draft, lang::Lang};
use store::testing::each_engine;

use crate::{
    posts::{SECRETARY, staff},
    told::draft,
    town::Town,
};

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
