//! The weekly bulletin as a page.

use casework::supervision::this_week;
use domain::time::{Week, date_text};
use serde_json::json;

use crate::portal::Portal;

const KEY: &str = "a-key-of-the-tests-of-the-bulletin";

#[tokio::test(flavor = "multi_thread")]
async fn one_leafs_through_the_weeks_up_to_the_one_under_way() {
    let portal = Portal::open().await;
    let supervisor = portal.staff("supervisor").await;
    let this = this_week(&portal.desk);
    let address = |week: Week| format!("/desk/bulletin?week={}", date_text(week.monday()));
    let link = |week: Week, text: &str| format!("<a href=\"{}\">{text}</a>", address(week));
    // Without a week it is the last that is over.
    let last = portal.get_as(&supervisor, "/desk/bulletin").await.text();
    assert!(last.contains(&link(this.before().before(), "上一周")));
    assert!(last.contains(&link(this, "下一周")), "{last}");
    let now = portal.get_as(&supervisor, &address(this)).await.text();
    assert!(now.contains(&link(this.before(), "上一周")), "{now}");
    assert!(!now.contains("下一周"), "nothing after it has begun");
}

/// What is written above the table is true of what stands in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_week_without_anything_from_above_says_so_above_its_communities() {
    let portal = Portal::open().await;
    portal.file(KEY, json!({})).await;
    let supervisor = portal.staff("supervisor").await;
    let week = date_text(this_week(&portal.desk).monday());
    let target = format!("/desk/bulletin?week={week}");
    let page = portal.get_as(&supervisor, &target).await.text();
    assert!(page.contains("象岗社区"), "{page}");
    assert!(page.contains("没有市里的任务和督办单"), "{page}");
    // Neither an order it has not, nor a part of what is all there.
    assert!(!page.contains("这一栏多的排在前面") && !page.contains("只列前"));
}
