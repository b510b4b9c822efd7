//! The questions of `/whistle` about where it is: community, place in words, position.

use domain::lang::Lang;
use leptos::prelude::*;

use super::WhistleForm;
use crate::{
    parts::{Choice, Field, RadioGroup, SubmitButton, position},
    texts::t,
};

/// The community: typed with the browser's own list, or chosen from what the server matched.
#[component]
pub fn CommunityPart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let options: Vec<_> = form
        .communities
        .iter()
        .map(|c| view! { <option value=c.name.clone()>{c.about.clone()}</option> })
        .collect();
    let typed = form.draft.community.clone();
    let shown = form
        .communities
        .iter()
        .find(|c| c.code == typed)
        .map_or_else(|| typed.clone(), |c| c.name.clone());
    let matches = form.communities_found.clone().map(|found| {
        if found.is_empty() {
            return view! {
                <p class="hint" role="status">{t::whistle_community_none(lang, &typed)}</p>
            }
            .into_any();
        }
        let chosen = form.community.as_ref().map(|label| label.code.clone());
        let mut choices: Vec<Choice> = found
            .iter()
            .map(|c| {
                Choice::new(&c.code, &c.name)
                    .hint(c.about.clone())
                    .checked(chosen.as_ref() == Some(&c.code))
            })
            .collect();
        choices.push(Choice::new("", t::whistle_community_typed(lang)));
        view! {
            <RadioGroup
                name="community_choice"
                legend=t::whistle_community_matches(lang)
                choices
            />
        }
        .into_any()
    });
    view! {
        <Field
            name="community"
            label=t::whistle_community(lang)
            hint=t::whistle_community_hint(lang)
            error=form.error(lang, "community").unwrap_or_default()
            value=shown
            list="communities"
            autocomplete="off"
            maxlength=60
        />
        <datalist id="communities">{options}</datalist>
        <div class="suggest">
            <ul
                class="options" id="community-list" role="listbox"
                aria-label=t::form_community_list(lang) hidden=true
            ></ul>
            <p class="unseen" id="community-count" role="status"></p>
            <div id="community-named" role="status"></div>
        </div>
        {matches}
        <div class="btns">
            <SubmitButton text=t::whistle_community_find(lang) act="find-place" quiet=true />
        </div>
    }
    .into_any()
}

/// The place in words, and a position for those who have one.
#[component]
pub fn PlacePart(lang: Lang, form: WhistleForm) -> impl IntoView {
    let error = form.error(lang, "lat");
    view! {
        <Field
            name="place"
            label=t::whistle_place(lang)
            hint=t::whistle_place_hint(lang)
            error=form.error(lang, "place").unwrap_or_default()
            value=form.draft.place.clone()
            autocomplete="off"
            maxlength=200
        />
        {position(lang, [&form.draft.latitude, &form.draft.longitude, &form.draft.accuracy], error)}
    }
    .into_any()
}
