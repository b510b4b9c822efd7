//! The fold: how each event changes a case.

use crate::{
    case::{
        Case, Channel, Demand, Engagement, EvidenceKind, ExtensionAsk, Filer, Level, Part, Party,
        PartyRole, Recheck, Release, Review, State, StateTag,
        change::{raise, release_of, remember},
    },
    clock::{Owner, RunningClock, Stage},
    event::{Actor, Fact, Recorded},
    ids::PartyNo,
    time::Timestamp,
    visibility::Visibility,
};

/// A stored event that cannot follow the events before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event cannot follow: {0}")]
pub struct Broken(pub &'static str);

/// Folds one event into a case. Reads facts only: erased words change nothing.
///
/// # Errors
/// If the event cannot follow, which in a verified log means that it was tampered with.
pub fn apply(case: Option<Case>, recorded: &Recorded) -> Result<Case, Broken> {
    let at = recorded.at;
    let fact = &recorded.event.fact;
    let mut case = match (case, fact) {
        (None, Fact::Filed { .. }) => return begin(recorded),
        (None, _) => return Err(Broken("the first event is not a filing")),
        (Some(_), Fact::Filed { .. }) => return Err(Broken("filed twice")),
        (Some(case), _) => case,
    };
    if recorded.case != case.id || recorded.version != case.version + 1 {
        return Err(Broken("a gap in the versions"));
    }
    case.version = recorded.version;
    case.updated_at = at;
    if matches!(recorded.event.actor, Actor::Appointment(_)) && is_response(fact) {
        case.stop(Stage::Respond, None, at);
    }
    change(&mut case, fact, at)?;
    let hidden = case.quarantined || case.always_private;
    if case.state.tag().is_ended() || hidden {
        case.end_engagements(at);
    }
    if let Actor::Appointment(person) = recorded.event.actor {
        remember(&mut case, fact, person);
    }
    Ok(case)
}

/// 响应 is the first step that a person of the city takes with what was reported. An automatic answer
/// never counts, nor what was done to another case, nor what leaves the report where it is: looking
/// after its publicity, a note, a demand from above, a colleague's name.
fn is_response(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::TookIn { .. }
            | Fact::GaveBack { .. }
            | Fact::Released {}
            | Fact::Held {}
            | Fact::Redacted { .. }
            | Fact::PhotoCovered { .. }
            | Fact::PhotoShown { .. }
            | Fact::Moved { .. }
            | Fact::VisibilityChanged { .. }
            | Fact::QuarantineProposed {}
            | Fact::Noted {}
            | Fact::HandedOver { .. }
            | Fact::RejectionProposed { .. }
            | Fact::Escalated { .. }
            | Fact::Supervised { .. }
            | Fact::SupervisionAnswered { .. }
            | Fact::DirectLined {}
    )
}

fn begin(recorded: &Recorded) -> Result<Case, Broken> {
    let Fact::Filed {
        number,
        case_kind,
        channel,
        filer,
        category,
        community,
        grid,
        line,
        visibility,
        always_private,
        photos,
        may_call,
        recurrence_of,
        external,
        consent,
        clocks,
    } = &recorded.event.fact
    else {
        return Err(Broken("the first event is not a filing"));
    };
    if recorded.version != 1 {
        return Err(Broken("the first event is not version 1"));
    }
    let parties = match filer {
        Filer::Staff => Vec::new(),
        Filer::Resident | Filer::Proxy => {
            vec![Party {
                no: PartyNo(1),
                role: PartyRole::Reporter,
                joined_at: recorded.at,
            }]
        }
    };
    Ok(Case {
        id: recorded.case,
        number: *number,
        kind: *case_kind,
        version: 1,
        filed_at: recorded.at,
        updated_at: recorded.at,
        channel: *channel,
        external: external.clone(),
        filer: *filer,
        consent: *consent,
        category: category.clone(),
        community: community.clone(),
        grid: grid.clone(),
        line: line.clone(),
        visibility: *visibility,
        always_private: *always_private,
        release: release_of(*visibility),
        more_to_release: false,
        state: State::Filed,
        waiting_since: None,
        asked: 0,
        may_call: *may_call,
        parties,
        parts: Vec::new(),
        engagements: Vec::new(),
        clocks: clocks.clone(),
        handlers: Vec::new(),
        workers: Vec::new(),
        verdicts: Vec::new(),
        recheck: None,
        level: if *channel == Channel::Staff {
            Level::Grid
        } else {
            Level::Community
        },
        enforcement: None,
        evidence: Vec::new(),
        photos: u32::from(*photos),
        rejection_proposed: None,
        quarantine_proposed: None,
        quarantined: false,
        demands: Vec::new(),
        extension_asked: None,
        returns: 0,
        recurrence_of: *recurrence_of,
        merged_in: Vec::new(),
        moved: 0,
        urged: 0,
        redone: 0,
        handler: None,
    })
}

fn change(case: &mut Case, fact: &Fact, at: Timestamp) -> Result<(), Broken> {
    match fact {
        Fact::Filed { .. } => return Err(Broken("filed twice")),
        Fact::Taken {} => {
            case.stop(Stage::Dispatch, None, at);
            case.worked_by(Owner::Community(case.community.clone()));
            case.state = State::InProgress;
        }
        Fact::Accepted { clocks } => {
            case.clocks.extend(clocks.iter().cloned());
            case.rejection_proposed = None;
            case.state = State::Accepted;
        }

        Fact::Rejected {
            ground,
            proposed_by,
        } => {
            case.rejection_proposed = None;
            case.stop_waiting(at);
            let clocks = case.lapse_handling(at);
            case.state = State::Rejected {
                ground: *ground,
                at,
                review: Review::NotAsked,
                by: vec![*proposed_by],
                clocks,
            };
        }
        Fact::ReviewAsked {} => match &mut case.state {
            State::Rejected { review, .. } => *review = Review::Asked,
            _ => return Err(Broken("a review of what was not rejected")),
        },
        Fact::RejectionReviewed { upheld, clocks } => {
            let State::Rejected {
                review,
                clocks: ended,
                ..
            } = &mut case.state
            else {
                return Err(Broken("a review of what was not rejected"));
            };
            *review = Review::Upheld;
            if !upheld {
                // As with a wrong merge: it costs the reporter no promise, and buys nobody time.
                let ended = std::mem::take(ended);
                case.again(&ended);
                case.clocks.extend(clocks.iter().cloned());
                case.state = State::Accepted;
            }
        }
        Fact::Asked {} => {
            case.asked += 1;
            case.wait(at);
        }
        Fact::Answered { photos, clocks } => {
            case.added(u32::from(*photos), clocks);
            case.stop_waiting(at);
        }
        Fact::WaitingEnded {} => case.stop_waiting(at),
        Fact::InformationAdded { photos, clocks } => case.added(u32::from(*photos), clocks),
        Fact::Assessed { .. }
        | Fact::Noted {}
        | Fact::DirectLined {}
        | Fact::RejectionProposed { .. }
        | Fact::QuarantineProposed {}
        | Fact::Redacted { .. }
        | Fact::PhotoCovered { .. }
        | Fact::PhotoShown { .. } => {}
        Fact::Called {
            class,
            parts,
            clocks,
        } => {
            case.stop(Stage::Dispatch, None, at);
            case.parts.extend(
                parts
                    .iter()
                    .map(|part| Part::called(part, at, Some(*class))),
            );
            case.clocks.extend(clocks.iter().cloned());
            if case.state.tag() != StateTag::InProgress {
                case.state = State::Dispatched;
            }
        }
        Fact::Signed { part } => case.part_mut(*part)?.signed_at = Some(at),
        Fact::ReportedIn { part, officer } => {
            let called = case.part_mut(*part)?;
            called.reported_in = Some((at, *officer));
            called.signed_at.get_or_insert(at);
            let (unit, leads) = (called.unit.clone(), called.lead);
            case.worked_by(Owner::Unit(unit));
            case.stop(Stage::ReportIn, Some(*part), at);
            // A plan is the leading unit's to leave: the others' coming does not end it.
            if leads || case.state.tag() != StateTag::Parked {
                case.state = State::InProgress;
            }
        }
        Fact::SetOut { part } => {
            case.part_mut(*part)?.set_out_at = Some(at);
            case.stop(Stage::SetOut, Some(*part), at);
        }
        Fact::Arrived { part } => {
            case.part_mut(*part)?.arrived_at = Some(at);
            case.stop(Stage::SetOut, Some(*part), at);
            case.stop(Stage::Arrive, Some(*part), at);
        }
        Fact::FedBack { part, photos } => {
            case.part_mut(*part)?.fed_back_at = Some(at);
            case.photos += u32::from(*photos);
            case.fed_back(*part, at);
        }
        Fact::Engaged {
            engagement,
            part,
            contractor,
            until,
        } => {
            // One link at a time for a firm and a part: a new one ends the old.
            for before in &mut case.engagements {
                if before.part == *part && before.contractor == *contractor {
                    before.ended.get_or_insert(at);
                }
            }
            case.engagements.push(Engagement {
                no: *engagement,
                part: *part,
                contractor: contractor.clone(),
                from: at,
                until: *until,
                ended: None,
            });
        }
        Fact::EngagementEnded { engagement } => {
            let mut known = case.engagements.iter_mut();
            let ended = known.find(|engaged| engaged.no == *engagement);
            let ended = ended.ok_or(Broken("no such engagement"))?;
            ended.ended.get_or_insert(at);
        }
        Fact::ReturnAsked { part, .. } => {
            case.part_mut(*part)?.return_asked = true;
            case.returns += 1;
        }
        Fact::ReturnRuled { part, upheld } => {
            let returned = case.part_mut(*part)?;
            (returned.return_asked, returned.return_asked_by) = (false, None);
            returned.returned = *upheld;
            if *upheld {
                case.cancel(*part);
                // More time for who is out is nobody's question any more.
                let asked = case.extension_asked.as_ref().map(|asked| asked.clock);
                let theirs =
                    |clock: &RunningClock| Some(clock.id) == asked && clock.part == Some(*part);
                if case.clocks.iter().any(theirs) {
                    case.extension_asked = None;
                }
                let parked = case.state.tag() == StateTag::Parked;
                if !parked && case.parts.iter().all(|part| part.returned) {
                    case.state = State::Accepted;
                }
            }
        }
        Fact::Assigned { part, clocks } => {
            // Who asked to be let go is let go, unless it is the one that is assigned.
            let let_go: Vec<u32> = case
                .parts
                .iter()
                .filter(|other| other.return_asked && other.no != part.part)
                .map(|other| other.no)
                .collect();
            for other in &mut case.parts {
                other.returned |= let_go.contains(&other.no);
                other.return_asked = false;
                other.lead = other.lead && !part.lead;
            }
            for no in let_go {
                case.cancel(no);
            }
            match case.parts.iter_mut().find(|other| other.no == part.part) {
                // Called already: its clocks run on, for a return never stops them.
                Some(called) => {
                    called.assigned = true;
                    called.lead |= part.lead;
                }
                None => case.parts.push(Part::called(part, at, None)),
            }
            case.clocks.extend(clocks.iter().cloned());
            if matches!(case.state.tag(), StateTag::Accepted | StateTag::Parked) {
                case.state = State::Dispatched;
            }
        }
        Fact::ExtensionAsked { clock, until } => {
            case.extension_asked = Some(ExtensionAsk {
                clock: *clock,
                until: *until,
                by: None,
            });
        }
        Fact::ExtensionRuled { clock, granted } => {
            let asked = case
                .extension_asked
                .take()
                .ok_or(Broken("no extension was asked"))?;
            if *granted {
                let running = case
                    .clocks
                    .iter_mut()
                    .find(|running| running.id == *clock)
                    .ok_or(Broken("no such clock"))?;
                if running.is_running() {
                    // A pause under way is added when it ends, so that it counts once.
                    let standing = running.due_at(at).since(running.due);
                    running.due = asked.until.plus(-standing);
                    running.extended = true;
                }
            }
        }
        Fact::Parked { owner, until } => {
            // It goes on the plan instead of to a unit.
            case.lapse(Stage::Dispatch, at);
            case.state = State::Parked {
                owner: owner.clone(),
                until: *until,
            };
        }
        Fact::TransferredOut { due } => {
            case.waiting_since = None;
            case.lapse_handling(at);
            case.state = State::TransferredOut {
                due: *due,
                at,
                answered_at: None,
            };
        }
        Fact::AnswerRelayed {} => {
            let State::TransferredOut { answered_at, .. } = &mut case.state else {
                return Err(Broken("an answer to what was not transferred"));
            };
            *answered_at = Some(at);
        }
        Fact::Updated { photos } => case.showed(*photos),
        Fact::EvidenceAdded { evidence, photos } => {
            if !case.evidence.contains(evidence) {
                case.evidence.push(*evidence);
            }
            case.showed(*photos);
        }
        Fact::Resolved {
            outcome,
            enforcement,
            level,
            photos,
            clocks,
            ..
        } => {
            if case.waiting_since.is_some() {
                case.stop_waiting(at);
            }
            case.showed(*photos);
            if *photos > 0 && !case.evidence.contains(&EvidenceKind::PhotoAfter) {
                case.evidence.push(EvidenceKind::PhotoAfter);
            }
            // Without an acting unit it is the community's own word, whoever was called before.
            if case.handlers.is_empty() || case.parts.iter().all(|part| part.returned) {
                case.worked_by(Owner::Community(case.community.clone()));
            }
            case.enforcement = enforcement.or(case.enforcement);
            case.level = case.level.max(*level);
            case.finish(at);
            case.clocks.extend(clocks.iter().cloned());
            case.state = State::Resolved {
                outcome: *outcome,
                at,
            };
        }
        Fact::Verified { .. } => {
            let State::Resolved {
                outcome,
                at: resolved_at,
            } = case.state
            else {
                return Err(Broken("verified before it was resolved"));
            };
            case.stop(Stage::Verify, None, at);
            case.state = State::Verified {
                outcome,
                resolved_at,
            };
        }
        Fact::SentBack {} => {
            case.redone += 1;
            // The promise to the reporter was not kept at the time the handler said so: its
            // clock runs on as if it had never stopped.
            let State::Resolved {
                at: resolved_at, ..
            } = case.state
            else {
                return Err(Broken("sent back before it was resolved"));
            };
            case.stop(Stage::Verify, None, at);
            case.unfinish(resolved_at);
            case.unfeed_back();
            case.prove_anew();
            case.state = State::InProgress;
        }
        // A call of the offices says nothing against what a second look found.
        Fact::CalledBack { holds: None, .. }
            if case.recheck.is_some_and(|look| look.holds.is_some()) => {}
        Fact::CalledBack { reached, holds } => {
            case.recheck = Some(Recheck {
                at,
                reached: *reached,
                holds: *holds,
            });
        }
        Fact::Confirmed { party } => {
            case.judge(*party, true);
        }
        Fact::Disputed { party, clocks } => {
            case.judge(*party, false);
            case.added(0, clocks);
            if *party == PartyNo::REPORTER {
                case.level = raise(case.level);
            }
        }
        Fact::Rated {
            party,
            stars,
            clocks,
        } => {
            case.clocks.extend(clocks.iter().cloned());
            let round = case.judged_round();
            let verdict = case.verdict_mut(*party);
            (verdict.stars, verdict.stars_round) = (Some(*stars), round);
        }
        Fact::RatingAnswered {} => case.stop(Stage::Answer, None, at),
        Fact::Reopened { clocks } => {
            case.redone += 1;
            // There is nothing to check any more until it is done again; a check that was overdue
            // by then was missed.
            for clock in &mut case.clocks {
                if clock.stage == Stage::Verify {
                    clock.lapse(at);
                }
            }
            case.prove_anew();
            case.asked = 0;
            case.clocks.extend(clocks.iter().cloned());
            case.state = State::InProgress;
        }
        Fact::Escalated { to } => case.level = *to,
        Fact::Urged { .. } => case.urged += 1,
        Fact::Supervised { demand, due } => {
            case.demands.push(Demand {
                no: *demand,
                due: *due,
                by: None,
                answered_at: None,
            });
        }
        Fact::SupervisionAnswered { demand } => {
            let asked = case.demands.iter_mut().find(|asked| asked.no == *demand);
            asked.ok_or(Broken("no such demand"))?.answered_at = Some(at);
        }
        Fact::Reclassified {
            category,
            line,
            always_private,
            clocks,
        } => {
            case.category = category.clone();
            case.line = line.clone();
            case.always_private = *always_private;
            if *always_private {
                case.visibility = Visibility::Private;
                case.release = Release::NotOffered;
                case.stop(Stage::Release, None, at);
            }
            // Later rules move no running clock: only clocks not yet running are added.
            case.clocks.extend(clocks.iter().cloned());
        }
        Fact::Moved { community, station } => {
            // The promises stand: only who keeps them changes.
            for clock in case.clocks.iter_mut().filter(|clock| clock.is_running()) {
                match &clock.owner {
                    Owner::Community(_) => clock.owner = Owner::Community(community.clone()),
                    Owner::Station(_) => {
                        clock.owner = station.clone().map_or(Owner::City, Owner::Station);
                    }
                    Owner::Unit(_) | Owner::City => {}
                }
            }
            case.community = community.clone();
            case.grid = None;
            case.handler = None;
            case.rejection_proposed = None;
            case.moved += 1;
        }
        Fact::Merged { into } => {
            // What it owes is owed by the case it goes on in, by that one's clocks.
            let clocks = case.lapse_handling(at);
            case.state = State::Merged {
                into: *into,
                before: Box::new(case.state.clone()),
                clocks,
            };
        }
        Fact::TookIn { case: other } => {
            if !case.merged_in.contains(other) {
                case.merged_in.push(*other);
            }
        }
        Fact::GaveBack { case: other } => case.merged_in.retain(|own| own != other),
        Fact::Unmerged {} => {
            let State::Merged { before, clocks, .. } = &case.state else {
                return Err(Broken("unmerged what was not merged"));
            };
            // No clock starts anew: a wrong merge is the city's own, and costs the reporter no
            // promise. What has run out meanwhile has run out.
            let (before, ended) = ((**before).clone(), clocks.clone());
            case.again(&ended);
            case.state = before;
        }
        Fact::Released {} => {
            case.release = Release::Released;
            case.more_to_release = false;
            case.stop(Stage::Release, None, at);
        }
        Fact::Held {} => {
            case.release = Release::Held;
            case.stop(Stage::Release, None, at);
        }
        Fact::Quarantined { .. } => {
            case.quarantined = true;
            case.quarantine_proposed = None;
        }
        Fact::VisibilityChanged { to, clocks } => {
            case.visibility = *to;
            case.release = match (release_of(*to), case.release) {
                // What was released and held before keeps its ruling when it comes back.
                (Release::Waiting, Release::Released) => Release::Released,
                (Release::Waiting, Release::Held) => Release::Held,
                (release, _) => release,
            };
            case.stop(Stage::Release, None, at);
            case.clocks.extend(clocks.iter().cloned());
        }
        Fact::HandedOver { to } => case.handler = Some(*to),
        Fact::Withdrawn {} => {
            case.lapse_all(at);
            case.state = State::Withdrawn { at };
        }
        Fact::Closed {} => case.close(at)?,
        Fact::Joined { party, role } => {
            case.parties.push(Party {
                no: *party,
                role: *role,
                joined_at: at,
            });
        }
    }
    Ok(())
}
