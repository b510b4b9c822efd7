//! What is done about it, and by whom.

use domain::{
    case::{CallClass, EvidenceKind},
    event::{CalledPart, Claimed, Event, Fact, PassedOn, Words},
    ids::{AppointmentNo, ContractorCode, DutyCode, EngagementNo},
    place::Position,
    time::Millis,
};

use super::{AT, STAFF, Sample, by, clocks, full_clock, says, unit};

pub fn samples() -> Vec<Sample> {
    vec![
        says(STAFF, Fact::Assessed { duty: Some(duty()) }),
        (".plain", Event::new(STAFF, Fact::Assessed { duty: None })),
        by(
            STAFF,
            Fact::Called {
                class: CallClass::JointEnforcement,
                parts: vec![
                    leading(),
                    CalledPart {
                        part: 2,
                        unit: unit("resources-land"),
                        lead: false,
                    },
                ],
                clocks: vec![full_clock()],
            },
        ),
        by(STAFF, Fact::Signed { part: 1 }),
        by(
            STAFF,
            Fact::ReportedIn {
                part: 1,
                officer: AppointmentNo(14),
            },
        ),
        by(STAFF, Fact::SetOut { part: 1 }),
        by(STAFF, Fact::Arrived { part: 1 }),
        (".claimed", told_later(Fact::Arrived { part: 1 })),
        says(STAFF, Fact::FedBack { part: 1, photos: 2 }),
        says(
            STAFF,
            Fact::Engaged {
                engagement: EngagementNo(1),
                part: 1,
                contractor: ContractorCode::new("clean-river").unwrap(),
                until: AT.plus(Millis::days(9)),
            },
        ),
        by(
            STAFF,
            Fact::EngagementEnded {
                engagement: EngagementNo(1),
            },
        ),
        says(
            STAFF,
            Fact::ReturnAsked {
                part: 1,
                duty: Some(duty()),
            },
        ),
        says(
            STAFF,
            Fact::ReturnRuled {
                part: 1,
                upheld: true,
            },
        ),
        by(
            STAFF,
            Fact::Assigned {
                part: leading(),
                clocks: clocks(),
            },
        ),
        says(
            STAFF,
            Fact::ExtensionAsked {
                clock: 2,
                until: AT.plus(Millis::days(9)),
            },
        ),
        by(
            STAFF,
            Fact::ExtensionRuled {
                clock: 2,
                granted: true,
            },
        ),
        says(
            STAFF,
            Fact::Parked {
                owner: unit("resources-land"),
                until: AT.plus(Millis::days(60)),
            },
        ),
        says(
            STAFF,
            Fact::TransferredOut {
                due: AT.plus(Millis::days(15)),
            },
        ),
        (".passed", passed_on()),
        says(STAFF, Fact::AnswerRelayed {}),
        says(STAFF, Fact::Noted {}),
        says(STAFF, Fact::Updated { photos: 0 }),
        (".photos", Event::new(STAFF, Fact::Updated { photos: 2 })),
        by(
            STAFF,
            Fact::EvidenceAdded {
                evidence: EvidenceKind::PhotoAfter,
                photos: 1,
            },
        ),
    ]
}

/// From a place without a line.
fn told_later(fact: Fact) -> Event {
    let claimed = Claimed {
        at: Some(AT),
        place: Some(Position::from_degrees(27.578_901, 120.553_456, Some(12)).unwrap()),
    };
    Event::new(STAFF, fact).saying(Some(Words {
        claimed: Some(claimed),
        ..Words::default()
    }))
}

/// To whom and by what right, apart from the text.
fn passed_on() -> Event {
    let due = AT.plus(Millis::days(15));
    let on = PassedOn {
        to: "市外某机构".to_owned(),
        basis: "职责清单".to_owned(),
    };
    Event::new(STAFF, Fact::TransferredOut { due }).saying(Some(Words {
        passed: Some(on),
        ..Words::text("理由和依据")
    }))
}

fn leading() -> CalledPart {
    CalledPart {
        part: 1,
        unit: unit("enforcement-appearance"),
        lead: true,
    }
}

fn duty() -> DutyCode {
    DutyCode::new("d-dumping").unwrap()
}
