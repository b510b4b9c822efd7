//! The doors of the desk: what somebody is told who stands before the wrong one.

use crate::portal::Portal;

/// What the desk says of what is not there and of what is not theirs.
const NOT_THEIRS: &str = "不在您的职责范围内";
/// The head of every page of the desk.
const FRAME: &str = "class=\"desk\"><a";

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_is_told_by_the_desk_what_is_not_theirs() {
    let portal = Portal::open().await;
    let (secretary, auditor) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("auditor").await,
    );
    let nothing = "/desk/cases/261121-000000-1";
    for (who, target, status) in [
        (&secretary, "/desk/nothing-here", 404),
        (&secretary, "/desk/nothing/at/all", 404),
        (&secretary, nothing, 404),
        (&secretary, "/desk/audit", 403),
        (&auditor, "/desk/people", 403),
        (&auditor, nothing, 404),
    ] {
        let page = portal.get_as(who, target).await;
        let text = page.text();
        assert_eq!(page.status, status, "{target}");
        assert!(text.contains(FRAME) && text.contains(NOT_THEIRS), "{text}");
        assert!(text.contains("<a href=\"/desk\" class=\"btn\">"), "{text}");
        // Nothing of what residents are offered.
        assert!(!text.contains("href=\"/track\""), "{text}");
    }
    // A form that is not theirs to send is refused in the same frame.
    let sent = portal
        .post(&auditor, "/desk/people", &[("act", "add"), ("login", "x")])
        .await;
    assert_eq!(sent.status, 403);
    assert!(sent.text().contains(FRAME) && sent.text().contains(NOT_THEIRS));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_signed_in_learns_nothing_of_the_desk() {
    let portal = Portal::open().await;
    let nobody = format!("staff={}", "A".repeat(43));
    for cookie in ["", nobody.as_str()] {
        let page = portal.get_as(cookie, "/desk/nothing-here").await;
        let text = page.text();
        assert_eq!(page.status, 404);
        assert!(text.contains("没有这个页面"), "{text}");
        assert!(!text.contains(FRAME) && !text.contains(NOT_THEIRS));
        // As anywhere else: with the way a resident has.
        assert!(text.contains("href=\"/track\""), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_that_was_asked_for_is_kept_on_the_way_to_the_door() {
    let portal = Portal::open().await;
    let sent = portal.get("/desk?lang=en").await;
    assert_eq!(sent.status, 303);
    assert_eq!(sent.header("location"), "/sign-in?next=%2Fdesk%3Flang%3Den");
    let lang = sent.cookie_of("lang");
    assert_eq!(lang, "lang=en");
    let door = portal.get_as(&lang, sent.header("location")).await.text();
    assert!(door.contains("<html lang=\"en\""), "{door}");
    // Where nothing was asked, nothing is remembered.
    assert_eq!(portal.get("/desk").await.cookie_of("lang"), "");
}
