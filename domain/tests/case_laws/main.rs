//! Laws of a case: what holds after any sequence of commands that the rules accept, by whomever
//! and whenever, and the rules that a story tells best.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod calls;
#[path = "../city/mod.rs"]
mod city;
mod clocks;
mod endings;
mod judging;
mod kinds;
mod laws;
mod merging;
mod parking;
mod redoing;
mod rejecting;
mod releasing;
mod transferring;
mod tries;
mod waiting;

use std::sync::LazyLock;

use city::{area, category, demo};
use domain::{
    access::{Acting, Appointment, Denied, Line, Role, Staff, Viewer, may, reads_words},
    case::{
        Awaits, CallClass, Case, Channel, Consent, EnforcementOutcome, EvidenceKind, Filer, Ground,
        Kind, Level, Outcome, Release, StateTag, VerifyMethod, apply,
    },
    city::City,
    clock::{Limit, Owner, RunningClock, Stage},
    decide::{self, Act, CallDue, Called, Command, Filing, REOPEN_WINDOW, Refusal, Rules, decide},
    event::{Actor, Event, Fact, Recorded, Words},
    ids::{AppointmentNo, CaseId, PartyNo, PhotoId, UnitCode},
    reference::CaseNumber,
    text::{Basis, BodyName},
    time::{Millis, Timestamp},
    verb::{Verb, allowed, row_of},
    visibility::Visibility,
};

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
    city: &'static City,
    case: Case,
    log: Vec<Recorded>,
    now: Timestamp,
}

impl Run {
    fn file(filer: Filer, what: &str, visibility: Option<Visibility>) -> Self {
        Self::file_in(&CITY, filer, what, visibility)
    }

    fn file_in(
        city: &'static City,
        filer: Filer,
        what: &str,
        visibility: Option<Visibility>,
    ) -> Self {
        Self::file_as(city, filer, what, visibility, None)
    }

    fn file_as(
        city: &'static City,
        filer: Filer,
        what: &str,
        visibility: Option<Visibility>,
        fixed: Option<Words>,
    ) -> Self {
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
            consent: (filer == Filer::Proxy).then_some(Consent::Phone),
            words: Words::text(SPOKEN),
            fixed,
        };
        let events = decide::file(filing, staff(2), &Rules::new(city), now).unwrap();
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
            city,
            case: case.unwrap(),
            log,
            now,
        }
    }

    /// A public case that asks for neither a photo nor somebody on the spot.
    fn plain() -> Self {
        Self::file(Filer::Resident, "published-error", Some(Visibility::Public))
    }

    fn attempt(
        &mut self,
        actor: impl Into<Acting>,
        command: impl Into<Command>,
    ) -> Result<usize, Refusal> {
        let events = decide(
            &self.case,
            command.into(),
            actor,
            &Rules::new(self.city),
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
    fn does(&mut self, actor: impl Into<Acting>, command: impl Into<Command>) {
        let command = command.into();
        let told = format!("{command:?}");
        if let Err(refusal) = self.attempt(actor, command) {
            panic!("{told}: {refusal:?}");
        }
    }

    #[track_caller]
    fn refused(&mut self, actor: impl Into<Acting>, command: impl Into<Command>) -> Refusal {
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

/// To a body outside the city's own units.
fn transfer(due: Timestamp) -> Act {
    Act::TransferOut {
        destination: BodyName::new("市外某机构").unwrap(),
        basis: Basis::new(SPOKEN).unwrap(),
        due,
    }
}

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
