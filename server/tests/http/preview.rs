//! The form shows before what everybody will see after.

use crate::portal::{COMMUNITY, Portal, fields, picture};

const KEY: &str = "a-key-of-the-preview-tests";
const WORDS: &str = "路口的摊位占住了盲道";
const PLACE: &str = "人民路与城南路口";

fn form<'a>(visibility: &'a str, act: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", KEY),
        ("act", act),
        ("danger", "no"),
        ("category", "street-vending"),
        ("community", COMMUNITY),
        ("description", WORDS),
        ("place", PLACE),
        ("lat", "27.560349"),
        ("lng", "120.553451"),
        ("accuracy", "17"),
        ("visibility", visibility),
        ("name", "王五"),
        ("phone", "13800138000"),
    ]
}

/// The part of the page that shows what the public will see.
fn preview(html: &str) -> &str {
    let from = &html[html.find("id=\"preview\"").expect("a preview")..];
    &from[..from.find("</section>").expect("its end")]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_the_public_will_see() {
    let portal = Portal::open().await;
    let photo = picture(1, "");
    let shown = form("public", "preview");
    let page = portal
        .post_photo("", "/whistle", &shown, ("a.png", &photo))
        .await
        .text();
    let staged = fields(&page, "staged");
    assert_eq!(staged.len(), 1);
    let before = preview(&page);

    let mut sent = form("public", "file");
    sent.push(("staged", &staged[0]));
    assert_eq!(portal.post("", "/whistle", &sent).await.status, 303);
    let list = portal.get("/api/v1/cases").await.json();
    let number = list["items"][0]["number"].as_str().expect("a number");
    portal.release(number).await;
    let after = portal.get(&format!("/cases/{number}")).await.text();

    let position = "位置：北纬 27.560，东经 120.553（公开到约一百米）";
    for seen in [WORDS, PLACE, position] {
        assert!(before.contains(seen), "the preview lacks {seen}: {before}");
        assert!(after.contains(seen), "the case lacks {seen}: {after}");
    }
    for hidden in ["27.5603", "120.5534", "王五", "13800138000"] {
        assert!(!before.contains(hidden), "the preview shows {hidden}");
        assert!(!after.contains(hidden), "the case shows {hidden}");
    }
    let pictures = |html: &str| html.matches("<img").count();
    assert_eq!((pictures(before), pictures(&after)), (1, 1), "photos");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_nothing_that_stays_unseen() {
    let portal = Portal::open().await;
    let photo = picture(1, "");
    for visibility in ["public_without_detail", "private"] {
        let shown = form(visibility, "preview");
        let page = portal
            .post_photo("", "/whistle", &shown, ("a.png", &photo))
            .await
            .text();
        let shown = preview(&page);
        for hidden in [WORDS, PLACE, "27.56", "120.55", "<img"] {
            assert!(!shown.contains(hidden), "{visibility} shows {hidden}");
        }
    }
}
