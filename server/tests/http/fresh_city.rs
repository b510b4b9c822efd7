//! No account exists that everybody knows, and none opens without an authenticator (security.md C9).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Read as _, Write as _};
use std::path::Path;

use casework::people;
use domain::time::Millis;
use store::Error;

use crate::binary::{huiyin, run, start};
use crate::portal::{Answer, Portal, encode};

/// What somebody tries who knows the program and nothing of the city.
const GUESSES: [(&str, &str); 6] = [
    ("system", people::DEMO_PASSWORD),
    ("security", people::DEMO_PASSWORD),
    ("secretary-xianggang", people::DEMO_PASSWORD),
    ("admin", "admin"),
    ("root", ""),
    ("huiyin", "huiyin"),
];

/// The answer to a login and a password, as it is on the wire.
fn signs_in(addr: &str, login: &str, password: &str) -> String {
    let body = format!("login={}&password={}", encode(login), encode(password));
    let mut stream = std::net::TcpStream::connect(addr).unwrap();
    write!(
        stream,
        "POST /sign-in HTTP/1.1\r\nHost: {addr}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Serves the folder and tries all guesses; whether any went a step further.
fn anybody_gets_on(folder: &Path) -> bool {
    let (mut child, addr) = start(folder, "serve");
    let answers: Vec<String> = GUESSES
        .iter()
        .map(|(login, password)| signs_in(&addr, login, password))
        .collect();
    child.kill().unwrap();
    child.wait().unwrap();
    let gets_on = |answer: &String| answer.contains("signing-in=");
    for answer in answers.iter().filter(|answer| !gets_on(answer)) {
        assert!(answer.contains("name=\"password\""), "{answer}");
    }
    answers.iter().any(gets_on)
}

#[test]
fn a_city_that_was_just_made_knows_nobody() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!anybody_gets_on(folder.path()));
}

#[test]
fn the_people_of_a_demonstration_come_into_no_real_city() {
    let folder = tempfile::tempdir().unwrap();
    let asked = |words: &[&str]| run(&mut huiyin(folder.path(), words));
    assert_eq!(asked(&["migrate"]).0, 0);
    let (code, out, errors) = asked(&[
        "user",
        "wang.fang",
        "--name",
        "王芳",
        "--role",
        "system_admin",
    ]);
    assert_eq!(code, 0, "{errors}");
    assert!(out.starts_with("wang.fang: "), "a first password: {out}");
    for words in [&["seed"][..], &["simulate", "--cases", "3"]] {
        let (code, _, errors) = asked(words);
        assert_eq!(code, 1, "{words:?}");
        assert!(errors.contains("not a demonstration"), "{errors}");
    }
    assert!(!anybody_gets_on(folder.path()));

    // An empty one becomes a demonstration, and there they are who they are in every one.
    let folder = tempfile::tempdir().unwrap();
    let asked = |words: &[&str]| run(&mut huiyin(folder.path(), words));
    for words in [["migrate"], ["seed"], ["seed"]] {
        let (code, _, errors) = asked(&words);
        assert_eq!(code, 0, "{words:?}: {errors}");
    }
    assert!(anybody_gets_on(folder.path()));
}

async fn posts(portal: &Portal, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    portal.post(cookie, "/sign-in", fields).await
}

/// Whoever has no authenticator is asked to set one up, whatever their role and whichever step they would
/// rather take; the right password alone opens nothing.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_any_role_gets_in_without_an_authenticator() {
    let portal = Portal::open().await;
    portal.seed().await;
    for login in [
        "secretary-xianggang",
        "grid-xianggang",
        "station-unit-06",
        "officer-enforcement-appearance",
        "commission",
        "supervisor",
        "editor",
        "auditor",
        "system",
        "security",
    ] {
        portal.fresh.clock.advance(Millis::minutes(1));
        let person = portal.person(login).await;
        portal
            .desk
            .store
            .write::<_, (), Error>(move |tx| {
                let person = person.clone();
                Box::pin(async move { tx.erase_second_factor(&person).await })
            })
            .await
            .unwrap();
        let fields = [("login", login), ("password", people::DEMO_PASSWORD)];
        let asked = posts(&portal, "", &fields).await;
        assert_eq!(asked.status, 200, "{login}: {}", asked.text());
        let text = asked.text();
        assert!(text.contains("class=\"qr\""), "{login}: {text}");
        let mut answers = vec![asked];
        let under_way = answers[0].cookie_of("signing-in");
        for act in ["", "noted", "own", "code", "enrol", "whatever"] {
            let fields = [("act", act), ("code", "000000"), ("password", "")];
            answers.push(posts(&portal, &under_way, &fields).await);
        }
        answers.push(portal.get_as(&under_way, "/sign-in").await);
        for answer in &answers {
            assert!(answer.cookie_of("staff").is_empty(), "{login}");
        }
        for target in ["/desk", "/desk/me", "/desk/people", "/desk/audit"] {
            let answer = portal.get_as(&under_way, target).await;
            assert_eq!(answer.status, 303, "{login} {target}");
            assert!(answer.header("location").starts_with("/sign-in"));
        }
    }
}
