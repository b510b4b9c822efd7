//! When the owner of a clock is warned that it will run out, and when one level up is told that it did.

use super::{RunningClock, Stage};
use crate::case::Level;
use crate::time::{Millis, Timestamp};

/// Who runs at least the first is warned the second before the end: a day of two and more, an hour of
/// four and more, ten minutes of forty and more. What is shorter is over before a warning is read.
pub const WARNINGS: [(Millis, Millis); 3] = [
    (Millis::days(2), Millis::days(1)),
    (Millis::hours(4), Millis::hours(1)),
    (Millis::minutes(40), Millis::minutes(10)),
];

/// What a promise that was not kept stays at most with the governance unit before the city is told,
/// and at least.
const UNIT_HAS: (Millis, Millis) = (Millis::days(1), Millis::days(7));

impl RunningClock {
    /// How long it was to run, without pauses and extension.
    #[must_use]
    pub fn span(&self) -> Millis {
        self.first_due.since(self.started).at_least_zero()
    }

    /// How long before its end its owner is warned; `None` for what is too short.
    #[must_use]
    pub fn warned_before(&self) -> Option<Millis> {
        let span = self.span();
        let found = WARNINGS.iter().find(|(least, _)| span >= *least);
        found.map(|(_, before)| *before)
    }

    /// When a case whose clock ran out goes up to `level` by itself: to the governance unit at once,
    /// to the city after as long again, a day at least and a week at most. Only the promise that it
    /// will be done goes up (大事不出村、难事不出镇: what is not done below is told above).
    #[must_use]
    pub fn goes_up_at(&self, level: Level) -> Option<Timestamp> {
        if self.stage != Stage::Resolve {
            return None;
        }
        match level {
            Level::Grid | Level::Community => None,
            Level::Unit => Some(self.due),
            Level::City => Some(self.due.plus(self.span().clamp(UNIT_HAS.0, UNIT_HAS.1))),
        }
    }
}
