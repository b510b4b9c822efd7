//! A case on the desk of whoever works on it: its story, and all that the forms of its verbs need.

use std::collections::BTreeMap;

use domain::{
    access::{self, Role, Viewer},
    case::{Case, EnforcementOutcome, Part},
    clock::Stage,
    decide::Act,
    event::{Fact, Recorded},
    ids::PartyNo,
    lang::Lang,
    time::Timestamp,
    verb::Verb,
};

use super::{choices, finish, load, preview, seen};
use crate::{
    Desk, Error, Result,
    act::Which,
    contract,
    offers::{acting, offers},
    scores,
    views::{Ask, DemandView, DeskCase, EngagedView, PartView, Reused, Saw, StepTime},
};

/// A case as one works on it.
///
/// # Errors
/// [`Error::NotFound`] where it is not the viewer's to work on, whoever else may read of it.
pub async fn on_desk(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    lang: Lang,
) -> Result<DeskCase> {
    opened(desk, viewer, which.into(), lang, Look::Opened).await
}

/// The same for a page that is made for paper, of the offices and for them.
///
/// # Errors
/// As [`on_desk`], and for whoever works on it under contract.
pub async fn for_paper(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    lang: Lang,
) -> Result<DeskCase> {
    opened(desk, viewer, which.into(), lang, Look::Printed).await
}

/// How somebody looks at a case, as it is written down.
#[derive(Clone, Copy)]
enum Look {
    Opened,
    StandsOpen,
    Printed,
}

/// The same for a page that stands open and looks again by itself: whoever opened it has been noted,
/// and a look each minute would push what matters off the reporter's list.
///
/// # Errors
/// As [`on_desk`].
pub async fn still_on_desk(
    desk: &Desk,
    viewer: &Viewer,
    which: impl Into<Which>,
    lang: Lang,
) -> Result<DeskCase> {
    opened(desk, viewer, which.into(), lang, Look::StandsOpen).await
}

async fn opened(
    desk: &Desk,
    viewer: &Viewer,
    which: Which,
    lang: Lang,
    how: Look,
) -> Result<DeskCase> {
    let loaded = load(desk, viewer, which).await?;
    let case = &loaded.case;
    let contracted = access::is_contracted(viewer, case) && !matches!(how, Look::Printed);
    if !access::is_inside(viewer, case) && !contracted {
        return Err(Error::NotFound);
    }
    match how {
        Look::StandsOpen => seen::note_once(desk, viewer, case).await?,
        Look::Opened => seen::note(desk, viewer, case, Saw::Story).await?,
        Look::Printed => seen::note(desk, viewer, case, Saw::Print).await?,
    }
    let now = desk.now();
    let offers = offers(viewer, case, &desk.city, now);
    let offered = |verb| offers.iter().any(|offer| offer.verb == verb);
    let reaches = access::reaches(viewer, case).is_some();
    let has_contact = reaches && {
        let mut reading = desk.store.read().await?;
        reading.has_contact(case.id, PartyNo::REPORTER).await?
    };
    let deputies = if offered(Verb::HandOver) {
        choices::deputies(desk, viewer, case).await?
    } else {
        Vec::new()
    };
    let alike = if offered(Verb::Merge) {
        choices::alike(desk, viewer, case, lang).await?
    } else {
        Vec::new()
    };
    let handler = match case.handler {
        Some(no) => desk.store.read().await?.holder(no).await?,
        None => None,
    };
    let came = if contracted {
        BTreeMap::new()
    } else {
        who_came(desk, case).await?
    };
    let reused = if contracted {
        Vec::new()
    } else {
        reused(desk, viewer, case, &loaded.events).await?
    };
    let story = finish(desk, viewer, &loaded, lang).await?;
    Ok(DeskCase {
        parts: parts(desk, viewer, case, &loaded.events, &came, lang),
        engaged: engaged(desk, viewer, case, lang),
        firms: choices::firms(desk, &offers, case, lang),
        duties: choices::duties(desk, case, lang),
        policy_due: offered(Verb::Call)
            .then(|| choices::policy_due(desk, case))
            .flatten(),
        own_due: choices::own_due(desk, case),
        alike,
        units: if offered(Verb::Call) || offered(Verb::Assign) || offered(Verb::Park) {
            choices::modules(desk, lang)
        } else {
            Vec::new()
        },
        categories: if offered(Verb::Reclassify) {
            choices::categories(desk, case, lang)
        } else {
            Vec::new()
        },
        communities: if offered(Verb::Move) {
            choices::communities(desk, case, lang)
        } else {
            Vec::new()
        },
        clocks: choices::clocks(desk, case, lang),
        demands: demands(case, &loaded.events, desk.now()),
        extension: extension(desk, case, &loaded.events, lang),
        opinion: opinion(viewer, case, &loaded.events),
        rejection: rejection(case, &loaded.events),
        deputies,
        handler: handler.map(|person| person.name),
        redactable: redactable(&loaded.events),
        enforcement: enforcement(viewer, case, &loaded.events),
        evidence: desk
            .city
            .category(&case.category)
            .map(|category| category.evidence.clone())
            .unwrap_or_default(),
        on_scene: desk
            .city
            .category(&case.category)
            .is_some_and(|category| category.on_scene),
        level: case.level,
        reaches,
        has_contact,
        may_call: case.may_call,
        filer: case.filer,
        channel: case.channel,
        external: case.external.clone().map(String::from),
        always_private: case.always_private,
        awaits: case.awaits(),
        rechecks: {
            let own = access::acting_as(viewer, Role::Supervisor);
            access::may(&own, Verb::CallBack, case).is_ok()
        },
        to_score: scores::open(desk, viewer, case, lang).await?,
        reused,
        to_release: if offered(Verb::Publish) {
            preview::to_release(desk, viewer, case, &loaded.events)
        } else {
            Vec::new()
        },
        offers,
        story,
    })
}

/// Photos that were handed in before, each with where it was first. Of a case that is not the
/// viewer's own nothing is said, not even that there is one: it may be a sealed tip.
async fn reused(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
) -> Result<Vec<Reused>> {
    let mut reading = desk.store.read().await?;
    let found = reading.handed_in_before(case.id).await?;
    let scope = access::scope(viewer);
    let mut known = Vec::new();
    for (photo, with) in found {
        let number = if with == case.id {
            Some(None)
        } else {
            let other = reading.case_by_id(&scope, with).await?;
            let own = other.filter(|other| access::is_inside(viewer, other));
            own.map(|other| Some(other.number.to_string()))
        };
        known.extend(number.map(|number| (photo, number)));
    }
    let photos = events
        .iter()
        .filter_map(|recorded| recorded.event.words.as_ref())
        .flat_map(|words| &words.photos);
    let seen = (1..).zip(photos).filter_map(|(number, photo)| {
        let (_, with) = known.iter().find(|(it, _)| it == photo)?;
        Some(Reused {
            photo: number,
            with: with.clone(),
        })
    });
    Ok(seen.collect())
}

/// Who reported in for each part. A firm under contract need not know whom it works beside.
async fn who_came(desk: &Desk, case: &Case) -> Result<BTreeMap<u32, String>> {
    let mut reading = desk.store.read().await?;
    let mut came = BTreeMap::new();
    for part in &case.parts {
        if let Some((_, officer)) = part.reported_in
            && let Some(person) = reading.holder(officer).await?
        {
            came.insert(part.no, person.name);
        }
    }
    Ok(came)
}

fn parts(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
    came: &BTreeMap<u32, String>,
    lang: Lang,
) -> Vec<PartView> {
    case.parts
        .iter()
        .map(|part| {
            let own = access::acting_for(viewer, &part.unit);
            let mine = matches!(&own, Viewer::Staff(staff) if !staff.appointments().is_empty());
            let step = |verb, at| StepTime { verb, at };
            PartView {
                no: part.no,
                unit: desk.module_name(&part.unit, lang),
                lead: part.lead,
                assigned: part.assigned,
                called_at: part.called_at,
                steps: [
                    step(Verb::Sign, part.signed_at),
                    step(Verb::ReportIn, part.reported_in.map(|(at, _)| at)),
                    step(Verb::SetOut, part.set_out_at),
                    step(Verb::Arrive, part.arrived_at),
                    step(Verb::FeedBack, part.fed_back_at),
                ],
                came: came.get(&part.no).cloned(),
                return_asked: part.return_asked,
                return_reason: events
                    .iter()
                    .rev()
                    .find(|it| matches!(it.event.fact, Fact::ReturnAsked { part: no, .. } if no == part.no))
                    .filter(|_| part.return_asked)
                    .and_then(text_of),
                returned: part.returned,
                mine,
                past_own: past_own(desk, case, part),
            }
        })
        .collect()
}

/// The limit of a called unit that ends after that of the case, with that one. Where it is the usual one of
/// the policy, it is no later than it has to be: it began with the call.
fn past_own(desk: &Desk, case: &Case, part: &Part) -> Option<(Timestamp, Timestamp)> {
    let now = desk.now();
    let mut theirs = case.clocks.iter().filter(|clock| {
        clock.stage == Stage::Resolve && clock.part == Some(part.no) && clock.is_running()
    });
    let clock = theirs.next_back()?;
    let promise = case.resolve_clock()?;
    let (due, own) = (clock.due_at(now), choices::own_due(desk, case)?);
    (due > own && clock.limit != promise.limit).then_some((due, own))
}

/// The firms that were engaged; their links only for whoever may end them.
fn engaged(desk: &Desk, viewer: &Viewer, case: &Case, lang: Lang) -> Vec<EngagedView> {
    let now = desk.now();
    case.engagements
        .iter()
        .map(|engaged| {
            let end = Act::EndEngagement {
                engagement: engaged.no,
            };
            let link = contract::link(desk, case, engaged.no);
            EngagedView {
                no: engaged.no,
                part: engaged.part,
                firm: desk.contractor_name(engaged.no, case, lang),
                from: engaged.from,
                until: engaged.until,
                works: engaged.until > now && case.engaged(engaged.no).is_some(),
                link: link.filter(|_| acting(viewer, &end, case).is_ok()),
            }
        })
        .collect()
}

fn text_of(recorded: &Recorded) -> Option<String> {
    let words = recorded.event.words.as_ref();
    words.and_then(|words| words.text.clone())
}

/// What enforcement did, for whoever reads what is internal of the result.
fn enforcement(viewer: &Viewer, case: &Case, events: &[Recorded]) -> Option<EnforcementOutcome> {
    let mut done = events.iter().rev();
    let done = done.find(|recorded| matches!(recorded.event.fact, Fact::Resolved { .. }))?;
    case.enforcement
        .filter(|_| access::reads_internal(viewer, case, &done.event))
}

fn demands(case: &Case, events: &[Recorded], now: Timestamp) -> Vec<DemandView> {
    case.demands
        .iter()
        .map(|demand| DemandView {
            no: demand.no,
            due: demand.due,
            answered_at: demand.answered_at,
            late: demand.answered_at.is_none() && demand.due < now,
            text: events
                .iter()
                .find(|recorded| {
                    matches!(recorded.event.fact, Fact::Supervised { demand: no, .. } if no == demand.no)
                })
                .and_then(text_of),
        })
        .collect()
}

fn extension(desk: &Desk, case: &Case, events: &[Recorded], lang: Lang) -> Option<Ask> {
    let asked = case.extension_asked?;
    let clock = case.clocks.iter().find(|clock| clock.id == asked.clock)?;
    let last = events
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event.fact, Fact::ExtensionAsked { .. }));
    Some(Ask {
        who: desk.owner_name(&clock.owner, case, lang),
        until: asked.until,
        text: last.and_then(text_of),
    })
}

/// The last opinion of how to go about it, for whoever reads what stays among the offices.
fn opinion(
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
) -> Option<(Option<String>, Option<String>)> {
    let mut latest = events.iter().rev();
    let (given, duty) = latest.find_map(|recorded| match &recorded.event.fact {
        Fact::Assessed { duty } => Some((recorded, duty)),
        _ => None,
    })?;
    access::reads_internal(viewer, case, &given.event).then(|| {
        let duty = duty.as_ref().map(ToString::to_string);
        (duty, text_of(given))
    })
}

/// What the first of two people proposed, for the second to agree to.
fn rejection(case: &Case, events: &[Recorded]) -> Option<(domain::case::Ground, Option<String>)> {
    let (_, ground) = case.rejection_proposed?;
    let last = events
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event.fact, Fact::RejectionProposed { .. }));
    Some((ground, last.and_then(text_of)))
}

/// Words that the public may come to read, by their event: what can be struck out.
fn redactable(events: &[Recorded]) -> Vec<(u32, String)> {
    events
        .iter()
        .filter(|recorded| {
            matches!(
                recorded.event.fact,
                Fact::Filed { .. }
                    | Fact::Answered { .. }
                    | Fact::InformationAdded { .. }
                    | Fact::Disputed { .. }
                    | Fact::Updated { .. }
                    | Fact::Resolved { .. }
                    | Fact::RatingAnswered {}
                    | Fact::Parked { .. }
                    | Fact::TransferredOut { .. }
                    | Fact::AnswerRelayed {}
                    | Fact::SentBack {}
                    | Fact::Supervised { .. }
            )
        })
        .filter_map(|recorded| {
            let text = all_that_is_read(recorded);
            Some((recorded.version, text)).filter(|(_, text)| !text.is_empty())
        })
        .collect()
}

/// What the public may come to read of an event, line by line: one text takes the place of all of it.
fn all_that_is_read(recorded: &Recorded) -> String {
    let words = recorded.event.words.as_ref();
    let passed = words.and_then(|words| words.passed.clone());
    let lines = passed.into_iter().flat_map(|on| [on.to, on.basis]);
    let lines: Vec<String> = lines
        .chain(text_of(recorded))
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.join("\n")
}
