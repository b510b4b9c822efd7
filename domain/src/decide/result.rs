//! The result, who judges it, and what follows from that.

use super::{Deciding, Facts, LOW_RATING, REOPEN_WINDOW, Refusal, one};
use crate::{
    case::{Case, EnforcementOutcome, EvidenceKind, Level, Outcome, Part, State, StateTag},
    clock::{RunningClock, Stage},
    event::Fact,
    ids::PartyNo,
    time::Timestamp,
    verb::Verb,
};

/// Whether its reporter may still reopen it: within [`REOPEN_WINDOW`] of the end.
pub fn reopens(case: &Case, now: Timestamp) -> bool {
    !matches!(case.state, State::Closed { at, .. } if at.plus(REOPEN_WINDOW) <= now)
}

impl Deciding<'_> {
    pub(super) fn resolve(
        &self,
        outcome: Outcome,
        enforcement: Option<EnforcementOutcome>,
        level: Level,
        photos: u8,
    ) -> Facts {
        match outcome {
            Outcome::NoPower => return Err(Refusal::MustTransfer),
            Outcome::Planned if !matches!(self.case.state, State::Parked { .. }) => {
                return Err(Refusal::MustPark);
            }
            // A lawful no is a reasoned no.
            Outcome::LawfullyRefused if !self.has_text => return Err(Refusal::NeedsText),
            _ => {}
        }
        let acting = self.case.parts.iter().filter(|part| !part.returned);
        if acting
            .clone()
            .any(|part| part.lead && part.reported_in.is_none())
        {
            return Err(Refusal::PartsOpen);
        }
        let category = self.rules.category(&self.case.category)?;
        let been_there = matches!(
            outcome,
            Outcome::Solved | Outcome::PartlySolved | Outcome::NotFound
        );
        if been_there
            && category.on_scene
            && acting
                .clone()
                .any(|part| part.lead && part.arrived_at.is_none())
        {
            return Err(Refusal::PartsOpen);
        }
        if matches!(outcome, Outcome::Solved | Outcome::PartlySolved) {
            for kind in &category.evidence {
                let brought = *kind == EvidenceKind::PhotoAfter && photos > 0;
                if !brought && !self.case.evidence.contains(kind) {
                    return Err(Refusal::EvidenceMissing(*kind));
                }
            }
        }
        let clocks = self.rules.check_clocks(self.case, self.now);
        one(Fact::Resolved {
            outcome,
            enforcement,
            level,
            on_the_spot: false,
            photos,
            clocks,
        })
    }

    pub(super) fn judge(&self) -> Result<PartyNo, Refusal> {
        if !self.case.judged_by_resident() {
            return Err(Refusal::NobodyToJudge);
        }
        self.party()
    }

    pub(super) fn confirm(&self) -> Facts {
        let party = self.judge()?;
        if self.case.said_fixed(party) == Some(true) {
            return Err(Refusal::AlreadyDone);
        }
        one(Fact::Confirmed { party })
    }

    pub(super) fn dispute(&self) -> Facts {
        let party = self.judge()?;
        let merged = self.case.state.tag() == StateTag::Merged;
        if self.case.said_fixed(party) == Some(false) {
            return Err(Refusal::AlreadyDone);
        }
        let clocks = self.addition_clocks();
        let redo = self.redo_clocks(clocks.len());
        let mut facts = vec![Fact::Disputed { party, clocks }];
        // "Not fixed" from the reporter puts it back to work one level up; after the window it is
        // their word on the result and no more, as "fixed" is at any time.
        if !merged && party == PartyNo::REPORTER && self.in_reopen_window().is_ok() {
            facts.push(Fact::Reopened { clocks: redo });
        }
        Ok(facts)
    }

    pub(super) fn rate(&self, stars: u8) -> Facts {
        let party = self.judge()?;
        if !(1..=5).contains(&stars) {
            return Err(Refusal::NotARating);
        }
        if self.case.verdict(party).is_some_and(|verdict| {
            verdict.stars.is_some() && verdict.stars_round == self.case.redone
        }) {
            return Err(Refusal::OnlyOnce);
        }
        // One answer is owed at a time, to everybody who was not content by then.
        // To the reporter always; to others with the same problem once for a result, since anybody may
        // become one.
        let resolved = self.case.state.resolved_at();
        let mut clocks = self.case.clocks.iter();
        let before = clocks.any(|clock| {
            clock.stage == Stage::Answer && resolved.is_none_or(|at| at <= clock.started)
        });
        let owed = party == PartyNo::REPORTER || !before;
        let clocks = if stars <= LOW_RATING && owed && !self.case.owes_answer() {
            self.rules.clocks_of(self.case, &[Stage::Answer], self.now)
        } else {
            Vec::new()
        };
        one(Fact::Rated {
            party,
            stars,
            clocks,
        })
    }

    pub(super) fn answer_rating(&self) -> Facts {
        if self.case.owes_answer() {
            one(Fact::RatingAnswered {})
        } else {
            Err(Refusal::NoSuch("rating"))
        }
    }

    pub(super) fn in_reopen_window(&self) -> Result<(), Refusal> {
        if reopens(self.case, self.now) {
            Ok(())
        } else {
            Err(Refusal::TooLate)
        }
    }

    /// The new promise, and the new limit of the unit that has to do it again, numbered after as
    /// many clocks as the same command starts before them.
    pub(super) fn redo_clocks(&self, started: usize) -> Vec<RunningClock> {
        let mut clocks = self.rules.clocks_of(self.case, &[Stage::Resolve], self.now);
        let before = clocks.len();
        let leading = |part: &&Part| part.lead && !part.returned;
        for part in self.case.parts.iter().filter(leading) {
            clocks.extend(self.rules.redo_clock(self.case, part, before, self.now));
        }
        for clock in &mut clocks {
            clock.id += u32::try_from(started).unwrap_or(0);
        }
        clocks
    }

    pub(super) fn reopen(&self) -> Facts {
        self.in_reopen_window()?;
        one(Fact::Reopened {
            clocks: self.redo_clocks(0),
        })
    }

    pub(super) fn close(&self) -> Facts {
        // A case ends when somebody outside the handling unit has checked it. The community's own
        // work for a resident may also end with that resident's own word that it is fixed.
        let checked = self.case.state.tag() == StateTag::Verified;
        // Of this result: what was said of one that did not hold ends nothing.
        let confirmed = self.case.said_fixed(PartyNo::REPORTER) == Some(true);
        let judged = confirmed && self.case.parts.is_empty();
        if !(checked || judged) {
            return Err(Refusal::NotNow {
                verb: Verb::Close,
                state: self.case.state.tag(),
            });
        }
        one(Fact::Closed {})
    }
}
