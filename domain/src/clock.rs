//! Clocks: how long a stage of a case may take, and whether it did.
//!
//! A due instant is computed when its clock starts and written down with the policy and the
//! calendar it came from, so that later rules move no running clock. Ends are exclusive: at the
//! due instant itself it is already late. Every clock has an owner, and only the owner's list
//! turns red.

mod due;
mod explain;
mod hours;
mod limit;
mod running;
mod warning;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use due::{Due, due, due_by_date};
pub use explain::{Explanation, SkippedDay, explain};
pub use hours::{HoursError, ServiceHours};
pub use limit::{Limit, LimitError, LimitUnit};
pub use running::{ClockError, Pause, PauseRule, RunningClock};
pub use warning::WARNINGS;

use crate::ids::{AreaCode, PolicyCode, UnitCode};
use crate::lang::Names;

/// The step a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 响应: from filing to the first act of a person; an automatic receipt is none.
    Respond,
    /// 派单: to the call of a unit.
    Dispatch,
    /// 报到: to a named person of the called unit signing on.
    ReportIn,
    /// 出动: to leaving.
    SetOut,
    /// 到场: to being there.
    Arrive,
    /// 办结: to the handler's word that it is done. The only one that pauses.
    Resolve,
    /// 核查: to the check by somebody outside the handling unit.
    Verify,
    /// 发布: to releasing the reporter's words, place and photos.
    Release,
    /// 退单: to asking for a return, or ruling on one.
    Return,
    /// 答复: to answering a demand or a question.
    Answer,
}

/// A text names no stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stage")]
pub struct StageError;

impl Stage {
    /// All stages, in the order of a case.
    pub const ALL: [Self; 10] = [
        Self::Respond,
        Self::Dispatch,
        Self::ReportIn,
        Self::SetOut,
        Self::Arrive,
        Self::Resolve,
        Self::Verify,
        Self::Release,
        Self::Return,
        Self::Answer,
    ];

    /// The stage as configuration, the log and open data write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Respond => "respond",
            Self::Dispatch => "dispatch",
            Self::ReportIn => "report_in",
            Self::SetOut => "set_out",
            Self::Arrive => "arrive",
            Self::Resolve => "resolve",
            Self::Verify => "verify",
            Self::Release => "release",
            Self::Return => "return",
            Self::Answer => "answer",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Stage {
    type Err = StageError;
    fn from_str(text: &str) -> Result<Self, StageError> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.as_str() == text)
            .ok_or(StageError)
    }
}

/// Whose list turns red when the clock runs out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A community.
    Community(AreaCode),
    /// The dispatch desk of a governance unit.
    Station(AreaCode),
    /// A department or module.
    Unit(UnitCode),
    /// The city's commission.
    City,
}

/// Limits for the stages of one kind of matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its code.
    pub code: PolicyCode,
    /// What it is called.
    pub names: Names,
    /// One limit for each stage that has one.
    pub limits: Vec<(Stage, Limit)>,
    /// Limits in minutes run only while the station is staffed: they become service minutes.
    #[serde(default)]
    pub staffed_only: bool,
    /// The law, standard or promise it comes from.
    pub basis: String,
}

impl Policy {
    /// The limit of `stage` as it runs: minutes of a staffed-only policy are service minutes.
    pub fn limit(&self, stage: Stage) -> Option<Limit> {
        let mut running = self.running();
        running.find(|(of, _)| *of == stage).map(|(_, limit)| limit)
    }

    /// Its limits as they run, in the order of its row.
    pub fn running(&self) -> impl Iterator<Item = (Stage, Limit)> {
        self.limits.iter().map(move |(stage, limit)| match limit {
            Limit::Minutes(minutes) if self.staffed_only => {
                (*stage, Limit::ServiceMinutes(*minutes))
            }
            other => (*stage, *other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_has_one_name_everywhere() {
        for stage in Stage::ALL {
            assert_eq!(
                serde_json::to_string(&stage).unwrap(),
                format!("\"{stage}\"")
            );
            assert_eq!(stage.as_str().parse(), Ok(stage));
        }
        assert_eq!("arrived".parse::<Stage>(), Err(StageError));
    }

    #[test]
    fn minutes_of_a_staffed_policy_are_service_minutes_and_days_stay_days() {
        let policy = Policy {
            code: PolicyCode::new("longgang-1-2-3-45").unwrap(),
            names: Names::plain("1-2-3-45"),
            limits: vec![
                (Stage::Respond, Limit::Minutes(1)),
                (Stage::Resolve, Limit::Days(4)),
            ],
            staffed_only: true,
            basis: "1分钟响应、2分钟派单、3分钟出动、45分钟到场处置".into(),
        };
        assert_eq!(policy.limit(Stage::Respond), Some(Limit::ServiceMinutes(1)));
        assert_eq!(policy.limit(Stage::Resolve), Some(Limit::Days(4)));
        assert_eq!(policy.limit(Stage::Verify), None);
        let always = Policy {
            staffed_only: false,
            ..policy
        };
        assert_eq!(always.limit(Stage::Respond), Some(Limit::Minutes(1)));
    }

    #[test]
    fn an_owner_reads_well_in_the_log() {
        let owner = Owner::Unit(UnitCode::new("enforcement").unwrap());
        assert_eq!(
            serde_json::to_string(&owner).unwrap(),
            r#"{"unit":"enforcement"}"#
        );
        assert_eq!(serde_json::to_string(&Owner::City).unwrap(), r#""city""#);
    }
}
