//! Where a case stands, and whether its words are out.

use serde::{Deserialize, Serialize};

use crate::{
    case::{Ground, Outcome, StateTag},
    ids::{AppointmentNo, CaseId, UnitCode},
    time::Timestamp,
};

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
        /// Under which two appointments it was rejected: who held one does not review it.
        #[serde(default)]
        by: Vec<AppointmentNo>,
        /// The clocks that ended with it; they stand again if it was wrong.
        #[serde(default)]
        clocks: Vec<u32>,
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
        /// The clocks that ended with the merge; they stand again if it is undone.
        #[serde(default)]
        clocks: Vec<u32>,
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
        /// When their answer was told here; nothing while they owe it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answered_at: Option<Timestamp>,
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

    /// The case in which it goes on.
    #[must_use]
    pub const fn merged_into(&self) -> Option<CaseId> {
        match self {
            Self::Merged { into, .. } => Some(*into),
            _ => None,
        }
    }

    /// When the handling side said how it came out.
    #[must_use]
    pub const fn resolved_at(&self) -> Option<Timestamp> {
        match self {
            Self::Resolved { at, .. } => Some(*at),
            Self::Verified { resolved_at, .. } | Self::Closed { resolved_at, .. } => {
                Some(*resolved_at)
            }
            _ => None,
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
