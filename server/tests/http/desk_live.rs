//! Pages of the desk that stand open: who is told, of what, and that a page keeps nobody signed in
//! (abuse cases A3, A9, A12).

use std::time::Duration;

use domain::time::Millis;
use serde_json::json;

use crate::ear::{Ear, Heard};
use crate::portal::{Answer, Portal};

const KEY: &str = "a-key-of-the-tests-of-open-pages";
/// Long enough for what must not come to come.
const QUIET: Duration = Duration::from_millis(700);

async fn listen(portal: &Portal, cookie: &str, target: &str) -> Ear {
    let cookie = format!("Cookie: {cookie}");
    Ear::begin(portal.addr(), target, &[&cookie]).await.0
}

async fn press(portal: &Portal, who: &str, number: &str, fields: &[(&str, &str)]) -> Answer {
    let version = portal.case(number).await.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    let target = format!("/desk/cases/{number}");
    portal.post(who, &target, &fields).await
}

async fn note(portal: &Portal, who: &str, number: &str) {
    let answer = press(portal, who, number, &[("act", "note"), ("text", "看过了")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

fn is_list(heard: &Heard) -> bool {
    matches!(heard, Heard::Told(at, name, data) if name == "list"
        && *data == format!("{{\"position\":{at}}}"))
}

/// Whoever is not signed in, or no more, is told of nothing (A1).
#[tokio::test(flavor = "multi_thread")]
async fn the_stream_of_the_desk_opens_to_nobody_from_outside() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let secretary = portal.staff("secretary-xianggang").await;
    portal.post(&secretary, "/sign-out", &[]).await;
    let case = format!("/desk/events?case={number}");
    for cookie in ["", "huiyin_staff=AAAAAAAAAAAAAAAAAAAAAA", &secretary] {
        for target in ["/desk/events", &case] {
            let cookie = format!("Cookie: {cookie}");
            let ear = Ear::open(portal.addr(), target, &[&cookie]).await;
            assert_eq!(ear.status(), 404, "{target} as {cookie}: {}", ear.head);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_hears_of_its_own_cases_and_the_stream_names_none() {
    let portal = Portal::open().await;
    let number = portal
        .file(KEY, json!({ "visibility": "private" }))
        .await
        .number;
    let secretary = portal.staff("secretary-xianggang").await;
    let station = portal.staff("station-unit-06").await;
    let mut own = listen(&portal, &station, "/desk/events").await;
    let mut deaf = Vec::new();
    for login in [
        "secretary-huazhong",
        "officer-resources-land",
        "system",
        "editor",
    ] {
        let cookie = portal.staff(login).await;
        // An editor has public cases in their lists, and this one is none; to be told that something
        // may have changed is harmless, and to be told what is not.
        if login != "editor" {
            deaf.push((login, listen(&portal, &cookie, "/desk/events").await));
        }
    }
    note(&portal, &secretary, &number).await;
    let heard = own.told().await;
    assert!(is_list(&heard), "{heard:?}");
    for (login, ear) in &mut deaf {
        assert_eq!(ear.within(QUIET).await, None, "{login}");
    }
    // What is called appears with whom it calls.
    let called = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "resources-land"),
        ("due", "policy"),
        ("text", "请来看看"),
    ];
    press(&portal, &secretary, &number, &[("act", "accept")]).await;
    let answer = press(&portal, &secretary, &number, &called).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let land = &mut deaf[1].1;
    let heard = land.told().await;
    assert!(is_list(&heard), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_case_hears_colleagues_and_a_reporter_does_not() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({ "visibility": "private" })).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let station = portal.staff("station-unit-06").await;
    let own = portal.track(&filed.code).await;
    let target = format!("/desk/events?case={}", filed.number);
    let mut colleague = listen(&portal, &station, &target).await;
    let mut reporter = listen(&portal, &own, &format!("/events?case={}", filed.number)).await;
    note(&portal, &secretary, &filed.number).await;
    match colleague.told().await {
        Heard::Told(_, name, data) if name == "case" => assert!(data.contains(&filed.number)),
        other => panic!("{other:?}"),
    }
    assert_eq!(reporter.within(QUIET).await, None);
    // Not theirs is not there, nor is the desk's stream for whoever follows a case.
    let other = portal.staff("secretary-huazhong").await;
    for cookie in [other.as_str(), own.as_str(), ""] {
        let cookie = format!("Cookie: {cookie}");
        let ear = Ear::open(portal.addr(), &target, &[&cookie]).await;
        assert_eq!(ear.status(), 404, "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_office_ended_or_who_was_shut_out_hears_no_more() {
    let portal = Portal::set(&[("stream_beat_seconds", "1")], false).await;
    let number = portal.file(KEY, json!({})).await.number;
    let station = portal.staff("station-unit-06").await;
    let (system, security) = (portal.staff("system").await, portal.staff("security").await);
    let secretary = portal.staff("secretary-xianggang").await;
    let mut case = listen(&portal, &secretary, &format!("/desk/events?case={number}")).await;
    let mut lists = listen(&portal, &secretary, "/desk/events").await;
    let person = portal.person("secretary-xianggang").await;
    let no = {
        let mut reading = portal.desk.store.read().await.unwrap();
        reading.appointments_of(&person).await.unwrap()[0]
            .no
            .to_string()
    };
    let end = [("act", "end"), ("no", no.as_str())];
    assert_eq!(
        portal.post(&security, "/desk/people", &end).await.status,
        200
    );
    note(&portal, &station, &number).await;
    ends_silently(&mut case).await;
    // Of their lists they may hear once more that something changed, and then nothing.
    let shut = [("act", "shut-out"), ("person", person.as_str())];
    assert_eq!(
        portal.post(&system, "/desk/people", &shut).await.status,
        200
    );
    note(&portal, &station, &number).await;
    loop {
        match lists.next().await {
            Heard::End => break,
            Heard::Beat(_) => {}
            told @ Heard::Told(..) => assert!(is_list(&told), "{told:?}"),
        }
    }
}

/// Beats may come before the end, and nothing else.
async fn ends_silently(ear: &mut Ear) {
    loop {
        match ear.next().await {
            Heard::End => return,
            Heard::Beat(_) => {}
            told @ Heard::Told(..) => panic!("{told:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_stands_open_keeps_nobody_signed_in() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let secretary = portal.staff("secretary-xianggang").await;
    for target in [
        "/desk?part=1".to_owned(),
        format!("/desk/cases/{number}?part=1"),
    ] {
        let part = portal.get_as(&secretary, &target).await;
        assert_eq!(part.status, 200);
        let text = part.text();
        assert!(
            text.starts_with("<div id=\"live\"") && !text.contains("part=1"),
            "{text}"
        );
        assert_eq!(portal.get(&target).await.status, 404, "{target}");
    }
    let looks = async || {
        let case = portal.case(&number).await;
        let mut reading = portal.desk.store.read().await.unwrap();
        reading.looks_at(case.id).await.unwrap().len()
    };
    // Nor does it fill the reporter's page: whoever opened it has looked once.
    let before = looks().await;
    for _ in 0..8 {
        portal.fresh.clock.advance(Millis::minutes(4));
        portal.get_as(&secretary, "/desk?part=1").await;
        let target = format!("/desk/cases/{number}?part=1");
        portal.get_as(&secretary, &target).await;
    }
    assert_eq!(looks().await, before);
    assert_eq!(portal.get_as(&secretary, "/desk?part=1").await.status, 404);
    assert_eq!(portal.get_as(&secretary, "/desk").await.status, 303);
}
