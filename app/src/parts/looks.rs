//! Which offices looked at what is not public, and to whom they handed the case on: the reporter's own
//! page tells.

use casework::views::{LookLine, Saw};
use domain::lang::Lang;
use leptos::prelude::*;

use crate::{format, here::Here, texts::t, words};

/// The looks, the latest first, folded away.
#[component]
pub fn Looks(here: Here, looks: Vec<LookLine>) -> impl IntoView {
    let lang = here.lang();
    let count = u64::try_from(looks.len()).unwrap_or(u64::MAX);
    let lines: Vec<_> = looks
        .into_iter()
        .map(|look| {
            let office = look
                .office
                .unwrap_or_else(|| t::looks_office_gone(lang).to_owned());
            let to = look.to.as_deref().unwrap_or_default();
            let saw = look
                .saw
                .iter()
                .map(|(saw, times)| said(lang, *saw, *times, to));
            let what = words::list(lang, &saw.collect::<Vec<_>>());
            view! {
                <li>
                    <time datetime=format::machine(&here.site.time, look.at)>
                        {format::moment(lang, &here.site.time, look.at)}
                    </time>
                    " "{t::looks_line(lang, office, what)}
                </li>
            }
        })
        .collect();
    view! {
        <section class="more">
            <details class="fold">
                <summary>{t::looks_title(lang, count)}</summary>
                <div class="body prose">
                    <p>{t::looks_intro(lang)}</p>
                    {(count > 0).then(|| view! { <ul>{lines}</ul> })}
                </div>
            </details>
        </section>
    }
    .into_any()
}

/// What was looked at, and how often; or to whom the case was handed on.
fn said(lang: Lang, saw: Saw, times: u64, to: &str) -> String {
    let what = match saw {
        Saw::Line => t::looks_line_of_list(lang),
        Saw::Story => t::looks_story(lang),
        Saw::Photo => t::looks_photo(lang),
        Saw::Contact => t::looks_contact(lang),
        Saw::Print => t::looks_print(lang),
        Saw::Export => t::looks_export(lang),
        Saw::Passed => return t::looks_passed(lang, to),
        Saw::PassedOutside => t::looks_passed_outside(lang),
    };
    if times > 1 {
        t::looks_times(lang, times, what)
    } else {
        what.to_owned()
    }
}
