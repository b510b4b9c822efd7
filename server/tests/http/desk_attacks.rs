//! What somebody might try at the sign-in and on the desk, with what they have lawfully or stole.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::{people, sign_in};
use domain::time::Millis;
use futures::future::join_all;
use serde_json::json;

use crate::portal::{Answer, Portal, encode, fields};

const LOGIN: &str = "grid-xianggang";
const OWN: &str = "路灯不亮了就来说一声";

async fn password(portal: &Portal, login: &str, password: &str) -> Answer {
    let typed = [("login", login), ("password", password)];
    portal.post("", "/sign-in", &typed).await
}

fn between(text: &str, before: &str, after: &str) -> String {
    let found = text
        .split(before)
        .nth(1)
        .and_then(|rest| rest.split(after).next());
    found.expect(before).to_owned()
}

/// Whoever holds this sign-in, by all the steps there are: whether any gives a session.
async fn opens(portal: &Portal, under_way: &str) -> bool {
    let mut any = portal.get_as(under_way, "/sign-in").await;
    let mut opened = !any.cookie_of("staff").is_empty();
    for act in ["noted", "own", "enrol", "code"] {
        let typed = [("act", act), ("password", OWN), ("code", "000000")];
        any = portal.post(under_way, "/sign-in", &typed).await;
        opened |= !any.cookie_of("staff").is_empty();
    }
    opened
}

async fn proved(portal: &Portal, login: &str) -> (String, Answer) {
    let asked = password(portal, login, people::DEMO_PASSWORD).await;
    let under_way = asked.cookie_of("signing-in");
    let code = portal.code_of(login).await;
    let typed = [("act", "code"), ("code", code.as_str())];
    (
        under_way.clone(),
        portal.post(&under_way, "/sign-in", &typed).await,
    )
}

/// Somebody who knew the old password keeps the first step alive until the account is reset, to enrol
/// an authenticator of their own.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_under_way_ends_with_a_reset_and_with_its_time() {
    let portal = Portal::open().await;
    let system = portal.staff("system").await;
    let person = portal.person(LOGIN).await;
    let asked = password(&portal, LOGIN, people::DEMO_PASSWORD).await;
    let under_way = asked.cookie_of("signing-in");
    let reset = [("act", "reset"), ("person", person.as_str())];
    let answer = portal.post(&system, "/desk/people", &reset).await;
    assert_eq!(answer.status, 200);
    let page = portal.get_as(&under_way, "/sign-in").await.text();
    assert!(
        !page.contains("<svg class=\"qr\""),
        "no authenticator to set up: {page}"
    );
    assert!(!opens(&portal, &under_way).await);

    // The same where an authenticator is still to be set up: the right code of the wrong one.
    let add = [("act", "add"), ("login", "wang.fang"), ("name", "王芳")];
    let added = portal.post(&system, "/desk/people", &add).await.text();
    let first = between(&added, "<p class=\"big\"><code translate=\"no\">", "<");
    let asked = password(&portal, "wang.fang", &first).await;
    let key = between(&asked.text(), "<code translate=\"no\">", "<").replace(' ', "");
    let person = portal.person("wang.fang").await;
    let reset = [("act", "reset"), ("person", person.as_str())];
    portal.post(&system, "/desk/people", &reset).await;
    let secret = crate::desk_sign_in::base32(&key);
    let code = casework::authenticator::code(&secret, portal.desk.now()).unwrap();
    let enrol = [("act", "enrol"), ("code", code.as_str())];
    let answer = portal
        .post(&asked.cookie_of("signing-in"), "/sign-in", &enrol)
        .await;
    assert_eq!(answer.status, 401);
    assert!(!answer.text().contains("<ol class=\"codes\""));

    // And no step makes its ten minutes longer.
    let asked = password(&portal, "grid-huazhong", people::DEMO_PASSWORD).await;
    let under_way = asked.cookie_of("signing-in");
    for _ in 0..2 {
        portal.fresh.clock.advance(Millis::minutes(4));
        let again = portal.get_as(&under_way, "/sign-in").await;
        assert!(again.text().contains("动态码"));
    }
    portal.fresh.clock.advance(Millis::minutes(2));
    let code = portal.code_of("grid-huazhong").await;
    let typed = [("act", "code"), ("code", code.as_str())];
    let answer = portal.post(&under_way, "/sign-in", &typed).await;
    assert_eq!(answer.status, 401);
    assert!(answer.cookie_of("staff").is_empty());
}

/// What the browser held during a sign-in is worth nothing afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_good_for_one_session() {
    let portal = Portal::open().await;
    portal.seed().await;
    let (under_way, done) = proved(&portal, LOGIN).await;
    let staff = done.cookie_of("staff");
    assert_eq!(done.status, 303);
    assert!(!opens(&portal, &under_way).await, "while it is open");
    portal.post(&staff, "/sign-out", &[]).await;
    assert!(!opens(&portal, &under_way).await, "after signing out");
    // Their password is still the one they had.
    portal.fresh.clock.advance(Millis::minutes(20));
    let asked = password(&portal, LOGIN, people::DEMO_PASSWORD).await;
    assert_eq!(asked.status, 200);

    // Shut out in the middle of it.
    let system = portal.staff("system").await;
    let under_way = asked.cookie_of("signing-in");
    let person = portal.person(LOGIN).await;
    let form = [("act", "shut-out"), ("person", person.as_str())];
    portal.post(&system, "/desk/people", &form).await;
    assert!(!opens(&portal, &under_way).await);
    let form = [("act", "let-in"), ("person", person.as_str())];
    portal.post(&system, "/desk/people", &form).await;
    assert!(
        !opens(&portal, &under_way).await,
        "nor after being let in again"
    );
}

/// A session that the browser held before ends when somebody signs in with it anew.
#[tokio::test(flavor = "multi_thread")]
async fn signing_in_ends_the_session_there_was() {
    let portal = Portal::open().await;
    let first = portal.staff(LOGIN).await;
    let asked = password(&portal, LOGIN, people::DEMO_PASSWORD).await;
    let code = portal.code_of(LOGIN).await;
    let both = format!("{}; {first}", asked.cookie_of("signing-in"));
    let typed = [("act", "code"), ("code", code.as_str())];
    let done = portal.post(&both, "/sign-in", &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(portal.get_as(&first, "/desk").await.status, 303);
    let second = done.cookie_of("staff");
    assert_eq!(portal.get_as(&second, "/desk").await.status, 200);
}

/// Forty at once are no more than forty in a row.
#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once_are_not_more_guesses() {
    let portal = Portal::open().await;
    portal.seed().await;
    let asked = password(&portal, LOGIN, people::DEMO_PASSWORD).await;
    let under_way = asked.cookie_of("signing-in");
    let guesses: Vec<String> = (0..30).map(|n| format!("{n:06}")).collect();
    let all = guesses.iter().map(|guess| {
        let typed = [("act", "code"), ("code", guess.as_str())];
        let (portal, under_way) = (&portal, &under_way);
        async move { portal.post(under_way, "/sign-in", &typed).await.status }
    });
    let statuses = join_all(all).await;
    let examined = statuses.iter().filter(|status| **status == 401).count();
    assert_eq!(examined, 5, "{statuses:?}");

    // The network's own measure is full again.
    portal.fresh.clock.advance(Millis::minutes(2));
    let all = (0..12).map(|_| async {
        password(&portal, "secretary-xianggang", "guess guess")
            .await
            .status
    });
    let statuses = join_all(all).await;
    let examined = statuses.iter().filter(|status| **status == 401).count();
    assert_eq!(examined, 5, "{statuses:?}");
}

/// Whoever makes accounts must not be able to become those who watch them (A14, R39).
#[tokio::test(flavor = "multi_thread")]
async fn those_who_look_after_others_are_reset_at_the_server_only() {
    let portal = Portal::open().await;
    let system = portal.staff("system").await;
    for login in ["auditor", "security"] {
        let person = portal.person(login).await;
        for act in ["reset", "shut-out"] {
            let form = [("act", act), ("person", person.as_str())];
            let answer = portal.post(&system, "/desk/people", &form).await;
            assert_eq!(answer.status, 422, "{act} {login}");
            assert!(
                answer.text().contains("只能在服务器上"),
                "{}",
                answer.text()
            );
        }
        assert_eq!(
            password(&portal, login, people::DEMO_PASSWORD).await.status,
            200
        );
    }
    // At the server it is done, and written down as done there.
    let first = people::reset_at_server(&portal.desk, "auditor").await;
    let first = first.unwrap().unwrap();
    assert_eq!(password(&portal, "auditor", &first).await.status, 200);
    // An account that nobody signs in with is not made one by a reset.
    people::editor(&portal.desk, "release desk").await.unwrap();
    let form = [("act", "reset"), ("person", "editor:release desk")];
    let answer = portal.post(&system, "/desk/people", &form).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
}

/// The auditor sees who signed in and what they changed of their own.
#[tokio::test(flavor = "multi_thread")]
async fn what_people_do_with_their_own_account_is_written_down() {
    let portal = Portal::open().await;
    let grid = portal.staff(LOGIN).await;
    let change = [
        ("act", "password"),
        ("old", people::DEMO_PASSWORD),
        ("new", OWN),
    ];
    let changed = portal.post(&grid, "/desk/me", &change).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    for _ in 0..5 {
        password(&portal, "secretary-xianggang", "guess guess").await;
    }
    let security = portal.staff("security").await;
    let person = portal.person(LOGIN).await;
    let appoint = [
        ("act", "appoint"),
        ("person", person.as_str()),
        ("role", "officer"),
        ("module", "enforcement-appearance"),
    ];
    let appointed = portal.post(&security, "/desk/people", &appoint).await;
    assert_eq!(appointed.status, 200, "{}", appointed.text());
    let auditor = portal.staff("auditor").await;
    let page = portal.get_as(&auditor, "/desk/audit").await.text();
    let rows: Vec<&str> = page.split("<li class=\"entry\">").skip(1).collect();
    for (who, what) in [
        (LOGIN, "登录"),
        (LOGIN, "换了密码"),
        ("secretary-xianggang", "连着试错"),
        ("security", "部门经办"),
    ] {
        assert!(
            rows.iter()
                .any(|row| row.contains(who) && row.contains(what)),
            "{who} {what}: {page}"
        );
    }
    // A hundred and more: the older ones are on the next page.
    for _ in 0..101 {
        let who = {
            let token = casework::track::token(auditor.trim_start_matches("staff=")).unwrap();
            sign_in::staff(&portal.desk, &token).await.unwrap().unwrap()
        };
        sign_in::new_codes(&portal.desk, &who.person).await.unwrap();
    }
    let page = portal.get_as(&auditor, "/desk/audit").await.text();
    let older = page.split("/desk/audit?before=").nth(1).unwrap();
    let older = format!("/desk/audit?before={}", older.split('"').next().unwrap());
    let page = portal.get_as(&auditor, &older).await.text();
    assert!(page.contains("换了密码"), "{page}");
}

/// A clock cannot be set so far that nobody can reckon it any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_due_date_typed_wrong_is_not_kept_for_ever() {
    let portal = Portal::open().await;
    let filed = portal.file("a-key-of-the-attack-tests", json!({})).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let target = format!("/desk/cases/{}", filed.number);
    let accept = [("act", "accept"), ("version", "1")];
    assert_eq!(portal.post(&secretary, &target, &accept).await.status, 303);
    let version = portal.case(&filed.number).await.version;
    for extra in [
        [
            ("due", "within"),
            ("amount", "20261231"),
            ("unit_of_time", "days"),
        ],
        [
            ("due", "within"),
            ("amount", "20000"),
            ("unit_of_time", "working-days"),
        ],
        [
            ("due", "within"),
            ("amount", "4000000000"),
            ("unit_of_time", "hours"),
        ],
        [("due", "until"), ("until", "9999-12-31"), ("amount", "")],
    ] {
        let version = version.to_string();
        let call = [
            ("act", "call"),
            ("class", "hard_problem"),
            ("lead", "enforcement-appearance"),
            ("text", "请到场"),
            ("version", version.as_str()),
        ];
        let call = [&call[..], &extra[..]].concat();
        let answer = portal.post(&secretary, &target, &call).await;
        assert_eq!(answer.status, 422, "{extra:?}");
        assert!(answer.text().contains("最多十年"), "{extra:?}");
    }
    assert_eq!(portal.case(&filed.number).await.version, version);
}

/// The first words of a private case in a list are words of a private case: their reporter learns
/// who saw them, once for each.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_tells_the_reporter_who_saw_their_words() {
    let portal = Portal::open().await;
    let words = "楼下棋牌室放学后有孩子在里面过夜";
    let draft = json!({ "description": words, "visibility": "private" });
    let filed = portal.file("a-key-of-the-attack-tests", draft).await;
    let reporter = portal.track(&filed.code).await;
    let track = "/track";
    let looks = |page: &str| page.matches("在待办里看到了").count();
    assert_eq!(looks(&portal.get_as(&reporter, track).await.text()), 0);
    let secretary = portal.staff("secretary-xianggang").await;
    for _ in 0..3 {
        let list = portal.get_as(&secretary, "/desk").await.text();
        assert!(list.contains(&words[..30]), "{list}");
    }
    assert_eq!(looks(&portal.get_as(&reporter, track).await.text()), 1);
    // Who has nothing to do with it sees nothing of it.
    let editor = portal.staff("editor").await;
    for target in ["/desk?list=open", "/desk?list=release"] {
        let list = portal.get_as(&editor, target).await.text();
        assert!(!list.contains(&words[..30]) && !list.contains(&filed.number));
    }
    let target = format!("/desk/cases/{}", filed.number);
    assert_eq!(portal.get_as(&editor, &target).await.status, 404);
}

/// What somebody wrote when their session ran out is shown to them alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_waits_is_for_its_writer_only() {
    let portal = Portal::open().await;
    let secret = "这一句不给同事看";
    let grid = portal.staff(LOGIN).await;
    portal.fresh.clock.advance(Millis::minutes(31));
    let form = [("act", "note"), ("version", "1"), ("text", secret)];
    let asked = portal
        .post(&grid, "/desk/cases/210903-482915-3", &form)
        .await;
    assert_eq!(asked.status, 401);
    let kept = fields(&asked.text(), "kept").join("");
    assert!(!kept.is_empty());
    for (login, expected) in [("secretary-xianggang", false), (LOGIN, true)] {
        let typed = [
            ("login", login),
            ("password", people::DEMO_PASSWORD),
            ("kept", kept.as_str()),
        ];
        let asked = portal.post("", "/sign-in", &typed).await;
        let code = portal.code_of(login).await;
        let typed = [("act", "code"), ("code", code.as_str()), ("kept", &kept)];
        let cookie = asked.cookie_of("signing-in");
        let done = portal.post(&cookie, "/sign-in", &typed).await;
        assert_eq!(done.text().contains(secret), expected, "{login}");
        portal.fresh.clock.advance(Millis::seconds(90));
    }
    // Passwords wait nowhere, nor does anything of whom nobody knows.
    portal.fresh.clock.advance(Millis::minutes(31));
    let change = [("act", "password"), ("old", "my old one"), ("new", OWN)];
    for (cookie, target) in [(grid.as_str(), "/desk/me"), ("", "/desk/file")] {
        let asked = portal.post(cookie, target, &change).await;
        assert_eq!(asked.status, 401);
        assert!(fields(&asked.text(), "kept").is_empty(), "{target}");
    }
}

/// Several at once are bounded like one, and what cannot be read is not written.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_bounded_whichever_door_it_comes_in_by() {
    let portal = Portal::open().await;
    let filed = portal.file("a-key-of-the-attack-tests", json!({})).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let pick = format!("{}:1", filed.number);
    let long = "长".repeat(2_001);
    for text in [long.as_str(), "a\u{1}b"] {
        let form = [
            ("act", "together"),
            ("verb", "note"),
            ("pick", pick.as_str()),
            ("text", text),
        ];
        let answer = portal.post(&secretary, "/desk", &form).await;
        assert_eq!(answer.status, 409, "{}", answer.text());
        assert_eq!(portal.case(&filed.number).await.version, 1);
    }
    // A NUL anywhere is no failure of the server, whatever stands behind it.
    for (target, field) in [("/sign-in", "login"), ("/sign-in", "password")] {
        let form = [("login", "x"), ("password", "y"), (field, "a\0b")];
        assert_eq!(portal.post("", target, &form[2..]).await.status, 422);
        let answer = portal
            .post("", target, &[("login", "a\0b"), ("password", "y")])
            .await;
        assert_eq!(answer.status, 401);
    }
    // An address that means the case, and more.
    let target = format!("/desk/cases/{}{}", filed.number, encode("\n"));
    let form = [("act", "note"), ("version", "1"), ("text", "记一笔")];
    let answer = portal.post(&secretary, &target, &form).await;
    assert!(answer.status < 500, "{}", answer.status);
}

/// A new telephone: a password and a code replace the authenticator, and all else is signed out.
#[tokio::test(flavor = "multi_thread")]
async fn an_authenticator_is_replaced_by_its_owner_alone() {
    let portal = Portal::open().await;
    let other = portal.staff(LOGIN).await;
    let own = portal.staff(LOGIN).await;
    let old_code = portal.code_of(LOGIN).await;
    for (password, code, status) in [
        ("not the password", old_code.as_str(), 422),
        (people::DEMO_PASSWORD, "000000", 422),
        (people::DEMO_PASSWORD, old_code.as_str(), 200),
    ] {
        let form = [
            ("act", "factor"),
            ("factor-password", password),
            ("old-code", code),
        ];
        let answer = portal.post(&own, "/desk/me", &form).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        let sealed = fields(&answer.text(), "factor").join("");
        assert_eq!(sealed.is_empty(), status != 200);
        if status != 200 {
            continue;
        }
        let wrong = [
            ("act", "factor-code"),
            ("factor", &sealed),
            ("new-code", "000000"),
        ];
        assert_eq!(portal.post(&own, "/desk/me", &wrong).await.status, 422);
        // Nobody else can use what the page was given.
        let secretary = portal.staff("secretary-xianggang").await;
        let answer = portal.post(&secretary, "/desk/me", &wrong).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.text().contains("<ol class=\"codes\""));
        let text = answer_of(&portal, &own, &sealed).await;
        assert!(text.contains("<ol class=\"codes\""), "{text}");
    }
    assert_eq!(portal.get_as(&own, "/desk").await.status, 200);
    assert_eq!(portal.get_as(&other, "/desk").await.status, 303);
    // The old one shows nothing that opens.
    portal.fresh.clock.advance(Millis::seconds(90));
    let asked = password(&portal, LOGIN, people::DEMO_PASSWORD).await;
    let under_way = asked.cookie_of("signing-in");
    let typed = [("act", "code"), ("code", old_code.as_str())];
    let done = portal.post(&under_way, "/sign-in", &typed).await;
    assert_eq!(done.status, 401);
}

async fn answer_of(portal: &Portal, own: &str, sealed: &str) -> String {
    let wrong = [
        ("act", "factor-code"),
        ("factor", sealed),
        ("new-code", "1"),
    ];
    let page = portal.post(own, "/desk/me", &wrong).await.text();
    let key = between(&page, "<code translate=\"no\">", "<").replace(' ', "");
    let secret = crate::desk_sign_in::base32(&key);
    let code = casework::authenticator::code(&secret, portal.desk.now()).unwrap();
    let right = [
        ("act", "factor-code"),
        ("factor", sealed),
        ("new-code", &code),
    ];
    portal.post(own, "/desk/me", &right).await.text()
}

/// Whoever looks after others does not stay signed in for a shift, whatever they tick.
#[tokio::test(flavor = "multi_thread")]
async fn no_long_session_for_those_who_look_after_others() {
    let portal = Portal::open().await;
    portal.seed().await;
    let typed = [
        ("login", "system"),
        ("password", people::DEMO_PASSWORD),
        ("own-phone", "yes"),
    ];
    let asked = portal.post("", "/sign-in", &typed).await;
    let code = portal.code_of("system").await;
    let typed = [("act", "code"), ("code", code.as_str())];
    let cookie = asked.cookie_of("signing-in");
    let staff = portal.post(&cookie, "/sign-in", &typed).await;
    let staff = staff.cookie_of("staff");
    portal.fresh.clock.advance(Millis::minutes(31));
    assert_eq!(portal.get_as(&staff, "/desk/people").await.status, 303);
}
