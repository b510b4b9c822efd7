//! Departments called to several cases at once: each is decided by itself, and no case is called for twice.

use std::sync::Arc;

use casework::{
    act,
    file::{FiledCase, FilingKey},
    worklist::several::{self, Came, Pick, Ready, Typed, together},
};
use domain::{
    access::Viewer,
    case::StateTag,
    decide::{
        Act, Refusal,
        typed::{Amiss, Wrong},
    },
    event::Fact,
    ids::CaseId,
    lang::Lang,
    reference::CaseNumber,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::{call, called, told},
    posts::{SECRETARY, STATION, staff},
    told::draft,
    town::{HUAZHONG, Town},
};

const LANG: Lang = Lang::ZhHans;
const APPEARANCE: &str = "enforcement-appearance";
const LAND: &str = "resources-land";

fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let all = all.iter();
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A call of one unit to lead, in four days.
fn by_hand(lead: &str) -> Vec<(String, String)> {
    fields(&[
        ("class", "hard_problem"),
        ("lead", lead),
        ("due", "within"),
        ("amount", "4"),
        ("unit_of_time", "days"),
    ])
}

/// A case as it stands, picked.
async fn pick(town: &Town, filed: &FiledCase) -> Pick {
    Pick {
        number: filed.number,
        version: town.case(filed.case).await.version,
    }
}

async fn read(
    town: &Town,
    who: &Viewer,
    key: &FilingKey,
    picks: &[Pick],
    fields: &[(String, String)],
) -> Result<Ready, Vec<Amiss>> {
    let typed = Typed {
        key,
        fields,
        text: Some("摊位挪走，盲道让出来"),
    };
    several::ready(&town.desk, who, picks, typed, LANG)
        .await
        .unwrap()
}

/// Reads and calls, as the form does.
async fn calls(
    town: &Town,
    who: &Viewer,
    key: &FilingKey,
    picks: &[Pick],
    fields: &[(String, String)],
) -> Vec<Came> {
    let ready = read(town, who, key, picks, fields).await;
    let came = ready.unwrap().call(&town.desk, who).await.unwrap();
    came.into_iter().map(|(_, came)| came).collect()
}

/// How often departments were called to a case.
async fn times(town: &Town, case: CaseId) -> usize {
    let mut reading = town.desk.store.read().await.unwrap();
    let events = reading.events(&town.case(case).await).await.unwrap();
    let called = events.iter().map(|recorded| &recorded.event.fact);
    called
        .filter(|fact| matches!(fact, Fact::Called { .. }))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_several_is_decided_by_itself() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let secretary = staff(SECRETARY);
        let public = Visibility::Public;
        let (plain, led, ended) = (
            told(&town, public).await,
            told(&town, public).await,
            told(&town, public).await,
        );
        let first = call(vec![called(LAND, true)]);
        town.does(&secretary, led.case, first).await;
        let reporter = crate::told::who_filed(&ended);
        town.does(&reporter, ended.case, Act::Withdraw).await;
        let elsewhere = |visibility: &str| domain::draft::Draft {
            community: HUAZHONG.to_owned(),
            visibility: visibility.to_owned(),
            ..draft()
        };
        let (open, shut) = (
            town.files(&elsewhere("public")).await,
            town.files(&elsewhere("private")).await,
        );
        let nothing = Pick {
            number: CaseNumber::new(domain::time::parse_date("2026-11-23").unwrap(), 999_999),
            version: 1,
        };
        let mut picks = Vec::new();
        for filed in [&plain, &led, &ended, &open, &shut] {
            picks.push(pick(&town, filed).await);
        }
        picks.push(nothing);
        let came = calls(&town, &secretary, &town.key(), &picks, &by_hand(APPEARANCE)).await;
        assert!(
            matches!(
                came[..],
                [
                    Came::Called,
                    Came::Refused(Refusal::OneLead),
                    Came::Refused(Refusal::NotNow { .. }),
                    Came::NotTheirs,
                    Came::NotTheirs,
                    Came::NotTheirs,
                ]
            ),
            "{came:?}"
        );
        // As a call of one case is: with its acceptance, its parts and its words.
        let case = town.case(plain.case).await;
        assert_eq!(case.state.tag(), StateTag::Dispatched);
        assert_eq!((case.parts.len(), case.parts[0].lead), (1, true));
        let story = town.sees(&secretary, plain.case).await;
        assert!(crate::told::says(&story, "摊位挪走，盲道让出来"));
        for (filed, called) in [(&led, 1), (&ended, 0), (&open, 0), (&shut, 0)] {
            assert_eq!(times(&town, filed.case).await, called);
        }
        // Whoever may not call, calls nowhere.
        for who in ["editor", "supervisor", "appearance officer", "auditor"] {
            let other = told(&town, public).await;
            let picked = [pick(&town, &other).await];
            let fields = by_hand(APPEARANCE);
            let came = calls(&town, &staff(who), &town.key(), &picked, &fields).await;
            assert_eq!(came, [Came::NotTheirs], "{who}");
            assert_eq!(town.case(other.case).await.version, picked[0].version);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_amiss_for_all_is_of_the_form_and_for_some_is_theirs() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let secretary = staff(SECRETARY);
        let (plain, led) = (
            told(&town, Visibility::Public).await,
            told(&town, Visibility::Public).await,
        );
        let first = call(vec![called(APPEARANCE, true)]);
        town.does(&secretary, led.case, first).await;
        let picks = [pick(&town, &plain).await, pick(&town, &led).await];
        let amiss = |field, what| Amiss { field, what };
        let empty = read(&town, &secretary, &town.key(), &picks, &[]).await;
        let Err(wrong) = empty else {
            panic!("nothing was typed");
        };
        assert_eq!(wrong, [amiss("class", Wrong::Missing)], "{wrong:?}");
        // Who leads is missing only where nobody does.
        let more = fields(&[
            ("class", "joint_enforcement"),
            ("support", LAND),
            ("due", "policy"),
        ]);
        let came = calls(&town, &secretary, &town.key(), &picks, &more).await;
        let lead = amiss("lead", Wrong::Missing);
        assert_eq!(came, [Came::Amiss(vec![lead]), Came::Called]);
        assert_eq!(times(&town, plain.case).await, 0);
        assert_eq!(town.case(led.case).await.parts.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_again_calls_nobody_twice() {
    each_engine(|fresh| async move {
        let town = Arc::new(Town::new(fresh));
        town.at("2026-11-23T09:00");
        let secretary = staff(SECRETARY);
        let (one, two) = (
            told(&town, Visibility::Public).await,
            told(&town, Visibility::Public).await,
        );
        // By the register: read again, these fields would find its units called already.
        let offered = together(&town.desk, &secretary, &[one.number, two.number], LANG).await;
        let offered = offered.unwrap();
        assert_eq!(offered.lines.len(), 2);
        let duty = offered.duties[0].code.clone();
        let typed = fields(&[
            ("class", "hard_problem"),
            ("duty", &duty),
            ("due", "policy"),
        ]);
        let (key, picks) = (
            town.key(),
            vec![pick(&town, &one).await, pick(&town, &two).await],
        );
        // Six tries at once, of a phone that never hears an answer.
        let tries = (0..6).map(|_| {
            let (town, who, key) = (Arc::clone(&town), secretary.clone(), key.clone());
            let (picks, typed) = (picks.clone(), typed.clone());
            tokio::spawn(async move { calls(&town, &who, &key, &picks, &typed).await })
        });
        for came in futures::future::join_all(tries).await {
            let came = came.unwrap();
            assert!(
                came.iter().all(|came| *came == Came::Called),
                "each is told that it is done: {came:?}"
            );
        }
        // Long after, when a unit has begun.
        let case = town.case(one.case).await;
        let lead = case.parts.iter().find(|part| part.lead).unwrap();
        assert!(!lead.returned);
        let again = calls(&town, &secretary, &key, &picks, &typed).await;
        assert_eq!(again, [Came::Called, Came::Called]);
        // The key is of this call alone.
        let other = calls(&town, &secretary, &key, &picks, &by_hand(LAND)).await;
        assert_eq!(other, [Came::SentBefore, Came::SentBefore]);
        for filed in [&one, &two] {
            assert_eq!(times(&town, filed.case).await, 1);
        }
        // And tells nothing to whoever has found it.
        let stranger = staff("secretary of 华中");
        let came = calls(&town, &stranger, &key, &picks, &by_hand(LAND)).await;
        let told = |came: &Came| matches!(came, Came::NotTheirs | Came::SentBefore);
        assert!(came.iter().all(told), "{came:?}");
        town.desk
            .store
            .verify(|_| {})
            .await
            .expect("the book is whole");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_call_at_once_one_wins_and_the_other_is_told_what_changed() {
    each_engine(|fresh| async move {
        let town = Arc::new(Town::new(fresh));
        town.at("2026-11-23T09:00");
        let mut filed = Vec::new();
        let mut picks = Vec::new();
        for _ in 0..3 {
            let case = told(&town, Visibility::Public).await;
            picks.push(pick(&town, &case).await);
            filed.push(case);
        }
        let at_once = [(SECRETARY, APPEARANCE), (STATION, LAND)].map(|(who, lead)| {
            let (town, picks) = (Arc::clone(&town), picks.clone());
            tokio::spawn(async move {
                calls(&town, &staff(who), &town.key(), &picks, &by_hand(lead)).await
            })
        });
        let mut came = Vec::new();
        for one in futures::future::join_all(at_once).await {
            came.push(one.unwrap());
        }
        for (no, filed) in filed.iter().enumerate() {
            let of_case = [&came[0][no], &came[1][no]];
            let won = of_case.iter().position(|came| **came == Came::Called);
            let won = won.unwrap_or_else(|| panic!("nobody won: {of_case:?}"));
            let Came::Changed { version, news } = of_case[1 - won] else {
                panic!("the other is told: {of_case:?}");
            };
            let case = town.case(filed.case).await;
            assert_eq!(*version, case.version);
            let called = news
                .iter()
                .any(|entry| matches!(entry.fact, Fact::Called { .. }));
            assert!(called, "{news:?}");
            // What the winner wrote is what stands.
            let lead = [APPEARANCE, LAND][won];
            let units: Vec<_> = case.parts.iter().map(|part| part.unit.as_str()).collect();
            assert_eq!(units, [lead]);
            assert_eq!(times(&town, filed.case).await, 1);
        }
    })
    .await;
}

/// A case that somebody changed is not called for by what was typed before; whoever picks it as it stands now
/// may go on.
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_second_goes_on_once_they_have_seen_it() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let secretary = staff(SECRETARY);
        let filed = told(&town, Visibility::Public).await;
        let picked = [pick(&town, &filed).await];
        town.does(
            &staff(STATION),
            filed.case,
            Act::Note.saying("已经去过电话"),
        )
        .await;
        let typed = by_hand(APPEARANCE);
        let came = calls(&town, &secretary, &town.key(), &picked, &typed).await;
        let [Came::Changed { version, news }] = &came[..] else {
            panic!("{came:?}");
        };
        assert!(matches!(news[0].fact, Fact::Noted {}), "{news:?}");
        assert_eq!(news[0].text.as_deref(), Some("已经去过电话"));
        let picked = [Pick {
            number: filed.number,
            version: *version,
        }];
        let came = calls(&town, &secretary, &town.key(), &picked, &typed).await;
        assert_eq!(came, [Came::Called]);
        // A case done meanwhile by a plain act of one is told apart from it too.
        let late = act::act(
            &town.desk,
            &secretary,
            filed.case,
            Some(*version),
            call(vec![called(LAND, true)]),
        );
        assert!(late.await.is_err());
    })
    .await;
}
