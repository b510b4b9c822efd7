//! How simulated cases end, and what is said then.

use domain::{
    case::{Level, Outcome},
    decide::{Act, Command},
};

use super::chance::Chance;

/// What the city says when it is done.
const DONE: [&str; 4] = [
    "已到现场处理完毕。",
    "已清理并恢复原状。",
    "已安排人员处理，现场已恢复。",
    "已处理，后续加强巡查。",
];

/// How many of a thousand handled cases end otherwise than solved, and what the reporter is told
/// then. The articles give no such shares: these are the project's own, so that every result is seen
/// somewhere.
const OTHERWISE: [(u64, Outcome, &str); 5] = [
    (
        40,
        Outcome::PartlySolved,
        "已先处理能当场处理的部分，其余待材料到位后再做。",
    ),
    (
        35,
        Outcome::LawfullyRefused,
        "按现行规定不能办：所提要求没有法律依据。不同意的，可以申请复核。",
    ),
    (
        30,
        Outcome::NotFound,
        "两次到现场查看，没有看到所反映的情况。再出现时请再告诉我们。",
    ),
    (10, Outcome::Untrue, "经核实，与实际情况不符。"),
    (
        5,
        Outcome::OtherProcedure,
        "同一事项已有别的程序在办，以那边的结果为准。",
    ),
];

/// A result and the words it is told in.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    pub(super) outcome: Outcome,
    pub(super) told: &'static str,
}

impl Ending {
    fn solved(chance: &mut Chance) -> Self {
        Self {
            outcome: Outcome::Solved,
            told: chance.pick(&DONE).unwrap_or(&DONE[0]),
        }
    }

    pub(super) fn draw(chance: &mut Chance) -> Self {
        let mut at = chance.below(1_000);
        for (share, outcome, told) in OTHERWISE {
            if at < share {
                return Self { outcome, told };
            }
            at -= share;
        }
        Self::solved(chance)
    }

    /// Something was done, of which the category wants proof.
    pub(super) fn is_done(self) -> bool {
        matches!(self.outcome, Outcome::Solved | Outcome::PartlySolved)
    }

    /// How many of a thousand reporters who speak say that it is fixed.
    pub(super) fn said_fixed(self) -> u64 {
        match self.outcome {
            Outcome::Solved => 930,
            Outcome::PartlySolved => 600,
            _ => 0,
        }
    }

    pub(super) fn resolve(self, level: Level) -> Command {
        Act::Resolve {
            outcome: self.outcome,
            enforcement: None,
            level,
        }
        .saying(self.told)
    }
}
