//! What the reporter is asked, and what the reporter takes back.

use casework::{Error, act};
use domain::{
    access::Viewer,
    case::StateTag,
    clock::Stage,
    decide::{Act, Refusal},
    time::Millis,
    verb::Verb,
};
use store::testing::each_engine;

use crate::{
    posts::{SECRETARY, staff},
    told::{draft, says, the_clock},
    town::Town,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_stops_the_promise_until_it_is_answered() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        town.at("2026-11-23T09:00");
        let first = town.files(&draft()).await;
        let (secretary, reporter) = (staff(SECRETARY), town.holder(&first.code).await);
        let promise = async || town.case(first.case).await.resolve_clock().unwrap().clone();
        let due = promise().await.due;
        town.does(&secretary, first.case, Act::Ask.saying("是哪个路口？"))
            .await;
        assert!(promise().await.is_paused());
        let shown = town.sees(&reporter, first.number).await;
        assert!(shown.card.state.waiting_for_reporter && shown.actions.contains(&Verb::Answer));
        assert!(says(&shown, "是哪个路口？"));
        let public = town.sees(&Viewer::Anonymous, first.number).await;
        assert!(
            !format!("{public:?}").contains("哪个路口"),
            "a question is the reporter's"
        );
        // More, unasked, is no answer.
        town.fresh.clock.advance(Millis::hours(1));
        town.does(
            &reporter,
            first.case,
            Act::AddInformation.saying("早上更严重"),
        )
        .await;
        assert!(promise().await.is_paused());
        town.fresh.clock.advance(Millis::hours(2));
        town.does(&reporter, first.case, Act::Answer.saying("东南角"))
            .await;
        let clock = promise().await;
        assert!(!clock.is_paused());
        assert_eq!(clock.due, due.plus(Millis::hours(3)));
        assert_eq!(
            clock.gross(town.desk.now()) - clock.net(town.desk.now()),
            Millis::hours(3)
        );
        // The first act of a person stopped the response clock, the question it was.
        let case = town.case(first.case).await;
        let respond = the_clock(&case, Stage::Respond, None);
        assert_eq!(respond.stopped, Some(first.filed_at));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_stays_withdrawn_and_in_the_list() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let first = town.files(&draft()).await;
        let reporter = town.holder(&first.code).await;
        town.does(
            &staff(SECRETARY),
            first.case,
            Act::Ask.saying("是哪个路口？"),
        )
        .await;
        let case = town.does(&reporter, first.case, Act::Withdraw).await;
        assert_eq!(case.state.tag(), StateTag::Withdrawn);
        assert!(
            case.clocks
                .iter()
                .all(|clock| !clock.is_running() && !clock.is_paused())
        );
        assert!(case.waiting_since.is_none() && !case.handled());
        for command in [
            Act::Withdraw.into(),
            Act::AddInformation.saying("等等"),
            Act::Answer.saying("在"),
        ] {
            let refusal = town.refused(&reporter, first.case, command).await;
            assert!(matches!(refusal, Refusal::NotNow { .. }), "{refusal:?}");
        }
        let refusal = town
            .refused(&staff(SECRETARY), first.case, Act::Accept)
            .await;
        assert!(matches!(refusal, Refusal::NotNow { .. }));
        assert_eq!(
            town.listed("").await,
            [first.number.to_string()],
            "in every denominator"
        );
        let answer = act::join(&town.desk, &town.key(), first.number, "").await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::NotNow { .. }))),
            "{answer:?}"
        );
    })
    .await;
}
