//! Small changes that several events share.

use crate::{
    case::{Broken, Case, Level, Part, Release, State, Verdict},
    clock::{Owner, Stage},
    ids::PartyNo,
    time::Timestamp,
    visibility::Visibility,
};

impl Case {
    pub(super) fn part_mut(&mut self, no: u32) -> Result<&mut Part, Broken> {
        self.parts
            .iter_mut()
            .find(|part| part.no == no)
            .ok_or(Broken("no such part"))
    }

    // Always by the clock's own `stop`: it ends a pause, which else would count as lateness.
    pub(super) fn stop(&mut self, stage: Stage, part: Option<u32>, at: Timestamp) {
        for clock in &mut self.clocks {
            if clock.stage == stage && clock.part == part {
                clock.stop(at);
            }
        }
    }

    pub(super) fn stop_all(&mut self, at: Timestamp) {
        self.waiting_since = None;
        for clock in &mut self.clocks {
            clock.stop(at);
        }
    }

    /// Stops what the handling side owes; the release of the words is owed all the same.
    pub(super) fn stop_handling(&mut self, at: Timestamp) {
        for clock in &mut self.clocks {
            if clock.stage != Stage::Release {
                clock.stop(at);
            }
        }
    }

    pub(super) fn cancel(&mut self, part: u32) {
        for clock in &mut self.clocks {
            if clock.part == Some(part) {
                clock.cancel();
            }
        }
    }

    pub(super) fn wait(&mut self, at: Timestamp) {
        self.waiting_since = Some(at);
        for clock in &mut self.clocks {
            if clock.stage == Stage::Resolve && clock.stopped.is_none() && !clock.cancelled {
                // `decide` asks only while a pause is left; without one the clock runs on.
                let _ = clock.pause(at);
            }
        }
    }

    pub(super) fn stop_waiting(&mut self, at: Timestamp) {
        self.waiting_since = None;
        for clock in &mut self.clocks {
            if clock.is_paused() {
                let _ = clock.resume(at);
            }
        }
    }

    pub(super) fn worked_by(&mut self, owner: Owner) {
        if !self.handlers.contains(&owner) {
            self.handlers.push(owner);
        }
    }

    pub(super) fn verdict_mut(&mut self, party: PartyNo) -> &mut Verdict {
        let at = self
            .verdicts
            .iter()
            .position(|verdict| verdict.party == party);
        let at = at.unwrap_or_else(|| {
            self.verdicts.push(Verdict {
                party,
                fixed: None,
                stars: None,
                fixed_round: 0,
                stars_round: 0,
            });
            self.verdicts.len() - 1
        });
        &mut self.verdicts[at]
    }

    pub(super) fn judge(&mut self, party: PartyNo, fixed: bool) {
        let round = self.redone;
        let verdict = self.verdict_mut(party);
        (verdict.fixed, verdict.fixed_round) = (Some(fixed), round);
    }

    pub(super) fn close(&mut self, at: Timestamp) -> Result<(), Broken> {
        self.state = match &self.state {
            State::Resolved {
                outcome,
                at: resolved_at,
            } => State::Closed {
                outcome: *outcome,
                resolved_at: *resolved_at,
                at,
            },
            State::Verified {
                outcome,
                resolved_at,
            } => State::Closed {
                outcome: *outcome,
                resolved_at: *resolved_at,
                at,
            },
            _ => return Err(Broken("closed before it was resolved")),
        };
        self.stop_handling(at);
        Ok(())
    }
}

pub(super) fn release_of(visibility: Visibility) -> Release {
    match visibility {
        Visibility::Public => Release::Waiting,
        Visibility::PublicWithoutDetail | Visibility::Private => Release::NotOffered,
    }
}

/// One level up: grid, community, unit, city.
pub(super) fn raise(level: Level) -> Level {
    match level {
        Level::Grid => Level::Community,
        Level::Community => Level::Unit,
        Level::Unit | Level::City => Level::City,
    }
}
