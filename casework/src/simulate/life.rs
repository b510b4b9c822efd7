//! The life of one simulated case.

use domain::{
    access::{self, Appointment, Role, Viewer},
    case::{CallClass, Case, Ground, Level, Outcome, VerifyMethod, apply},
    city::City,
    decide::{Act, CallDue, Called, Command, Rules, decide, file},
    event::{Event, Recorded},
    ids::{CaseId, PartyNo, UnitCode},
    reference::CaseNumber,
    text::{Basis, BodyName},
    time::{Millis, Timestamp},
    visibility::Visibility,
};
use store::History;

use super::{chance::Chance, ending::Ending, plan::Plan};
use crate::{Error, Result, staffing::Staffing};

/// Where simulated cases go that are nobody's here: no real body, for none of them asked for these.
const OUTSIDE: &str = "有权办理的外部单位（示意）";
/// By what right.
const BY_RIGHT: &str = "职责清单：不属本市职权的事项（示意）";

/// What a life needs to know.
pub(super) struct Life<'a> {
    pub(super) city: &'a City,
    pub(super) staffing: &'a Staffing,
    pub(super) now: Timestamp,
}

struct Course<'a> {
    life: &'a Life<'a>,
    id: CaseId,
    case: Option<Case>,
    at: Timestamp,
    events: Vec<(Timestamp, Event)>,
}

impl Life<'_> {
    /// From the filing to where the plan ends, or to the present.
    pub(super) fn live(
        &self,
        filed_at: Timestamp,
        number: CaseNumber,
        plan: Plan,
        chance: &mut Chance,
    ) -> Result<History> {
        let (filing, actor) = self.filing(filed_at, number, plan, chance)?;
        let id = CaseId::new(filed_at, chance.bytes());
        let mut course = Course {
            life: self,
            id,
            case: None,
            at: filed_at,
            events: Vec::new(),
        };
        let rules = Rules::new(self.city);
        let events = file(filing, actor, &rules, filed_at)?;
        course.record(events)?;
        course.go(plan, chance)?;
        Ok(History {
            id,
            events: course.events,
        })
    }
}

impl Course<'_> {
    fn case(&self) -> Result<&Case> {
        self.case.as_ref().ok_or(Error::NotFound)
    }

    fn record(&mut self, events: Vec<Event>) -> Result<()> {
        for event in events {
            let version = self.case.as_ref().map_or(1, |case| case.version + 1);
            let recorded = Recorded {
                case: self.id,
                version,
                at: self.at,
                event: event.clone(),
            };
            let case = apply(self.case.take(), &recorded)
                .map_err(|broken| Error::Store(store::Error::DoesNotApply(broken.to_string())))?;
            self.case = Some(case);
            self.events.push((self.at, event));
        }
        Ok(())
    }

    /// Does one thing after a while; false when that would be after the present.
    fn after(
        &mut self,
        while_: Millis,
        who: Option<&Appointment>,
        command: impl Into<Command>,
    ) -> Result<bool> {
        let at = self.at.plus(while_);
        if at > self.life.now {
            return Ok(false);
        }
        self.at = at;
        let command = command.into();
        let viewer = match who {
            Some(appointment) => Viewer::Staff(vec![appointment.clone()].into()),
            None => Viewer::Party {
                case: self.id,
                party: PartyNo(1),
            },
        };
        let case = self.case()?;
        let actor = access::may(&viewer, command.act.verb(), case)?;
        let rules = Rules::new(self.life.city);
        let events = decide(case, command, actor, &rules, at)?;
        self.record(events)?;
        Ok(true)
    }

    fn secretary(&self) -> Result<Appointment> {
        let community = &self.case()?.community;
        let found = self.life.staffing.in_community(Role::Secretary, community);
        found.cloned().ok_or(Error::NotFound)
    }

    fn dispatcher(&self) -> Result<Appointment> {
        let community = &self.case()?.community;
        let found = self.life.staffing.in_community(Role::Dispatcher, community);
        found.cloned().ok_or(Error::NotFound)
    }

    fn go(&mut self, plan: Plan, chance: &mut Chance) -> Result<()> {
        let secretary = self.secretary()?;
        let dispatcher = self.dispatcher()?;
        if plan == Plan::Withdrawn {
            self.after(chance.minutes(20, 600), None, Act::Withdraw)?;
            return Ok(());
        }
        // The newest wait a little; of the old open ones some were never looked at.
        if plan == Plan::Open && chance.hit(250) {
            return Ok(());
        }
        if !self.after(chance.minutes(1, 240), Some(&secretary), Act::Accept)? {
            return Ok(());
        }
        let public = self.case()?.visibility == Visibility::Public;
        // Most are released, the others held back with a reason: nothing lies about for a year.
        let looked_at = if chance.hit(930) {
            Act::Publish.into()
        } else {
            Act::Hold.saying("里面有他人的姓名和门牌，遮盖后再公开。")
        };
        if public && !self.after(chance.minutes(2, 180), Some(&secretary), looked_at)? {
            return Ok(());
        }
        self.handle(plan, &secretary, &dispatcher, chance)?;
        // What was added since waits for another look.
        if self.case()?.more_to_release {
            self.after(chance.minutes(5, 900), Some(&secretary), Act::Publish)?;
        }
        Ok(())
    }

    fn handle(
        &mut self,
        plan: Plan,
        secretary: &Appointment,
        dispatcher: &Appointment,
        chance: &mut Chance,
    ) -> Result<()> {
        match plan {
            Plan::Own => self.own(secretary, dispatcher, chance),
            Plan::Linked => self.linked(secretary, chance),
            Plan::Transferred => {
                let named = BodyName::new(OUTSIDE).ok().zip(Basis::new(BY_RIGHT).ok());
                let (destination, basis) = named.ok_or(Error::NotFound)?;
                let act = Act::TransferOut {
                    destination,
                    basis,
                    due: self.at.plus(Millis::days(15)),
                };
                let passed = self.after(chance.minutes(30, 900), Some(dispatcher), act)?;
                // Most answer, some of them late; of the rest nothing is heard.
                if passed && chance.hit(850) {
                    let answer = Act::RelayAnswer.saying("对方答复：已经受理，按规定办理。");
                    self.after(chance.minutes(2_000, 30_000), Some(dispatcher), answer)?;
                }
                Ok(())
            }
            Plan::Parked => {
                let owner = self.case()?.line.clone();
                let act = Act::Park {
                    owner,
                    until: self.life.now.plus(Millis::days(120)),
                }
                .saying("需列入年度改造计划，已登记。");
                self.after(chance.minutes(60, 3_000), Some(secretary), act)
                    .map(|_| ())
            }
            Plan::Rejected => {
                let reject = || {
                    Act::Reject {
                        ground: Ground::OtherProcedure,
                    }
                    .saying("同一事项已在诉讼中，依规定由法院处理。")
                };
                if self.after(chance.minutes(60, 600), Some(secretary), reject())? {
                    self.after(chance.minutes(10, 600), Some(dispatcher), reject())?;
                }
                Ok(())
            }
            Plan::Open => {
                if chance.hit(500) {
                    self.after(chance.minutes(10, 600), Some(secretary), Act::Take)?;
                }
                Ok(())
            }
            Plan::Withdrawn => Ok(()),
        }
    }

    fn own(
        &mut self,
        secretary: &Appointment,
        dispatcher: &Appointment,
        chance: &mut Chance,
    ) -> Result<()> {
        if !self.after(chance.minutes(5, 300), Some(secretary), Act::Take)? {
            return Ok(());
        }
        let ending = Ending::draw(chance);
        if ending.is_done() && !self.evidence(secretary, chance)? {
            return Ok(());
        }
        let level = if chance.hit(600) {
            Level::Grid
        } else {
            Level::Community
        };
        let resolve = ending.resolve(level);
        if !self.after(chance.minutes(30, 4_000), Some(secretary), resolve)? {
            return Ok(());
        }
        self.end(ending, secretary, dispatcher, chance)
    }

    /// The proof the category asks for. A simulated history has no pictures of its own, and says so.
    fn evidence(&mut self, who: &Appointment, chance: &mut Chance) -> Result<bool> {
        let kinds = self
            .life
            .city
            .category(&self.case()?.category)
            .map(|category| category.evidence.clone())
            .unwrap_or_default();
        for evidence in kinds {
            let act = Act::AddEvidence { evidence }.saying("演示数据，不含照片。");
            if !self.after(chance.minutes(1, 60), Some(who), act)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Who has to do it again goes there again, where somebody must have been there.
    fn there_again(&mut self, lead: &Appointment, chance: &mut Chance) -> Result<bool> {
        let case = self.case()?;
        let on_scene = self
            .life
            .city
            .category(&case.category)
            .is_some_and(|category| category.on_scene);
        let leads = case.parts.iter().find(|part| part.lead && !part.returned);
        match leads.map(|part| part.no) {
            Some(part) if on_scene => {
                self.after(chance.minutes(5, 90), Some(lead), Act::Arrive { part })
            }
            _ => Ok(true),
        }
    }

    fn linked(&mut self, secretary: &Appointment, chance: &mut Chance) -> Result<()> {
        let line = self.case()?.line.clone();
        let mut units: Vec<UnitCode> = vec![line.clone()];
        let case = self.case()?;
        let (category, community) = (&case.category, &case.community);
        let duties = self.life.city.duties_for(category, community, self.at);
        if let Some(support) = duties.first().and_then(|duty| duty.supports.first())
            && *support != line
            && self.life.staffing.officer(support).is_some()
            && chance.hit(350)
        {
            units.push(support.clone());
        }
        let called = units
            .iter()
            .map(|unit| Called {
                unit: unit.clone(),
                lead: *unit == line,
            })
            .collect();
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: called,
            due: CallDue::Policy,
        };
        if !self.after(chance.minutes(2, 240), Some(secretary), call)? {
            return Ok(());
        }
        let on_scene = self
            .life
            .city
            .category(&self.case()?.category)
            .is_some_and(|category| category.on_scene);
        for (part, unit) in (1..).zip(&units) {
            let officer = self
                .life
                .staffing
                .officer(unit)
                .ok_or(Error::NotFound)?
                .clone();
            if !self.after(
                chance.minutes(1, 120),
                Some(&officer),
                Act::ReportIn { part },
            )? {
                return Ok(());
            }
            if on_scene {
                let set_out =
                    self.after(chance.minutes(1, 30), Some(&officer), Act::SetOut { part })?;
                if !set_out
                    || !self.after(chance.minutes(5, 90), Some(&officer), Act::Arrive { part })?
                {
                    return Ok(());
                }
            }
            if !self.after(
                chance.minutes(30, 3_000),
                Some(&officer),
                Act::FeedBack { part }.saying("已办理。"),
            )? {
                return Ok(());
            }
        }
        let lead = self
            .life
            .staffing
            .officer(&line)
            .ok_or(Error::NotFound)?
            .clone();
        let ending = Ending::draw(chance);
        if ending.is_done() && !self.evidence(&lead, chance)? {
            return Ok(());
        }
        let resolve = ending.resolve(Level::City);
        if !self.after(chance.minutes(10, 600), Some(&lead), resolve)? {
            return Ok(());
        }
        self.end(ending, &lead, secretary, chance)
    }

    /// Checked by somebody outside, judged by the resident or by nobody, closed.
    fn end(
        &mut self,
        ending: Ending,
        handler: &Appointment,
        checker: &Appointment,
        chance: &mut Chance,
    ) -> Result<()> {
        let verify = Act::Verify {
            method: VerifyMethod::OnEvidence,
        };
        if !self.after(chance.minutes(60, 3_000), Some(checker), verify)? {
            return Ok(());
        }
        let speaks = if ending.is_done() { 300 } else { 100 };
        if self.case()?.judged_by_resident() && chance.hit(speaks) {
            if chance.hit(ending.said_fixed()) {
                let confirmed = self.after(chance.minutes(30, 4_000), None, Act::Confirm)?;
                if confirmed && chance.hit(600) {
                    let stars = u8::try_from(3 + chance.below(3)).unwrap_or(5);
                    self.after(chance.minutes(1, 5), None, Act::Rate { stars })?;
                }
            } else {
                let dispute = Act::Dispute.saying("没有弄好，还是老样子。");
                if !self.after(chance.minutes(30, 4_000), None, dispute)? {
                    return Ok(());
                }
                if !self.there_again(handler, chance)? {
                    return Ok(());
                }
                // What the law does not allow it does not allow the second time either.
                let again = if ending.outcome == Outcome::LawfullyRefused {
                    ending
                } else {
                    let outcome = Outcome::Solved;
                    let told = "已返工，重新处理。";
                    Ending { outcome, told }
                };
                if again.is_done() && !self.evidence(handler, chance)? {
                    return Ok(());
                }
                let again = again.resolve(Level::Unit);
                if !self.after(chance.minutes(600, 5_000), Some(handler), again)? {
                    return Ok(());
                }
                let verify = Act::Verify {
                    method: VerifyMethod::OnSite,
                };
                if !self.after(chance.minutes(60, 2_000), Some(checker), verify)? {
                    return Ok(());
                }
            }
        }
        self.after(chance.minutes(600, 9_000), Some(checker), Act::Close)?;
        Ok(())
    }
}
