//! Which verbs a person may use on a case now: what the desk offers, so that nobody presses a button
//! only to be told no.
//!
//! Each is tried on the case as it stands, by the same rules that decide when it is pressed, with
//! something plausible in the fields that are still to be filled in.

use domain::{
    access::{self, Acting, Denied, Role, Viewer},
    area::AreaKind,
    case::{Case, Ground, Level, Outcome, VerifyMethod, raise},
    city::{City, UnitKind},
    decide::{Act, CallDue, Called, Refusal, Rules, decide},
    ids::{AppointmentNo, CaseId, EngagementNo, UnitCode},
    text::{Basis, BodyName},
    time::{Millis, Timestamp},
    verb::Verb,
    visibility::Visibility,
};

use crate::{Error, Result};

/// A verb that may be used now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub verb: Verb,
    /// The called part it is for.
    pub part: Option<u32>,
    /// The clock it is for.
    pub clock: Option<u32>,
    /// The demand it answers.
    pub demand: Option<u32>,
    /// The engagement it is about.
    pub engagement: Option<EngagementNo>,
    /// What stands in the way, where it is worth saying: the way is told, and no button shown.
    pub blocked: Option<Refusal>,
}

impl Offer {
    fn of(act: &Act) -> Self {
        Self {
            verb: act.verb(),
            part: act.part(),
            clock: match act {
                Act::AskExtension { clock, .. } => Some(*clock),
                _ => None,
            },
            demand: match act {
                Act::AnswerSupervision { demand } => Some(*demand),
                _ => None,
            },
            engagement: match act {
                Act::EndEngagement { engagement } => Some(*engagement),
                _ => None,
            },
            blocked: None,
        }
    }
}

/// As whom a viewer does this act: by the very appointment that does it for the unit whose part it
/// is, or for the community whose clock.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] by [`access::may`]; [`Refusal::NoSuch`] for a part
/// or clock that is not there.
pub(crate) fn acting(viewer: &Viewer, act: &Act, case: &Case) -> Result<Acting> {
    let verb = act.verb();
    let mut actor = access::may(viewer, verb, case)?;
    if let Act::AskExtension { clock, .. } = act
        && case
            .clocks
            .iter()
            .any(|own| own.id == *clock && own.part.is_none())
    {
        // The community asks for more time on its own clock, nobody for it: by the appointment
        // that is the community's, whatever else the same person holds.
        let own = access::acting_as(viewer, Role::Secretary);
        actor = access::may(&own, verb, case).map_err(|_| Error::Forbidden)?;
    }
    if let Some(unit) = unit_of(act, case)? {
        // An officer acts for their own unit's part only, by the very appointment that does.
        let own = access::acting_for(viewer, &unit);
        actor = access::may(&own, verb, case).map_err(|_| Error::Forbidden)?;
    }
    Ok(actor)
}

/// The unit for which a step of a called part, or an extension of its clock, is done; none for
/// what is not done for a unit.
fn unit_of(act: &Act, case: &Case) -> Result<Option<UnitCode>> {
    let part = match act {
        // Ruled on by the desk, not by the unit.
        Act::RuleOnReturn { .. } => None,
        Act::AskExtension { clock, .. } => {
            case.clocks
                .iter()
                .find(|running| running.id == *clock)
                .ok_or(Refusal::NoSuch("clock"))?
                .part
        }
        Act::EndEngagement { engagement } => case
            .engagements
            .iter()
            .find(|engaged| engaged.no == *engagement)
            .map(|engaged| engaged.part),
        other => other.part(),
    };
    let Some(part) = part else { return Ok(None) };
    let part = case.part(part).ok_or(Refusal::NoSuch("part"))?;
    Ok(Some(part.unit.clone()))
}

/// All that `viewer` may do to a case now, in the order of the verbs.
#[must_use]
pub fn offers(viewer: &Viewer, case: &Case, city: &City, now: Timestamp) -> Vec<Offer> {
    let rules = Rules::new(city);
    let mut offers: Vec<Offer> = Vec::new();
    for verb in Verb::ALL {
        match access::may(viewer, *verb, case) {
            Ok(_) => {}
            Err(Denied::Unseen | Denied::NotYours) => continue,
        }
        let mut blocked = None;
        let before = offers.len();
        for act in attempts(*verb, case, city, now) {
            let Ok(acting) = acting(viewer, &act, case) else {
                continue;
            };
            let offer = Offer::of(&act);
            if offers.contains(&offer) {
                continue;
            }
            match decide(case, act.saying("…"), acting, &rules, now) {
                Ok(_) => offers.push(offer),
                // What is missing is brought along with the result itself.
                Err(Refusal::EvidenceMissing(_)) => offers.push(offer),
                Err(refusal @ (Refusal::PartsOpen | Refusal::SecondPerson)) => {
                    blocked.get_or_insert(Offer {
                        blocked: Some(refusal),
                        ..offer
                    });
                }
                Err(_) => {}
            }
        }
        if offers.len() == before {
            offers.extend(blocked);
        }
    }
    offers
}

/// What might be wanted by a verb, with plausible details. None for what nobody of the city types.
fn attempts(verb: Verb, case: &Case, city: &City, now: Timestamp) -> Vec<Act> {
    let later = now.plus(Millis::days(30));
    let parts = |act: fn(u32) -> Act| {
        let parts = case.parts.iter();
        parts.map(|part| act(part.no)).collect::<Vec<_>>()
    };
    let free = || {
        let mut modules = city
            .units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Module);
        modules
            .find(|unit| !case.parts.iter().any(|part| part.unit == unit.code))
            .map(|unit| unit.code.clone())
    };
    let leads_already = || case.parts.iter().any(|part| part.lead && !part.returned);
    match verb {
        Verb::Accept => vec![Act::Accept],
        Verb::Take => vec![Act::Take],
        Verb::Reject => {
            let proposed = case.rejection_proposed.map(|(_, ground)| ground);
            let ground = proposed.unwrap_or(Ground::NotActionable);
            vec![Act::Reject { ground }]
        }
        Verb::ReviewRejection => vec![Act::ReviewRejection { uphold: true }],
        Verb::Ask => vec![Act::Ask],
        Verb::Assess => vec![Act::Assess { duty: None }],
        Verb::Call => free()
            .map(|unit| Act::Call {
                class: domain::case::CallClass::HardProblem,
                units: vec![Called {
                    unit,
                    lead: !leads_already(),
                }],
                due: CallDue::Policy,
            })
            .into_iter()
            .collect(),
        Verb::Sign => parts(|part| Act::Sign { part }),
        Verb::ReportIn => parts(|part| Act::ReportIn { part }),
        Verb::SetOut => parts(|part| Act::SetOut { part }),
        Verb::Arrive => parts(|part| Act::Arrive { part }),
        Verb::FeedBack => case
            .parts
            .iter()
            .filter(|part| part.fed_back_at.is_none())
            .map(|part| Act::FeedBack { part: part.no })
            .collect(),
        Verb::Engage => case
            .parts
            .iter()
            .flat_map(|part| {
                let firms = Rules::new(city).contractors(&part.unit, now);
                firms.into_iter().map(|firm| Act::Engage {
                    part: part.no,
                    contractor: firm.code.clone(),
                    until: now.plus(Millis::days(1)),
                })
            })
            .collect(),
        Verb::EndEngagement => case
            .engagements
            .iter()
            .filter(|engaged| engaged.until > now)
            .map(|engaged| Act::EndEngagement {
                engagement: engaged.no,
            })
            .collect(),
        Verb::AskReturn => parts(|part| Act::AskReturn { part, duty: None }),
        Verb::RuleOnReturn => parts(|part| Act::RuleOnReturn { part, uphold: true }),
        Verb::Assign => free()
            .map(|unit| Act::Assign { unit, lead: true })
            .into_iter()
            .collect(),
        Verb::AskExtension => case
            .clocks
            .iter()
            .filter(|clock| clock.is_running() && clock.stage == domain::clock::Stage::Resolve)
            .map(|clock| Act::AskExtension {
                clock: clock.id,
                until: clock.due_at(now).plus(Millis::days(1)),
            })
            .collect(),
        Verb::RuleOnExtension => vec![Act::RuleOnExtension { grant: true }],
        Verb::Park => city
            .units
            .first()
            .map(|unit| Act::Park {
                owner: unit.code.clone(),
                until: later,
            })
            .into_iter()
            .collect(),
        Verb::TransferOut => BodyName::new("…")
            .ok()
            .zip(Basis::new("…").ok())
            .map(|(destination, basis)| Act::TransferOut {
                destination,
                basis,
                due: later,
            })
            .into_iter()
            .collect(),
        Verb::RelayAnswer => vec![Act::RelayAnswer],
        Verb::Note => vec![Act::Note],
        Verb::Update => vec![Act::Update],
        Verb::AddEvidence => vec![Act::AddEvidence {
            evidence: domain::city::EvidenceKind::Document,
        }],
        Verb::Resolve => [Outcome::Solved, Outcome::Untrue]
            .map(|outcome| Act::Resolve {
                outcome,
                enforcement: None,
                level: case.level,
            })
            .to_vec(),
        Verb::Verify => vec![Act::Verify {
            method: VerifyMethod::OnSite,
        }],
        Verb::SendBack => vec![Act::SendBack],
        Verb::CallBack if case.judged_by_resident() => vec![Act::CallBack {
            reached: true,
            holds: None,
        }],
        Verb::AnswerRating => vec![Act::AnswerRating],
        Verb::Reopen => vec![Act::Reopen],
        Verb::Escalate if case.level != Level::City => vec![Act::Escalate {
            to: raise(case.level),
        }],
        Verb::Supervise => vec![Act::Supervise { due: later }],
        Verb::AnswerSupervision => case
            .demands
            .iter()
            .map(|demand| Act::AnswerSupervision { demand: demand.no })
            .collect(),
        Verb::DirectLine => vec![Act::DirectLine],
        Verb::Move => city
            .areas
            .of_kind(AreaKind::Community, now)
            .into_iter()
            .find(|area| area.code != case.community)
            .map(|area| Act::Move {
                community: area.code.clone(),
            })
            .into_iter()
            .collect(),
        Verb::Reclassify => city
            .open_categories()
            .filter(|leaf| leaf.code != case.category)
            .take(40)
            .map(|leaf| Act::Reclassify {
                category: leaf.code.clone(),
            })
            .collect(),
        Verb::Merge => vec![Act::Merge {
            into: CaseId::new(now, [0xff; 10]),
        }],
        Verb::Unmerge => vec![Act::Unmerge],
        Verb::Publish => vec![Act::Publish],
        Verb::Hold => vec![Act::Hold],
        Verb::Redact => vec![Act::Redact { version: 1 }],
        Verb::Quarantine => vec![Act::Quarantine],
        Verb::ChangeVisibility => [Visibility::PublicWithoutDetail, Visibility::Private]
            .map(|to| Act::ChangeVisibility { to })
            .to_vec(),
        Verb::HandOver => vec![Act::HandOver {
            to: AppointmentNo(0),
        }],
        Verb::Close => vec![Act::Close],
        Verb::AskReview
        | Verb::Answer
        | Verb::EndWaiting
        | Verb::AddInformation
        | Verb::Join
        | Verb::Confirm
        | Verb::Dispute
        | Verb::Rate
        | Verb::Urge
        | Verb::Withdraw
        | Verb::CallBack
        | Verb::Escalate => Vec::new(),
    }
}
