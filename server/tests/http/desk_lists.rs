//! The lists of the desk: what is found in them, by whom, and filters one comes back to.

use serde_json::json;

use crate::portal::{Portal, encode};

const KEY: &str = "a-key-of-the-tests-of-the-lists";

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_saved_for_oneself() {
    let portal = Portal::open().await;
    let (own, other) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("station-unit-06").await,
    );
    let save = [
        ("act", "save-filter"),
        ("name", "\"><b>桥头"),
        ("query", "list=open&q=%E6%A1%A5%E5%A4%B4"),
    ];
    let answer = portal.post(&own, "/desk", &save).await;
    assert_eq!(answer.status, 303);
    let page = portal.get_as(&own, "/desk").await.text();
    assert!(
        page.contains("/desk?list=open&amp;q=%E6%A1%A5%E5%A4%B4"),
        "{page}"
    );
    assert!(!page.contains("<b>桥头"));
    assert!(!portal.get_as(&other, "/desk").await.text().contains("桥头"));
    portal
        .post(
            &own,
            "/desk",
            &[("act", "drop-filter"), ("name", "\"><b>桥头")],
        )
        .await;
    assert!(!portal.get_as(&own, "/desk").await.text().contains("桥头"));
}

/// What a secretary looks for is mostly not released yet; nobody finds by words they may not read.
#[tokio::test(flavor = "multi_thread")]
async fn open_cases_are_found_by_their_words_in_ones_own_scope_only() {
    let portal = Portal::open().await;
    let draft = json!({
        "description": "楼道里停了一辆婴儿车挡路",
        "place": { "address": "站前路8号" },
        "visibility": "public_without_detail",
    });
    let filed = portal.file(KEY, draft).await;
    let middle = filed.number.split('-').nth(1).unwrap().to_owned();
    let wanted = [
        "婴儿车",
        "站前路8号",
        middle.as_str(),
        filed.number.as_str(),
    ];
    let listed = async |who: &str, words: &str| {
        let target = format!("/desk?q={}", encode(words));
        let page = portal.get_as(who, &target).await.text();
        page.contains(&format!("/desk/cases/{}", filed.number))
    };
    let secretary = portal.staff("secretary-xianggang").await;
    for words in wanted {
        assert!(listed(&secretary, words).await, "{words}");
    }
    for no in ["婴儿床", "%", "_", "车", "\\"] {
        assert!(!listed(&secretary, no).await, "{no}");
    }
    for login in ["secretary-huazhong", "editor"] {
        let other = portal.staff(login).await;
        for words in &wanted[..2] {
            assert!(!listed(&other, words).await, "{login}: {words}");
        }
    }
}
