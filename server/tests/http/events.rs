//! The live stream: what it tells, to whom, and that it goes on where it was left (abuse cases A3,
//! A9).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use casework::{act, people, staffing::Staffing};
use domain::{
    access::Role,
    decide::{Act, Command},
    event::Words,
    time::Millis,
};
use serde_json::json;
use store::testing::{Fresh, each_engine, file_in};

use crate::ear::{Ear, Heard};
use crate::portal::{COMMUNITY, Portal};

const KEY: &str = "a-key-of-the-stream-tests";
/// Long enough for what must not come to come.
const QUIET: Duration = Duration::from_millis(1_200);

async fn portal(fresh: Fresh) -> Portal {
    Portal::over(fresh, &[], false).await
}

async fn file(portal: &Portal, no: u32) -> String {
    portal.file(&format!("{KEY}-{no}"), json!({})).await.number
}

/// Waits until the log holds all of the one case there is: on PostgreSQL that takes a moment.
async fn logged(portal: &Portal, number: &str) {
    let version = portal.case(number).await.version;
    portal.fresh.logged(u64::from(version)).await;
}

async fn begin(portal: &Portal, target: &str) -> (Ear, u64) {
    Ear::begin(portal.addr(), target, &[]).await
}

async fn begin_as(portal: &Portal, cookie: &str, target: &str) -> Ear {
    let cookie = format!("Cookie: {cookie}");
    Ear::begin(portal.addr(), target, &[&cookie]).await.0
}

/// The next message, which is of this case; its position.
async fn told(ear: &mut Ear, number: &str) -> u64 {
    match ear.told().await {
        Heard::Told(at, name, data) if name == "case" => {
            assert_eq!(
                data,
                format!("{{\"position\":{at},\"number\":\"{number}\"}}")
            );
            at
        }
        other => panic!("{other:?} instead of {number}"),
    }
}

async fn silent(ear: &mut Ear) {
    assert_eq!(ear.within(QUIET).await, None);
}

/// An act of the secretary of the community.
async fn secretary(portal: &Portal, number: &str, act: Act) {
    let desk = &portal.desk;
    let staffing = Staffing::of(&desk.city, desk.now());
    let community = COMMUNITY.parse().unwrap();
    let no = staffing
        .in_community(Role::Secretary, &community)
        .unwrap()
        .no;
    people::seed(desk, staffing).await.unwrap();
    let secretary = people::viewer(desk, &format!("demo-{no}")).await.unwrap();
    let number: domain::reference::CaseNumber = number.parse().unwrap();
    let words = Some(Words::text("先问问物业"));
    let command = Command { act, words };
    act::act(desk, &secretary, number, None, command)
        .await
        .unwrap();
}

async fn add(portal: &Portal, cookie: &str, text: &str) {
    let fields = [("act", "add_information"), ("text", text)];
    let answer = portal.post(cookie, "/track", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_told_in_order_and_whoever_comes_back_missed_nothing() {
    each_engine(|fresh| async {
        let portal = portal(fresh).await;
        let first = file(&portal, 1).await;
        logged(&portal, &first).await;
        let (mut all, _) = begin(&portal, "/events").await;
        let (mut one, began) = begin(&portal, &format!("/events?case={first}")).await;
        let mut numbers = Vec::new();
        let mut places = Vec::new();
        for no in 2..6 {
            numbers.push(file(&portal, no).await);
        }
        for number in &numbers {
            places.push(told(&mut all, number).await);
        }
        assert!(places.is_sorted() && places[0] > began);
        portal.release(&first).await;
        let at = told(&mut one, &first).await;
        assert_eq!(told(&mut all, &first).await, at);

        // By the browser's header and by the page's address; the header is newer.
        let after = format!("Last-Event-ID: {}", places[1]);
        for (target, headers) in [
            (format!("/events?after={}", places[1]), vec![]),
            ("/events".to_owned(), vec![after.as_str()]),
            (format!("/events?after={}", places[3]), vec![after.as_str()]),
        ] {
            let (mut again, here) = Ear::begin(portal.addr(), &target, &headers).await;
            assert_eq!(here, places[1], "{target}");
            for number in &numbers[2..] {
                told(&mut again, number).await;
            }
            assert_eq!(told(&mut again, &first).await, at);
        }
        let target = format!("/events?case={first}&after={began}");
        let (mut again, _) = begin(&portal, &target).await;
        assert_eq!(told(&mut again, &first).await, at);
        silent(&mut again).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_missed_more_than_is_kept_is_told_to_look_again() {
    let portal = Portal::open().await;
    portal
        .desk
        .store
        .write::<_, (), store::Error>(|tx| {
            Box::pin(async {
                for _ in 0..casework::live::KEPT + 20 {
                    file_in(tx, &store::testing::Filing::default()).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let end = portal.desk.store.log_position();
    let kept = end - u64::try_from(casework::live::KEPT).unwrap();
    for after in ["1".to_owned(), format!("{}", end + 7), "none".to_owned()] {
        let mut ear = Ear::open(portal.addr(), &format!("/events?after={after}"), &[]).await;
        let mut heard = ear.told().await;
        if matches!(&heard, Heard::Told(_, name, _) if name == "here") {
            heard = ear.told().await;
        }
        let reset = format!("{{\"position\":{end}}}");
        assert_eq!(
            heard,
            Heard::Told(end, "reset".to_owned(), reset),
            "{after}"
        );
    }
    let mut ear = Ear::begin(portal.addr(), &format!("/events?after={}", kept + 5), &[])
        .await
        .0;
    let heard = ear.told().await;
    assert!(
        matches!(&heard, Heard::Told(at, name, _) if *at == kept + 6 && name == "case"),
        "{heard:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_hears_nothing_of_a_private_case() {
    let portal = Portal::open().await;
    let hidden = portal.file(KEY, json!({ "visibility": "private" })).await;
    let other = portal.file(&format!("{KEY}-other"), json!({})).await;
    let others = portal.track(&other.code).await;
    let day = portal.desk.city.time.civil(portal.desk.now()).date;
    let nobody = domain::reference::CaseNumber::new(day, 424_242).to_string();

    let mut seen = Vec::new();
    for number in [hidden.number.as_str(), nobody.as_str(), "none"] {
        for cookie in ["", others.as_str()] {
            let answer = portal
                .get_as(cookie, &format!("/events?case={number}"))
                .await;
            let mut headers: Vec<String> = answer
                .headers
                .iter()
                .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            headers.sort();
            seen.push((answer.status, headers, answer.body));
        }
    }
    assert_eq!(seen[0].0, 404);
    assert!(seen.iter().all(|answer| *answer == seen[0]), "{seen:?}");

    let (mut all, _) = begin(&portal, "/events").await;
    let mut as_other = begin_as(&portal, &others, "/events").await;
    let own = portal.track(&hidden.code).await;
    add(&portal, &own, "今天早上又多了一堆").await;
    silent(&mut all).await;
    silent(&mut as_other).await;
    // Coming back tells no more, and what is public is heard.
    let (mut again, _) = begin(&portal, "/events?after=0").await;
    let public = file(&portal, 9).await;
    told(&mut again, &other.number).await;
    for ear in [&mut again, &mut all, &mut as_other] {
        told(ear, &public).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_own_person_hears_of_a_private_case() {
    each_engine(|fresh| async {
        let portal = portal(fresh).await;
        let hidden = portal.file(KEY, json!({ "visibility": "private" })).await;
        logged(&portal, &hidden.number).await;
        let own = portal.track(&hidden.code).await;
        let target = format!("/events?case={}", hidden.number);
        let mut ear = begin_as(&portal, &own, &target).await;
        add(&portal, &own, "今天早上又多了一堆").await;
        told(&mut ear, &hidden.number).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_offices_know_of_is_told_to_nobody() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let own = portal.track(&filed.code).await;
    let target = format!("/events?case={}", filed.number);
    let mut ears = [
        begin(&portal, "/events").await.0,
        begin(&portal, &target).await.0,
        begin_as(&portal, &own, &target).await,
    ];
    secretary(&portal, &filed.number, Act::Note).await;
    for ear in &mut ears {
        silent(ear).await;
    }
    secretary(&portal, &filed.number, Act::Update).await;
    for ear in &mut ears {
        told(ear, &filed.number).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_made_private_is_told_to_nobody_from_then_on() {
    each_engine(|fresh| async {
        let portal = portal(fresh).await;
        let filed = portal.file(KEY, json!({})).await;
        logged(&portal, &filed.number).await;
        let own = portal.track(&filed.code).await;
        let target = format!("/events?case={}", filed.number);
        let (mut all, began) = begin(&portal, "/events").await;
        let (mut stranger, _) = begin(&portal, &target).await;
        let mut person = begin_as(&portal, &own, &target).await;
        portal.release(&filed.number).await;
        for ear in [&mut all, &mut stranger, &mut person] {
            told(ear, &filed.number).await;
        }
        let private = [("act", "change_visibility"), ("visibility", "private")];
        assert_eq!(portal.post(&own, "/track", &private).await.status, 303);
        assert_eq!(stranger.told().await, Heard::End, "without a word");
        told(&mut person, &filed.number).await;
        add(&portal, &own, "还有一堆").await;
        told(&mut person, &filed.number).await;
        // Neither what happened since nor what was public then.
        let (mut again, _) = begin(&portal, &format!("/events?after={began}")).await;
        let public = file(&portal, 9).await;
        told(&mut all, &public).await;
        told(&mut again, &public).await;
        assert_eq!(portal.get(&target).await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_session() {
    let portal = Portal::set(&[("stream_beat_seconds", "1")], false).await;
    let hidden = portal.file(KEY, json!({ "visibility": "private" })).await;
    let target = format!("/events?case={}", hidden.number);

    // Left, and then something happens: not a word of it.
    let (own, staying) = (
        portal.track(&hidden.code).await,
        portal.track(&hidden.code).await,
    );
    let mut ear = begin_as(&portal, &own, &target).await;
    let left = portal.post(&own, "/track", &[("act", "leave")]).await;
    assert_eq!(left.status, 303);
    add(&portal, &staying, "还有一堆").await;
    assert_eq!(ear.told().await, Heard::End);

    // Idle for half an hour: the next sign of life is the end, whatever the page asks by itself.
    let mut ear = begin_as(&portal, &staying, &target).await;
    let part = format!("/track?part=story&number={}", hidden.number);
    portal.fresh.clock.advance(Millis::minutes(20));
    assert_eq!(portal.get_as(&staying, &part).await.status, 200);
    assert!(matches!(ear.next().await, Heard::Beat(_)), "still open");
    portal.fresh.clock.advance(Millis::minutes(11));
    assert_eq!(ear.told().await, Heard::End);
    assert_eq!(portal.get_as(&staying, &part).await.status, 404);
    assert_eq!(portal.get_as(&staying, &target).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_fetches_its_own_case_and_nothing_to_write_in() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let other = portal.file(&format!("{KEY}-other"), json!({})).await;
    let (own, others) = (
        portal.track(&filed.code).await,
        portal.track(&other.code).await,
    );
    let public = format!("/cases/{}?part=story", filed.number);
    let page = portal.get(&format!("/cases/{}", filed.number)).await.text();
    let parts = portal.get(&public).await;
    assert_eq!(parts.status, 200);
    let text = parts.text();
    for id in ["live-head", "live-story", "live-facts"] {
        let mark = format!("<div id=\"{id}\"");
        let of = |html: &str| {
            let at = html.find(&mark).unwrap_or_else(|| panic!("{id} in {html}"));
            html[at..].split(" id=\"live").nth(1).unwrap()[..80].to_owned()
        };
        assert_eq!(of(&page), of(&text), "{id}");
    }
    assert!(!text.contains("<html") && !text.contains("<form"), "{text}");
    // As little as any page of one reader.
    let mine = format!("/track?part=story&number={}", filed.number);
    let parts = portal.get_as(&own, &mine).await;
    assert_eq!(parts.header("cache-control"), "no-store");
    assert!(parts.text().contains("盲道") && !parts.text().contains("<form"));
    for (cookie, target) in [
        ("", mine.as_str()),
        (&others, &mine),
        (&own, "/track?part=story"),
        (&own, "/track?part=other"),
    ] {
        assert_eq!(portal.get_as(cookie, target).await.status, 404, "{target}");
    }
}
