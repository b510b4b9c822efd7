//! `huiyin who-saw` as whoever answers to the law runs it, beside the running server (security.md B7).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::time::Millis;
use serde_json::json;

use crate::binary::{huiyin, run};
use crate::portal::Portal;

const KEY: &str = "a-key-of-the-who-saw-tests";
const PHONE: &str = "13812345678";

/// What the command says of a number: exit code, lines, complaint.
async fn asked(portal: &Portal, number: &str) -> (i32, Vec<String>, String) {
    let folder = portal.desk.store.data_dir().to_owned();
    let number = number.to_owned();
    let ran = tokio::task::spawn_blocking(move || {
        let data = folder.display().to_string();
        run(&mut huiyin(
            &folder,
            &["who-saw", &number, "--data-dir", &data],
        ))
    });
    let (code, out, errors) = ran.await.unwrap();
    (code, out.lines().map(str::to_owned).collect(), errors)
}

/// The moment and the person as a line begins with them: `2026-11-21 09:06 · 王芳 (wang.fang) · 象岗社区`.
async fn who(portal: &Portal, login: &str) -> String {
    let person = portal.person(login).await;
    let mut reading = portal.desk.store.read().await.unwrap();
    let name = reading.person_by_login(login).await.unwrap().unwrap().name;
    let held = reading.appointments_of(&person).await.unwrap();
    let city = &portal.desk.city;
    let office = portal.desk.office_name(&held[0].home, city.default_lang);
    let now = city.time.civil(portal.desk.now());
    let (hour, minute) = (now.minute / 60, now.minute % 60);
    format!(
        "{} {hour:02}:{minute:02} · {name} ({login}) · {office}",
        now.date
    )
}

/// One command names every view, print and reveal, everything that was taken out and handed on, with
/// person and time; and says nothing of what the case is about.
#[tokio::test(flavor = "multi_thread")]
async fn every_look_is_printed_with_person_and_time() {
    let portal = Portal::open().await;
    server::control::listen(&portal.desk).unwrap();
    let told = json!({ "visibility": "private", "contact": { "phone": PHONE } });
    let filed = portal.file(KEY, told).await;
    portal.seed().await;
    let (code, lines, errors) = asked(&portal, &filed.number).await;
    assert_eq!((code, lines.len()), (0, 0), "nobody looked: {lines:?}");
    assert!(errors.ends_with("0 looks\n"), "{errors}");
    let (login, officer) = ("secretary-xianggang", "officer-enforcement-appearance");
    let secretary = portal.staff(login).await;
    let target = format!("/desk/cases/{}", filed.number);
    let mut expected = Vec::new();
    let later = || portal.fresh.clock.advance(Millis::minutes(2));

    assert_eq!(portal.get_as(&secretary, &target).await.status, 200);
    expected.push(format!("{} · story · ", who(&portal, login).await));
    later();
    // A reason of several lines is one line here, or it could look like a look of somebody else.
    let reason = "问门牌号\n2026-01-01 00:00 · 别人";
    let reveal = [("act", "reveal"), ("reason", reason)];
    let answer = portal.post(&secretary, &target, &reveal).await;
    assert!(answer.text().contains(PHONE));
    let line = "问门牌号 2026-01-01 00:00 · 别人";
    expected.push(format!("{} · contact · {line}", who(&portal, login).await));
    later();
    let paper = portal.get_as(&secretary, "/desk/morning").await;
    assert!(paper.text().contains(&filed.number));
    expected.push(format!("{} · print · ", who(&portal, login).await));
    later();
    let firm = portal.engaged(&filed.number).await;
    let lang = portal.desk.city.default_lang;
    let case = portal.case(&filed.number).await;
    let module = portal.desk.module_name(&case.parts[0].unit, lang);
    let by = who(&portal, login).await;
    expected.push(format!("{by} · passed to {module} · "));
    let code = &case.engagements[0].contractor;
    let mut firms = portal.desk.city.contractors.iter();
    let name = firms.find(|firm| firm.code == *code).unwrap();
    let name = name.names.get(lang).to_owned();
    let by = who(&portal, officer).await;
    expected.push(format!("{by} · passed to {name} · "));
    later();
    assert_eq!(portal.get(&firm).await.status, 200);
    let by = who(&portal, officer).await;
    let moment = by.split(" · ").next().unwrap();
    expected.push(format!("{moment} · a firm by its link · {name} · story · "));

    let (code, lines, errors) = asked(&portal, &filed.number).await;
    assert_eq!(code, 0, "{errors}");
    for line in &expected {
        assert!(lines.contains(line), "{line:?} is not in {lines:#?}");
    }
    assert!(
        errors.ends_with(&format!("{} looks\n", lines.len())),
        "{errors}"
    );
    assert!(lines.is_sorted_by_key(|line| line.get(..16).map(str::to_owned)));
    let all = lines.join("\n");
    for secret in [PHONE, "盲道", "东南角", filed.code.as_str()] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }

    for (number, said) in [
        ("261121-000000-0", "not"),
        ("whatever", "not a case number"),
    ] {
        let (code, lines, errors) = asked(&portal, number).await;
        assert_eq!((code, lines.len()), (1, 0), "{number}");
        assert!(errors.contains(said), "{number}: {errors}");
    }
}
