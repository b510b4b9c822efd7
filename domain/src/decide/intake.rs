//! What becomes of a filing before anybody works on it, and where it belongs.

use super::{Deciding, Facts, MAX_PAUSES, Refusal, one};
use crate::{
    case::{Filer, Ground, PartyRole, Review, State},
    clock::Stage,
    event::Fact,
    ids::{CaseId, CategoryCode},
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
                let clocks = if uphold {
                    Vec::new()
                } else {
                    self.rules
                        .clocks_of(self.case, &[Stage::Dispatch, Stage::Resolve], self.now)
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
        let pauses = self
            .case
            .resolve_clock()
            .map_or(0, |clock| clock.pauses.len());
        if pauses >= MAX_PAUSES {
            return Err(Refusal::OnlyOnce);
        }
        one(Fact::Asked {})
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

    pub(super) fn reclassify(&self, category: CategoryCode) -> Facts {
        if category == self.case.category {
            return Err(Refusal::AlreadyDone);
        }
        let to = self.rules.category(&category)?;
        let here = self.rules.category(&self.case.category)?;
        // A whistle never becomes a sealed tip by another name, nor the other way round.
        if !self.rules.city.is_leaf(&category) || to.kind != here.kind {
            return Err(Refusal::Unknown("category"));
        }
        let line = to.lead.clone();
        let always_private = to.always_private;
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

    pub(super) fn merge(&self, into: CaseId) -> Facts {
        if self.case.always_private {
            return Err(Refusal::AlwaysPrivate);
        }
        if into == self.case.id {
            return Err(Refusal::NoSuch("case"));
        }
        one(Fact::Merged { into })
    }
}
