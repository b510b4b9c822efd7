//! What a case waits for beside its clocks: decisions that somebody must take, for the lists of the
//! desk.

use super::{CallClass, Case, Level, Release, Review, State};
use crate::visibility::Visibility;

/// A set of things a case waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Awaits(u32);

impl Awaits {
    /// Nothing.
    pub const NOTHING: Self = Self(0);
    /// The reporter's answer.
    pub const REPORTER: Self = Self(1);
    /// The second of two people who reject.
    pub const SECOND_FOR_REJECTION: Self = Self(1 << 1);
    /// A review of the rejection, which the reporter asked for.
    pub const REVIEW: Self = Self(1 << 2);
    /// A ruling on a return; after the second return, an assignment.
    pub const RULING_ON_RETURN: Self = Self(1 << 3);
    /// A ruling on an extension.
    pub const RULING_ON_EXTENSION: Self = Self(1 << 4);
    /// A check from outside the handling unit.
    pub const VERIFICATION: Self = Self(1 << 5);
    /// Somebody who looks at words and photos before the public does.
    pub const RELEASE: Self = Self(1 << 6);
    /// The answer to a demand.
    pub const ANSWER_TO_DEMAND: Self = Self(1 << 7);
    /// The second of two people who take it out of sight.
    pub const SECOND_FOR_QUARANTINE: Self = Self(1 << 8);
    /// Checked, and not closed yet.
    pub const CLOSING: Self = Self(1 << 9);
    /// Somebody who leads: the one who did was let go.
    pub const LEAD: Self = Self(1 << 10);

    /// Nothing any more, and out of everybody's sight but that of whoever keeps it there.
    pub const OUT_OF_SIGHT: Self = Self(1 << 11);

    /// Somebody of the governance unit: it came up to there.
    pub const UNIT_LEVEL: Self = Self(1 << 12);
    /// Somebody of the city: it came up to there.
    pub const CITY_LEVEL: Self = Self(1 << 13);

    /// Somebody to take it or to call others: the city's queue of 统一分办.
    pub const TRIAGE: Self = Self(1 << 14);
    /// Units that were called for joint enforcement. 联合执法
    pub const JOINT_ENFORCEMENT: Self = Self(1 << 15);
    /// Units that were called in an emergency. 应急
    pub const EMERGENCY: Self = Self(1 << 16);

    /// Decisions of an office on what another office or person asked for.
    pub const DECISIONS: Self = Self(
        Self::SECOND_FOR_REJECTION.0
            | Self::REVIEW.0
            | Self::RULING_ON_RETURN.0
            | Self::RULING_ON_EXTENSION.0
            | Self::ANSWER_TO_DEMAND.0
            | Self::SECOND_FOR_QUARANTINE.0
            | Self::LEAD.0,
    );
    /// What leads from a result to the end of a case.
    pub const CHECKS: Self = Self(Self::VERIFICATION.0 | Self::CLOSING.0);

    /// What few cases wait for at a time: everything but a look before the public's, and the queues of the
    /// city, in which most of what is open stands.
    pub const FEW: Self = Self((1 << 14) - 1 - Self::RELEASE.0);

    /// As a number, for a column.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether all of `other` is among these.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether the two have anything in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Case {
    /// What it waits for beside its clocks.
    #[must_use]
    pub fn awaits(&self) -> Awaits {
        let ended = self.state.tag().is_ended();
        let asked_back = self
            .parts
            .iter()
            .any(|part| part.return_asked && !part.returned);
        let review = matches!(
            self.state,
            State::Rejected {
                review: Review::Asked,
                ..
            }
        );
        let to_release = self.visibility == Visibility::Public
            && !self.quarantined
            && (self.release == Release::Waiting || self.more_to_release);
        let called = self.parts.iter().any(|part| !part.returned);
        let leadless = match self.state {
            State::Accepted => !self.parts.is_empty(),
            State::Dispatched | State::InProgress => called,
            _ => false,
        } && !self.parts.iter().any(|part| part.lead && !part.returned);
        let under_way = matches!(
            self.state,
            State::Dispatched | State::InProgress | State::Parked { .. }
        );
        // Where it was done is no complaint: a department that did its work has a level too.
        let done = matches!(self.state, State::Resolved { .. } | State::Verified { .. });
        let came_up = !ended && !done;
        let called_for = |class| {
            let mut parts = self.parts.iter();
            under_way && parts.any(|part| !part.returned && part.class == Some(class))
        };
        let unanswered = self
            .demands
            .iter()
            .any(|demand| demand.answered_at.is_none());
        [
            (self.waiting_since.is_some() && !ended, Awaits::REPORTER),
            (
                self.rejection_proposed.is_some() && !ended,
                Awaits::SECOND_FOR_REJECTION,
            ),
            (review, Awaits::REVIEW),
            (asked_back && !ended, Awaits::RULING_ON_RETURN),
            (
                self.extension_asked.is_some() && !ended,
                Awaits::RULING_ON_EXTENSION,
            ),
            (
                matches!(self.state, State::Resolved { .. }),
                Awaits::VERIFICATION,
            ),
            (
                matches!(self.state, State::Verified { .. }),
                Awaits::CLOSING,
            ),
            (to_release, Awaits::RELEASE),
            (unanswered, Awaits::ANSWER_TO_DEMAND),
            (
                self.quarantine_proposed.is_some() && !self.quarantined,
                Awaits::SECOND_FOR_QUARANTINE,
            ),
            (leadless, Awaits::LEAD),
            (self.quarantined, Awaits::OUT_OF_SIGHT),
            (came_up && self.level == Level::Unit, Awaits::UNIT_LEVEL),
            (came_up && self.level == Level::City, Awaits::CITY_LEVEL),
            (
                matches!(self.state, State::Filed | State::Accepted) && !called,
                Awaits::TRIAGE,
            ),
            (
                called_for(CallClass::JointEnforcement),
                Awaits::JOINT_ENFORCEMENT,
            ),
            (called_for(CallClass::Emergency), Awaits::EMERGENCY),
        ]
        .into_iter()
        .filter(|(waits, _)| *waits)
        .fold(Awaits::NOTHING, |all, (_, one)| all.and(one))
    }
}
