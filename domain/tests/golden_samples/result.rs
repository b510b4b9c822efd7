//! What came of it, who judges that, and who presses.

use domain::{
    case::{EnforcementOutcome, Level, Outcome, VerifyMethod},
    event::{Event, Fact},
    ids::PartyNo,
    time::Millis,
};

use super::{AT, REPORTER, STAFF, Sample, by, clocks, says};

pub fn samples() -> Vec<Sample> {
    vec![
        says(STAFF, resolved(true)),
        (".plain", Event::new(STAFF, resolved(false))),
        by(
            STAFF,
            Fact::Verified {
                method: VerifyMethod::OnSite,
            },
        ),
        says(STAFF, Fact::SentBack {}),
        by(
            STAFF,
            Fact::CalledBack {
                reached: true,
                holds: None,
            },
        ),
        by(REPORTER, Fact::Confirmed { party: PartyNo(1) }),
        says(
            REPORTER,
            Fact::Disputed {
                party: PartyNo(1),
                clocks: Vec::new(),
            },
        ),
        (
            ".release",
            Event::new(
                REPORTER,
                Fact::Disputed {
                    party: PartyNo(1),
                    clocks: clocks(),
                },
            ),
        ),
        by(
            REPORTER,
            Fact::Rated {
                party: PartyNo(1),
                stars: 4,
                clocks: Vec::new(),
            },
        ),
        (
            ".low",
            Event::new(
                REPORTER,
                Fact::Rated {
                    party: PartyNo(1),
                    stars: 1,
                    clocks: clocks(),
                },
            ),
        ),
        says(STAFF, Fact::RatingAnswered {}),
        by(REPORTER, Fact::Reopened { clocks: clocks() }),
        by(STAFF, Fact::Escalated { to: Level::Unit }),
        by(REPORTER, Fact::Urged { party: PartyNo(1) }),
        says(
            STAFF,
            Fact::Supervised {
                demand: 1,
                due: AT.plus(Millis::days(3)),
            },
        ),
        says(STAFF, Fact::SupervisionAnswered { demand: 1 }),
        says(STAFF, Fact::DirectLined {}),
    ]
}

fn resolved(full: bool) -> Fact {
    Fact::Resolved {
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
    }
}
