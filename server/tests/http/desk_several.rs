//! Departments called to several cases at once, by forms alone.

use domain::case::StateTag;
use serde_json::json;

use crate::portal::{Answer, Portal, fields};

const KEY: &str = "a-key-of-the-tests-of-several";
const WHAT: &str = "把摊位挪走，</textarea>盲道让出来";

/// Cases told to 象岗社区, and their numbers.
async fn told(portal: &Portal, cases: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for no in 0..cases {
        let draft = json!({ "category": "published-error" });
        numbers.push(portal.file(&format!("{KEY}-{no}"), draft).await.number);
    }
    numbers
}

async fn picks(portal: &Portal, numbers: &[String]) -> Vec<String> {
    let mut picks = Vec::new();
    for number in numbers {
        picks.push(format!("{number}:{}", portal.case(number).await.version));
    }
    picks
}

/// Posts cases with other fields to the worklist.
async fn post(portal: &Portal, who: &str, picks: &[String], more: &[(&str, &str)]) -> Answer {
    let mut fields: Vec<(&str, &str)> = more.to_vec();
    fields.extend(picks.iter().map(|pick| ("pick", pick.as_str())));
    portal.post(who, "/desk?list=open", &fields).await
}

/// The form of the call, and its key.
async fn begin(portal: &Portal, who: &str, picks: &[String]) -> (String, String) {
    let begin = [("act", "together"), ("verb", "call"), ("text", WHAT)];
    let answer = post(portal, who, picks, &begin).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.text();
    let key = fields(&page, "key").remove(0);
    (page, key)
}

fn call(key: &str) -> Vec<(&str, &str)> {
    vec![
        ("act", "call-together"),
        ("key", key),
        ("class", "hard_problem"),
        ("lead", "enforcement-appearance"),
        ("support", "resources-land"),
        ("due", "within"),
        ("amount", "4"),
        ("unit_of_time", "days"),
        ("text", WHAT),
    ]
}

fn checked(page: &str) -> usize {
    let picks = page.split("<input").filter(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        tag.contains("name=\"pick\"") && tag.contains("checked")
    });
    picks.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_called_for_with_one_form_and_sent_again_once() {
    let portal = Portal::open().await;
    let numbers = told(&portal, 3).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let picked = picks(&portal, &numbers).await;
    let (page, key) = begin(&portal, &secretary, &picked).await;
    // The cases, the register's entry for all of them, and what was written in the list.
    assert_eq!(checked(&page), 3);
    assert!(page.contains("published-error-1"), "{page}");
    assert!(
        page.contains("把摊位挪走，&lt;/textarea&gt;盲道让出来"),
        "{page}"
    );
    for _ in 0..2 {
        let answer = post(&portal, &secretary, &picked, &call(&key)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.text().contains("办好 3 件"), "{}", answer.text());
    }
    for number in &numbers {
        let case = portal.case(number).await;
        assert_eq!(case.state.tag(), StateTag::Dispatched);
        let parts: Vec<_> = case.parts.iter().map(|part| part.unit.as_str()).collect();
        assert_eq!(parts, ["enforcement-appearance", "resources-land"]);
    }
    let officer = portal.staff("officer-enforcement-appearance").await;
    let list = portal.get_as(&officer, "/desk").await.text();
    assert!(numbers.iter().all(|number| list.contains(number)), "{list}");
    // The same form with something else in it is not done, and nobody is called twice.
    let mut other = call(&key);
    other[3] = ("lead", "safety-fire");
    let answer = post(&portal, &secretary, &picked, &other).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("当时写的已经照办了"));
    assert_eq!(portal.case(&numbers[0]).await.parts.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_of_a_call_for_several_stands_beside_its_field() {
    let portal = Portal::open().await;
    let numbers = told(&portal, 2).await;
    let secretary = portal.staff("secretary-xianggang").await;
    let picked = picks(&portal, &numbers).await;
    let (_, key) = begin(&portal, &secretary, &picked).await;
    let typed = [
        ("act", "call-together"),
        ("key", key.as_str()),
        ("among", picked[0].as_str()),
        ("among", picked[1].as_str()),
        ("support", "resources-land"),
        ("due", "until"),
        ("until", "after the feast"),
        ("text", WHAT),
    ];
    let answer = post(&portal, &secretary, &picked[..1], &typed).await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    for field in ["class", "lead", "until"] {
        assert!(
            page.contains(&format!("href=\"#do-call-{field}\"")),
            "{field}: {page}"
        );
        assert!(
            page.contains(&format!("id=\"do-call-{field}\"")),
            "{field}: {page}"
        );
    }
    assert!(page.contains("value=\"after the feast\""), "{page}");
    assert!(page.contains("盲道让出来"), "{page}");
    assert_eq!(fields(&page, "key"), [key.as_str()], "the key stays");
    // What was left out stands there to be taken in again.
    assert_eq!((checked(&page), fields(&page, "among").len()), (1, 2));
    // Nothing picked.
    let answer = post(&portal, &secretary, &[], &typed).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("href=\"#do-call-pick\""));
    let none = [("act", "together"), ("verb", "call")];
    let answer = post(&portal, &secretary, &[], &none).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("先选中要办的几件"));
    // A key that is none is no form of ours.
    let mut bad = call("short");
    bad[1] = ("key", "short");
    let answer = post(&portal, &secretary, &picked, &bad).await;
    assert_eq!(answer.status, 400);
    for number in &numbers {
        assert_eq!(portal.case(number).await.version, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_second_reads_what_changed_and_goes_on() {
    let portal = Portal::open().await;
    let numbers = told(&portal, 2).await;
    let (secretary, station) = (
        portal.staff("secretary-xianggang").await,
        portal.staff("station-unit-06").await,
    );
    let picked = picks(&portal, &numbers).await;
    let (_, key) = begin(&portal, &secretary, &picked).await;
    let (_, theirs) = begin(&portal, &station, &picked[1..]).await;
    let first = post(&portal, &station, &picked[1..], &call(&theirs)).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let mut typed = call(&key);
    typed[3] = ("lead", "safety-fire");
    let second = post(&portal, &secretary, &picked, &typed).await;
    assert_eq!(second.status, 409);
    let page = second.text();
    assert!(
        page.contains("办好 1 件") && page.contains("1 件没有办成"),
        "{page}"
    );
    assert!(
        page.contains("别人先动了") && page.contains("社区吹哨"),
        "{page}"
    );
    // Theirs is what stands; what the second wrote is still there, under a key of its own, picked by nobody.
    let units = |case: domain::case::Case| case.parts[0].unit.to_string();
    let stands = portal.case(&numbers[1]).await;
    assert_eq!(units(stands), "enforcement-appearance");
    assert!(page.contains("盲道让出来") && checked(&page) == 0, "{page}");
    let again = fields(&page, "key").remove(0);
    assert_ne!(again, key);
    // As it stands now it has a lead.
    let picked = picks(&portal, &numbers[1..]).await;
    let mut typed = call(&again);
    typed[3] = ("lead", "safety-fire");
    let refused = post(&portal, &secretary, &picked, &typed).await;
    assert_eq!(refused.status, 409);
    let page = refused.text();
    assert!(
        page.contains("只能有一个部门牵头") && checked(&page) == 1,
        "{page}"
    );
}

/// Nothing of a case is told to whoever may not call for it, not even that it is there.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_theirs_is_told_as_what_is_not_there() {
    let portal = Portal::open().await;
    let draft = json!({ "visibility": "private" });
    let number = portal.file(KEY, draft).await.number;
    let picked = [format!("{number}:1")];
    let nothing = ["261121-000000-1:1".to_owned()];
    for login in [
        "secretary-huazhong",
        "officer-resources-land",
        "editor",
        "system",
        "security",
        "auditor",
    ] {
        let who = portal.staff(login).await;
        let mut told = Vec::new();
        for picked in [&picked, &nothing] {
            let begin = [("act", "together"), ("verb", "call"), ("text", WHAT)];
            let form = post(&portal, &who, picked, &begin).await;
            assert_eq!(form.status, 200, "{login}");
            assert!(!form.text().contains("占住了盲道"), "{login}");
            let answer = post(&portal, &who, picked, &call("a-key-of-whoever-has-none")).await;
            told.push((form.text(), answer.status, answer.text()));
        }
        assert_eq!((told[0].1, told[1].1), (409, 409), "{login}");
        for (of, text) in [(&told[0].0, &told[1].0), (&told[0].2, &told[1].2)] {
            let plain = |page: &str| {
                let page = page.replace(&number, "").replace("261121-000000-1", "");
                let keys = fields(&page, "key");
                keys.iter().fold(page, |page, key| page.replace(key, ""))
            };
            assert_eq!(plain(of), plain(text), "{login}");
        }
    }
    assert_eq!(portal.case(&number).await.version, 1);
}
