//! What the form offers: categories, communities, help lines.

use std::collections::BTreeSet;

use domain::{
    area::AreaKind,
    city::Category,
    draft::Field,
    ids::{AreaCode, CategoryCode},
    lang::Lang,
};

use super::{Act, Doors, Posted};
use crate::{
    form::Fault,
    here::PhoneLine,
    pages::{CategoryChoice, CategoryGroup, CommunityChoice},
};

pub(super) fn help_lines(doors: &Doors, category: &Category) -> Vec<PhoneLine> {
    doors
        .desk
        .city
        .help_lines(category)
        .into_iter()
        .map(|line| PhoneLine {
            number: line.number.clone(),
            names: line.names.clone(),
            by_text: line.kind == domain::city::EmergencyKind::Sms,
        })
        .collect()
}

fn choice(category: &Category, lang: Lang, why: Option<String>) -> CategoryChoice {
    CategoryChoice {
        code: category.code.to_string(),
        name: category.names.get(lang).to_owned(),
        plain: category.plain.get(lang).to_owned(),
        why,
    }
}

/// The categories in the groups people think in: rubbish, streets, roads, water. Danger and tips
/// have other doors, and what fits none of them has no group.
pub(super) fn groups(doors: &Doors, lang: Lang) -> Vec<CategoryGroup> {
    let city = &doors.desk.city;
    let mut groups: Vec<(&CategoryCode, CategoryGroup)> = Vec::new();
    for leaf in city
        .leaf_categories()
        .into_iter()
        .filter(|leaf| is_offered(leaf) && city.settings.other.as_ref() != Some(&leaf.code))
    {
        let Some(above) = leaf.parent.as_ref().and_then(|code| city.category(code)) else {
            continue;
        };
        let item = choice(leaf, lang, None);
        match groups.iter_mut().find(|(code, _)| **code == above.code) {
            Some((_, group)) => group.items.push(item),
            None => groups.push((
                &above.code,
                CategoryGroup {
                    name: above.names.get(lang).to_owned(),
                    plain: above.plain.get(lang).to_owned(),
                    items: vec![item],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The category of what fits no other, which stands beside the groups.
pub(super) fn other(doors: &Doors, lang: Lang) -> Option<CategoryChoice> {
    let city = &doors.desk.city;
    let other = city.category(city.settings.other.as_ref()?)?;
    is_offered(other).then(|| choice(other, lang, None))
}

fn is_offered(category: &Category) -> bool {
    !category.closed && !category.emergency && category.kind == domain::city::CategoryKind::Whistle
}

pub(super) fn find_categories(doors: &Doors, words: &str, lang: Lang) -> Vec<CategoryChoice> {
    const MOST: usize = 8;
    let city = &doors.desk.city;
    city.search_categories(words, lang)
        .into_iter()
        .filter_map(|hit| {
            let category = city.category(&hit.code)?;
            let why = hit.why.words().to_owned();
            (city.is_leaf(&hit.code) && is_offered(category))
                .then(|| choice(category, lang, (!why.is_empty()).then_some(why)))
        })
        .take(MOST)
        .collect()
}

fn community_choice(doors: &Doors, code: &AreaCode, lang: Lang) -> Option<CommunityChoice> {
    let now = doors.desk.now();
    let area = doors.desk.city.areas.at(code, now)?;
    let unit = doors
        .desk
        .unit_of(code, now)
        .map(|unit| unit.names.get(lang).to_owned());
    let about: Vec<String> = unit
        .into_iter()
        .chain(area.formerly.iter().cloned())
        .collect();
    Some(CommunityChoice {
        code: code.to_string(),
        name: area.names.get(lang).to_owned(),
        about: about.join(" · "),
    })
}

pub(super) fn communities(doors: &Doors, lang: Lang) -> Vec<CommunityChoice> {
    let now = doors.desk.now();
    doors
        .desk
        .city
        .areas
        .of_kind(AreaKind::Community, now)
        .into_iter()
        .filter_map(|area| community_choice(doors, &area.code, lang))
        .collect()
}

/// What the typed community, or the words of the place, may mean.
pub(super) fn find_communities(
    doors: &Doors,
    posted: &Posted,
    act: Option<&Act>,
    faults: &[Fault],
    lang: Lang,
) -> Option<Vec<CommunityChoice>> {
    const MOST: usize = 12;
    let unclear = faults
        .iter()
        .any(|fault| matches!(fault, Fault::Draft(Field::Community, _)));
    if act != Some(&Act::FindPlace) && !unclear {
        return None;
    }
    let city = &doors.desk.city;
    let now = doors.desk.now();
    let typed = city
        .areas
        .search(&posted.draft.community, now)
        .into_iter()
        .map(|hit| hit.code);
    let named = [
        &posted.draft.community,
        &posted.draft.place,
        &posted.draft.description,
    ]
    .into_iter()
    .flat_map(|text| city.areas.match_in_text(text, now));
    let mut seen = BTreeSet::new();
    let found: Vec<CommunityChoice> = typed
        .chain(named)
        .filter(|code| seen.insert(code.clone()))
        .filter(|code| {
            city.areas
                .at(code, now)
                .is_some_and(|area| area.kind == AreaKind::Community)
        })
        .filter_map(|code| community_choice(doors, &code, lang))
        .take(MOST)
        .collect();
    // Without a question there is nothing to say that nothing was found.
    (act.is_some() || !found.is_empty()).then_some(found)
}
