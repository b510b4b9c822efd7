//! Every kind of event, as the program writes it now. A new kind gets its sample in the part it
//! belongs to.

mod intake;
mod result;
mod turns;
mod work;

use domain::{
    clock::{Limit, Owner, Pause, PauseRule, RunningClock, Stage},
    event::{Actor, Event, Fact, Words},
    ids::{AppointmentNo, AreaCode, CaseId, PartyNo, PolicyCode, UnitCode},
    time::{Millis, Timestamp},
};

/// What tells two files of a kind apart, and the event.
pub type Sample = (&'static str, Event);

pub const AT: Timestamp = Timestamp::from_millis(1_795_223_100_000);

const STAFF: Actor = Actor::Appointment(AppointmentNo(7));
const REPORTER: Actor = Actor::Party(PartyNo(1));

/// Every kind.
pub fn samples() -> Vec<Sample> {
    [
        intake::samples(),
        work::samples(),
        result::samples(),
        turns::samples(),
    ]
    .concat()
}

/// Without a word.
fn by(actor: Actor, fact: Fact) -> Sample {
    ("", Event::new(actor, fact))
}

/// With reasons.
fn says(actor: Actor, fact: Fact) -> Sample {
    let reasons = Words::text("理由和依据");
    ("", Event::new(actor, fact).saying(Some(reasons)))
}

fn unit(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

pub fn case(no: u8) -> CaseId {
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

fn clocks() -> Vec<RunningClock> {
    vec![plain_clock()]
}
