//! What only some may see, asked for by everybody else over HTTP (abuse cases A3, A8, D6).

use domain::visibility::Visibility;
use serde_json::json;

use crate::portal::{Answer, Portal, picture};

const KEY: &str = "a-key-of-the-private-tests";
const FRESH: &str = "a-key-that-nobody-has-used";

/// The number of nobody: of the right form, and as long as any.
const NOBODY: u32 = 424_242;

/// An answer without what differs by its address or its moment.
fn same(answer: &Answer, number: &str) -> (u16, Vec<(String, String)>, String) {
    let changing = ["date", "content-length", "set-cookie", "x-request-id"];
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| !changing.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("?").to_owned()))
        .collect();
    headers.sort();
    (
        answer.status,
        headers,
        answer.text().replace(number, "NUMBER"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_case_answers_as_one_that_is_not_there() {
    let portal = Portal::open().await;
    let other = portal.file(&format!("{KEY}-other"), json!({})).await;
    let shot = portal.upload(KEY, &picture(9, "")).await.unwrap();
    let hidden = json!({ "visibility": "private", "photos": [shot] });
    let hidden = portal.file(KEY, hidden).await;
    let day = portal.desk.city.time.civil(portal.desk.now()).date;
    let nobody = domain::reference::CaseNumber::new(day, NOBODY).to_string();
    let (own, others) = (
        portal.track(&hidden.code).await,
        portal.track(&other.code).await,
    );

    let rows = portal.routes.iter();
    let of_a_case = rows.filter(|row| row.1.contains("{number}"));
    // Where one must be signed in nothing is looked for before that.
    let (of_staff, of_a_case): (Vec<_>, Vec<_>) =
        of_a_case.partition(|row| row.1.starts_with("/desk") || row.1.ends_with("/commands"));
    for (method, path) in of_staff {
        for number in [&hidden.number, &nobody] {
            let target = path.replace("{number}", number);
            let answer = match method.as_str() {
                "GET" => portal.get(&target).await,
                _ => portal.post("", &target, &[("act", "accept")]).await,
            };
            let expected = if method == "GET" { 303 } else { 401 };
            assert_eq!(answer.status, expected, "{method} {path}");
            assert!(!answer.text().contains("盲道"), "{method} {path}");
        }
    }
    assert!(
        of_a_case.len() >= 5,
        "every address of a case: {of_a_case:?}"
    );
    for cookie in ["", others.as_str()] {
        for (method, path) in &of_a_case {
            let ask = async |number: &str| {
                let target = path.replace("{number}", number).replace("{photo}", "1");
                if method == "GET" {
                    portal.get_as(cookie, &target).await
                } else {
                    portal
                        .post(cookie, &target, &[("key", FRESH), ("phone", "")])
                        .await
                }
            };
            let theirs = same(&ask(&hidden.number).await, &hidden.number);
            let none = same(&ask(&nobody).await, &nobody);
            assert_eq!(theirs, none, "{method} {path} as {cookie:?}");
            assert_eq!(theirs.0, 404, "{method} {path} as {cookie:?}");
        }
    }
    // The addresses are right: its own person reads it.
    let photo = format!("/cases/{}/photos/1", hidden.number);
    assert_eq!(portal.get_as(&own, &photo).await.status, 200);
    assert!(portal.get_as(&own, "/track").await.text().contains("盲道"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_goes_when_its_case_is_made_private() {
    let portal = Portal::open().await;
    let other = portal.file(&format!("{KEY}-other"), json!({})).await;
    let shot = portal.upload(KEY, &picture(10, "")).await.unwrap();
    let filed = portal.file(KEY, json!({ "photos": [shot] })).await;
    let (own, others) = (
        portal.track(&filed.code).await,
        portal.track(&other.code).await,
    );
    let page = format!("/cases/{}", filed.number);
    let photos = [format!("{page}/photos/1"), format!("{page}/photos/1?small")];
    portal.release(&filed.number).await;

    // For everybody, and to be asked again each time: pages and photos with their tags.
    let mut seen = Vec::new();
    for target in photos.iter().chain([&page]) {
        let answer = portal.get(target).await;
        assert_eq!(answer.status, 200, "{target}");
        let tag = answer.header("etag").to_owned();
        assert!(!tag.is_empty(), "{target} has a tag");
        let again = format!("If-None-Match: {tag}");
        assert_eq!(
            portal.ask("GET", target, &[&again], &[]).await.status,
            304,
            "{target}"
        );
        seen.push((target.clone(), again));
    }
    assert!(portal.get("/cases").await.text().contains(&filed.number));

    let private = Visibility::Private.as_str();
    let change = [("act", "change_visibility"), ("visibility", private)];
    let answer = portal.post(&own, "/track", &change).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(
        portal.case(&filed.number).await.visibility,
        Visibility::Private
    );

    let others = format!("Cookie: {others}");
    let nobody = format!("Cookie: track={}", "0".repeat(64));
    for (target, again) in &seen {
        for headers in [
            vec![],
            vec![again.as_str()],
            vec!["If-None-Match: *"],
            vec![others.as_str()],
            vec![others.as_str(), again.as_str()],
            vec![nobody.as_str()],
        ] {
            let answer = portal.ask("GET", target, &headers, &[]).await;
            assert_eq!(answer.status, 404, "{target} with {headers:?}");
            assert!(
                !answer.header("cache-control").contains("public"),
                "{target}"
            );
        }
    }
    for list in ["/", "/cases", "/api/v1/cases?limit=100"] {
        let text = portal.get(list).await.text();
        assert!(!text.contains(&filed.number), "{list} still names it");
    }
    let machine = portal.get(&format!("/api/v1{page}")).await;
    assert_eq!(machine.status, 404);
    // The reporter keeps it, and nothing on the way does.
    for target in &photos {
        let answer = portal.get_as(&own, target).await;
        assert_eq!(answer.status, 200, "{target}");
        assert_eq!(
            answer.header("cache-control"),
            "private, no-store",
            "{target}"
        );
    }
}

/// Who asks for more gets no more.
const WISHES: &str = "extensions=true&fields=*&include=parties,contact,words&expand=1";
/// What everybody may know of a case, in the list of cases.
const IN_LISTS: [&str; 12] = [
    "category",
    "clock",
    "community",
    "departments",
    "description",
    "filed_at",
    "late",
    "me_too",
    "number",
    "outcome",
    "place",
    "state",
];
/// What stands besides in the answer for one case.
const OF_ONE: [&str; 8] = [
    "clocks",
    "events",
    "filing_hash",
    "merged_into",
    "photos",
    "position",
    "version",
    "visibility",
];

fn fields(of: &serde_json::Value) -> Vec<&str> {
    let mut names: Vec<&str> = of
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_get_the_public_fields_and_no_others() {
    let portal = Portal::open().await;
    let (name, phone, email) = ("冯金丝雀", "13912345678", "canary@example.cn");
    let contact = json!({ "name": name, "phone": phone, "email": email, "may_call": true });
    let filed = portal.file(KEY, json!({ "contact": contact })).await;
    for released in [false, true] {
        if released {
            portal.release(&filed.number).await;
        }
        let list = portal.get(&format!("/api/v1/cases?limit=5&{WISHES}")).await;
        let body = list.json();
        let items = body["items"].as_array().expect("a list");
        assert_eq!(items.len(), 1);
        assert_eq!(fields(&items[0]), IN_LISTS, "released: {released}");
        assert_eq!(items[0]["description"].is_null(), !released);
        let one = portal
            .get(&format!("/api/v1/cases/{}?{WISHES}", filed.number))
            .await;
        let body = one.json();
        let mut known = [&IN_LISTS[..], &OF_ONE[..]].concat();
        known.sort_unstable();
        assert_eq!(fields(&body), known, "released: {released}");
        assert_eq!(body["description"].is_null(), !released);
        for event in body["events"].as_array().expect("events") {
            assert_eq!(
                fields(event),
                ["at", "due", "kind", "passed_on", "photos", "text", "who"]
            );
        }
        let digits = filed.code.as_str();
        let id = portal.case(&filed.number).await.id.to_string();
        for secret in [name, phone, email, digits, KEY, id.as_str()] {
            for answer in [&list, &one] {
                assert!(
                    !answer.text().contains(secret),
                    "{secret} in {}",
                    answer.text()
                );
            }
        }
    }
}
