//! What comes in, and what is asked about it.

use domain::{
    case::{Channel, Consent, Filer, Ground, Kind},
    event::{Actor, Event, Fact, Words},
    ids::{AppointmentNo, AreaCode, CategoryCode, ExternalNo, PhotoId},
    place::{Place, Position},
    reference::CaseNumber,
    text::PlaceText,
    time::parse_date,
    visibility::Visibility,
};

use super::{REPORTER, STAFF, Sample, by, case, clocks, full_clock, plain_clock, says, unit};

pub fn samples() -> Vec<Sample> {
    vec![
        ("", Event::new(REPORTER, filed(false)).saying(Some(words()))),
        (
            ".full",
            Event::new(STAFF, filed(true)).saying(Some(Words::text("字"))),
        ),
        (
            ".consent",
            Event::new(STAFF, filed_by_proxy(Consent::Phone)).saying(Some(Words::text("字"))),
        ),
        by(STAFF, Fact::Taken {}),
        by(STAFF, Fact::Accepted { clocks: clocks() }),
        says(
            STAFF,
            Fact::RejectionProposed {
                ground: Ground::OtherProcedure,
            },
        ),
        says(
            STAFF,
            Fact::Rejected {
                ground: Ground::OutsideCity,
                proposed_by: AppointmentNo(3),
            },
        ),
        says(REPORTER, Fact::ReviewAsked {}),
        says(
            STAFF,
            Fact::RejectionReviewed {
                upheld: false,
                clocks: clocks(),
            },
        ),
        says(STAFF, Fact::Asked {}),
        says(
            REPORTER,
            Fact::Answered {
                photos: 1,
                clocks: Vec::new(),
            },
        ),
        (
            ".release",
            Event::new(
                REPORTER,
                Fact::Answered {
                    photos: 1,
                    clocks: clocks(),
                },
            ),
        ),
        by(Actor::System, Fact::WaitingEnded {}),
        says(
            REPORTER,
            Fact::InformationAdded {
                photos: 0,
                clocks: Vec::new(),
            },
        ),
        (
            ".release",
            Event::new(
                REPORTER,
                Fact::InformationAdded {
                    photos: 2,
                    clocks: clocks(),
                },
            ),
        ),
    ]
}

fn words() -> Words {
    Words {
        text: Some("人行道上的摊位\n挡住了盲道：“第 2 次”".to_owned()),
        place: Some(Place {
            text: PlaceText::new("人民路与城南路口").unwrap(),
            position: Some(Position::from_degrees(27.578_901, 120.553_456, Some(12)).unwrap()),
        }),
        photos: vec![PhotoId::new([0xab; 16]), PhotoId::new([1; 16])],
        claimed: None,
        passed: None,
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
