//! Laws of a case: what holds after any sequence of commands that the rules accept, by whomever
//! and whenever, and the rules that a story tells best.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod city;

use std::sync::LazyLock;

use city::{area, category, demo};
use domain::{
    access::{Viewer, reads_words},
    case::{
        CallClass, Case, Channel, EnforcementOutcome, EvidenceKind, Filer, Ground, Kind, Level,
        Outcome, Release, StateTag, VerifyMethod, apply,
    },
    city::City,
    clock::{Limit, RunningClock, Stage},
    decide::{self, Act, CallDue, Called, Command, Filing, REOPEN_WINDOW, Refusal, Rules, decide},
    event::{Actor, Event, Fact, Recorded, Words},
    ids::{AppointmentNo, CaseId, PartyNo, PhotoId, UnitCode},
    reference::CaseNumber,
    time::{Millis, Timestamp},
    verb::{Verb, allowed, row_of},
    visibility::Visibility,
};
use proptest::prelude::*;

static CITY: LazyLock<City> = LazyLock::new(demo);

static PICTURE: LazyLock<String> = LazyLock::new(domain::verb::picture);

/// In every text, so that a text that strays into the facts is seen.
const SPOKEN: &str = "只在话里的词";

fn at(text: &str) -> Timestamp {
    CITY.time
        .parse_rfc3339(&format!("{text}:00+08:00"))
        .unwrap()
}

const REPORTER: Actor = Actor::Party(PartyNo(1));
const NEIGHBOUR: Actor = Actor::Party(PartyNo(2));

fn staff(no: u32) -> Actor {
    Actor::Appointment(AppointmentNo(no))
}

/// A case as it comes about, with all that happened to it.
struct Run {
    case: Case,
    log: Vec<Recorded>,
    now: Timestamp,
}

impl Run {
    fn file(filer: Filer, what: &str, visibility: Option<Visibility>) -> Self {
        let now = at("2026-11-23T09:00");
        let filing = Filing {
            kind: Kind::Whistle,
            number: CaseNumber::new(CITY.time.civil(now).date, 482_913),
            channel: Channel::Web,
            filer,
            category: category(what),
            community: area("330383198023"),
            grid: None,
            visibility,
            may_call: true,
            recurrence_of: None,
            external: None,
            words: Words::text(SPOKEN),
            fixed: None,
        };
        let events = decide::file(filing, staff(2), &Rules::new(&CITY), now).unwrap();
        let id = CaseId::new(now, [7; 10]);
        let mut case = None;
        let mut log = Vec::new();
        for (event, version) in events.into_iter().zip(1..) {
            let recorded = Recorded {
                case: id,
                version,
                at: now,
                event,
            };
            case = Some(apply(case, &recorded).unwrap());
            log.push(recorded);
        }
        Self {
            case: case.unwrap(),
            log,
            now,
        }
    }

    /// A public case that asks for neither a photo nor somebody on the spot.
    fn plain() -> Self {
        Self::file(Filer::Resident, "published-error", Some(Visibility::Public))
    }

    fn attempt(&mut self, actor: Actor, command: impl Into<Command>) -> Result<usize, Refusal> {
        let events = decide(
            &self.case,
            command.into(),
            actor,
            &Rules::new(&CITY),
            self.now,
        )?;
        let new = events.len();
        for event in events {
            let version = self.case.version + 1;
            let recorded = Recorded {
                case: self.case.id,
                version,
                at: self.now,
                event,
            };
            let after = apply(Some(self.case.clone()), &recorded)
                .unwrap_or_else(|broken| panic!("{broken}: {:?}", recorded.event));
            assert_eq!(after.version, version, "one version for each event");
            self.case = after;
            self.log.push(recorded);
        }
        Ok(new)
    }

    #[track_caller]
    fn does(&mut self, actor: Actor, command: impl Into<Command>) {
        let command = command.into();
        let told = format!("{command:?}");
        if let Err(refusal) = self.attempt(actor, command) {
            panic!("{told}: {refusal:?}");
        }
    }

    #[track_caller]
    fn refused(&mut self, actor: Actor, command: impl Into<Command>) -> Refusal {
        let before = self.case.clone();
        let refusal = self
            .attempt(actor, command)
            .expect_err("the rules must refuse this");
        assert_eq!(self.case, before);
        refusal
    }

    fn later(&mut self, span: Millis) {
        self.now = self.now.plus(span);
    }

    fn clock(&self, stage: Stage, part: Option<u32>) -> &RunningClock {
        let of = |clock: &&RunningClock| clock.stage == stage && clock.part == part;
        self.case
            .clocks
            .iter()
            .rev()
            .find(of)
            .unwrap_or_else(|| panic!("no clock {stage}"))
    }

    fn called(&mut self) {
        self.does(staff(1), Act::Accept);
        self.does(
            staff(1),
            call(&[("enforcement-appearance", true), ("resources-land", false)]),
        );
    }

    fn working(&mut self) {
        self.called();
        self.does(staff(5), Act::ReportIn { part: 1 });
    }

    fn resolved(&mut self) {
        self.working();
        self.does(staff(5), SOLVED);
    }
}

const SOLVED: Act = Act::Resolve {
    outcome: Outcome::Solved,
    enforcement: None,
    level: Level::City,
};

fn call(units: &[(&str, bool)]) -> Act {
    Act::Call {
        class: CallClass::HardProblem,
        units: units
            .iter()
            .map(|(unit, lead)| Called {
                unit: UnitCode::new(*unit).unwrap(),
                lead: *lead,
            })
            .collect(),
        due: CallDue::Policy,
    }
}

// ---- laws ----------------------------------------------------------------------------------

/// One try: which verb, by whom, with which details, and how long after the last.
#[derive(Clone, Debug)]
struct Try {
    choice: u16,
    actor: u8,
    detail: u8,
    photos: u8,
    silent: bool,
    minutes: i64,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (
        any::<u16>(),
        any::<u8>(),
        any::<u8>(),
        0..3_u8,
        prop::bool::weighted(0.1),
        prop_oneof![3 => -30..200_i64, 1 => 0..9_000_i64],
    )
        .prop_map(|(choice, actor, detail, photos, silent, minutes)| Try {
            choice,
            actor,
            detail,
            photos,
            silent,
            minutes,
        });
    prop::collection::vec(one, 1..60)
}

fn filings() -> impl Strategy<Value = (Filer, &'static str, Option<Visibility>)> {
    let filer = prop::sample::select(Filer::ALL);
    let what = prop::sample::select(
        &[
            "published-error",
            "street-vending",
            "illegal-dumping",
            "vacant-land",
        ][..],
    );
    let visibility = prop::sample::select(&Visibility::ALL[..]);
    prop_oneof![
        9 => (filer.clone(), what, prop::option::of(visibility)),
        1 => (filer, Just("family-violence"), Just(None)),
    ]
}

/// The try as a command. Nine times in ten it is a verb for a case in this state.
fn command(case: &Case, attempt: &Try, now: Timestamp) -> Command {
    let tag = case.state.tag();
    let mut fitting: Vec<Verb> = Verb::ALL
        .iter()
        .copied()
        .filter(|verb| attempt.choice.is_multiple_of(10) || row_of(*verb).from.contains(&tag))
        .collect();
    if attempt.choice.is_multiple_of(3) && !case.parts.is_empty() {
        // A called unit's way is long: without a push few tries come to its end.
        let steps = [
            Verb::ReportIn,
            Verb::SetOut,
            Verb::Arrive,
            Verb::FeedBack,
            Verb::Resolve,
            Verb::AskReturn,
            Verb::RuleOnReturn,
        ];
        fitting = steps.to_vec();
    }
    if attempt.choice % 3 == 1 && (case.rejection_proposed.is_some() || tag == StateTag::Rejected) {
        fitting = vec![Verb::Reject, Verb::AskReview, Verb::ReviewRejection];
    }
    let verb = fitting[usize::from(attempt.choice / 10) % fitting.len()];
    let n = u32::from(attempt.detail);
    let pick = |len: usize| usize::from(attempt.detail) % len;
    let part = case
        .parts
        .get(pick(case.parts.len() + 1))
        .map_or(99, |part| part.no);
    let soon = now.plus(Millis::hours(i64::from(attempt.detail) - 20));
    let units = [
        "enforcement-appearance",
        "resources-land",
        "safety-fire",
        "nowhere",
    ];
    let unit = UnitCode::new(units[pick(4)]).unwrap();
    let act = match verb {
        Verb::Accept => Act::Accept,
        Verb::Take => Act::Take,
        Verb::Reject => Act::Reject {
            ground: Ground::ALL[pick(2)],
        },
        Verb::AskReview => Act::AskReview,
        Verb::ReviewRejection => Act::ReviewRejection { uphold: n % 2 == 0 },
        Verb::Ask => Act::Ask,
        Verb::Answer => Act::Answer,
        Verb::EndWaiting => Act::EndWaiting,
        Verb::AddInformation => Act::AddInformation,
        Verb::Join => Act::Join,
        Verb::Assess => Act::Assess { duty: None },
        Verb::Call => {
            let due = match n % 3 {
                0 => CallDue::Policy,
                1 => CallDue::Within(Limit::Days(4)),
                _ => CallDue::Until(soon),
            };
            let mut units = vec![Called {
                unit,
                lead: n % 5 != 0,
            }];
            if n % 2 == 0 {
                let unit = UnitCode::new("police-order").unwrap();
                units.push(Called {
                    unit,
                    lead: n % 5 == 0,
                });
            }
            Act::Call {
                class: CallClass::ALL[pick(3)],
                units,
                due,
            }
        }
        Verb::Sign => Act::Sign { part },
        Verb::ReportIn => Act::ReportIn { part },
        Verb::SetOut => Act::SetOut { part },
        Verb::Arrive => Act::Arrive { part },
        Verb::FeedBack => Act::FeedBack { part },
        Verb::AskReturn => Act::AskReturn { part, duty: None },
        Verb::RuleOnReturn => {
            let asked = case.parts.iter().find(|part| part.return_asked);
            Act::RuleOnReturn {
                part: asked.map_or(part, |part| part.no),
                uphold: n % 2 == 0,
            }
        }
        Verb::Assign => Act::Assign {
            unit,
            lead: n % 2 == 0,
        },
        Verb::AskExtension => {
            let clocks = case.clocks.len();
            let clock = case.clocks.get(pick(clocks.max(1)));
            let until = clock.map_or(soon, |clock| {
                clock.due.plus(Millis::hours(i64::from(n) - 2))
            });
            Act::AskExtension {
                clock: clock.map_or(99, |clock| clock.id),
                until,
            }
        }
        Verb::RuleOnExtension => Act::RuleOnExtension { grant: n % 3 != 0 },
        Verb::Park => Act::Park {
            owner: unit,
            until: soon,
        },
        Verb::TransferOut => Act::TransferOut { due: soon },
        Verb::Note => Act::Note,
        Verb::Update => Act::Update,
        Verb::AddEvidence => {
            let kinds = [
                EvidenceKind::PhotoBefore,
                EvidenceKind::PhotoAfter,
                EvidenceKind::Document,
            ];
            Act::AddEvidence {
                evidence: kinds[pick(3)],
            }
        }
        Verb::Resolve => Act::Resolve {
            outcome: Outcome::ALL[pick(Outcome::ALL.len())],
            enforcement: (n % 4 == 0).then_some(EnforcementOutcome::Warned),
            level: Level::ALL[pick(4)],
        },
        Verb::Verify => Act::Verify {
            method: VerifyMethod::OnSite,
        },
        Verb::SendBack => Act::SendBack,
        Verb::CallBack => Act::CallBack {
            reached: n % 2 == 0,
        },
        Verb::Confirm => Act::Confirm,
        Verb::Dispute => Act::Dispute,
        Verb::Rate => Act::Rate {
            stars: attempt.detail % 8,
        },
        Verb::Reopen => Act::Reopen,
        Verb::Escalate => Act::Escalate {
            to: Level::ALL[pick(4)],
        },
        Verb::Urge => Act::Urge,
        Verb::Supervise => Act::Supervise { due: soon },
        Verb::AnswerSupervision => Act::AnswerSupervision { demand: n % 3 },
        Verb::DirectLine => Act::DirectLine,
        Verb::Reclassify => {
            let to = [
                "vacant-land",
                "published-error",
                "minor-harm",
                "tip-official",
                "rubbish",
                "nothing",
            ];
            Act::Reclassify {
                category: category(to[pick(to.len())]),
            }
        }
        Verb::Merge => Act::Merge {
            into: CaseId::from_bytes([attempt.detail; 16]),
        },
        Verb::Unmerge => Act::Unmerge,
        Verb::Publish => Act::Publish,
        Verb::Hold => Act::Hold,
        Verb::Redact => Act::Redact { version: n % 6 },
        Verb::Quarantine => Act::Quarantine,
        Verb::ChangeVisibility => Act::ChangeVisibility {
            to: Visibility::ALL[pick(3)],
        },
        Verb::HandOver => Act::HandOver {
            to: AppointmentNo(n % 5),
        },
        Verb::Withdraw => Act::Withdraw,
        Verb::Close => Act::Close,
    };
    let photos = (0..attempt.photos)
        .map(|no| PhotoId::new([no; 16]))
        .collect();
    let text = (!attempt.silent).then(|| SPOKEN.to_owned());
    Command {
        act,
        words: Some(Words {
            text,
            place: None,
            photos,
        }),
    }
}

fn actor(attempt: &Try) -> Actor {
    match attempt.actor % 6 {
        0 => REPORTER,
        1 => NEIGHBOUR,
        2 => Actor::System,
        n => staff(u32::from(n)),
    }
}

fn fold(log: &[Recorded]) -> Case {
    let folded = log
        .iter()
        .try_fold(None, |case, recorded| apply(case, recorded).map(Some));
    folded
        .expect("what was appended folds")
        .expect("the filing at least")
}

/// What holds of a case at any time.
fn holds(case: &Case, now: Timestamp) {
    let tag = case.state.tag();
    for clock in &case.clocks {
        assert!(
            clock.gross(now) >= Millis::ZERO && clock.net(now) >= Millis::ZERO,
            "{clock:?}"
        );
        assert!(clock.net(now) <= clock.gross(now), "{clock:?}");
        assert!(
            clock.due >= clock.started && clock.first_due >= clock.started,
            "{clock:?}"
        );
        assert!(
            clock.stopped.is_none_or(|stopped| stopped >= clock.started),
            "{clock:?}"
        );
        assert!(
            clock.extended || clock.due == clock.first_due,
            "only an extension parts them: {clock:?}"
        );
        if clock.stopped.is_some() {
            assert!(
                clock.pauses.iter().all(|pause| pause.until.is_some()),
                "it stopped and still waits: {clock:?}"
            );
        }
        if clock.is_paused() {
            assert!(
                case.waiting_since.is_some(),
                "it waits for nobody: {clock:?}"
            );
        }
        // The release is owed whatever becomes of the case; a merged one goes on elsewhere.
        let owed = clock.stage != Stage::Release && clock.is_running();
        let over = tag.is_ended() && tag != StateTag::Merged;
        assert!(!(over && owed), "{tag:?} and still running: {clock:?}");
        let checked = clock.stage == Stage::Verify && clock.is_running();
        let mut before = tag;
        if let domain::case::State::Merged { before: state, .. } = &case.state {
            before = state.tag();
        }
        assert!(
            !checked || before == StateTag::Resolved,
            "{tag:?}: nothing to check: {clock:?}"
        );
    }
    let mut ids: Vec<u32> = case.clocks.iter().map(|clock| clock.id).collect();
    let clocks = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), clocks, "a clock's number names one clock");
    let acting: Vec<_> = case.parts.iter().filter(|part| !part.returned).collect();
    assert!(
        acting.iter().filter(|part| part.lead).count() <= 1,
        "one leads: {acting:?}"
    );
    let mut units: Vec<_> = acting.iter().map(|part| &part.unit).collect();
    units.sort_unstable();
    units.dedup();
    assert_eq!(units.len(), acting.len(), "no unit twice: {acting:?}");
    if case.filer == Filer::Staff {
        assert!(case.verdicts.is_empty(), "nobody judges what staff filed");
    }
    for verdict in &case.verdicts {
        assert!(
            verdict.stars.is_none_or(|stars| (1..=5).contains(&stars)),
            "{verdict:?}"
        );
    }
    if case.always_private {
        assert_eq!(case.visibility, Visibility::Private);
    }
    if case.visibility != Visibility::Public {
        assert!(!case.words_are_public());
        assert_eq!(case.release, Release::NotOffered);
    }
    assert!(!case.joint() || case.linked());
    if case.handled() {
        assert!(case.state.outcome().is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_accepted_keeps_the_laws(
        (filer, what, visibility) in filings(),
        tries in tries(),
        erased in any::<u64>(),
    ) {
        let mut run = Run::file(filer, what, visibility);
        holds(&run.case, run.now);
        for attempt in &tries {
            run.now = run.now.plus(Millis::minutes(attempt.minutes));
            let before = run.case.clone();
            let known = run.log.len();
            let command = command(&before, attempt, run.now);
            let verb = command.act.verb();
            let refused = run.attempt(actor(attempt), command).is_err();
            holds(&run.case, run.now);
            if refused {
                prop_assert_eq!(&run.case, &before, "a refusal leaves all as it was");
                continue;
            }
            prop_assert!(run.log.len() > known, "what is accepted is written down");
            let (was, is) = (before.state.tag(), run.case.state.tag());
            let drawn = format!("{} --> {}: {}", was.as_str(), is.as_str(), verb.as_str());
            prop_assert!(was == is || verb == Verb::Unmerge || PICTURE.contains(&drawn), "not drawn: {drawn}");
            prop_assert_eq!(usize::try_from(run.case.version).unwrap(), run.log.len());
            let new = &run.log[known..];
            if before.state.tag() == StateTag::Closed && run.case.state.tag() != StateTag::Closed {
                let reopened = new.iter().any(|it| matches!(it.event.fact, Fact::Reopened { .. }));
                prop_assert!(reopened, "closed stays closed until it is reopened");
            }
            prop_assert!(!before.quarantined || run.case.quarantined, "no way back into sight");
            prop_assert!(run.case.handlers.starts_with(&before.handlers), "who worked on it did");
            prop_assert!(run.case.parties.starts_with(&before.parties), "people stay who they are");
            prop_assert!(run.case.clocks.len() >= before.clocks.len(), "no clock is forgotten");
            for (was, is) in before.clocks.iter().zip(&run.case.clocks) {
                prop_assert_eq!(was.id, is.id);
                prop_assert_eq!(was.started, is.started, "no clock starts twice");
                prop_assert!(is.first_due >= was.first_due, "later rules take nothing off a clock");
                prop_assert_eq!(&was.limit, &is.limit);
                prop_assert!(!was.cancelled || is.cancelled);
            }
        }
        for recorded in &run.log {
            let encoded = recorded.event.encode();
            let decoded = Event::decode(encoded.kind, &encoded.facts, encoded.words.as_deref());
            prop_assert_eq!(&decoded.unwrap(), &recorded.event);
            prop_assert!(!encoded.facts.contains(SPOKEN), "free text in the facts: {}", encoded.facts);
        }
        prop_assert_eq!(&fold(&run.log), &run.case, "the log is the case");
        let row = serde_json::to_string(&run.case).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Case>(&row).unwrap(), &run.case, "its row is the case");
        let mut poorer = run.log.clone();
        for (recorded, bit) in poorer.iter_mut().zip((0..64).cycle()) {
            if erased >> bit & 1 == 1 {
                recorded.event.words = None;
            }
        }
        prop_assert_eq!(&fold(&poorer), &run.case, "erased words change nothing");
    }

    /// An event read back with another kind beside it, or with more in it, is no event.
    #[test]
    fn nothing_but_the_written_bytes_is_an_event(extra in "[a-z]{1,8}", other in 0..54_usize) {
        let run = Run::plain();
        let encoded = run.log[0].event.encode();
        let kind = Fact::KINDS[other];
        if kind != encoded.kind {
            prop_assert!(Event::decode(kind, &encoded.facts, None).is_err());
        }
        let more = encoded.facts.replacen('{', &format!("{{\"x{extra}\":1,"), 1);
        prop_assert!(Event::decode(encoded.kind, &more, None).is_err(), "{more}");
    }
}

/// The laws are worth what the tries reach: every verb must be accepted somewhere.
#[test]
fn the_tries_reach_every_verb() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..1_500 {
        let (filer, what, visibility) = filings().new_tree(&mut runner).unwrap().current();
        let tries = tries().new_tree(&mut runner).unwrap().current();
        let mut run = Run::file(filer, what, visibility);
        for attempt in &tries {
            run.now = run.now.plus(Millis::minutes(attempt.minutes));
            let command = command(&run.case, attempt, run.now);
            let verb = command.act.verb();
            if run.attempt(actor(attempt), command).is_ok() {
                reached.insert(verb);
            }
        }
    }
    let missed: Vec<_> = Verb::ALL
        .iter()
        .filter(|verb| !reached.contains(verb))
        .collect();
    assert!(missed.is_empty(), "never accepted: {missed:?}");
}

// ---- kinds ---------------------------------------------------------------------------------

#[test]
fn a_kind_knows_its_verbs() {
    // Written from the design: a tip is sealed, a request is decided by its office, a task has
    // receipts and nobody to judge it.
    for (kind, never) in [
        (Kind::Whistle, &[][..]),
        (
            Kind::Tip,
            &[
                Verb::Join,
                Verb::Publish,
                Verb::Hold,
                Verb::Merge,
                Verb::Unmerge,
                Verb::ChangeVisibility,
            ][..],
        ),
        (
            Kind::Request,
            &[
                Verb::Join,
                Verb::Publish,
                Verb::Hold,
                Verb::Merge,
                Verb::Unmerge,
            ][..],
        ),
        (
            Kind::Task,
            &[
                Verb::Join,
                Verb::Publish,
                Verb::Hold,
                Verb::Confirm,
                Verb::Dispute,
                Verb::Rate,
                Verb::Urge,
                Verb::Withdraw,
            ][..],
        ),
    ] {
        for verb in never {
            assert!(!allowed(kind, *verb), "{kind:?} {verb:?}");
        }
        for verb in [
            Verb::Accept,
            Verb::Note,
            Verb::Resolve,
            Verb::Verify,
            Verb::Close,
        ] {
            assert!(allowed(kind, verb), "{kind:?} {verb:?}");
        }
    }
}

#[test]
fn a_tip_is_never_told_as_a_whistle_nor_made_one() {
    let now = at("2026-11-23T09:00");
    let filing = |kind, what: &str| Filing {
        kind,
        number: CaseNumber::new(CITY.time.civil(now).date, 1),
        channel: Channel::Api,
        filer: Filer::Resident,
        category: category(what),
        community: area("330383198023"),
        grid: None,
        visibility: Some(Visibility::Public),
        may_call: false,
        recurrence_of: None,
        external: None,
        words: Words::text(SPOKEN),
        fixed: None,
    };
    let file = |kind, what| decide::file(filing(kind, what), REPORTER, &Rules::new(&CITY), now);
    assert_eq!(
        file(Kind::Whistle, "tip-official"),
        Err(Refusal::Unknown("category"))
    );
    assert_eq!(
        file(Kind::Tip, "street-vending"),
        Err(Refusal::Unknown("category"))
    );
    let tip = file(Kind::Tip, "tip-official").unwrap();
    assert!(
        matches!(
            tip[0].fact,
            Fact::Filed {
                visibility: Visibility::Private,
                ..
            }
        ),
        "whatever was asked for, a tip is sealed"
    );
    let mut run = Run::plain();
    for to in ["tip-official", "rubbish", "nothing"] {
        let refusal = run.refused(
            staff(1),
            Act::Reclassify {
                category: category(to),
            },
        );
        assert_eq!(refusal, Refusal::Unknown("category"), "{to}");
    }
}

// ---- stories of single rules ---------------------------------------------------------------

#[test]
fn ratings_go_from_one_to_five_once_for_each_result() {
    let mut run = Run::plain();
    run.resolved();
    for stars in [0, 6, 255] {
        assert_eq!(
            run.refused(REPORTER, Act::Rate { stars }),
            Refusal::NotARating
        );
    }
    run.does(REPORTER, Act::Rate { stars: 1 });
    assert_eq!(
        run.refused(REPORTER, Act::Rate { stars: 5 }),
        Refusal::OnlyOnce
    );
    run.does(staff(1), Act::SendBack.saying("没办好"));
    assert_eq!(
        run.case.verdicts[0].stars,
        Some(1),
        "sending it back does not take the star away"
    );
    run.does(staff(5), SOLVED);
    run.does(REPORTER, Act::Rate { stars: 5 });
}

#[test]
fn not_fixed_can_be_said_of_every_result() {
    let mut run = Run::plain();
    run.resolved();
    for round in 1..=3 {
        run.does(REPORTER, Act::Dispute.saying("还在漏"));
        assert_eq!(run.case.state.tag(), StateTag::InProgress, "round {round}");
        run.does(staff(5), SOLVED);
        assert_eq!(
            run.case.said_fixed(PartyNo(1)),
            None,
            "the new result is not judged yet"
        );
    }
    run.does(REPORTER, Act::Confirm);
    assert_eq!(run.refused(REPORTER, Act::Confirm), Refusal::AlreadyDone);
    assert_eq!(run.case.said_fixed(PartyNo(1)), Some(true));
}

#[test]
fn who_has_the_same_problem_judges_for_themself_only() {
    let mut run = Run::plain();
    run.does(Actor::System, Act::Join);
    run.resolved();
    run.does(NEIGHBOUR, Act::Dispute.saying("我这边还没好"));
    assert_eq!(
        run.case.state.tag(),
        StateTag::Resolved,
        "the reporter's case is not theirs to reopen"
    );
    assert_eq!(
        run.refused(NEIGHBOUR, Act::Dispute.saying("还没好")),
        Refusal::AlreadyDone
    );
    assert_eq!(run.case.said_fixed(PartyNo(1)), None);
}

#[test]
fn who_has_the_same_problem_reads_what_everybody_reads() {
    let mut run = Run::plain();
    run.does(Actor::System, Act::Join);
    let party = |no| Viewer::Party {
        case: run.case.id,
        party: PartyNo(no),
    };
    let (reporter, neighbour) = (party(1), party(2));
    assert!(reads_words(&reporter, &run.case));
    assert!(!reads_words(&neighbour, &run.case), "nobody released it");
    run.does(staff(10), Act::Publish);
    assert!(reads_words(&neighbour, &run.case));
    let close = Act::ChangeVisibility {
        to: Visibility::Private,
    };
    run.does(REPORTER, close);
    assert!(!reads_words(&neighbour, &run.case));
    assert!(reads_words(&reporter, &run.case));
}

#[test]
fn a_case_that_staff_filed_is_never_judged() {
    let mut run = Run::file(Filer::Staff, "published-error", None);
    run.resolved();
    for actor in [REPORTER, NEIGHBOUR, staff(2)] {
        for verdict in [Act::Confirm, Act::Dispute, Act::Rate { stars: 5 }] {
            assert_eq!(
                run.refused(actor, verdict.saying("好")),
                Refusal::NobodyToJudge
            );
        }
    }
    assert!(
        matches!(run.refused(staff(1), Act::Close), Refusal::NotNow { .. }),
        "unchecked"
    );
    run.does(
        staff(1),
        Act::Verify {
            method: VerifyMethod::OnSite,
        },
    );
    run.does(staff(1), Act::Close);
}

#[test]
fn two_people_reject_on_one_ground_and_two_quarantine() {
    let reject = |ground| Act::Reject { ground }.saying("依据");
    let mut run = Run::plain();
    assert_eq!(
        run.refused(
            staff(1),
            Act::Reject {
                ground: Ground::OutsideCity
            }
        ),
        Refusal::NeedsText
    );
    run.does(staff(1), reject(Ground::OutsideCity));
    assert_eq!(
        run.refused(staff(1), reject(Ground::OutsideCity)),
        Refusal::SecondPerson
    );
    run.does(staff(4), reject(Ground::NotActionable));
    assert_eq!(
        run.case.state.tag(),
        StateTag::Filed,
        "another ground is another proposal"
    );
    run.does(staff(1), reject(Ground::NotActionable));
    assert_eq!(run.case.state.tag(), StateTag::Rejected);
    // The reporter may ask once for another look.
    run.does(REPORTER, Act::AskReview);
    assert_eq!(run.refused(REPORTER, Act::AskReview), Refusal::OnlyOnce);
    run.does(
        staff(9),
        Act::ReviewRejection { uphold: true }.saying("维持"),
    );
    assert_eq!(
        run.refused(
            staff(9),
            Act::ReviewRejection { uphold: false }.saying("改")
        ),
        Refusal::OnlyOnce
    );

    let mut run = Run::plain();
    let quarantine = || Act::Quarantine.saying("疑似涉密");
    assert_eq!(
        run.refused(Actor::System, quarantine()),
        Refusal::SecondPerson,
        "no job does that"
    );
    run.does(staff(13), quarantine());
    assert_eq!(run.refused(staff(13), quarantine()), Refusal::SecondPerson);
    assert!(!run.case.quarantined);
    run.does(staff(15), quarantine());
    assert!(run.case.quarantined);
}

#[test]
fn a_proposal_to_reject_ends_when_the_case_is_worked_on() {
    let mut run = Run::plain();
    run.does(
        staff(1),
        Act::Reject {
            ground: Ground::OutsideCity,
        }
        .saying("不在本市"),
    );
    run.does(staff(4), Act::Accept);
    let reject = Act::Reject {
        ground: Ground::OutsideCity,
    }
    .saying("不在本市");
    run.does(staff(4), reject);
    assert_eq!(
        run.case.state.tag(),
        StateTag::Accepted,
        "a first person again"
    );
}

#[test]
fn the_second_return_is_the_commissions_and_final() {
    let ask = |part| Act::AskReturn { part, duty: None }.saying("不属我方职责");
    let rule = |part, uphold| Act::RuleOnReturn { part, uphold }.saying("裁定");
    let mut run = Run::plain();
    run.called();
    run.does(staff(5), ask(1));
    assert_eq!(run.refused(staff(5), ask(1)), Refusal::AlreadyDone);
    run.does(staff(4), rule(1, false));
    run.does(staff(5), ask(1));
    assert_eq!(run.refused(staff(4), rule(1, true)), Refusal::Final);
    let promised = run.clock(Stage::Resolve, Some(1)).clone();
    let unit = UnitCode::new("enforcement-appearance").unwrap();
    run.does(
        staff(8),
        Act::Assign {
            unit: unit.clone(),
            lead: true,
        },
    );
    assert_eq!(run.case.parts.len(), 2, "the same unit keeps its part");
    assert_eq!(
        run.clock(Stage::Resolve, Some(1)),
        &promised,
        "and its clock never stopped"
    );
    assert!(
        run.case.parts[0].assigned && run.case.parts[0].lead && !run.case.parts[0].return_asked
    );
    assert_eq!(run.refused(staff(5), ask(1)), Refusal::Final);
    assert_eq!(
        run.refused(staff(6), ask(2)),
        Refusal::Final,
        "final for this case"
    );
    assert_eq!(
        run.refused(staff(8), Act::Assign { unit, lead: true }),
        Refusal::AlreadyDone
    );
}

#[test]
fn a_return_is_asked_within_two_working_days_and_stops_nothing() {
    let ask = || {
        Act::AskReturn {
            part: 1,
            duty: None,
        }
        .saying("不属我方职责")
    };
    let mut run = Run::plain();
    run.called();
    let promised = run.case.resolve_clock().cloned();
    assert_eq!(
        run.refused(
            staff(5),
            Act::AskReturn {
                part: 1,
                duty: None
            }
        ),
        Refusal::NeedsText
    );
    // Called on Monday the 23rd: the first day does not count, Wednesday ends it.
    run.now = at("2026-11-26T00:00");
    assert_eq!(run.refused(staff(5), ask()), Refusal::TooLate);
    run.now = at("2026-11-25T23:59");
    run.does(staff(5), ask());
    run.does(
        staff(4),
        Act::RuleOnReturn {
            part: 1,
            uphold: true,
        }
        .saying("同意"),
    );
    assert_eq!(
        run.case.resolve_clock().cloned(),
        promised,
        "the resident's clock runs on"
    );
    assert!(
        run.clock(Stage::Resolve, Some(1)).cancelled,
        "the unit's own counts nowhere"
    );
    assert_eq!(
        run.refused(staff(5), Act::ReportIn { part: 1 }),
        Refusal::NoSuch("part")
    );
}

#[test]
fn an_extension_is_asked_in_time_once_and_excuses_nobody() {
    let mut run = Run::plain();
    run.working();
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    let ask = |until| {
        Act::AskExtension {
            clock: clock.id,
            until,
        }
        .saying("等材料到货")
    };
    assert_eq!(run.refused(staff(5), ask(clock.due)), Refusal::NotLater);
    let until = clock.due.plus(Millis::days(5));
    run.does(staff(5), ask(until));
    assert_eq!(
        run.refused(staff(5), ask(until)),
        Refusal::OnlyOnce,
        "one waits already"
    );
    run.does(staff(4), Act::RuleOnExtension { grant: true });
    assert_eq!(run.clock(Stage::Resolve, Some(1)).due, until);
    assert_eq!(
        run.refused(staff(5), ask(until.plus(Millis::days(1)))),
        Refusal::OnlyOnce
    );
    // Done after the first date and before the second: late, and said so.
    run.now = clock.due.plus(Millis::days(1));
    assert!(
        !run.clock(Stage::Resolve, Some(1)).is_late(run.now),
        "the list is not red"
    );
    run.does(staff(5), SOLVED);
    assert!(
        run.clock(Stage::Resolve, Some(1)).stopped_late(),
        "on time is judged on the first date"
    );

    let mut run = Run::plain();
    run.working();
    run.now = run.clock(Stage::Resolve, Some(1)).due;
    let clock = run.clock(Stage::Resolve, Some(1)).id;
    let until = run.now.plus(Millis::days(5));
    let refusal = run.refused(
        staff(5),
        Act::AskExtension { clock, until }.saying("来不及"),
    );
    assert_eq!(
        refusal,
        Refusal::TooLate,
        "what has run out is not extended"
    );
}

#[test]
fn an_extension_while_waiting_counts_the_wait_once() {
    let mut run = Run::plain();
    run.working();
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    run.later(Millis::hours(10));
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    let until = clock.due.plus(Millis::days(5));
    run.does(
        staff(5),
        Act::AskExtension {
            clock: clock.id,
            until,
        }
        .saying("等材料"),
    );
    run.does(staff(4), Act::RuleOnExtension { grant: true });
    assert_eq!(run.clock(Stage::Resolve, Some(1)).due_at(run.now), until);
    run.does(REPORTER, Act::Answer.saying("三楼"));
    assert_eq!(run.clock(Stage::Resolve, Some(1)).due, until);
    assert_eq!(
        run.clock(Stage::Resolve, Some(1)).first_due,
        clock.first_due.plus(Millis::hours(10))
    );
}

#[test]
fn a_question_pauses_the_promise_twice_at_most() {
    let mut run = Run::plain();
    let due = run.case.resolve_clock().unwrap().due;
    for round in 1..=2_i64 {
        run.does(staff(1), Act::Ask.saying("在哪一层？"));
        assert_eq!(
            run.refused(staff(1), Act::Ask.saying("哪一层？")),
            Refusal::AlreadyDone
        );
        run.later(Millis::hours(5));
        assert_eq!(run.refused(REPORTER, Act::Answer), Refusal::NeedsText);
        run.does(REPORTER, Act::Answer.saying("三楼"));
        let clock = run.case.resolve_clock().unwrap();
        assert_eq!(clock.due, due.plus(Millis::hours(5 * round)));
        assert_eq!(
            clock.gross(run.now) - clock.net(run.now),
            Millis::hours(5 * round)
        );
        assert_eq!(
            run.refused(REPORTER, Act::Answer.saying("三楼")),
            Refusal::NotWaiting
        );
    }
    assert_eq!(
        run.refused(staff(1), Act::Ask.saying("几号？")),
        Refusal::OnlyOnce
    );
}

#[test]
fn a_unit_that_feeds_back_while_the_case_waits_is_not_late_for_the_wait() {
    let mut run = Run::plain();
    run.working();
    let clock = run.clock(Stage::Resolve, Some(1)).clone();
    run.does(staff(1), Act::Ask.saying("在哪一层？"));
    // The wait covers the due instant; it is bounded to seven days.
    run.now = clock.due.plus(Millis::hours(1));
    run.does(staff(5), Act::FeedBack { part: 1 });
    let after = run.clock(Stage::Resolve, Some(1));
    assert_eq!(after.stopped, Some(run.now));
    assert!(!after.stopped_late(), "{after:?}");
}

#[test]
fn a_check_is_owed_only_while_there_is_something_to_check() {
    let mut run = Run::plain();
    run.resolved();
    assert!(run.clock(Stage::Verify, None).is_running());
    run.does(REPORTER, Act::Dispute.saying("没解决"));
    assert!(
        run.clock(Stage::Verify, None).cancelled,
        "nothing to check until it is done again"
    );
    run.later(Millis::days(20));
    run.does(staff(5), SOLVED);
    let checks: Vec<_> = run
        .case
        .clocks
        .iter()
        .filter(|clock| clock.stage == Stage::Verify)
        .collect();
    assert_eq!(checks.len(), 2);
    assert!(checks[1].is_running() && !checks[1].is_late(run.now));
}

#[test]
fn sending_back_lets_the_promise_run_on_as_if_it_had_never_stopped() {
    let mut run = Run::plain();
    run.resolved();
    let due = run.case.resolve_clock().unwrap().due;
    run.later(Millis::hours(30));
    run.does(staff(1), Act::SendBack.saying("现场没动"));
    let clock = run.case.resolve_clock().unwrap();
    assert!(clock.is_running());
    assert_eq!(clock.due, due, "a check that fails gives no new time");
}

#[test]
fn closing_does_not_end_what_the_reporter_is_owed() {
    let mut run = Run::plain();
    run.resolved();
    run.does(
        staff(1),
        Act::Verify {
            method: VerifyMethod::OnSite,
        },
    );
    run.does(staff(1), Act::Close);
    let release = run.clock(Stage::Release, None);
    assert!(
        release.is_running(),
        "the words wait for their release all the same"
    );
    run.later(Millis::days(3));
    run.does(staff(10), Act::Publish);
    assert!(run.clock(Stage::Release, None).stopped_late());
}

#[test]
fn what_is_said_after_the_release_waits_for_the_next() {
    let mut run = Run::plain();
    run.does(staff(10), Act::Publish);
    assert_eq!(run.refused(staff(10), Act::Publish), Refusal::AlreadyDone);
    run.does(REPORTER, Act::AddInformation.saying("还有一件事"));
    assert!(run.case.more_to_release);
    run.does(staff(10), Act::Publish);
    assert!(!run.case.more_to_release);
    run.does(staff(10), Act::Hold.saying("写了别人的电话"));
    assert!(!run.case.words_are_public());
    run.does(staff(10), Act::Publish);
    assert!(run.case.words_are_public());
}

#[test]
fn a_case_is_reopened_within_thirty_days() {
    let closed = || {
        let mut run = Run::plain();
        run.resolved();
        run.does(
            staff(1),
            Act::Verify {
                method: VerifyMethod::OnSite,
            },
        );
        run.does(staff(1), Act::Close);
        run
    };
    let mut run = closed();
    run.later(REOPEN_WINDOW);
    assert_eq!(run.refused(REPORTER, Act::Reopen), Refusal::TooLate);
    assert_eq!(
        run.refused(REPORTER, Act::Dispute.saying("又坏了")),
        Refusal::TooLate
    );
    let mut run = closed();
    run.later(REOPEN_WINDOW);
    run.later(-Millis::minutes(1));
    run.does(REPORTER, Act::Reopen);
    assert!(
        run.case.resolve_clock().unwrap().is_running(),
        "with a new promise"
    );
}

#[test]
fn an_outcome_is_what_it_says() {
    let resolve = |outcome| Act::Resolve {
        outcome,
        enforcement: None,
        level: Level::City,
    };
    let mut run = Run::plain();
    run.working();
    assert_eq!(
        run.refused(staff(5), resolve(Outcome::NoPower).saying("无权")),
        Refusal::MustTransfer
    );
    assert_eq!(
        run.refused(staff(5), resolve(Outcome::Planned).saying("列入")),
        Refusal::MustPark
    );
    let refusal = run.refused(staff(5), resolve(Outcome::LawfullyRefused));
    assert_eq!(refusal, Refusal::NeedsText, "a no is a reasoned no");
    let owner = UnitCode::new("resources-land").unwrap();
    let until = run.now.plus(Millis::days(60));
    assert_eq!(
        run.refused(
            staff(5),
            Act::Park {
                owner: owner.clone(),
                until: run.now
            }
            .saying("改建")
        ),
        Refusal::NotLater
    );
    run.does(staff(5), Act::Park { owner, until }.saying("改建停车场"));
    assert!(!run.case.handled(), "a plan is not a result");
    run.does(staff(5), resolve(Outcome::Planned));
    assert!(!run.case.handled());
    let mut run = Run::plain();
    run.does(
        staff(4),
        Act::TransferOut {
            due: at("2026-12-20T00:00"),
        }
        .saying("转信访"),
    );
    assert!(!run.case.handled(), "handing over is not handling");
}

#[test]
fn on_scene_categories_need_the_arrival_and_the_photo() {
    let mut run = Run::file(Filer::Resident, "street-vending", None);
    run.called();
    assert_eq!(
        run.refused(staff(5), Act::Arrive { part: 1 }),
        Refusal::PartsOpen,
        "nobody signed on"
    );
    run.does(staff(5), Act::ReportIn { part: 1 });
    let solved = || Command {
        act: SOLVED,
        words: Some(Words {
            photos: vec![PhotoId::new([1; 16])],
            ..Words::text("已清")
        }),
    };
    assert_eq!(
        run.refused(staff(5), solved()),
        Refusal::PartsOpen,
        "nobody was there"
    );
    assert_eq!(
        run.refused(staff(5), Act::FeedBack { part: 1 }),
        Refusal::PartsOpen
    );
    run.does(staff(5), Act::Arrive { part: 1 });
    let refusal = run.refused(staff(5), SOLVED.saying("已清"));
    assert_eq!(refusal, Refusal::EvidenceMissing(EvidenceKind::PhotoAfter));
    run.does(staff(5), solved());
}

#[test]
fn what_is_urged_is_overdue_and_what_is_supervised_is_answered_once() {
    let mut run = Run::plain();
    assert_eq!(run.refused(REPORTER, Act::Urge), Refusal::NotOverdue);
    run.later(Millis::days(30));
    run.does(REPORTER, Act::Urge);
    assert_eq!(run.case.urged, 1);
    let due = run.now.plus(Millis::days(1));
    run.does(staff(9), Act::Supervise { due }.saying("请说明"));
    assert_eq!(
        run.refused(staff(1), Act::AnswerSupervision { demand: 2 }.saying("是")),
        Refusal::NoSuch("demand")
    );
    run.does(
        staff(1),
        Act::AnswerSupervision { demand: 1 }.saying("已安排"),
    );
    assert_eq!(
        run.refused(staff(1), Act::AnswerSupervision { demand: 1 }.saying("是")),
        Refusal::AlreadyDone
    );
}

#[test]
fn only_the_reporter_makes_a_case_more_public_and_staff_say_why_they_close_it() {
    let to = |to| Act::ChangeVisibility { to };
    let mut run = Run::plain();
    assert_eq!(
        run.refused(staff(1), to(Visibility::Private)),
        Refusal::NeedsText
    );
    run.does(staff(1), to(Visibility::Private).saying("写了别人的病情"));
    assert_eq!(
        run.refused(staff(1), to(Visibility::Public).saying("改回")),
        Refusal::NotThisVisibility
    );
    assert_eq!(
        run.refused(NEIGHBOUR, to(Visibility::Public)),
        Refusal::NotThisVisibility
    );
    run.does(REPORTER, to(Visibility::Public));
    assert_eq!(
        run.case.release,
        Release::Waiting,
        "and a named person looks at it again"
    );

    let mut run = Run::file(Filer::Resident, "family-violence", None);
    assert_eq!(run.case.visibility, Visibility::Private);
    for open in [Visibility::Public, Visibility::PublicWithoutDetail] {
        assert_eq!(run.refused(REPORTER, to(open)), Refusal::NotThisVisibility);
    }
    assert_eq!(
        run.refused(Actor::System, Act::Join),
        Refusal::AlwaysPrivate
    );
    let elsewhere = CaseId::from_bytes([3; 16]);
    assert_eq!(
        run.refused(staff(1), Act::Merge { into: elsewhere }),
        Refusal::AlwaysPrivate
    );
}

#[test]
fn a_call_has_one_lead_and_no_unit_twice() {
    let mut run = Run::plain();
    run.does(staff(1), Act::Accept);
    for units in [
        &[][..],
        &[("enforcement-appearance", false)][..],
        &[("enforcement-appearance", true), ("resources-land", true)][..],
        &[
            ("enforcement-appearance", true),
            ("enforcement-appearance", false),
        ][..],
    ] {
        assert_eq!(
            run.refused(staff(1), call(units)),
            Refusal::OneLead,
            "{units:?}"
        );
    }
    assert_eq!(
        run.refused(staff(1), call(&[("nobody", true)])),
        Refusal::Unknown("unit")
    );
    run.does(staff(1), call(&[("enforcement-appearance", true)]));
    assert_eq!(
        run.refused(staff(1), call(&[("resources-land", true)])),
        Refusal::OneLead
    );
    run.does(staff(1), call(&[("resources-land", false)]));
    assert_eq!(run.case.parts.len(), 2);
}
