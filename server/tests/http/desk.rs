//! The desk over HTTP: the worklist, a case on it, and what each person may see and do there.

use domain::case::{EvidenceKind, Outcome, StateTag};
use domain::time::Millis;
use serde_json::json;

use crate::portal::{Answer, COMMUNITY, Portal, picture};

const KEY: &str = "a-key-of-the-tests-of-the-desk";

/// Presses a button of the desk; the answer.
pub async fn press(portal: &Portal, who: &str, number: &str, fields: &[(&str, &str)]) -> Answer {
    let version = portal.case(number).await.version.to_string();
    let target = format!("/desk/cases/{number}");
    let fields = [fields, &[("version", version.as_str())]].concat();
    portal.post(who, &target, &fields).await
}

/// The same, for what must go through.
pub async fn done(portal: &Portal, who: &str, number: &str, fields: &[(&str, &str)]) {
    let answer = press(portal, who, number, fields).await;
    assert_eq!(answer.status, 303, "{fields:?}: {}", answer.text());
    let to = answer.header("location").to_owned();
    assert_eq!(to, format!("/desk/cases/{number}?done={}", fields[0].1));
    assert!(portal.get_as(who, &to).await.text().contains("已记下："));
}

/// K2: found on patrol at 13:00, called at 13:45 with four days, cleared and shown in time, checked
/// from outside. By forms alone.
#[tokio::test(flavor = "multi_thread")]
async fn k2_is_played_by_three_people_with_forms_alone() {
    let portal = Portal::open().await;
    let grid = portal.staff("grid-xianggang").await;

    let found = [
        ("category", "illegal-dumping"),
        ("community", COMMUNITY),
        ("description", "大排档拆除后，空地经常被人乱停车、倒垃圾。"),
        ("place", "人民路与城南路口空地"),
        ("key", KEY),
    ];
    let filed = portal.post(&grid, "/desk/file", &found).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    let number = filed
        .header("location")
        .split('=')
        .nth(1)
        .unwrap()
        .to_owned();
    // Pressed twice: still one.
    let again = portal.post(&grid, "/desk/file", &found).await;
    assert_eq!(again.header("location"), filed.header("location"));
    let case = portal.case(&number).await;
    assert_eq!(
        (case.state.tag(), case.judged_by_resident()),
        (StateTag::Filed, false)
    );

    portal.fresh.clock.advance(Millis::minutes(45));
    let station = portal.staff("station-unit-06").await;
    let officer = portal.staff("officer-enforcement-appearance").await;
    done(&portal, &station, &number, &[("act", "accept")]).await;
    let page = portal
        .get_as(&station, &format!("/desk/cases/{number}"))
        .await
        .text();
    // What the duty register suggests is filled in, with its reason.
    assert!(
        page.contains("职责清单怎么说") && page.contains("依据："),
        "{page}"
    );
    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "enforcement-appearance"),
        ("due", "within"),
        ("amount", "4"),
        ("unit_of_time", "days"),
        ("text", "清理垃圾，防止再倒"),
    ];
    done(&portal, &station, &number, &call).await;
    let called = portal.desk.now();

    // It stands on the officer's list by its clock, and on nobody else's of another unit.
    let list = portal.get_as(&officer, "/desk").await.text();
    assert!(list.contains(&number), "{list}");
    let other = portal.staff("officer-resources-land").await;
    assert!(
        !portal
            .get_as(&other, "/desk")
            .await
            .text()
            .contains(&number)
    );

    done(
        &portal,
        &officer,
        &number,
        &[("act", "report_in"), ("part", "1")],
    )
    .await;
    done(
        &portal,
        &officer,
        &number,
        &[("act", "set_out"), ("part", "1")],
    )
    .await;
    // Not done without having been there, nor without a picture of it.
    let early = [
        ("act", "resolve"),
        ("outcome", "solved"),
        ("text", "清好了"),
    ];
    let answer = press(&portal, &officer, &number, &early).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("清好了"), "what was typed stays");
    done(
        &portal,
        &officer,
        &number,
        &[("act", "arrive"), ("part", "1")],
    )
    .await;
    portal.fresh.clock.advance(Millis::days(3));
    let officer = portal.staff("officer-enforcement-appearance").await;
    let version = portal.case(&number).await.version.to_string();
    let fields = [
        ("act", "resolve"),
        ("outcome", "solved"),
        ("text", "清理后改为绿地"),
        ("version", version.as_str()),
    ];
    let target = format!("/desk/cases/{number}");
    let photo = picture(9, "");
    let answer = portal
        .post_photo(&officer, &target, &fields, ("a.png", &photo))
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let case = portal.case(&number).await;
    assert_eq!(case.state.outcome(), Some(Outcome::Solved));
    assert!(case.linked() && !case.joint());
    let promised = case
        .clocks
        .iter()
        .find(|clock| clock.part == Some(1) && clock.due == called.plus(Millis::days(4)));
    assert!(promised.is_some_and(|clock| clock.stopped.is_some() && !clock.stopped_late()));

    // Who did it does not check it; who is outside does, and closes it.
    let checked = [("act", "verify"), ("method", "on_site")];
    let own = press(&portal, &officer, &number, &checked).await;
    assert_eq!(own.status, 422);
    assert!(own.text().contains("轮不到您"), "{}", own.text());
    let secretary = portal.staff("secretary-xianggang").await;
    let checks = portal.get_as(&secretary, "/desk?list=checks").await.text();
    assert!(checks.contains(&number));
    done(&portal, &secretary, &number, &checked).await;
    done(&portal, &secretary, &number, &[("act", "close")]).await;
    assert_eq!(portal.case(&number).await.state.tag(), StateTag::Closed);

    // The public page tells it truthfully.
    let page = portal.get(&format!("/cases/{number}")).await.text();
    assert!(
        page.contains("部门报到") && page.contains("办好了"),
        "{page}"
    );
    assert!(
        !page.contains("等反映人说解决了没有"),
        "no resident filed it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_at_once_one_wins_and_the_other_sees_what_changed() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let (secretary, station) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("station-unit-06").await,
    );
    done(&portal, &secretary, &number, &[("act", "accept")]).await;
    let target = format!("/desk/cases/{number}");
    let late = [
        ("act", "update"),
        ("version", "1"),
        ("text", "还没有人看过"),
    ];
    let answer = portal.post(&station, &target, &late).await;
    assert_eq!(answer.status, 409);
    let text = answer.text();
    assert!(text.contains("别人刚动过这一件"), "{text}");
    assert!(
        text.contains("您打开以后新发生的") && text.contains("社区受理"),
        "{text}"
    );
    assert!(
        text.contains("还没有人看过</textarea>"),
        "what was typed stays: {text}"
    );
    assert_eq!(portal.case(&number).await.version, 2);

    // Many at once, on the very same version: exactly one goes through each time.
    for round in 0..25 {
        let version = portal.case(&number).await.version;
        let seen = version.to_string();
        let one = format!("甲 {round}");
        let two = format!("乙 {round}");
        let fields = |text| [("act", "note"), ("version", seen.as_str()), ("text", text)];
        let (first, second) = (fields(one.as_str()), fields(two.as_str()));
        let (a, b) = tokio::join!(
            portal.post(&secretary, &target, &first),
            portal.post(&station, &target, &second),
        );
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{round}");
        assert_eq!(portal.case(&number).await.version, version + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_others_is_not_there_by_any_door_of_the_desk() {
    let portal = Portal::open().await;
    let shot = portal.upload(KEY, &picture(9, "")).await.unwrap();
    let told =
        json!({ "visibility": "private", "photos": [shot], "contact": { "phone": "13812345678" } });
    let filed = portal.file(KEY, told).await;
    let own = portal.staff("secretary-xianggang").await;
    let target = format!("/desk/cases/{}", filed.number);
    let photo = format!("/cases/{}/photos/1", filed.number);
    // The addresses are right: its own secretary reads it, and the photo is nobody's to keep.
    let page = portal.get_as(&own, &target).await;
    assert!(page.text().contains("盲道"));
    assert_eq!(page.header("cache-control"), "no-store");
    let seen = portal.get_as(&own, &photo).await;
    assert_eq!(
        (seen.status, seen.header("cache-control")),
        (200, "private, no-store")
    );

    for login in [
        "secretary-huazhong",
        "officer-resources-land",
        "system",
        "security",
        "auditor",
    ] {
        let who = portal.staff(login).await;
        let nothing = portal.get_as(&who, "/desk/cases/261121-000000-0").await;
        let page = portal.get_as(&who, &target).await;
        assert_eq!((page.status, nothing.status), (404, 404), "{login}");
        assert_eq!(portal.get_as(&who, &photo).await.status, 404, "{login}");
        for fields in [
            &[("act", "accept"), ("version", "1")][..],
            &[("act", "note"), ("version", "1"), ("text", "x")],
            &[("act", "reveal"), ("reason", "想知道")],
        ] {
            let answer = portal.post(&who, &target, fields).await;
            assert_eq!(answer.status, 404, "{login} {fields:?}");
            assert!(!answer.text().contains("13812345678"));
        }
        for list in [
            "mine",
            "open",
            "ended",
            "release",
            "decisions",
            "checks",
            "reporter",
        ] {
            let asked = portal
                .get_as(&who, &format!("/desk?list={list}"))
                .await
                .text();
            assert!(!asked.contains(&filed.number), "{login} {list}");
        }
        let found = portal
            .get_as(&who, &format!("/desk?q={}", filed.number))
            .await
            .text();
        assert!(!found.contains(&target), "{login} by number");
        // Nor together with others.
        let pick = format!("{}:1", filed.number);
        let together = [
            ("act", "together"),
            ("verb", "accept"),
            ("pick", pick.as_str()),
        ];
        let answer = portal.post(&who, "/desk", &together).await;
        assert_eq!(answer.status, 409, "{login}");
        assert!(!answer.text().contains("盲道"));
    }
    assert_eq!(portal.case(&filed.number).await.version, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_how_to_reach_somebody_takes_a_reason_and_is_told_to_them() {
    let portal = Portal::open().await;
    let told = json!({ "contact": { "name": "陈", "phone": "13812345678", "may_call": true } });
    let filed = portal.file(KEY, told).await;
    let target = format!("/desk/cases/{}", filed.number);
    let secretary = portal.staff("secretary-xianggang").await;
    let page = portal.get_as(&secretary, &target).await.text();
    assert!(page.contains("反映人说可以打电话") && !page.contains("13812345678"));
    let answer = portal
        .post(&secretary, &target, &[("act", "reveal"), ("reason", " ")])
        .await;
    assert_eq!(answer.status, 422);
    assert!(!answer.text().contains("13812345678"));
    let reason = [("act", "reveal"), ("reason", "问清楚门牌号")];
    let answer = portal.post(&secretary, &target, &reason).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.text().contains("tel:13812345678"),
        "{}",
        answer.text()
    );
    // By name at the server, for whoever answers to the law for it.
    let number = filed.number.parse().unwrap();
    let saw = casework::look::who_saw(&portal.desk, number).await.unwrap();
    let reached: Vec<_> = saw.iter().filter(|look| look.what == "contact").collect();
    let [look] = reached[..] else {
        panic!("{saw:?}");
    };
    let login = look.person.as_ref().map(|(login, _)| login.as_str());
    assert_eq!(
        (login, look.reason.as_str()),
        (Some("secretary-xianggang"), "问清楚门牌号")
    );
    // And on the page of whoever audits the staff: who and when, and nothing of the case.
    let auditor = portal.staff("auditor").await;
    let log = portal.get_as(&auditor, "/desk/audit").await.text();
    let line = log
        .split("<li")
        .find(|line| line.contains("看了反映人的联系方式"));
    let line = line.unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains("secretary-xianggang"), "{line}");
    for secret in [filed.number.as_str(), "13812345678", "问清楚门牌号"] {
        assert!(!log.contains(secret), "{secret}");
    }
    // Not an officer who is not called, nor a supervisor.
    for login in ["supervisor", "commission"] {
        let who = portal.staff(login).await;
        let answer = portal.post(&who, &target, &reason).await;
        assert_eq!(answer.status, 403, "{login}");
        assert!(!answer.text().contains("13812345678"), "{login}");
    }
    let own = portal.track(&filed.code).await;
    let page = portal.get_as(&own, "/track").await.text();
    assert!(
        page.contains("联系方式") && page.contains("象岗社区"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_done_together_each_by_itself() {
    let portal = Portal::open().await;
    let mut numbers = Vec::new();
    for n in 0..3 {
        numbers.push(portal.file(&format!("{KEY}-{n}"), json!({})).await.number);
    }
    let secretary = portal.staff("secretary-xianggang").await;
    done(&portal, &secretary, &numbers[2], &[("act", "accept")]).await;
    let picks: Vec<String> = numbers.iter().map(|number| format!("{number}:1")).collect();
    let mut fields = vec![("act", "together"), ("verb", "accept")];
    fields.extend(picks.iter().map(|pick| ("pick", pick.as_str())));
    let answer = portal.post(&secretary, "/desk?list=open", &fields).await;
    assert_eq!(answer.status, 409);
    let text = answer.text();
    assert!(
        text.contains("办好 2 件") && text.contains("1 件没有办成"),
        "{text}"
    );
    assert!(text.contains("别人刚动过"), "{text}");
    for number in &numbers {
        assert_eq!(portal.case(number).await.state.tag(), StateTag::Accepted);
    }
    // What is missing is said, and what was picked stays picked.
    for (fields, why) in [
        (
            vec![("act", "together"), ("verb", "accept")],
            "先选中要办的几件",
        ),
        (
            vec![("act", "together"), ("pick", picks[0].as_str())],
            "选一下做什么",
        ),
        (
            vec![
                ("act", "together"),
                ("verb", "update"),
                ("pick", picks[0].as_str()),
            ],
            "写几句再发",
        ),
        // Only what makes sense for several.
        (
            vec![
                ("act", "together"),
                ("verb", "reject"),
                ("pick", picks[0].as_str()),
            ],
            "选一下做什么",
        ),
    ] {
        let answer = portal.post(&secretary, "/desk", &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.text().contains(why), "{fields:?}");
    }
}

/// Several cases are given to a colleague of the same office together; who they can be is asked with it.
#[tokio::test(flavor = "multi_thread")]
async fn several_are_given_to_a_colleague_together() {
    let portal = Portal::open().await;
    let secretary = portal.staff("secretary-xianggang").await;
    let mut picks = Vec::new();
    for no in 0..2 {
        let number = portal.file(&format!("{KEY}-{no}"), json!({})).await.number;
        done(&portal, &secretary, &number, &[("act", "take")]).await;
        picks.push(format!("{number}:{}", portal.case(&number).await.version));
    }
    let give = async |to: &str| {
        let mut fields = vec![("act", "together"), ("verb", "hand_over"), ("to", to)];
        fields.extend(picks.iter().map(|pick| ("pick", pick.as_str())));
        portal.post(&secretary, "/desk?list=open", &fields).await
    };
    let asked = give("").await;
    assert_eq!(asked.status, 422);
    let page = asked.text();
    assert!(page.contains("选一下交给谁"), "{page}");
    assert_eq!(
        page.matches("checked").count(),
        2,
        "what was picked stays so"
    );
    // The others of this office stand there, and nobody of another.
    let held = async |login: &str| {
        let mut reading = portal.desk.store.read().await.unwrap();
        let person = reading.person_by_login(login).await.unwrap().unwrap();
        let held = reading.appointments_of(&person.id).await.unwrap();
        held[0].no.0.to_string()
    };
    let (grid, other) = (
        held("grid-xianggang").await,
        held("secretary-huazhong").await,
    );
    let option = |no: &str| format!("<option value=\"{no}\"");
    assert!(page.contains(&option(&grid)) && !page.contains(&option(&other)));
    assert_eq!(give(&other).await.status, 422);
    let given = give(&grid).await;
    assert_eq!(given.status, 200, "{}", given.text());
    for pick in &picks {
        let number = pick.split(':').next().unwrap();
        let handler = portal.case(number).await.handler.unwrap();
        assert_eq!(handler.0.to_string(), grid);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_stands_beside_its_field_and_nothing_typed_is_lost() {
    let portal = Portal::open().await;
    let number = portal.file(KEY, json!({})).await.number;
    let secretary = portal.staff("secretary-xianggang").await;
    done(&portal, &secretary, &number, &[("act", "accept")]).await;
    let call = [
        ("act", "call"),
        ("class", "emergency"),
        ("support", "resources-land"),
        ("due", "until"),
        ("until", "the day after tomorrow"),
        ("text", "</textarea><script>alert(1)</script>"),
    ];
    let answer = press(&portal, &secretary, &number, &call).await;
    assert_eq!(answer.status, 422);
    let text = answer.text();
    assert!(
        text.contains("href=\"#do-call-lead\"") && text.contains("id=\"do-call-lead\""),
        "{text}"
    );
    assert!(
        text.contains("id=\"do-call-until-error\"") && text.contains("日期写成 2026-12-31 这样")
    );
    assert!(text.contains("value=\"the day after tomorrow\""));
    assert!(
        text.contains("value=\"emergency\" checked")
            || text.contains("checked value=\"emergency\""),
        "{text}"
    );
    assert!(!text.contains("<script>alert"), "{text}");
    assert_eq!(portal.case(&number).await.version, 2);

    // The rules say why, in words, where the form stands.
    let call = [
        ("act", "call"),
        ("class", "hard_problem"),
        ("lead", "enforcement-appearance"),
        ("due", "until"),
        ("until", "2020-01-01"),
        ("text", "清理"),
    ];
    let answer = press(&portal, &secretary, &number, &call).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("日期要在现在以后"),
        "{}",
        answer.text()
    );
    // What nobody types is nothing.
    for act in ["join", "end_waiting", "nonsense", ""] {
        let answer = press(&portal, &secretary, &number, &[("act", act)]).await;
        assert_eq!(answer.status, 404, "{act}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fixed_on_the_spot_is_filed_and_done_in_one_step() {
    let portal = Portal::open().await;
    let grid = portal.staff("grid-xianggang").await;
    let fields = [
        ("category", "illegal-dumping"),
        ("community", COMMUNITY),
        ("description", "巷口有一堆装修垃圾。"),
        ("fixed", "yes"),
        ("fixed-text", "叫人当场清走了。"),
        ("key", KEY),
    ];
    let bare = portal.post(&grid, "/desk/file", &fields).await;
    assert_eq!(bare.status, 422);
    assert!(
        bare.text().contains("还缺：办好以后的照片"),
        "{}",
        bare.text()
    );
    assert!(bare.text().contains("叫人当场清走了。</textarea>"));
    let photo = picture(7, "");
    let filed = portal
        .post_photo(&grid, "/desk/file", &fields, ("a.png", &photo))
        .await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    let number = filed
        .header("location")
        .split('=')
        .nth(1)
        .unwrap()
        .to_owned();
    let case = portal.case(&number).await;
    assert_eq!(case.state.outcome(), Some(Outcome::Solved));
    assert!(case.evidence.contains(&EvidenceKind::PhotoAfter) || case.photos == 1);
    // Elsewhere they may not file.
    let elsewhere = [
        ("category", "illegal-dumping"),
        ("community", "330383198094"),
        ("description", "巷口有一堆装修垃圾。"),
        ("key", "another-key-of-the-tests-of-the-desk"),
    ];
    let answer = portal.post(&grid, "/desk/file", &elsewhere).await;
    assert_eq!(answer.status, 403);
}

/// Told to the wrong community: it goes to the right one at once, with its clocks, its figures and its
/// reporter, and is gone from the first one's desk.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_another_community_goes_there() {
    let portal = Portal::open().await;
    let filed = portal.file(KEY, json!({ "visibility": "private" })).await;
    let number = &filed.number;
    let (secretary, there) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("secretary-huazhong").await,
    );
    let target = format!("/desk/cases/{number}");
    assert_eq!(portal.get_as(&there, &target).await.status, 404);
    let promised = portal.case(number).await.clocks;
    let bare = [("act", "move"), ("community", ""), ("text", "")];
    let answer = press(&portal, &secretary, number, &bare).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("id=\"do-move-community-error\""),
        "{}",
        answer.text()
    );
    let fields = [
        ("act", "move"),
        ("community", "330383198094"),
        ("text", "路口在华中社区"),
    ];
    let answer = press(&portal, &secretary, number, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location"), "/desk?done=move");
    let list = portal.get_as(&secretary, "/desk?done=move").await.text();
    assert!(
        list.contains("已记下：转给别的社区") && !list.contains(number.as_str()),
        "{list}"
    );
    assert_eq!(portal.get_as(&secretary, &target).await.status, 404);
    let photo = format!("/cases/{number}/photos/1");
    assert_eq!(portal.get_as(&secretary, &photo).await.status, 404);

    let page = portal.get_as(&there, &target).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("路口在华中社区"));
    for list in ["/desk", "/desk?list=open"] {
        assert!(
            portal
                .get_as(&there, list)
                .await
                .text()
                .contains(number.as_str()),
            "{list}"
        );
    }
    let case = portal.case(number).await;
    for (before, after) in promised.iter().zip(&case.clocks) {
        assert_eq!((before.due, before.id), (after.due, after.id));
    }
    let own = portal.track(&filed.code).await;
    let page = portal.get_as(&own, "/track").await.text();
    assert!(
        page.contains("转给事发地的社区") && page.contains("路口在华中社区"),
        "{page}"
    );
}
