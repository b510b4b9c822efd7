//! A case: anything the city owes an answer to, folded from its events.
//!
//! [`apply`] is the only way a case changes; [`crate::decide::decide`] is the only way an event
//! comes about. Both are pure, so the same rules run in the browser, in tests over weeks of moved
//! time, and when the projections are rebuilt from the log.

use serde::{Deserialize, Serialize};

pub use crate::city::EvidenceKind;
use crate::{
    clock::{Owner, RunningClock, Stage},
    event::{Actor, CalledPart, Fact, Recorded},
    ids::{AppointmentNo, AreaCode, CaseId, CategoryCode, PartyNo, UnitCode},
    reference::CaseNumber,
    time::Timestamp,
    visibility::Visibility,
};

macro_rules! words_of {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The stable word used in the log, addresses and message keys.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(UnknownWord) }
            }
        }
    };
}
pub(crate) use words_of;

/// A word that is none of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

words_of! {
    /// What kind of answer is owed.
    Kind {
        /// A problem told to the community. 反映 / 上报
        Whistle = "whistle",
        /// An application for a service. 办件
        Request = "request",
        /// Sealed: unlawful acts. 违法线索
        Tip = "tip",
        /// An instruction from the city to communities. 一键达任务
        Task = "task",
    }
}
words_of! {
    /// The door a case came in by.
    Channel {
        /// The portal's pages.
        Web = "web",
        /// The machine interface.
        Api = "api",
        /// A staff member at a counter or in the street.
        Staff = "staff",
        /// By telephone.
        Phone = "phone",
        /// The 12345 hotline.
        Hotline = "hotline",
        /// Handed over by the police's 110.
        Police = "police",
        /// An import from another system.
        Import = "import",
    }
}
words_of! {
    /// Who files, which decides who may judge.
    Filer {
        /// A resident for themself.
        Resident = "resident",
        /// Staff for a resident, with consent; the code goes to the resident (K3).
        Proxy = "proxy",
        /// Staff of their own accord (patrol); never confirmed, never rated.
        Staff = "staff",
    }
}
words_of! {
    /// A person's part in a case.
    PartyRole {
        /// Told the problem.
        Reporter = "reporter",
        /// Has the same problem.
        MeToo = "me_too",
    }
}
words_of! {
    /// Why the community calls. Chosen by the caller, never by the resident.
    CallClass {
        /// 疑难问题
        HardProblem = "hard_problem",
        /// 联合执法
        JointEnforcement = "joint_enforcement",
        /// 应急
        Emergency = "emergency",
    }
}
words_of! {
    /// How a case came out.
    Outcome {
        /// 解决了
        Solved = "solved",
        /// 部分解决
        PartlySolved = "partly_solved",
        /// 列入计划
        Planned = "planned",
        /// 到场未发现
        NotFound = "not_found",
        /// 不属实
        Untrue = "untrue",
        /// 依法不能办, with reasons
        LawfullyRefused = "lawfully_refused",
        /// 无权处理: must be transferred
        NoPower = "no_power",
        /// 已在其他程序中
        OtherProcedure = "other_procedure",
        /// 重复
        Duplicate = "duplicate",
        /// 联系不上
        Unreachable = "unreachable",
    }
}
words_of! {
    /// What enforcement did; private (K3).
    EnforcementOutcome {
        /// 警告
        Warned = "warned",
        /// 责令改正
        Ordered = "ordered",
        /// 立案
        CaseOpened = "case_opened",
        /// 处罚
        Penalised = "penalised",
        /// 未找到责任人
        NotIdentified = "not_identified",
    }
}
words_of! {
    /// How far up a case went: small matters stay in the grid.
    Level {
        /// 网格
        Grid = "grid",
        /// 社区
        Community = "community",
        /// 治理单元
        Unit = "unit",
        /// 市
        City = "city",
    }
}
words_of! {
    /// The closed list of grounds for not accepting.
    Ground {
        /// Suit, arbitration, reconsideration, petition or discipline is running or required.
        OtherProcedure = "other_procedure",
        /// Not enough to act on, and the reporter could not be asked.
        NotActionable = "not_actionable",
        /// Outside the city.
        OutsideCity = "outside_city",
        /// The same person, the same matter, already answered.
        AlreadyAnswered = "already_answered",
    }
}
words_of! {
    /// How a result was checked.
    VerifyMethod {
        /// Somebody went there.
        OnSite = "on_site",
        /// On the evidence in the case.
        OnEvidence = "on_evidence",
    }
}
words_of! {
    /// The state without its data, as addresses, filters and texts name it.
    StateTag {
        /// Told, nobody has accepted it yet.
        Filed = "filed",
        /// The community answers for it.
        Accepted = "accepted",
        /// Departments are called, none has reported in.
        Dispatched = "dispatched",
        /// Somebody works on it.
        InProgress = "in_progress",
        /// The handling side says it is done.
        Resolved = "resolved",
        /// Somebody outside the handling unit checked.
        Verified = "verified",
        /// Ended.
        Closed = "closed",
        /// Not accepted, by two people.
        Rejected = "rejected",
        /// Taken back by the reporter.
        Withdrawn = "withdrawn",
        /// Goes on in another case.
        Merged = "merged",
        /// Planned, with owner and date; not handled.
        Parked = "parked",
        /// Another body must answer; not handled.
        TransferredOut = "transferred_out",
    }
}

impl StateTag {
    /// Nothing is owed any more, unless it is reopened.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Rejected | Self::Withdrawn | Self::Merged | Self::TransferredOut
        )
    }
}

/// Where a case stands; a state carries its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// 待受理
    Filed,
    /// 已受理
    Accepted,
    /// 已派单
    Dispatched,
    /// 办理中
    InProgress,
    /// 部门说办完了
    Resolved {
        /// How it came out.
        outcome: Outcome,
        /// When.
        at: Timestamp,
    },
    /// 已核查
    Verified {
        /// How it came out.
        outcome: Outcome,
        /// When it was resolved.
        resolved_at: Timestamp,
    },
    /// 已结案
    Closed {
        /// How it came out.
        outcome: Outcome,
        /// When it was resolved.
        resolved_at: Timestamp,
        /// When it ended.
        at: Timestamp,
    },
    /// 不予受理
    Rejected {
        /// Why.
        ground: Ground,
        /// When.
        at: Timestamp,
        /// A review was asked for; it may be asked once.
        review: Review,
    },
    /// 已撤回
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// 已并案
    Merged {
        /// The case it goes on in.
        into: CaseId,
        /// What it was, should the merge be undone.
        before: Box<State>,
    },
    /// 列入计划
    Parked {
        /// Who will do it.
        owner: UnitCode,
        /// By when.
        until: Timestamp,
    },
    /// 已转出
    TransferredOut {
        /// When they must answer.
        due: Timestamp,
        /// When it was handed over.
        at: Timestamp,
    },
}

/// Whether a rejection was reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Nobody asked.
    NotAsked,
    /// The reporter asked.
    Asked,
    /// The rejection stands.
    Upheld,
}

impl State {
    /// The state's name.
    #[must_use]
    pub const fn tag(&self) -> StateTag {
        match self {
            Self::Filed => StateTag::Filed,
            Self::Accepted => StateTag::Accepted,
            Self::Dispatched => StateTag::Dispatched,
            Self::InProgress => StateTag::InProgress,
            Self::Resolved { .. } => StateTag::Resolved,
            Self::Verified { .. } => StateTag::Verified,
            Self::Closed { .. } => StateTag::Closed,
            Self::Rejected { .. } => StateTag::Rejected,
            Self::Withdrawn { .. } => StateTag::Withdrawn,
            Self::Merged { .. } => StateTag::Merged,
            Self::Parked { .. } => StateTag::Parked,
            Self::TransferredOut { .. } => StateTag::TransferredOut,
        }
    }

    /// How it came out, once the handling side has said so.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Resolved { outcome, .. }
            | Self::Verified { outcome, .. }
            | Self::Closed { outcome, .. } => Some(*outcome),
            _ => None,
        }
    }
}

/// Whether the reporter's words, place and photos may be seen by everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// Waits for a named person. 待发布
    Waiting,
    /// A named person let it be seen.
    Released,
    /// Held back, with a reason the reporter sees.
    Held,
    /// Private or public without detail: there is nothing to release.
    NotOffered,
}

/// A person of the case, by number only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Number within the case.
    pub no: PartyNo,
    /// Their part.
    pub role: PartyRole,
    /// Since when.
    pub joined_at: Timestamp,
}

/// How far a called unit has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Number within the case.
    pub no: u32,
    /// Who was called.
    pub unit: UnitCode,
    /// Leads the others.
    pub lead: bool,
    /// The commission assigned it: it cannot be returned again.
    pub assigned: bool,
    /// When it was called.
    pub called_at: Timestamp,
    /// 签收
    pub signed_at: Option<Timestamp>,
    /// 报到, with the named person.
    pub reported_in: Option<(Timestamp, AppointmentNo)>,
    /// 出动
    pub set_out_at: Option<Timestamp>,
    /// 到场
    pub arrived_at: Option<Timestamp>,
    /// 反馈
    pub fed_back_at: Option<Timestamp>,
    /// A return waits for a ruling.
    pub return_asked: bool,
    /// The return was right: this unit is out.
    pub returned: bool,
}

impl Part {
    fn called(part: &CalledPart, at: Timestamp, assigned: bool) -> Self {
        Self {
            no: part.part,
            unit: part.unit.clone(),
            lead: part.lead,
            assigned,
            called_at: at,
            signed_at: None,
            reported_in: None,
            set_out_at: None,
            arrived_at: None,
            fed_back_at: None,
            return_asked: false,
            returned: false,
        }
    }
}

/// What the reporter said of the result. Silence is its own fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whose.
    pub party: PartyNo,
    /// 解决了 / 没解决
    pub fixed: Option<bool>,
    /// 1 to 5.
    pub stars: Option<u8>,
    /// Of which result they said so: how often the case had been done again by then.
    #[serde(default)]
    pub fixed_round: u32,
    /// Of which result the stars are.
    #[serde(default)]
    pub stars_round: u32,
}

/// Demand for an answer. 督办单
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// Number within the case.
    pub no: u32,
    /// When the answer is due.
    pub due: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
}

/// An extension that waits for a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionAsk {
    /// Which clock.
    pub clock: u32,
    /// Until when.
    pub until: Timestamp,
}

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
    pub external: Option<String>,
    /// Who filed.
    pub filer: Filer,
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
    /// The reporters have said more since the release, which nobody has looked at.
    #[serde(default)]
    pub more_to_release: bool,
    /// Where it stands.
    pub state: State,
    /// Waits for the reporter since.
    pub waiting_since: Option<Timestamp>,
    /// The reporter allows a call.
    pub may_call: bool,
    /// Its people.
    pub parties: Vec<Party>,
    /// The units called.
    pub parts: Vec<Part>,
    /// Its clocks, running and stopped.
    pub clocks: Vec<RunningClock>,
    /// Offices that worked on it: they may not verify their own work.
    pub handlers: Vec<Owner>,
    /// Verdicts of its reporters.
    pub verdicts: Vec<Verdict>,
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
            .filter(|part| part.reported_in.is_some())
            .map(|part| &part.unit)
            .collect();
        units.sort_unstable();
        units.dedup();
        units.len()
    }

    /// Resolved, and not handed to another body or put on a list: what "handled" counts.
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

    /// The clock that matters now: running, not stopped, soonest due.
    #[must_use]
    pub fn next_clock(&self) -> Option<&RunningClock> {
        self.clocks
            .iter()
            .filter(|clock| clock.stopped.is_none() && !clock.cancelled)
            .min_by_key(|clock| clock.due)
    }

    /// The clock the reporter was promised.
    #[must_use]
    pub fn resolve_clock(&self) -> Option<&RunningClock> {
        self.clocks
            .iter()
            .rev()
            .find(|clock| clock.stage == Stage::Resolve && clock.part.is_none() && !clock.cancelled)
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

    fn part_mut(&mut self, no: u32) -> Result<&mut Part, Broken> {
        self.parts
            .iter_mut()
            .find(|part| part.no == no)
            .ok_or(Broken("no such part"))
    }

    // Always by the clock's own `stop`: it ends a pause, which else would count as lateness.
    fn stop(&mut self, stage: Stage, part: Option<u32>, at: Timestamp) {
        for clock in &mut self.clocks {
            if clock.stage == stage && clock.part == part {
                clock.stop(at);
            }
        }
    }

    fn stop_all(&mut self, at: Timestamp) {
        self.waiting_since = None;
        for clock in &mut self.clocks {
            clock.stop(at);
        }
    }

    /// Stops what the handling side owes; the release of the words is owed all the same.
    fn stop_handling(&mut self, at: Timestamp) {
        for clock in &mut self.clocks {
            if clock.stage != Stage::Release {
                clock.stop(at);
            }
        }
    }

    fn cancel(&mut self, part: u32) {
        for clock in &mut self.clocks {
            if clock.part == Some(part) {
                clock.cancel();
            }
        }
    }

    fn wait(&mut self, at: Timestamp) {
        self.waiting_since = Some(at);
        for clock in &mut self.clocks {
            if clock.stage == Stage::Resolve && clock.stopped.is_none() && !clock.cancelled {
                // `decide` asks only while a pause is left; without one the clock runs on.
                let _ = clock.pause(at);
            }
        }
    }

    fn stop_waiting(&mut self, at: Timestamp) {
        self.waiting_since = None;
        for clock in &mut self.clocks {
            if clock.is_paused() {
                let _ = clock.resume(at);
            }
        }
    }

    fn worked_by(&mut self, owner: Owner) {
        if !self.handlers.contains(&owner) {
            self.handlers.push(owner);
        }
    }

    fn verdict_mut(&mut self, party: PartyNo) -> &mut Verdict {
        let at = self
            .verdicts
            .iter()
            .position(|verdict| verdict.party == party);
        let at = at.unwrap_or_else(|| {
            self.verdicts.push(Verdict {
                party,
                fixed: None,
                stars: None,
                fixed_round: 0,
                stars_round: 0,
            });
            self.verdicts.len() - 1
        });
        &mut self.verdicts[at]
    }

    fn judge(&mut self, party: PartyNo, fixed: bool) {
        let round = self.redone;
        let verdict = self.verdict_mut(party);
        (verdict.fixed, verdict.fixed_round) = (Some(fixed), round);
    }

    fn close(&mut self, at: Timestamp) -> Result<(), Broken> {
        self.state = match &self.state {
            State::Resolved {
                outcome,
                at: resolved_at,
            } => State::Closed {
                outcome: *outcome,
                resolved_at: *resolved_at,
                at,
            },
            State::Verified {
                outcome,
                resolved_at,
            } => State::Closed {
                outcome: *outcome,
                resolved_at: *resolved_at,
                at,
            },
            _ => return Err(Broken("closed before it was resolved")),
        };
        self.stop_handling(at);
        Ok(())
    }
}

/// A stored event that cannot follow the events before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event cannot follow: {0}")]
pub struct Broken(pub &'static str);

/// Folds one event into a case. Reads facts only: erased words change nothing.
///
/// # Errors
/// If the event cannot follow, which in a verified log means that it was tampered with.
pub fn apply(case: Option<Case>, recorded: &Recorded) -> Result<Case, Broken> {
    let at = recorded.at;
    let fact = &recorded.event.fact;
    let mut case = match (case, fact) {
        (None, Fact::Filed { .. }) => return begin(recorded),
        (None, _) => return Err(Broken("the first event is not a filing")),
        (Some(_), Fact::Filed { .. }) => return Err(Broken("filed twice")),
        (Some(case), _) => case,
    };
    if recorded.case != case.id || recorded.version != case.version + 1 {
        return Err(Broken("a gap in the versions"));
    }
    case.version = recorded.version;
    case.updated_at = at;
    // 响应 is the first act of a person of the city; an automatic answer never counts.
    if matches!(recorded.event.actor, Actor::Appointment(_)) {
        case.stop(Stage::Respond, None, at);
    }
    change(&mut case, fact, at)?;
    if let Actor::Appointment(proposer) = recorded.event.actor {
        name_proposer(&mut case, fact, proposer);
    }
    Ok(case)
}

fn begin(recorded: &Recorded) -> Result<Case, Broken> {
    let Fact::Filed {
        number,
        case_kind,
        channel,
        filer,
        category,
        community,
        grid,
        line,
        visibility,
        always_private,
        photos,
        may_call,
        recurrence_of,
        external,
        clocks,
    } = &recorded.event.fact
    else {
        return Err(Broken("the first event is not a filing"));
    };
    if recorded.version != 1 {
        return Err(Broken("the first event is not version 1"));
    }
    let parties = match filer {
        Filer::Staff => Vec::new(),
        Filer::Resident | Filer::Proxy => {
            vec![Party {
                no: PartyNo(1),
                role: PartyRole::Reporter,
                joined_at: recorded.at,
            }]
        }
    };
    Ok(Case {
        id: recorded.case,
        number: *number,
        kind: *case_kind,
        version: 1,
        filed_at: recorded.at,
        updated_at: recorded.at,
        channel: *channel,
        external: external.clone(),
        filer: *filer,
        category: category.clone(),
        community: community.clone(),
        grid: grid.clone(),
        line: line.clone(),
        visibility: *visibility,
        always_private: *always_private,
        release: release_of(*visibility),
        more_to_release: false,
        state: State::Filed,
        waiting_since: None,
        may_call: *may_call,
        parties,
        parts: Vec::new(),
        clocks: clocks.clone(),
        handlers: Vec::new(),
        verdicts: Vec::new(),
        level: if *channel == Channel::Staff {
            Level::Grid
        } else {
            Level::Community
        },
        enforcement: None,
        evidence: Vec::new(),
        photos: u32::from(*photos),
        rejection_proposed: None,
        quarantine_proposed: None,
        quarantined: false,
        demands: Vec::new(),
        extension_asked: None,
        returns: 0,
        recurrence_of: *recurrence_of,
        urged: 0,
        redone: 0,
        handler: None,
    })
}

fn release_of(visibility: Visibility) -> Release {
    match visibility {
        Visibility::Public => Release::Waiting,
        Visibility::PublicWithoutDetail | Visibility::Private => Release::NotOffered,
    }
}

fn change(case: &mut Case, fact: &Fact, at: Timestamp) -> Result<(), Broken> {
    match fact {
        Fact::Filed { .. } => return Err(Broken("filed twice")),
        Fact::Taken {} => {
            case.stop(Stage::Dispatch, None, at);
            case.worked_by(Owner::Community(case.community.clone()));
            case.state = State::InProgress;
        }
        Fact::Accepted { clocks } => {
            case.clocks.extend(clocks.iter().cloned());
            case.rejection_proposed = None;
            case.state = State::Accepted;
        }

        Fact::Rejected { ground, .. } => {
            case.rejection_proposed = None;
            case.stop_all(at);
            case.state = State::Rejected {
                ground: *ground,
                at,
                review: Review::NotAsked,
            };
        }
        Fact::ReviewAsked {} => match &mut case.state {
            State::Rejected { review, .. } => *review = Review::Asked,
            _ => return Err(Broken("a review of what was not rejected")),
        },
        Fact::RejectionReviewed { upheld, clocks } => {
            let State::Rejected { review, .. } = &mut case.state else {
                return Err(Broken("a review of what was not rejected"));
            };
            *review = Review::Upheld;
            if !upheld {
                case.clocks.extend(clocks.iter().cloned());
                case.state = State::Accepted;
            }
        }
        Fact::Asked {} => case.wait(at),
        Fact::Answered { photos } => {
            case.more_to_release |= case.release == Release::Released;
            case.photos += u32::from(*photos);
            case.stop_waiting(at);
        }
        Fact::WaitingEnded {} => case.stop_waiting(at),
        Fact::InformationAdded { photos } => {
            case.more_to_release |= case.release == Release::Released;
            case.photos += u32::from(*photos);
        }
        Fact::Assessed { .. }
        | Fact::Noted {}
        | Fact::Updated {}
        | Fact::CalledBack { .. }
        | Fact::DirectLined {}
        | Fact::RejectionProposed { .. }
        | Fact::QuarantineProposed {}
        | Fact::Redacted { .. } => {}
        Fact::Called { parts, clocks, .. } => {
            case.stop(Stage::Dispatch, None, at);
            case.parts
                .extend(parts.iter().map(|part| Part::called(part, at, false)));
            case.clocks.extend(clocks.iter().cloned());
            if case.state.tag() != StateTag::InProgress {
                case.state = State::Dispatched;
            }
        }
        Fact::Signed { part } => case.part_mut(*part)?.signed_at = Some(at),
        Fact::ReportedIn { part, officer } => {
            let called = case.part_mut(*part)?;
            called.reported_in = Some((at, *officer));
            called.signed_at.get_or_insert(at);
            let unit = called.unit.clone();
            case.worked_by(Owner::Unit(unit));
            case.stop(Stage::ReportIn, Some(*part), at);
            case.state = State::InProgress;
        }
        Fact::SetOut { part } => {
            case.part_mut(*part)?.set_out_at = Some(at);
            case.stop(Stage::SetOut, Some(*part), at);
        }
        Fact::Arrived { part } => {
            case.part_mut(*part)?.arrived_at = Some(at);
            case.stop(Stage::SetOut, Some(*part), at);
            case.stop(Stage::Arrive, Some(*part), at);
        }
        Fact::FedBack { part, photos } => {
            case.part_mut(*part)?.fed_back_at = Some(at);
            case.photos += u32::from(*photos);
            case.stop(Stage::Resolve, Some(*part), at);
        }
        Fact::ReturnAsked { part, .. } => {
            case.part_mut(*part)?.return_asked = true;
            case.returns += 1;
        }
        Fact::ReturnRuled { part, upheld } => {
            let returned = case.part_mut(*part)?;
            returned.return_asked = false;
            returned.returned = *upheld;
            if *upheld {
                case.cancel(*part);
                if case.parts.iter().all(|part| part.returned) {
                    case.state = State::Accepted;
                }
            }
        }
        Fact::Assigned { part, clocks } => {
            // Who asked to be let go is let go, unless it is the one that is assigned.
            let let_go: Vec<u32> = case
                .parts
                .iter()
                .filter(|other| other.return_asked && other.no != part.part)
                .map(|other| other.no)
                .collect();
            for other in &mut case.parts {
                other.returned |= let_go.contains(&other.no);
                other.return_asked = false;
                other.lead = other.lead && !part.lead;
            }
            for no in let_go {
                case.cancel(no);
            }
            match case.parts.iter_mut().find(|other| other.no == part.part) {
                // Called already: its clocks run on, for a return never stops them.
                Some(called) => {
                    called.assigned = true;
                    called.lead |= part.lead;
                }
                None => case.parts.push(Part::called(part, at, true)),
            }
            case.clocks.extend(clocks.iter().cloned());
            if case.state.tag() == StateTag::Accepted {
                case.state = State::Dispatched;
            }
        }
        Fact::ExtensionAsked { clock, until } => {
            case.extension_asked = Some(ExtensionAsk {
                clock: *clock,
                until: *until,
            });
        }
        Fact::ExtensionRuled { clock, granted } => {
            let asked = case
                .extension_asked
                .take()
                .ok_or(Broken("no extension was asked"))?;
            if *granted {
                let running = case
                    .clocks
                    .iter_mut()
                    .find(|running| running.id == *clock)
                    .ok_or(Broken("no such clock"))?;
                if running.is_running() {
                    // A pause under way is added when it ends, so that it counts once.
                    let standing = running.due_at(at).since(running.due);
                    running.due = asked.until.plus(-standing);
                    running.extended = true;
                }
            }
        }
        Fact::Parked { owner, until } => {
            case.state = State::Parked {
                owner: owner.clone(),
                until: *until,
            };
        }
        Fact::TransferredOut { due } => {
            case.stop_all(at);
            case.state = State::TransferredOut { due: *due, at };
        }
        Fact::EvidenceAdded { evidence, photos } => {
            if !case.evidence.contains(evidence) {
                case.evidence.push(*evidence);
            }
            case.photos += u32::from(*photos);
        }
        Fact::Resolved {
            outcome,
            enforcement,
            level,
            photos,
            clocks,
            ..
        } => {
            if case.waiting_since.is_some() {
                case.stop_waiting(at);
            }
            case.photos += u32::from(*photos);
            if *photos > 0 && !case.evidence.contains(&EvidenceKind::PhotoAfter) {
                case.evidence.push(EvidenceKind::PhotoAfter);
            }
            // Without an acting unit it is the community's own word, whoever was called before.
            if case.handlers.is_empty() || case.parts.iter().all(|part| part.returned) {
                case.worked_by(Owner::Community(case.community.clone()));
            }
            case.enforcement = enforcement.or(case.enforcement);
            case.level = case.level.max(*level);
            case.stop_handling(at);
            case.clocks.extend(clocks.iter().cloned());
            case.state = State::Resolved {
                outcome: *outcome,
                at,
            };
        }
        Fact::Verified { .. } => {
            let State::Resolved {
                outcome,
                at: resolved_at,
            } = case.state
            else {
                return Err(Broken("verified before it was resolved"));
            };
            case.stop(Stage::Verify, None, at);
            case.state = State::Verified {
                outcome,
                resolved_at,
            };
        }
        Fact::SentBack {} => {
            case.redone += 1;
            // The promise to the reporter was not kept at the time the handler said so: its
            // clock runs on as if it had never stopped.
            let State::Resolved {
                at: resolved_at, ..
            } = case.state
            else {
                return Err(Broken("sent back before it was resolved"));
            };
            case.stop(Stage::Verify, None, at);
            for clock in &mut case.clocks {
                if clock.stage == Stage::Resolve && clock.stopped == Some(resolved_at) {
                    clock.stopped = None;
                }
            }
            case.state = State::InProgress;
        }
        Fact::Confirmed { party } => {
            case.judge(*party, true);
        }
        Fact::Disputed { party } => {
            case.judge(*party, false);
            case.more_to_release |= case.release == Release::Released;
            case.level = raise(case.level);
        }
        Fact::Rated { party, stars } => {
            let round = case.redone;
            let verdict = case.verdict_mut(*party);
            (verdict.stars, verdict.stars_round) = (Some(*stars), round);
        }
        Fact::Reopened { clocks } => {
            case.redone += 1;
            // There is nothing to check any more until it is done again.
            for clock in &mut case.clocks {
                if clock.stage == Stage::Verify {
                    clock.cancel();
                }
            }
            case.clocks.extend(clocks.iter().cloned());
            case.state = State::InProgress;
        }
        Fact::Escalated { to } => case.level = *to,
        Fact::Urged { .. } => case.urged += 1,
        Fact::Supervised { demand, due } => {
            case.demands.push(Demand {
                no: *demand,
                due: *due,
                answered_at: None,
            });
        }
        Fact::SupervisionAnswered { demand } => {
            let asked = case.demands.iter_mut().find(|asked| asked.no == *demand);
            asked.ok_or(Broken("no such demand"))?.answered_at = Some(at);
        }
        Fact::Reclassified {
            category,
            line,
            always_private,
            clocks,
        } => {
            case.category = category.clone();
            case.line = line.clone();
            case.always_private = *always_private;
            if *always_private {
                case.visibility = Visibility::Private;
                case.release = Release::NotOffered;
                case.stop(Stage::Release, None, at);
            }
            // Later rules move no running clock: only clocks not yet running are added.
            case.clocks.extend(clocks.iter().cloned());
        }
        Fact::Merged { into } => {
            let before = Box::new(case.state.clone());
            case.state = State::Merged {
                into: *into,
                before,
            };
        }
        Fact::Unmerged {} => {
            let State::Merged { before, .. } = &case.state else {
                return Err(Broken("unmerged what was not merged"));
            };
            case.state = (**before).clone();
        }
        Fact::Released {} => {
            case.release = Release::Released;
            case.more_to_release = false;
            case.stop(Stage::Release, None, at);
        }
        Fact::Held {} => {
            case.release = Release::Held;
            case.stop(Stage::Release, None, at);
        }
        Fact::Quarantined { .. } => {
            case.quarantined = true;
            case.quarantine_proposed = None;
        }
        Fact::VisibilityChanged { to, clocks } => {
            case.visibility = *to;
            case.release = match (release_of(*to), case.release) {
                // What was released and held before keeps its ruling when it comes back.
                (Release::Waiting, Release::Released) => Release::Released,
                (Release::Waiting, Release::Held) => Release::Held,
                (release, _) => release,
            };
            case.stop(Stage::Release, None, at);
            case.clocks.extend(clocks.iter().cloned());
        }
        Fact::HandedOver { to } => case.handler = Some(*to),
        Fact::Withdrawn {} => {
            case.stop_all(at);
            case.state = State::Withdrawn { at };
        }
        Fact::Closed {} => case.close(at)?,
        Fact::Joined { party, role } => {
            case.parties.push(Party {
                no: *party,
                role: *role,
                joined_at: at,
            });
        }
    }
    Ok(())
}

/// Two-person acts remember the first person, who is the actor and not part of the fact.
fn name_proposer(case: &mut Case, fact: &Fact, proposer: AppointmentNo) {
    match fact {
        Fact::RejectionProposed { ground } => case.rejection_proposed = Some((proposer, *ground)),
        Fact::QuarantineProposed {} => case.quarantine_proposed = Some(proposer),
        _ => {}
    }
}

fn raise(level: Level) -> Level {
    match level {
        Level::Grid => Level::Community,
        Level::Community => Level::Unit,
        Level::Unit | Level::City => Level::City,
    }
}
