//! Signing in to the desk (security.md C1-C9): what is asked of whom, what is counted, and what ends
//! a session.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::{authenticator, people};
use domain::access::Role;
use domain::time::Millis;

use crate::portal::{Answer, Portal, fields};

const LOGIN: &str = "secretary-xianggang";
const WORKLIST: &str = "我的待办";

async fn password(portal: &Portal, cookie: &str, login: &str, password: &str) -> Answer {
    let typed = [("login", login), ("password", password)];
    portal.post(cookie, "/sign-in", &typed).await
}

async fn is_in(portal: &Portal, cookie: &str) -> bool {
    let answer = portal.get_as(cookie, "/desk").await;
    match answer.status {
        200 => {
            assert!(answer.text().contains(WORKLIST));
            true
        }
        303 => {
            let to = answer.header("location");
            assert!(
                to.starts_with("/sign-in?next=") || to == "/desk/people",
                "{to}"
            );
            to == "/desk/people"
        }
        other => panic!("{other}: {}", answer.text()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_with_a_password_alone() {
    let portal = Portal::open().await;
    portal.seed().await;
    let asked = password(&portal, "", LOGIN, people::DEMO_PASSWORD).await;
    assert_eq!(asked.status, 200);
    assert!(asked.cookie_of("staff").is_empty());
    let under_way = asked.cookie_of("signing-in");
    assert!(!is_in(&portal, &under_way).await);
    // Not by skipping a step either.
    for act in ["own", "noted", "enrol", "nonsense"] {
        let fields = [
            ("act", act),
            ("password", "a wholly new sentence"),
            ("code", ""),
        ];
        let skipped = portal.post(&under_way, "/sign-in", &fields).await;
        assert!(skipped.cookie_of("staff").is_empty(), "{act}");
    }
    // Outside a demonstration no page shows the code.
    let code = portal.code_of(LOGIN).await;
    assert!(
        !portal
            .get_as(&under_way, "/sign-in")
            .await
            .text()
            .contains(&code)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sign_in_asks_for_an_authenticator_and_a_password_of_ones_own() {
    let portal = Portal::open().await;
    let made = people::admin(&portal.desk, "wang.fang", "王芳", Role::SystemAdmin).await;
    let first = made.unwrap().unwrap();
    let asked = password(&portal, "", "wang.fang", &first).await;
    assert!(asked.text().contains("<svg"), "{}", asked.text());
    let mut under_way = asked.cookie_of("signing-in");
    let key = asked.text();
    let key = key.split("<code translate=\"no\">").nth(1).unwrap();
    let key: String = key.split('<').next().unwrap().split(' ').collect();
    let secret = base32(&key);

    let wrong = [("act", "enrol"), ("code", "000000")];
    let answer = portal.post(&under_way, "/sign-in", &wrong).await;
    assert_eq!(answer.status, 401);
    assert!(answer.text().contains("这个码不对"));
    let code = authenticator::code(&secret, portal.desk.now()).unwrap();
    let right = [("act", "enrol"), ("code", code.as_str())];
    let answer = portal.post(&under_way, "/sign-in", &right).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    assert_eq!(text.matches("<li><code").count(), 10, "recovery codes");
    let recovery = text.split("<li><code translate=\"no\">").nth(1).unwrap();
    let recovery = recovery.split('<').next().unwrap().to_owned();
    under_way = answer.cookie_of("signing-in");

    let answer = portal
        .post(&under_way, "/sign-in", &[("act", "noted")])
        .await;
    assert!(
        answer.text().contains("换一个自己的密码"),
        "{}",
        answer.text()
    );
    assert!(answer.cookie_of("staff").is_empty());
    for (weak, why) in [
        ("short", "太短"),
        ("12345678901", "太容易猜到"),
        (&first, "一样"),
    ] {
        let answer = portal
            .post(
                &under_way,
                "/sign-in",
                &[("act", "own"), ("password", weak)],
            )
            .await;
        assert_eq!(answer.status, 422, "{weak}");
        assert!(answer.text().contains(why), "{weak}: {}", answer.text());
    }
    let own = "路灯不亮了就来说一声";
    let answer = portal
        .post(&under_way, "/sign-in", &[("act", "own"), ("password", own)])
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(is_in(&portal, &answer.cookie_of("staff")).await);

    // From now on: the own password, and a code, each once.
    assert_eq!(password(&portal, "", "wang.fang", &first).await.status, 401);
    let asked = password(&portal, "", "wang.fang", own).await;
    let under_way = asked.cookie_of("signing-in");
    let used = portal
        .post(&under_way, "/sign-in", &[("act", "code"), ("code", &code)])
        .await;
    assert_eq!(used.status, 401, "the code of the enrolment is used");
    for expected in [303, 401] {
        let typed = [("act", "code"), ("code", recovery.as_str())];
        let answer = portal.post(&under_way, "/sign-in", &typed).await;
        assert_eq!(answer.status, expected, "a recovery code is good once");
    }
}

/// RFC 4648, read back.
pub fn base32(text: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0, 0_u32, Vec::new());
    for c in text.chars() {
        let at = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
        held = (held << 5) | u32::try_from(at).unwrap();
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap());
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_once() {
    let portal = Portal::open().await;
    portal.seed().await;
    let code = portal.code_of(LOGIN).await;
    for expected in [303, 401] {
        let asked = password(&portal, "", LOGIN, people::DEMO_PASSWORD).await;
        let under_way = asked.cookie_of("signing-in");
        let typed = [("act", "code"), ("code", code.as_str())];
        let answer = portal.post(&under_way, "/sign-in", &typed).await;
        assert_eq!(answer.status, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_of_nobody_is_answered_like_a_wrong_password() {
    let portal = Portal::open().await;
    portal.seed().await;
    for round in 0..6 {
        let known = password(&portal, "", LOGIN, "not the password").await;
        let nobody = password(&portal, "", "nobody-at-all!!", "not the password").await;
        assert_eq!(known.status, nobody.status, "{round}");
        let same = |answer: &Answer| {
            answer
                .text()
                .replace(LOGIN, "*")
                .replace("nobody-at-all!!", "*")
        };
        assert_eq!(same(&known), same(&nobody), "{round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_tries_make_one_wait_and_never_shut_the_owner_out() {
    let portal = Portal::open().await;
    let device = {
        portal.seed().await;
        let asked = password(&portal, "", LOGIN, people::DEMO_PASSWORD).await;
        let code = portal.code_of(LOGIN).await;
        let typed = [("act", "code"), ("code", code.as_str())];
        let done = portal
            .post(&asked.cookie_of("signing-in"), "/sign-in", &typed)
            .await;
        done.cookie_of("device")
    };
    assert!(!device.is_empty());
    for _ in 0..5 {
        assert_eq!(
            password(&portal, "", LOGIN, "guess guess").await.status,
            401
        );
    }
    // Now even the right password waits, from a browser that nobody knows.
    let waits = password(&portal, "", LOGIN, people::DEMO_PASSWORD).await;
    assert_eq!(waits.status, 429);
    assert!(waits.text().contains("等 30 秒再试"), "{}", waits.text());
    // Its owner does not wait in their own browser.
    let own = password(&portal, &device, LOGIN, people::DEMO_PASSWORD).await;
    assert_eq!(own.status, 200, "{}", own.text());
    // A device of somebody else helps nobody.
    let other = password(&portal, &device, "grid-xianggang", "guess guess").await;
    assert_eq!(other.status, 401);
    // And the wait ends by itself.
    portal.fresh.clock.advance(Millis::seconds(31));
    let later = password(&portal, "", LOGIN, people::DEMO_PASSWORD).await;
    assert_eq!(later.status, 200);
    // However many try: never longer than a quarter of an hour.
    for _ in 0..12 {
        password(&portal, "", LOGIN, "guess guess").await;
        portal.fresh.clock.advance(Millis::minutes(15));
    }
    assert_eq!(
        password(&portal, "", LOGIN, people::DEMO_PASSWORD)
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_not_guessed_either() {
    let portal = Portal::open().await;
    portal.seed().await;
    let asked = password(&portal, "", LOGIN, people::DEMO_PASSWORD).await;
    let under_way = asked.cookie_of("signing-in");
    let mut statuses = Vec::new();
    for guess in ["000001", "000002", "000003", "000004", "000005", "000006"] {
        let typed = [("act", "code"), ("code", guess)];
        statuses.push(portal.post(&under_way, "/sign-in", &typed).await.status);
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_new_at_each_sign_in_and_ends_when_it_should() {
    let portal = Portal::open().await;
    let planted = format!("staff={}", "ab".repeat(32));
    assert!(!is_in(&portal, &planted).await);
    let first = portal.staff(LOGIN).await;
    assert!(is_in(&portal, &first).await);
    assert_ne!(first, planted);
    // Signing out ends it, whatever the browser sends afterwards.
    let out = portal.post(&first, "/sign-out", &[]).await;
    assert_eq!((out.status, out.header("location")), (303, "/sign-in"));
    assert!(!is_in(&portal, &first).await);

    // Half an hour without a request.
    let second = portal.staff(LOGIN).await;
    assert_ne!(second, first);
    portal.fresh.clock.advance(Millis::minutes(27));
    assert!(is_in(&portal, &second).await);
    portal.fresh.clock.advance(Millis::minutes(30));
    assert!(!is_in(&portal, &second).await);

    // Twelve hours, however busy.
    let third = portal.staff(LOGIN).await;
    for _ in 0..30 {
        portal.fresh.clock.advance(Millis::minutes(25));
        let _ = portal.get_as(&third, "/desk/me").await;
    }
    assert!(!is_in(&portal, &third).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_phone_stays_signed_in_for_a_shift() {
    let portal = Portal::open().await;
    portal.seed().await;
    let typed = [
        ("login", "grid-xianggang"),
        ("password", people::DEMO_PASSWORD),
        ("own-phone", "yes"),
    ];
    let asked = portal.post("", "/sign-in", &typed).await;
    let code = portal.code_of("grid-xianggang").await;
    let typed = [("act", "code"), ("code", code.as_str())];
    let done = portal
        .post(&asked.cookie_of("signing-in"), "/sign-in", &typed)
        .await;
    let cookie = done.cookie_of("staff");
    portal.fresh.clock.advance(Millis::hours(11));
    assert!(is_in(&portal, &cookie).await);
    portal.fresh.clock.advance(Millis::hours(1));
    assert!(!is_in(&portal, &cookie).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_goes_on_where_they_were_and_nowhere_else() {
    let portal = Portal::open().await;
    portal.seed().await;
    for (next, to) in [
        ("/desk?list=checks", "/desk?list=checks"),
        ("https://evil.example/", "/desk"),
        ("//evil.example/desk", "/desk"),
        ("/\\evil.example", "/desk"),
        ("/desk\r\nSet-Cookie: evil=1", "/desk"),
    ] {
        let typed = [
            ("login", LOGIN),
            ("password", people::DEMO_PASSWORD),
            ("next", next),
        ];
        let asked = portal.post("", "/sign-in", &typed).await;
        let carried = fields(&asked.text(), "next").join("");
        let code = portal.code_of(LOGIN).await;
        let typed = [("act", "code"), ("code", code.as_str()), ("next", &carried)];
        let done = portal
            .post(&asked.cookie_of("signing-in"), "/sign-in", &typed)
            .await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, to),
            "{next:?}"
        );
        assert!(done.cookie_of("evil").is_empty());
        portal.fresh.clock.advance(Millis::seconds(90));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_with_the_old_one_and_ends_all_else() {
    let portal = Portal::open().await;
    let (here, elsewhere) = (portal.staff(LOGIN).await, portal.staff(LOGIN).await);
    let new = "一句谁也想不到的话 77";
    for (old, new, status) in [
        ("not the old one", new, 422),
        (people::DEMO_PASSWORD, "short", 422),
        (people::DEMO_PASSWORD, new, 200),
    ] {
        assert!(is_in(&portal, &elsewhere).await, "nothing happened yet");
        let typed = [("act", "password"), ("old", old), ("new", new)];
        let answer = portal.post(&here, "/desk/me", &typed).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    assert!(is_in(&portal, &here).await);
    assert!(!is_in(&portal, &elsewhere).await);
    assert_eq!(
        password(&portal, "", LOGIN, people::DEMO_PASSWORD)
            .await
            .status,
        401
    );
    assert_eq!(password(&portal, "", LOGIN, new).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_outlives_its_session_is_carried_through_the_sign_in() {
    let portal = Portal::open().await;
    let filed = portal
        .file("a-key-of-the-sign-in-tests", serde_json::json!({}))
        .await;
    let cookie = portal.staff(LOGIN).await;
    portal.fresh.clock.advance(Millis::minutes(31));
    let target = format!("/desk/cases/{}", filed.number);
    let typed = [
        ("act", "note"),
        ("version", "1"),
        ("text", "写了很久的一段话"),
    ];
    let answer = portal.post(&cookie, &target, &typed).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        portal.case(&filed.number).await.version,
        1,
        "nothing was sent"
    );
    let kept = fields(&answer.text(), "kept").join("");
    assert!(!kept.is_empty());

    let typed = [
        ("login", LOGIN),
        ("password", people::DEMO_PASSWORD),
        ("kept", &kept),
    ];
    let asked = portal.post("", "/sign-in", &typed).await;
    let code = portal.code_of(LOGIN).await;
    let typed = [("act", "code"), ("code", code.as_str()), ("kept", &kept)];
    let done = portal
        .post(&asked.cookie_of("signing-in"), "/sign-in", &typed)
        .await;
    assert_eq!(done.status, 200);
    assert!(done.text().contains("写了很久的一段话"), "{}", done.text());
    assert!(done.text().contains(&format!("action=\"{target}\"")));
    assert_eq!(
        portal.case(&filed.number).await.version,
        1,
        "a person presses again"
    );
    let again = [
        ("act", "note"),
        ("version", "1"),
        ("text", "写了很久的一段话"),
    ];
    let sent = portal.post(&done.cookie_of("staff"), &target, &again).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(portal.case(&filed.number).await.version, 2);
}
