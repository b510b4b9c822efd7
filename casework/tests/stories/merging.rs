//! A case that goes on in another.

use domain::{
    decide::{Act, Command, Refusal},
    ids::CaseId,
    verb::Verb,
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::{
    matter::{Stand, prepare, told},
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
