//! The city changes while the server runs: the next request has the new one, pages, API and all.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::city;
use domain::{
    access::{Appointment, Line, Reach, Role, Terms, Viewer},
    city::change::Topic,
    clock::Owner,
    ids::{AppointmentNo, AreaCode},
    lang::Lang,
    reference::ReceiptCode,
    time::{Millis, Timestamp, date_text},
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
        terms: Terms::default(),
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
    put(portal, Topic::RenameArea, &fields).await;
}

/// Tries a change of the city and puts it down.
async fn put(portal: &Portal, topic: Topic, fields: &[(&str, &str)]) {
    let desk = portal.desk.fresh();
    let fields = fields.iter();
    let fields = fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let (viewer, fields) = (commission(), fields.collect::<Vec<(String, String)>>());
    let seen = city::try_change(&desk, &viewer, topic, &fields[..], Lang::En).await;
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

/// A community that will begin has a page that says when, and what it is made of.
#[tokio::test(flavor = "multi_thread")]
async fn a_community_to_come_says_from_when_on() {
    let portal = Portal::open().await;
    let (desk, now) = (&portal.desk, portal.desk.now());
    let old = AreaCode::new(COMMUNITY).unwrap();
    let grid = desk.city.areas.children(&old, now)[0].code.to_string();
    let day = date_text(desk.city.time.civil(now.plus(Millis::days(3))).date);
    let code = "330383198999";
    let target = format!("/communities/{code}");
    assert_eq!(portal.get(&target).await.status, 404);
    let fields = [
        ("area", COMMUNITY),
        ("code", code),
        ("name-zh-hans", "桥头新社区"),
        ("name-zh-hant", "橋頭新社區"),
        ("name-en", "Qiaotou"),
        ("pinyin", "qiao tou xin"),
        ("takes", grid.as_str()),
        ("from", day.as_str()),
        ("reason", "试"),
    ];
    put(&portal, Topic::SplitArea, &fields).await;
    let answer = portal.get(&target).await;
    assert_eq!(answer.status, 200);
    let page = answer.text();
    assert!(
        page.contains("桥头新社区") && page.contains("这是一个新的社区"),
        "{page}"
    );
    assert!(
        page.contains(&format!("href=\"/communities/{COMMUNITY}\"")),
        "{page}"
    );
    // It is in no list before its day, and its page is like any other from then on.
    assert!(!portal.get("/communities").await.text().contains(code));
    portal.fresh.clock.advance(Millis::days(4));
    let page = portal.get(&target).await.text();
    assert!(
        page.contains("桥头新社区") && !page.contains("这是一个新的社区"),
        "{page}"
    );
    assert!(portal.get("/communities").await.text().contains(code));
    for nothing in ["330383198998", grid.as_str(), "%3Cb%3E"] {
        let answer = portal.get(&format!("/communities/{nothing}")).await;
        assert_eq!(answer.status, 404, "{nothing}");
    }
}

/// What counts for the whole server goes on counting: a change of the city is no fresh start for who
/// guesses.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_city_forgives_nobody_who_guesses() {
    let portal = Portal::set(&[("lookups_per_minute", "3")], false).await;
    // Of a form that could be somebody's: others are not even looked up.
    let code = ReceiptCode::from_mac(&[9; 32]).digits();
    let guess = async || {
        let fields = [("act", ""), ("code", code.as_str())];
        portal.post("", "/track", &fields).await.status
    };
    let mut tries = 0;
    while guess().await != 429 {
        tries += 1;
        assert!(tries < 40, "nobody is ever told to wait");
    }
    rename(&portal, "又一个新名字").await;
    assert_eq!(guess().await, 429);
}

/// What is put down is what was looked at: with another word typed since, it is looked at again.
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_looked_at_is_not_put_down() {
    let portal = Portal::open().await;
    let commission = portal.staff("commission").await;
    let today = date_text(portal.desk.city.time.civil(portal.desk.now()).date);
    let mut fields = vec![
        ("topic", "add_area"),
        ("of", COMMUNITY),
        ("within", COMMUNITY),
        ("code", "looked-at"),
        ("name-zh-hans", "看过的"),
        ("name-zh-hant", "看過的"),
        ("name-en", "Looked at"),
        ("pinyin", "kan guo"),
        ("from", today.as_str()),
        ("reason", "试"),
    ];
    let tried = [&fields[..], &[("act", "try")]].concat();
    let page = portal.post(&commission, "/desk/city", &tried).await.text();
    let hidden = |name: &str| -> String {
        let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap();
        let from = at + name.len() + 15;
        page[from..].split('"').next().unwrap().to_owned()
    };
    let (seen, print) = (hidden("seen"), hidden("print"));
    let keep = [
        ("act", "keep"),
        ("seen", seen.as_str()),
        ("print", print.as_str()),
    ];
    let last = async || {
        let mut reading = portal.desk.store.read().await.unwrap();
        reading.last_city_change().await.unwrap()
    };
    fields[4] = ("name-zh-hans", "没看过的");
    let other = [&fields[..], &keep].concat();
    let answer = portal.post(&commission, "/desk/city", &other).await;
    assert_eq!((answer.status, last().await), (200, 0), "{}", answer.text());
    assert!(
        answer.text().contains("没看过的"),
        "what was typed is there still"
    );
    fields[4] = ("name-zh-hans", "看过的");
    let same = [&fields[..], &keep].concat();
    let answer = portal.post(&commission, "/desk/city", &same).await;
    assert_eq!((answer.status, last().await), (303, 1), "{}", answer.text());
}
