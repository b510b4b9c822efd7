//! The city changes while the server runs: the next request has the new one, pages, API and all.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::city;
use domain::{
    access::{Appointment, Line, Reach, Role, Viewer},
    city::change::Topic,
    clock::Owner,
    ids::AppointmentNo,
    time::{Timestamp, date_text},
};

use crate::portal::{COMMUNITY, Portal};

fn commission() -> Viewer {
    let appointment = Appointment {
        no: AppointmentNo(1),
        role: Role::Commission,
        line: Line::All,
        reach: Reach::City,
        home: Owner::City,
        from: Timestamp::from_millis(0),
        until: None,
    };
    Viewer::Staff(vec![appointment].into())
}

/// Gives the community of the tests another name, from now on.
async fn rename(portal: &Portal, name: &str) {
    let desk = portal.desk.fresh();
    let today = date_text(desk.city.time.civil(desk.now()).date);
    let fields = [
        ("area", COMMUNITY),
        ("name-zh-hans", name),
        ("name-zh-hant", name),
        ("name-en", name),
        ("pinyin", "xin ming"),
        ("from", today.as_str()),
        ("reason", "试"),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (viewer, topic) = (commission(), Topic::RenameArea);
    let seen = city::try_change(&desk, &viewer, topic, &fields[..]).await;
    let seen = seen.unwrap().unwrap().seen;
    let put = city::put_down(&desk, &viewer, topic, &fields[..], seen).await;
    put.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_request_has_the_new_city_and_no_page_of_the_old() {
    let portal = Portal::open().await;
    let asked = [
        "/communities",
        "/api/v1/communities",
        "/whistle/offer",
        &format!("/communities/{COMMUNITY}"),
    ];
    for name in ["头一个新名字", "第二个新名字"] {
        for path in asked {
            // So that it lies in the cache.
            let before = portal.ask("GET", path, &[], &[]).await;
            assert_eq!(before.status, 200, "{path}");
            assert!(!before.text().contains(name), "{path}");
        }
        rename(&portal, name).await;
        for path in asked {
            let after = portal.ask("GET", path, &[], &[]).await;
            assert!(after.text().contains(name), "{path} is of the city before");
        }
    }
}

/// What counts for the whole server goes on counting: a change of the city is no fresh start for who
/// guesses.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_city_forgives_nobody_who_guesses() {
    let portal = Portal::set(&[("lookups_per_minute", "3")], false).await;
    let guess = async || {
        let fields = [("act", ""), ("code", "0000 0000 0000 0000 0000 0")];
        portal.post("", "/track", &fields).await.status
    };
    for _ in 0..3 {
        assert_ne!(guess().await, 429);
    }
    assert_eq!(guess().await, 429);
    rename(&portal, "又一个新名字").await;
    assert_eq!(guess().await, 429);
}
