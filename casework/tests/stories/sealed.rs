//! A sealed report: whoever told it follows what becomes of it, and nothing they told is ever shown
//! again, to them or to anybody but the officers it is for (abuse case B3).

use std::sync::Arc;

use casework::{
    Error, duplicates,
    look::{photo, receipt},
    offices, tick,
};
use domain::{
    access::{Line, Viewer},
    case::{Case, Channel, Filer, Kind},
    clock::Owner,
    decide::{self, Act, Command, Filing},
    draft::Draft,
    event::{Actor, Event, Fact, Words},
    ids::{AreaCode, CaseId, CategoryCode, PartyNo},
    lang::Lang,
    place::Place,
    reference::{CaseNumber, ReceiptCode},
    text::PlaceText,
    time::Millis,
};
use futures::FutureExt as _;
use store::{Contact, PhotoSize, testing::each_engine};

use crate::{
    posts::{GRID, SECRETARY, STATION, post, staff},
    told::{draft, says},
    town::{Town, XIANGGANG},
};

/// What was told, each word to be found nowhere.
const TOLD: [&str; 5] = [
    "收了两条烟",
    "西河街后门",
    "揭发者",
    "13912340000",
    "补充一张收条",
];

/// Files a sealed report with a photo, as its door will.
async fn told(town: &Town) -> (CaseId, CaseNumber, ReceiptCode) {
    let key = town.key();
    let shot = town.photo(&key, 77).await;
    let now = town.desk.now();
    let (desk, number) = (
        town.desk.clone(),
        CaseNumber::new(town.desk.city.time.civil(now).date, 31),
    );
    let id = CaseId::new(now, [7; 10]);
    let work = Arc::new((desk, key));
    let code = town
        .desk
        .store
        .write::<_, ReceiptCode, Error>(move |tx| {
            let work = Arc::clone(&work);
            async move {
                let (desk, key) = &*work;
                let filing = Filing {
                    kind: Kind::Tip,
                    number,
                    channel: Channel::Web,
                    filer: Filer::Resident,
                    category: CategoryCode::new("tip-official").unwrap(),
                    community: AreaCode::new(XIANGGANG).unwrap(),
                    grid: None,
                    visibility: None,
                    may_call: false,
                    recurrence_of: None,
                    external: None,
                    consent: None,
                    words: Words {
                        place: Some(Place {
                            text: PlaceText::new(TOLD[1]).unwrap(),
                            position: None,
                        }),
                        photos: vec![shot],
                        ..Words::text(TOLD[0])
                    },
                    fixed: None,
                };
                let party = PartyNo(1);
                let events = decide::file(filing, Actor::Party(party), &desk.rules(), now)?;
                tx.append(id, None, events, now).await?;
                let code = desk.store.keys().receipt_code(id, key.as_str());
                tx.give_receipt(id, party, &code).await?;
                let contact = Contact {
                    name: Some(TOLD[2].to_owned()),
                    phone: Some(TOLD[3].to_owned()),
                    email: None,
                };
                tx.put_contact(id, party, &contact).await?;
                tx.end_staging(key.as_str()).await?;
                Ok(code)
            }
            .boxed()
        })
        .await
        .unwrap();
    (id, number, code)
}

/// An officer of the module that has the case.
fn officer(case: &Case) -> Viewer {
    let mut appointment = post("land officer");
    appointment.line = Line::Units(vec![case.line.clone()]);
    Viewer::Staff(vec![appointment].into())
}

fn says_nothing(what: &str, shown: &impl std::fmt::Debug) {
    let shown = format!("{shown:?}");
    for word in TOLD {
        assert!(!shown.contains(word), "{what} says {word}: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_a_sealed_report_reads_the_office_and_not_the_report() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (id, number, code) = told(&town).await;
        let reporter = town.holder(&code).await;
        assert_eq!(
            reporter,
            Viewer::Party {
                case: id,
                party: PartyNo::REPORTER
            },
            "the code opens it"
        );
        town.does(&reporter, id, Act::AddInformation.saying(TOLD[4]))
            .await;
        let officer = officer(&town.case(id).await);
        town.does(&officer, id, Act::Ask.saying("请说明大致时间"))
            .await;

        let shown = town.sees(&reporter, id).await;
        assert!(shown.own);
        assert_eq!(shown.card.number, number.to_string());
        assert!(
            says(&shown, "请说明大致时间"),
            "what the office says is what it is followed for"
        );
        says_nothing("the tracked case", &shown);
        assert_eq!(
            (&shown.detail, &shown.card.headline, &shown.card.place),
            (&None, &None, &None)
        );
        assert!(shown.photos.is_empty() && shown.timeline.iter().all(|it| it.photos.is_empty()));
        for size in [PhotoSize::Full, PhotoSize::Small] {
            let seen = photo(&town.desk, &reporter, number, 1, size).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
        }
        let paper = receipt(&town.desk, number, &code, true, Lang::ZhHans)
            .await
            .unwrap();
        says_nothing("the receipt", &paper);

        // The words are there, for the officers they are for.
        let shown = town.sees(&officer, id).await;
        assert_eq!(shown.detail.unwrap().text, TOLD[0]);
        let seen = photo(&town.desk, &officer, number, 1, PhotoSize::Full)
            .await
            .unwrap();
        assert!(!seen.public, "no shared cache may keep it");
    })
    .await;
}

/// Its module is told that something came in, and of no sealed report even the number.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_a_sealed_report_names_no_number() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (id, number, _) = told(&town).await;
        let case = town.case(id).await;
        town.fresh.logged(u64::from(case.version)).await;
        let mut teller = offices::Teller::of(&town.desk);
        town.desk.store.catch_up(&mut teller).await.unwrap();
        let notices = offices::due(&town.desk).await.unwrap();
        let offices: Vec<_> = notices.iter().map(|notice| &notice.office).collect();
        assert_eq!(offices, [&Owner::Unit(case.line.clone())]);
        assert_eq!(notices[0].news, [(offices::News::Filed, vec![None])]);
        assert!(!format!("{notices:?}").contains(&number.to_string()));
        says_nothing("a notice", &notices);
        for notice in &notices {
            offices::sent(&town.desk, notice).await.unwrap();
        }
        // Nor does anybody above hear that it is late, or have it come up.
        tick::tick(&town.desk).await.unwrap();
        offices::look_at_clocks(&town.desk).await.unwrap();
        let clocks = case.clocks.iter().filter(|clock| clock.is_running());
        for due in clocks.map(|clock| clock.due) {
            town.fresh.clock.set(due.plus(Millis::minutes(2)));
            tick::tick(&town.desk).await.unwrap();
            offices::look_at_clocks(&town.desk).await.unwrap();
            for notice in offices::due(&town.desk).await.unwrap() {
                assert_eq!(notice.office, Owner::Unit(case.line.clone()), "{notice:?}");
                assert!(!format!("{notice:?}").contains(&number.to_string()));
                offices::sent(&town.desk, &notice).await.unwrap();
            }
        }
        assert_eq!(town.case(id).await.level, case.level);
    })
    .await;
}

/// Gives a sealed report to the module of another category, as its door will.
async fn pass_on(town: &Town, id: CaseId, category: &str) -> Case {
    let category = CategoryCode::new(category).unwrap();
    let line = town.desk.city.category(&category).unwrap().lead.clone();
    town.desk
        .store
        .write::<_, (), Error>(move |tx| {
            let fact = Fact::Reclassified {
                category: category.clone(),
                line: line.clone(),
                always_private: false,
                clocks: Vec::new(),
            };
            async move {
                let (before, now) = (tx.load_case(id).await?, tx.now());
                let event = Event {
                    actor: Actor::System,
                    fact,
                    words: None,
                };
                tx.append(id, before, vec![event], now).await?;
                Ok(())
            }
            .boxed()
        })
        .await
        .unwrap();
    town.case(id).await
}

/// What of it runs out is for the module that has it. The one that had it when the notice was owed,
/// or did not take it, hears no more: not that there is such a case, and not when it is due.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_follows_a_sealed_report_to_the_module_that_has_it() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (id, number, _) = told(&town).await;
        let before = town.case(id).await;
        offices::look_at_clocks(&town.desk).await.unwrap();
        let clocks = before.clocks.iter().filter(|clock| clock.is_running());
        let clock = clocks.min_by_key(|clock| clock.due).unwrap();
        let warned = clock.due.plus(-clock.warned_before().unwrap());
        town.fresh.clock.set(warned.plus(Millis::minutes(2)));
        offices::look_at_clocks(&town.desk).await.unwrap();
        let first = offices::due(&town.desk).await.unwrap().remove(0);
        assert_eq!(first.office, Owner::Unit(before.line.clone()));
        assert_eq!(first.news, [(offices::News::Soon, vec![None])]);
        offices::unsent(&town.desk, &first, "no answer")
            .await
            .unwrap();

        let after = pass_on(&town, id, "tip-business").await;
        assert_ne!(after.line, before.line);
        town.fresh.clock.advance(Millis::minutes(5));
        let mut heard = Vec::new();
        let last = after.clocks.iter().map(|clock| clock.due).max().unwrap();
        while town.desk.now() < last.plus(Millis::hours(16)) {
            for notice in offices::due(&town.desk).await.unwrap() {
                assert_eq!(notice.office, Owner::Unit(after.line.clone()), "{notice:?}");
                assert_ne!(notice.id, first.id, "another office, another notice");
                assert!(!format!("{notice:?}").contains(&number.to_string()));
                says_nothing("a notice", &notice);
                heard.extend(notice.news.iter().map(|(news, _)| *news));
                offices::sent(&town.desk, &notice).await.unwrap();
            }
            town.fresh.clock.advance(Millis::hours(8));
            offices::look_at_clocks(&town.desk).await.unwrap();
        }
        assert_eq!(
            heard[0],
            offices::News::Soon,
            "the one that was owed before"
        );
        assert!(heard.contains(&offices::News::Late), "{heard:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_knows_of_a_sealed_report() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let (id, number, _) = told(&town).await;
        let open = town.files(&draft()).await;
        for who in [
            Viewer::Anonymous,
            town.holder(&open.code).await,
            staff(SECRETARY),
            staff(GRID),
            staff(STATION),
            staff("appearance officer"),
            staff("commission"),
            staff("supervisor"),
            staff("editor"),
            staff("auditor"),
            staff("system admin"),
            staff("security admin"),
        ] {
            let shown = town.story(&who, id).await;
            assert!(matches!(shown, Err(Error::NotFound)), "{who:?}");
            let seen = photo(&town.desk, &who, number, 1, PhotoSize::Small).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{who:?}");
            let command: Command = Act::Note.saying("我知道是谁");
            let denied = town.denied(&who, id, command).await;
            assert!(matches!(denied, Error::NotFound), "{who:?}: {denied:?}");
        }
        let number = number.to_string();
        for words in ["", number.as_str()] {
            assert!(!town.listed(words).await.contains(&number));
        }
        let like = Draft {
            description: TOLD[0].to_owned(),
            place: TOLD[1].to_owned(),
            ..draft()
        };
        let alike = duplicates::of_draft(&town.desk, &like, Lang::ZhHans)
            .await
            .unwrap();
        assert!(alike.iter().all(|card| card.number != number));
    })
    .await;
}

/// The same photo with an open case tells nobody that there is a sealed one.
#[tokio::test(flavor = "multi_thread")]
async fn a_photo_of_a_sealed_report_is_not_known_again() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        told(&town).await;
        town.fresh.clock.advance(Millis::minutes(1));
        let open = town.files_with_photo(&draft(), 77).await;
        for name in ["secretary", "supervisor", "commission"] {
            let name = if name == "secretary" { SECRETARY } else { name };
            let shown =
                casework::look::on_desk(&town.desk, &staff(name), open.case, Lang::ZhHans).await;
            assert_eq!(shown.unwrap().reused, [], "{name}");
        }
    })
    .await;
}
