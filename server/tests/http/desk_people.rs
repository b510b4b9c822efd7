//! Who looks after people, and what that changes at once (security.md A5, A12, C9).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::account::token_verbs;
use casework::people;
use domain::access::Viewer;

use crate::portal::{COMMUNITY, Portal};

async fn holds(portal: &Portal, person: &str) -> usize {
    match people::viewer(&portal.desk, person).await.unwrap() {
        Viewer::Staff(staff) => staff.appointments().len(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_roles_look_after_people_and_none_does_anothers_part() {
    let portal = Portal::open().await;
    let (system, security) = (portal.staff("system").await, portal.staff("security").await);
    let auditor = portal.staff("auditor").await;
    let secretary = portal.staff("secretary-xianggang").await;
    let grid = portal.person("grid-xianggang").await;
    let add = [("act", "add"), ("login", "li.na"), ("name", "李娜")];
    let appoint = [
        ("act", "appoint"),
        ("person", grid.as_str()),
        ("role", "secretary"),
        ("community", COMMUNITY),
    ];
    let shut = [("act", "shut-out"), ("person", grid.as_str())];
    for (cookie, form, status) in [
        (&secretary, &add[..], 403),
        (&secretary, &appoint[..], 403),
        (&secretary, &shut[..], 403),
        (&auditor, &add[..], 403),
        (&auditor, &appoint[..], 403),
        (&security, &add[..], 403),
        (&security, &shut[..], 403),
        (&system, &appoint[..], 403),
        (&system, &add[..], 200),
        (&security, &appoint[..], 200),
    ] {
        let before = holds(&portal, &grid).await;
        let answer = portal.post(cookie, "/desk/people", form).await;
        assert_eq!(answer.status, status, "{form:?}: {}", answer.text());
        let changed = holds(&portal, &grid).await != before;
        assert_eq!(changed, status == 200 && form[0].1 == "appoint", "{form:?}");
    }
    // Whoever looks after nobody is not shown the list, and only the auditor sees what was done.
    assert_eq!(portal.get_as(&auditor, "/desk/people").await.status, 403);
    // A secretary sees who is to be seconded to the community, and nobody else of the city.
    let own = portal.get_as(&secretary, "/desk/people").await;
    assert!(
        own.status == 200 && !own.text().contains("li.na"),
        "{}",
        own.text()
    );
    assert_eq!(portal.get_as(&system, "/desk/audit").await.status, 403);
    let log = portal.get_as(&auditor, "/desk/audit").await;
    assert_eq!(log.status, 200);
    assert!(
        log.text().contains("li.na") && log.text().contains("建了账号"),
        "{}",
        log.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_themself_an_office_or_two_of_the_three() {
    let portal = Portal::open().await;
    let security = portal.staff("security").await;
    let own = portal.person("security").await;
    let system = portal.person("system").await;
    for (person, role) in [
        (&own, "commission"),
        (&own, "system_admin"),
        (&system, "security_admin"),
    ] {
        let before = holds(&portal, person).await;
        let form = [
            ("act", "appoint"),
            ("person", person.as_str()),
            ("role", role),
        ];
        let answer = portal.post(&security, "/desk/people", &form).await;
        assert_eq!(answer.status, 422, "{role}");
        assert_eq!(holds(&portal, person).await, before, "{role}");
    }
    // Extra fields on one's own page change nothing.
    let secretary = portal.staff("secretary-xianggang").await;
    let person = portal.person("secretary-xianggang").await;
    let form = [
        ("act", "password"),
        ("role", "commission"),
        ("person", system.as_str()),
        ("community_id", "330383198094"),
    ];
    portal.post(&secretary, "/desk/me", &form).await;
    assert_eq!(holds(&portal, &person).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_shut_out_is_out_at_the_next_request() {
    let portal = Portal::open().await;
    let filed = portal
        .file("a-key-of-the-people-tests", serde_json::json!({}))
        .await;
    let (system, security) = (portal.staff("system").await, portal.staff("security").await);
    let secretary = portal.staff("secretary-xianggang").await;
    let token = crate::desk_api::token(&portal, "secretary-xianggang", &token_verbs()).await;
    let person = portal.person("secretary-xianggang").await;
    let target = format!("/desk/cases/{}", filed.number);
    assert_eq!(portal.get_as(&secretary, &target).await.status, 200);

    // The appointment ends: the session stays, and opens nothing any more.
    let no = {
        let mut reading = portal.desk.store.read().await.unwrap();
        reading.appointments_of(&person).await.unwrap()[0]
            .no
            .to_string()
    };
    let form = [("act", "end"), ("no", no.as_str())];
    assert_eq!(
        portal.post(&security, "/desk/people", &form).await.status,
        200
    );
    assert_eq!(portal.get_as(&secretary, &target).await.status, 404);
    let accept = [("act", "accept"), ("version", "1")];
    assert_eq!(portal.post(&secretary, &target, &accept).await.status, 404);
    let answer = crate::desk_api::command(&portal, &token, &filed.number, "accept", 1).await;
    assert!(
        [401, 403, 404].contains(&answer.status),
        "{}",
        answer.status
    );
    assert_eq!(portal.case(&filed.number).await.version, 1);

    // The person is shut out: so is the session, and the token is none.
    let form = [("act", "shut-out"), ("person", person.as_str())];
    assert_eq!(
        portal.post(&system, "/desk/people", &form).await.status,
        200
    );
    assert_eq!(portal.get_as(&secretary, "/desk").await.status, 303);
    let answer = crate::desk_api::command(&portal, &token, &filed.number, "accept", 1).await;
    assert_eq!(answer.status, 401);
    assert_eq!(portal.case(&filed.number).await.version, 1);
}

/// Whoever came in by the city's own sign-on, and is given one of the three roles, comes in anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_kept_apart_ends_the_sessions_there_are() {
    let portal = Portal::open().await;
    let security = portal.staff("security").await;
    let grid = portal.staff("grid-xianggang").await;
    let person = portal.person("grid-xianggang").await;
    assert_eq!(portal.get_as(&grid, "/desk").await.status, 200);
    for (role, status) in [("editor", 200), ("auditor", 303)] {
        let form = [
            ("act", "appoint"),
            ("person", person.as_str()),
            ("role", role),
        ];
        let answer = portal.post(&security, "/desk/people", &form).await;
        assert_eq!(answer.status, 200, "{role}: {}", answer.text());
        assert_eq!(portal.get_as(&grid, "/desk").await.status, status, "{role}");
    }
}
