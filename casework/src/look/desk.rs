//! A case on the desk of whoever works on it: its story, and all that the forms of its verbs need.

use domain::{
    access::{self, Role, Viewer},
    area::AreaKind,
    case::Case,
    city::UnitKind,
    clock::{Limit, Stage},
    decide::{Act, CallDue, MAX_ENGAGEMENT},
    event::{CalledPart, Fact, Recorded},
    ids::{PartyNo, UnitCode},
    lang::Lang,
    time::{Millis, Timestamp},
    verb::Verb,
};

use store::{CaseFilter, StateGroup};

use super::{FiledWords, finish, load, seen};
use crate::{
    Desk, Error, Result,
    act::Which,
    contract,
    offers::{Offer, acting, offers},
    scores,
    views::{
        Ask, Branch, Choice, ClockChoice, DemandView, DeskCase, DutyView, EngagedView, FirmsView,
        PartView, Reused, Saw, StepTime,
    },
};

/// Cases proposed to be merged with.
const ALIKE: u32 = 5;

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
        deputies(desk, viewer, case).await?
    } else {
        Vec::new()
    };
    let alike = if offered(Verb::Merge) {
        alike(desk, viewer, case, lang).await?
    } else {
        Vec::new()
    };
    let handler = match case.handler {
        Some(no) => desk.store.read().await?.holder(no).await?,
        None => None,
    };
    let reused = if contracted {
        Vec::new()
    } else {
        reused(desk, viewer, case, &loaded.events).await?
    };
    let story = finish(desk, viewer, &loaded, lang).await?;
    Ok(DeskCase {
        parts: parts(desk, viewer, case, &loaded.events, lang),
        engaged: engaged(desk, viewer, case, lang),
        firms: firms(desk, &offers, case, lang),
        duties: duties(desk, case, lang),
        policy_due: offered(Verb::Call)
            .then(|| policy_due(desk, case))
            .flatten(),
        alike,
        units: if offered(Verb::Call) || offered(Verb::Assign) || offered(Verb::Park) {
            modules(desk, lang)
        } else {
            Vec::new()
        },
        categories: if offered(Verb::Reclassify) {
            categories(desk, case, lang)
        } else {
            Vec::new()
        },
        communities: if offered(Verb::Move) {
            communities(desk, case, lang)
        } else {
            Vec::new()
        },
        clocks: clocks(desk, case, lang),
        demands: demands(case, &loaded.events),
        extension: extension(desk, case, &loaded.events, lang),
        rejection: rejection(case, &loaded.events),
        deputies,
        handler: handler.map(|person| person.name),
        redactable: redactable(&loaded.events),
        enforcement: case.enforcement,
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
        always_private: case.always_private,
        awaits: case.awaits(),
        rechecks: {
            let own = access::acting_as(viewer, Role::Supervisor);
            access::may(&own, Verb::CallBack, case).is_ok()
        },
        to_score: scores::open(desk, viewer, case, lang).await?,
        reused,
        offers,
        story,
    })
}

/// What a unit that is called now would have, by the policy.
fn policy_due(desk: &Desk, case: &Case) -> Option<(Limit, Timestamp)> {
    let part = CalledPart {
        part: case.next_part(),
        unit: case.line.clone(),
        lead: true,
    };
    let parts = std::slice::from_ref(&part);
    let clocks = desk
        .rules()
        .part_clocks(case, parts, &CallDue::Policy, desk.now());
    let clock = clocks.iter().find(|clock| clock.stage == Stage::Resolve)?;
    Some((clock.limit, clock.due))
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

/// Open cases that this one may be the same as.
async fn alike(desk: &Desk, viewer: &Viewer, case: &Case, lang: Lang) -> Result<Vec<Choice>> {
    let filter = CaseFilter {
        community: Some(case.community.clone()),
        category_in: vec![case.category.clone()],
        state: StateGroup::Open,
        limit: ALIKE + 1,
        ..CaseFilter::default()
    };
    let scope = access::scope(viewer);
    let lines = desk.store.read().await?.cases(&scope, &filter).await?;
    let others: Vec<_> = lines
        .iter()
        .filter(|line| line.case.id != case.id)
        .collect();
    let cases: Vec<&Case> = others.iter().map(|line| &line.case).collect();
    // Words of others are looked at as in any list.
    let noted = seen::note_listed(desk, viewer, &cases).await.is_ok();
    Ok(others
        .into_iter()
        .take(ALIKE as usize)
        .map(|line| {
            let shown = noted || line.case.words_are_public();
            let words = line.words.as_ref().filter(|_| shown).map(FiledWords::of);
            let card = desk.card(&line.case, words.as_ref(), viewer, lang);
            let what = card.headline.clone().unwrap_or(card.category.text);
            Choice {
                value: card.number.clone(),
                text: format!("{what} · {}", card.number),
            }
        })
        .collect())
}

fn parts(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    events: &[Recorded],
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
                return_asked: part.return_asked,
                return_reason: events
                    .iter()
                    .rev()
                    .find(|it| matches!(it.event.fact, Fact::ReturnAsked { part: no, .. } if no == part.no))
                    .filter(|_| part.return_asked)
                    .and_then(text_of),
                returned: part.returned,
                mine,
            }
        })
        .collect()
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

/// Who may be engaged for each part that a firm may be engaged for; first who works in the case's
/// category.
fn firms(desk: &Desk, offers: &[Offer], case: &Case, lang: Lang) -> Vec<FirmsView> {
    let now = desk.now();
    let engage = offers.iter().filter(|offer| offer.verb == Verb::Engage);
    engage
        .filter_map(|offer| case.part(offer.part?))
        .map(|part| {
            let mut firms = desk.rules().contractors(&part.unit, desk.now());
            firms.sort_by_key(|firm| !firm.categories.contains(&case.category));
            let choices = firms.into_iter().map(|firm| Choice {
                value: firm.code.to_string(),
                text: format!("{} · {}", firm.names.get(lang), firm.task.get(lang)),
            });
            let theirs = case.clocks.iter().filter(|clock| {
                clock.part == Some(part.no) && clock.stage == Stage::Resolve && clock.is_running()
            });
            let due = theirs.map(|clock| clock.due_at(now)).max();
            FirmsView {
                part: part.no,
                firms: choices.collect(),
                until: due
                    .filter(|due| *due > now && due.since(now) < MAX_ENGAGEMENT)
                    .unwrap_or_else(|| now.plus(Millis::days(14))),
            }
        })
        .collect()
}

/// What the duty register says of the case, with the reason: who leads, who supports, by what.
fn duties(desk: &Desk, case: &Case, lang: Lang) -> Vec<DutyView> {
    desk.city
        .duties_for(&case.category, &case.community, desk.now())
        .into_iter()
        .map(|duty| DutyView {
            code: duty.code.to_string(),
            situation: duty.situation.get(lang).to_owned(),
            lead: desk.module_choice(&duty.lead, lang),
            supports: duty
                .supports
                .iter()
                .map(|unit| desk.module_choice(unit, lang))
                .collect(),
            basis: duty.basis.clone(),
        })
        .collect()
}

fn modules(desk: &Desk, lang: Lang) -> Vec<Branch> {
    let now = desk.now();
    let holds = |unit: &&domain::city::Unit| {
        unit.valid_from <= now && unit.valid_to.is_none_or(|until| now < until)
    };
    desk.city
        .departments()
        .map(|department| Branch {
            name: department.names.get(lang).to_owned(),
            choices: desk
                .city
                .units
                .iter()
                .filter(|unit| unit.kind == UnitKind::Module)
                .filter(|unit| unit.parent.as_ref() == Some(&department.code))
                .filter(holds)
                .map(|unit| Choice {
                    value: unit.code.to_string(),
                    text: unit.names.get(lang).to_owned(),
                })
                .collect(),
        })
        .filter(|branch| !branch.choices.is_empty())
        .collect()
}

fn categories(desk: &Desk, case: &Case, lang: Lang) -> Vec<Branch> {
    let city = &desk.city;
    let kind = city.category(&case.category).map(|category| category.kind);
    let mut branches: Vec<Branch> = Vec::new();
    for leaf in city.open_categories() {
        if Some(leaf.kind) != kind || leaf.code == case.category {
            continue;
        }
        let path = city.category_path(&leaf.code);
        let family = path.first().map_or("", |top| top.names.get(lang));
        let choice = Choice {
            value: leaf.code.to_string(),
            text: leaf.names.get(lang).to_owned(),
        };
        match branches.iter_mut().find(|branch| branch.name == family) {
            Some(branch) => branch.choices.push(choice),
            None => branches.push(Branch {
                name: family.to_owned(),
                choices: vec![choice],
            }),
        }
    }
    branches
}

/// Where else it may have happened, by governance unit.
fn communities(desk: &Desk, case: &Case, lang: Lang) -> Vec<Branch> {
    let (areas, now) = (&desk.city.areas, desk.now());
    let mut branches: Vec<Branch> = Vec::new();
    for area in areas.of_kind(AreaKind::Community, now) {
        if area.code == case.community {
            continue;
        }
        let above = areas.ancestors(&area.code, now);
        let unit = above.iter().find(|above| above.kind == AreaKind::Unit);
        let name = unit.map_or("", |unit| unit.names.get(lang));
        let choice = Choice {
            value: area.code.to_string(),
            text: area.names.get(lang).to_owned(),
        };
        match branches.iter_mut().find(|branch| branch.name == name) {
            Some(branch) => branch.choices.push(choice),
            None => branches.push(Branch {
                name: name.to_owned(),
                choices: vec![choice],
            }),
        }
    }
    branches
}

fn clocks(desk: &Desk, case: &Case, lang: Lang) -> Vec<ClockChoice> {
    case.clocks
        .iter()
        .filter(|clock| clock.is_running() && clock.stage == Stage::Resolve)
        .map(|clock| ClockChoice {
            id: clock.id,
            line: desk.clock_line(clock, case, lang),
        })
        .collect()
}

fn text_of(recorded: &Recorded) -> Option<String> {
    let words = recorded.event.words.as_ref();
    words.and_then(|words| words.text.clone())
}

fn demands(case: &Case, events: &[Recorded]) -> Vec<DemandView> {
    case.demands
        .iter()
        .map(|demand| DemandView {
            no: demand.no,
            due: demand.due,
            answered_at: demand.answered_at,
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
                    | Fact::SentBack {}
                    | Fact::Supervised { .. }
            )
        })
        .filter_map(|recorded| {
            let text = text_of(recorded).filter(|text| !text.trim().is_empty())?;
            Some((recorded.version, text))
        })
        .collect()
}

/// The others of the same office, by name.
async fn deputies(desk: &Desk, viewer: &Viewer, case: &Case) -> Result<Vec<Choice>> {
    let Viewer::Staff(staff) = viewer else {
        return Ok(Vec::new());
    };
    let own: Vec<_> = staff
        .appointments()
        .iter()
        .filter(|held| {
            let only = access::acting_as(viewer, held.role);
            access::may(&only, Verb::HandOver, case).is_ok()
        })
        .collect();
    let now = desk.now();
    let mut reading = desk.store.read().await?;
    let mut found = Vec::new();
    for (other, person) in reading.appointments().await? {
        let same = own
            .iter()
            .any(|own| own.no != other.no && own.home == other.home);
        if !same || !other.holds(now) {
            continue;
        }
        // Whoever may not sign in stands in for nobody.
        if let Some(person) = reading.person(&person).await?.filter(|it| it.active) {
            found.push(Choice {
                value: other.no.0.to_string(),
                text: person.name,
            });
        }
    }
    Ok(found)
}

impl Desk {
    /// A module with its department: 综合行政执法局 · 市容.
    #[must_use]
    pub fn module_name(&self, code: &UnitCode, lang: Lang) -> String {
        let own = self
            .city
            .unit(code)
            .map_or(code.as_str(), |unit| unit.names.get(lang));
        let above = self.city.department_of(code);
        if above == code {
            return own.to_owned();
        }
        let department = self.department_label(above, lang).text;
        format!("{department} · {own}")
    }

    fn module_choice(&self, code: &UnitCode, lang: Lang) -> Choice {
        Choice {
            value: code.to_string(),
            text: self.module_name(code, lang),
        }
    }
}
