//! The decisions: from a command to the events that follow, or a refusal with its reason.
//!
//! Pure: permission is [`crate::access::may`]'s answer, handed in as the actor; time is `now`;
//! policies, calendar and duties in force are [`Rules`].

mod file;
mod rules;

pub use file::{Filing, file};
pub use rules::Rules;

use crate::{
    access::may_set_visibility,
    case::{
        CallClass, Case, EnforcementOutcome, EvidenceKind, Filer, Ground, Kind, Level, Outcome,
        Release, Review, State, StateTag, VerifyMethod,
    },
    clock::{Limit, Stage},
    event::{Actor, CalledPart, Event, Fact, Words},
    ids::{AppointmentNo, CaseId, CategoryCode, DutyCode, PartyNo, UnitCode},
    time::{Millis, Timestamp},
    verb::{Verb, row_of},
    visibility::Visibility,
};

/// How long the reporter may reopen after the end.
pub const REOPEN_WINDOW: Millis = Millis::days(30);
/// How often the resolve clock may wait for the reporter.
pub const MAX_PAUSES: usize = 2;

/// When a called part must be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallDue {
    /// As the policy says, if it says so.
    Policy,
    /// A duration from the call (K2).
    Within(Limit),
    /// By the end of a day, given as its exclusive end (K1).
    Until(Timestamp),
}

/// A unit to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Which.
    pub unit: UnitCode,
    /// Whether it leads; exactly one must.
    pub lead: bool,
}

/// What somebody wants to do to a case, with the words they wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// What.
    pub act: Act,
    /// Text, place and photos.
    pub words: Option<Words>,
}

impl From<Act> for Command {
    fn from(act: Act) -> Self {
        Self { act, words: None }
    }
}

impl Act {
    /// The command with a text.
    #[must_use]
    pub fn saying(self, text: impl Into<String>) -> Command {
        Command {
            act: self,
            words: Some(Words::text(text)),
        }
    }
}

/// The verbs with what each needs to know.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "each variant is the verb of the same name, see Verb"
)]
pub enum Act {
    Accept,
    Take,
    Reject {
        ground: Ground,
    },
    AskReview,
    ReviewRejection {
        uphold: bool,
    },
    Ask,
    Answer,
    EndWaiting,
    AddInformation,
    Join,
    Assess {
        duty: Option<DutyCode>,
    },
    Call {
        class: CallClass,
        units: Vec<Called>,
        due: CallDue,
    },
    Sign {
        part: u32,
    },
    ReportIn {
        part: u32,
    },
    SetOut {
        part: u32,
    },
    Arrive {
        part: u32,
    },
    FeedBack {
        part: u32,
    },
    AskReturn {
        part: u32,
        duty: Option<DutyCode>,
    },
    RuleOnReturn {
        part: u32,
        uphold: bool,
    },
    Assign {
        unit: UnitCode,
        lead: bool,
    },
    AskExtension {
        clock: u32,
        until: Timestamp,
    },
    RuleOnExtension {
        grant: bool,
    },
    Park {
        owner: UnitCode,
        until: Timestamp,
    },
    TransferOut {
        due: Timestamp,
    },
    Note,
    Update,
    AddEvidence {
        evidence: EvidenceKind,
    },
    Resolve {
        outcome: Outcome,
        enforcement: Option<EnforcementOutcome>,
        level: Level,
    },
    Verify {
        method: VerifyMethod,
    },
    SendBack,
    CallBack {
        reached: bool,
    },
    Confirm,
    Dispute,
    Rate {
        stars: u8,
    },
    Reopen,
    Escalate {
        to: Level,
    },
    Urge,
    Supervise {
        due: Timestamp,
    },
    AnswerSupervision {
        demand: u32,
    },
    DirectLine,
    Reclassify {
        category: CategoryCode,
    },
    Merge {
        into: CaseId,
    },
    Unmerge,
    Publish,
    Hold,
    Redact {
        version: u32,
    },
    Quarantine,
    ChangeVisibility {
        to: Visibility,
    },
    HandOver {
        to: AppointmentNo,
    },
    Withdraw,
    Close,
}

impl Act {
    /// The verb, without its details.
    #[must_use]
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Accept => Verb::Accept,
            Self::Take => Verb::Take,
            Self::Reject { .. } => Verb::Reject,
            Self::AskReview => Verb::AskReview,
            Self::ReviewRejection { .. } => Verb::ReviewRejection,
            Self::Ask => Verb::Ask,
            Self::Answer => Verb::Answer,
            Self::EndWaiting => Verb::EndWaiting,
            Self::AddInformation => Verb::AddInformation,
            Self::Join => Verb::Join,
            Self::Assess { .. } => Verb::Assess,
            Self::Call { .. } => Verb::Call,
            Self::Sign { .. } => Verb::Sign,
            Self::ReportIn { .. } => Verb::ReportIn,
            Self::SetOut { .. } => Verb::SetOut,
            Self::Arrive { .. } => Verb::Arrive,
            Self::FeedBack { .. } => Verb::FeedBack,
            Self::AskReturn { .. } => Verb::AskReturn,
            Self::RuleOnReturn { .. } => Verb::RuleOnReturn,
            Self::Assign { .. } => Verb::Assign,
            Self::AskExtension { .. } => Verb::AskExtension,
            Self::RuleOnExtension { .. } => Verb::RuleOnExtension,
            Self::Park { .. } => Verb::Park,
            Self::TransferOut { .. } => Verb::TransferOut,
            Self::Note => Verb::Note,
            Self::Update => Verb::Update,
            Self::AddEvidence { .. } => Verb::AddEvidence,
            Self::Resolve { .. } => Verb::Resolve,
            Self::Verify { .. } => Verb::Verify,
            Self::SendBack => Verb::SendBack,
            Self::CallBack { .. } => Verb::CallBack,
            Self::Confirm => Verb::Confirm,
            Self::Dispute => Verb::Dispute,
            Self::Rate { .. } => Verb::Rate,
            Self::Reopen => Verb::Reopen,
            Self::Escalate { .. } => Verb::Escalate,
            Self::Urge => Verb::Urge,
            Self::Supervise { .. } => Verb::Supervise,
            Self::AnswerSupervision { .. } => Verb::AnswerSupervision,
            Self::DirectLine => Verb::DirectLine,
            Self::Reclassify { .. } => Verb::Reclassify,
            Self::Merge { .. } => Verb::Merge,
            Self::Unmerge => Verb::Unmerge,
            Self::Publish => Verb::Publish,
            Self::Hold => Verb::Hold,
            Self::Redact { .. } => Verb::Redact,
            Self::Quarantine => Verb::Quarantine,
            Self::ChangeVisibility { .. } => Verb::ChangeVisibility,
            Self::HandOver { .. } => Verb::HandOver,
            Self::Withdraw => Verb::Withdraw,
            Self::Close => Verb::Close,
        }
    }

    /// The called part it is about.
    #[must_use]
    pub const fn part(&self) -> Option<u32> {
        match self {
            Self::Sign { part }
            | Self::ReportIn { part }
            | Self::SetOut { part }
            | Self::Arrive { part }
            | Self::FeedBack { part }
            | Self::AskReturn { part, .. }
            | Self::RuleOnReturn { part, .. } => Some(*part),
            _ => None,
        }
    }

    /// Verbs that mean nothing without a text: a basis, a reason, a question, an answer.
    #[must_use]
    pub const fn needs_text(&self) -> bool {
        matches!(
            self,
            Self::Reject { .. }
                | Self::ReviewRejection { .. }
                | Self::Ask
                | Self::Answer
                | Self::AddInformation
                | Self::Assess { .. }
                | Self::AskReturn { .. }
                | Self::RuleOnReturn { .. }
                | Self::AskExtension { .. }
                | Self::Park { .. }
                | Self::TransferOut { .. }
                | Self::Note
                | Self::Update
                | Self::SendBack
                | Self::Dispute
                | Self::Supervise { .. }
                | Self::AnswerSupervision { .. }
                | Self::DirectLine
                | Self::Hold
                | Self::Redact { .. }
                | Self::Quarantine
        )
    }
}

/// Why a command was refused. No sentences: the pages have those, in three languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The verb is not for a case in this state.
    #[error("{verb:?} is not for a case that is {state:?}")]
    NotNow {
        /// What was tried.
        verb: Verb,
        /// Where the case stands.
        state: StateTag,
    },
    /// This has been done already.
    #[error("already done")]
    AlreadyDone,
    /// No such called part, demand, clock or event.
    #[error("no such {0}")]
    NoSuch(&'static str),
    /// A text is missing.
    #[error("a text is missing")]
    NeedsText,
    /// Two different people are needed.
    #[error("a second person is needed")]
    SecondPerson,
    /// A staff-filed case ends by verification.
    #[error("no resident filed this case")]
    NobodyToJudge,
    /// Ratings go from 1 to 5.
    #[error("not a rating")]
    NotARating,
    /// Evidence that the category asks for is missing.
    #[error("evidence is missing: {0:?}")]
    EvidenceMissing(EvidenceKind),
    /// Nobody has reported in, or not arrived where the category needs it.
    #[error("the called units have not done their part")]
    PartsOpen,
    /// Who lacks the power must transfer, not resolve.
    #[error("no power: transfer it or put it to the duty list")]
    MustTransfer,
    /// A planned outcome is parked with plan, owner and date.
    #[error("planned: park it")]
    MustPark,
    /// Exactly one unit leads, none twice.
    #[error("exactly one unit leads, none twice")]
    OneLead,
    /// A date that lies in the past, or before what it extends.
    #[error("not a later date")]
    NotLater,
    /// Too late: the extension had to be asked before expiry, or the window has closed.
    #[error("too late")]
    TooLate,
    /// Only once.
    #[error("only once")]
    OnlyOnce,
    /// Nothing is overdue yet.
    #[error("nothing is overdue")]
    NotOverdue,
    /// Assigned by the commission: final for this case.
    #[error("assigned: final for this case")]
    Final,
    /// The case does not wait for the reporter.
    #[error("the case does not wait for the reporter")]
    NotWaiting,
    /// This visibility is not theirs to set, or the category forbids it.
    #[error("this visibility may not be set")]
    NotThisVisibility,
    /// There is nothing to release.
    #[error("there is nothing to release")]
    NothingToRelease,
    /// Unknown code.
    #[error("unknown {0}")]
    Unknown(&'static str),
    /// The category takes no filings: danger is for 110, 119, 120.
    #[error("danger is for 110, 119 and 120")]
    Emergency,
    /// Residents cannot join, merge or publish what is always private.
    #[error("always private")]
    AlwaysPrivate,
}

/// Decides. The actor is the answer of [`crate::access::may`].
///
/// # Errors
/// The [`Refusal`] that a person can be told.
pub fn decide(
    case: &Case,
    command: Command,
    actor: Actor,
    rules: &Rules<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let Command { act, words } = command;
    let words = words.filter(|words| !words.is_empty());
    let verb = act.verb();
    if !row_of(verb).from.contains(&case.state.tag()) {
        return Err(Refusal::NotNow {
            verb,
            state: case.state.tag(),
        });
    }
    let has_text = words
        .as_ref()
        .and_then(|words| words.text.as_ref())
        .is_some_and(|text| !text.trim().is_empty());
    if act.needs_text() && !has_text {
        return Err(Refusal::NeedsText);
    }
    let photos = words.as_ref().map_or(0, |words| {
        u8::try_from(words.photos.len()).unwrap_or(u8::MAX)
    });
    let deciding = Deciding {
        case,
        rules,
        now,
        actor,
        has_text,
    };
    let facts = deciding.facts(act, photos)?;
    Ok(facts
        .into_iter()
        .enumerate()
        .map(|(at, fact)| {
            // A new me-too party acts for themself from their first event on.
            let actor = match &fact {
                Fact::Joined { party, .. } => Actor::Party(*party),
                _ => actor,
            };
            Event::new(actor, fact).saying(if at == 0 { words.clone() } else { None })
        })
        .collect())
}

struct Deciding<'a> {
    case: &'a Case,
    rules: &'a Rules<'a>,
    now: Timestamp,
    actor: Actor,
    has_text: bool,
}

type Facts = Result<Vec<Fact>, Refusal>;

#[expect(
    clippy::unnecessary_wraps,
    reason = "most decisions end in it, in place of Ok(vec![…])"
)]
fn one(fact: Fact) -> Facts {
    Ok(vec![fact])
}

impl Deciding<'_> {
    fn facts(&self, act: Act, photos: u8) -> Facts {
        match act {
            Act::Accept => one(self.accepted()),
            Act::Take => Ok(match self.case.state {
                State::Filed => vec![self.accepted(), Fact::Taken {}],
                _ => vec![Fact::Taken {}],
            }),
            Act::Reject { ground } => self.reject(ground),
            Act::AskReview => self.ask_review(),
            Act::ReviewRejection { uphold } => self.review(uphold),
            Act::Ask => self.ask(),
            Act::Answer => self.waiting().and_then(|()| one(Fact::Answered { photos })),
            Act::EndWaiting => self.waiting().and_then(|()| one(Fact::WaitingEnded {})),
            Act::AddInformation => one(Fact::InformationAdded { photos }),
            Act::Join => self.join(),
            Act::Assess { duty } => one(Fact::Assessed { duty }),
            Act::Call { class, units, due } => self.call(class, units, &due),
            Act::Sign { part } => self.part_step(part, Verb::Sign),
            Act::ReportIn { part } => self.part_step(part, Verb::ReportIn),
            Act::SetOut { part } => self.part_step(part, Verb::SetOut),
            Act::Arrive { part } => self.part_step(part, Verb::Arrive),
            Act::FeedBack { part } => self.feed_back(part, photos),
            Act::AskReturn { part, duty } => self.ask_return(part, duty),
            Act::RuleOnReturn { part, uphold } => self.rule_on_return(part, uphold),
            Act::Assign { unit, lead } => self.assign(unit, lead),
            Act::AskExtension { clock, until } => self.ask_extension(clock, until),
            Act::RuleOnExtension { grant } => self.rule_on_extension(grant),
            Act::Park { owner, until } => self.later(until).and_then(|()| {
                self.rules.unit(&owner)?;
                one(Fact::Parked { owner, until })
            }),
            Act::TransferOut { due } => self
                .later(due)
                .and_then(|()| one(Fact::TransferredOut { due })),
            Act::Note => one(Fact::Noted {}),
            Act::Update => one(Fact::Updated {}),
            Act::AddEvidence { evidence } => one(Fact::EvidenceAdded { evidence, photos }),
            Act::Resolve {
                outcome,
                enforcement,
                level,
            } => self.resolve(outcome, enforcement, level, photos),
            Act::Verify { method } => one(Fact::Verified { method }),
            Act::SendBack => one(Fact::SentBack {}),
            Act::CallBack { reached } => one(Fact::CalledBack { reached }),
            Act::Confirm => self.confirm(),
            Act::Dispute => self.dispute(),
            Act::Rate { stars } => self.rate(stars),
            Act::Reopen => self.reopen(),
            Act::Escalate { to } => {
                if to <= self.case.level {
                    return Err(Refusal::AlreadyDone);
                }
                one(Fact::Escalated { to })
            }
            Act::Urge => {
                let party = self.party()?;
                if !self.case.is_overdue(self.now) {
                    return Err(Refusal::NotOverdue);
                }
                one(Fact::Urged { party })
            }
            Act::Supervise { due } => self.later(due).and_then(|()| {
                let demand = self.case.demands.len() + 1;
                one(Fact::Supervised {
                    demand: u32::try_from(demand).unwrap_or(u32::MAX),
                    due,
                })
            }),
            Act::AnswerSupervision { demand } => {
                let asked = self.case.demands.iter().find(|asked| asked.no == demand);
                match asked.ok_or(Refusal::NoSuch("demand"))?.answered_at {
                    None => one(Fact::SupervisionAnswered { demand }),
                    Some(_) => Err(Refusal::AlreadyDone),
                }
            }
            Act::DirectLine => one(Fact::DirectLined {}),
            Act::Reclassify { category } => self.reclassify(category),
            Act::Merge { into } => self.merge(into),
            Act::Unmerge => one(Fact::Unmerged {}),
            Act::Publish => self.publish(),
            Act::Hold => self.hold(),
            Act::Redact { version } => {
                if version == 0 || version > self.case.version {
                    return Err(Refusal::NoSuch("event"));
                }
                one(Fact::Redacted { version })
            }
            Act::Quarantine => self.quarantine(),
            Act::ChangeVisibility { to } => self.change_visibility(to),
            Act::HandOver { to } => one(Fact::HandedOver { to }),
            Act::Withdraw => one(Fact::Withdrawn {}),
            Act::Close => self.close(),
        }
    }

    fn accepted(&self) -> Fact {
        let clocks = self
            .rules
            .clocks_of(self.case, &[Stage::Dispatch], self.now);
        Fact::Accepted { clocks }
    }

    fn later(&self, at: Timestamp) -> Result<(), Refusal> {
        if at <= self.now {
            Err(Refusal::NotLater)
        } else {
            Ok(())
        }
    }

    fn waiting(&self) -> Result<(), Refusal> {
        self.case
            .waiting_since
            .map(|_| ())
            .ok_or(Refusal::NotWaiting)
    }

    fn party(&self) -> Result<PartyNo, Refusal> {
        match self.actor {
            Actor::Party(party) => Ok(party),
            _ => Err(Refusal::NobodyToJudge),
        }
    }

    fn appointment(&self) -> Result<AppointmentNo, Refusal> {
        match self.actor {
            Actor::Appointment(no) => Ok(no),
            _ => Err(Refusal::SecondPerson),
        }
    }

    fn reject(&self, ground: Ground) -> Facts {
        let person = self.appointment()?;
        match self.case.rejection_proposed {
            None => one(Fact::RejectionProposed { ground }),
            Some((first, _)) if first == person => Err(Refusal::SecondPerson),
            // The second person agrees to what the first wrote down, or proposes anew.
            Some((first, proposed)) if proposed == ground => one(Fact::Rejected {
                ground,
                proposed_by: first,
            }),
            Some(_) => one(Fact::RejectionProposed { ground }),
        }
    }

    fn ask_review(&self) -> Facts {
        match self.case.state {
            State::Rejected {
                review: Review::NotAsked,
                ..
            } => one(Fact::ReviewAsked {}),
            _ => Err(Refusal::OnlyOnce),
        }
    }

    fn review(&self, uphold: bool) -> Facts {
        match self.case.state {
            State::Rejected {
                review: Review::Asked,
                ..
            } => {
                let clocks = if uphold {
                    Vec::new()
                } else {
                    self.rules
                        .clocks_of(self.case, &[Stage::Dispatch, Stage::Resolve], self.now)
                };
                one(Fact::RejectionReviewed {
                    upheld: uphold,
                    clocks,
                })
            }
            State::Rejected {
                review: Review::NotAsked,
                ..
            } => Err(Refusal::NoSuch("request for review")),
            _ => Err(Refusal::OnlyOnce),
        }
    }

    fn ask(&self) -> Facts {
        if self.case.waiting_since.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        if self.case.filer == Filer::Staff {
            return Err(Refusal::NobodyToJudge);
        }
        let pauses = self
            .case
            .resolve_clock()
            .map_or(0, |clock| clock.pauses.len());
        if pauses >= MAX_PAUSES {
            return Err(Refusal::OnlyOnce);
        }
        one(Fact::Asked {})
    }

    fn join(&self) -> Facts {
        if self.case.always_private {
            return Err(Refusal::AlwaysPrivate);
        }
        let party = self.case.next_party();
        one(Fact::Joined {
            party,
            role: crate::case::PartyRole::MeToo,
        })
    }

    fn call(&self, class: CallClass, units: Vec<Called>, due: &CallDue) -> Facts {
        let active = |unit: &UnitCode| {
            self.case
                .parts
                .iter()
                .any(|part| !part.returned && part.unit == *unit)
        };
        let leads_already = self
            .case
            .parts
            .iter()
            .any(|part| !part.returned && part.lead);
        let leads = units.iter().filter(|called| called.lead).count() + usize::from(leads_already);
        let mut seen: Vec<&UnitCode> = Vec::new();
        for called in &units {
            self.rules.unit(&called.unit)?;
            if active(&called.unit) || seen.contains(&&called.unit) {
                return Err(Refusal::OneLead);
            }
            seen.push(&called.unit);
        }
        if units.is_empty() || leads != 1 {
            return Err(Refusal::OneLead);
        }
        if let CallDue::Until(at) = due {
            self.later(*at)?;
        }
        let first = self
            .case
            .parts
            .iter()
            .map(|part| part.no)
            .max()
            .unwrap_or(0)
            + 1;
        let parts: Vec<CalledPart> = (first..)
            .zip(units)
            .map(|(part, called)| CalledPart {
                part,
                unit: called.unit,
                lead: called.lead,
            })
            .collect();
        let clocks = self.rules.part_clocks(self.case, &parts, due, self.now);
        let called = Fact::Called {
            class,
            parts,
            clocks,
        };
        one(called)
    }

    fn part_step(&self, no: u32, verb: Verb) -> Facts {
        let part = self.case.part(no).filter(|part| !part.returned);
        let part = part.ok_or(Refusal::NoSuch("part"))?;
        let (done, fact) = match verb {
            Verb::Sign => (part.signed_at, Fact::Signed { part: no }),
            Verb::ReportIn => {
                // 报到 is a named person, never a click of the system.
                let officer = self.appointment()?;
                let done = part.reported_in.map(|(at, _)| at);
                (done, Fact::ReportedIn { part: no, officer })
            }
            Verb::SetOut => (part.set_out_at, Fact::SetOut { part: no }),
            _ => (part.arrived_at, Fact::Arrived { part: no }),
        };
        if done.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        if matches!(verb, Verb::SetOut | Verb::Arrive) && part.reported_in.is_none() {
            return Err(Refusal::PartsOpen);
        }
        one(fact)
    }

    fn feed_back(&self, no: u32, photos: u8) -> Facts {
        let part = self.case.part(no).filter(|part| !part.returned);
        let part = part.ok_or(Refusal::NoSuch("part"))?;
        if part.reported_in.is_none() {
            return Err(Refusal::PartsOpen);
        }
        if part.arrived_at.is_none() && self.rules.category(&self.case.category)?.on_scene {
            return Err(Refusal::PartsOpen);
        }
        one(Fact::FedBack { part: no, photos })
    }

    fn ask_return(&self, no: u32, duty: Option<DutyCode>) -> Facts {
        let part = self.case.part(no).filter(|part| !part.returned);
        let part = part.ok_or(Refusal::NoSuch("part"))?;
        if part.assigned || self.case.returns >= 2 {
            return Err(Refusal::Final);
        }
        if part.return_asked {
            return Err(Refusal::AlreadyDone);
        }
        if part.fed_back_at.is_some() || self.rules.return_limit(part.called_at) <= self.now {
            return Err(Refusal::TooLate);
        }
        one(Fact::ReturnAsked { part: no, duty })
    }

    fn rule_on_return(&self, no: u32, uphold: bool) -> Facts {
        let part = self.case.part(no).ok_or(Refusal::NoSuch("part"))?;
        if !part.return_asked {
            return Err(Refusal::NoSuch("return"));
        }
        // The second time the commission assigns, and nobody rules any more.
        if self.case.returns >= 2 {
            return Err(Refusal::Final);
        }
        one(Fact::ReturnRuled {
            part: no,
            upheld: uphold,
        })
    }

    fn assign(&self, unit: UnitCode, lead: bool) -> Facts {
        self.rules.unit(&unit)?;
        let leads_already =
            |part: &crate::case::Part| !part.returned && !part.return_asked && part.lead;
        let called = self
            .case
            .parts
            .iter()
            .find(|part| !part.returned && part.unit == unit);
        let others_lead = self
            .case
            .parts
            .iter()
            .any(|part| leads_already(part) && part.unit != unit);
        if let Some(part) = called {
            if part.assigned {
                return Err(Refusal::AlreadyDone);
            }
            let part = CalledPart {
                part: part.no,
                unit,
                lead: lead || !others_lead,
            };
            return one(Fact::Assigned {
                part,
                clocks: Vec::new(),
            });
        }
        if !lead && !others_lead {
            return Err(Refusal::OneLead);
        }
        let no = self
            .case
            .parts
            .iter()
            .map(|part| part.no)
            .max()
            .unwrap_or(0)
            + 1;
        let part = CalledPart {
            part: no,
            unit,
            lead,
        };
        let parts = std::slice::from_ref(&part);
        let clocks = self
            .rules
            .part_clocks(self.case, parts, &CallDue::Policy, self.now);
        one(Fact::Assigned { part, clocks })
    }

    fn ask_extension(&self, clock: u32, until: Timestamp) -> Facts {
        let running = self
            .case
            .clocks
            .iter()
            .find(|running| running.id == clock && running.stopped.is_none() && !running.cancelled)
            .ok_or(Refusal::NoSuch("clock"))?;
        if running.extended || self.case.extension_asked.is_some() {
            return Err(Refusal::OnlyOnce);
        }
        if running.is_late(self.now) {
            return Err(Refusal::TooLate);
        }
        if until <= running.due {
            return Err(Refusal::NotLater);
        }
        one(Fact::ExtensionAsked { clock, until })
    }

    fn rule_on_extension(&self, grant: bool) -> Facts {
        let asked = self
            .case
            .extension_asked
            .ok_or(Refusal::NoSuch("extension"))?;
        one(Fact::ExtensionRuled {
            clock: asked.clock,
            granted: grant,
        })
    }

    fn resolve(
        &self,
        outcome: Outcome,
        enforcement: Option<EnforcementOutcome>,
        level: Level,
        photos: u8,
    ) -> Facts {
        match outcome {
            Outcome::NoPower => return Err(Refusal::MustTransfer),
            Outcome::Planned if !matches!(self.case.state, State::Parked { .. }) => {
                return Err(Refusal::MustPark);
            }
            // A lawful no is a reasoned no.
            Outcome::LawfullyRefused if !self.has_text => return Err(Refusal::NeedsText),
            _ => {}
        }
        let acting = self.case.parts.iter().filter(|part| !part.returned);
        if acting
            .clone()
            .any(|part| part.lead && part.reported_in.is_none())
        {
            return Err(Refusal::PartsOpen);
        }
        let category = self.rules.category(&self.case.category)?;
        let been_there = matches!(
            outcome,
            Outcome::Solved | Outcome::PartlySolved | Outcome::NotFound
        );
        if been_there
            && category.on_scene
            && acting
                .clone()
                .any(|part| part.lead && part.arrived_at.is_none())
        {
            return Err(Refusal::PartsOpen);
        }
        if matches!(outcome, Outcome::Solved | Outcome::PartlySolved) {
            for kind in &category.evidence {
                let brought = *kind == EvidenceKind::PhotoAfter && photos > 0;
                if !brought && !self.case.evidence.contains(kind) {
                    return Err(Refusal::EvidenceMissing(*kind));
                }
            }
        }
        let clocks = self.rules.clocks_of(self.case, &[Stage::Verify], self.now);
        one(Fact::Resolved {
            outcome,
            enforcement,
            level,
            on_the_spot: false,
            photos,
            clocks,
        })
    }

    fn judge(&self) -> Result<PartyNo, Refusal> {
        if !self.case.judged_by_resident() {
            return Err(Refusal::NobodyToJudge);
        }
        self.party()
    }

    fn confirm(&self) -> Facts {
        let party = self.judge()?;
        if self.case.said_fixed(party) == Some(true) {
            return Err(Refusal::AlreadyDone);
        }
        one(Fact::Confirmed { party })
    }

    fn dispute(&self) -> Facts {
        let party = self.judge()?;
        if self.case.said_fixed(party) == Some(false) {
            return Err(Refusal::AlreadyDone);
        }
        self.in_reopen_window()?;
        let mut facts = vec![Fact::Disputed { party }];
        // "Not fixed" from the reporter puts it back to work one level up.
        if party == PartyNo(1) {
            facts.push(Fact::Reopened {
                clocks: self.redo_clocks(),
            });
        }
        Ok(facts)
    }

    fn rate(&self, stars: u8) -> Facts {
        let party = self.judge()?;
        if !(1..=5).contains(&stars) {
            return Err(Refusal::NotARating);
        }
        if self.case.verdict(party).is_some_and(|verdict| {
            verdict.stars.is_some() && verdict.stars_round == self.case.redone
        }) {
            return Err(Refusal::OnlyOnce);
        }
        one(Fact::Rated { party, stars })
    }

    fn in_reopen_window(&self) -> Result<(), Refusal> {
        if let State::Closed { at, .. } = self.case.state
            && at.plus(REOPEN_WINDOW) <= self.now
        {
            return Err(Refusal::TooLate);
        }
        Ok(())
    }

    fn redo_clocks(&self) -> Vec<crate::clock::RunningClock> {
        self.rules.clocks_of(self.case, &[Stage::Resolve], self.now)
    }

    fn reopen(&self) -> Facts {
        self.in_reopen_window()?;
        one(Fact::Reopened {
            clocks: self.redo_clocks(),
        })
    }

    fn reclassify(&self, category: CategoryCode) -> Facts {
        if category == self.case.category {
            return Err(Refusal::AlreadyDone);
        }
        let to = self.rules.category(&category)?;
        let here = self.rules.category(&self.case.category)?;
        // A whistle never becomes a sealed tip by another name, nor the other way round.
        if !self.rules.city.is_leaf(&category) || to.kind != here.kind {
            return Err(Refusal::Unknown("category"));
        }
        let line = to.lead.clone();
        let always_private = to.always_private;
        // A running clock keeps its due time; only stages that have no clock yet get one.
        let missing: Vec<Stage> = [Stage::Resolve]
            .into_iter()
            .filter(|stage| !self.case.clocks.iter().any(|clock| clock.stage == *stage))
            .collect();
        let clocks = self
            .rules
            .clocks_under(self.case, &category, &missing, self.now);
        one(Fact::Reclassified {
            category,
            line,
            always_private,
            clocks,
        })
    }

    fn merge(&self, into: CaseId) -> Facts {
        if self.case.always_private {
            return Err(Refusal::AlwaysPrivate);
        }
        if into == self.case.id {
            return Err(Refusal::NoSuch("case"));
        }
        one(Fact::Merged { into })
    }

    fn publish(&self) -> Facts {
        match (self.case.visibility, self.case.release) {
            (Visibility::Public, Release::Waiting | Release::Held)
                if self.case.kind == Kind::Whistle =>
            {
                one(Fact::Released {})
            }
            (Visibility::Public, Release::Released) if self.case.more_to_release => {
                one(Fact::Released {})
            }
            (Visibility::Public, Release::Released) => Err(Refusal::AlreadyDone),
            _ => Err(Refusal::NothingToRelease),
        }
    }

    fn hold(&self) -> Facts {
        match (self.case.visibility, self.case.release) {
            (Visibility::Public, Release::Waiting | Release::Released) => one(Fact::Held {}),
            (Visibility::Public, Release::Held) => Err(Refusal::AlreadyDone),
            _ => Err(Refusal::NothingToRelease),
        }
    }

    fn quarantine(&self) -> Facts {
        let person = self.appointment()?;
        match self.case.quarantine_proposed {
            _ if self.case.quarantined => Err(Refusal::AlreadyDone),
            None => one(Fact::QuarantineProposed {}),
            Some(first) if first == person => Err(Refusal::SecondPerson),
            Some(first) => one(Fact::Quarantined { proposed_by: first }),
        }
    }

    fn change_visibility(&self, to: Visibility) -> Facts {
        if to == self.case.visibility {
            return Err(Refusal::AlreadyDone);
        }
        if !may_set_visibility(self.actor, self.case, to) {
            return Err(Refusal::NotThisVisibility);
        }
        // Staff say why; the reporter reads it.
        if matches!(self.actor, Actor::Appointment(_)) && !self.has_text {
            return Err(Refusal::NeedsText);
        }
        let clocks = match (to, self.case.release) {
            (Visibility::Public, Release::NotOffered | Release::Waiting) => {
                self.rules.release_clock(self.case, self.now)
            }
            _ => Vec::new(),
        };
        one(Fact::VisibilityChanged { to, clocks })
    }

    fn close(&self) -> Facts {
        // A case ends when somebody outside the handling unit has checked it. The community's own
        // work for a resident may also end with that resident's own word that it is fixed.
        let checked = self.case.state.tag() == StateTag::Verified;
        let reporter = self.case.verdict(PartyNo::REPORTER);
        let confirmed = reporter.is_some_and(|verdict| verdict.fixed == Some(true));
        let judged = confirmed && self.case.parts.is_empty();
        if !(checked || judged) {
            return Err(Refusal::NotNow {
                verb: Verb::Close,
                state: self.case.state.tag(),
            });
        }
        one(Fact::Closed {})
    }
}
