//! A case that goes on in another.

use casework::look;
use domain::{
    case::{Awaits, Level, StateTag, raise},
    decide::{Act, Command, Refusal},
    ids::{CaseId, PartyNo},
    lang::Lang,
    verb::Verb,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::{SOLVED, Stand, prepare, told},
    posts::{SECRETARY, staff},
    town::Town,
};

fn merge(into: CaseId) -> Command {
    Act::Merge { into }.saying("同一处")
}

/// A case goes on only in one that is open, and its people keep what they have.
#[tokio::test(flavor = "multi_thread")]
async fn a_merge_never_goes_round_in_a_circle_nor_out_of_sight() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Merged).await;
        let back = merge(matter.id);
        let refusal = town.refused(&staff(SECRETARY), matter.other, back).await;
        assert!(
            matches!(
                refusal,
                Refusal::NotNow {
                    verb: Verb::Merge,
                    ..
                }
            ),
            "{refusal:?}"
        );
        assert_eq!(
            town.case(matter.id).await.parties.len(),
            2,
            "merging never merges people"
        );

        let open = prepare(&town, Stand::Filed).await;
        let refusal = town
            .refused(&staff(SECRETARY), open.id, merge(open.id))
            .await;
        assert_eq!(refusal, Refusal::NoSuch("case"));
        let hidden = told(&town, Visibility::Private).await;
        let refusal = town
            .refused(&staff(SECRETARY), open.id, merge(hidden.case))
            .await;
        assert_eq!(refusal, Refusal::AlwaysPrivate);
    })
    .await;
}

/// What goes on in another case is owed there: that one does not end without an answer, and who
/// merged it cannot have picked one that was over.
#[tokio::test(flavor = "multi_thread")]
async fn a_merge_loses_nobodys_promise() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let done = prepare(&town, Stand::Resolved).await;
        let open = prepare(&town, Stand::Filed).await;
        let secretary = staff(SECRETARY);
        let refusal = town.refused(&secretary, open.id, merge(done.id)).await;
        assert!(matches!(refusal, Refusal::NotNow { .. }), "{refusal:?}");

        town.does(&secretary, open.id, merge(open.other)).await;
        assert_eq!(town.case(open.other).await.merged_in, [open.id]);
        let refusal = town
            .refused(&open.stranger, open.other, Act::Withdraw)
            .await;
        assert_eq!(refusal, Refusal::OthersGoOnInIt);

        town.does(&secretary, open.id, Act::Unmerge).await;
        assert_eq!(town.case(open.other).await.merged_in, []);
        town.does(&open.stranger, open.other, Act::Withdraw).await;
        assert!(
            town.case(open.id)
                .await
                .resolve_clock()
                .unwrap()
                .is_running()
        );
    })
    .await;
}

/// Whoever's case goes on in another keeps their verdict: they judge the result of that one, and "not
/// fixed" puts it back to work one level up.
#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_a_merged_case_judge_the_result_it_led_to() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Merged).await;
        let (own, led) = (matter.id, matter.other);
        let says = async || {
            let story = look::story(&town.desk, &matter.reporter, own, Lang::En).await;
            let actions = story.unwrap().actions;
            [Verb::Confirm, Verb::Dispute, Verb::Rate].map(|verb| actions.contains(&verb))
        };
        // There is nothing to judge yet.
        assert_eq!(says().await, [false; 3]);
        let refusal = town.refused(&matter.reporter, own, Act::Confirm).await;
        assert!(matches!(refusal, Refusal::NotNow { .. }), "{refusal:?}");

        let secretary = staff(SECRETARY);
        town.does(&secretary, led, Act::Take).await;
        town.does(&secretary, led, SOLVED.saying("办完")).await;
        assert_eq!(says().await, [true; 3]);
        let before = town.case(led).await.level;
        let not_fixed = Act::Dispute.saying("我这边还没清");
        town.does(&matter.reporter, own, not_fixed.clone()).await;
        let target = town.case(led).await;
        assert_eq!(target.state.tag(), StateTag::InProgress);
        assert_eq!(target.level, raise(before));
        assert!(target.resolve_clock().unwrap().is_running());
        assert_eq!(town.case(own).await.state.tag(), StateTag::Merged);
        assert_eq!(says().await, [false; 3]);

        // It is done again, and they may say again what they see.
        town.does(&secretary, led, SOLVED.saying("这次都清了"))
            .await;
        town.does(&matter.reporter, own, not_fixed).await;
        town.does(&secretary, led, SOLVED.saying("真清了")).await;
        town.does(&matter.reporter, own, Act::Confirm).await;
        town.does(&matter.reporter, own, Act::Rate { stars: 1 })
            .await;
        assert_eq!(town.case(led).await.state.tag(), StateTag::Resolved);
        let judged = town.case(own).await;
        let verdict = judged.verdict(PartyNo::REPORTER).unwrap();
        assert_eq!((verdict.fixed, verdict.stars), (Some(true), Some(1)));
        assert!(judged.owes_answer(), "whoever was not content is answered");

        // Somebody with the same problem says it, and that leaves the work where it is.
        town.does(&matter.me_too, own, Act::Dispute.saying("没有"))
            .await;
        assert_eq!(town.case(led).await.state.tag(), StateTag::Resolved);
        let again = town
            .refused(&matter.me_too, own, Act::Dispute.saying("没有"))
            .await;
        assert_eq!(again, Refusal::AlreadyDone);
    })
    .await;
}

/// What was said of the result of another case is no word on one's own: after a merge is undone the reporter
/// judges anew, and nothing ends by what they said before.
#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_on_another_case_ends_nothing_of_ones_own() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Merged).await;
        let (own, led) = (matter.id, matter.other);
        let secretary = staff(SECRETARY);
        town.does(&secretary, led, Act::Take).await;
        town.does(&secretary, led, SOLVED.saying("办完")).await;
        town.does(&matter.reporter, own, Act::Confirm).await;
        town.does(&matter.reporter, own, Act::Rate { stars: 5 })
            .await;
        // Out of sight: nobody learns how far it is, nor puts it back to work.
        for who in ["security admin", "commission"] {
            town.does(&staff(who), led, Act::Quarantine.saying("涉密"))
                .await;
        }
        let not_fixed = Act::Dispute.saying("还没清");
        let refusal = town.refused(&matter.reporter, own, not_fixed.clone()).await;
        let state = StateTag::Merged;
        let verb = Verb::Dispute;
        assert_eq!(refusal, Refusal::NotNow { verb, state });

        town.does(&secretary, own, Act::Unmerge).await;
        town.does(&secretary, own, Act::Take).await;
        town.does(&secretary, own, SOLVED.saying("自己办完")).await;
        assert_eq!(town.case(own).await.said_fixed(PartyNo::REPORTER), None);
        let refusal = town.refused(&secretary, own, Act::Close).await;
        assert!(matches!(refusal, Refusal::NotNow { .. }), "{refusal:?}");
        town.does(&matter.reporter, own, Act::Rate { stars: 4 })
            .await;
        town.does(&matter.reporter, own, not_fixed).await;
        assert_eq!(town.case(own).await.state.tag(), StateTag::InProgress);
    })
    .await;
}

/// A secretary's line to the city's leaders passes the levels between.
#[tokio::test(flavor = "multi_thread")]
async fn a_direct_line_reaches_the_city() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        let line = Act::DirectLine.saying("请市里协调");
        let case = town.does(&staff(SECRETARY), matter.id, line.clone()).await;
        assert_eq!(case.level, Level::City);
        assert!(case.awaits().meets(Awaits::CITY_LEVEL));
        // Said again, it is said again, and there is no level above.
        let case = town.does(&staff(SECRETARY), matter.id, line).await;
        assert_eq!(case.level, Level::City);
    })
    .await;
}
