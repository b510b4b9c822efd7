//! `/desk/audit`: what was done to accounts and appointments, and what people did with their own.

use casework::people::{HeldView, StaffEntryView};
use domain::lang::Lang;
use leptos::prelude::*;

use crate::{
    format,
    here::Here,
    parts::{DeskBar, Page},
    texts::t,
    words::staff,
};

/// `/desk/audit`. `next` is where the older entries begin.
#[component]
pub fn AuditPage(
    here: Here,
    bar: DeskBar,
    entries: Vec<StaffEntryView>,
    next: Option<String>,
) -> impl IntoView {
    let lang = here.lang();
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            let when = format::moment(lang, &here.site.time, entry.at);
            let by = entry.by.clone();
            let by = by.unwrap_or_else(|| t::audit_command(lang).to_owned());
            let of_another = entry.by.as_ref() != Some(&entry.person);
            let whom = of_another.then(|| entry.person.clone());
            let held = entry
                .held
                .as_ref()
                .map(|held| given(&here, held, entry.whole));
            view! {
                <li class="entry">
                    <span class="soft">{when}</span>
                    <span><b translate="no">{by}</b>" "{what(lang, entry)}</span>
                    {whom.map(|whom| view! { <b translate="no">{whom}</b> })}
                    {held}
                </li>
            }
        })
        .collect();
    let none = rows.is_empty();
    view! {
        <Page here=here.clone() title=t::audit_title(lang) desk=bar unlisted=true>
            <div class="stack">
                <h1>{t::audit_title(lang)}</h1>
                <p class="soft">{t::audit_intro(lang)}</p>
                {if none {
                    view! { <p>{t::audit_none(lang)}</p> }.into_any()
                } else {
                    view! { <ol class="rows entries">{rows}</ol> }.into_any()
                }}
                {next.map(|next| view! {
                    <p><a class="btn quiet" href=format!("/desk/audit?before={next}")>{t::audit_older(lang)}</a></p>
                })}
            </div>
        </Page>
    }
    .into_any()
}

/// What was given: office, role and grids, from when to when, and which communities agreed.
fn given(here: &Here, held: &HeldView, whole: bool) -> AnyView {
    let lang = here.lang();
    let from = format::day(lang, &here.site.time, held.from);
    let time = match held.until {
        Some(until) if until <= held.from => t::audit_never(lang).to_owned(),
        Some(until) => {
            let until = format::last_day(lang, &here.site.time, until);
            t::audit_from_until(lang, from, until)
        }
        None if whole => t::audit_from_open(lang, from),
        None => t::audit_from(lang, from),
    };
    let seconded = staff::seconded(lang, held);
    view! {
        <span>{staff::held(lang, held)}</span>
        <span class="soft">{time}</span>
        {seconded.map(|text| view! { <span class="soft">{text}</span> })}
    }
    .into_any()
}

fn what(lang: Lang, entry: &StaffEntryView) -> String {
    let detail = entry.detail.as_str();
    let plain = match entry.what.as_str() {
        "person.added" => t::audit_person_added(lang),
        "person.reset" => t::audit_person_reset(lang),
        "person.let_in" => t::audit_person_let_in(lang),
        "person.shut_out" => t::audit_person_shut_out(lang),
        "own.signed_in" => t::audit_own_signed_in(lang),
        "own.signed_in_by_city" => t::audit_own_signed_in_by_city(lang),
        "own.waits" => t::audit_own_waits(lang),
        "own.enrolled" => t::audit_own_enrolled(lang),
        "own.recovery_code" => t::audit_own_recovery_code(lang),
        "own.codes" => t::audit_own_codes(lang),
        "own.password" => t::audit_own_password(lang),
        "own.session_ended" => t::audit_own_session_ended(lang),
        "own.contact_seen" => t::audit_own_contact_seen(lang),
        "own.token_ended" => return t::audit_own_token_ended(lang, detail),
        "appointment.given" => return t::audit_appointment_given(lang, detail),
        "appointment.agreed" => return t::audit_appointment_agreed(lang, detail),
        "appointment.disagreed" => return t::audit_appointment_disagreed(lang, detail),
        "appointment.ended" => return t::audit_appointment_ended(lang, detail),
        "token.made" => return t::audit_token_made(lang, detail),
        other => other,
    };
    plain.to_owned()
}
