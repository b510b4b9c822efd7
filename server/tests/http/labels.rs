//! What a demonstration says of itself to programs.

use casework::account::token_verbs;
use serde_json::{Value, json};

use crate::portal::{Answer, Portal, picture};

const KEY: &str = "a-key-of-the-label-tests";

/// Every row of the machine doors, answered well and badly: method, address, body, and an address
/// (or body) that is refused.
const ROWS: [(&str, &str); 10] = [
    ("GET", "/api/openapi.json"),
    ("POST", "/api/v1/cases"),
    ("GET", "/api/v1/cases"),
    ("GET", "/api/v1/cases/{number}"),
    ("POST", "/api/v1/cases/{number}/commands"),
    ("POST", "/api/v1/uploads"),
    ("POST", "/api/v1/track"),
    ("GET", "/api/v1/categories"),
    ("GET", "/api/v1/communities"),
    ("GET", "/api/v1/services"),
];

fn is_labelled(answer: &Answer, demo: bool, asked: &str) {
    let label = answer.json()["demo"].clone();
    let expected = if demo { Value::Bool(true) } else { Value::Null };
    assert_eq!(label, expected, "{asked}: {}", answer.text());
}

async fn every_answer(demo: bool) {
    let portal = Portal::set(&[], demo).await;
    let mut rows: Vec<(&str, &str)> = portal
        .routes
        .iter()
        .filter(|(_, path)| path.starts_with("/api"))
        .map(|(method, path)| (method.as_str(), *path))
        .collect();
    let mut known = ROWS.to_vec();
    rows.sort_unstable();
    known.sort_unstable();
    assert_eq!(rows, known, "a door nobody has asked here");

    let filed = portal.file(KEY, json!({})).await;
    let idempotent = format!("Idempotency-Key: {KEY}");
    let json_kind = "Content-Type: application/json";
    let told = json!({
        "kind": "whistle",
        "category": "street-vending",
        "community": crate::portal::COMMUNITY,
        "description": "\u{4eba}\u{6c11}\u{8def}\u{53e3}\u{7684}\u{6444}\u{4f4d}",
        "visibility": "public",
    });
    let told = told.to_string().into_bytes();
    let code = json!({ "receipt_code": filed.code })
        .to_string()
        .into_bytes();
    let token = format!(
        "Authorization: Bearer {}",
        crate::desk_api::token(&portal, "secretary-xianggang", &token_verbs()).await
    );
    for (method, path) in ROWS {
        let target = path.replace("{number}", &filed.number);
        let (lines, body): (Vec<&str>, Vec<u8>) = match path {
            "/api/v1/uploads" => (vec![&idempotent], picture(3, "")),
            "/api/v1/track" => (vec![json_kind], code.clone()),
            "/api/v1/cases/{number}/commands" => {
                let accept = json!({ "command": "accept", "version": 1 });
                (vec![&token, json_kind], accept.to_string().into_bytes())
            }
            _ if method == "POST" => {
                let fresh = "Idempotency-Key: another-key-of-the-label-tests";
                (vec![fresh, json_kind], told.clone())
            }
            _ => (Vec::new(), Vec::new()),
        };
        let good = portal.ask(method, &target, &lines, &body).await;
        assert!(good.status < 300, "{method} {path}: {}", good.text());
        is_labelled(&good, demo, path);

        // What the handler refuses, and what never comes to one.
        let bad = match path {
            "/api/v1/cases/{number}" => portal.get("/api/v1/cases/1").await,
            "/api/v1/cases" | "/api/v1/services" if method == "GET" => {
                portal.get(&format!("{path}?q=1&q=2")).await
            }
            _ if method == "POST" => portal.ask(method, &target, &[json_kind], b"{").await,
            _ => {
                portal
                    .ask("GET", &format!("{path}/nothing"), &[], &[])
                    .await
            }
        };
        let refused = portal.ask("DELETE", &target, &[], &[]).await;
        assert_eq!(refused.status, 405, "{path}");
        for answer in [bad, refused] {
            assert!(answer.status >= 400, "{path}: {}", answer.status);
            let kind = answer.header("content-type");
            assert_eq!(kind, "application/problem+json", "{path}");
            is_labelled(&answer, demo, path);
        }
    }
    // What the gate and the foundation answer.
    let foreign = ["Origin: https://evil.example", "Sec-Fetch-Site: cross-site"];
    let foreign = portal
        .ask_as_told("POST", "/api/v1/track", &foreign, b"")
        .await;
    assert_eq!(foreign.status, 403);
    is_labelled(&foreign, demo, "another site");
    is_labelled(&portal.get("/readyz").await, demo, "/readyz");
    let page = portal.get("/").await;
    let says = page.text().contains("演示系统");
    assert_eq!(says, demo, "the page");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_a_demonstration_says_so() {
    every_answer(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_in_earnest_bears_no_label() {
    every_answer(false).await;
}
