//! Notices to the offices, through a real receiver: what came in for them and what runs out, together,
//! at least once with the same id, and never what a case is about.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use domain::time::{Millis, date_text};
use serde_json::{Value, json};
use server::couriers::{Couriers, follow};
use server::settings::Settings;

use crate::portal::Portal;
use crate::receiver::{Receiver, SECRET};

const KEY: &str = "a-key-of-the-tests-of-notices";
const UNIT: &str = "unit:enforcement-appearance";

async fn couriers(portal: &Portal, receiver: &Receiver) -> Couriers {
    let flags = [
        ("office_gateway_url", receiver.url.as_str()),
        ("office_gateway_secret", SECRET),
    ];
    follow(&portal.desk).await.unwrap();
    Couriers::open(&Settings::for_tests(&flags).unwrap(), None).unwrap()
}

async fn round(portal: &Portal, couriers: &Couriers) -> usize {
    let end = portal.desk.store.log_position();
    for _ in 0..200 {
        let mut reading = portal.desk.store.read().await.unwrap();
        if reading.cursor("offices").await.unwrap() >= end {
            break;
        }
        drop(reading);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let base = "https://city.example";
    couriers.round_of_offices(&portal.desk, base).await.unwrap()
}

async fn press(portal: &Portal, who: &str, number: &str, fields: &[(&str, &str)]) {
    let version = portal.case(number).await.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    let target = format!("/desk/cases/{number}");
    let answer = portal.post(who, &target, &fields).await;
    assert_eq!(answer.status, 303, "{fields:?}: {}", answer.text());
}

/// What of one office is told: kind and number.
fn told(got: &[(String, Value)], office: &str) -> Vec<(String, String)> {
    got.iter()
        .filter(|(_, body)| body["office"] == office)
        .flat_map(|(_, body)| body["cases"].as_array().unwrap().clone())
        .map(|case| {
            let of = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
            (of("about"), of("number"))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_hears_of_its_own_work_in_time_and_of_nobody_elses() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = couriers(&portal, &receiver).await;
    let (secretary, officer) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("officer-enforcement-appearance").await,
    );
    // Begins with what happens from now on.
    assert_eq!(round(&portal, &couriers).await, 0);
    let mut numbers = Vec::new();
    for no in 0..2 {
        let told = json!({ "category": "published-error" });
        numbers.push(portal.file(&format!("{KEY}-{no}"), told).await.number);
    }
    // Two at once are one notice.
    assert_eq!(round(&portal, &couriers).await, 1);
    let got = receiver.got();
    let community = "community:330383198023";
    assert_eq!(told(&got, community).len(), 2, "{got:?}");
    let text = got[0].1["text"].as_str().unwrap();
    assert!(
        text.contains("新反映 2 件") && text.contains("https://city.example/desk"),
        "{text}"
    );
    assert!(!got[0].1.to_string().contains("盲道"), "{got:?}");

    let number = &numbers[0];
    press(&portal, &secretary, number, &[("act", "accept")]).await;
    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "enforcement-appearance"),
        ("due", "within"),
        ("amount", "4"),
        ("unit_of_time", "days"),
        ("text", "请来看看"),
    ];
    press(&portal, &secretary, number, &call).await;
    // The gateway says no: the same notice comes again, under the same id.
    receiver.answers.lock().unwrap().push(500);
    assert_eq!(round(&portal, &couriers).await, 1);
    assert_eq!(round(&portal, &couriers).await, 0);
    portal.fresh.clock.advance(Millis::minutes(2));
    assert_eq!(round(&portal, &couriers).await, 1);
    let got = receiver.got();
    let called: Vec<_> = got
        .iter()
        .filter(|(_, body)| body["office"] == UNIT)
        .collect();
    assert_eq!(called.len(), 2);
    assert_eq!(called[0].1["id"], called[1].1["id"]);
    assert_eq!(told(&got, UNIT)[0], ("called".to_owned(), number.clone()));

    // A day before its four days are over, and when they are.
    press(
        &portal,
        &officer,
        number,
        &[("act", "report_in"), ("part", "1")],
    )
    .await;
    let before = receiver.got().len();
    let due = {
        let case = portal.case(number).await;
        let own = case.clocks.iter().filter(|clock| clock.part == Some(1));
        own.filter(|clock| clock.is_running())
            .map(|clock| clock.due)
            .max()
            .unwrap()
    };
    for at in [due.plus(Millis::days(-1)), due.plus(Millis::minutes(1))] {
        portal.fresh.clock.set(at);
        for _ in 0..3 {
            round(&portal, &couriers).await;
            portal.fresh.clock.advance(Millis::seconds(2));
        }
    }
    let after = receiver.got()[before..].to_vec();
    let own: Vec<String> = told(&after, UNIT)
        .into_iter()
        .filter(|(_, of)| of == number)
        .map(|(about, _)| about)
        .collect();
    assert_eq!(own, ["soon", "late"], "{after:?}");
    let other = told(&after, "unit:resources-land");
    assert!(other.is_empty(), "{other:?}");
}

/// What is a day old when somebody could take it is no news: a gateway that was away does not bring
/// last week.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_notice_is_not_brought() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = couriers(&portal, &receiver).await;
    portal
        .file(KEY, json!({ "category": "published-error" }))
        .await;
    receiver.answers.lock().unwrap().push(503);
    assert_eq!(round(&portal, &couriers).await, 1);
    portal.fresh.clock.advance(Millis::days(2));
    round(&portal, &couriers).await;
    let news: Vec<_> = told(&receiver.got()[1..], "community:330383198023");
    assert!(news.iter().all(|(about, _)| about != "filed"), "{news:?}");
    let mut reading = portal.desk.store.read().await.unwrap();
    assert!(reading.dead_jobs().await.unwrap().is_empty());
}

/// What waits for a decision of an office is no secret of its list.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_to_decide_is_told_so() {
    const STATION: &str = "station:unit-06";
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = couriers(&portal, &receiver).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let file = async |no: u8| {
        let told = json!({ "category": "published-error" });
        portal.file(&format!("{KEY}-decide-{no}"), told).await
    };
    let (first, second, third) = (file(1).await, file(2).await, file(3).await);
    let reject = [
        ("act", "reject"),
        ("ground", "already_answered"),
        ("text", "不归社区管"),
    ];
    press(&portal, &secretary, &first.number, &reject).await;
    let line = [("act", "direct_line"), ("text", "请市里协调")];
    press(&portal, &secretary, &second.number, &line).await;
    press(&portal, &secretary, &third.number, &[("act", "take")]).await;
    let done = [
        ("act", "resolve"),
        ("outcome", "solved"),
        ("text", "改好了"),
    ];
    press(&portal, &secretary, &third.number, &done).await;
    let own = portal.track(&third.code).await;
    let low = [
        ("act", "rate"),
        ("stars", "1"),
        ("text", "太慢"),
        ("number", &third.number),
    ];
    let answer = portal.post(&own, "/track", &low).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    round(&portal, &couriers).await;
    let got = receiver.got();
    let has = |office: &str, about: &str, number: &str| {
        told(&got, office).contains(&(about.to_owned(), number.to_owned()))
    };
    assert!(has(STATION, "to_decide", &first.number), "{got:?}");
    assert!(has("city", "direct_line", &second.number), "{got:?}");
    let community = "community:330383198023";
    assert!(has(community, "rated_low", &third.number), "{got:?}");
    assert!(
        !told(&got, "city")
            .iter()
            .any(|(_, number)| *number == first.number)
    );
}

/// A date that somebody named is no promise of a clock, and still nobody forgets it: whoever demanded an
/// answer and whoever owes it are told when it is over, and not where it was answered.
#[tokio::test(flavor = "multi_thread")]
async fn a_named_date_that_is_over_is_told_unless_it_was_kept() {
    let portal = Portal::open().await;
    let receiver = Receiver::start().await;
    let couriers = couriers(&portal, &receiver).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let supervisor = portal.staff("supervisor").await;
    let day = |days| {
        let at = portal.desk.now().plus(Millis::days(days));
        date_text(portal.desk.city.time.civil(at).date)
    };
    let mut numbers = Vec::new();
    for no in 0..2 {
        let told = json!({ "category": "published-error" });
        let number = portal.file(&format!("{KEY}-date-{no}"), told).await.number;
        press(&portal, &secretary, &number, &[("act", "take")]).await;
        let until = day(2);
        let demand = [
            ("act", "supervise"),
            ("until", until.as_str()),
            ("text", "请说明"),
        ];
        press(&portal, &supervisor, &number, &demand).await;
        numbers.push(number);
    }
    let answer = [
        ("act", "answer_supervision"),
        ("demand", "1"),
        ("text", "已安排"),
    ];
    press(&portal, &secretary, &numbers[0], &answer).await;
    round(&portal, &couriers).await;
    let before = receiver.got().len();
    let over = portal.case(&numbers[1]).await.demands[0].due;
    for at in [
        over.plus(Millis::minutes(-10)),
        over.plus(Millis::minutes(1)),
    ] {
        assert!(
            !told(&receiver.got()[before..], "city")
                .iter()
                .any(|(about, _)| about == "date_over")
        );
        portal.fresh.clock.set(at);
        round(&portal, &couriers).await;
    }
    let got = receiver.got()[before..].to_vec();
    for office in ["city", "community:330383198023"] {
        let dates: Vec<_> = told(&got, office)
            .into_iter()
            .filter(|(about, _)| about == "date_over")
            .collect();
        assert_eq!(
            dates,
            [("date_over".to_owned(), numbers[1].clone())],
            "{got:?}"
        );
    }
}
