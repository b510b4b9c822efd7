//! 转出: to a body outside the city's own units, and what comes back from there.

use super::{Deciding, Facts, Refusal, one};
use crate::{case::State, event::Fact, text::BodyName, time::Timestamp};

impl Deciding<'_> {
    /// A transfer ends every clock. A unit of the city's own would be rid of its clocks by it, so such
    /// a unit is called instead.
    pub(super) fn transfer_out(&self, destination: &BodyName, due: Timestamp) -> Facts {
        self.alone()?;
        self.later(due)?;
        if self.rules.is_own_unit(destination.as_str(), self.now) {
            return Err(Refusal::OwnUnit);
        }
        one(Fact::TransferredOut { due })
    }

    /// What the other body answered, told once. It ends the waiting and makes nothing of the case a
    /// result.
    pub(super) fn relay_answer(&self) -> Facts {
        match self.case.state {
            State::TransferredOut {
                answered_at: None, ..
            } => one(Fact::AnswerRelayed {}),
            _ => Err(Refusal::AlreadyDone),
        }
    }
}
