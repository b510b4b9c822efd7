//! What else becomes of a case: where it belongs, who sees it, how it ends.

use domain::{
    case::PartyRole,
    event::{Actor, Fact},
    ids::{AppointmentNo, AreaCode, CategoryCode, PartyNo},
    visibility::Visibility,
};

use super::{REPORTER, STAFF, Sample, by, case, clocks, says, unit};

pub fn samples() -> Vec<Sample> {
    vec![
        by(
            STAFF,
            Fact::Reclassified {
                category: CategoryCode::new("vacant-land").unwrap(),
                line: unit("resources-land"),
                always_private: false,
                clocks: clocks(),
            },
        ),
        says(
            STAFF,
            Fact::Moved {
                community: AreaCode::new("330383198094").unwrap(),
                station: Some(AreaCode::new("unit-20").unwrap()),
            },
        ),
        by(STAFF, Fact::Merged { into: case(5) }),
        by(STAFF, Fact::TookIn { case: case(6) }),
        by(STAFF, Fact::GaveBack { case: case(6) }),
        by(STAFF, Fact::Unmerged {}),
        by(STAFF, Fact::Released {}),
        says(STAFF, Fact::Held {}),
        says(STAFF, Fact::Redacted { version: 1 }),
        says(
            STAFF,
            Fact::PhotoCovered {
                version: 1,
                photo: 2,
                withheld: false,
            },
        ),
        by(
            STAFF,
            Fact::PhotoShown {
                version: 1,
                photo: 2,
            },
        ),
        says(STAFF, Fact::QuarantineProposed {}),
        says(
            STAFF,
            Fact::Quarantined {
                proposed_by: AppointmentNo(13),
            },
        ),
        by(
            REPORTER,
            Fact::VisibilityChanged {
                to: Visibility::PublicWithoutDetail,
                clocks: clocks(),
            },
        ),
        by(
            STAFF,
            Fact::HandedOver {
                to: AppointmentNo(8),
            },
        ),
        by(REPORTER, Fact::Withdrawn {}),
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
