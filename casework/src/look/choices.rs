//! What the forms of a case's verbs offer to choose from.

use domain::{
    access::{self, Appointment, Viewer},
    area::AreaKind,
    case::Case,
    city::UnitKind,
    clock::{Limit, Stage},
    decide::{CallDue, MAX_ENGAGEMENT},
    event::CalledPart,
    ids::UnitCode,
    lang::Lang,
    time::{Millis, Timestamp},
    verb::Verb,
};
use store::{CaseFilter, StateGroup};

use super::{FiledWords, seen};
use crate::{
    Desk, Result,
    offers::Offer,
    people::colleagues,
    views::{Branch, Choice, ClockChoice, DutyView, FirmsView},
};

/// Cases proposed to be merged with.
const ALIKE: u32 = 5;

/// What a unit that is called now would have, by the policy.
pub(super) fn policy_due(desk: &Desk, case: &Case) -> Option<(Limit, Timestamp)> {
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

/// Until when the case itself is promised, while that clock runs.
pub(super) fn own_due(desk: &Desk, case: &Case) -> Option<Timestamp> {
    let clock = case.resolve_clock().filter(|clock| clock.is_running())?;
    Some(clock.due_at(desk.now()))
}

/// Open cases that this one may be the same as.
pub(super) async fn alike(
    desk: &Desk,
    viewer: &Viewer,
    case: &Case,
    lang: Lang,
) -> Result<Vec<Choice>> {
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

/// Who may be engaged for each part that a firm may be engaged for; first who works in the case's
/// category.
pub(super) fn firms(desk: &Desk, offers: &[Offer], case: &Case, lang: Lang) -> Vec<FirmsView> {
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
pub(crate) fn duties(desk: &Desk, case: &Case, lang: Lang) -> Vec<DutyView> {
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
            category: desk.called(duty.category.as_str(), lang),
            areas: duty
                .areas
                .iter()
                .map(|area| desk.called(area.as_str(), lang))
                .collect(),
            since: duty.valid_from,
        })
        .collect()
}

/// Whom one may call, by department.
pub(crate) fn modules(desk: &Desk, lang: Lang) -> Vec<Branch> {
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

/// Puts a choice under its name.
fn add(branches: &mut Vec<Branch>, name: &str, choice: Choice) {
    match branches.iter_mut().find(|branch| branch.name == name) {
        Some(branch) => branch.choices.push(choice),
        None => branches.push(Branch {
            name: name.to_owned(),
            choices: vec![choice],
        }),
    }
}

/// What else it may be, by task family.
pub(super) fn categories(desk: &Desk, case: &Case, lang: Lang) -> Vec<Branch> {
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
        add(&mut branches, family, choice);
    }
    branches
}

/// Where else it may have happened, by governance unit.
pub(super) fn communities(desk: &Desk, case: &Case, lang: Lang) -> Vec<Branch> {
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
        add(&mut branches, name, choice);
    }
    branches
}

/// The promises of which more time can be asked.
pub(super) fn clocks(desk: &Desk, case: &Case, lang: Lang) -> Vec<ClockChoice> {
    case.clocks
        .iter()
        .filter(|clock| clock.is_running() && clock.stage == Stage::Resolve)
        .map(|clock| ClockChoice {
            id: clock.id,
            line: desk.clock_line(clock, case, lang),
        })
        .collect()
}

/// The others of the same office, by name.
pub(super) async fn deputies(desk: &Desk, viewer: &Viewer, case: &Case) -> Result<Vec<Choice>> {
    let Viewer::Staff(staff) = viewer else {
        return Ok(Vec::new());
    };
    let own: Vec<&Appointment> = staff
        .appointments()
        .iter()
        .filter(|held| {
            let only = access::acting_as(viewer, held.role);
            access::may(&only, Verb::HandOver, case).is_ok()
        })
        .collect();
    colleagues(desk, &own).await
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
