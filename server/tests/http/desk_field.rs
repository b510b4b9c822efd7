//! Steps in the field over HTTP: sent again by a phone without a line, and with when and where.

use domain::{event::Claimed, place::Position, time::Millis};

use crate::portal::{Answer, Portal, picture};

const GRID: &str = "officer-enforcement-appearance";
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A case that waits for somebody of the called unit to come; its number.
async fn called(portal: &Portal) -> String {
    let whistle = serde_json::json!({ "category": "illegal-dumping" });
    let number = portal
        .file("a-key-of-the-tests-of-the-field", whistle)
        .await
        .number;
    let station = portal.staff("station-unit-06").await;
    press(portal, &station, &number, &[("act", "accept")]).await;
    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "enforcement-appearance"),
        ("due", "policy"),
        ("text", "请来现场"),
    ];
    assert_eq!(press(portal, &station, &number, &call).await.status, 303);
    let officer = portal.staff(GRID).await;
    let report = [("act", "report_in"), ("part", "1")];
    assert_eq!(press(portal, &officer, &number, &report).await.status, 303);
    number
}

async fn press(portal: &Portal, who: &str, number: &str, fields: &[(&str, &str)]) -> Answer {
    portal
        .post(who, &format!("/desk/cases/{number}"), fields)
        .await
}

/// What was claimed last of a case.
async fn claimed(portal: &Portal, number: &str) -> Option<Claimed> {
    let case = portal.case(number).await;
    let mut reading = portal.desk.store.read().await.ok()?;
    let events = reading.events(&case).await.ok()?;
    events.last()?.event.words.as_ref()?.claimed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_waited_is_done_once_and_says_how_long_ago_it_was() {
    let portal = Portal::open().await;
    let number = called(&portal).await;
    let officer = portal.staff(GRID).await;
    let whose = portal.person(GRID).await;
    let step = [
        ("act", "arrive"),
        ("part", "1"),
        ("key", KEY),
        ("once", "1"),
        ("whose", whose.as_str()),
        ("claimed_ago", "5400"),
        ("claimed_lat", "27.5789"),
        ("claimed_lng", "120.5534"),
    ];
    let to = format!("/desk/cases/{number}?done=arrive");
    let first = press(&portal, &officer, &number, &step).await;
    assert_eq!((first.status, first.header("location")), (303, to.as_str()));
    let arrived = portal.case(&number).await;
    let said = claimed(&portal, &number).await.expect("a claim");
    let at = portal.desk.now().plus(Millis::minutes(-90));
    assert_eq!(said.at, Some(at));
    assert_eq!(said.place.map(Position::lat_e7), Some(275_789_000));

    // Later it says another "ago", and is the same step.
    portal.fresh.clock.advance(Millis::minutes(5));
    let again: Vec<_> = step
        .iter()
        .map(|(name, value)| {
            (
                *name,
                if *name == "claimed_ago" {
                    "5700"
                } else {
                    value
                },
            )
        })
        .collect();
    let second = press(&portal, &officer, &number, &again).await;
    assert_eq!(
        (second.status, second.header("location")),
        (303, to.as_str())
    );
    assert_eq!(portal.case(&number).await, arrived);

    let page = portal
        .get_as(&officer, &format!("/desk/cases/{number}"))
        .await
        .text();
    assert!(
        page.contains("自报时间") && page.contains("自报位置"),
        "{page}"
    );
    for public in [
        format!("/cases/{number}"),
        format!("/api/v1/cases/{number}"),
    ] {
        let page = portal.get(&public).await.text();
        assert!(
            !page.contains("自报") && !page.contains("120.553"),
            "{public}: {page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_of_somebody_else_is_not_done_by_who_is_signed_in() {
    let portal = Portal::open().await;
    let number = called(&portal).await;
    let whose = portal.person("station-unit-06").await;
    let officer = portal.staff(GRID).await;
    let before = portal.case(&number).await;
    let step = [
        ("act", "arrive"),
        ("part", "1"),
        ("key", KEY),
        ("once", "1"),
        ("whose", whose.as_str()),
    ];
    let answer = press(&portal, &officer, &number, &step).await;
    assert_eq!(answer.status, 403);
    assert_eq!(portal.case(&number).await, before);
    // The page of one's own phone says whose it is in every form; that of a shared computer keeps nothing.
    let page = portal
        .get_as(&officer, &format!("/desk/cases/{number}"))
        .await
        .text();
    assert!(
        !page.contains("data-step") && !page.contains("name=\"whose\""),
        "{page}"
    );
    // Nobody's session: a sign-in, and not a page that is not there.
    assert_eq!(press(&portal, "", &number, &step).await.status, 401);
    assert_eq!(portal.case(&number).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_cannot_be_comes_back_beside_what_was_typed() {
    let portal = Portal::open().await;
    let number = called(&portal).await;
    let officer = portal.staff(GRID).await;
    let before = portal.case(&number).await;
    for (name, value, said) in [
        ("claimed_at", "2099-01-01T08:00", "这个时间还没有到"),
        ("claimed_at", "2001-01-01T08:00", "太久了：最多写 30 天以前"),
        ("claimed_at", "昨天", "日期和时间要写全"),
        ("claimed_lat", "27", "位置要有纬度和经度"),
    ] {
        let fields = [
            ("act", "add_evidence"),
            ("evidence", "photo_before"),
            ("text", "打的字不会丢"),
            (name, value),
        ];
        let target = format!("/desk/cases/{number}");
        let photo = picture(9, "");
        let answer = portal
            .post_photo(&officer, &target, &fields, ("a.png", &photo))
            .await;
        let page = answer.text();
        assert_eq!(answer.status, 422, "{value}: {page}");
        assert!(
            page.contains(said) && page.contains("打的字不会丢"),
            "{value}: {page}"
        );
        assert_eq!(portal.case(&number).await, before, "{value}");
    }
}
