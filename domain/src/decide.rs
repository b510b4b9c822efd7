//! The decisions: from a command to the events that follow, or a refusal with its reason.
//!
//! Pure: permission is [`crate::access::may`]'s answer, handed in as who acts; time is `now`;
//! policies, calendar and duties in force are [`Rules`].

mod act;
mod file;
mod intake;
mod merging;
mod parts;
mod publish;
mod refusal;
mod result;
mod rules;
mod transfer;
pub mod typed;

pub use act::{Act, CallDue, Called, Command};
pub use file::{Filing, file};
pub use merging::{give_back, has_result, judged_there, take_in};
pub use refusal::Refusal;
pub use result::reopens;
pub use rules::Rules;

use crate::{
    access::Acting,
    case::{Case, Level, State, raise},
    event::{Actor, Event, Fact, Words},
    ids::{AppointmentNo, PartyNo},
    text::{Note, TextError},
    time::{Millis, Timestamp},
    verb::{Verb, row_of},
};

/// How long the reporter may reopen after the end.
pub const REOPEN_WINDOW: Millis = Millis::days(30);
/// How often a case may go to another community: the second one may send it back or on, and then it
/// stays. The reporter's clock runs all the while.
pub const MAX_MOVES: u32 = 2;
/// How long a firm's link opens at the longest; for longer, it is given a new one.
pub const MAX_ENGAGEMENT: Millis = Millis::days(60);
/// Ratings up to this many stars are 差评: 不满意 and 非常不满意 of the five levels of 好差评, which are called
/// back and answered (国办发〔2019〕51号).
pub const LOW_RATING: u8 = 2;
/// How often the resolve clock may wait for the reporter.
pub const MAX_PAUSES: usize = 2;

/// Decides. Who acts is the answer of [`crate::access::may`]. A bare [`Actor`] is somebody without
/// any other appointment: only that answer knows the person.
///
/// # Errors
/// The [`Refusal`] that a person can be told.
pub fn decide(
    case: &Case,
    command: Command,
    actor: impl Into<Acting>,
    rules: &Rules<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (Command { act, words }, actor) = (command, actor.into());
    let words = words.map(tidied).transpose()?;
    let words = Words {
        passed: act.passed_on(),
        ..words.unwrap_or_default()
    };
    let words = Some(words).filter(|words| !words.is_empty());
    let verb = act.verb();
    if !row_of(verb).from.contains(&case.state.tag()) {
        return Err(Refusal::NotNow {
            verb,
            state: case.state.tag(),
        });
    }
    if let Actor::Contractor(no) = actor.actor
        && case.engaged(no).is_none_or(|engaged| engaged.until <= now)
    {
        return Err(Refusal::TooLate);
    }
    let has_text = words
        .as_ref()
        .and_then(|words| words.text.as_ref())
        .is_some_and(|text| !text.trim().is_empty());
    if act.needs_text() && !has_text {
        return Err(Refusal::NeedsText);
    }
    let photos = words.as_ref().map_or(0, |words| {
        u8::try_from(words.photos.len()).unwrap_or(u8::MAX)
    });
    let Acting { actor, person } = actor;
    let deciding = Deciding {
        case,
        rules,
        now,
        actor,
        person,
        has_text,
    };
    let facts = deciding.facts(act, photos)?;
    // An acceptance that is implied says nothing; what is said belongs to the act.
    let implied = |fact: &Fact| matches!(fact, Fact::Accepted { .. });
    let said = facts.iter().position(|fact| !implied(fact)).unwrap_or(0);
    Ok(facts
        .into_iter()
        .enumerate()
        .map(|(at, fact)| {
            // A new me-too party acts for themself from their first event on.
            let actor = match &fact {
                Fact::Joined { party, .. } => Actor::Party(*party),
                _ => actor,
            };
            Event::new(actor, fact).saying(words.clone().filter(|_| at == said))
        })
        .collect())
}

/// Whichever door a text came in by, it is bounded and can be read.
fn tidied(words: Words) -> Result<Words, Refusal> {
    let text = match words.text.as_deref().map(Note::new) {
        Some(Ok(text)) => Some(text.into()),
        Some(Err(TextError::Empty | TextError::TooShort { .. })) | None => None,
        Some(Err(TextError::TooLong { .. } | TextError::Control)) => {
            return Err(Refusal::UnfitText);
        }
    };
    Ok(Words { text, ..words })
}

struct Deciding<'a> {
    case: &'a Case,
    rules: &'a Rules<'a>,
    now: Timestamp,
    actor: Actor,
    person: Vec<AppointmentNo>,
    has_text: bool,
}

type Facts = Result<Vec<Fact>, Refusal>;

#[expect(
    clippy::unnecessary_wraps,
    reason = "most decisions end in it, in place of Ok(vec![…])"
)]
fn one(fact: Fact) -> Facts {
    Ok(vec![fact])
}

impl<'a> Deciding<'a> {
    /// The same of a case as it stands after the first of several facts.
    fn on<'b>(&self, case: &'b Case) -> Deciding<'b>
    where
        'a: 'b,
    {
        Deciding {
            case,
            rules: self.rules,
            now: self.now,
            actor: self.actor,
            person: self.person.clone(),
            has_text: self.has_text,
        }
    }

    fn facts(&self, act: Act, photos: u8) -> Facts {
        match act {
            Act::Accept => one(self.accepted()),
            Act::Take => Ok(match self.case.state {
                State::Filed => vec![self.accepted(), Fact::Taken {}],
                _ => vec![Fact::Taken {}],
            }),
            Act::Reject { ground } => self.reject(ground),
            Act::AskReview => self.ask_review(),
            Act::ReviewRejection { uphold } => self.review(uphold),
            Act::Ask => self.ask(),
            Act::Answer => {
                self.waiting()?;
                let clocks = self.addition_clocks();
                one(Fact::Answered { photos, clocks })
            }
            Act::EndWaiting => self.end_waiting(),
            Act::AddInformation => one(Fact::InformationAdded {
                photos,
                clocks: self.addition_clocks(),
            }),
            Act::Join => self.join(),
            Act::Assess { duty } => one(Fact::Assessed { duty }),
            Act::Call { class, units, due } => match self.case.state {
                // Whoever calls has accepted.
                State::Filed => {
                    let accepted = self.accepted();
                    let mut case = self.case.clone();
                    if let Fact::Accepted { clocks } = &accepted {
                        case.clocks.extend(clocks.iter().cloned());
                    }
                    let mut facts = vec![accepted];
                    facts.extend(self.on(&case).call(class, units, &due)?);
                    Ok(facts)
                }
                _ => self.call(class, units, &due),
            },
            Act::Sign { part } => self.part_step(part, Verb::Sign),
            Act::ReportIn { part } => self.part_step(part, Verb::ReportIn),
            Act::SetOut { part } => self.part_step(part, Verb::SetOut),
            Act::Arrive { part } => self.part_step(part, Verb::Arrive),
            Act::FeedBack { part } => self.feed_back(part, photos),
            Act::Engage {
                part,
                contractor,
                until,
            } => self.engage(part, contractor, until),
            Act::EndEngagement { engagement } => self.end_engagement(engagement),
            Act::AskReturn { part, duty } => self.ask_return(part, duty),
            Act::RuleOnReturn { part, uphold } => self.rule_on_return(part, uphold),
            Act::Assign { unit, lead } => self.assign(unit, lead),
            Act::AskExtension { clock, until } => self.ask_extension(clock, until),
            Act::RuleOnExtension { grant } => self.rule_on_extension(grant),
            Act::Park { owner, until } => self.later(until).and_then(|()| {
                self.rules.unit(&owner)?;
                one(Fact::Parked { owner, until })
            }),
            Act::TransferOut {
                destination, due, ..
            } => self.transfer_out(&destination, due),
            Act::RelayAnswer => self.relay_answer(),
            Act::Note => one(Fact::Noted {}),
            Act::Update => one(Fact::Updated { photos }),
            Act::AddEvidence { evidence } => one(Fact::EvidenceAdded { evidence, photos }),
            Act::Resolve {
                outcome,
                enforcement,
                level,
            } => self.resolve(outcome, enforcement, level, photos),
            Act::Verify { method } => one(Fact::Verified { method }),
            Act::SendBack => one(Fact::SentBack {}),
            Act::CallBack { reached, holds } => one(Fact::CalledBack { reached, holds }),
            Act::Confirm => self.confirm(),
            Act::Dispute => self.dispute(),
            Act::Rate { stars } => self.rate(stars),
            Act::AnswerRating => self.answer_rating(),
            Act::Reopen => self.reopen(),
            Act::Escalate { to } => {
                if to <= self.case.level {
                    return Err(Refusal::AlreadyDone);
                }
                if to != raise(self.case.level) {
                    return Err(Refusal::OneLevel);
                }
                one(Fact::Escalated { to })
            }
            Act::Urge => {
                let party = self.party()?;
                if !self.case.is_overdue(self.now) {
                    return Err(Refusal::NotOverdue);
                }
                one(Fact::Urged { party })
            }
            Act::Supervise { due } => self.later(due).and_then(|()| {
                let demand = self.case.demands.len() + 1;
                one(Fact::Supervised {
                    demand: u32::try_from(demand).unwrap_or(u32::MAX),
                    due,
                })
            }),
            Act::AnswerSupervision { demand } => {
                let asked = self.case.demands.iter().find(|asked| asked.no == demand);
                let asked = asked.ok_or(Refusal::NoSuch("demand"))?;
                self.another(asked.by)?;
                match asked.answered_at {
                    None => one(Fact::SupervisionAnswered { demand }),
                    Some(_) => Err(Refusal::AlreadyDone),
                }
            }
            Act::DirectLine => {
                // 直报 passes the levels between.
                let to = Level::City;
                let up = (self.case.level < to).then_some(Fact::Escalated { to });
                Ok([Fact::DirectLined {}].into_iter().chain(up).collect())
            }
            Act::Move { community } => self.move_to(community),
            Act::Reclassify { category } => self.reclassify(category),
            Act::Merge { into } => self.merge(into),
            Act::Unmerge => one(Fact::Unmerged {}),
            Act::Publish => self.publish(),
            Act::Hold => self.hold(),
            Act::Redact { version } => {
                if version == 0 || version > self.case.version {
                    return Err(Refusal::NoSuch("event"));
                }
                one(Fact::Redacted { version })
            }
            Act::Cover {
                version,
                photo,
                withheld,
            } => {
                // What is shown instead, or nothing.
                if !self.may_have(version, photo) || withheld != (photos == 0) {
                    return Err(Refusal::NoSuch("photo"));
                }
                one(Fact::PhotoCovered {
                    version,
                    photo,
                    withheld,
                })
            }
            Act::ShowPhoto { version, photo } => {
                if !self.may_have(version, photo) || photos > 0 {
                    return Err(Refusal::NoSuch("photo"));
                }
                one(Fact::PhotoShown { version, photo })
            }
            Act::Quarantine => self.quarantine(),
            Act::ChangeVisibility { to } => self.change_visibility(to),
            Act::HandOver { to } => one(Fact::HandedOver { to }),
            Act::Withdraw => self.alone().and_then(|()| one(Fact::Withdrawn {})),
            Act::Close => self.close(),
        }
    }

    /// Whether there is an event that may have brought a photo of this number (from 1).
    fn may_have(&self, version: u32, photo: u8) -> bool {
        version > 0 && version <= self.case.version && photo > 0
    }

    fn later(&self, at: Timestamp) -> Result<(), Refusal> {
        if at <= self.now {
            Err(Refusal::NotLater)
        } else {
            Ok(())
        }
    }

    fn waiting(&self) -> Result<(), Refusal> {
        self.case
            .waiting_since
            .map(|_| ())
            .ok_or(Refusal::NotWaiting)
    }

    fn party(&self) -> Result<PartyNo, Refusal> {
        match self.actor {
            Actor::Party(party) => Ok(party),
            _ => Err(Refusal::NobodyToJudge),
        }
    }

    fn appointment(&self) -> Result<AppointmentNo, Refusal> {
        match self.actor {
            Actor::Appointment(no) => Ok(no),
            _ => Err(Refusal::SecondPerson),
        }
    }

    /// Refuses the same person twice, under whichever of their appointments.
    fn another(&self, first: Option<AppointmentNo>) -> Result<(), Refusal> {
        match first {
            Some(first) if self.person.contains(&first) => Err(Refusal::SecondPerson),
            _ => Ok(()),
        }
    }
}
