//! Every verb by everybody. The table is written from the design, by hand: it does not read the
//! program's own, and judges by effect: who may not leaves the case as it was.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use casework::{
    Error, act,
    file::{Whistle, file_whistle},
};
use domain::{
    access::{Appointment, Viewer},
    case::{CallClass, Channel, EvidenceKind, Ground, Kind, Level, Outcome, VerifyMethod},
    decide::{Act, CallDue, Called, Command, Refusal},
    event::{Actor, Words},
    ids::{AppointmentNo, CaseId, CategoryCode, PartyNo, UnitCode},
    time::Millis,
    verb::{Verb, allowed},
    visibility::Visibility,
};
use store::testing::each_engine;

use crate::town::{CITY, Town, draft, post, staff};

/// Everybody. Of the officers one leads, one supports, one was never called.
const PEOPLE: [&str; 21] = [
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
    "job",
];

/// How far the case has come when the verb is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Filed,
    HalfPublic,
    Waiting,
    WaitedLong,
    Accepted,
    Own,
    Called,
    Working,
    ReturnAsked,
    ExtensionAsked,
    Overdue,
    Supervised,
    ResolvedOwn,
    Resolved,
    Verified,
    Closed,
    Rejected,
    ReviewAsked,
    Merged,
    Released,
}

const SECRETARY: &str = "secretary of 象岗";
const GRID: &str = "grid officer of 象岗";
const STATION: &str = "dispatcher of 象岗";
const LEAD: &str = "appearance officer";
const SUPPORT: &str = "land officer";
const CONTRACTOR: &str = "appearance contractor";

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
    // The steps of a part are its own unit's; this is the leading unit's part.
    (Verb::Sign, Stand::Called, &[LEAD]),
    (Verb::ReportIn, Stand::Called, &[LEAD]),
    (Verb::SetOut, Stand::Working, &[LEAD]),
    (Verb::Arrive, Stand::Working, &[LEAD, CONTRACTOR]),
    (Verb::FeedBack, Stand::Working, &[LEAD, CONTRACTOR]),
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

/// A case with its people.
struct Matter {
    id: CaseId,
    reporter: Viewer,
    me_too: Viewer,
    stranger: Viewer,
    other: CaseId,
}

impl Matter {
    fn viewer(&self, name: &str) -> Viewer {
        match name {
            "anybody" => Viewer::Anonymous,
            "reporter" => self.reporter.clone(),
            "me-too" => self.me_too.clone(),
            "another reporter" => self.stranger.clone(),
            "job" => Viewer::System,
            name => staff(name),
        }
    }

    fn actor(&self, name: &str) -> Actor {
        match name {
            "reporter" => Actor::Party(PartyNo(1)),
            "me-too" => Actor::Party(PartyNo(2)),
            "job" => Actor::System,
            name => Actor::Appointment(post(name).no),
        }
    }
}

async fn told(
    town: &Town,
    visibility: Visibility,
) -> (CaseId, domain::reference::CaseNumber, Viewer) {
    // A category that asks for neither a photo nor somebody on the spot.
    let mut draft = draft();
    "published-error".clone_into(&mut draft.category);
    visibility.as_str().clone_into(&mut draft.visibility);
    let whistle = Whistle {
        checked: draft.check(&CITY, town.desk.now()).unwrap(),
        photos: Vec::new(),
        channel: Channel::Web,
        recurrence_of: None,
    };
    let filed = file_whistle(&town.desk, &town.key(), whistle)
        .await
        .unwrap();
    let reporter = Viewer::Party {
        case: filed.case,
        party: filed.party,
    };
    (filed.case, filed.number, reporter)
}

fn call() -> Act {
    let unit = |code: &str, lead| Called {
        unit: UnitCode::new(code).unwrap(),
        lead,
    };
    Act::Call {
        class: CallClass::HardProblem,
        units: vec![
            unit("enforcement-appearance", true),
            unit("resources-land", false),
        ],
        due: CallDue::Policy,
    }
}

const SOLVED: Act = Act::Resolve {
    outcome: Outcome::Solved,
    enforcement: None,
    level: Level::Community,
};

/// Brings a case to where it stands, by people the design lets do it.
async fn prepare(town: &Town, stand: Stand) -> Matter {
    town.at("2026-11-23T09:00");
    let visibility = match stand {
        Stand::HalfPublic => Visibility::PublicWithoutDetail,
        _ => Visibility::Public,
    };
    let (id, number, reporter) = told(town, visibility).await;
    act::join(&town.desk, &town.key(), number, "")
        .await
        .unwrap();
    let me_too = Viewer::Party {
        case: id,
        party: PartyNo(2),
    };
    let (other, _, stranger) = told(town, Visibility::Public).await;
    let matter = Matter {
        id,
        reporter,
        me_too,
        stranger,
        other,
    };
    let by = async |name: &str, command: Command| {
        town.does(&matter.viewer(name), id, command).await;
    };
    let called = async || {
        by(SECRETARY, Act::Accept.into()).await;
        by(STATION, call().into()).await;
    };
    let working = async || {
        called().await;
        by(LEAD, Act::ReportIn { part: 1 }.into()).await;
        by(SUPPORT, Act::ReportIn { part: 2 }.into()).await;
    };
    let resolved = async || {
        working().await;
        by(LEAD, SOLVED.saying("办完")).await;
    };
    let check = || Act::Verify {
        method: VerifyMethod::OnSite,
    };
    let reject = || {
        Act::Reject {
            ground: Ground::OtherProcedure,
        }
        .saying("已在诉讼中")
    };
    match stand {
        Stand::Filed | Stand::HalfPublic => {}
        Stand::Waiting => by(SECRETARY, Act::Ask.saying("在几号门前？")).await,
        Stand::WaitedLong => {
            by(SECRETARY, Act::Ask.saying("在几号门前？")).await;
            town.fresh.clock.advance(Millis::days(7));
        }
        Stand::Accepted => by(SECRETARY, Act::Accept.into()).await,
        Stand::Own => by(SECRETARY, Act::Take.into()).await,
        Stand::Called => called().await,
        Stand::Working => working().await,
        Stand::ReturnAsked => {
            called().await;
            by(
                LEAD,
                Act::AskReturn {
                    part: 1,
                    duty: None,
                }
                .saying("不属我方职责"),
            )
            .await;
        }
        Stand::ExtensionAsked => {
            working().await;
            by(LEAD, extension(town, id).await.saying("等材料")).await;
        }
        Stand::Overdue => {
            by(SECRETARY, Act::Accept.into()).await;
            town.fresh.clock.advance(Millis::days(30));
        }
        Stand::Supervised => {
            working().await;
            let due = town.desk.now().plus(Millis::days(2));
            by("supervisor", Act::Supervise { due }.saying("请说明")).await;
        }
        Stand::ResolvedOwn => {
            by(SECRETARY, Act::Take.into()).await;
            by(SECRETARY, SOLVED.saying("办完")).await;
        }
        Stand::Resolved => resolved().await,
        Stand::Verified => {
            resolved().await;
            by(SECRETARY, check().into()).await;
        }
        Stand::Closed => {
            resolved().await;
            by(SECRETARY, check().into()).await;
            by("job", Act::Close.into()).await;
        }
        Stand::Rejected | Stand::ReviewAsked => {
            by(SECRETARY, reject()).await;
            by(STATION, reject()).await;
            if stand == Stand::ReviewAsked {
                by("reporter", Act::AskReview.into()).await;
            }
        }
        Stand::Merged => {
            by(
                SECRETARY,
                Act::Merge { into: matter.other }.saying("同一处"),
            )
            .await;
        }
        Stand::Released => by("editor", Act::Publish.into()).await,
    }
    matter
}

/// Asks for more time on the clock of the leading unit's part.
async fn extension(town: &Town, id: CaseId) -> Act {
    let case = town.case(id).await;
    let clock = case
        .clocks
        .iter()
        .find(|clock| clock.part == Some(1) && clock.is_running());
    let clock = clock.expect("the part has a clock");
    Act::AskExtension {
        clock: clock.id,
        until: clock.due.plus(Millis::days(3)),
    }
}

/// The verb with what it needs to be possible there.
async fn command(town: &Town, matter: &Matter, verb: Verb, stand: Stand) -> Command {
    let soon = town.desk.now().plus(Millis::days(9));
    let act = match verb {
        Verb::Accept => Act::Accept,
        Verb::Take => Act::Take,
        Verb::Reject => Act::Reject {
            ground: Ground::OutsideCity,
        },
        Verb::AskReview => Act::AskReview,
        Verb::ReviewRejection => Act::ReviewRejection { uphold: false },
        Verb::Ask => Act::Ask,
        Verb::Answer => Act::Answer,
        Verb::EndWaiting => Act::EndWaiting,
        Verb::AddInformation => Act::AddInformation,
        Verb::Join => Act::Join,
        Verb::Assess => Act::Assess { duty: None },
        Verb::Call => call(),
        Verb::Sign => Act::Sign { part: 1 },
        Verb::ReportIn => Act::ReportIn { part: 1 },
        Verb::SetOut => Act::SetOut { part: 1 },
        Verb::Arrive => Act::Arrive { part: 1 },
        Verb::FeedBack => Act::FeedBack { part: 1 },
        Verb::AskReturn => Act::AskReturn {
            part: 1,
            duty: None,
        },
        Verb::RuleOnReturn => Act::RuleOnReturn {
            part: 1,
            uphold: true,
        },
        Verb::Assign => Act::Assign {
            unit: UnitCode::new("safety-fire").unwrap(),
            lead: false,
        },
        Verb::AskExtension => extension(town, matter.id).await,
        Verb::RuleOnExtension => Act::RuleOnExtension { grant: true },
        Verb::Park => Act::Park {
            owner: UnitCode::new("resources-land").unwrap(),
            until: soon,
        },
        Verb::TransferOut => Act::TransferOut { due: soon },
        Verb::Note => Act::Note,
        Verb::Update => Act::Update,
        Verb::AddEvidence => Act::AddEvidence {
            evidence: EvidenceKind::Document,
        },
        Verb::Resolve => SOLVED,
        Verb::Verify => Act::Verify {
            method: VerifyMethod::OnSite,
        },
        Verb::SendBack => Act::SendBack,
        Verb::CallBack => Act::CallBack { reached: true },
        Verb::Confirm => Act::Confirm,
        Verb::Dispute => Act::Dispute,
        Verb::Rate => Act::Rate { stars: 4 },
        Verb::Reopen => Act::Reopen,
        Verb::Escalate => Act::Escalate { to: Level::Unit },
        Verb::Urge => Act::Urge,
        Verb::Supervise => Act::Supervise { due: soon },
        Verb::AnswerSupervision => Act::AnswerSupervision { demand: 1 },
        Verb::DirectLine => Act::DirectLine,
        Verb::Reclassify => Act::Reclassify {
            category: CategoryCode::new("place-name").unwrap(),
        },
        Verb::Merge => Act::Merge { into: matter.other },
        Verb::Unmerge => Act::Unmerge,
        Verb::Publish => Act::Publish,
        Verb::Hold => Act::Hold,
        Verb::Redact => Act::Redact { version: 1 },
        Verb::Quarantine => Act::Quarantine,
        Verb::ChangeVisibility if stand == Stand::HalfPublic => Act::ChangeVisibility {
            to: Visibility::Public,
        },
        Verb::ChangeVisibility => Act::ChangeVisibility {
            to: Visibility::Private,
        },
        Verb::HandOver => Act::HandOver {
            to: AppointmentNo(2),
        },
        Verb::Withdraw => Act::Withdraw,
        Verb::Close => Act::Close,
    };
    act.saying("如实填写的一句话")
}

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
                let command = command(&town, &matter, *verb, *stand).await;
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
            let (id, number, reporter) = told(&town, Visibility::Private).await;
            let joined = act::join(&town.desk, &town.key(), number, "").await;
            assert!(matches!(joined, Err(Error::NotFound)), "{joined:?}");
            Matter {
                id,
                reporter,
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

/// Rejecting and taking out of sight each take two people, of whom the second must agree.
#[tokio::test(flavor = "multi_thread")]
async fn two_people_are_two_people() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        let reject = |ground| Act::Reject { ground }.saying("理由和依据");
        town.does(&staff(SECRETARY), matter.id, reject(Ground::OutsideCity))
            .await;
        let refusal = town
            .refused(&staff(SECRETARY), matter.id, reject(Ground::OutsideCity))
            .await;
        assert_eq!(refusal, Refusal::SecondPerson);
        // Another ground is another proposal, not an agreement.
        let case = town
            .does(&staff(STATION), matter.id, reject(Ground::AlreadyAnswered))
            .await;
        assert_eq!(case.state.tag().as_str(), "filed");
        let case = town
            .does(
                &staff(SECRETARY),
                matter.id,
                reject(Ground::AlreadyAnswered),
            )
            .await;
        assert_eq!(case.state.tag().as_str(), "rejected");

        let matter = prepare(&town, Stand::Filed).await;
        let quarantine = || Act::Quarantine.saying("疑似涉密");
        town.does(&staff("security admin"), matter.id, quarantine())
            .await;
        let refusal = town
            .refused(&staff("security admin"), matter.id, quarantine())
            .await;
        assert_eq!(refusal, Refusal::SecondPerson);
        let case = town
            .does(&staff("second security admin"), matter.id, quarantine())
            .await;
        assert!(case.quarantined);
        // From now on it is nowhere, for its own people too.
        for who in [
            Viewer::Anonymous,
            matter.reporter.clone(),
            staff(SECRETARY),
            staff("commission"),
        ] {
            let denied = town.denied(&who, matter.id, Act::Withdraw).await;
            assert!(matches!(denied, Error::NotFound), "{who:?}: {denied:?}");
        }
    })
    .await;
}

/// Who saw an old version is told so, and nothing happens.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_on_an_old_version_is_a_conflict() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        let seen = town.case(matter.id).await.version;
        town.does(&staff(SECRETARY), matter.id, Act::Accept).await;
        let before = town.case(matter.id).await;
        let answer = act::act(
            &town.desk,
            &staff(STATION),
            matter.id,
            Some(seen),
            Act::Note.saying("记一笔"),
        )
        .await;
        assert!(
            matches!(answer, Err(Error::Conflict { current }) if current == seen + 1),
            "{answer:?}"
        );
        assert_eq!(town.case(matter.id).await, before);
        // Who may not know of the case is not told its version either.
        let private = told(&town, Visibility::Private).await.0;
        let answer = act::act(&town.desk, &Viewer::Anonymous, private, Some(99), Act::Join).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
    })
    .await;
}

/// A case goes on only in one that is open, and its people keep what they have.
#[tokio::test(flavor = "multi_thread")]
async fn a_merge_never_goes_round_in_a_circle_nor_out_of_sight() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Merged).await;
        let merge = |into| Act::Merge { into }.saying("同一处");
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
        let (hidden, _, _) = told(&town, Visibility::Private).await;
        let refusal = town
            .refused(&staff(SECRETARY), open.id, merge(hidden))
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
        let merge = |into| Act::Merge { into }.saying("同一处");
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

/// A person with two offices acts by the one whose case it is, and never checks their own work.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_appointment_opens_nothing_of_the_first() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        // Land here, appearance in 华中 only: not the appearance part of a case here.
        let both = Viewer::Staff(vec![post(SUPPORT), post("appearance officer of 华中")].into());
        let matter = prepare(&town, Stand::Called).await;
        let denied = town
            .denied(&both, matter.id, Act::ReportIn { part: 1 })
            .await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        let case = town.does(&both, matter.id, Act::ReportIn { part: 2 }).await;
        assert_eq!(
            case.parts[1].reported_in.map(|(_, by)| by),
            Some(post(SUPPORT).no)
        );

        let both = Viewer::Staff(vec![post("supervisor"), post(SECRETARY)].into());
        let matter = prepare(&town, Stand::ResolvedOwn).await;
        for check in [
            Act::Verify {
                method: VerifyMethod::OnSite,
            },
            Act::SendBack,
            Act::CallBack { reached: true },
        ] {
            let denied = town.denied(&both, matter.id, check.saying("看过")).await;
            assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        }
        town.does(
            &staff("supervisor"),
            matter.id,
            Act::Verify {
                method: VerifyMethod::OnSite,
            },
        )
        .await;
    })
    .await;
}

/// Two offices are not two people: what takes two compares who holds them, as the list of staff
/// has it.
#[tokio::test(flavor = "multi_thread")]
async fn one_person_with_two_offices_is_no_second_person() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let one = appointed(&town, "one", &[SECRETARY, STATION, "supervisor"]).await;
        let other = appointed(&town, "other", &["commission", "editor"]).await;
        let security = appointed(&town, "security", &["security admin"]).await;
        let reject = || {
            Act::Reject {
                ground: Ground::OtherProcedure,
            }
            .saying("诉讼中")
        };
        let matter = prepare(&town, Stand::Filed).await;
        town.does(&one, matter.id, reject()).await;
        let refusal = town.refused(&one, matter.id, reject()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        // By the other office the same person is told the same.
        let mut desk_only = post(STATION);
        let mut ended = post(SECRETARY);
        ended.until = Some(town.desk.now());
        reappoint(&town, "one", &[ended, post("supervisor")]).await;
        let by_station = casework::people::viewer(&town.desk, "one").await.unwrap();
        let refusal = town.refused(&by_station, matter.id, reject()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        desk_only.no = AppointmentNo(40);
        reappoint(&town, "second", &[desk_only]).await;
        let second = casework::people::viewer(&town.desk, "second")
            .await
            .unwrap();
        town.does(&second, matter.id, reject()).await;
        town.does(&matter.reporter, matter.id, Act::AskReview).await;
        let review = || Act::ReviewRejection { uphold: true }.saying("维持");
        let refusal = town.refused(&by_station, matter.id, review()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        town.does(&other, matter.id, review()).await;

        let quarantine = || Act::Quarantine.saying("疑似涉密");
        town.does(&other, matter.id, quarantine()).await;
        let refusal = town.refused(&other, matter.id, quarantine()).await;
        assert_eq!(refusal, Refusal::SecondPerson);
        town.does(&security, matter.id, quarantine()).await;

        // Who led the work under an office they have left does not check it as a supervisor.
        let matter = prepare(&town, Stand::Resolved).await;
        let mut left = post(LEAD);
        left.until = Some(town.desk.now());
        reappoint(&town, "led", &[left, post("supervisor")]).await;
        let led = casework::people::viewer(&town.desk, "led").await.unwrap();
        let check = || Act::Verify {
            method: VerifyMethod::OnSite,
        };
        for verb in [check(), Act::SendBack, Act::CallBack { reached: true }] {
            let denied = town.denied(&led, matter.id, verb.saying("看过")).await;
            assert!(matches!(denied, Error::Forbidden), "{denied:?}");
        }
        reappoint(&town, "nobody", &[post("supervisor")]).await;
        let outside = casework::people::viewer(&town.desk, "nobody")
            .await
            .unwrap();
        town.does(&outside, matter.id, check()).await;
    })
    .await;
}

async fn appointed(town: &Town, person: &str, posts: &[&str]) -> Viewer {
    let posts: Vec<_> = posts.iter().map(|name| post(name)).collect();
    reappoint(town, person, &posts).await;
    casework::people::viewer(&town.desk, person).await.unwrap()
}

/// Writes a person and their offices into the list of staff.
async fn reappoint(town: &Town, person: &str, posts: &[Appointment]) {
    let given = (
        store::Person {
            id: person.to_owned(),
            login: person.to_owned(),
            name: "演示人员".to_owned(),
            secret: None,
            active: true,
        },
        posts.to_vec(),
    );
    town.desk
        .store
        .write::<_, (), Error>(move |tx| {
            let (person, posts) = given.clone();
            Box::pin(async move {
                tx.put_person(&person).await?;
                for post in &posts {
                    tx.appoint(&person.id, post).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

/// The community that resolves after every unit was let go has done it itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_community_does_not_check_what_it_did_after_a_return() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Working).await;
        for (part, name) in [(1, LEAD), (2, SUPPORT)] {
            let ask = Act::AskReturn { part, duty: None }.saying("不属我方职责");
            town.does(&staff(name), matter.id, ask).await;
            if part == 1 {
                let rule = Act::RuleOnReturn { part, uphold: true }.saying("同意");
                town.does(&staff(STATION), matter.id, rule).await;
            }
        }
        // The second time the desk rules no more: the commission assigns, for good.
        let rule = Act::RuleOnReturn {
            part: 2,
            uphold: true,
        }
        .saying("同意");
        assert_eq!(
            town.refused(&staff(STATION), matter.id, rule).await,
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
        let ask = Act::AskReturn {
            part: 3,
            duty: None,
        }
        .saying("也不属我方");
        assert_eq!(
            town.refused(&staff("fire officer"), matter.id, ask).await,
            Refusal::Final
        );

        let matter = prepare(&town, Stand::Accepted).await;
        let unit = UnitCode::new("enforcement-appearance").unwrap();
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: vec![Called { unit, lead: true }],
            due: CallDue::Policy,
        };
        town.does(&staff(SECRETARY), matter.id, call).await;
        town.does(&staff(LEAD), matter.id, Act::ReportIn { part: 1 })
            .await;
        town.does(
            &staff(LEAD),
            matter.id,
            Act::AskReturn {
                part: 1,
                duty: None,
            }
            .saying("不属我方"),
        )
        .await;
        town.does(
            &staff(STATION),
            matter.id,
            Act::RuleOnReturn {
                part: 1,
                uphold: true,
            }
            .saying("同意"),
        )
        .await;
        town.does(&staff(SECRETARY), matter.id, Act::Take).await;
        town.does(&staff(SECRETARY), matter.id, SOLVED.saying("办完"))
            .await;
        let check = Act::Verify {
            method: VerifyMethod::OnSite,
        };
        let denied = town.denied(&staff(SECRETARY), matter.id, check).await;
        assert!(matches!(denied, Error::Forbidden), "{denied:?}");
    })
    .await;
}

/// What a command says must be words: blanks and photos of nobody's form are none.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_says_something_and_shows_only_its_own_photos() {
    each_engine(|fresh| async move {
        let town = Town::new(fresh);
        let matter = prepare(&town, Stand::Filed).await;
        for blank in ["", " ", "\u{3000}\n"] {
            let refusal = town
                .refused(&staff(SECRETARY), matter.id, Act::Note.saying(blank))
                .await;
            assert_eq!(refusal, Refusal::NeedsText, "{blank:?}");
        }
        let (mine, theirs) = (town.key(), town.key());
        let photo = town.photo(&theirs, 9).await;
        let add = Command {
            act: Act::AddInformation,
            words: Some(Words {
                photos: vec![photo],
                ..Words::text("又来了")
            }),
        };
        let denied = town.denied(&matter.reporter, matter.id, add.clone()).await;
        assert!(
            matches!(denied, Error::NotFound),
            "without a key: {denied:?}"
        );
        let answer = act::act_with_photos(
            &town.desk,
            &matter.reporter,
            &mine,
            matter.id,
            None,
            add.clone(),
        )
        .await;
        assert!(
            matches!(answer, Err(Error::NotFound)),
            "under another key: {answer:?}"
        );
        let case =
            act::act_with_photos(&town.desk, &matter.reporter, &theirs, matter.id, None, add)
                .await
                .unwrap();
        assert_eq!(case.photos, 1);
        // It is the case's now: a day later nothing sweeps it away.
        town.fresh.clock.advance(Millis::days(2));
        town.desk.store.sweep_staging().await.unwrap();
        assert!(town.desk.store.blobs().has(photo).await.unwrap());
    })
    .await;
}
