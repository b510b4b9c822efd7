//! Clocks, and the hours they go by.

use casework::city::{HoursLine, PolicyLine};
use domain::city::change::Topic;
use leptos::prelude::*;

use super::{form_address, hour_lines};
use crate::{
    explain,
    here::Here,
    texts::t,
    words::{self, city as said},
};

/// The clock presets.
pub(super) fn clocks(here: &Here, may: bool, lines: &[PolicyLine]) -> AnyView {
    let lang = here.lang();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let limits: Vec<_> = line
                .limits
                .iter()
                .map(|(stage, limit)| {
                    view! {
                        <li>
                            {words::stage(lang, *stage)}" "<b>{explain::limit(lang, *limit)}</b>
                        </li>
                    }
                })
                .collect();
            let used = u64::try_from(line.used).unwrap_or(u64::MAX);
            let href = form_address(Topic::SetClocks, line.code.as_str());
            view! {
                <details class="fold">
                    <summary>
                        <span>
                            {line.name.clone()}" "
                            <span class="soft">{t::city_used(lang, used)}</span>
                        </span>
                    </summary>
                    <div class="body stack">
                        <ul class="plain">{limits}</ul>
                        {line.staffed_only.then(|| view! { <p>{t::city_staffed(lang)}</p> })}
                        <p class="soft">
                            {t::city_code(lang, line.code.as_str())}" · "
                            {t::city_basis(lang, &line.basis)}
                        </p>
                        {may.then(|| view! {
                            <p><a class="btn quiet" href=href>{said::topic(lang, Topic::SetClocks)}</a></p>
                        })}
                    </div>
                </details>
            }
        })
        .collect();
    let new_policy = form_address(Topic::SetClocks, "");
    view! {
        <div class="stack">{rows}</div>
        {may.then(|| view! {
            <p><a class="btn quiet" href=new_policy>{t::city_new_policy(lang)}</a></p>
        })}
    }
    .into_any()
}

/// Opening hours.
pub(super) fn hours(here: &Here, may: bool, lines: &[HoursLine]) -> AnyView {
    let lang = here.lang();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let of = line.area.as_ref().map_or("", AsRef::as_ref);
            let href = form_address(Topic::SetHours, of);
            view! {
                <section class="stack">
                    <h2>{line.name.clone()}</h2>
                    {hour_lines(lang, &line.hours)}
                    {may.then(|| view! {
                        <p><a class="btn quiet" href=href>{said::topic(lang, Topic::SetHours)}</a></p>
                    })}
                </section>
            }
        })
        .collect();
    view! { <div class="stack">{rows}</div> }.into_any()
}
