//! Every verb by everybody. The table is written from the design, by hand: it does not read the
//! program's own, and judges by effect: who may not leaves the case as it was.

mod attempt;

use casework::{Error, act};
use domain::{
    case::Kind,
    decide::{Act, Refusal},
    verb::{Verb, allowed},
    visibility::Visibility,
};
use store::testing::each_engine;

use self::attempt::command;
use crate::{
    matter::{CONTRACTOR, FIRM, LEAD, Matter, SUPPORT, Stand, prepare, told},
    posts::{GRID, SECRETARY, STATION, deputy},
    told::who_filed,
    town::Town,
};

/// Everybody. Of the officers one leads, one supports, one was never called.
const PEOPLE: [&str; 22] = [
    "anybody",
    "reporter",
    "me-too",
    "another reporter",
    "secretary of 象岗",
    "grid officer of 象岗",
    "secretary of 华中",
    "dispatcher of 象岗",
    "appearance officer",
    "land officer",
    "fire officer",
    "appearance officer of 华中",
    "commission",
    "supervisor",
    "editor",
    "auditor",
    "system admin",
    "security admin",
    CONTRACTOR,
    "fire contractor",
    FIRM,
    "job",
];

/// What the design says: a verb, where the case stands, and who may.
const DESIGN: &[(Verb, Stand, &[&str])] = &[
    // The community or its station answers for a case; grid roles approve and reject nothing.
    (Verb::Accept, Stand::Filed, &[SECRETARY, STATION]),
    (Verb::Take, Stand::Filed, &[SECRETARY, GRID, STATION]),
    (Verb::Reject, Stand::Filed, &[SECRETARY, STATION]),
    (Verb::AskReview, Stand::Rejected, &["reporter"]),
    (
        Verb::ReviewRejection,
        Stand::ReviewAsked,
        &["commission", "supervisor"],
    ),
    (
        Verb::Ask,
        Stand::Working,
        &[SECRETARY, GRID, STATION, LEAD, SUPPORT],
    ),
    (Verb::Answer, Stand::Waiting, &["reporter"]),
    (Verb::EndWaiting, Stand::WaitedLong, &["job"]),
    (Verb::AddInformation, Stand::Filed, &["reporter", "me-too"]),
    // Only through its own door, which hands out a receipt.
    (Verb::Join, Stand::Filed, &[]),
    (Verb::Assess, Stand::Accepted, &[SECRETARY, STATION]),
    (Verb::Call, Stand::Accepted, &[SECRETARY, STATION]),
    // Whoever calls has accepted.
    (Verb::Call, Stand::Filed, &[SECRETARY, STATION]),
    // The steps of a part are its own unit's; this is the leading unit's part.
    (Verb::Sign, Stand::Called, &[LEAD]),
    (Verb::ReportIn, Stand::Called, &[LEAD]),
    (Verb::SetOut, Stand::Working, &[LEAD]),
    (Verb::Arrive, Stand::Working, &[LEAD, CONTRACTOR]),
    (Verb::FeedBack, Stand::Working, &[LEAD, CONTRACTOR]),
    // A firm that was engaged for a part comes, shows and says what it did; no more.
    (Verb::Arrive, Stand::Engaged, &[LEAD, CONTRACTOR, FIRM]),
    (Verb::FeedBack, Stand::Engaged, &[LEAD, CONTRACTOR, FIRM]),
    (
        Verb::AddEvidence,
        Stand::Engaged,
        &[SECRETARY, GRID, STATION, LEAD, SUPPORT, CONTRACTOR, FIRM],
    ),
    (Verb::Engage, Stand::Working, &[LEAD]),
    (Verb::Engage, Stand::Engaged, &[LEAD]),
    (Verb::EndEngagement, Stand::Engaged, &[LEAD]),
    (Verb::Resolve, Stand::Engaged, &[LEAD]),
    (
        Verb::Note,
        Stand::Engaged,
        &[SECRETARY, GRID, STATION, LEAD, SUPPORT],
    ),
    (Verb::AskReturn, Stand::Called, &[LEAD]),
    (Verb::RuleOnReturn, Stand::ReturnAsked, &[STATION]),
    (Verb::Assign, Stand::Called, &["commission"]),
    (Verb::AskExtension, Stand::Working, &[LEAD]),
    (
        Verb::RuleOnExtension,
        Stand::ExtensionAsked,
        &[STATION, "commission"],
    ),
    (Verb::Park, Stand::Working, &[SECRETARY, STATION, LEAD]),
    (Verb::TransferOut, Stand::Accepted, &[STATION, "commission"]),
    (
        Verb::RelayAnswer,
        Stand::TransferredOut,
        &[SECRETARY, STATION, "commission"],
    ),
    (
        Verb::Note,
        Stand::Working,
        &[SECRETARY, GRID, STATION, LEAD, SUPPORT],
    ),
    // One voice answers the resident.
    (Verb::Update, Stand::Working, &[SECRETARY, STATION]),
    (
        Verb::AddEvidence,
        Stand::Working,
        &[SECRETARY, GRID, STATION, LEAD, SUPPORT, CONTRACTOR],
    ),
    (Verb::Resolve, Stand::Own, &[SECRETARY, GRID]),
    (Verb::Resolve, Stand::Working, &[LEAD]),
    // Checked by somebody outside the handling unit.
    (
        Verb::Verify,
        Stand::Resolved,
        &[SECRETARY, GRID, STATION, "supervisor"],
    ),
    (Verb::Verify, Stand::ResolvedOwn, &[STATION, "supervisor"]),
    (
        Verb::SendBack,
        Stand::Resolved,
        &[SECRETARY, GRID, STATION, "supervisor"],
    ),
    (Verb::SendBack, Stand::ResolvedOwn, &[STATION, "supervisor"]),
    (
        Verb::CallBack,
        Stand::Resolved,
        &[SECRETARY, STATION, "supervisor"],
    ),
    (Verb::CallBack, Stand::ResolvedOwn, &[STATION, "supervisor"]),
    // Only reporters judge, each for themself.
    (Verb::Confirm, Stand::Resolved, &["reporter", "me-too"]),
    (Verb::Dispute, Stand::Resolved, &["reporter", "me-too"]),
    (Verb::Rate, Stand::Resolved, &["reporter", "me-too"]),
    // One voice answers who was not content.
    (Verb::AnswerRating, Stand::RatedLow, &[SECRETARY, STATION]),
    (Verb::Reopen, Stand::Closed, &["reporter", "supervisor"]),
    (
        Verb::Escalate,
        Stand::Filed,
        &[GRID, SECRETARY, STATION, "job"],
    ),
    (Verb::Urge, Stand::Overdue, &["reporter", "me-too"]),
    (
        Verb::Supervise,
        Stand::Working,
        &["supervisor", "commission"],
    ),
    (
        Verb::AnswerSupervision,
        Stand::Supervised,
        &[SECRETARY, STATION, LEAD, SUPPORT],
    ),
    (Verb::DirectLine, Stand::Filed, &[SECRETARY]),
    (Verb::Reclassify, Stand::Filed, &[SECRETARY, STATION]),
    (Verb::Move, Stand::Filed, &[SECRETARY, STATION]),
    (Verb::Merge, Stand::Filed, &[SECRETARY, STATION]),
    (Verb::Unmerge, Stand::Merged, &[SECRETARY, STATION]),
    (Verb::Publish, Stand::Filed, &[SECRETARY, STATION, "editor"]),
    (Verb::Hold, Stand::Released, &[SECRETARY, STATION, "editor"]),
    (Verb::Redact, Stand::Released, &[SECRETARY, "editor"]),
    (
        Verb::Quarantine,
        Stand::Filed,
        &["security admin", "commission"],
    ),
    // Less public: staff too, with a reason. More public: see below.
    (
        Verb::ChangeVisibility,
        Stand::Filed,
        &["reporter", SECRETARY, STATION, "editor"],
    ),
    (Verb::ChangeVisibility, Stand::HalfPublic, &["reporter"]),
    (
        Verb::HandOver,
        Stand::Working,
        &[SECRETARY, GRID, LEAD, SUPPORT],
    ),
    (Verb::Withdraw, Stand::Filed, &["reporter"]),
    (
        Verb::Close,
        Stand::Verified,
        &["job", STATION, SECRETARY, "supervisor"],
    ),
];

#[test]
fn the_table_leaves_no_verb_out() {
    for verb in Verb::ALL {
        assert!(
            DESIGN.iter().any(|row| row.0 == *verb),
            "{verb:?} has no row"
        );
        assert!(allowed(Kind::Whistle, *verb), "{verb:?}");
    }
    for (verb, _, who) in DESIGN {
        assert!(
            who.iter().all(|name| PEOPLE.contains(name)),
            "{verb:?}: {who:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_what_the_design_says_and_nothing_else() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let mut wrong = Vec::new();
        for (verb, stand, may) in DESIGN {
            let shared = prepare(&town, *stand).await;
            let before = town.case(shared.id).await;
            for name in PEOPLE.iter().filter(|name| !may.contains(name)) {
                let command = command(&town, &shared, *verb, *stand).await;
                let viewer = shared.viewer(name);
                match act::act(&town.desk, &viewer, shared.id, None, command).await {
                    Err(Error::Forbidden) => {}
                    // A link that was never given opens nothing.
                    Err(Error::NotFound) if *name == FIRM && *stand != Stand::Engaged => {}
                    // More public is asked by many and refused by the one rule about it.
                    Err(Error::Refused(Refusal::NotThisVisibility))
                        if *stand == Stand::HalfPublic => {}
                    other => wrong.push(format!("{verb:?} at {stand:?} by {name}: {other:?}")),
                }
                if town.case(shared.id).await != before {
                    panic!("{verb:?} at {stand:?} by {name} changed the case; before: {wrong:#?}");
                }
            }
            for name in *may {
                let matter = prepare(&town, *stand).await;
                let before = town.case(matter.id).await;
                let mut command = command(&town, &matter, *verb, *stand).await;
                if let Act::HandOver { to } = &mut command.act {
                    *to = deputy(&town, name).await;
                }
                let viewer = matter.viewer(name);
                let version = Some(before.version);
                match act::act(&town.desk, &viewer, matter.id, version, command).await {
                    Ok(after) if after.version > before.version => {
                        let mut reading = town.desk.store.read().await.unwrap();
                        let events = reading.events(&after).await.unwrap();
                        let new = &events[usize::try_from(before.version).unwrap()..];
                        let actor = matter.actor(name);
                        assert!(!new.is_empty());
                        assert!(
                            new.iter().all(|it| it.event.actor == actor),
                            "{verb:?} {name}"
                        );
                    }
                    other => wrong.push(format!("{verb:?} at {stand:?} by {name}: {other:?}")),
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{} cells are wrong: {wrong:#?}",
            wrong.len()
        );
    })
    .await;
}

/// A private case is not there at all for those whose case it is not: the same answer as for a
/// number that was never given, whatever they try.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_know_of_a_case_is_told_that_there_is_none() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let open = prepare(&town, Stand::Filed).await;
        let matter = {
            let filed = told(&town, Visibility::Private).await;
            let joined = act::join(&town.desk, &town.key(), filed.number, "").await;
            assert!(matches!(joined, Err(Error::NotFound)), "{joined:?}");
            Matter {
                id: filed.case,
                reporter: who_filed(&filed),
                me_too: open.me_too.clone(),
                stranger: open.reporter.clone(),
                other: open.id,
            }
        };
        let strangers = [
            "anybody",
            "me-too",
            "another reporter",
            "secretary of 华中",
            "appearance officer",
            "fire officer",
            "appearance officer of 华中",
            "auditor",
            "system admin",
            "security admin",
        ];
        for verb in Verb::ALL.iter().filter(|verb| {
            // Needs a part or a clock that this case does not have.
            !matches!(verb, Verb::AskExtension | Verb::Quarantine)
        }) {
            for name in strangers {
                let command = command(&town, &matter, *verb, Stand::Filed).await;
                let denied = town.denied(&matter.viewer(name), matter.id, command).await;
                assert!(
                    matches!(denied, Error::NotFound),
                    "{verb:?} by {name}: {denied:?}"
                );
            }
        }
        // Quarantine is the one thing done to cases out of sight, by those two alone.
        for name in strangers.iter().filter(|name| **name != "security admin") {
            let denied = town
                .denied(
                    &matter.viewer(name),
                    matter.id,
                    Act::Quarantine.saying("涉密"),
                )
                .await;
            assert!(matches!(denied, Error::NotFound), "{name}: {denied:?}");
        }
    })
    .await;
}
