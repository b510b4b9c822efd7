//! What can happen to a case, as it is written down.
//!
//! An event has two parts. *Facts* are all that [`crate::case::apply`] needs: areas, category,
//! lead, clocks, outcome, party and appointment numbers; never a person, a place finer than the
//! grid, or free text. They stay for ever. *Words* (text, exact place, photo ids) may be erased.
//!
//! To add a kind: add a variant of [`Fact`] with a new `name.1`, handle it in `apply`, write a
//! golden file (`domain/tests/golden/`), and never change the variant again once a screen has
//! written it: a new shape is `name.2`. Only an optional field may join, if bytes without it mean what
//! they always meant and are written back as they were.

use serde::{Deserialize, Serialize};

use crate::{
    case::{
        CallClass, Channel, Consent, EnforcementOutcome, EvidenceKind, Filer, Ground, Kind, Level,
        Outcome, PartyRole, VerifyMethod,
    },
    clock::RunningClock,
    ids::{
        AppointmentNo, AreaCode, CaseId, CategoryCode, ContractorCode, DutyCode, EngagementNo,
        ExternalNo, PartyNo, PhotoId, UnitCode,
    },
    place::{Place, Position},
    reference::CaseNumber,
    time::Timestamp,
    visibility::Visibility,
};

/// Who acted, as a number; who that is stands in an erasable table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A party of this case.
    Party(PartyNo),
    /// A staff appointment.
    Appointment(AppointmentNo),
    /// A firm under contract that was engaged for a part of this case, by its link.
    Contractor(EngagementNo),
    /// A job on a clock.
    System,
}

/// The erasable part of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where, as precisely as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Photos, already through the image gate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoId>,
    /// When and where it was done, by the word of whoever did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Claimed>,
    /// To whom it was transferred and by what right; only with a transfer, and not with those of before
    /// these two were asked for apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<PassedOn>,
}

/// To whom a case was transferred. Both are typed, so they stand with the words: free text is no fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedOn {
    /// What the body is called.
    pub to: String,
    /// The law or the entry of the duty list.
    pub basis: String,
}

/// When and where somebody says that they did what an event tells. No clock, order or figure is made of
/// it: those go by when the event was written down. Photos lose what their files say of time and place, so
/// this is also all that is known of when and where they were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claimed {
    /// When; nothing for as it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Where, as a device told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Position>,
}

impl Words {
    /// Only a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..Self::default()
        }
    }

    /// Nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let told = self.text.is_some() || self.place.is_some() || !self.photos.is_empty();
        !told && self.claimed.is_none() && self.passed.is_none()
    }
}

/// A unit called to a case, as written at the call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalledPart {
    /// Number within the case, from 1.
    pub part: u32,
    /// The called module or department.
    pub unit: UnitCode,
    /// Whether it leads; exactly one does.
    pub lead: bool,
}

/// No photos are not written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn none(photos: &u8) -> bool {
    *photos == 0
}

/// The permanent part of an event. The tag is the kind with its version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields are the words of the design, documented on Case"
)]
pub enum Fact {
    /// A case begins. 反映 / 上报
    #[serde(rename = "filed.1")]
    Filed {
        number: CaseNumber,
        case_kind: Kind,
        channel: Channel,
        filer: Filer,
        category: CategoryCode,
        community: AreaCode,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grid: Option<AreaCode>,
        line: UnitCode,
        visibility: Visibility,
        /// Harm to a minor or family violence: nobody may make it more public.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        always_private: bool,
        photos: u8,
        /// The reporter allows a call.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        may_call: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recurrence_of: Option<CaseId>,
        /// Number in the system it came from (12345, 110), so that it counts once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external: Option<ExternalNo>,
        /// How the resident of a proxy filing agreed to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Consent>,
        clocks: Vec<RunningClock>,
    },
    /// Somebody of the community works on it without a call. 接单 / 自办
    #[serde(rename = "taken.1")]
    Taken {},
    /// The community answers for it. 受理
    #[serde(rename = "accepted.1")]
    Accepted { clocks: Vec<RunningClock> },
    /// A first person proposes to reject; a second must agree.
    #[serde(rename = "rejection_proposed.1")]
    RejectionProposed { ground: Ground },
    /// Two people rejected it; the basis is in the words. 不予受理
    #[serde(rename = "rejected.1")]
    Rejected {
        ground: Ground,
        proposed_by: AppointmentNo,
    },
    /// The reporter asks for a review of the rejection, once. 申请复核
    #[serde(rename = "review_asked.1")]
    ReviewAsked {},
    /// The rejection was reviewed. 复核
    #[serde(rename = "rejection_reviewed.1")]
    RejectionReviewed {
        upheld: bool,
        clocks: Vec<RunningClock>,
    },
    /// A question to the reporter; the resolve clock pauses. 请补充
    #[serde(rename = "asked.1")]
    Asked {},
    /// The reporter answered.
    #[serde(rename = "answered.1")]
    Answered {
        photos: u8,
        /// The release of what was added after a release.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clocks: Vec<RunningClock>,
    },
    /// The bounded wait for an answer is over.
    #[serde(rename = "waiting_ended.1")]
    WaitingEnded {},
    /// The reporter told more, unasked.
    #[serde(rename = "information_added.1")]
    InformationAdded {
        photos: u8,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clocks: Vec<RunningClock>,
    },
    /// The handling opinion before a call. 处理意见
    #[serde(rename = "assessed.1")]
    Assessed { duty: Option<DutyCode> },
    /// The community or station calls departments. 社区吹哨
    #[serde(rename = "called.1")]
    Called {
        class: CallClass,
        parts: Vec<CalledPart>,
        clocks: Vec<RunningClock>,
    },
    /// A called unit acknowledges. 签收
    #[serde(rename = "signed.1")]
    Signed { part: u32 },
    /// A named person reports in. 报到
    #[serde(rename = "reported_in.1")]
    ReportedIn { part: u32, officer: AppointmentNo },
    /// 出动
    #[serde(rename = "set_out.1")]
    SetOut { part: u32 },
    /// 到场
    #[serde(rename = "arrived.1")]
    Arrived { part: u32 },
    /// The unit says what it did. 反馈
    #[serde(rename = "fed_back.1")]
    FedBack { part: u32, photos: u8 },
    /// A called unit engages a firm under contract for its part: whoever holds the link of this
    /// number works on it for them until then. 委托
    #[serde(rename = "engaged.1")]
    Engaged {
        engagement: EngagementNo,
        part: u32,
        contractor: ContractorCode,
        until: Timestamp,
    },
    /// The unit takes it back: the link opens nothing any more. 终止委托
    #[serde(rename = "engagement_ended.1")]
    EngagementEnded { engagement: EngagementNo },
    /// "Not ours". 申请退单
    #[serde(rename = "return_asked.1")]
    ReturnAsked { part: u32, duty: Option<DutyCode> },
    /// The dispatcher ruled on a return. 退单裁定
    #[serde(rename = "return_ruled.1")]
    ReturnRuled { part: u32, upheld: bool },
    /// The commission assigns, final for this case. 指定承办
    #[serde(rename = "assigned.1")]
    Assigned {
        part: CalledPart,
        clocks: Vec<RunningClock>,
    },
    /// 申请延期
    #[serde(rename = "extension_asked.1")]
    ExtensionAsked { clock: u32, until: Timestamp },
    /// 延期裁定
    #[serde(rename = "extension_ruled.1")]
    ExtensionRuled { clock: u32, granted: bool },
    /// Accepted, with plan, owner and date; not handled. 列入计划（挂账）
    #[serde(rename = "parked.1")]
    Parked { owner: UnitCode, until: Timestamp },
    /// Another body must answer; which, and by what right, is in the words. Never counts as handled. 转出
    #[serde(rename = "transferred_out.1")]
    TransferredOut { due: Timestamp },
    /// That body has answered, and the words say what. 转达答复
    #[serde(rename = "answer_relayed.1")]
    AnswerRelayed {},
    /// Internal. 内部记录
    #[serde(rename = "noted.1")]
    Noted {},
    /// Told to the reporter and, if public, to all. 进展
    #[serde(rename = "updated.1")]
    Updated {
        #[serde(default, skip_serializing_if = "none")]
        photos: u8,
    },
    /// Proof of a named kind. 证据
    #[serde(rename = "evidence_added.1")]
    EvidenceAdded { evidence: EvidenceKind, photos: u8 },
    /// The handling side says it is done. 部门说办完了
    #[serde(rename = "resolved.1")]
    Resolved {
        outcome: Outcome,
        /// What enforcement did, never public (K3).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        enforcement: Option<EnforcementOutcome>,
        level: Level,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        on_the_spot: bool,
        photos: u8,
        clocks: Vec<RunningClock>,
    },
    /// Somebody outside the handling unit checked. 核查
    #[serde(rename = "verified.1")]
    Verified { method: VerifyMethod },
    /// The check failed. 退回重办
    #[serde(rename = "sent_back.1")]
    SentBack {},
    /// 回访
    #[serde(rename = "called_back.1")]
    CalledBack {
        reached: bool,
        /// Whether the result holds, as far as somebody looked or was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds: Option<bool>,
    },
    /// "It's fixed." 解决了
    #[serde(rename = "confirmed.1")]
    Confirmed { party: PartyNo },
    /// "It's not fixed." 没解决
    #[serde(rename = "disputed.1")]
    Disputed {
        party: PartyNo,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clocks: Vec<RunningClock>,
    },
    /// One to five. 评价
    #[serde(rename = "rated.1")]
    Rated {
        party: PartyNo,
        stars: u8,
        /// The answer that a low rating is owed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clocks: Vec<RunningClock>,
    },
    /// One voice answers who was not content. 差评回应
    #[serde(rename = "rating_answered.1")]
    RatingAnswered {},
    /// 重新办理
    #[serde(rename = "reopened.1")]
    Reopened { clocks: Vec<RunningClock> },
    /// Grid → community → unit → city. 上报上级
    #[serde(rename = "escalated.1")]
    Escalated { to: Level },
    /// The reporter's button once overdue. 催办
    #[serde(rename = "urged.1")]
    Urged { party: PartyNo },
    /// A numbered demand with a due date. 督办
    #[serde(rename = "supervised.1")]
    Supervised { demand: u32, due: Timestamp },
    /// 督办回复
    #[serde(rename = "supervision_answered.1")]
    SupervisionAnswered { demand: u32 },
    /// A secretary's line to the city leader. 直报
    #[serde(rename = "direct_lined.1")]
    DirectLined {},
    /// Another category, its line and its clocks.
    #[serde(rename = "reclassified.1")]
    Reclassified {
        category: CategoryCode,
        line: UnitCode,
        always_private: bool,
        clocks: Vec<RunningClock>,
    },
    /// It happened in another community, which answers for it from now on. 转社区
    #[serde(rename = "moved.1")]
    Moved {
        community: AreaCode,
        /// The station of its governance unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        station: Option<AreaCode>,
    },
    /// This case goes on in another; its people keep their own code and verdict.
    #[serde(rename = "merged.1")]
    Merged { into: CaseId },
    /// Another case goes on in this one: what was promised there is owed here.
    #[serde(rename = "took_in.1")]
    TookIn { case: CaseId },
    /// It goes on by itself again.
    #[serde(rename = "gave_back.1")]
    GaveBack { case: CaseId },
    /// The merge was wrong.
    #[serde(rename = "unmerged.1")]
    Unmerged {},
    /// A named person lets the words, place and photos be seen. 发布
    #[serde(rename = "released.1")]
    Released {},
    /// Publication waits, with a reason in the words. 暂不公开
    #[serde(rename = "held.1")]
    Held {},
    /// Words of one event were replaced for the public.
    #[serde(rename = "redacted.1")]
    Redacted { version: u32 },
    /// A photo of an event is shown to the public with parts of it covered or cut off, as the photo in
    /// the words is, or not at all. Numbered from 1 within its event. 遮挡、裁剪
    #[serde(rename = "photo_covered.1")]
    PhotoCovered {
        version: u32,
        photo: u8,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        withheld: bool,
    },
    /// A photo that was withheld is shown to the public again, as it was shown before that. 恢复公开
    #[serde(rename = "photo_shown.1")]
    PhotoShown { version: u32, photo: u8 },
    /// A first person proposes to take the case out of sight.
    #[serde(rename = "quarantine_proposed.1")]
    QuarantineProposed {},
    /// Two people took the case out of sight, search and exports. 涉密隔离
    #[serde(rename = "quarantined.1")]
    Quarantined { proposed_by: AppointmentNo },
    /// More public by the reporter only, less public by staff with a reason.
    #[serde(rename = "visibility_changed.1")]
    VisibilityChanged {
        to: Visibility,
        clocks: Vec<RunningClock>,
    },
    /// To a deputy. 交接
    #[serde(rename = "handed_over.1")]
    HandedOver { to: AppointmentNo },
    /// 撤回
    #[serde(rename = "withdrawn.1")]
    Withdrawn {},
    /// 结案
    #[serde(rename = "closed.1")]
    Closed {},
    /// Another resident with the same problem. 我也遇到
    #[serde(rename = "joined.1")]
    Joined { party: PartyNo, role: PartyRole },
}

impl Fact {
    /// The day that it names, by which somebody is to answer or to be done; no clock measures it.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Parked { until, .. } => Some(*until),
            Self::TransferredOut { due } | Self::Supervised { due, .. } => Some(*due),
            _ => None,
        }
    }
}

/// One event: who, what, and the erasable words.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Who acted.
    pub actor: Actor,
    /// What stays.
    pub fact: Fact,
    /// What may be erased; `None` when there never were any, or they have been erased.
    pub words: Option<Words>,
}

/// An event as the log holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The case.
    pub case: CaseId,
    /// 1 for the filing, then without gaps.
    pub version: u32,
    /// Server time.
    pub at: Timestamp,
    /// The event.
    pub event: Event,
}

/// The exact bytes that are hashed and stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// `filed.1`, …
    pub kind: &'static str,
    /// UTF-8 JSON of actor and fact.
    pub facts: String,
    /// UTF-8 JSON of the words.
    pub words: Option<String>,
}

/// Stored bytes that are no event.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The facts or words are not the JSON this version knows.
    #[error("not an event: {0}")]
    Json(#[from] serde_json::Error),
    /// The kind column and the facts disagree.
    #[error("kind {column} but the facts say {facts}")]
    Kind {
        /// The kind beside the facts.
        column: String,
        /// The kind inside.
        facts: &'static str,
    },
}

#[derive(Serialize)]
struct FactsOut<'a> {
    actor: Actor,
    #[serde(flatten)]
    fact: &'a Fact,
}

#[derive(Deserialize)]
struct FactsIn {
    actor: Actor,
    #[serde(flatten)]
    fact: serde_json::Map<String, serde_json::Value>,
}

impl Event {
    /// An event without words.
    #[must_use]
    pub fn new(actor: Actor, fact: Fact) -> Self {
        Self {
            actor,
            fact,
            words: None,
        }
    }

    /// The same event with words, if there are any.
    #[must_use]
    pub fn saying(mut self, words: Option<Words>) -> Self {
        self.words = words.filter(|words| !words.is_empty());
        self
    }

    /// The bytes to hash and store.
    ///
    /// # Panics
    /// Never: facts and words are plain data with string keys.
    #[must_use]
    pub fn encode(&self) -> Encoded {
        let facts = serde_json::to_string(&FactsOut {
            actor: self.actor,
            fact: &self.fact,
        })
        .expect("facts are plain data with string keys");
        let words = self.words.as_ref().map(|words| {
            serde_json::to_string(words).expect("words are plain data with string keys")
        });
        Encoded {
            kind: self.fact.kind(),
            facts,
            words,
        }
    }

    /// Reads stored bytes back.
    ///
    /// # Errors
    /// If they are not an event of a known kind, or `kind` is not the kind of the facts.
    pub fn decode(kind: &str, facts: &str, words: Option<&str>) -> Result<Self, DecodeError> {
        let FactsIn { actor, fact } = serde_json::from_str(facts)?;
        let fact: Fact = serde_json::from_value(serde_json::Value::Object(fact))?;
        if fact.kind() != kind {
            return Err(DecodeError::Kind {
                column: kind.to_owned(),
                facts: fact.kind(),
            });
        }
        let words = words.map(serde_json::from_str).transpose()?;
        Ok(Self { actor, fact, words })
    }
}

macro_rules! kinds {
    ($($variant:ident => $kind:literal),+ $(,)?) => {
        impl Fact {
            /// The kind with its version, as written in the log.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $kind),+ }
            }

            /// Every kind this version can read.
            pub const KINDS: &[&str] = &[$($kind),+];
        }
    };
}

kinds! {
    Filed => "filed.1", Taken => "taken.1", Accepted => "accepted.1",
    RejectionProposed => "rejection_proposed.1", Rejected => "rejected.1",
    ReviewAsked => "review_asked.1", RejectionReviewed => "rejection_reviewed.1",
    Asked => "asked.1", Answered => "answered.1", WaitingEnded => "waiting_ended.1",
    InformationAdded => "information_added.1", Assessed => "assessed.1", Called => "called.1",
    Signed => "signed.1", ReportedIn => "reported_in.1", SetOut => "set_out.1",
    Arrived => "arrived.1", FedBack => "fed_back.1", Engaged => "engaged.1",
    EngagementEnded => "engagement_ended.1", ReturnAsked => "return_asked.1",
    ReturnRuled => "return_ruled.1", Assigned => "assigned.1",
    ExtensionAsked => "extension_asked.1", ExtensionRuled => "extension_ruled.1",
    Parked => "parked.1", TransferredOut => "transferred_out.1", AnswerRelayed => "answer_relayed.1",
    Noted => "noted.1",
    Updated => "updated.1", EvidenceAdded => "evidence_added.1", Resolved => "resolved.1",
    Verified => "verified.1", SentBack => "sent_back.1", CalledBack => "called_back.1",
    Confirmed => "confirmed.1", Disputed => "disputed.1", Rated => "rated.1", RatingAnswered => "rating_answered.1",
    Reopened => "reopened.1", Escalated => "escalated.1", Urged => "urged.1",
    Supervised => "supervised.1", SupervisionAnswered => "supervision_answered.1",
    DirectLined => "direct_lined.1", Reclassified => "reclassified.1", Moved => "moved.1", Merged => "merged.1",
    TookIn => "took_in.1", GaveBack => "gave_back.1",
    Unmerged => "unmerged.1", Released => "released.1", Held => "held.1",
    Redacted => "redacted.1", PhotoCovered => "photo_covered.1", PhotoShown => "photo_shown.1",
    QuarantineProposed => "quarantine_proposed.1",
    Quarantined => "quarantined.1", VisibilityChanged => "visibility_changed.1",
    HandedOver => "handed_over.1", Withdrawn => "withdrawn.1", Closed => "closed.1",
    Joined => "joined.1",
}
