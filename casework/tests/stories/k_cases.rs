//! The three real cases, replayed with a moved clock. Times, places and steps are the articles';
//! where the rules need a step that an article does not tell (a unit reports in before it says what
//! it did), it stands at the moment of the next one that is told.

mod k1;
mod k2;
mod k3;

use casework::{
    Error, board,
    file::{StaffFiled, StaffFiling},
    people,
    staffing::Staffing,
};
use domain::{
    access::Viewer,
    case::{Case, EnforcementOutcome, Filer, Level, Outcome},
    city::UnitKind,
    decide::{Act, Refusal},
    event::Words,
    ids::{CaseId, CategoryCode},
    lang::Lang,
    place::Place,
    text::PlaceText,
    time::Millis,
    verb::Verb,
};

use store::testing::each_engine;

use crate::{
    posts::{GRID, SECRETARY, STATION, staff},
    told::by_staff,
    town::{CITY, Town, XIANGGANG},
};

fn span(days: i64, hours: i64, minutes: i64) -> Millis {
    Millis::minutes((days * 24 + hours) * 60 + minutes)
}

fn words(text: &str, place: &str) -> Words {
    Words {
        place: Some(Place {
            text: PlaceText::new(place).unwrap(),
            position: None,
        }),
        ..Words::text(text)
    }
}

/// What a grid officer of 象岗 tells on patrol.
fn patrol(category: &str, words: Words) -> StaffFiling {
    StaffFiling {
        category: CategoryCode::new(category).unwrap(),
        words,
        ..by_staff(Filer::Staff, XIANGGANG)
    }
}

/// Resolves with a photo of what was done.
async fn resolve(
    town: &Town,
    who: &Viewer,
    case: CaseId,
    text: &str,
    how: Option<EnforcementOutcome>,
) -> Case {
    let done = Act::Resolve {
        outcome: Outcome::Solved,
        enforcement: how,
        level: Level::City,
    };
    town.shows(who, case, done, text, 200).await
}

/// What no one may ever say of a case that staff filed: neither staff, nor anybody with a code of
/// it, nor a resident who has the same problem.
async fn nobody_judges(town: &Town, filed: &StaffFiled) {
    let (id, number) = (filed.case, filed.number);
    assert_eq!(
        filed.code_for_resident, None,
        "there is no resident to get a code"
    );
    let judge = || [Act::Confirm, Act::Dispute, Act::Rate { stars: 5 }];
    for name in [GRID, SECRETARY, STATION, "appearance officer", "supervisor"] {
        for verdict in judge() {
            let denied = town
                .denied(&staff(name), id, verdict.saying("没解决"))
                .await;
            assert!(matches!(denied, Error::Forbidden), "{name}: {denied:?}");
        }
    }
    for verdict in judge() {
        let denied = town
            .denied(&Viewer::Anonymous, id, verdict.saying("没解决"))
            .await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
    }
    // The first to join such a case has the number that else the reporter has.
    let open = !town.case(id).await.state.tag().is_ended();
    if open {
        let neighbour = town.joins(number).await;
        for verdict in judge() {
            let refusal = town.refused(&neighbour, id, verdict.saying("没解决")).await;
            assert_eq!(refusal, Refusal::NobodyToJudge);
        }
        for verb in [Verb::Confirm, Verb::Dispute, Verb::Rate, Verb::Withdraw] {
            let offered = town.sees(&neighbour, number).await.actions;
            assert!(!offered.contains(&verb), "{verb:?} is offered");
        }
    }
    let case = town.case(id).await;
    assert!(!case.judged_by_resident());
    assert!(case.verdicts.is_empty());
}

/// The figures of a store that holds this one case, once they have caught up with its log.
async fn figures(town: &Town, only: CaseId) -> casework::views::Figures {
    let case = town.case(only).await;
    town.fresh.logged(u64::from(case.version)).await;
    let mut rollups = store::Rollups::new(CITY.time.clone());
    town.desk.store.catch_up(&mut rollups).await.unwrap();
    board::figures(&town.desk, None).await.unwrap()
}

/// Whoever a community may call in a demonstration, one can sign in as; the few to begin with hold all
/// whom the duty list names for K1.
#[tokio::test(flavor = "multi_thread")]
async fn every_module_has_a_login_in_a_demonstration() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        people::seed(&town.desk, Staffing::of(&CITY, town.desk.now()))
            .await
            .unwrap();
        let told = people::demo_sign_ins(&town.desk, Lang::ZhHans);
        let first: Vec<&str> = told
            .iter()
            .filter(|person| person.is_first)
            .map(|person| person.login.as_str())
            .collect();
        assert!(first.len() <= 15, "a short list: {first:?}");
        let waste_ground = CITY.duties.iter();
        let waste_ground = waste_ground.filter(|duty| duty.category.as_str() == "vacant-land");
        for unit in waste_ground.flat_map(|duty| duty.supports.iter().chain([&duty.lead])) {
            assert!(
                first.contains(&format!("officer-{unit}").as_str()),
                "{unit}"
            );
        }
        let mut reading = town.desk.store.read().await.unwrap();
        for module in CITY.units.iter().filter(|it| it.kind == UnitKind::Module) {
            let login = format!("officer-{}", module.code);
            let times = told.iter().filter(|person| person.login == login).count();
            assert_eq!(times, 1, "{login} is told once");
            let person = reading.person_by_login(&login).await.unwrap();
            assert!(person.is_some_and(|person| person.active), "{login}");
        }
    })
    .await;
}
