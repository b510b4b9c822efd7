//! Hostile words in every field and every address (abuse cases C10, D1, D2, D3, E4).

use casework::simulate::simulate;
use serde_json::json;

use crate::portal::{Answer, COMMUNITY, Portal, Receipt, encode, picture};

const KEY: &str = "a-key-of-the-typing-tests";

/// What would run, load or close something if it stood in a page as it was typed.
const PAYLOADS: [&str; 7] = [
    "</textarea><script>window.__x=1</script>",
    "</title><svg onload=window.__x=1>",
    "\"><img src=x onerror=window.__x=1>",
    "<a href=javascript:window.__x=1>按这里</a>",
    "<template shadowrootmode=open><b>x</b></template>",
    "<leptos-island data-component=x></leptos-island>",
    "<!--",
];

/// How these begin; no page of ours has any of it.
const MARKUP: [&str; 7] = [
    "<script>",
    "<svg onload",
    "<img src=x",
    "<a href=javascript",
    "<template",
    "<leptos-island data-component=x",
    "✱<!--",
];

/// Sees that nothing of what was typed is markup.
fn plain(answer: &Answer, payload: &str, place: &str) {
    let html = answer.text();
    assert!(
        answer.header("content-type").starts_with("text/html"),
        "{place}"
    );
    for start in MARKUP {
        assert!(!html.contains(start), "{place}: {payload} became markup");
    }
}

/// What was typed stands there, as text.
fn shown(answer: &Answer, payload: &str, place: &str) {
    plain(answer, payload, place);
    let escaped = payload
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let quoted = escaped.replace('"', "&quot;");
    let text = answer.text();
    let is_there = [escaped, quoted]
        .iter()
        .any(|it| text.contains(&format!("✱{it}✱")));
    assert!(is_there, "{place} does not show {payload}: {text}");
}

fn form<'a>(words: &'a str, act: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", KEY),
        ("act", act),
        ("danger", "no"),
        ("category", "street-vending"),
        ("community", words),
        ("description", words),
        ("place", words),
        ("visibility", "public"),
        ("category_words", words),
        ("name", words),
        ("phone", words),
        ("email", words),
        ("ticket", words),
        ("again", words),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_shown_and_never_markup() {
    let portal = Portal::open().await;
    for (at, payload) in PAYLOADS.into_iter().enumerate() {
        let words = format!("路口✱{payload}✱有人占道");
        let key = format!("{KEY}-{at}");
        let told = json!({ "description": &words, "place": { "address": &words } });
        let Receipt { number, code } = portal.file(&key, told).await;
        let own = portal.track(&code).await;
        shown(
            &portal.get_as(&own, "/track").await,
            payload,
            "the tracked page",
        );
        let more = [("act", "add_information"), ("text", words.as_str())];
        assert_eq!(portal.post(&own, "/track", &more).await.status, 303);
        let tracked = portal.get_as(&own, "/track").await;
        shown(&tracked, payload, "the tracked story");
        let own_words = tracked.text().matches('✱').count();
        portal.release(&number).await;
        let case = portal.get(&format!("/cases/{number}")).await;
        shown(&case, payload, "the case");
        assert!(
            own_words >= 4 && case.text().matches('✱').count() >= 4,
            "words and story"
        );
        for list in ["/", "/cases", &format!("/communities/{COMMUNITY}")] {
            let answer = portal.get(list).await;
            plain(&answer, payload, list);
            assert!(answer.text().contains('✱'), "{list} shows a headline");
        }
        for act in [
            "preview",
            "check-duplicates",
            "find-place",
            "find-category",
            "add-photos",
        ] {
            let fields = form(&words, act);
            shown(&portal.post("", "/whistle", &fields).await, payload, act);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_no_markup_in_an_error_either() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let own = portal.track(&filed.code).await;
    let join = format!("/cases/{}/join", filed.number);
    for payload in PAYLOADS {
        let words = format!("✱{payload}✱");
        let answer = portal.post("", "/whistle", &form(&words, "file")).await;
        assert_eq!(answer.status, 422);
        shown(&answer, payload, "the form with mistakes");
        let answer = portal.post("", "/track", &[("code", &words)]).await;
        assert_eq!(answer.status, 422);
        shown(&answer, payload, "the code");
        let answer = portal
            .post("", &join, &[("key", KEY), ("phone", &words)])
            .await;
        assert_eq!(answer.status, 422);
        shown(&answer, payload, "the phone of one who joins");
        let long = format!("{words}{}", "长".repeat(3_000));
        let fields = [("act", "add_information"), ("text", long.as_str())];
        let answer = portal.post(&own, "/track", &fields).await;
        assert_eq!(answer.status, 422);
        shown(&answer, payload, "more than fits");
        for act in ["nothing", "rate", &words] {
            let fields = [("act", act), ("stars", &words), ("text", &words)];
            plain(&portal.post(&own, "/track", &fields).await, payload, act);
        }
        let typed = encode(&words);
        for target in [
            format!("/cases/{typed}"),
            format!("/cases/{typed}/photos/1"),
            format!("/communities/{typed}"),
            format!("/services/{typed}"),
            format!("/{typed}"),
            format!("/track?number={typed}"),
            format!("/track?done={typed}"),
            format!("/cases?q={typed}&state={typed}&community={typed}&category={typed}"),
            format!("/cases?after={typed}"),
            format!("/communities?q={typed}"),
            format!("/services?q={typed}"),
            format!("/whistle?community={typed}&category={typed}&again={typed}&by={typed}"),
            format!("/?lang={typed}&size={typed}&scheme={typed}"),
        ] {
            plain(&portal.get(&target).await, payload, &target);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_redirect_leaves_the_site_and_no_header_is_smuggled_in() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let own = portal.track(&filed.code).await;
    let away = [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%0d%0aSet-Cookie%3A%20evil%3D1",
        "javascript%3Aevil(1)",
    ];
    let ours = |answer: &Answer, asked: &str| {
        let to = answer.header("location");
        let stays = to.is_empty() || (to.starts_with('/') && !to.starts_with("//"));
        assert!(
            stays && !to.contains('\\') && !to.contains("evil"),
            "{asked} leads to {to}"
        );
        for cookie in answer.headers.get_all("set-cookie") {
            assert!(
                !cookie.to_str().is_ok_and(|it| it.contains("evil")),
                "{asked}: {cookie:?}"
            );
        }
        assert!(answer.status < 500, "{asked}: {}", answer.status);
        !to.is_empty()
    };
    let mut redirects = 0;
    for value in away {
        for name in [
            "next",
            "return",
            "return_to",
            "to",
            "url",
            "back",
            "lang",
            "number",
            "done",
        ] {
            let query = format!("?{name}={value}");
            for page in ["/", "/track", "/whistle", "/cases", "/whistle/receipt"] {
                let target = format!("{page}{query}");
                let referer = [
                    "Referer: https://evil.example/",
                    "X-Original-URL: //evil.example",
                ];
                ours(&portal.ask("GET", &target, &referer, &[]).await, &target);
            }
            // Where something is done the browser is sent on: back to our own page, always.
            let target = format!("/track{query}");
            let decoded = if value.starts_with("%0d") {
                "\r\nevil: 1"
            } else {
                "//evil.example"
            };
            for act in [
                vec![("code", filed.code.as_str()), (name, decoded)],
                vec![
                    ("act", "add_information"),
                    ("text", "晚上更多"),
                    (name, decoded),
                ],
                vec![("act", "leave"), (name, decoded)],
            ] {
                let cookie = if act[0].0 == "code" { "" } else { own.as_str() };
                let answer = portal.post(cookie, &target, &act).await;
                redirects += usize::from(ours(&answer, &target));
            }
        }
    }
    assert!(redirects > away.len() * 9, "{redirects} redirects seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_queries_are_answered_and_never_without_end() {
    let portal = Portal::open().await;
    simulate(&portal.desk, 180, 7, |_| {})
        .await
        .expect("a history");
    let many = "a".repeat(8_000);
    // Three bytes each: a cut by bytes falls into the middle of one.
    let wide = encode(&"路".repeat(120));
    let values = [
        "-1",
        "0",
        "1e309",
        "NaN",
        "9223372036854775808",
        "18446744073709551616",
        "%00",
        "%ff",
        "%F0%9F%98%80",
        "'",
        "%27%20OR%20%271%27%3D%271",
        "1%20OR%201%3D1",
        "%25%25%25",
        "[]",
        "{}",
        "[[[[]]]]",
        "1-1",
        "9999999999999999999-1",
        "-9223372036854775808-0",
        "../../etc/passwd",
        "%3Cscript%3E",
        &many,
        &wide,
    ];
    let names = [
        "q",
        "after",
        "limit",
        "state",
        "community",
        "category",
        "lang",
        "size",
        "page",
    ];
    let mut asked = 0;
    for path in [
        "/cases",
        "/communities",
        "/services",
        "/api/v1/cases",
        "/api/v1/services",
    ] {
        for name in names {
            let once = values.iter().map(|value| format!("{path}?{name}={value}"));
            let twice = format!("{path}?{name}=1&{name}=2&{name}[]=3&{name}[a][b]=4&&=&{name}");
            for target in once.chain([twice]) {
                let answer = portal.get(&target).await;
                asked += 1;
                let short = &target[..target.len().min(80)];
                assert!(
                    [200, 400, 404, 414, 422, 431].contains(&answer.status),
                    "{short}: {}",
                    answer.status
                );
                let text = answer.text();
                for inside in ["sqlite", "syntax error", "panicked", ".rs:", "SELECT "] {
                    assert!(!text.contains(inside), "{short} says {inside}");
                }
                assert!(text.matches("href=\"/cases/").count() <= 100, "{short}");
                assert!(text.matches("\"number\":").count() <= 100, "{short}");
            }
        }
    }
    assert!(asked >= 500, "{asked} values");
    // There is more than a page of them, so the limit is what ends it.
    let most = portal.get("/api/v1/cases?limit=100000").await.json();
    assert_eq!(most["items"].as_array().map(Vec::len), Some(100));
    assert!(most["next"].is_string());
    assert!(portal.desk.city.services.len() > 100);
    let most = portal.get("/api/v1/services?limit=100000").await.json();
    assert_eq!(most["items"].as_array().map(Vec::len), Some(100));
}

/// The doors that take photos; a new one is to be added here, and so tried below.
const DOORS: [&str; 6] = [
    "/whistle",
    "/contract/{number}/{token}",
    "/track",
    "/api/v1/uploads",
    "/desk/cases/{number}",
    "/desk/file",
];
/// The doors that take none.
const OTHERS: [&str; 13] = [
    // Takes fields of a picture there is, and draws it.
    "/desk/cases/{number}/photos/{photo}",
    "/cases/{number}/join",
    "/desk",
    "/desk/city",
    "/desk/me",
    "/desk/people",
    "/sign-in",
    "/sign-out",
    "/track/lost",
    "/api/v1/cases/{number}/commands",
    "/whistle/receipt",
    "/api/v1/cases",
    "/api/v1/track",
];

const CANARY: &str = "CANARY: 27.5603N 120.5534E, taken by Wang";

#[tokio::test(flavor = "multi_thread")]
async fn every_door_for_photos_has_the_same_gate() {
    let portal = Portal::open().await;
    let mut takes: Vec<&str> = portal
        .routes
        .iter()
        .filter(|(method, _)| method != "GET")
        .map(|(_, path)| *path)
        .collect();
    takes.sort_unstable();
    let mut known = [&DOORS[..], &OTHERS[..]].concat();
    known.sort_unstable();
    assert_eq!(takes, known, "a door nobody has tried with a photo");

    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let half = picture(1, "")[..60].to_vec();
    let mut photos = 0;
    let secretary = portal.staff("secretary-xianggang").await;
    for (at, door) in DOORS.into_iter().enumerate() {
        let key = format!("{KEY}-door-{at}");
        let good = picture(100 + u8::try_from(at).expect("few doors"), CANARY);
        let filed = portal
            .file(&format!("{key}-first"), json!({ "visibility": "private" }))
            .await;
        let own = portal.track(&filed.code).await;
        let on_desk = match door {
            "/contract/{number}/{token}" => portal.engaged(&filed.number).await,
            _ => door.replace("{number}", &filed.number),
        };
        let by_staff: &[(&str, &str)] = match door {
            "/desk/file" => &[
                ("category", "street-vending"),
                ("community", COMMUNITY),
                ("description", "人民路口的摊位占住了盲道"),
            ],
            "/contract/{number}/{token}" => &[("act", "add_evidence"), ("evidence", "photo_after")],
            _ => &[("act", "update"), ("text", "看照片")],
        };
        for bad in [&svg, &html, &half] {
            let status = match door {
                "/desk/cases/{number}" | "/desk/file" | "/contract/{number}/{token}" => {
                    let bad = ("a.png", bad.as_slice());
                    let answer = portal.post_photo(&secretary, &on_desk, by_staff, bad).await;
                    answer.status
                }
                "/api/v1/uploads" => {
                    assert_eq!(portal.upload(&key, bad).await, None, "{door}");
                    422
                }
                "/track" => {
                    let fields = [("act", "add_information"), ("text", "看照片")];
                    portal
                        .post_photo(&own, door, &fields, ("a.png", bad))
                        .await
                        .status
                }
                _ => {
                    let fields = [("key", key.as_str()), ("act", "add-photos")];
                    portal
                        .post_photo("", door, &fields, ("a.png", bad))
                        .await
                        .status
                }
            };
            assert_eq!(status, 422, "{door} takes what is no photo");
        }
        match door {
            "/api/v1/uploads" => assert!(portal.upload(&key, &good).await.is_some(), "{door}"),
            "/desk/cases/{number}" | "/desk/file" | "/contract/{number}/{token}" => {
                let good = ("a.png", good.as_slice());
                let answer = portal
                    .post_photo(&secretary, &on_desk, by_staff, good)
                    .await;
                assert_eq!(answer.status, 303, "{door}: {}", answer.text());
            }
            "/track" => {
                let fields = [("act", "add_information"), ("text", "看照片")];
                let answer = portal
                    .post_photo(&own, door, &fields, ("a.png", &good))
                    .await;
                assert_eq!(answer.status, 303, "{door}");
            }
            _ => {
                let fields = [("key", key.as_str()), ("act", "add-photos")];
                let answer = portal.post_photo("", door, &fields, ("a.png", &good)).await;
                assert!(
                    answer.text().contains("name=\"staged\""),
                    "{door}: {}",
                    answer.text()
                );
            }
        }
        // Whatever the door: decoded and written anew in two sizes, nothing else kept anywhere.
        let mut kept = Vec::new();
        bytes_under(portal.fresh.folder.path(), &mut kept);
        for (name, bytes) in &kept {
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|it| it == needle);
            assert!(
                !holds(b"CANARY") && !holds(b"<svg"),
                "{door} let something into {name}"
            );
        }
        let jpegs = kept
            .iter()
            .filter(|(_, bytes)| bytes.starts_with(&[0xff, 0xd8, 0xff]))
            .count();
        assert_eq!(jpegs, photos + 2, "{door}: a photo and its small picture");
        photos = jpegs;
    }
}

/// All bytes under a folder, file by file.
fn bytes_under(folder: &std::path::Path, all: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            bytes_under(&path, all);
        } else if let Ok(bytes) = std::fs::read(&path) {
            all.push((path.display().to_string(), bytes));
        }
    }
}
