//! The form of a call: what it fills in by itself, and what it folds away.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::json;

use crate::portal::{Answer, Portal};

const KEY: &str = "a-key-of-the-tests-of-the-call";
const OPINION: &str = "联合执法局清理摊位，疏通盲道";

/// The entries of the duty register that are picked on a page.
fn picked(html: &str) -> Vec<String> {
    let tags = html.split("<input ").skip(1);
    let tags = tags.filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| tag.contains("type=\"radio\"") && tag.contains("name=\"duty\""))
        .filter(|tag| tag.contains(" checked"))
        .map(|tag| tag.split("value=\"").nth(1).unwrap())
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// What stands in the text of the call.
fn text(html: &str) -> &str {
    let field = html.split("id=\"do-call-text\"").nth(1).unwrap();
    let inside = field.split_once('>').unwrap().1;
    inside.split("</textarea>").next().unwrap().trim()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_on_from_the_opinion_and_keeps_what_was_picked() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let secretary = portal.staff("secretary-xianggang").await;
    let target = format!("/desk/cases/{number}");
    let press = async |fields: &[(&str, &str)]| -> Answer {
        let version = portal.case(&number).await.version.to_string();
        let fields = [fields, &[("version", version.as_str())]].concat();
        portal.post(&secretary, &target, &fields).await
    };
    assert_eq!(press(&[("act", "accept")]).await.status, 303);
    let page = portal.get_as(&secretary, &target).await.text();
    assert_eq!(picked(&page), ["street-vending-1"]);
    assert_eq!(text(&page), "");
    assert!(page.contains("为什么是它："), "the trace is there, folded");

    // A mistake in another form takes nothing away from this one.
    let page = press(&[("act", "note"), ("text", " ")]).await;
    assert_eq!(page.status, 422);
    assert_eq!(picked(&page.text()), ["street-vending-1"]);

    let opinion = [
        ("act", "assess"),
        ("duty", "street-vending-2"),
        ("text", OPINION),
    ];
    assert_eq!(press(&opinion).await.status, 303);
    let page = portal.get_as(&secretary, &target).await.text();
    assert_eq!(picked(&page), ["street-vending-2"]);
    assert_eq!(text(&page), OPINION);
    assert!(page.contains("已按办理意见填好"));

    // What was sent comes back as it was sent, and where it was typed stands open.
    let unfinished = [
        ("act", "call"),
        ("duty", "street-vending-3"),
        ("due", "within"),
        ("text", "先来两个人"),
    ];
    let page = press(&unfinished).await;
    assert_eq!(page.status, 422);
    let page = page.text();
    assert_eq!(picked(&page), ["street-vending-3"]);
    assert_eq!(text(&page), "先来两个人");
    assert!(!page.contains("已按办理意见填好"));

    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("duty", "street-vending-1"),
        ("due", "policy"),
        ("text", "先来两个人"),
    ];
    let called = press(&call).await;
    assert_eq!(called.status, 303, "{}", called.text());
    // Whoever is called on top is called for something else.
    let page = portal.get_as(&secretary, &target).await.text();
    assert!(!page.contains("已按办理意见填好"), "{page}");
}
