//! A case as one works on it.

use domain::{
    case::{Awaits, Channel, EnforcementOutcome, EvidenceKind, Filer, Ground, Level},
    clock::Limit,
    ids::EngagementNo,
    time::Timestamp,
    verb::Verb,
};

use super::{Branch, CaseStory, Choice, ClockLine, PhotoView};
use crate::{offers::Offer, scores::ToScore};

/// A step of a called unit, and when it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepTime {
    /// Which.
    pub verb: Verb,
    /// When; none: not yet.
    pub at: Option<Timestamp>,
}

/// A called unit: who came, and who did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartView {
    /// Its number in the case.
    pub no: u32,
    /// The module, with its department.
    pub unit: String,
    /// Leads the others.
    pub lead: bool,
    /// Assigned by the commission.
    pub assigned: bool,
    /// When it was called.
    pub called_at: Timestamp,
    /// Signed, reported in, set out, arrived, fed back.
    pub steps: [StepTime; 5],
    /// Who reported in for it: a person, not a click.
    pub came: Option<String>,
    /// It asks to be let go.
    pub return_asked: bool,
    /// Why, unless it was erased.
    pub return_reason: Option<String>,
    /// It was let go.
    pub returned: bool,
    /// The viewer acts for this unit.
    pub mine: bool,
    /// Whoever called gave it longer than the case has: until when, and until when the case is promised.
    pub past_own: Option<(Timestamp, Timestamp)>,
}

/// A firm under contract that works for a called unit. 委托
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagedView {
    /// Its number in the case.
    pub no: EngagementNo,
    /// The part it works on.
    pub part: u32,
    /// The firm.
    pub firm: String,
    /// Since when.
    pub from: Timestamp,
    /// The first moment at which its link opens nothing.
    pub until: Timestamp,
    /// It works on it now.
    pub works: bool,
    /// The address of its link, for the unit that engaged it and while it opens anything.
    pub link: Option<String>,
}

/// The firms that a called unit may engage for its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmsView {
    /// The part.
    pub part: u32,
    /// The firms; first those that work in the case's category.
    pub firms: Vec<Choice>,
    /// Until when a link would do: the unit's own limit, else two weeks.
    pub until: Timestamp,
}

/// A case as a firm under contract works on it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractCase {
    /// The firm.
    pub firm: String,
    /// Its engagement.
    pub engagement: EngagementNo,
    /// The first moment at which the link opens nothing.
    pub until: Timestamp,
    /// The address of the link.
    pub path: String,
    /// The case.
    pub case: DeskCase,
}

/// What the duty register says, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyView {
    /// The entry.
    pub code: String,
    /// In which situation it holds.
    pub situation: String,
    /// Who leads.
    pub lead: Choice,
    /// Who supports.
    pub supports: Vec<Choice>,
    /// The law or rule.
    pub basis: String,
    /// The category it is for.
    pub category: String,
    /// The areas it is for; none is the whole city.
    pub areas: Vec<String>,
    /// Since when it holds.
    pub since: Timestamp,
}

/// A running clock that more time may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockChoice {
    /// Its number.
    pub id: u32,
    /// The clock.
    pub line: ClockLine,
}

/// A demand for an answer. 督办
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandView {
    /// Its number.
    pub no: u32,
    /// When the answer is due.
    pub due: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// It is due, and there is no answer.
    pub late: bool,
    /// What is demanded, unless it was erased.
    pub text: Option<String>,
}

/// What an office asks another to rule on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Who asks.
    pub who: String,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub text: Option<String>,
}

/// A case on the desk of whoever works on it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskCase {
    /// The case with all that this viewer may see.
    pub story: CaseStory,
    /// What this viewer may do now.
    pub offers: Vec<Offer>,
    /// The called units.
    pub parts: Vec<PartView>,
    /// Firms that were engaged for them.
    pub engaged: Vec<EngagedView>,
    /// Firms that may be engaged, for each part that one may be engaged for.
    pub firms: Vec<FirmsView>,
    /// What the duty register says.
    pub duties: Vec<DutyView>,
    /// What the policy gives a called unit to be done in, and until when that would be from now; none
    /// where whoever calls has to say.
    pub policy_due: Option<(Limit, Timestamp)>,
    /// Until when the case itself is promised, where that still runs: who is called may be given longer,
    /// and the promise does not move by it.
    pub own_due: Option<Timestamp>,
    /// Open cases of the same category and community, to be merged with.
    pub alike: Vec<Choice>,
    /// Who may be called, by department.
    pub units: Vec<Branch>,
    /// What else it may be, by family.
    pub categories: Vec<Branch>,
    /// Where else it may have happened, by governance unit.
    pub communities: Vec<Branch>,
    /// Clocks that more time may be asked for.
    pub clocks: Vec<ClockChoice>,
    /// Demands for an answer.
    pub demands: Vec<DemandView>,
    /// An extension that waits for a ruling.
    pub extension: Option<Ask>,
    /// The last opinion of how to go about it (办理意见): the entry of the register it names, and its words.
    pub opinion: Option<(Option<String>, Option<String>)>,
    /// A rejection that waits for the second person.
    pub rejection: Option<(Ground, Option<String>)>,
    /// Others of the office, to hand it over to.
    pub deputies: Vec<Choice>,
    /// Who handles it in its office, since it was handed over.
    pub handler: Option<String>,
    /// Words that may be struck out, by event.
    pub redactable: Vec<(u32, String)>,
    /// What enforcement did; never public.
    pub enforcement: Option<EnforcementOutcome>,
    /// Evidence that the category asks for.
    pub evidence: Vec<EvidenceKind>,
    /// Somebody must have been there.
    pub on_scene: bool,
    /// How far up it went.
    pub level: Level,
    /// The viewer may learn how to reach the reporter.
    pub reaches: bool,
    /// The reporter left something.
    pub has_contact: bool,
    /// The reporter allows a call.
    pub may_call: bool,
    /// Who filed.
    pub filer: Filer,
    /// Whence it came.
    pub channel: Channel,
    /// Its number in the system it was handed on from.
    pub external: Option<String>,
    /// Nobody may make it more public.
    pub always_private: bool,
    /// What it waits for beside its clocks.
    pub awaits: Awaits,
    /// The viewer may say whether a result holds: a second look is not the offices' own.
    pub rechecks: bool,
    /// What the viewer may still say of whom they handled it with.
    pub to_score: Vec<ToScore>,
    /// Photos that were handed in before.
    pub reused: Vec<Reused>,
    /// Photos that a release would leave public, each as everybody would get it, and those that stay withheld;
    /// for whoever may release.
    pub to_release: Vec<PhotoView>,
}

/// A photo that looks, to the byte, like one that was handed in before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reused {
    /// Its number in the case, from 1.
    pub photo: u32,
    /// The number of the other case, that this viewer works on as well; none for the same case.
    pub with: Option<String>,
}
