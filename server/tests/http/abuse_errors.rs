//! What goes wrong tells nothing of the machine (abuse case D7).

use serde_json::json;
use store::testing::break_with;

use crate::portal::{Answer, Portal};

const KEY: &str = "a-key-of-the-error-tests";

/// Words of the machine that no resident and no attacker needs.
const MACHINE: [&str; 15] = [
    "sql",
    "postgres",
    "case_row",
    "case_event",
    "no such",
    "constraint",
    "panick",
    ".rs:",
    "rustc",
    "axum",
    "hyper",
    "tokio",
    "backtrace",
    "/src/",
    "target/",
];

fn tells_nothing(answer: &Answer, asked: &str, secrets: &[&str]) {
    if answer.status < 400 {
        return;
    }
    let headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?")))
        .collect();
    assert!(
        !answer.headers.contains_key("server"),
        "{asked}: {headers:?}"
    );
    let all = format!("{}\n{}", headers.join("\n"), answer.text()).to_ascii_lowercase();
    for word in MACHINE.iter().chain(secrets) {
        // The page may say what was asked for, in its own links.
        let all = match asked {
            "/" => all.clone(),
            _ => all.replace(&asked.to_ascii_lowercase(), ""),
        };
        assert!(
            !all.contains(&word.to_ascii_lowercase()),
            "{asked} says {word:?}: {all}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_tell_nothing_of_the_machine() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let own = portal.track(&filed.code).await;
    let folder = portal.fresh.folder.path().display().to_string();
    let version = concat!("huiyin/", env!("CARGO_PKG_VERSION"));
    let secrets = [folder.as_str(), version];

    // What is asked wrongly.
    for (method, target) in [
        ("GET", "/nothing"),
        ("GET", "/cases/none"),
        ("GET", "/cases/%27%3B%20DROP%20TABLE--"),
        ("GET", "/cases?after=none"),
        ("GET", "/api/v1/nothing"),
        ("GET", "/api/v1/cases/none"),
        ("POST", "/api/v1/cases"),
        ("POST", "/whistle"),
        ("DELETE", "/cases"),
        ("PUT", "/api/v1/cases"),
    ] {
        let kind = "Content-Type: application/json";
        let answer = portal.ask(method, target, &[kind], b"{\"a\":").await;
        assert!(answer.status < 500, "{method} {target}: {}", answer.status);
        tells_nothing(&answer, target, &secrets);
    }

    // The store is broken: every address that needs it.
    break_with(&portal.desk.store, "ALTER TABLE case_row RENAME TO away")
        .await
        .expect("broken");
    let mut failed = 0;
    for (method, path) in &portal.routes {
        // A stream without a case asks the store nothing, and does not end.
        let path = path.replace("/events", "/events?case={number}");
        let target = path
            .replace("{number}", &filed.number)
            .replace("{photo}", "1")
            .replace("{code}", crate::portal::COMMUNITY);
        for cookie in ["", own.as_str()] {
            let answer = if method == "GET" {
                portal.get_as(cookie, &target).await
            } else {
                let fields = [("key", KEY), ("act", "urge"), ("code", &filed.code)];
                portal.post(cookie, &target, &fields).await
            };
            failed += usize::from(answer.status >= 500);
            tells_nothing(&answer, &target, &secrets);
        }
    }
    assert!(failed >= 5, "only {failed} addresses noticed");
    // An operator finds it in the log by what the page names.
    let broken = portal.get(&format!("/cases/{}", filed.number)).await;
    assert_eq!(broken.status, 500);
    let text = broken.text();
    let said = text.split_once("<h1").expect("a page").1;
    let mut runs = said.split(|c: char| !c.is_ascii_hexdigit());
    assert!(runs.any(|run| run.len() == 8), "no incident: {text}");
}
