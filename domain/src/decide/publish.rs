//! Who may see a case and its words.

use super::{Deciding, Facts, Refusal, one};
use crate::{
    access::may_set_visibility,
    case::{Kind, Release},
    clock::{RunningClock, Stage},
    event::{Actor, Fact},
    visibility::Visibility,
};

impl Deciding<'_> {
    pub(super) fn publish(&self) -> Facts {
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

    pub(super) fn hold(&self) -> Facts {
        match (self.case.visibility, self.case.release) {
            (Visibility::Public, Release::Waiting | Release::Released) => one(Fact::Held {}),
            (Visibility::Public, Release::Held) => Err(Refusal::AlreadyDone),
            _ => Err(Refusal::NothingToRelease),
        }
    }

    /// The limit for releasing what is added after a release; one that runs covers this too.
    pub(super) fn addition_clocks(&self) -> Vec<RunningClock> {
        let runs = |clock: &RunningClock| clock.stage == Stage::Release && clock.is_running();
        if self.case.release != Release::Released || self.case.clocks.iter().any(runs) {
            return Vec::new();
        }
        self.rules.clocks_of(self.case, &[Stage::Release], self.now)
    }

    pub(super) fn quarantine(&self) -> Facts {
        self.appointment()?;
        self.another(self.case.quarantine_proposed)?;
        match self.case.quarantine_proposed {
            _ if self.case.quarantined => Err(Refusal::AlreadyDone),
            None => one(Fact::QuarantineProposed {}),
            Some(first) => one(Fact::Quarantined { proposed_by: first }),
        }
    }

    pub(super) fn change_visibility(&self, to: Visibility) -> Facts {
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
                self.rules.clocks_of(self.case, &[Stage::Release], self.now)
            }
            _ => Vec::new(),
        };
        one(Fact::VisibilityChanged { to, clocks })
    }
}
