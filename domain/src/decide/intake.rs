//! What becomes of a filing before anybody works on it, and where it belongs.

use super::{Deciding, Facts, MAX_MOVES, MAX_PAUSES, Refusal, one};
use crate::{
    area::AreaKind,
    case::{Filer, Ground, PartyRole, Review, State},
    clock::Stage,
    event::Fact,
    ids::{AreaCode, CategoryCode},
};

impl Deciding<'_> {
    pub(super) fn accepted(&self) -> Fact {
        let clocks = self
            .rules
            .clocks_of(self.case, &[Stage::Dispatch], self.now);
        Fact::Accepted { clocks }
    }

    pub(super) fn reject(&self, ground: Ground) -> Facts {
        self.appointment()?;
        self.alone()?;
        self.another(self.case.rejection_proposed.map(|(first, _)| first))?;
        match self.case.rejection_proposed {
            None => one(Fact::RejectionProposed { ground }),
            // The second person agrees to what the first wrote down, or proposes anew.
            Some((first, proposed)) if proposed == ground => one(Fact::Rejected {
                ground,
                proposed_by: first,
            }),
            Some(_) => one(Fact::RejectionProposed { ground }),
        }
    }

    pub(super) fn ask_review(&self) -> Facts {
        match self.case.state {
            State::Rejected {
                review: Review::NotAsked,
                ..
            } => one(Fact::ReviewAsked {}),
            _ => Err(Refusal::OnlyOnce),
        }
    }

    pub(super) fn review(&self, uphold: bool) -> Facts {
        match &self.case.state {
            State::Rejected {
                review: Review::Asked,
                by,
                ..
            } => {
                for rejected in by {
                    self.another(Some(*rejected))?;
                }
                // What was promised stands again; what was not yet owed starts, as on accepting.
                let owed = |stage| {
                    let mut clocks = self.case.clocks.iter();
                    clocks.any(|clock| clock.stage == stage && clock.part.is_none())
                };
                let clocks = if uphold || owed(Stage::Dispatch) {
                    Vec::new()
                } else {
                    self.rules
                        .clocks_of(self.case, &[Stage::Dispatch], self.now)
                };
                one(Fact::RejectionReviewed {
                    upheld: uphold,
                    clocks,
                })
            }
            State::Rejected {
                review: Review::NotAsked,
                ..
            } => Err(Refusal::NoSuch("request for review")),
            _ => Err(Refusal::OnlyOnce),
        }
    }

    pub(super) fn ask(&self) -> Facts {
        if self.case.waiting_since.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        if self.case.filer == Filer::Staff {
            return Err(Refusal::NobodyToJudge);
        }
        // Without a clock of its own that stands still the questions themselves are counted.
        let pauses = self
            .case
            .resolve_clock()
            .map_or(0, |clock| clock.pauses.len());
        let asked = usize::try_from(self.case.asked).unwrap_or(usize::MAX);
        if pauses.max(asked) >= MAX_PAUSES {
            return Err(Refusal::OnlyOnce);
        }
        one(Fact::Asked {})
    }

    /// A wait ends by itself when its time is over, and not before: until then it is the
    /// reporter's.
    pub(super) fn end_waiting(&self) -> Facts {
        let ends = self.case.wait_ends().ok_or(Refusal::NotWaiting)?;
        if self.now < ends {
            return Err(Refusal::TooEarly);
        }
        one(Fact::WaitingEnded {})
    }

    pub(super) fn join(&self) -> Facts {
        if self.case.always_private {
            return Err(Refusal::AlwaysPrivate);
        }
        let party = self.case.next_party();
        one(Fact::Joined {
            party,
            role: PartyRole::MeToo,
        })
    }

    pub(super) fn move_to(&self, community: AreaCode) -> Facts {
        // Whom the first community called is called by it: they are let go first.
        if self.case.parts.iter().any(|part| !part.returned) {
            return Err(Refusal::PartsOpen);
        }
        if community == self.case.community {
            return Err(Refusal::AlreadyDone);
        }
        if self.case.moved >= MAX_MOVES {
            return Err(Refusal::OnlyOnce);
        }
        self.alone()?;
        let areas = &self.rules.city.areas;
        let there = areas.at(&community, self.now);
        if there.is_none_or(|area| area.kind != AreaKind::Community) {
            return Err(Refusal::Unknown("community"));
        }
        let above = areas.ancestors(&community, self.now);
        let unit = above.iter().find(|area| area.kind == AreaKind::Unit);
        one(Fact::Moved {
            community,
            station: unit.map(|unit| unit.code.clone()),
        })
    }

    pub(super) fn reclassify(&self, category: CategoryCode) -> Facts {
        if category == self.case.category {
            return Err(Refusal::AlreadyDone);
        }
        let to = self.rules.category(&category)?;
        let here = self.rules.category(&self.case.category)?;
        // A whistle never becomes a sealed tip by another name, nor the other way round.
        let open = self.rules.city.is_leaf(&category) && !to.closed;
        if !open || to.kind != here.kind {
            return Err(Refusal::Unknown("category"));
        }
        let line = to.lead.clone();
        let always_private = to.always_private;
        if always_private {
            // The people of another case cannot follow it there.
            self.alone()?;
        }
        // A running clock keeps its due time; only stages that have no clock yet get one.
        let missing: Vec<Stage> = [Stage::Resolve]
            .into_iter()
            .filter(|stage| !self.case.clocks.iter().any(|clock| clock.stage == *stage))
            .collect();
        let clocks = self
            .rules
            .clocks_under(self.case, &category, &missing, self.now);
        one(Fact::Reclassified {
            category,
            line,
            always_private,
            clocks,
        })
    }
}
