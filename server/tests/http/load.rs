//! A crowd at both doors: nobody is dropped, nothing typed is lost, and no answer counts twice
//! (abuse cases F1, F2, F8).

use app::http::pow;
use domain::time::Millis;
use serde_json::{Value, json};

use crate::portal::{Answer, COMMUNITY, Portal, fields, picture};

const WORDS: &str = "人民路口的摊位占住了盲道，轮椅过不去";
const PLACE: &str = "人民路与城南路口东南角";

/// One filing in ten seconds is free, then one waits five seconds, or does a little work.
const TINY: [(&str, &str); 5] = [
    ("filings_per_address", "1"),
    ("filing_window_seconds", "10"),
    ("filing_wait_seconds", "5"),
    ("work_bits", "6"),
    ("work_bits_max", "8"),
];

fn key(name: &str) -> String {
    format!("{name}-key-of-the-load-tests")
}

fn whistle<'a>(key: &'a str, act: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        ("act", act),
        ("danger", "no"),
        ("category", "street-vending"),
        ("category_words", "摆摊"),
        ("community", COMMUNITY),
        ("description", WORDS),
        ("place", PLACE),
        ("lat", "27.56031"),
        ("lng", "120.55342"),
        ("accuracy", "12"),
        ("visibility", "public"),
        ("name", "王五"),
        ("phone", "13800138000"),
        ("email", "wang@example.test"),
        ("may_call", "yes"),
    ]
}

/// How many cases there are.
async fn cases(portal: &Portal) -> u64 {
    let list = portal.get("/api/v1/cases?limit=100").await.json();
    list["items"]
        .as_array()
        .map_or(0, |items| items.len() as u64)
}

/// The ticket and the wait of a form that came back.
fn waiting(answer: &Answer) -> (String, i64) {
    assert_eq!(answer.status, 429, "{}", answer.text());
    let seconds = answer.header("retry-after").parse().expect("seconds");
    let mut tickets = fields(&answer.text(), "ticket");
    assert_eq!(tickets.len(), 1, "one ticket in the form");
    (tickets.remove(0), seconds)
}

fn wait(portal: &Portal, seconds: i64) {
    portal.fresh.clock.advance(Millis::seconds(seconds));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_at_the_form_files_once_and_loses_nothing() {
    let portal = Portal::set(&TINY, false).await;
    let (first, mine, other) = (key("first"), key("mine"), key("other"));
    let filed = portal.post("", "/whistle", &whistle(&first, "file")).await;
    assert_eq!(filed.status, 303, "in ordinary times nobody waits");
    assert_eq!(cases(&portal).await, 1);

    // With a photo, which waits too.
    let shot = picture(1, "");
    let back = portal
        .post_photo("", "/whistle", &whistle(&mine, "file"), ("a.png", &shot))
        .await;
    let (ticket, seconds) = waiting(&back);
    assert!((1..=5).contains(&seconds), "{seconds}");
    let staged = fields(&back.text(), "staged");
    assert_eq!(staged.len(), 1);
    for (name, typed) in whistle(&mine, "file") {
        let typed = if name == "community" {
            "象岗社区"
        } else {
            typed
        };
        assert!(
            name == "act" || back.text().contains(typed),
            "{name} is lost"
        );
    }
    assert_eq!(cases(&portal).await, 1, "nothing is filed before its time");

    // Pressed too early: the place in the line is kept.
    let with = |key: &str, act: &str, ticket: &str| {
        let mut form: Vec<(String, String)> = whistle(key, act)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        form.push(("ticket".to_owned(), ticket.to_owned()));
        if key == mine {
            form.push(("staged".to_owned(), staged[0].clone()));
        }
        form
    };
    let send = async |form: Vec<(String, String)>| {
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        portal.post("", "/whistle", &form).await
    };
    let early = send(with(&mine, "file", &ticket)).await;
    assert_eq!(waiting(&early).0, ticket, "the place in the line");
    // Looking at the form meanwhile does not lose it either.
    let looked = send(with(&mine, "preview", &ticket)).await;
    assert_eq!(fields(&looked.text(), "ticket"), [ticket.as_str()]);

    wait(&portal, seconds);
    // Another form does not get in with it, nor does one of nobody's making.
    for foreign in [
        with(&other, "file", &ticket),
        with(&other, "file", "t1.0.0.0"),
    ] {
        let foreign = send(foreign).await;
        assert_eq!(foreign.status, 429);
        assert_eq!(cases(&portal).await, 1);
    }
    let filed = send(with(&mine, "file", &ticket)).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    assert_eq!(filed.header("location"), "/whistle/receipt");
    assert_eq!(cases(&portal).await, 2);
    // A retry gets its receipt without being asked, and files nothing.
    let retry = send(with(&mine, "file", &ticket)).await;
    assert_eq!((retry.status, cases(&portal).await), (303, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_was_used_opens_nothing_more() {
    let portal = Portal::set(&TINY, false).await;
    let (first, mine) = (key("first"), key("mine"));
    portal.file(&first, json!({})).await;
    let (ticket, seconds) = waiting(&portal.post("", "/whistle", &whistle(&mine, "file")).await);
    wait(&portal, seconds);
    // The ticket is used up by somebody who then names a report that cannot be joined.
    let nowhere = domain::reference::CaseNumber::new(
        portal.desk.city.time.civil(portal.desk.now()).date,
        424_242,
    );
    let act = format!("me-too-{nowhere}");
    let mut joining = whistle(&mine, &act);
    joining.push(("ticket", &ticket));
    let refused = portal.post("", "/whistle", &joining).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains(WORDS), "nothing typed is lost");
    let mut again = whistle(&mine, "file");
    again.push(("ticket", &ticket));
    let again = portal.post("", "/whistle", &again).await;
    let (next, _) = waiting(&again);
    assert_ne!(next, ticket, "a new one, for a new wait");
    assert_eq!(cases(&portal).await, 1);
}

fn told() -> Value {
    json!({
        "kind": "whistle",
        "category": "street-vending",
        "community": COMMUNITY,
        "description": WORDS,
        "place": { "address": PLACE },
    })
}

async fn send(portal: &Portal, key: &str, work: &str) -> Answer {
    let key = format!("Idempotency-Key: {key}");
    let work = format!("Proof-Of-Work: {work}");
    let mut lines = vec![key.as_str(), "Content-Type: application/json"];
    if !work.ends_with(' ') {
        lines.push(&work);
    }
    let body = told().to_string();
    portal
        .ask("POST", "/api/v1/cases", &lines, body.as_bytes())
        .await
}

/// The answer to the challenge of a 429.
fn solved(answer: &Answer) -> String {
    assert_eq!(answer.status, 429, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(answer.header("retry-after").parse::<u32>().is_ok());
    let challenge = &answer.json()["challenge"];
    let bits = challenge["bits"]
        .as_u64()
        .and_then(|bits| u32::try_from(bits).ok());
    let text = challenge["text"].as_str().expect("a challenge");
    pow::solve(text, bits.expect("its bits"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_works_files_once() {
    let portal = Portal::set(&TINY, false).await;
    let (first, mine, other) = (key("first"), key("mine"), key("other"));
    assert_eq!(send(&portal, &first, "").await.status, 201);
    let asked = send(&portal, &mine, "").await;
    let work = solved(&asked);
    assert_eq!(cases(&portal).await, 1, "nothing is filed without it");

    // For another filing it does not count, nor does what was not done.
    assert_eq!(send(&portal, &other, &work).await.status, 429);
    let undone = asked.json()["challenge"]["text"]
        .as_str()
        .map(|it| format!("{it}:!"));
    let undone = undone.expect("a challenge");
    assert_eq!(send(&portal, &mine, &undone).await.status, 429);
    assert_eq!(cases(&portal).await, 1);

    let filed = send(&portal, &mine, &work).await;
    assert_eq!(filed.status, 201, "{}", filed.text());
    assert_eq!(cases(&portal).await, 2);
    // The retry of an accepted key is never asked, and files nothing.
    let retry = send(&portal, &mine, "").await;
    assert_eq!(retry.json()["number"], filed.json()["number"]);
    assert_eq!(cases(&portal).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_was_used_opens_nothing_more() {
    let portal = Portal::set(&TINY, false).await;
    assert_eq!(send(&portal, &key("first"), "").await.status, 201);
    let mine = key("mine");
    let work = solved(&send(&portal, &mine, "").await);
    // Used up by a filing that then fails: it names a photo that is not there.
    let header = [
        format!("Idempotency-Key: {mine}"),
        format!("Proof-Of-Work: {work}"),
    ];
    let lines = [
        header[0].as_str(),
        header[1].as_str(),
        "Content-Type: application/json",
    ];
    let mut body = told();
    body["photos"] = json!(["20202020202020202020202020202020"]);
    let body = body.to_string();
    let failed = portal
        .ask("POST", "/api/v1/cases", &lines, body.as_bytes())
        .await;
    assert_eq!(failed.status, 404, "{}", failed.text());
    let replayed = send(&portal, &mine, &work).await;
    let fresh = solved(&replayed);
    assert_ne!(fresh, work);
    assert_eq!(cases(&portal).await, 1);
    assert_eq!(send(&portal, &mine, &fresh).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_is_a_filing_too() {
    let portal = Portal::set(&TINY, false).await;
    let filed = portal.file(&key("first"), json!({})).await;
    portal.release(&filed.number).await;
    let joined = async || portal.case(&filed.number).await.parties.len();
    let before = joined().await;

    // On the page of the case: the phone that was typed stays.
    let (page, form) = (key("page"), key("form"));
    let target = format!("/cases/{}/join", filed.number);
    let typed = [("key", page.as_str()), ("phone", "13800138000")];
    let back = portal.post("", &target, &typed).await;
    let (ticket, seconds) = waiting(&back);
    assert_eq!(fields(&back.text(), "phone"), ["13800138000"]);
    assert_eq!(fields(&back.text(), "key"), [page.as_str()]);
    // On the form: with all that was typed, and the button to press again.
    let act = format!("me-too-{}", filed.number);
    let button = format!("value=\"{act}\"");
    let typed_in = |act| {
        let mut typed = whistle(&form, act);
        // Without a position it is the place in words that finds the other report.
        typed.retain(|(name, _)| !["lat", "lng", "accuracy"].contains(name));
        typed
    };
    let found = portal
        .post("", "/whistle", &typed_in("check-duplicates"))
        .await;
    assert!(found.text().contains(&button), "{}", found.text());
    let back = portal.post("", "/whistle", &typed_in(&act)).await;
    let (other, later) = waiting(&back);
    assert!(back.text().contains(WORDS) && back.text().contains(&button));
    assert_eq!(joined().await, before, "nobody has joined yet");

    wait(&portal, seconds.max(later));
    let typed = [typed[0], typed[1], ("ticket", ticket.as_str())];
    assert_eq!(portal.post("", &target, &typed).await.status, 303);
    let mut typed = typed_in(&act);
    typed.push(("ticket", &other));
    let done = portal.post("", "/whistle", &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(joined().await, before + 2);
}
