//! Who looks after people, and what that changes at once (security.md A5, A12, C9).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::account::token_verbs;
use casework::people;
use domain::access::{Role, Viewer};
use domain::case::Filer;
use domain::time::{Millis, date_text};

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

/// A form does what its own fields say, and nothing of what somebody adds to it (A5).
#[tokio::test(flavor = "multi_thread")]
async fn fields_that_a_form_does_not_have_change_nothing() {
    let portal = Portal::open().await;
    let filed = portal
        .file("a-key-of-the-people-tests", serde_json::json!({}))
        .await;
    let secretary = portal.staff("secretary-xianggang").await;
    let own = portal.person("secretary-xianggang").await;
    let other = portal.person("grid-xianggang").await;
    let stand = async || {
        let mut reading = portal.desk.store.read().await.unwrap();
        let offices = reading.appointments_of(&own).await.unwrap();
        (offices, reading.person(&other).await.unwrap())
    };
    let before = stand().await;
    let added = [
        ("person", other.as_str()),
        ("login", "grid-xianggang"),
        ("role", "commission"),
        ("community", "330383198094"),
        ("community_id", "330383198094"),
        ("filer", "staff"),
        ("owner_id", own.as_str()),
    ];
    let change = [
        ("act", "password"),
        ("old", people::DEMO_PASSWORD),
        ("new", "一句谁也想不到的话 77"),
    ];
    let form = [&change[..], &added[..]].concat();
    let answer = portal.post(&secretary, "/desk/me", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(stand().await, before);

    let accept = [("act", "accept"), ("version", "1")];
    let form = [&accept[..], &added[..]].concat();
    let target = format!("/desk/cases/{}", filed.number);
    let answer = portal.post(&secretary, &target, &form).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let case = portal.case(&filed.number).await;
    assert_eq!(
        (case.community.as_str(), case.filer),
        (COMMUNITY, Filer::Resident)
    );
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

/// A leave is planned before it begins: an office may begin on a later day, counts for nothing until
/// then, is held against another at once, and can be taken back before it begins.
#[tokio::test(flavor = "multi_thread")]
async fn an_office_may_begin_on_a_later_day() {
    let portal = Portal::open().await;
    let mut security = portal.staff("security").await;
    let auditor = portal.person("auditor").await;
    let grid = portal.person("grid-xianggang").await;
    let day = |days: i64| {
        let at = portal.desk.now().plus(Millis::days(days));
        date_text(portal.desk.city.time.civil(at).date)
    };
    let (from, until) = (day(2), day(9));
    let appoint = |person: &str, role: &str, from: &str, until: &str| {
        [
            ("act", "appoint"),
            ("person", person),
            ("role", role),
            ("community", COMMUNITY),
            ("from", from),
            ("until", until),
        ]
        .map(|(name, value)| (name, value.to_owned()))
    };
    let post = async |security: &str, form: &[(&'static str, String)]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        portal
            .post(security, "/desk/people?q=xianggang", &form)
            .await
    };
    // It ends before it begins; that is no day; and it would be two of the three at once, some day.
    for (person, role, from, until) in [
        (&grid, "secretary", until.as_str(), from.as_str()),
        (&grid, "secretary", "tomorrow", ""),
        (&auditor, "system_admin", from.as_str(), ""),
    ] {
        let form = appoint(person, role, from, until);
        let answer = post(&security, &form).await;
        assert_eq!(answer.status, 422, "{form:?}");
        let stays = answer.text().contains(from) || *person != grid;
        assert!(stays, "what was typed stays: {form:?}");
    }
    let answer = post(&security, &appoint(&grid, "secretary", &from, &until)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains("起"), "the list says from when");
    let holds_now = async || {
        let mut reading = portal.desk.store.read().await.unwrap();
        let held = reading.appointments_of(&grid).await.unwrap();
        let now = portal.desk.now();
        held.iter()
            .filter(|it| it.holds(now))
            .map(|it| it.role)
            .collect::<Vec<_>>()
    };
    let roles = [Role::GridOfficer, Role::Secretary];
    assert_eq!(holds_now().await, roles[..1]);
    portal.fresh.clock.advance(Millis::days(3));
    assert_eq!(holds_now().await, roles);
    portal.fresh.clock.advance(Millis::days(7));
    assert_eq!(holds_now().await, roles[..1]);

    security = portal.staff("security").await;
    let form = appoint(&grid, "secretary", &day(2), "");
    assert_eq!(post(&security, &form).await.status, 200);
    let mut reading = portal.desk.store.read().await.unwrap();
    let held = reading.appointments_of(&grid).await.unwrap();
    drop(reading);
    let coming = held.iter().map(|it| it.no).max().unwrap().to_string();
    let end = [
        ("act", "end".to_owned()),
        ("no", coming),
        ("person", grid.clone()),
    ];
    assert_eq!(post(&security, &end).await.status, 200);
    portal.fresh.clock.advance(Millis::days(3));
    assert_eq!(holds_now().await, roles[..1]);
}

/// Without a script: first the community, then its grids to tick, then the appointment; what is wrong
/// stands at its field, and what was typed stays.
#[tokio::test(flavor = "multi_thread")]
async fn grids_are_picked_from_those_of_the_community() {
    let portal = Portal::open().await;
    let security = portal.staff("security").await;
    let editor = portal.person("editor").await;
    let (first, elsewhere) = (format!("{COMMUNITY}-g01"), "330383198094-g01".to_owned());
    let form = |act: &str, grids: &[&String]| {
        let mut form = vec![
            ("act", act.to_owned()),
            ("person", editor.clone()),
            ("role", "grid_officer".to_owned()),
            ("grid_role", "head".to_owned()),
            ("community", COMMUNITY.to_owned()),
            ("until", "2199-12-31".to_owned()),
        ];
        form.extend(grids.iter().map(|code| ("grids", (*code).clone())));
        form
    };
    let post = async |cookie: &str, form: Vec<(&'static str, String)>| {
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        portal.post(cookie, "/desk/people?q=editor", &form).await
    };
    let of_community = format!("/communities/{COMMUNITY}");
    let before = portal.get(&of_community).await.text();
    let mut reading = portal.desk.store.read().await.unwrap();
    let name = reading.person(&editor).await.unwrap().unwrap().name;
    drop(reading);
    let page = portal.get_as(&security, "/desk/people?q=editor").await;
    assert!(!page.text().contains("name=\"grids\""), "no community yet");

    let listed = post(&security, form("grids", &[])).await;
    assert_eq!(listed.status, 200);
    let text = listed.text();
    assert!(text.contains(&format!("value=\"{first}\"")), "{text}");
    assert!(!text.contains(&elsewhere) && text.contains("2199-12-31"));
    assert_eq!(holds(&portal, &editor).await, 1, "nothing was given yet");

    let refused = post(&security, form("appoint", &[&elsewhere])).await;
    assert_eq!(refused.status, 422);
    let at_the_field = format!("id=\"grids-{editor}-error\"");
    assert!(refused.text().contains(&at_the_field), "{}", refused.text());
    assert!(
        refused
            .text()
            .contains(&format!("href=\"#grids-{editor}\""))
    );
    assert_eq!(holds(&portal, &editor).await, 1);

    let given = post(&security, form("appoint", &[&first])).await;
    assert_eq!(given.status, 200, "{}", given.text());
    assert_eq!(holds(&portal, &editor).await, 2);
    assert!(
        given.text().contains("网格长 · 第1网格"),
        "{}",
        given.text()
    );
    // Whoever appoints nobody is not handed the form.
    let system = portal.staff("system").await;
    assert_eq!(post(&system, form("grids", &[])).await.status, 404);

    // Everybody reads who heads it; and what was given then stands in the log for the auditor.
    let after = portal.get(&of_community).await.text();
    assert!(after.contains(&name) && !before.contains(&name), "{after}");
    let auditor = portal.staff("auditor").await;
    let log = portal.get_as(&auditor, "/desk/audit").await.text();
    assert!(
        log.contains("网格长 · 第1网格") && log.contains("2199年12月31日"),
        "{log}"
    );
}

/// What is wrong with an end is told apart, at the field of the end.
#[tokio::test(flavor = "multi_thread")]
async fn an_end_before_the_beginning_is_told_at_the_end() {
    let portal = Portal::open().await;
    let security = portal.staff("security").await;
    let grid = portal.person("grid-xianggang").await;
    for (from, until, said) in [
        ("2199-05-02", "2199-05-01", "结束的日子不能早于开始的日子"),
        ("", "2001-05-01", "写的日期已经过了"),
        ("", "明天", "日期写得不对"),
    ] {
        let form = [
            ("act", "appoint"),
            ("person", grid.as_str()),
            ("role", "secretary"),
            ("community", COMMUNITY),
            ("from", from),
            ("until", until),
        ];
        let answer = portal
            .post(&security, "/desk/people?q=grid-xianggang", &form)
            .await;
        assert_eq!(answer.status, 422, "{until}");
        let text = answer.text();
        let at = text.find(&format!("id=\"until-{grid}-error\""));
        let at = at.unwrap_or_else(|| panic!("{until}: not at its field: {text}"));
        let line = text[at..].chars().take(80).collect::<String>();
        assert!(line.contains(said), "{until}: {line}");
    }
}

/// Supervisors see which grids have nobody, of how many, and since when.
#[tokio::test(flavor = "multi_thread")]
async fn grids_without_anybody_are_counted_for_supervisors() {
    let portal = Portal::open().await;
    let supervisor = portal.staff("supervisor").await;
    let page = portal.get_as(&supervisor, "/desk/audit").await.text();
    let head = "没有网格长和网格员的网格：";
    let at = page.find(head).unwrap_or_else(|| panic!("{page}")) + head.len();
    let count: String = page[at..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let count: usize = count.parse().unwrap();
    assert!((1..100).contains(&count), "{count}");
    assert!(page.contains("（全市 484 个）"), "{page}");
    assert_eq!(page.matches("（2020年4月1日起）").count(), count);
}

/// One's own sessions can be told apart: by the kind of device, and which is the one that asks.
#[tokio::test(flavor = "multi_thread")]
async fn ones_own_sessions_can_be_told_apart() {
    let portal = Portal::open().await;
    let login = "secretary-xianggang";
    let here = portal.staff(login).await;
    // The same person, on a phone.
    let fields = [("login", login), ("password", people::DEMO_PASSWORD)];
    let asked = portal.post("", "/sign-in", &fields).await;
    let cookie = format!("Cookie: {}", asked.cookie_of("signing-in"));
    let code = portal.code_of(login).await;
    let body = format!("act=code&code={code}");
    let phone = "User-Agent: Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let headers = [cookie.as_str(), kind, phone];
    let there = portal
        .ask("POST", "/sign-in", &headers, body.as_bytes())
        .await;
    assert_eq!(there.status, 303, "{}", there.text());
    let there = there.cookie_of("staff");

    let at = |page: &str, said: &str| {
        let found = page.find(said);
        found.unwrap_or_else(|| panic!("{said} is not in {page}"))
    };
    let (phone, other) = ("<b>Android 手机</b>", "<b>别的设备</b>");
    let page = portal.get_as(&there, "/desk/me").await.text();
    assert!(at(&page, phone) < at(&page, "正在用的"), "{page}");
    assert!(at(&page, "正在用的") < at(&page, other), "{page}");
    let page = portal.get_as(&here, "/desk/me").await.text();
    assert!(at(&page, phone) < at(&page, other), "{page}");
    assert!(at(&page, other) < at(&page, "正在用的"), "{page}");
    assert_eq!(page.matches("正在用的").count(), 1);
    // Of what the browser said nothing but the kind is kept.
    let mut reading = portal.desk.store.read().await.unwrap();
    let person = portal.person(login).await;
    let kept = reading.staff_sessions_of(&person).await.unwrap();
    let kept: Vec<&str> = kept.iter().map(|it| it.device.as_str()).collect();
    assert_eq!(kept, ["android-phone", "other"]);
}
