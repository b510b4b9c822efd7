//! What is open near a place.

use casework::worklist::WorkLine;
use domain::{lang::Lang, time::Timestamp};
use leptos::prelude::*;

use super::lines::item;
use crate::{
    here::Here,
    islands::{NEAR, NearMe, NearWords},
    parts::{Breadcrumb, DeskBar, EmptyState, ErrorSummary, Page, SubmitButton, SummaryItem},
    texts::t,
};

/// What is near a place.
#[derive(Clone, Debug)]
pub struct NearView {
    /// What was typed, or filled in by the device.
    pub typed: [String; 2],
    /// It is no place.
    pub fault: bool,
    /// The cases with their distance in metres, the nearest first.
    pub lines: Vec<(WorkLine, u32)>,
    /// The time.
    pub now: Timestamp,
}

/// `POST /desk` with a place: no address holds where somebody stands.
#[component]
pub fn NearPage(here: Here, bar: DeskBar, shown: NearView) -> impl IntoView {
    let lang = here.lang();
    let lines: Vec<_> = shown
        .lines
        .iter()
        .map(|(line, metres)| item(&here, line, shown.now, None, Some(*metres)))
        .collect();
    let empty = lines.is_empty() && !shown.fault;
    let items: Vec<SummaryItem> = shown
        .fault
        .then(|| SummaryItem {
            field: "lat".to_owned(),
            text: t::near_fault(lang).to_owned(),
        })
        .into_iter()
        .collect();
    let bad = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let crumbs = vec![("/desk".to_owned(), t::desk_title(lang).to_owned())];
    view! {
        <Page here=here.clone() title=t::near_title(lang) desk=bar unlisted=true>
            <Breadcrumb lang links=crumbs />
            <h1>{t::near_title(lang)}</h1>
            <ErrorSummary title=t::error_title(lang, bad) items />
            {near_form(lang, &shown.typed, shown.fault)}
            {if empty {
                view! { <EmptyState title=t::desk_empty(lang)><p>{t::near_none(lang)}</p></EmptyState> }.into_any()
            } else {
                view! { <ul class="list">{lines}</ul> }.into_any()
            }}
        </Page>
    }
    .into_any()
}

/// Asks for what is near: a device fills its position in, and without scripts one types it.
pub(super) fn near_form(lang: Lang, typed: &[String; 2], fault: bool) -> AnyView {
    let words = NearWords {
        ask: t::near_button(lang).to_owned(),
        asking: t::near_asking(lang).to_owned(),
        denied: t::near_denied(lang).to_owned(),
        failed: t::near_failed(lang).to_owned(),
    };
    let [lat, lng] = typed.clone();
    let class = if fault { "field bad" } else { "field" };
    view! {
        <div id=NEAR class="noprint" data-words=words.sent()></div>
        <NearMe />
        <details class="fold small-fold" open=fault>
            <summary>{t::near_by_hand(lang)}</summary>
            <form method="post" action="/desk" class="filters body" id="near-form" novalidate>
                <div class=class>
                    <label for="lat">{t::near_lat(lang)}</label>
                    {fault.then(|| view! { <p class="error" id="lat-error">{t::near_fault(lang)}</p> })}
                    <input
                        class="input short" id="lat" name="lat" type="text" inputmode="decimal" maxlength="20"
                        value=lat autocomplete="off" aria-describedby=fault.then_some("lat-error")
                        aria-invalid=fault.then_some("true")
                    />
                </div>
                <div class="field">
                    <label for="lng">{t::near_lng(lang)}</label>
                    <input
                        class="input short" id="lng" name="lng" type="text" inputmode="decimal" maxlength="20"
                        value=lng autocomplete="off"
                    />
                </div>
                <div class="btns"><SubmitButton text=t::near_search(lang) act="near" quiet=true /></div>
            </form>
        </details>
    }
    .into_any()
}
