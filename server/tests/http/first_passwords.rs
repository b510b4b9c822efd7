//! What is handed out to come in by: once, for whom it was made, for its time (security.md C3). First
//! passwords for staff, one-time codes for residents; both in place of what was lost.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::time::Duration;

use app::letters::Letterbox;
use casework::{act, authenticator, people};
use domain::decide::Act;
use domain::reference::CaseNumber;
use domain::time::Millis;
use serde_json::json;
use server::couriers::Couriers;
use server::settings::Settings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::desk_sign_in::base32;
use crate::portal::{Answer, COMMUNITY, Portal};
use crate::receiver::{Receiver, SECRET};

const KEY: &str = "a-key-of-the-first-passwords";
const PHONE: &str = "13812345678";
const OWN: &str = "路灯不亮了就来说一声";

async fn password(portal: &Portal, login: &str, password: &str) -> Answer {
    let typed = [("login", login), ("password", password)];
    portal.post("", "/sign-in", &typed).await
}

fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split(before).nth(1);
    let found = rest.and_then(|rest| rest.split(after).next());
    found
        .unwrap_or_else(|| panic!("{before}: {text}"))
        .to_owned()
}

/// Whoever makes accounts gives a new first password; the page shows it once.
async fn reset(portal: &Portal, system: &str, login: &str) -> String {
    let person = portal.person(login).await;
    let form = [("act", "reset"), ("person", person.as_str())];
    let answer = portal.post(system, "/desk/people", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    between(
        &answer.text(),
        "<p class=\"big\"><code translate=\"no\">",
        "<",
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_password_is_one_persons_once_and_for_three_days() {
    let portal = Portal::open().await;
    let system = portal.staff("system").await;
    let (login, other) = ("grid-xianggang", "grid-huazhong");
    let refused = async |login: &str, typed: &str, why: &str| {
        let answer = password(&portal, login, typed).await;
        assert_eq!(answer.status, 401, "{why}");
        assert!(answer.cookie_of("signing-in").is_empty(), "{why}");
        answer.text()
    };

    let first = reset(&portal, &system, login).await;
    refused(login, people::DEMO_PASSWORD, "the one before").await;
    refused(other, &first, "another person's").await;
    let second = reset(&portal, &system, login).await;
    refused(login, &first, "a later one was given").await;

    // Used: an authenticator, and a password of one's own in its place.
    let asked = password(&portal, login, &second).await;
    assert_eq!(asked.status, 200);
    let under_way = asked.cookie_of("signing-in");
    let key = between(&asked.text(), "<code translate=\"no\">", "<").replace(' ', "");
    let code = authenticator::code(&base32(&key), portal.desk.now()).unwrap();
    let mut last = asked;
    for step in [
        [("act", "enrol"), ("code", code.as_str())],
        [("act", "noted"), ("code", "")],
        [("act", "own"), ("password", OWN)],
    ] {
        last = portal.post(&under_way, "/sign-in", &step).await;
    }
    assert_eq!(last.status, 303, "{}", last.text());
    assert!(!last.cookie_of("staff").is_empty());
    portal.fresh.clock.advance(Millis::minutes(2));
    refused(login, &second, "it was used").await;
    assert_eq!(password(&portal, login, OWN).await.status, 200);

    // Not used: it waits for three days, and then nobody finds it in a drawer.
    let third = reset(&portal, &system, other).await;
    portal.fresh.clock.advance(Millis::minutes(72 * 60 - 1));
    assert_eq!(password(&portal, other, &third).await.status, 200);
    portal.fresh.clock.advance(Millis::minutes(1));
    let said = refused(other, &third, "its time is over").await;
    assert!(said.contains("72 小时"), "{said}");
}

/// The eight digits of the latest letter.
fn digits(letterbox: &Letterbox) -> String {
    let letters = letterbox.look();
    let mut runs = letters[0].text.split(|c: char| !c.is_ascii_digit());
    runs.find(|run| run.len() == 8).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_code_is_of_one_case_the_last_one_and_for_half_an_hour() {
    let portal = Portal::open().await;
    let contact = || json!({ "contact": { "phone": PHONE } });
    let told = portal.file(KEY, contact()).await.number;
    let other = portal.file(&format!("{KEY}-2"), contact()).await.number;
    let letterbox = Arc::new(Letterbox::default());
    let settings = Settings::for_tests(&[]).unwrap();
    let couriers = Couriers::open(&settings, Some(Arc::clone(&letterbox))).unwrap();
    let asks = async || {
        let fields = [
            ("act", "ask"),
            ("number", told.as_str()),
            ("address", PHONE),
        ];
        let asked = portal.post("", "/track/lost", &fields).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let brought = couriers.round(&portal.desk, "https://city.example").await;
        assert_eq!(brought.unwrap(), 1);
        digits(&letterbox)
    };
    let enters = async |number: &str, code: &str| {
        let fields = [
            ("act", "use"),
            ("number", number),
            ("address", PHONE),
            ("code", code),
        ];
        portal.post("", "/track/lost", &fields).await.status
    };
    let first = asks().await;
    assert_eq!(enters(&other, &first).await, 422, "another case of theirs");
    portal.fresh.clock.advance(Millis::minutes(30));
    assert_eq!(enters(&told, &first).await, 422, "its time is over");
    let second = asks().await;
    portal.fresh.clock.advance(Millis::minutes(1));
    let third = asks().await;
    assert_ne!(second, third);
    assert_eq!(enters(&told, &second).await, 422, "a later one was sent");
    portal.fresh.clock.advance(Millis::minutes(29));
    assert_eq!(enters(&told, &third).await, 303);
    assert_eq!(enters(&told, &third).await, 422, "it was used");
}

/// Whoever asks names any host they like; the link that others get is the city's.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_leads_to_the_city_whatever_host_was_asked() {
    let receiver = Receiver::start().await;
    let flags = [
        ("base_url", "https://city.example"),
        ("gateway_url", receiver.url.as_str()),
        ("gateway_secret", SECRET),
    ];
    let portal = Portal::set(&flags, false).await;
    portal.seed().await;
    let told = json!({
        "kind": "whistle",
        "category": "street-vending",
        "community": COMMUNITY,
        "description": "人民路口的摊位占住了盲道，轮椅过不去",
        "place": { "address": "人民路与城南路口东南角" },
        "visibility": "public",
        "contact": { "phone": PHONE },
    })
    .to_string();
    let request = format!(
        "POST /api/v1/cases HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\
         X-Forwarded-Proto: http\r\nForwarded: host=evil.example;proto=http\r\n\
         X-Original-URL: https://evil.example/\r\nIdempotency-Key: {KEY}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{told}",
        told.len()
    );
    let mut stream = TcpStream::connect(portal.addr()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(!answer.contains("evil"), "{answer}");
    let number = between(&answer, "\"number\":\"", "\"");
    let number: CaseNumber = number.parse().unwrap();

    let person = portal.person("secretary-xianggang").await;
    let secretary = people::viewer(&portal.desk, &person).await.unwrap();
    act::act(&portal.desk, &secretary, number, None, Act::Accept)
        .await
        .unwrap();
    for _ in 0..100 {
        if !receiver.got().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let got = receiver.got();
    let text = got[0].1["text"].as_str().unwrap();
    let link = format!("https://city.example/track?number={number}");
    assert!(text.contains(&link) && !text.contains("evil"), "{text}");
}
