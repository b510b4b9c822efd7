//! Which offices looked at what is not public, and to whom they handed the case on: the reporter's own
//! page tells.

use casework::views::{LookLine, Saw};
use leptos::prelude::*;

use crate::{format, here::Here, texts::t};

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
            let what = match look.saw {
                Saw::Line => t::looks_line_of_list(lang).to_owned(),
                Saw::Story => t::looks_story(lang).to_owned(),
                Saw::Photo => t::looks_photo(lang).to_owned(),
                Saw::Contact => t::looks_contact(lang).to_owned(),
                Saw::Print => t::looks_print(lang).to_owned(),
                Saw::Export => t::looks_export(lang).to_owned(),
                Saw::Passed => t::looks_passed(lang, look.to.unwrap_or_default()),
                Saw::PassedOutside => t::looks_passed_outside(lang).to_owned(),
            };
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
