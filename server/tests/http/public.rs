//! What search engines and chats are told of the public pages, and the pages of trouble.

use crate::portal::Portal;

const BASE: (&str, &str) = ("base_url", "https://city.example");

/// The contents of the attribute `content` of each `<meta>` that begins so.
fn metas(html: &str, begin: &str) -> Vec<String> {
    html.split(&format!("<meta {begin} content=\""))
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_page_tells_what_it_is_under_its_own_address() {
    let portal = Portal::set(&[BASE], false).await;
    for path in [
        "/",
        "/cases",
        "/communities",
        "/services",
        "/help/privacy",
        "/help/contact",
        "/help/metrics",
        "/help/accessibility",
        "/data",
        "/ledger",
        "/communities/330383198023",
    ] {
        for lang in ["zh-Hans", "zh-Hant", "en"] {
            let html = portal.get(&format!("{path}?lang={lang}")).await.text();
            let what = format!("{path} in {lang}");
            let description = metas(&html, "name=\"description\"");
            assert_eq!(description.len(), 1, "{what}");
            assert_eq!(
                metas(&html, "property=\"og:description\""),
                description,
                "{what}"
            );
            assert_eq!(metas(&html, "property=\"og:title\"").len(), 1, "{what}");
            assert_eq!(
                metas(&html, "property=\"og:locale:alternate\"").len(),
                2,
                "{what}"
            );
            let address = format!("https://city.example{path}");
            assert_eq!(
                metas(&html, "property=\"og:url\""),
                [address.as_str()],
                "{what}"
            );
            let picture = metas(&html, "property=\"og:image\"");
            assert_eq!(picture, ["https://city.example/share.png"], "{what}");
            assert!(
                html.contains(&format!("<link rel=\"canonical\" href=\"{address}\"")),
                "{what}"
            );
            assert_eq!(
                html.matches(" hreflang=").count(),
                4 + 2,
                "{what}: alternates and chooser"
            );
            assert!(!html.contains("noindex"), "{what}");
        }
    }
}

/// A card goes on without the page, so it says itself that nothing here is in earnest.
#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_demonstration_says_so_in_words_and_picture() {
    let portal = Portal::set(&[BASE], true).await;
    for (lang, label) in [
        ("zh-Hans", "演示系统，不是政府网站"),
        ("zh-Hant", "示範系統，不是政府網站"),
        ("en", "Demonstration only, not a government website"),
    ] {
        for path in [
            "/",
            "/whistle",
            "/cases",
            "/communities/330383198023",
            "/help/privacy",
        ] {
            let html = portal.get(&format!("{path}?lang={lang}")).await.text();
            let said = metas(&html, "property=\"og:description\"");
            assert!(
                said.len() == 1 && said[0].starts_with(label),
                "{path}: {said:?}"
            );
            let picture = metas(&html, "property=\"og:image\"");
            assert_eq!(picture, ["https://city.example/share-demo.png"], "{path}");
            assert!(
                html.contains("href=\"/manifest-demo.webmanifest\""),
                "{path}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_parts_is_there_in_a_demonstration_only() {
    let earnest = Portal::set(&[BASE], false).await;
    let demo = Portal::set(&[BASE], true).await;
    assert_eq!(earnest.get("/help/parts").await.status, 404);
    assert!(!earnest.get("/").await.text().contains("/help/parts"));
    let page = demo.get("/help/parts").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("noindex"));
    assert!(demo.get("/").await.text().contains("href=\"/help/parts\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_trouble_shows_a_way_on_in_the_readers_language() {
    let portal = Portal::set(&[("read_only", "on")], false).await;
    for (lang, home) in [
        ("zh-Hans", "回到首页"),
        ("zh-Hant", "回到首頁"),
        ("en", "Back to the home page"),
    ] {
        let accept = format!("Accept-Language: {lang}");
        let form = "Content-Type: application/x-www-form-urlencoded";
        for (method, path, lines, status) in [
            ("GET", "/nothing", vec![accept.as_str()], 404),
            ("GET", "/cases/261121-000000-0", vec![&accept], 404),
            ("PUT", "/cases", vec![&accept], 405),
            (
                "POST",
                "/whistle",
                vec![&accept, "Content-Type: text/plain"],
                415,
            ),
            (
                "POST",
                "/whistle",
                vec![&accept, form, "Origin: https://evil.example"],
                403,
            ),
        ] {
            let answer = portal.ask_as_told(method, path, &lines, b"a").await;
            let what = format!("{method} {path} in {lang}: {}", answer.status);
            assert_eq!(answer.status, status, "{what}");
            let html = answer.text();
            assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{what}");
            assert!(html.contains(home) && html.contains("tel:12345"), "{what}");
            assert_eq!(html.matches("<h1").count(), 1, "{what}");
            assert!(metas(&html, "property=\"og:title\"").is_empty(), "{what}");
            if status == 405 {
                assert_eq!(answer.header("allow"), "GET,HEAD", "{what}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_while_only_looking_is_possible_is_told_when_to_come_back() {
    let portal = Portal::set(&[("read_only", "on")], false).await;
    let form = [
        "Content-Type: application/x-www-form-urlencoded",
        "Accept-Language: en",
    ];
    for path in ["/whistle", "/track"] {
        let body = b"act=file&key=abcdefghijklmnopqrstuvwx&code=000000000000000000000";
        let answer = portal.ask_as_told("POST", path, &form, body).await;
        if path == "/whistle" {
            assert_eq!(answer.status, 503, "{}", answer.text());
            assert_eq!(answer.header("retry-after"), "60");
            assert!(answer.text().contains("you can look but not send"));
        } else {
            assert!(
                answer.status < 500,
                "looking is possible: {}",
                answer.status
            );
        }
    }
}
