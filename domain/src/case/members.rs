//! What a case is made of: its people, the units called, demands and requests.

use serde::{Deserialize, Serialize};

use crate::{
    case::{CallClass, PartyRole},
    event::CalledPart,
    ids::{AppointmentNo, ContractorCode, EngagementNo, PartyNo, UnitCode},
    time::Timestamp,
};

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
    /// Why it was called; none where the commission assigned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<CallClass>,
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
    /// Under which appointment it was asked: who held it does not rule on it.
    #[serde(default)]
    pub return_asked_by: Option<AppointmentNo>,
    /// The return was right: this unit is out.
    pub returned: bool,
}

impl Part {
    /// As it begins: called for something, or without it assigned by the commission.
    pub(super) fn called(part: &CalledPart, at: Timestamp, class: Option<CallClass>) -> Self {
        Self {
            no: part.part,
            unit: part.unit.clone(),
            lead: part.lead,
            assigned: class.is_none(),
            class,
            called_at: at,
            signed_at: None,
            reported_in: None,
            set_out_at: None,
            arrived_at: None,
            fed_back_at: None,
            return_asked: false,
            return_asked_by: None,
            returned: false,
        }
    }
}

/// A firm under contract that a called unit engaged for its part. 委托
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engagement {
    /// Number within the case, from 1.
    pub no: EngagementNo,
    /// The part it works on.
    pub part: u32,
    /// The firm, of the city's register.
    pub contractor: ContractorCode,
    /// Since when.
    pub from: Timestamp,
    /// The first moment at which its link opens nothing any more.
    pub until: Timestamp,
    /// The unit took it back, or engaged the same firm anew.
    pub ended: Option<Timestamp>,
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
    /// Of which result they said so: how often the case had been done again by then, or
    /// [`Verdict::ELSEWHERE`].
    #[serde(default)]
    pub fixed_round: u32,
    /// Of which result the stars are.
    #[serde(default)]
    pub stars_round: u32,
}

impl Verdict {
    /// Of a result of the case in which this one went on: said for ever, and no word on a result of this one.
    pub const ELSEWHERE: u32 = u32::MAX;
}

/// What a second look at a result found, after its reporter was content with it. 回访
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recheck {
    /// When.
    pub at: Timestamp,
    /// Whether the reporter was reached.
    pub reached: bool,
    /// Whether the result holds; none where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
}

/// Demand for an answer. 督办单
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// Number within the case.
    pub no: u32,
    /// When the answer is due.
    pub due: Timestamp,
    /// Under which appointment it was demanded: who held it does not answer.
    #[serde(default)]
    pub by: Option<AppointmentNo>,
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
    /// Under which appointment it was asked: who held it does not rule on it.
    #[serde(default)]
    pub by: Option<AppointmentNo>,
}
