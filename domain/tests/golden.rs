//! One file for every kind of event ever written (`golden/`): each must be read for ever and
//! written back byte for byte, with the same hash. A file that a version of the program has written
//! for a city is never changed; a new shape is a new kind with a new file.
//!
//! `UPDATE=1` writes the files that are missing, and no others.

#![expect(
    clippy::disallowed_methods,
    reason = "a test is told by its environment"
)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use domain::{
    case::{
        CallClass, Channel, Consent, EnforcementOutcome, EvidenceKind, Filer, Ground, Kind, Level,
        Outcome, PartyRole, VerifyMethod,
    },
    chain::{EventHead, GENESIS, commit, event_hash},
    clock::{Limit, Owner, Pause, PauseRule, RunningClock, Stage},
    event::{Actor, CalledPart, Event, Fact, Words},
    ids::{
        AppointmentNo, AreaCode, CaseId, CategoryCode, DutyCode, ExternalNo, PartyNo, PhotoId,
        PolicyCode, UnitCode,
    },
    place::{Place, Position},
    reference::CaseNumber,
    text::PlaceText,
    time::{Millis, Timestamp, parse_date},
    visibility::Visibility,
};

const AT: Timestamp = Timestamp::from_millis(1_795_223_100_000);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn unit(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

fn case(no: u8) -> CaseId {
    CaseId::new(AT, [no; 10])
}

/// A clock with only what every clock has.
fn plain_clock() -> RunningClock {
    RunningClock {
        id: 1,
        stage: Stage::Respond,
        part: None,
        owner: Owner::Community(AreaCode::new("330383198023").unwrap()),
        started: AT,
        limit: Limit::ServiceMinutes(15),
        due: AT.plus(Millis::minutes(15)),
        first_due: AT.plus(Millis::minutes(15)),
        provisional: false,
        policy: PolicyCode::new("jiangsu-15").unwrap(),
        calendar: "1d5802257089".to_owned(),
        stopped: None,
        cancelled: false,
        lapsed: None,
        pauses: Vec::new(),
        pause_rule: PauseRule::default(),
        extended: false,
    }
}

/// A clock with everything a clock can have.
fn full_clock() -> RunningClock {
    RunningClock {
        id: 2,
        stage: Stage::Resolve,
        part: Some(3),
        owner: Owner::Unit(unit("enforcement-appearance")),
        limit: Limit::Days(4),
        due: AT.plus(Millis::hours(120)),
        first_due: AT.plus(Millis::hours(96)),
        provisional: true,
        stopped: Some(AT.plus(Millis::hours(50))),
        cancelled: true,
        pauses: vec![
            Pause {
                from: AT.plus(Millis::hours(1)),
                until: Some(AT.plus(Millis::hours(2))),
            },
            Pause {
                from: AT.plus(Millis::hours(3)),
                until: None,
            },
        ],
        extended: true,
        ..plain_clock()
    }
}

fn words() -> Words {
    Words {
        text: Some("人行道上的摊位\n挡住了盲道：“第 2 次”".to_owned()),
        place: Some(Place {
            text: PlaceText::new("人民路与城南路口").unwrap(),
            position: Some(Position::from_degrees(27.578_901, 120.553_456, Some(12)).unwrap()),
        }),
        photos: vec![PhotoId::new([0xab; 16]), PhotoId::new([1; 16])],
    }
}

fn filed(full: bool) -> Fact {
    Fact::Filed {
        number: CaseNumber::new(parse_date("2026-11-21").unwrap(), 482_913),
        case_kind: Kind::Whistle,
        channel: if full { Channel::Hotline } else { Channel::Web },
        filer: if full { Filer::Proxy } else { Filer::Resident },
        category: CategoryCode::new("street-vending").unwrap(),
        community: AreaCode::new("330383198023").unwrap(),
        grid: full.then(|| AreaCode::new("330383198023-g01").unwrap()),
        line: unit("enforcement-appearance"),
        visibility: if full {
            Visibility::Private
        } else {
            Visibility::Public
        },
        always_private: full,
        photos: 2,
        may_call: full,
        recurrence_of: full.then(|| case(9)),
        external: full.then(|| ExternalNo::new("12345-20261121-0042").unwrap()),
        consent: None,
        clocks: vec![plain_clock(), full_clock()],
    }
}

/// A filing by staff for a resident who agreed.
fn filed_by_proxy(agreed: Consent) -> Fact {
    let mut fact = filed(true);
    if let Fact::Filed { consent, .. } = &mut fact {
        *consent = Some(agreed);
    }
    fact
}

/// Every kind, as the program writes it now; the second text tells two files of a kind apart.
fn samples() -> Vec<(&'static str, Event)> {
    let staff = Actor::Appointment(AppointmentNo(7));
    let reporter = Actor::Party(PartyNo(1));
    let clocks = || vec![plain_clock()];
    let part = |lead| CalledPart {
        part: 1,
        unit: unit("enforcement-appearance"),
        lead,
    };
    let resolved = |full: bool| Fact::Resolved {
        outcome: if full {
            Outcome::Solved
        } else {
            Outcome::OtherProcedure
        },
        enforcement: full.then_some(EnforcementOutcome::Warned),
        level: Level::Grid,
        on_the_spot: full,
        photos: u8::from(full),
        clocks: if full { clocks() } else { Vec::new() },
    };
    let by = |actor, fact| ("", Event::new(actor, fact));
    let says = |actor, fact| {
        (
            "",
            Event::new(actor, fact).saying(Some(Words::text("理由和依据"))),
        )
    };
    let duty = || Some(DutyCode::new("d-dumping").unwrap());
    vec![
        ("", Event::new(reporter, filed(false)).saying(Some(words()))),
        (
            ".full",
            Event::new(staff, filed(true)).saying(Some(Words::text("字"))),
        ),
        (
            ".consent",
            Event::new(staff, filed_by_proxy(Consent::Phone)).saying(Some(Words::text("字"))),
        ),
        by(staff, Fact::Taken {}),
        by(staff, Fact::Accepted { clocks: clocks() }),
        says(
            staff,
            Fact::RejectionProposed {
                ground: Ground::OtherProcedure,
            },
        ),
        says(
            staff,
            Fact::Rejected {
                ground: Ground::OutsideCity,
                proposed_by: AppointmentNo(3),
            },
        ),
        says(reporter, Fact::ReviewAsked {}),
        says(
            staff,
            Fact::RejectionReviewed {
                upheld: false,
                clocks: clocks(),
            },
        ),
        says(staff, Fact::Asked {}),
        says(
            reporter,
            Fact::Answered {
                photos: 1,
                clocks: Vec::new(),
            },
        ),
        (
            ".release",
            Event::new(
                reporter,
                Fact::Answered {
                    photos: 1,
                    clocks: clocks(),
                },
            ),
        ),
        by(Actor::System, Fact::WaitingEnded {}),
        says(
            reporter,
            Fact::InformationAdded {
                photos: 0,
                clocks: Vec::new(),
            },
        ),
        (
            ".release",
            Event::new(
                reporter,
                Fact::InformationAdded {
                    photos: 2,
                    clocks: clocks(),
                },
            ),
        ),
        says(staff, Fact::Assessed { duty: duty() }),
        (".plain", Event::new(staff, Fact::Assessed { duty: None })),
        by(
            staff,
            Fact::Called {
                class: CallClass::JointEnforcement,
                parts: vec![
                    part(true),
                    CalledPart {
                        part: 2,
                        unit: unit("resources-land"),
                        lead: false,
                    },
                ],
                clocks: vec![full_clock()],
            },
        ),
        by(staff, Fact::Signed { part: 1 }),
        by(
            staff,
            Fact::ReportedIn {
                part: 1,
                officer: AppointmentNo(14),
            },
        ),
        by(staff, Fact::SetOut { part: 1 }),
        by(staff, Fact::Arrived { part: 1 }),
        says(staff, Fact::FedBack { part: 1, photos: 2 }),
        says(
            staff,
            Fact::ReturnAsked {
                part: 1,
                duty: duty(),
            },
        ),
        says(
            staff,
            Fact::ReturnRuled {
                part: 1,
                upheld: true,
            },
        ),
        by(
            staff,
            Fact::Assigned {
                part: part(true),
                clocks: clocks(),
            },
        ),
        says(
            staff,
            Fact::ExtensionAsked {
                clock: 2,
                until: AT.plus(Millis::days(9)),
            },
        ),
        by(
            staff,
            Fact::ExtensionRuled {
                clock: 2,
                granted: true,
            },
        ),
        says(
            staff,
            Fact::Parked {
                owner: unit("resources-land"),
                until: AT.plus(Millis::days(60)),
            },
        ),
        says(
            staff,
            Fact::TransferredOut {
                due: AT.plus(Millis::days(15)),
            },
        ),
        says(staff, Fact::Noted {}),
        says(staff, Fact::Updated { photos: 0 }),
        (".photos", Event::new(staff, Fact::Updated { photos: 2 })),
        by(
            staff,
            Fact::EvidenceAdded {
                evidence: EvidenceKind::PhotoAfter,
                photos: 1,
            },
        ),
        says(staff, resolved(true)),
        (".plain", Event::new(staff, resolved(false))),
        by(
            staff,
            Fact::Verified {
                method: VerifyMethod::OnSite,
            },
        ),
        says(staff, Fact::SentBack {}),
        by(staff, Fact::CalledBack { reached: true }),
        by(reporter, Fact::Confirmed { party: PartyNo(1) }),
        says(
            reporter,
            Fact::Disputed {
                party: PartyNo(1),
                clocks: Vec::new(),
            },
        ),
        (
            ".release",
            Event::new(
                reporter,
                Fact::Disputed {
                    party: PartyNo(1),
                    clocks: clocks(),
                },
            ),
        ),
        by(
            reporter,
            Fact::Rated {
                party: PartyNo(1),
                stars: 4,
            },
        ),
        by(reporter, Fact::Reopened { clocks: clocks() }),
        by(staff, Fact::Escalated { to: Level::Unit }),
        by(reporter, Fact::Urged { party: PartyNo(1) }),
        says(
            staff,
            Fact::Supervised {
                demand: 1,
                due: AT.plus(Millis::days(3)),
            },
        ),
        says(staff, Fact::SupervisionAnswered { demand: 1 }),
        says(staff, Fact::DirectLined {}),
        by(
            staff,
            Fact::Reclassified {
                category: CategoryCode::new("vacant-land").unwrap(),
                line: unit("resources-land"),
                always_private: false,
                clocks: clocks(),
            },
        ),
        by(staff, Fact::Merged { into: case(5) }),
        by(staff, Fact::TookIn { case: case(6) }),
        by(staff, Fact::GaveBack { case: case(6) }),
        by(staff, Fact::Unmerged {}),
        by(staff, Fact::Released {}),
        says(staff, Fact::Held {}),
        says(staff, Fact::Redacted { version: 1 }),
        says(staff, Fact::QuarantineProposed {}),
        says(
            staff,
            Fact::Quarantined {
                proposed_by: AppointmentNo(13),
            },
        ),
        by(
            reporter,
            Fact::VisibilityChanged {
                to: Visibility::PublicWithoutDetail,
                clocks: clocks(),
            },
        ),
        by(
            staff,
            Fact::HandedOver {
                to: AppointmentNo(8),
            },
        ),
        by(reporter, Fact::Withdrawn {}),
        by(Actor::System, Fact::Closed {}),
        by(
            Actor::Party(PartyNo(2)),
            Fact::Joined {
                party: PartyNo(2),
                role: PartyRole::MeToo,
            },
        ),
    ]
}

/// The hash that a log would hold, with salts that a log would not.
fn hash(kind: &str, facts: &str, words: Option<&str>) -> String {
    let head = EventHead {
        prev: &GENESIS,
        case: case(5),
        version: 7,
        kind,
        at: AT,
        facts: &commit(&[1; 32], facts),
        words: &commit(&[2; 32], words.unwrap_or_default()),
    };
    event_hash(head)
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn text_of(event: &Event) -> String {
    let encoded = event.encode();
    let words = encoded.words.as_deref();
    let hash = hash(encoded.kind, &encoded.facts, words);
    let words = words
        .map(|words| format!("words {words}\n"))
        .unwrap_or_default();
    format!(
        "kind {}\nfacts {}\n{words}hash {hash}\n",
        encoded.kind, encoded.facts
    )
}

fn files() -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn line<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
}

#[test]
fn what_is_written_now_is_what_was_written() {
    let update = std::env::var_os("UPDATE").is_some();
    for (which, event) in samples() {
        let path = folder().join(format!("{}{which}.txt", event.fact.kind()));
        let now = text_of(&event);
        if update && !path.exists() {
            std::fs::write(&path, &now).unwrap();
        }
        let was = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error} (UPDATE=1 writes it)", path.display()));
        assert_eq!(now, was, "{}: a new shape is a new kind", path.display());
    }
}

#[test]
fn every_file_is_read_and_written_back_byte_for_byte() {
    let files = files();
    assert!(!files.is_empty());
    for (name, text) in files {
        let kind = line(&text, "kind").unwrap_or_else(|| panic!("{name}: no kind"));
        assert!(name.starts_with(kind), "{name} holds {kind}");
        let facts = line(&text, "facts").unwrap_or_else(|| panic!("{name}: no facts"));
        let words = line(&text, "words");
        let event =
            Event::decode(kind, facts, words).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = event.encode();
        assert_eq!((again.kind, again.facts.as_str()), (kind, facts), "{name}");
        assert_eq!(again.words.as_deref(), words, "{name}");
        assert_eq!(
            Some(hash(kind, facts, words).as_str()),
            line(&text, "hash"),
            "{name}"
        );
    }
}

#[test]
fn every_kind_has_its_file() {
    let files = files();
    let kept = |kind: &str| {
        files
            .iter()
            .any(|(_, text)| line(text, "kind") == Some(kind))
    };
    let missing: Vec<_> = Fact::KINDS.iter().filter(|kind| !kept(kind)).collect();
    assert!(missing.is_empty(), "no golden file for {missing:?}");
    let known = |text: &str| line(text, "kind").is_some_and(|kind| Fact::KINDS.contains(&kind));
    let lost: Vec<_> = files
        .iter()
        .filter(|(_, text)| !known(text))
        .map(|(name, _)| name)
        .collect();
    assert!(lost.is_empty(), "no longer read: {lost:?}");
    let mut kinds = Fact::KINDS.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), Fact::KINDS.len(), "a kind is named once");
}

/// No fact holds what must be erasable: the files are read as a stranger would read them.
#[test]
fn no_fact_holds_a_word_of_anybody() {
    for (name, text) in files() {
        let facts = line(&text, "facts").unwrap();
        assert!(facts.is_ascii(), "{name}: {facts}");
        for spoken in ["lat", "lng", "text", "phone", "name"] {
            assert!(!facts.contains(&format!("\"{spoken}")), "{name}: {facts}");
        }
    }
}
