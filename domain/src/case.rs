//! A case: anything the city owes an answer to, folded from its events.
//!
//! [`apply`] is the only way a case changes; [`crate::decide::decide`] is the only way an event
//! comes about. Both are pure, so the same rules run in the browser, in tests over weeks of moved
//! time, and when the projections are rebuilt from the log.

mod awaits;
mod change;
mod fold;
mod members;
mod state;
mod words;

use serde::{Deserialize, Serialize};

pub use awaits::Awaits;
pub use change::raise;
pub use fold::{Broken, apply};
pub use members::{Demand, Engagement, ExtensionAsk, Part, Party, Recheck, Verdict};
pub use state::{Release, Review, State};
pub(crate) use words::words_of;
pub use words::{
    CallClass, Channel, Consent, EnforcementOutcome, Filer, Ground, Kind, Level, Outcome,
    PartyRole, StateTag, UnknownWord, VerifyMethod,
};

pub use crate::city::EvidenceKind;
use crate::{
    clock::{Owner, PauseRule, RunningClock, Stage},
    ids::{
        AppointmentNo, AreaCode, CaseId, CategoryCode, EngagementNo, ExternalNo, PartyNo, UnitCode,
    },
    reference::CaseNumber,
    time::Timestamp,
    visibility::Visibility,
};

/// A case, folded from its facts alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its public number.
    pub number: CaseNumber,
    /// What kind of answer is owed.
    pub kind: Kind,
    /// How many events it has.
    pub version: u32,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The door.
    pub channel: Channel,
    /// Its number elsewhere.
    pub external: Option<ExternalNo>,
    /// Who filed.
    pub filer: Filer,
    /// How the resident agreed that staff file for them; for a proxy filing only.
    #[serde(default)]
    pub consent: Option<Consent>,
    /// Its category.
    pub category: CategoryCode,
    /// Its community; ancestors are looked up at `filed_at`.
    pub community: AreaCode,
    /// Its grid, if known.
    pub grid: Option<AreaCode>,
    /// The module whose line it is.
    pub line: UnitCode,
    /// Who may see it.
    pub visibility: Visibility,
    /// Nobody may make it more public.
    pub always_private: bool,
    /// Whether its words are out.
    pub release: Release,
    /// More was said or shown since the release, which nobody has looked at.
    #[serde(default)]
    pub more_to_release: bool,
    /// Where it stands.
    pub state: State,
    /// Waits for the reporter since.
    pub waiting_since: Option<Timestamp>,
    /// How often its reporter was asked for the present result.
    #[serde(default)]
    pub asked: u32,
    /// The reporter allows a call.
    pub may_call: bool,
    /// Its people.
    pub parties: Vec<Party>,
    /// The units called.
    pub parts: Vec<Part>,
    /// Firms under contract that were engaged for a part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engagements: Vec<Engagement>,
    /// Its clocks, running and stopped.
    pub clocks: Vec<RunningClock>,
    /// Offices that worked on it: they may not verify their own work.
    pub handlers: Vec<Owner>,
    /// Appointments under which somebody worked on it: the person who held one checks nothing of
    /// it, under whatever other appointment.
    #[serde(default)]
    pub workers: Vec<AppointmentNo>,
    /// Verdicts of its reporters.
    pub verdicts: Vec<Verdict>,
    /// The last call back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recheck: Option<Recheck>,
    /// How far up it went.
    pub level: Level,
    /// What enforcement did; never public.
    pub enforcement: Option<EnforcementOutcome>,
    /// Kinds of evidence in it.
    pub evidence: Vec<EvidenceKind>,
    /// Photos filed and added so far.
    pub photos: u32,
    /// First of two to reject.
    pub rejection_proposed: Option<(AppointmentNo, Ground)>,
    /// First of two to quarantine.
    pub quarantine_proposed: Option<AppointmentNo>,
    /// Out of sight.
    pub quarantined: bool,
    /// Demands for an answer.
    pub demands: Vec<Demand>,
    /// Extension that waits for a ruling.
    pub extension_asked: Option<ExtensionAsk>,
    /// How often a return was asked and refused or upheld.
    pub returns: u32,
    /// The case this one came back from.
    pub recurrence_of: Option<CaseId>,
    /// The cases that go on in this one.
    #[serde(default)]
    pub merged_in: Vec<CaseId>,
    /// How often it went to another community.
    #[serde(default)]
    pub moved: u32,
    /// How often the reporter urged.
    pub urged: u32,
    /// How often it was reopened or sent back.
    pub redone: u32,
    /// Who handles it inside the community, after a hand-over.
    pub handler: Option<AppointmentNo>,
}

impl Case {
    /// At least one department outside the community reported in. 部门联动
    #[must_use]
    pub fn linked(&self) -> bool {
        self.units_reported_in() >= 1
    }

    /// At least two departments outside the community reported in. 联合处置
    #[must_use]
    pub fn joint(&self) -> bool {
        self.units_reported_in() >= 2
    }

    fn units_reported_in(&self) -> usize {
        let mut units: Vec<&UnitCode> = self
            .parts
            .iter()
            // Who was let go is not on the case, whatever they had begun.
            .filter(|part| part.reported_in.is_some() && !part.returned)
            .map(|part| &part.unit)
            .collect();
        units.sort_unstable();
        units.dedup();
        units.len()
    }

    /// The number of the next part: they count from 1, and none is given twice.
    #[must_use]
    pub fn next_part(&self) -> u32 {
        self.parts.iter().map(|part| part.no).max().unwrap_or(0) + 1
    }

    /// It ended with a result: resolved, and not handed to another body or put on a list. A
    /// reasoned no is a result as well; how it came out is told apart by the outcome.
    #[must_use]
    pub fn handled(&self) -> bool {
        !matches!(
            self.state.outcome(),
            None | Some(Outcome::Planned | Outcome::NoPower)
        )
    }

    /// Whether a resident filed it, who alone may judge the result.
    #[must_use]
    pub fn judged_by_resident(&self) -> bool {
        self.filer != Filer::Staff
    }

    /// Whether a party has said of the present result that it is fixed, or that it is not. A case
    /// that was done again asks again.
    #[must_use]
    pub fn said_fixed(&self, party: PartyNo) -> Option<bool> {
        let verdict = self.verdict(party)?;
        verdict.fixed.filter(|_| verdict.fixed_round == self.redone)
    }

    /// How many stars a party has given the present result.
    #[must_use]
    pub fn said_stars(&self, party: PartyNo) -> Option<u8> {
        let verdict = self.verdict(party)?;
        verdict.stars.filter(|_| verdict.stars_round == self.redone)
    }

    /// A low rating waits for its answer.
    #[must_use]
    pub fn owes_answer(&self) -> bool {
        let mut clocks = self.clocks.iter();
        clocks.any(|clock| clock.stage == Stage::Answer && clock.is_running())
    }

    /// The verdict of one party.
    #[must_use]
    pub fn verdict(&self, party: PartyNo) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.party == party)
    }

    /// The role of one party.
    #[must_use]
    pub fn party(&self, no: PartyNo) -> Option<&Party> {
        self.parties.iter().find(|party| party.no == no)
    }

    /// The number the next party gets.
    #[must_use]
    pub fn next_party(&self) -> PartyNo {
        PartyNo(
            self.parties
                .iter()
                .map(|party| party.no.0)
                .max()
                .unwrap_or(0)
                + 1,
        )
    }

    /// A called part.
    #[must_use]
    pub fn part(&self, no: u32) -> Option<&Part> {
        self.parts.iter().find(|part| part.no == no)
    }

    /// A firm that works on the case now: engaged for a part that is still its unit's, while there is
    /// something to do. Whether its time is over is for whoever knows the time ([`Engagement::until`]).
    #[must_use]
    pub fn engaged(&self, no: EngagementNo) -> Option<&Engagement> {
        let works = !self.quarantined && self.kind != Kind::Tip && !self.state.tag().is_ended();
        self.engagements
            .iter()
            .find(|engaged| engaged.no == no)
            .filter(|engaged| works && engaged.ended.is_none())
            .filter(|engaged| self.part(engaged.part).is_some_and(|part| !part.returned))
    }

    /// The number the next engagement gets: none is given twice.
    #[must_use]
    pub fn next_engagement(&self) -> EngagementNo {
        let last = self.engagements.iter().map(|engaged| engaged.no.0).max();
        EngagementNo(last.unwrap_or(0) + 1)
    }

    /// The clock the reporter was promised.
    #[must_use]
    pub fn resolve_clock(&self) -> Option<&RunningClock> {
        self.clocks
            .iter()
            .rev()
            .find(|clock| clock.stage == Stage::Resolve && clock.part.is_none() && !clock.cancelled)
    }

    /// The first day that was named and has gone by: of a demand without its answer, of a plan, or of
    /// whoever the case went to. No clock measures those.
    #[must_use]
    pub fn date_over(&self, now: Timestamp) -> Option<Timestamp> {
        let demands = self.demands.iter();
        let open = demands.filter(|demand| demand.answered_at.is_none());
        let of_state = match self.state {
            State::Parked { until, .. } => Some(until),
            _ => self.answer_due(),
        };
        let named = open.map(|demand| demand.due).chain(of_state);
        named.filter(|date| *date < now).min()
    }

    /// When the body that it was transferred to must answer; nothing once it has, or where there is none.
    #[must_use]
    pub const fn answer_due(&self) -> Option<Timestamp> {
        match self.state {
            State::TransferredOut {
                due,
                answered_at: None,
                ..
            } => Some(due),
            _ => None,
        }
    }

    /// Until when it waits for its reporter at the longest; none if it does not wait. Where no
    /// clock stands still, the wait is as long as a clock's would be.
    #[must_use]
    pub fn wait_ends(&self) -> Option<Timestamp> {
        let since = self.waiting_since?;
        let pauses = self.clocks.iter().filter_map(RunningClock::pause_ends);
        let bound = PauseRule::default().max_each;
        Some(pauses.max().unwrap_or_else(|| since.plus(bound)))
    }

    /// Any running clock of the handling side is past its due time.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.clocks.iter().any(|clock| {
            clock.stage != Stage::Release
                && clock.stopped.is_none()
                && !clock.cancelled
                && clock.is_late(now)
        })
    }

    /// The number the next clock gets.
    #[must_use]
    pub fn next_clock_id(&self) -> u32 {
        self.clocks.iter().map(|clock| clock.id).max().unwrap_or(0) + 1
    }

    /// Whether everybody may read the words, place and photos.
    #[must_use]
    pub fn words_are_public(&self) -> bool {
        self.visibility == Visibility::Public
            && self.release == Release::Released
            && !self.quarantined
            && self.kind == Kind::Whistle
    }

    /// Whether everybody may know that the case exists.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.visibility != Visibility::Private && !self.quarantined && self.kind == Kind::Whistle
    }
}
