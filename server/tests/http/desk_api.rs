//! The verbs of the desk for programs: `POST /api/v1/cases/{number}/commands`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::account;
use casework::account::token_verbs;
use casework::sign_in;
use domain::case::StateTag;
use domain::verb::Verb;
use serde_json::json;

use crate::portal::{Answer, COMMUNITY, Portal, picture};

const KEY: &str = "a-key-of-the-command-tests";

/// A token of somebody of the demo city for their one appointment.
pub async fn token(portal: &Portal, login: &str, verbs: &[Verb]) -> String {
    let cookie = portal.staff(login).await;
    let session = casework::track::token(cookie.trim_start_matches("staff=")).unwrap();
    let who = sign_in::staff(&portal.desk, &session)
        .await
        .unwrap()
        .unwrap();
    let held = {
        let mut reading = portal.desk.store.read().await.unwrap();
        reading.appointments_of(&who.person).await.unwrap()[0].no
    };
    let name = format!("test {}", verbs.len());
    let made = account::make_token(&portal.desk, &who, &name, held.0, verbs).await;
    made.unwrap().expect("a token")
}

/// A command without any field but its version.
pub async fn command(
    portal: &Portal,
    token: &str,
    number: &str,
    verb: &str,
    version: u32,
) -> Answer {
    send(
        portal,
        token,
        number,
        &json!({ "command": verb, "version": version }),
    )
    .await
}

/// A command as it is.
pub async fn send(portal: &Portal, token: &str, number: &str, body: &serde_json::Value) -> Answer {
    let lines = [
        "Content-Type: application/json".to_owned(),
        format!("Authorization: Bearer {token}"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let target = format!("/api/v1/cases/{number}/commands");
    portal
        .ask("POST", &target, &lines, body.to_string().as_bytes())
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_calls_and_a_department_reports_in() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let secretary = token(&portal, "secretary-xianggang", &token_verbs()).await;
    let officer = token(&portal, "officer-enforcement-appearance", &token_verbs()).await;

    let accepted = command(&portal, &secretary, &filed.number, "accept", 1).await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let body = accepted.json();
    assert_eq!(
        (body["state"].as_str(), body["version"].as_u64()),
        (Some("accepted"), Some(2))
    );

    // Every field that is amiss is named, and nothing happens.
    let call = json!({ "command": "call", "version": 2, "class": "whatever", "due": "within" });
    let answer = send(&portal, &secretary, &filed.number, &call).await;
    assert_eq!(answer.status, 422);
    let amiss: Vec<String> = answer.json()["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(amiss, ["class", "lead", "amount", "unit_of_time"]);

    let call = json!({
        "command": "call", "version": 2, "class": "hard_problem",
        "lead": "enforcement-appearance", "support": ["resources-land"],
        "due": "within", "amount": 96, "unit_of_time": "hours", "text": "四天办完",
    });
    let answer = send(&portal, &secretary, &filed.number, &call).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let report = json!({ "command": "report_in", "version": 3, "part": 1 });
    let answer = send(&portal, &officer, &filed.number, &report).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let case = portal.case(&filed.number).await;
    assert!(case.linked() && case.state.tag() == StateTag::InProgress);

    // What another did meanwhile is a conflict with the version that stands.
    let late = json!({ "command": "note", "version": 3, "text": "晚了一步" });
    let answer = send(&portal, &secretary, &filed.number, &late).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.json()["version"].as_u64(), Some(4));
    assert_eq!(portal.case(&filed.number).await.version, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_good_token_nothing_is_told_and_nothing_done() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({ "visibility": "private" })).await;
    let elsewhere = token(&portal, "secretary-huazhong", &token_verbs()).await;
    let narrow = token(&portal, "secretary-xianggang", &[Verb::Note]).await;
    let guess = "ab".repeat(32);
    for (secret, status) in [
        ("", 401),
        ("nonsense", 401),
        (guess.as_str(), 401),
        // Not theirs: as if it were not there.
        (elsewhere.as_str(), 404),
        // Theirs, and not what the token is for.
        (narrow.as_str(), 403),
    ] {
        let answer = command(&portal, secret, &filed.number, "accept", 1).await;
        assert_eq!(answer.status, status, "{secret}");
        assert!(!answer.text().contains("盲道"));
        assert_eq!(portal.case(&filed.number).await.version, 1);
    }
    // A session of the desk is no token, and a token is no session.
    let cookie = portal.staff("secretary-xianggang").await;
    let body = json!({ "command": "accept", "version": 1 }).to_string();
    let lines = [
        "Content-Type: application/json".to_owned(),
        format!("Cookie: {cookie}"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let target = format!("/api/v1/cases/{}/commands", filed.number);
    let answer = portal.ask("POST", &target, &lines, body.as_bytes()).await;
    assert_eq!(answer.status, 401);
    let answer = portal.get_as(&format!("staff={narrow}"), "/desk").await;
    assert_eq!(answer.status, 303);
    let narrow_may = json!({ "command": "note", "version": 1, "text": "看过了" });
    let answer = send(&portal, &narrow, &filed.number, &narrow_may).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// What a program is answered of a case that is not public leaves the house: its reporter reads that it did,
/// as they read who looked.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_takes_along_is_told_to_the_reporter() {
    let portal = Portal::open().await;
    let secretary = token(&portal, "secretary-xianggang", &[Verb::Note]).await;
    for (key, visibility, told) in [
        (KEY, "private", 1),
        ("another-key-of-these-tests", "public", 0),
    ] {
        let filed = portal.file(key, json!({ "visibility": visibility })).await;
        if visibility == "public" {
            portal.release(&filed.number).await;
        }
        let version = portal.case(&filed.number).await.version;
        let note = json!({ "command": "note", "version": version, "text": "看过了" });
        let answer = send(&portal, &secretary, &filed.number, &note).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.text().contains("盲道"), "{}", answer.text());
        let reporter = portal.track(&filed.code).await;
        let page = portal.get_as(&reporter, "/track").await.text();
        let lines = page.matches("用程序取走了内容").count();
        assert_eq!(lines, told, "{visibility}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_none_is_told_so() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({})).await;
    let secretary = token(&portal, "secretary-xianggang", &token_verbs()).await;
    for (body, status) in [
        (json!([]), 422),
        (json!({}), 400),
        (json!({ "command": "accept" }), 400),
        (json!({ "command": "accept", "version": -1 }), 400),
        (json!({ "command": "nothing", "version": 1 }), 400),
        (
            json!({ "command": "accept", "version": 1, "text": {} }),
            400,
        ),
        (
            json!({ "command": "accept", "version": 1, "part": { "a": 1 } }),
            400,
        ),
        (json!({ "command": "join", "version": 1 }), 403),
        (json!({ "command": "end_waiting", "version": 1 }), 403),
        (json!({ "command": "note", "version": 1 }), 422),
        (
            json!({ "command": "note", "version": 1, "text": "a\u{0}b" }),
            422,
        ),
        (json!({ "command": "confirm", "version": 1 }), 403),
    ] {
        let answer = send(&portal, &secretary, &filed.number, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
        assert_eq!(portal.case(&filed.number).await.version, 1, "{body}");
    }
}

/// The register says who comes; a lead named by hand goes before it, supports come on top.
#[tokio::test(flavor = "multi_thread")]
async fn departments_are_called_by_an_entry_of_the_register() {
    let portal = Portal::open().await;
    let secretary = token(&portal, "secretary-xianggang", &token_verbs()).await;
    let units = async |number: &str| {
        let case = portal.case(number).await;
        let parts = case.parts.iter();
        parts
            .map(|part| (part.unit.to_string(), part.lead))
            .collect::<Vec<_>>()
    };
    let duty = {
        let category = "illegal-dumping".parse().unwrap();
        let duties =
            portal
                .desk
                .city
                .duties_for(&category, &COMMUNITY.parse().unwrap(), portal.desk.now());
        duties[0].clone()
    };
    let registered: Vec<(String, bool)> = std::iter::once((duty.lead.to_string(), true))
        .chain(duty.supports.iter().map(|unit| (unit.to_string(), false)))
        .collect();
    let by_hand = ("safety-fire".to_owned(), true);
    for (no, (more, wanted)) in [
        (json!({}), registered.clone()),
        (json!({ "lead": "safety-fire" }), vec![by_hand]),
        (
            json!({ "support": ["safety-fire"] }),
            [
                registered[..1].to_vec(),
                vec![("safety-fire".to_owned(), false)],
                registered[1..].to_vec(),
            ]
            .concat(),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let told = json!({ "category": "illegal-dumping" });
        let number = portal.file(&format!("{KEY}-duty-{no}"), told).await.number;
        let mut call = json!({
            "command": "call", "version": 1, "class": "hard_problem", "duty": duty.code, "text": "请来",
        });
        let more = more.as_object().unwrap().clone();
        call.as_object_mut().unwrap().extend(more);
        let answer = send(&portal, &secretary, &number, &call).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(units(&number).await, wanted);
    }
    // An entry that is none, or of another category, is named as wrong.
    let number = portal
        .file(&format!("{KEY}-no-duty"), json!({}))
        .await
        .number;
    for code in ["nothing", duty.code.as_str()] {
        let call = json!({
            "command": "call", "version": 1, "class": "hard_problem", "duty": code, "text": "请来",
        });
        let answer = send(&portal, &secretary, &number, &call).await;
        assert_eq!(answer.status, 422, "{code}");
        assert!(answer.text().contains("\"duty\""), "{}", answer.text());
        assert_eq!(portal.case(&number).await.version, 1);
    }
}

/// Photos are uploaded under a key of one's own and shown with the command that bears it: what needs a
/// photo to be done can be done by a program.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_shows_what_it_did() {
    let portal = Portal::open().await;
    let told = json!({ "category": "illegal-dumping" });
    let number = portal.file(KEY, told).await.number;
    let secretary = token(&portal, "secretary-xianggang", &token_verbs()).await;
    let taken = command(&portal, &secretary, &number, "take", 1).await;
    assert_eq!(taken.status, 200, "{}", taken.text());
    let version = portal.case(&number).await.version;
    let (own, other) = (format!("{KEY}-photo"), format!("{KEY}-photo-of-another"));
    let photo = portal.upload(&own, &picture(5, "")).await.unwrap();
    let foreign = portal.upload(&other, &picture(6, "")).await.unwrap();
    let under = async |key: &str, body: &serde_json::Value| {
        let lines = [
            "Content-Type: application/json".to_owned(),
            format!("Authorization: Bearer {secretary}"),
            format!("Idempotency-Key: {key}"),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let target = format!("/api/v1/cases/{number}/commands");
        let body = body.to_string();
        portal.ask("POST", &target, &lines, body.as_bytes()).await
    };
    let done = |photos: serde_json::Value| {
        json!({
            "command": "resolve", "version": version, "outcome": "solved",
            "text": "清走了", "photos": photos,
        })
    };
    let note = json!({ "command": "note", "version": version, "text": "看", "photos": [photo] });
    for (body, status) in [
        (done(json!([])), 422),
        (done(json!([foreign])), 404),
        (done(json!(["no-id"])), 404),
        (done(json!("no list")), 400),
        (done(json!([photo, photo])), 404),
        // Nobody sees a photo of a note.
        (note, 422),
    ] {
        let answer = under(&own, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
        assert_eq!(portal.case(&number).await.version, version, "{body}");
    }
    let answer = under(&own, &done(json!([photo]))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let shown = answer.json();
    assert_eq!(shown["state"], "resolved");
    assert!(shown.to_string().contains("/photos/1"), "{shown}");
}

/// A photo that is none is not said to be withheld: somebody would believe it.
#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_is_none_is_not_withheld() {
    let portal = Portal::open().await;
    let key = format!("{KEY}-photo");
    let shot = portal.upload(&key, &picture(3, "")).await.unwrap();
    let told = json!({ "category": "published-error", "photos": [shot] });
    let number = portal.file(&key, told).await.number;
    let secretary = token(&portal, "secretary-xianggang", &token_verbs()).await;
    let redact = |event: u32, photo: u32| json!({ "command": "redact", "version": 1, "event": event, "photo": photo });
    for (event, photo) in [(1, 2), (1, 300), (2, 1), (9, 1)] {
        let answer = send(&portal, &secretary, &number, &redact(event, photo)).await;
        assert_eq!(answer.status, 422, "{event} {photo}: {}", answer.text());
        assert_eq!(portal.case(&number).await.version, 1);
    }
    let answer = send(&portal, &secretary, &number, &redact(1, 1)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    portal.release(&number).await;
    let photo = format!("/cases/{number}/photos/1");
    assert_eq!(portal.get(&photo).await.status, 404);
    // It is shown again, once.
    for status in [200, 422] {
        let version = portal.case(&number).await.version;
        let again = json!({ "command": "redact", "version": version, "event": 1, "photo": 1, "again": true });
        let answer = send(&portal, &secretary, &number, &again).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(portal.get(&photo).await.status, 200);
    }
}
