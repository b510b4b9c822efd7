//! What goes to a body outside: where it went is said apart, and its answer is waited for.

use std::collections::BTreeSet;

use casework::{
    act, look, supervision, tell,
    views::Total,
    worklist::{self, Asked, List, Worklist},
};
use domain::{
    access::Viewer,
    decide::{
        Act, CallDue,
        typed::{Amiss, Wrong},
    },
    event::{Fact, PassedOn},
    ids::CaseId,
    lang::Lang,
    text::{Basis, BodyName},
    time::{Millis, Timestamp},
    verb::Verb,
};
use store::testing::each_engine;

use crate::{
    matter::{LEAD, Stand, call, called, prepare, transfer},
    posts::{GRID, SECRETARY, STATION, staff},
    told::plain_draft,
    town::Town,
};

const OUTSIDE: &str = "市外某机构";

async fn list(town: &Town, who: &Viewer, asked: Asked) -> Worklist {
    let asked = Asked {
        list: List::Elsewhere,
        ..asked
    };
    worklist::page(&town.desk, who, asked, Lang::ZhHans)
        .await
        .unwrap()
}

async fn held(town: &Town, who: &str) -> usize {
    list(town, &staff(who), Asked::default()).await.items.len()
}

/// Files a case that is gone to a body outside, which has until then.
async fn gone(town: &Town, due: Timestamp) -> CaseId {
    let filed = town.files(&plain_draft()).await;
    town.does(&staff(STATION), filed.case, transfer(due)).await;
    filed.case
}

/// To whom, by what right and until when stand apart for everybody who reads of the case: its people at
/// once, the public once its words are out, and as the redaction put it where one was made.
#[tokio::test(flavor = "multi_thread")]
async fn where_it_went_and_by_what_right_is_told_to_who_reads_the_case() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Accepted).await;
        let due = town.desk.now().plus(Millis::days(15));
        let act = transfer(due).saying("请直接联系他们");
        town.does(&staff(STATION), matter.id, act).await;
        let on = PassedOn {
            to: OUTSIDE.to_owned(),
            basis: "职责清单第三条".to_owned(),
        };
        let told = async |who: &Viewer| {
            let story = town.sees(who, matter.id).await;
            let entries = story.timeline.into_iter();
            let mut went = entries.filter(|it| matches!(it.fact, Fact::TransferredOut { .. }));
            let went = went.next().unwrap();
            let passed = story.passed.unwrap();
            assert_eq!(passed.due, due);
            assert_eq!(
                passed.on, went.passed,
                "above and in the story it is the same"
            );
            (went.passed, went.text)
        };
        let whole = (Some(on), Some("请直接联系他们".to_owned()));
        let nothing = (None, None);
        for who in [&matter.reporter, &matter.me_too, &staff(SECRETARY)] {
            assert_eq!(told(who).await, whole);
        }
        assert_eq!(told(&Viewer::Anonymous).await, nothing, "its words wait");
        town.does(&staff("editor"), matter.id, Act::Publish).await;
        assert_eq!(told(&Viewer::Anonymous).await, whole);
        let version = town.case(matter.id).await.version - 1;
        let redact = Act::Redact { version }.saying("转给了有权办的单位");
        town.does(&staff(SECRETARY), matter.id, redact).await;
        let instead = (None, Some("转给了有权办的单位".to_owned()));
        assert_eq!(told(&Viewer::Anonymous).await, instead);
        assert_eq!(told(&matter.me_too).await, instead);
        assert_eq!(told(&matter.reporter).await, whole);
        assert_eq!(told(&staff(STATION)).await, whole);
    })
    .await;
}

/// Each of the three is asked for by itself, and told apart when it will not do.
#[tokio::test(flavor = "multi_thread")]
async fn destination_basis_and_limit_are_each_asked_for() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Accepted).await;
        let number = town.case(matter.id).await.number;
        let read = async |fields: &[(&str, &str)]| {
            let fields = fields.iter();
            let fields: Vec<(String, String)> = fields
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            let (desk, station) = (&town.desk, staff(STATION));
            act::read(desk, &station, number, Verb::TransferOut, fields.as_slice())
                .await
                .unwrap()
        };
        let all = ["destination", "basis", "until"];
        let missing = all.map(|field| Amiss {
            field,
            what: Wrong::Missing,
        });
        assert_eq!(read(&[]).await, Err(missing.to_vec()));
        let blank = [("destination", " \u{3000}"), ("basis", "\n"), ("until", "")];
        assert_eq!(read(&blank).await, Err(missing.to_vec()));
        let (long, longer) = ("某".repeat(61), "法".repeat(121));
        let wrong = [
            ("destination", long.as_str()),
            ("basis", longer.as_str()),
            ("until", "月底"),
        ];
        let amiss = read(&wrong).await.unwrap_err();
        let amiss: Vec<_> = amiss.into_iter().map(|it| (it.field, it.what)).collect();
        let wanted = [
            ("destination", Wrong::TooLong(60)),
            ("basis", Wrong::TooLong(120)),
            ("until", Wrong::NotADate),
        ];
        assert_eq!(amiss, wanted);
        let unseen = [
            ("destination", "某\u{7}机构"),
            ("basis", "法"),
            ("until", "2026-12-20"),
        ];
        let amiss = read(&unseen).await.unwrap_err();
        assert_eq!(
            (amiss[0].field, amiss[0].what),
            ("destination", Wrong::Control)
        );
        let good = [
            ("destination", " 市外某机构 "),
            ("basis", "职责清单第三条"),
            ("until", "2026-12-20"),
        ];
        let act = read(&good).await.unwrap();
        let Act::TransferOut {
            destination, basis, ..
        } = &act
        else {
            panic!("{act:?}");
        };
        assert_eq!(*destination, BodyName::new(OUTSIDE).unwrap());
        assert_eq!(*basis, Basis::new("职责清单第三条").unwrap());
        town.does(&staff(STATION), matter.id, act).await;
    })
    .await;
}

/// What waits for an answer from outside is listed by its day, for those whose cases they are, until the
/// answer is told.
#[tokio::test(flavor = "multi_thread")]
async fn what_went_out_is_listed_by_its_day_until_it_is_answered() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let begin = town.desk.now();
        let page = i64::from(worklist::PAGE);
        let mut waiting = Vec::new();
        for n in 0..page + 2 {
            // The last to go is the first that is due.
            let due = begin.plus(Millis::days(60 - n));
            waiting.push((due, gone(&town, due).await));
        }
        waiting.sort();
        let (first, first_case) = waiting[0];
        town.fresh.clock.set(first.plus(Millis::hours(1)));
        let secretary = staff(SECRETARY);
        let (mut seen, mut asked) = (Vec::new(), Asked::default());
        loop {
            let shown = list(&town, &secretary, asked.clone()).await;
            assert_eq!(shown.total, Total::Exactly(waiting.len() as u64));
            for line in shown.items {
                let passed = line.passed.unwrap();
                assert_eq!(passed.on.unwrap().to, OUTSIDE);
                assert_eq!(passed.late, passed.due == first, "what is over comes first");
                seen.push((passed.due, line.card.number));
            }
            match shown.next {
                Some(next) => asked.after = next,
                None => break,
            }
        }
        let each: BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), each.len()), (waiting.len(), waiting.len()));
        assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0));

        // Its own community's, its station's, and of those who look after the whole city; nobody else's.
        for who in [GRID, STATION, "commission", "supervisor"] {
            assert_eq!(held(&town, who).await, worklist::PAGE as usize, "{who}");
        }
        for who in [
            "secretary of 华中",
            LEAD,
            "auditor",
            "system admin",
            "security admin",
        ] {
            assert_eq!(held(&town, who).await, 0, "{who}");
        }
        let overview = async || {
            let supervisor = staff("supervisor");
            supervision::overview(&town.desk, &supervisor, Lang::En)
                .await
                .unwrap()
                .elsewhere
        };
        let all = waiting.len() as u64;
        assert_eq!(overview().await, (Total::Exactly(all), Total::Exactly(1)));

        // Told once, to the people of the case as well; then nothing waits any more.
        let answer = Act::RelayAnswer.saying("已受理，六十日内办结");
        town.does(&secretary, first_case, answer).await;
        assert_eq!(
            overview().await,
            (Total::Exactly(all - 1), Total::Exactly(0))
        );
        let shown = list(&town, &secretary, Asked::default()).await;
        let number = town.case(first_case).await.number.to_string();
        assert!(shown.items.iter().all(|line| line.card.number != number));
        let counts = shown.counts.iter();
        let mut own = counts.filter(|(list, _)| *list == List::Elsewhere);
        assert_eq!(own.next().unwrap().1, Total::Exactly(all - 1));
        let reporter = Viewer::Party {
            case: first_case,
            party: domain::ids::PartyNo::REPORTER,
        };
        let story = town.sees(&reporter, first_case).await;
        let passed = story.passed.unwrap();
        assert!(passed.answered_at.is_some() && !passed.late);
        let last = story.timeline.last().unwrap();
        assert_eq!(last.fact, Fact::AnswerRelayed {});
        assert_eq!(last.text.as_deref(), Some("已受理，六十日内办结"));
        assert_eq!(
            tell::About::of(&last.fact),
            Some(tell::About::AnswerRelayed)
        );
    })
    .await;
}

/// What two people took out of sight stands in this list for nobody who may not know of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_out_of_sight_is_not_listed() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let case = gone(&town, town.desk.now().plus(Millis::days(9))).await;
        assert_eq!(held(&town, SECRETARY).await, 1);
        for who in ["security admin", "second security admin"] {
            let act = Act::Quarantine.saying("涉密");
            town.does(&staff(who), case, act).await;
        }
        for who in [SECRETARY, STATION, "commission", "supervisor"] {
            assert_eq!(held(&town, who).await, 0, "{who}");
        }
    })
    .await;
}

/// A department may be given longer than the case has. It is no mistake, and the case says so from then
/// on; the usual time is not worth saying.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_given_longer_than_the_case_is_told_apart() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Accepted).await;
        let on_desk = async || {
            look::on_desk(&town.desk, &staff(STATION), matter.id, Lang::ZhHans)
                .await
                .unwrap()
        };
        let own = on_desk().await.own_due.unwrap();
        let case = town.case(matter.id).await;
        assert_eq!(own, case.resolve_clock().unwrap().due);
        let longer = own.plus(Millis::days(3));
        for (unit, due, past) in [
            ("enforcement-appearance", CallDue::Policy, None),
            (
                "resources-land",
                CallDue::Until(longer),
                Some((longer, own)),
            ),
            (
                "safety-fire",
                CallDue::Until(own.plus(-Millis::days(1))),
                None,
            ),
        ] {
            let units = vec![called(unit, matches!(due, CallDue::Policy))];
            let mut act = call(units);
            if let Act::Call { due: set, .. } = &mut act {
                *set = due;
            }
            town.does(&staff(STATION), matter.id, act).await;
            assert_eq!(
                on_desk().await.parts.last().unwrap().past_own,
                past,
                "{unit}"
            );
        }
        let case = town.case(matter.id).await;
        assert_eq!(case.resolve_clock().unwrap().due, own, "its promise stands");
    })
    .await;
}

/// The promise to the reporter is the community's; while a department leads, the next step is its.
#[tokio::test(flavor = "multi_thread")]
async fn the_next_step_is_the_leads_once_it_is_there() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        let story = town.sees(&matter.reporter, matter.id).await;
        assert_eq!(story.next_by.as_deref(), Some("综合行政执法局"));
        assert_eq!(story.who_has_it.office, "综合行政执法局");
        let own = prepare(&town, Stand::Own).await;
        assert_eq!(town.sees(&own.reporter, own.id).await.next_by, None);
        let called = prepare(&town, Stand::Called).await;
        let story = town.sees(&called.reporter, called.id).await;
        assert_eq!(story.next_by, None, "nobody of it has come");
        let done = prepare(&town, Stand::Resolved).await;
        assert_eq!(town.sees(&done.reporter, done.id).await.next_by, None);
    })
    .await;
}
