//! What the machine doors tell of a merged case, and that all they tell is described.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use casework::act;
use domain::{
    access::{Appointment, Line, Reach, Role, Terms, Viewer},
    clock::Owner,
    decide::Act,
    ids::{AppointmentNo, AreaCode},
    reference::CaseNumber,
    time::Timestamp,
    visibility::Visibility,
};
use serde_json::{Value, json};

use crate::portal::{COMMUNITY, Portal, Receipt};

fn secretary() -> Viewer {
    let community = AreaCode::new(COMMUNITY).unwrap();
    let appointment = Appointment {
        no: AppointmentNo(1),
        role: Role::Secretary,
        line: Line::All,
        reach: Reach::Communities(vec![community.clone()]),
        home: Owner::Community(community),
        from: Timestamp::from_millis(0),
        until: None,
        terms: Terms::default(),
    };
    Viewer::Staff(vec![appointment].into())
}

async fn case(portal: &Portal, number: &str) -> Value {
    let answer = portal.get(&format!("/api/v1/cases/{number}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn tracked(portal: &Portal, code: &str) -> Value {
    let code = json!({ "receipt_code": code });
    let answer = portal.post_json("/api/v1/track", "", &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// The names of an object's members.
fn members(object: &Value) -> BTreeSet<&str> {
    let object = object.as_object().unwrap();
    object.keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_case_names_the_one_it_goes_on_in_to_whoever_may_know_it() {
    let portal = Portal::open().await;
    let first = portal.file("the-first-of-the-two-cases", json!({})).await;
    let second = portal.file("the-second-of-the-two-cases", json!({})).await;
    let Receipt { number, code } = first;
    assert_eq!(case(&portal, &number).await["merged_into"], Value::Null);
    let into = portal.case(&second.number).await.id;
    let of = |number: &str| number.parse::<CaseNumber>().unwrap();
    let merge = Act::Merge { into }.saying("同一处");
    act::act(&portal.desk, &secretary(), of(&number), None, merge)
        .await
        .unwrap();
    let known = json!(second.number);
    assert_eq!(case(&portal, &number).await["merged_into"], known);
    assert_eq!(tracked(&portal, &code).await["merged_into"], known);
    let goes_on = case(&portal, &second.number).await;
    assert_eq!(goes_on["merged_into"], Value::Null);

    // What is told is described, member by member.
    let described = portal.get("/api/openapi.json").await.json();
    let schemas = &described["components"]["schemas"];
    let story = case(&portal, &number).await;
    let mut known = members(&schemas["Case"]["properties"]);
    known.extend(members(&schemas["Story"]["allOf"][1]["properties"]));
    assert_eq!(members(&story), known);
    let clock = &story["clocks"][0];
    assert_eq!(members(clock), members(&schemas["Clock"]["properties"]));

    // Its reporter withdraws it from sight: nobody learns its number from the other one.
    let viewer = casework::track::find(&portal.desk, &second.code.parse().unwrap())
        .await
        .map(|(case, party)| Viewer::Party { case, party })
        .unwrap();
    let hide = Act::ChangeVisibility {
        to: Visibility::Private,
    };
    act::act(&portal.desk, &viewer, into, None, hide)
        .await
        .unwrap();
    assert_eq!(case(&portal, &number).await["merged_into"], Value::Null);
    assert_eq!(tracked(&portal, &code).await["merged_into"], Value::Null);
}
