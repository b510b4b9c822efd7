//! Who asks to be let go, and whose work it was then.

use casework::Error;
use domain::{
    decide::{Act, Command, Refusal},
    ids::UnitCode,
};
use store::testing::each_engine;

use crate::{
    matter::{CHECKED, LEAD, SOLVED, SUPPORT, Stand, call, called, prepare},
    posts::{SECRETARY, STATION, staff},
    town::Town,
};

fn ask(part: u32) -> Command {
    Act::AskReturn { part, duty: None }.saying("不属我方职责")
}

fn let_go(part: u32) -> Command {
    Act::RuleOnReturn { part, uphold: true }.saying("同意")
}

/// The community that resolves after every unit was let go has done it itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_community_does_not_check_what_it_did_after_a_return() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        for (part, name) in [(1, LEAD), (2, SUPPORT)] {
            town.does(&staff(name), matter.id, ask(part)).await;
            if part == 1 {
                town.does(&staff(STATION), matter.id, let_go(part)).await;
            }
        }
        // The second time the desk rules no more: the commission assigns, for good.
        assert_eq!(
            town.refused(&staff(STATION), matter.id, let_go(2)).await,
            Refusal::Final
        );
        let fire = UnitCode::new("safety-fire").unwrap();
        let assign = Act::Assign {
            unit: fire,
            lead: true,
        };
        let case = town.does(&staff("commission"), matter.id, assign).await;
        let acting: Vec<&str> = case
            .parts
            .iter()
            .filter(|part| !part.returned)
            .map(|part| part.unit.as_str())
            .collect();
        assert_eq!(acting, ["safety-fire"], "who asked to be let go is let go");
        assert_eq!(
            town.refused(&staff("fire officer"), matter.id, ask(3))
                .await,
            Refusal::Final
        );

        let matter = prepare(&town, Stand::Accepted).await;
        let call = call(vec![called("enforcement-appearance", true)]);
        town.does(&staff(SECRETARY), matter.id, call).await;
        town.does(&staff(LEAD), matter.id, Act::ReportIn { part: 1 })
            .await;
        town.does(&staff(LEAD), matter.id, ask(1)).await;
        town.does(&staff(STATION), matter.id, let_go(1)).await;
        town.does(&staff(SECRETARY), matter.id, Act::Take).await;
        town.does(&staff(SECRETARY), matter.id, SOLVED.saying("办完"))
            .await;
        let denied = town.denied(&staff(SECRETARY), matter.id, CHECKED).await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
    })
    .await;
}
