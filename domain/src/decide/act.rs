//! What somebody may want to do, with what each verb needs to know.

use crate::{
    case::{CallClass, EnforcementOutcome, EvidenceKind, Ground, Level, Outcome, VerifyMethod},
    clock::Limit,
    event::{Fact, PassedOn, Words},
    ids::{
        AppointmentNo, AreaCode, CaseId, CategoryCode, ContractorCode, DutyCode, EngagementNo,
        UnitCode,
    },
    text::{Basis, BodyName},
    time::Timestamp,
    verb::Verb,
    visibility::Visibility,
};

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
    Engage {
        part: u32,
        contractor: ContractorCode,
        until: Timestamp,
    },
    EndEngagement {
        engagement: EngagementNo,
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
        destination: BodyName,
        basis: Basis,
        due: Timestamp,
    },
    RelayAnswer,
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
        holds: Option<bool>,
    },
    Confirm,
    Dispute,
    Rate {
        stars: u8,
    },
    AnswerRating,
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
    Move {
        community: AreaCode,
    },
    Reclassify {
        category: CategoryCode,
    },
    Merge {
        into: CaseId,
    },
    Unmerge,
    Publish,
    Hold,
    Cover {
        version: u32,
        photo: u8,
        withheld: bool,
    },
    ShowPhoto {
        version: u32,
        photo: u8,
    },
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
            Self::Engage { .. } => Verb::Engage,
            Self::EndEngagement { .. } => Verb::EndEngagement,
            Self::AskReturn { .. } => Verb::AskReturn,
            Self::RuleOnReturn { .. } => Verb::RuleOnReturn,
            Self::Assign { .. } => Verb::Assign,
            Self::AskExtension { .. } => Verb::AskExtension,
            Self::RuleOnExtension { .. } => Verb::RuleOnExtension,
            Self::Park { .. } => Verb::Park,
            Self::TransferOut { .. } => Verb::TransferOut,
            Self::RelayAnswer => Verb::RelayAnswer,
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
            Self::AnswerRating => Verb::AnswerRating,
            Self::Reopen => Verb::Reopen,
            Self::Escalate { .. } => Verb::Escalate,
            Self::Urge => Verb::Urge,
            Self::Supervise { .. } => Verb::Supervise,
            Self::AnswerSupervision { .. } => Verb::AnswerSupervision,
            Self::DirectLine => Verb::DirectLine,
            Self::Move { .. } => Verb::Move,
            Self::Reclassify { .. } => Verb::Reclassify,
            Self::Merge { .. } => Verb::Merge,
            Self::Unmerge => Verb::Unmerge,
            Self::Publish => Verb::Publish,
            Self::Hold => Verb::Hold,
            Self::Redact { .. } | Self::Cover { .. } | Self::ShowPhoto { .. } => Verb::Redact,
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
            | Self::Engage { part, .. }
            | Self::AskReturn { part, .. }
            | Self::RuleOnReturn { part, .. } => Some(*part),
            _ => None,
        }
    }

    /// What of it is written with the words of its event, apart from the text.
    #[must_use]
    pub fn passed_on(&self) -> Option<PassedOn> {
        match self {
            Self::TransferOut {
                destination, basis, ..
            } => Some(PassedOn {
                to: destination.to_string(),
                basis: basis.to_string(),
            }),
            _ => None,
        }
    }

    /// Whether it stands although `fact` has come meanwhile, which whoever acts has not seen: a step that
    /// tells what one's own office does, and news of others that change nothing about it. Of two who take
    /// the same step one still comes second.
    #[must_use]
    pub fn stands_beside(&self, fact: &Fact) -> bool {
        let (Self::Sign { part }
        | Self::ReportIn { part }
        | Self::SetOut { part }
        | Self::Arrive { part }
        | Self::FeedBack { part }) = self
        else {
            return false;
        };
        match fact {
            Fact::Signed { part: other }
            | Fact::ReportedIn { part: other, .. }
            | Fact::SetOut { part: other }
            | Fact::Arrived { part: other }
            | Fact::FedBack { part: other, .. } => other != part,
            Fact::Noted {}
            | Fact::Updated { .. }
            | Fact::EvidenceAdded { .. }
            | Fact::InformationAdded { .. }
            | Fact::Urged { .. }
            | Fact::Joined { .. } => true,
            _ => false,
        }
    }

    /// Whether it means nothing without a text ([`Verb::needs_text`]).
    #[must_use]
    pub const fn needs_text(&self) -> bool {
        // A photo says by itself what is covered in it.
        self.verb().needs_text() && !matches!(self, Self::Cover { .. } | Self::ShowPhoto { .. })
    }
}
