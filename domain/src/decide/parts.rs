//! Calls and the parts of called units: from the call to the feedback, returns and extensions.

use super::{CallDue, Called, Deciding, Facts, MAX_ENGAGEMENT, Refusal, one};
use crate::{
    case::{CallClass, Part},
    event::{Actor, CalledPart, Fact},
    ids::{ContractorCode, DutyCode, EngagementNo, UnitCode},
    time::Timestamp,
    verb::Verb,
};

impl Deciding<'_> {
    pub(super) fn call(&self, class: CallClass, units: Vec<Called>, due: &CallDue) -> Facts {
        let active = |unit: &UnitCode| {
            self.case
                .parts
                .iter()
                .any(|part| !part.returned && part.unit == *unit)
        };
        let leads_already = self
            .case
            .parts
            .iter()
            .any(|part| !part.returned && part.lead);
        let leads = units.iter().filter(|called| called.lead).count() + usize::from(leads_already);
        let mut seen: Vec<&UnitCode> = Vec::new();
        for called in &units {
            self.rules.unit(&called.unit)?;
            if active(&called.unit) || seen.contains(&&called.unit) {
                return Err(Refusal::OneLead);
            }
            seen.push(&called.unit);
        }
        if units.is_empty() || leads != 1 {
            return Err(Refusal::OneLead);
        }
        if let CallDue::Until(at) = due {
            self.later(*at)?;
        }
        let first = self.case.next_part();
        let parts: Vec<CalledPart> = (first..)
            .zip(units)
            .map(|(part, called)| CalledPart {
                part,
                unit: called.unit,
                lead: called.lead,
            })
            .collect();
        let clocks = self.rules.part_clocks(self.case, &parts, due, self.now);
        let called = Fact::Called {
            class,
            parts,
            clocks,
        };
        one(called)
    }

    /// A part that is still its unit's; for a firm, the one it is engaged for.
    fn own_part(&self, no: u32) -> Result<&Part, Refusal> {
        let part = self.case.part(no).filter(|part| !part.returned);
        let part = part.ok_or(Refusal::NoSuch("part"))?;
        match self.actor {
            Actor::Contractor(engagement) => {
                let engaged = self.case.engaged(engagement);
                let theirs = engaged.is_some_and(|engaged| engaged.part == no);
                theirs.then_some(part).ok_or(Refusal::NoSuch("part"))
            }
            _ => Ok(part),
        }
    }

    /// A firm of the register, under contract now, whose supervising unit is of the department that
    /// was called. No link is given before somebody of the unit has reported in: a firm that comes
    /// is no 报到.
    pub(super) fn engage(&self, no: u32, contractor: ContractorCode, until: Timestamp) -> Facts {
        let part = self.own_part(no)?;
        if part.reported_in.is_none() {
            return Err(Refusal::PartsOpen);
        }
        let may = self.rules.contractors(&part.unit, self.now);
        let firm = may.iter().find(|firm| firm.code == contractor);
        let firm = firm.ok_or(Refusal::Unknown("contractor"))?;
        self.later(until)?;
        let over = firm.valid_to.is_some_and(|end| end < until);
        if over || until.since(self.now) > MAX_ENGAGEMENT {
            return Err(Refusal::TooLong);
        }
        one(Fact::Engaged {
            engagement: self.case.next_engagement(),
            part: no,
            contractor,
            until,
        })
    }

    pub(super) fn end_engagement(&self, no: EngagementNo) -> Facts {
        let engaged = self.case.engagements.iter().find(|it| it.no == no);
        match engaged.ok_or(Refusal::NoSuch("engagement"))?.ended {
            None => one(Fact::EngagementEnded { engagement: no }),
            Some(_) => Err(Refusal::AlreadyDone),
        }
    }

    pub(super) fn part_step(&self, no: u32, verb: Verb) -> Facts {
        let part = self.own_part(no)?;
        let (done, fact) = match verb {
            Verb::Sign => (part.signed_at, Fact::Signed { part: no }),
            Verb::ReportIn => {
                // 报到 is a named person, never a click of the system.
                let officer = self.appointment()?;
                let done = part.reported_in.map(|(at, _)| at);
                (done, Fact::ReportedIn { part: no, officer })
            }
            // Whoever is there sets out no more.
            Verb::SetOut => (
                part.set_out_at.or(part.arrived_at),
                Fact::SetOut { part: no },
            ),
            _ => (part.arrived_at, Fact::Arrived { part: no }),
        };
        if done.is_some() {
            return Err(Refusal::AlreadyDone);
        }
        if matches!(verb, Verb::SetOut | Verb::Arrive) && part.reported_in.is_none() {
            return Err(Refusal::PartsOpen);
        }
        one(fact)
    }

    pub(super) fn feed_back(&self, no: u32, photos: u8) -> Facts {
        let part = self.own_part(no)?;
        if part.reported_in.is_none() {
            return Err(Refusal::PartsOpen);
        }
        if part.arrived_at.is_none() && self.rules.category(&self.case.category)?.on_scene {
            return Err(Refusal::PartsOpen);
        }
        one(Fact::FedBack { part: no, photos })
    }

    pub(super) fn ask_return(&self, no: u32, duty: Option<DutyCode>) -> Facts {
        let part = self.case.part(no).filter(|part| !part.returned);
        let part = part.ok_or(Refusal::NoSuch("part"))?;
        if part.assigned || self.case.returns >= 2 {
            return Err(Refusal::Final);
        }
        if part.return_asked {
            return Err(Refusal::AlreadyDone);
        }
        if part.fed_back_at.is_some()
            || self
                .rules
                .return_limit(self.case, part)
                .is_some_and(|end| end <= self.now)
        {
            return Err(Refusal::TooLate);
        }
        one(Fact::ReturnAsked { part: no, duty })
    }

    pub(super) fn rule_on_return(&self, no: u32, uphold: bool) -> Facts {
        let part = self.case.part(no).ok_or(Refusal::NoSuch("part"))?;
        if !part.return_asked {
            return Err(Refusal::NoSuch("return"));
        }
        self.another(part.return_asked_by)?;
        // The second time the commission assigns, and nobody rules any more.
        if self.case.returns >= 2 {
            return Err(Refusal::Final);
        }
        one(Fact::ReturnRuled {
            part: no,
            upheld: uphold,
        })
    }

    pub(super) fn assign(&self, unit: UnitCode, lead: bool) -> Facts {
        self.rules.unit(&unit)?;
        for asked in self.case.parts.iter().filter(|part| part.return_asked) {
            self.another(asked.return_asked_by)?;
        }
        let leads_already = |part: &Part| !part.returned && !part.return_asked && part.lead;
        let called = self
            .case
            .parts
            .iter()
            .find(|part| !part.returned && part.unit == unit);
        let others_lead = self
            .case
            .parts
            .iter()
            .any(|part| leads_already(part) && part.unit != unit);
        if let Some(part) = called {
            if part.assigned {
                return Err(Refusal::AlreadyDone);
            }
            let part = CalledPart {
                part: part.no,
                unit,
                lead: lead || !others_lead,
            };
            return one(Fact::Assigned {
                part,
                clocks: Vec::new(),
            });
        }
        if !lead && !others_lead {
            return Err(Refusal::OneLead);
        }
        let no = self.case.next_part();
        let part = CalledPart {
            part: no,
            unit,
            lead,
        };
        let parts = std::slice::from_ref(&part);
        let clocks = self
            .rules
            .part_clocks(self.case, parts, &CallDue::Policy, self.now);
        one(Fact::Assigned { part, clocks })
    }

    pub(super) fn ask_extension(&self, clock: u32, until: Timestamp) -> Facts {
        let running = self
            .case
            .clocks
            .iter()
            .find(|running| running.id == clock && running.stopped.is_none() && !running.cancelled)
            .ok_or(Refusal::NoSuch("clock"))?;
        if running.extended || self.case.extension_asked.is_some() {
            return Err(Refusal::OnlyOnce);
        }
        if running.is_late(self.now) {
            return Err(Refusal::TooLate);
        }
        // A pause under way has moved the due instant already.
        if until <= running.due_at(self.now) {
            return Err(Refusal::NotLater);
        }
        one(Fact::ExtensionAsked { clock, until })
    }

    pub(super) fn rule_on_extension(&self, grant: bool) -> Facts {
        let asked = self
            .case
            .extension_asked
            .ok_or(Refusal::NoSuch("extension"))?;
        self.another(asked.by)?;
        one(Fact::ExtensionRuled {
            clock: asked.clock,
            granted: grant,
        })
    }
}
