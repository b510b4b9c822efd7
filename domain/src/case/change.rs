//! Small changes that several events share.

use crate::{
    case::{Broken, Case, EvidenceKind, Level, Part, Release, State, Verdict},
    clock::{Owner, RunningClock, Stage},
    event::Fact,
    ids::{AppointmentNo, PartyNo},
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

    /// What the community still owed of a stage is no longer needed.
    pub(super) fn lapse(&mut self, stage: Stage, at: Timestamp) {
        let owed = |clock: &&mut RunningClock| clock.stage == stage && clock.part.is_none();
        for clock in self.clocks.iter_mut().filter(owed) {
            if clock.is_running() {
                clock.lapse(at);
            }
        }
    }

    /// Nobody works on it by a link any more, whatever becomes of it later.
    pub(super) fn end_engagements(&mut self, at: Timestamp) {
        for engaged in &mut self.engagements {
            engaged.ended.get_or_insert(at);
        }
    }

    /// Nothing is owed any more, not even a look at the words.
    pub(super) fn lapse_all(&mut self, at: Timestamp) {
        self.waiting_since = None;
        for clock in &mut self.clocks {
            clock.lapse(at);
        }
    }

    /// What the handling side owes is no longer needed; the release of the words is owed all the
    /// same, and the answer to who was not content. The numbers of the clocks that this ended.
    pub(super) fn lapse_handling(&mut self, at: Timestamp) -> Vec<u32> {
        let owed = |stage| matches!(stage, Stage::Release | Stage::Answer);
        let running = |clock: &&mut RunningClock| clock.is_running() && !owed(clock.stage);
        let ended = self.clocks.iter_mut().filter(running);
        ended
            .map(|clock| {
                clock.lapse(at);
                clock.id
            })
            .collect()
    }

    /// The result: met by the case and by the unit that brought it. What others still owed is not
    /// needed any more.
    pub(super) fn finish(&mut self, at: Timestamp) {
        let brought: Vec<u32> = self
            .parts
            .iter()
            .filter(|part| part.lead && !part.returned)
            .map(|part| part.no)
            .collect();
        for clock in &mut self.clocks {
            let theirs = clock.part.is_none_or(|part| brought.contains(&part));
            if clock.stage == Stage::Resolve && theirs {
                clock.stop(at);
            }
        }
        self.lapse_handling(at);
    }

    /// The result did not hold: what it ended runs on as if it had never ended.
    pub(super) fn unfinish(&mut self, resolved_at: Timestamp) {
        for clock in &mut self.clocks {
            let promised = clock.stage == Stage::Resolve;
            let ended = promised && clock.stopped == Some(resolved_at);
            let unneeded = clock.lapsed == Some(resolved_at);
            if ended || unneeded && (promised || clock.part.is_some()) {
                clock.stand_again();
            }
        }
    }

    /// Whoever leads had said that it was done; their clocks run on as if they had not.
    pub(super) fn unfeed_back(&mut self) {
        let leading = self.parts.iter().filter(|part| part.lead && !part.returned);
        let said: Vec<(u32, Timestamp)> = leading
            .filter_map(|part| Some((part.no, part.fed_back_at?)))
            .collect();
        for clock in &mut self.clocks {
            let of_theirs = said.iter().find(|(part, _)| clock.part == Some(*part));
            if of_theirs.is_some_and(|(_, at)| {
                clock.stage == Stage::Resolve && clock.stopped == Some(*at)
                    || clock.lapsed == Some(*at)
            }) {
                clock.stand_again();
            }
        }
    }

    /// The clocks of these numbers stand again, as if they had never ended.
    pub(super) fn again(&mut self, ended: &[u32]) {
        for clock in &mut self.clocks {
            if ended.contains(&clock.id) {
                clock.stand_again();
            }
        }
    }

    /// It has to be done again: the way there and the picture of the result prove an earlier one.
    pub(super) fn prove_anew(&mut self) {
        self.evidence
            .retain(|kind| *kind != EvidenceKind::PhotoAfter);
        for part in &mut self.parts {
            if part.lead && !part.returned {
                (part.set_out_at, part.arrived_at, part.fed_back_at) = (None, None, None);
            }
        }
    }

    /// The part is done; what it did not need to do on the way is not needed any more.
    pub(super) fn fed_back(&mut self, part: u32, at: Timestamp) {
        self.stop(Stage::Resolve, Some(part), at);
        for clock in &mut self.clocks {
            if clock.part == Some(part) {
                clock.lapse(at);
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
            let runs = clock.stopped.is_none() && !clock.cancelled;
            // What has run out has run out: a question asked after it buys no time.
            if clock.stage == Stage::Resolve && runs && !clock.is_late(at) {
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

    /// Reporters said more: if the rest is out, somebody has to look at this too.
    pub(super) fn added(&mut self, photos: u32, clocks: &[RunningClock]) {
        self.more_to_release |= self.release == Release::Released;
        self.photos += photos;
        self.clocks.extend_from_slice(clocks);
    }

    /// The handling side showed something: photos wait for a named person, whoever took them.
    pub(super) fn showed(&mut self, photos: u8) {
        self.more_to_release |= photos > 0 && self.release == Release::Released;
        self.photos += u32::from(photos);
    }

    /// A person at work, remembered by the appointment they worked under.
    pub(super) fn worked_as(&mut self, no: AppointmentNo) {
        if !self.workers.contains(&no) {
            self.workers.push(no);
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

    /// Of which result a verdict is that is given now.
    pub(super) fn judged_round(&self) -> u32 {
        match self.state {
            State::Merged { .. } => Verdict::ELSEWHERE,
            _ => self.redone,
        }
    }

    pub(super) fn judge(&mut self, party: PartyNo, fixed: bool) {
        let round = self.judged_round();
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
        self.lapse_handling(at);
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
#[must_use]
pub fn raise(level: Level) -> Level {
    match level {
        Level::Grid => Level::Community,
        Level::Community => Level::Unit,
        Level::Unit | Level::City => Level::City,
    }
}

/// Who did it is the actor and not part of the fact: what takes two people, and a check from
/// outside, remember the person by the appointment.
pub(super) fn remember(case: &mut Case, fact: &Fact, person: AppointmentNo) {
    match fact {
        Fact::RejectionProposed { ground } => case.rejection_proposed = Some((person, *ground)),
        Fact::QuarantineProposed {} => case.quarantine_proposed = Some(person),
        Fact::Rejected { .. } => {
            if let State::Rejected { by, .. } = &mut case.state {
                by.push(person);
            }
        }
        Fact::ReturnAsked { part, .. } => {
            if let Ok(part) = case.part_mut(*part) {
                part.return_asked_by = Some(person);
            }
        }
        Fact::ExtensionAsked { .. } => {
            if let Some(asked) = &mut case.extension_asked {
                asked.by = Some(person);
            }
        }
        Fact::Supervised { demand, .. } => {
            if let Some(asked) = case.demands.iter_mut().find(|asked| asked.no == *demand) {
                asked.by = Some(person);
            }
        }
        Fact::Taken {}
        | Fact::ReportedIn { .. }
        | Fact::SetOut { .. }
        | Fact::Arrived { .. }
        | Fact::FedBack { .. }
        | Fact::Resolved { .. } => case.worked_as(person),
        _ => {}
    }
}
