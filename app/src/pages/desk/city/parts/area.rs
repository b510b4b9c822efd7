//! An area with what lies in it.

use casework::city::{AreaView, ChangeLine};
use domain::{area::AreaKind, city::change::Topic};
use leptos::prelude::*;

use super::{actions, changes::change, hour_lines};
use crate::{format, here::Here, parts::Callout, texts::t};

/// An area, what is coming for it, and what lies in it.
pub(super) fn area(here: &Here, may: bool, area: &AreaView, coming: &[ChangeLine]) -> AnyView {
    let (lang, time) = (here.lang(), &here.site.time);
    let above: Vec<_> = area
        .above
        .iter()
        .map(|(code, name)| {
            let href = format!("/desk/city?part=areas&of={code}");
            view! { <a href=href>{name.clone()}</a>" › " }
        })
        .collect();
    let inside: Vec<_> = area
        .inside
        .iter()
        .map(|(code, name, count)| {
            let href = format!("/desk/city?part=areas&of={code}");
            let count = u64::try_from(*count).unwrap_or(u64::MAX);
            view! {
                <li>
                    <a href=href>{name.clone()}</a>
                    {(count > 0).then(|| view! {
                        " "<span class="soft">{t::city_inside(lang, count)}</span>
                    })}
                </li>
            }
        })
        .collect();
    let none = inside.is_empty();
    let topics: &[Topic] = match area.kind {
        AreaKind::City => &[Topic::AddArea],
        AreaKind::Unit => &[
            Topic::RenameArea,
            Topic::SplitArea,
            Topic::MergeAreas,
            Topic::AddArea,
            Topic::SetOffice,
            Topic::SetHours,
        ],
        AreaKind::Community => &[
            Topic::RenameArea,
            Topic::MoveArea,
            Topic::SplitArea,
            Topic::MergeAreas,
            Topic::AddArea,
            Topic::SetOffice,
            Topic::SetHours,
        ],
        AreaKind::Grid => &[
            Topic::RenameArea,
            Topic::MoveArea,
            Topic::SplitArea,
            Topic::MergeAreas,
            Topic::AddArea,
        ],
        AreaKind::MicroGrid => &[Topic::RenameArea, Topic::MoveArea, Topic::MergeAreas],
    };
    let ends = area.ends.as_ref().map(|(end, heir)| {
        let heir = heir.clone().unwrap_or_default();
        t::city_ends(lang, format::day(lang, time, *end), heir)
    });
    let office = area.contact.as_ref().map(|contact| {
        let lines = [
            contact.phone.clone(),
            contact.address.get(lang).to_owned(),
            contact.hours_note.get(lang).to_owned(),
        ];
        let lines = lines.map(|line| view! { <li>{line}</li> });
        view! { <h3>{t::city_office(lang)}</h3><ul class="plain">{lines.to_vec()}</ul> }
    });
    let week = hour_lines(lang, &area.hours);
    let whose = match area.kind {
        AreaKind::City => "",
        _ if area.own_hours => t::city_hours_own(lang),
        _ => t::city_hours_above(lang),
    };
    view! {
        <section class="stack">
            <p class="soft">{above}</p>
            <h2>{area.name.clone()}</h2>
            <p class="soft">
                {t::city_code(lang, area.code.as_str())}" · "
                {t::city_since(lang, format::day(lang, time, area.since))}
                {(!area.formerly.is_empty()).then(|| {
                    format!(" · {}", t::city_formerly(lang, area.formerly.join("、")))
                })}
            </p>
            {ends.map(|text| view! { <Callout kind="wait"><p>{text}</p></Callout> })}
            {office}
            <h3>{t::city_hours(lang)}" "<span class="soft">{whose}</span></h3>
            {week}
        </section>
        {(!coming.is_empty()).then(|| {
            let lines: Vec<_> = coming.iter().map(|line| change(here, line)).collect();
            view! {
                <section>
                    <h2>{t::city_coming(lang)}</h2>
                    <ol class="rows tall">{lines}</ol>
                </section>
            }
        })}
        {actions(lang, may, area.code.as_str(), topics)}
        <section>
            <h2>{t::city_tab_areas(lang)}</h2>
            {if none {
                view! { <p class="soft">{t::city_nothing_inside(lang)}</p> }.into_any()
            } else {
                view! { <ul class="rows">{inside}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}
